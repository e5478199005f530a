use super::Refusal;
use crate::store;

/// Why something was not done: PIM refused it, or the store failed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    #[error(transparent)]
    Refused(#[from] Refusal),
    #[error(transparent)]
    Store(#[from] store::Error),
}

pub(crate) type Result<T, E = Failure> = std::result::Result<T, E>;
