//! The emulator as a library within a test, and what it is like over HTTP.

mod batch;
mod control;
mod faults;
mod http;
mod lifecycle;
mod paging;
mod race;
mod web;
