//! Advanced queries: those that the directory answers from an index that lags behind, if the client agrees.

use http::StatusCode;

use crate::graph::context::Context;
use crate::graph::error::{GraphError, Result};
use crate::odata::Query;

/// Refuses an advanced query for a collection without what such a query needs.
pub(super) fn check(context: &Context<'_>, query: &Query, is_cast: bool) -> Result<()> {
    let advanced = reason(query, is_cast);
    if let (Some(what), Some(expand)) = (advanced.or(query.search.as_ref().map(|_| "$search")), query.expand.first()) {
        return Err(unsupported(format!(
            "{what} does not go together with $expand={}; ask for them one after the other.",
            expand.name()
        )));
    }
    if query.search.is_some() && !is_eventual(context) {
        return Err(unsupported("$search needs the header ConsistencyLevel: eventual."));
    }
    match advanced {
        Some(what) if !is_eventual(context) || !query.count => {
            Err(unsupported(format!("{what} needs the header ConsistencyLevel: eventual and $count=true.")))
        }
        _ => Ok(()),
    }
}

/// Refuses a `/$count` without the header that it needs.
pub(super) fn check_count(context: &Context<'_>) -> Result<()> {
    if is_eventual(context) {
        return Ok(());
    }
    Err(unsupported("/$count needs the header ConsistencyLevel: eventual."))
}

fn is_eventual(context: &Context<'_>) -> bool {
    context.incoming.header("consistencylevel").is_some_and(|level| level.trim().eq_ignore_ascii_case("eventual"))
}

/// What makes a query an advanced one, besides `$search`.
fn reason(query: &Query, is_cast: bool) -> Option<&'static str> {
    let of_filter = || query.filter.as_ref()?.advanced();
    let sorted = || (query.filter.is_some() && query.order_by.is_some()).then_some("$orderby together with $filter");
    let cast = is_cast.then_some("a list of objects of one type");
    cast.or_else(of_filter).or_else(sorted).or_else(|| query.count.then_some("$count=true"))
}

fn unsupported(message: impl Into<String>) -> GraphError {
    GraphError::new(StatusCode::BAD_REQUEST, "Request_UnsupportedQuery", message)
}
