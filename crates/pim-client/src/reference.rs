use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;

use progenitor_client::encode_path;
use serde::ser::SerializeMap as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use url::Url;

use crate::path;
use crate::{Error, ErrorKind, Id, InvalidKey, SubtypeOf};

/// The URL of a `T`, by which another entity refers to it: in `owners@odata.bind` when that one is created, or in a
/// [`RefBody`] when it is already there.
///
/// ```
/// use pim_client::Reference;
/// use url::Url;
///
/// enum DirectoryObject {}
///
/// let graph = Url::parse("https://graph.microsoft.com/v1.0")?;
/// let owner = Reference::<DirectoryObject>::new(&graph, &["directoryObjects", "9b6c9bd6"])?;
/// assert_eq!(owner.as_str(), "https://graph.microsoft.com/v1.0/directoryObjects/9b6c9bd6");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Reference<T> {
    url: Box<str>,
    /// As in [`Id`](crate::Id).
    to: PhantomData<fn() -> T>,
}

impl<T> Reference<T> {
    /// A reference to what is at a path below `base`, the root of the service. Refuses segments that are none.
    pub fn new(base: &Url, segments: &[&str]) -> Result<Self, InvalidKey> {
        let mut url = base.as_str().trim_end_matches('/').to_owned();
        for value in segments {
            url.push('/');
            url.push_str(&encode_path(path::segment(value)?));
        }
        Ok(Self { url: url.into(), to: PhantomData })
    }

    /// The URL.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.url
    }

    /// The same reference, to what `T` derives from.
    #[must_use]
    pub fn upcast<Base>(self) -> Reference<Base>
    where
        T: SubtypeOf<Base>,
    {
        Reference { url: self.url, to: PhantomData }
    }
}

impl<T> fmt::Display for Reference<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.url)
    }
}

impl<T> fmt::Debug for Reference<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Reference").field(&self.url).finish()
    }
}

// Written out rather than derived: what holds for a URL holds whatever `T` is.

impl<T> Clone for Reference<T> {
    fn clone(&self) -> Self {
        Self { url: self.url.clone(), to: PhantomData }
    }
}

impl<T> PartialEq for Reference<T> {
    fn eq(&self, other: &Self) -> bool {
        self.url == other.url
    }
}

impl<T> Eq for Reference<T> {}

impl<T> Hash for Reference<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.url.hash(state);
    }
}

impl<T> Serialize for Reference<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.url)
    }
}

impl<'de, T> Deserialize<'de> for Reference<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self { url: Box::deserialize(deserializer)?, to: PhantomData })
    }
}

/// The address of the entity with the key `key` in the entity set `set`, below the address `version` of a version.
#[doc(hidden)]
pub fn reference<T>(version: &str, set: &str, key: &Id<T>) -> Result<Reference<T>, Error> {
    let base = Url::parse(version).map_err(|_| Error::new(ErrorKind::InvalidInput, "the endpoint is no address"))?;
    Reference::new(&base, &[set, key.as_str()]).map_err(|error| Error::new(ErrorKind::InvalidInput, error.to_string()))
}

/// The body of a request that adds a reference to a collection, or replaces one: `{"@odata.id": "https://…"}`.
#[derive(Debug)]
pub struct RefBody<T>(pub Reference<T>);

/// The members of a [`RefBody`]: there can be no others, so none is lost.
#[derive(Deserialize)]
#[serde(bound = "", deny_unknown_fields)]
struct RefMembers<T> {
    #[serde(rename = "@odata.id")]
    id: Reference<T>,
}

impl<T> From<Reference<T>> for RefBody<T> {
    fn from(reference: Reference<T>) -> Self {
        Self(reference)
    }
}

impl<T> Serialize for RefBody<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        map.serialize_entry("@odata.id", &self.0)?;
        map.end()
    }
}

impl<'de, T> Deserialize<'de> for RefBody<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        RefMembers::deserialize(deserializer).map(|members| Self(members.id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct User;
    struct DirectoryObject;
    impl SubtypeOf<DirectoryObject> for User {}

    fn user(segments: &[&str]) -> Result<Reference<User>, InvalidKey> {
        Reference::new(&Url::parse("https://example.com/v1.0/").unwrap(), segments)
    }

    #[test]
    fn is_a_url_below_the_root_of_the_service() {
        assert_eq!(user(&["users", "1"]).unwrap().as_str(), "https://example.com/v1.0/users/1");
        assert_eq!(user(&["users", "a b?"]).unwrap().as_str(), "https://example.com/v1.0/users/a%20b%3F");
        user(&["users", ".."]).unwrap_err();
    }

    #[test]
    fn is_read_from_any_text() {
        let reference: Reference<User> = serde_json::from_str(r#""users/1""#).unwrap();
        assert_eq!(serde_json::to_string(&reference).unwrap(), r#""users/1""#);
        assert_eq!(format!("{reference:?}"), r#"Reference("users/1")"#);
    }

    #[test]
    fn upcasts_to_what_its_type_derives_from() {
        let reference: Reference<DirectoryObject> = user(&["users", "1"]).unwrap().upcast();
        assert_eq!(reference.to_string(), "https://example.com/v1.0/users/1");
    }

    #[test]
    fn is_a_body_of_its_own() {
        let body = RefBody::from(user(&["users", "1"]).unwrap());
        let json = r#"{"@odata.id":"https://example.com/v1.0/users/1"}"#;
        assert_eq!(serde_json::to_string(&body).unwrap(), json);
        assert_eq!(serde_json::from_str::<RefBody<User>>(json).unwrap().0, body.0);
        serde_json::from_str::<RefBody<User>>(r#"{"@odata.id":"users/1","more":1}"#).map(|_| ()).unwrap_err();
    }
}
