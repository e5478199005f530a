//! From the faults of the `oauth2` crate to ours, without what they hold of answers.

use std::fmt::Display;

use oauth2::{ErrorResponseType, RequestTokenError, StandardErrorResponse};

use crate::Error;
use crate::auth::line::harmless_line;

/// What the identity platform's numbers mean for who set up the application.
const KNOWN: [(&str, &str); 5] = [
    ("AADSTS7000218", "switch on \"Allow public client flows\" in the application's registration"),
    ("AADSTS700016", "check the client id, and that the application is in this tenant"),
    ("AADSTS90002", "check the tenant"),
    ("AADSTS50011", "register the redirect URI http://localhost for mobile and desktop applications"),
    ("AADSTS65001", "an administrator has to grant the application its permissions first"),
];

/// The one line for a fault in `doing` something, such as "the sign-in". The `secrets` were sent, and are not repeated
/// even if the answer does.
pub(super) fn fault<T: ErrorResponseType + Display + 'static>(
    doing: &str,
    error: RequestTokenError<Error, StandardErrorResponse<T>>,
    secrets: &[&str],
) -> Error {
    match error {
        RequestTokenError::ServerResponse(answer) => {
            let description = answer.error_description().map_or("", String::as_str);
            refused(doing, &answer.error().to_string(), description, secrets)
        }
        RequestTokenError::Request(error) => error,
        // The first holds the answer, which may hold tokens, and the second parts of it: neither is passed on.
        RequestTokenError::Parse(..) | RequestTokenError::Other(_) => Error::authentication(format!(
            "the identity platform answered {doing} in other words than OAuth's; check the authority, if one is set"
        )),
    }
}

/// What the identity platform says of its refusal, and what can be done.
pub(super) fn refused(doing: &str, code: &str, description: &str, secrets: &[&str]) -> Error {
    let said = if description.is_empty() { code.to_owned() } else { format!("{code}: {description}") };
    let is_told = secrets.iter().any(|secret| !secret.is_empty() && said.contains(secret));
    let said = if is_told { "it repeats what was sent".to_owned() } else { harmless_line(&said) };
    let advice = KNOWN.iter().find(|(number, _)| is_number_in(number, description));
    let advice = advice.map_or(String::new(), |(_, advice)| format!("{advice} — "));
    Error::authentication(format!("the identity platform refused {doing}: {advice}{said}"))
}

/// Whether `number` stands in `text`, and is not the beginning of a longer one.
fn is_number_in(number: &str, text: &str) -> bool {
    text.match_indices(number).any(|(at, _)| !text[at + number.len()..].starts_with(|c: char| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_is_one_line_with_advice_and_without_secrets() {
        let error = refused("the sign-in", "invalid_client", "AADSTS7000218: The request body\r\nTrace ID: 1", &[]);
        assert_eq!(
            error.to_string(),
            "the identity platform refused the sign-in: switch on \"Allow public client flows\" in the application's \
             registration — invalid_client: AADSTS7000218: The request body Trace ID: 1"
        );
        let error = refused("the sign-in", "invalid_grant", "AADSTS7000169: s3cr3t is bad", &["", "s3cr3t"]);
        assert_eq!(error.to_string(), "the identity platform refused the sign-in: it repeats what was sent");
        assert!(!refused("x", "y", "AADSTS5001199", &[]).to_string().contains("redirect"));
    }
}
