//! Asking an administrator for more time. Graph has no operation for the answer: the emulator's control API has.

use pim_client::pim::{PimRequest, RequestStatus};
use pim_client::{ErrorCode, ErrorKind};
use pim_emulator::tenant::Eligibility;
use pim_emulator::{Emulator, Tenant};

use super::{ALINE, DAY, pim, with};

const ROLE: &str = "User Administrator";

/// Contoso, where Aline may become User Administrator for so long.
async fn eligible_for(duration: &str) -> Emulator {
    let eligible = Eligibility::to_role(ALINE, ROLE).lasting(duration.parse().expect("a duration"));
    with(Tenant::contoso().eligibility(eligible)).await
}

/// Answers a request in the name of an administrator.
async fn answer(emulator: &Emulator, request: &PimRequest, approve: bool) -> reqwest::StatusCode {
    let url = format!("{}/_emulator/requests/{}/answer", emulator.url(), request.id);
    let body = serde_json::json!({ "approve": approve });
    reqwest::Client::new().post(url).json(&body).send().await.expect("an answer").status()
}

#[tokio::test]
async fn an_eligibility_lasts_longer_when_an_administrator_agrees() {
    let emulator = eligible_for("P10D").await;
    let aline = pim(&emulator, ALINE);
    let before = aline.eligible_roles().await.unwrap()[0].end_date_time;
    let request = aline.extend(ROLE).days(100).justification("The project goes on").send().await.unwrap();
    assert_eq!(request.status, RequestStatus::PendingAdminDecision);
    assert_eq!(aline.open_requests().await.unwrap().len(), 1);
    assert_eq!(answer(&emulator, &request, true).await, 200);
    aline.wait(&request).await.unwrap();
    let after = aline.eligible_roles().await.unwrap()[0].end_date_time;
    assert!(after > before, "{after:?}");
    assert_eq!(answer(&emulator, &request, true).await, 409, "it is answered");
}

#[tokio::test]
async fn an_eligibility_stays_as_it_is_when_an_administrator_does_not() {
    let emulator = eligible_for("P10D").await;
    let aline = pim(&emulator, ALINE);
    let before = aline.eligible_roles().await.unwrap();
    let request = aline.extend(ROLE).days(100).justification("The project goes on").send().await.unwrap();
    assert_eq!(answer(&emulator, &request, false).await, 200);
    assert_eq!(aline.wait(&request).await.unwrap_err().kind(), ErrorKind::Denied);
    assert_eq!(aline.eligible_roles().await.unwrap(), before);
}

#[tokio::test]
async fn it_is_too_early_to_extend_until_fourteen_days_before_the_end() {
    let emulator = eligible_for("P20D").await;
    let aline = pim(&emulator, ALINE);
    let order = aline.extend(ROLE).days(100).justification("The project goes on");
    let refused = order.clone().send().await.unwrap_err();
    assert_eq!((refused.status(), refused.code()), (Some(400), Some(&ErrorCode::InvalidRoleAssignmentRequest)));
    emulator.clock().advance(6 * DAY);
    assert_eq!(order.send().await.unwrap().status, RequestStatus::PendingAdminDecision);
}

#[tokio::test]
async fn what_has_ended_is_renewed_when_an_administrator_agrees() {
    let emulator = eligible_for("P10D").await;
    let aline = pim(&emulator, ALINE);
    let order = aline.renew(ROLE).days(10).justification("The project goes on");
    let refused = order.clone().send().await.unwrap_err();
    assert_eq!(refused.code(), Some(&ErrorCode::RoleAssignmentExists), "it has not ended");
    emulator.clock().advance(11 * DAY);
    assert!(aline.eligible_roles().await.unwrap().is_empty());
    let request = order.send().await.unwrap();
    assert_eq!(request.status, RequestStatus::PendingAdminDecision);
    assert_eq!(answer(&emulator, &request, true).await, 200);
    aline.wait(&request).await.unwrap();
    aline.activate(ROLE).hours(1).justification("Call 5").wait().await.unwrap();
}
