//! The program itself, as a process of its own.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

/// One that serves. It is killed when it is dropped.
pub(crate) struct Program {
    child: Child,
    pub(crate) url: String,
    /// Held, so that it can go on printing.
    _output: BufReader<ChildStdout>,
}

fn command(data: &Path, tenant: Option<&Path>) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pim-emulator"));
    command.args(["serve", "--port", "0", "--data"]).arg(data);
    if let Some(tenant) = tenant {
        command.arg("--tenant").arg(tenant);
    }
    command
}

impl Program {
    /// Starts it, and waits until it says where it is.
    pub(crate) fn start(data: &Path, tenant: Option<&Path>) -> Self {
        let mut child = command(data, tenant).stdout(Stdio::piped()).spawn().expect("the program can be started");
        let mut output = BufReader::new(child.stdout.take().expect("its output is piped"));
        let mut line = String::new();
        output.read_line(&mut line).expect("it prints text");
        let url = line.trim().rsplit(' ').next().unwrap_or_default().to_owned();
        assert!(url.starts_with("http://"), "it says where it is: {line:?}");
        Self { child, url, _output: output }
    }

    /// Ends it as nothing can prepare for: with SIGKILL.
    pub(crate) fn kill(mut self) {
        self.child.kill().expect("it runs");
        self.child.wait().expect("it was started here");
    }

    /// Starts one that is not to start: what it says instead.
    pub(crate) fn refusal(data: &Path, tenant: Option<&Path>) -> String {
        let output = command(data, tenant).output().expect("the program can be started");
        let says = String::from_utf8(output.stderr).expect("text");
        assert!(!output.status.success(), "it started; and it said {says:?}");
        assert_eq!(says.trim_end().lines().count(), 1, "{says}");
        assert!(output.stdout.is_empty());
        says
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
