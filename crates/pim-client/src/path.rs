//! What values from outside may be in the path of a URL.
//!
//! `progenitor_client::encode_path` percent-encodes what is put into a path: `/`, `?`, `#`, and `%` itself, so that
//! `%2e%2e` stays the text it is. What it leaves, `'` and `)` among it, means nothing where a key is. But it leaves
//! `..` as well, which whoever parses the URL resolves, and `\`, which they read as `/`; and some servers decode `%2F`
//! before they split a path into segments. No key and no argument needs any of these, so they are refused.

use std::borrow::Cow;
use std::error::Error;
use std::fmt;

use crate::excerpt::excerpt;

/// How many bytes a value may have. Graph's longest keys, those of role management policies, have about a hundred.
const LONGEST: usize = 1024;

/// A value that cannot be part of the path of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidKey {
    value: Box<str>,
    problem: &'static str,
}

impl InvalidKey {
    fn new(value: &str, problem: &'static str) -> Self {
        Self { value: excerpt(value), problem }
    }
}

impl fmt::Display for InvalidKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} cannot be part of a path: it {}", self.value, self.problem)
    }
}

impl Error for InvalidKey {}

/// A value that is a path segment of its own, still to be percent-encoded.
pub(crate) fn segment(value: &str) -> Result<&str, InvalidKey> {
    match value {
        "" => Err(InvalidKey::new(value, "is empty")),
        "." | ".." => Err(InvalidKey::new(value, "is a step in the path")),
        _ if value.starts_with('$') => Err(InvalidKey::new(value, "begins like a segment of OData's own")),
        _ => confined(value),
    }
}

/// A value that is an argument between single quotes in a function call, still to be percent-encoded.
///
/// A quote in it is doubled, so that it does not end the argument.
pub fn literal(value: &str) -> Result<Cow<'_, str>, InvalidKey> {
    let value = confined(value)?;
    Ok(if value.contains('\'') { value.replace('\'', "''").into() } else { value.into() })
}

/// A value that stays in the segment that it is put into.
fn confined(value: &str) -> Result<&str, InvalidKey> {
    let refused = |problem| Err(InvalidKey::new(value, problem));
    if value.len() > LONGEST {
        refused("is longer than 1024 bytes")
    } else if value.contains(['/', '\\']) {
        refused("contains a slash")
    } else if value.contains(char::is_control) {
        refused("contains a control character")
    } else {
        Ok(value)
    }
}

#[cfg(test)]
mod tests {
    use progenitor_client::encode_path;
    use proptest::prelude::*;
    use url::Url;

    use super::*;

    /// The path segments that a server sees when generated code asks for `/users/{value}/manager`.
    fn segments_with_key(value: &str) -> Result<Vec<String>, InvalidKey> {
        Ok(segments(&format!("https://example.com/v1.0/users/{}/manager", encode_path(segment(value)?))))
    }

    /// The path segments that a server sees when generated code asks for `/schedules/filterBy(on='{value}')`.
    fn segments_with_argument(value: &str) -> Result<Vec<String>, InvalidKey> {
        Ok(segments(&format!("https://example.com/v1.0/schedules/filterBy(on='{}')", encode_path(&literal(value)?))))
    }

    /// The segments of a URL as the strictest reader of it sees them: without a query, and decoded before it splits.
    fn segments(url: &str) -> Vec<String> {
        let url = Url::parse(url).unwrap();
        assert_eq!((url.host_str(), url.query(), url.fragment()), (Some("example.com"), None, None));
        let path = percent_decode(url.path());
        path.split('/').skip(1).map(str::to_owned).collect()
    }

    fn percent_decode(path: &str) -> String {
        let mut bytes = path.bytes();
        let mut decoded = Vec::new();
        while let Some(byte) = bytes.next() {
            if byte == b'%' {
                let digits = [bytes.next().unwrap(), bytes.next().unwrap()];
                decoded.push(u8::from_str_radix(str::from_utf8(&digits).unwrap(), 16).unwrap());
            } else {
                decoded.push(byte);
            }
        }
        String::from_utf8(decoded).unwrap()
    }

    #[test]
    fn keys_stay_in_their_segment() {
        for key in
            ["9b6c9bd6", "%2e%2e", "%2F", "?", "#", "a?b#c", "'", ")", "a b", "ä", "...", "a..b", "@", ":", ";", "&"]
        {
            assert_eq!(segments_with_key(key).unwrap(), ["v1.0", "users", key, "manager"]);
        }
    }

    #[test]
    fn keys_that_would_not_are_refused() {
        for key in [
            "",
            ".",
            "..",
            "$count",
            "$ref",
            "a/b",
            "../x",
            "a\\b",
            "a\nb",
            "\t",
            "\0",
            "\u{7f}",
            "\u{85}",
            &"a".repeat(1025),
        ] {
            segments_with_key(key).unwrap_err();
        }
    }

    #[test]
    fn arguments_stay_between_their_quotes() {
        for (argument, call) in [
            ("principal", "filterBy(on='principal')"),
            ("O'Hara", "filterBy(on='O''Hara')"),
            ("')", "filterBy(on=''')')"),
            ("%27", "filterBy(on='%27')"),
            ("..", "filterBy(on='..')"),
            ("", "filterBy(on='')"),
        ] {
            assert_eq!(segments_with_argument(argument).unwrap(), ["v1.0", "schedules", call]);
        }
    }

    #[test]
    fn arguments_that_would_not_are_refused() {
        for argument in ["a/b", "')/x", "a\\b", "a\nb", "\0", &"a".repeat(1025)] {
            segments_with_argument(argument).unwrap_err();
        }
    }

    #[test]
    fn errors_are_one_short_line() {
        assert_eq!(segment("").unwrap_err().to_string(), r#""" cannot be part of a path: it is empty"#);
        assert_eq!(literal("a\n/").unwrap_err().to_string(), r#""a\n/" cannot be part of a path: it contains a slash"#);
        let long = segment(&"a\n".repeat(9999)).unwrap_err().to_string();
        assert!(long.lines().count() == 1 && long.len() < 160, "{long}");
    }

    proptest! {
        #[test]
        fn any_key_stays_in_its_segment_or_is_refused(key in hostile()) {
            if let Ok(segments) = segments_with_key(&key) {
                prop_assert_eq!(segments, ["v1.0", "users", &key, "manager"]);
            }
        }

        #[test]
        fn any_argument_stays_between_its_quotes_or_is_refused(argument in hostile()) {
            if let Ok(segments) = segments_with_argument(&argument) {
                let call = format!("filterBy(on='{}')", argument.replace('\'', "''"));
                prop_assert_eq!(segments, ["v1.0", "schedules", &call]);
            }
        }
    }

    /// Any text, and many that are made of what is special in a URL.
    fn hostile() -> impl Strategy<Value = String> {
        prop_oneof![any::<String>(), "[.%/?#'()\\\\:;@a2eEfF ]{0,6}"]
    }
}
