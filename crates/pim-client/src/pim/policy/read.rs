//! From a role or group to its policy.

use super::Policy;
use crate::error::Error;
use crate::error::text::one_line;
use crate::graph::Graph;
use crate::pim::Target;
use crate::pim::resolve::quoted;
use crate::v1_0::models::{UnifiedRoleManagementPolicy, UnifiedRoleManagementPolicyAssignment};

/// The annotation of rules that did not all fit into the answer.
const MORE_RULES: &str = "rules@odata.nextLink";

/// What a policy is assigned to, in the words of policy assignments.
struct Key {
    scope_id: String,
    scope_type: &'static str,
    role_definition_id: String,
}

impl Key {
    /// A role has the same policy at every scope.
    fn of(target: &Target) -> Self {
        match target {
            Target::Role { id, .. } => Self {
                scope_id: "/".to_owned(),
                scope_type: "DirectoryRole",
                role_definition_id: id.as_str().to_owned(),
            },
            Target::Group { id, access, .. } => Self {
                scope_id: id.as_str().to_owned(),
                scope_type: "Group",
                role_definition_id: access.as_str().to_owned(),
            },
        }
    }

    fn filter(&self) -> String {
        format!(
            "scopeId eq {} and scopeType eq '{}' and roleDefinitionId eq {}",
            quoted(&self.scope_id),
            self.scope_type,
            quoted(&self.role_definition_id)
        )
    }

    /// Whether it is what was asked for: the policy for a group's owners must never be taken for that of its members.
    fn is_of(&self, assignment: &UnifiedRoleManagementPolicyAssignment) -> bool {
        let is = |wanted: &str, found: Option<&String>| found.is_none_or(|found| found.eq_ignore_ascii_case(wanted));
        is(&self.scope_id, assignment.scope_id.as_ref())
            && is(&self.role_definition_id, assignment.role_definition_id.as_ref())
    }
}

/// Reads the policy of `target`, through the assignment: its own id may change.
pub(super) async fn policy(graph: &Graph, target: &Target) -> Result<Policy, Error> {
    let key = Key::of(target);
    let assignments = graph.policies().role_management_policy_assignments().list();
    let mut found = assignments.filter(key.filter()).expand(["policy($expand=rules)"]).all().await?;
    found.retain(|assignment| key.is_of(assignment));
    if found.len() > 1 {
        let (count, target) = (found.len(), one_line(&target.to_string()));
        return Err(Error::invalid_input(format!(
            "{target} has {count} policies where one was expected; read the one that is meant by its id, below `policies()`"
        )));
    }
    let assignment = found.pop().ok_or_else(|| missing(target))?;
    let read = assignment.policy.unwrap_or_default();
    let id = read.id.clone().or(assignment.policy_id).ok_or_else(|| missing(target))?;
    let is_whole = read.rules.is_some() && read.additional_data.get(MORE_RULES).is_none();
    let object = if is_whole { read } else { whole(graph, id.as_str()).await? };
    Ok(Policy { target: target.clone(), id, object })
}

/// The policy with all of its rules, where they did not come with the assignment.
async fn whole(graph: &Graph, id: &str) -> Result<UnifiedRoleManagementPolicy, Error> {
    let item = graph.policies().role_management_policies().by_id(id);
    let mut policy = item.get().await?;
    policy.rules = Some(item.rules().list().all().await?);
    Ok(policy)
}

fn missing(target: &Target) -> Error {
    let remedy = match target {
        Target::Role { .. } => "check the id of the role",
        Target::Group { .. } => {
            "check the id; a group that PIM does not know yet gets its policies with its first eligibility"
        }
    };
    Error::invalid_input(format!("PIM has no policy for {}; {remedy}", one_line(&target.to_string())))
}
