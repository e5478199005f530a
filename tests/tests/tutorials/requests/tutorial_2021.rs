//! "Use Microsoft Graph Privileged Identity Management (PIM) API to assign Azure AD admin roles", of 2021.
//!
//! It makes users and groups with v1.0 and does all else with beta, where an action is plain text.

use pim_client::beta::models::{
    ExpirationPattern, ExpirationPatternType, RequestSchedule,
    RoleEligibilityScheduleRequestFilterByCurrentUserOptions as On, TicketInfo,
    UnifiedRoleEligibilityScheduleRequestCreate,
};
use pim_client::edm::Duration;
use pim_client::v1_0::models::{GroupCreate, GroupUpdate, PasswordProfile, UserCreate};

use super::stand_in::StandIn;
use super::{TENANT, USER_ADMINISTRATOR, time, user};

const ME: &str = "fc9a2c2b-1ddc-486d-a211-5fe8ca77fa1f";
const ALLAN: &str = "c6ad1942-4afa-47f8-8d48-afb5d8d69d2f";
/// What stands for the key of whatever is deleted.
const ANY: &str = "825f1b5e-6fb2-4d9a-b393-d491101acc0c";

#[tokio::test]
async fn the_tutorial_of_2021() {
    // The last request that is printed cannot be made: it posts nothing to a collection, with a slash behind its name,
    // where its heading and its answer speak of withdrawing one request. The client has no way to create an assignment
    // without saying which. To withdraw one, v1.0 has `by_id(…).cancel()`.
    let stand_in = StandIn::of("2021-pim-tutorial-beta").await.without_last();
    let graph = stand_in.graph();
    let beta = graph.beta();
    let roles = beta.role_management().directory();

    // Step 1: a user.
    let password = PasswordProfile::new().force_change_password_next_sign_in(true).password("xWwvJ]6NMw+bWH-d");
    let aline = UserCreate::new(true, "Aline Dupuy", "AlineD", password, "AlineD@m365x435773.onmicrosoft.com");
    let aline = graph.users().create(&aline).await.unwrap();
    assert_eq!(aline.user_principal_name.as_deref(), Some("AlineD@m365x435773.onmicrosoft.com"));
    let aline = aline.id.unwrap();
    assert_eq!(aline, "92f37639-ba1e-471c-b9ba-922371c740cb");

    // Step 2: a group that can hold roles, with the user in it; whose members are then added once more.
    let members = vec![user(&graph, aline.as_str()), user(&graph, ME)];
    let group = GroupCreate::new("IT Helpdesk (User)", false, "userHelpdesk", true)
        .description("IT Helpdesk to support Contoso employees")
        .is_assignable_to_role(true)
        .owners_bind(vec![user(&graph, ME)])
        .members_bind(members.clone());
    let group = graph.groups().create(&group).await.unwrap();
    assert_eq!(group.mail, None);
    assert_eq!(group.created_date_time, Some(time("2021-08-06T15:56:44Z")));
    assert_eq!(group.security_identifier.as_deref(), Some("S-1-12-1-1836572534-1312841621-3556348570-1138948958"));
    let group = group.id.unwrap();
    graph.groups().by_id(&group).update(&GroupUpdate::new().members_bind(members)).await.unwrap();

    // Step 3: the group becomes eligible for a role.
    let for_a_year = ExpirationPattern::new()
        .r#type(ExpirationPatternType::AfterDateTime)
        .end_date_time(time("2022-06-30T00:00:00Z"));
    let eligibility =
        UnifiedRoleEligibilityScheduleRequestCreate::new("AdminAssign", group.as_str(), USER_ADMINISTRATOR)
            .justification("Assign User Admin eligibility to IT Helpdesk (User) group")
            .directory_scope_id(TENANT)
            .schedule_info(
                RequestSchedule::new().start_date_time(time("2021-07-01T00:00:00Z")).expiration(for_a_year.clone()),
            );
    let eligibility = roles.role_eligibility_schedule_requests().create(&eligibility).await.unwrap();
    assert_eq!(eligibility.action.as_deref(), Some("AdminAssign"));
    assert_eq!(eligibility.created_date_time, Some(time("2021-08-06T16:04:58.8662763Z")));
    assert_eq!(eligibility.schedule_info.unwrap().expiration, Some(for_a_year));

    // Step 4: the user does not have the role yet.
    let assignments = roles.role_assignments().list().filter(format!("principalId eq '{aline}'")).await.unwrap();
    assert!(assignments.is_empty());

    // Step 5: the user sees what it is eligible for, and activates it for five hours.
    let requests = roles.role_eligibility_schedule_requests();
    let own = requests.filter_by_current_user(On::Principal).await.unwrap();
    assert_eq!(own.len(), 1);
    assert_eq!(own.value[0].principal_id.as_ref().unwrap(), ALLAN);
    // The metadata of beta does not describe this member, which is there all the same.
    let created_by = own.value[0].additional_data.get("createdBy").unwrap();
    assert_eq!(created_by["user"]["id"], "4562bcc8-c436-4f95-b7c0-4f8ce89dca5e");
    assert_eq!(own.value[0].ticket_info, Some(TicketInfo::new()));

    let ticket = TicketInfo::new().ticket_number("CONTOSO:Security-012345").ticket_system("Contoso ICM");
    let for_five_hours =
        ExpirationPattern::new().r#type(ExpirationPatternType::AfterDuration).duration(Duration::hours(5));
    let activation = UnifiedRoleEligibilityScheduleRequestCreate::new("SelfActivate", ALLAN, USER_ADMINISTRATOR)
        .directory_scope_id(TENANT)
        .justification("Need to invalidate all app refresh tokens for Contoso users.")
        .schedule_info(
            RequestSchedule::new().start_date_time(time("2021-08-17T15:13:00.000Z")).expiration(for_five_hours.clone()),
        )
        .ticket_info(ticket.clone());
    let activation = requests.create(&activation).await.unwrap();
    assert_eq!(activation.ticket_info, Some(ticket));
    assert_eq!(activation.schedule_info.unwrap().expiration, Some(for_five_hours));

    // Step 6: the user and the group go.
    beta.users().by_id(ANY).delete().await.unwrap();
    beta.groups().by_id(ANY).delete().await.unwrap();

    stand_in.was_asked_as_printed().await;
}
