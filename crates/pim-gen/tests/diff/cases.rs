//! Each change there can be, of a small directory, and what is said of it.
