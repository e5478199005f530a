//! Where clients reach the emulator.

use std::str::FromStr;

use url::Url;

/// A scheme, a host and perhaps a port, such as `https://pim.example:8443`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Origin(String);

/// What is no origin.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no origin; give a scheme and a host, such as https://pim.example:8443, without a path")]
pub(crate) struct NoOrigin(String);

impl Origin {
    /// As a browser writes it: in lower case, and without a port that is the scheme's own.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Origin {
    type Err = NoOrigin;

    fn from_str(text: &str) -> Result<Self, NoOrigin> {
        let url = Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
        // An address that says more would be shortened to something that nobody meant.
        let is_bare = |url: &Url| {
            url.path() == "/" && url.query().is_none() && url.fragment().is_none() && url.authority() == host_of(url)
        };
        let origin = url.filter(is_bare).map(|url| Self(url.origin().ascii_serialization()));
        origin.ok_or_else(|| NoOrigin(text.to_owned()))
    }
}

/// Host and port, without the name of a user.
fn host_of(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_written_as_browsers_write_it() {
        for (given, written) in [
            ("https://pim.example", "https://pim.example"),
            ("https://PIM.example:443/", "https://pim.example"),
            ("http://localhost:8080", "http://localhost:8080"),
            ("http://[::1]:8080/", "http://[::1]:8080"),
        ] {
            assert_eq!(given.parse::<Origin>().unwrap().as_str(), written);
        }
    }

    #[test]
    fn what_is_none_or_says_more_is_refused_in_one_line() {
        for text in [
            "",
            "pim.example",
            "pim.example:8443",
            "//pim.example",
            "ftp://pim.example",
            "file:///tmp",
            "https://",
            "https://pim.example/graph",
            "https://pim.example?x=1",
            "https://pim.example/#x",
            "https://user@pim.example",
            "https://user:password@pim.example",
            "https://pim.example\nX: y/",
        ] {
            let refused = text.parse::<Origin>().expect_err(text).to_string();
            assert!(refused.contains("is no origin") && !refused.contains('\n'), "{refused}");
        }
    }
}
