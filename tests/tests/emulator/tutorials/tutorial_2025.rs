//! "Assign privileged roles using PIM for Microsoft Entra roles APIs", of 2025.

use pim_client::v1_0::fields::{unified_role_assignment, unified_role_assignment_schedule_request};
use pim_client::v1_0::models::{
    GroupCreate, RoleAssignmentScheduleRequestFilterByCurrentUserOptions as On,
    UnifiedRoleAssignmentScheduleRequestCreate, UnifiedRoleEligibilityScheduleRequestCreate,
    UnifiedRoleScheduleRequestActions as Action,
};

use super::{TENANT, USER_ADMINISTRATOR, contoso, incident, lasting, until, user, user_with_id};
use crate::play::Play;

pub(super) const NAME: &str = "2025-pim-tutorial-v1.0";

const ME: &str = "e2330663-f949-41b5-a3dc-faeb793e14c6";
const ALINE: &str = "d9771b4c-06c5-491a-92cb-3aa4e225a725";

/// The permissions that the tutorial asks for, of everybody.
const PERMISSIONS: [&str; 2] = ["Group.ReadWrite.All", "RoleManagement.ReadWrite.Directory"];

#[tokio::test]
async fn the_tutorial_of_2025() {
    let tenant =
        contoso(ME, "Privileged Role Administrator").user(user_with_id("alined@contoso.com", "Aline Dupuy", ALINE));
    let mut play = Play::begin(NAME, tenant, &[ME, ALINE, USER_ADMINISTRATOR], "2025-03-21T11:05:00Z").await;
    let (me, aline) = (play.graph(ME, &PERMISSIONS), play.graph(ALINE, &PERMISSIONS));
    let roles = me.role_management().directory();

    // Step 1: a group that can hold roles.
    let group = GroupCreate::new("IT Helpdesk (User)", false, "userHelpdesk", true)
        .description("IT Helpdesk to support Contoso employees")
        .is_assignable_to_role(true)
        .owners_bind(vec![user(&me, ME)])
        .members_bind(vec![user(&me, ME), user(&me, ALINE)]);
    let group = me.groups().create(&group).await.unwrap().id.unwrap();
    play.went_as_printed();

    // Step 2: it becomes eligible for a role.
    play.at("2025-03-21T11:07:23.4563591Z");
    let eligibility = UnifiedRoleEligibilityScheduleRequestCreate::new(
        Action::AdminAssign,
        group.clone().upcast(),
        USER_ADMINISTRATOR,
    )
    .justification("Assign User Admin eligibility to IT Helpdesk (User) group")
    .directory_scope_id(TENANT)
    .schedule_info(until("2025-03-21T11:06:00Z", "2026-03-21T00:00:00Z"));
    roles.role_eligibility_schedule_requests().create(&eligibility).await.unwrap();
    play.went_as_printed();

    // Step 3: its member does not have the role yet.
    let held = || roles.role_assignments().list().filter(unified_role_assignment::principal_id().eq(ALINE));
    assert!(held().await.unwrap().is_empty());
    play.went_as_printed();

    // Step 4: the member activates it for five hours, and has it then.
    play.at("2025-03-21T11:46:41.9645736Z");
    let activation = UnifiedRoleAssignmentScheduleRequestCreate::new(Action::SelfActivate, ALINE, USER_ADMINISTRATOR)
        .directory_scope_id(TENANT)
        .justification("Need to invalidate all app refresh tokens for Contoso users.")
        .schedule_info(lasting("2025-03-21T11:46:00.000Z", "PT5H"))
        .ticket_info(incident());
    let requests = aline.role_management().directory().role_assignment_schedule_requests();
    let activation = requests.create(&activation).await.unwrap();
    play.went_as_printed();
    assert_eq!(held().await.unwrap().len(), 1);
    play.aside();

    // Step 5: the member sees its request, and which role it is for.
    let own = requests
        .filter_by_current_user(On::Principal)
        .expand(unified_role_assignment_schedule_request::role_definition())
        .await
        .unwrap();
    play.went_as_printed();
    let [own] = own.value.as_slice() else { panic!("one request, not {own:?}") };
    assert_eq!((&own.id, own.status.as_deref()), (&activation.id, Some("Provisioned")));
    let role = own.role_definition.as_ref().and_then(|role| role.display_name.as_deref());
    assert_eq!(role, Some("User Administrator"));

    // Step 6: the group loses the role, and with it goes what was activated. Then the group goes.
    play.at("2025-03-21T12:03:14.551954Z");
    let removal = UnifiedRoleEligibilityScheduleRequestCreate::new(
        Action::AdminRemove,
        group.clone().upcast(),
        USER_ADMINISTRATOR,
    )
    .directory_scope_id(TENANT);
    roles.role_eligibility_schedule_requests().create(&removal).await.unwrap();
    play.went_as_printed();
    me.groups().by_id(group).delete().await.unwrap();
    play.went_as_printed();

    play.end();
}
