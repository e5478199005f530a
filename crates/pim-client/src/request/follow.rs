//! The pages behind the first.

use std::collections::HashSet;
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;

use reqwest::Url;
use reqwest::header::ACCEPT;
use serde::de::DeserializeOwned;

use super::call::{Answer, Call, call_with, send_request};
use crate::connection::Connection;
use crate::error::{Error, ErrorKind};
use crate::operation::Operation;
use crate::page::Page;
use crate::transport::{Exchange, Record};

/// Goes from page to page.
pub(super) struct Follower {
    operation: &'static Operation,
    connection: Connection,
    /// The header that belongs to the query but not to the link, which Graph wants again with every page.
    consistency_level: Option<&'static str>,
    /// The addresses that were asked, as hashes: eight bytes a page, however long the links are.
    followed: HashSet<u64>,
    hasher: RandomState,
}

impl Follower {
    pub(super) fn new(
        operation: &'static Operation,
        connection: Connection,
        consistency_level: Option<&'static str>,
    ) -> Self {
        Self { operation, connection, consistency_level, followed: HashSet::new(), hasher: RandomState::new() }
    }

    /// The page that everything begins with. No link may lead back to its address, either.
    pub(super) async fn first<T: DeserializeOwned>(&mut self, first: Call<'static, Page<T>>) -> Result<Page<T>, Error> {
        let (page, exchange) = call_with(Exchange::of(first.operation), first.http).await?;
        self.followed.extend(exchange.address.map(|url| self.hasher.hash_one(url.as_str())));
        Ok(page)
    }

    /// The page that `link`, from an answer, leads to.
    pub(super) async fn page<T: DeserializeOwned + Send>(&mut self, link: &str) -> Result<Page<T>, Error> {
        let url = self.check(link).map_err(|error| error.of_call(self.operation, Record::default()))?;
        let http = get(&self.connection, url, self.consistency_level);
        Call::new(self.operation, http).send().await
    }

    /// Refuses a link that leads away from the endpoint and version that were asked, or back.
    fn check(&mut self, link: &str) -> Result<Url, Error> {
        let refuse = |reason| Error::new(ErrorKind::Refused, reason);
        let mut url = Url::parse(link).map_err(|_| refuse("the next link of a page is not a URL"))?;
        // It is not sent: with another one, the same page would be asked for again.
        url.set_fragment(None);
        if !self.connection.is_within(self.operation.version, &url) {
            return Err(refuse("the next link of a page leads away from the endpoint; its token is not for there"));
        }
        if !self.followed.insert(self.hasher.hash_one(url.as_str())) {
            return Err(refuse("the next link of a page leads back to a page before; there is no end"));
        }
        Ok(url)
    }
}

async fn get<T: DeserializeOwned>(
    connection: &Connection,
    url: Url,
    consistency_level: Option<&'static str>,
) -> Answer<Page<T>> {
    let mut request = connection.client().get(url).header(ACCEPT, "application/json");
    if let Some(level) = consistency_level {
        request = request.header("ConsistencyLevel", level);
    }
    send_request(connection, request).await
}
