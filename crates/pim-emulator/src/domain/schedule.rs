//! What requests produce: schedules, now or in the future, and still valid.

use uuid::Uuid;

use super::{Expiration, Instant, Key, Kind};

/// Who has or may have something, from when until when.
///
/// Everything that is held is one of these, whether it was made in PIM or outside it: a role assignment, a membership,
/// an eligibility. A schedule that has begun is in force; one that has ended is gone.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Schedule {
    /// The id of the request that made it; outside PIM one of its own.
    pub(crate) id: Uuid,
    /// What tells the instance of a group's schedule from the schedule; outside PIM they are the same.
    pub(crate) instance: Uuid,
    pub(crate) kind: Kind,
    pub(crate) key: Key,
    /// Whether it is an activation, and of which eligibility.
    pub(crate) activated: Option<Uuid>,
    /// The request that made it; nothing outside PIM.
    pub(crate) created_using: Option<Uuid>,
    pub(crate) created: Option<Instant>,
    pub(crate) modified: Option<Instant>,
    pub(crate) starts: Instant,
    pub(crate) ends: Option<Instant>,
    /// The end in the way it was asked for.
    pub(crate) expiration: Expiration,
}

impl Schedule {
    /// An assignment that was made outside PIM: at once, and for good.
    pub(crate) fn outside_pim(key: Key, id: Uuid, now: Instant) -> Self {
        Self {
            id,
            instance: id,
            kind: Kind::Assignment,
            key,
            activated: None,
            created_using: None,
            created: None,
            modified: None,
            starts: now,
            ends: None,
            expiration: Expiration::Never,
        }
    }

    pub(crate) fn is_in_force(&self, now: Instant) -> bool {
        self.starts <= now && self.ends.is_none_or(|end| now < end)
    }

    pub(crate) fn is_activation(&self) -> bool {
        self.activated.is_some()
    }
}
