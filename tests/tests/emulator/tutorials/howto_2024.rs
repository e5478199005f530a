//! "Assign Microsoft Entra roles in Privileged Identity Management", of 2024, and the note in it on five minutes.

use std::time::Duration;

use pim_client::ErrorCode;
use pim_client::v1_0::models::{
    ExpirationPattern, ExpirationPatternType, RequestSchedule, UnifiedRoleAssignmentScheduleRequestCreate,
    UnifiedRoleEligibilityScheduleRequestCreate, UnifiedRoleScheduleRequestActions as Action,
};
use pim_emulator::tenant::{Eligibility, RoleAssignment};

use super::{TENANT, contoso, lasting, time, user_with_id};
use crate::play::Play;

pub(super) const NAME: &str = "2024-assign-entra-roles-howto";

const ADMIN: &str = "3fbd929d-8c56-4462-851e-0eb9a7b3a2a5";
const OTHER_ADMIN: &str = "5d851eeb-b593-4d43-a78d-c8bd2f5144d2";
const SOMEBODY: &str = "071cc716-8147-4397-a5ba-b2105951cc0b";
const SOMEBODY_ELSE: &str = "d96ea738-3b95-4ae7-9e19-78a083066d5b";
const GLOBAL_READER: &str = "f2ef992c-3afb-46b9-b7cf-a126ee74c451";
const EXCHANGE_RECIPIENT_ADMINISTRATOR: &str = "31392ffb-586c-42d1-9346-e59415a2cc4e";
const DIRECTORY_READERS: &str = "88d8e3e3-8f55-4a1e-953a-9b9898b8876b";

/// What the pages that it refers to name as least privileged.
const PERMISSIONS: [&str; 2] =
    ["RoleEligibilitySchedule.ReadWrite.Directory", "RoleAssignmentSchedule.ReadWrite.Directory"];

#[tokio::test]
async fn the_howto_of_2024() {
    // The last exchange is older than the others, and another administrator's: the clock does not show its time.
    let tenant = contoso(ADMIN, "Privileged Role Administrator")
        .user(user_with_id("other@contoso.com", "Another Administrator", OTHER_ADMIN))
        .user(user_with_id("auditor@contoso.com", "Somebody", SOMEBODY))
        .user(user_with_id("somebody.else@contoso.com", "Somebody Else", SOMEBODY_ELSE))
        .role_assignment(RoleAssignment::new("other@contoso.com", "Privileged Role Administrator"))
        .eligibility(
            Eligibility::to_role("somebody.else@contoso.com", DIRECTORY_READERS).starting(time("2021-07-01T00:00:00Z")),
        );
    let ids = [
        ADMIN,
        OTHER_ADMIN,
        SOMEBODY,
        SOMEBODY_ELSE,
        GLOBAL_READER,
        EXCHANGE_RECIPIENT_ADMINISTRATOR,
        DIRECTORY_READERS,
    ];
    let mut play = Play::begin(NAME, tenant, &ids, "2022-05-13T13:40:33.2364309Z").await;
    let roles = play.graph(ADMIN, &PERMISSIONS).role_management().directory();

    // Eligible, without an end.
    let without_end = ExpirationPattern::new().r#type(ExpirationPatternType::NoExpiration);
    let from_april = RequestSchedule::new().start_date_time(time("2022-04-10T00:00:00Z")).expiration(without_end);
    let eligibility = UnifiedRoleEligibilityScheduleRequestCreate::new(Action::AdminAssign, SOMEBODY, GLOBAL_READER)
        .justification("Permanently assign the Global Reader to the auditor")
        .directory_scope_id(TENANT)
        .schedule_info(from_april);
    roles.role_eligibility_schedule_requests().create(&eligibility).await.unwrap();
    play.went_as_printed();

    // Active, for three hours.
    play.at("2022-05-13T14:01:48.0145711Z");
    let assignment = UnifiedRoleAssignmentScheduleRequestCreate::new(
        Action::AdminAssign,
        SOMEBODY,
        EXCHANGE_RECIPIENT_ADMINISTRATOR,
    )
    .justification("Assign the Exchange Recipient Administrator to the mail admin")
    .directory_scope_id(TENANT)
    .schedule_info(lasting("2022-04-10T00:00:00Z", "PT3H"));
    roles.role_assignment_schedule_requests().create(&assignment).await.unwrap();
    play.went_as_printed();

    // No longer eligible.
    let removal =
        UnifiedRoleEligibilityScheduleRequestCreate::new(Action::AdminRemove, SOMEBODY_ELSE, DIRECTORY_READERS)
            .justification("abcde")
            .directory_scope_id(TENANT);
    let roles = play.graph(OTHER_ADMIN, &PERMISSIONS).role_management().directory();
    roles.role_eligibility_schedule_requests().create(&removal).await.unwrap();
    play.went_as_printed();

    play.end();
}

/// "Can't be assigned for a duration of less than five minutes. Can't be removed within five minutes of it being
/// assigned."
#[tokio::test]
async fn nothing_is_assigned_for_less_than_five_minutes_nor_removed_sooner() {
    let tenant =
        contoso(ADMIN, "Privileged Role Administrator").user(user_with_id("auditor@contoso.com", "Somebody", SOMEBODY));
    let play = Play::begin(NAME, tenant, &[], "2022-05-13T13:40:00Z").await;
    let roles = play.graph(ADMIN, &PERMISSIONS).role_management().directory();
    let requests = roles.role_assignment_schedule_requests();
    let order = |action| {
        UnifiedRoleAssignmentScheduleRequestCreate::new(action, SOMEBODY, GLOBAL_READER)
            .directory_scope_id(TENANT)
            .justification("An audit")
    };
    let lasting = |length| order(Action::AdminAssign).schedule_info(lasting("2022-05-13T13:40:00Z", length));

    let too_short = requests.create(&lasting("PT4M59S")).await.unwrap_err();
    assert_eq!((too_short.status(), too_short.code()), (Some(400), Some(&ErrorCode::ActiveDurationTooShort)));
    requests.create(&lasting("PT3H")).await.unwrap();

    play.emulator().clock().advance(Duration::from_secs(5 * 60 - 1));
    let too_soon = requests.create(&order(Action::AdminRemove)).await.unwrap_err();
    assert_eq!((too_soon.status(), too_soon.code()), (Some(400), Some(&ErrorCode::ActiveDurationTooShort)));
    play.emulator().clock().advance(Duration::from_secs(1));
    let removal = requests.create(&order(Action::AdminRemove)).await.unwrap();
    assert_eq!(removal.status.as_deref(), Some("Revoked"));
}
