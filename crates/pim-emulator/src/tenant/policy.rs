use pim_client::edm::Duration;
use serde::Deserialize;

use super::Access;

/// What is different in the policy of a role, or of the membership or ownership of a group. What is not said is as it is
/// by default.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Policy {
    /// A reference to a role; either this or a group is given.
    pub(crate) role: Option<String>,
    /// A reference to a group.
    pub(crate) group: Option<String>,
    pub(crate) access: Option<Access>,
    /// How long an activation lasts at most.
    pub(crate) maximum_activation_duration: Option<Duration>,
    /// What one must do to activate.
    pub(crate) require_mfa: Option<bool>,
    pub(crate) require_justification: Option<bool>,
    pub(crate) require_ticket: Option<bool>,
    /// It takes the place of multifactor authentication: no policy has both.
    pub(crate) authentication_context: Option<String>,
    /// References to users and groups. If there is a list, one of them must approve activations; if it is empty, one of
    /// those who approve if nobody is named.
    pub(crate) approvers: Option<Vec<String>>,
    /// Whether what administrators assign may last for good, and how long it lasts at most if not.
    pub(crate) allow_permanent_eligibility: Option<bool>,
    pub(crate) maximum_eligibility_duration: Option<Duration>,
    pub(crate) allow_permanent_assignment: Option<bool>,
    pub(crate) maximum_assignment_duration: Option<Duration>,
}

impl Policy {
    /// The policy of a role.
    pub fn of_role(role: impl Into<String>) -> Self {
        Self { role: Some(role.into()), ..Self::default() }
    }

    /// The policy of the membership or ownership of a group.
    pub fn of_group(group: impl Into<String>, access: Access) -> Self {
        Self { group: Some(group.into()), access: Some(access), ..Self::default() }
    }

    /// What no policy is like; nothing, if this one is like policies are.
    pub(super) fn defect(&self) -> Option<(&'static str, String)> {
        let longest_activation = Duration::days(1);
        if let Some(length) = &self.maximum_activation_duration
            && (*length < Duration::minutes(5) || *length > longest_activation)
        {
            let problem = format!("{length} is no longest time for an activation: give PT5M to P1D");
            return Some(("maximumActivationDuration", problem));
        }
        for (member, length) in [
            ("maximumEligibilityDuration", &self.maximum_eligibility_duration),
            ("maximumAssignmentDuration", &self.maximum_assignment_duration),
        ] {
            if let Some(length) = length
                && *length < Duration::minutes(5)
            {
                return Some((member, format!("{length} is too short: give PT5M or more")));
            }
        }
        if let Some(context) = &self.authentication_context {
            if !is_context(context) {
                let problem = format!("{context:?} is no authentication context: give c1 to c99");
                return Some(("authenticationContext", problem));
            }
            if self.require_mfa == Some(true) {
                let problem = "it excludes requireMfa: leave one of them out";
                return Some(("authenticationContext", problem.to_owned()));
            }
        }
        None
    }

    /// Activations last so long at most.
    #[must_use]
    pub fn maximum_activation_duration(mut self, length: Duration) -> Self {
        self.maximum_activation_duration = Some(length);
        self
    }

    /// Whether one must show a second factor to activate.
    #[must_use]
    pub fn require_mfa(mut self, is_required: bool) -> Self {
        self.require_mfa = Some(is_required);
        self
    }

    /// Whether one must say why one activates.
    #[must_use]
    pub fn require_justification(mut self, is_required: bool) -> Self {
        self.require_justification = Some(is_required);
        self
    }

    /// Whether one must name a ticket to activate.
    #[must_use]
    pub fn require_ticket(mut self, is_required: bool) -> Self {
        self.require_ticket = Some(is_required);
        self
    }

    /// The authentication context, such as `c1`, that one must have satisfied to activate.
    #[must_use]
    pub fn authentication_context(mut self, context: impl Into<String>) -> Self {
        self.authentication_context = Some(context.into());
        self
    }

    /// Activations must be approved, by this user or the members of this group among others.
    #[must_use]
    pub fn approver(mut self, principal: impl Into<String>) -> Self {
        self.approvers.get_or_insert_default().push(principal.into());
        self
    }

    /// Whether an eligibility may last for good.
    #[must_use]
    pub fn allow_permanent_eligibility(mut self, is_allowed: bool) -> Self {
        self.allow_permanent_eligibility = Some(is_allowed);
        self
    }

    /// Whether an active assignment may last for good.
    #[must_use]
    pub fn allow_permanent_assignment(mut self, is_allowed: bool) -> Self {
        self.allow_permanent_assignment = Some(is_allowed);
        self
    }
}

/// Whether it is one of c1 to c99.
fn is_context(text: &str) -> bool {
    let number = text.strip_prefix('c').filter(|digits| digits.bytes().all(|digit| digit.is_ascii_digit()));
    number.is_some_and(|digits| !digits.starts_with('0') && matches!(digits.len(), 1 | 2))
}
