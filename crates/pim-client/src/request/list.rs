//! The objects of a collection.

use std::fmt;
use std::future::IntoFuture;

use futures_util::future::BoxFuture;
use futures_util::{FutureExt, TryStreamExt};
use serde::de::DeserializeOwned;

use super::call::{Answer, Call};
use super::deferred::Deferred;
use super::follow::Follower;
use super::query::ListQuery;
use super::stream::{Items, Pages};
use crate::connection::Connection;
use crate::error::Error;
use crate::operation::Operation;
use crate::page::Page;

/// A request for the objects of a collection, which is sent by `.await` or [`send`](Self::send).
///
/// [`send`](Self::send) returns the first page, [`pages`](Self::pages) all of them one by one, and
/// [`stream`](Self::stream) the objects on them. Which options a collection takes is in its documentation; Graph
/// refuses the others.
///
/// ```no_run
/// # async fn example(graph: pim_client::Graph) -> pim_client::Result<()> {
/// let mut groups = graph.groups().list().select(["displayName"]).stream();
/// while let Some(group) = groups.next().await {
///     println!("{:?}", group?.display_name);
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "a request does nothing until it is sent or awaited"]
pub struct List<T>(Deferred<ListQuery, Page<T>>, Connection);

impl<T: DeserializeOwned + Send + 'static> List<T> {
    /// A call of generated code.
    #[doc(hidden)]
    pub fn new<F>(
        operation: &'static Operation,
        connection: Connection,
        http: impl FnOnce(ListQuery) -> F + Send + 'static,
    ) -> Self
    where
        F: Future<Output = Answer<Page<T>>> + Send + 'static,
    {
        Self(Deferred::new(operation, http), connection)
    }

    /// Asks for the objects that match `filter` only, in OData's syntax. Another call replaces it.
    ///
    /// The text is sent as it is: within its string literals, each `'` must be doubled.
    pub fn filter(mut self, filter: impl Into<String>) -> Self {
        self.0.query.filter = Some(filter.into());
        self
    }

    /// Asks for the objects in which words occur, as in `"displayName:admin"`. Another call replaces it.
    ///
    /// Graph wants [`consistency_level_eventual`](Self::consistency_level_eventual) with it.
    pub fn search(mut self, search: impl Into<String>) -> Self {
        self.0.query.search = Some(search.into());
        self
    }

    /// Asks for these properties instead of those that Graph returns by default. Further calls add to them.
    pub fn select(mut self, properties: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.0.query.object.add_select(properties);
        self
    }

    /// Asks for these related objects within each object, in OData's syntax. Further calls add to them.
    pub fn expand(mut self, relations: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.0.query.object.add_expand(relations);
        self
    }

    /// Asks for an order, as in `"createdDateTime desc,id"`. Another call replaces it.
    pub fn order_by(mut self, order: impl Into<String>) -> Self {
        self.0.query.order_by = Some(order.into());
        self
    }

    /// Asks for at most `number` objects a page.
    pub fn top(mut self, number: u32) -> Self {
        self.0.query.top = Some(number);
        self
    }

    /// Leaves out the first `number` objects.
    pub fn skip(mut self, number: u32) -> Self {
        self.0.query.skip = Some(number);
        self
    }

    /// Asks how many objects there are on all pages together.
    pub fn count(mut self) -> Self {
        self.0.query.count = true;
        self
    }

    /// Accepts an answer that lags behind the latest changes, which Graph wants for its advanced queries.
    pub fn consistency_level_eventual(mut self) -> Self {
        self.0.query.eventual = true;
        self
    }

    /// Sends the request and returns the first page.
    pub async fn send(self) -> Result<Page<T>, Error> {
        self.0.into_call().send().await
    }

    /// The pages of the collection, each asked for when it is waited for, with the headers of the first.
    ///
    /// A link to the next page that leads to another address than the endpoint's, or back to a page before, ends the
    /// stream with an error of the kind [`Refused`](crate::ErrorKind::Refused), before a token goes anywhere.
    pub fn pages(self) -> Pages<T> {
        let follower = Follower::new(self.0.operation, self.1, self.0.query.consistency_level());
        Pages::new(self.0.into_call(), follower)
    }

    /// The objects of the collection, over all its pages. One page is held at a time.
    pub fn stream(self) -> Items<T> {
        self.pages().into_items()
    }

    /// All objects of the collection, at once. Use [`stream`](Self::stream) where there may be very many.
    pub async fn all(self) -> Result<Vec<T>, Error> {
        self.stream().try_collect().await
    }
}

/// The request for the first page, with its options.
impl<T: 'static> From<List<T>> for Call<'_, Page<T>> {
    fn from(list: List<T>) -> Self {
        list.0.into_call()
    }
}

impl<T: DeserializeOwned + Send + 'static> IntoFuture for List<T> {
    type Output = Result<Page<T>, Error>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        self.send().boxed()
    }
}

impl<T> fmt::Debug for List<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt("List", f)
    }
}
