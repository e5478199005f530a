//! The client and the emulator, held against each other: Microsoft's tutorials step by step, as they are printed.

mod departures;
mod mapping;
mod play;
#[path = "../tutorials/printed.rs"]
mod printed;
mod tutorials;
mod wire;
