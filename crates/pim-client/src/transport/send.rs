//! A request is sent, as often as it takes.

use std::time::{Duration, Instant};

use reqwest::{Client, Request, Response};

use super::attempt::{Answer, Try, attempt};
use super::observer::{Attempt, Outcome};
use super::prepare::authorize;
use super::retry::{Tries, Verdict};
use super::{Exchange, answer};
use crate::connection::Inner;
use crate::error::{Error, ErrorKind};
use crate::operation::Operation;

/// Sends a request that was [prepared](super::prepare), until it is decided or the retry policy ends it.
pub(super) async fn send(client: &Client, inner: &Inner, request: Request) -> reqwest::Result<Response> {
    let operation = Exchange::note(|exchange| exchange.operation);
    let is_idempotent = Exchange::note(|exchange| exchange.is_idempotent).unwrap_or_default();
    let mut tries = Tries::begin(inner.retry(), is_idempotent);
    let mut may_step_up = true;
    let mut request = request;
    loop {
        let spare = request.try_clone();
        let watch = Watch::start(inner, operation);
        let outcome = attempt(client, request).await;
        note(&outcome);
        let challenge = outcome.answer().and_then(Answer::challenge).filter(|_| may_step_up);
        let wait = match &challenge {
            Some(_) => None,
            None => tries.next(Verdict::of(&outcome), outcome.answer().and_then(Answer::retry_after)),
        };
        watch.stop(&outcome, if challenge.is_some() { Some(Duration::ZERO) } else { wait });
        let Some(mut again) = spare else { return conclude(outcome) };
        if let Some(wait) = wait {
            tracing::debug!(?wait, "not acted on; trying again");
            tokio::time::sleep(wait).await;
            if !may_step_up {
                // The token was stepped up for this call, and the provider may give it to no request without claims.
                request = again;
                continue;
            }
        } else if challenge.is_some() {
            tracing::debug!("claims challenge; asking for a token that is stepped up");
            may_step_up = false;
        } else {
            return conclude(outcome);
        }
        // The token is asked for anew: while waiting, the last one may have come to its end.
        if let Err(error) = authorize(inner, &mut again, challenge.clone()).await {
            if challenge.is_some() {
                Exchange::note(|exchange| exchange.record.not_stepped_up = Some(error.to_string()));
                return conclude(outcome);
            }
            Exchange::note(|exchange| exchange.fault = Some(error));
            return conclude(outcome);
        }
        request = again;
    }
}

/// Notes for the error message how a try ended.
fn note(tried: &Try) {
    Exchange::note(|exchange| {
        let record = &mut exchange.record;
        let answer = tried.answer();
        record.tries += 1;
        record.status = answer.map(|answer| answer.status);
        record.request_id = answer.and_then(|answer| answer.request_id(exchange.token.as_ref()));
        record.retry_after = answer.and_then(Answer::retry_after);
        record.challenge = answer.and_then(Answer::challenge);
    });
}

/// Hands the last answer to progenitor.
fn conclude(tried: Try) -> reqwest::Result<Response> {
    match tried {
        Try::Answered(answer) => {
            let token = Exchange::note(|exchange| exchange.token.clone()).flatten();
            Ok(answer.into_response(token.as_ref()))
        }
        Try::TooLong(answer) => {
            let reason = format!("the answer is longer than {} MiB", answer::ANSWER_LIMIT >> 20);
            Exchange::note(|exchange| exchange.fault = Some(Error::new(ErrorKind::Transport, reason)));
            Ok(answer.into_response(None))
        }
        Try::Failed(error, _) => Err(error),
    }
}

/// Tells the caller's observer of one try.
struct Watch<'a> {
    inner: &'a Inner,
    attempt: Option<(&'static Operation, Option<String>, u32)>,
    started: Instant,
}

impl<'a> Watch<'a> {
    fn start(inner: &'a Inner, operation: Option<&'static Operation>) -> Self {
        let known = inner
            .observer()
            .and(operation)
            .zip(Exchange::note(|exchange| (exchange.record.client_request_id.clone(), exchange.record.tries + 1)));
        let watch = Self {
            inner,
            attempt: known.map(|(operation, (id, number))| (operation, id, number)),
            started: Instant::now(),
        };
        if let (Some(observer), Some(attempt)) = (inner.observer(), watch.attempt()) {
            observer.sending(&attempt);
        }
        watch
    }

    fn stop(&self, tried: &Try, retry_in: Option<Duration>) {
        let answer = tried.answer();
        let elapsed = self.started.elapsed();
        let status = answer.map(|answer| answer.status.as_u16());
        tracing::debug!(status, ?elapsed, "answered");
        if let (Some(observer), Some(attempt)) = (self.inner.observer(), self.attempt()) {
            let request_id = Exchange::note(|exchange| exchange.record.request_id.clone()).flatten();
            observer.answered(&attempt, &Outcome { status, request_id: request_id.as_deref(), elapsed, retry_in });
        }
    }

    fn attempt(&self) -> Option<Attempt<'_>> {
        let (operation, client_request_id, number) = self.attempt.as_ref()?;
        Some(Attempt { operation, client_request_id: client_request_id.as_deref(), number: *number })
    }
}
