//! What PIM says when it does not do what is asked.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// A rule of a policy that a request does not satisfy, or that there is no eligibility.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum FailedRule {
    Eligibility,
    Expiration,
    Justification,
    Ticketing,
    Mfa,
}

impl FailedRule {
    /// The name in the message.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Eligibility => "EligibilityRule",
            Self::Expiration => "ExpirationRule",
            Self::Justification => "JustificationRule",
            Self::Ticketing => "TicketingRule",
            Self::Mfa => "MfaRule",
        }
    }
}

/// Why PIM does not do what is asked. Each has its code in Graph's answers.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Refusal {
    #[error("The Role assignment already exists.")]
    AssignmentExists,
    #[error("The Role assignment request already exists.")]
    RequestExists,
    #[error("There is a request for this assignment already that is not decided yet.")]
    PendingRequest,
    #[error("The Role assignment does not exist.")]
    AssignmentDoesNotExist,
    #[error("The following policy rules failed: {}", list(.0))]
    RulesFailed(Vec<FailedRule>),
    /// The authentication context that the token lacks.
    #[error("{}", claims(.0))]
    ContextMissing(String),
    #[error("The Active duration is too short. Miniumum Required is 5 minutes.")]
    TooShort,
    #[error("The role assignment request is invalid.{}", because(.0))]
    InvalidRequest(&'static str),
    #[error("The subject is not found.")]
    SubjectNotFound,
    #[error("The role is not found.")]
    RoleNotFound,
    #[error("The resource is not found.")]
    ResourceNotFound,
    #[error("Request is not in cancellable state.")]
    CannotBeCancelled,
    #[error("The policy is invalid.{}", because(.0))]
    InvalidPolicy(String),
    #[error("The policy rule id {0} is invalid.")]
    InvalidRule(String),
    #[error("Multifactor authentication and an authentication context exclude each other.")]
    MfaAndContext,
    #[error("Attempted to perform an unauthorized operation.")]
    Unauthorized,
    #[error("The tenant needs an AAD Premium 2 license.")]
    LicenseRequired,
    #[error("The approval has been decided already.")]
    AlreadyDecided,
}

impl Refusal {
    /// The code in Graph's answers.
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::AssignmentExists => "RoleAssignmentExists",
            Self::RequestExists => "RoleAssignmentRequestExists",
            Self::PendingRequest => "PendingRoleAssignmentRequest",
            Self::AssignmentDoesNotExist => "RoleAssignmentDoesNotExist",
            Self::RulesFailed(_) => "RoleAssignmentRequestPolicyValidationFailed",
            Self::ContextMissing(_) => "RoleAssignmentRequestAcrsValidationFailed",
            Self::TooShort => "ActiveDurationTooShort",
            Self::InvalidRequest(_) => "InvalidRoleAssignmentRequest",
            Self::SubjectNotFound => "SubjectNotFound",
            Self::RoleNotFound => "RoleNotFound",
            Self::ResourceNotFound => "ResourceNotFound",
            Self::CannotBeCancelled => "RequestCannotBeCancelled",
            Self::InvalidPolicy(_) => "InvalidPolicy",
            Self::InvalidRule(_) => "InvalidPolicyRule",
            Self::MfaAndContext => "MfaAndAcrsConflict",
            Self::Unauthorized => "UnauthorizedAccessException",
            Self::LicenseRequired => "AadPremiumLicenseRequired",
            Self::AlreadyDecided => "RequestConflict",
        }
    }
}

/// `["ExpirationRule","MfaRule"]`
fn list(rules: &[FailedRule]) -> String {
    let names: Vec<_> = rules.iter().map(|rule| format!("\"{}\"", rule.name())).collect();
    format!("[{}]", names.join(","))
}

fn because(reason: &str) -> String {
    if reason.is_empty() { String::new() } else { format!(" {reason}") }
}

/// What cannot stand for itself in a URL.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// What the token lacks, as the service says it: a claims request, percent-encoded.
fn claims(context: &str) -> String {
    let claims = format!(r#"{{"access_token":{{"acrs":{{"essential":true, "value":"{context}"}}}}}}"#);
    format!("&claims={}", utf8_percent_encode(&claims, RESERVED))
}
