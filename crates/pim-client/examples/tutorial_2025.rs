//! Microsoft's tutorial of 2025: a group becomes eligible for a role, and a member of it activates the role.
//!
//! [The tutorial](https://learn.microsoft.com/graph/tutorial-assign-azureadroles) needs two people, and so does this: an
//! administrator, and a user who becomes a member of the group.
//!
//! ```console
//! $ export GRAPH_ADMIN_TOKEN=…   # with Group.ReadWrite.All and RoleManagement.ReadWrite.Directory
//! $ export GRAPH_USER_TOKEN=…    # with RoleAssignmentSchedule.ReadWrite.Directory and User.Read
//! $ cargo run -p pim-client --example tutorial_2025
//! ```
//!
//! `GRAPH_ENDPOINT` names another Graph than the global one.

use std::env;
use std::time::Duration;

use pim_client::auth::EnvironmentToken;
use pim_client::v1_0::fields::{unified_role_assignment as role_assignment, user};
use pim_client::v1_0::models::GroupCreate;
use pim_client::{ErrorCode, Graph, Id, Result};

const ROLE: &str = "User Administrator";

#[tokio::main]
async fn main() -> Result<()> {
    let (admin, user) = (graph_of("GRAPH_ADMIN_TOKEN")?, graph_of("GRAPH_USER_TOKEN")?);
    let owner = id_of_caller(&admin).await?;
    let member = id_of_caller(&user).await?;

    println!("1. A group that can hold roles, with the user in it");
    let users = admin.users();
    let group = GroupCreate::new("IT Helpdesk (User)", false, "userHelpdesk", true)
        .description("IT Helpdesk to support Contoso employees")
        .is_assignable_to_role(true)
        .owners_bind(vec![users.by_id(&owner).reference()?.upcast()])
        .members_bind(vec![users.by_id(&owner).reference()?.upcast(), users.by_id(&member).reference()?.upcast()]);
    let group = admin.groups().create(&group).await?;
    let group = group.id.unwrap_or_else(|| "".into());
    println!("   group {group}");

    println!("2. The group becomes eligible for the role, for a year");
    let eligibility = admin
        .pim()
        .assign_eligible(group.as_str(), ROLE)
        .days(365)
        .justification("Assign User Admin eligibility to IT Helpdesk (User) group");
    println!("   {}", eligibility.wait().await?);

    println!("3. The user does not have the role yet");
    let roles = admin.role_management().directory();
    let held = roles.role_assignments().list().filter(role_assignment::principal_id().eq(member.clone().upcast()));
    println!("   {} assignments", held.all().await?.len());

    println!("4. The user activates it for five hours");
    let activation = user
        .pim()
        .activate(ROLE)
        .hours(5)
        .justification("Need to invalidate all app refresh tokens for Contoso users.")
        .ticket("CONTOSO:Security-012345", "Contoso ICM");
    println!("   {}", activation.wait().await?);

    println!("5. What the user holds now, and for how long");
    for assignment in user.pim().active_roles().await? {
        println!("   {assignment}");
    }

    println!("6. The eligibility goes, and the group");
    let removal = || admin.pim().remove_eligible(group.as_str(), ROLE).wait();
    println!("   {}", when_possible(removal).await?);
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
                tokio::time::sleep(Duration::from_secs(3)).await;
            }
            outcome => return outcome,
        }
    }
}

async fn id_of_caller(graph: &Graph) -> Result<Id<pim_client::v1_0::models::User>> {
    let me = graph.me().get().select(user::id()).await?;
    Ok(me.id.unwrap_or_else(|| "".into()))
}

fn graph_of(variable: &str) -> Result<Graph> {
    let mut graph = Graph::builder(EnvironmentToken::named(variable));
    if let Ok(endpoint) = env::var("GRAPH_ENDPOINT") {
        graph = graph.endpoint(&endpoint)?;
    }
    graph.build()
}
