//! Types as they are generated, for the tests of what they are made of.

// Generated types are public, and so is what the macros add to them.
#![allow(unreachable_pub)]

use crate::edm::DateTimeOffset;
use crate::runtime::{object, open_enum, union};
use crate::{AdditionalData, Id, Property};

/// What one reads: some of everything that a member can be.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sample {
    pub id: Option<Id<Sample>>,
    pub text: Option<String>,
    pub number: Option<i32>,
    pub time: Option<DateTimeOffset>,
    pub kind: Option<Kind>,
    pub parent: Option<Box<Sample>>,
    pub children: Option<Vec<Sample>>,
    pub owner: Option<DirectoryObject>,
    pub additional_data: AdditionalData,
}

object! {
    Sample = "microsoft.graph.sample" {
        "id" => id,
        "text" => text,
        "number" => number,
        "time" => time,
        "kind" => kind,
        "parent" => parent,
        "children" => children,
        "owner" => owner,
    }
}

impl Sample {
    /// A setter as complex types have them.
    pub fn text(mut self, value: impl Into<Property<String>>) -> Self {
        self.text = crate::runtime::assign(&mut self, "text", value);
        self
    }
}

/// What one writes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NewSample {
    pub text: Property<String>,
    pub number: Property<i32>,
    pub parent: Property<Box<NewSample>>,
    pub additional_data: AdditionalData,
}

object! {
    NewSample = "microsoft.graph.sample" { "text" => text, "number" => number, "parent" => parent }
}

/// An object without members of its own.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Empty {
    pub additional_data: AdditionalData,
}

object! { Empty = "microsoft.graph.empty" {} }

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    NotSpecified,
    AfterDateTime,
    Unrecognized(Box<str>),
}

open_enum! {
    Kind = "microsoft.graph.kind" { NotSpecified => "notSpecified", AfterDateTime => "afterDateTime" }
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct User {
    pub id: Option<Id<User>>,
    pub mail: Option<String>,
    pub manager: Option<DirectoryObject>,
    pub additional_data: AdditionalData,
}

object! {
    User = "microsoft.graph.user" { "id" => id, "mail" => mail, "manager" => manager }
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Group {
    pub id: Option<Id<Group>>,
    pub members: Option<Vec<DirectoryObject>>,
    pub additional_data: AdditionalData,
}

object! {
    Group = "microsoft.graph.group" { "id" => id, "members" => members }
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct UnknownDirectoryObject {
    pub id: Option<Id<DirectoryObject>>,
    pub additional_data: AdditionalData,
}

object! {
    UnknownDirectoryObject = "microsoft.graph.directoryObject" { "id" => id }
}

#[derive(Clone, Debug, PartialEq)]
pub enum DirectoryObject {
    User(Box<User>),
    Group(Box<Group>),
    Unknown(Box<UnknownDirectoryObject>),
}

union! {
    DirectoryObject = "microsoft.graph.directoryObject", unknown UnknownDirectoryObject {
        "microsoft.graph.user" => User(User),
        "microsoft.graph.group" => Group(Group),
    }
}
