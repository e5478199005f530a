//! Which operation a request is for, and which types its bodies have.

use pim_client::Operation;
use pim_client::exchange::Bodies;
use pim_client::{beta, v1_0};

use super::address::{self, Version};
use super::template;

/// The operation that a request is for, and the types of its bodies; nothing, if the client has no such operation.
#[must_use]
pub fn find(method: &str, url: &str) -> Option<(&'static Operation, Bodies)> {
    address::readings(address::path(url)).into_iter().find_map(|(version, segments)| {
        let operation = best_fit(operations(version), method, &segments)?;
        Some((operation, bodies(version, operation.id)?))
    })
}

fn best_fit(operations: &[&'static Operation], method: &str, segments: &[String]) -> Option<&'static Operation> {
    operations
        .iter()
        .filter(|operation| operation.method.eq_ignore_ascii_case(method))
        .filter_map(|operation| Some((template::fit(operation.path, segments)?, *operation)))
        .max_by(|(a, _), (b, _)| a.cmp(b))
        .map(|(_, operation)| operation)
}

fn operations(version: Version) -> &'static [&'static Operation] {
    match version {
        Version::V1 => v1_0::operations::ALL,
        Version::Beta => beta::operations::ALL,
    }
}

fn bodies(version: Version, id: &str) -> Option<Bodies> {
    match version {
        Version::V1 => v1_0::exchange::bodies(id),
        Version::Beta => beta::exchange::bodies(id),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(method: &str, path: &str) -> Option<&'static str> {
        find(method, path).map(|(operation, _)| operation.id)
    }

    #[test]
    fn every_operation_is_found_by_its_own_template() {
        for (version, name) in [(Version::V1, "v1.0"), (Version::Beta, "beta")] {
            for operation in operations(version) {
                let path = format!("/{name}{}", operation.path);
                assert_eq!(id(operation.method, &path), Some(operation.id), "{operation}");
            }
        }
    }

    #[test]
    fn names_win_over_keys() {
        assert_eq!(id("GET", "/v1.0/groups/delta"), Some("groups_delta"));
        assert_eq!(id("GET", "/v1.0/groups/$count"), Some("groups_count"));
        assert_eq!(id("GET", "/v1.0/groups/1"), Some("groups_get"));
    }

    #[test]
    fn a_prefix_that_is_called_like_a_version_is_none() {
        assert_eq!(id("get", "/beta/gateway/v1.0/me/"), Some("me_get"));
    }

    #[test]
    fn what_the_client_does_not_have_is_not_found() {
        assert_eq!(id("GET", "/v1.0/applications"), None);
        assert_eq!(id("PUT", "/v1.0/groups/1"), None);
        assert_eq!(id("GET", "/beta/auditLogs/directoryAudits"), None);
    }
}
