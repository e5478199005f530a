//! Objects that have to do with another one: members, owners, and what it is a member of.

use pim_client::schema::{HasSchema as _, Schema};
use pim_client::v1_0::models;

use super::{advanced, collections, find, rights};
use crate::graph::context::Context;
use crate::graph::entity::Entity;
use crate::graph::error::{GraphError, Result};
use crate::graph::exchange::Answer;
use crate::graph::objects;
use crate::graph::page::{self, Collection};
use crate::store::{Circle, ObjectType, Session};

/// Which objects, perhaps of one type only.
struct Asked {
    circle: Circle,
    cast: Option<ObjectType>,
}

pub(super) fn list(context: &Context<'_>) -> Result<Answer> {
    let asked = Asked::of(context)?;
    let query = context.directory_query(asked.schema())?;
    advanced::check(context, &query, asked.cast.is_some())?;
    let page = Collection { fragment: asked.cast.map_or("directoryObjects", collections::fragment), query: &query };
    page::answer(context, &page, |after, limit| asked.rows(context.session, after, limit))
}

pub(super) fn count(context: &Context<'_>) -> Result<Answer> {
    let asked = Asked::of(context)?;
    let query = context.directory_query(asked.schema())?;
    advanced::check_count(context)?;
    if query.filter.is_none() && query.search.is_none() {
        return Ok(Answer::text(context.session.count_circle(asked.circle, asked.cast)?.to_string()));
    }
    page::count(context, &query, |after, limit| asked.rows(context.session, after, limit))
}

impl Asked {
    /// What the path of the operation says, and the caller may see: `/groups/{group-id}/members/microsoft.graph.user`.
    fn of(context: &Context<'_>) -> Result<Self> {
        let path = context.route.operation.path;
        let center = find::center(context)?;
        rights::check_read(context, &center)?;
        let segments: Vec<_> = path.split('/').collect();
        let cast = segments.iter().find_map(|segment| segment.strip_prefix("microsoft.graph."));
        let of_name = |name: &str| -> Option<Circle> {
            Some(match name {
                "members" if center.object_type == ObjectType::AdministrativeUnit => Circle::UnitMembers(center.id),
                "members" => Circle::Members(center.id),
                "owners" => Circle::Owners(center.id),
                "transitiveMembers" => Circle::TransitiveMembers(center.id),
                "memberOf" => Circle::MemberOf(center.id),
                "transitiveMemberOf" => Circle::TransitiveMemberOf(center.id),
                _ => return None,
            })
        };
        let circle = segments.iter().find_map(|name| of_name(name));
        let circle = circle.ok_or_else(|| GraphError::bad_request(format!("{path} leads to no objects.")))?;
        Ok(Self { circle, cast: cast.and_then(objects::type_of_name) })
    }

    fn schema(&self) -> &'static Schema {
        self.cast.map_or_else(models::DirectoryObject::schema, objects::schema)
    }

    fn rows(&self, session: &Session<'_>, after: i64, limit: u32) -> Result<Vec<(i64, Entity)>> {
        let found = session.circle(self.circle, self.cast, after, limit)?;
        Ok(found.iter().map(|(row, object)| (*row, objects::represent_tagged(object))).collect())
    }
}
