//! Values that no schema is needed for.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::Value;

use super::{Json, Member};

/// A member that no schema knows: an annotation, a name that is none, or one that begins with a capital.
pub(super) fn unknown_member() -> impl Strategy<Value = Member> {
    let name = prop_oneof!["@odata\\.x[a-z]{0,4}", "[a-z]{1,4}@odata\\.[a-z]{1,4}", "([A-Z._ä][a-zA-Z]{0,6})?"];
    (name, text_of(any_value()))
}

/// A value that is known, in any letter case, or one that is not.
pub(super) fn enumeration(known: &[Value]) -> Json {
    let known: Vec<String> = known.iter().filter_map(Value::as_str).map(str::to_owned).collect();
    let known = (select(known), any::<u64>()).prop_map(|(name, capitals)| in_case(&name, capitals));
    prop_oneof![4 => text_of(known), 1 => text_of(any::<String>())].boxed()
}

/// `name` with capitals where `capitals` has a one.
fn in_case(name: &str, capitals: u64) -> String {
    let is_capital = |index: usize| capitals.rotate_right(index.try_into().unwrap_or(0)) & 1 == 1;
    let cased = name.chars().enumerate().map(|(index, letter)| {
        if is_capital(index) { letter.to_ascii_uppercase() } else { letter.to_ascii_lowercase() }
    });
    cased.collect()
}

/// The tag of a type, in the ways in which services write it.
pub(super) fn spelled(tag: &str) -> Json {
    let ways = [tag.to_owned(), tag.trim_start_matches('#').to_owned(), tag.to_ascii_lowercase()];
    text_of(select(ways.to_vec()))
}

/// Any JSON value at all.
pub(super) fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(2, 8, 3, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..3).prop_map(Value::from),
            vec((any::<String>(), inner), 0..3).prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

pub(super) fn text_of<V: Into<Value>>(value: impl Strategy<Value = V> + 'static) -> Json {
    value.prop_map(|value| value.into().to_string()).boxed()
}
