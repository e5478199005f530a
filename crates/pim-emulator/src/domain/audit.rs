//! What goes into the audit log.
//!
//! | module | what it is |
//! |---|---|
//! | `activities` | what PIM calls what it does |
//! | `details` | what is said of a request besides |
//! | `effects` | what the directory says when somebody gains or loses something |
//! | `changes` | what is changed in the directory by itself, outside PIM |
//! | `names` | who is who |
//! | `entry` | an entry, and how it is kept |
//!
//! All entries about one request have the request's id as their `correlationId`, whatever becomes of it; those about
//! anything else have one of their own. What nobody does, as when the time of an activation is over, PIM does; and PIM
//! is who adds members to roles and to groups when a request takes effect.

mod activities;
mod changes;
mod details;
mod effects;
mod entry;
mod names;

use std::borrow::Cow;

use pim_client::v1_0::models::{AuditActivityInitiator, KeyValue, ModifiedProperty};
use uuid::Uuid;

use super::policy::{Changed, Governed};
use super::{Action, Family, Identity, Key, Request, Schedule, Target};
use crate::store::{Result, Session};
use activities::Step;
use entry::{Entry, Outcome, Service};
use names::Names;

pub(crate) use changes::{
    entitlement_assigned, entitlement_removed, group_created, group_deleted, group_updated, member_added,
    member_removed, role_assigned, role_created, role_deleted, role_removed, role_updated, user_created, user_deleted,
    user_updated,
};

/// Something that the audit log tells.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Activity<'a> {
    /// A request was placed.
    Requested(&'a Request),
    /// A request took effect.
    Completed(&'a Request),
    /// A request to take something away was placed.
    RemovalRequested(&'a Request, &'a Schedule),
    /// A request took something away.
    Removed(&'a Request, &'a Schedule),
    /// A request could not take effect any more.
    Failed(&'a Request),
    /// A request was withdrawn.
    Canceled(&'a Request, Identity),
    /// A request waits for an approver.
    ApprovalRequested(&'a Request),
    /// An approver or an administrator allowed a request, or not.
    Decided(&'a Request, Identity, bool),
    /// Nobody decided in time.
    ApprovalExpired(&'a Request),
    /// Something ended by itself.
    Ended(&'a Schedule),
}

/// Writes what there is to tell.
pub(crate) fn note(session: &Session<'_>, activity: &Activity<'_>) -> Result<()> {
    let names = Names::of(session);
    match *activity {
        Activity::Requested(request) => {
            let name = activities::of(&request.order, Step::Requested, details::is_permanent(&request.order));
            about(&names, request, name).by(request.created_by)?.write(session)
        }
        Activity::Completed(request) => {
            let name = activities::of(&request.order, Step::Completed, details::is_permanent(&request.order));
            about(&names, request, name).by(request.created_by)?.write(session)?;
            effects::completed(&names, request)
        }
        Activity::RemovalRequested(request, schedule) => {
            let name = activities::of(&request.order, Step::Requested, schedule.ends.is_none());
            about(&names, request, name).by(request.created_by)?.write(session)
        }
        Activity::Removed(request, schedule) => {
            let name = activities::of(&request.order, Step::Completed, schedule.ends.is_none());
            about(&names, request, name).by(request.created_by)?.write(session)?;
            effects::lost(&names, schedule, request.id)
        }
        Activity::Failed(request) => {
            let reason = Some("The request could not take effect any more.".to_owned());
            let entry = about(&names, request, activities::process(request.order.action).into());
            Said { outcome: Outcome::Failure, reason, ..entry }.by_pim()?.write(session)
        }
        Activity::Canceled(request, by) => {
            let name = activities::of(&request.order, Step::Canceled, details::is_permanent(&request.order));
            about(&names, request, name).by(by)?.write(session)
        }
        Activity::ApprovalRequested(request) => {
            about(&names, request, activities::APPROVAL_REQUESTED.into()).by(request.created_by)?.write(session)
        }
        Activity::Decided(request, by, allowed) => {
            let reason = session.approval(request.id)?.and_then(|approval| approval.justification);
            let entry = about(&names, request, activities::decided(request.order.action, allowed).into());
            Said { reason, ..entry }.by(by)?.write(session)
        }
        Activity::ApprovalExpired(request) => {
            about(&names, request, activities::APPROVAL_EXPIRED.into()).by_pim()?.write(session)
        }
        Activity::Ended(schedule) => {
            ended(&names, schedule)?;
            effects::lost(&names, schedule, correlation(schedule))
        }
    }
}

/// An entry of PIM's about a request or a schedule, but for who did it.
struct Said<'a> {
    names: &'a Names<'a>,
    activity: Cow<'static, str>,
    operation: &'static str,
    outcome: Outcome,
    reason: Option<String>,
    key: Key,
    /// What tells it from other requests for the same.
    request: Uuid,
    details: Vec<KeyValue>,
}

/// What is the same in all entries about a request.
fn about<'a>(names: &'a Names<'a>, request: &Request, activity: Cow<'static, str>) -> Said<'a> {
    Said {
        names,
        activity,
        operation: activities::operation(request.order.action),
        outcome: Outcome::Success,
        reason: request.order.justification.clone(),
        key: request.order.key,
        request: request.id,
        details: details::of_request(request),
    }
}

impl Said<'_> {
    fn by(self, by: Identity) -> Result<Entry> {
        let by = self.names.initiator(by)?;
        self.entry(by)
    }

    fn by_pim(self) -> Result<Entry> {
        self.entry(names::pim())
    }

    fn entry(self, by: AuditActivityInitiator) -> Result<Entry> {
        let names = self.names;
        Ok(Entry {
            service: Service::Pim,
            category: category(self.key.target.family()),
            activity: self.activity,
            operation: self.operation,
            outcome: self.outcome,
            reason: self.reason,
            correlation: self.request,
            by,
            targets: vec![
                names.what(self.key.target)?,
                names::request(self.request),
                names.object(self.key.principal)?,
                names.place(self.key.target)?,
            ],
            details: self.details,
        })
    }
}

/// Writes that something ended by itself.
fn ended(names: &Names<'_>, schedule: &Schedule) -> Result<()> {
    let activity = match (schedule.is_activation(), schedule.kind) {
        (true, _) => activities::ACTIVATION_EXPIRED.into(),
        (false, kind) => activities::removal(kind, Step::Completed, false),
    };
    let said = Said {
        names,
        activity,
        operation: activities::operation(if schedule.is_activation() {
            Action::SelfDeactivate
        } else {
            Action::AdminRemove
        }),
        outcome: Outcome::Success,
        reason: None,
        key: schedule.key,
        request: correlation(schedule),
        details: details::of_schedule(schedule),
    };
    said.by_pim()?.write(names.session())
}

/// What a schedule's entries have in common with those of the request that made it.
fn correlation(schedule: &Schedule) -> Uuid {
    schedule.created_using.unwrap_or(schedule.id)
}

fn category(family: Family) -> &'static str {
    match family {
        Family::Roles => "RoleManagement",
        Family::Groups => "GroupManagement",
    }
}

/// Writes that a policy was changed: the rules that are other than before, as they are now.
pub(crate) fn policy_changed(session: &Session<'_>, by: Identity, governed: Governed, changed: &Changed) -> Result<()> {
    let names = Names::of(session);
    let target = match governed {
        Governed::Role(role) => Target::Role { role, scope: super::Scope::Tenant },
        Governed::Group { group, access } => Target::Group { group, access },
    };
    let rules = changed.rules.iter().map(|id| {
        let rule = serde_json::to_string(&changed.policy.rule_object(*id)).unwrap_or_default();
        ModifiedProperty::new().display_name(id.to_string()).new_value(rule)
    });
    let what = names.what(target)?.modified_properties(rules.collect::<Vec<_>>());
    let entry = Entry {
        service: Service::Pim,
        category: category(target.family()),
        activity: activities::POLICY_CHANGED.into(),
        operation: "Update",
        outcome: Outcome::Success,
        reason: None,
        correlation: Uuid::new_v4(),
        by: names.initiator(by)?,
        targets: vec![what, names.place(target)?],
        details: Vec::new(),
    };
    entry.write(session)
}

/// Writes that a group was taken under PIM.
pub(crate) fn onboarded(session: &Session<'_>, group: Uuid) -> Result<()> {
    let entry = Entry {
        service: Service::Pim,
        category: category(Family::Groups),
        activity: activities::ONBOARDED.into(),
        operation: "Add",
        outcome: Outcome::Success,
        reason: None,
        correlation: Uuid::new_v4(),
        by: names::pim(),
        targets: vec![Names::of(session).object(group)?],
        details: Vec::new(),
    };
    entry.write(session)
}
