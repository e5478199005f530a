//! Approvals: one stage, one decision.

use std::fmt;
use std::str::FromStr;

use uuid::Uuid;

use super::Instant;
use super::policy::{ApprovalRequirement, Approver};

/// What was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum ReviewResult {
    NotReviewed,
    Approved,
    Denied,
}

impl ReviewResult {
    /// The name that Graph gives it when it is read.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::NotReviewed => "NotReviewed",
            Self::Approved => "Approved",
            Self::Denied => "Denied",
        }
    }

    /// The result of that name, as it is read or as it is sent, in any letter case.
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        match name.to_ascii_lowercase().as_str() {
            "notreviewed" => Some(Self::NotReviewed),
            "approve" | "approved" => Some(Self::Approved),
            "deny" | "denied" => Some(Self::Denied),
            _ => None,
        }
    }
}

/// Who may decide on a request, and what was decided.
///
/// It has the request's id, and so has its only stage.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Approval {
    pub(crate) request: Uuid,
    /// As the policy had it when the request was made.
    pub(crate) approvers: Approvers,
    pub(crate) result: ReviewResult,
    /// Whether it can still be decided.
    pub(crate) is_open: bool,
    pub(crate) justification: Option<String>,
    pub(crate) reviewer: Option<Uuid>,
    pub(crate) reviewed: Option<Instant>,
}

/// Those who may decide; and whether they have to say why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Approvers {
    /// Nobody: Global and Privileged Role Administrators.
    pub(crate) who: Vec<Approver>,
    pub(crate) must_justify: bool,
}

impl From<ApprovalRequirement> for Approvers {
    fn from(requirement: ApprovalRequirement) -> Self {
        Self { who: requirement.approvers, must_justify: requirement.needs_justification }
    }
}

/// `justify user:{id} members:{id} manager:1`
impl fmt::Display for Approvers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.must_justify {
            f.write_str("justify ")?;
        }
        for approver in &self.who {
            match approver {
                Approver::User(id) => write!(f, "user:{id} ")?,
                Approver::GroupMembers(id) => write!(f, "members:{id} ")?,
                Approver::RequestorManager(level) => write!(f, "manager:{level} ")?,
            }
        }
        Ok(())
    }
}

/// A text that names no approvers.
#[derive(Debug, thiserror::Error)]
#[error("{0:?} names no approver")]
pub(crate) struct InvalidApprover(String);

impl FromStr for Approvers {
    type Err = InvalidApprover;

    fn from_str(text: &str) -> Result<Self, InvalidApprover> {
        let mut approvers = Self { who: Vec::new(), must_justify: false };
        for word in text.split_ascii_whitespace() {
            if word == "justify" {
                approvers.must_justify = true;
            } else {
                approvers.who.push(approver(word).ok_or_else(|| InvalidApprover(word.to_owned()))?);
            }
        }
        Ok(approvers)
    }
}

fn approver(word: &str) -> Option<Approver> {
    let (kind, value) = word.split_once(':')?;
    Some(match kind {
        "user" => Approver::User(value.parse().ok()?),
        "members" => Approver::GroupMembers(value.parse().ok()?),
        "manager" => Approver::RequestorManager(value.parse().ok()?),
        _ => return None,
    })
}
