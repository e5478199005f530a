//! Where the browser is sent back to, and with what.

use axum::response::{IntoResponse as _, Response};
use http::{HeaderValue, StatusCode, header};
use url::{Host, Url};

use super::answer::uncached;
use super::page;
use crate::identity::ApplicationAccount;
use crate::identity::fault::{Fault, quoted};

/// An address that codes may be sent to.
#[derive(Debug)]
pub(super) struct RedirectUri(Url);

/// How the answer is brought there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    Query,
    Fragment,
    FormPost,
}

impl RedirectUri {
    /// Takes an address of this machine with any port, or exactly one that is registered.
    pub(super) fn check(text: &str, application: Option<&ApplicationAccount>) -> Result<Self, Fault> {
        let is_registered =
            application.is_some_and(|application| application.redirect_uris.iter().any(|known| known == text));
        Url::parse(text)
            .ok()
            .filter(|url| url.fragment().is_none() && (is_registered || is_loopback(url)))
            .map(Self)
            .ok_or_else(|| {
                let message = format!(
                    "The redirect URI '{}' specified in the request does not match the redirect URIs configured for \
                     the application; use one on localhost, or register it.",
                    quoted(text)
                );
                Fault::invalid_request(50_011, message)
            })
    }

    /// Sends the browser there with `params`.
    pub(super) fn answer(mut self, mode: Mode, params: &[(&str, &str)]) -> Response {
        match mode {
            Mode::Query => {
                self.0.query_pairs_mut().extend_pairs(params);
            }
            Mode::Fragment => {
                let fragment = form_urlencoded::Serializer::new(String::new()).extend_pairs(params).finish();
                self.0.set_fragment(Some(&fragment));
            }
            Mode::FormPost => return page::form_post(self.0.as_str(), params),
        }
        match HeaderValue::try_from(self.0.as_str()) {
            Ok(location) => uncached((StatusCode::FOUND, [(header::LOCATION, location)]).into_response()),
            Err(_) => page::refusal(&Fault::malformed("the redirect URI cannot stand in a header.")),
        }
    }
}

impl Mode {
    pub(super) fn parse(name: Option<&str>) -> Result<Self, Fault> {
        match name {
            None | Some("query") => Ok(Self::Query),
            Some("fragment") => Ok(Self::Fragment),
            Some("form_post") => Ok(Self::FormPost),
            Some(other) => {
                let message = format!("'{}' is not a supported response_mode.", quoted(other));
                Err(Fault::invalid_request(70_007, message))
            }
        }
    }
}

/// RFC 8252: an address of this machine, where only its own programs listen.
fn is_loopback(url: &Url) -> bool {
    let is_here = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    is_here && matches!(url.scheme(), "http" | "https") && url.username().is_empty() && url.password().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_stay_on_this_machine() {
        for good in ["http://localhost", "http://localhost:52113/back?x=1", "https://127.0.0.1:1/", "http://[::1]:8080"]
        {
            assert!(RedirectUri::check(good, None).is_ok(), "{good}");
        }
        for bad in [
            "https://evil.example/",
            "http://localhost.evil.example/",
            "http://localhost@evil.example/",
            "http://evil@localhost/",
            "http://evil.example/#localhost",
            "http://localhost/#fragment",
            "javascript://localhost/%0aalert(1)",
            "//localhost",
            "localhost",
            "",
        ] {
            assert_eq!(RedirectUri::check(bad, None).unwrap_err().number, 50_011, "{bad}");
        }
    }
}
