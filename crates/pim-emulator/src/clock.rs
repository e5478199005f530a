//! The time that PIM goes by: it runs, it stands, it jumps ahead.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::TimeDelta;

use crate::domain::Instant;

/// The time that PIM goes by.
///
/// It begins with the machine's time and runs with it, unless it is told otherwise. It does not go back: what has expired
/// stays expired. Clones are the same clock.
#[derive(Clone, Debug)]
pub struct Clock {
    /// How it began.
    first: State,
    hands: Arc<Mutex<Hands>>,
}

#[derive(Clone, Copy, Debug)]
struct Hands {
    state: State,
    /// The latest time that anybody was told: should the machine's time go back, this does not.
    told: Instant,
}

#[derive(Clone, Copy, Debug)]
enum State {
    /// So far ahead of the machine's time.
    Runs(TimeDelta),
    Stands(Instant),
}

/// The clock was to go back.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the clock is at {now} and does not go back to {asked}; reset the emulator to begin anew")]
pub struct GoesBack {
    now: String,
    asked: String,
}

impl Clock {
    /// A clock that runs with the machine's time.
    #[must_use]
    pub fn running() -> Self {
        Self::with(State::Runs(TimeDelta::zero()))
    }

    /// A clock that runs from `start` on.
    #[must_use]
    pub fn running_from(start: pim_client::edm::DateTimeOffset) -> Self {
        Self::with(State::Runs(Instant::from(start).since(Instant::of_machine())))
    }

    /// A clock that stands at `time` until it is [advanced](Self::advance).
    #[must_use]
    pub fn frozen_at(time: pim_client::edm::DateTimeOffset) -> Self {
        Self::with(State::Stands(time.into()))
    }

    /// A clock that stands at the machine's time.
    #[must_use]
    pub fn frozen() -> Self {
        Self::with(State::Stands(Instant::of_machine()))
    }

    fn with(state: State) -> Self {
        Self { first: state, hands: Arc::new(Mutex::new(Hands::beginning(state))) }
    }

    /// What time it is.
    #[must_use]
    pub fn now(&self) -> pim_client::edm::DateTimeOffset {
        self.instant().into()
    }

    /// Whether it stands.
    #[must_use]
    pub fn is_frozen(&self) -> bool {
        matches!(self.lock().state, State::Stands(_))
    }

    /// Goes ahead by `length`; tells what time it is then.
    #[expect(clippy::must_use_candidate, reason = "most want the clock turned, and know what it shows then")]
    pub fn advance(&self, length: std::time::Duration) -> pim_client::edm::DateTimeOffset {
        let length = TimeDelta::from_std(length).unwrap_or(TimeDelta::MAX);
        let mut hands = self.lock();
        let time = hands.now().plus(length);
        hands.turn_to(time);
        hands.now().into()
    }

    /// Goes ahead to `time`.
    pub fn set(&self, time: pim_client::edm::DateTimeOffset) -> Result<(), GoesBack> {
        let mut hands = self.lock();
        let (now, asked) = (hands.now(), Instant::from(time));
        if asked < now {
            return Err(GoesBack { now: now.to_string(), asked: asked.to_string() });
        }
        hands.turn_to(asked);
        Ok(())
    }

    /// Has it stand where it is.
    pub fn freeze(&self) {
        let mut hands = self.lock();
        hands.state = State::Stands(hands.now());
    }

    /// Has it run on from where it is.
    pub fn run(&self) {
        let mut hands = self.lock();
        hands.state = State::Runs(hands.now().since(Instant::of_machine()));
    }

    /// Has it begin again, together with everything that goes by it.
    pub(crate) fn rewind(&self) {
        *self.lock() = Hands::beginning(self.first);
    }

    pub(crate) fn instant(&self) -> Instant {
        self.lock().now()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Hands> {
        self.hands.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Hands {
    fn beginning(state: State) -> Self {
        Self { state, told: Instant::from_ticks(i64::MIN) }
    }

    fn now(&mut self) -> Instant {
        self.told = self.told.max(self.state.now());
        self.told
    }

    fn turn_to(&mut self, time: Instant) {
        self.state = match self.state {
            State::Runs(_) => State::Runs(time.since(Instant::of_machine())),
            State::Stands(_) => State::Stands(time),
        };
    }
}

impl State {
    fn now(self) -> Instant {
        match self {
            Self::Runs(ahead) => Instant::of_machine().plus(ahead),
            Self::Stands(time) => time,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn time(text: &str) -> pim_client::edm::DateTimeOffset {
        text.parse().expect("a time")
    }

    #[test]
    fn a_frozen_clock_moves_only_when_it_is_told_to() {
        let clock = Clock::frozen_at(time("2025-03-21T11:06:00Z"));
        assert_eq!(clock.now(), time("2025-03-21T11:06:00Z"));
        assert_eq!(clock.advance(Duration::from_hours(5)), time("2025-03-21T16:06:00Z"));
        assert_eq!(clock.set(time("2026-01-01T00:00:00Z")), Ok(()));
        assert_eq!(clock.clone().now(), time("2026-01-01T00:00:00Z"));
    }

    #[test]
    fn a_clock_does_not_go_back() {
        let clock = Clock::frozen_at(time("2025-03-21T11:06:00Z"));
        let refused = clock.set(time("2025-03-21T11:05:59Z")).expect_err("it is past");
        assert!(refused.to_string().contains("2025-03-21T11:06:00Z"), "{refused}");
        assert_eq!(clock.now(), time("2025-03-21T11:06:00Z"));
    }

    #[test]
    fn a_running_clock_keeps_its_distance_from_the_machine() {
        let clock = Clock::running();
        let ahead = clock.advance(Duration::from_hours(1));
        let machine = pim_client::edm::DateTimeOffset::now();
        let distance = chrono::DateTime::<chrono::Utc>::from(ahead) - chrono::DateTime::<chrono::Utc>::from(machine);
        assert!((3599..=3600).contains(&distance.num_seconds()), "{distance}");
        clock.freeze();
        assert_eq!(clock.now(), clock.now());
    }
}
