//! (to be written)
#[derive(Debug)]
pub(crate) struct Fault { pub(crate) code: &'static str, pub(crate) message: String }
