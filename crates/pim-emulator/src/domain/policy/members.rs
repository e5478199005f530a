//! The JSON of a change, read as Graph reads it: names and words in any letter case.

use pim_client::edm::Duration;
use pim_client::runtime::Property;
use serde_json::{Map, Value};

use crate::domain::Refusal;

/// The longest text of somebody else's that is repeated in a reason, in characters.
const LIMIT: usize = 100;

/// The members of an object.
pub(super) struct Members<'a> {
    place: String,
    members: &'a Map<String, Value>,
}

impl<'a> Members<'a> {
    /// The members of the object at `place`. Any that is not `known` is refused; annotations need not be.
    pub(super) fn of(value: &'a Value, place: impl Into<String>, known: &[&str]) -> Result<Self, Refusal> {
        let place = place.into();
        let Value::Object(members) = value else {
            return Err(invalid(format!("{place}: {} is no object.", shown(value))));
        };
        let is_known = |name: &str| name.contains('@') || known.iter().any(|known| known.eq_ignore_ascii_case(name));
        match members.keys().find(|name| !is_known(name)) {
            Some(name) => {
                let (name, known) = (shown(&Value::from(name.as_str())), known.join(", "));
                Err(invalid(format!("{place}: there is no {name}; the members are {known}.")))
            }
            None => Ok(Self { place, members }),
        }
    }

    /// Where the object is.
    pub(super) fn place(&self) -> &str {
        &self.place
    }

    /// The value of a member, null included.
    pub(super) fn get(&self, name: &str) -> Option<&'a Value> {
        let other_case = || self.members.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        self.members.get(name).or_else(|| other_case().map(|(_, value)| value))
    }

    /// The value of a member that is there, read by `read`; `wanted` is what it should be if that fails.
    pub(super) fn read<T>(
        &self,
        name: &str,
        wanted: &str,
        read: impl FnOnce(&'a Value) -> Option<T>,
    ) -> Result<Option<T>, Refusal> {
        let Some(value) = self.get(name) else { return Ok(None) };
        read(value).map(Some).ok_or_else(|| self.refusal(name, value, wanted))
    }

    pub(super) fn bool(&self, name: &str) -> Result<Option<bool>, Refusal> {
        self.read(name, "true or false", Value::as_bool)
    }

    /// A whole number that is not below `least`.
    pub(super) fn number(&self, name: &str, least: i32) -> Result<Option<i32>, Refusal> {
        let number = |value: &Value| value.as_i64().and_then(|number| number.try_into().ok());
        self.read(name, &format!("a whole number from {least}"), |value| {
            number(value).filter(|number| *number >= least)
        })
    }

    /// A text, or null.
    pub(super) fn text(&self, name: &str) -> Result<Property<String>, Refusal> {
        self.nullable(name, "a text or null", |value| value.as_str().map(str::to_owned))
    }

    /// A length of time, or null.
    pub(super) fn duration(&self, name: &str) -> Result<Property<Duration>, Refusal> {
        let wanted = "days, hours and minutes, such as P365D or PT8H";
        self.nullable(name, wanted, |value| value.as_str()?.parse().ok())
    }

    fn nullable<T>(
        &self,
        name: &str,
        wanted: &str,
        read: impl FnOnce(&'a Value) -> Option<T>,
    ) -> Result<Property<T>, Refusal> {
        if self.get(name).is_some_and(Value::is_null) {
            return Ok(Property::Null);
        }
        Ok(self.read(name, wanted, read)?.map_or(Property::Absent, Property::Value))
    }

    /// One of some words, in any letter case.
    pub(super) fn word<T: Copy>(&self, name: &str, words: &[(&str, T)]) -> Result<Option<T>, Refusal> {
        self.read(name, &choice(words), |value| word(value, words))
    }

    /// Any of some words, in any letter case.
    pub(super) fn words<T: Copy>(&self, name: &str, words: &[(&str, T)]) -> Result<Option<Vec<T>>, Refusal> {
        let wanted = format!("a list; in it can be {}", choice(words));
        self.read(name, &wanted, |value| value.as_array()?.iter().map(|value| word(value, words)).collect())
    }

    pub(super) fn texts(&self, name: &str) -> Result<Option<Vec<String>>, Refusal> {
        let text = |value: &Value| value.as_str().map(str::to_owned);
        self.read(name, "a list of texts", |value| value.as_array()?.iter().map(text).collect())
    }

    pub(super) fn list(&self, name: &str) -> Result<Option<&'a [Value]>, Refusal> {
        self.read(name, "a list", |value| value.as_array().map(Vec::as_slice))
    }

    /// The members of the object in a member.
    pub(super) fn object(&self, name: &str, known: &[&str]) -> Result<Option<Self>, Refusal> {
        self.get(name).map(|value| Self::of(value, format!("{}/{name}", self.place), known)).transpose()
    }

    /// Which of some types the object says it has.
    pub(super) fn odata_type<T: Copy>(&self, types: &[(&str, T)]) -> Result<T, Refusal> {
        const NAME: &str = "@odata.type";
        let known = |value: &Value| {
            let text = value.as_str()?;
            let name = text.strip_prefix('#').unwrap_or(text);
            types.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, found)| *found)
        };
        let names: Vec<_> = types.iter().map(|(name, found)| (format!("#{name}"), *found)).collect();
        let names: Vec<_> = names.iter().map(|(name, found)| (name.as_str(), *found)).collect();
        let found = self.read(NAME, &choice(&names), known)?;
        found.ok_or_else(|| invalid(format!("{}: {NAME} is missing; give {}.", self.place, choice(&names))))
    }

    /// That a member cannot be `value`.
    pub(super) fn refusal(&self, name: &str, value: &Value, wanted: &str) -> Refusal {
        invalid(format!("{}: {name} is {}; give {wanted}.", self.place, shown(value)))
    }
}

/// What is said, or else what was there.
pub(super) fn said_or<T: Clone>(said: Property<T>, before: Option<&T>) -> Option<T> {
    match said {
        Property::Absent => before.cloned(),
        Property::Null => None,
        Property::Value(value) => Some(value),
    }
}

/// That the policy would make no sense.
pub(super) fn invalid(reason: impl Into<String>) -> Refusal {
    Refusal::InvalidPolicy(reason.into())
}

fn word<T: Copy>(value: &Value, words: &[(&str, T)]) -> Option<T> {
    let text = value.as_str()?;
    words.iter().find(|(word, _)| word.eq_ignore_ascii_case(text)).map(|(_, meaning)| *meaning)
}

/// `Admin, Requestor or Approver`
fn choice<T>(words: &[(&str, T)]) -> String {
    let words: Vec<_> = words.iter().map(|(word, _)| *word).collect();
    match words.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
        None => String::new(),
    }
}

/// A value as JSON: that is one line. Its beginning, if it is long.
pub(super) fn shown(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(LIMIT) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}
