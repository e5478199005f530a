//! Policies and their assignments as Graph has them.

use pim_client::runtime::{Property, assign};
use pim_client::v1_0::models::{Identity, UnifiedRoleManagementPolicy, UnifiedRoleManagementPolicyAssignment};
use uuid::Uuid;

use super::{Governed, PolicyAssignmentId, PolicyId};
use crate::domain::Instant;

/// When a policy was last changed, and by whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Modified {
    pub(crate) at: Instant,
    /// The name of the user or application. Graph does not tell the id.
    pub(crate) by: Option<String>,
}

/// The policy of what is governed in a tenant, without its rules.
pub(crate) fn policy_object(
    tenant: Uuid,
    governed: Governed,
    modified: Option<&Modified>,
) -> UnifiedRoleManagementPolicy {
    let scope_type = governed.kind().scope_type();
    let by = modified.and_then(|modified| modified.by.clone()).map_or(Property::Null, Property::Value);
    let at = modified.map_or(Property::Null, |modified| Property::Value(modified.at.into()));

    let mut policy = UnifiedRoleManagementPolicy::default();
    policy.id = Some(PolicyId::of(tenant, governed).to_string().into());
    policy.display_name = Some(scope_type.to_owned());
    policy.description = Some(scope_type.to_owned());
    policy.is_organization_default = Some(false);
    policy.scope_id = Some(governed.scope_id());
    policy.scope_type = Some(scope_type.to_owned());
    policy.last_modified_date_time = assign(&mut policy, "lastModifiedDateTime", at);
    policy.last_modified_by = Some(Identity::new().display_name(by).id(Property::Null));
    policy
}

/// That the policy holds for what it governs.
pub(crate) fn policy_assignment_object(tenant: Uuid, governed: Governed) -> UnifiedRoleManagementPolicyAssignment {
    let mut assignment = UnifiedRoleManagementPolicyAssignment::default();
    assignment.id = Some(PolicyAssignmentId::of(tenant, governed).to_string().into());
    assignment.policy_id = Some(PolicyId::of(tenant, governed).to_string().into());
    assignment.scope_id = Some(governed.scope_id());
    assignment.scope_type = Some(governed.kind().scope_type().to_owned());
    assignment.role_definition_id = Some(governed.role_definition_id());
    assignment
}
