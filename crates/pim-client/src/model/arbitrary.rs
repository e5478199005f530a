//! JSON as it may come, for the tests of the types in `samples`.

use std::collections::HashSet;

use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::strategy::Union;
use serde_json::{Value, json};

/// The members of a JSON object, in the order in which they are on the wire.
pub(super) type Members = Vec<(String, Value)>;

/// The text of a JSON object.
pub(super) fn text_of(members: &Members) -> String {
    let members: Vec<String> = members.iter().map(|(name, value)| format!("{}:{value}", json!(name))).collect();
    format!("{{{}}}", members.join(","))
}

/// The value of a JSON object.
pub(super) fn value_of(members: Members) -> Value {
    Value::Object(members.into_iter().collect())
}

/// Any JSON value.
pub(super) fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            btree_map(any::<String>(), inner, 0..4).prop_map(|members| value_of(members.into_iter().collect())),
        ]
    })
}

/// An object that a `Sample` can be read from, with others nested in it up to a depth.
pub(super) fn sample(depth: u32) -> BoxedStrategy<Members> {
    let mut known = vec![
        ("id", text()),
        ("text", text()),
        ("number", any::<i32>().prop_map(Value::from).boxed()),
        ("time", time()),
        ("kind", prop_oneof![text(), Just(json!("notSpecified"))].boxed()),
    ];
    if let Some(depth) = depth.checked_sub(1) {
        known.push(("parent", sample(depth).prop_map(value_of).boxed()));
        known.push(("children", vec(sample(depth).prop_map(value_of), 0..3).prop_map(Value::from).boxed()));
        known.push(("owner", directory_object(depth).prop_map(value_of).boxed()));
    }
    object(known)
}

/// An object that a `NewSample` can be read from.
pub(super) fn new_sample(depth: u32) -> BoxedStrategy<Members> {
    let mut known = vec![("text", text()), ("number", any::<i32>().prop_map(Value::from).boxed())];
    if let Some(depth) = depth.checked_sub(1) {
        known.push(("parent", new_sample(depth).prop_map(value_of).boxed()));
    }
    object(known)
}

/// An object that a `DirectoryObject` can be read from, its tag anywhere in it or missing.
pub(super) fn directory_object(depth: u32) -> BoxedStrategy<Members> {
    let mut known = vec![("id", text()), ("mail", text())];
    if let Some(depth) = depth.checked_sub(1) {
        let members = vec(directory_object(depth).prop_map(value_of), 0..3).prop_map(Value::from);
        known.push(("manager", directory_object(depth).prop_map(value_of).boxed()));
        known.push(("members", members.boxed()));
    }
    let tag = prop_oneof![
        4 => "#?(microsoft\\.graph\\.)?(user|group|USER|Group|device)".prop_map(Value::from),
        1 => any_value(),
    ];
    (object(known), option::of(tag), any::<prop::sample::Index>())
        .prop_map(|(mut members, tag, index)| {
            if let Some(tag) = tag {
                members.retain(|(name, _)| name != "@odata.type");
                members.insert(index.index(members.len() + 1), ("@odata.type".into(), tag));
            }
            members
        })
        .boxed()
}

/// An object with members that are known, or not, or annotations; each of them once, in any order.
fn object(known: Vec<(&'static str, BoxedStrategy<Value>)>) -> BoxedStrategy<Members> {
    let known = known.into_iter().map(|(name, value)| {
        let nullable = prop_oneof![1 => Just(Value::Null), 3 => value];
        (Just(name.to_owned()), nullable).boxed()
    });
    let unknown = [
        ("@odata\\.[a-z]{1,6}", any_value()).boxed(),
        ("[a-z]{1,4}@odata\\.[a-z]{1,4}", any_value()).boxed(),
        // Never a known member, which begins with a small letter, with a value of the wrong type.
        ("([A-Z._ä][a-zA-Z]{0,6})?", any_value()).boxed(),
    ];
    vec(Union::new(known.chain(unknown)), 0..8)
        .prop_map(|mut members| {
            let mut seen = HashSet::new();
            members.retain(|(name, _)| seen.insert(name.clone()));
            members
        })
        .boxed()
}

fn text() -> BoxedStrategy<Value> {
    any::<String>().prop_map(Value::from).boxed()
}

fn time() -> BoxedStrategy<Value> {
    "2[0-9]{3}-0[1-9]-2[0-8]T[01][0-9]:[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,9})?(Z|-07:00)".prop_map(Value::from).boxed()
}
