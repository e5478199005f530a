//! How fast the service is, over loopback: requests a second and how long they take, beside a bare handler that returns
//! the same bytes.
//!
//! `cargo bench -p pim-emulator --bench service`, with `quick` behind `--` for a hundredth of the data and the requests.
//! Each configuration runs in a process of its own, so that its memory can be told.

mod bare;
mod load;
mod scenario;
mod startup;
mod tenant;

use std::process::Command;

use scenario::Configuration;

fn main() {
    let arguments: Vec<_> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let is_quick = arguments.iter().any(|argument| argument == "quick");
    if let [task, data, loaded, scale] = arguments.as_slice()
        && task == "run"
    {
        let loaded = loaded.parse().expect("a number");
        let scale = scale.parse().expect("a number");
        return scenario::run(Configuration { is_durable: data == "durable", loaded, scale });
    }
    let scale = if is_quick { "100" } else { "1" };
    let many = |count: u32| if is_quick { (count / 100).to_string() } else { count.to_string() };
    startup::print();
    println!();
    println!(
        "| data | schedules | request | requests/s, 8 at a time | p50 | p99 | p50, 1 at a time | p99 | processor | \
         bare handler/s | p99 | processor | memory |"
    );
    println!("|---|--:|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
    for (data, loaded) in
        [("memory", 0), ("memory", 100_000), ("memory", 1_000_000), ("durable", 0), ("durable", 100_000)]
    {
        let this = std::env::current_exe().expect("this program");
        let status = Command::new(this).args(["run", data, &many(loaded), scale]).status();
        assert!(status.is_ok_and(|status| status.success()), "{data}, {loaded}");
    }
}
