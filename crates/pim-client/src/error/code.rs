use super::text::one_line;
use crate::runtime::open_enum;

/// Graph's and PIM's word for a fault.
///
/// The codes of PIM are those that its service was seen to answer; any other is kept as it is, in
/// [`Unrecognized`](Self::Unrecognized). Letter case does not matter when one is read.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorCode {
    /// There is such an assignment already; or the role is active already.
    RoleAssignmentExists,
    /// There is such a request already.
    RoleAssignmentRequestExists,
    /// Another request for the same principal, role and scope is undecided.
    PendingRoleAssignmentRequest,
    /// There is no such assignment or eligibility.
    RoleAssignmentDoesNotExist,
    /// The policy of the role or group refuses the request: see [`Error::failed_rules`](super::Error::failed_rules).
    RoleAssignmentRequestPolicyValidationFailed,
    /// The token lacks the authentication context that the policy demands: see
    /// [`Error::challenge`](super::Error::challenge).
    RoleAssignmentRequestAcrsValidationFailed,
    /// Less than five minutes were asked for; or less than five minutes have passed.
    ActiveDurationTooShort,
    /// Something in the request cannot be.
    InvalidRoleAssignmentRequest,
    /// The principal is unknown, or not known everywhere yet.
    SubjectNotFound,
    /// The role is unknown, or not known everywhere yet.
    RoleNotFound,
    /// The request has taken effect, or has ended.
    RequestCannotBeCancelled,
    /// The policy would contradict itself.
    InvalidPolicy,
    /// A policy cannot demand multifactor authentication and an authentication context at once.
    MfaAndAcrsConflict,
    /// The tenant lacks the licence for PIM.
    AadPremiumLicenseRequired,
    /// The filter is too long or not supported here.
    InvalidFilter,
    /// What the request is about cannot be found or changed.
    InvalidResource,
    /// What the request is about is locked.
    ResourceIsLocked,
    /// The caller may not do that, or not for somebody else.
    UnauthorizedAccessException,
    /// The caller may not do that in the directory.
    #[expect(non_camel_case_types, reason = "Graph's spelling")]
    Authorization_RequestDenied,
    /// The token is missing, ended, or not for Graph.
    InvalidAuthenticationToken,
    /// Conditional Access wants more than the token has.
    InsufficientClaims,
    /// The request is malformed.
    BadRequest,
    /// The directory refuses the request.
    #[expect(non_camel_case_types, reason = "Graph's spelling")]
    Request_BadRequest,
    /// The directory does not have it.
    #[expect(non_camel_case_types, reason = "Graph's spelling")]
    Request_ResourceNotFound,
    /// The query needs `ConsistencyLevel: eventual`, or is not possible.
    #[expect(non_camel_case_types, reason = "Graph's spelling")]
    Request_UnsupportedQuery,
    /// It is not there.
    ItemNotFound,
    /// There are too many requests.
    TooManyRequests,
    /// Graph cannot say: the message may hold more.
    UnknownError,
    /// Any other.
    Unrecognized(Box<str>),
}

open_enum! {
    ErrorCode = "microsoft.graph.error" {
        RoleAssignmentExists => "RoleAssignmentExists",
        RoleAssignmentRequestExists => "RoleAssignmentRequestExists",
        PendingRoleAssignmentRequest => "PendingRoleAssignmentRequest",
        RoleAssignmentDoesNotExist => "RoleAssignmentDoesNotExist",
        RoleAssignmentRequestPolicyValidationFailed => "RoleAssignmentRequestPolicyValidationFailed",
        RoleAssignmentRequestAcrsValidationFailed => "RoleAssignmentRequestAcrsValidationFailed",
        ActiveDurationTooShort => "ActiveDurationTooShort",
        InvalidRoleAssignmentRequest => "InvalidRoleAssignmentRequest",
        SubjectNotFound => "SubjectNotFound",
        RoleNotFound => "RoleNotFound",
        RequestCannotBeCancelled => "RequestCannotBeCancelled",
        InvalidPolicy => "InvalidPolicy",
        MfaAndAcrsConflict => "MfaAndAcrsConflict",
        AadPremiumLicenseRequired => "AadPremiumLicenseRequired",
        InvalidFilter => "InvalidFilter",
        InvalidResource => "InvalidResource",
        ResourceIsLocked => "ResourceIsLocked",
        UnauthorizedAccessException => "UnauthorizedAccessException",
        Authorization_RequestDenied => "Authorization_RequestDenied",
        InvalidAuthenticationToken => "InvalidAuthenticationToken",
        InsufficientClaims => "insufficient_claims",
        BadRequest => "BadRequest",
        Request_BadRequest => "Request_BadRequest",
        Request_ResourceNotFound => "Request_ResourceNotFound",
        Request_UnsupportedQuery => "Request_UnsupportedQuery",
        ItemNotFound => "itemNotFound",
        TooManyRequests => "TooManyRequests",
        UnknownError => "UnknownError",
    }
}

/// A rule of a role's or group's policy that a request did not meet.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FailedRule {
    /// No eligibility covers what is asked for.
    Eligibility,
    /// It would last longer than the policy allows.
    Expiration,
    /// A justification is missing.
    Justification,
    /// A ticket is missing.
    Ticketing,
    /// The caller did not sign in with multifactor authentication.
    Mfa,
    /// An approval is missing.
    Approval,
    /// An administrator has to ask for it.
    AdminRequest,
    /// It cannot be activated on this day.
    ActivationDay,
    /// Any other.
    Unrecognized(Box<str>),
}

open_enum! {
    FailedRule = "microsoft.graph.unifiedRoleManagementPolicyRule" {
        Eligibility => "EligibilityRule",
        Expiration => "ExpirationRule",
        Justification => "JustificationRule",
        Ticketing => "TicketingRule",
        Mfa => "MfaRule",
        Approval => "ApprovalRule",
        AdminRequest => "AdminRequestRule",
        ActivationDay => "ActivationDayRule",
    }
}

/// The rules that a message lists, as in `The following policy rules failed: ["ExpirationRule"]`.
pub(super) fn failed_rules(message: &str) -> Vec<FailedRule> {
    let list = message.find('[').and_then(|start| Some(&message[start..=start + message[start..].find(']')?]));
    let names: Vec<String> = list.and_then(|list| serde_json::from_str(list).ok()).unwrap_or_default();
    names.iter().map(|name| FailedRule::from(one_line(name))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_failed_rules_are_read_from_the_message() {
        for (message, expected) in [
            (r#"The following policy rules failed: ["ExpirationRule"]"#, vec![FailedRule::Expiration]),
            (
                r#"The following policy rules failed: ["EligibilityRule","ExpirationRule"]"#,
                vec![FailedRule::Eligibility, FailedRule::Expiration],
            ),
            (r#"Failed: ["MoonRule", "mfarule"]."#, vec![FailedRule::Unrecognized("MoonRule".into()), FailedRule::Mfa]),
            ("The following policy rules failed:", vec![]),
            ("[", vec![]),
            ("] [", vec![]),
            ("[1, {}]", vec![]),
        ] {
            assert_eq!(failed_rules(message), expected, "{message}");
        }
    }

    #[test]
    fn a_code_is_known_in_any_case_and_otherwise_kept() {
        assert_eq!(ErrorCode::from("roleassignmentexists"), ErrorCode::RoleAssignmentExists);
        assert_eq!(ErrorCode::from("SomethingNew").as_str(), "SomethingNew");
    }
}
