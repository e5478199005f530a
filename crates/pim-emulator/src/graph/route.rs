//! From the path of a request to the operation that it calls.
//!
//! The routes are those of the client's generated tables, so that what the client can call is what is served; a few
//! more are in [`EXTRA`]. Paths are read as leniently as Graph reads them: letters in any case, slashes doubled or at
//! the end, keys in parentheses, names of functions and actions with their namespace.

use std::sync::LazyLock;

use http::Method;
use percent_encoding::percent_decode_str;
use pim_client::Operation;

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

/// A segment of a template.
enum Part {
    Name(&'static str),
    /// A function with its one argument: `filterByCurrentUser(on='{on}')`.
    Function {
        name: &'static str,
        argument: &'static str,
    },
    Key,
}

struct Template {
    operation: &'static Operation,
    parts: Vec<Part>,
}

/// Beta has what v1.0 has, and more.
static V1: LazyLock<Vec<Template>> =
    LazyLock::new(|| templates(pim_client::v1_0::operations::ALL.iter().chain(EXTRA).copied()));
static BETA: LazyLock<Vec<Template>> = LazyLock::new(|| {
    let beta = pim_client::beta::operations::ALL.iter();
    templates(beta.chain(pim_client::v1_0::operations::ALL).chain(EXTRA).copied())
});

fn templates(operations: impl Iterator<Item = &'static Operation>) -> Vec<Template> {
    operations.map(|operation| Template { operation, parts: parts(operation.path) }).collect()
}

fn parts(path: &'static str) -> Vec<Part> {
    path.split('/').filter(|segment| !segment.is_empty()).map(part).collect()
}

fn part(segment: &'static str) -> Part {
    if segment.starts_with('{') {
        return Part::Key;
    }
    match segment.split_once('(') {
        Some((name, rest)) => match rest.split_once('=') {
            Some((argument, _)) => Part::Function { name, argument },
            None => Part::Name(name),
        },
        None => Part::Name(segment),
    }
}

/// Finds what `method` and `path` lead to.
pub(crate) fn find(method: &Method, path: &str, serves_beta: bool) -> Result<Route, NoRoute> {
    let mut segments = segments(path);
    if segments.is_empty() {
        return Err(NoRoute::Version(String::new()));
    }
    let version = segments.remove(0);
    let (version, templates) = match version.to_ascii_lowercase().as_str() {
        "v1.0" => (Version::V1, &*V1),
        "beta" if serves_beta => (Version::Beta, &*BETA),
        _ => return Err(NoRoute::Version(version)),
    };
    let mut other_method = false;
    let mut farthest = 0;
    let mut best: Option<(&Template, Vec<String>)> = None;
    for template in templates {
        match matched(template, &segments) {
            Ok(_) if template.operation.method != method.as_str() => other_method = true,
            // A name counts more than a key that could be spelled alike.
            Ok(parameters) if best.as_ref().is_none_or(|(_, known)| parameters.len() < known.len()) => {
                best = Some((template, parameters));
            }
            Ok(_) => {}
            Err(segment) => farthest = farthest.max(segment),
        }
    }
    match best {
        Some((template, parameters)) => Ok(Route { version, operation: template.operation, parameters }),
        None if other_method => Err(NoRoute::Method),
        None => Err(NoRoute::Segment(segments.into_iter().nth(farthest).unwrap_or_default())),
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

/// The parameters, if the segments are those of the template; else the first segment that is not.
fn matched(template: &Template, segments: &[String]) -> Result<Vec<String>, usize> {
    let mut parameters = Vec::new();
    for (index, part) in template.parts.iter().enumerate() {
        let Some(segment) = segments.get(index) else { return Err(index.saturating_sub(1)) };
        match part {
            Part::Key => parameters.push(segment.clone()),
            Part::Name(name) if is_named(segment, name) => {}
            Part::Function { name, argument } => parameters.push(call(segment, name, argument).ok_or(index)?),
            Part::Name(_) => return Err(index),
        }
    }
    if segments.len() > template.parts.len() { Err(template.parts.len()) } else { Ok(parameters) }
}

/// Whether a segment has the name, in any letter case, with or without the namespace, with or without `()`.
fn is_named(segment: &str, name: &str) -> bool {
    const NAMESPACE: &str = "microsoft.graph.";
    let segment = segment.strip_suffix("()").unwrap_or(segment);
    let bare = |text: &str| match text.get(..NAMESPACE.len()) {
        Some(start) if start.eq_ignore_ascii_case(NAMESPACE) => NAMESPACE.len(),
        _ => 0,
    };
    segment[bare(segment)..].eq_ignore_ascii_case(&name[bare(name)..])
}

/// The argument of a call of the function `name`.
fn call(segment: &str, name: &str, argument: &str) -> Option<String> {
    let (called, rest) = segment.split_once('(')?;
    let (given, value) = rest.strip_suffix(')')?.split_once('=')?;
    if !is_named(called, name) || !given.trim().eq_ignore_ascii_case(argument) {
        return None;
    }
    let value = value.trim();
    let quoted = value.strip_prefix('\'').and_then(|value| value.strip_suffix('\''));
    Some(quoted.unwrap_or(value).replace("''", "'"))
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
