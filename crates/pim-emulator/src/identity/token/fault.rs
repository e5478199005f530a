use crate::identity::GRAPH_APP_ID;

/// Why Graph does not take a token, in its words. Each is a 401.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum TokenFault {
    /// There is none.
    #[error("Access token is empty.")]
    Missing,
    /// It is no JWT, or not one of ours.
    #[error("CompactToken parsing failed: the access token is not a well-formed JWT.")]
    Malformed,
    /// It was signed by somebody else, in another way, or not at all.
    #[error("Access token validation failure. Invalid signature.")]
    BadSignature,
    #[error("Lifetime validation failed, the token is expired.")]
    Expired,
    #[error("Lifetime validation failed, the token is not yet valid.")]
    NotYetValid,
    /// It is for something else than Graph.
    #[error("Access token validation failure. Invalid audience.")]
    WrongAudience,
    /// It is of another tenant.
    #[error("Access token validation failure. Invalid issuer.")]
    WrongTenant,
    /// The account was disabled since it was issued.
    ///
    /// With continuous access evaluation Graph refuses such a token as well, within minutes, and asks for new claims, which
    /// nobody gets whose account is disabled. Its words for that are not known, so these are ours; here it is at once.
    #[error("Access token validation failure. The account that the token was issued for is disabled.")]
    AccountDisabled,
    /// The same for an account that was deleted.
    #[error("Access token validation failure. The account that the token was issued for was deleted.")]
    AccountDeleted,
}

impl TokenFault {
    /// The code in Graph's answer.
    pub(crate) const CODE: &'static str = "InvalidAuthenticationToken";

    /// The value of `WWW-Authenticate` in the answer. Tokens are to be had at `origin`, such as `http://localhost:8080`.
    pub(crate) fn www_authenticate(self, origin: &str) -> String {
        let error = match self {
            // RFC 6750: who sends no token is told no error.
            Self::Missing => String::new(),
            _ => format!(", error=\"invalid_token\", error_description=\"{self}\""),
        };
        format!(
            "Bearer realm=\"\", authorization_uri=\"{origin}/common/oauth2/v2.0/authorize\", \
             client_id=\"{GRAPH_APP_ID}\"{error}"
        )
    }
}
