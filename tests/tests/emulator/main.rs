//! The client and the emulator, held against each other: Microsoft's tutorials step by step, and what the client's own
//! tasks do.

mod departures;
mod mapping;
mod play;
#[path = "../tutorials/printed.rs"]
mod printed;
mod tasks;
mod tutorials;
mod wire;
