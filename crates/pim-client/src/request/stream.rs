//! A collection, page by page or object by object.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_util::stream::{BoxStream, Fuse, FusedStream, try_unfold};
use futures_util::{Stream, StreamExt, TryStreamExt};
use serde::de::DeserializeOwned;

use super::call::Call;
use super::follow::Follower;
use crate::error::Error;
use crate::page::Page;

/// The pages of a collection, one after the other. [`List::pages`](super::List::pages) makes it.
///
/// A page is asked for when it is waited for. After an error there is no further page.
#[must_use = "a stream does nothing until it is polled"]
pub struct Pages<T>(Fuse<BoxStream<'static, Result<Page<T>, Error>>>);

/// The objects of a collection, one after the other. [`List::stream`](super::List::stream) makes it.
///
/// One page of them is held at a time, however many there are. After an error there is no further object.
#[must_use = "a stream does nothing until it is polled"]
pub struct Items<T>(Fuse<BoxStream<'static, Result<T, Error>>>);

/// Where the next page comes from.
enum Next<T> {
    First(Call<'static, Page<T>>),
    Link(String),
    None,
}

impl<T: DeserializeOwned + Send + 'static> Pages<T> {
    pub(super) fn new(first: Call<'static, Page<T>>, follower: Follower) -> Self {
        let pages = try_unfold((Next::First(first), follower), |(next, mut follower)| async move {
            let page = match next {
                Next::First(call) => follower.first(call).await?,
                Next::Link(link) => follower.page(&link).await?,
                Next::None => return Ok(None),
            };
            let next = page.next_link.clone().map_or(Next::None, Next::Link);
            Ok(Some((page, (next, follower))))
        });
        Self(pages.boxed().fuse())
    }

    pub(super) fn into_items(self) -> Items<T> {
        let items = self.0.map_ok(|page| futures_util::stream::iter(page.value.into_iter().map(Ok))).try_flatten();
        Items(items.boxed().fuse())
    }
}

impl<T> Pages<T> {
    /// The next page; nothing after the last.
    pub async fn next(&mut self) -> Option<Result<Page<T>, Error>> {
        self.0.next().await
    }
}

impl<T> Items<T> {
    /// The next object; nothing after the last.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        self.0.next().await
    }
}

impl<T> Stream for Pages<T> {
    type Item = Result<Page<T>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_next_unpin(context)
    }
}

impl<T> Stream for Items<T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_next_unpin(context)
    }
}

impl<T> FusedStream for Pages<T> {
    fn is_terminated(&self) -> bool {
        self.0.is_terminated()
    }
}

impl<T> FusedStream for Items<T> {
    fn is_terminated(&self) -> bool {
        self.0.is_terminated()
    }
}

impl<T> fmt::Debug for Pages<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").finish_non_exhaustive()
    }
}

impl<T> fmt::Debug for Items<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").finish_non_exhaustive()
    }
}
