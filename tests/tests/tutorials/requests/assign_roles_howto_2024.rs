//! "Assign Microsoft Entra roles in Privileged Identity Management", of 2024.

use pim_client::v1_0::models::{
    ExpirationPattern, ExpirationPatternType, RequestSchedule, UnifiedRoleAssignmentScheduleRequestCreate,
    UnifiedRoleEligibilityScheduleRequestCreate, UnifiedRoleScheduleRequestActions as Action,
};

use super::stand_in::StandIn;
use super::{TENANT, lasting, time};

const SOMEBODY: &str = "071cc716-8147-4397-a5ba-b2105951cc0b";
const SOMEBODY_ELSE: &str = "d96ea738-3b95-4ae7-9e19-78a083066d5b";
const GLOBAL_READER: &str = "f2ef992c-3afb-46b9-b7cf-a126ee74c451";
const EXCHANGE_RECIPIENT_ADMINISTRATOR: &str = "31392ffb-586c-42d1-9346-e59415a2cc4e";
const DIRECTORY_READERS: &str = "88d8e3e3-8f55-4a1e-953a-9b9898b8876b";

#[tokio::test]
async fn the_howto_of_2024() {
    let stand_in = StandIn::of("2024-assign-entra-roles-howto").await;
    let graph = stand_in.graph();
    let roles = graph.role_management().directory();

    // Eligible, without an end.
    let without_end = ExpirationPattern::new().r#type(ExpirationPatternType::NoExpiration);
    let from_april =
        RequestSchedule::new().start_date_time(time("2022-04-10T00:00:00Z")).expiration(without_end.clone());
    let eligibility = UnifiedRoleEligibilityScheduleRequestCreate::new(Action::AdminAssign, SOMEBODY, GLOBAL_READER)
        .justification("Permanently assign the Global Reader to the auditor")
        .directory_scope_id(TENANT)
        .schedule_info(from_april);
    let eligibility = roles.role_eligibility_schedule_requests().create(&eligibility).await.unwrap();
    assert_eq!(eligibility.id.unwrap(), "42159c11-45a9-4631-97e4-b64abdd42c25");
    assert_eq!(eligibility.schedule_info.unwrap().expiration, Some(without_end));

    // Active, for three hours.
    let assignment = UnifiedRoleAssignmentScheduleRequestCreate::new(
        Action::AdminAssign,
        SOMEBODY,
        EXCHANGE_RECIPIENT_ADMINISTRATOR,
    )
    .justification("Assign the Exchange Recipient Administrator to the mail admin")
    .directory_scope_id(TENANT)
    .schedule_info(lasting("2022-04-10T00:00:00Z", "PT3H"));
    let assignment = roles.role_assignment_schedule_requests().create(&assignment).await.unwrap();
    assert_eq!(assignment.status.as_deref(), Some("Provisioned"));
    assert_eq!(assignment.schedule_info, Some(lasting("2022-05-13T14:01:49.8589701Z", "PT3H")));

    // No longer eligible.
    let removal =
        UnifiedRoleEligibilityScheduleRequestCreate::new(Action::AdminRemove, SOMEBODY_ELSE, DIRECTORY_READERS)
            .justification("abcde")
            .directory_scope_id(TENANT);
    let removal = roles.role_eligibility_schedule_requests().create(&removal).await.unwrap();
    assert_eq!(removal.action, Some(Action::AdminRemove));
    assert_eq!(removal.status.as_deref(), Some("Revoked"));
    assert_eq!((removal.schedule_info, removal.target_schedule_id), (None, None));

    stand_in.was_asked_as_printed().await;
}
