//! Policies: read, changed, and in force from then on.

use pim_client::edm::Duration;
use pim_client::pim::{Approver, GroupAccess, RequestStatus};
use pim_client::{ErrorCode, FailedRule};

use super::{ADELE, ADMIN, ALEX, contoso, id_of, pim, where_adele_reads_policies, with};

const ROLE: &str = "Groups Administrator";

#[tokio::test]
async fn a_changed_policy_is_read_again_and_governs_what_follows() {
    let emulator = with(where_adele_reads_policies()).await;
    let (admin, adele) = (pim(&emulator, ADMIN), pim(&emulator, ADELE));
    let before = admin.policy(ROLE).await.unwrap().settings();
    assert_eq!(before.activation.maximum_duration, Some(Duration::hours(8)));
    assert_eq!((before.activation.requires_mfa, before.activation.requires_ticket), (Some(true), Some(false)));

    let alex = id_of(&emulator, ALEX);
    let policy = admin
        .update_policy(ROLE, |settings| {
            settings.activation.maximum_duration = Some(Duration::hours(4));
            settings.activation.requires_ticket = Some(true);
            settings.activation.requires_approval = Some(true);
            settings.activation.approvers = vec![Approver::user(alex.as_str())];
        })
        .await
        .unwrap();
    let after = policy.settings().activation;
    assert_eq!(after.maximum_duration, Some(Duration::hours(4)));
    assert_eq!((after.requires_ticket, after.requires_approval), (Some(true), Some(true)));
    assert_eq!(after.approvers.len(), 1);

    let refused = adele.activate(ROLE).hours(5).justification("A group").send().await.unwrap_err();
    assert_eq!(refused.code(), Some(&ErrorCode::RoleAssignmentRequestPolicyValidationFailed));
    assert_eq!(refused.failed_rules(), [FailedRule::Expiration, FailedRule::Ticketing]);
    assert!(refused.hint().unwrap().contains("the policy limits activation to PT4H"), "{refused}");
    let request = adele.activate(ROLE).justification("A group").ticket("INC-7", "Contoso ICM").send().await.unwrap();
    assert_eq!(request.status, RequestStatus::PendingApproval);
    let length = request.schedule_info.and_then(|schedule| schedule.expiration).and_then(|end| end.duration);
    assert_eq!(length, Some(Duration::hours(4)), "what nobody says is what the policy says");
}

#[tokio::test]
async fn what_stays_the_same_is_not_sent() {
    let emulator = contoso().await;
    let admin = pim(&emulator, ADMIN);
    admin.update_policy(ROLE, |settings| settings.activation.requires_mfa = Some(true)).await.unwrap();
    admin.update_policy(ROLE, |settings| settings.activation.requires_mfa = Some(false)).await.unwrap();
    let changed: Vec<_> = emulator.requests().into_iter().filter(|request| request.method == "PATCH").collect();
    let [changed] = changed.as_slice() else { panic!("one rule was to be changed, not {changed:#?}") };
    assert!(changed.url.ends_with("/rules/Enablement_EndUser_Assignment"), "{}", changed.url);
}

#[tokio::test]
async fn the_owner_of_a_group_changes_its_policy() {
    let emulator = contoso().await;
    let alex = pim(&emulator, ALEX);
    let operators = || GroupAccess::member("Production operators");
    let policy = alex.update_policy(operators(), |settings| settings.activation.requires_approval = Some(false)).await;
    assert_eq!(policy.unwrap().settings().activation.requires_approval, Some(false));
    let order = pim(&emulator, ADELE).activate(operators()).hours(4).justification("A server is down");
    assert_eq!(order.send().await.unwrap().status, RequestStatus::Provisioned);
}

#[tokio::test]
async fn those_who_may_not_change_a_policy_are_refused_and_it_stays() {
    let emulator = contoso().await;
    let refused = pim(&emulator, ADELE)
        .update_policy(ROLE, |settings| settings.activation.requires_mfa = Some(false))
        .await
        .unwrap_err();
    assert_eq!(refused.status(), Some(403), "{refused}");
    let policy = pim(&emulator, ADMIN).policy(ROLE).await.unwrap();
    assert_eq!(policy.settings().activation.requires_mfa, Some(true));
}
