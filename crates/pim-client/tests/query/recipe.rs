//! Random filters: how each is made, and what it is to say.

use pim_client::Id;
use pim_client::edm::{Date, DateTimeOffset, Duration, TimeOfDay};
use pim_client::query::{Field, Filter, Literal, Ordered, Path, item, not};
use proptest::prelude::*;

use crate::condition::{Condition, Value};
use crate::thing::{Kind, Thing, fields};

/// How a filter is made.
#[derive(Clone, Debug)]
pub(crate) enum Recipe {
    Leaf(Way, Test),
    Tags(Quantifier, Comparison, String),
    Parts(Way, Quantifier, Box<Recipe>),
    Members(Quantifier, Box<Recipe>),
    Not(Box<Recipe>),
    And(Box<Recipe>, Box<Recipe>),
    Or(Box<Recipe>, Box<Recipe>),
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Way {
    Here,
    Parent,
    OwnersParent,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Quantifier {
    Any,
    All,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Comparison {
    Eq,
    Ne,
    Gt,
    Ge,
    Lt,
    Le,
    In,
    IsNull,
    IsNotNull,
}

/// A test of one property.
#[derive(Clone, Debug)]
pub(crate) enum Test {
    Id(bool, String),
    Kind(bool, String),
    Guid(bool, String),
    On(bool, bool),
    Text(Comparison, String),
    Time(Comparison, DateTimeOffset),
    Day(Comparison, Date),
    Hour(Comparison, TimeOfDay),
    Length(Comparison, Duration),
    Small(Comparison, i32),
    Large(Comparison, i64),
    Real(Comparison, f64),
    StartsWith(String),
    EndsWith(String),
    Contains(String),
    /// How many tags there are.
    Tags(Comparison, i64),
}

/// Any filter.
pub(crate) fn recipe() -> impl Strategy<Value = Recipe> {
    let leaf = prop_oneof![
        4 => (way(), test()).prop_map(|(way, test)| Recipe::Leaf(way, test)),
        1 => (quantifier(), comparison(), text()).prop_map(|(quantifier, how, text)| Recipe::Tags(quantifier, how, text)),
    ];
    leaf.prop_recursive(6, 40, 2, |inner| {
        let inner = inner.prop_map(Box::new);
        prop_oneof![
            1 => (way(), quantifier(), inner.clone()).prop_map(|(way, any, of)| Recipe::Parts(way, any, of)),
            1 => (quantifier(), inner.clone()).prop_map(|(any, of)| Recipe::Members(any, of)),
            1 => inner.clone().prop_map(Recipe::Not),
            2 => (inner.clone(), inner.clone()).prop_map(|(a, b)| Recipe::And(a, b)),
            2 => (inner.clone(), inner).prop_map(|(a, b)| Recipe::Or(a, b)),
        ]
    })
}

fn way() -> impl Strategy<Value = Way> {
    prop_oneof![Just(Way::Here), Just(Way::Parent), Just(Way::OwnersParent)]
}

fn quantifier() -> impl Strategy<Value = Quantifier> {
    prop_oneof![Just(Quantifier::Any), Just(Quantifier::All)]
}

fn comparison() -> impl Strategy<Value = Comparison> {
    use Comparison::{Eq, Ge, Gt, In, IsNotNull, IsNull, Le, Lt, Ne};
    proptest::sample::select(vec![Eq, Ne, Gt, Ge, Lt, Le, In, IsNull, IsNotNull])
}

/// Any text, and such as would end a literal, a value or a URL too soon.
pub(crate) fn text() -> impl Strategy<Value = String> {
    prop_oneof!["[a-z]{0,4}", "['\\\\%+&#=;?/ \n\"(),:ä€𐐷]{0,6}", any::<String>()]
}

fn test() -> impl Strategy<Value = Test> {
    let time = || {
        proptest::sample::select(vec![
            "2025-03-21T11:06:00Z",
            "1999-12-31T23:59:59.1234567Z",
            "2025-01-01T00:00:00+02:00",
        ])
        .prop_map(|text| text.parse().unwrap())
    };
    let day = proptest::sample::select(vec!["2025-03-21", "0001-01-01"]).prop_map(|text| text.parse().unwrap());
    let hour = proptest::sample::select(vec!["11:06:00", "23:59:59.1234567"]).prop_map(|text| text.parse().unwrap());
    let length = proptest::sample::select(vec!["PT5H", "P1DT0.5S", "-P3D"]).prop_map(|text| text.parse().unwrap());
    let kind = prop_oneof![Just("member".to_owned()), Just("OWNER".to_owned()), text()];
    let guid = prop_oneof![Just("f8cdef31-a31e-4b4a-93e4-5f571e91255a".to_owned()), text()];
    prop_oneof![
        (any::<bool>(), text()).prop_map(|(not, id)| Test::Id(not, id)),
        (any::<bool>(), kind).prop_map(|(not, kind)| Test::Kind(not, kind)),
        (any::<bool>(), guid).prop_map(|(not, guid)| Test::Guid(not, guid)),
        (any::<bool>(), any::<bool>()).prop_map(|(not, on)| Test::On(not, on)),
        (comparison(), text()).prop_map(|(how, text)| Test::Text(how, text)),
        (comparison(), time()).prop_map(|(how, time)| Test::Time(how, time)),
        (comparison(), day).prop_map(|(how, day)| Test::Day(how, day)),
        (comparison(), hour).prop_map(|(how, hour)| Test::Hour(how, hour)),
        (comparison(), length).prop_map(|(how, length)| Test::Length(how, length)),
        (comparison(), any::<i32>()).prop_map(|(how, number)| Test::Small(how, number)),
        (comparison(), any::<i64>()).prop_map(|(how, number)| Test::Large(how, number)),
        (comparison(), any::<f64>()).prop_map(|(how, number)| Test::Real(how, number)),
        text().prop_map(Test::StartsWith),
        text().prop_map(Test::EndsWith),
        text().prop_map(Test::Contains),
        (comparison(), any::<i64>()).prop_map(|(how, number)| Test::Tags(how, number)),
    ]
}

/// A field at the end of a way.
macro_rules! along {
    ($way:expr, $field:expr, |$at:ident| $make:expr) => {
        match $way {
            Way::Here => {
                let $at = $field;
                $make
            }
            Way::Parent => {
                let $at = fields::parent().then($field);
                $make
            }
            Way::OwnersParent => {
                let $at = fields::owner().then(fields::parent().then($field));
                $make
            }
        }
    };
}

impl Recipe {
    /// The filter, made as a program makes it.
    pub(crate) fn make(&self) -> Filter<Thing> {
        match self {
            Self::Leaf(way, test) => test.make(*way),
            Self::Tags(quantifier, how, text) => {
                let condition = compare(item(), *how, text.clone());
                match quantifier {
                    Quantifier::Any => fields::tags().any(condition),
                    Quantifier::All => fields::tags().all(condition),
                }
            }
            Self::Parts(way, Quantifier::Any, inner) => along!(way, fields::parts(), |at| at.any(inner.make())),
            Self::Parts(way, Quantifier::All, inner) => along!(way, fields::parts(), |at| at.all(inner.make())),
            Self::Members(Quantifier::Any, inner) => fields::members().any(inner.make()),
            Self::Members(Quantifier::All, inner) => fields::members().all(inner.make()),
            Self::Not(inner) => not(inner.make()),
            Self::And(a, b) => a.make().and(b.make()),
            Self::Or(a, b) => a.make() | b.make(),
        }
    }

    /// What the filter is to say.
    pub(crate) fn meaning(&self) -> Condition {
        let lambda = |path, quantifier: &Quantifier, inner| {
            let name = match quantifier {
                Quantifier::Any => "any",
                Quantifier::All => "all",
            };
            Condition::Lambda(path, name.to_owned(), Box::new(inner))
        };
        match self {
            Self::Leaf(way, test) => test.meaning(*way),
            Self::Tags(quantifier, how, text) => {
                let inner = how.meaning(Vec::new(), Value::Text(text.clone()));
                lambda(vec!["tags".to_owned()], quantifier, inner)
            }
            Self::Parts(way, quantifier, inner) => lambda(way.to("parts"), quantifier, inner.meaning()),
            Self::Members(quantifier, inner) => lambda(vec!["members".to_owned()], quantifier, inner.meaning()),
            Self::Not(inner) => Condition::Not(Box::new(inner.meaning())),
            Self::And(a, b) => Condition::and([a.meaning(), b.meaning()]),
            Self::Or(a, b) => Condition::or([a.meaning(), b.meaning()]),
        }
    }
}

fn compare<T, V: Ordered + Clone, P: Path>(field: Field<T, V, P>, how: Comparison, value: V) -> Filter<T> {
    match how {
        Comparison::Eq => field.eq(value),
        Comparison::Ne => field.ne(value),
        Comparison::Gt => field.gt(value),
        Comparison::Ge => field.ge(value),
        Comparison::Lt => field.lt(value),
        Comparison::Le => field.le(value),
        Comparison::In => field.is_in([value.clone(), value]),
        Comparison::IsNull => field.is_null(),
        Comparison::IsNotNull => field.is_not_null(),
    }
}

fn equal<T, V: Literal, P: Path>(field: Field<T, V, P>, not: bool, value: impl Into<V>) -> Filter<T> {
    if not { field.ne(value) } else { field.eq(value) }
}

impl Comparison {
    fn meaning(self, path: Vec<String>, value: Value) -> Condition {
        let null = Value::Word("null".to_owned());
        let (operator, value) = match self {
            Self::Eq => ("eq", value),
            Self::Ne => ("ne", value),
            Self::Gt => ("gt", value),
            Self::Ge => ("ge", value),
            Self::Lt => ("lt", value),
            Self::Le => ("le", value),
            Self::In => return Condition::In(path, vec![value.clone(), value]),
            Self::IsNull => ("eq", null),
            Self::IsNotNull => ("ne", null),
        };
        Condition::Compare(path, operator.to_owned(), value)
    }
}

impl Way {
    fn to(self, name: &str) -> Vec<String> {
        let way: &[&str] = match self {
            Self::Here => &[],
            Self::Parent => &["parent"],
            Self::OwnersParent => &["owner", "parent"],
        };
        way.iter().chain([&name]).map(|&name| name.to_owned()).collect()
    }
}

impl Test {
    fn make(&self, way: Way) -> Filter<Thing> {
        match self.clone() {
            Self::Id(not, id) => along!(way, fields::id(), |at| equal(at, not, Id::from(id))),
            Self::Kind(not, kind) => along!(way, fields::kind(), |at| equal(at, not, Kind::from(kind))),
            Self::Guid(not, guid) => along!(way, fields::tenant(), |at| equal(at, not, guid)),
            Self::On(not, on) => along!(way, fields::is_on(), |at| equal(at, not, on)),
            Self::Text(how, text) => along!(way, fields::text(), |at| compare(at, how, text)),
            Self::Time(how, time) => along!(way, fields::time(), |at| compare(at, how, time)),
            Self::Day(how, day) => along!(way, fields::day(), |at| compare(at, how, day)),
            Self::Hour(how, hour) => along!(way, fields::hour(), |at| compare(at, how, hour)),
            Self::Length(how, length) => along!(way, fields::length(), |at| compare(at, how, length)),
            Self::Small(how, number) => along!(way, fields::small(), |at| compare(at, how, number)),
            Self::Large(how, number) => along!(way, fields::large(), |at| compare(at, how, number)),
            Self::Real(how, number) => along!(way, fields::real(), |at| compare(at, how, number)),
            Self::StartsWith(text) => along!(way, fields::text(), |at| at.starts_with(text)),
            Self::EndsWith(text) => along!(way, fields::text(), |at| at.ends_with(text)),
            Self::Contains(text) => along!(way, fields::text(), |at| at.contains(text)),
            Self::Tags(how, number) => along!(way, fields::tags(), |at| compare(at.count(), how, number)),
        }
    }

    fn meaning(&self, way: Way) -> Condition {
        let equal = |not: &bool| if *not { Comparison::Ne } else { Comparison::Eq };
        let call = |function: &str, text: &str| {
            Condition::Call(function.to_owned(), way.to("text"), Value::Text(text.to_owned()))
        };
        let bare = |how: &Comparison, name, value: String| how.meaning(way.to(name), Value::Bare(value));
        match self {
            Self::Id(not, id) => equal(not).meaning(way.to("id"), Value::Text(id.clone())),
            Self::Kind(not, kind) => {
                // What is known is written as Graph writes it.
                let known = ["owner", "member"].into_iter().find(|known| kind.eq_ignore_ascii_case(known));
                equal(not).meaning(way.to("kind"), Value::Text(known.unwrap_or(kind).to_owned()))
            }
            Self::Guid(not, guid) if guid.len() == 36 && guid.starts_with("f8cdef31") => {
                bare(&equal(not), "tenant", guid.clone())
            }
            Self::Guid(not, text) => equal(not).meaning(way.to("tenant"), Value::Text(text.clone())),
            Self::On(not, on) => equal(not).meaning(way.to("isOn"), Value::Word(on.to_string())),
            Self::Text(how, text) => how.meaning(way.to("text"), Value::Text(text.clone())),
            Self::Time(how, time) => bare(how, "time", time.to_string()),
            Self::Day(how, day) => bare(how, "day", day.to_string()),
            Self::Hour(how, hour) => bare(how, "hour", hour.to_string()),
            Self::Length(how, length) => how.meaning(way.to("length"), Value::Duration(length.to_string())),
            Self::Small(how, number) => bare(how, "small", number.to_string()),
            Self::Large(how, number) => bare(how, "large", number.to_string()),
            Self::Real(how, number) if number.is_infinite() => {
                bare(how, "real", if *number > 0.0 { "INF" } else { "-INF" }.to_owned())
            }
            Self::Real(how, number) => bare(how, "real", format!("{number:?}")),
            Self::StartsWith(text) => call("startswith", text),
            Self::EndsWith(text) => call("endswith", text),
            Self::Contains(text) => call("contains", text),
            Self::Tags(how, number) => {
                let mut path = way.to("tags");
                path.push("$count".to_owned());
                how.meaning(path, Value::Bare(number.to_string()))
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]

    #[test]
    fn what_is_written_is_read_as_it_was_meant(recipe in recipe()) {
        let text = recipe.make().to_string();
        prop_assert_eq!(crate::grammar::parse(&text), Ok(recipe.meaning()), "{}", text);
    }

    #[test]
    fn no_parenthesis_is_needless(recipe in recipe()) {
        let text = recipe.make().to_string();
        for (from, to) in crate::grammar::groups(&text) {
            let without = [&text[..from], &text[from + 1..to], &text[to + 1..]].concat();
            prop_assert_ne!(crate::grammar::parse(&without), Ok(recipe.meaning()), "{} is {}", text, without);
        }
    }
}
