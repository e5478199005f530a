//! A directory, a clock, and a client that sends requests.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use axum::Router;
use axum::body::Body;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::{HeaderMap, Request, header};
use http_body_util::BodyExt as _;
use serde_json::Value;
use tower::ServiceExt as _;
use uuid::Uuid;

use crate::identity::secret::digest;
use crate::identity::token::{Time, Verified};
use crate::identity::{Accounts, ApplicationAccount, Issuer, Platform, Secret, SigningKey, UserAccount, router};

pub(super) const TENANT: Uuid = Uuid::from_u128(0x7e);
pub(super) const DOMAIN: &str = "contoso.onmicrosoft.com";
pub(super) const ADELE: Uuid = Uuid::from_u128(0xade1e);
pub(super) const SECRET: &str = "s3cr3t-of-the-robot";
pub(super) const PASSWORD: &str = "s3cr3t-of-lee";
pub(super) const READ: &str = "RoleManagement.Read.Directory";
/// An application that has a secret.
pub(super) const ROBOT: Uuid = Uuid::from_u128(0x0b07);
/// A public client that is registered, and may do little.
pub(super) const LIMITED: Uuid = Uuid::from_u128(0x11);
/// A tool that nobody has registered.
pub(super) const TOOL: &str = "04b07795-8ddb-461a-bbee-02f9e1bf7b46";
pub(super) const VERIFIER: &str = "a-verifier-that-nobody-can-guess-0123456789-abcdef";
pub(super) const C1: &str = r#"{"access_token":{"acrs":{"essential":true,"value":"c1"}}}"#;
pub(super) const HEADER: &str = "s3cr3t-header";
const NOW: i64 = 1_800_000_000;

pub(super) struct Directory;

fn user(id: Uuid, name: &str, upn: &str) -> UserAccount {
    UserAccount { id, upn: upn.to_owned(), display_name: name.to_owned(), enabled: true, password: None }
}

fn application(app_id: Uuid, name: &str) -> ApplicationAccount {
    ApplicationAccount {
        app_id,
        service_principal: Uuid::from_u128(app_id.as_u128() + 1),
        display_name: name.to_owned(),
        secrets: Vec::new(),
        redirect_uris: Vec::new(),
        is_public_client: false,
        permissions: Vec::new(),
        delegated: None,
    }
}

impl Accounts for Directory {
    fn domains(&self) -> Vec<String> {
        vec![DOMAIN.to_owned()]
    }

    fn user(&self, id_or_upn: &str) -> Option<UserAccount> {
        let is_meant = |user: &UserAccount| {
            user.upn.eq_ignore_ascii_case(id_or_upn) || user.id.to_string().eq_ignore_ascii_case(id_or_upn)
        };
        self.users().into_iter().find(is_meant)
    }

    fn users(&self) -> Vec<UserAccount> {
        vec![
            user(ADELE, "Adele Vance", "adele@contoso.com"),
            UserAccount {
                password: Some(Secret::new(PASSWORD)),
                ..user(Uuid::from_u128(0x1ee), "Lee <script>alert('&')</script>", "lee@contoso.com")
            },
            UserAccount { enabled: false, ..user(Uuid::from_u128(0x60e), "Gone Girl", "gone@contoso.com") },
        ]
    }

    fn application(&self, client_id: Uuid) -> Option<ApplicationAccount> {
        if client_id == ROBOT {
            return Some(ApplicationAccount {
                secrets: vec![Secret::new("an older one"), Secret::new(SECRET)],
                redirect_uris: vec!["https://robot.example/signed-in?x=1".to_owned()],
                permissions: vec!["RoleManagement.ReadWrite.Directory".to_owned()],
                ..application(ROBOT, "Robot")
            });
        }
        let limited = application(LIMITED, "Limited");
        (client_id == LIMITED).then(|| ApplicationAccount { delegated: Some(vec!["User.Read".to_owned()]), ..limited })
    }

    fn managed_identity(&self) -> Option<ApplicationAccount> {
        self.application(ROBOT)
    }
}

/// What came back.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) headers: HeaderMap,
    pub(super) body: String,
}

impl Answer {
    pub(super) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("JSON: {}", self.body))
    }

    pub(super) fn text(&self, name: &str) -> String {
        self.json()[name].as_str().unwrap_or_else(|| panic!("{name} in {}", self.body)).to_owned()
    }

    /// The code of OAuth and the number of Entra, of a refusal that is told as Entra does.
    pub(super) fn fault(&self) -> (String, u64) {
        let json = self.json();
        let number = json["error_codes"][0].as_u64().unwrap_or_else(|| panic!("a refusal: {}", self.body));
        assert!(matches!(self.status, 400 | 401), "{}", self.status);
        assert!(self.text("error_description").starts_with(&format!("AADSTS{number}: ")), "{}", self.body);
        for name in ["timestamp", "trace_id", "correlation_id"] {
            assert!(!self.text(name).is_empty());
        }
        assert_eq!(self.headers[header::CACHE_CONTROL], "no-store");
        assert!(!self.body.contains("s3cr3t"), "{}", self.body);
        (self.text("error"), number)
    }

    pub(super) fn location(&self) -> &str {
        let location = self.headers.get(header::LOCATION).unwrap_or_else(|| panic!("a redirect: {}", self.body));
        assert_eq!(self.status, 302);
        location.to_str().expect("an address is ASCII")
    }

    /// A parameter in the address that the browser is sent to.
    pub(super) fn parameter(&self, name: &str) -> Option<String> {
        let url = url::Url::parse(self.location()).expect("an address");
        url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
    }
}

/// An identity platform with a clock that can be turned.
pub(super) struct Fake {
    pub(super) platform: Arc<Platform>,
    router: Router,
    now: Arc<AtomicI64>,
}

impl Fake {
    pub(super) fn new() -> Self {
        let now = Arc::new(AtomicI64::new(NOW));
        let clock = Arc::clone(&now);
        let time: Time = Arc::new(move || clock.load(Ordering::Relaxed));
        let issuer = Issuer::new(TENANT, &SigningKey::random()).with_time(time);
        let platform = Platform::new(issuer, Arc::new(Directory)).with_identity_header(Secret::new(HEADER));
        let platform = Arc::new(platform);
        Self { router: router(Arc::clone(&platform)), platform, now }
    }

    pub(super) fn pass(&self, seconds: i64) {
        self.now.fetch_add(seconds, Ordering::Relaxed);
    }

    pub(super) async fn send(&self, request: Request<Body>) -> Answer {
        let answer = self.router.clone().oneshot(request).await.expect("the router never fails");
        let (parts, body) = answer.into_parts();
        let bytes = body.collect().await.expect("a body").to_bytes();
        let body = String::from_utf8(bytes.to_vec()).expect("text");
        Answer { status: parts.status.as_u16(), headers: parts.headers, body }
    }

    pub(super) async fn get(&self, path: &str) -> Answer {
        let request = Request::get(path).header(header::HOST, "localhost:8080").body(Body::empty());
        self.send(request.expect("a request")).await
    }

    pub(super) async fn post(&self, path: &str, form: &[(&str, &str)]) -> Answer {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let request = Request::post(path)
            .header(header::HOST, "localhost:8080")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body));
        self.send(request.expect("a request")).await
    }

    pub(super) async fn token(&self, form: &[(&str, &str)]) -> Answer {
        self.post(&format!("/{DOMAIN}/oauth2/v2.0/token"), form).await
    }

    pub(super) async fn authorize(&self, query: &[(&str, &str)]) -> Answer {
        let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(query).finish();
        self.get(&format!("/{DOMAIN}/oauth2/v2.0/authorize?{query}")).await
    }

    /// What the access token in an answer says.
    pub(super) fn verified(&self, answer: &Answer) -> Arc<Verified> {
        assert_eq!(answer.status, 200, "{}", answer.body);
        assert_eq!(answer.headers[header::CACHE_CONTROL], "no-store");
        let header = format!("{} {}", answer.text("token_type"), answer.text("access_token"));
        self.platform.issuer().verify(Some(&header)).expect("a good token")
    }

    /// A sign-in of Adele's with a code, of which the answer to the client is given.
    pub(super) async fn signed_in(&self, scope: &str, more: &[(&str, &str)]) -> Answer {
        let query = [&request(scope)[..], &[("login_hint", "adele@contoso.com")], more].concat();
        let query: Vec<_> = query.iter().map(|(name, value)| (*name, &**value)).collect();
        let code = self.authorize(&query).await.parameter("code").expect("a code");
        self.token(&redemption(&code)).await
    }
}

/// What a client that is not registered asks for, apart from who is to sign in.
pub(super) fn request(scope: &str) -> Vec<(&'static str, &str)> {
    vec![
        ("client_id", TOOL),
        ("response_type", "code"),
        ("redirect_uri", "http://localhost:5000"),
        ("scope", scope),
        ("state", "a&b"),
        ("code_challenge", challenge()),
        ("code_challenge_method", "S256"),
    ]
}

/// The same with one parameter left out, and others in its place.
pub(super) fn changed<'a>(without: &str, others: &[(&'static str, &'a str)]) -> Vec<(&'static str, &'a str)> {
    let mut query = request("openid User.Read");
    query.push(("login_hint", "adele@contoso.com"));
    query.retain(|(name, _)| *name != without);
    query.extend_from_slice(others);
    query
}

pub(super) fn redemption(code: &str) -> [(&str, &str); 5] {
    [
        ("grant_type", "authorization_code"),
        ("client_id", TOOL),
        ("code", code),
        ("redirect_uri", "http://localhost:5000"),
        ("code_verifier", VERIFIER),
    ]
}

fn challenge() -> &'static str {
    static CHALLENGE: std::sync::LazyLock<String> =
        std::sync::LazyLock::new(|| URL_SAFE_NO_PAD.encode(digest(VERIFIER)));
    &CHALLENGE
}

/// What a token says, without looking at its signature.
pub(super) fn payload(token: &str) -> Value {
    let payload = token.split('.').nth(1).expect("three parts");
    let payload = URL_SAFE_NO_PAD.decode(payload).expect("Base64");
    serde_json::from_slice(&payload).expect("JSON")
}
