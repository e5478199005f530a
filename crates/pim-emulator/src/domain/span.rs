//! From when until when something is to count.

use chrono::TimeDelta;

use super::time::length;
use super::{Expiration, Instant, Order, Refusal};

/// Nothing is assigned for less, and nothing that is assigned is taken away sooner.
pub(crate) const SHORTEST: TimeDelta = TimeDelta::minutes(5);

/// From when until when something is to count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) starts: Instant,
    /// Nothing, if it is for good.
    pub(crate) ends: Option<Instant>,
}

impl Span {
    /// What an order comes to when it is dealt with at `now`: nothing begins in the past, and a duration counts from
    /// when it begins.
    pub(crate) fn of(order: &Order, now: Instant) -> Result<Self, Refusal> {
        let starts = order.start.map_or(now, |start| start.max(now));
        let ends = match &order.expiration {
            None => return Err(Refusal::InvalidRequest("scheduleInfo needs an expiration.")),
            Some(Expiration::NotSpecified | Expiration::Never) => None,
            Some(Expiration::At(end)) => Some(*end),
            Some(Expiration::After(duration)) => match length(duration).map(|length| starts.plus(length)) {
                Some(end) if end < Instant::LATEST => Some(end),
                Some(_) | None => return Err(Refusal::InvalidRequest("The duration is negative or beyond all time.")),
            },
        };
        match ends {
            Some(end) if end < starts => Err(Refusal::InvalidRequest("It would end before it begins.")),
            Some(end) if end.since(starts) < SHORTEST => Err(Refusal::TooShort),
            _ => Ok(Self { starts, ends }),
        }
    }

    /// Whether `other` lies within.
    pub(crate) fn covers(&self, other: Self) -> bool {
        self.starts <= other.starts
            && match (self.ends, other.ends) {
                (None, _) => true,
                (Some(_), None) => false,
                (Some(end), Some(other)) => other <= end,
            }
    }
}
