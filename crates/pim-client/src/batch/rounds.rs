//! A batch, sent in as many rounds as it takes.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::time::{Duration, SystemTime};

use http::StatusCode;
use serde_json::value::RawValue;

use super::TicketId;
use super::answers::Body;
use super::item::Item;
use super::wire::{BatchRequest, BatchResponse, Described, Numbered, Response};
use crate::auth::BearerToken;
use crate::connection::Connection;
use crate::error::{Error, ErrorKind, MainError};
use crate::operation::Operation;
use crate::request::{Answer, call_with, send_request};
use crate::transport::{Exchange, Record, Tries, Verdict, answer, challenge, retry_after, step_up};

/// How many requests Graph takes at a time.
const MOST: usize = 20;

static V1_0: Operation = batch("v1.0");
static BETA: Operation = batch("beta");

const fn batch(version: &'static str) -> Operation {
    Operation::new(version, "batch", "POST", "/$batch", &[], &[], "https://learn.microsoft.com/graph/json-batching")
}

/// One request of the batch, through all rounds.
struct Entry {
    operation: &'static Operation,
    after: Vec<usize>,
    request: Option<Described>,
    record: Record,
    state: State,
}

enum State {
    /// It is still to be sent, or to be sent again; then with the error that it has now.
    Waiting(Option<Error>),
    Done(Result<Body, Error>),
}

pub(super) async fn send(
    connection: &Connection,
    batch: u64,
    items: Vec<Item<'_>>,
) -> Result<Vec<Result<Body, Error>>, Error> {
    let Some(version) = items.first().map(|item| item.operation.version) else { return Ok(Vec::new()) };
    let operation = if version == BETA.version { &BETA } else { &V1_0 };
    let mut entries = Vec::new();
    for item in items {
        entries.push(Entry::new(connection, batch, version, item).await?);
    }
    let mut rounds = Rounds { connection, operation, entries, token: None, may_step_up: true };
    rounds.run().await?;
    Ok(rounds.entries.into_iter().map(Entry::conclude).collect())
}

struct Rounds<'a> {
    connection: &'a Connection,
    operation: &'static Operation,
    entries: Vec<Entry>,
    /// What was last sent with.
    token: Option<BearerToken>,
    /// Whether the provider was not asked yet to step up: it is once, whatever comes of it.
    may_step_up: bool,
}

impl Rounds<'_> {
    async fn run(&mut self) -> Result<(), Error> {
        let mut tries = Tries::begin(self.connection.inner().retry(), true);
        loop {
            self.round().await?;
            if self.step_up().await {
                continue;
            }
            let Some((verdict, retry_after)) = self.repeatable() else { return Ok(()) };
            let Some(wait) = tries.next(verdict, retry_after) else { return Ok(()) };
            tokio::time::sleep(wait).await;
        }
    }

    /// Sends every request that waits, once, unless what it waits for has to be repeated first.
    async fn round(&mut self) -> Result<(), Error> {
        let mut left: BTreeSet<usize> =
            (0..self.entries.len()).filter(|&index| matches!(self.entries[index].state, State::Waiting(_))).collect();
        loop {
            let chunk = self.next_chunk(&mut left);
            if chunk.is_empty() {
                return Ok(());
            }
            let responses = self.post(&chunk).await?;
            self.take(&chunk, responses);
        }
    }

    /// The next twenty that can be sent: what they wait for has succeeded, or is among them.
    fn next_chunk(&mut self, left: &mut BTreeSet<usize>) -> Vec<usize> {
        let mut chunk = Vec::new();
        for index in left.clone() {
            if chunk.len() == MOST {
                break;
            }
            let after = self.entries[index].after.clone();
            if after.iter().any(|&other| matches!(self.entries[other].state, State::Done(Err(_)))) {
                left.remove(&index);
                self.entries[index].fail_dependency();
            } else if after
                .iter()
                .all(|other| chunk.contains(other) || matches!(self.entries[*other].state, State::Done(Ok(_))))
            {
                left.remove(&index);
                chunk.push(index);
            }
        }
        chunk
    }

    async fn post(&mut self, chunk: &[usize]) -> Result<Vec<Response>, Error> {
        let entries = || chunk.iter().map(|&index| &self.entries[index]);
        let requests = chunk.iter().filter_map(|&index| {
            let entry = &self.entries[index];
            let depends_on = entry.after.iter().filter(|other| chunk.contains(other)).map(ToString::to_string);
            Some(Numbered { id: index.to_string(), depends_on: depends_on.collect(), request: entry.request.as_ref()? })
        });
        let body = BatchRequest { requests: requests.collect() };
        let exchange = Exchange {
            permissions: permissions(entries()),
            is_idempotent: entries().all(|entry| entry.operation.is_idempotent()),
            ..Exchange::of(self.operation)
        };
        let posted = call_with(exchange, post(self.connection, self.operation.version, &body)).await;
        let (answer, exchange): (BatchResponse, Exchange) = posted?;
        self.token = exchange.token;
        Ok(answer.responses)
    }

    fn take(&mut self, chunk: &[usize], responses: Vec<Response>) {
        let mut open: BTreeSet<usize> = chunk.iter().copied().collect();
        for response in responses {
            // Once only: what was created is not to be sent again because a second answer says something else.
            if let Some(index) = response.index().filter(|index| open.remove(index)) {
                self.entries[index].answered(response, self.token.as_ref());
            }
        }
        for index in open {
            self.entries[index].unanswered();
        }
        // What only fell with a request that is sent again is sent again with it.
        for &index in chunk {
            let falls = self.entries[index].record.status == Some(StatusCode::FAILED_DEPENDENCY)
                && self.entries[index]
                    .after
                    .iter()
                    .any(|&other| matches!(self.entries[other].state, State::Waiting(_)));
            if falls {
                self.entries[index].wait_again();
            }
        }
    }

    /// Whether there is a challenge, and a token for it: then the requests that it refused are sent again, once.
    async fn step_up(&mut self) -> bool {
        if !self.may_step_up {
            return false;
        }
        let is_refused = |entry: &Entry| matches!(entry.state, State::Done(Err(_))) && entry.record.challenge.is_some();
        let Some(claims) =
            self.entries.iter().filter(|entry| is_refused(entry)).find_map(|entry| entry.record.challenge.clone())
        else {
            return false;
        };
        self.may_step_up = false;
        let permissions = permissions(&self.entries);
        if let Err(error) = step_up(self.connection.inner(), permissions, claims, self.token.clone()).await {
            for entry in self.entries.iter_mut().filter(|entry| is_refused(entry)) {
                entry.not_stepped_up(&error.to_string());
            }
            return false;
        }
        for entry in &mut self.entries {
            let fell = entry.record.status == Some(StatusCode::FAILED_DEPENDENCY);
            if matches!(entry.state, State::Done(Err(_))) && (entry.record.challenge.is_some() || fell) {
                entry.wait_again();
            }
        }
        true
    }

    /// What decides over a further round, if there is something to repeat.
    fn repeatable(&self) -> Option<(Verdict, Option<Duration>)> {
        let waiting = self.entries.iter().filter(|entry| matches!(entry.state, State::Waiting(_)));
        let records: Vec<_> = waiting.map(|entry| &entry.record).collect();
        let retry_after = records.iter().filter_map(|record| record.retry_after).max();
        (!records.is_empty()).then_some((Verdict::NotActed, retry_after))
    }
}

impl Entry {
    async fn new(connection: &Connection, batch: u64, version: &str, item: Item<'_>) -> Result<Self, Error> {
        let operation = item.operation;
        if operation.version != version {
            return Err(Error::invalid_input(format!(
                "a batch is for one version of Graph: {version} and {} are mixed; make a batch for each",
                operation.version
            )));
        }
        let ours = |id: &TicketId| (id.batch == batch).then_some(id.index);
        let after: Option<Vec<_>> = item.after.iter().map(ours).collect();
        let after = after.ok_or_else(|| Error::invalid_input("a request waits for one of another batch"))?;
        let described = match item.into_request().await {
            Ok(request) => Described::new(connection, version, &request),
            Err(error) => Err(error),
        };
        let mut record = Record::default();
        let (request, state) = match described {
            Ok(request) => {
                record.client_request_id = request.client_request_id();
                (Some(request), State::Waiting(None))
            }
            Err(error) => (None, State::Done(Err(error))),
        };
        Ok(Self { operation, after, request, record, state })
    }

    /// Takes what Graph answers to the request, which was sent with `token`.
    fn answered(&mut self, response: Response, token: Option<&BearerToken>) {
        let Some(status) = response.status() else { return self.unanswered() };
        let headers = response.headers();
        let json = response.body.as_deref().map_or("", RawValue::get).as_bytes();
        let record = &mut self.record;
        record.tries += 1;
        record.status = Some(status);
        record.request_id = answer::request_id(&headers, token);
        record.retry_after = retry_after(&headers, SystemTime::now());
        record.challenge = challenge::of(status, &headers, json);
        if status.is_success() {
            let body = Body { operation: self.operation, record: record.clone(), json: response.body };
            self.state = State::Done(Ok(body));
            return;
        }
        let answer = answer::error_in(json, token).map_or_else(MainError::default, |error| error.error);
        let error = Error::service(answer).of_call(self.operation, record.clone());
        let is_repeated = match Verdict::of_status(status) {
            Verdict::Final => false,
            Verdict::NotActed => true,
            Verdict::Unknown => self.operation.is_idempotent(),
        };
        self.state = if is_repeated { State::Waiting(Some(error)) } else { State::Done(Err(error)) };
    }

    /// Takes note that Graph left the request out, or does not say what became of it.
    fn unanswered(&mut self) {
        let client_request_id = self.record.client_request_id.take();
        self.record = Record { client_request_id, tries: self.record.tries + 1, ..Record::default() };
        let missing = Error::new(ErrorKind::Decode, "the answer to the batch does not say what became of this request");
        self.state = State::Done(Err(missing.of_call(self.operation, self.record.clone())));
    }

    fn fail_dependency(&mut self) {
        self.record.status = Some(StatusCode::FAILED_DEPENDENCY);
        let error = Error::service(MainError::default()).of_call(self.operation, self.record.clone());
        self.state = State::Done(Err(error.with_hint("a request that it waits for failed; it was not sent")));
    }

    fn wait_again(&mut self) {
        let state = std::mem::replace(&mut self.state, State::Waiting(None));
        if let State::Done(Err(error)) = state {
            self.state = State::Waiting(Some(error));
        }
    }

    fn not_stepped_up(&mut self, reason: &str) {
        self.record.not_stepped_up = Some(reason.to_owned());
        let state = std::mem::replace(&mut self.state, State::Waiting(None));
        if let State::Done(Err(error)) = state {
            self.state = State::Done(Err(error.of_call(self.operation, self.record.clone())));
        }
    }

    fn conclude(self) -> Result<Body, Error> {
        match self.state {
            State::Done(result) => result,
            State::Waiting(Some(error)) => Err(error),
            State::Waiting(None) => Err(Error::service(MainError::default())
                .of_call(self.operation, self.record)
                .with_hint("it waits for a request that was not acted on; it was not sent")),
        }
    }
}

/// What all of `entries` need together.
fn permissions<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> Cow<'static, [&'static str]> {
    let permissions: BTreeSet<_> = entries.into_iter().flat_map(|entry| entry.operation.delegated).copied().collect();
    permissions.into_iter().collect()
}

async fn post(connection: &Connection, version: &str, body: &BatchRequest<'_>) -> Answer<BatchResponse> {
    let url = format!("{}/$batch", connection.version_url(version));
    send_request(connection, connection.client().post(url).json(body)).await
}
