//! From an operation to the code that does it.

use std::collections::HashMap;
use std::sync::LazyLock;

use http::StatusCode;
use pim_client::Operation;

use super::context::Context;
use super::error::{GraphError, Result};
use super::exchange::Answer;
use super::extra::EXTRA;
use super::route::Route;
use super::{alerts, approvals, audits, directory, entitlement, pim, policies, roles};

/// Does an operation.
pub(crate) type Handler = fn(&Context<'_>) -> Result<Answer>;

/// A method, the template of a path with `{}` for each key, and what does it.
pub(crate) type Entry = (&'static str, &'static str, Handler);

/// What is done, by method and by the path of the operation.
static HANDLERS: LazyLock<HashMap<(&str, &str), Handler>> = LazyLock::new(|| {
    let handlers: HashMap<_, _> = FAMILIES.iter().flat_map(|family| family.iter()).map(keyed).collect();
    let by_operation = |operation: &'static Operation| {
        let handler = handlers.get(&(operation.method, without_names(operation.path)))?;
        Some(((operation.method, operation.path), *handler))
    };
    operations().filter_map(by_operation).collect()
});

const FAMILIES: &[&[Entry]] = &[
    pim::ROLES,
    pim::GROUPS,
    policies::POLICIES,
    approvals::GROUPS,
    approvals::ROLES,
    alerts::ALERTS,
    roles::DEFINITIONS,
    roles::ASSIGNMENTS,
    roles::NAMESPACES,
    entitlement::ENTITLEMENTS,
    audits::AUDITS,
    directory::OBJECTS,
    directory::MEMBERSHIPS,
    directory::CIRCLES,
];

fn keyed((method, path, handler): &Entry) -> ((&'static str, String), Handler) {
    ((*method, (*path).to_owned()), *handler)
}

/// All operations that there are.
fn operations() -> impl Iterator<Item = &'static Operation> {
    let v1 = pim_client::v1_0::operations::ALL.iter();
    v1.chain(pim_client::beta::operations::ALL).chain(EXTRA).copied()
}

/// A template without the names of its keys.
fn without_names(path: &str) -> String {
    let segments = path.split('/').map(|segment| if segment.starts_with('{') { "{}" } else { segment });
    segments.collect::<Vec<_>>().join("/")
}

/// What does the operation of a route.
pub(crate) fn handler(route: &Route) -> Result<Handler> {
    let operation = route.operation;
    HANDLERS.get(&(operation.method, operation.path)).copied().ok_or_else(|| {
        let message = format!("{operation} is not emulated.");
        GraphError::new(StatusCode::NOT_IMPLEMENTED, "notImplemented", message)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_of_the_client_is_served() {
        let missing: Vec<_> = operations()
            .filter(|operation| !HANDLERS.contains_key(&(operation.method, operation.path)))
            .map(ToString::to_string)
            .collect();
        assert!(missing.is_empty(), "{missing:#?}");
    }

    #[test]
    fn every_handler_serves_an_operation() {
        let paths: Vec<_> = operations().map(|operation| (operation.method, without_names(operation.path))).collect();
        for entry in FAMILIES.iter().flat_map(|family| family.iter()) {
            let (route, _) = keyed(entry);
            assert!(paths.contains(&route), "{route:?}");
        }
    }
}
