//! Claims challenges, and providers that meet them or do not.

use std::sync::{Arc, Mutex, PoisonError};

use pim_client::auth::{AccessToken, BoxFuture, TokenProvider, TokenRequest};
use pim_client::{BearerToken, Error, ErrorKind};
use serde_json::json;

use crate::client::{activate, client, client_with, create_user, read};
use crate::reply::Reply;
use crate::request::Request;
use crate::secrets::{TOKEN, failure};
use crate::server::Server;

const CLAIMS: &str = r#"{"access_token":{"acrs":{"essential":true,"value":"c1"}}}"#;
const BASE64: &str = "eyJhY2Nlc3NfdG9rZW4iOnsiYWNycyI6eyJlc3NlbnRpYWwiOnRydWUsInZhbHVlIjoiYzEifX19";
const STEPPED_UP: &str = "s3cr3t.stepped.up";

/// What the provider of a test does about claims.
#[derive(Clone, Copy)]
enum Gives {
    /// Another token, to this request and no other.
    Another,
    /// The same token once more.
    TheSame,
    /// An error.
    None,
}

/// A provider that keeps what it was asked.
#[derive(Clone)]
struct Provider {
    gives: Gives,
    asked: Arc<Mutex<Vec<Option<String>>>>,
}

impl Provider {
    fn new(gives: Gives) -> Self {
        Self { gives, asked: Arc::default() }
    }

    /// The claims of each request.
    fn asked(&self) -> Vec<Option<String>> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl TokenProvider for Provider {
    fn token<'a>(&'a self, request: &'a TokenRequest) -> BoxFuture<'a, Result<AccessToken, Error>> {
        let claims = request.claims().map(|claims| claims.as_str().to_owned());
        let refused = claims.as_ref().and_then(|_| BearerToken::new(TOKEN).ok());
        assert_eq!(request.refused(), refused.as_ref(), "who is asked to step up is told from which token");
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).push(claims.clone());
        Box::pin(async move {
            let token = match (claims, self.gives) {
                (None, _) | (_, Gives::TheSame) => TOKEN,
                (Some(_), Gives::Another) => STEPPED_UP,
                (Some(_), Gives::None) => {
                    return Err(Error::authentication("nobody is there to prove it; sign in by hand"));
                }
            };
            Ok(BearerToken::new(token)?.into())
        })
    }
}

/// Conditional Access: in a header.
fn in_header(status: u16) -> Reply {
    let value = format!(r#"Bearer realm="", error="insufficient_claims", claims="{BASE64}""#);
    let body = r#"{"error": {"code": "InvalidAuthenticationToken", "message": "Continuous access evaluation."}}"#;
    Reply::new(status, &[("www-authenticate", &value)], body)
}

/// PIM: in the message.
fn in_message() -> Reply {
    let message =
        "&claims=%7B%22access_token%22%3A%7B%22acrs%22%3A%7B%22essential%22%3Atrue%2C%22value%22%3A%22c1%22%7D%7D%7D";
    let error = json!({ "code": "RoleAssignmentRequestAcrsValidationFailed", "message": message });
    Reply::json(400, &json!({ "error": error }))
}

/// Every form of challenge.
fn challenges() -> [Reply; 3] {
    [in_header(401), in_header(403), in_message()]
}

fn is_stepped_up(request: &Request) -> bool {
    request.header("authorization") == format!("Bearer {STEPPED_UP}")
}

/// Challenges whoever has not stepped up.
async fn strict(challenge: Reply) -> Server {
    Server::start(move |_, request| if is_stepped_up(request) { Reply::object() } else { challenge.clone() }).await
}

#[tokio::test]
async fn a_challenge_is_met_and_the_request_repeated_in_full() {
    for challenge in challenges() {
        let server = strict(challenge).await;
        let provider = Provider::new(Gives::Another);
        let graph = client_with(provider.clone(), &server.url()).build().expect("a client");
        assert!(activate(&graph).await.is_ok());
        assert!(create_user(&graph).await.is_ok());
        assert!(read(&graph).await.is_ok());
        let asked: Vec<_> = [None, Some(CLAIMS.to_owned())].into_iter().cycle().take(6).collect();
        assert_eq!(provider.asked(), asked, "once without and once with the claims");
        let seen = server.seen();
        assert_eq!(seen.len(), 6);
        for pair in seen.chunks(2) {
            assert_eq!(pair.iter().map(is_stepped_up).collect::<Vec<_>>(), [false, true]);
            assert_eq!(
                (&pair[0].method, &pair[0].target, &pair[0].body),
                (&pair[1].method, &pair[1].target, &pair[1].body)
            );
            assert_eq!(pair[0].header("client-request-id"), pair[1].header("client-request-id"));
        }
        assert!(!seen[1].body.is_empty() && !seen[3].body.is_empty());
    }
}

#[tokio::test]
async fn a_provider_that_has_no_other_token_tells_why() {
    for challenge in challenges() {
        let server = strict(challenge).await;
        let provider = Provider::new(Gives::None);
        let graph = client_with(provider.clone(), &server.url()).build().expect("a client");
        let error = failure(activate(&graph).await);
        assert_eq!((error.kind(), error.tries(), server.seen().len()), (ErrorKind::Service, 1, 1), "{error}");
        assert_eq!(error.challenge().map(ToString::to_string).as_deref(), Some(CLAIMS));
        let hint =
            "authentication context c1 is needed, and could not be got: nobody is there to prove it; sign in by hand";
        assert!(error.to_string().contains(hint), "{error}");
        assert_eq!(provider.asked().len(), 2);
    }
}

#[tokio::test]
async fn a_fixed_token_says_what_to_do() {
    let server = strict(in_message()).await;
    let error = failure(activate(&client(&server)).await);
    assert!(error.to_string().contains("a fixed token cannot be stepped up; get one with the claims"), "{error}");
}

#[tokio::test]
async fn a_second_challenge_is_an_error() {
    for gives in [Gives::TheSame, Gives::Another] {
        for challenge in challenges() {
            let server = Server::always(challenge).await;
            let provider = Provider::new(gives);
            let graph = client_with(provider.clone(), &server.url()).build().expect("a client");
            let error = failure(activate(&graph).await);
            assert_eq!((error.kind(), error.tries(), server.seen().len()), (ErrorKind::Service, 2, 2), "{error}");
            let claims = error.challenge().expect("what is asked for");
            assert_eq!((claims.as_str(), claims.authentication_context().as_deref()), (CLAIMS, Some("c1")));
            let hint = "authentication context c1 is needed, and the token that was got for it was refused";
            assert!(error.to_string().contains(hint), "{error}");
            assert_eq!(provider.asked(), [None, Some(CLAIMS.to_owned())]);
        }
    }
}

/// A call that was stepped up stays so, also where the provider gives such a token only to who asks for one.
#[tokio::test]
async fn a_call_that_stepped_up_and_is_throttled_then_keeps_its_token() {
    for challenge in challenges() {
        let server = Server::start(move |number, request| match number {
            0 => Reply::new(429, &[("retry-after", "0")], ""),
            2 => Reply::new(503, &[("retry-after", "0")], ""),
            _ if is_stepped_up(request) => Reply::object(),
            _ => challenge.clone(),
        })
        .await;
        let graph = client_with(Provider::new(Gives::Another), &server.url()).build().expect("a client");
        assert!(activate(&graph).await.is_ok());
        let stepped_up: Vec<_> = server.seen().iter().map(is_stepped_up).collect();
        assert_eq!(stepped_up, [false, false, true, true]);
    }
}

#[tokio::test]
async fn what_is_no_challenge_asks_for_no_token() {
    let echo = json!({ "error": { "code": "RoleAssignmentRequestAcrsValidationFailed", "message": "claims=%7B" } });
    for reply in [
        Reply::empty(401),
        Reply::new(401, &[("www-authenticate", "Bearer")], ""),
        Reply::new(401, &[("www-authenticate", r#"Bearer claims="***""#)], ""),
        Reply::new(403, &[("www-authenticate", r#"Bearer claims="W10=""#)], ""),
        Reply::new(401, &[("www-authenticate", &format!(r#"Basic claims="{BASE64}""#))], ""),
        Reply::new(400, &[("www-authenticate", &format!(r#"Bearer claims="{BASE64}""#))], ""),
        Reply::new(401, &[("www-authenticate", &format!(r#"Bearer claims="{}""#, "QQ".repeat(20_000)))], ""),
        Reply::json(400, &echo),
    ] {
        let what = format!("{reply:?}");
        let server = Server::always(reply).await;
        let provider = Provider::new(Gives::Another);
        let graph = client_with(provider.clone(), &server.url()).build().expect("a client");
        let error = failure(activate(&graph).await);
        assert_eq!((error.challenge(), server.seen().len(), provider.asked()), (None, 1, vec![None]), "{what}");
    }
}

/// The claims are a server's words, and may be read by somebody at a terminal.
#[tokio::test]
async fn a_challenge_stays_on_its_line() {
    let claims = r"%7B%22access_token%22%3A%7B%22acrs%22%3A%7B%22value%22%3A%22c1%5Cu001b%5B2J%5Cn%22%7D%7D%7D";
    let error = json!({ "code": "RoleAssignmentRequestAcrsValidationFailed", "message": format!("claims={claims}") });
    let server = Server::always(Reply::json(400, &json!({ "error": error }))).await;
    let error = failure(activate(&client(&server)).await);
    assert!(error.challenge().is_some());
    let hint = error.hint().expect("a hint");
    assert!(hint.starts_with("authentication context c1") && !hint.chars().any(char::is_control), "{hint:?}");
}
