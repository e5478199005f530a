//! Pages of collections: filtered, sorted, counted, cut, and continued where they were cut.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use pim_client::schema::HasSchema as _;
use pim_client::v1_0::models::DirectoryAudit;
use serde_json::{Map, Value};

use super::context::Context;
use super::entity::Entity;
use super::error::{GraphError, Result};
use super::exchange::Answer;
use super::relations::Related;
use crate::odata::Query;

/// How many entities a page has unless `$top` says otherwise, and at most.
const PAGE: usize = 100;
const LARGEST_PAGE: usize = 999;

/// At most of the audit log.
const LARGEST_PAGE_OF_AUDITS: usize = 1000;

/// How many rows are asked of the store at a time.
const BATCH: u32 = 256;

/// What a page is made of.
pub(crate) struct Collection<'a> {
    /// What `@odata.context` names: `groups`.
    pub(crate) fragment: &'a str,
    pub(crate) query: &'a Query,
}

/// Where a page goes on: behind a row, or behind so many of the sorted entities.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    Row(i64),
    Sorted(usize),
}

/// Answers with a page of what `rows` gives: entities behind a sequence number, with theirs, at most so many.
pub(crate) fn answer(
    context: &Context<'_>,
    collection: &Collection<'_>,
    mut rows: impl FnMut(i64, u32) -> Result<Vec<(i64, Entity)>>,
) -> Result<Answer> {
    let query = collection.query;
    let size = page_size(query)?;
    let mark = query.skip_token.as_deref().map(Mark::parse).transpose()?;
    let related = Related::new(context);
    let matches = |entity: &Entity| query.matches(entity, &related);

    let mut count = None;
    let (entities, next) = if let Some(order) = &query.order_by {
        let all = matching(&mut rows, &matches)?;
        count = Some(all.len());
        let all = order.sort(all, &related)?;
        let from = match mark {
            Some(Mark::Sorted(from)) => from,
            Some(Mark::Row(_)) => return Err(invalid_token()),
            None => query.skip.unwrap_or(0),
        };
        let rest = all.len().saturating_sub(from);
        let page: Vec<_> = all.into_iter().skip(from).take(size).collect();
        (page, (rest > size).then_some(Mark::Sorted(from + size)))
    } else {
        let after = match mark {
            Some(Mark::Row(after)) => after,
            Some(Mark::Sorted(_)) => return Err(invalid_token()),
            None => i64::MIN,
        };
        if query.count && mark.is_none() {
            count = Some(matching(&mut rows, &matches)?.len());
        }
        let skip = if mark.is_none() { query.skip.unwrap_or(0) } else { 0 };
        scan(&mut rows, &matches, after, skip, size)?
    };

    let mut body = Map::new();
    let fragment = format!("{}{}", collection.fragment, query.context());
    body.insert("@odata.context".to_owned(), context.context_url(&fragment).into());
    if let (true, None, Some(count)) = (query.count, mark, count) {
        body.insert("@odata.count".to_owned(), count.into());
    }
    if let Some(next) = next {
        body.insert("@odata.nextLink".to_owned(), next_link(context, next).into());
    }
    let project = |entity| query.project(entity, &related).map(Value::Object);
    body.insert("value".to_owned(), entities.into_iter().map(project).collect::<Result<_>>()?);
    Ok(Answer::ok(body))
}

/// Answers with a page of entities that are all at hand.
pub(crate) fn of_all(context: &Context<'_>, collection: &Collection<'_>, entities: &[Entity]) -> Result<Answer> {
    answer(context, collection, |after, limit| {
        let numbered = (0..).zip(entities).skip_while(|(row, _)| *row <= after);
        Ok(numbered.take(limit as usize).map(|(row, entity)| (row, entity.clone())).collect())
    })
}

/// Answers with the number of what `rows` gives and the query's filter lets through.
pub(crate) fn count(
    context: &Context<'_>,
    query: &Query,
    mut rows: impl FnMut(i64, u32) -> Result<Vec<(i64, Entity)>>,
) -> Result<Answer> {
    let related = Related::new(context);
    let all = matching(&mut rows, &|entity: &Entity| query.matches(entity, &related))?;
    Ok(Answer::text(all.len().to_string()))
}

/// Answers with one entity.
pub(crate) fn single(context: &Context<'_>, collection: &Collection<'_>, entity: Entity) -> Result<Answer> {
    let query = collection.query;
    let mut entity = query.project(entity, &Related::new(context))?;
    let fragment = format!("{}{}/$entity", collection.fragment, query.context());
    entity.insert("@odata.context".to_owned(), context.context_url(&fragment).into());
    Ok(Answer::ok(entity))
}

fn page_size(query: &Query) -> Result<usize> {
    match query.top {
        None => Ok(PAGE),
        Some(0) => Err(GraphError::bad_request("$top: 0 is no size of a page; give 1 to 999.")),
        Some(top) if query.of().name() == DirectoryAudit::schema().name() => Ok(top.min(LARGEST_PAGE_OF_AUDITS)),
        Some(top) => Ok(top.min(LARGEST_PAGE)),
    }
}

/// All entities that match.
fn matching(
    rows: &mut impl FnMut(i64, u32) -> Result<Vec<(i64, Entity)>>,
    matches: &impl Fn(&Entity) -> Result<bool>,
) -> Result<Vec<Entity>> {
    let mut all = Vec::new();
    let mut after = i64::MIN;
    loop {
        let batch = rows(after, BATCH)?;
        let Some((last, _)) = batch.last() else { return Ok(all) };
        after = *last;
        for (_, entity) in batch {
            if matches(&entity)? {
                all.push(entity);
            }
        }
    }
}

/// The first `size` entities that match, behind a row and behind as many others as are skipped; and where it goes on.
fn scan(
    rows: &mut impl FnMut(i64, u32) -> Result<Vec<(i64, Entity)>>,
    matches: &impl Fn(&Entity) -> Result<bool>,
    mut after: i64,
    mut skip: usize,
    size: usize,
) -> Result<(Vec<Entity>, Option<Mark>)> {
    let mut page = Vec::new();
    let mut last_taken = after;
    // One more than the page tells that there is more.
    let mut batch_size = u32::try_from(size.saturating_add(skip).saturating_add(1)).unwrap_or(BATCH).min(BATCH);
    loop {
        let batch = rows(after, batch_size)?;
        let Some((last, _)) = batch.last() else { return Ok((page, None)) };
        after = *last;
        for (row, entity) in batch {
            if !matches(&entity)? {
                continue;
            }
            if skip > 0 {
                skip -= 1;
            } else if page.len() == size {
                return Ok((page, Some(Mark::Row(last_taken))));
            } else {
                last_taken = row;
                page.push(entity);
            }
        }
        batch_size = BATCH;
    }
}

impl Mark {
    /// The mark in a `$skiptoken`.
    fn parse(token: &str) -> Result<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(token).map_err(|_| invalid_token())?;
        let text = std::str::from_utf8(&bytes).map_err(|_| invalid_token())?;
        let mark = match text.split_once(':') {
            Some(("row", row)) => row.parse().ok().map(Self::Row),
            Some(("sorted", from)) => from.parse().ok().map(Self::Sorted),
            _ => None,
        };
        mark.ok_or_else(invalid_token)
    }

    fn token(self) -> String {
        URL_SAFE_NO_PAD.encode(match self {
            Self::Row(row) => format!("row:{row}"),
            Self::Sorted(from) => format!("sorted:{from}"),
        })
    }
}

fn invalid_token() -> GraphError {
    GraphError::bad_request("$skiptoken: not one of this collection; follow @odata.nextLink as it is.")
}

/// The request again, with the place where it goes on, on the scheme and host that the client used.
fn next_link(context: &Context<'_>, mark: Mark) -> String {
    let incoming = context.incoming;
    let query = incoming.query.as_deref().unwrap_or_default();
    let kept = query.split('&').filter(|option| !option.is_empty() && !is_place(option));
    let token = format!("$skiptoken={}", mark.token());
    let query: Vec<_> = kept.chain([token.as_str()]).collect();
    format!("{}{}?{}", incoming.origin, incoming.path, query.join("&"))
}

/// Whether an option says where a page begins.
fn is_place(option: &str) -> bool {
    let name = option.split('=').next().unwrap_or_default();
    let name = percent_encoding::percent_decode_str(name).decode_utf8_lossy();
    let name = name.strip_prefix('$').unwrap_or(&name);
    name.eq_ignore_ascii_case("skiptoken") || name.eq_ignore_ascii_case("skip")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_come_back_from_their_tokens() {
        for mark in [Mark::Row(i64::MIN), Mark::Row(7), Mark::Sorted(100)] {
            assert_eq!(Mark::parse(&mark.token()).expect("a token"), mark);
        }
        for token in ["", "é", "cm93", "!!", "cm93OmE"] {
            assert!(Mark::parse(token).is_err(), "{token}");
        }
    }

    #[test]
    fn a_scan_takes_up_where_it_left_off() {
        let all: Vec<_> =
            (1..=700).map(|number| (number, Entity::from_iter([("n".to_owned(), number.into())]))).collect();
        let mut rows = |after: i64, limit: u32| {
            let rest = all.iter().filter(|(row, _)| *row > after).take(limit as usize);
            Ok(rest.cloned().collect::<Vec<_>>())
        };
        let is_even = |entity: &Entity| Ok(entity["n"].as_i64().is_some_and(|number| number % 2 == 0));
        let (mut after, mut seen) = (i64::MIN, Vec::new());
        loop {
            let (page, next) = scan(&mut rows, &is_even, after, 0, 50).expect("it cannot fail");
            seen.extend(page.iter().filter_map(|entity| entity["n"].as_i64()));
            match next {
                Some(Mark::Row(row)) => after = row,
                _ => break,
            }
        }
        assert_eq!(seen, (1..=350).map(|number| number * 2).collect::<Vec<_>>());
        let (page, _) = scan(&mut rows, &is_even, i64::MIN, 300, 999).expect("it cannot fail");
        assert_eq!(page.len(), 50);
        let (page, next) = scan(&mut rows, &is_even, i64::MIN, usize::MAX, 999).expect("it cannot fail");
        assert_eq!((page.len(), next), (0, None));
    }
}
