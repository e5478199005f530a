//! The stages of an approval: in v1.0 for groups, in beta, where they are called steps, for roles.

use std::fmt;

use crate::error::Error;
use crate::graph::Graph;
use crate::pim::{PimRequest, RequestKind};
use crate::v1_0::models::{ApprovalStage, ApprovalStageUpdate};

/// What can be decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Approve,
    Deny,
}

/// A stage, of whichever version.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Stage {
    /// Mostly that of the approval, but not always.
    pub(super) id: String,
    pub(super) assigned_to_me: Option<bool>,
    pub(super) review_result: Option<String>,
    pub(super) reviewer: Option<String>,
    pub(super) justification: Option<String>,
}

impl Verdict {
    /// As Graph takes it.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Approve => "Approve",
            Self::Deny => "Deny",
        }
    }
}

impl Stage {
    /// How it was decided. None if it is not. Graph writes `Approved` where it takes `Approve`.
    pub(super) fn verdict(&self) -> Option<Verdict> {
        let result = self.review_result.as_deref()?;
        let is = |words: [&str; 2]| words.iter().any(|word| word.eq_ignore_ascii_case(result));
        match () {
            () if is(["Approve", "Approved"]) => Some(Verdict::Approve),
            () if is(["Deny", "Denied"]) => Some(Verdict::Deny),
            () => None,
        }
    }
}

/// `denied by Adele Vance: not your shift`
impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.verdict() {
            Some(Verdict::Approve) => "approved",
            Some(Verdict::Deny) => "denied",
            None => "undecided",
        })?;
        if let Some(reviewer) = &self.reviewer {
            write!(f, " by {reviewer}")?;
        }
        match self.justification.as_deref().map(str::trim) {
            None | Some("") => Ok(()),
            Some(justification) => write!(f, ": {justification}"),
        }
    }
}

/// Takes over what both versions have in common.
macro_rules! from_model {
    ($model:ty) => {
        impl From<$model> for Stage {
            fn from(stage: $model) -> Self {
                let reviewer = stage.reviewed_by.and_then(|by| by.display_name.or(by.id.map(|id| id.to_string())));
                Self {
                    id: stage.id.map(|id| id.as_str().to_owned()).unwrap_or_default(),
                    assigned_to_me: stage.assigned_to_me,
                    review_result: stage.review_result,
                    reviewer,
                    justification: stage.justification,
                }
            }
        }
    };
}

from_model!(ApprovalStage);
#[cfg(feature = "beta")]
from_model!(crate::beta::models::ApprovalStep);

/// The approval of a request. Where the request does not name it, it has the id of the request.
fn approval_id(request: &PimRequest) -> &str {
    request.approval_id.as_deref().unwrap_or(&request.id)
}

/// The stages of the approval of `request`.
pub(super) async fn list(graph: &Graph, request: &PimRequest) -> Result<Vec<Stage>, Error> {
    let id = approval_id(request);
    match request.kind {
        RequestKind::GroupAssignment => {
            let approvals = graph.identity_governance().privileged_access().group().assignment_approvals();
            Ok(approvals.by_id(id).stages().list().all().await?.into_iter().map(Stage::from).collect())
        }
        RequestKind::RoleAssignment => roles::list(graph, id).await,
        RequestKind::GroupEligibility | RequestKind::RoleEligibility => Ok(Vec::new()),
    }
}

/// Decides a stage of the approval of `request`.
pub(super) async fn decide(
    graph: &Graph,
    request: &PimRequest,
    stage: &Stage,
    verdict: Verdict,
    justification: Option<&str>,
) -> Result<(), Error> {
    let id = approval_id(request);
    if request.kind == RequestKind::RoleAssignment {
        return roles::decide(graph, id, stage, verdict, justification).await;
    }
    let approvals = graph.identity_governance().privileged_access().group().assignment_approvals();
    let body = ApprovalStageUpdate::new().review_result(verdict.as_str());
    let body = match justification {
        Some(justification) => body.justification(justification),
        None => body,
    };
    approvals.by_id(id).stages().by_id(stage.id.as_str()).update(&body).await
}

#[cfg(feature = "beta")]
mod roles {
    use super::{Error, Graph, Stage, Verdict};
    use crate::beta::models::ApprovalStepUpdate;

    pub(super) async fn list(graph: &Graph, id: &str) -> Result<Vec<Stage>, Error> {
        let approval = graph.beta().role_management().directory().role_assignment_approvals().by_id(id);
        let steps = match approval.get().await?.steps {
            Some(steps) => steps,
            None => approval.steps().list().all().await?,
        };
        Ok(steps.into_iter().map(Stage::from).collect())
    }

    pub(super) async fn decide(
        graph: &Graph,
        id: &str,
        stage: &Stage,
        verdict: Verdict,
        justification: Option<&str>,
    ) -> Result<(), Error> {
        let approval = graph.beta().role_management().directory().role_assignment_approvals().by_id(id);
        let body = ApprovalStepUpdate::new().review_result(verdict.as_str());
        let body = match justification {
            Some(justification) => body.justification(justification),
            None => body,
        };
        approval.steps().by_id(stage.id.as_str()).update(&body).await
    }
}

/// Graph has no approvals of roles but in its beta.
#[cfg(not(feature = "beta"))]
mod roles {
    use std::future::{Ready, ready};

    use super::{Error, Graph, Stage, Verdict};

    fn unavailable() -> Error {
        Error::invalid_input(
            "Graph takes decisions on requests for roles in its beta only; enable the feature `beta` of pim-client",
        )
    }

    pub(super) fn list(_: &Graph, _: &str) -> Ready<Result<Vec<Stage>, Error>> {
        ready(Err(unavailable()))
    }

    pub(super) fn decide(_: &Graph, _: &str, _: &Stage, _: Verdict, _: Option<&str>) -> Ready<Result<(), Error>> {
        ready(Err(unavailable()))
    }
}
