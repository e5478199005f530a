//! Where a Graph is, and which addresses belong to it.

use url::{Host, Url};

use crate::{Cloud, Error};

/// The address in front of `/v1.0`: an origin and, behind a gateway or for an emulator, a path prefix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Endpoint {
    url: Url,
}

impl Endpoint {
    /// Reads an endpoint. What it refuses it does not repeat: somebody may have put a secret there.
    pub(crate) fn parse(text: &str) -> Result<Self, Error> {
        let mut url = Url::parse(text).map_err(|error| {
            Error::invalid_input(format!("the endpoint is not a URL: {error}; write it like {}", Cloud::Global.graph()))
        })?;
        if !matches!(url.scheme(), "https" | "http") {
            return Err(Error::invalid_input("the endpoint is not an https URL; write it like https://HOST"));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(Error::invalid_input(
                "the endpoint holds a user name or password; leave them out, Graph takes the token only",
            ));
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(Error::invalid_input("the endpoint holds a query or fragment; end it before the `?` or `#`"));
        }
        let path = url.path().trim_end_matches('/').to_owned();
        url.set_path(&path);
        Ok(Self { url })
    }

    pub(crate) fn is_plain_http(&self) -> bool {
        self.url.scheme() == "http"
    }

    /// Whether the host is this machine by definition, not by what a name server says.
    pub(crate) fn is_loopback(&self) -> bool {
        match self.url.host() {
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => address.is_loopback(),
            Some(Host::Domain(name)) => name == "localhost",
            None => false,
        }
    }

    /// Whether `url` has this endpoint's scheme, host and port. Parsed parts are compared: a prefix comparison would
    /// take `https://graph.microsoft.com.example` for ours.
    pub(crate) fn is_origin_of(&self, url: &Url) -> bool {
        self.url.origin() == url.origin()
    }

    /// Whether `url` is of this endpoint and behind `/version/`, names no user, and stays there whoever reads it.
    pub(crate) fn is_within(&self, version: &str, url: &Url) -> bool {
        let behind = url.path().strip_prefix(self.url.path().trim_end_matches('/'));
        let behind = behind.and_then(|path| path.strip_prefix('/')).and_then(|path| path.strip_prefix(version));
        let names_nobody = url.username().is_empty() && url.password().is_none();
        let stays = behind.is_some_and(|path| path.starts_with('/') && !hides_steps(path));
        self.is_origin_of(url) && names_nobody && stays
    }

    pub(crate) fn as_str(&self) -> &str {
        self.url.as_str()
    }

    pub(crate) fn version_url(&self, version: &str) -> String {
        format!("{}/{version}", self.url.as_str().trim_end_matches('/'))
    }
}

/// Whether there are steps in `path` for a server that decodes it before it splits it into segments, or that takes
/// parameters out of them. What a URL's own rules call steps was resolved when it was parsed.
fn hides_steps(path: &str) -> bool {
    let path = path.to_ascii_lowercase().replace("%2e", ".").replace("%3b", ";");
    let is_step = |segment: &str| matches!(segment.split(';').next(), Some("." | ".."));
    ["%2f", "%5c", "%25"].iter().any(|hidden| path.contains(hidden)) || path.split('/').any(is_step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trailing_slashes_are_trimmed_and_a_prefix_is_kept() {
        for (given, expected) in [
            ("https://graph.microsoft.com", "https://graph.microsoft.com/v1.0"),
            ("https://graph.microsoft.com/", "https://graph.microsoft.com/v1.0"),
            ("HTTPS://Graph.Microsoft.US:443//", "https://graph.microsoft.us/v1.0"),
            ("http://127.0.0.1:8080/emulator/graph//", "http://127.0.0.1:8080/emulator/graph/v1.0"),
        ] {
            assert_eq!(Endpoint::parse(given).unwrap().version_url("v1.0"), expected);
        }
    }

    #[test]
    fn what_is_no_endpoint_is_refused_without_being_shown() {
        for wrong in [
            "s3cr3t",
            "s3cr3t:443",
            "ftp://s3cr3t.example",
            "https://s3cr3t@graph.microsoft.com",
            "https://:s3cr3t@graph.microsoft.com",
            "https://graph.microsoft.com?s3cr3t",
            "https://graph.microsoft.com/#s3cr3t",
            "https://",
        ] {
            let error = Endpoint::parse(wrong).unwrap_err();
            assert_eq!(error.kind(), crate::ErrorKind::InvalidInput, "{wrong}");
            assert!(!format!("{error} {error:?}").contains("s3cr3t"), "{error}");
        }
    }

    #[test]
    fn only_this_machine_is_loopback() {
        for (url, expected) in [
            ("http://127.0.0.1", true),
            ("http://127.9.9.9:80", true),
            ("http://[::1]:8080", true),
            ("http://LOCALHOST:8080", true),
            ("http://localhost.example", false),
            ("http://127.0.0.1.example", false),
            ("http://128.0.0.1", false),
            ("http://[::2]", false),
            ("http://0.0.0.0", false),
        ] {
            assert_eq!(Endpoint::parse(url).unwrap().is_loopback(), expected, "{url}");
        }
    }

    #[test]
    fn an_origin_is_scheme_host_and_port() {
        let endpoint = Endpoint::parse("https://graph.microsoft.com/prefix").unwrap();
        for (url, expected) in [
            ("https://graph.microsoft.com/v1.0/groups", true),
            ("https://graph.microsoft.com:443/", true),
            ("http://graph.microsoft.com/", false),
            ("https://graph.microsoft.com:8443/", false),
            ("https://graph.microsoft.com.example/", false),
            ("https://graph.microsoft.com@example.com/", false),
        ] {
            assert_eq!(endpoint.is_origin_of(&Url::parse(url).unwrap()), expected, "{url}");
        }
    }

    #[test]
    fn what_only_looks_like_this_endpoint_is_not_within() {
        let endpoint = Endpoint::parse("https://graph.microsoft.com").unwrap();
        let behind_gateway = Endpoint::parse("https://gateway.contoso.com/graph").unwrap();
        for (endpoint, url, expected) in [
            (&endpoint, "https://graph.microsoft.com/v1.0/groups?$skiptoken=x", true),
            (&endpoint, "https://GRAPH.microsoft.com:443/v1.0/groups", true),
            (&endpoint, "https://graph.microsoft.com/beta/groups", false),
            (&endpoint, "https://graph.microsoft.com/v1.0", false),
            (&endpoint, "https://graph.microsoft.com/v1.0.example/groups", false),
            (&endpoint, "https://graph.microsoft.com/v1.0/../beta/groups", false),
            (&endpoint, "https://user@graph.microsoft.com/v1.0/groups", false),
            (&endpoint, "https://:secret@graph.microsoft.com/v1.0/groups", false),
            (&endpoint, "https://graph.microsoft.com.example/v1.0/groups", false),
            (&endpoint, "https://graph.microsoft.com@example.com/v1.0/groups", false),
            (&endpoint, "https://graph.microsoft.com:8443/v1.0/groups", false),
            (&endpoint, "http://graph.microsoft.com/v1.0/groups", false),
            (&endpoint, "https://graph.microsoft.com./v1.0/groups", false),
            (&endpoint, "https://gr\u{430}ph.microsoft.com/v1.0/groups", false),
            (&endpoint, "https://\u{ff47}raph.microsoft.com/v1.0/groups", true),
            (&endpoint, "https://graph.micro\tsoft.com/v1.0/gro\nups", true),
            (&endpoint, "https://graph.microsoft.com/v1.0\\..\\beta/groups", false),
            (&endpoint, "https://graph.microsoft.com/v1.0/%2E%2e/beta/groups", false),
            (&endpoint, "https://graph.microsoft.com/v1.0/..%2fbeta/groups", false),
            (&endpoint, "https://graph.microsoft.com/v1.0/..%5Cbeta/groups", false),
            (&endpoint, "https://graph.microsoft.com/v1.0/%252e%252e/beta/groups", false),
            (&endpoint, "https://graph.microsoft.com/v1.0/..;/beta/groups", false),
            (&endpoint, "https://graph.microsoft.com/v1.0/.%2e%3Bx=1/beta/groups", false),
            (&endpoint, "https://graph.microsoft.com/v1.0/groups/a..b/f(on='x%2Ey')?$skiptoken=a%2Fb%252e", true),
            (&behind_gateway, "https://gateway.contoso.com/graph/v1.0/groups", true),
            (&behind_gateway, "https://gateway.contoso.com/v1.0/groups", false),
            (&behind_gateway, "https://gateway.contoso.com/graphs/v1.0/groups", false),
        ] {
            assert_eq!(endpoint.is_within("v1.0", &Url::parse(url).unwrap()), expected, "{url}");
        }
    }
}
