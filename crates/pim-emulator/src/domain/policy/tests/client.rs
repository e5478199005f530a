//! What the client makes of a policy, and what it sends to change it.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{Method, StatusCode, Uri};
use pim_client::edm::Duration;
use pim_client::pim::{Approver, GroupAccess, NotificationLevel, PolicySettings, Privilege};
use pim_client::{BearerToken, Graph};
use serde_json::{Value, json};
use uuid::{Uuid, uuid};

use super::super::{Governed, policy_assignment_object, policy_object};
use super::Policy;
use crate::domain::Access;

const TENANT: Uuid = uuid!("84841066-274d-4ec0-a5c1-276be684bdd3");
const ROLE: Uuid = uuid!("fe930be7-5e62-47db-91af-98c3a49a38b1");
const GROUP: Uuid = uuid!("60bba733-f09d-49b7-8445-32369aa066b3");
const ADELE: &str = "9b6c9bd6-1d9f-4c4c-a7bb-8ed3c5cd9d0f";

type Served = Arc<Mutex<(Governed, Policy)>>;

/// As much of Graph as it takes to read a policy and to change its rules.
async fn answer(State(served): State<Served>, method: Method, uri: Uri, body: Bytes) -> (StatusCode, String) {
    let mut served = served.lock().expect("nobody panics");
    let (governed, policy) = &mut *served;
    if method == Method::GET {
        let mut object = policy_object(TENANT, *governed, None);
        object.rules = Some(policy.rule_objects());
        let mut assignment = policy_assignment_object(TENANT, *governed);
        assignment.policy = Some(object);
        return (StatusCode::OK, json!({ "value": [serde_json::to_value(assignment).expect("JSON")] }).to_string());
    }
    let rule: Value = serde_json::from_slice(&body).expect("JSON");
    let id = uri.path().rsplit('/').next().unwrap_or_default();
    match policy.change_rule(id, &rule) {
        Ok(changed) => {
            *policy = changed.policy;
            (StatusCode::NO_CONTENT, String::new())
        }
        Err(refusal) => {
            let error = json!({ "error": { "code": refusal.code(), "message": refusal.to_string() } });
            (StatusCode::BAD_REQUEST, error.to_string())
        }
    }
}

async fn serve(governed: Governed) -> Graph {
    let served = Arc::new(Mutex::new((governed, Policy::default_of(governed.kind()))));
    let router = Router::new().fallback(answer).with_state(served);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move { axum::serve(listener, router).await });
    let token = BearerToken::new("token").expect("a token");
    let builder = Graph::builder(token).endpoint(&format!("http://{address}")).expect("an endpoint");
    builder.build().expect("a client")
}

/// Other settings than any policy has at first.
fn change(settings: &mut PolicySettings) {
    let activation = &mut settings.activation;
    activation.maximum_duration = Some(Duration::minutes(90));
    activation.requires_mfa = Some(false);
    activation.requires_ticket = Some(true);
    activation.authentication_context = Some("c3".to_owned());
    activation.requires_approval = Some(true);
    activation.requires_approver_justification = Some(false);
    activation.approvers = vec![
        Approver::user(ADELE),
        Approver::members_of("e77cbb23-0ff2-4e18-819c-690f58269752"),
        Approver::RequestorManager(2),
    ];
    activation.notifications.approver.level = Some(NotificationLevel::Critical);
    activation.notifications.admin.recipients = vec!["soc@contoso.com".to_owned()];
    settings.eligible_assignment.requires_expiration = Some(true);
    settings.eligible_assignment.maximum_duration = Some(Duration::days(30));
    settings.active_assignment.requires_mfa = Some(true);
    settings.active_assignment.notifications.requestor.is_default_recipients_enabled = Some(false);
}

fn all() -> [(Governed, Privilege); 3] {
    let group = |access| Governed::Group { group: GROUP, access };
    [
        (Governed::Role(ROLE), ROLE.to_string().as_str().into()),
        (group(Access::Member), GroupAccess::member(GROUP.to_string()).into()),
        (group(Access::Owner), GroupAccess::owner(GROUP.to_string()).into()),
    ]
}

#[tokio::test]
async fn settings_that_the_client_makes_are_the_settings_that_it_reads() {
    for (governed, privilege) in all() {
        let pim = serve(governed).await.pim();
        let before = pim.policy(privilege.clone()).await.unwrap();
        let mut wanted = before.settings();
        change(&mut wanted);
        assert_ne!(before.settings(), wanted);
        let after = pim.update_policy(privilege.clone(), change).await.unwrap();
        assert_eq!(after.settings(), wanted, "{governed:?}");
        // And back.
        let back = pim.update_policy(privilege, |settings| *settings = before.settings()).await.unwrap();
        assert_eq!(back.settings(), before.settings(), "{governed:?}");
    }
}

#[tokio::test]
async fn the_settings_of_a_new_policy_read_as_microsoft_documents_them() {
    let mut texts = Vec::new();
    for (governed, privilege) in all() {
        let pim = serve(governed).await.pim();
        texts.push(pim.policy(privilege).await.unwrap().settings().to_string());
    }
    assert_eq!(texts[1], texts[2], "members and owners begin alike");
    texts.truncate(2);
    insta::assert_snapshot!(texts.join("\n---\n"));
}
