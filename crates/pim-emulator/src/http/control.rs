//! The control API: what a test or a person does to the service rather than with it.
//!
//! | request | what it does |
//! |---|---|
//! | `GET /_emulator/health` | says that it is there, and for which tenant |
//! | `GET /_emulator/clock` | tells the time that PIM goes by |
//! | `POST /_emulator/clock` | `{"advance": "PT5H"}`, `{"set": "2025-03-21T16:46:00Z"}`, `{"frozen": true}` |
//! | `POST /_emulator/tokens` | `{"user": "alined@contoso.com", "scopes": […], "mfa": true, "acrs": ["c1"]}` or `{"application": "{client id}"}`: a token |
//! | `POST /_emulator/faults` | `{"throttle": {"every": 3, "retryAfter": 1}, "delay": "PT0.2S", "drop": {"every": 5, "when": "after"}, "park": "PT5S", "replicationLag": "PT10S", "license": false, "groupsCanActivate": true}`: what is not named stays; `{}` ends all |
//! | `POST /_emulator/requests/{id}/answer` | `{"approve": true}`: an administrator's answer to a request to extend or to renew, which Graph has no operation for |
//! | `GET /_emulator/requests` | what Graph was asked |
//! | `POST /_emulator/reset` | begins anew: the tenant, the clock, the faults, the requests |
//!
//! It has no permissions: whoever reaches it controls the emulator. It listens where Graph does, on loopback by default,
//! and refuses what a [browser](super::guard) sends for a page of another site.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use http::StatusCode;
use pim_client::edm::{DateTimeOffset, Duration};
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::guard;
use crate::emulator::{Shared, TokenError};
use crate::faults::DropWhen;

pub(super) fn router(shared: &Arc<Shared>) -> Router {
    Router::new()
        .route("/health", get(health))
        .route("/clock", get(clock).post(turn))
        .route("/tokens", post(token))
        .route("/faults", post(faults))
        .route("/requests", get(requests))
        .route("/requests/{id}/answer", post(answer))
        .route("/reset", post(reset))
        .fallback(unknown)
        .layer(from_fn_with_state(Arc::clone(shared), guard::own_site))
        .with_state(Arc::clone(shared))
}

/// What is wrong with a request, in one line.
pub(super) fn refuse(status: StatusCode, message: impl std::fmt::Display) -> Response {
    (status, Json(json!({"error": message.to_string()}))).into_response()
}

async fn unknown() -> Response {
    refuse(StatusCode::NOT_FOUND, "the control API has health, clock, tokens, faults, requests and reset")
}

/// A body, or why it is none.
fn body<T: for<'de> Deserialize<'de>>(bytes: &[u8]) -> Result<T, Box<Response>> {
    let text = if bytes.is_empty() { b"{}" } else { bytes };
    serde_json::from_slice(text).map_err(|error| Box::new(refuse(StatusCode::BAD_REQUEST, error)))
}

async fn health(State(shared): State<Arc<Shared>>) -> Json<Value> {
    Json(json!({"status": "ok", "version": env!("CARGO_PKG_VERSION"), "tenant": shared.service.tenant}))
}

fn time(shared: &Shared) -> Value {
    let clock = &shared.service.clock;
    json!({"now": clock.now().to_string(), "frozen": clock.is_frozen()})
}

async fn clock(State(shared): State<Arc<Shared>>) -> Json<Value> {
    Json(time(&shared))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Turn {
    advance: Option<Duration>,
    set: Option<DateTimeOffset>,
    frozen: Option<bool>,
}

async fn turn(State(shared): State<Arc<Shared>>, bytes: bytes::Bytes) -> Response {
    let turn: Turn = match body(&bytes) {
        Ok(turn) => turn,
        Err(response) => return *response,
    };
    let clock = &shared.service.clock;
    let length = match turn.advance.as_ref().map(std::time::Duration::try_from).transpose() {
        Ok(length) => length,
        Err(error) => return refuse(StatusCode::BAD_REQUEST, error),
    };
    if let Some(time) = turn.set
        && let Err(error) = clock.set(time)
    {
        return refuse(StatusCode::BAD_REQUEST, error);
    }
    if let Some(length) = length {
        clock.advance(length);
    }
    match turn.frozen {
        Some(true) => clock.freeze(),
        Some(false) => clock.run(),
        None => {}
    }
    // Whoever was told the time is not to see an earlier one after a restart.
    match shared.service.keep_time() {
        Ok(()) => Json(time(&shared)).into_response(),
        Err(error) => refuse(error.status, error.message),
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct TokenBody {
    user: Option<String>,
    application: Option<Uuid>,
    scopes: Option<Vec<String>>,
    #[serde(default)]
    mfa: bool,
    acrs: Option<OneOrMore>,
}

/// `"c1"` or `["c1", "c2"]`
#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMore {
    One(String),
    More(Vec<String>),
}

async fn token(State(shared): State<Arc<Shared>>, bytes: bytes::Bytes) -> Response {
    let body: TokenBody = match body(&bytes) {
        Ok(body) => body,
        Err(response) => return *response,
    };
    let contexts = match body.acrs {
        None => Vec::new(),
        Some(OneOrMore::One(context)) => vec![context],
        Some(OneOrMore::More(contexts)) => contexts,
    };
    let token = match (body.user, body.application) {
        (Some(user), None) => shared.token_for_user(&user, body.scopes.as_deref(), body.mfa, &contexts),
        (None, Some(application)) => shared.token_for_application(application),
        _ => return refuse(StatusCode::BAD_REQUEST, "give either a user (UPN or id) or an application (client id)"),
    };
    match token {
        Ok(token) => Json(json!({"access_token": token.expose(), "token_type": "Bearer"})).into_response(),
        Err(error @ TokenError::Unknown(_)) => refuse(StatusCode::NOT_FOUND, error),
        Err(error) => refuse(StatusCode::BAD_REQUEST, error),
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct FaultsBody {
    throttle: Option<Throttle>,
    delay: Option<Duration>,
    drop: Option<DropBody>,
    park: Option<Duration>,
    replication_lag: Option<Duration>,
    license: Option<bool>,
    groups_can_activate: Option<bool>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Throttle {
    every: u64,
    /// In seconds.
    #[serde(default)]
    retry_after: u64,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct DropBody {
    every: u64,
    #[serde(default)]
    when: When,
}

#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
enum When {
    #[default]
    Before,
    After,
}

async fn faults(State(shared): State<Arc<Shared>>, bytes: bytes::Bytes) -> Response {
    let wanted: FaultsBody = match body(&bytes) {
        Ok(wanted) => wanted,
        Err(response) => return *response,
    };
    match set(&shared, &wanted) {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(error) => refuse(StatusCode::BAD_REQUEST, error),
    }
}

fn set(shared: &Shared, wanted: &FaultsBody) -> Result<(), pim_client::edm::NegativeDuration> {
    let length = |duration: &Option<Duration>| duration.as_ref().map(std::time::Duration::try_from).transpose();
    let (delay, park, lag) = (length(&wanted.delay)?, length(&wanted.park)?, length(&wanted.replication_lag)?);
    if let FaultsBody { throttle: None, drop: None, license: None, groups_can_activate: None, .. } = wanted
        && (delay, park, lag) == (None, None, None)
    {
        shared.end_faults();
        return Ok(());
    }
    if let Some(Throttle { every, retry_after }) = wanted.throttle {
        shared.faults.throttle(every, std::time::Duration::from_secs(retry_after));
    }
    if let Some(delay) = delay {
        shared.faults.delay(delay);
    }
    if let Some(DropBody { every, when }) = wanted.drop {
        let drop = match when {
            When::Before => DropWhen::Before,
            When::After => DropWhen::After,
        };
        shared.faults.drop_connections(every, drop);
    }
    shared.service.configure(|settings| {
        settings.parked_for = park.map_or(settings.parked_for, crate::emulator::length);
        settings.replication_lag = lag.and_then(crate::emulator::length).unwrap_or(settings.replication_lag);
        settings.is_licensed = wanted.license.unwrap_or(settings.is_licensed);
        settings.groups_can_activate = wanted.groups_can_activate.unwrap_or(settings.groups_can_activate);
    });
    Ok(())
}

async fn requests(State(shared): State<Arc<Shared>>) -> Json<Value> {
    Json(json!({"value": shared.records.all()}))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AnswerBody {
    approve: bool,
}

async fn answer(State(shared): State<Arc<Shared>>, Path(id): Path<Uuid>, bytes: bytes::Bytes) -> Response {
    let wanted: AnswerBody = match body(&bytes) {
        Ok(wanted) => wanted,
        Err(response) => return *response,
    };
    match shared.answer_request(id, wanted.approve) {
        Ok(Some(status)) => Json(json!({"id": id, "status": status})).into_response(),
        Ok(None) => refuse(StatusCode::NOT_FOUND, format!("there is no request {id}")),
        Err(error) => refuse(error.status, error.message),
    }
}

async fn reset(State(shared): State<Arc<Shared>>) -> Response {
    match shared.reset() {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(error) => refuse(StatusCode::INTERNAL_SERVER_ERROR, error),
    }
}
