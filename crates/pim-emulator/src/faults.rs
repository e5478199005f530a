//! Faults on demand: what goes wrong with a real service, when a test asks for it.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// What goes wrong, and how often.
///
/// Faults meet requests to Graph alone: the control API and the sign-in endpoints go on as ever. Requests are counted from
/// the latest change of the faults on, and "every 0th" is never. Clones are the same faults.
#[derive(Clone, Debug, Default)]
pub struct Faults(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    throttle: Option<(u64, Duration)>,
    delay: Option<Duration>,
    drop: Option<(u64, DropWhen)>,
    /// How many requests came since the faults were set.
    seen: u64,
}

/// When a connection is dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DropWhen {
    /// Before the request is dealt with: nothing happens.
    Before,
    /// After it was dealt with, before it is answered: who asked cannot know that it happened.
    After,
}

/// What happens to one request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Fate {
    pub(crate) throttled: Option<Duration>,
    pub(crate) delayed: Option<Duration>,
    pub(crate) dropped: Option<DropWhen>,
}

impl Faults {
    /// Answers every `every`th request with 429, and asks in `Retry-After` to come again after so many seconds, rounded up.
    pub fn throttle(&self, every: u64, retry_after: Duration) {
        self.change(|state| state.throttle = (every > 0).then_some((every, retry_after)));
    }

    /// Has every request wait.
    pub fn delay(&self, delay: Duration) {
        self.change(|state| state.delay = Some(delay));
    }

    /// Ends the connection of every `every`th request without an answer.
    pub fn drop_connections(&self, every: u64, drop: DropWhen) {
        self.change(|state| state.drop = (every > 0).then_some((every, drop)));
    }

    /// Has nothing go wrong any more.
    pub fn clear(&self) {
        self.change(|state| *state = State::default());
    }

    fn change(&self, change: impl FnOnce(&mut State)) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        change(&mut state);
        state.seen = 0;
    }

    /// What happens to the next request.
    pub(crate) fn next(&self) -> Fate {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.seen += 1;
        let seen = state.seen;
        Fate {
            throttled: state.throttle.filter(|(every, _)| seen.is_multiple_of(*every)).map(|(_, after)| after),
            delayed: state.delay,
            dropped: state.drop.filter(|(every, _)| seen.is_multiple_of(*every)).map(|(_, drop)| drop),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_third_request_is_throttled() {
        let faults = Faults::default();
        faults.throttle(3, Duration::from_secs(2));
        let throttled: Vec<_> = (0..6).map(|_| faults.next().throttled.is_some()).collect();
        assert_eq!(throttled, [false, false, true, false, false, true]);
        faults.clear();
        assert!((0..6).all(|_| faults.next() == Fate::default()));
    }

    #[test]
    fn never_is_not_every_zeroth() {
        let faults = Faults::default();
        faults.throttle(0, Duration::ZERO);
        faults.drop_connections(0, DropWhen::After);
        assert_eq!(faults.next(), Fate::default());
    }
}
