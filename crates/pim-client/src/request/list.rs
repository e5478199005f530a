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
use crate::query::{Expand, Filter, OrderBy, Search, Select};

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
///
/// How the options are made from fields is described in [`query`](crate::query).
///
/// # Advanced queries
///
/// Of directory objects, such as users and groups, Graph answers some queries only if it is told that the answer may lag
/// behind, and counts. Then the request carries the header `ConsistencyLevel: eventual`, and `$count=true`, without being
/// asked for:
///
/// | query | header | `$count=true` |
/// |---|---|---|
/// | a filter with [`ne`](crate::query::Field::ne), [`is_not_null`](crate::query::Field::is_not_null), [`not`](crate::query::not), [`ends_with`](crate::query::Field::ends_with), or the [`count`](crate::query::Field::count) of a collection | yes | yes |
/// | [`filter`](Self::filter) together with [`order_by`](Self::order_by) | yes | yes |
/// | [`include_count`](Self::include_count) | yes | yes |
/// | a list of one type of objects, as at `/groups/{id}/members/microsoft.graph.user` | yes | yes |
/// | [`search`](Self::search) | yes | no |
///
/// What a filter that is text contains is not looked at. If it is advanced for another reason than these, or if a property
/// can only be filtered by in advanced queries, call [`include_count`](Self::include_count). Operations are known to be
/// about directory objects by their path, which begins with `/users`, `/groups`, `/me`, `/directoryObjects`, `/directory`,
/// `/servicePrincipals`, `/applications` or `/devices`. The collections of PIM know no such thing.
///
/// They are described in [Graph's documentation](https://learn.microsoft.com/graph/aad-advanced-queries).
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
        Self(Deferred::new(operation, ListQuery::to(operation), http), connection)
    }

    /// Asks for the objects that match `filter` only. Another call replaces it.
    ///
    /// It is made from fields of `T`, or text in OData's syntax: see [`Filter`].
    pub fn filter(mut self, filter: impl Into<Filter<T>>) -> Self {
        self.0.query.set_filter(&filter.into());
        self
    }

    /// Asks for the objects in which words occur. Another call replaces it.
    ///
    /// It comes from [`Field::matches`](crate::query::Field::matches), or is text such as `"\"displayName:admin\""`.
    pub fn search(mut self, search: impl Into<Search<T>>) -> Self {
        self.0.query.set_search(&search.into());
        self
    }

    /// Asks for these properties instead of those that Graph returns by default. Further calls add to them.
    ///
    /// They are fields of `T`, or names: see [`Select`].
    pub fn select(mut self, properties: impl Select<T>) -> Self {
        self.0.query.object.add_select(properties);
        self
    }

    /// Asks for these related objects within each object. Further calls add to them.
    ///
    /// They are relations of `T`, or text in OData's syntax: see [`Expand`].
    pub fn expand(mut self, relations: impl Expand<T>) -> Self {
        self.0.query.object.add_expand(relations);
        self
    }

    /// Asks for an order. Another call replaces it.
    ///
    /// It is made from fields of `T`, or text such as `"createdDateTime desc,id"`: see [`OrderBy`].
    pub fn order_by(mut self, order: impl OrderBy<T>) -> Self {
        self.0.query.set_order_by(order);
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

    /// Asks for the number of objects on all pages together, `$count=true`: it is in
    /// [`Page::count`](crate::Page::count).
    pub fn include_count(mut self) -> Self {
        self.0.query.count = true;
        self
    }

    /// Accepts an answer that lags behind the latest changes, with the header `ConsistencyLevel: eventual`.
    ///
    /// It is for advanced queries of which that cannot be [known](Self#advanced-queries).
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
