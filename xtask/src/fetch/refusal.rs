//! What came instead of metadata, in a line.

use std::io::Read as _;
use std::time::{Duration, SystemTime};

use serde::Deserialize;

use super::exchange::Answer;
use super::failure::Failure;
use super::verify::decode;

/// How much of an answer is looked at that is no document.
const MOST_READ: u64 = 64 * 1024;

/// How much of what an answer says is repeated.
const MOST_REPEATED: usize = 160;

/// Why an answer that is no success is none.
pub(super) fn no_success(answer: Answer) -> Failure {
    let status = answer.response.status();
    let after = retry_after(&answer);
    let said = said(answer).map(|said| format!(": {said}")).unwrap_or_default();
    let what = format!("it answered {status}{said}");
    match status.as_u16() {
        408 | 429 | 500 | 502..=504 => Failure::Passing { what, after },
        407 => Failure::Lasting(format!("{what}; the proxy wants a name and a password, in HTTPS_PROXY")),
        _ => Failure::Lasting(what),
    }
}

/// Why an answer that calls itself a success is something else, if it does not call itself XML either.
pub(super) fn no_metadata(answer: Answer) -> Result<Answer, Failure> {
    let kind = answer.header("content-type").unwrap_or_default().to_ascii_lowercase();
    if !kind.contains("html") && !kind.contains("json") {
        return Ok(answer);
    }
    let what = said(answer).unwrap_or_else(|| format!("{kind:?}"));
    Err(Failure::Lasting(instead(&what)))
}

/// Why a document is something else, if it begins like that.
pub(super) fn no_document(bytes: &[u8]) -> Option<String> {
    let most = usize::try_from(MOST_READ).unwrap_or(usize::MAX);
    let beginning = &bytes[..bytes.len().min(most)];
    describe(&String::from_utf8_lossy(beginning)).map(|what| instead(&what))
}

fn instead(what: &str) -> String {
    format!(
        "it answered with {what}, not with metadata; does a login page, a captive portal or a proxy stand in between?"
    )
}

/// What the body of an answer says, if it is a page or an error.
fn said(mut answer: Answer) -> Option<String> {
    let encoding = answer.header("content-encoding").map(str::to_owned);
    let mut bytes = Vec::new();
    // What was read before a failure tells enough.
    let _ = answer.response.body_mut().as_reader().take(MOST_READ).read_to_end(&mut bytes);
    let bytes = decode(encoding.as_deref(), &bytes).ok()?;
    describe(&String::from_utf8_lossy(&bytes))
}

/// A page by its title, an error by its code and message.
fn describe(text: &str) -> Option<String> {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let lower = text.to_ascii_lowercase();
    if lower.starts_with("<!doctype html") || lower.starts_with("<html") {
        let title = between(text, &lower, "<title", "</title>").and_then(|title| title.split_once('>'));
        let title = title.map(|(_, title)| one_line(title)).filter(|title| !title.is_empty());
        return Some(title.map_or_else(|| "an HTML page".to_owned(), |title| format!("an HTML page, {title:?}")));
    }
    if text.starts_with('{') || text.starts_with('[') {
        let error = serde_json::from_str::<Body>(text).ok().and_then(|body| body.error);
        return Some(match error {
            Some(ErrorBody { code, message }) => format!("the error {}: {}", one_line(&code), one_line(&message)),
            None => "JSON".to_owned(),
        });
    }
    None
}

fn between<'a>(text: &'a str, lower: &str, start: &str, end: &str) -> Option<&'a str> {
    let from = lower.find(start)? + start.len();
    let to = from + lower.get(from..)?.find(end)?;
    text.get(from..to)
}

/// What somebody else wrote, fit for a line of ours.
fn one_line(text: &str) -> String {
    let words: Vec<_> =
        text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()).collect();
    let line = words.join(" ");
    let mut short: String = line.chars().take(MOST_REPEATED).collect();
    if short.len() < line.len() {
        short.push('…');
    }
    short
}

#[derive(Deserialize)]
struct Body {
    error: Option<ErrorBody>,
}

#[derive(Deserialize)]
struct ErrorBody {
    #[serde(default)]
    code: String,
    #[serde(default)]
    message: String,
}

/// How long an answer asks to wait: in seconds, or until a time, held against the answer's own clock if it tells it.
fn retry_after(answer: &Answer) -> Option<Duration> {
    let date = |name| answer.header(name).and_then(|date| httpdate::parse_http_date(date).ok());
    if let Ok(seconds) = answer.header("retry-after")?.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let now = date("date").unwrap_or_else(SystemTime::now);
    Some(date("retry-after")?.duration_since(now).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_told_by_its_title_in_one_line() {
        let page = "\u{feff}\n<!DOCTYPE html><HTML><head><TITLE lang=en>\n Sign in to\n\u{1b}your account </TITLE>";
        assert_eq!(describe(page).unwrap(), "an HTML page, \"Sign in to your account\"");
        assert_eq!(describe("<html><body>").unwrap(), "an HTML page");
    }

    #[test]
    fn an_error_is_told_by_its_code_and_message() {
        let error = "{\"error\": {\"code\": \"TooMany\", \"message\": \"Slow\\ndown\", \"more\": 1}}";
        assert_eq!(describe(error).unwrap(), "the error TooMany: Slow down");
        assert_eq!(describe("{\"error\": \"down\"}").unwrap(), "JSON");
    }

    #[test]
    fn a_long_message_is_cut_short() {
        let error = format!("{{\"error\": {{\"code\": \"A\", \"message\": \"{}\"}}}}", "é".repeat(1000));
        assert_eq!(describe(&error).unwrap(), format!("the error A: {}…", "é".repeat(MOST_REPEATED)));
    }

    #[test]
    fn metadata_is_none_of_these() {
        assert_eq!(no_document(b"<?xml version=\"1.0\"?><edmx:Edmx>"), None);
        assert_eq!(no_document(b""), None);
    }
}
