//! How long it takes until the program says where it is.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const TIMES: usize = 21;

pub(crate) fn print() {
    let directory = tempfile::tempdir().expect("a directory");
    let kept = directory.path().join("kept.db");
    let new = |number: usize| directory.path().join(format!("new{number}.db"));
    println!("| start | median | longest of {TIMES} |");
    println!("|---|--:|--:|");
    row("in memory", |_| start(None));
    row("with a new file", |number| start(Some(&new(number))));
    start(Some(&kept));
    row("with a file that there is", |_| start(Some(&kept)));
}

fn row(name: &str, start: impl Fn(usize) -> Duration) {
    let mut times: Vec<_> = (0..TIMES).map(start).collect();
    times.sort_unstable();
    println!("| {name} | {:.1?} | {:.1?} |", times[TIMES / 2], times[TIMES - 1]);
}

fn start(data: Option<&Path>) -> Duration {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pim-emulator"));
    command.args(["serve", "--port", "0"]).stdout(Stdio::piped());
    if let Some(data) = data {
        command.arg("--data").arg(data);
    }
    let began = Instant::now();
    let mut child = command.spawn().expect("the program can be started");
    let mut line = String::new();
    let mut output = BufReader::new(child.stdout.take().expect("its output is piped"));
    output.read_line(&mut line).expect("it prints text");
    let took = began.elapsed();
    assert!(line.contains("http://"), "{line}");
    child.kill().expect("it runs");
    child.wait().expect("it was started here");
    took
}
