//! A small tenant, and words to say what is asked of it.

use std::collections::BTreeSet;
use std::time::Duration;

use serde_json::{Value, json};

use crate::domain::policy::{Governed, Policy};
use crate::domain::{Access, Family, Kind, policies};
use crate::graph::error::GraphError;
use crate::graph::pim::{PimCollection, Stage};
use crate::graph::rig::{Got, Rig};
use crate::tenant::{Access as Seeded, Application, Group, Policy as SeededPolicy, RoleAssignment, Tenant, User};

pub(super) const E: Kind = Kind::Eligibility;
pub(super) const A: Kind = Kind::Assignment;

pub(super) const MINUTE: Duration = Duration::from_mins(1);
pub(super) const HOUR: Duration = Duration::from_hours(1);
pub(super) const DAY: Duration = Duration::from_hours(24);

/// What is assigned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    Role(&'static str),
    Member(&'static str),
    Owner(&'static str),
}

/// A role and a membership without approval, for what goes for both alike.
pub(super) const ROLE: What = What::Role("User Administrator");
pub(super) const MEMBER: What = What::Member("Operators");
pub(super) const BOTH: [What; 2] = [ROLE, MEMBER];

/// The same with approval, by zoe.
pub(super) const GUARDED_ROLE: What = What::Role("Security Administrator");
pub(super) const GUARDED_MEMBER: What = What::Member("Vault");
pub(super) const GUARDED: [What; 2] = [GUARDED_ROLE, GUARDED_MEMBER];

impl What {
    pub(super) fn family(self) -> Family {
        match self {
            Self::Role(_) => Family::Roles,
            Self::Member(_) | Self::Owner(_) => Family::Groups,
        }
    }

    /// The one that needs approval instead.
    pub(super) fn guarded(self) -> Self {
        match self.family() {
            Family::Roles => GUARDED_ROLE,
            Family::Groups => GUARDED_MEMBER,
        }
    }
}

/// Fabrikam, whose clock stands until it is turned.
///
/// `admin` administers everything; `ada` has nothing, but is a member of the role-assignable group Helpdesk; `ben` has
/// nothing at all; `owen` owns the groups; `gil` is a Groups Administrator, `lena` a Global Reader; `zoe` approves.
pub(super) struct Scene {
    pub(super) rig: Rig,
}

pub(super) const APPLICATION: &str = "0c5f0e0b-6f5a-4c1e-9a51-d36f0a4bd0c5";

pub(super) fn tenant() -> Tenant {
    let users = ["admin", "ada", "ben", "owen", "gil", "lena", "zoe"];
    let tenant = users.into_iter().fold(Tenant::new("Fabrikam", "fabrikam.com"), |tenant, name| {
        tenant.user(User::new(principal_name(name), name))
    });
    let permissions = [
        "RoleManagement.ReadWrite.Directory",
        "PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup",
        "PrivilegedEligibilitySchedule.ReadWrite.AzureADGroup",
    ];
    let application = Application::new("automation").with_app_id(APPLICATION.parse().expect("a GUID"));
    let application = permissions.into_iter().fold(application, Application::permission);
    let permanent = |group: &str, access| {
        SeededPolicy::of_group(group, access).allow_permanent_eligibility(true).allow_permanent_assignment(true)
    };
    tenant
        .group(Group::new("Helpdesk").assignable_to_role().owner("owen").member("ada"))
        .group(Group::new("Operators").owner("owen"))
        .group(Group::new("Vault").owner("owen"))
        .application(application)
        .role_assignment(RoleAssignment::new("admin", "Global Administrator"))
        .role_assignment(RoleAssignment::new("gil", "Groups Administrator"))
        .role_assignment(RoleAssignment::new("lena", "Global Reader"))
        .policy(permanent("Operators", Seeded::Member))
        .policy(permanent("Vault", Seeded::Member).approver("zoe"))
        .policy(SeededPolicy::of_role("Security Administrator").approver("zoe"))
}

fn principal_name(user: &str) -> String {
    format!("{user}@fabrikam.com")
}

impl Scene {
    pub(super) fn new() -> Self {
        Self::of(tenant())
    }

    /// With more users, all of them members of Helpdesk.
    pub(super) fn with_members_of_helpdesk(names: &[String]) -> Self {
        let mut tenant = tenant();
        tenant.groups[0].members.extend(names.iter().cloned());
        Self::of(names.iter().fold(tenant, |tenant, name| tenant.user(User::new(principal_name(name), name))))
    }

    pub(super) fn of(tenant: Tenant) -> Self {
        Self { rig: Rig::of(tenant) }
    }

    pub(super) fn id(&self, name: &str) -> String {
        self.rig.id(name)
    }

    pub(super) fn turn(&self, length: Duration) {
        self.rig.advance(length);
    }

    /// Turns the clock to a minute before that.
    pub(super) fn turn_almost(&self, length: Duration) {
        self.turn(length.saturating_sub(MINUTE));
    }

    /// So much later than now, as Graph writes it.
    pub(super) fn later(&self, length: Duration) -> String {
        let now = self.rig.service().clock.instant();
        now.plus(chrono::TimeDelta::from_std(length).expect("a length")).to_string()
    }

    pub(super) fn now(&self) -> String {
        self.later(Duration::ZERO)
    }

    /// Changes a rule, as one that has always been so.
    pub(super) fn rule(&self, what: What, rule: Value) {
        let governed = match what {
            What::Role(name) => Governed::Role(self.id(name).parse().expect("a GUID")),
            What::Member(group) | What::Owner(group) => {
                let access = if matches!(what, What::Member(_)) { Access::Member } else { Access::Owner };
                Governed::Group { group: self.id(group).parse().expect("a GUID"), access }
            }
        };
        let kept = self.rig.service().write(|session| -> Result<(), GraphError> {
            let changed = Policy::default_of(governed.kind()).change(&[rule])?;
            Ok(policies::plant(session, governed, &changed.policy)?)
        });
        kept.expect("a rule that can be");
    }

    /// Asks for something about an eligibility.
    pub(super) fn eligibility(&self, action: &str, principal: &str, what: What) -> Ask<'_> {
        self.ask(E, action, principal, what)
    }

    /// Asks for something about an active assignment.
    pub(super) fn assignment(&self, action: &str, principal: &str, what: What) -> Ask<'_> {
        self.ask(A, action, principal, what)
    }

    /// Asks as the specification's tutorials do: with a justification, from now on, for 30 days or two hours.
    pub(super) fn ask(&self, kind: Kind, action: &str, principal: &str, what: What) -> Ask<'_> {
        let mut body = json!({
            "action": action,
            "principalId": self.id(principal),
            "justification": "Because it is needed",
        });
        match what {
            What::Role(role) => {
                body["roleDefinitionId"] = self.id(role).into();
                body["directoryScopeId"] = "/".into();
            }
            What::Member(group) | What::Owner(group) => {
                body["groupId"] = self.id(group).into();
                body["accessId"] = if matches!(what, What::Member(_)) { "member" } else { "owner" }.into();
            }
        }
        let ask = Ask { scene: self, what, kind, body };
        match action {
            "adminRemove" | "selfDeactivate" => ask,
            "selfActivate" => ask.lasting("PT2H"),
            _ => ask.lasting("P30D"),
        }
    }

    /// The URL of a collection.
    pub(super) fn url(kind: Kind, stage: Stage, what: What) -> String {
        format!("/v1.0{}", PimCollection { family: what.family(), kind, stage }.path())
    }

    /// What there is of a principal in a collection, as an administrator sees it.
    pub(super) fn list(&self, kind: Kind, stage: Stage, who: &str, what: What) -> Vec<Value> {
        let filter = match what {
            What::Role(role) => format!("roleDefinitionId eq '{}'", self.id(role)),
            What::Member(group) => format!("groupId eq '{}' and accessId eq 'member'", self.id(group)),
            What::Owner(group) => format!("groupId eq '{}' and accessId eq 'owner'", self.id(group)),
        };
        let url = format!("{}?$filter=principalId eq '{}' and {filter}", Self::url(kind, stage, what), self.id(who));
        self.admin().get(&url).values()
    }

    /// What concerns a user in a collection, as the user sees it.
    pub(super) fn mine(&self, user: &str, kind: Kind, stage: Stage, what: What) -> Vec<Value> {
        let url = format!("{}/filterByCurrentUser(on='principal')", Self::url(kind, stage, what));
        self.user(user).get(&url).values()
    }

    pub(super) fn request(&self, kind: Kind, what: What, id: &str) -> Value {
        self.admin().get(&format!("{}/{id}", Self::url(kind, Stage::Requests, what))).ok(200)
    }

    pub(super) fn status(&self, kind: Kind, what: What, id: &str) -> String {
        text(&self.request(kind, what, id), "status")
    }

    pub(super) fn cancel(&self, kind: Kind, what: What, id: &str, by: &str) -> Got {
        let url = format!("{}/{id}/cancel", Self::url(kind, Stage::Requests, what));
        self.user(by).post(&url, &Value::Null)
    }

    pub(super) fn user(&self, name: &str) -> crate::graph::rig::As<'_> {
        self.rig.user(&principal_name(name))
    }

    pub(super) fn user_with(&self, name: &str, permissions: &[&str]) -> crate::graph::rig::As<'_> {
        self.rig.user_with(&principal_name(name), permissions)
    }

    /// A user whose token says this of how the user signed in.
    pub(super) fn signed_in(&self, name: &str, mfa: bool, contexts: &[&str]) -> crate::graph::rig::As<'_> {
        self.rig.signed_in(&principal_name(name), None, mfa, contexts)
    }

    pub(super) fn admin(&self) -> crate::graph::rig::As<'_> {
        self.user("admin")
    }

    /// What a principal has and may have.
    pub(super) fn holdings(&self, who: &str, what: What) -> Holdings {
        Holdings { eligible: self.held(E, who, what), active: self.held(A, who, what) }
    }

    fn held(&self, kind: Kind, who: &str, what: What) -> BTreeSet<Held> {
        let of = |row: &Value| {
            let r#type = row.get("assignmentType").and_then(Value::as_str).unwrap_or("eligible");
            r#type.to_ascii_lowercase()
        };
        let refers = match (what.family(), kind) {
            (Family::Roles, Kind::Eligibility) => "roleEligibilityScheduleId",
            (Family::Roles, Kind::Assignment) => "roleAssignmentScheduleId",
            (Family::Groups, Kind::Eligibility) => "eligibilityScheduleId",
            (Family::Groups, Kind::Assignment) => "assignmentScheduleId",
        };
        let instances: BTreeSet<_> =
            self.list(kind, Stage::Instances, who, what).iter().map(|row| text(row, refers)).collect();
        let schedules = self.list(kind, Stage::Schedules, who, what);
        let held: BTreeSet<_> = schedules
            .iter()
            .map(|row| {
                let id = text(row, "id");
                Held { r#type: of(row), has_instance: instances.contains(&id), id }
            })
            .collect();
        let known: BTreeSet<_> = held.iter().map(|held| held.id.clone()).collect();
        assert!(instances.is_subset(&known), "instances {instances:?} are of schedules {known:?}");
        held
    }
}

/// What a principal has and may have of something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Holdings {
    pub(super) eligible: BTreeSet<Held>,
    pub(super) active: BTreeSet<Held>,
}

/// A schedule.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Held {
    pub(super) id: String,
    /// `eligible`, `assigned` or `activated`.
    pub(super) r#type: String,
    pub(super) has_instance: bool,
}

impl Holdings {
    pub(super) fn of(&self, kind: Kind) -> &BTreeSet<Held> {
        match kind {
            Kind::Eligibility => &self.eligible,
            Kind::Assignment => &self.active,
        }
    }

    /// The only schedule of a type.
    #[track_caller]
    pub(super) fn only(&self, r#type: &str) -> Option<&Held> {
        let mut found = self.eligible.iter().chain(&self.active).filter(|held| held.r#type == r#type);
        let first = found.next();
        assert_eq!(found.next(), None, "there is one of a type on a key");
        first
    }

    /// Whether there is something of this type, and it is in force.
    pub(super) fn now(&self, r#type: &str) -> bool {
        self.only(r#type).is_some_and(|held| held.has_instance)
    }
}

/// A request that is about to be sent.
#[must_use]
pub(super) struct Ask<'s> {
    scene: &'s Scene,
    what: What,
    kind: Kind,
    pub(super) body: Value,
}

impl Ask<'_> {
    fn expiring(mut self, expiration: Value) -> Self {
        self.body["scheduleInfo"]["expiration"] = expiration;
        self
    }

    pub(super) fn lasting(self, duration: &str) -> Self {
        self.expiring(json!({"type": "afterDuration", "duration": duration}))
    }

    pub(super) fn until(self, end: &str) -> Self {
        self.expiring(json!({"type": "afterDateTime", "endDateTime": end}))
    }

    pub(super) fn for_good(self) -> Self {
        self.expiring(json!({"type": "noExpiration"}))
    }

    pub(super) fn from(mut self, start: &str) -> Self {
        self.body["scheduleInfo"]["startDateTime"] = start.into();
        self
    }

    pub(super) fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.body[name] = value.into();
        self
    }

    pub(super) fn without(mut self, name: &str) -> Self {
        self.body.as_object_mut().expect("a body").remove(name);
        self
    }

    /// Sends it as a user with MFA and every permission.
    pub(super) fn by(self, user: &str) -> Got {
        let sender = self.scene.user(user);
        self.send(&sender)
    }

    pub(super) fn send(self, sender: &crate::graph::rig::As<'_>) -> Got {
        sender.post(&Scene::url(self.kind, Stage::Requests, self.what), &self.body)
    }
}

/// A member that is text.
#[track_caller]
pub(super) fn text(entity: &Value, name: &str) -> String {
    entity[name].as_str().unwrap_or_else(|| panic!("no {name} in {entity:#}")).to_owned()
}

/// What came of a request: the status of the new request, or the code of the error and the rules that failed.
#[track_caller]
pub(super) fn outcome(got: &Got) -> String {
    let status = got.status.as_u16();
    if status == 201 {
        return text(&got.body, "status");
    }
    let error = &got.body["error"];
    let code = text(error, "code");
    match code.as_str() {
        "RoleAssignmentRequestPolicyValidationFailed" => {
            let message = text(error, "message");
            let rules = message.strip_prefix("The following policy rules failed: ").expect("the service's words");
            format!("{status} {rules}")
        }
        _ => format!("{status} {code}"),
    }
}
