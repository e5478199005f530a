//! Microsoft's tutorial of 2025, played on this machine: an emulated tenant, two people, a clock that is turned by hand.
//!
//! ```console
//! $ cargo run -p pim-emulator --example demo
//! ```
//!
//! [The tutorial](https://learn.microsoft.com/graph/tutorial-assign-azureadroles) makes a group eligible for a role, and a
//! member of the group activates the role. What is shown are the requests that the generated client sent, and what the
//! emulator answered.

mod json;
mod page;
mod timeline;
mod tour;

use std::error::Error;
use std::io::{self, IsTerminal as _};
use std::process::ExitCode;

use page::Page;

#[tokio::main]
async fn main() -> ExitCode {
    let has_colours = io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    match tour::run(&mut Page::new(io::stdout(), has_colours)).await {
        // Whoever reads it may have seen enough.
        Err(error) if !is_closed(error.as_ref()) => {
            eprintln!("demo: {error}");
            ExitCode::FAILURE
        }
        _ => ExitCode::SUCCESS,
    }
}

fn is_closed(error: &(dyn Error + 'static)) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}
