//! PIM's tasks, against a service that answers as PIM does: what is sent, what becomes of it, and what is refused
//! before anything is sent.

mod fake;
mod held;
mod lost;
mod many;
mod names;
mod open;
mod orders;
mod waiting;
