use std::fmt;

use serde_json::Value;

use super::{Policy, PolicySettings, apply, check};
use crate::error::Error;
use crate::error::text::one_line;
use crate::v1_0::models::UnifiedRoleManagementPolicyRule;

/// The longest value that is shown, in characters.
const LIMIT: usize = 200;

/// A rule that has to change, as a whole. [`Policy::changes`] tells which do.
///
/// It is shown as what is different:
///
/// ```text
/// Expiration_EndUser_Assignment: maximumDuration "PT8H" → "PT4H"
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct RuleChange {
    /// The rule as it was read.
    pub before: UnifiedRoleManagementPolicyRule,
    /// The rule as it is sent: whole, with the members that change.
    pub after: UnifiedRoleManagementPolicyRule,
}

impl Policy {
    /// Which rules would have to change for the policy to say `settings`, in the order in which they would be written.
    /// What PIM is known to refuse is an error.
    ///
    /// Nothing is sent: [`Pim::update_policy`](crate::pim::Pim::update_policy) does that.
    ///
    /// ```no_run
    /// # async fn example(pim: pim_client::pim::Pim) -> pim_client::Result<()> {
    /// let policy = pim.policy("User Administrator").await?;
    /// let mut settings = policy.settings();
    /// settings.activation.requires_ticket = Some(true);
    /// for change in policy.changes(&settings)? {
    ///     println!("{change}");
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn changes(&self, settings: &PolicySettings) -> Result<Vec<RuleChange>, Error> {
        let changes = apply::changes(self, settings)?;
        check::settings(&self.target, &self.settings(), settings)?;
        Ok(changes)
    }
}

impl RuleChange {
    /// From one rule to another. None if they are the same.
    pub(super) fn between(
        before: &UnifiedRoleManagementPolicyRule,
        after: UnifiedRoleManagementPolicyRule,
    ) -> Option<Self> {
        (*before != after).then(|| Self { before: before.clone(), after })
    }

    /// The id of the rule, such as `Expiration_EndUser_Assignment`.
    #[must_use]
    pub fn id(&self) -> &str {
        self.before.id().unwrap_or_default()
    }

    /// The members that differ: where they are, what was there, and what is to be.
    pub(super) fn members(&self) -> Vec<(String, String, String)> {
        let value = |rule| serde_json::to_value(rule).unwrap_or_default();
        let mut members = Vec::new();
        compare(String::new(), Some(&value(&self.before)), Some(&value(&self.after)), &mut members);
        members
    }
}

impl fmt::Display for RuleChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let members = self.members();
        let members: Vec<_> =
            members.iter().map(|(path, before, after)| format!("{path} {before} → {after}")).collect();
        write!(f, "{}: {}", one_line(self.id()), members.join(", "))
    }
}

fn compare(path: String, before: Option<&Value>, after: Option<&Value>, members: &mut Vec<(String, String, String)>) {
    match (before, after) {
        (Some(before), Some(after)) if before == after => {}
        (Some(Value::Object(before)), Some(Value::Object(after))) => {
            let dot = if path.is_empty() { "" } else { "." };
            let added = after.keys().filter(|name| !before.contains_key(*name));
            for name in before.keys().chain(added) {
                compare(format!("{path}{dot}{name}"), before.get(name), after.get(name), members);
            }
        }
        (Some(Value::Array(before)), Some(Value::Array(after)))
            if before.len() == after.len() && is_of_objects(after) =>
        {
            for (index, (before, after)) in before.iter().zip(after).enumerate() {
                compare(format!("{path}[{index}]"), Some(before), Some(after), members);
            }
        }
        (before, after) => members.push((path, shown(before), shown(after))),
    }
}

fn is_of_objects(list: &[Value]) -> bool {
    list.iter().all(Value::is_object)
}

fn shown(value: Option<&Value>) -> String {
    let Some(value) = value else { return "nothing".to_owned() };
    let text = one_line(&value.to_string());
    match text.char_indices().nth(LIMIT) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}
