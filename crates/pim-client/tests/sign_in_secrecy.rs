//! Nothing secret is traced or shown by a sign-in. In a process of its own: what is traced is caught for all threads.
#![cfg(feature = "sign-in")]
#![allow(clippy::unwrap_used, reason = "a test may end so")]

use std::io;
use std::sync::{Arc, Mutex};

use pim_client::auth::{Browser, SignIn, TokenProvider as _, TokenRequest, TokenStore};
use serde_json::json;
use tracing_subscriber::fmt::MakeWriter;
use url::Url;
use wiremock::matchers::{body_string_contains, method};
use wiremock::{Mock, MockServer, ResponseTemplate};

/// A part of every secret.
const SECRET: &str = "s3cr3t";

/// Everything that is traced.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

/// A browser that brings a secret code.
fn browser() -> Browser {
    Browser::new().open_with(|url| {
        let url = Url::parse(url).unwrap();
        let parameter = |name| url.query_pairs().find(|(key, _)| key == name).unwrap().1.into_owned();
        let address = format!("{}/?code=code-{SECRET}&state={}", parameter("redirect_uri"), parameter("state"));
        tokio::spawn(async move { reqwest::get(address).await.unwrap() });
    })
}

/// Gives a token that has all but ended, or refuses a refresh token, in words that repeat what it got.
async fn platform() -> MockServer {
    let server = MockServer::start().await;
    let token = json!({
        "token_type": "Bearer", "expires_in": 60, "scope": "User.Read", "access_token": format!("access-{SECRET}"),
        "refresh_token": format!("refresh-{SECRET}"), "id_token": format!("e30.e30.{SECRET}"),
    });
    let refusal = json!({ "error": "invalid_client", "error_description": format!("what is refresh-{SECRET}?") });
    let code = Mock::given(method("POST")).and(body_string_contains("authorization_code"));
    code.respond_with(ResponseTemplate::new(200).set_body_json(token)).mount(&server).await;
    let refresh = Mock::given(method("POST")).and(body_string_contains("refresh_token"));
    refresh.respond_with(ResponseTemplate::new(401).set_body_json(refusal)).mount(&server).await;
    server
}

#[tokio::test]
async fn no_secret_is_traced_or_shown() {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(log.clone()).finish();
    tracing::subscriber::set_global_default(subscriber).unwrap();

    let folder = tempfile::tempdir().unwrap();
    let store = TokenStore::at(folder.path().join("tokens"));
    let platform = platform().await;
    let sign_in = SignIn::builder("6731de76-14a6-49ae-97bc-6eba6914391e", "contoso.com", browser())
        .authority(platform.uri())
        .store(store.clone())
        .build()
        .unwrap();
    let request = TokenRequest::new("https://graph.microsoft.com", &["User.Read"][..]);
    let token = sign_in.token(&request).await.unwrap();
    let error = sign_in.token(&request).await.unwrap_err();
    for shown in [format!("{token:?}"), format!("{error} {error:?}"), format!("{sign_in:?} {store:?}")] {
        assert!(!shown.contains(SECRET), "{shown}");
    }
    sign_in.forget().await.unwrap();

    let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(log.contains("the user has to sign in") && log.contains("a refresh token is used"), "{log}");
    assert!(!log.contains(SECRET), "{log}");
}
