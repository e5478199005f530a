//! What there is at first: who is in the tenant, which groups and applications it has, and who may do what.
//!
//! A tenant is described in a file, or made with [`Tenant::new`] and what can be added to it:
//!
//! ```
//! use pim_emulator::tenant::{Eligibility, Tenant, User};
//!
//! let tenant = Tenant::new("Fabrikam", "fabrikam.com")
//!     .user(User::new("ida@fabrikam.com", "Ida Brandt"))
//!     .eligibility(Eligibility::to_role("ida@fabrikam.com", "User Administrator"));
//! assert!(tenant.check().is_ok());
//! ```
//!
//! Things are referred to by what is known of them: users by their `userPrincipalName`, groups by their `mailNickname`,
//! all of them by their `displayName` or their `id`, in any letter case. What has no id in the description gets one that
//! depends on nothing but the tenant's id and its name, so that it is the same in every run.

mod application;
mod assignment;
mod error;
mod group;
mod names;
mod place;
mod policy;
mod read;
mod role;
mod seed;
#[cfg(test)]
mod tests;
mod unit;
mod user;

use std::path::Path;

use serde::Deserialize;
use uuid::Uuid;

pub use application::Application;
pub use assignment::{Eligibility, RoleAssignment};
pub use error::TenantError;
pub use group::{Access, Group};
pub use policy::Policy;
pub use role::RoleDefinition;
pub use unit::AdministrativeUnit;
pub use user::{User, UserType};

pub(crate) use seed::{
    Approver, PolicyTarget, Seed, SeededApplication, SeededEligibility, SeededGroup, SeededPolicy, SeededUnit,
    SeededUser,
};

/// The sample that [`Tenant::contoso`] is.
const CONTOSO: &str = include_str!("../contoso.toml");

/// What there is in a tenant at first.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Tenant {
    #[serde(default, deserialize_with = "read::id")]
    pub(crate) id: Option<Uuid>,
    pub(crate) display_name: String,
    pub(crate) domain: String,
    #[serde(default)]
    pub(crate) license: License,
    #[serde(default)]
    pub(crate) users: Vec<User>,
    #[serde(default)]
    pub(crate) groups: Vec<Group>,
    #[serde(default)]
    pub(crate) administrative_units: Vec<AdministrativeUnit>,
    #[serde(default)]
    pub(crate) applications: Vec<Application>,
    #[serde(default)]
    pub(crate) role_definitions: Vec<RoleDefinition>,
    #[serde(default)]
    pub(crate) role_assignments: Vec<RoleAssignment>,
    #[serde(default)]
    pub(crate) eligibilities: Vec<Eligibility>,
    #[serde(default)]
    pub(crate) policies: Vec<Policy>,
}

/// What the tenant has paid for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize)]
pub enum License {
    /// Microsoft Entra ID Free.
    Free,
    /// Microsoft Entra ID P1.
    P1,
    /// Microsoft Entra ID P2: the one that PIM needs.
    #[default]
    P2,
}

impl License {
    /// Whether PIM may be used.
    #[must_use]
    pub fn includes_pim(self) -> bool {
        self == Self::P2
    }
}

impl Tenant {
    /// A tenant with nothing in it, that has its users in that domain.
    pub fn new(display_name: impl Into<String>, domain: impl Into<String>) -> Self {
        Self {
            id: None,
            display_name: display_name.into(),
            domain: domain.into(),
            license: License::default(),
            users: Vec::new(),
            groups: Vec::new(),
            administrative_units: Vec::new(),
            applications: Vec::new(),
            role_definitions: Vec::new(),
            role_assignments: Vec::new(),
            eligibilities: Vec::new(),
            policies: Vec::new(),
        }
    }

    /// The sample tenant: Contoso, with the people of Microsoft's own samples.
    ///
    /// `admin@contoso.com` is its administrator, `alined@contoso.com` has no role, `alexw@contoso.com` approves.
    #[must_use]
    #[expect(clippy::missing_panics_doc, reason = "the file is part of the program, and a test reads it")]
    pub fn contoso() -> Self {
        Self::from_toml(CONTOSO).expect("the sample is valid")
    }

    /// The tenant that a text in TOML describes, or where and why it describes none.
    pub fn from_toml(text: &str) -> Result<Self, TenantError> {
        let tenant: Self = toml::from_str(text).map_err(|error| TenantError::of_toml(&error, text))?;
        match tenant.check() {
            Ok(()) => Ok(tenant),
            Err(error) => Err(error.found_in(text)),
        }
    }

    /// The tenant that a file in TOML describes, or why there is none.
    pub fn read(path: impl AsRef<Path>) -> Result<Self, TenantError> {
        let path = path.as_ref();
        let text = std::fs::read_to_string(path).map_err(|error| TenantError::unreadable(path, error))?;
        Self::from_toml(&text).map_err(|error| error.in_file(path))
    }

    /// Whether everything that is referred to is there and fits; otherwise, what does not.
    pub fn check(&self) -> Result<(), TenantError> {
        self.seed().map(drop)
    }

    /// Everything with its id, or what is wrong with the description.
    pub(crate) fn seed(&self) -> Result<Seed<'_>, TenantError> {
        Seed::of(self)
    }

    /// The tenant's id.
    #[must_use]
    pub fn id(&self) -> Uuid {
        self.id.unwrap_or_else(|| Uuid::new_v5(&Uuid::NAMESPACE_DNS, self.domain.to_lowercase().as_bytes()))
    }

    /// The name that is displayed.
    #[must_use]
    pub fn display_name(&self) -> &str {
        &self.display_name
    }

    /// The domain that its users are in.
    #[must_use]
    pub fn domain(&self) -> &str {
        &self.domain
    }

    /// What it has paid for.
    #[must_use]
    pub fn license(&self) -> License {
        self.license
    }

    /// The id of the user, group, application (its service principal) or administrative unit that is called so;
    /// nothing, if there is none, if there are several, or if the description is not valid.
    #[must_use]
    pub fn object_id(&self, reference: &str) -> Option<Uuid> {
        self.seed().ok()?.names.object(reference)
    }

    /// The id of the role that is called so, built-in or not; nothing, if there is none.
    #[must_use]
    pub fn role_id(&self, reference: &str) -> Option<Uuid> {
        self.seed().ok()?.names.role(reference).ok()
    }

    /// The principal names of its users, in the order in which they are described.
    #[must_use]
    pub fn user_principal_names(&self) -> Vec<&str> {
        self.users.iter().map(|user| user.user_principal_name.as_str()).collect()
    }

    /// With that id, instead of the one that follows from the domain.
    #[must_use]
    pub fn with_id(mut self, id: Uuid) -> Self {
        self.id = Some(id);
        self
    }

    /// With that licence.
    #[must_use]
    pub fn with_license(mut self, license: License) -> Self {
        self.license = license;
        self
    }

    /// With one more user.
    #[must_use]
    pub fn user(mut self, user: User) -> Self {
        self.users.push(user);
        self
    }

    /// With one more group.
    #[must_use]
    pub fn group(mut self, group: Group) -> Self {
        self.groups.push(group);
        self
    }

    /// With one more administrative unit.
    #[must_use]
    pub fn administrative_unit(mut self, unit: AdministrativeUnit) -> Self {
        self.administrative_units.push(unit);
        self
    }

    /// With one more application.
    #[must_use]
    pub fn application(mut self, application: Application) -> Self {
        self.applications.push(application);
        self
    }

    /// With one more role of the tenant's own.
    #[must_use]
    pub fn role_definition(mut self, role: RoleDefinition) -> Self {
        self.role_definitions.push(role);
        self
    }

    /// With one more role assignment outside PIM.
    #[must_use]
    pub fn role_assignment(mut self, assignment: RoleAssignment) -> Self {
        self.role_assignments.push(assignment);
        self
    }

    /// With one more eligibility.
    #[must_use]
    pub fn eligibility(mut self, eligibility: Eligibility) -> Self {
        self.eligibilities.push(eligibility);
        self
    }

    /// With one more policy that is not as policies are by default.
    #[must_use]
    pub fn policy(mut self, policy: Policy) -> Self {
        self.policies.push(policy);
        self
    }
}
