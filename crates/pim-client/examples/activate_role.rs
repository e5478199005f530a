//! Activates a role for the user whose token it is, waits until it is there, and lists what is active.
//!
//! ```console
//! $ export GRAPH_ACCESS_TOKEN=…   # of a user, with RoleAssignmentSchedule.ReadWrite.Directory and User.Read
//! $ cargo run -p pim-client --example activate_role -- "User Administrator" "Reset MFA of Adele"
//! User Administrator, activated until 2025-03-21T16:46:00Z
//! ```
//!
//! `GRAPH_ENDPOINT` names another Graph than the global one.

use std::env;

use pim_client::auth::EnvironmentToken;
use pim_client::{Graph, Result};

#[tokio::main]
async fn main() -> Result<()> {
    let mut arguments = env::args().skip(1);
    let (Some(role), Some(justification)) = (arguments.next(), arguments.next()) else {
        eprintln!("usage: activate_role ROLE JUSTIFICATION");
        std::process::exit(2);
    };
    let mut graph = Graph::builder(EnvironmentToken::default());
    if let Ok(endpoint) = env::var("GRAPH_ENDPOINT") {
        graph = graph.endpoint(&endpoint)?;
    }
    let pim = graph.build()?.pim();

    // Without a time, it would last as long as the role's policy allows, which not everybody may read.
    let activation = pim.activate(role).hours(1).justification(justification).send().await?;
    let settled = pim.wait(&activation).on_change(|request| eprintln!("{request}")).await?;
    println!("{settled}");

    for assignment in pim.active_roles().await? {
        println!("  {assignment}");
    }
    Ok(())
}
