//! "Assign administrative roles by using PIM for Microsoft Entra roles APIs", of 2024.

use pim_client::v1_0::models::{
    GroupCreate, RoleAssignmentScheduleRequestFilterByCurrentUserOptions as On, TicketInfo,
    UnifiedRoleAssignmentScheduleRequestCreate, UnifiedRoleEligibilityScheduleRequestCreate,
    UnifiedRoleScheduleRequestActions as Action,
};

use super::stand_in::StandIn;
use super::{TENANT, USER_ADMINISTRATOR, incident, lasting, time, until, user};

const ME: &str = "1ed8ac56-4827-4733-8f80-86adc2e67db5";
const ALINE: &str = "7146daa8-1b4b-4a66-b2f7-cf593d03c8d2";

#[tokio::test]
async fn the_tutorial_of_2024() {
    let stand_in = StandIn::of("2024-pim-tutorial-v1.0").await;
    let graph = stand_in.graph();
    let roles = graph.role_management().directory();

    // Step 1: a group that can hold roles.
    let group = GroupCreate::new("IT Helpdesk (User)", false, "userHelpdesk", true)
        .description("IT Helpdesk to support Contoso employees")
        .is_assignable_to_role(true)
        .owners_bind(vec![user(&graph, ME)])
        .members_bind(vec![user(&graph, ME), user(&graph, ALINE)]);
    let group = graph.groups().create(&group).await.unwrap();
    assert_eq!(group.visibility.as_deref(), Some("Private"));
    assert_eq!(group.on_premises_provisioning_errors, Some(vec![]));
    let group = group.id.unwrap();
    assert_eq!(group, "e77cbb23-0ff2-4e18-819c-690f58269752");

    // Step 2: it becomes eligible for a role.
    let eligibility = UnifiedRoleEligibilityScheduleRequestCreate::new(
        Action::AdminAssign,
        group.clone().upcast(),
        USER_ADMINISTRATOR,
    )
    .justification("Assign User Admin eligibility to IT Helpdesk (User) group")
    .directory_scope_id(TENANT)
    .schedule_info(until("2021-07-01T00:00:00Z", "2022-06-30T00:00:00Z"));
    let eligibility = roles.role_eligibility_schedule_requests().create(&eligibility).await.unwrap();
    assert_eq!(eligibility.action, Some(Action::AdminAssign));
    assert_eq!(eligibility.schedule_info, Some(until("2021-09-03T20:45:39.1194292Z", "2022-06-30T00:00:00Z")));
    assert_eq!(eligibility.ticket_info, Some(TicketInfo::new()));

    // Step 3: its member does not have the role yet.
    let assignments = roles.role_assignments().list().filter(format!("principalId eq '{ALINE}'")).await.unwrap();
    assert!(assignments.is_empty());

    // Step 4: the member activates it for five hours, and sees its request.
    let activation = UnifiedRoleAssignmentScheduleRequestCreate::new(Action::SelfActivate, ALINE, USER_ADMINISTRATOR)
        .directory_scope_id(TENANT)
        .justification("Need to invalidate all app refresh tokens for Contoso users.")
        .schedule_info(lasting("2024-03-25T15:13:00.000Z", "PT5H"))
        .ticket_info(incident());
    let requests = roles.role_assignment_schedule_requests();
    let activation = requests.create(&activation).await.unwrap();
    assert_eq!(activation.status.as_deref(), Some("Granted"));
    assert_eq!(activation.completed_date_time, Some(time("2021-09-04T15:13:00Z")));
    assert_eq!(activation.target_schedule_id.unwrap(), "295edd40-4646-40ca-89b8-ab0b46b6f60e");
    assert!(requests.filter_by_current_user(On::Principal).await.unwrap().is_empty());

    // Step 6 (there is no fifth): the group loses the role, and goes.
    let removal = UnifiedRoleEligibilityScheduleRequestCreate::new(
        Action::AdminRemove,
        group.clone().upcast(),
        USER_ADMINISTRATOR,
    )
    .directory_scope_id(TENANT);
    let removal = roles.role_eligibility_schedule_requests().create(&removal).await.unwrap();
    assert_eq!(removal.status.as_deref(), Some("Revoked"));
    assert_eq!(removal.principal_id, Some(group.clone().upcast()));
    graph.groups().by_id(group).delete().await.unwrap();

    stand_in.was_asked_as_printed().await;
}
