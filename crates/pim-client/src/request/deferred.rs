//! What the request builders have in common.

use std::fmt;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;

use super::call::{Answer, Call};
use crate::operation::Operation;

/// A call of generated code that waits for its query options `Q` and will answer an `A`.
pub(super) struct Deferred<Q, A> {
    pub(super) operation: &'static Operation,
    pub(super) query: Q,
    http: Box<dyn FnOnce(Q) -> BoxFuture<'static, Answer<A>> + Send>,
}

impl<Q: 'static, A: 'static> Deferred<Q, A> {
    pub(super) fn new<F>(operation: &'static Operation, query: Q, http: impl FnOnce(Q) -> F + Send + 'static) -> Self
    where
        F: Future<Output = Answer<A>> + Send + 'static,
    {
        Self { operation, query, http: Box::new(move |query| http(query).boxed()) }
    }

    /// The call, with its options.
    pub(super) fn into_call(self) -> Call<'static, A> {
        Call { operation: self.operation, http: (self.http)(self.query) }
    }
}

impl<Q: fmt::Debug, A> Deferred<Q, A> {
    /// Writes the builder `name`: what it would send, not the function that would send it.
    pub(super) fn fmt(&self, name: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct(name)
            .field("operation", &format_args!("{}", self.operation))
            .field("query", &self.query)
            .finish_non_exhaustive()
    }
}
