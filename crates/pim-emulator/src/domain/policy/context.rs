//! Which authentication context an activation asks for.

use pim_client::runtime::Property;
use pim_client::v1_0::models::{UnifiedRoleManagementPolicyAuthenticationContextRule, UnifiedRoleManagementPolicyRule};
use serde_json::Value;

use super::members::{Members, said_or};
use super::{Event, RuleId, target};
use crate::domain::Refusal;

pub(super) const MEMBERS: [&str; 4] = ["id", "target", "isEnabled", "claimValue"];

/// Off at first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct AuthenticationContextRule {
    pub(crate) is_enabled: bool,
    /// Such as `c1`. Nothing and the empty text are the same.
    pub(crate) claim_value: Option<String>,
}

impl AuthenticationContextRule {
    /// The context that is asked for, if any is.
    pub(crate) fn required(&self) -> Option<&str> {
        self.claim_value.as_deref().filter(|_| self.is_enabled)
    }

    /// The rule with what `members` say.
    pub(super) fn merged(&self, members: &Members<'_>) -> Result<Self, Refusal> {
        let claim_value = said_or(members.text("claimValue")?, self.claim_value.as_ref());
        let rule = Self {
            is_enabled: members.bool("isEnabled")?.unwrap_or(self.is_enabled),
            claim_value: claim_value.filter(|text| !text.is_empty()),
        };
        if rule.is_enabled && !rule.claim_value.as_deref().is_some_and(is_context) {
            let value = rule.claim_value.map_or(Value::Null, Value::from);
            return Err(members.refusal("claimValue", &value, "an authentication context, from c1 to c99"));
        }
        Ok(rule)
    }

    pub(super) fn to_object(&self) -> UnifiedRoleManagementPolicyRule {
        let claim_value = self.claim_value.clone().map_or(Property::Null, Property::Value);
        UnifiedRoleManagementPolicyAuthenticationContextRule::new()
            .id(RuleId::AuthenticationContext.to_string())
            .target(target::to_object(Event::Activation))
            .is_enabled(self.is_enabled)
            .claim_value(claim_value)
            .into()
    }
}

/// `c1` to `c99`
fn is_context(text: &str) -> bool {
    let digits = text.strip_prefix('c').unwrap_or_default();
    matches!(digits.as_bytes(), [b'1'..=b'9'] | [b'1'..=b'9', b'0'..=b'9'])
}
