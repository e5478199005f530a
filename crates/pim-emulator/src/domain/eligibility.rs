//! What a principal may activate, by itself and through groups.

use uuid::Uuid;

use super::span::Span;
use super::{Key, Kind, Schedule};
use crate::store::{Result, Session};

/// The eligibilities, now or in the future, that allow `key` to be activated: the principal's own first, then those of
/// the groups that it is a member of.
pub(super) fn for_activation(session: &Session<'_>, key: Key) -> Result<Vec<Schedule>> {
    let mut found = session.schedules_on(Kind::Eligibility, key)?;
    for group in session.groups_of(key.principal)? {
        found.extend(session.schedules_on(Kind::Eligibility, Key { principal: group, ..key })?);
    }
    Ok(found)
}

/// The eligibility that an activation can use: one that is in force, and lasts as long as the activation.
pub(super) fn to_use(session: &Session<'_>, eligible: Vec<Schedule>, span: Span) -> Option<Schedule> {
    eligible.into_iter().find(|eligibility| eligibility.is_in_force(session.now()) && eligibility.span().covers(span))
}

/// Whether `activation` still has what it rests on: its eligibility in force, and the way to it.
pub(super) fn supports(session: &Session<'_>, eligibility: Uuid, activation: &Schedule) -> Result<bool> {
    let Some(eligibility) = session.schedule(eligibility)? else { return Ok(false) };
    let holder = eligibility.key.principal;
    let in_time = eligibility.starts <= activation.starts.max(session.now());
    Ok(in_time
        && (holder == activation.key.principal || session.groups_of(activation.key.principal)?.contains(&holder)))
}

impl Schedule {
    pub(super) fn span(&self) -> Span {
        Span { starts: self.starts, ends: self.ends }
    }
}
