//! Queries: which objects of a collection, in which order, and how much of each.
//!
//! Every type that Graph returns has a module of functions in `fields`, such as
//! [`v1_0::fields::group`](crate::v1_0::fields::group), one for each of its properties. They return [`Field`]s, from which
//! `$filter`, `$select`, `$expand`, `$orderby` and `$search` are made:
//!
//! ```
//! use pim_client::edm::DateTimeOffset;
//! use pim_client::v1_0::fields::{directory_object, unified_role_assignment_schedule_request as request, user};
//! use pim_client::Graph;
//!
//! # async fn pending(graph: &Graph, since: DateTimeOffset) -> pim_client::Result<()> {
//! let requests = graph.role_management().directory().role_assignment_schedule_requests();
//! let pending = requests
//!     .list()
//!     .filter(request::status().eq("PendingApproval").and(request::created_date_time().ge(since)))
//!     .select((request::id(), request::principal_id(), request::justification()))
//!     .expand((request::role_definition(), request::principal().select((directory_object::id(), user::display_name()))))
//!     .order_by(request::created_date_time().desc())
//!     .await?;
//! # Ok(())
//! # }
//! ```
//!
//! A field knows the type that it belongs to, and the type of its values. A query with a field of something else, or with
//! a value that the property cannot have, does not compile:
//!
//! ```compile_fail,E0277
//! use pim_client::v1_0::fields::unified_role_assignment as role_assignment;
//! role_assignment::principal_id().eq(5);
//! ```
//!
//! ```compile_fail,E0277
//! # use pim_client::Graph;
//! use pim_client::v1_0::fields::{group, unified_role_assignment as role_assignment};
//! # fn list(graph: &Graph) {
//! graph.groups().list().filter(role_assignment::principal_id().eq("1"));
//! # }
//! ```
//!
//! ```compile_fail,E0277
//! # use pim_client::Graph;
//! use pim_client::v1_0::fields::{group, unified_role_assignment as role_assignment};
//! # fn list(graph: &Graph) {
//! graph.groups().list().select((group::id(), role_assignment::principal_id()));
//! # }
//! ```
//!
//! What a type allows, Graph may still refuse: which properties of a collection can be compared, and how, is in the
//! reference page of the collection. Text in OData's own syntax can stand for each part of a query, and then is sent as it
//! is.
//!
//! The syntax is that of [Graph's query parameters](https://learn.microsoft.com/graph/query-parameters) and
//! [filters](https://learn.microsoft.com/graph/filter-query-parameter). What
//! [advanced queries](https://learn.microsoft.com/graph/aad-advanced-queries) of directory objects need besides is added
//! when the request is sent: see [`List`](crate::List).

mod collection;
mod comparison;
mod expand;
mod field;
mod filter;
mod items;
mod literal;
mod order;
mod path;
mod relation;
mod search;
mod select;

pub use collection::{Collection, item};
pub use expand::{Expand, Expansion};
pub use field::{Field, SingleValued, Structured};
pub use filter::{Filter, not};
pub(crate) use items::Items;
#[doc(hidden)]
pub use literal::quoted;
pub use literal::{Binary, Guid, Literal, Ordered};
pub use order::{Order, OrderBy};
pub use path::{Item, Name, Path, Size, Then};
pub use relation::{Related, Relation, Relations};
pub use search::Search;
pub use select::Select;
