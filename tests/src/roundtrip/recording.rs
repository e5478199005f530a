//! Files of recorded exchanges.

use serde::Deserialize;
use serde_json::value::RawValue;

/// The text of a file, and the exchanges in it.
#[derive(Debug)]
pub(super) struct Recording<'t> {
    text: &'t str,
    /// The exchanges, in the order of the file.
    pub(super) exchanges: Vec<Exchange<'t>>,
    /// Whether the file holds an array, so that there may be several.
    pub(super) is_array: bool,
}

/// A request, its response, or both.
#[derive(Debug, Deserialize)]
pub(super) struct Exchange<'t> {
    /// The HTTP method.
    pub(super) method: String,
    /// The URL, absolute or not.
    pub(super) url: String,
    /// The status of the response, if there is a response.
    pub(super) status: Option<u16>,
    #[serde(borrow)]
    request: Option<&'t RawValue>,
    #[serde(borrow)]
    body: Option<&'t RawValue>,
}

impl<'t> Recording<'t> {
    /// Reads one exchange, or an array of them.
    pub(super) fn read(text: &'t str) -> serde_json::Result<Self> {
        // Windows PowerShell begins its files with this mark.
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let is_array = text.trim_start().starts_with('[');
        let exchanges = if is_array { serde_json::from_str(text)? } else { vec![serde_json::from_str(text)?] };
        Ok(Self { text, exchanges, is_array })
    }

    /// A body of this recording with nothing but blanks around it, where it stands in the file: the lines and columns
    /// of errors in it are those of the file.
    pub(super) fn in_place(&self, body: &str) -> String {
        let start = body.as_ptr().addr() - self.text.as_ptr().addr();
        let blank = |byte| if byte == b'\n' { '\n' } else { ' ' };
        self.text.bytes().take(start).map(blank).chain(body.chars()).collect()
    }
}

impl<'t> Exchange<'t> {
    /// The body of the request, if it was recorded.
    pub(super) fn request(&self) -> Option<&'t str> {
        if self.has_response() { present(self.request) } else { present(self.body) }
    }

    /// The body of the response, if it was recorded.
    pub(super) fn response(&self) -> Option<&'t str> {
        if self.has_response() { present(self.body) } else { None }
    }

    fn has_response(&self) -> bool {
        self.status.is_some() || self.request.is_some()
    }
}

/// The text of a body that is there. Some record an absent one as an empty string.
fn present(body: Option<&RawValue>) -> Option<&str> {
    body.map(RawValue::get).filter(|body| *body != r#""""#)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bodies(text: &str) -> (Option<&str>, Option<&str>) {
        let recording = Recording::read(text).unwrap();
        let exchange = &recording.exchanges[0];
        (exchange.request(), exchange.response())
    }

    #[test]
    fn the_body_is_that_of_the_response() {
        assert_eq!(
            bodies(r#"{"method": "GET", "url": "/me", "status": 200, "body": {"id": "1"}}"#),
            (None, Some(r#"{"id": "1"}"#))
        );
        let both = r#"{"method": "POST", "url": "/users", "request": {"a": 1}, "body": {"id": "1"}}"#;
        assert_eq!(bodies(both), (Some(r#"{"a": 1}"#), Some(r#"{"id": "1"}"#)));
    }

    #[test]
    fn without_a_response_the_body_is_that_of_the_request() {
        for status in ["", r#""status": null,"#] {
            let text = format!(r#"{{"method": "POST", "url": "/users", {status} "body": {{"a": 1}}}}"#);
            assert_eq!(bodies(&text), (Some(r#"{"a": 1}"#), None));
        }
    }

    #[test]
    fn an_absent_body_may_be_written_in_several_ways() {
        for body in ["", r#", "body": null"#, r#", "body": """#] {
            let text = format!(r#"{{"method": "DELETE", "url": "/users/1", "status": 204{body}}}"#);
            assert_eq!(bodies(&text), (None, None));
        }
    }

    #[test]
    fn one_or_many_exchanges_are_in_a_file() {
        let one = r#"{"method": "GET", "url": "/me"}"#;
        assert_eq!(Recording::read(&format!("\u{feff}{one}")).unwrap().exchanges.len(), 1);
        let many = format!("\n[{one},{one}]");
        let recording = Recording::read(&many).unwrap();
        assert_eq!((recording.exchanges.len(), recording.is_array), (2, true));
    }

    #[test]
    fn what_is_no_recording_is_refused_with_its_place() {
        for (text, line, column) in [("", 1, 0), ("{\n  \"method\": \"GET\"\n}", 3, 1), ("[1]", 1, 2), ("{]", 1, 2)] {
            let error = Recording::read(text).unwrap_err();
            assert_eq!((error.line(), error.column()), (line, column), "{text}: {error}");
        }
    }

    #[test]
    fn a_body_stays_where_it_is_in_the_file() {
        let text = "[{\"method\": \"GET\", \"url\": \"/ä\",\n  \"status\": 200,\n \"body\": {\"id\": 1}}]";
        let recording = Recording::read(text).unwrap();
        let body = recording.exchanges[0].response().unwrap();
        let in_place = recording.in_place(body);
        assert_eq!(in_place.trim_start(), body);
        assert_eq!(in_place.find('{'), text.find("{\"id\""));
        assert_eq!(in_place.lines().count(), 3);
    }
}
