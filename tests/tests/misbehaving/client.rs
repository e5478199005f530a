//! The client that the servers are to mislead, and what it asks.

use std::time::Duration;

use pim_client::auth::TokenProvider;
use pim_client::v1_0::models::{
    PasswordProfile, UnifiedRoleAssignmentScheduleRequest, UnifiedRoleAssignmentScheduleRequestCreate,
    UnifiedRoleScheduleRequestActions, User, UserCreate,
};
use pim_client::{BearerToken, Graph, GraphBuilder, Result, RetryPolicy};

use crate::secrets::{SAID, TOKEN, Wary, read_along};
use crate::server::Server;

/// How often [`soon`] lets a request be sent.
pub(crate) const TRIES: u32 = 5;

/// A policy that keeps no test waiting.
pub(crate) fn soon() -> RetryPolicy {
    RetryPolicy::default().max_tries(TRIES).base_delay(Duration::from_millis(1)).max_delay(Duration::from_millis(5))
}

pub(crate) fn token() -> BearerToken {
    BearerToken::new(TOKEN).expect("a token")
}

/// A client with the fixed token, before it is built.
pub(crate) fn client_at(url: &str) -> GraphBuilder {
    client_with(token(), url)
}

/// A client with the tokens of a provider, before it is built.
pub(crate) fn client_with(provider: impl TokenProvider, url: &str) -> GraphBuilder {
    read_along();
    Graph::builder(provider).endpoint(url).expect("an endpoint").retry(soon()).observer(Wary)
}

/// A client of `server`.
pub(crate) fn client(server: &Server) -> Graph {
    client_at(&server.url()).build().expect("a client")
}

/// Reads one object.
pub(crate) async fn read(graph: &Graph) -> Result<User> {
    graph.users().by_id("1").get().await
}

/// Activates a role: a `POST` whose body holds what must show nowhere.
pub(crate) async fn activate(graph: &Graph) -> Result<UnifiedRoleAssignmentScheduleRequest> {
    let activation = UnifiedRoleAssignmentScheduleRequestCreate::new(
        UnifiedRoleScheduleRequestActions::SelfActivate,
        "071cc716-8147-4397-a5ba-b2105951cc0b",
        "fe930be7-5e62-47db-91af-98c3a49a38b1",
    )
    .justification(SAID);
    graph.role_management().directory().role_assignment_schedule_requests().create(&activation).await
}

/// Creates a user with a password: another such `POST`.
pub(crate) async fn create_user(graph: &Graph) -> Result<User> {
    let profile = PasswordProfile::new().password(SAID);
    graph.users().create(&UserCreate::new(true, "Aline Dupuy", "AlineD", profile, "AlineD@contoso.com")).await
}
