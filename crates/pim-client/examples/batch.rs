//! Several requests in one: who am I, which groups am I in, and which roles are there?
//!
//! ```console
//! $ GRAPH_ACCESS_TOKEN=… cargo run -p pim-client --example batch
//! ```

use pim_client::auth::EnvironmentToken;
use pim_client::{Graph, Result};

#[tokio::main]
async fn main() -> Result<()> {
    let mut graph = Graph::builder(EnvironmentToken::default());
    if let Ok(endpoint) = std::env::var("GRAPH_ENDPOINT") {
        graph = graph.endpoint(&endpoint)?;
    }
    let graph = graph.build()?;

    let mut batch = graph.batch();
    let me = batch.add(graph.me().get().select(["id", "displayName"]));
    let groups = batch.add(graph.me().transitive_member_of().list());
    let roles = batch.add(graph.role_management().directory().role_definitions().list());
    let mut answers = batch.send().await?;

    println!("{}", answers.take(me)?.display_name.as_deref().unwrap_or("nobody"));
    println!("{} objects are above me, on the first page", answers.take(groups)?.len());
    // Each request has an error of its own: what I may not read does not spoil the rest.
    match answers.take(roles) {
        Ok(roles) => println!("{} roles, on the first page", roles.len()),
        Err(error) => println!("{error}"),
    }
    Ok(())
}
