use std::error::Error as _;
use std::future::Future;
use std::pin::Pin;
use std::sync::Mutex;
use std::time::Duration;

use azure_core::credentials::{AccessToken as AzureToken, TokenRequestOptions};
use azure_core::error::ErrorKind as AzureErrorKind;

use super::*;
use crate::ErrorKind;
use crate::auth::Claims;

const SECRET: &str = "eyJ0eXAi.s3cr3t.c2ln";

/// Notes what it is asked for.
#[derive(Debug)]
struct Fake {
    scopes: Mutex<Vec<String>>,
    answer: Result<&'static str, &'static str>,
}

impl Fake {
    fn new(answer: Result<&'static str, &'static str>) -> Arc<Self> {
        Arc::new(Self { scopes: Mutex::new(Vec::new()), answer })
    }
}

/// What the macro `async_trait` makes of it.
impl TokenCredential for Fake {
    fn get_token<'a, 'b, 'c, 'd, 'e>(
        &'a self,
        scopes: &'b [&'c str],
        _options: Option<TokenRequestOptions<'d>>,
    ) -> Pin<Box<dyn Future<Output = azure_core::Result<AzureToken>> + Send + 'e>>
    where
        'a: 'e,
        'b: 'e,
        'c: 'e,
        'd: 'e,
        Self: 'e,
    {
        self.scopes.lock().unwrap().push(scopes.join(" "));
        let answer = match self.answer {
            Ok(token) => Ok(AzureToken::new(token, (SystemTime::now() + Duration::from_hours(1)).into())),
            Err(reason) => Err(azure_core::Error::with_message(AzureErrorKind::Credential, reason)),
        };
        Box::pin(async move { answer })
    }
}

fn request() -> TokenRequest {
    TokenRequest::new("https://graph.microsoft.us", &["RoleManagement.Read.Directory"][..])
}

#[tokio::test]
async fn the_credential_is_asked_once_for_all_that_was_granted() {
    let fake = Fake::new(Ok(SECRET));
    let provider = AzureIdentity::new(fake.clone());
    for _ in 0..3 {
        let token = provider.token(&request()).await.unwrap();
        assert!(token.token.is_in(SECRET) && token.is_fresh(SystemTime::now()));
        assert!(!token.is_fresh(SystemTime::now() + Duration::from_hours(1)));
    }
    assert_eq!(*fake.scopes.lock().unwrap(), ["https://graph.microsoft.us/.default"]);
    assert_eq!(format!("{provider:?}"), "AzureIdentity { .. }");
}

#[tokio::test]
async fn a_failure_is_one_line_and_keeps_its_source() {
    let provider = AzureIdentity::new(Fake::new(Err("AADSTS7000215: Invalid client secret.\r\nTrace ID: 1")));
    let error = provider.token(&request()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Authentication);
    assert_eq!(error.to_string(), "the credential gave no token: AADSTS7000215: Invalid client secret. Trace ID: 1");
    assert!(error.source().unwrap().downcast_ref::<azure_core::Error>().is_some());
    let error = AzureIdentity::new(Fake::new(Ok("s3cr3t s3cr3t"))).token(&request()).await.unwrap_err();
    assert!(error.to_string().starts_with("the credential gave no token: ") && !error.to_string().contains("s3cr3t"));
}

#[tokio::test]
async fn a_challenge_is_an_error_after_which_the_credential_is_asked_anew() {
    let fake = Fake::new(Ok(SECRET));
    let provider = AzureIdentity::new(fake.clone());
    provider.token(&request()).await.unwrap();
    let challenge = request().with_claims(Claims::parse("{}").unwrap());
    assert!(provider.token(&challenge).await.unwrap_err().to_string().contains("cannot be told claims"));
    provider.token(&request()).await.unwrap();
    assert_eq!(fake.scopes.lock().unwrap().len(), 2);
}
