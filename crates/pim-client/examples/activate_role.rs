//! Activates the role User Administrator for five hours, and lists what the caller has asked for.
//!
//! ```console
//! $ GRAPH_TOKEN=… cargo run -p pim-client --example activate_role -- {your object id}
//! ```

use pim_client::edm::Duration;
use pim_client::v1_0::fields::unified_role_assignment_schedule_request;
use pim_client::v1_0::models::{
    ExpirationPattern, ExpirationPatternType, RequestSchedule,
    RoleAssignmentScheduleRequestFilterByCurrentUserOptions as On, TicketInfo,
    UnifiedRoleAssignmentScheduleRequestCreate, UnifiedRoleScheduleRequestActions,
};
use pim_client::{BearerToken, Graph};

const USER_ADMINISTRATOR: &str = "fe930be7-5e62-47db-91af-98c3a49a38b1";

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let token = BearerToken::new(std::env::var("GRAPH_TOKEN")?)?;
    let me = std::env::args().nth(1).ok_or("usage: activate_role {your object id}")?;

    let graph = Graph::builder(token).build()?;
    let requests = graph.role_management().directory().role_assignment_schedule_requests();

    let five_hours = ExpirationPattern::new().r#type(ExpirationPatternType::AfterDuration).duration(Duration::hours(5));
    let activation = UnifiedRoleAssignmentScheduleRequestCreate::new(
        UnifiedRoleScheduleRequestActions::SelfActivate,
        me.as_str(),
        USER_ADMINISTRATOR,
    )
    .directory_scope_id("/")
    .justification("Need to invalidate all app refresh tokens for Contoso users.")
    .schedule_info(RequestSchedule::new().expiration(five_hours))
    .ticket_info(TicketInfo::new().ticket_number("CONTOSO:Security-012345").ticket_system("Contoso ICM"));

    let request = requests.create(&activation).await?;
    println!("{}: {}", request.id.as_ref().map_or("?", |id| id.as_str()), request.status.as_deref().unwrap_or("?"));

    for request in requests
        .filter_by_current_user(On::Principal)
        .expand(unified_role_assignment_schedule_request::role_definition())
        .await?
        .value
    {
        let role = request.role_definition.and_then(|role| role.display_name);
        println!("{}: {}", role.as_deref().unwrap_or("?"), request.status.as_deref().unwrap_or("?"));
    }
    Ok(())
}
