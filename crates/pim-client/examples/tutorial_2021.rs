//! Microsoft's tutorial of 2021, which was written for beta: a user is made, too, and beta says the actions as text.
//!
//! New programs have no need of beta for this; the example shows how it is reached.
//!
//! ```console
//! $ export GRAPH_ACCESS_TOKEN=…   # with User.ReadWrite.All, Group.ReadWrite.All and RoleManagement.ReadWrite.Directory
//! $ cargo run -p pim-client --features beta --example tutorial_2021 -- AlineD@contoso.com "$PASSWORD"
//! ```
//!
//! `GRAPH_ENDPOINT` names another Graph than the global one.

use std::env;
use std::time;

use pim_client::auth::EnvironmentToken;
use pim_client::beta::models::{
    ExpirationPattern, ExpirationPatternType, RequestSchedule,
    RoleEligibilityScheduleRequestFilterByCurrentUserOptions as On, UnifiedRoleEligibilityScheduleRequestCreate,
};
use pim_client::edm::{DateTimeOffset, Duration};
use pim_client::v1_0::models::{GroupCreate, GroupUpdate, PasswordProfile, UserCreate};
use pim_client::{ErrorCode, Graph, Result, Secret};

const USER_ADMINISTRATOR: &str = "fe930be7-5e62-47db-91af-98c3a49a38b1";

#[tokio::main]
async fn main() -> Result<()> {
    let mut arguments = env::args().skip(1);
    let (Some(name), Some(password)) = (arguments.next(), arguments.next()) else {
        eprintln!("usage: tutorial_2021 USER_PRINCIPAL_NAME PASSWORD");
        std::process::exit(2);
    };
    let mut graph = Graph::builder(EnvironmentToken::default());
    if let Ok(endpoint) = env::var("GRAPH_ENDPOINT") {
        graph = graph.endpoint(&endpoint)?;
    }
    let graph = graph.build()?;
    let beta = graph.beta();
    let roles = beta.role_management().directory();

    // Step 1: a user. The password shows in no `Debug` of the profile.
    let password = PasswordProfile::new().force_change_password_next_sign_in(true).password(Secret::from(password));
    let aline = UserCreate::new(true, "Aline Dupuy", "AlineD", password, name);
    let aline = graph.users().create(&aline).await?.id.unwrap_or_else(|| "".into());
    println!("user {aline}");

    // Step 2: a group that can hold roles, and the user in it.
    let group = GroupCreate::new("IT Helpdesk (User)", false, "userHelpdesk", true).is_assignable_to_role(true);
    let group = graph.groups().create(&group).await?.id.unwrap_or_else(|| "".into());
    let members = vec![graph.users().by_id(&aline).reference()?.upcast()];
    graph.groups().by_id(&group).update(&GroupUpdate::new().members_bind(members)).await?;
    println!("group {group}");

    // Step 3: the group becomes eligible for a role.
    let for_a_year =
        ExpirationPattern::new().r#type(ExpirationPatternType::AfterDuration).duration(Duration::days(365));
    let eligibility =
        UnifiedRoleEligibilityScheduleRequestCreate::new("AdminAssign", group.as_str(), USER_ADMINISTRATOR)
            .justification("Assign User Admin eligibility to IT Helpdesk (User) group")
            .directory_scope_id("/")
            .schedule_info(RequestSchedule::new().start_date_time(DateTimeOffset::now()).expiration(for_a_year));
    let eligibility = roles.role_eligibility_schedule_requests().create(&eligibility).await?;
    println!("eligibility: {}", eligibility.status.as_deref().unwrap_or("?"));

    // Step 5: what the caller asked for.
    let own = roles.role_eligibility_schedule_requests().filter_by_current_user(On::Principal).all().await?;
    println!("{} requests of my own", own.len());

    // Step 6: the eligibility goes, and the group and the user.
    let removal = UnifiedRoleEligibilityScheduleRequestCreate::new("AdminRemove", group.as_str(), USER_ADMINISTRATOR)
        .directory_scope_id("/");
    let requests = roles.role_eligibility_schedule_requests();
    when_possible(async || requests.create(&removal).await).await?;
    graph.groups().by_id(&group).delete().await?;
    beta.users().by_id(aline.as_str()).delete().await
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
