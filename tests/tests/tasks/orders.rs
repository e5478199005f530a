//! Which request each task makes.

use pim_client::edm::DateTimeOffset;
use pim_client::pim::{GroupAccess, Pim, Principal, RequestKind, RequestStatus, Role, Target};
use pim_client::{ErrorKind, FailedRule};
use serde_json::{Value, json};

use crate::fake::{
    Fake, GROUP_ASSIGNMENT, GROUP_ELIGIBILITY, HELPDESK, ME, ROLE_ASSIGNMENT, ROLE_ELIGIBILITY, USER_ADMINISTRATOR,
    refused,
};

fn time(text: &str) -> DateTimeOffset {
    text.parse().expect("a time")
}

#[tokio::test]
async fn a_role_is_activated_by_its_name_for_the_caller() {
    let fake = Fake::start().await;
    fake.accept(ROLE_ASSIGNMENT, "Provisioned");
    let request = fake
        .graph()
        .pim()
        .activate("User Administrator")
        .hours(5)
        .justification("Need to invalidate all app refresh tokens for Contoso users.")
        .ticket("CONTOSO:Security-012345", "Contoso ICM")
        .send()
        .await
        .unwrap();
    assert_eq!(
        fake.posted(ROLE_ASSIGNMENT).await,
        [json!({
            "action": "selfActivate",
            "principalId": ME,
            "roleDefinitionId": USER_ADMINISTRATOR,
            "directoryScopeId": "/",
            "justification": "Need to invalidate all app refresh tokens for Contoso users.",
            "scheduleInfo": { "expiration": { "type": "afterDuration", "duration": "PT5H" } },
            "ticketInfo": { "ticketNumber": "CONTOSO:Security-012345", "ticketSystem": "Contoso ICM" },
        })]
    );
    assert_eq!((request.kind, request.status.clone()), (RequestKind::RoleAssignment, RequestStatus::Provisioned));
    assert!(matches!(&request.target, Target::Role { id, .. } if id.as_str() == USER_ADMINISTRATOR));
    assert_eq!(request.to_string(), "selfActivate User Administrator: Provisioned");
    let asked = fake.requests().await.iter().filter(|request| request.url.path() == "/v1.0/me").count();
    assert_eq!(asked, 1, "who the caller is need be asked once");
}

const POLICIES: &str = "/v1.0/policies/roleManagementPolicyAssignments";

#[tokio::test]
async fn without_a_time_and_a_readable_policy_the_error_asks_for_a_time() {
    let fake = Fake::start().await;
    fake.answer("GET", POLICIES, |_| refused(403, "Authorization_RequestDenied", "Insufficient privileges."));
    let error = fake.graph().pim().activate("User Administrator").send().await.unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::Service, Some(403)));
    let line = error.to_string();
    assert!(line.contains("(say `hours` or `until`: "), "{line}");
    assert!(line.contains("least privileged permission: RoleManagementPolicy.Read"), "{line}");
    assert_eq!(fake.posted(ROLE_ASSIGNMENT).await, Vec::<Value>::new(), "no time is guessed");
}

#[tokio::test]
async fn the_limit_is_told_together_with_what_else_is_missing() {
    let fake = Fake::start().await;
    let message = r#"The following policy rules failed: ["ExpirationRule","JustificationRule"]"#;
    fake.answer("POST", ROLE_ASSIGNMENT, move |_| refused(400, "RoleAssignmentRequestPolicyValidationFailed", message));
    let rule = json!({
        "@odata.type": "#microsoft.graph.unifiedRoleManagementPolicyExpirationRule",
        "id": "Expiration_EndUser_Assignment", "isExpirationRequired": true, "maximumDuration": "PT4H",
    });
    fake.get(POLICIES, json!({ "value": [{ "policyId": "p", "policy": { "id": "p", "rules": [rule] } }] }));
    let error = fake.graph().pim().activate("User Administrator").hours(5).send().await.unwrap_err();
    let hint = error.hint().unwrap_or_default();
    assert!(hint.starts_with("the policy limits activation to PT4H; "), "{hint}");
    assert!(hint.contains("demands a justification"), "{hint}");
}

#[tokio::test]
async fn a_group_is_made_eligible_for_a_year() {
    let fake = Fake::start().await;
    fake.accept(ROLE_ELIGIBILITY, "Provisioned");
    fake.graph()
        .pim()
        .assign_eligible(Principal::id(HELPDESK), Role::new(USER_ADMINISTRATOR))
        .starting(time("2025-03-21T11:06:00Z"))
        .until(time("2026-03-21T00:00:00Z"))
        .justification("Assign User Admin eligibility to IT Helpdesk (User) group")
        .send()
        .await
        .unwrap();
    assert_eq!(
        fake.posted(ROLE_ELIGIBILITY).await,
        [json!({
            "action": "adminAssign",
            "principalId": HELPDESK,
            "roleDefinitionId": USER_ADMINISTRATOR,
            "directoryScopeId": "/",
            "justification": "Assign User Admin eligibility to IT Helpdesk (User) group",
            "scheduleInfo": {
                "startDateTime": "2025-03-21T11:06:00Z",
                "expiration": { "type": "afterDateTime", "endDateTime": "2026-03-21T00:00:00Z" },
            },
        })]
    );
    assert_eq!(fake.requests().await.len(), 1, "ids need not be looked for");
}

#[tokio::test]
async fn membership_is_activated_and_given_up() {
    let fake = Fake::start().await;
    fake.accept(GROUP_ASSIGNMENT, "Provisioned");
    let pim = fake.graph().pim();
    pim.activate(GroupAccess::member("Helpdesk")).hours(1).justification("Call 5").send().await.unwrap();
    pim.deactivate(GroupAccess::owner(HELPDESK)).send().await.unwrap();
    assert_eq!(
        fake.posted(GROUP_ASSIGNMENT).await,
        [
            json!({
                "action": "selfActivate", "accessId": "member", "groupId": HELPDESK, "principalId": ME,
                "justification": "Call 5",
                "scheduleInfo": { "expiration": { "type": "afterDuration", "duration": "PT1H" } },
            }),
            json!({ "action": "selfDeactivate", "accessId": "owner", "groupId": HELPDESK, "principalId": ME }),
        ]
    );
}

#[tokio::test]
async fn a_removal_says_nothing_of_time() {
    let fake = Fake::start().await;
    fake.accept(ROLE_ELIGIBILITY, "Revoked");
    let order = fake.graph().pim().remove_eligible(Principal::id(HELPDESK), "User Administrator");
    let request = order.send().await.unwrap();
    assert!(request.is_removal());
    assert_eq!(
        fake.posted(ROLE_ELIGIBILITY).await,
        [json!({
            "action": "adminRemove",
            "principalId": HELPDESK,
            "roleDefinitionId": USER_ADMINISTRATOR,
            "directoryScopeId": "/",
        })]
    );
}

/// Each task, the collection that it is for, and the action.
#[tokio::test]
async fn every_task_has_its_collection_and_action() {
    type Send = for<'a> fn(&'a Pim) -> futures::Sent<'a>;
    let role: [(&str, &str, Send); 12] = [
        (ROLE_ASSIGNMENT, "selfActivate", |pim| Box::pin(pim.activate("User Administrator").hours(1).send())),
        (ROLE_ASSIGNMENT, "selfDeactivate", |pim| Box::pin(pim.deactivate("User Administrator").send())),
        (ROLE_ELIGIBILITY, "selfExtend", |pim| Box::pin(pim.extend("User Administrator").days(9).send())),
        (ROLE_ELIGIBILITY, "selfRenew", |pim| Box::pin(pim.renew("User Administrator").days(9).send())),
        (ROLE_ELIGIBILITY, "adminAssign", |pim| {
            Box::pin(pim.assign_eligible(Principal::id(HELPDESK), "User Administrator").permanently().send())
        }),
        (ROLE_ASSIGNMENT, "adminAssign", |pim| {
            Box::pin(pim.assign_active(Principal::id(HELPDESK), "User Administrator").days(9).send())
        }),
        (ROLE_ELIGIBILITY, "adminUpdate", |pim| {
            Box::pin(pim.update_eligible(Principal::id(HELPDESK), "User Administrator").days(9).send())
        }),
        (ROLE_ASSIGNMENT, "adminUpdate", |pim| {
            Box::pin(pim.update_active(Principal::id(HELPDESK), "User Administrator").days(9).send())
        }),
        (ROLE_ELIGIBILITY, "adminExtend", |pim| {
            Box::pin(pim.extend_eligible(Principal::id(HELPDESK), "User Administrator").days(9).send())
        }),
        (ROLE_ASSIGNMENT, "adminExtend", |pim| {
            Box::pin(pim.extend_active(Principal::id(HELPDESK), "User Administrator").days(9).send())
        }),
        (ROLE_ELIGIBILITY, "adminRemove", |pim| {
            Box::pin(pim.remove_eligible(Principal::id(HELPDESK), "User Administrator").send())
        }),
        (ROLE_ASSIGNMENT, "adminRemove", |pim| {
            Box::pin(pim.remove_active(Principal::id(HELPDESK), "User Administrator").send())
        }),
    ];
    for (collection, action, send) in role {
        let fake = Fake::start().await;
        fake.accept(collection, "Provisioned");
        send(&fake.graph().pim()).await.unwrap();
        let posted = fake.posted(collection).await;
        assert_eq!(posted[0]["action"], action);
        let own = action.starts_with("self");
        assert_eq!(posted[0]["principalId"], if own { ME } else { HELPDESK }, "{action}");
    }
    let fake = Fake::start().await;
    fake.accept(GROUP_ELIGIBILITY, "Provisioned");
    let order = fake.graph().pim().assign_eligible(Principal::id(ME), GroupAccess::owner("Helpdesk")).permanently();
    order.send().await.unwrap();
    let body = &fake.posted(GROUP_ELIGIBILITY).await[0];
    assert_eq!((&body["action"], &body["accessId"]), (&json!("adminAssign"), &json!("owner")));
    assert_eq!(body["scheduleInfo"], json!({ "expiration": { "type": "noExpiration" } }));
}

mod futures {
    use std::pin::Pin;

    pub(super) type Sent<'a> =
        Pin<Box<dyn Future<Output = pim_client::Result<pim_client::pim::PimRequest>> + Send + 'a>>;
}

#[tokio::test]
async fn a_dry_run_is_said_to_be_one() {
    let fake = Fake::start().await;
    fake.accept(ROLE_ASSIGNMENT, "Provisioned");
    let order = fake.graph().pim().activate("User Administrator").hours(5);
    let tried = order.clone().validate().await.unwrap();
    order.send().await.unwrap();
    let posted = fake.posted(ROLE_ASSIGNMENT).await;
    assert_eq!(posted[0]["isValidationOnly"], true);
    assert!(tried.is_validation_only);
    assert!(posted[1].get("isValidationOnly").is_none());
}

#[tokio::test]
async fn an_activation_for_another_than_the_caller_is_not_sent() {
    let fake = Fake::start().await;
    fake.accept(ROLE_ASSIGNMENT, "Provisioned");
    let activation = fake.graph().pim().activate("User Administrator").hours(5);
    let error = activation.clone().principal(HELPDESK).send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
    assert!(error.to_string().contains("the caller's own id"), "{error}");
    assert_eq!(fake.posted(ROLE_ASSIGNMENT).await, Vec::<Value>::new());
    activation.principal(ME.to_uppercase()).send().await.unwrap();
    assert_eq!(fake.posted(ROLE_ASSIGNMENT).await[0]["principalId"], ME);
}

#[tokio::test]
async fn an_assignment_without_an_end_has_to_be_said_so() {
    let fake = Fake::start().await;
    let order = fake.graph().pim().assign_eligible(Principal::id(ME), "User Administrator");
    let error = order.send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
    assert!(error.to_string().contains("`permanently`"), "{error}");
    assert!(fake.requests().await.is_empty());
}

#[tokio::test]
async fn a_refusal_says_which_rules_failed_and_what_to_do() {
    let fake = Fake::start().await;
    let message = r#"The following policy rules failed: ["JustificationRule","TicketingRule"]"#;
    fake.answer("POST", ROLE_ASSIGNMENT, move |_| refused(400, "RoleAssignmentRequestPolicyValidationFailed", message));
    let error = fake.graph().pim().activate("User Administrator").hours(5).send().await.unwrap_err();
    let rules: Vec<_> = error.failed_rules().iter().map(FailedRule::as_str).collect();
    assert_eq!(rules, ["JustificationRule", "TicketingRule"]);
    let line = error.to_string();
    assert!(line.contains("demands a justification; the policy demands a ticket number"), "{line}");
}

#[tokio::test]
async fn a_request_is_withdrawn() {
    let fake = Fake::start().await;
    fake.accept(ROLE_ASSIGNMENT, "PendingApproval");
    fake.answer("POST", &format!("{ROLE_ASSIGNMENT}/r-1/cancel"), |_| wiremock::ResponseTemplate::new(204));
    let pim = fake.graph().pim();
    let request = pim.activate("User Administrator").hours(5).send().await.unwrap();
    assert!(request.status.waits_for_decision());
    pim.cancel(&request).await.unwrap();
}
