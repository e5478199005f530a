//! A description with an id for everything, and with what is referred to instead of references.

use std::collections::HashSet;

use uuid::Uuid;

use super::error::TenantError;
use super::names::{self, GROUP, Kind, Names, OWNER, PRINCIPAL, SCOPE, USER, USER_OR_GROUP, derived};
use super::place::Place;
use super::{AdministrativeUnit, Application, Eligibility, Group, Policy, RoleDefinition, Tenant, User};
use crate::domain::{Access, Expiration, Instant, Key, Scope, Target};

/// A tenant as it is to be stored.
#[derive(Debug)]
pub(crate) struct Seed<'t> {
    /// The tenant's id.
    pub(crate) id: Uuid,
    pub(crate) users: Vec<SeededUser<'t>>,
    pub(crate) groups: Vec<SeededGroup<'t>>,
    pub(crate) administrative_units: Vec<SeededUnit<'t>>,
    pub(crate) applications: Vec<SeededApplication<'t>>,
    pub(crate) roles: Vec<SeededRole<'t>>,
    /// Role assignments outside PIM.
    pub(crate) assignments: Vec<Key>,
    pub(crate) eligibilities: Vec<SeededEligibility>,
    pub(crate) policies: Vec<SeededPolicy<'t>>,
    pub(super) names: Names<'t>,
}

#[derive(Debug)]
pub(crate) struct SeededUser<'t> {
    pub(crate) id: Uuid,
    pub(crate) user: &'t User,
    pub(crate) manager: Option<Uuid>,
}

#[derive(Debug)]
pub(crate) struct SeededGroup<'t> {
    pub(crate) id: Uuid,
    pub(crate) group: &'t Group,
    pub(crate) mail_nickname: String,
    pub(crate) owners: Vec<Uuid>,
    pub(crate) members: Vec<Uuid>,
}

#[derive(Debug)]
pub(crate) struct SeededUnit<'t> {
    pub(crate) id: Uuid,
    pub(crate) unit: &'t AdministrativeUnit,
    pub(crate) members: Vec<Uuid>,
}

#[derive(Debug)]
pub(crate) struct SeededApplication<'t> {
    /// The id of the registration.
    pub(crate) id: Uuid,
    pub(crate) app_id: Uuid,
    pub(crate) service_principal: Uuid,
    pub(crate) application: &'t Application,
}

#[derive(Debug)]
pub(crate) struct SeededRole<'t> {
    pub(crate) id: Uuid,
    pub(crate) role: &'t RoleDefinition,
}

#[derive(Debug, PartialEq)]
pub(crate) struct SeededEligibility {
    pub(crate) key: Key,
    /// From the beginning, if nothing is said.
    pub(crate) start: Option<Instant>,
    pub(crate) expiration: Expiration,
}

#[derive(Debug)]
pub(crate) struct SeededPolicy<'t> {
    pub(crate) target: PolicyTarget,
    /// What differs from the defaults.
    pub(crate) settings: &'t Policy,
    /// Who must approve: nothing, if the description says nothing; if the list is empty, those who approve by default.
    pub(crate) approvers: Option<Vec<Approver>>,
}

/// What a policy is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum PolicyTarget {
    Role(Uuid),
    Group { group: Uuid, access: Access },
}

/// Who may approve.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Approver {
    User(Uuid),
    /// The members of a group.
    Group(Uuid),
}

/// What several kinds of grants and policies have in common: what they are for.
struct Subject<'t> {
    role: Option<&'t String>,
    scope: Option<&'t String>,
    group: Option<&'t String>,
    access: Option<super::Access>,
}

type Checked<T> = Result<T, TenantError>;

impl<'t> Seed<'t> {
    pub(super) fn of(tenant: &'t Tenant) -> Checked<Self> {
        let mut seed = Self {
            id: tenant.id(),
            users: Vec::with_capacity(tenant.users.len()),
            groups: Vec::with_capacity(tenant.groups.len()),
            administrative_units: Vec::new(),
            applications: Vec::new(),
            roles: Vec::new(),
            assignments: Vec::new(),
            eligibilities: Vec::new(),
            policies: Vec::new(),
            names: Names::default(),
        };
        if !is_domain(&tenant.domain) {
            let problem = format!("{:?} is no domain: give one such as contoso.com", tenant.domain);
            return Err(TenantError::at(Place::top("domain"), problem));
        }
        // Everything gets its name before anything is referred to.
        seed.add_users(tenant)?;
        seed.add_groups(tenant)?;
        seed.add_administrative_units(tenant)?;
        seed.add_applications(tenant)?;
        seed.add_roles(tenant)?;
        seed.connect()?;
        seed.add_assignments(tenant)?;
        seed.add_eligibilities(tenant)?;
        seed.add_policies(tenant)?;
        Ok(seed)
    }

    fn add_users(&mut self, tenant: &'t Tenant) -> Checked<()> {
        let mut taken = HashSet::new();
        for (index, user) in tenant.users.iter().enumerate() {
            let place = names::place("users", index);
            let name = &user.user_principal_name;
            if !name.split_once('@').is_some_and(|(nickname, domain)| !nickname.is_empty() && is_domain(domain)) {
                let problem = format!("{name:?} is no userPrincipalName: give one such as ida@{}", tenant.domain);
                return Err(TenantError::at(place.member("userPrincipalName"), problem));
            }
            let id = user.id.unwrap_or_else(|| derived(tenant, "users", name));
            if !taken.insert(name.to_lowercase()) {
                let problem = format!("there is a user {name:?} already: give another name");
                return Err(TenantError::at(place.member("userPrincipalName"), problem));
            }
            self.named(Kind::User, id, name, &[user.mail_nickname(), &user.display_name], &place)?;
            self.users.push(SeededUser { id, user, manager: None });
        }
        Ok(())
    }

    fn add_groups(&mut self, tenant: &'t Tenant) -> Checked<()> {
        let mut taken = HashSet::new();
        for (index, group) in tenant.groups.iter().enumerate() {
            let place = names::place("groups", index);
            if let Some((member, problem)) = group.defect() {
                return Err(TenantError::at(place.member(member), problem));
            }
            let mail_nickname = group.mail_nickname();
            if !taken.insert(mail_nickname.to_lowercase()) {
                let problem = format!("there is a group with the nickname {mail_nickname:?} already: give another");
                return Err(TenantError::at(place.member("mailNickname"), problem));
            }
            let id = group.id.unwrap_or_else(|| derived(tenant, "groups", &mail_nickname));
            self.named(Kind::Group, id, &group.display_name, &[&mail_nickname], &place)?;
            self.groups.push(SeededGroup { id, group, mail_nickname, owners: Vec::new(), members: Vec::new() });
        }
        Ok(())
    }

    fn add_administrative_units(&mut self, tenant: &'t Tenant) -> Checked<()> {
        for (index, unit) in tenant.administrative_units.iter().enumerate() {
            let place = names::place("administrativeUnits", index);
            let id = unit.id.unwrap_or_else(|| derived(tenant, "administrativeUnits", &unit.display_name));
            self.named(Kind::AdministrativeUnit, id, &unit.display_name, &[], &place)?;
            self.administrative_units.push(SeededUnit { id, unit, members: Vec::new() });
        }
        Ok(())
    }

    fn add_applications(&mut self, tenant: &'t Tenant) -> Checked<()> {
        for (index, application) in tenant.applications.iter().enumerate() {
            let place = names::place("applications", index);
            let name = &application.display_name;
            let id = application.id.unwrap_or_else(|| derived(tenant, "applications", name));
            let app_id = application.app_id.unwrap_or_else(|| derived(tenant, "appIds", name));
            let service_principal =
                application.service_principal_id.unwrap_or_else(|| derived(tenant, "servicePrincipals", name));
            if self.applications.iter().any(|other| other.app_id == app_id) {
                let problem = format!("{app_id} is the appId of another application already: give another");
                return Err(TenantError::at(place.member("appId"), problem));
            }
            // What refers to an application by the id that its clients know means its service principal.
            self.named(Kind::ServicePrincipal, service_principal, name, &[&app_id.to_string()], &place)?;
            self.applications.push(SeededApplication { id, app_id, service_principal, application });
        }
        Ok(())
    }

    fn named(&mut self, kind: Kind, id: Uuid, name: &'t str, others: &[&str], place: &Place) -> Checked<()> {
        self.names
            .add(kind, id, name, others)
            .map_err(|(member, problem)| TenantError::at(place.member(member), problem))
    }

    fn add_roles(&mut self, tenant: &'t Tenant) -> Checked<()> {
        for (index, role) in tenant.role_definitions.iter().enumerate() {
            let place = names::place("roleDefinitions", index);
            let id = role.id.unwrap_or_else(|| derived(tenant, "roleDefinitions", &role.display_name));
            let added = self.names.add_role(id, &role.display_name);
            added.map_err(|(member, problem)| TenantError::at(place.member(member), problem))?;
            let is_action = |action: &&String| action.split('/').filter(|part| !part.is_empty()).count() >= 3;
            let actions = &role.allowed_resource_actions;
            if let Some(index) = actions.iter().position(|action| !is_action(&action)) {
                let place = place.member("allowedResourceActions").item(index);
                let problem = format!(
                    "{:?} is no action: give one such as microsoft.directory/users/basic/update",
                    actions.get(index).map_or("", String::as_str)
                );
                return Err(TenantError::at(place, problem));
            }
            self.roles.push(SeededRole { id, role });
        }
        Ok(())
    }

    /// Puts what is referred to into users, groups and administrative units.
    fn connect(&mut self) -> Checked<()> {
        for (index, seeded) in self.users.iter_mut().enumerate() {
            let place = names::place("users", index).member("manager");
            let manager = seeded.user.manager.as_ref();
            let manager = manager.map(|manager| self.names.find(manager, &USER)).transpose();
            seeded.manager = manager.map_err(|problem| TenantError::at(place, problem))?.map(|(id, _)| id);
        }
        for (index, seeded) in self.groups.iter_mut().enumerate() {
            let place = names::place("groups", index);
            seeded.owners = objects(&self.names, &seeded.group.owners, &OWNER, &place.member("owners"), |_, _| None)?;
            let is_assignable = seeded.group.is_assignable_to_role;
            let own = seeded.id;
            let defect = |id, kind| {
                if id == own {
                    Some("a group is no member of itself: leave it out")
                } else if is_assignable && kind == Kind::Group {
                    Some("a role-assignable group has no groups as members: leave it out")
                } else {
                    None
                }
            };
            seeded.members = objects(&self.names, &seeded.group.members, &PRINCIPAL, &place.member("members"), defect)?;
        }
        for (index, seeded) in self.administrative_units.iter_mut().enumerate() {
            let place = names::place("administrativeUnits", index).member("members");
            seeded.members = objects(&self.names, &seeded.unit.members, &USER_OR_GROUP, &place, |_, _| None)?;
        }
        Ok(())
    }

    fn add_assignments(&mut self, tenant: &'t Tenant) -> Checked<()> {
        let mut taken = HashSet::new();
        for (index, assignment) in tenant.role_assignments.iter().enumerate() {
            let place = names::place("roleAssignments", index);
            let subject =
                Subject { role: Some(&assignment.role), scope: assignment.scope.as_ref(), group: None, access: None };
            let key = self.key(&assignment.principal, &PRINCIPAL, &subject, &place)?;
            if !taken.insert(key) {
                return Err(TenantError::at(place, "it is there already: leave one out"));
            }
            self.assignments.push(key);
        }
        Ok(())
    }

    fn add_eligibilities(&mut self, tenant: &'t Tenant) -> Checked<()> {
        let mut taken = HashSet::new();
        for (index, eligibility) in tenant.eligibilities.iter().enumerate() {
            let place = names::place("eligibilities", index);
            let Eligibility { principal, role, scope, group, access, start, end, duration } = eligibility;
            let subject =
                Subject { role: role.as_ref(), scope: scope.as_ref(), group: group.as_ref(), access: *access };
            let key = self.key(principal, &USER_OR_GROUP, &subject, &place)?;
            if !taken.insert(key) {
                return Err(TenantError::at(place, "it is there already: leave one out"));
            }
            let start = start.map(Instant::from);
            let expiration = match (end, duration) {
                (None, None) => Expiration::Never,
                (Some(end), None) => Expiration::At(Instant::from(*end)),
                (None, Some(duration)) => Expiration::After(duration.clone()),
                (Some(_), Some(_)) => {
                    let problem = "there is an end as well: leave one of them out";
                    return Err(TenantError::at(place.member("duration"), problem));
                }
            };
            if let (Some(start), Expiration::At(end)) = (start, &expiration)
                && *end <= start
            {
                return Err(TenantError::at(place.member("end"), "it is not after the start: give a later one"));
            }
            if let Expiration::After(duration) = &expiration
                && duration.as_str().starts_with('-')
            {
                return Err(TenantError::at(place.member("duration"), "it is negative: give one such as P365D"));
            }
            self.eligibilities.push(SeededEligibility { key, start, expiration });
        }
        Ok(())
    }

    fn add_policies(&mut self, tenant: &'t Tenant) -> Checked<()> {
        for (index, settings) in tenant.policies.iter().enumerate() {
            let place = names::place("policies", index);
            if let Some((member, problem)) = settings.defect() {
                return Err(TenantError::at(place.member(member), problem));
            }
            let subject = Subject {
                role: settings.role.as_ref(),
                scope: None,
                group: settings.group.as_ref(),
                access: settings.access,
            };
            let target = match self.target(&subject, &place)? {
                Target::Role { role, .. } => PolicyTarget::Role(role),
                Target::Group { group, access } => PolicyTarget::Group { group, access },
            };
            if self.policies.iter().any(|other| other.target == target) {
                return Err(TenantError::at(place, "this policy is there already: put them together"));
            }
            let approvers = settings.approvers.as_ref();
            let approvers = approvers.map(|approvers| self.approvers(approvers, &place)).transpose()?;
            if matches!(target, PolicyTarget::Group { .. }) && approvers.as_ref().is_some_and(Vec::is_empty) {
                let problem = "nobody approves for groups by default: name somebody, or leave it out";
                return Err(TenantError::at(place.member("approvers"), problem));
            }
            self.policies.push(SeededPolicy { target, settings, approvers });
        }
        Ok(())
    }

    fn approvers(&self, references: &[String], place: &Place) -> Checked<Vec<Approver>> {
        let place = place.member("approvers");
        let approver = |(index, reference): (usize, &String)| match self.names.find(reference, &USER_OR_GROUP) {
            Ok((id, Kind::Group)) => Ok(Approver::Group(id)),
            Ok((id, _)) => Ok(Approver::User(id)),
            Err(problem) => Err(TenantError::at(place.item(index), problem)),
        };
        references.iter().enumerate().map(approver).collect()
    }

    fn key(&self, principal: &str, wanted: &names::Wanted, subject: &Subject<'_>, place: &Place) -> Checked<Key> {
        let found = self.names.find(principal, wanted);
        let (principal, kind) = found.map_err(|problem| TenantError::at(place.member("principal"), problem))?;
        let target = self.target(subject, place)?;
        let is_refused = match target {
            Target::Role { .. } if kind == Kind::Group => {
                let group = self.groups.iter().find(|group| group.id == principal);
                !group.is_some_and(|group| group.group.is_assignable_to_role)
            }
            Target::Role { .. } | Target::Group { .. } => false,
        };
        if is_refused {
            let name = self.names.name(principal);
            let problem = format!("the group {name:?} can have no role: set its isAssignableToRole to true");
            return Err(TenantError::at(place.member("principal"), problem));
        }
        if matches!(target, Target::Group { group, .. } if group == principal) {
            let problem = "a group has no access to itself: name another principal";
            return Err(TenantError::at(place.member("principal"), problem));
        }
        Ok(Key { principal, target })
    }

    fn target(&self, subject: &Subject<'_>, place: &Place) -> Checked<Target> {
        match (subject.role, subject.group) {
            (Some(role), None) => {
                if subject.access.is_some() {
                    return Err(TenantError::at(place.member("access"), "roles have no access: leave it out"));
                }
                let role = self.names.role(role).map_err(|problem| TenantError::at(place.member("role"), problem))?;
                Ok(Target::Role { role, scope: self.scope(subject.scope, place)? })
            }
            (None, Some(group)) => {
                if subject.scope.is_some() {
                    return Err(TenantError::at(place.member("scope"), "groups have no scope: leave it out"));
                }
                let found = self.names.find(group, &GROUP);
                let (group, _) = found.map_err(|problem| TenantError::at(place.member("group"), problem))?;
                Ok(Target::Group { group, access: subject.access.unwrap_or_default().into() })
            }
            (None, None) => Err(TenantError::at(place.clone(), "it says neither role nor group: give one of them")),
            (Some(_), Some(_)) => {
                Err(TenantError::at(place.member("group"), "there is a role as well: leave one of them out"))
            }
        }
    }

    /// The scope of that name, or as Graph writes it.
    fn scope(&self, scope: Option<&String>, place: &Place) -> Checked<Scope> {
        let Some(text) = scope else { return Ok(Scope::Tenant) };
        let reference = match text.parse() {
            Ok(Scope::Tenant) => return Ok(Scope::Tenant),
            Ok(Scope::AdministrativeUnit(id) | Scope::Object(id)) => id.to_string(),
            Err(_) => text.clone(),
        };
        match self.names.find(&reference, &SCOPE) {
            Ok((id, Kind::AdministrativeUnit)) => Ok(Scope::AdministrativeUnit(id)),
            Ok((id, _)) => Ok(Scope::Object(id)),
            Err(problem) => Err(TenantError::at(place.member("scope"), problem)),
        }
    }
}

/// What a list of references is to, each at most once.
fn objects(
    names: &Names<'_>,
    references: &[String],
    wanted: &names::Wanted,
    place: &Place,
    defect: impl Fn(Uuid, Kind) -> Option<&'static str>,
) -> Checked<Vec<Uuid>> {
    let mut seen = HashSet::new();
    let object = |(index, reference): (usize, &String)| {
        let at = |problem: String| TenantError::at(place.item(index), problem);
        let (id, kind) = names.find(reference, wanted).map_err(at)?;
        if let Some(problem) = defect(id, kind) {
            return Err(at(problem.to_owned()));
        }
        if !seen.insert(id) {
            return Err(at(format!("{reference:?} is there twice: leave one out")));
        }
        Ok(id)
    };
    references.iter().enumerate().map(object).collect()
}

fn is_domain(text: &str) -> bool {
    !text.is_empty() && !text.contains(|letter: char| letter.is_whitespace() || matches!(letter, '@' | '/'))
}
