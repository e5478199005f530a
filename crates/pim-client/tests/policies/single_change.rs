//! Each setting, changed alone, changes one member of one rule.

use pim_client::edm::Duration;
use pim_client::pim::{Approver, NotificationLevel, PolicySettings};
use serde_json::{Value, json};

use crate::fake::{Fake, ROLE};
use crate::rules;

/// Makes the change, and expects the one rule to be sent with `value` at `pointer`, and otherwise as it was read.
async fn sends(change: impl FnOnce(&mut PolicySettings) + Send, id: &str, members: &[(&str, Value)]) {
    let fake = Fake::of_role().await;
    fake.pim().update_policy(ROLE, change).await.unwrap();
    let mut expected = rules::find(&rules::all(), id).clone();
    for (pointer, value) in members {
        *expected.pointer_mut(pointer).unwrap_or_else(|| panic!("{pointer} in {id}")) = value.clone();
    }
    assert_eq!(fake.written(), [expected], "{id}");
}

#[tokio::test]
async fn expiration() {
    let id = "Expiration_EndUser_Assignment";
    let four = Duration::hours(4);
    sends(|s| s.activation.maximum_duration = Some(four), id, &[("/maximumDuration", json!("PT4H"))]).await;
    sends(|s| s.activation.requires_expiration = Some(false), id, &[("/isExpirationRequired", json!(false))]).await;
    let (id, days) = ("Expiration_Admin_Eligibility", Duration::days(90));
    sends(|s| s.eligible_assignment.maximum_duration = Some(days), id, &[("/maximumDuration", json!("P90D"))]).await;
    sends(|s| s.eligible_assignment.requires_expiration = Some(true), id, &[("/isExpirationRequired", json!(true))])
        .await;
    let (id, days) = ("Expiration_Admin_Assignment", Duration::days(15));
    sends(|s| s.active_assignment.maximum_duration = Some(days), id, &[("/maximumDuration", json!("P15D"))]).await;
    sends(|s| s.active_assignment.requires_expiration = Some(true), id, &[("/isExpirationRequired", json!(true))])
        .await;
}

#[tokio::test]
async fn enablement() {
    let rules = "/enabledRules";
    let (mfa, why, ticket, new) = ("MultiFactorAuthentication", "Justification", "Ticketing", "NewInGraph");
    let id = "Enablement_EndUser_Assignment";
    sends(|s| s.activation.requires_mfa = Some(false), id, &[(rules, json!([why, new]))]).await;
    sends(|s| s.activation.requires_justification = Some(false), id, &[(rules, json!([mfa, new]))]).await;
    sends(|s| s.activation.requires_ticket = Some(true), id, &[(rules, json!([mfa, why, new, ticket]))]).await;
    let id = "Enablement_Admin_Eligibility";
    sends(|s| s.eligible_assignment.requires_mfa = Some(true), id, &[(rules, json!([mfa]))]).await;
    sends(|s| s.eligible_assignment.requires_justification = Some(true), id, &[(rules, json!([why]))]).await;
    sends(|s| s.eligible_assignment.requires_ticket = Some(true), id, &[(rules, json!([ticket]))]).await;
    let id = "Enablement_Admin_Assignment";
    sends(|s| s.active_assignment.requires_mfa = Some(true), id, &[(rules, json!([why, mfa]))]).await;
    sends(|s| s.active_assignment.requires_justification = Some(false), id, &[(rules, json!([]))]).await;
    sends(|s| s.active_assignment.requires_ticket = Some(true), id, &[(rules, json!([why, ticket]))]).await;
}

#[tokio::test]
async fn approval() {
    let id = "Approval_EndUser_Assignment";
    let stage = "/setting/approvalStages/0";
    let required = "/setting/isApprovalRequired";
    sends(|s| s.activation.requires_approval = Some(true), id, &[(required, json!(true))]).await;
    let justification = format!("{stage}/isApproverJustificationRequired");
    sends(|s| s.activation.requires_approver_justification = Some(false), id, &[(&justification, json!(false))]).await;

    // Who stays is sent as they were read; who is new is sent as Graph takes them.
    let all = rules::all();
    let adele = rules::find(&all, id).pointer("/setting/approvalStages/0/primaryApprovers/0").unwrap().clone();
    let manager = json!({ "@odata.type": "#microsoft.graph.requestorManager", "managerLevel": 1 });
    let approvers = format!("{stage}/primaryApprovers");
    let change = |s: &mut PolicySettings| {
        s.activation.approvers = vec![Approver::RequestorManager(1), Approver::user("U-1")];
    };
    sends(change, id, &[(&approvers, json!([manager, adele]))]).await;
    sends(|s| s.activation.approvers.clear(), id, &[(&approvers, json!([]))]).await;
}

#[tokio::test]
async fn an_approval_without_stages_gets_one_only_if_something_is_to_be_in_it() {
    for setting in [json!(null), json!({}), json!({ "approvalStages": null }), json!({ "approvalStages": [] })] {
        let fake = Fake::of_role().await;
        fake.change(|state| {
            let rule = state.rules.iter_mut().find(|rule| rule["id"] == "Approval_EndUser_Assignment").unwrap();
            rule["setting"] = setting.clone();
        });
        fake.pim().update_policy(ROLE, |_| ()).await.unwrap();
        assert!(fake.written().is_empty(), "{setting}");
        let change = |s: &mut PolicySettings| s.activation.approvers.push(Approver::user("u-2"));
        fake.pim().update_policy(ROLE, change).await.unwrap();
        let approver = json!({ "@odata.type": "#microsoft.graph.singleUser", "userId": "u-2" });
        let stage = json!({
            "approvalStageTimeOutInDays": 1, "isApproverJustificationRequired": true, "escalationTimeInMinutes": 0,
            "isEscalationEnabled": false, "primaryApprovers": [approver], "escalationApprovers": [],
        });
        assert_eq!(fake.written()[0]["setting"], json!({ "approvalStages": [stage] }));
    }
}

#[tokio::test]
async fn notifications() {
    let none = json!("None");
    let level = |level: &mut Option<NotificationLevel>| *level = Some(NotificationLevel::None);
    let path = "/notificationLevel";
    let id = "Notification_Admin_EndUser_Assignment";
    sends(|s| level(&mut s.activation.notifications.admin.level), id, &[(path, none.clone())]).await;
    let id = "Notification_Requestor_Admin_Eligibility";
    sends(|s| level(&mut s.eligible_assignment.notifications.requestor.level), id, &[(path, none.clone())]).await;
    let id = "Notification_Approver_Admin_Assignment";
    sends(|s| level(&mut s.active_assignment.notifications.approver.level), id, &[(path, none)]).await;

    let id = "Notification_Approver_EndUser_Assignment";
    let change =
        |s: &mut PolicySettings| s.activation.notifications.approver.is_default_recipients_enabled = Some(false);
    sends(change, id, &[("/isDefaultRecipientsEnabled", json!(false))]).await;
    let change = |s: &mut PolicySettings| s.activation.notifications.approver.recipients.push("a@b.c".to_owned());
    sends(change, id, &[("/notificationRecipients", json!(["soc@contoso.com", "a@b.c"]))]).await;
}

#[tokio::test]
async fn from_multifactor_authentication_to_a_context_and_back() {
    let fake = Fake::of_role().await;
    let to_context = |settings: &mut PolicySettings| {
        settings.activation.requires_mfa = Some(false);
        settings.activation.authentication_context = Some("c1".to_owned());
    };
    let policy = fake.pim().update_policy(ROLE, to_context).await.unwrap();
    assert_eq!(policy.settings().activation.authentication_context.as_deref(), Some("c1"));
    let (mfa, context) = ("Enablement_EndUser_Assignment", "AuthenticationContext_EndUser_Assignment");
    assert_eq!(fake.written_ids(), [mfa, context], "what goes off goes off first");

    fake.change(|state| state.written.clear());
    let to_mfa = |settings: &mut PolicySettings| {
        settings.activation.requires_mfa = Some(true);
        settings.activation.authentication_context = None;
    };
    fake.pim().update_policy(ROLE, to_mfa).await.unwrap();
    assert_eq!(fake.written_ids(), [context, mfa]);
    assert_eq!(fake.written()[0]["claimValue"], "c1", "which one it was is kept");
}

#[tokio::test]
async fn nothing_is_sent_if_nothing_changes() {
    let fake = Fake::of_role().await;
    let same = |settings: &mut PolicySettings| {
        settings.activation.maximum_duration = Some(Duration::minutes(480));
        settings.activation.approvers.reverse();
        settings.activation.notifications.admin.recipients = vec!["SOC@contoso.com".to_owned()];
        settings.eligible_assignment.requires_mfa = None;
        settings.eligible_assignment.maximum_duration = None;
    };
    let policy = fake.pim().update_policy(ROLE, same).await.unwrap();
    assert_eq!(policy.settings().activation.maximum_duration.unwrap().as_str(), "PT8H");
    assert!(fake.written().is_empty());
    assert_eq!(fake.filters().len(), 1, "it is read once");
}
