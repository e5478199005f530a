//! Requests as the community's tools send them, byte for byte, and what their code reads from the answers.
//!
//! Graph takes letters of any case in paths and names, slashes too many, and much else that no reference promises; tools
//! rely on it. In the tables, `<name>` stands for an id, of the tenant or kept from an earlier answer.

mod bodies;
mod exchange;
mod paths;
mod queries;
mod strangers;

use exchange::{Exchange, Wire};

async fn play(exchanges: &[Exchange]) {
    let mut wire = Wire::new().await;
    for exchange in exchanges {
        wire.play(exchange).await;
    }
}

#[tokio::test]
async fn bodies_are_taken_as_tools_send_them() {
    play(bodies::ROLES).await;
    play(bodies::GROUPS).await;
    play(bodies::POLICIES).await;
}

#[tokio::test]
async fn paths_and_headers_are_taken_as_tools_send_them() {
    play(paths::ALL).await;
}

#[tokio::test]
async fn queries_are_answered_as_tools_ask_them() {
    play(queries::ALL).await;
}
