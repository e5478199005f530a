//! Activations that somebody has to approve.

use pim_client::ErrorKind;
use pim_client::pim::{AssignmentKind, GroupAccess, Pim, PimRequest, RequestStatus};
use pim_emulator::tenant::{Eligibility, Policy};
use pim_emulator::{Emulator, Tenant};

use super::{ADELE, ALEX, ALINE, DAY, active_by_pim, contoso, pim, shown, with};

const ROLE: &str = "User Administrator";

/// Contoso, where Aline may become User Administrator if Alex agrees.
async fn guarded() -> Emulator {
    let eligible = Eligibility::to_role(ALINE, ROLE);
    with(Tenant::contoso().eligibility(eligible).policy(Policy::of_role(ROLE).approver(ALEX))).await
}

async fn ask(aline: &Pim) -> PimRequest {
    let request = aline.activate(ROLE).hours(1).justification("Call 5").send().await.expect("a request");
    assert_eq!(request.status, RequestStatus::PendingApproval);
    request
}

#[tokio::test]
async fn a_role_is_active_when_somebody_else_has_agreed() {
    let emulator = guarded().await;
    let (aline, alex) = (pim(&emulator, ALINE), pim(&emulator, ALEX));
    let request = ask(&aline).await;
    assert!(aline.active_roles().await.unwrap().is_empty());

    let waiting = alex.to_approve().await.unwrap();
    assert_eq!(waiting.iter().map(|one| &one.id).collect::<Vec<_>>(), [&request.id]);
    assert_eq!(waiting[0].justification.as_deref(), Some("Call 5"));
    alex.approve(&waiting[0]).justification("Known, and on call").send().await.unwrap();

    let settled = aline.wait(&request).await.unwrap();
    assert_eq!(settled.assignment.unwrap().kind, AssignmentKind::Activated);
    assert!(alex.to_approve().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_membership_is_active_when_somebody_else_has_agreed() {
    let emulator = contoso().await;
    let (adele, alex) = (pim(&emulator, ADELE), pim(&emulator, ALEX));
    let operators = GroupAccess::member("Production operators");
    let request = adele.activate(operators).hours(1).justification("A server is down").send().await.unwrap();
    assert_eq!(request.status, RequestStatus::PendingApproval);
    let waiting = alex.to_approve_groups().await.unwrap();
    alex.approve(&waiting[0]).justification("Go ahead").send().await.unwrap();
    adele.wait(&request).await.unwrap();
    assert_eq!(active_by_pim(&adele).await, ["member of Production operators"]);
}

#[tokio::test]
async fn who_is_denied_is_told_why() {
    let emulator = guarded().await;
    let (aline, alex) = (pim(&emulator, ALINE), pim(&emulator, ALEX));
    let request = ask(&aline).await;
    alex.deny(&request).justification("Not on a Friday").send().await.unwrap();
    let denied = aline.wait(&request).await.unwrap_err();
    assert_eq!(denied.kind(), ErrorKind::Denied);
    assert!(denied.to_string().contains("Not on a Friday"), "{denied}");
    assert!(aline.active_roles().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_decision_is_made_once_and_by_those_who_are_asked() {
    let emulator = guarded().await;
    let (aline, alex, adele) = (pim(&emulator, ALINE), pim(&emulator, ALEX), pim(&emulator, ADELE));
    let request = ask(&aline).await;
    let own = aline.approve(&request).justification("I need it").send().await.unwrap_err();
    assert!(own.to_string().contains("somebody else has to"), "{own}");
    let other = adele.approve(&request).justification("She needs it").send().await.unwrap_err();
    assert!(other.to_string().contains("none of its approvers"), "{other}");
    alex.approve(&request).justification("Go ahead").send().await.unwrap();
    let again = alex.deny(&request).justification("On second thoughts").send().await.unwrap_err();
    assert!(again.to_string().contains("is decided already"), "{again}");
    assert_eq!(shown(&aline.active_roles().await.unwrap()), [ROLE]);
}

#[tokio::test]
async fn what_nobody_decides_in_a_day_is_denied() {
    let emulator = guarded().await;
    let aline = pim(&emulator, ALINE);
    let request = ask(&aline).await;
    emulator.clock().advance(DAY);
    let denied = aline.wait(&request).await.unwrap_err();
    assert_eq!(denied.kind(), ErrorKind::Denied);
    assert!(pim(&emulator, ALEX).to_approve().await.unwrap().is_empty());
    ask(&aline).await;
}

#[tokio::test]
async fn what_is_withdrawn_waits_for_nobody() {
    let emulator = guarded().await;
    let aline = pim(&emulator, ALINE);
    let request = ask(&aline).await;
    aline.cancel(&aline.open_requests().await.unwrap()[0]).await.unwrap();
    assert!(pim(&emulator, ALEX).to_approve().await.unwrap().is_empty());
    let canceled = aline.request(request.kind, &request.id).await.unwrap();
    assert_eq!(canceled.status, RequestStatus::Canceled);
    ask(&aline).await;
}
