//! Who activated which role, and when.

use std::collections::HashMap;

use uuid::Uuid;

use crate::catalog;
use crate::domain::{Action, Family, Instant, Kind, Request, Schedule, Scope, Status, Target};
use crate::store::{RequestFilter, Result, Session};

/// The activations of built-in roles in the whole tenant.
#[derive(Debug, Default)]
pub(super) struct Activations {
    /// When a principal activated a role, the earliest first.
    by_holder: HashMap<(Uuid, Uuid), Vec<Instant>>,
    /// When an eligibility was last used: that of a group, by anyone in it.
    by_eligibility: HashMap<Uuid, Instant>,
}

impl Activations {
    pub(super) fn read(session: &Session<'_>) -> Result<Self> {
        let filter = RequestFilter {
            family: Family::Roles,
            kind: Kind::Assignment,
            principal: None,
            resource: None,
            created_by: None,
            needs_approval: false,
        };
        let mut activations = Self::default();
        for (_, request) in session.requests(filter, i64::MIN, u32::MAX)? {
            activations.add(&request);
        }
        activations.by_holder.values_mut().for_each(|times| times.sort_unstable());
        Ok(activations)
    }

    fn add(&mut self, request: &Request) {
        let (Action::SelfActivate, Status::Provisioned) = (request.order.action, request.status) else { return };
        let (Some(role), Some(time)) = (role_in_tenant(request.order.key.target), request.starts) else { return };
        self.by_holder.entry((request.order.key.principal, role)).or_default().push(time);
        if let Some(eligibility) = request.activated_using {
            let last = self.by_eligibility.entry(eligibility).or_insert(time);
            *last = time.max(*last);
        }
    }

    /// When an eligibility was used last, or one for the same that it took the place of.
    pub(super) fn last_of(&self, eligibility: &Schedule, role: Uuid) -> Option<Instant> {
        let by_holder = self.by_holder.get(&(eligibility.key.principal, role)).and_then(|times| times.last());
        by_holder.max(self.by_eligibility.get(&eligibility.id)).copied()
    }

    /// The holders of roles, and when they activated them.
    pub(super) fn holders(&self) -> Vec<((Uuid, Uuid), &[Instant])> {
        let mut holders: Vec<_> = self.by_holder.iter().map(|(holder, times)| (*holder, times.as_slice())).collect();
        holders.sort_unstable();
        holders
    }
}

/// The built-in role that a target is in the whole tenant.
pub(super) fn role_in_tenant(target: Target) -> Option<Uuid> {
    match target {
        Target::Role { role, scope: Scope::Tenant } if catalog::role(role).is_some() => Some(role),
        _ => None,
    }
}
