//! Addresses that metadata is fetched from: https only, no credentials, and no way from there to anything less.

use std::fmt;

use clap::ValueEnum;
use pim_gen::{Error, Result};
use url::{Host, Url};

/// One of Microsoft's clouds. Their addresses are those of the client's `Cloud`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Cloud {
    /// Everybody's, at graph.microsoft.com
    Global,
    /// US Government L4 (GCC High), at graph.microsoft.us
    Usgov,
    /// US Government L5, the Department of Defense's, at dod-graph.microsoft.us
    Dod,
    /// China, operated by 21Vianet, at microsoftgraph.chinacloudapi.cn
    China,
}

impl Cloud {
    /// What it is called on the command line and in the cache.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Global => "global",
            Self::Usgov => "usgov",
            Self::Dod => "dod",
            Self::China => "china",
        }
    }

    const fn graph(self) -> &'static str {
        match self {
            Self::Global => "https://graph.microsoft.com",
            Self::Usgov => "https://graph.microsoft.us",
            Self::Dod => "https://dod-graph.microsoft.us",
            Self::China => "https://microsoftgraph.chinacloudapi.cn",
        }
    }
}

/// An address that may be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Address(Url);

impl Address {
    /// Reads an address, and refuses what would not be asked.
    pub(crate) fn parse(text: &str) -> Result<Self> {
        let url =
            Url::parse(text).map_err(|error| Error::new(format!("{text} is no address ({error}); write https://…")))?;
        Self::checked(url).map_err(Error::new)
    }

    /// Where `cloud` has the metadata of `version`.
    pub(crate) fn of(cloud: Cloud, version: &str) -> Result<Self> {
        Self::parse(&format!("{}/{version}/$metadata", cloud.graph()))
    }

    /// The metadata of `version` at `text`, which is the address of the document, or of the version: one that ends with
    /// the version's name.
    pub(crate) fn given(text: &str, version: &str) -> Result<Self> {
        let Self(mut url) = Self::parse(text)?;
        let root = url.path().trim_end_matches('/').to_owned();
        if root.rsplit('/').next() == Some(version) {
            url.set_path(&format!("{root}/$metadata"));
        }
        Ok(Self(url))
    }

    /// Where a redirect leads that was found here. Fails, saying why, where it is not followed.
    pub(crate) fn redirected(&self, location: &str) -> Result<Self, String> {
        let url = self.0.join(location).map_err(|error| format!("it redirects to {location:?}: {error}"))?;
        if self.0.scheme() == "https" && url.scheme() != "https" {
            let to = Self(url).shown();
            return Err(format!("it redirects from https to {to}, which is not encrypted; that is not followed"));
        }
        Self::checked(url).map_err(|error| format!("it redirects, which is not followed: {error}"))
    }

    /// What is fetched decides what code is generated, and nobody is to read along with a password.
    fn checked(mut url: Url) -> Result<Self, String> {
        url.set_fragment(None);
        if !url.username().is_empty() || url.password().is_some() {
            let _ = url.set_username("").and_then(|()| url.set_password(None));
            return Err(format!(
                "the address {url} has a name or a password in it; metadata is public, leave them out"
            ));
        }
        let address = Self(url);
        match address.0.scheme() {
            "https" => Ok(address),
            "http" if address.is_loopback() => Ok(address),
            "http" => Err(format!("{address} is not encrypted; use https://, or download it and give the file")),
            other => Err(format!("{address} is fetched with {other}; use https://, or download it and give the file")),
        }
    }

    /// Whether it is on this machine.
    pub(crate) fn is_loopback(&self) -> bool {
        match self.0.host() {
            Some(Host::Domain(name)) => name == "localhost",
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => address.is_loopback(),
            None => false,
        }
    }

    /// The host, and its port if it is not the usual one.
    pub(crate) fn host(&self) -> String {
        let host = self.0.host_str().unwrap_or_default();
        self.0.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
    }

    /// The cloud whose Graph is at this host.
    pub(crate) fn cloud(&self) -> Option<Cloud> {
        let origin = self.0.origin().ascii_serialization();
        Cloud::value_variants().iter().copied().find(|cloud| cloud.graph() == origin)
    }

    /// What its folder in the cache is called: the cloud's name or the host's.
    pub(crate) fn folder(&self) -> String {
        let is_plain = |at: usize, c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.' && at > 0;
        let host = self.host();
        // A host that begins with a dot could be the folder around the cache.
        let named = || host.char_indices().map(|(at, c)| if is_plain(at, c) { c } else { '-' }).collect();
        self.cloud().map_or_else(named, |cloud| cloud.name().to_owned())
    }

    /// The address without its query, which may be a signature that a redirect brought.
    pub(crate) fn shown(&self) -> String {
        let mut url = self.0.clone();
        url.set_query(None);
        url.into()
    }

    /// The whole of it.
    pub(crate) fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> Address {
        Address::parse(text).unwrap()
    }

    fn refused(text: &str) -> String {
        Address::parse(text).unwrap_err().to_string()
    }

    #[test]
    fn the_clouds_are_where_the_client_looks_for_them() {
        let client = include_str!("../../../crates/pim-client/src/cloud.rs");
        for cloud in Cloud::value_variants() {
            assert!(client.contains(&format!("=> \"{}\",", cloud.graph())), "{cloud:?}");
        }
    }

    #[test]
    fn a_cloud_has_its_metadata_below_the_version() {
        let dod = Address::of(Cloud::Dod, "beta").unwrap();
        assert_eq!(dod.as_str(), "https://dod-graph.microsoft.us/beta/$metadata");
        assert_eq!(dod.folder(), "dod");
    }

    #[test]
    fn an_address_is_that_of_the_version_or_of_the_document() {
        for (given, asked) in [
            ("https://graph.example/v1.0", "https://graph.example/v1.0/$metadata"),
            ("https://graph.example/v1.0/", "https://graph.example/v1.0/$metadata"),
            ("https://graph.example/v1.0/$metadata", "https://graph.example/v1.0/$metadata"),
            ("https://graph.example/raw/clean.xml?raw=true#L1", "https://graph.example/raw/clean.xml?raw=true"),
            ("https://graph.example/beta", "https://graph.example/beta"),
        ] {
            assert_eq!(Address::given(given, "v1.0").unwrap().as_str(), asked);
        }
    }

    #[test]
    fn what_is_not_encrypted_is_asked_on_this_machine_only() {
        for own in ["http://127.0.0.1:8080/v1.0", "http://localhost/v1.0", "http://[::1]:8080/v1.0"] {
            assert!(address(own).is_loopback(), "{own}");
        }
        for other in ["http://graph.example/", "http://127.0.0.1.graph.example/", "http://localhost.example/"] {
            assert!(refused(other).ends_with("is not encrypted; use https://, or download it and give the file"));
        }
        assert!(refused("ftp://graph.example/").contains("is fetched with ftp; use https://"));
        assert!(refused("file:///etc/passwd").contains("is fetched with file; use https://"));
    }

    #[test]
    fn credentials_are_refused_and_not_repeated() {
        for given in ["https://me:secret@graph.example/", "https://secret@graph.example/"] {
            let error = refused(given);
            assert!(!error.contains("secret"), "{error}");
        }
    }

    #[test]
    fn a_redirect_goes_to_what_could_have_been_asked() {
        let from = address("https://graph.example/v1.0/$metadata");
        assert_eq!(from.redirected("/v2.0/$metadata").unwrap().as_str(), "https://graph.example/v2.0/$metadata");
        assert_eq!(from.redirected("//cdn.example/x?sig=1").unwrap().shown(), "https://cdn.example/x");
        for refused in
            ["http://graph.example/", "http://127.0.0.1/", "ftp://graph.example/", "https://a:b@cdn.example/"]
        {
            assert!(from.redirected(refused).is_err(), "{refused}");
        }
    }

    #[test]
    fn another_host_has_a_folder_of_its_own() {
        assert_eq!(address("https://graph.microsoft.com/elsewhere").folder(), "global");
        assert_eq!(address("https://graph.microsoft.com:8443/").folder(), "graph.microsoft.com-8443");
        assert_eq!(address("http://[::1]:80/").folder(), "---1-");
        assert_eq!(address("https://../v1.0").folder(), "-.");
        assert_eq!(address("https://graph.microsoft.com.example/").folder(), "graph.microsoft.com.example");
    }
}
