//! Claims challenges: an answer that says what the token lacks.
//!
//! They come in two forms. Conditional Access puts them into the header `WWW-Authenticate` of a 401 or 403
//! ([claims challenges](https://learn.microsoft.com/entra/identity-platform/claims-challenge)). PIM puts them,
//! percent-encoded, into the message of a 400 with the code `RoleAssignmentRequestAcrsValidationFailed`, where a role's
//! policy demands an authentication context.

use http::header::WWW_AUTHENTICATE;
use http::{HeaderMap, StatusCode};
use url::form_urlencoded;

use crate::auth::Claims;
use crate::error::{ErrorCode, ODataError};

/// What an answer asks the token to have: also one of a batch.
pub(crate) fn of(status: StatusCode, headers: &HeaderMap, body: &[u8]) -> Option<Claims> {
    match status {
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => in_header(headers),
        StatusCode::BAD_REQUEST => in_error(&serde_json::from_slice::<ODataError>(body).ok()?),
        _ => None,
    }
}

fn in_header(headers: &HeaderMap) -> Option<Claims> {
    headers
        .get_all(WWW_AUTHENTICATE)
        .iter()
        .filter_map(|value| http_auth::parse_challenges(value.to_str().ok()?).ok())
        .flatten()
        .filter(|challenge| challenge.scheme.eq_ignore_ascii_case("Bearer"))
        .find_map(|challenge| {
            let (_, claims) = challenge.params.iter().find(|(name, _)| name.eq_ignore_ascii_case("claims"))?;
            Claims::decode(&claims.to_unescaped())
        })
}

fn in_error(error: &ODataError) -> Option<Claims> {
    if error.code() != Some(&ErrorCode::RoleAssignmentRequestAcrsValidationFailed) {
        return None;
    }
    // The message is a query, without anything before its `&` or with some words.
    let (_, query) = error.message()?.split_once("claims=")?;
    let query = format!("claims={query}");
    let (_, claims) = form_urlencoded::parse(query.as_bytes()).next()?;
    Claims::parse(&claims).ok()
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;
    use serde_json::json;

    use super::*;

    struct Answer(u16, HeaderMap, String);

    const CLAIMS: &str = r#"{"access_token":{"acrs":{"essential":true, "value":"c1"}}}"#;
    const ENCODED: &str = "&claims=%7B%22access_token%22%3A%7B%22acrs%22%3A%7B%22essential%22%3Atrue%2C%20%22value%22%3A%22c1%22%7D%7D%7D";

    fn answer(status: u16, headers: &[&str], code: &str, message: &str) -> Answer {
        let values = headers.iter().map(|value| (WWW_AUTHENTICATE, HeaderValue::from_str(value).unwrap()));
        let body = json!({ "error": { "code": code, "message": message } }).to_string();
        Answer(status, values.collect(), body)
    }

    fn found(Answer(status, headers, body): &Answer) -> Option<String> {
        of(StatusCode::from_u16(*status).unwrap(), headers, body.as_bytes()).map(|claims| claims.as_str().to_owned())
    }

    #[test]
    fn conditional_access_asks_in_the_header() {
        let claims = Claims::parse(CLAIMS).unwrap().to_base64();
        let header = format!(
            r#"Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", client_id="00000003-0000-0000-c000-000000000000", error="insufficient_claims", claims="{claims}""#
        );
        for status in [401, 403] {
            assert_eq!(found(&answer(status, &[&header], "InvalidAuthenticationToken", "")).as_deref(), Some(CLAIMS));
        }
        let second = [r#"Basic realm="x""#, &header];
        assert_eq!(found(&answer(401, &second, "", "")).as_deref(), Some(CLAIMS));
        assert_eq!(found(&answer(500, &[&header], "", "")), None, "an answer that refuses no token");
    }

    #[test]
    fn pim_asks_in_the_message() {
        let code = "RoleAssignmentRequestAcrsValidationFailed";
        assert_eq!(found(&answer(400, &[], code, ENCODED)).as_deref(), Some(CLAIMS));
        let talkative = format!("The authentication context is missing.{ENCODED}&more=1");
        assert_eq!(found(&answer(400, &[], code, &talkative)).as_deref(), Some(CLAIMS));
        assert_eq!(found(&answer(400, &[], "RoleAssignmentExists", ENCODED)), None, "another error");
    }

    #[test]
    fn what_is_no_challenge_is_passed_over() {
        for header in ["Bearer", r#"Bearer realm="""#, r#"Bearer claims="***""#, r#"Basic claims="e30=""#, "\"", ","] {
            assert_eq!(found(&answer(401, &[header], "", "")), None, "{header}");
        }
        for message in ["", "claims=", "claims=%7B", "claims=5", "claims=%ff%fe"] {
            let answer = answer(400, &[], "RoleAssignmentRequestAcrsValidationFailed", message);
            assert_eq!(found(&answer), None, "{message}");
        }
    }
}
