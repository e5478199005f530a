//! One object.

use std::fmt;
use std::future::IntoFuture;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use serde::de::DeserializeOwned;

use super::call::{Answer, Call};
use super::deferred::Deferred;
use super::query::GetQuery;
use crate::error::Error;
use crate::operation::Operation;
use crate::query::{Expand, Select};

/// A request for one object, which is sent by `.await` or [`send`](Self::send).
#[must_use = "a request does nothing until it is sent or awaited"]
pub struct Get<T>(Deferred<GetQuery, T>);

impl<T: DeserializeOwned + Send + 'static> Get<T> {
    /// A call of generated code.
    #[doc(hidden)]
    pub fn new<F>(operation: &'static Operation, http: impl FnOnce(GetQuery) -> F + Send + 'static) -> Self
    where
        F: Future<Output = Answer<T>> + Send + 'static,
    {
        Self(Deferred::new(operation, GetQuery::default(), http))
    }

    /// Asks for these properties instead of those that Graph returns by default. Further calls add to them.
    ///
    /// They are fields of `T`, or names: see [`Select`].
    pub fn select(mut self, properties: impl Select<T>) -> Self {
        self.0.query.add_select(properties);
        self
    }

    /// Asks for these related objects within the object. Further calls add to them.
    ///
    /// They are relations of `T`, or text in OData's syntax: see [`Expand`].
    pub fn expand(mut self, relations: impl Expand<T>) -> Self {
        self.0.query.add_expand(relations);
        self
    }

    /// Sends the request and returns the object.
    pub async fn send(self) -> Result<T, Error> {
        self.0.into_call().send().await
    }
}

/// The same request, with its options.
impl<T: 'static> From<Get<T>> for Call<'_, T> {
    fn from(get: Get<T>) -> Self {
        get.0.into_call()
    }
}

impl<T: DeserializeOwned + Send + 'static> IntoFuture for Get<T> {
    type Output = Result<T, Error>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        self.send().boxed()
    }
}

impl<T> fmt::Debug for Get<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt("Get", f)
    }
}
