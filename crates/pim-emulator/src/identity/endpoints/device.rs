//! Signing in on another device.

use std::sync::Arc;

use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode};
use serde_json::{Value, json};

use super::params::Params;
use super::token::check_post;
use super::{answer, page};
use crate::identity::demand::Demand;
use crate::identity::fault::Fault;
use crate::identity::platform::{Device, Progress};
use crate::identity::scopes::Scopes;
use crate::identity::secret::random_bytes;
use crate::identity::session::Session;
use crate::identity::{Platform, Secret};

/// How long a code lasts, in seconds.
const LIFETIME: i64 = 900;

/// No vowels, so that no words come out, and nothing that looks like something else.
const ALPHABET: &[u8; 28] = b"BCDFGHJKLMNPQRSTVWXZ23456789";

const LENGTH: usize = 9;

/// `/{tenant}/oauth2/v2.0/devicecode`
pub(super) async fn begin(
    State(platform): State<Arc<Platform>>,
    Path(tenant): Path<String>,
    method: Method,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    match begun(&platform, &tenant, &method, &headers, &body) {
        Ok(body) => answer::json(StatusCode::OK, body),
        Err(fault) => answer::refusal(&fault, &headers),
    }
}

fn begun(platform: &Platform, tenant: &str, method: &Method, headers: &HeaderMap, body: &[u8]) -> Result<Value, Fault> {
    check_post(method)?;
    platform.check_tenant(tenant)?;
    let params = Params::parse(body)?;
    let (client, application) = platform.client(params.need("client_id")?)?;
    let scopes = Scopes::parse(params.need("scope")?)?;
    scopes.grant(application.as_ref())?;
    let demand = Demand::parse(params.get("claims"))?;
    let (device_code, user_code) = (Secret::random(), user_code());
    let ends = platform.issuer.now().saturating_add(LIFETIME);
    let device = Device { client, scopes, demand, progress: Progress::Pending, asked_at: None };
    platform.devices().put(device_code.expose(), ends, device);
    platform.user_codes().put(user_code.expose(), ends, device_code.clone());
    let address = format!("{}/{tenant}/oauth2/deviceauth", platform.origin_for(headers));
    let code = user_code.expose();
    Ok(json!({
        "user_code": code,
        "device_code": device_code.expose(),
        "verification_uri": address,
        "expires_in": LIFETIME,
        "interval": platform.device_interval,
        "message": format!(
            "To sign in, use a web browser to open the page {address} and enter the code {code} to authenticate."
        ),
    }))
}

/// `/{tenant}/oauth2/deviceauth`: where users enter the code. Scripts send the form: `user_code`, `user` (an id or a user
/// principal name), and `mfa=false` or `cancel=true` where that is meant.
pub(super) async fn page(
    State(platform): State<Arc<Platform>>,
    Path(tenant): Path<String>,
    RawQuery(query): RawQuery,
    method: Method,
    body: Bytes,
) -> Response {
    let query = query.unwrap_or_default();
    let is_form = method == Method::POST;
    let read =
        platform.check_tenant(&tenant).and_then(|()| Params::parse(if is_form { &body[..] } else { query.as_bytes() }));
    let params = match read {
        Ok(params) => params,
        Err(fault) => return page::refusal(&fault),
    };
    let user_code = params.get("user_code").unwrap_or_default();
    if !is_form {
        return page::device(user_code, &platform.accounts.users(), None);
    }
    match decide(&platform, &params) {
        Ok(true) => page::message("You have signed in", "Go back to the device. You may close this page."),
        Ok(false) => page::message("You did not sign in", "The device was denied. You may close this page."),
        Err(fault) => page::device(user_code, &platform.accounts.users(), Some(&fault.description())),
    }
}

/// Whether the user signed in, and did not deny it.
fn decide(platform: &Platform, params: &Params) -> Result<bool, Fault> {
    let unknown = || {
        Fault::new("bad_verification_code", 70_018, "That code does not work; check it, or begin anew on the device.")
    };
    // People write codes as they like.
    let typed = params.need("user_code")?.chars().filter(char::is_ascii_alphanumeric).collect::<String>();
    let typed = Secret::new(typed.to_ascii_uppercase());
    let device_code = platform.user_codes().get(typed.expose()).map(|entry| entry.value.clone()).ok_or_else(unknown)?;
    let user = if params.get("cancel").is_some() { None } else { Some(platform.user(params.need("user")?)?) };
    let now = platform.issuer.now();
    let mut devices = platform.devices();
    let entry = devices.get(device_code.expose()).filter(|entry| entry.expires_at > now).ok_or_else(unknown)?;
    let device = &mut entry.value;
    if !matches!(device.progress, Progress::Pending) {
        return Err(unknown());
    }
    device.progress = match &user {
        Some(user) => {
            Progress::Approved(Session::interactive(user.id, device.client, params.is_weak(), &device.demand))
        }
        None => Progress::Declined,
    };
    Ok(user.is_some())
}

/// The half of the code that people type.
fn user_code() -> Secret {
    let mut code = String::with_capacity(LENGTH);
    while code.len() < LENGTH {
        let random = random_bytes();
        // 252 is nine times 28: what is above would make some letters likelier.
        let letters =
            random.iter().filter(|byte| **byte < 252).map(|byte| char::from(ALPHABET[usize::from(byte % 28)]));
        code.extend(letters.take(LENGTH - code.len()));
    }
    Secret::new(code)
}
