//! Activation with approval: one user activates a role, another one approves it.
//!
//! Each does so with a token of their own. The role's policy has to demand an approval, which
//! `Pim::update_policy` can have it do.
//!
//! ```console
//! $ export GRAPH_USER_TOKEN=… GRAPH_APPROVER_TOKEN=…
//! $ cargo run -p pim-client --features beta --example approval -- "User Administrator"
//! ```
//!
//! Approvals of roles are in Graph's beta only, hence the feature. `GRAPH_ENDPOINT` names another Graph than the global
//! one.

use std::env;
use std::time::Duration;

use pim_client::auth::EnvironmentToken;
use pim_client::pim::Pim;
use pim_client::{Graph, Result};

#[tokio::main]
async fn main() -> Result<()> {
    let Some(role) = env::args().nth(1) else {
        eprintln!("usage: approval ROLE");
        std::process::exit(2);
    };
    let (user, approver) = (pim_of("GRAPH_USER_TOKEN")?, pim_of("GRAPH_APPROVER_TOKEN")?);

    let request = user.activate(role).hours(1).justification("Reset MFA of Adele").send().await?;
    println!("asked:    {request}");

    for waiting in approver.to_approve().await? {
        if waiting.id == request.id {
            approver.approve(&waiting).justification("Known, and on call").send().await?;
            println!("approved: {waiting}");
        }
    }

    // An approval that nobody gives lapses after a day; here, a minute is enough.
    let settled = user.wait(&request).at_most(Duration::from_mins(1)).await?;
    println!("settled:  {settled}");
    Ok(())
}

/// The tasks of whoever has the token in `variable`.
fn pim_of(variable: &str) -> Result<Pim> {
    let mut graph = Graph::builder(EnvironmentToken::named(variable));
    if let Ok(endpoint) = env::var("GRAPH_ENDPOINT") {
        graph = graph.endpoint(&endpoint)?;
    }
    Ok(graph.build()?.pim())
}
