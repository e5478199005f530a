//! From the path of a request to the operation that it calls.
//!
//! The routes are those of the client's generated tables, so that what the client can call is what is served; a few
//! more are in [`EXTRA`]. Paths are read as leniently as Graph reads them: letters in any case, slashes doubled or at
//! the end, keys in parentheses, names of functions and actions with their namespace.

mod tree;

use std::sync::LazyLock;

use http::Method;
use percent_encoding::percent_decode_str;
use pim_client::Operation;

use self::tree::{Followed, Node};
use super::extra::EXTRA;

/// The versions of Graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Version {
    V1,
    Beta,
}

impl Version {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::V1 => "v1.0",
            Self::Beta => "beta",
        }
    }
}

/// What a path leads to.
#[derive(Debug)]
pub(crate) struct Route {
    pub(crate) version: Version,
    pub(crate) operation: &'static Operation,
    /// The keys and arguments in the path, in its order, decoded.
    pub(crate) parameters: Vec<String>,
}

/// Why a path leads nowhere.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum NoRoute {
    /// The first segment names no version of Graph that is served.
    Version(String),
    /// The first segment that leads nowhere.
    Segment(String),
    /// Other methods are allowed.
    Method,
}

/// Beta has what v1.0 has, and more.
static V1: LazyLock<Node> = LazyLock::new(|| Node::of(pim_client::v1_0::operations::ALL.iter().chain(EXTRA).copied()));
static BETA: LazyLock<Node> = LazyLock::new(|| {
    let beta = pim_client::beta::operations::ALL.iter();
    Node::of(beta.chain(pim_client::v1_0::operations::ALL).chain(EXTRA).copied())
});

/// Finds what `method` and `path` lead to.
pub(crate) fn find(method: &Method, path: &str, serves_beta: bool) -> Result<Route, NoRoute> {
    let mut segments = segments(path);
    if segments.is_empty() {
        return Err(NoRoute::Version(String::new()));
    }
    let version = segments.remove(0);
    let (version, tree) = match version.to_ascii_lowercase().as_str() {
        "v1.0" => (Version::V1, &*V1),
        "beta" if serves_beta => (Version::Beta, &*BETA),
        _ => return Err(NoRoute::Version(version)),
    };
    match tree.follow(method.as_str(), &segments) {
        Followed::Found(operation, parameters) => Ok(Route { version, operation, parameters }),
        Followed::OtherMethod => Err(NoRoute::Method),
        Followed::Nowhere(segment) => Err(NoRoute::Segment(segments.into_iter().nth(segment).unwrap_or_default())),
    }
}

/// The segments of a path, decoded; a key in parentheses is one of its own.
fn segments(path: &str) -> Vec<String> {
    let mut segments = Vec::new();
    for raw in path.split('/').filter(|segment| !segment.is_empty()) {
        let segment = percent_decode_str(raw).decode_utf8_lossy().into_owned();
        match key_in_parentheses(&segment) {
            Some((name, key)) => segments.extend([name.to_owned(), key]),
            None => segments.push(segment),
        }
    }
    segments
}

/// `groups('{id}')` or `groups({id})`
fn key_in_parentheses(segment: &str) -> Option<(&str, String)> {
    let (name, rest) = segment.split_once('(')?;
    let key = rest.strip_suffix(')')?;
    if key.is_empty() || key.contains('=') {
        return None;
    }
    let quoted = key.strip_prefix('\'').and_then(|key| key.strip_suffix('\''));
    Some((name, quoted.map_or_else(|| key.to_owned(), |key| key.replace("''", "'"))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(method: &str, path: &str) -> String {
        let method = method.parse().expect("a method");
        match find(&method, path, true) {
            Ok(route) => format!("{} {:?}", route.operation.path, route.parameters),
            Err(no_route) => format!("{no_route:?}"),
        }
    }

    #[test]
    fn paths_are_read_as_leniently_as_graph_reads_them() {
        let groups = "/groups/{group-id} [\"1\"]";
        let filter =
            "/roleManagement/directory/roleAssignmentScheduleRequests/filterByCurrentUser(on='{on}') [\"principal\"]";
        let members = "/groups/{group-id}/members/$ref [\"1\"]";
        for (method, path, expected) in [
            ("GET", "/v1.0/groups/1", groups),
            ("GET", "/v1.0//groups/1/", groups),
            ("GET", "/V1.0/Groups/1", groups),
            ("GET", "/v1.0/groups('1')", groups),
            ("GET", "/v1.0/groups(%271%27)", groups),
            ("POST", "/v1.0/groups/1/Members/$ref", members),
            ("POST", "/v1.0/groups/1/members/%24ref", members),
            (
                "GET",
                "/v1.0/roleManagement/directory/roleAssignmentScheduleRequests/filterByCurrentUser(on='principal')",
                filter,
            ),
            (
                "GET",
                "/v1.0/rolemanagement/directory/roleassignmentschedulerequests/microsoft.graph.FilterByCurrentUser(on=%27principal%27)",
                filter,
            ),
            ("GET", "/v1.0/groups/delta", "/groups/delta []"),
            ("GET", "/v1.0/groups/delta()", "/groups/delta []"),
            ("DELETE", "/v1.0/groups", "Method"),
            ("GET", "/v1.0/groupz", "Segment(\"groupz\")"),
            ("GET", "/v1.0/groups/1/nothing", "Segment(\"nothing\")"),
            ("GET", "/v2.0/groups", "Version(\"v2.0\")"),
            ("GET", "/", "Version(\"\")"),
        ] {
            assert_eq!(found(method, path), expected, "{method} {path}");
        }
    }

    #[test]
    fn every_operation_of_the_client_is_found_by_its_own_path() {
        for operation in pim_client::v1_0::operations::ALL.iter().chain(pim_client::beta::operations::ALL) {
            let method = operation.method.parse().expect("a method");
            let route = find(&method, &format!("/{}{}", operation.version, operation.path), true);
            let route = route.unwrap_or_else(|no_route| panic!("{operation}: {no_route:?}"));
            assert_eq!(route.operation.path, operation.path);
        }
    }
}
