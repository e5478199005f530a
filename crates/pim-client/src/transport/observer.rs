use std::time::Duration;

use crate::operation::Operation;

/// Sees every try of every request: to count, to measure, to keep an audit of one's own.
///
/// It is told what is sent and what came back, but no token, no body and no address with a query in it. For logs
/// without a line of code there are the [`tracing`] spans that the client opens for each call.
///
/// The task that makes the call makes these, too, and waits for them: they should return soon, and a panic in one ends
/// the call. Of a call that is dropped on its way, nothing more is told.
///
/// ```
/// use std::sync::atomic::{AtomicU64, Ordering};
/// use std::sync::Arc;
/// use pim_client::{Attempt, BearerToken, Graph, Observer, Outcome};
///
/// #[derive(Default)]
/// struct Throttled(AtomicU64);
///
/// impl Observer for Throttled {
///     fn answered(&self, _: &Attempt<'_>, outcome: &Outcome<'_>) {
///         if outcome.status == Some(429) {
///             self.0.fetch_add(1, Ordering::Relaxed);
///         }
///     }
/// }
///
/// # fn client(token: BearerToken) -> Result<Graph, pim_client::Error> {
/// let throttled = Arc::new(Throttled::default());
/// let graph = Graph::builder(token).observer(Arc::clone(&throttled)).build()?;
/// # Ok(graph)
/// # }
/// ```
pub trait Observer: Send + Sync + 'static {
    /// A request is about to be sent.
    fn sending(&self, attempt: &Attempt<'_>) {
        let _ = attempt;
    }

    /// A request was answered, or was not. After a [`sending`](Self::sending), unless the call was dropped.
    fn answered(&self, attempt: &Attempt<'_>, outcome: &Outcome<'_>) {
        let _ = (attempt, outcome);
    }
}

impl<O: Observer + ?Sized> Observer for std::sync::Arc<O> {
    fn sending(&self, attempt: &Attempt<'_>) {
        (**self).sending(attempt);
    }

    fn answered(&self, attempt: &Attempt<'_>, outcome: &Outcome<'_>) {
        (**self).answered(attempt, outcome);
    }
}

/// One try of one request.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Attempt<'a> {
    /// What is called. Pages after the first belong to the call that asked for the first.
    pub operation: &'static Operation,
    /// The id that the client gave to the request. All its tries have the same.
    pub client_request_id: Option<&'a str>,
    /// Which try it is, from 1.
    pub number: u32,
}

/// How a try ended.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Outcome<'a> {
    /// The HTTP status. None if there was no answer.
    pub status: Option<u16>,
    /// The id that Graph gave to the request.
    pub request_id: Option<&'a str>,
    /// From sending the request until its answer was read.
    pub elapsed: Duration,
    /// How long the client will wait until it tries again. None if it will not.
    pub retry_in: Option<Duration>,
}
