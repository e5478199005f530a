//! From an expression and an entity to a value.

use std::borrow::Cow;
use std::cmp::Ordering;

use chrono::{DateTime, Datelike as _, NaiveDate, NaiveTime, Timelike as _, Utc};
use pim_client::edm::DateTimeOffset;
use pim_client::schema::Schema;
use serde_json::Value as Json;

use super::Entity;
use super::expression::{Expression, Operator, Quantifier};
use super::function::Function;
use super::path::{Path, Root, Step};
use super::value::{Value, fold};

/// What an evaluation takes besides the entity.
pub(crate) trait Relations {
    /// What it is that goes wrong.
    type Error;

    /// What a navigation property of an entity leads to: null, an object or an array. It is asked for only if a query
    /// needs it. Of a type with subtypes, `of` is the one that the entity says it is.
    fn related(&self, of: &'static Schema, entity: &Entity, navigation: &str) -> Result<Json, Self::Error>;

    /// What `now()` is.
    fn now(&self) -> DateTime<Utc>;

    /// What is sent of an entity of a type if nothing is selected: all of it, unless it is known to be less.
    fn unselected(&self, _of: &'static Schema, entity: Entity) -> Entity {
        entity
    }

    /// How many entities of a type are sent along with another at most.
    fn most_expanded(&self, _of: &'static Schema) -> usize {
        usize::MAX
    }
}

/// What an expression is evaluated in.
pub(super) struct Context<'a, R> {
    pub(super) relations: &'a R,
    pub(super) entity: &'a Entity,
    variables: Option<&'a Variable<'a>>,
}

impl<R> Clone for Context<'_, R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R> Copy for Context<'_, R> {}

/// What a variable stands for, within the lambdas around its own.
struct Variable<'a> {
    name: &'a str,
    item: &'a Json,
    outer: Option<&'a Self>,
}

/// The type of an entity: the subtype that it says it is, or else what is known of it.
pub(super) fn type_of(entity: &Entity, declared: &'static Schema, otherwise: &'static Schema) -> &'static Schema {
    let tag = entity.get("@odata.type").and_then(Json::as_str);
    tag.and_then(|tag| declared.subtype(tag)).unwrap_or(otherwise)
}

/// Whether an item is of a type.
fn is_of(item: &Json, declared: &'static Schema, wanted: &'static Schema) -> bool {
    let of = item.as_object().map(|entity| type_of(entity, declared, declared));
    of.is_some_and(|of| wanted.subtype(of.name()).is_some())
}

/// Where a path has come to.
enum Place<'a> {
    Entity(&'a Entity),
    Value(Cow<'a, Json>),
}

impl<'a, R: Relations> Context<'a, R> {
    pub(super) fn new(relations: &'a R, entity: &'a Entity) -> Self {
        Self { relations, entity, variables: None }
    }

    /// Whether a condition holds; nothing if that cannot be known for a null.
    pub(super) fn truth(self, condition: &'a Expression) -> Result<Option<bool>, R::Error> {
        match condition {
            Expression::Or(parts) => self.join(parts, true),
            Expression::And(parts) => self.join(parts, false),
            Expression::Not(part) => Ok(self.truth(part)?.map(|holds| !holds)),
            Expression::Compare { left, operator, right, caseless } => {
                let (left, right) = (self.value(left)?, self.value(right)?);
                Ok(Some(compare(&left, *operator, &right, *caseless)))
            }
            Expression::In { value, list, caseless } => {
                let value = self.value(value)?;
                Ok(Some(list.iter().any(|literal| value.equals(&literal.into(), *caseless))))
            }
            Expression::Lambda { path, quantifier, condition } => {
                let items = self.walk(path)?;
                let items = items.as_array().map_or(&[][..], Vec::as_slice);
                self.items(items, *quantifier, condition.as_ref())
            }
            Expression::Call { .. } | Expression::Path(_) | Expression::Literal(_) => {
                Ok(self.value(condition)?.as_boolean())
            }
        }
    }

    /// Whether any part is true, or all are: one that is `decisive` decides, and else one that is not known.
    fn join(self, parts: &'a [Expression], decisive: bool) -> Result<Option<bool>, R::Error> {
        let mut result = Some(!decisive);
        for part in parts {
            match self.truth(part)? {
                Some(holds) if holds == decisive => return Ok(Some(decisive)),
                Some(_) => {}
                None => result = None,
            }
        }
        Ok(result)
    }

    /// Whether a condition holds for any item, or for all. No item is certain for which it is not known.
    fn items(
        self,
        items: &[Json],
        quantifier: Quantifier,
        condition: Option<&'a (String, Box<Expression>)>,
    ) -> Result<Option<bool>, R::Error> {
        let Some((name, condition)) = condition else { return Ok(Some(!items.is_empty())) };
        for item in items {
            let variable = Variable { name, item, outer: self.variables };
            let context = Context { relations: self.relations, entity: self.entity, variables: Some(&variable) };
            let holds = context.truth(condition)? == Some(true);
            match quantifier {
                Quantifier::Any if holds => return Ok(Some(true)),
                Quantifier::All if !holds => return Ok(Some(false)),
                Quantifier::Any | Quantifier::All => {}
            }
        }
        Ok(Some(quantifier == Quantifier::All))
    }

    pub(super) fn value(self, expression: &'a Expression) -> Result<Value<'a>, R::Error> {
        Ok(match expression {
            Expression::Literal(literal) => literal.into(),
            Expression::Path(path) => Value::of(self.walk(path)?, path.kind()),
            Expression::Call { function, arguments, caseless } => {
                let values: Result<Vec<_>, _> = arguments.iter().map(|argument| self.value(argument)).collect();
                self.call(*function, &values?, *caseless)
            }
            condition => self.truth(condition)?.map_or(Value::Null, Value::Boolean),
        })
    }

    /// The value at the end of a path; null if the path ends before.
    fn walk(self, path: &Path) -> Result<Cow<'a, Json>, R::Error> {
        let mut place = match &path.root {
            Root::Entity | Root::It => Place::Entity(self.entity),
            Root::Variable { name, .. } => Place::Value(Cow::Borrowed(self.variable(name))),
        };
        for step in &path.steps {
            place = match step {
                Step::Property { declared, owner, name, kind } => {
                    let navigation = kind.is_navigation().then_some((*declared, *owner));
                    Place::Value(self.property(place, name, navigation)?)
                }
                Step::Cast { declared, to } => cast(place, declared, to),
                Step::Count => match place {
                    Place::Value(value) => {
                        Place::Value(Cow::Owned(value.as_array().map_or(Json::Null, |items| items.len().into())))
                    }
                    Place::Entity(_) => Place::Value(Cow::Owned(Json::Null)),
                },
            };
        }
        Ok(match place {
            Place::Value(value) => value,
            Place::Entity(entity) => Cow::Owned(Json::Object(entity.clone())),
        })
    }

    fn variable(self, name: &str) -> &'a Json {
        let mut variable = self.variables;
        while let Some(Variable { name: known, item, outer }) = variable {
            if *known == name {
                return item;
            }
            variable = *outer;
        }
        &Json::Null
    }

    /// A property of what is at a place, `navigation` being the types that it belongs to if it leads elsewhere.
    fn property(
        self,
        place: Place<'a>,
        name: &str,
        navigation: Option<(&'static Schema, &'static Schema)>,
    ) -> Result<Cow<'a, Json>, R::Error> {
        let absent = |entity: &Entity| match navigation {
            Some((declared, owner)) => related(self.relations, entity, declared, owner, name).map(Cow::Owned),
            None => Ok(Cow::Owned(Json::Null)),
        };
        match place {
            Place::Entity(entity) | Place::Value(Cow::Borrowed(Json::Object(entity))) => {
                entity.get(name).map_or_else(|| absent(entity), |value| Ok(Cow::Borrowed(value)))
            }
            Place::Value(Cow::Owned(Json::Object(mut entity))) => match entity.remove(name) {
                Some(value) => Ok(Cow::Owned(value)),
                None => absent(&entity),
            },
            Place::Value(_) => Ok(Cow::Owned(Json::Null)),
        }
    }

    fn call(self, function: Function, arguments: &[Value<'a>], caseless: bool) -> Value<'a> {
        if function == Function::Now {
            return Value::DateTimeOffset(self.relations.now().into());
        }
        // What a function makes of null is null.
        call(function, arguments, caseless).unwrap_or(Value::Null)
    }
}

/// What a navigation property leads to. An entity whose type does not have it leads nowhere.
pub(super) fn related<R: Relations>(
    relations: &R,
    entity: &Entity,
    declared: &'static Schema,
    owner: &'static Schema,
    navigation: &str,
) -> Result<Json, R::Error> {
    let of = type_of(entity, declared, owner);
    match of.property(navigation) {
        Some(property) => relations.related(of, entity, property.name()),
        None => Ok(Json::Null),
    }
}

fn cast<'a>(place: Place<'a>, declared: &'static Schema, to: &'static Schema) -> Place<'a> {
    let null = Place::Value(Cow::Owned(Json::Null));
    match place {
        Place::Entity(entity) => {
            let of = type_of(entity, declared, declared);
            if to.subtype(of.name()).is_some() { Place::Entity(entity) } else { null }
        }
        Place::Value(value) => match &*value {
            Json::Array(items) => {
                let items = items.iter().filter(|item| is_of(item, declared, to)).cloned().collect();
                Place::Value(Cow::Owned(Json::Array(items)))
            }
            item if is_of(item, declared, to) => Place::Value(value),
            _ => null,
        },
    }
}

fn compare(left: &Value<'_>, operator: Operator, right: &Value<'_>, caseless: bool) -> bool {
    let order = || left.compare(right, caseless);
    match operator {
        Operator::Eq => left.equals(right, caseless),
        Operator::Ne => !left.equals(right, caseless),
        Operator::Gt => order() == Some(Ordering::Greater),
        Operator::Ge => matches!(order(), Some(Ordering::Greater | Ordering::Equal)),
        Operator::Lt => order() == Some(Ordering::Less),
        Operator::Le => matches!(order(), Some(Ordering::Less | Ordering::Equal)),
    }
}

/// What a function makes of its arguments; nothing if one of them is not there.
fn call<'a>(function: Function, arguments: &[Value<'a>], caseless: bool) -> Option<Value<'a>> {
    let text = |index: usize| arguments.get(index)?.as_text();
    let folded = |index: usize| {
        let text = text(index)?;
        Some(if caseless { fold(text) } else { Cow::Borrowed(text) })
    };
    let number = |index: usize| match arguments.get(index) {
        Some(Value::Integer(number)) => Some(usize::try_from(*number).unwrap_or_default()),
        _ => None,
    };
    let date = || match arguments.first()? {
        Value::DateTimeOffset(time) => Some(utc(*time).date_naive()),
        Value::Date(date) => Some(NaiveDate::from(*date)),
        _ => None,
    };
    let time = || match arguments.first()? {
        Value::DateTimeOffset(time) => Some(utc(*time).time()),
        Value::TimeOfDay(time) => Some(NaiveTime::from(*time)),
        _ => None,
    };
    let made = |text: String| Value::Text(Cow::Owned(text));
    Some(match function {
        Function::StartsWith => Value::Boolean(folded(0)?.starts_with(&*folded(1)?)),
        Function::EndsWith => Value::Boolean(folded(0)?.ends_with(&*folded(1)?)),
        Function::Contains => Value::Boolean(folded(0)?.contains(&*folded(1)?)),
        Function::ToLower => made(text(0)?.to_lowercase()),
        Function::ToUpper => made(text(0)?.to_uppercase()),
        Function::Trim => made(text(0)?.trim().to_owned()),
        Function::Length => count(text(0)?),
        Function::Concat => made(format!("{}{}", text(0)?, text(1)?)),
        Function::IndexOf => {
            let (text, wanted) = (folded(0)?, folded(1)?);
            text.find(&*wanted).map_or(Value::Integer(-1), |at| count(&text[..at]))
        }
        Function::Substring => {
            let length = if arguments.len() > 2 { number(2)? } else { usize::MAX };
            made(text(0)?.chars().skip(number(1)?).take(length).collect())
        }
        Function::Year => Value::Integer(date()?.year().into()),
        Function::Month => Value::Integer(date()?.month().into()),
        Function::Day => Value::Integer(date()?.day().into()),
        Function::Hour => Value::Integer(time()?.hour().into()),
        Function::Minute => Value::Integer(time()?.minute().into()),
        Function::Second => Value::Integer(time()?.second().into()),
        Function::Now => return None,
    })
}

fn utc(time: DateTimeOffset) -> DateTime<Utc> {
    time.into()
}

/// How many characters there are.
fn count(text: &str) -> Value<'static> {
    Value::Integer(text.chars().count().try_into().unwrap_or(i64::MAX))
}
