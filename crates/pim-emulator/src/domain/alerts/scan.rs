//! What there is to warn of.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use pim_client::edm::Duration;
use uuid::Uuid;

use super::activations::{Activations, role_in_tenant};
use super::{AlertKind, Configuration, Incident, Thresholds};
use crate::catalog;
use crate::catalog::ids::GLOBAL_ADMINISTRATOR;
use crate::domain::policy::Governed;
use crate::domain::time::length;
use crate::domain::{Family, Instant, Kind, Result, Schedule, policies};
use crate::store::{self, ScheduleFilter, Session};

/// How far back activations are looked at.
const LOOKED_BACK: TimeDelta = TimeDelta::days(30);

/// What an alert points at now. Nothing, if it is not to be looked for.
pub(crate) fn incidents(
    session: &Session<'_>,
    kind: AlertKind,
    configuration: &Configuration,
    is_licensed: bool,
) -> Result<Vec<Incident>> {
    if !configuration.is_enabled {
        return Ok(Vec::new());
    }
    match (kind, &configuration.thresholds) {
        (AlertKind::InvalidLicense, _) if is_licensed => Ok(Vec::new()),
        (AlertKind::InvalidLicense, _) => Ok(vec![Incident::NoLicense]),
        (AlertKind::NoMfaOnRoleActivation, _) => without_mfa(session),
        (AlertKind::RolesAssignedOutsidePim, _) => Ok(outside_pim(session)?),
        (AlertKind::RedundantAssignment, Thresholds::Idle(idle)) => Ok(redundant(session, idle)?),
        (AlertKind::SequentialActivationRenewals, Thresholds::Activations { count, interval }) => {
            Ok(renewals(session, *count, interval)?)
        }
        (AlertKind::TooManyGlobalAdmins, Thresholds::GlobalAdmins { count, percentage }) => {
            Ok(global_administrators(session, *count, *percentage)?)
        }
        // Sign-ins are not recorded, and a kind has no thresholds but its own.
        _ => Ok(Vec::new()),
    }
}

/// What is in force of built-in roles in the whole tenant.
fn held(session: &Session<'_>, kind: Kind) -> Result<Vec<(Uuid, Schedule)>, store::Error> {
    let filter = ScheduleFilter { family: Family::Roles, kind, principal: None, resource: None, in_force: true };
    let all = session.schedules(filter, i64::MIN, u32::MAX)?;
    Ok(all.into_iter().filter_map(|(_, found)| Some((role_in_tenant(found.key.target)?, found))).collect())
}

/// The privileged roles that are activated with nothing but a password.
fn without_mfa(session: &Session<'_>) -> Result<Vec<Incident>> {
    let mut incidents = Vec::new();
    for role in catalog::roles().filter(|role| role.is_privileged) {
        if !policies::governing(session, Governed::Role(role.id))?.demands_proof_to_activate() {
            incidents.push(Incident::NoMfa { role: role.id });
        }
    }
    Ok(incidents)
}

/// What was assigned without PIM.
fn outside_pim(session: &Session<'_>) -> Result<Vec<Incident>, store::Error> {
    let assigned = held(session, Kind::Assignment)?;
    let outside = assigned.into_iter().filter(|(_, assignment)| assignment.created_using.is_none());
    Ok(outside.map(|(role, assignment)| Incident::OutsidePim { assignment, role }).collect())
}

/// The eligibilities that nobody has used for so long.
fn redundant(session: &Session<'_>, idle: &Duration) -> Result<Vec<Incident>, store::Error> {
    let activations = Activations::read(session)?;
    let idle = length(idle).unwrap_or(TimeDelta::MAX);
    let is_idle_since = |time: Instant| session.now().since(time) >= idle;
    let mut incidents = Vec::new();
    for (role, eligibility) in held(session, Kind::Eligibility)? {
        let last_activation = activations.last_of(&eligibility, role);
        if is_idle_since(eligibility.starts) && last_activation.is_none_or(is_idle_since) {
            incidents.push(Incident::Redundant { eligibility, role, last_activation });
        }
    }
    Ok(incidents)
}

/// Those who activated a role so often, each time so soon after the time before: the longest run of each.
fn renewals(session: &Session<'_>, count: i64, interval: &Duration) -> Result<Vec<Incident>, store::Error> {
    let activations = Activations::read(session)?;
    let interval = length(interval).unwrap_or(TimeDelta::MAX);
    let mut incidents = Vec::new();
    for ((principal, role), times) in activations.holders() {
        let recent = times.partition_point(|time| session.now().since(*time) > LOOKED_BACK);
        let runs = times[recent..].chunk_by(|one, next| next.since(*one) <= interval);
        let Some(longest) = runs.max_by_key(|run| run.len()) else { continue };
        let enough = i64::try_from(longest.len()).is_ok_and(|length| length >= count);
        if let (true, [first, ..], [.., last]) = (enough, longest, longest) {
            incidents.push(Incident::Renewals { principal, role, count: longest.len(), first: *first, last: *last });
        }
    }
    Ok(incidents)
}

/// The Global Administrators, if they are too many, and too many of all who hold or may hold a role.
///
/// Whoever may activate a role is counted like one who holds it; a group counts as one.
fn global_administrators(session: &Session<'_>, count: i64, percentage: i64) -> Result<Vec<Incident>, store::Error> {
    let mut all = BTreeSet::new();
    for kind in [Kind::Assignment, Kind::Eligibility] {
        all.extend(held(session, kind)?.into_iter().map(|(role, found)| (role, found.key.principal)));
    }
    let of_role = all.iter().filter(|(role, _)| *role == GLOBAL_ADMINISTRATOR);
    let administrators: Vec<_> = of_role.map(|(_, principal)| *principal).collect();
    let number = |length: usize| i64::try_from(length).unwrap_or(i64::MAX);
    let are_too_many = number(administrators.len()) >= count
        && number(administrators.len()).saturating_mul(100) >= number(all.len()).saturating_mul(percentage);
    if !are_too_many {
        return Ok(Vec::new());
    }
    Ok(administrators.into_iter().map(|principal| Incident::GlobalAdministrator { principal }).collect())
}
