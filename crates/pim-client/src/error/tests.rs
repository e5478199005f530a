//! The lines, and what a program can tell from an error.

use http::StatusCode;
use serde_json::{Value, from_value, json};

use super::{Error, ErrorKind, ODataError};
use crate::auth::Claims;
use crate::operation::Operation;
use crate::transport::Record;
use crate::transport::stand_in::{CREATE, LIST};

fn answered(operation: &'static Operation, status: u16, error: &Value) -> Error {
    let ODataError { error } = from_value(json!({ "error": error })).unwrap();
    let status = Some(StatusCode::from_u16(status).unwrap());
    let record = Record { status, client_request_id: Some("c-1".to_owned()), tries: 1, ..Record::default() };
    Error::service(error).of_call(operation, record)
}

#[test]
fn a_line_says_what_is_known() {
    for (status, error, expected) in [
        (
            400,
            json!({ "code": "RoleAssignmentExists", "message": "It exists.", "innerError": { "request-id": "r-1" } }),
            "POST /v1.0/groups: 400 RoleAssignmentExists: It exists. (request-id r-1)",
        ),
        (429, json!({}), "POST /v1.0/groups: 429 Too Many Requests (client-request-id c-1)"),
        (599, json!({ "message": "odd" }), "POST /v1.0/groups: 599 error: odd (client-request-id c-1)"),
        (
            403,
            json!({ "code": "Denied" }),
            "POST /v1.0/groups: 403 Denied (least privileged permission: Group.Read.All and Directory.Read.All; client-request-id c-1)",
        ),
        (
            401,
            json!({}),
            "POST /v1.0/groups: 401 Unauthorized (get a new access token for Graph; client-request-id c-1)",
        ),
    ] {
        assert_eq!(answered(&CREATE, status, &error).to_string(), expected);
    }
    assert_eq!(Error::invalid_input("it is wrong").to_string(), "it is wrong");
}

#[test]
fn a_challenge_is_told_in_words() {
    let claims = "claims=%7B%22access_token%22%3A%7B%22acrs%22%3A%7B%22value%22%3A%22c1%22%7D%7D%7D";
    let challenge = Claims::parse(r#"{"access_token":{"acrs":{"value":"c1"}}}"#).unwrap();
    for (message, code) in [(format!("&{claims}"), "Acrs"), (format!("Step up. &{claims}"), "Acrs: Step up.")] {
        let ODataError { error } = from_value(json!({ "error": { "code": "Acrs", "message": message } })).unwrap();
        let record = Record { challenge: Some(challenge.clone()), ..Record::default() };
        let error = Error::service(error).of_call(&CREATE, record);
        assert_eq!(
            error.to_string(),
            format!(
                "POST /v1.0/groups: {code} (authentication context c1 is needed, and the token that was got for it was \
                 refused)"
            )
        );
        assert_eq!(error.message(), Some(&*message), "a program gets all of it");
    }
}

#[test]
fn a_403_names_the_permission_for_either_kind_of_token() {
    static USERS: Operation = Operation { application: &[], ..CREATE };
    static APPLICATIONS: Operation = Operation { delegated: &[], ..CREATE };
    static EITHER: Operation = Operation { delegated: &["Group.Read"], application: &["Group.Read.All"], ..CREATE };
    static NOBODY: Operation = Operation { delegated: &[], application: &[], ..CREATE };
    for (operation, expected) in [
        (&USERS, Some("Group.Read.All and Directory.Read.All (delegated; an application cannot call it)")),
        (&APPLICATIONS, Some("Group.Read.All and Directory.Read.All (application; a user cannot call it)")),
        (&EITHER, Some("Group.Read (delegated) or Group.Read.All (application)")),
        (&CREATE, Some("Group.Read.All and Directory.Read.All")),
        (&NOBODY, None),
    ] {
        let error = answered(operation, 403, &json!({}));
        let expected = expected.map(|names| format!("least privileged permission: {names}"));
        assert_eq!(error.hint().as_deref(), expected.as_deref());
    }
}

#[test]
fn long_and_unruly_text_stays_one_short_line() {
    let text = "\u{1b}[2J\r\nroot:\u{202e}".to_owned() + &"x".repeat(100_000);
    let error = answered(&CREATE, 400, &json!({ "code": text, "message": text, "innerError": { "request-id": text } }));
    for line in [error.to_string(), format!("{error:?}")] {
        assert!(line.chars().count() < 1000);
        assert!(!line.chars().any(|c| c.is_control() || c == '\u{202e}'), "{line}");
    }
    assert!(error.message().is_some_and(|message| message.len() > 100_000), "a program gets all of it");
}

#[test]
fn only_what_is_safe_to_repeat_is_retryable() {
    for (status, read, write) in [
        (429, true, true),
        (503, true, true),
        (408, true, false),
        (502, true, false),
        (504, true, false),
        (400, false, false),
        (500, false, false),
    ] {
        assert_eq!(answered(&LIST, status, &json!({})).is_retryable(), read, "GET {status}");
        assert_eq!(answered(&CREATE, status, &json!({})).is_retryable(), write, "POST {status}");
    }
    assert!(!Error::new(ErrorKind::Decode, "").is_retryable());
    for (tries, unknown) in [(0, false), (1, true)] {
        let error = Error::new(ErrorKind::Transport, "no answer from the identity platform in time");
        let error = error.of_call(&CREATE, Record { tries, ..Record::default() });
        assert_eq!((error.is_outcome_unknown(), error.is_retryable()), (unknown, !unknown), "sent {tries} times");
    }
}

#[test]
fn an_error_travels_between_threads_and_is_small() {
    fn sendable<T: Send + Sync + 'static>() {}
    sendable::<Error>();
    assert_eq!(size_of::<Error>(), size_of::<usize>());
}
