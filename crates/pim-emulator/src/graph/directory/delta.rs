//! What is new: groups that were made, changed or removed since the last time.
//!
//! The first time, all groups are new. A link at the end remembers how far that was. Members and owners are no part of
//! it, and neither is the time that others need to see what was made.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use pim_client::schema::HasSchema as _;
use pim_client::v1_0::models;
use serde_json::{Value, json};

use super::rights;
use crate::graph::context::Context;
use crate::graph::entity::Entity;
use crate::graph::error::{GraphError, Result};
use crate::graph::exchange::Answer;
use crate::graph::objects;
use crate::graph::relations::Related;
use crate::odata::{Query, Strings};
use crate::store::{Change, ObjectType};

/// How many groups a page has unless `$top` says otherwise.
const PAGE: usize = 100;

/// How far a client is, and whether it knew groups before: only then does it need to know which are gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Progress {
    seen: i64,
    knows: bool,
}

pub(super) fn groups(context: &Context<'_>) -> Result<Answer> {
    rights::check_list(context, ObjectType::Group)?;
    let (options, token) = without_token(context.incoming.query.as_deref().unwrap_or_default());
    let query = Query::parse(Some(&options), models::Group::schema(), Strings::AnyCase)?;
    let progress = match token {
        Some(token) => Progress::parse(&token).ok_or_else(|| {
            GraphError::bad_request("$deltatoken: not one of this collection; follow @odata.deltaLink as it is.")
        })?,
        None => Progress { seen: 0, knows: false },
    };
    let size = query.top.unwrap_or(PAGE).clamp(1, 999);
    let batch = u32::try_from(size + 1).unwrap_or(u32::MAX);
    let changes = context.session.changes(ObjectType::Group, progress.seen, batch)?;
    let (page, rest) = changes.split_at(changes.len().min(size));

    let seen = page.last().map_or(progress.seen, |last| last.seq);
    let mut value = Vec::new();
    for change in page {
        value.extend(shown(context, &query, change, progress.knows)?.map(Value::Object));
    }
    let (link, progress) = if rest.is_empty() {
        ("@odata.deltaLink", Progress { seen, knows: true })
    } else {
        ("@odata.nextLink", Progress { seen, ..progress })
    };
    let mut answer = Entity::new();
    answer.insert("@odata.context".to_owned(), context.context_url(&format!("groups{}", query.context())).into());
    answer.insert(link.to_owned(), progress.link(context, &options).into());
    answer.insert("value".to_owned(), value.into());
    Ok(Answer::ok(answer))
}

/// A group as it is now, or that it is gone.
fn shown(context: &Context<'_>, query: &Query, change: &Change, knows: bool) -> Result<Option<Entity>> {
    if change.is_removed {
        let removed = || {
            let mut removed = Entity::new();
            removed.insert("id".to_owned(), change.object.to_string().into());
            removed.insert("@removed".to_owned(), json!({"reason": "deleted"}));
            removed
        };
        return Ok(knows.then(removed));
    }
    let related = Related::new(context);
    let Some(group) = context.session.object(change.object)? else { return Ok(None) };
    let group = objects::represent(&group);
    if !query.matches(&group, &related)? {
        return Ok(None);
    }
    let id = group.get("id").cloned();
    let mut shown = query.project(group, &related)?;
    // Whatever is selected: nothing else tells which group it is.
    shown.extend(id.map(|id| ("id".to_owned(), id)));
    Ok(Some(shown))
}

/// The options without the one that says how far the client is; and that one.
fn without_token(query: &str) -> (String, Option<String>) {
    let is_token = |option: &&str| {
        let name = option.split('=').next().unwrap_or_default();
        let name = percent_encoding::percent_decode_str(name).decode_utf8_lossy();
        let name = name.strip_prefix('$').unwrap_or(&name);
        name.eq_ignore_ascii_case("deltatoken") || name.eq_ignore_ascii_case("skiptoken")
    };
    let (tokens, others): (Vec<_>, Vec<_>) = query.split('&').filter(|option| !option.is_empty()).partition(is_token);
    let token = tokens.first().and_then(|token| token.split_once('=')).map(|(_, token)| token.to_owned());
    (others.join("&"), token)
}

impl Progress {
    fn parse(token: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
        let (knows, seen) = std::str::from_utf8(&bytes).ok()?.split_once(':')?;
        let knows = match knows {
            "knows" => true,
            "learns" => false,
            _ => return None,
        };
        Some(Self { seen: seen.parse().ok()?, knows })
    }

    fn link(self, context: &Context<'_>, options: &str) -> String {
        let knows = if self.knows { "knows" } else { "learns" };
        let token = URL_SAFE_NO_PAD.encode(format!("{knows}:{}", self.seen));
        let separator = if options.is_empty() { "" } else { "&" };
        format!("{}{}?{options}{separator}$deltatoken={token}", context.incoming.origin, context.incoming.path)
    }
}
