//! Activating and deactivating.

use std::time::{Duration, SystemTime};

use pim_client::pim::{AssignmentKind, GroupAccess, RequestStatus, Role};
use pim_client::{ErrorCode, FailedRule};
use pim_emulator::tenant::{Access, Eligibility, Policy};
use pim_emulator::{Emulator, Tenant};

use super::{
    ADELE, ADMIN, ALINE, FIVE_MINUTES, HOUR, active_by_pim, contoso, pim, shown, where_adele_reads_policies, with,
};

const ROLE: &str = "Groups Administrator";

#[tokio::test]
async fn a_role_is_activated_by_name_and_held_until_it_ends() {
    let emulator = contoso().await;
    let adele = pim(&emulator, ADELE);
    assert_eq!(shown(&adele.eligible_roles().await.unwrap()), [ROLE]);
    let settled = adele.activate(ROLE).hours(2).justification("A group is to be made").wait().await.unwrap();
    let held = settled.assignment.unwrap();
    assert_eq!(held.kind, AssignmentKind::Activated);
    assert_eq!(held.target.to_string(), ROLE);
    assert_eq!(held.start_date_time, Some(emulator.clock().now()));
    assert_eq!(shown(&adele.active_roles().await.unwrap()), [ROLE]);

    let end = emulator.clock().advance(Duration::from_secs(2 * 3600 - 1));
    assert!(held.end_date_time.is_some_and(|ends| ends > end));
    assert_eq!(adele.active_roles().await.unwrap().len(), 1);
    assert_eq!(held.end_date_time, Some(emulator.clock().advance(Duration::from_secs(1))));
    assert!(adele.active_roles().await.unwrap().is_empty());
}

/// Nothing but the policy says for how long: that of the role by default, or what it was set to.
#[tokio::test]
async fn without_a_time_it_lasts_as_long_as_the_policy_allows() {
    let three_hours = Policy::of_role("Security Reader").maximum_activation_duration("PT3H".parse().unwrap());
    let eligible = Eligibility::to_role(ADELE, "Security Reader");
    let emulator = with(where_adele_reads_policies().policy(three_hours).eligibility(eligible)).await;
    for (role, hours) in [(ROLE, 8), ("Security Reader", 3)] {
        let settled = pim(&emulator, ADELE).activate(role).justification("On call").wait().await.unwrap();
        let ends = SystemTime::from(settled.assignment.unwrap().end_date_time.unwrap());
        let now = SystemTime::from(emulator.clock().now());
        assert_eq!(ends.duration_since(now).unwrap(), hours * HOUR, "{role}");
    }
}

#[tokio::test]
async fn those_who_may_not_read_the_policy_are_told_to_give_a_time() {
    let refused = pim(&contoso().await, ADELE).activate(ROLE).justification("On call").send().await.unwrap_err();
    assert_eq!(refused.status(), Some(403));
    assert!(refused.hint().unwrap().starts_with("say `hours` or `until`"), "{refused}");
}

#[tokio::test]
async fn what_a_group_may_activate_is_activated_for_the_member_alone() {
    let tenant = Tenant::contoso().eligibility(Eligibility::to_role("helpdesk", "User Administrator"));
    let emulator = with(tenant).await;
    let (aline, adele) = (pim(&emulator, ALINE), pim(&emulator, ADELE));
    let eligible = aline.eligible_roles().await.unwrap();
    assert!(eligible[0].is_through_group, "{eligible:?}");
    let request = aline.activate(&eligible[0]).hours(1).justification("Call 5").send().await.unwrap();
    assert_eq!(request.principal_id.unwrap().as_str(), super::id_of(&emulator, ALINE));
    assert_eq!(shown(&aline.active_roles().await.unwrap()), ["User Administrator"]);
    assert!(adele.active_roles().await.unwrap().is_empty());
}

#[tokio::test]
async fn an_activation_in_a_scope_is_held_there() {
    let seattle = Eligibility::to_role(ALINE, "User Administrator").in_scope("Seattle");
    let emulator = with(Tenant::contoso().eligibility(seattle)).await;
    let aline = pim(&emulator, ALINE);
    let elsewhere = aline.activate("User Administrator").hours(1).justification("Call 5").send().await.unwrap_err();
    assert_eq!(elsewhere.code(), Some(&ErrorCode::RoleAssignmentDoesNotExist));
    let there = Role::new("User Administrator").in_administrative_unit("Seattle");
    let settled = aline.activate(there).hours(1).justification("Call 5").wait().await.unwrap();
    assert_eq!(settled.assignment.unwrap().target, aline.eligible_roles().await.unwrap()[0].target);
}

#[tokio::test]
async fn an_activation_ends_early_after_five_minutes_and_not_before() {
    let emulator = contoso().await;
    let adele = pim(&emulator, ADELE);
    adele.activate(ROLE).hours(2).justification("A group is to be made").send().await.unwrap();
    let too_soon = adele.deactivate(ROLE).send().await.unwrap_err();
    assert_eq!(too_soon.code(), Some(&ErrorCode::ActiveDurationTooShort));
    assert_eq!(too_soon.hint().unwrap(), "five minutes is the least, also before it can be ended");
    emulator.clock().advance(FIVE_MINUTES);
    let settled = adele.deactivate(ROLE).wait().await.unwrap();
    assert_eq!(settled.request.status, RequestStatus::Revoked);
    assert!(adele.active_roles().await.unwrap().is_empty());
    assert_eq!(adele.eligible_roles().await.unwrap().len(), 1, "it can be activated again");
}

/// Of a group whose membership nobody has to approve.
#[tokio::test]
async fn a_membership_is_activated_and_ended() {
    let eligible = Eligibility::to_group(ALINE, "contosoteam", Access::Owner).lasting("P30D".parse().unwrap());
    let emulator = with(Tenant::contoso().eligibility(eligible)).await;
    let aline = pim(&emulator, ALINE);
    let owner = || GroupAccess::owner("Contoso Team");
    let settled = aline.activate(owner()).hours(1).justification("A new member").wait().await.unwrap();
    assert_eq!(settled.to_string().split(", activated until").next(), Some("owner of Contoso Team"));
    assert!(is_owner(&emulator).await, "the directory has the ownership as well");
    emulator.clock().advance(FIVE_MINUTES);
    aline.deactivate(owner()).wait().await.unwrap();
    assert!(active_by_pim(&aline).await.is_empty());
    assert!(!is_owner(&emulator).await);
}

async fn is_owner(emulator: &Emulator) -> bool {
    let team = super::id_of(emulator, "contosoteam");
    let owners = emulator.client_as(ADMIN).expect("a client").groups().by_id(team).owners().list().all().await;
    let aline = super::id_of(emulator, ALINE);
    owners.expect("a list").iter().any(|owner| owner.id() == Some(aline.as_str()))
}

#[tokio::test]
async fn a_trial_changes_nothing_and_refuses_what_would_be_refused() {
    let emulator = contoso().await;
    let adele = pim(&emulator, ADELE);
    let tried = adele.activate(ROLE).hours(1).justification("Would it work?").validate().await.unwrap();
    assert!(tried.is_validation_only);
    assert!(adele.active_roles().await.unwrap().is_empty());
    assert!(adele.open_requests().await.unwrap().is_empty());
    let refused = adele.activate(ROLE).hours(9).justification("Would it work?").validate().await.unwrap_err();
    assert_eq!(refused.failed_rules(), [FailedRule::Expiration]);
}

#[tokio::test]
async fn what_begins_later_can_be_withdrawn_until_then() {
    let emulator = contoso().await;
    let adele = pim(&emulator, ADELE);
    let tomorrow = SystemTime::from(emulator.clock().now()) + super::DAY;
    let order = adele.activate(ROLE).hours(1).starting(tomorrow).justification("Tomorrow");
    let settled = order.clone().wait().await.unwrap();
    assert_eq!((settled.request.status.clone(), settled.assignment), (RequestStatus::Granted, None));
    let open = adele.open_requests().await.unwrap();
    assert_eq!(open.iter().map(|request| &request.id).collect::<Vec<_>>(), [&settled.request.id]);
    adele.cancel(&open[0]).await.unwrap();
    assert!(adele.open_requests().await.unwrap().is_empty());

    order.send().await.unwrap();
    emulator.clock().advance(super::DAY);
    assert_eq!(shown(&adele.active_roles().await.unwrap()), [ROLE]);
}

#[tokio::test]
async fn what_is_on_its_way_is_waited_for() {
    let emulator = contoso().await;
    emulator.park_requests(Some(HOUR));
    let adele = pim(&emulator, ADELE);
    let request = adele.activate(ROLE).hours(2).justification("A group is to be made").send().await.unwrap();
    assert_eq!(request.status, RequestStatus::PendingProvisioning);
    emulator.clock().advance(HOUR);
    let mut changes = Vec::new();
    let (tell, told) = std::sync::mpsc::channel();
    let wait = adele.wait(&request).every(Duration::from_millis(1));
    let settled = wait.on_change(move |request| tell.send(request.status.clone()).expect("a test that listens")).await;
    changes.extend(told.try_iter());
    assert_eq!(changes, [RequestStatus::Provisioned]);
    assert_eq!(settled.unwrap().assignment.unwrap().target.to_string(), ROLE);
}

/// The client refuses to ask what PIM has been seen to take for the whole group.
#[tokio::test]
async fn nobody_activates_for_a_group() {
    let tenant = Tenant::contoso().eligibility(Eligibility::to_role("helpdesk", "User Administrator"));
    let emulator = with(tenant).await;
    let order = pim(&emulator, ALINE).activate("User Administrator").hours(1).justification("Call 5");
    let asked = emulator.requests().len();
    let refused = order.principal(super::id_of(&emulator, "helpdesk").as_str()).send().await.unwrap_err();
    assert!(refused.to_string().contains("never for that of a group"), "{refused}");
    let asked = emulator.requests().split_off(asked);
    assert!(asked.iter().all(|request| request.method == "GET"), "{asked:#?}");
}
