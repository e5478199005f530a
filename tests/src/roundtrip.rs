//! Recorded exchanges, decoded with the generated types and encoded again: is anything lost?
//!
//! A recording is a JSON file that holds one exchange or an array of them:
//!
//! ```json
//! { "method": "POST", "url": "https://graph.microsoft.com/v1.0/groups", "status": 201, "request": {}, "body": {} }
//! ```
//!
//! `body` is the body of the response. In an exchange of which only the request was recorded, which has neither a
//! `status` nor a `request`, it is the body of that. Members with other names are ignored. A URL without a version, as in
//! the parts of a batch, is one of v1.0.

mod address;
mod body;
mod call;
mod catalogue;
mod difference;
mod files;
mod judgement;
mod normalisations;
mod recording;
mod run;
mod template;
mod text;

pub use catalogue::find;
pub use difference::{Change, Difference, differences};
pub use run::{Outcome, run};
