//! Objects of one type: listed, counted, looked up.

use super::{advanced, find, rights};
use crate::graph::context::Context;
use crate::graph::entity::Entity;
use crate::graph::error::Result;
use crate::graph::exchange::Answer;
use crate::graph::objects;
use crate::graph::page::{self, Collection};
use crate::odata::Query;
use crate::store::{Called, ObjectType, Session};

/// The type of the objects that a path leads to, and what `@odata.context` calls them.
const COLLECTIONS: [(&str, ObjectType); 5] = [
    ("users", ObjectType::User),
    ("groups", ObjectType::Group),
    ("directory/administrativeUnits", ObjectType::AdministrativeUnit),
    ("servicePrincipals", ObjectType::ServicePrincipal),
    ("applications", ObjectType::Application),
];

fn collection(context: &Context<'_>) -> (&'static str, ObjectType) {
    let path = context.route.operation.path.trim_start_matches('/');
    let found = COLLECTIONS.into_iter().find(|(name, _)| find::is_below(path, name));
    found.unwrap_or(("users", ObjectType::User))
}

/// What `@odata.context` calls objects of a type.
pub(super) fn fragment(object_type: ObjectType) -> &'static str {
    COLLECTIONS.into_iter().find(|(_, of)| *of == object_type).map_or("directoryObjects", |(name, _)| name)
}

pub(super) fn list(context: &Context<'_>) -> Result<Answer> {
    let (fragment, object_type) = collection(context);
    rights::check_list(context, object_type)?;
    let query = context.directory_query(objects::schema(object_type))?;
    advanced::check(context, &query, false)?;
    let sought = Sought::of(&query);
    let page = Collection { fragment, query: &query };
    page::answer(context, &page, |after, limit| sought.rows(context.session, object_type, after, limit))
}

pub(super) fn count(context: &Context<'_>) -> Result<Answer> {
    let (_, object_type) = collection(context);
    rights::check_list(context, object_type)?;
    let query = context.directory_query(objects::schema(object_type))?;
    advanced::check_count(context)?;
    if query.filter.is_none() && query.search.is_none() {
        return Ok(Answer::text(context.session.count_objects(object_type)?.to_string()));
    }
    let sought = Sought::of(&query);
    page::count(context, &query, |after, limit| sought.rows(context.session, object_type, after, limit))
}

pub(super) fn get(context: &Context<'_>) -> Result<Answer> {
    let (fragment, object_type) = collection(context);
    let query = context.directory_query(objects::schema(object_type))?;
    let object = find::object(context, object_type, context.parameter(0))?;
    rights::check_read(context, &object)?;
    page::single(context, &Collection { fragment, query: &query }, objects::represent(&object))
}

/// What a filter looks for, as far as the store has an index of it.
#[derive(Default)]
struct Sought(Option<(&'static str, String)>);

impl Sought {
    /// What every object that a filter lets through is called. One of several names cannot be looked up.
    fn of(query: &Query) -> Self {
        let required = |property| {
            let values = query.filter.as_ref()?.required(property)?;
            let [value] = values.as_slice() else { return None };
            // The store knows no letter case but that of ASCII.
            value.is_ascii().then(|| (property, value.clone()))
        };
        let names = ["id", "userPrincipalName", "appId", "mailNickname", "displayName"];
        let known = |name: &&str| query.of().property(name).is_some();
        Self(names.into_iter().filter(known).find_map(required))
    }

    fn rows(
        &self,
        session: &Session<'_>,
        object_type: ObjectType,
        after: i64,
        limit: u32,
    ) -> Result<Vec<(i64, Entity)>> {
        let called = match &self.0 {
            None => None,
            Some(("id", id)) => match id.parse() {
                Ok(id) => Some(Called::Id(id)),
                Err(_) => return Ok(Vec::new()),
            },
            Some(("mailNickname", name)) => Some(Called::MailNickname(name)),
            Some(("displayName", name)) => Some(Called::DisplayName(name)),
            Some((_, name)) => Some(Called::Name(name)),
        };
        let found = match called {
            Some(called) => session.objects_called(object_type, called, after, limit)?,
            None => session.objects(object_type, None, after, limit)?,
        };
        Ok(found.iter().map(|(row, object)| (*row, objects::represent(object))).collect())
    }
}
