use std::time::{Duration, SystemTime};

use super::BearerToken;

/// How long before its end a token is no longer used, so that it does not end on the way.
const MARGIN: Duration = Duration::from_mins(5);

/// What a [`TokenProvider`](super::TokenProvider) answers: a token, and how long it can be used.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct AccessToken {
    /// The token.
    pub token: BearerToken,
    /// When it ends. None if that is not known.
    pub expires_at: Option<SystemTime>,
}

impl AccessToken {
    /// A token that ends at a time.
    #[must_use]
    pub fn expiring(token: BearerToken, expires_at: SystemTime) -> Self {
        Self { token, expires_at: Some(expires_at) }
    }

    /// Whether the token can still be used `now`: it has more than five minutes left, or nobody knows its end.
    #[must_use]
    pub fn is_fresh(&self, now: SystemTime) -> bool {
        self.expires_at.is_none_or(|end| end.duration_since(now).is_ok_and(|left| left > MARGIN))
    }
}

/// A token whose end is not known.
impl From<BearerToken> for AccessToken {
    fn from(token: BearerToken) -> Self {
        Self { token, expires_at: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_fresh_until_five_minutes_before_its_end() {
        let token = BearerToken::new("t").unwrap();
        let now = SystemTime::now();
        assert!(AccessToken::from(token.clone()).is_fresh(now));
        for (seconds, fresh) in [(0, false), (300, false), (301, true)] {
            let token = AccessToken::expiring(token.clone(), now + Duration::from_secs(seconds));
            assert_eq!(token.is_fresh(now), fresh, "{seconds} s before the end");
        }
        assert!(!AccessToken::expiring(token, now - Duration::from_secs(1)).is_fresh(now));
    }
}
