//! What PIM would refuse, and is not asked.

use pim_client::ErrorKind;
use pim_client::edm::Duration;
use pim_client::pim::{PolicySettings, Privilege};

use crate::fake::{Fake, ROLE, State, member};

async fn refuses(fake: &Fake, what: impl Into<Privilege>, change: impl FnOnce(&mut PolicySettings) + Send, says: &str) {
    let error = fake.pim().update_policy(what, change).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidInput, "{error}");
    assert!(error.to_string().contains(says) && !error.to_string().contains('\n'), "{error}");
    assert!(fake.written().is_empty());
}

fn without_maximum(state: &mut State) {
    let rule = state.rules.iter_mut().find(|rule| rule["id"] == "Expiration_Admin_Eligibility").unwrap();
    rule["maximumDuration"] = serde_json::Value::Null;
}

#[tokio::test]
async fn a_groups_approval_without_approvers() {
    let fake = Fake::of_group("member").await;
    let change = |settings: &mut PolicySettings| {
        settings.activation.requires_approval = Some(true);
        settings.activation.approvers.clear();
    };
    refuses(&fake, member(), change, "add to `approvers`").await;
    let fake = Fake::of_role().await;
    let policy = fake.pim().update_policy(ROLE, change).await.unwrap();
    assert!(policy.settings().activation.approvers.is_empty(), "a role's administrators approve");
}

#[tokio::test]
async fn multifactor_authentication_together_with_a_context() {
    let fake = Fake::of_role().await;
    let change = |settings: &mut PolicySettings| settings.activation.authentication_context = Some("c1".to_owned());
    refuses(&fake, ROLE, change, "unset `requires_mfa` or `authentication_context`").await;
}

#[tokio::test]
async fn a_context_that_is_none() {
    let fake = Fake::of_role().await;
    for context in ["", "c0", "c100", "C1", "1", "urn:microsoft:req1", "c1\n"] {
        let change = |settings: &mut PolicySettings| {
            settings.activation.requires_mfa = Some(false);
            settings.activation.authentication_context = Some(context.to_owned());
        };
        refuses(&fake, ROLE, change, "give one from c1 to c99").await;
    }
}

#[tokio::test]
async fn an_end_that_is_demanded_but_not_given() {
    let fake = Fake::of_role().await;
    fake.change(without_maximum);
    let change = |settings: &mut PolicySettings| settings.eligible_assignment.requires_expiration = Some(true);
    refuses(&fake, ROLE, change, "set `maximum_duration`").await;
}

#[tokio::test]
async fn a_maximum_where_no_end_is_demanded() {
    let fake = Fake::of_role().await;
    fake.change(without_maximum);
    let change =
        |settings: &mut PolicySettings| settings.eligible_assignment.maximum_duration = Some(Duration::days(30));
    refuses(&fake, ROLE, change, "set `requires_expiration`").await;
    let change = |settings: &mut PolicySettings| {
        settings.eligible_assignment.maximum_duration = Some(Duration::days(30));
        settings.eligible_assignment.requires_expiration = Some(true);
    };
    fake.pim().update_policy(ROLE, change).await.unwrap();
    assert_eq!(fake.written()[0]["maximumDuration"], "P30D");
}

#[tokio::test]
async fn a_maximum_that_allows_nothing() {
    let fake = Fake::of_role().await;
    for nothing in ["PT0S", "-PT8H"] {
        let change = |settings: &mut PolicySettings| settings.activation.maximum_duration = nothing.parse().ok();
        refuses(&fake, ROLE, change, "give a longer one").await;
    }
    // Months and years cannot even be written down.
    assert!("P1Y".parse::<Duration>().is_err() && "P1M".parse::<Duration>().is_err());
}

#[tokio::test]
async fn what_a_missing_rule_would_say() {
    let fake = Fake::of_role().await;
    fake.change(|state| state.rules.retain(|rule| rule["id"] != "Enablement_Admin_Eligibility"));
    let change = |settings: &mut PolicySettings| settings.eligible_assignment.requires_mfa = Some(true);
    refuses(&fake, ROLE, change, "has no rule Enablement_Admin_Eligibility").await;
}

#[tokio::test]
async fn what_a_policy_says_already_does_not_keep_it_from_being_changed() {
    let fake = Fake::of_role().await;
    // Multifactor authentication is on, too.
    fake.change(|state| {
        let rule =
            state.rules.iter_mut().find(|rule| rule["id"] == "AuthenticationContext_EndUser_Assignment").unwrap();
        rule["isEnabled"] = true.into();
        rule["claimValue"] = "C7".into();
    });
    let change = |settings: &mut PolicySettings| settings.activation.requires_ticket = Some(true);
    fake.pim().update_policy(ROLE, change).await.unwrap();
    assert_eq!(fake.written_ids(), ["Enablement_EndUser_Assignment"]);
}
