//! Bodies, read as leniently as Graph reads them.
//!
//! Names of properties in any letter case, `@odata.type` in odd spellings, booleans as text: what comes out has the
//! names and the kinds of values that the type has. What is no property of the type stays as it is.

use pim_client::schema::{Kind, Schema};
use serde_json::{Map, Value};

use super::entity::Entity;
use super::error::{GraphError, Result};

/// The body of a request, which has to be an object. One that is too deep for its reader is none, so that whatever is
/// done with one that was read may go as deep as it does.
pub(crate) fn object(body: &[u8]) -> Result<Entity> {
    if body.is_empty() {
        return Err(GraphError::bad_request("The request has no body. Send a JSON object."));
    }
    match serde_json::from_slice(body) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => Err(GraphError::bad_request("The body is not a JSON object.")),
        Err(error) => Err(GraphError::bad_request(format!("The body is not JSON: {error}."))),
    }
}

/// The body of a request, as the type has it.
pub(crate) fn of_type(body: &[u8], schema: &'static Schema) -> Result<Entity> {
    canonical_object(object(body)?, schema)
}

fn canonical_object(object: Entity, schema: &'static Schema) -> Result<Entity> {
    let schema = subtype(&object, schema);
    let mut canonical = Map::new();
    for (name, value) in object {
        let (name, value) = match property(schema, &name) {
            Some((canonical, kind)) => (canonical, canonical_value(value, kind)?),
            None if is_type(&name) => ("@odata.type".to_owned(), value),
            None => (name, value),
        };
        if canonical.contains_key(&name) {
            return Err(GraphError::bad_request(format!("The property '{name}' is given twice.")));
        }
        canonical.insert(name, value);
    }
    Ok(canonical)
}

/// The type that an object says it is.
fn subtype(object: &Entity, schema: &'static Schema) -> &'static Schema {
    let tag = object.iter().find(|(name, _)| is_type(name)).and_then(|(_, value)| value.as_str());
    tag.and_then(|tag| schema.subtype(tag)).unwrap_or(schema)
}

/// `@odata.type`, also as `odata.type` and in any letter case.
fn is_type(name: &str) -> bool {
    name.strip_prefix('@').unwrap_or(name).eq_ignore_ascii_case("odata.type")
}

/// The property of that name, which may be followed by an annotation such as `@odata.bind`.
fn property(schema: &'static Schema, name: &str) -> Option<(String, Kind)> {
    let (bare, annotation) = match name.find('@') {
        Some(0) => return None,
        Some(at) => name.split_at(at),
        None => (name, ""),
    };
    let property = schema.property(bare)?;
    if annotation.is_empty() {
        Some((property.name().to_owned(), property.kind()))
    } else {
        Some((format!("{}{}", property.name(), annotation.to_ascii_lowercase()), Kind::Any))
    }
}

fn canonical_value(value: Value, kind: Kind) -> Result<Value> {
    Ok(match (kind, value) {
        (Kind::Boolean, Value::String(text)) if text.eq_ignore_ascii_case("true") => Value::Bool(true),
        (Kind::Boolean, Value::String(text)) if text.eq_ignore_ascii_case("false") => Value::Bool(false),
        (Kind::Collection(item), Value::Array(values)) => {
            values.into_iter().map(|value| canonical_value(value, *item)).collect::<Result<_>>()?
        }
        (kind, Value::Object(object)) => match kind.schema() {
            Some(schema) => Value::Object(canonical_object(object, schema)?),
            None => Value::Object(object),
        },
        (_, value) => value,
    })
}

/// A member that is text, or null, or not there.
pub(crate) fn text<'a>(body: &'a Entity, name: &str) -> Result<Option<&'a str>> {
    match body.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(GraphError::bad_request(format!("'{name}' is not text."))),
    }
}

/// A member that is true or false, or null, or not there.
pub(crate) fn boolean(body: &Entity, name: &str) -> Result<Option<bool>> {
    match body.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Bool(value)) => Ok(Some(*value)),
        Some(_) => Err(GraphError::bad_request(format!("'{name}' is neither true nor false."))),
    }
}

#[cfg(test)]
mod tests {
    use pim_client::schema::HasSchema as _;
    use pim_client::v1_0::models;
    use serde_json::json;

    use super::*;

    fn read(body: &Value) -> Result<Value, String> {
        let schema = models::PrivilegedAccessGroupAssignmentScheduleRequest::schema();
        of_type(body.to_string().as_bytes(), schema).map(Value::Object).map_err(|error| error.message)
    }

    #[test]
    fn names_are_read_in_any_letter_case() {
        let body =
            json!({"accessID": "member", "GROUPID": "1", "scheduleInfo": {"EXPIRATION": {"Type": "NoExpiration"}}});
        let canonical =
            json!({"accessId": "member", "groupId": "1", "scheduleInfo": {"expiration": {"type": "NoExpiration"}}});
        assert_eq!(read(&body), Ok(canonical));
    }

    #[test]
    fn booleans_may_be_text_and_unknown_members_stay() {
        let body = json!({"isValidationOnly": "True", "justification": "true", "more": {"A": 1}});
        let canonical = json!({"isValidationOnly": true, "justification": "true", "more": {"A": 1}});
        assert_eq!(read(&body), Ok(canonical));
    }

    #[test]
    fn the_type_is_read_in_odd_spellings() {
        let body = json!({"@OData.Type": "#microsoft.graph.x", "members@odata.BIND": ["a"]});
        let group = of_type(body.to_string().as_bytes(), models::Group::schema()).expect("it is an object");
        assert_eq!(Value::Object(group), json!({"@odata.type": "#microsoft.graph.x", "members@odata.bind": ["a"]}));
    }

    #[test]
    fn a_property_is_given_once() {
        let twice = json!({"groupId": "1", "GroupID": "2"});
        assert_eq!(read(&twice), Err("The property 'groupId' is given twice.".to_owned()));
    }

    #[test]
    fn what_is_no_object_is_refused() {
        for body in ["", "[]", "1", "{", "{\"a\":}"] {
            let schema = models::Group::schema();
            assert_eq!(of_type(body.as_bytes(), schema).expect_err(body).status, http::StatusCode::BAD_REQUEST);
        }
        let deep = format!("{}1{}", "{\"manager\":".repeat(200), "}".repeat(200));
        assert!(of_type(deep.as_bytes(), models::User::schema()).is_err());
    }
}
