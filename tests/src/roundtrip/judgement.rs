//! Whether an exchange survives.

use std::fmt;

use pim_client::Operation;
use pim_client::exchange::Bodies;

use super::body::Expected;
use super::difference::{Change, Difference};
use super::recording::{Exchange, Recording};
use super::text::{cut, one_line};
use super::{address, catalogue};

/// What became of an exchange.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Judgement {
    /// The method and the path template or, where there is none, the path.
    pub(super) call: String,
    /// The result.
    pub(super) verdict: Verdict,
}

/// Whether the client understands an exchange. What is listed begins with `request` or `response`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Nothing is lost.
    Ok {
        /// Members that are written in other words.
        normalised: Vec<String>,
    },
    /// Something is.
    Lossy {
        /// What became of which member.
        losses: Vec<String>,
    },
    /// The client has no such operation.
    UnknownOperation,
    /// A body is not of the type that the operation has.
    Undecodable {
        /// What is wrong, and where.
        faults: Vec<String>,
    },
}

impl Judgement {
    /// Judges an exchange of a recording. What was not recorded is not judged.
    pub(super) fn of(exchange: &Exchange<'_>, recording: &Recording<'_>) -> Self {
        let Some((operation, bodies)) = catalogue::find(&exchange.method, &exchange.url) else {
            return Self { call: unknown_call(exchange), verdict: Verdict::UnknownOperation };
        };
        let mut findings = Findings::default();
        if let Some(body) = exchange.request() {
            findings.add("request", request(bodies).hold(body, recording));
        }
        let expected = response(operation, bodies, exchange.status);
        if let Some(body) = exchange.response() {
            findings.add("response", expected.hold(body, recording));
        } else if promises_body(exchange.status) && !matches!(expected, Expected::Nothing) {
            findings.add("response", Err("nothing, although the operation answers with a body".to_owned()));
        }
        Self { call: operation.to_string(), verdict: findings.verdict() }
    }
}

/// The longest unknown call that is shown, in characters.
const LONGEST_CALL: usize = 200;

/// What is shown of a call that has no template. Its query may be confidential.
fn unknown_call(exchange: &Exchange<'_>) -> String {
    let call = format!("{} {}", exchange.method, address::path(&exchange.url));
    one_line(&cut(&call, LONGEST_CALL))
}

fn request(bodies: Bodies) -> Expected {
    bodies.request.map_or(Expected::Nothing, Expected::Typed)
}

fn response(operation: &Operation, bodies: Bodies, status: Option<u16>) -> Expected {
    if status.is_some_and(|status| status >= 400) {
        Expected::Error
    } else if operation.path.ends_with("/$count") {
        Expected::Count
    } else {
        bodies.response.map_or(Expected::Nothing, Expected::Typed)
    }
}

/// Whether a response of this status has a body, if there is anything to say: unlike that of 202 or 204.
fn promises_body(status: Option<u16>) -> bool {
    matches!(status, Some(200 | 201))
}

/// What was found in the bodies of an exchange.
#[derive(Default)]
struct Findings {
    normalised: Vec<String>,
    losses: Vec<String>,
    faults: Vec<String>,
}

impl Findings {
    fn add(&mut self, body: &str, found: Result<Vec<Difference>, String>) {
        match found {
            Ok(differences) => differences.iter().for_each(|difference| self.add_difference(body, difference)),
            Err(fault) => self.faults.push(format!("{body}: {}", one_line(&fault))),
        }
    }

    fn add_difference(&mut self, body: &str, difference: &Difference) {
        let list = match difference.change {
            Change::Normalised => &mut self.normalised,
            Change::Lost | Change::Added | Change::Changed { .. } => &mut self.losses,
        };
        list.push(format!("{body} {difference}"));
    }

    fn verdict(self) -> Verdict {
        if !self.faults.is_empty() {
            Verdict::Undecodable { faults: self.faults }
        } else if !self.losses.is_empty() {
            Verdict::Lossy { losses: self.losses }
        } else {
            Verdict::Ok { normalised: self.normalised }
        }
    }
}

impl Verdict {
    /// The verdict in a word or two.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Ok { .. } => "ok",
            Self::Lossy { .. } => "lossy",
            Self::UnknownOperation => "unknown operation",
            Self::Undecodable { .. } => "undecodable",
        }
    }
}

/// What was judged, and why so: `GET /groups/{group-id}: response /mail lost`
impl fmt::Display for Judgement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.call)?;
        match &self.verdict {
            Verdict::Ok { normalised: none } if none.is_empty() => Ok(()),
            Verdict::Ok { normalised } => write!(f, " (normalised: {})", normalised.join(", ")),
            Verdict::Lossy { losses } => write!(f, ": {}", losses.join(", ")),
            Verdict::Undecodable { faults } => write!(f, ": {}", faults.join(", ")),
            Verdict::UnknownOperation => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests;
