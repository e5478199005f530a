//! The directory, held against what is known of it.

mod deletion;
mod group_creation;
mod group_update;
mod memberships;
mod objects;
mod queries;
mod sensitive;
mod shapes;
mod users;

use serde_json::{Value, json};

use crate::graph::rig::{As, Got, Rig};

const ADMIN: &str = "admin@contoso.com";
const ALINE: &str = "alined@contoso.com";
const ALEX: &str = "alexw@contoso.com";
const ADELE: &str = "adelev@contoso.com";
const MEGAN: &str = "meganb@contoso.com";

fn as_admin(rig: &Rig) -> As<'_> {
    rig.user(ADMIN)
}

/// With what advanced queries need.
fn eventual<'r>(caller: &As<'r>) -> As<'r> {
    caller.clone().header("consistencylevel", "eventual")
}

/// The body that makes a plain security group, with what differs from it.
fn group_with(more: &Value) -> Value {
    let group = json!({
        "displayName": "Night shift",
        "mailEnabled": false,
        "mailNickname": "nightshift",
        "securityEnabled": true,
    });
    merged(group, more)
}

/// An object with the members of another one; null takes one away.
fn merged(mut object: Value, more: &Value) -> Value {
    for (name, value) in more.as_object().expect("an object") {
        if value.is_null() {
            object.as_object_mut().expect("an object").remove(name);
        } else {
            object[name] = value.clone();
        }
    }
    object
}

fn new_group(rig: &Rig, more: &Value) -> String {
    text(&as_admin(rig).post("/v1.0/groups", &group_with(more)).ok(201), "id").to_owned()
}

/// A group of a tenant, by its nickname.
fn group_path(rig: &Rig, name: &str) -> String {
    format!("/v1.0/groups/{}", rig.id(name))
}

fn reference(id: &str) -> Value {
    json!({"@odata.id": format!("https://graph.microsoft.com/v1.0/directoryObjects/{id}")})
}

fn text<'a>(entity: &'a Value, name: &str) -> &'a str {
    entity[name].as_str().unwrap_or_else(|| panic!("{name} of {entity}"))
}

/// The display names in a page, sorted.
fn names(got: Got) -> Vec<String> {
    let mut names: Vec<_> = got.values().iter().map(|entity| text(entity, "displayName").to_owned()).collect();
    names.sort();
    names
}

fn error(status: u16, code: &str) -> (u16, String) {
    (status, code.to_owned())
}
