//! A type with properties of all kinds.

#![allow(unreachable_pub, reason = "generated types are public, and so is what the macros add to them")]

use pim_client::edm::{Date, DateTimeOffset, Duration, TimeOfDay};
use pim_client::runtime::{object, open_enum};
use pim_client::{AdditionalData, Id};

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    Owner,
    Member,
    Unrecognized(Box<str>),
}

open_enum! { Kind = "test.kind" { Owner => "owner", Member => "member" } }

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Thing {
    pub id: Option<Id<Thing>>,
    pub text: Option<String>,
    pub tenant: Option<String>,
    pub time: Option<DateTimeOffset>,
    pub day: Option<Date>,
    pub hour: Option<TimeOfDay>,
    pub length: Option<Duration>,
    pub is_on: Option<bool>,
    pub kind: Option<Kind>,
    pub small: Option<i32>,
    pub large: Option<i64>,
    pub real: Option<f64>,
    pub tags: Option<Vec<String>>,
    pub parent: Option<Box<Thing>>,
    pub parts: Option<Vec<Thing>>,
    pub owner: Option<Box<Thing>>,
    pub members: Option<Vec<Thing>>,
    pub additional_data: AdditionalData,
}

object! {
    Thing = "test.thing", fields of Thing {
        "id" => id: Id<Thing>,
        "text" => text: String,
        "tenant" => tenant: Guid,
        "time" => time: DateTimeOffset,
        "day" => day: Date,
        "hour" => hour: TimeOfDay,
        "length" => length: Duration,
        "isOn" => is_on: bool,
        "kind" => kind: Kind,
        "small" => small: i32,
        "large" => large: i64,
        "real" => real: f64,
        "tags" => tags: Vec<String>,
        "parent" => parent: Thing,
        "parts" => parts: Vec<Thing>,
        "owner" => owner: Relation<Thing>,
        "members" => members: Relations<Thing>,
    }
}
