//! The number of objects in a collection.

use std::fmt;
use std::future::IntoFuture;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use progenitor_client::ByteStream;

use super::call::Answer;
use super::deferred::Deferred;
use super::number::count;
use super::query::CountQuery;
use crate::error::Error;
use crate::operation::Operation;

/// A request for the number of objects in a collection, which is sent by `.await` or [`send`](Self::send).
#[must_use = "a request does nothing until it is sent or awaited"]
pub struct Count(Deferred<CountQuery, ByteStream>);

impl Count {
    /// A call of generated code.
    #[doc(hidden)]
    pub fn new<F>(operation: &'static Operation, http: impl FnOnce(CountQuery) -> F + Send + 'static) -> Self
    where
        F: Future<Output = Answer<ByteStream>> + Send + 'static,
    {
        Self(Deferred::new(operation, CountQuery::default(), http))
    }

    /// Counts the objects that match `filter` only. Another call replaces it.
    ///
    /// It is a [`Filter`](crate::query::Filter), or text in OData's syntax.
    pub fn filter(mut self, filter: impl fmt::Display) -> Self {
        self.0.query.filter = Some(filter.to_string());
        self
    }

    /// Counts the objects in which words occur. Another call replaces it.
    ///
    /// It is a [`Search`](crate::query::Search), or text such as `"\"displayName:admin\""`.
    pub fn search(mut self, search: impl fmt::Display) -> Self {
        self.0.query.search = Some(search.to_string());
        self
    }

    /// Sends the request and returns the number.
    pub async fn send(self) -> Result<i64, Error> {
        count(self.0.into_call()).await
    }
}

impl IntoFuture for Count {
    type Output = Result<i64, Error>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        self.send().boxed()
    }
}

impl fmt::Debug for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt("Count", f)
    }
}
