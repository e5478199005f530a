//! Plain HTTP, for what the client would not send.

use pim_emulator::{Clock, Emulator};
use reqwest::{Method, RequestBuilder, Response};
use serde_json::Value;

pub(crate) const ADMINISTRATOR: &str = "admin@contoso.com";
pub(crate) const ADELE: &str = "adelev@contoso.com";
pub(crate) const ROLE: &str = "Groups Administrator";

/// The sample tenant at a time that stands.
pub(crate) async fn emulator() -> Emulator {
    let start = "2025-03-21T11:00:00Z".parse().expect("a time");
    Emulator::builder().clock(Clock::frozen_at(start)).start().await.expect("it starts")
}

/// A request with the token of somebody.
pub(crate) fn request(emulator: &Emulator, who: &str, method: &str, url: &str) -> RequestBuilder {
    let token = emulator.sign_in(who).mfa(true).token().expect("somebody who may sign in");
    let method = Method::from_bytes(method.as_bytes()).expect("a method");
    http().request(method, format!("{}{url}", emulator.url())).bearer_auth(token)
}

/// A client that does nothing by itself.
pub(crate) fn http() -> reqwest::Client {
    reqwest::Client::builder().no_gzip().build().expect("a client")
}

pub(crate) async fn json(response: Response) -> Value {
    response.json().await.expect("JSON")
}

/// Status and code of an error as Graph's.
pub(crate) async fn error(response: Response) -> (u16, String) {
    let status = response.status().as_u16();
    assert!(response.headers().contains_key("request-id"));
    let body = json(response).await;
    let code = body["error"]["code"].as_str().unwrap_or_else(|| panic!("no error of Graph's: {body}"));
    assert!(body["error"]["innerError"]["date"].is_string(), "{body}");
    (status, code.to_owned())
}
