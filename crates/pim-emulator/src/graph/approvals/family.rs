//! Approvals of what, and what they are called there.

use pim_client::schema::{HasSchema as _, Schema};
use pim_client::{beta, v1_0};

use crate::domain::Family;
use crate::graph::context::Context;
use crate::graph::route::Version;

/// Approvals as one path and one version have them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Approvals {
    pub(super) family: Family,
    /// Whether they have stages; else they have steps.
    pub(super) has_stages: bool,
}

impl Approvals {
    /// The approvals that a request is about. Those of roles are beta's, wherever they are served.
    pub(super) fn of(context: &Context<'_>) -> Self {
        let is_of_roles = context.route.operation.path.starts_with("/roleManagement/");
        let family = if is_of_roles { Family::Roles } else { Family::Groups };
        Self { family, has_stages: family == Family::Groups && context.route.version == Version::V1 }
    }

    /// What `@odata.context` calls the collection.
    pub(super) fn fragment(self) -> &'static str {
        match self.family {
            Family::Roles => "roleManagement/directory/roleAssignmentApprovals",
            Family::Groups => "identityGovernance/privilegedAccess/group/assignmentApprovals",
        }
    }

    /// The type of an approval.
    pub(super) fn schema(self) -> &'static Schema {
        if self.has_stages { v1_0::models::Approval::schema() } else { beta::models::Approval::schema() }
    }

    /// The type of a stage.
    pub(super) fn stage_schema(self) -> &'static Schema {
        if self.has_stages { v1_0::models::ApprovalStage::schema() } else { beta::models::ApprovalStep::schema() }
    }

    /// The navigation property that leads to the stages.
    pub(super) fn stages(self) -> &'static str {
        if self.has_stages { "stages" } else { "steps" }
    }
}
