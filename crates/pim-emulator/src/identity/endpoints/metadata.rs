//! What clients ask before they ask for anything else.

use std::sync::Arc;

use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use http::{HeaderMap, StatusCode};
use serde_json::json;

use super::answer;
use super::params::Params;
use crate::identity::Platform;

/// `/{tenant}/v2.0/.well-known/openid-configuration`
pub(super) async fn configuration(
    State(platform): State<Arc<Platform>>,
    Path(tenant): Path<String>,
    headers: HeaderMap,
) -> Response {
    if let Err(fault) = platform.check_tenant(&tenant) {
        return answer::refusal(&fault, &headers);
    }
    let origin = platform.origin_for(&headers);
    let base = format!("{origin}/{tenant}");
    let body = json!({
        "token_endpoint": format!("{base}/oauth2/v2.0/token"),
        "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic"],
        "jwks_uri": format!("{base}/discovery/v2.0/keys"),
        "response_modes_supported": ["query", "fragment", "form_post"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["HS256"],
        "response_types_supported": ["code"],
        "grant_types_supported": [
            "authorization_code", "refresh_token", "client_credentials", "password",
            "urn:ietf:params:oauth:grant-type:device_code",
        ],
        "code_challenge_methods_supported": ["S256"],
        "scopes_supported": ["openid", "profile", "email", "offline_access"],
        "issuer": format!("{origin}/{}/v2.0", platform.issuer.tenant()),
        "request_uri_parameter_supported": false,
        "claims_parameter_supported": true,
        "authorization_endpoint": format!("{base}/oauth2/v2.0/authorize"),
        "device_authorization_endpoint": format!("{base}/oauth2/v2.0/devicecode"),
        "claims_supported": [
            "sub", "iss", "aud", "exp", "iat", "nbf", "nonce", "name", "oid", "preferred_username", "tid", "ver",
        ],
        "tenant_region_scope": null,
        "cloud_instance_name": host(&origin),
        "msgraph_host": "graph.microsoft.com",
    });
    answer::json(StatusCode::OK, body)
}

/// `/common/discovery/instance`: which hosts are the same identity platform. There is one.
pub(super) async fn instance(
    State(platform): State<Arc<Platform>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let origin = platform.origin_for(&headers);
    let params = Params::parse(query.unwrap_or_default().as_bytes()).unwrap_or_default();
    let tenant = params.get("authorization_endpoint").and_then(|endpoint| {
        let url = url::Url::parse(endpoint).ok()?;
        let tenant = url.path_segments()?.next()?.to_owned();
        platform.check_tenant(&tenant).is_ok().then_some(tenant)
    });
    let tenant = tenant.unwrap_or_else(|| "common".to_owned());
    let host = host(&origin);
    let body = json!({
        "tenant_discovery_endpoint": format!("{origin}/{tenant}/v2.0/.well-known/openid-configuration"),
        "api-version": "1.1",
        "metadata": [{ "preferred_network": host, "preferred_cache": host, "aliases": [host] }],
    });
    answer::json(StatusCode::OK, body)
}

/// `/{tenant}/discovery/v2.0/keys`: none. Tokens are signed with a key that verifies them as well: who had it could
/// issue tokens. Nobody but the emulator needs to verify them.
pub(super) async fn keys(
    State(platform): State<Arc<Platform>>,
    Path(tenant): Path<String>,
    headers: HeaderMap,
) -> Response {
    match platform.check_tenant(&tenant) {
        Ok(()) => answer::json(StatusCode::OK, json!({ "keys": [] })),
        Err(fault) => answer::refusal(&fault, &headers),
    }
}

fn host(origin: &str) -> &str {
    origin.split_once("://").map_or(origin, |(_, host)| host)
}
