//! What has to be given for an assignment or an activation.

use pim_client::v1_0::models::{UnifiedRoleManagementPolicyEnablementRule, UnifiedRoleManagementPolicyRule};

use super::members::Members;
use super::{Event, PolicyKind, RuleId, target};
use crate::domain::Refusal;

pub(super) const MEMBERS: [&str; 3] = ["id", "target", "enabledRules"];

/// One of `enabledRules`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Enablement {
    MultiFactorAuthentication,
    Justification,
    Ticketing,
}

/// What is demanded, in the order in which it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct EnablementRule {
    enabled: Vec<Enablement>,
}

const WORDS: [(&str, Enablement); 3] = [
    ("MultiFactorAuthentication", Enablement::MultiFactorAuthentication),
    ("Justification", Enablement::Justification),
    ("Ticketing", Enablement::Ticketing),
];

impl Enablement {
    /// The name that Graph gives it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::MultiFactorAuthentication => "MultiFactorAuthentication",
            Self::Justification => "Justification",
            Self::Ticketing => "Ticketing",
        }
    }
}

impl EnablementRule {
    pub(super) fn default_of(kind: PolicyKind, event: Event) -> Self {
        let enabled = match (event, kind) {
            (Event::EligibleAssignment, _) => Vec::new(),
            (Event::Activation, PolicyKind::Role) => {
                vec![Enablement::MultiFactorAuthentication, Enablement::Justification]
            }
            (Event::ActiveAssignment, _) | (Event::Activation, PolicyKind::Group) => vec![Enablement::Justification],
        };
        Self { enabled }
    }

    /// Whether it is demanded.
    pub(crate) fn demands(&self, what: Enablement) -> bool {
        self.enabled.contains(&what)
    }

    /// The rule with what `members` say.
    pub(super) fn merged(&self, members: &Members<'_>) -> Result<Self, Refusal> {
        let Some(words) = members.words("enabledRules", &WORDS)? else { return Ok(self.clone()) };
        let mut enabled = Vec::new();
        for word in words {
            if !enabled.contains(&word) {
                enabled.push(word);
            }
        }
        Ok(Self { enabled })
    }

    pub(super) fn to_object(&self, event: Event) -> UnifiedRoleManagementPolicyRule {
        let enabled: Vec<_> = self.enabled.iter().map(|enabled| enabled.name().to_owned()).collect();
        UnifiedRoleManagementPolicyEnablementRule::new()
            .id(RuleId::Enablement(event).to_string())
            .target(target::to_object(event))
            .enabled_rules(enabled)
            .into()
    }
}
