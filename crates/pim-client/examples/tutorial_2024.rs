//! Microsoft's tutorial of 2024, with PIM's API as it is: every request is put together as the tutorial prints it.
//!
//! The same steps as tasks, in half the lines, are in the example `tutorial_2025`.
//!
//! ```console
//! $ export GRAPH_ADMIN_TOKEN=…   # with Group.ReadWrite.All and RoleManagement.ReadWrite.Directory
//! $ export GRAPH_USER_TOKEN=…    # with RoleAssignmentSchedule.ReadWrite.Directory and User.Read
//! $ cargo run -p pim-client --example tutorial_2024
//! ```
//!
//! `GRAPH_ENDPOINT` names another Graph than the global one.

use std::env;
use std::time;

use pim_client::auth::EnvironmentToken;
use pim_client::edm::{DateTimeOffset, Duration};
use pim_client::v1_0::fields::unified_role_assignment_schedule_request as request;
use pim_client::v1_0::models::{
    ExpirationPattern, ExpirationPatternType, GroupCreate, RequestSchedule,
    RoleAssignmentScheduleRequestFilterByCurrentUserOptions as On, TicketInfo,
    UnifiedRoleAssignmentScheduleRequestCreate, UnifiedRoleEligibilityScheduleRequestCreate,
    UnifiedRoleScheduleRequestActions as Action,
};
use pim_client::{ErrorCode, Graph, Result};

/// User Administrator has this key in every organization.
const USER_ADMINISTRATOR: &str = "fe930be7-5e62-47db-91af-98c3a49a38b1";

#[tokio::main]
async fn main() -> Result<()> {
    let (admin, user) = (graph_of("GRAPH_ADMIN_TOKEN")?, graph_of("GRAPH_USER_TOKEN")?);
    let owner = admin.me().get().await?.id.unwrap_or_else(|| "".into());
    let member = user.me().get().await?.id.unwrap_or_else(|| "".into());

    // Step 1: a group that can hold roles.
    let users = admin.users();
    let group = GroupCreate::new("IT Helpdesk (User)", false, "userHelpdesk", true)
        .description("IT Helpdesk to support Contoso employees")
        .is_assignable_to_role(true)
        .owners_bind(vec![users.by_id(&owner).reference()?.upcast()])
        .members_bind(vec![users.by_id(&owner).reference()?.upcast(), users.by_id(&member).reference()?.upcast()]);
    let group = admin.groups().create(&group).await?.id.unwrap_or_else(|| "".into());
    println!("group {group}");

    // Step 2: it becomes eligible for the role.
    let for_a_year =
        ExpirationPattern::new().r#type(ExpirationPatternType::AfterDuration).duration(Duration::days(365));
    let eligibility = UnifiedRoleEligibilityScheduleRequestCreate::new(
        Action::AdminAssign,
        group.clone().upcast(),
        USER_ADMINISTRATOR,
    )
    .justification("Assign User Admin eligibility to IT Helpdesk (User) group")
    .directory_scope_id("/")
    .schedule_info(RequestSchedule::new().start_date_time(DateTimeOffset::now()).expiration(for_a_year));
    let roles = admin.role_management().directory();
    let eligibility = roles.role_eligibility_schedule_requests().create(&eligibility).await?;
    println!("eligibility: {}", eligibility.status.as_deref().unwrap_or("?"));

    // Step 4: the user activates it.
    let for_five_hours =
        ExpirationPattern::new().r#type(ExpirationPatternType::AfterDuration).duration(Duration::hours(5));
    let activation =
        UnifiedRoleAssignmentScheduleRequestCreate::new(Action::SelfActivate, member.upcast(), USER_ADMINISTRATOR)
            .directory_scope_id("/")
            .justification("Need to invalidate all app refresh tokens for Contoso users.")
            .schedule_info(RequestSchedule::new().start_date_time(DateTimeOffset::now()).expiration(for_five_hours))
            .ticket_info(TicketInfo::new().ticket_number("CONTOSO:Security-012345").ticket_system("Contoso ICM"));
    let requests = user.role_management().directory().role_assignment_schedule_requests();
    let activation = requests.create(&activation).await?;
    println!("activation: {}", activation.status.as_deref().unwrap_or("?"));

    // Step 5: what the user asked for.
    let mut own = requests.filter_by_current_user(On::Principal).expand(request::role_definition()).stream();
    while let Some(request) = own.next().await {
        let request = request?;
        let role = request.role_definition.and_then(|role| role.display_name);
        println!("{}: {}", role.as_deref().unwrap_or("?"), request.status.as_deref().unwrap_or("?"));
    }

    // Step 6: the eligibility goes, and the group.
    let removal = UnifiedRoleEligibilityScheduleRequestCreate::new(
        Action::AdminRemove,
        group.clone().upcast(),
        USER_ADMINISTRATOR,
    )
    .directory_scope_id("/");
    let requests = roles.role_eligibility_schedule_requests();
    let removal = when_possible(async || requests.create(&removal).await).await?;
    println!("removal: {}", removal.status.as_deref().unwrap_or("?"));
    admin.groups().by_id(&group).delete().await
}

/// PIM keeps for five minutes what it has assigned: tries again until it can be taken away.
async fn when_possible<T>(mut removal: impl AsyncFnMut() -> Result<T>) -> Result<T> {
    let mut is_told = false;
    loop {
        match removal().await {
            Err(error) if error.code() == Some(&ErrorCode::ActiveDurationTooShort) => {
                if !is_told {
                    eprintln!("what was assigned less than five minutes ago cannot be taken away; trying until it can");
                }
                is_told = true;
                tokio::time::sleep(time::Duration::from_secs(3)).await;
            }
            outcome => return outcome,
        }
    }
}

fn graph_of(variable: &str) -> Result<Graph> {
    let mut graph = Graph::builder(EnvironmentToken::named(variable));
    if let Ok(endpoint) = env::var("GRAPH_ENDPOINT") {
        graph = graph.endpoint(&endpoint)?;
    }
    graph.build()
}
