//! What to do about an error, where that is known.

use std::borrow::Cow;

use super::{Error, ErrorCode, FailedRule};
use crate::operation::Operation;

impl Error {
    /// What to do about it, in a few words, where that is known.
    #[must_use]
    pub fn hint(&self) -> Option<Cow<'_, str>> {
        self.0
            .hint
            .as_deref()
            .map(Cow::Borrowed)
            .or_else(|| self.challenge_hint())
            .or_else(|| self.code_hint())
            .or_else(|| self.status_hint())
    }

    /// The same error, with a hint that somebody can give who knows more of what was asked for.
    pub(crate) fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.0.hint = Some(hint.into());
        self
    }

    fn challenge_hint(&self) -> Option<Cow<'_, str>> {
        let asked = match self.challenge()?.authentication_context() {
            Some(context) => format!("authentication context {context} is needed"),
            None => "a fresh sign-in is needed".to_owned(),
        };
        Some(match &self.0.record.not_stepped_up {
            Some(reason) => format!("{asked}, and could not be got: {reason}").into(),
            None => format!("{asked}, and the token that was got for it was refused").into(),
        })
    }

    fn code_hint(&self) -> Option<Cow<'_, str>> {
        let hint = match self.code()? {
            ErrorCode::RoleAssignmentRequestPolicyValidationFailed => {
                let hints: Vec<_> = self.failed_rules().iter().filter_map(rule_hint).collect();
                return if hints.is_empty() { None } else { Some(hints.join("; ").into()) };
            }
            ErrorCode::PendingRoleAssignmentRequest | ErrorCode::RoleAssignmentRequestExists => {
                "wait until the other request is decided, or cancel it"
            }
            ErrorCode::ActiveDurationTooShort => "five minutes is the least, also before it can be ended",
            ErrorCode::SubjectNotFound | ErrorCode::RoleNotFound => "if it is new, try again in a minute",
            ErrorCode::RequestCannotBeCancelled => "end what it made with a removal or deactivation instead",
            ErrorCode::MfaAndAcrsConflict => "switch off one of the two first",
            ErrorCode::AadPremiumLicenseRequired => "the tenant needs Microsoft Entra ID P2 or ID Governance",
            ErrorCode::Request_UnsupportedQuery => "try it with `consistency_level_eventual` and `include_count`",
            _ => return None,
        };
        Some(hint.into())
    }

    fn status_hint(&self) -> Option<Cow<'_, str>> {
        match self.status()? {
            401 => Some("get a new access token for Graph".into()),
            403 => permission_hint(self.operation()?),
            _ => None,
        }
    }
}

/// What the token lacks, in all likelihood. Whether it is a user's or an application's, only who issued it could tell.
fn permission_hint(operation: &Operation) -> Option<Cow<'static, str>> {
    let (delegated, application) = (operation.delegated.join(" and "), operation.application.join(" and "));
    let names = match (delegated.as_str(), application.as_str()) {
        ("", "") => return None,
        ("", _) => format!("{application} (application; a user cannot call it)"),
        (_, "") => format!("{delegated} (delegated; an application cannot call it)"),
        _ if delegated == application => delegated,
        _ => format!("{delegated} (delegated) or {application} (application)"),
    };
    Some(format!("least privileged permission: {names}").into())
}

fn rule_hint(rule: &FailedRule) -> Option<&'static str> {
    Some(match rule {
        FailedRule::Eligibility => "no eligibility covers it: look at what may be activated, and until when",
        FailedRule::Expiration => "ask for a shorter time, or for one with an end",
        FailedRule::Justification => "the policy demands a justification",
        FailedRule::Ticketing => "the policy demands a ticket number and ticket system",
        FailedRule::Mfa => "the policy demands a sign-in with multifactor authentication",
        FailedRule::AdminRequest => "an administrator has to ask for it",
        _ => return None,
    })
}
