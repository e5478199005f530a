//! Policies: what PIM demands of those who assign and activate.

mod apply;
mod approver;
mod change;
mod check;
mod event;
mod level;
mod read;
mod settings;
mod show;
mod update;

pub use approver::Approver;
pub use change::RuleChange;
pub use level::NotificationLevel;
pub use settings::{ActivationSettings, AssignmentSettings, Notification, NotificationSettings, PolicySettings};
pub use update::PolicyUpdate;

use super::{Pim, Privilege, Target};
use crate::Id;
use crate::edm::DateTimeOffset;
use crate::error::Error;
use crate::v1_0::models::{Identity, UnifiedRoleManagementPolicy, UnifiedRoleManagementPolicyRule};

/// The policy of a role, or of access to a group: [its rules](Self::rules) as Graph has them, and
/// [what they say](Self::settings).
///
/// [`Pim::policy`] reads it, [`Pim::update_policy`] changes it.
/// [The rules](https://learn.microsoft.com/graph/identity-governance-pim-rules-overview) are explained by Microsoft.
///
/// # Changing a rule by hand
///
/// What has no setting can be changed with the API that the rule comes from. Send back the rule that was read, with all
/// that is in it: a rule whose `target` was sent in part has been reported to break its policy for good.
///
/// ```no_run
/// # async fn example(graph: pim_client::Graph) -> pim_client::Result<()> {
/// use pim_client::v1_0::models::UnifiedRoleManagementPolicyRule;
///
/// let policy = graph.pim().policy("User Administrator").await?;
/// if let Some(UnifiedRoleManagementPolicyRule::ApprovalRule(rule)) = policy.rule("Approval_EndUser_Assignment") {
///     let mut rule = rule.clone();
///     if let Some(setting) = &mut rule.setting {
///         setting.is_approval_required_for_extension = Some(true);
///     }
///     let rules = graph.policies().role_management_policies().by_id(policy.id()).rules();
///     rules.by_id("Approval_EndUser_Assignment").update(&UnifiedRoleManagementPolicyRule::ApprovalRule(rule)).await?;
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Policy {
    target: Target,
    id: Id<UnifiedRoleManagementPolicy>,
    object: UnifiedRoleManagementPolicy,
}

impl Policy {
    /// Its key. That of a group's policy may be another after a change.
    #[must_use]
    pub fn id(&self) -> &Id<UnifiedRoleManagementPolicy> {
        &self.id
    }

    /// What it is the policy of.
    #[must_use]
    pub fn target(&self) -> &Target {
        &self.target
    }

    /// When it was last changed. None if it never was.
    #[must_use]
    pub fn last_modified_date_time(&self) -> Option<&DateTimeOffset> {
        self.object.last_modified_date_time.as_ref()
    }

    /// Who last changed it, where that is known.
    #[must_use]
    pub fn last_modified_by(&self) -> Option<&Identity> {
        self.object.last_modified_by.as_ref()
    }

    /// The rules, in no particular order, with all that is in them.
    #[must_use]
    pub fn rules(&self) -> &[UnifiedRoleManagementPolicyRule] {
        self.object.rules.as_deref().unwrap_or_default()
    }

    /// The rule with this id, such as `Expiration_EndUser_Assignment`. Letter case does not matter.
    #[must_use]
    pub fn rule(&self, id: &str) -> Option<&UnifiedRoleManagementPolicyRule> {
        self.rules().iter().find(|rule| rule.id().is_some_and(|known| known.eq_ignore_ascii_case(id)))
    }
}

impl Pim {
    /// Reads the policy of a role, or of being a member or owner of a group.
    ///
    /// ```no_run
    /// # async fn example(pim: pim_client::pim::Pim) -> pim_client::Result<()> {
    /// use pim_client::pim::GroupAccess;
    ///
    /// println!("{}", pim.policy("User Administrator").await?.settings());
    /// let helpdesk = pim.policy(GroupAccess::member("Helpdesk")).await?;
    /// println!("{:?}", helpdesk.settings().activation.maximum_duration);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// A role has one policy, wherever it is held. A group has two, one for members and one for owners, as soon as PIM
    /// knows of it.
    pub async fn policy(&self, privilege: impl Into<Privilege>) -> Result<Policy, Error> {
        let target = self.resolve(&privilege.into()).await?;
        self.policy_of(&target).await
    }

    /// The policy of what is known by its ids.
    pub(super) async fn policy_of(&self, target: &Target) -> Result<Policy, Error> {
        read::policy(&self.graph, target).await
    }
}

/// What it is the policy of.
impl From<&Policy> for Privilege {
    fn from(policy: &Policy) -> Self {
        Self::Known(policy.target.clone())
    }
}
