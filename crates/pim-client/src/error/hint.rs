//! What to do about an error, where that is known.

use std::borrow::Cow;

use super::text::one_line;
use super::{Error, ErrorCode, FailedRule};

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
            .or_else(|| self.permission_hint())
    }

    /// The same error, with a hint that somebody can give who knows more of what was asked for.
    pub(crate) fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.0.hint = Some(hint.into());
        self
    }

    fn challenge_hint(&self) -> Option<Cow<'_, str>> {
        let asked = match self.challenge()?.authentication_context() {
            Some(context) => format!("authentication context {} is needed", one_line(&context)),
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
            ErrorCode::InvalidAuthenticationToken => "get a new access token for Graph",
            ErrorCode::Request_UnsupportedQuery => "try it with `consistency_level_eventual` and `include_count`",
            _ => return None,
        };
        Some(hint.into())
    }

    fn permission_hint(&self) -> Option<Cow<'_, str>> {
        let names = self.operation().map(|operation| operation.delegated).filter(|_| self.status() == Some(403))?;
        (!names.is_empty()).then(|| format!("least privileged permission: {}", names.join(" and ")).into())
    }
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
