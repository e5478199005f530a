//! URLs of requests, as they are recorded: absolute or relative, encoded or not, tidy or not.

use percent_encoding::percent_decode_str;

use super::call;

/// A version of Graph: its operations are looked up in a table of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Version {
    V1,
    Beta,
}

impl Version {
    fn named(segment: &str) -> Option<Self> {
        match segment.to_ascii_lowercase().as_str() {
            "v1.0" => Some(Self::V1),
            "beta" => Some(Self::Beta),
            _ => None,
        }
    }
}

/// The path of `url`, without what may be confidential or is of no interest here: the query, and where Graph is.
pub(super) fn path(url: &str) -> &str {
    let before_query = url.split(['?', '#']).next().unwrap_or_default().trim();
    match before_query.split_once("://") {
        Some((_, behind_scheme)) => behind_scheme.find('/').map_or("", |start| &behind_scheme[start..]),
        None => before_query,
    }
}

/// Every way in which `path` can be read: a version, and the decoded segments behind it.
///
/// More than one segment may be called like a version, since gateways put paths in front and objects are called what
/// people like. Where none is, as in the parts of a batch, v1.0 is meant.
pub(super) fn readings(path: &str) -> Vec<(Version, Vec<String>)> {
    let segments: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
    let from = |start: usize| segments[start..].iter().flat_map(|segment| decode(segment)).collect();
    let versions = segments.iter().enumerate().filter_map(|(index, name)| Some((Version::named(name)?, index)));
    let mut readings: Vec<_> = versions.map(|(version, index)| (version, from(index + 1))).collect();
    if readings.is_empty() {
        readings.push((Version::V1, from(0)));
    }
    readings
}

/// A segment in the way that templates have it: decoded, and a key that stands in parentheses as a segment of its own.
fn decode(segment: &str) -> Vec<String> {
    let segment = percent_decode_str(segment).decode_utf8_lossy().into_owned();
    match call::split(&segment) {
        Some((name, "")) => vec![name.to_owned()],
        Some((name, key)) if call::Call::read(&segment).is_none() => vec![name.to_owned(), key.to_owned()],
        _ => vec![segment],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(url: &str) -> (Version, Vec<String>) {
        let mut readings = readings(path(url));
        assert_eq!(readings.len(), 1, "{url}");
        readings.remove(0)
    }

    #[test]
    fn any_way_to_write_an_address_is_read() {
        for url in [
            "https://graph.microsoft.com/v1.0/groups/1/members",
            "http://127.0.0.1:8080/emulator/v1.0/groups/1/members",
            "//graph.microsoft.com/v1.0/groups/1/members",
            "/v1.0/groups/1/members",
            "v1.0/groups/1/members",
            "groups/1/members",
            "https://graph.microsoft.com/V1.0//groups/1/members/ ",
            "https://graph.microsoft.com/v1.0/groups/%31/memb%65rs?$top=1#/x",
            "https://graph.microsoft.com/v1.0/groups('1')/members?$filter=a eq 'https://b/v1.0/c'",
        ] {
            let (version, segments) = read(url);
            assert_eq!(version, Version::V1, "{url}");
            assert!(segments.concat().replace('\'', "").ends_with("groups1members"), "{url}: {segments:?}");
        }
    }

    #[test]
    fn the_version_picks_the_table() {
        assert_eq!(read("https://graph.microsoft.com/beta/me"), (Version::Beta, vec!["me".to_owned()]));
    }

    #[test]
    fn a_prefix_or_a_key_may_be_called_like_a_version() {
        let readings = readings("/beta/v1.0/groups/beta");
        let segments = ["groups", "beta"].map(str::to_owned).to_vec();
        assert!(readings.contains(&(Version::V1, segments)), "{readings:?}");
    }

    #[test]
    fn an_encoded_slash_separates_nothing() {
        assert_eq!(read("/v1.0/groups/a%2Fb").1, ["groups", "a/b"]);
    }

    #[test]
    fn calls_stay_whole() {
        let url = "/beta/roleAssignmentSchedules/filterByCurrentUser(on%3D%27principal%27)";
        assert_eq!(read(url).1, ["roleAssignmentSchedules", "filterByCurrentUser(on='principal')"]);
        assert_eq!(read("/v1.0/groups/delta()").1, ["groups", "delta"]);
    }
}
