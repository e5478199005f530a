//! Addresses of objects in bodies: `https://graph.microsoft.com/v1.0/users/{id}`, in any spelling.

use std::collections::HashSet;

use percent_encoding::percent_decode_str;

use super::directory_objects::texts;
use super::find;
use crate::domain::directory::DirectoryRefusal;
use crate::graph::context::Context;
use crate::graph::entity::Entity;
use crate::graph::error::{GraphError, Result};
use crate::store::{Entry, ObjectType};

/// The collections that an address may go through, and the type of what is in them.
const COLLECTIONS: [(&str, Option<ObjectType>); 5] = [
    ("directoryObjects", None),
    ("users", Some(ObjectType::User)),
    ("groups", Some(ObjectType::Group)),
    ("servicePrincipals", Some(ObjectType::ServicePrincipal)),
    ("applications", Some(ObjectType::Application)),
];

/// The object that an address leads to.
pub(super) fn object(context: &Context<'_>, address: &str) -> Result<Entry> {
    let Some((object_type, key)) = parse(address) else {
        return Err(GraphError::invalid_object(format!(
            "'{address}' is no address of an object; give one such as \
             https://graph.microsoft.com/v1.0/directoryObjects/{{id}}."
        )));
    };
    if let Some(object_type) = object_type {
        return find::object(context, object_type, &key);
    }
    let found = key.parse().ok().map(|id| context.session.object(id)).transpose()?.flatten();
    found.ok_or_else(|| GraphError::no_object(&key))
}

/// The objects that a list of addresses leads to; nothing, if the body has no such list.
pub(super) fn objects(context: &Context<'_>, body: &Entity, name: &str) -> Result<Option<Vec<Entry>>> {
    let Some(addresses) = texts(body, name)? else { return Ok(None) };
    let mut objects = Vec::with_capacity(addresses.len().min(MOST));
    let mut seen = HashSet::new();
    for address in addresses.into_iter().take(MOST + 1) {
        let object = object(context, address)?;
        if !seen.insert(object.id) {
            return Err(DirectoryRefusal::GivenTwice(object.id).into());
        }
        objects.push(object);
    }
    Ok(Some(objects))
}

/// How many objects one request can add to a group.
pub(super) const MOST: usize = 20;

/// The type of objects that an address names, if it names one, and the key of one of them.
///
/// Host and version do not matter, and neither does what follows the key, if it is the name of a type.
fn parse(address: &str) -> Option<(Option<ObjectType>, String)> {
    let path = address.trim().split(['?', '#']).next()?;
    let path = match path.split_once("://") {
        Some((_, rest)) => rest.split_once('/')?.1,
        None => path,
    };
    let decoded: Vec<_> = path
        .split('/')
        .filter(|segment| !segment.is_empty())
        .map(|segment| percent_decode_str(segment).decode_utf8_lossy().into_owned())
        .collect();
    let (index, object_type, key_in_parentheses) = decoded.iter().enumerate().find_map(|(index, segment)| {
        let (name, key) = match segment.split_once('(') {
            Some((name, key)) => (name, Some(key.strip_suffix(')')?.trim_matches('\'').to_owned())),
            None => (segment.as_str(), None),
        };
        let (_, object_type) = COLLECTIONS.into_iter().find(|(known, _)| known.eq_ignore_ascii_case(name))?;
        Some((index, object_type, key))
    })?;
    let mut rest = decoded.into_iter().skip(index + 1);
    let key = key_in_parentheses.or_else(|| rest.next()).filter(|key| !key.is_empty())?;
    rest.all(|segment| segment.contains('.')).then_some((object_type, key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_leads_to_an_object_whatever_its_host_version_and_spelling() {
        let any = Some((None, "1".to_owned()));
        let user = Some((Some(ObjectType::User), "1".to_owned()));
        for (address, expected) in [
            ("https://graph.microsoft.com/v1.0/directoryObjects/1", &any),
            ("https://graph.microsoft.com/beta/users/1", &user),
            ("http://127.0.0.1:8080/v1.0//Users/1/", &user),
            ("https://graph.microsoft.us/v1.0/users('1')", &user),
            ("https://graph.microsoft.com/v1.0/users(%271%27)?$select=id", &user),
            ("https://graph.microsoft.com/v2/tenant/directoryObjects/1/Microsoft.DirectoryServices.User", &any),
            ("/users/1", &user),
            ("directoryObjects/1", &any),
        ] {
            assert_eq!(&parse(address), expected, "{address}");
        }
    }

    #[test]
    fn what_leads_elsewhere_is_no_address_of_an_object() {
        for address in
            ["", "1", "users", "users/", "https://graph.microsoft.com", "devices/1", "users/1/manager", "users(1"]
        {
            assert_eq!(parse(address), None, "{address}");
        }
    }
}
