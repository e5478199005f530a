//! "Assign administrative roles by using PIM for Microsoft Entra roles APIs", of 2024.

use pim_client::v1_0::models::{
    GroupCreate, RoleAssignmentScheduleRequestFilterByCurrentUserOptions as On,
    UnifiedRoleAssignmentScheduleRequestCreate, UnifiedRoleEligibilityScheduleRequestCreate,
    UnifiedRoleScheduleRequestActions as Action,
};

use super::{TENANT, USER_ADMINISTRATOR, contoso, incident, lasting, until, user, user_with_id};
use crate::play::Play;

pub(super) const NAME: &str = "2024-pim-tutorial-v1.0";

/// The tenant, which the address of the group tells.
const DIRECTORY: &str = "29a4f813-9274-4e1b-858d-0afa98ae66d4";
const ME: &str = "1ed8ac56-4827-4733-8f80-86adc2e67db5";
const ALINE: &str = "7146daa8-1b4b-4a66-b2f7-cf593d03c8d2";

/// The permissions that the tutorial asks for.
const PERMISSIONS: [&str; 5] = [
    "Group.ReadWrite.All",
    "Directory.Read.All",
    "RoleEligibilitySchedule.ReadWrite.Directory",
    "RoleAssignmentSchedule.ReadWrite.Directory",
    "RoleManagement.ReadWrite.Directory",
];

#[tokio::test]
async fn the_tutorial_of_2024() {
    let tenant = contoso(ME, "Privileged Role Administrator").with_id(DIRECTORY.parse().unwrap()).user(user_with_id(
        "alined@contoso.com",
        "Aline Dupuy",
        ALINE,
    ));
    let mut play = Play::begin(NAME, tenant, &[DIRECTORY, ME, ALINE, USER_ADMINISTRATOR], "2021-09-03T20:45:00Z").await;
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
    play.at("2021-09-03T20:45:28.3848182Z");
    let eligibility = UnifiedRoleEligibilityScheduleRequestCreate::new(
        Action::AdminAssign,
        group.clone().upcast(),
        USER_ADMINISTRATOR,
    )
    .justification("Assign User Admin eligibility to IT Helpdesk (User) group")
    .directory_scope_id(TENANT)
    .schedule_info(until("2021-07-01T00:00:00Z", "2022-06-30T00:00:00Z"));
    roles.role_eligibility_schedule_requests().create(&eligibility).await.unwrap();
    play.went_as_printed();

    // Step 3: its member does not have the role yet.
    let held = roles.role_assignments().list().filter(format!("principalId eq '{ALINE}'"));
    assert!(held.await.unwrap().is_empty());
    play.went_as_printed();

    // Step 4: the member activates it for five hours of the next day, and sees its request.
    play.at("2021-09-03T21:10:49.6670479Z");
    let activation = UnifiedRoleAssignmentScheduleRequestCreate::new(Action::SelfActivate, ALINE, USER_ADMINISTRATOR)
        .directory_scope_id(TENANT)
        .justification("Need to invalidate all app refresh tokens for Contoso users.")
        .schedule_info(lasting("2021-09-04T15:13:00Z", "PT5H"))
        .ticket_info(incident());
    let requests = aline.role_management().directory().role_assignment_schedule_requests();
    let activation = requests.create(&activation).await.unwrap();
    play.went_as_printed();
    let own = requests.filter_by_current_user(On::Principal).await.unwrap();
    play.went_as_printed();
    let [own] = own.value.as_slice() else { panic!("one request, not {own:?}") };
    assert_eq!((&own.id, own.status.as_deref()), (&activation.id, Some("Granted")));

    // When its time has come, it has taken effect.
    play.at("2021-09-04T15:13:00Z");
    let begun = requests.by_id(activation.id.unwrap()).get().await.unwrap();
    assert_eq!(begun.status.as_deref(), Some("Provisioned"));
    play.aside();

    // Step 6 (there is no fifth): the group loses the role, and goes.
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
