//! What the directory says when somebody gains or loses something.

use pim_client::v1_0::models::{AuditActivityInitiator, ModifiedProperty, TargetResource};
use uuid::Uuid;

use super::activities;
use super::entry::{Entry, Outcome, Service};
use super::names::{self, Names};
use super::{category, entry};
use crate::domain::{Access, Action, Key, Kind, Request, Schedule, Target};
use crate::store::{Result, Session};

/// Writes that a request gave somebody something, unless that was there before.
pub(super) fn completed(names: &Names<'_>, request: &Request) -> Result<()> {
    let order = &request.order;
    let gives =
        matches!(order.action, Action::AdminAssign | Action::AdminRenew | Action::SelfRenew | Action::SelfActivate);
    if order.kind == Kind::Eligibility || !gives || in_force(names.session(), order.key)? > 1 {
        return Ok(());
    }
    gained(names, names::pim(), order.key, request.id)
}

/// Writes that somebody lost what was held, unless it is still there: assigned, or activated.
pub(super) fn lost(names: &Names<'_>, schedule: &Schedule, correlation: Uuid) -> Result<()> {
    let session = names.session();
    let was_held = schedule.kind == Kind::Assignment && schedule.starts <= session.now();
    if !was_held || in_force(session, schedule.key)? > 0 {
        return Ok(());
    }
    taken(names, names::pim(), schedule.key, correlation)
}

fn in_force(session: &Session<'_>, key: Key) -> Result<usize> {
    let all = session.schedules_on(Kind::Assignment, key)?;
    Ok(all.iter().filter(|schedule| schedule.is_in_force(session.now())).count())
}

/// Writes that somebody holds something now.
pub(super) fn gained(names: &Names<'_>, by: AuditActivityInitiator, key: Key, correlation: Uuid) -> Result<()> {
    let activity = match key.target {
        Target::Role { .. } => "Add member to role",
        Target::Group { access: Access::Member, .. } => "Add member to group",
        Target::Group { access: Access::Owner, .. } => "Add owner to group",
    };
    write(names, by, key, correlation, (activity, "Assign"))
}

/// Writes that somebody does not hold something any more.
pub(super) fn taken(names: &Names<'_>, by: AuditActivityInitiator, key: Key, correlation: Uuid) -> Result<()> {
    let activity = match key.target {
        Target::Role { .. } => "Remove member from role",
        Target::Group { access: Access::Member, .. } => "Remove member from group",
        Target::Group { access: Access::Owner, .. } => "Remove owner from group",
    };
    write(names, by, key, correlation, (activity, "Unassign"))
}

fn write(
    names: &Names<'_>,
    by: AuditActivityInitiator,
    key: Key,
    correlation: Uuid,
    (activity, operation): (&'static str, &'static str),
) -> Result<()> {
    let held = match key.target {
        Target::Role { role, .. } => names.role(role)?,
        Target::Group { group, .. } => names.object(group)?,
    };
    let changes = changes(key.target, &held, operation == "Assign");
    let holder = names.object(key.principal)?.modified_properties(changes);
    let entry = Entry {
        service: Service::Directory,
        category: category(key.target.family()),
        activity: activity.into(),
        operation,
        outcome: Outcome::Success,
        reason: None,
        correlation,
        by,
        targets: vec![holder, held],
        details: Vec::new(),
    };
    entry.write(names.session())
}

/// What became of the holder: values are JSON within the text.
fn changes(target: Target, held: &TargetResource, is_gain: bool) -> Vec<ModifiedProperty> {
    let what = if matches!(target, Target::Role { .. }) { "Role" } else { "Group" };
    let change = |name: &str, value: Option<&str>| {
        let value = value.map(entry::quoted);
        let property = ModifiedProperty::new().display_name(format!("{what}.{name}"));
        if is_gain {
            property.old_value(entry::or_null(None)).new_value(entry::or_null(value))
        } else {
            property.old_value(entry::or_null(value)).new_value(entry::or_null(None))
        }
    };
    vec![change("ObjectID", held.id.as_deref()), change("DisplayName", held.display_name.as_deref())]
}

/// Writes that PIM noticed a role assignment that it did not make.
pub(super) fn noticed(
    names: &Names<'_>,
    by: AuditActivityInitiator,
    key: Key,
    correlation: Uuid,
    is_gain: bool,
) -> Result<()> {
    let (activity, operation) =
        if is_gain { (activities::ASSIGNED_OUTSIDE, "Assign") } else { (activities::REMOVED_OUTSIDE, "Remove") };
    let entry = Entry {
        service: Service::Pim,
        category: category(key.target.family()),
        activity: activity.into(),
        operation,
        outcome: Outcome::Success,
        reason: None,
        correlation,
        by,
        targets: vec![
            names.what(key.target)?,
            names::other(correlation),
            names.object(key.principal)?,
            names.place(key.target)?,
        ],
        details: Vec::new(),
    };
    entry.write(names.session())
}
