//! How long an assignment, an eligibility or an activation can last.

use pim_client::edm::Duration;
use pim_client::runtime::Property;
use pim_client::v1_0::models::{UnifiedRoleManagementPolicyExpirationRule, UnifiedRoleManagementPolicyRule};

use super::members::{Members, invalid, said_or};
use super::{Event, PolicyKind, RuleId, target};
use crate::domain::Refusal;

pub(super) const MEMBERS: [&str; 4] = ["id", "target", "isExpirationRequired", "maximumDuration"];

/// Whether it has to end, and when at the latest.
#[derive(Clone, Debug)]
pub(crate) struct ExpirationRule {
    /// Whether it has to end. An activation always has to.
    pub(crate) is_required: bool,
    /// The longest it can last. If nothing has to end it may be absent, and does not count.
    pub(crate) maximum: Option<Duration>,
}

impl ExpirationRule {
    pub(super) fn default_of(kind: PolicyKind, event: Event) -> Self {
        let is_group = kind == PolicyKind::Group;
        let (is_required, maximum) = match event {
            Event::EligibleAssignment => (is_group, Duration::days(365)),
            Event::ActiveAssignment => (is_group, Duration::days(180)),
            Event::Activation => (true, Duration::hours(8)),
        };
        Self { is_required, maximum: Some(maximum) }
    }

    /// The rule with what `members` say.
    pub(super) fn merged(&self, event: Event, members: &Members<'_>) -> Result<Self, Refusal> {
        let rule = Self {
            is_required: members.bool("isExpirationRequired")?.unwrap_or(self.is_required),
            maximum: said_or(members.duration("maximumDuration")?, self.maximum.as_ref()),
        };
        match rule.objection(event) {
            Some(objection) => Err(invalid(format!("{}: {objection}.", members.place()))),
            None => Ok(rule),
        }
    }

    /// What is wrong with the rule.
    fn objection(&self, event: Event) -> Option<String> {
        let is_activation = event == Event::Activation;
        match &self.maximum {
            None if is_activation => {
                Some("an activation always ends, and maximumDuration says when at the latest; give it".to_owned())
            }
            None if self.is_required => {
                Some("isExpirationRequired is true, so maximumDuration has to be given too, such as P180D".to_owned())
            }
            Some(maximum) if *maximum <= Duration::days(0) => {
                Some(format!("maximumDuration is {maximum}, which allows nothing; give a longer one, such as PT8H"))
            }
            Some(maximum) if is_activation && *maximum < Duration::minutes(5) => Some(format!(
                "maximumDuration is {maximum}, and nothing can be active for less than PT5M; give a longer one"
            )),
            Some(maximum) if is_activation && *maximum > Duration::days(1) => Some(format!(
                "maximumDuration is {maximum}, and an activation can last P1D at most; give a shorter one"
            )),
            _ => None,
        }
    }

    pub(super) fn to_object(&self, event: Event) -> UnifiedRoleManagementPolicyRule {
        let maximum = self.maximum.clone().map_or(Property::Null, Property::Value);
        UnifiedRoleManagementPolicyExpirationRule::new()
            .id(RuleId::Expiration(event).to_string())
            .target(target::to_object(event))
            .is_expiration_required(self.is_required)
            .maximum_duration(maximum)
            .into()
    }
}

/// The same length in other words is something else: it is kept as it was written.
impl PartialEq for ExpirationRule {
    fn eq(&self, other: &Self) -> bool {
        let spelled = |rule: &Self| rule.maximum.as_ref().map(|maximum| maximum.as_str().to_owned());
        self.is_required == other.is_required && spelled(self) == spelled(other)
    }
}
