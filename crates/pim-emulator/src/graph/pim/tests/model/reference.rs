//! A model of PIM, written from the specification: as plain as can be, and as slow as it may be.
//!
//! Time is minutes since the beginning. What is there is a list; what is lost follows from rules that are tried until
//! none applies.

use super::script::{DAY, HOUR, Lasting, MINUTE, Step, Thing, Who};
use crate::domain::Kind;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Key {
    pub(super) kind: Kind,
    pub(super) who: Who,
    pub(super) what: Thing,
}

/// A schedule.
#[derive(Clone, Debug)]
pub(super) struct Held {
    /// The request that made it.
    pub(super) by: usize,
    pub(super) key: Key,
    pub(super) start: i64,
    pub(super) end: Option<i64>,
    /// The request that made the eligibility that it activates.
    pub(super) activates: Option<usize>,
}

/// A request.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub(super) key: Key,
    pub(super) action: &'static str,
    pub(super) by: Who,
    pub(super) at: i64,
    pub(super) start: Option<i64>,
    pub(super) lasting: Option<Lasting>,
    pub(super) status: &'static str,
}

#[derive(Default)]
pub(super) struct Model {
    pub(super) now: i64,
    pub(super) asked: Vec<Asked>,
    pub(super) held: Vec<Held>,
    /// What expired, and when, and was not taken away by an administrator since.
    expired: Vec<(Key, i64)>,
}

/// The status of a new request, or an error.
type Outcome = Result<&'static str, &'static str>;

const INVALID: &str = "400 InvalidRoleAssignmentRequest";
const EXISTS: &str = "400 RoleAssignmentExists";
const NOTHING: &str = "400 RoleAssignmentDoesNotExist";
const TOO_SHORT: &str = "400 ActiveDurationTooShort";
const UNAUTHORIZED: &str = "403 UnauthorizedAccessException";

/// Policies as they are at first: administrators assign roles for as long as they like, memberships not: section 3.3.
fn is_too_long(key: Key, (start, end): (i64, Option<i64>)) -> bool {
    let longest = if key.kind == Kind::Eligibility { 365 * DAY } else { 180 * DAY };
    key.what == Thing::Membership && end.is_none_or(|end| end - start > longest)
}

impl Held {
    pub(super) fn is_now(&self, now: i64) -> bool {
        self.start <= now && self.end.is_none_or(|end| now < end)
    }
}

impl Model {
    /// What comes of a step, if it is anything to be told.
    pub(super) fn take(&mut self, step: &Step) -> Option<Outcome> {
        match *step {
            Step::Turn(minutes) => {
                self.turn(minutes);
                None
            }
            Step::Ask { kind, action, who, what, by, start, lasting } => {
                let is_removal = ["adminRemove", "selfDeactivate"].contains(&action);
                let asked = Asked {
                    key: Key { kind, who, what },
                    action,
                    by,
                    at: self.now,
                    start: start.map(|start| self.now + start),
                    lasting: (!is_removal).then_some(match lasting {
                        Lasting::Until(minutes) => Lasting::Until(self.now + minutes),
                        other => other,
                    }),
                    status: "",
                };
                let outcome = self.ask(asked);
                self.lose_what_rests_on_nothing();
                Some(outcome)
            }
            Step::Decide { nth, approves } => {
                let request = self.waiting("PendingApproval").get(nth).copied()?;
                self.conclude(request, approves);
                None
            }
            Step::Answer { nth, allows } => {
                let request = self.waiting("PendingAdminDecision").get(nth).copied()?;
                self.conclude(request, allows);
                None
            }
            Step::Cancel { nth, by } => {
                let request = self.asked.get(nth)?;
                Some(if by != request.by && by != Who::Admin {
                    Err(UNAUTHORIZED)
                } else if request.status == "Granted" || request.status.starts_with("Pending") {
                    self.asked[nth].status = "Canceled";
                    self.held.retain(|held| held.by != nth);
                    self.lose_what_rests_on_nothing();
                    Ok("Canceled")
                } else {
                    Err("400 RequestCannotBeCancelled")
                })
            }
        }
    }

    /// The requests of a status.
    pub(super) fn waiting(&self, status: &str) -> Vec<usize> {
        (0..self.asked.len()).filter(|index| self.asked[*index].status == status).collect()
    }

    /// Whether a user is a member of Helpdesk now.
    pub(super) fn is_member(&self, who: Who) -> bool {
        self.held.iter().any(|held| {
            (held.key.kind, held.key.what, held.key.who) == (Kind::Assignment, Thing::Membership, who)
                && held.is_now(self.now)
        })
    }

    fn assigned(&self, key: Key) -> Option<&Held> {
        self.held.iter().find(|held| held.key == key && held.activates.is_none())
    }

    fn activated(&self, key: Key) -> Option<&Held> {
        self.held.iter().find(|held| held.key == key && held.activates.is_some())
    }

    /// What somebody may activate now or later: first its own, then what the group has whose member it is.
    fn eligibilities(&self, who: Who, what: Thing) -> Vec<&Held> {
        let of = |holder| {
            self.held.iter().filter(move |held| held.key == Key { kind: Kind::Eligibility, who: holder, what })
        };
        let through = if self.is_member(who) { Some(of(Who::Helpdesk)) } else { None };
        of(who).chain(through.into_iter().flatten()).collect()
    }

    /// When a request begins and ends, if it is dealt with now.
    fn span(&self, asked: &Asked) -> Result<(i64, Option<i64>), &'static str> {
        let mut start = asked.start.unwrap_or(self.now).max(self.now);
        if asked.action.ends_with("Extend") {
            // It extends nothing before that has begun.
            start = self.assigned(asked.key).map_or(start, |held| start.max(held.start));
        }
        let end = match asked.lasting.expect("no removal") {
            Lasting::For(minutes) => Some(start + minutes),
            Lasting::Until(end) => Some(end),
            Lasting::ForGood => None,
        };
        match end {
            Some(end) if end < start => Err(INVALID),
            Some(end) if end - start < 5 * MINUTE => Err(TOO_SHORT),
            _ => Ok((start, end)),
        }
    }

    /// The conditions of the table in section 2.3.
    fn check_there(&self, asked: &Asked) -> Result<(), &'static str> {
        let assigned = self.assigned(asked.key);
        let expired = self.expired.iter().rev().find(|(key, _)| *key == asked.key).map(|(_, end)| *end);
        match asked.action {
            "adminAssign" | "adminRenew" | "selfRenew" if assigned.is_some() => Err(EXISTS),
            "adminUpdate" | "adminExtend" | "selfExtend" if assigned.is_none() => Err(NOTHING),
            "adminExtend" | "selfExtend" => match assigned.and_then(|assigned| assigned.end) {
                None => Err(INVALID),
                Some(end) if asked.action == "selfExtend" && end - asked.at > 14 * DAY => Err(INVALID),
                Some(_) => Ok(()),
            },
            "adminRenew" | "selfRenew" => match expired {
                None => Err(NOTHING),
                Some(end) if asked.action == "selfRenew" && asked.at - end > 30 * DAY => Err(INVALID),
                Some(_) => Ok(()),
            },
            "selfActivate" => {
                let is_active = assigned.is_some_and(|assigned| assigned.is_now(self.now));
                if is_active || self.activated(asked.key).is_some() { Err(EXISTS) } else { Ok(()) }
            }
            _ => Ok(()),
        }
    }

    fn ask(&mut self, mut asked: Asked) -> Outcome {
        let is_for_oneself = asked.action.starts_with("self");
        if asked.key.kind == Kind::Eligibility && ["selfActivate", "selfDeactivate"].contains(&asked.action) {
            return Err(INVALID);
        }
        if asked.by != if is_for_oneself { asked.key.who } else { Who::Admin } {
            return Err(UNAUTHORIZED);
        }
        if asked.lasting.is_none() {
            return self.remove(asked);
        }
        let span = self.span(&asked)?;
        self.check_there(&asked)?;
        let is_in_the_way = |other: &Asked| other.key == asked.key && other.status.starts_with("Pending");
        if self.asked.iter().any(is_in_the_way) {
            return Err("400 PendingRoleAssignmentRequest");
        }
        if asked.action == "selfActivate" {
            self.check_activation(&asked, span)?;
        } else if is_too_long(asked.key, span) {
            return Err("400 [\"ExpirationRule\"]");
        }
        asked.status = match (asked.action, asked.key.what) {
            ("selfExtend" | "selfRenew", _) => "PendingAdminDecision",
            ("selfActivate", Thing::GuardedRole) => "PendingApproval",
            _ => "Provisioned",
        };
        let waits = asked.status.starts_with("Pending");
        self.asked.push(asked);
        let request = self.asked.len() - 1;
        if !waits {
            self.give(request, span);
        }
        Ok(self.asked[request].status)
    }

    /// The eligibility and the longest time, eight hours: section 3.4.
    fn check_activation(&self, asked: &Asked, span: (i64, Option<i64>)) -> Result<(), &'static str> {
        if self.eligibilities(asked.key.who, asked.key.what).is_empty() {
            return Err(NOTHING);
        }
        let is_too_long = span.1.is_none_or(|end| end - span.0 > 8 * HOUR);
        match (self.used(asked.key, span).is_some(), is_too_long) {
            (true, false) => Ok(()),
            (true, true) => Err("400 [\"ExpirationRule\"]"),
            (false, false) => Err("400 [\"EligibilityRule\"]"),
            (false, true) => Err("400 [\"EligibilityRule\",\"ExpirationRule\"]"),
        }
    }

    /// The eligibility that is there now and as long as it is to be used.
    fn used(&self, key: Key, (_, end): (i64, Option<i64>)) -> Option<usize> {
        let lasts = |held: &&Held| match (held.end, end) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(held), Some(end)) => end <= held,
        };
        let now = self.eligibilities(key.who, key.what).into_iter().filter(|held| held.is_now(self.now));
        now.filter(lasts).map(|held| held.by).next()
    }

    fn remove(&mut self, mut asked: Asked) -> Outcome {
        let found = if asked.action == "selfDeactivate" {
            self.activated(asked.key).filter(|held| held.is_now(self.now))
        } else {
            self.assigned(asked.key).or(self.activated(asked.key))
        };
        let found = found.ok_or(NOTHING)?;
        if found.start <= self.now && self.now - found.start < 5 * MINUTE {
            return Err(TOO_SHORT);
        }
        let (by, is_activation) = (found.by, found.activates.is_some());
        if !is_activation {
            self.expired.retain(|(key, _)| *key != asked.key);
        }
        self.lose(by, "Canceled");
        asked.status = "Revoked";
        self.asked.push(asked);
        Ok("Revoked")
    }

    /// Takes something from the list. If its request had yet to begin, that becomes of it.
    fn lose(&mut self, by: usize, status: &'static str) {
        self.held.retain(|held| held.by != by);
        if self.asked[by].status == "Granted" {
            self.asked[by].status = status;
        }
    }

    /// Has a request take effect.
    fn give(&mut self, request: usize, (start, end): (i64, Option<i64>)) {
        let Asked { key, action, .. } = self.asked[request];
        let activates = if action == "selfActivate" { self.used(key, (start, end)) } else { None };
        let mut held = Held { by: request, key, start, end, activates };
        if action != "selfActivate"
            && let Some(old) = self.assigned(key).cloned()
        {
            if action.ends_with("Extend") {
                held.start = old.start;
            }
            self.lose(old.by, "Canceled");
            for activation in &mut self.held {
                if activation.activates == Some(old.by) {
                    activation.activates = Some(request);
                }
            }
        }
        self.asked[request].status = if held.start > self.now { "Granted" } else { "Provisioned" };
        self.held.push(held);
        self.lose_what_rests_on_nothing();
    }

    /// Somebody decided on what waited.
    fn conclude(&mut self, request: usize, allowed: bool) {
        self.asked[request].status = "Denied";
        if !allowed {
            return;
        }
        let asked = self.asked[request].clone();
        let is_activation = asked.action == "selfActivate";
        match self.span(&asked) {
            Ok(span)
                if self.check_there(&asked).is_ok() && (!is_activation || self.used(asked.key, span).is_some()) =>
            {
                self.give(request, span);
            }
            _ => self.asked[request].status = "Failed",
        }
    }

    /// An activation needs its eligibility, begun by when it is used, and the membership through which it came.
    fn lose_what_rests_on_nothing(&mut self) {
        loop {
            let rests_on_nothing = |held: &&Held| {
                let Some(eligibility) = held.activates else { return false };
                let Some(eligibility) = self.held.iter().find(|held| held.by == eligibility) else { return true };
                let is_its_own = eligibility.key.who == held.key.who;
                eligibility.start > held.start.max(self.now) || !is_its_own && !self.is_member(held.key.who)
            };
            let Some(lost) = self.held.iter().find(rests_on_nothing).map(|held| held.by) else { return };
            self.lose(lost, "Failed");
        }
    }

    /// Time passes; minute by minute would do, but only those matter in which something happens.
    fn turn(&mut self, minutes: i64) {
        let until = self.now + minutes;
        loop {
            let ends = self.held.iter().filter_map(|held| held.end);
            let begins = self.held.iter().map(|held| held.start);
            let lapses = self.waiting("PendingApproval").into_iter().map(|index| self.asked[index].at + DAY);
            let next = ends.chain(begins).chain(lapses).filter(|at| *at > self.now && *at <= until).min();
            self.now = next.unwrap_or(until);
            self.pass();
            if next.is_none() {
                return;
            }
        }
    }

    /// What happens in this minute.
    fn pass(&mut self) {
        while let Some(ended) = self.held.iter().find(|held| held.end.is_some_and(|end| end <= self.now)).cloned() {
            self.held.retain(|held| held.by != ended.by);
            if ended.activates.is_none() {
                self.expired.push((ended.key, self.now));
            }
        }
        self.lose_what_rests_on_nothing();
        for held in &self.held {
            if held.start <= self.now && self.asked[held.by].status == "Granted" {
                self.asked[held.by].status = "Provisioned";
            }
        }
        for index in self.waiting("PendingApproval") {
            if self.asked[index].at + DAY <= self.now {
                self.asked[index].status = "Denied";
            }
        }
    }
}
