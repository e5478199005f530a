//! The ids of what requests produce.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use uuid::Uuid;

use crate::domain::{Access, Key, Kind, Schedule, Scope, Target};

const GUID: usize = 16;

/// The id of a role assignment and of the instance of its schedule: role, principal and scope, encoded.
///
/// `lAPpYvVpN0KRkAEhdxReEJ2SvT9WjGJEhR4OuaezoqU-1`; that of an eligibility's instance ends in `-e` besides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RoleAssignmentId {
    pub(crate) principal: Uuid,
    pub(crate) role: Uuid,
    pub(crate) scope: Scope,
    pub(crate) kind: Kind,
}

impl RoleAssignmentId {
    pub(crate) fn key(self) -> Key {
        Key { principal: self.principal, target: Target::Role { role: self.role, scope: self.scope } }
    }

    /// The parts of an id.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (text, kind) = match text.strip_suffix("-e") {
            Some(text) => (text, Kind::Eligibility),
            None => (text, Kind::Assignment),
        };
        let (encoded, of) = text.split_at_checked(text.len().checked_sub(2)?)?;
        let bytes = URL_SAFE_NO_PAD.decode(encoded).ok()?;
        let mut guids = bytes.chunks_exact(GUID).filter_map(|chunk| Some(Uuid::from_bytes_le(chunk.try_into().ok()?)));
        if bytes.len() % GUID != 0 {
            return None;
        }
        let (role, principal, scope) = (guids.next()?, guids.next()?, guids.next());
        let scope = match (of, scope) {
            ("-1", None) => Scope::Tenant,
            ("-1", Some(id)) => Scope::Object(id),
            ("-2", Some(id)) => Scope::AdministrativeUnit(id),
            _ => return None,
        };
        if guids.next().is_some() { None } else { Some(Self { principal, role, scope, kind }) }
    }
}

impl fmt::Display for RoleAssignmentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut bytes = Vec::with_capacity(3 * GUID);
        bytes.extend(self.role.to_bytes_le());
        bytes.extend(self.principal.to_bytes_le());
        let (scope, suffix) = match self.scope {
            Scope::Tenant => (None, "-1"),
            Scope::Object(id) => (Some(id), "-1"),
            Scope::AdministrativeUnit(id) => (Some(id), "-2"),
        };
        bytes.extend(scope.iter().flat_map(Uuid::to_bytes_le));
        let kind = if self.kind == Kind::Eligibility { "-e" } else { "" };
        write!(f, "{}{suffix}{kind}", URL_SAFE_NO_PAD.encode(bytes))
    }
}

/// The id of what a group has: `{group}_{member or owner}_{guid}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct GroupScheduleId {
    pub(crate) group: Uuid,
    pub(crate) access: Access,
    pub(crate) id: Uuid,
}

impl GroupScheduleId {
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (group, rest) = text.split_once('_')?;
        let (access, id) = rest.split_once('_')?;
        Some(Self { group: group.parse().ok()?, access: Access::from_name(access)?, id: id.parse().ok()? })
    }
}

impl fmt::Display for GroupScheduleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}_{}_{}", self.group, self.access.name(), self.id)
    }
}

/// The id of a schedule `id` on a target.
pub(crate) fn schedule_id(target: Target, id: Uuid) -> String {
    match target {
        Target::Role { .. } => id.to_string(),
        Target::Group { group, access } => GroupScheduleId { group, access, id }.to_string(),
    }
}

impl Schedule {
    /// The id in Graph. A role assignment that was made outside PIM has the same as its instance.
    pub(crate) fn graph_id(&self) -> String {
        match self.key.target {
            Target::Role { .. } if self.created_using.is_none() => self.instance_id(),
            target => schedule_id(target, self.id),
        }
    }

    /// The id of its instance in Graph.
    pub(crate) fn instance_id(&self) -> String {
        match self.key.target {
            Target::Role { role, scope } => {
                RoleAssignmentId { principal: self.key.principal, role, scope, kind: self.kind }.to_string()
            }
            target @ Target::Group { .. } => schedule_id(target, self.instance),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(text: &str) -> Uuid {
        text.parse().expect("a GUID")
    }

    #[test]
    fn role_assignments_have_the_ids_that_the_service_gives_them() {
        let global_administrator = RoleAssignmentId {
            role: id("62e90394-69f5-4237-9190-012177145e10"),
            principal: id("3fbd929d-8c56-4462-851e-0eb9a7b3a2a5"),
            scope: Scope::Tenant,
            kind: Kind::Assignment,
        };
        let text = "lAPpYvVpN0KRkAEhdxReEJ2SvT9WjGJEhR4OuaezoqU-1";
        assert_eq!(global_administrator.to_string(), text);
        assert_eq!(RoleAssignmentId::parse(text), Some(global_administrator));

        let eligible = RoleAssignmentId::parse("8MYkhImhnkm70CbBdTyW1BbHHAdHgZdDpbqyEFlRzAs-1-e").expect("an id");
        assert_eq!(eligible.role, id("8424c6f0-a189-499e-bbd0-26c1753c96d4"));
        assert_eq!(eligible.kind, Kind::Eligibility);
    }

    #[test]
    fn ids_with_a_scope_come_back() {
        let unit = id("11111111-2222-3333-4444-555555555555");
        for scope in [Scope::AdministrativeUnit(unit), Scope::Object(unit), Scope::Tenant] {
            for kind in [Kind::Assignment, Kind::Eligibility] {
                let it = RoleAssignmentId { principal: unit, role: Uuid::nil(), scope, kind };
                assert_eq!(RoleAssignmentId::parse(&it.to_string()), Some(it));
            }
        }
    }

    #[test]
    fn what_is_no_id_is_none() {
        for text in
            ["", "-1", "1", "é-1", "lAPpYvVpN0KRkAEhdxReEA-1", "lAPpYvVpN0KRkAEhdxReEJ2SvT9WjGJEhR4OuaezoqU-2", "_"]
        {
            assert_eq!(RoleAssignmentId::parse(text), None, "{text}");
            assert_eq!(GroupScheduleId::parse(text), None, "{text}");
        }
    }
}
