//! Approvals: what waits for a decision, and deciding.

mod fake;

use pim_client::ErrorKind;
use serde_json::{Value, json};

use fake::{Fake, GROUP, REQUESTER};

const STAGE: &str = "/v1.0/identityGovernance/privilegedAccess/group/assignmentApprovals/g-request/stages/s-2";

fn sent(fake: &Fake) -> Vec<(String, Value)> {
    fake.state().sent.clone()
}

#[tokio::test]
async fn what_waits_for_the_caller_is_listed_with_names() {
    let fake = Fake::start().await;
    let requests = fake.pim().to_approve().await.unwrap();
    let shown: Vec<_> = requests.iter().map(ToString::to_string).collect();
    assert_eq!(
        shown,
        ["selfActivate User Administrator: PendingApproval", "selfActivate member of Helpdesk: PendingApproval"]
    );
    assert_eq!(requests[1].id, GROUP);
    let mut queries = fake.state().queries.clone();
    queries.sort();
    let expected =
        ["group", "roleDefinition"].map(|name| format!("$expand={name}&$filter=status eq 'PendingApproval'"));
    assert_eq!(queries, expected);
}

#[tokio::test]
async fn all_pages_are_read() {
    let fake = Fake::start().await;
    fake.state().pages = true;
    assert_eq!(fake.pim().to_approve().await.unwrap().len(), 4);
}

#[tokio::test]
async fn a_request_for_a_group_is_approved_in_the_stage_that_is_the_callers() {
    let fake = Fake::start().await;
    let request = fake.group_request().await;
    fake.pim().approve(&request).justification("On call").send().await.unwrap();
    assert_eq!(sent(&fake), [(STAGE.to_owned(), json!({ "reviewResult": "Approve", "justification": "On call" }))]);
}

#[tokio::test]
async fn a_request_for_a_group_is_denied() {
    let fake = Fake::start().await;
    let request = fake.group_request().await;
    fake.pim().deny(&request).send().await.unwrap();
    assert_eq!(sent(&fake), [(STAGE.to_owned(), json!({ "reviewResult": "Deny" }))]);
}

#[tokio::test]
async fn what_is_decided_is_not_decided_again() {
    let fake = Fake::start().await;
    let request = fake.group_request().await;
    for stage in &mut fake.state().stages {
        stage["reviewResult"] = "Denied".into();
        stage["reviewedBy"] = json!({ "displayName": "Adele\nVance" });
        stage["justification"] = "not your shift".into();
    }
    let error = fake.pim().approve(&request).send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
    assert!(error.to_string().contains("decided already, it was denied by Adele Vance: not your shift"), "{error}");
    assert!(sent(&fake).is_empty());
}

#[tokio::test]
async fn what_others_have_to_decide_is_refused() {
    let fake = Fake::start().await;
    let request = fake.group_request().await;
    fake.state().stages.truncate(1);
    let error = fake.pim().approve(&request).send().await.unwrap_err();
    assert!(error.to_string().contains("the caller is none of its approvers"), "{error}");

    fake.state().caller = REQUESTER;
    let error = fake.pim().approve(&request).send().await.unwrap_err();
    assert!(error.to_string().contains("nobody approves a request of their own"), "{error}");
    assert!(sent(&fake).is_empty());
}

#[tokio::test]
async fn what_waits_for_nobody_is_refused() {
    let fake = Fake::start().await;
    let request = fake.group_request().await;
    fake.state().stages.clear();
    let error = fake.pim().deny(&request).send().await.unwrap_err();
    assert!(
        error.to_string().contains("nobody has to decide on the request g-request (member of Helpdesk)"),
        "{error}"
    );
}

#[tokio::test]
async fn what_graph_refuses_is_explained() {
    for (caller, status, hint) in [
        (fake::APPROVER, 409, "it is decided already"),
        (fake::APPROVER, 403, "the caller is none of its approvers"),
        (fake::APPROVER, 403, "PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup"),
        (REQUESTER, 403, "nobody approves a request of their own"),
        (fake::APPROVER, 404, "no approval belongs to the request"),
        (fake::APPROVER, 400, "the policy may demand a justification"),
    ] {
        let fake = Fake::start().await;
        let request = fake.group_request().await;
        (fake.state().caller, fake.state().fails) = (caller, vec![status]);
        let error = fake.pim().approve(&request).send().await.unwrap_err();
        assert_eq!((error.kind(), error.status()), (ErrorKind::Service, Some(status)));
        assert!(error.hint().unwrap().contains(hint), "{error}");
        assert_eq!(sent(&fake).len(), 1);
    }
}

#[tokio::test]
async fn an_answer_that_gets_lost_is_no_reason_to_decide_again() {
    let fake = Fake::start().await;
    let request = fake.group_request().await;
    (fake.state().fails, fake.state().keeps) = (vec![504], true);
    fake.pim().approve(&request).justification("On call").send().await.unwrap();
    assert_eq!(sent(&fake).len(), 1);
}

#[tokio::test]
async fn a_decision_that_did_not_arrive_is_sent_once_more() {
    let fake = Fake::start().await;
    let request = fake.group_request().await;
    fake.state().fails = vec![504];
    fake.pim().approve(&request).send().await.unwrap();
    assert_eq!(sent(&fake).len(), 2);

    let fake = Fake::start().await;
    fake.state().fails = vec![504, 504];
    let error = fake.pim().approve(&request).send().await.unwrap_err();
    assert_eq!((error.status(), sent(&fake).len()), (Some(504), 2));
}

#[cfg(not(feature = "beta"))]
#[tokio::test]
async fn roles_are_decided_on_in_beta_only() {
    let fake = Fake::start().await;
    let request = fake.role_request().await;
    let error = fake.pim().approve(&request).send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
    assert!(error.to_string().contains("enable the feature `beta`"), "{error}");
    assert!(sent(&fake).is_empty());
}

#[cfg(feature = "beta")]
mod roles {
    use super::*;

    const STEP: &str = "/beta/roleManagement/directory/roleAssignmentApprovals/r-request/steps/s-2";

    #[tokio::test]
    async fn a_request_for_a_role_is_decided_in_the_step_that_is_the_callers() {
        for (approves, word) in [(true, "Approve"), (false, "Deny")] {
            let fake = Fake::start().await;
            let request = fake.role_request().await;
            assert_eq!(request.id, fake::ROLE);
            let pim = fake.pim();
            let decision = if approves { pim.approve(&request) } else { pim.deny(&request) };
            decision.justification("On call").send().await.unwrap();
            assert_eq!(sent(&fake), [(STEP.to_owned(), json!({ "reviewResult": word, "justification": "On call" }))]);
        }
    }

    #[tokio::test]
    async fn an_answer_that_gets_lost_is_no_reason_to_decide_again() {
        let fake = Fake::start().await;
        let request = fake.role_request().await;
        (fake.state().fails, fake.state().keeps) = (vec![504], true);
        fake.pim().deny(&request).send().await.unwrap();
        assert_eq!(sent(&fake).len(), 1);
    }
}

#[tokio::test]
async fn whoever_waits_is_told_who_denied_and_why() {
    let fake = Fake::start().await;
    let mut request = fake.group_request().await;
    fake.pim().deny(&request).justification("not\nyour shift").send().await.unwrap();
    request.status = pim_client::pim::RequestStatus::Denied;
    let error = fake.pim().wait(&request).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Denied);
    assert!(error.to_string().ends_with("Denied: denied by Adele Vance: not your shift"), "{error}");

    // What cannot be read is left out.
    fake.state().stages.clear();
    let error = fake.pim().wait(&request).await.unwrap_err();
    assert!(error.to_string().ends_with("member of Helpdesk: Denied"), "{error}");
}
