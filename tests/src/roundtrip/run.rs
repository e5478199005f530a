//! The command: recordings in, lines out.

use std::fmt::Display;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::judgement::{Judgement, Verdict};
use super::recording::Recording;
use super::{files, text};

/// How a run ended, which its exit code tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// All exchanges are ok: 0.
    AllOk,
    /// Some are not: 1.
    NotAllOk,
    /// Some could not be read, whatever the others are: 2.
    Unreadable,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::AllOk => Self::SUCCESS,
            Outcome::NotAllOk => Self::from(1),
            Outcome::Unreadable => Self::from(2),
        }
    }
}

/// Judges the exchanges at `paths`, which are files or folders. Writes a line for each, and the totals last; what
/// cannot be read is written to `errors`. Fails if that is not possible.
pub fn run(paths: &[PathBuf], output: &mut impl Write, errors: &mut impl Write) -> io::Result<Outcome> {
    let mut run = Run { output, errors, totals: Totals::default(), unreadable: 0 };
    for path in paths {
        run.judge_all_at(path)?;
    }
    run.end()
}

struct Run<'w, O, E> {
    output: &'w mut O,
    errors: &'w mut E,
    totals: Totals,
    unreadable: usize,
}

impl<O: Write, E: Write> Run<'_, O, E> {
    fn judge_all_at(&mut self, path: &Path) -> io::Result<()> {
        match files::at(path) {
            Ok(files) => files.iter().try_for_each(|file| self.judge_file(file)),
            Err(error) => self.complain(path, format_args!(": {error}")),
        }
    }

    fn judge_file(&mut self, file: &Path) -> io::Result<()> {
        let text = match std::fs::read_to_string(file) {
            Ok(text) => text,
            Err(error) => return self.complain(file, format_args!(": {error}")),
        };
        match Recording::read(&text) {
            Ok(recording) if recording.exchanges.is_empty() => self.complain(file, ": holds no exchange"),
            Ok(recording) => self.judge(file, &recording),
            Err(error) => self.complain(file, place_and_fault(&error)),
        }
    }

    fn judge(&mut self, file: &Path, recording: &Recording<'_>) -> io::Result<()> {
        for (index, exchange) in recording.exchanges.iter().enumerate() {
            let judgement = Judgement::of(exchange, recording);
            self.totals.add(&judgement.verdict);
            let index = if recording.is_array { format!("[{index}]") } else { String::new() };
            writeln!(self.output, "{:<17}  {}{index}: {judgement}", judgement.verdict.name(), name(file))?;
        }
        Ok(())
    }

    fn complain(&mut self, path: &Path, problem: impl Display) -> io::Result<()> {
        self.unreadable += 1;
        writeln!(self.errors, "error: {}{problem}", name(path))
    }

    fn end(self) -> io::Result<Outcome> {
        writeln!(self.output, "{}", self.totals)?;
        Ok(match (self.unreadable, self.totals.are_all_ok()) {
            (0, true) => Outcome::AllOk,
            (0, false) => Outcome::NotAllOk,
            (_, _) => Outcome::Unreadable,
        })
    }
}

/// `:LINE:COLUMN: fault`, as compilers have it.
fn place_and_fault(error: &serde_json::Error) -> String {
    let fault = error.to_string();
    let fault = fault.rsplit_once(" at line ").map_or(fault.as_str(), |(fault, _)| fault);
    format!(":{}:{}: {fault}", error.line(), error.column())
}

fn name(path: &Path) -> String {
    text::one_line(&path.display().to_string())
}

/// How many exchanges got which verdict.
#[derive(Default)]
struct Totals {
    ok: usize,
    lossy: usize,
    unknown: usize,
    undecodable: usize,
}

impl Totals {
    fn add(&mut self, verdict: &Verdict) {
        *match verdict {
            Verdict::Ok { .. } => &mut self.ok,
            Verdict::Lossy { .. } => &mut self.lossy,
            Verdict::UnknownOperation => &mut self.unknown,
            Verdict::Undecodable { .. } => &mut self.undecodable,
        } += 1;
    }

    fn are_all_ok(&self) -> bool {
        self.lossy + self.unknown + self.undecodable == 0
    }
}

impl Display for Totals {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { ok, lossy, unknown, undecodable } = self;
        let all = ok + lossy + unknown + undecodable;
        let exchanges = if all == 1 { "exchange" } else { "exchanges" };
        write!(f, "{all} {exchanges}: {ok} ok, {lossy} lossy, {unknown} unknown operation, {undecodable} undecodable")
    }
}
