//! What an administrator does for others, and what applications do.

use pim_client::ErrorCode;
use pim_client::pim::{AssignmentKind, GroupAccess, Principal, RequestStatus};

use super::{ADELE, ADMIN, ALEX, ALINE, DAY, FIVE_MINUTES, active_by_pim, contoso, pim, shown};

const ROLE: &str = "User Administrator";
const OPERATORS: &str = "Production operators";

#[tokio::test]
async fn a_role_is_given_and_taken_away() {
    let emulator = contoso().await;
    let (admin, aline) = (pim(&emulator, ADMIN), pim(&emulator, ALINE));
    admin.assign_eligible(Principal::named(ALINE), ROLE).permanently().send().await.unwrap();
    assert_eq!(shown(&aline.eligible_roles().await.unwrap()), [ROLE]);
    let order = admin.assign_active(Principal::named(ALINE), ROLE).days(3).justification("On holiday duty");
    let settled = order.wait().await.unwrap();
    assert_eq!(settled.assignment.unwrap().kind, AssignmentKind::Assigned);
    assert_eq!(shown(&aline.active_roles().await.unwrap()), [ROLE]);

    let too_soon = admin.remove_active(Principal::named(ALINE), ROLE).send().await.unwrap_err();
    assert_eq!(too_soon.code(), Some(&ErrorCode::ActiveDurationTooShort));
    emulator.clock().advance(FIVE_MINUTES);
    for removal in
        [admin.remove_active(Principal::named(ALINE), ROLE), admin.remove_eligible(Principal::named(ALINE), ROLE)]
    {
        assert_eq!(removal.send().await.unwrap().status, RequestStatus::Revoked);
    }
    assert!(aline.eligible().await.unwrap().is_empty() && active_by_pim(&aline).await.is_empty());
}

#[tokio::test]
async fn access_to_a_group_is_given_and_taken_away() {
    // Whoever owns a group decides on it.
    let emulator = contoso().await;
    let (alex, aline) = (pim(&emulator, ALEX), pim(&emulator, ALINE));
    let member = || GroupAccess::member(OPERATORS);
    let aline_id = || Principal::id(super::id_of(&emulator, ALINE).as_str());
    alex.assign_eligible(aline_id(), member()).days(30).justification("Joins the team").send().await.unwrap();
    assert_eq!(shown(&aline.eligible_groups().await.unwrap()), ["member of Production operators"]);
    alex.assign_active(aline_id(), member()).days(3).justification("On duty").wait().await.unwrap();
    assert_eq!(active_by_pim(&aline).await, ["member of Production operators"]);
    emulator.clock().advance(FIVE_MINUTES);
    alex.remove_active(aline_id(), member()).wait().await.unwrap();
    alex.remove_eligible(aline_id(), member()).wait().await.unwrap();
    assert!(aline.eligible().await.unwrap().is_empty() && active_by_pim(&aline).await.is_empty());
}

#[tokio::test]
async fn an_assignment_is_changed_and_lasts_longer() {
    let emulator = contoso().await;
    let (admin, aline) = (pim(&emulator, ADMIN), pim(&emulator, ALINE));
    let who = || Principal::named(ALINE);
    admin.assign_eligible(who(), ROLE).days(10).send().await.unwrap();
    let ends = async || aline.eligible_roles().await.unwrap()[0].end_date_time;
    let first = ends().await;
    admin.update_eligible(who(), ROLE).days(20).send().await.unwrap();
    let second = ends().await;
    assert!(second > first);
    admin.extend_eligible(who(), ROLE).days(30).send().await.unwrap();
    assert!(ends().await > second);
    admin.update_eligible(who(), ROLE).permanently().send().await.unwrap();
    assert_eq!(ends().await, None);
}

/// What was activated with an eligibility ends with it.
#[tokio::test]
async fn with_an_eligibility_goes_what_was_activated() {
    let emulator = contoso().await;
    let (admin, adele) = (pim(&emulator, ADMIN), pim(&emulator, ADELE));
    emulator.clock().advance(FIVE_MINUTES);
    adele.activate("Groups Administrator").hours(1).justification("A group is to be made").send().await.unwrap();
    admin.remove_eligible(Principal::named(ADELE), "Groups Administrator").send().await.unwrap();
    assert!(adele.active_roles().await.unwrap().is_empty());
}

#[tokio::test]
async fn those_who_may_not_are_told_what_it_takes() {
    let emulator = contoso().await;
    let order = pim(&emulator, ALINE).assign_eligible(Principal::named(ALINE), "Global Administrator").days(1);
    let refused = order.send().await.unwrap_err();
    assert_eq!(refused.status(), Some(403));
    assert!(refused.hint().unwrap().contains("RoleEligibilitySchedule.ReadWrite.Directory"), "{refused}");
    emulator.clock().advance(DAY);
    assert!(pim(&emulator, ALINE).eligible().await.unwrap().is_empty());
}
