//! Reads the policy of a role or group, and changes it: activation for at most four hours, and with a ticket.
//!
//! ```console
//! $ export GRAPH_ACCESS_TOKEN=…   # with RoleManagementPolicy.ReadWrite.Directory and RoleManagement.Read.Directory
//! $ cargo run -p pim-client --example policies -- "User Administrator"            # shows it
//! $ cargo run -p pim-client --example policies -- "User Administrator" --tighten  # changes it
//! ```
//!
//! `GRAPH_ENDPOINT` names another Graph than the global one.

use std::env;

use pim_client::auth::EnvironmentToken;
use pim_client::edm::Duration;
use pim_client::pim::PolicySettings;
use pim_client::{Graph, Result};

#[tokio::main]
async fn main() -> Result<()> {
    let mut arguments = env::args().skip(1);
    let Some(role) = arguments.next() else {
        eprintln!("usage: policies ROLE [--tighten]");
        std::process::exit(2);
    };
    let mut graph = Graph::builder(EnvironmentToken::default());
    if let Ok(endpoint) = env::var("GRAPH_ENDPOINT") {
        graph = graph.endpoint(&endpoint)?;
    }
    let pim = graph.build()?.pim();

    let policy = pim.policy(role).await?;
    println!("{}", policy.settings());

    let mut wanted = policy.settings();
    tighten(&mut wanted);
    for change in policy.changes(&wanted)? {
        println!("to change: {change}");
    }
    if arguments.next().as_deref() == Some("--tighten") {
        // Rules go back whole, and are read again: what did not stick is an error.
        let policy = pim.update_policy(&policy, tighten).await?;
        println!("{}", policy.settings());
    }
    Ok(())
}

fn tighten(settings: &mut PolicySettings) {
    settings.activation.maximum_duration = Some(Duration::hours(4));
    settings.activation.requires_ticket = Some(true);
}
