//! "Use Microsoft Graph Privileged Identity Management (PIM) API to assign Azure AD admin roles", of 2021.
//!
//! It makes users and groups with v1.0 and does all else with beta, where an action is plain text.

use pim_client::ErrorCode;
use pim_client::beta::models::{
    ExpirationPattern, ExpirationPatternType, RequestSchedule,
    RoleEligibilityScheduleRequestFilterByCurrentUserOptions as On, TicketInfo,
    UnifiedRoleAssignmentScheduleRequestCreate, UnifiedRoleEligibilityScheduleRequestCreate,
};
use pim_client::edm::Duration;
use pim_client::v1_0::models::{GroupCreate, GroupUpdate, PasswordProfile, UserCreate};
use pim_emulator::tenant::RoleAssignment;

use super::{TENANT, USER_ADMINISTRATOR, contoso, time, user, user_with_id};
use crate::play::Play;

pub(super) const NAME: &str = "2021-pim-tutorial-beta";

/// The tenant, which the addresses of the user and the group tell.
const DIRECTORY: &str = "927c6607-8060-4f4a-a5f8-34964ac78d70";
const ME: &str = "fc9a2c2b-1ddc-486d-a211-5fe8ca77fa1f";
/// Whose eligibility is printed, and who gave it: neither is anybody of the steps before.
const ALLAN: &str = "c6ad1942-4afa-47f8-8d48-afb5d8d69d2f";
const OTHER_ADMIN: &str = "4562bcc8-c436-4f95-b7c0-4f8ce89dca5e";

/// The permissions that the tutorial asks for, and one that a group takes since then to which roles can be assigned.
const PERMISSIONS: [&str; 6] = [
    "RoleManagement.ReadWrite.Directory",
    "User.ReadWrite.All",
    "Group.ReadWrite.All",
    "Directory.Read.All",
    "RoleAssignmentSchedule.ReadWrite.Directory",
    "RoleEligibilitySchedule.ReadWrite.Directory",
];

/// Until the day on which every eligibility of the tutorial ends.
fn for_a_year(start: &str) -> RequestSchedule {
    let expiration = ExpirationPattern::new()
        .r#type(ExpirationPatternType::AfterDateTime)
        .end_date_time(time("2022-06-30T00:00:00Z"));
    RequestSchedule::new().start_date_time(time(start)).expiration(expiration)
}

#[tokio::test]
async fn the_tutorial_of_2021() {
    let tenant = contoso(ME, "Global Administrator")
        .with_id(DIRECTORY.parse().unwrap())
        .user(user_with_id("allan@contoso.com", "Allan Deyoung", ALLAN))
        .user(user_with_id("other@contoso.com", "Another Administrator", OTHER_ADMIN))
        .role_assignment(RoleAssignment::new("other@contoso.com", "Global Administrator"));
    let ids = [DIRECTORY, ME, ALLAN, OTHER_ADMIN, USER_ADMINISTRATOR];
    let mut play = Play::begin(NAME, tenant, &ids, "2021-08-06T15:56:44Z").await;
    let graph = play.graph(ME, &PERMISSIONS);
    let beta = graph.beta();
    let roles = beta.role_management().directory();

    // Step 1: a user.
    let password = PasswordProfile::new().force_change_password_next_sign_in(true).password("xWwvJ]6NMw+bWH-d");
    let aline = UserCreate::new(true, "Aline Dupuy", "AlineD", password, "AlineD@m365x435773.onmicrosoft.com");
    let aline = graph.users().create(&aline).await.unwrap().id.unwrap();
    play.went_as_printed();

    // Step 2: a group that can hold roles, with the user in it; whose members are then added once more, which
    // goes only with those who are not in it.
    let members = vec![user(&graph, aline.as_str()), user(&graph, ME)];
    let group = GroupCreate::new("IT Helpdesk (User)", false, "userHelpdesk", true)
        .description("IT Helpdesk to support Contoso employees")
        .is_assignable_to_role(true)
        .owners_bind(vec![user(&graph, ME)])
        .members_bind(members.clone());
    let group = graph.groups().create(&group).await.unwrap().id.unwrap();
    play.went_as_printed();
    let update = |members| GroupUpdate::new().members_bind(members);
    let there = graph.groups().by_id(&group).update(&update(members)).await.unwrap_err();
    assert!(there.to_string().contains("already exist"), "{there}");
    play.went_as_printed();
    graph.groups().by_id(&group).update(&update(vec![user(&graph, OTHER_ADMIN)])).await.unwrap();
    play.aside();

    // Step 3: the group becomes eligible for a role.
    play.at("2021-08-06T16:04:58.8662763Z");
    let eligibility =
        UnifiedRoleEligibilityScheduleRequestCreate::new("AdminAssign", group.as_str(), USER_ADMINISTRATOR)
            .justification("Assign User Admin eligibility to IT Helpdesk (User) group")
            .directory_scope_id(TENANT)
            .schedule_info(for_a_year("2021-07-01T00:00:00Z"));
    roles.role_eligibility_schedule_requests().create(&eligibility).await.unwrap();
    play.went_as_printed();

    // Step 4: the user does not have the role yet.
    let held = roles.role_assignments().list().filter(format!("principalId eq '{aline}'"));
    assert!(held.await.unwrap().is_empty());
    play.went_as_printed();

    // Step 5: the user sees what it is eligible for. What is printed is Allan's, who was made eligible without a group:
    // requests for groups are not shown to those who are in them.
    let own = play.graph(aline.as_str(), &PERMISSIONS).beta().role_management().directory();
    let own = own.role_eligibility_schedule_requests().filter_by_current_user(On::Principal).await.unwrap();
    assert!(own.is_empty());
    play.at("2021-08-09T09:39:46.16Z");
    let others = play.graph(OTHER_ADMIN, &PERMISSIONS).beta().role_management().directory();
    let eligibility = UnifiedRoleEligibilityScheduleRequestCreate::new("AdminAssign", ALLAN, USER_ADMINISTRATOR)
        .justification("Assign User Admin eligibility to Allan Deyoung")
        .directory_scope_id(TENANT)
        .schedule_info(for_a_year("2021-07-01T00:00:00Z"));
    others.role_eligibility_schedule_requests().create(&eligibility).await.unwrap();
    play.aside();
    let own = play.graph(ALLAN, &PERMISSIONS).beta().role_management().directory();
    own.role_eligibility_schedule_requests().filter_by_current_user(On::Principal).await.unwrap();
    play.went_as_printed();

    // He activates it for five hours. PIM does not take an activation where the tutorial sends it.
    play.at("2021-08-17T15:13:43.2752078Z");
    let for_five_hours = RequestSchedule::new()
        .start_date_time(time("2021-08-17T15:13:00.000Z"))
        .expiration(ExpirationPattern::new().r#type(ExpirationPatternType::AfterDuration).duration(Duration::hours(5)));
    let ticket = TicketInfo::new().ticket_number("CONTOSO:Security-012345").ticket_system("Contoso ICM");
    let justification = "Need to invalidate all app refresh tokens for Contoso users.";
    let activation = UnifiedRoleEligibilityScheduleRequestCreate::new("SelfActivate", ALLAN, USER_ADMINISTRATOR)
        .directory_scope_id(TENANT)
        .justification(justification)
        .schedule_info(for_five_hours.clone())
        .ticket_info(ticket.clone());
    let refused = own.role_eligibility_schedule_requests().create(&activation).await.unwrap_err();
    assert_eq!((refused.status(), refused.code()), (Some(400), Some(&ErrorCode::InvalidRoleAssignmentRequest)));
    play.aside();
    let activation = UnifiedRoleAssignmentScheduleRequestCreate::new("SelfActivate", ALLAN, USER_ADMINISTRATOR)
        .directory_scope_id(TENANT)
        .justification(justification)
        .schedule_info(for_five_hours)
        .ticket_info(ticket);
    own.role_assignment_schedule_requests().create(&activation).await.unwrap();
    play.went_as_printed();

    // Step 6: the user and the group go.
    beta.users().by_id(aline.as_str()).delete().await.unwrap();
    play.went_as_printed();
    beta.groups().by_id(group.as_str()).delete().await.unwrap();
    play.went_as_printed();

    // The last request that is printed cannot be made: it posts nothing to a collection, with a slash behind its name,
    // where its heading and its answer speak of removing an eligibility. It has gone with the group already.
    play.leave_out("10-remove-eligibility");
    let eligible = graph
        .role_management()
        .directory()
        .role_eligibility_schedules()
        .list()
        .filter(format!("principalId eq '{group}'"));
    assert!(eligible.await.unwrap().is_empty());
    let removal = UnifiedRoleEligibilityScheduleRequestCreate::new("AdminRemove", group.as_str(), USER_ADMINISTRATOR)
        .directory_scope_id(TENANT);
    let gone = roles.role_eligibility_schedule_requests().create(&removal).await.unwrap_err();
    assert_eq!((gone.status(), gone.code()), (Some(404), Some(&ErrorCode::SubjectNotFound)));

    play.end();
}
