//! Several requests in one: [JSON batching](https://learn.microsoft.com/graph/json-batching).

mod answers;
mod item;
mod rounds;
#[cfg(test)]
mod tests;
mod wire;

use std::fmt;
use std::marker::PhantomData;
use std::sync::atomic::{AtomicU64, Ordering};

pub use answers::BatchAnswers;

use crate::connection::Connection;
use crate::error::Error;
use crate::request::Call;
use item::Item;

/// Requests that are sent together and answered one by one.
///
/// Any number can be added: Graph takes twenty at a time, and the batch is split accordingly. Those that Graph does not
/// act on, because it is busy, are sent again by the client's [`RetryPolicy`](crate::RetryPolicy). Each has an answer or
/// an error of its own.
///
/// ```no_run
/// # async fn example(graph: pim_client::Graph) -> pim_client::Result<()> {
/// let mut batch = graph.batch();
/// let me = batch.add(graph.me().get().select(["id", "displayName"]));
/// let roles = batch.add(graph.role_management().directory().role_definitions().list().top(10));
///
/// let mut answers = batch.send().await?;
/// println!("{:?}", answers.take(me)?.display_name);
/// println!("{} roles", answers.take(roles)?.len());
/// # Ok(())
/// # }
/// ```
#[must_use = "a batch does nothing until it is sent"]
pub struct Batch<'a> {
    connection: Connection,
    number: u64,
    items: Vec<Item<'a>>,
}

/// Stands for the answer of one request of a batch, which will be a `T`.
#[must_use = "it is the only way to the answer"]
pub struct Ticket<T> {
    id: TicketId,
    answer: PhantomData<fn() -> T>,
}

/// Names a request of a batch, so that others can wait for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TicketId {
    batch: u64,
    index: usize,
}

impl<T> Ticket<T> {
    /// Names the request.
    #[must_use]
    pub fn id(&self) -> TicketId {
        self.id
    }
}

impl<T> fmt::Debug for Ticket<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Ticket").field(&self.id.index).finish()
    }
}

impl<'a> Batch<'a> {
    pub(crate) fn new(connection: Connection) -> Self {
        static BATCHES: AtomicU64 = AtomicU64::new(0);
        Self { connection, number: BATCHES.fetch_add(1, Ordering::Relaxed), items: Vec::new() }
    }

    /// Adds a request: whatever a method of the façade returns, except a count.
    pub fn add<T>(&mut self, request: impl Into<Call<'a, T>>) -> Ticket<T>
    where
        T: Send + 'a,
    {
        self.add_after([], request)
    }

    /// Adds a request that is acted on only after `others` were, and if all of them succeeded. Otherwise its error is
    /// a 424.
    ///
    /// Graph wants chains or forks: requests that wait for one other each.
    pub fn add_after<T>(
        &mut self,
        others: impl IntoIterator<Item = TicketId>,
        request: impl Into<Call<'a, T>>,
    ) -> Ticket<T>
    where
        T: Send + 'a,
    {
        let id = TicketId { batch: self.number, index: self.items.len() };
        self.items.push(Item::new(request.into(), others.into_iter().collect()));
        Ticket { id, answer: PhantomData }
    }

    /// How many requests there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Sends the requests. An error of this method means that there are no answers at all, or not any more.
    pub async fn send(self) -> Result<BatchAnswers, Error> {
        let Self { connection, number, items } = self;
        let answers = rounds::send(&connection, number, items).await?;
        Ok(BatchAnswers::new(number, answers))
    }
}

impl fmt::Debug for Batch<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.items.iter().map(|item| format!("{}", item.operation))).finish()
    }
}
