//! What is wrong with an answer that is not what the operation promises.

use serde_json::Value;
use serde_json::error::Category;

use super::text::{cut, one_line};

/// The longest path or expectation that is shown, in characters.
const LIMIT: usize = 200;

/// Says where and how `body` could not be read, which failed with `error`, without repeating its values: they may be
/// confidential.
pub(crate) fn fault(body: &[u8], error: &serde_json::Error) -> String {
    if body.is_empty() {
        return "the body is empty where JSON was expected".to_owned();
    }
    let place = match error.line() {
        0 => String::new(),
        line => format!(" (line {line}, column {})", error.column()),
    };
    let path = || cut(&one_line(&path_to(body, error)), LIMIT);
    match (error.classify(), expectation(error)) {
        (Category::Eof, _) => format!("the body breaks off at `{}`{place}", path()),
        (Category::Syntax, _) if error.to_string().starts_with("trailing characters") => {
            "the body goes on after its JSON".to_owned()
        }
        (Category::Syntax | Category::Io, _) => format!("the body is not JSON at `{}`{place}", path()),
        (Category::Data, Some(expected)) => {
            format!("the body cannot be read at `{}`{place}: expected {expected}", path())
        }
        (Category::Data, None) => format!("the body cannot be read at `{}`{place}", path()),
    }
}

/// The part of serde's message that speaks of our types. What comes before it quotes the value that was found.
fn expectation(error: &serde_json::Error) -> Option<String> {
    let message = error.to_string();
    let (_, expected) = message.rsplit_once(", expected ")?;
    let end = expected.rfind(" at line ").unwrap_or(expected.len());
    Some(cut(&one_line(&expected[..end]), LIMIT))
}

/// The path to the member at which `error` occurred.
///
/// `serde_json` tells the place but not the path. So the body is read once more, as any JSON, up to where the member's
/// value begins: where that reading breaks off is the path. Reading it as the type that failed, with a path, would need
/// all code for all types twice.
fn path_to(body: &[u8], error: &serde_json::Error) -> String {
    let until = if error.is_eof() { body.to_vec() } else { into_value(&body[..offset(body, error)]) };
    let mut json = serde_json::Deserializer::from_slice(&until);
    match serde_path_to_error::deserialize::<_, Value>(&mut json) {
        Ok(_) => ".".to_owned(),
        Err(error) => error.path().to_string(),
    }
}

/// How many bytes had been read when `error` occurred.
fn offset(body: &[u8], error: &serde_json::Error) -> usize {
    let lines_before = body.split_inclusive(|&byte| byte == b'\n').take(error.line().saturating_sub(1));
    let start: usize = lines_before.map(<[u8]>::len).sum();
    (start + error.column()).min(body.len())
}

/// The bytes up to the value that `read` ends with, and the beginning of a string in its place: that breaks off within
/// the value.
fn into_value(read: &[u8]) -> Vec<u8> {
    let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || b"+-.".contains(byte);
    let (mut until, last) = (read.to_vec(), read.last());
    match last {
        // A string, which its last quote ends.
        Some(b'"') => {
            until.pop();
            return until;
        }
        Some(last) if is_word(last) => {
            let word = read.iter().rev().take_while(|byte| is_word(byte)).count();
            until.truncate(read.len() - word);
        }
        _ => {
            until.pop();
        }
    }
    until.push(b'"');
    until
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::de::DeserializeOwned;

    use super::*;
    use crate::edm::DateTimeOffset;

    fn fault_of<T: DeserializeOwned>(body: &str) -> String {
        let Err(error) = serde_json::from_slice::<T>(body.as_bytes()) else { panic!("{body} can be read") };
        fault(body.as_bytes(), &error)
    }

    #[test]
    fn the_member_is_named_and_its_value_is_not() {
        let fault = fault_of::<BTreeMap<String, Vec<u8>>>(r#"{"value": [1, "s3cr3t"]}"#);
        assert_eq!(fault, "the body cannot be read at `value[1]` (line 1, column 22): expected u8");
    }

    #[test]
    fn the_member_is_found_whatever_its_value_is() {
        for wrong in
            ["\"x\"", "-1", "1.5e3", "300", "true", "null", "[]", "[[1]]", "{}", "{\"a\": 1}", " \n \"\\u00e9\\\\\""]
        {
            let body = format!("{{\"a\": [0],\n \"b c\": [1, 2, {wrong}, 3]}}");
            let fault = fault_of::<BTreeMap<String, Vec<u8>>>(&body);
            assert!(fault.contains("at `b c[2]`"), "{wrong}: {fault}");
        }
        for wrong in ["\"x\"", "7", "false", "{}"] {
            let fault = fault_of::<BTreeMap<String, Vec<u8>>>(&format!("{{\"a\": [], \"b\": {wrong}}}"));
            assert!(fault.contains("at `b`"), "{wrong}: {fault}");
        }
        let fault = fault_of::<Vec<DateTimeOffset>>("[\"2021-08-17T15:13:00Z\",\n\"soon\"]");
        assert!(fault.starts_with("the body cannot be read at `[1]` (line 2, column 6): expected"), "{fault}");
        assert!(fault_of::<u8>("{}").contains("at `.`"));
    }

    #[test]
    fn what_is_no_json_is_told_apart() {
        for (body, expected) in [
            ("", "the body is empty where JSON was expected"),
            ("<html>", "the body is not JSON at `.` (line 1, column 1)"),
            (r#"{"value": [1, x]}"#, "the body is not JSON at `value[1]` (line 1, column 15)"),
            (r#"{"value": [1"#, "the body breaks off at `value` (line 1, column 12)"),
            ("{} {}", "the body goes on after its JSON"),
        ] {
            assert_eq!(fault_of::<BTreeMap<String, Vec<u8>>>(body), expected);
        }
    }
}
