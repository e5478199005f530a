//! Approvals and stages as Graph shows them to whoever calls.

use serde_json::{Value, json};
use uuid::Uuid;

use super::family::Approvals;
use crate::domain::authority::Verb;
use crate::domain::{Approval, Identity, Refusal, Request, directory, orders, powers};
use crate::graph::context::Context;
use crate::graph::entity::{Builder, Entity};
use crate::graph::error::{GraphError, Result};
use crate::graph::pim::time;

/// An approval and the request that waits or waited for it.
pub(super) struct Found {
    pub(super) approval: Approval,
    pub(super) request: Request,
}

impl Found {
    /// The approval of that id among the approvals of roles or of groups.
    pub(super) fn by_id(context: &Context<'_>, approvals: Approvals, id: &str) -> Result<Option<Self>> {
        let Ok(id) = id.parse::<Uuid>() else { return Ok(None) };
        let Some(request) = context.session.request(id)? else { return Ok(None) };
        if request.order.key.target.family() != approvals.family {
            return Ok(None);
        }
        Ok(context.session.approval(id)?.map(|approval| Self { approval, request }))
    }

    /// The approval that the path names.
    pub(super) fn in_path(context: &Context<'_>) -> Result<Self> {
        let id = context.parameter(0);
        Self::by_id(context, Approvals::of(context), id)?.ok_or_else(|| GraphError::not_found(id))
    }

    /// Refuses whoever neither decides nor asked nor may read about the role or the group anyway.
    pub(super) fn check_reader(&self, context: &Context<'_>) -> Result<()> {
        let Context { session, caller, .. } = context;
        let object = caller.identity.object();
        let is_party = [Some(self.request.order.key.principal), Some(self.request.created_by.object())]
            .contains(&Some(object))
            || self.approval.reviewer == Some(object);
        if is_party
            || self.is_assigned_to_caller(context)?
            || powers::may_use(session, caller, self.request.order.key.target, Verb::Read)?
        {
            return Ok(());
        }
        Err(Refusal::Unauthorized.into())
    }

    /// Whether the caller is one of those who may decide, or might have.
    pub(super) fn is_assigned_to_caller(&self, context: &Context<'_>) -> Result<bool> {
        match context.caller.identity {
            Identity::User(user) => Ok(orders::is_approver(context.session, user, &self.approval, &self.request)?),
            Identity::Application { .. } => Ok(false),
        }
    }

    /// The approval, without its stages.
    pub(super) fn represent(&self, approvals: Approvals) -> Entity {
        Builder::new(approvals.schema()).with("id", self.approval.request.to_string()).finish()
    }

    /// Its only stage.
    pub(super) fn represent_stage(&self, context: &Context<'_>, approvals: Approvals) -> Result<Entity> {
        let approval = &self.approval;
        Ok(Builder::new(approvals.stage_schema())
            .with("id", approval.request.to_string())
            .with("assignedToMe", self.is_assigned_to_caller(context)?)
            .with("justification", approval.justification.as_deref().unwrap_or_default())
            .with("reviewedBy", reviewer(context, approval)?)
            .with("reviewedDateTime", approval.reviewed.map(time))
            .with("reviewResult", approval.result.name())
            .with("status", if approval.is_open { "InProgress" } else { "Completed" })
            .finish())
    }
}

fn reviewer(context: &Context<'_>, approval: &Approval) -> Result<Value> {
    let Some(reviewer) = approval.reviewer else { return Ok(Value::Null) };
    let name = directory::display_name(context.session, reviewer)?;
    Ok(json!({"id": reviewer.to_string(), "displayName": name}))
}
