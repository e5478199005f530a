//! What queries mean, as a specification.

mod conformance;
mod dialects;
mod faults;
mod fuzzed;
mod projections;
mod queries;
mod samples;
