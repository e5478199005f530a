//! What is wrong with an answer that is not what the operation promises.

use serde::de::DeserializeOwned;
use serde_json::error::Category;

use super::text::{cut, one_line};

/// The longest path or expectation that is shown, in characters.
const LIMIT: usize = 200;

/// Says where and how `body` differs from a `T`, without repeating its values: they may be confidential.
pub(crate) fn fault<T: DeserializeOwned>(body: &[u8]) -> String {
    if body.is_empty() {
        return "the body is empty where JSON was expected".to_owned();
    }
    let mut json = serde_json::Deserializer::from_slice(body);
    match serde_path_to_error::deserialize::<_, T>(&mut json) {
        Ok(_) => "the body goes on after its JSON".to_owned(),
        Err(error) => describe(&error.path().to_string(), error.inner()),
    }
}

fn describe(path: &str, error: &serde_json::Error) -> String {
    let place = match error.line() {
        0 => String::new(),
        line => format!(" (line {line}, column {})", error.column()),
    };
    let path = cut(&one_line(path), LIMIT);
    match (error.classify(), expectation(error)) {
        (Category::Eof, _) => format!("the body breaks off at `{path}`{place}"),
        (Category::Syntax | Category::Io, _) => format!("the body is not JSON at `{path}`{place}"),
        (Category::Data, Some(expected)) => {
            format!("the body cannot be read at `{path}`{place}: expected {expected}")
        }
        (Category::Data, None) => format!("the body cannot be read at `{path}`{place}"),
    }
}

/// The part of serde's message that speaks of our types. What comes before it quotes the value that was found.
fn expectation(error: &serde_json::Error) -> Option<String> {
    let message = error.to_string();
    let (_, expected) = message.rsplit_once(", expected ")?;
    let end = expected.rfind(" at line ").unwrap_or(expected.len());
    Some(cut(&one_line(&expected[..end]), LIMIT))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn the_member_is_named_and_its_value_is_not() {
        let fault = fault::<BTreeMap<String, Vec<u8>>>(br#"{"value": [1, "s3cr3t"]}"#);
        assert_eq!(fault, "the body cannot be read at `value[1]` (line 1, column 22): expected u8");
    }

    #[test]
    fn what_is_no_json_is_told_apart() {
        for (body, expected) in [
            ("", "the body is empty where JSON was expected"),
            ("<html>", "the body is not JSON at `.` (line 1, column 1)"),
            (r#"{"value": [1"#, "the body breaks off at `value` (line 1, column 12)"),
            ("{} {}", "the body goes on after its JSON"),
        ] {
            assert_eq!(fault::<BTreeMap<String, Vec<u8>>>(body.as_bytes()), expected);
        }
    }
}
