//! An identity platform on this machine.

use std::collections::{BTreeMap, VecDeque};
use std::fmt::Write as _;
use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use url::{Url, form_urlencoded};
use wiremock::matchers::{method, path};
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate};

use crate::auth::sign_in::{Browser, DeviceCode, SignIn, SignInBuilder, SignInMethod};
use crate::auth::{AccessToken, Claims, TokenProvider as _, TokenRequest};
use crate::error::{Error, ErrorKind};

pub(in crate::auth::sign_in) const CLIENT_ID: &str = "6731de76-14a6-49ae-97bc-6eba6914391e";
pub(in crate::auth::sign_in) const TENANT: &str = "contoso.onmicrosoft.com";
pub(in crate::auth::sign_in) const GRAPH: &str = "https://graph.microsoft.com";
pub(in crate::auth::sign_in) const READ: &str = "RoleManagement.Read.Directory";
pub(in crate::auth::sign_in) const WRITE: &str = "RoleManagement.ReadWrite.Directory";

/// A part of every secret, which must show nowhere.
pub(in crate::auth::sign_in) const SECRET: &str = "s3cr3t";

pub(in crate::auth::sign_in) type Form = BTreeMap<String, String>;

/// Answers of the token endpoint, in turn; the last one again and again.
#[derive(Clone)]
struct Queue(Arc<Mutex<VecDeque<(u16, Value)>>>);

impl Respond for Queue {
    fn respond(&self, _: &Request) -> ResponseTemplate {
        let mut answers = self.0.lock().unwrap();
        let answer = if answers.len() > 1 { answers.pop_front() } else { answers.front().cloned() };
        let (status, body) = answer.expect("an answer");
        ResponseTemplate::new(status).set_body_json(body)
    }
}

pub(in crate::auth::sign_in) struct Fake {
    pub(in crate::auth::sign_in) server: MockServer,
    answers: Queue,
}

impl Fake {
    pub(in crate::auth::sign_in) async fn new(answers: impl IntoIterator<Item = (u16, Value)>) -> Self {
        let server = MockServer::start().await;
        let answers = Queue(Arc::new(Mutex::new(answers.into_iter().collect())));
        let base = format!("/{TENANT}/oauth2/v2.0");
        let device = json!({
            "device_code": format!("device-{SECRET}"), "user_code": format!("CODE-{SECRET}"), "interval": 5,
            "verification_uri": "https://microsoft.com/devicelogin", "expires_in": 900,
            "message": format!("To sign in, enter CODE-{SECRET}\n."),
        });
        let device = ResponseTemplate::new(200).set_body_json(device);
        Mock::given(method("POST")).and(path(format!("{base}/devicecode"))).respond_with(device).mount(&server).await;
        let token = path(format!("{base}/token"));
        Mock::given(method("POST")).and(token).respond_with(answers.clone()).mount(&server).await;
        Self { server, answers }
    }

    /// Another answer, after those that are left.
    pub(in crate::auth::sign_in) fn then(&self, answer: (u16, Value)) {
        let mut answers = self.answers.0.lock().unwrap();
        answers.clear();
        answers.push_back(answer);
    }

    pub(in crate::auth::sign_in) fn builder(&self, method: impl Into<SignInMethod>) -> SignInBuilder {
        SignIn::builder(CLIENT_ID, TENANT, method).authority(self.server.uri())
    }

    /// What was sent to an endpoint, in order.
    pub(in crate::auth::sign_in) async fn forms(&self, endpoint: &str) -> Vec<Form> {
        let requests = self.server.received_requests().await.unwrap();
        let sent = requests.iter().filter(|request| request.url.path().ends_with(&format!("/oauth2/v2.0/{endpoint}")));
        sent.map(|request| form_urlencoded::parse(&request.body).into_owned().collect()).collect()
    }
}

/// The number of a token, with the scopes that came with it.
pub(in crate::auth::sign_in) fn granted(number: u32, scope: &str) -> (u16, Value) {
    let id_token =
        format!("e30.{}.c2ln{SECRET}", URL_SAFE_NO_PAD.encode(r#"{"preferred_username":"adele@contoso.com"}"#));
    let answer = json!({
        "token_type": "Bearer", "expires_in": 3600, "scope": scope, "access_token": format!("access-{SECRET}-{number}"),
        "refresh_token": format!("refresh-{SECRET}-{number}"), "id_token": id_token,
    });
    (200, answer)
}

/// The same, which is used up at once.
pub(in crate::auth::sign_in) fn ending(number: u32, scope: &str) -> (u16, Value) {
    let (status, mut answer) = granted(number, scope);
    answer["expires_in"] = json!(60);
    (status, answer)
}

pub(in crate::auth::sign_in) fn refusal(code: &str, description: &str) -> (u16, Value) {
    (400, json!({ "error": code, "error_description": description, "error_codes": [70016], "timestamp": "x" }))
}

/// A device code whose user code nobody reads, and that waits for nothing.
pub(in crate::auth::sign_in) fn device() -> DeviceCode {
    DeviceCode::new(|_| {}).pausing(|_| {})
}

/// A browser that answers at once: with `query`, in which `{state}` stands for the state.
pub(in crate::auth::sign_in) fn browser(query: &'static str) -> Browser {
    Browser::new().open_with(move |url| {
        let (redirect, state) = (parameter(url, "redirect_uri").unwrap(), parameter(url, "state").unwrap());
        let address = format!("{redirect}/?{}", query.replace("{state}", &state));
        tokio::spawn(async move { reqwest::get(address).await.unwrap() });
    })
}

pub(in crate::auth::sign_in) fn parameter(url: &str, name: &str) -> Option<String> {
    let url = Url::parse(url).unwrap();
    url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

pub(in crate::auth::sign_in) fn needs(permissions: &'static [&'static str]) -> TokenRequest {
    TokenRequest::new(GRAPH, permissions)
}

pub(in crate::auth::sign_in) fn claims(context: &str) -> Claims {
    let claims = json!({ "access_token": { "acrs": { "essential": true, "value": context } } });
    Claims::parse(&claims.to_string()).unwrap()
}

/// The number of the token that is got.
pub(in crate::auth::sign_in) async fn number(sign_in: &SignIn, request: &TokenRequest) -> u32 {
    let token = sign_in.token(request).await.unwrap();
    numbered(&token)
}

pub(in crate::auth::sign_in) fn numbered(token: &AccessToken) -> u32 {
    (1..100).find(|number| token.token.is_in(&format!("access-{SECRET}-{number}"))).expect("a numbered token")
}

/// The failure, which is one line without a secret.
pub(in crate::auth::sign_in) async fn failure(sign_in: &SignIn, request: &TokenRequest) -> Error {
    let error = sign_in.token(request).await.unwrap_err();
    let mut text = format!("{error} {error:?} {sign_in:?}");
    let mut source = std::error::Error::source(&error);
    while let Some(cause) = source {
        write!(text, " {cause} {cause:?}").unwrap();
        source = cause.source();
    }
    assert!(!text.contains(SECRET) && !error.to_string().contains('\n'), "{text}");
    assert!(matches!(error.kind(), ErrorKind::Authentication | ErrorKind::Transport), "{error:?}");
    error
}
