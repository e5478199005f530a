//! "Assign privileged roles using PIM for Microsoft Entra roles APIs", of 2025.

use pim_client::v1_0::fields::{unified_role_assignment, unified_role_assignment_schedule_request};
use pim_client::v1_0::models::{
    GroupCreate, RoleAssignmentScheduleRequestFilterByCurrentUserOptions as On,
    UnifiedRoleAssignmentScheduleRequestCreate, UnifiedRoleEligibilityScheduleRequestCreate,
    UnifiedRoleScheduleRequestActions as Action,
};

use super::stand_in::StandIn;
use super::{TENANT, USER_ADMINISTRATOR, incident, lasting, time, until, user};

const ME: &str = "e2330663-f949-41b5-a3dc-faeb793e14c6";
const ALINE: &str = "d9771b4c-06c5-491a-92cb-3aa4e225a725";

#[tokio::test]
async fn the_tutorial_of_2025() {
    let stand_in = StandIn::of("2025-pim-tutorial-v1.0").await;
    let graph = stand_in.graph();
    let roles = graph.role_management().directory();

    // Step 1: a group that can hold roles.
    let group = GroupCreate::new("IT Helpdesk (User)", false, "userHelpdesk", true)
        .description("IT Helpdesk to support Contoso employees")
        .is_assignable_to_role(true)
        .owners_bind(vec![user(&graph, ME)])
        .members_bind(vec![user(&graph, ME), user(&graph, ALINE)]);
    let group = graph.groups().create(&group).await.unwrap();
    assert_eq!(group.display_name.as_deref(), Some("IT Helpdesk (User)"));
    assert_eq!(group.group_types, Some(vec![]));
    assert_eq!(group.is_assignable_to_role, Some(true));
    let group = group.id.unwrap();
    assert_eq!(group, "1189bbdd-1268-4a72-8c6d-6fe77d28f2e3");

    // Step 2: it becomes eligible for a role.
    let eligibility = UnifiedRoleEligibilityScheduleRequestCreate::new(
        Action::AdminAssign,
        group.clone().upcast(),
        USER_ADMINISTRATOR,
    )
    .justification("Assign User Admin eligibility to IT Helpdesk (User) group")
    .directory_scope_id(TENANT)
    .schedule_info(until("2025-03-21T11:06:00Z", "2026-03-21T00:00:00Z"));
    let eligibility = roles.role_eligibility_schedule_requests().create(&eligibility).await.unwrap();
    assert_eq!(eligibility.status.as_deref(), Some("Provisioned"));
    assert_eq!(eligibility.action, Some(Action::AdminAssign));
    assert_eq!(eligibility.completed_date_time, Some(time("2025-03-21T11:07:24.8573295Z")));
    assert_eq!(eligibility.created_by.unwrap().user.unwrap().id.as_deref(), Some(ME));

    // Step 3: its member does not have the role yet.
    let assignments =
        roles.role_assignments().list().filter(unified_role_assignment::principal_id().eq(ALINE)).await.unwrap();
    assert!(assignments.is_empty());

    // Step 4: the member activates it for five hours.
    let activation = UnifiedRoleAssignmentScheduleRequestCreate::new(Action::SelfActivate, ALINE, USER_ADMINISTRATOR)
        .directory_scope_id(TENANT)
        .justification("Need to invalidate all app refresh tokens for Contoso users.")
        .schedule_info(lasting("2025-03-21T11:46:00.000Z", "PT5H"))
        .ticket_info(incident());
    let activation = roles.role_assignment_schedule_requests().create(&activation).await.unwrap();
    assert_eq!(activation.action, Some(Action::SelfActivate));
    assert_eq!(activation.is_validation_only, Some(false));
    assert_eq!(activation.ticket_info, Some(incident()));
    assert_eq!(activation.schedule_info, Some(lasting("2025-03-21T11:46:42.4165908Z", "PT5H")));

    // Step 5: the member sees its request, and which role it is for.
    let requests = roles.role_assignment_schedule_requests();
    let own = requests
        .filter_by_current_user(On::Principal)
        .expand(unified_role_assignment_schedule_request::role_definition())
        .await
        .unwrap();
    assert!(own.is_empty());

    // Step 6: the group loses the role, and goes.
    let removal =
        UnifiedRoleEligibilityScheduleRequestCreate::new(Action::AdminRemove, group.upcast(), USER_ADMINISTRATOR)
            .directory_scope_id(TENANT);
    let removal = roles.role_eligibility_schedule_requests().create(&removal).await.unwrap();
    assert_eq!(removal.status.as_deref(), Some("Revoked"));
    assert_eq!(removal.action, Some(Action::AdminRemove));
    assert_eq!(removal.schedule_info, None);
    // The key of the user, not of the group, is what the tutorial prints here.
    graph.groups().by_id(ALINE).delete().await.unwrap();

    stand_in.was_asked_as_printed().await;
}
