//! What a policy demands of how one has signed in.

use pim_client::auth::{AccessToken, BoxFuture, Claims, TokenProvider, TokenRequest};
use pim_client::{BearerToken, Error, ErrorCode, FailedRule, Graph, GraphBuilder};
use pim_emulator::tenant::{Eligibility, Policy};
use pim_emulator::{Emulator, Tenant};
use serde_json::{Value, json};

use super::{ADELE, contoso, with};

const ROLE: &str = "Security Reader";

/// Contoso, where Adele becomes Security Reader with authentication context c1 alone.
async fn guarded() -> Emulator {
    let policy = Policy::of_role(ROLE).require_mfa(false).authentication_context("c1");
    with(Tenant::contoso().eligibility(Eligibility::to_role(ADELE, ROLE)).policy(policy)).await
}

/// Gets tokens from the emulator's control API: with what is demanded, and with nothing more.
struct ControlApi {
    emulator: String,
}

impl TokenProvider for ControlApi {
    fn token<'a>(&'a self, request: &'a TokenRequest) -> BoxFuture<'a, Result<AccessToken, Error>> {
        let context = request.claims().and_then(Claims::authentication_context);
        let contexts: Vec<_> = context.into_iter().collect();
        let body = json!({ "user": ADELE, "acrs": contexts });
        Box::pin(async move {
            let url = format!("{}/_emulator/tokens", self.emulator);
            let answer = reqwest::Client::new().post(url).json(&body).send().await.expect("an answer");
            let answer: Value = answer.json().await.expect("JSON");
            Ok(BearerToken::new(answer["access_token"].as_str().expect("a token"))?.into())
        })
    }
}

/// The statuses of the requests to create something.
fn posted(emulator: &Emulator) -> Vec<u16> {
    let requests = emulator.requests().into_iter();
    requests.filter(|request| request.method == "POST").map(|request| request.status).collect()
}

#[tokio::test]
async fn without_a_second_factor_the_hint_asks_for_one() {
    let emulator = contoso().await;
    let adele = emulator.sign_in(ADELE).mfa(false).client().unwrap().pim();
    let refused = adele.activate("Groups Administrator").hours(1).justification("Call 5").send().await.unwrap_err();
    assert_eq!(refused.failed_rules(), [FailedRule::Mfa]);
    assert_eq!(refused.hint().unwrap(), "the policy demands a sign-in with multifactor authentication");
}

#[tokio::test]
async fn without_the_authentication_context_the_hint_asks_for_it() {
    let emulator = guarded().await;
    for sign_in in [emulator.sign_in(ADELE).mfa(true), emulator.sign_in(ADELE).authentication_context("c2")] {
        let adele = sign_in.client().unwrap().pim();
        let refused = adele.activate(ROLE).hours(1).justification("Call 5").send().await.unwrap_err();
        assert_eq!(refused.code(), Some(&ErrorCode::RoleAssignmentRequestAcrsValidationFailed));
        assert_eq!(refused.challenge().and_then(Claims::authentication_context).as_deref(), Some("c1"));
        assert!(refused.hint().unwrap().starts_with("authentication context c1 is needed"), "{refused}");
    }
    let adele = emulator.sign_in(ADELE).authentication_context("c1").client().unwrap().pim();
    adele.activate(ROLE).hours(1).justification("Call 5").wait().await.unwrap();
}

#[tokio::test]
async fn a_provider_that_is_challenged_gets_a_better_token_and_succeeds() {
    let emulator = guarded().await;
    let graph = Graph::builder(ControlApi { emulator: emulator.url() });
    let graph = graph.endpoint(&emulator.url()).and_then(GraphBuilder::build).unwrap();
    let settled = graph.pim().activate(ROLE).hours(1).justification("Call 5").wait().await.unwrap();
    assert_eq!(settled.assignment.unwrap().target.to_string(), ROLE);
    assert_eq!(posted(&emulator), [400, 201], "refused, stepped up, and sent again");
}
