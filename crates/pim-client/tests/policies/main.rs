//! Policies: what their rules say, and how they are changed.

mod fake;
mod refused;
mod round_trip;
mod rules;
mod single_change;
mod update;

use pim_client::pim::{Approver, NotificationLevel};

use fake::Fake;

#[tokio::test]
async fn the_seventeen_rules_of_a_role_are_read_exactly() {
    let fake = Fake::of_role().await;
    let policy = fake.pim().policy(fake::ROLE).await.unwrap();
    assert_eq!(policy.rules().len(), 17);
    assert_eq!(policy.id().as_str(), fake.policy_id());
    assert_eq!(policy.last_modified_by().unwrap().display_name.as_deref(), Some("Adele Vance"));

    let settings = policy.settings();
    let activation = settings.activation;
    assert_eq!(activation.requires_expiration, Some(true));
    assert_eq!(activation.maximum_duration.unwrap().as_str(), "PT8H");
    assert_eq!(activation.requires_mfa, Some(true));
    assert_eq!(activation.requires_justification, Some(true));
    assert_eq!(activation.requires_ticket, Some(false));
    assert_eq!(activation.authentication_context, None);
    assert_eq!(activation.requires_approval, Some(false));
    assert_eq!(activation.approvers, [Approver::user("U-1"), Approver::members_of("g-1")]);
    assert_eq!(activation.requires_approver_justification, Some(true));
    let told = activation.notifications.approver;
    assert_eq!(told.level, Some(NotificationLevel::All));
    assert_eq!(told.is_default_recipients_enabled, Some(true));
    assert_eq!(told.recipients, ["soc@contoso.com"]);

    let eligible = settings.eligible_assignment;
    assert_eq!((eligible.requires_expiration, eligible.maximum_duration.unwrap().as_str()), (Some(false), "P365D"));
    assert_eq!(eligible.requires_justification, Some(false));
    let active = settings.active_assignment;
    assert_eq!((active.requires_expiration, active.maximum_duration.unwrap().as_str()), (Some(false), "P180D"));
    assert_eq!(active.requires_justification, Some(true));
    assert_eq!(active.requires_mfa, Some(false));

    let filter = fake.filters().pop().unwrap();
    assert_eq!(
        filter,
        format!("scopeId eq '/' and scopeType eq 'DirectoryRole' and roleDefinitionId eq '{}'", fake::ROLE)
    );
}

#[tokio::test]
async fn the_settings_read_as_a_few_lines() {
    let fake = Fake::of_role().await;
    let settings = fake.pim().policy(fake::ROLE).await.unwrap().settings();
    let mail =
        "  mail: admins All and soc@contoso.com, requestors All and soc@contoso.com, approvers All and soc@contoso.com";
    assert_eq!(
        settings.to_string(),
        format!(
            "eligible assignment: may have no end\n{mail}\n\
             active assignment: may have no end, justification\n{mail}\n\
             activation: at most PT8H, multifactor authentication, justification\n{mail}"
        )
    );
}

#[tokio::test]
async fn a_groups_members_and_owners_have_a_policy_each() {
    for (access, word) in [(fake::member(), "member"), (fake::owner(), "owner")] {
        let fake = Fake::of_group(word).await;
        let policy = fake.pim().policy(access).await.unwrap();
        assert_eq!(policy.settings().activation.maximum_duration.unwrap().as_str(), "PT8H");
        let filter = fake.filters().pop().unwrap();
        assert_eq!(
            filter,
            format!("scopeId eq '{}' and scopeType eq 'Group' and roleDefinitionId eq '{word}'", fake::GROUP)
        );
    }
}

#[tokio::test]
async fn the_policy_of_owners_is_not_taken_for_that_of_members() {
    let fake = Fake::of_group("owner").await;
    let error = fake.pim().policy(fake::member()).await.unwrap_err();
    assert!(error.to_string().contains("PIM has no policy for member of"), "{error}");
    assert!(error.to_string().contains("first eligibility"), "{error}");
}

#[tokio::test]
async fn no_policy_and_several_are_clear_errors() {
    let fake = Fake::of_role().await;
    fake.change(|state| state.assignments = 0);
    let error = fake.pim().policy(fake::ROLE).await.unwrap_err();
    assert!(error.to_string().contains("check the id of the role"), "{error}");
    fake.change(|state| state.assignments = 2);
    let error = fake.pim().policy(fake::ROLE).await.unwrap_err();
    assert!(error.to_string().contains("has 2 policies where one was expected"), "{error}");
}

#[tokio::test]
async fn what_a_missing_rule_would_say_is_not_made_up() {
    let fake = Fake::of_role().await;
    fake.change(|state| state.rules.clear());
    let settings = fake.pim().policy(fake::ROLE).await.unwrap().settings();
    assert_eq!(settings, Default::default());
}

#[tokio::test]
async fn a_rule_of_a_kind_that_is_not_known_is_kept() {
    let fake = Fake::of_role().await;
    let unknown =
        serde_json::json!({ "@odata.type": "#microsoft.graph.newRule", "id": "New_EndUser_Assignment", "x": 1 });
    fake.change(|state| state.rules.push(unknown.clone()));
    let policy = fake.pim().policy(fake::ROLE).await.unwrap();
    let rule = policy.rule("new_enduser_assignment").unwrap();
    assert_eq!(serde_json::to_value(rule).unwrap(), unknown);
}
