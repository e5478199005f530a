//! Tokens that are kept in memory, and got once for many requests.

use std::fmt;
use std::future::Future;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime};

#[cfg(feature = "sign-in")]
use super::single_flight::Pause;
use super::single_flight::SingleFlight;
use super::{AccessToken, Claims, TokenRequest};
use crate::Error;

/// How long a token is kept whose end nobody knows.
const UNKNOWN_END: Duration = Duration::from_mins(5);

/// For how long after a step-up a challenge with the same claims is taken for one of a request that was sent before it,
/// where the request does not say which token was refused. Later ones say that it was this one.
const BELATED: Duration = Duration::from_secs(30);

/// The newest token of each resource, with what was granted with it.
pub(super) struct TokenCache<G = ()> {
    kept: Mutex<Vec<Kept<G>>>,
    flight: SingleFlight,
}

struct Kept<G> {
    resource: String,
    token: AccessToken,
    granted: G,
    claims: Option<Claims>,
    since: Instant,
}

impl<G> TokenCache<G> {
    pub(super) const fn new() -> Self {
        Self { kept: Mutex::new(Vec::new()), flight: SingleFlight::new() }
    }

    /// The token that is kept, if it is fresh, `covers` what is needed and meets the claims that are asked for. If not,
    /// `acquire` gets another: one at a time, and not again for requests that waited for the same.
    ///
    /// A token that was got is used for all requests to come, so that one that is stepped up replaces a plain one. A
    /// failure is told to those who waited for it, and not kept.
    pub(super) async fn get(
        &self,
        request: &TokenRequest,
        covers: impl Fn(&G) -> bool,
        acquire: impl Future<Output = Result<(AccessToken, G), Error>>,
    ) -> Result<AccessToken, Error> {
        let find = |arrived| self.find(request, arrived, &covers);
        let acquire = async {
            let (token, granted) = acquire.await?;
            self.keep(request, token.clone(), granted);
            Ok(token)
        };
        self.flight.run(request, find, acquire).await
    }

    /// Keeps nothing for `resource` any longer.
    pub(super) fn forget(&self, resource: &str) {
        self.lock().retain(|kept| kept.resource != resource);
    }

    /// Keeps nothing any longer, and waits for what is being got. Nothing is got before the guard is dropped.
    #[cfg(feature = "sign-in")]
    pub(super) async fn clear(&self) -> Pause<'_> {
        let quiet = self.flight.pause().await;
        self.lock().clear();
        quiet
    }

    fn find(&self, request: &TokenRequest, arrived: Instant, covers: impl Fn(&G) -> bool) -> Option<AccessToken> {
        let kept = self.lock();
        let kept = kept.iter().find(|kept| kept.resource == request.resource())?;
        let meets_claims = request.claims().is_none_or(|claims| kept.claims.as_ref() == Some(claims));
        let is_refused = match request.refused() {
            Some(refused) => *refused == kept.token.token,
            None => request.claims().is_some() && kept.since + BELATED < arrived,
        };
        // What was got while somebody waited is as new as a token can be, however soon it ends.
        let is_fresh = kept.since >= arrived || kept.is_fresh();
        (is_fresh && meets_claims && !is_refused && covers(&kept.granted)).then(|| kept.token.clone())
    }

    fn keep(&self, request: &TokenRequest, token: AccessToken, granted: G) {
        let resource = request.resource().to_owned();
        let mut kept = self.lock();
        kept.retain(|kept| kept.resource != resource);
        kept.push(Kept { resource, token, granted, claims: request.claims().cloned(), since: Instant::now() });
    }

    /// Nothing that is done under the lock can leave half a change behind: a panic elsewhere is none of its business.
    fn lock(&self) -> MutexGuard<'_, Vec<Kept<G>>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<G> Kept<G> {
    fn is_fresh(&self) -> bool {
        match self.token.expires_at {
            Some(_) => self.token.is_fresh(SystemTime::now()),
            None => self.since.elapsed() < UNKNOWN_END,
        }
    }
}

/// That there is one, and nothing of what is in it.
impl<G> fmt::Debug for TokenCache<G> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenCache(…)")
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;
    use crate::auth::BearerToken;

    const HOUR: Duration = Duration::from_hours(1);

    /// A source of tokens `t1`, `t2`, and so on, each of which ends after `lifetime`.
    struct Source {
        cache: TokenCache,
        asked: AtomicU32,
        lifetime: Option<Duration>,
        fails: bool,
    }

    impl Source {
        fn new(lifetime: Option<Duration>) -> Self {
            Self { cache: TokenCache::new(), asked: AtomicU32::new(0), lifetime, fails: false }
        }

        async fn get(&self, request: &TokenRequest) -> Result<AccessToken, Error> {
            let acquire = async {
                let number = self.asked.fetch_add(1, Ordering::SeqCst) + 1;
                tokio::time::sleep(Duration::from_millis(20)).await;
                if self.fails {
                    return Err(Error::authentication(format!("failure {number}")));
                }
                let token = BearerToken::new(format!("t{number}"))?;
                Ok((AccessToken { token, expires_at: self.lifetime.map(|left| SystemTime::now() + left) }, ()))
            };
            self.cache.get(request, |()| true, acquire).await
        }

        fn asked(&self) -> u32 {
            self.asked.load(Ordering::SeqCst)
        }
    }

    fn plain() -> TokenRequest {
        TokenRequest::new("https://graph.microsoft.com", &[][..])
    }

    fn challenged(value: &str) -> TokenRequest {
        plain().with_claims(Claims::parse(&format!(r#"{{"access_token":{{"acrs":{{"value":"{value}"}}}}}}"#)).unwrap())
    }

    fn is(token: &AccessToken, text: &str) -> bool {
        token.token.is_in(text)
    }

    /// Fifty tasks that ask at once.
    async fn at_once(source: &Arc<Source>, request: &TokenRequest) -> Vec<Result<AccessToken, Error>> {
        let tasks: Vec<_> = (0..50)
            .map(|_| {
                let (source, request) = (Arc::clone(source), request.clone());
                tokio::spawn(async move { source.get(&request).await })
            })
            .collect();
        let mut answers = Vec::new();
        for task in tasks {
            answers.push(task.await.unwrap());
        }
        answers
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn many_requests_get_one_token() {
        for lifetime in [Some(HOUR), None, Some(Duration::from_mins(1))] {
            let source = Arc::new(Source::new(lifetime));
            assert!(at_once(&source, &plain()).await.iter().all(|token| is(token.as_ref().unwrap(), "t1")));
            assert_eq!(source.asked(), 1, "{lifetime:?}");
        }
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn many_requests_share_a_failure_and_the_next_tries_again() {
        let source = Arc::new(Source { fails: true, ..Source::new(None) });
        for failure in at_once(&source, &plain()).await {
            let failure = failure.unwrap_err();
            assert_eq!((failure.kind(), failure.to_string()), (crate::ErrorKind::Authentication, "failure 1".into()));
        }
        assert_eq!(source.get(&plain()).await.unwrap_err().to_string(), "failure 2");
    }

    #[tokio::test]
    async fn a_token_is_used_until_it_is_no_longer_fresh() {
        let lasting = Source::new(Some(HOUR));
        let ending = Source::new(Some(Duration::from_secs(299)));
        for (source, expected) in [(&lasting, 1), (&ending, 3)] {
            for _ in 0..3 {
                source.get(&plain()).await.unwrap();
            }
            assert_eq!(source.asked(), expected);
        }
    }

    #[tokio::test]
    async fn a_token_that_is_stepped_up_replaces_the_plain_one() {
        let source = Source::new(Some(HOUR));
        assert!(is(&source.get(&plain()).await.unwrap(), "t1"));
        assert!(is(&source.get(&challenged("c1")).await.unwrap(), "t2"));
        assert!(is(&source.get(&plain()).await.unwrap(), "t2"));
        assert!(is(&source.get(&challenged("c1")).await.unwrap(), "t2"), "a request that was sent before the step-up");
        assert!(is(&source.get(&challenged("c2")).await.unwrap(), "t3"), "another challenge");
    }

    #[tokio::test]
    async fn a_token_that_was_refused_is_not_given_again() {
        let source = Source::new(Some(HOUR));
        source.get(&challenged("c1")).await.unwrap();
        source.cache.lock()[0].since -= BELATED + Duration::from_secs(1);
        assert!(is(&source.get(&challenged("c1")).await.unwrap(), "t2"));
    }

    #[tokio::test]
    async fn who_was_refused_with_an_older_token_gets_the_one_that_was_stepped_up_meanwhile() {
        let source = Source::new(Some(HOUR));
        let first = source.get(&plain()).await.unwrap().token;
        let refused = challenged("c1").with_refused(first);
        let second = source.get(&refused).await.unwrap();
        source.cache.lock()[0].since -= 10 * BELATED;
        assert!(is(&source.get(&refused).await.unwrap(), "t2"), "however long ago that was");
        assert!(is(&source.get(&challenged("c1").with_refused(second.token)).await.unwrap(), "t3"), "however soon");
    }

    #[tokio::test]
    async fn each_resource_has_its_token() {
        let source = Source::new(Some(HOUR));
        let other = TokenRequest::new("https://graph.microsoft.us", &[][..]);
        assert!(is(&source.get(&plain()).await.unwrap(), "t1"));
        assert!(is(&source.get(&other).await.unwrap(), "t2"));
        source.cache.forget(other.resource());
        assert!(is(&source.get(&plain()).await.unwrap(), "t1"));
        assert!(is(&source.get(&other).await.unwrap(), "t3"));
    }

    #[tokio::test]
    async fn who_gives_up_leaves_the_way_free() {
        let source = Source::new(Some(HOUR));
        let request = plain();
        assert!(tokio::time::timeout(Duration::from_millis(5), source.get(&request)).await.is_err());
        assert!(is(&source.get(&request).await.unwrap(), "t2"));
        assert_eq!(format!("{:?}", source.cache), "TokenCache(…)");
    }
}
