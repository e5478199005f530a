//! Any JSON that a schema allows, as text: the order of members matters to who reads it, and a tag may come last.

mod values;

use std::collections::BTreeSet;

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::subsequence;
use proptest::strategy::{Union, ValueTree};
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

use self::values::{any_value, enumeration, spelled, text_of, unknown_member};
use crate::schema::Document;

/// How deep objects are nested that the schema knows.
const DEEPEST: u32 = 3;

/// How many known members an object has at most: enough for them to meet, few enough to be read when a test fails.
const MOST_MEMBERS: usize = 6;

/// The JSON text of a value.
type Json = BoxedStrategy<String>;

/// The name and the JSON text of a member of an object.
type Member = (String, String);

/// A schema, in the document that it refers to others in.
#[derive(Clone, Copy, Debug)]
struct Schema {
    document: &'static Document,
    schema: &'static Value,
}

/// Whatever can be read as `schema` says.
pub(crate) fn json(document: &'static Document, schema: &'static Value) -> Json {
    Schema { document, schema }.value(DEEPEST)
}

/// Some of it, always the same.
pub(crate) fn samples(document: &'static Document, schema: &'static Value) -> Vec<Value> {
    let (mut runner, json) = (TestRunner::deterministic(), json(document, schema));
    let mut sample = || json.new_tree(&mut runner).expect("a sample").current();
    (0..2000).map(|_| serde_json::from_str(&sample()).expect("JSON")).collect()
}

impl Schema {
    /// A value, in which others are nested to this depth.
    fn value(self, depth: u32) -> Json {
        let Self { document, schema } = self;
        let schema = document.resolve(schema);
        let resolved = Self { document, schema };
        if schema.get("discriminator").is_some() {
            return resolved.union(depth);
        }
        match schema["type"].as_str() {
            Some("object") => resolved.object(depth, option::weighted(0.1, text_of(any_value())).boxed()),
            Some("array") => resolved.array(depth),
            Some("string") => resolved.string(),
            Some("boolean") => any::<bool>().prop_map(|value| value.to_string()).boxed(),
            Some("integer") if schema["format"] == "int32" => any::<i32>().prop_map(|value| value.to_string()).boxed(),
            Some("integer") => any::<i64>().prop_map(|value| value.to_string()).boxed(),
            _ => panic!("what is to be tried for {schema}?"),
        }
    }

    /// A value, or `null` where there may be one.
    fn nullable_value(self, depth: u32) -> Json {
        let value = self.value(depth);
        let is_nullable = self.schema["nullable"] == true;
        if is_nullable { prop_oneof![1 => Just("null".to_owned()), 4 => value].boxed() } else { value }
    }

    fn array(self, depth: u32) -> Json {
        let items = Self { schema: &self.schema["items"], ..self };
        vec(items.value(depth), 0..3).prop_map(|items| format!("[{}]", items.join(","))).boxed()
    }

    fn string(self) -> Json {
        if let Some(known) = self.schema["enum"].as_array() {
            return enumeration(known);
        }
        match self.schema["format"].as_str() {
            None | Some("password") => text_of(any::<String>()),
            Some("date-time") => text_of(
                "2[0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]\
                 (\\.[0-9]{1,7})?(Z|[+-](0[0-9]|1[0-3]):[0-5][0-9])",
            ),
            Some("date") => text_of("2[0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])"),
            Some("duration") => text_of("-?P([0-9]{1,4}D)?T[0-9]{1,3}H([0-9]{1,3}M)?([0-9]{1,3}(\\.[0-9]{1,7})?S)?"),
            Some("uuid") => text_of("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"),
            Some("uri") => text_of("https://[a-z]{1,9}\\.example/[a-z]{0,9}"),
            Some(format) => panic!("what is to be tried for {format}?"),
        }
    }

    /// An object of one of the types that the tag tells apart, or of one that it does not.
    fn union(self, depth: u32) -> Json {
        let Self { document, schema } = self;
        let mapping = schema["discriminator"]["mapping"].as_object().expect("a mapping");
        let of_type = |(tag, reference): (&'static String, &'static Value)| {
            let schema = document.at(reference.as_str().expect("a reference"));
            Self { document, schema }.object(depth, spelled(tag).prop_map(Some).boxed())
        };
        let known = Union::new(mapping.iter().map(of_type));

        let unknown = schema["oneOf"].as_array().and_then(|types| types.last()).expect("types");
        let tag = prop_oneof![text_of("#?microsoft\\.graph\\.new[A-Z][a-z]{0,9}"), text_of(any_value())];
        let unknown = Self { document, schema: document.resolve(unknown) }.object(depth, option::of(tag).boxed());

        prop_oneof![3 => known, 1 => unknown].boxed()
    }

    /// An object with known members and unknown ones, each of them once, in any order.
    fn object(self, depth: u32, tag: BoxedStrategy<Option<String>>) -> Json {
        let known = self.members(depth);
        let most = known.len().min(MOST_MEMBERS);
        (subsequence(known, 0..=most), vec(unknown_member(), 0..3), tag)
            .prop_flat_map(move |(known, unknown, tag)| {
                let known: Vec<_> = known.into_iter().map(|(name, schema)| member(name, schema, depth)).collect();
                (known, Just(unknown), Just(tag))
            })
            .prop_map(|(known, unknown, tag)| {
                let tag = tag.map(|tag| ("@odata.type".to_owned(), tag));
                let mut seen = BTreeSet::new();
                let members = known.into_iter().chain(unknown).chain(tag);
                members.filter(|(name, _)| seen.insert(name.clone())).collect::<Vec<_>>()
            })
            .prop_shuffle()
            .prop_map(|members: Vec<Member>| object_of(&members))
            .boxed()
    }

    /// The known members: at the bottom only those that nothing can be nested in.
    fn members(self, depth: u32) -> Vec<(&'static str, Self)> {
        let Some(properties) = self.schema["properties"].as_object() else { return Vec::new() };
        let members = properties.iter().map(|(name, schema)| (name.as_str(), Self { schema, ..self }));
        members.filter(|(_, schema)| depth > 0 || schema.is_scalar()).collect()
    }

    fn is_scalar(self) -> bool {
        !matches!(self.document.resolve(self.schema)["type"].as_str(), None | Some("object" | "array"))
    }
}

fn member(name: &str, schema: Schema, depth: u32) -> BoxedStrategy<Member> {
    (Just(name.to_owned()), schema.nullable_value(depth.saturating_sub(1))).boxed()
}

fn object_of(members: &[Member]) -> String {
    let members: Vec<_> = members.iter().map(|(name, value)| format!("{}:{value}", json!(name))).collect();
    format!("{{{}}}", members.join(","))
}
