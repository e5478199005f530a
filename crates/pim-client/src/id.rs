use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::str::FromStr;

use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};

use crate::path;
use crate::{InvalidKey, SubtypeOf};

/// The key of a `T`: its property `id`.
///
/// A key is whatever Graph says it is, so any text can be one; whether it is fit for the path of a URL is checked when
/// a request is made from it. The type keeps the key of one thing from being taken for that of another:
///
/// ```
/// use pim_client::Id;
///
/// enum User {}
/// fn delete(user: &Id<User>) {}
///
/// let user: Id<User> = "9b6c9bd6-1d9f-4c4c-a7bb-8ed3c5cd9d0f".into();
/// delete(&user);
/// assert_eq!(user, "9b6c9bd6-1d9f-4c4c-a7bb-8ed3c5cd9d0f");
/// ```
pub struct Id<T> {
    key: Box<str>,
    /// An `Id<T>` has no `T`, and is `Send` and `Sync` whatever `T` is.
    of: PhantomData<fn() -> T>,
}

impl<T> Id<T> {
    /// The key as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.key
    }

    /// The same key, of what `T` derives from.
    #[must_use]
    pub fn upcast<Base>(self) -> Id<Base>
    where
        T: SubtypeOf<Base>,
    {
        Id { key: self.key, of: PhantomData }
    }

    /// The key as a path segment, still to be percent-encoded: refused if it would not stay in its segment.
    #[doc(hidden)]
    pub fn segment(&self) -> Result<&str, InvalidKey> {
        path::segment(&self.key)
    }
}

impl<T> From<&str> for Id<T> {
    fn from(key: &str) -> Self {
        Self { key: key.into(), of: PhantomData }
    }
}

impl<T> From<String> for Id<T> {
    fn from(key: String) -> Self {
        Self { key: key.into(), of: PhantomData }
    }
}

impl<T> From<&Self> for Id<T> {
    fn from(id: &Self) -> Self {
        id.clone()
    }
}

impl<T> FromStr for Id<T> {
    type Err = std::convert::Infallible;

    fn from_str(key: &str) -> Result<Self, Self::Err> {
        Ok(key.into())
    }
}

impl<T> AsRef<str> for Id<T> {
    fn as_ref(&self) -> &str {
        &self.key
    }
}

impl<T> fmt::Display for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.key)
    }
}

impl<T> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Id").field(&self.key).finish()
    }
}

// Written out rather than derived: what holds for a key holds whatever `T` is.

impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        Self { key: self.key.clone(), of: PhantomData }
    }
}

impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl<T> Eq for Id<T> {}

impl<T> PartialEq<str> for Id<T> {
    fn eq(&self, key: &str) -> bool {
        *self.key == *key
    }
}

impl<T> PartialEq<&str> for Id<T> {
    fn eq(&self, key: &&str) -> bool {
        *self.key == **key
    }
}

impl<T> PartialOrd for Id<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<T> Ord for Id<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key.cmp(&other.key)
    }
}

impl<T> Hash for Id<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key.hash(state);
    }
}

impl<T> Serialize for Id<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.key)
    }
}

impl<'de, T> Deserialize<'de> for Id<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self { key: Box::deserialize(deserializer)?, of: PhantomData })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A type that has no trait of its own: keys need none of it.
    struct User;
    struct DirectoryObject;
    impl SubtypeOf<DirectoryObject> for User {}

    #[test]
    fn is_any_text() {
        for key in ["9b6c9bd6-1d9f-4c4c-a7bb-8ed3c5cd9d0f", "Group_1_2", "", "../x", "ä"] {
            let json = serde_json::to_string(key).unwrap();
            let id: Id<User> = serde_json::from_str(&json).unwrap();
            assert_eq!(id, key);
            assert_eq!(id.to_string(), key);
            assert_eq!(serde_json::to_string(&id).unwrap(), json);
        }
    }

    #[test]
    fn compares_as_its_text() {
        let (a, b) = (Id::<User>::from("a"), Id::<User>::from("b".to_owned()));
        assert!(a < b);
        assert_eq!(a, Id::from(&a));
        assert_eq!(Ok(a), "a".parse());
    }

    #[test]
    fn upcasts_to_what_its_type_derives_from() {
        let id: Id<DirectoryObject> = Id::<User>::from("1").upcast();
        assert_eq!(id, "1");
    }

    #[test]
    fn debug_is_the_key() {
        assert_eq!(format!("{:?}", Id::<User>::from("1")), r#"Id("1")"#);
    }

    #[test]
    fn is_a_path_segment_if_it_stays_in_it() {
        assert_eq!(Id::<User>::from("1").segment(), Ok("1"));
        assert!(Id::<User>::from("..").segment().is_err());
    }
}
