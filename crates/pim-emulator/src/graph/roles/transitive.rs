//! Role assignments of somebody, directly and through groups (beta).

use http::StatusCode;

use super::assignment::{self, Wanted};
use super::assignments::relation;
use super::definitions::check;
use crate::domain::authority::Verb;
use crate::graph::context::Context;
use crate::graph::error::{GraphError, Result};
use crate::graph::exchange::Answer;
use crate::graph::listed;
use crate::graph::page::{self, Collection};
use crate::graph::relations::Related;

const FRAGMENT: &str = "roleManagement/directory/transitiveRoleAssignments";

/// How many schedules are looked at in one go.
const BATCH: u32 = 256;

pub(super) fn list(context: &Context<'_>) -> Result<Answer> {
    let mut query = context.query(assignment::schema())?;
    let is_eventual =
        context.incoming.header("consistencylevel").is_some_and(|level| level.eq_ignore_ascii_case("eventual"));
    if !is_eventual || !query.count {
        return Err(unsupported("This needs the header ConsistencyLevel: eventual, and $count=true."));
    }
    let Wanted { principal: Some(principal), role } = Wanted::of(&query) else {
        return Err(unsupported("A filter on one principal is needed: $filter=principalId eq '{id}'."));
    };
    check(context, Verb::Read, relation(context, Some(principal)))?;

    // The filter asks for what somebody has; an assignment of a group of theirs is answered as the group's.
    let mut holders = vec![principal];
    holders.extend(context.session.groups_of(principal)?);
    let related = Related::new(context);
    let mut entities = Vec::new();
    for holder in holders {
        let wanted = Wanted { principal: Some(holder), role };
        let mut after = i64::MIN;
        loop {
            let found = assignment::rows(context.session, wanted, after, BATCH)?;
            let Some((last, _)) = found.last() else { break };
            after = *last;
            for (_, schedule) in &found {
                let mut entity = assignment::represent(schedule);
                let own = entity.insert("principalId".to_owned(), principal.to_string().into());
                if query.matches(&entity, &related)? {
                    entity.extend(own.map(|own| ("principalId".to_owned(), own)));
                    entities.push(entity);
                }
            }
        }
    }
    query.filter = None;
    page::answer(context, &Collection { fragment: FRAGMENT, query: &query }, listed::rows(entities))
}

fn unsupported(message: &str) -> GraphError {
    GraphError::new(StatusCode::BAD_REQUEST, "Request_UnsupportedQuery", message)
}
