//! The primitive types of the Entity Data Model that Rust has no type of its own for.
//!
//! Each reads the form in which Graph writes the primitive types of [OData] and, unless it is changed, writes back what was read,
//! character by character: the fraction `.000` of a second or the offset `-07:00` is not normalised away. (UTC alone is
//! always written `Z`, also where it was read as `+00:00`.) Two values are equal when they *mean* the same, however they
//! are written.
//!
//! [OData]: https://docs.oasis-open.org/odata/odata/v4.01/odata-v4.01-part2-url-conventions.html#sec_PrimitiveLiterals

mod cursor;
mod date;
mod date_time_offset;
mod duration;
mod invalid_literal;
#[cfg(test)]
mod lexical_tests;
mod text;
mod time_of_day;

pub use date::Date;
pub use date_time_offset::DateTimeOffset;
pub use duration::{Duration, NegativeDuration};
pub use invalid_literal::InvalidLiteral;
pub use time_of_day::TimeOfDay;
