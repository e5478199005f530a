//! The token endpoint.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::Response;
use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode};
use serde_json::Value;

use super::answer;
use super::grants;
use super::params::Params;
use crate::identity::Platform;
use crate::identity::fault::{Fault, quoted};

/// `/{tenant}/oauth2/v2.0/token`
pub(super) async fn token(
    State(platform): State<Arc<Platform>>,
    Path(tenant): Path<String>,
    method: Method,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    match answer(&platform, &tenant, &method, &headers, &body) {
        Ok(body) => answer::json(StatusCode::OK, body),
        Err(fault) => answer::refusal(&fault, &headers),
    }
}

fn answer(
    platform: &Platform,
    tenant: &str,
    method: &Method,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<Value, Fault> {
    check_post(method)?;
    platform.check_tenant(tenant)?;
    let params = Params::parse(body)?;
    let request = grants::Request { platform, headers, params: &params };
    match params.need("grant_type")? {
        "authorization_code" => request.authorization_code(),
        "refresh_token" => request.refresh_token(),
        "client_credentials" => request.client_credentials(),
        "password" => request.password(),
        "urn:ietf:params:oauth:grant-type:device_code" => request.device_code(),
        other => {
            let message = format!("The app requested an unsupported grant type '{}'.", quoted(other));
            Err(Fault::new("unsupported_grant_type", 70_003, message))
        }
    }
}

pub(super) fn check_post(method: &Method) -> Result<(), Fault> {
    if method == Method::POST {
        return Ok(());
    }
    let message = format!("The endpoint only accepts POST requests. Received a {method} request.");
    Err(Fault::invalid_request(900_561, message))
}
