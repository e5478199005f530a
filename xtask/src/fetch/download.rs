//! A document from an address: asked for, asked for again, gone on with, looked at.

use std::io::{self, Read as _};
use std::thread;
use std::time::{Duration, Instant};

use pim_gen::{Error, Result};

use super::address::Address;
use super::exchange::{Answer, ask};
use super::failure::Failure;
use super::limits::{LONGEST_WAIT, Limits, MOST_BYTES};
use super::progress::Progress;
use super::refusal::{no_document, no_metadata, no_success};
use super::resume::{Beginning, Partial, Validators};
use super::verify::{decode, verify};

/// A download.
pub(super) struct Download<'a> {
    /// Where from.
    pub(super) address: &'a Address,
    /// How patiently.
    pub(super) limits: Limits,
    /// The state of the document that is already here.
    pub(super) known: Option<&'a Validators>,
    /// Who is told.
    pub(super) progress: &'a dyn Progress,
}

/// What came of it.
pub(super) enum Got {
    /// It is the document that is already here.
    NotModified,
    /// A whole document that can be generated from.
    Document(Received),
}

/// A document that came.
pub(super) struct Received {
    /// It, decoded.
    pub(super) bytes: Vec<u8>,
    /// Who answered, without the query.
    pub(super) from: String,
    /// Which state of it this is.
    pub(super) validators: Validators,
}

impl Download<'_> {
    /// Downloads by way of `partial`. Fails when what is wrong will last, or has happened too often.
    pub(super) fn run(&self, partial: &mut Partial) -> Result<Got> {
        let until = Instant::now() + self.limits.timeout;
        let mut waits = self.limits.waits();
        let mut failures: Vec<String> = Vec::new();
        loop {
            self.progress.doing(&format!("asking {}", self.address));
            let (what, after) = match self.attempt(partial, until) {
                Ok(got) => return Ok(got),
                Err(Failure::Told(error)) => return Err(error.in_source(self.address.as_str())),
                Err(Failure::Lasting(what)) => {
                    let before = failures.last().map(|before| format!(" (before: {before})")).unwrap_or_default();
                    return Err(self.failed(&format!("{what}{before}")));
                }
                Err(Failure::Passing { what, after }) => (what, after),
            };
            let Some(wait) = waits.next() else {
                return Err(self.failed(&format!("{what}; {}", self.advice(failures.len() + 1, partial))));
            };
            let wait = wait.max(after.unwrap_or_default());
            if wait > LONGEST_WAIT || Instant::now() + wait >= until {
                let seconds = wait.as_secs();
                return Err(
                    self.failed(&format!("{what}; run this again in {seconds} s, which is too long to wait here"))
                );
            }
            failures.push(what.clone());
            let (times, most) = (failures.len(), self.limits.retries);
            self.progress.note(&format!("{what}; again in {:.1} s ({times} of {most})", wait.as_secs_f64()));
            thread::sleep(wait);
        }
    }

    fn failed(&self, what: &str) -> Error {
        Error::new(format!("cannot fetch {}: {what}", self.address))
    }

    /// What to do after it was tried so often.
    fn advice(&self, attempts: usize, partial: &Partial) -> String {
        let times = if attempts == 1 { "once".to_owned() } else { format!("{attempts} times") };
        match partial.is_kept().then(|| partial.beginning(self.address)).flatten() {
            Some(_) => format!("tried {times}; run this again to go on from byte {}", partial.length()),
            None => format!("tried {times}; run this again later"),
        }
    }

    fn attempt(&self, partial: &mut Partial, until: Instant) -> Result<Got, Failure> {
        let within = until.saturating_duration_since(Instant::now()).max(Duration::from_millis(1));
        let beginning = partial.beginning(self.address);
        let answer = ask(self.address, &self.headers(beginning.as_ref(), partial.length()), self.limits, within)?;
        match (answer.response.status().as_u16(), beginning) {
            (200, _) => {
                let answer = no_metadata(answer)?;
                let beginning = Beginning::of(self.address, &answer);
                partial.begin(&beginning).map_err(Failure::Told)?;
                self.receive(answer, partial, &beginning, beginning.total)
            }
            (206, Some(beginning)) => match beginning.continued(&answer, partial.length()) {
                Ok(total) => self.receive(answer, partial, &beginning, Some(total)),
                Err(why) => {
                    partial.discard();
                    Err(Failure::passing(format!("{why}; it is begun anew")))
                }
            },
            (416, Some(_)) => {
                partial.discard();
                Err(Failure::passing("it has no such rest any more; it is begun anew"))
            }
            (304, None) if self.known.is_some() => Ok(Got::NotModified),
            _ => Err(no_success(answer)),
        }
    }

    fn headers(&self, beginning: Option<&Beginning>, length: u64) -> Vec<(&'static str, String)> {
        let mut headers = vec![("accept", "application/xml".to_owned()), ("accept-encoding", "gzip".to_owned())];
        match (beginning.and_then(|beginning| beginning.if_range.clone()), self.known) {
            (Some(state), _) => headers.extend([("range", format!("bytes={length}-")), ("if-range", state)]),
            (None, Some(Validators { etag: Some(etag), .. })) => headers.push(("if-none-match", etag.clone())),
            (None, Some(Validators { last_modified: Some(date), .. })) => {
                headers.push(("if-modified-since", date.clone()));
            }
            (None, _) => {}
        }
        headers
    }

    /// Takes a body to its end, and looks at the whole.
    fn receive(
        &self,
        mut answer: Answer,
        partial: &mut Partial,
        beginning: &Beginning,
        total: Option<u64>,
    ) -> Result<Got, Failure> {
        let began_at = partial.length();
        if total.is_some_and(|total| total > MOST_BYTES) {
            return Err(too_large(partial));
        }
        self.progress.begins(began_at, total);
        let mut reader = answer.response.body_mut().as_reader();
        let mut buffer = vec![0; 64 * 1024];
        loop {
            let read = reader.read(&mut buffer).map_err(|error| cut(error, partial.length(), total))?;
            if read == 0 {
                break;
            }
            if partial.length() + read as u64 > MOST_BYTES {
                return Err(too_large(partial));
            }
            partial.append(&buffer[..read]).map_err(Failure::Told)?;
            self.progress.came(read as u64);
        }
        if let Some(total) = total.filter(|total| *total != partial.length()) {
            return Err(Failure::passing(format!("it sent {} of {total} bytes", partial.length())));
        }
        self.progress.doing("reading what came");
        let whole = whole(partial, beginning);
        // Without either, the end of the connection is all that tells the end of the body.
        let told_its_end = ["content-length", "transfer-encoding"].iter().any(|name| answer.header(name).is_some());
        match whole {
            Ok(bytes) => {
                partial.discard();
                let validators = beginning.validators.clone();
                Ok(Got::Document(Received { bytes, from: beginning.from.clone(), validators }))
            }
            Err(Failure::Told(error)) if !told_its_end => {
                Err(Failure::passing(format!("it ended without having said where: {error}")))
            }
            Err(failure) => {
                partial.discard();
                match failure {
                    // Two halves that do not fit: it may be where they were put together.
                    Failure::Told(error) if began_at > 0 => {
                        Err(Failure::passing(format!("what was put together from two answers is wrong: {error}")))
                    }
                    failure => Err(failure),
                }
            }
        }
    }
}

/// The document, if it is one.
fn whole(partial: &Partial, beginning: &Beginning) -> Result<Vec<u8>, Failure> {
    let sent = partial.bytes().map_err(Failure::Told)?;
    let bytes = decode(beginning.encoding.as_deref(), &sent).map_err(Failure::Lasting)?;
    if let Some(instead) = no_document(&bytes) {
        return Err(Failure::Lasting(instead));
    }
    if bytes.len() as u64 > MOST_BYTES {
        return Err(Failure::Lasting(format!("it is larger than {MOST_BYTES} bytes, decoded")));
    }
    verify(&bytes).map_err(Failure::Told)?;
    Ok(bytes)
}

/// No document is that large, and no disk is to be filled with what is none.
fn too_large(partial: &mut Partial) -> Failure {
    partial.discard();
    Failure::Lasting(format!("it is larger than {MOST_BYTES} bytes, which no metadata of Graph is"))
}

/// A body that ended before its end.
fn cut(error: io::Error, length: u64, total: Option<u64>) -> Failure {
    let of = total.map(|total| format!(" of {total}")).unwrap_or_default();
    Failure::of(error.into()).with(&format!(" after {length}{of} bytes"))
}
