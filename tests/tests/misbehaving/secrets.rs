//! What must show nowhere: the witnesses that read along in every test.

use std::error::Error as _;
use std::io;
use std::iter::successors;
use std::sync::{Mutex, Once, PoisonError};

use pim_client::{Attempt, Error, Observer, Outcome};
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::fmt::format::FmtSpan;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{Layer, fmt};

/// The token of every client begins with it, also one that was stepped up.
pub(crate) const TOKEN: &str = "s3cr3t.t0ken";

/// What every request says that says anything.
pub(crate) const SAID: &str = "c0nfidential reason";

/// Fails the test that shows `text` to anybody, if there is a token or the text of a request in it.
pub(crate) fn is_harmless(text: &str) {
    assert!(!text.contains("s3cr3t"), "the token shows: {text}");
    assert!(!text.contains("c0nfidential"), "the text of a request shows: {text}");
}

/// The error of a call that should fail, after a look at all that it shows.
#[track_caller]
pub(crate) fn failure<T>(result: Result<T, Error>) -> Error {
    let Err(error) = result else { panic!("the call should have failed") };
    let causes = successors(error.source(), |&error| error.source()).map(|cause| format!("{cause} {cause:?}"));
    let shown = [error.to_string(), format!("{error:?}")].into_iter().chain(causes);
    let accessors = [error.message(), error.target(), error.request_id(), error.client_request_id()];
    let said = accessors.into_iter().flatten().chain(error.codes()).map(str::to_owned);
    for text in shown.chain(said) {
        is_harmless(&text);
        assert!(!text.chars().any(char::is_control), "more than a line: {text:?}");
    }
    let line = error.to_string();
    assert!(line.chars().count() < 1_500, "a long line: {line}");
    error
}

/// An observer that looks at all that it is told.
pub(crate) struct Wary;

impl Observer for Wary {
    fn sending(&self, attempt: &Attempt<'_>) {
        is_harmless(&format!("{attempt:?}"));
    }

    fn answered(&self, attempt: &Attempt<'_>, outcome: &Outcome<'_>) {
        is_harmless(&format!("{attempt:?} {outcome:?}"));
    }
}

static LOG: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// The lines of the log in which `text` occurs.
pub(crate) fn logged(text: &str) -> Vec<String> {
    let log = LOG.lock().unwrap_or_else(PoisonError::into_inner);
    log.iter().filter(|line| line.contains(text)).cloned().collect()
}

/// Reads along with everything that the client logs, at the finest level, from now on.
pub(crate) fn read_along() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let log = fmt::layer().with_ansi(false).with_span_events(FmtSpan::FULL).with_writer(|| Reader);
        let ours = Targets::new().with_target("pim_client", LevelFilter::TRACE);
        tracing_subscriber::registry().with(log.with_filter(ours)).init();
    });
}

/// Takes a line of the log.
struct Reader;

impl io::Write for Reader {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        let text = String::from_utf8_lossy(line).into_owned();
        is_harmless(&text);
        LOG.lock().unwrap_or_else(PoisonError::into_inner).push(text);
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
#[should_panic(expected = "the token shows")]
fn a_token_in_the_log_fails_a_test() {
    let _ = io::Write::write(&mut Reader, format!("sent: Bearer {TOKEN}").as_bytes());
}

#[test]
#[should_panic(expected = "the text of a request shows")]
fn the_text_of_a_request_fails_a_test() {
    is_harmless(SAID);
}
