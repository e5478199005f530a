//! A client of three operations of Microsoft Graph, generated while this crate is built.
//!
//! `pim-client` has the operations that Privileged Identity Management takes. A program that needs others, or far fewer,
//! generates its own, and has the same client around them: its authentication, its errors, its types. Four things make
//! it so, and this crate has them all:
//!
//! * `Cargo.toml` depends on `pim-client`, and, to build, on `pim-gen`;
//! * `selection.toml` names the operations, and what is kept of their types;
//! * `build.rs` has [`pim_gen::Builder`](https://docs.rs/pim-gen) write the code, from Graph's metadata;
//! * this file includes what was written, and hands on what others are to see of it.
//!
//! What is generated looks as it does in `pim-client`, and begins at its [`Root`](v1_0::Root):
//!
//! ```
//! use own_selection::v1_0::Root;
//! use own_selection::v1_0::fields::unified_role_definition;
//! use own_selection::v1_0::models::{
//!     ExpirationPattern, ExpirationPatternType, RequestSchedule, UnifiedRoleAssignmentScheduleRequestCreate,
//!     UnifiedRoleScheduleRequestActions,
//! };
//! use pim_client::edm::Duration;
//! use pim_client::{BearerToken, Graph};
//!
//! # async fn activate(token: &str, me: &str) -> Result<(), Box<dyn std::error::Error>> {
//! let graph = Graph::builder(BearerToken::new(token)?).build()?;
//! let directory = Root::new(graph.connection()).role_management().directory();
//!
//! let roles = directory.role_definitions().list().filter(unified_role_definition::display_name().eq("User Administrator")).await?;
//! let role = roles.value.into_iter().find_map(|role| role.id).ok_or("there is no such role")?;
//!
//! let five_hours = ExpirationPattern::new().r#type(ExpirationPatternType::AfterDuration).duration(Duration::hours(5));
//! let order = UnifiedRoleAssignmentScheduleRequestCreate::new(UnifiedRoleScheduleRequestActions::SelfActivate, me, role)
//!     .directory_scope_id("/")
//!     .justification("A user is locked out")
//!     .schedule_info(RequestSchedule::new().expiration(five_hours));
//! let order = directory.role_assignment_schedule_requests().create(&order).await?;
//! println!("{}", order.status.unwrap_or_default());
//! # Ok(())
//! # }
//! ```

/// What `build.rs` wrote. Its style is its own.
#[allow(clippy::all, clippy::pedantic, unreachable_pub, reason = "generated")]
mod generated {
    include!(concat!(env!("OUT_DIR"), "/graph/mod.rs"));
}

pub use generated::v1_0;
