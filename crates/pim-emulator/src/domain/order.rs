//! What a request asks for.

use pim_client::edm::Duration;

use super::{Action, Instant, Key, Kind};

/// When an assignment is to end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Expiration {
    /// `notSpecified`
    NotSpecified,
    /// `noExpiration`
    Never,
    /// `afterDateTime`
    At(Instant),
    /// `afterDuration`: so long after it began.
    After(Duration),
}

/// The ticket that a request belongs to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Ticket {
    pub(crate) number: Option<String>,
    pub(crate) system: Option<String>,
}

/// What a request asks for, checked as far as that can be done without knowing anything else.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Order {
    pub(crate) kind: Kind,
    pub(crate) action: Action,
    pub(crate) key: Key,
    /// When it is to begin: now, if nothing is said or the time has passed.
    pub(crate) start: Option<Instant>,
    /// Removals have none.
    pub(crate) expiration: Option<Expiration>,
    pub(crate) justification: Option<String>,
    pub(crate) ticket: Ticket,
    pub(crate) custom_data: Option<String>,
    /// Whether the rules are only to be tried.
    pub(crate) is_validation_only: bool,
}
