//! Tokens for a managed identity, as programs on App Service get them from `IDENTITY_ENDPOINT`.

use std::sync::Arc;

use axum::extract::{RawQuery, State};
use axum::response::Response;
use http::{HeaderMap, StatusCode};
use serde_json::{Value, json};

use super::answer;
use super::params::Params;
use crate::identity::fault::quoted;
use crate::identity::token::Subject;
use crate::identity::{GRAPH, GRAPH_APP_ID, Platform};

const HEADER: &str = "x-identity-header";
const VERSION: &str = "2019-08-01";

struct Refusal(StatusCode, String);

/// `/msi/token`
pub(super) async fn token(
    State(platform): State<Arc<Platform>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    match answer(&platform, query.as_deref().unwrap_or_default(), &headers) {
        Ok(body) => answer::json(StatusCode::OK, body),
        Err(Refusal(status, message)) => {
            let correlation = answer::correlation(&headers);
            let body =
                json!({ "statusCode": status.as_u16(), "message": message, "correlationId": correlation.to_string() });
            answer::json(status, body)
        }
    }
}

fn answer(platform: &Platform, query: &str, headers: &HeaderMap) -> Result<Value, Refusal> {
    // A page in a browser cannot set the header for another origin: that is what it is for.
    let given = headers.get(HEADER).and_then(|header| header.to_str().ok());
    if !given.is_some_and(|given| platform.identity_header.matches(given)) {
        let message =
            "The header X-IDENTITY-HEADER is missing or wrong; set IDENTITY_HEADER as the emulator printed it.";
        return Err(Refusal(StatusCode::UNAUTHORIZED, message.to_owned()));
    }
    let bad = |message: String| Refusal(StatusCode::BAD_REQUEST, message);
    let params = Params::parse(query.as_bytes()).map_err(|fault| bad(fault.description()))?;
    if params.get("api-version") != Some(VERSION) {
        return Err(bad(format!("The parameter api-version has to be {VERSION}.")));
    }
    let resource = params.get("resource").unwrap_or_default();
    let is_graph = [GRAPH, GRAPH_APP_ID].iter().any(|name| name.eq_ignore_ascii_case(resource.trim_end_matches('/')));
    if !is_graph {
        return Err(bad(format!("The parameter resource has to be {GRAPH}, and is '{}'.", quoted(resource))));
    }
    let application = match params.get("client_id") {
        Some(id) => id.parse().ok().and_then(|id| platform.accounts.application(id)),
        None if ["principal_id", "object_id", "mi_res_id"].iter().any(|name| params.get(name).is_some()) => None,
        None => platform.accounts.managed_identity(),
    };
    let application = application.ok_or_else(|| {
        bad("No managed identity was found; name one that is registered by its client_id, or none.".to_owned())
    })?;
    let issued = platform.issuer.issue(Subject::Application(&application)).map_err(|_| {
        Refusal(StatusCode::INTERNAL_SERVER_ERROR, "A token could not be signed; restart the emulator.".to_owned())
    })?;
    Ok(json!({
        "access_token": issued.token.expose(),
        "expires_on": issued.expires_on.to_string(),
        "resource": resource,
        "token_type": "Bearer",
        "client_id": application.app_id.to_string(),
    }))
}
