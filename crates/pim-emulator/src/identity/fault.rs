//! What the identity platform says when it does not do what is asked.

use chrono::Utc;
use serde_json::{Map, Value, json};
use uuid::Uuid;

/// A refusal: the code of OAuth 2.0, and Entra's number and words for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// Such as `invalid_grant`.
    pub(super) error: &'static str,
    /// What follows `AADSTS`.
    pub(super) number: u32,
    message: String,
    /// The claims that the user has to sign in for.
    claims: Option<String>,
}

/// The longest piece of a request that a message repeats, in characters.
const LONGEST: usize = 200;

impl Fault {
    pub(super) fn new(error: &'static str, number: u32, message: impl Into<String>) -> Self {
        Self { error, number, message: message.into(), claims: None }
    }

    /// The same, by another of OAuth's codes.
    pub(super) fn with_error(self, error: &'static str) -> Self {
        Self { error, ..self }
    }

    pub(super) fn invalid_request(number: u32, message: impl Into<String>) -> Self {
        Self::new("invalid_request", number, message)
    }

    pub(super) fn invalid_grant(number: u32, message: impl Into<String>) -> Self {
        Self::new("invalid_grant", number, message)
    }

    pub(super) fn missing(parameter: &str) -> Self {
        Self::invalid_request(900_144, format!("The request must contain the following parameter: '{parameter}'."))
    }

    pub(super) fn malformed(what: &str) -> Self {
        Self::invalid_request(9_002_313, format!("Invalid request. Request is malformed or invalid: {what}"))
    }

    /// The user has to sign in again, and to prove more.
    pub(super) fn interaction_required(claims: Option<&str>) -> Self {
        let message = "Due to a policy, you must use multi-factor authentication to access \
                       '00000003-0000-0000-c000-000000000000'; sign in interactively, with the claims that are asked for.";
        Self { claims: claims.map(str::to_owned), ..Self::new("interaction_required", 50_076, message) }
    }

    /// A fault of our own.
    pub(super) fn internal() -> Self {
        Self::new("server_error", 90_033, "A token could not be signed; restart the emulator.")
    }

    pub(super) fn status(&self) -> u16 {
        match self.error {
            "invalid_client" => 401,
            "server_error" => 500,
            _ => 400,
        }
    }

    /// One line, without what only a log would want.
    pub(super) fn description(&self) -> String {
        format!("AADSTS{}: {}", self.number, self.message)
    }

    /// The answer of the token endpoint.
    pub(super) fn body(&self, correlation: Uuid) -> Value {
        let trace = Uuid::new_v4();
        let now = Utc::now().format("%Y-%m-%d %H:%M:%SZ");
        let description = self.description();
        let mut body = Map::new();
        body.insert("error".to_owned(), json!(self.error));
        body.insert(
            "error_description".to_owned(),
            json!(format!("{description} Trace ID: {trace} Correlation ID: {correlation} Timestamp: {now}")),
        );
        body.insert("error_codes".to_owned(), json!([self.number]));
        body.insert("timestamp".to_owned(), json!(now.to_string()));
        body.insert("trace_id".to_owned(), json!(trace.to_string()));
        body.insert("correlation_id".to_owned(), json!(correlation.to_string()));
        let documentation = format!("https://login.microsoftonline.com/error?code={}", self.number);
        body.insert("error_uri".to_owned(), json!(documentation));
        if self.number == 50_076 {
            body.insert("suberror".to_owned(), json!("basic_action"));
        }
        if let Some(claims) = &self.claims {
            body.insert("claims".to_owned(), json!(claims));
        }
        Value::Object(body)
    }
}

/// A piece of a request, as a message may repeat it: short, and on one line.
pub(super) fn quoted(text: &str) -> String {
    let mut short: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(LONGEST).collect();
    if text.chars().nth(LONGEST).is_some() {
        short.push('…');
    }
    short
}
