//! What can happen between a change and its effect.

use std::time::Duration as Time;

use pim_client::edm::Duration;
use pim_client::pim::{Approver, PolicySettings};
use pim_client::{ErrorCode, ErrorKind};

use crate::fake::{Fake, ROLE, member, owner};
use crate::rules;

const SOON: Time = Time::from_millis(1);

fn four_hours(settings: &mut PolicySettings) {
    settings.activation.maximum_duration = Some(Duration::hours(4));
}

fn four_hours_with_ticket_and_approval(settings: &mut PolicySettings) {
    four_hours(settings);
    settings.activation.requires_ticket = Some(true);
    settings.activation.requires_approval = Some(true);
}

#[tokio::test]
async fn a_change_can_be_shown_before_it_is_made() {
    let fake = Fake::of_role().await;
    let policy = fake.pim().policy(ROLE).await.unwrap();
    let mut settings = policy.settings();
    four_hours_with_ticket_and_approval(&mut settings);
    let changes = policy.changes(&settings).unwrap();
    let lines: Vec<_> = changes.iter().map(ToString::to_string).collect();
    assert_eq!(
        lines,
        [
            r#"Expiration_EndUser_Assignment: maximumDuration "PT8H" → "PT4H""#,
            r#"Enablement_EndUser_Assignment: enabledRules ["MultiFactorAuthentication","Justification","NewInGraph"] → ["MultiFactorAuthentication","Justification","NewInGraph","Ticketing"]"#,
            "Approval_EndUser_Assignment: setting.isApprovalRequired false → true",
        ]
    );
    assert_eq!(serde_json::to_value(&changes[0].before).unwrap(), *rules::find(&rules::all(), changes[0].id()));
    assert!(fake.written().is_empty());
}

#[tokio::test]
async fn what_shows_late_is_waited_for() {
    let fake = Fake::of_role().await;
    fake.change(|state| state.lag = 3);
    let policy = fake.pim().update_policy(ROLE, four_hours).every(SOON).await.unwrap();
    assert_eq!(policy.settings().activation.maximum_duration.unwrap(), Duration::hours(4));
    assert_eq!(fake.written().len(), 1);
    assert_eq!(fake.filters().len(), 1 + 4);
}

#[tokio::test]
async fn what_does_not_stick_is_an_error_that_tells_what_is_there() {
    let fake = Fake::of_role().await;
    fake.change(|state| state.forgets = Some("Expiration_EndUser_Assignment"));
    let update = fake.pim().update_policy(ROLE, four_hours_with_ticket_and_approval);
    let error = update.every(SOON).looks(3).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Denied);
    let text = error.to_string();
    assert!(text.contains(r#"Expiration_EndUser_Assignment: maximumDuration is "PT8H", asked for "PT4H""#), "{text}");
    assert!(!text.contains("Enablement") && !text.contains('\n'), "{text}");
    assert_eq!(fake.filters().len(), 1 + 3, "it is looked for as often as was said");
}

#[tokio::test]
async fn what_somebody_else_changes_meanwhile_is_theirs() {
    let fake = Fake::of_role().await;
    let policy = fake.pim().policy(ROLE).await.unwrap();
    let update = fake.pim().update_policy(&policy, |settings| {
        four_hours(settings);
        fake.change(|state| {
            let rules = state.rules.iter_mut();
            let other = rules.into_iter().find(|rule| rule["id"] == "Expiration_Admin_Assignment").unwrap();
            other["maximumDuration"] = "P30D".into();
        });
    });
    let policy = update.every(SOON).await.unwrap();
    assert_eq!(policy.settings().active_assignment.maximum_duration.unwrap(), Duration::days(30));
    assert_eq!(fake.written_ids(), ["Expiration_EndUser_Assignment"]);
}

#[tokio::test]
async fn a_groups_policy_may_get_another_id_with_every_rule() {
    for (access, word) in [(member(), "member"), (owner(), "owner")] {
        let fake = Fake::of_group(word).await;
        fake.change(|state| state.moves = true);
        let policy = fake.pim().update_policy(access, four_hours_with_ticket_and_approval).every(SOON).await.unwrap();
        assert_eq!(policy.id().as_str(), "Group_g_pxxx");
        assert_eq!(fake.written().len(), 3);
        assert_eq!(policy.settings().activation.requires_approval, Some(true));
    }
}

#[tokio::test]
async fn a_refusal_half_way_tells_what_was_written() {
    let fake = Fake::of_role().await;
    fake.change(|state| state.refuses = Some("Enablement_EndUser_Assignment"));
    let error = fake.pim().update_policy(ROLE, four_hours_with_ticket_and_approval).await.unwrap_err();
    assert_eq!(error.code(), Some(&ErrorCode::InvalidPolicy));
    assert_eq!(
        error.hint().unwrap(),
        "rules that were written: Expiration_EndUser_Assignment; that were not: Enablement_EndUser_Assignment, Approval_EndUser_Assignment"
    );
    assert_eq!(fake.written_ids(), ["Expiration_EndUser_Assignment", "Enablement_EndUser_Assignment"]);
}

#[tokio::test]
async fn an_answer_that_gets_lost_is_no_reason_to_write_again() {
    let fake = Fake::of_role().await;
    fake.change(|state| state.loses = 1);
    fake.pim().update_policy(ROLE, four_hours).every(SOON).await.unwrap();
    assert_eq!(fake.written().len(), 1);
}

#[tokio::test]
async fn settings_can_be_carried_from_one_policy_to_another() {
    let (one, other) = (Fake::of_role().await, Fake::of_group("member").await);
    let template = one
        .pim()
        .update_policy(ROLE, |settings| {
            four_hours_with_ticket_and_approval(settings);
            settings.activation.approvers = vec![Approver::user("u-2")];
        })
        .await
        .unwrap()
        .settings();
    let copy = other.pim().update_policy(member(), |settings| *settings = template.clone()).await.unwrap();
    assert_eq!(copy.settings(), template);
}

#[tokio::test]
async fn a_rule_can_be_sent_by_hand() {
    use pim_client::v1_0::models::UnifiedRoleManagementPolicyRule::{self, ApprovalRule};
    let fake = Fake::of_role().await;
    let policy = fake.pim().policy(ROLE).await.unwrap();
    let Some(ApprovalRule(rule)) = policy.rule("Approval_EndUser_Assignment") else { panic!("an approval rule") };
    let mut rule = rule.clone();
    rule.setting.as_mut().unwrap().is_approval_required_for_extension = Some(true);
    let graph = fake.graph();
    let rules = graph.policies().role_management_policies().by_id(policy.id()).rules();
    let rule = UnifiedRoleManagementPolicyRule::ApprovalRule(rule);
    rules.by_id("Approval_EndUser_Assignment").update(&rule).await.unwrap();
    let mut expected = rules::find(&rules::all(), "Approval_EndUser_Assignment").clone();
    expected["setting"]["isApprovalRequiredForExtension"] = true.into();
    assert_eq!(fake.written(), [expected]);
}
