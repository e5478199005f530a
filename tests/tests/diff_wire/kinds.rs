//! The kinds of types that the generator knows, with values of each as services write them.

use pim_client::edm::{Date, DateTimeOffset, Duration, TimeOfDay};
use pim_client::exchange::Codec;
use serde_json::{Value, json};

/// A type of a property.
pub(crate) struct Kind {
    pub(crate) name: String,
    /// The type, as CSDL writes it.
    pub(crate) edm: String,
    /// What the overlay says of the property that is of this kind.
    pub(crate) fact: &'static str,
    /// The type, as the generator writes it.
    pub(crate) rust: String,
    pub(crate) is_collection: bool,
    /// Values that say how far the type reaches.
    pub(crate) values: Vec<Value>,
    /// Reads a page of things with a `value` of this kind.
    pub(crate) codec: Codec,
}

impl Kind {
    /// Whether a service takes this for a value: it knows of no other members and values than it says.
    pub(crate) fn has(&self, value: &Value) -> bool {
        if let (Some(values), true) = (value.as_array(), self.is_collection) {
            let edm = self.edm.trim_start_matches("Collection(").trim_end_matches(')');
            return values.iter().all(|value| is_value(edm, value));
        }
        !self.is_collection && is_value(&self.edm, value)
    }
}

fn is_value(edm: &str, value: &Value) -> bool {
    let text = value.as_str();
    let number = |least: f64, most: f64| value.as_f64().is_some_and(|number| least <= number && number <= most);
    let members = |known: &[&str]| {
        value.as_object().is_some_and(|object| object.keys().all(|name| known.contains(&name.as_str())))
    };
    let is = |member: &str, edm: &str| value.get(member).is_none_or(|value| is_value(edm, value));
    match edm {
        "Edm.Boolean" => value.is_boolean(),
        "Edm.Int32" => value.is_i64() && number(i32::MIN.into(), i32::MAX.into()),
        "Edm.Int64" => value.is_i64(),
        "Edm.Double" => value.is_number(),
        "Edm.String" => text.is_some(),
        "Edm.Guid" => text.is_some_and(|text| text.parse::<uuid::Uuid>().is_ok()),
        "Edm.Binary" => {
            text.is_some_and(|text| text.len() % 4 == 0 && text.bytes().all(|byte| byte.is_ascii_alphanumeric()))
        }
        "Edm.Date" => text.is_some_and(|text| text.parse::<Date>().is_ok()),
        "Edm.TimeOfDay" => text.is_some_and(|text| text.parse::<TimeOfDay>().is_ok()),
        "Edm.DateTimeOffset" => text.is_some_and(|text| text.parse::<DateTimeOffset>().is_ok()),
        "Edm.Duration" => text.is_some_and(|text| text.parse::<Duration>().is_ok()),
        "graph.colour" => matches!(text, Some("red" | "blue")),
        "graph.part" => members(&["name", "size"]) && is("name", "Edm.String") && is("size", "Edm.Int32"),
        "graph.screw" => members(&["name"]) && is("name", "Edm.Int32"),
        "graph.ball" => members(&["name", "radius"]) && is("name", "Edm.String") && is("radius", "Edm.String"),
        "graph.circle" => members(&["name", "radius"]) && is("name", "Edm.String") && is("radius", "Edm.Double"),
        "graph.form" => match value.get("@odata.type").and_then(Value::as_str) {
            Some("#microsoft.graph.circle") => {
                members(&["@odata.type", "name", "radius"]) && is("name", "Edm.String") && is("radius", "Edm.Double")
            }
            Some("#microsoft.graph.square") => members(&["@odata.type", "name"]) && is("name", "Edm.String"),
            _ => false,
        },
        other => panic!("what is a value of {other}?"),
    }
}

/// A kind, single and in a collection. The things are written as the generator writes them.
macro_rules! kind {
    ($name:literal, $edm:literal $(($fact:literal))?, $ty:ty, $values:tt) => {{
        let values = json!($values).as_array().unwrap().clone();
        let each = values.iter().map(|value| json!([value]));
        let many = [json!([]), Value::Array(values.clone())].into_iter().chain(each).collect();
        let (fact, rust) = (concat!($($fact)?), stringify!($ty).replace(' ', ""));
        [
            Kind {
                name: $name.to_owned(),
                edm: $edm.to_owned(),
                fact,
                rust: rust.clone(),
                is_collection: false,
                values,
                codec: kind!(@codec $ty),
            },
            Kind {
                name: format!("collection of {}", $name),
                edm: format!("Collection({})", $edm),
                // Facts are of strings.
                fact: "",
                rust: format!("Vec<{rust}>"),
                is_collection: true,
                values: many,
                codec: kind!(@codec Vec<$ty>),
            },
        ]
    }};
    (@codec $ty:ty) => {{
        #[derive(Clone, Debug, Default, PartialEq)]
        pub(crate) struct Thing {
            pub(crate) id: Option<Id<Thing>>,
            pub(crate) value: Option<$ty>,
            pub(crate) additional_data: AdditionalData,
        }
        object! { Thing = "microsoft.graph.thing" { "id" => id, "value" => value } }
        Codec::of::<pim_client::Page<Thing>>()
    }};
}

/// All kinds.
pub(crate) fn all() -> Vec<Kind> {
    use models::*;
    use pim_client::runtime::object;
    use pim_client::{AdditionalData, Id, Secret};

    let mut all = Vec::new();
    all.extend(kind!("boolean", "Edm.Boolean", bool, [true, false]));
    all.extend(kind!("int32", "Edm.Int32", i32, [0, -7, 2_147_483_647]));
    all.extend(kind!("int64", "Edm.Int64", i64, [0, -7, 9_007_199_254_740_993_i64]));
    all.extend(kind!("double", "Edm.Double", f64, [0.5, -1e300]));
    all.extend(kind!("string", "Edm.String", String, ["", "IT Helpdesk"]));
    all.extend(kind!("guid", "Edm.Guid", String, ["8f2a3b1c-5a2e-4f63-9c1d-0b7e6a5d4c3b"]));
    all.extend(kind!("binary", "Edm.Binary", String, ["", "VGhlIHF1aWNr"]));
    all.extend(kind!("date", "Edm.Date", Date, ["2021-08-17"]));
    all.extend(kind!("time of day", "Edm.TimeOfDay", TimeOfDay, ["15:13:00"]));
    all.extend(kind!("date and time", "Edm.DateTimeOffset", DateTimeOffset, ["2021-08-17T15:13:00Z"]));
    all.extend(kind!("duration", "Edm.Duration", Duration, ["PT8H"]));
    all.extend(kind!("enumeration", "graph.colour", Colour, ["red", "blue", "puce"]));
    all.extend(kind!("object", "graph.part", Part, [{}, { "name": "hinge", "size": 3 }]));
    all.extend(kind!("other object", "graph.screw", Screw, [{ "name": 7 }]));
    all.extend(kind!("round object", "graph.ball", Ball, [{ "name": "ball", "radius": "wide" }]));
    // Of the very type, what it is need not be said.
    all.extend(kind!("told apart", "graph.circle", Circle, [{ "name": "c", "radius": 0.5 }]));
    all.extend(kind!("union", "graph.form", Form, [
        { "@odata.type": "#microsoft.graph.circle", "name": "c", "radius": 2.5 },
        { "@odata.type": "#microsoft.graph.square", "name": "s" },
        { "@odata.type": "#microsoft.graph.star", "name": "unknown" }
    ]));
    // What the overlay makes of text: only of what is single.
    let [id, _] = kind!("id", "Edm.String"("ids = { value = \"microsoft.graph.thing\" }"), String, ["1"]);
    all.push(Kind { rust: "Id<Thing>".to_owned(), ..id });
    let [secret, _] = kind!("secret", "Edm.String"("secret = [\"value\"]"), Secret, ["xWwvJ]6N"]);
    all.push(secret);
    all
}

/// The kind of this name.
pub(crate) fn named(name: &str) -> Kind {
    all().into_iter().find(|kind| kind.name == name).unwrap()
}

/// Types as they are generated of the directory.
pub(crate) mod models {
    // Generated types are public, and so is what the macros add to them.
    #![allow(unreachable_pub)]

    use pim_client::AdditionalData;
    use pim_client::runtime::{object, open_enum, union};

    #[derive(Clone, Debug, PartialEq, Eq, Hash)]
    pub enum Colour {
        Red,
        Blue,
        Unrecognized(Box<str>),
    }

    open_enum! {
        Colour = "microsoft.graph.colour" { Red => "red", Blue => "blue" }
    }

    #[derive(Clone, Debug, Default, PartialEq)]
    pub struct Part {
        pub name: Option<String>,
        pub size: Option<i32>,
        pub additional_data: AdditionalData,
    }

    object! { Part = "microsoft.graph.part" { "name" => name, "size" => size } }

    #[derive(Clone, Debug, Default, PartialEq)]
    pub struct Screw {
        pub name: Option<i32>,
        pub additional_data: AdditionalData,
    }

    object! { Screw = "microsoft.graph.screw" { "name" => name } }

    #[derive(Clone, Debug, Default, PartialEq)]
    pub struct Ball {
        pub name: Option<String>,
        pub radius: Option<String>,
        pub additional_data: AdditionalData,
    }

    object! { Ball = "microsoft.graph.ball" { "name" => name, "radius" => radius } }

    #[derive(Clone, Debug, PartialEq)]
    pub enum Form {
        Circle(Box<Circle>),
        Square(Box<Square>),
        Unknown(Box<UnknownForm>),
    }

    impl Form {
        pub fn name(&self) -> Option<&str> {
            match self {
                Self::Circle(object) => object.name.as_deref(),
                Self::Square(object) => object.name.as_deref(),
                Self::Unknown(object) => object.name.as_deref(),
            }
        }
    }

    union! {
        Form = "microsoft.graph.form", unknown UnknownForm {
            "microsoft.graph.circle" => Circle(Circle),
            "microsoft.graph.square" => Square(Square),
        }
    }

    #[derive(Clone, Debug, Default, PartialEq)]
    pub struct Circle {
        pub name: Option<String>,
        pub radius: Option<f64>,
        pub additional_data: AdditionalData,
    }

    object! { Circle = "microsoft.graph.circle" { "name" => name, "radius" => radius } }

    #[derive(Clone, Debug, Default, PartialEq)]
    pub struct Square {
        pub name: Option<String>,
        pub additional_data: AdditionalData,
    }

    object! { Square = "microsoft.graph.square" { "name" => name } }

    #[derive(Clone, Debug, Default, PartialEq)]
    pub struct UnknownForm {
        pub name: Option<String>,
        pub additional_data: AdditionalData,
    }

    object! { UnknownForm = "microsoft.graph.form" { "name" => name } }
}
