//! Approvals: one stage, one decision.

use std::str::FromStr;

use uuid::Uuid;

use super::Instant;

/// Somebody whom a policy names to decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Approver {
    User(Uuid),
    /// The members of a group.
    GroupMembers(Uuid),
    /// Whoever manages the one who asks.
    RequestorManager,
    /// Global and Privileged Role Administrators, where a role's policy names nobody.
    Administrators,
}

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
    pub(crate) who: Vec<Approver>,
    pub(crate) must_justify: bool,
}

/// `justify user:{id} members:{id} manager administrators`
impl std::fmt::Display for Approvers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.must_justify {
            f.write_str("justify ")?;
        }
        for approver in &self.who {
            match approver {
                Approver::User(id) => write!(f, "user:{id} ")?,
                Approver::GroupMembers(id) => write!(f, "members:{id} ")?,
                Approver::RequestorManager => f.write_str("manager ")?,
                Approver::Administrators => f.write_str("administrators ")?,
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
            let id = |text: &str| text.parse().map_err(|_| InvalidApprover(word.to_owned()));
            match word.split_once(':') {
                None if word == "justify" => approvers.must_justify = true,
                None if word == "manager" => approvers.who.push(Approver::RequestorManager),
                None if word == "administrators" => approvers.who.push(Approver::Administrators),
                Some(("user", text)) => approvers.who.push(Approver::User(id(text)?)),
                Some(("members", text)) => approvers.who.push(Approver::GroupMembers(id(text)?)),
                _ => return Err(InvalidApprover(word.to_owned())),
            }
        }
        Ok(approvers)
    }
}
