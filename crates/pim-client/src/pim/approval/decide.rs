//! A decision, sent so that it is made once.

use std::fmt;

use super::stage::{self, Stage, Verdict};
use crate::Id;
use crate::error::text::one_line;
use crate::error::{Error, ErrorCode};
use crate::pim::hint::hinted;
use crate::pim::{Pim, PimRequest};

/// A decision on a request, before it is [sent](Self::send). [`Pim::approve`] and [`Pim::deny`] begin it.
#[derive(Clone)]
#[must_use = "nothing is decided until `send` is called"]
pub struct Decision {
    pim: Pim,
    request: PimRequest,
    verdict: Verdict,
    justification: Option<String>,
}

impl Decision {
    pub(super) fn new(pim: &Pim, request: &PimRequest, verdict: Verdict) -> Self {
        Self { pim: pim.clone(), request: request.clone(), verdict, justification: None }
    }

    /// Says why. The policy may demand it; whoever made the request can read it.
    pub fn justification(mut self, text: impl Into<String>) -> Self {
        self.justification = Some(text.into());
        self
    }

    /// Sends the decision.
    ///
    /// What is not the caller's to decide, or is decided, is refused. If the answer gets lost, the approval is read
    /// again, and the decision is sent once more only if it did not arrive.
    pub async fn send(self) -> Result<(), Error> {
        let stage = self.open_stage().await?;
        match self.decide(&stage).await {
            Err(lost) if lost.is_outcome_unknown() => self.settle(&stage, lost).await,
            Err(error) => Err(self.explained(error).await),
            Ok(()) => Ok(()),
        }
    }

    /// Finds out what became of a decision whose answer got lost, and sends it once more if nothing did.
    async fn settle(&self, stage: &Stage, lost: Error) -> Result<(), Error> {
        let Ok(now) = self.again(stage).await else {
            return Err(hinted(lost, "it may be decided or not; see `to_approve` for what still waits"));
        };
        if self.is_made_in(&now) {
            return Ok(());
        }
        if now.verdict().is_some() {
            return Err(self.decided(&now));
        }
        match self.decide(stage).await {
            // The first did arrive, only late.
            Err(error) if is_decided(&error) && self.again(stage).await.is_ok_and(|now| self.is_made_in(&now)) => {
                Ok(())
            }
            Err(error) => Err(self.explained(error).await),
            Ok(()) => Ok(()),
        }
    }

    async fn decide(&self, stage: &Stage) -> Result<(), Error> {
        let justification = self.justification.as_deref();
        stage::decide(&self.pim.graph, &self.request, stage, self.verdict, justification).await
    }

    /// The stage that waits for the caller.
    async fn open_stage(&self) -> Result<Stage, Error> {
        if !self.request.kind.is_active() {
            return Err(self.nothing_waits());
        }
        let stages = match stage::list(&self.pim.graph, &self.request).await {
            Ok(stages) => stages,
            Err(error) => return Err(self.explained(error).await),
        };
        let open = |stage: &&Stage| stage.verdict().is_none();
        if let Some(stage) = stages.iter().filter(open).find(|stage| stage.assigned_to_me != Some(false)) {
            return Ok(stage.clone());
        }
        if stages.iter().any(|stage| open(&stage)) {
            let reason = format!("{} is not for the caller to decide: {}", self.name(), self.not_for_caller().await);
            return Err(Error::invalid_input(reason));
        }
        Err(stages.last().map_or_else(|| self.nothing_waits(), |stage| self.decided(stage)))
    }

    /// The stage as it is now.
    async fn again(&self, stage: &Stage) -> Result<Stage, Error> {
        let stages = stage::list(&self.pim.graph, &self.request).await?;
        stages.into_iter().find(|found| found.id == stage.id).ok_or_else(|| self.nothing_waits())
    }

    /// Whether `stage` says what was sent, rather than what somebody else decided at the same time.
    fn is_made_in(&self, stage: &Stage) -> bool {
        let text = |text: Option<&String>| text.map(|text| text.trim().to_owned()).unwrap_or_default();
        stage.verdict() == Some(self.verdict) && text(stage.justification.as_ref()) == text(self.justification.as_ref())
    }

    fn nothing_waits(&self) -> Error {
        Error::invalid_input(format!("nobody has to decide on {}; see `to_approve` for what waits", self.name()))
    }

    fn decided(&self, stage: &Stage) -> Error {
        let how = one_line(&stage.to_string());
        Error::invalid_input(format!(
            "{} is decided already, it was {how}; see `to_approve` for what waits",
            self.name()
        ))
    }

    fn name(&self) -> String {
        format!("the request {} ({})", one_line(&self.request.id), one_line(&self.request.target.to_string()))
    }

    /// The same error, with what it means here.
    async fn explained(&self, error: Error) -> Error {
        let hint = match error.status() {
            _ if is_decided(&error) => "it is decided already; see `to_approve` for what waits".to_owned(),
            Some(403) => return hinted(error, self.not_for_caller().await),
            Some(404) => "no approval belongs to the request; see `to_approve` for what waits".to_owned(),
            Some(400) if self.justification.is_none() && error.hint().is_none() => {
                "the policy may demand a justification".to_owned()
            }
            _ => return error,
        };
        error.with_hint(hint)
    }

    /// Why the caller cannot decide.
    async fn not_for_caller(&self) -> &'static str {
        let requester = self.request.principal_id.as_ref().map(Id::as_str);
        match (self.pim.caller().await, requester) {
            (Ok(caller), Some(requester)) if caller.as_str().eq_ignore_ascii_case(requester) => {
                "nobody approves a request of their own; somebody else has to"
            }
            _ => "the caller is none of its approvers; the policy tells who is",
        }
    }
}

fn is_decided(error: &Error) -> bool {
    let code = error.code().map(ErrorCode::as_str);
    error.status() == Some(409) || code == Some("RoleAssignmentRequestAlreadyApproved")
}

impl fmt::Debug for Decision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Decision")
            .field("verdict", &self.verdict)
            .field("request", &self.request)
            .finish_non_exhaustive()
    }
}
