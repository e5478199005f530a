//! How fast the service is.
fn main() {}
