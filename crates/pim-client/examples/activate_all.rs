//! Activates whatever the user may activate whose token it is, for an hour and with one justification.
//!
//! ```console
//! $ export GRAPH_ACCESS_TOKEN=…   # of a user: see the methods of `Pim` for what it has to permit
//! $ cargo run -p pim-client --example activate_all -- "On call this week"
//! User Administrator: activated
//! Security Reader: already active until 2025-03-21T16:46:00Z
//! member of Helpdesk: needs an approval (PendingApproval)
//! ```
//!
//! It ends with 1 if anything failed. `GRAPH_ENDPOINT` names another Graph than the global one.

use std::env;
use std::process::ExitCode;

use pim_client::auth::EnvironmentToken;
use pim_client::{Graph, Result};

#[tokio::main]
async fn main() -> Result<ExitCode> {
    let Some(justification) = env::args().nth(1) else {
        eprintln!("usage: activate_all JUSTIFICATION");
        return Ok(ExitCode::from(2));
    };
    let mut graph = Graph::builder(EnvironmentToken::default());
    if let Ok(endpoint) = env::var("GRAPH_ENDPOINT") {
        graph = graph.endpoint(&endpoint)?;
    }
    let pim = graph.build()?.pim();

    let eligible = pim.eligible().await?;
    let orders = eligible.iter().map(|assignment| pim.activate(assignment).hours(1).justification(&justification));
    let mut has_failed = false;
    for report in pim.activate_all(orders).await {
        println!("{report}");
        has_failed |= report.outcome.error().is_some();
    }
    Ok(if has_failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
