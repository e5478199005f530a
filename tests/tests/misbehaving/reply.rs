//! What a server does with a request: bytes, pauses, and hanging up at any place.

use std::fmt::Write as _;
use std::time::Duration;

use serde_json::Value;

/// What follows a request.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reply {
    pub(crate) steps: Vec<Step>,
    /// Whether the connection is kept for the next request.
    pub(crate) keeps: bool,
}

#[derive(Clone, Debug)]
pub(crate) enum Step {
    Write(Vec<u8>),
    Pause(Duration),
    /// Says nothing more, for as long as the client waits.
    Silence,
}

impl Reply {
    /// A whole answer, with its length.
    pub(crate) fn new(status: u16, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Self {
        let mut bytes = head(status, headers, &format!("content-length: {}", body.as_ref().len())).into_bytes();
        bytes.extend_from_slice(body.as_ref());
        Self { steps: vec![Step::Write(bytes)], keeps: true }
    }

    /// A whole answer without a word.
    pub(crate) fn empty(status: u16) -> Self {
        Self::new(status, &[], "")
    }

    pub(crate) fn json(status: u16, body: &Value) -> Self {
        Self::new(status, &[("content-type", "application/json")], body.to_string())
    }

    /// The object with an id, which is every object.
    pub(crate) fn object() -> Self {
        Self::json(200, &serde_json::json!({ "id": "1" }))
    }

    /// A page with the objects of these ids, and the link to the next one.
    pub(crate) fn page(ids: &[&str], next: Option<&str>) -> Self {
        let objects: Vec<_> = ids.iter().map(|id| serde_json::json!({ "id": id })).collect();
        let mut page = serde_json::json!({ "value": objects });
        if let Some(next) = next {
            page["@odata.nextLink"] = next.into();
        }
        Self::json(200, &page)
    }

    /// These bytes, whatever they are, and then the end of the connection.
    pub(crate) fn raw(bytes: impl AsRef<[u8]>) -> Self {
        Self { steps: vec![Step::Write(bytes.as_ref().to_vec())], keeps: false }
    }

    /// The end of the connection.
    pub(crate) fn hang_up() -> Self {
        Self::default()
    }

    /// Nothing, for as long as the client waits.
    pub(crate) fn silence() -> Self {
        Self { steps: vec![Step::Silence], keeps: false }
    }

    /// The same, but hanging up afterwards.
    pub(crate) fn and_hang_up(mut self) -> Self {
        self.keeps = false;
        self
    }

    /// The same, followed by silence.
    pub(crate) fn and_silence(mut self) -> Self {
        self.steps.push(Step::Silence);
        self
    }

    /// The same bytes, a few at a time.
    pub(crate) fn dripping(self, bytes: usize, pause: Duration) -> Self {
        let all: Vec<u8> = self
            .steps
            .into_iter()
            .flat_map(|step| if let Step::Write(bytes) = step { bytes } else { Vec::new() })
            .collect();
        let steps = all.chunks(bytes).flat_map(|chunk| [Step::Write(chunk.to_vec()), Step::Pause(pause)]).collect();
        Self { steps, keeps: self.keeps }
    }
}

/// The head of an answer, with `framing`: the header that tells where its body ends.
pub(crate) fn head(status: u16, headers: &[(&str, &str)], framing: &str) -> String {
    let mut head = format!("HTTP/1.1 {status} Said\r\n");
    for (name, value) in headers {
        let _ = write!(head, "{name}: {value}\r\n");
    }
    let _ = write!(head, "{framing}\r\n\r\n");
    head
}
