//! Filters are written so that whoever knows OData's grammar reads what was meant.

#![expect(clippy::unwrap_used, reason = "there is nobody to handle an error")]

mod condition;
mod deep;
mod grammar;
mod recipe;
mod sent;
mod thing;
mod written;
