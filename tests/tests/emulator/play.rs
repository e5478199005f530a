//! A tutorial, played with the client against the emulator, and held against what is printed.

use std::collections::VecDeque;

use percent_encoding::percent_decode_str;
use pim_client::edm::DateTimeOffset;
use pim_client::{BearerToken, Graph, GraphBuilder};
use pim_emulator::{Clock, Emulator, Tenant};
use pim_tests::roundtrip::{Change, differences};
use serde_json::Value;
use uuid::Uuid;

use crate::departures::{self, Departure, What};
use crate::mapping::{Ids, Moments, security_identifier};
use crate::printed::{Printed, exchanges};
use crate::wire::{Exchange, Wire};

const GRAPH: &str = "https://graph.microsoft.com";

/// A tutorial that is being played.
pub(crate) struct Play {
    tutorial: &'static str,
    emulator: Emulator,
    wire: Wire,
    printed: VecDeque<Printed>,
    departures: Vec<Departure>,
    ids: Ids,
}

impl Play {
    /// Begins one at a time, in a tenant that has these ids already.
    pub(crate) async fn begin(tutorial: &'static str, tenant: Tenant, ids: &[&str], time: &str) -> Self {
        let clock = Clock::frozen_at(self::time(time));
        let emulator = Emulator::builder().tenant(tenant).clock(clock).beta(true).start().await.expect("an emulator");
        let wire = Wire::to(emulator.url()).await;
        let mut departures = departures::all();
        departures.retain(|departure| departure.exchange.starts_with(&format!("{tutorial}/")));
        let mut known = Ids::default();
        for id in ids {
            known.keep(id.parse().expect("a GUID"));
        }
        Self { tutorial, emulator, wire, printed: exchanges(tutorial).into(), departures, ids: known }
    }

    pub(crate) fn emulator(&self) -> &Emulator {
        &self.emulator
    }

    /// A client of a user who has shown a second factor, with these permissions and no others.
    pub(crate) fn graph(&self, user: &str, permissions: &[&str]) -> Graph {
        let sign_in = self.emulator.sign_in(user).mfa(true).permissions(permissions.iter().copied());
        let token = BearerToken::new(sign_in.token().expect("a user who may sign in")).expect("a token");
        Graph::builder(token).endpoint(self.wire.url()).and_then(GraphBuilder::build).expect("a client")
    }

    /// Turns the clock.
    pub(crate) fn at(&self, time: &str) {
        self.emulator.clock().set(self::time(time)).expect("a tutorial goes forward");
    }

    /// Forgets what went over the wire: the tutorial prints nothing of it.
    pub(crate) fn aside(&self) {
        self.wire.take();
    }

    /// Asserts that the next exchange of the tutorial is what went over the wire, and nothing else.
    #[track_caller]
    pub(crate) fn went_as_printed(&mut self) {
        let made = self.wire.take();
        let [made] = made.as_slice() else { panic!("one exchange was to be made, not {made:#?}") };
        let printed = self.printed.pop_front().expect("an exchange that is printed");
        let (departing, rest) =
            std::mem::take(&mut self.departures).into_iter().partition(|one| one.exchange == printed.name);
        self.departures = rest;
        let printed = departed(printed, &departing);
        let mut comparison = Comparison { play: self, pointer: String::new() };
        let objections = comparison.objections(&printed, made);
        let reasons: Vec<_> = departing.iter().map(|one| format!("{:?}: {}", one.what, one.why)).collect();
        assert!(
            objections.is_empty(),
            "{}:\n{}\ndeparting in\n{}\n{made:#?}",
            printed.name,
            objections.join("\n"),
            reasons.join("\n")
        );
    }

    /// The next exchange of the tutorial, if it is this one, which cannot be made.
    #[track_caller]
    pub(crate) fn leave_out(&mut self, name: &str) {
        let printed = self.printed.pop_front().expect("an exchange that is printed");
        assert_eq!(printed.name, format!("{}/{name}", self.tutorial));
    }

    /// Asserts that nothing of the tutorial is left, and that no departure from it was needless.
    pub(crate) fn end(self) {
        let left: Vec<_> = self.printed.iter().map(|printed| &printed.name).collect();
        assert!(left.is_empty(), "{left:?}");
        let needless: Vec<_> = self.departures.iter().map(|one| (one.exchange, &one.what)).collect();
        assert!(needless.is_empty(), "{needless:?}");
    }

    /// A printed text with our ids, and with where Graph is here.
    fn ours(&self, text: &str) -> String {
        self.ids.translate(&text.replace(GRAPH, self.wire.url()))
    }
}

fn time(text: &str) -> DateTimeOffset {
    text.parse().expect("a time")
}

/// What is printed, but for what is known to be otherwise.
fn departed(mut printed: Printed, departing: &[Departure]) -> Printed {
    for Departure { what, .. } in departing {
        match what {
            What::Url(url) => (*url).clone_into(&mut printed.url),
            What::Status(status) => printed.status = Some(*status),
            What::Request(pointer, value) => set(printed.request.as_mut(), pointer, value),
            What::Answer(pointer, value) => set(printed.body.as_mut(), pointer, value),
            What::AnswerLacks(pointer) => lack(printed.body.as_mut(), pointer),
        }
    }
    printed
}

fn set(body: Option<&mut Value>, pointer: &str, value: &Value) {
    *body.and_then(|body| body.pointer_mut(pointer)).expect("a member that is printed") = value.clone();
}

/// Takes a member of the whole out.
fn lack(body: Option<&mut Value>, pointer: &str) {
    let name = pointer.trim_start_matches('/');
    let taken = body.and_then(Value::as_object_mut).and_then(|body| body.remove(name));
    assert!(taken.is_some(), "{pointer} is printed");
}

/// One exchange, held against what is printed.
struct Comparison<'p> {
    play: &'p mut Play,
    pointer: String,
}

impl Comparison<'_> {
    /// What is not as printed.
    fn objections(&mut self, printed: &Printed, made: &Exchange) -> Vec<String> {
        let mut objections = Vec::new();
        let url = self.play.ours(printed.url.trim());
        let (expected, called) = (call(&printed.method, &url), call(&made.method, &made.url));
        if expected != called {
            objections.push(format!("{called} instead of {expected}"));
        }
        let request = printed.request.as_ref().map(|request| self.translated(request));
        objections.extend(requests_differ(request.as_ref(), made.request.as_ref()));
        // Lists whose answer is not printed are answered all the same.
        if let Some(status) = printed.status.filter(|status| *status != made.status) {
            objections.push(format!("status {} instead of {status}", made.status));
        }
        match (&printed.body, &made.answer) {
            (Some(printed), Some(answer)) => {
                let mut moments = Moments::default();
                self.compare(printed, answer, &mut moments, &mut objections);
                let mut known = times_in(request.as_ref());
                known.push(self.play.emulator.clock().now());
                objections.extend(moments.objections(&known, made.method != "GET"));
            }
            (Some(_), None) => objections.push("no body".to_owned()),
            (None, Some(_)) if printed.status == Some(204) => objections.push("a body".to_owned()),
            (None, _) => {}
        }
        objections
    }

    fn translated(&self, body: &Value) -> Value {
        serde_json::from_str(&self.play.ours(&body.to_string())).expect("JSON")
    }

    /// Compares what is printed with what was answered, which may say more.
    fn compare(&mut self, printed: &Value, answer: &Value, moments: &mut Moments, objections: &mut Vec<String>) {
        match (printed, answer) {
            (Value::Object(printed), Value::Object(answer)) => {
                // Other members tell of the id.
                let (ids, others): (Vec<_>, Vec<_>) = printed.iter().partition(|(name, _)| *name == "id");
                for (name, value) in ids.into_iter().chain(others) {
                    self.within(name, |inner| match answer.get(name) {
                        None => objections.push(format!("{} is not there", inner.pointer)),
                        Some(_) if name == "securityIdentifier" => {
                            objections.extend(inner.security_identifiers(printed, answer));
                        }
                        Some(answer) => inner.compare(value, answer, moments, objections),
                    });
                }
            }
            (Value::Array(printed), Value::Array(answer)) if printed.len() == answer.len() => {
                for (index, (printed, answer)) in printed.iter().zip(answer).enumerate() {
                    self.within(&index.to_string(), |inner| inner.compare(printed, answer, moments, objections));
                }
            }
            (Value::String(printed), Value::String(answer)) => {
                objections.extend(self.texts(printed, answer, moments));
            }
            _ if printed == answer => {}
            _ => objections.push(format!("{} is {answer} instead of {printed}", self.pointer)),
        }
    }

    fn texts(&mut self, printed: &str, answer: &str, moments: &mut Moments) -> Option<String> {
        if let (Ok(printed), Ok(ours)) = (printed.parse::<Uuid>(), answer.parse::<Uuid>()) {
            return self.play.ids.bind(printed, ours).err().map(|error| format!("{} is {error}", self.pointer));
        }
        if let (Ok(printed), Ok(ours)) = (printed.parse(), answer.parse()) {
            moments.note(printed, ours);
            return None;
        }
        // The service calls itself Graph, wherever it is.
        let expected = self.play.ids.translate(printed);
        let is_same =
            if self.pointer.ends_with("/action") { expected.eq_ignore_ascii_case(answer) } else { expected == answer };
        (!is_same).then(|| format!("{} is {answer:?} instead of {expected:?}", self.pointer))
    }

    /// Both have the security identifier that follows from the id beside it.
    fn security_identifiers(
        &self,
        printed: &serde_json::Map<String, Value>,
        answer: &serde_json::Map<String, Value>,
    ) -> Vec<String> {
        let wrong = [printed, answer].into_iter().filter(|object| {
            let id = object["id"].as_str().and_then(|id| id.parse().ok()).expect("a GUID");
            object["securityIdentifier"] != security_identifier(id)
        });
        wrong.map(|object| format!("{} is not that of {}", self.pointer, object["id"])).collect()
    }

    /// Compares what is below `name`.
    fn within(&mut self, name: &str, compare: impl FnOnce(&mut Self)) {
        let outside = self.pointer.len();
        self.pointer.push('/');
        self.pointer.push_str(name);
        compare(self);
        self.pointer.truncate(outside);
    }
}

/// Method, path and query, decoded: what both sides mean, however they spell it.
fn call(method: &str, url: &str) -> String {
    let url = url.split_once("://").and_then(|(_, rest)| rest.find('/').map(|start| &rest[start..])).unwrap_or(url);
    // A blank in a query can be written as a plus sign.
    let url = url.replace('+', "%20");
    format!("{method} {}", percent_decode_str(&url).decode_utf8().expect("UTF-8"))
}

/// Where a request does not say what is printed, but for the case of enumerations.
fn requests_differ(printed: Option<&Value>, made: Option<&Value>) -> Vec<String> {
    match (printed, made) {
        (Some(printed), Some(made)) => {
            let differences = differences(printed, made);
            let real = differences.into_iter().filter(|difference| difference.change != Change::Normalised);
            real.map(|difference| format!("the request: {difference}")).collect()
        }
        (None, None) => Vec::new(),
        (printed, made) => vec![format!("the request: {made:?} instead of {printed:?}")],
    }
}

/// The times that a body says.
fn times_in(body: Option<&Value>) -> Vec<DateTimeOffset> {
    match body {
        Some(Value::Object(members)) => members.values().flat_map(|value| times_in(Some(value))).collect(),
        Some(Value::Array(items)) => items.iter().flat_map(|value| times_in(Some(value))).collect(),
        Some(Value::String(text)) => text.parse().ok().into_iter().collect(),
        _ => Vec::new(),
    }
}
