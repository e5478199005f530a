//! The operations on the twelve collections.

use http::StatusCode;

use super::collection::{PimCollection, Stage};
use super::rows::{self, Wanted};
use super::schedule::MemberType;
use super::{current_user, order, request};
use crate::domain::authority::{Area, Relation, Verb};
use crate::domain::{Family, Identity, Refusal, Target, orders, powers};
use crate::graph::context::Context;
use crate::graph::dispatch::{Entry, Handler};
use crate::graph::error::{GraphError, Result};
use crate::graph::exchange::Answer;
use crate::graph::page::{self, Collection};

/// The routes of collections that share what is in front of their names.
macro_rules! routes {
    ($root:literal: requests [$($requests:literal),*], held [$($held:literal),*]) => {
        &[
            $(
                ("GET", concat!($root, $requests), list as Handler),
                ("POST", concat!($root, $requests), create as Handler),
                ("GET", concat!($root, $requests, "/filterByCurrentUser(on='{on}')"), current_user::list as Handler),
                ("GET", concat!($root, $requests, "/{}"), get as Handler),
                ("POST", concat!($root, $requests, "/{}/cancel"), cancel as Handler),
            )*
            $(
                ("GET", concat!($root, $held), list as Handler),
                ("GET", concat!($root, $held, "/filterByCurrentUser(on='{on}')"), current_user::list as Handler),
                ("GET", concat!($root, $held, "/{}"), get as Handler),
            )*
        ]
    };
}

pub(crate) const ROLES: &[Entry] = routes!("/roleManagement/directory/":
requests ["roleAssignmentScheduleRequests", "roleEligibilityScheduleRequests"],
held [
    "roleAssignmentSchedules", "roleEligibilitySchedules",
    "roleAssignmentScheduleInstances", "roleEligibilityScheduleInstances"
]);

pub(crate) const GROUPS: &[Entry] = routes!("/identityGovernance/privilegedAccess/group/":
    requests ["assignmentScheduleRequests", "eligibilityScheduleRequests"],
    held ["assignmentSchedules", "eligibilitySchedules", "assignmentScheduleInstances", "eligibilityScheduleInstances"]);

/// The collection that a request is about.
pub(super) fn collection_of(context: &Context<'_>) -> Result<PimCollection> {
    let path = context.route.operation.path;
    PimCollection::of_path(path).ok_or_else(|| GraphError::bad_request(format!("{path} is no collection of PIM.")))
}

/// What `@odata.context` calls a collection.
fn fragment(collection: PimCollection) -> &'static str {
    collection.path().trim_start_matches('/')
}

fn list(context: &Context<'_>) -> Result<Answer> {
    let collection = collection_of(context)?;
    let query = context.query(collection.schema())?;
    let wanted = Wanted::of(collection, &query);
    check_list(context, collection, wanted)?;
    let page = Collection { fragment: fragment(collection), query: &query };
    page::answer(context, &page, |after, limit| rows::rows(context.session, collection, wanted, after, limit))
}

/// Lists of groups need a filter; and whoever lists needs to be allowed to see what the filter lets through.
fn check_list(context: &Context<'_>, collection: PimCollection, wanted: Wanted) -> Result<()> {
    let Context { session, caller, .. } = context;
    let allowed = match collection.family {
        Family::Roles => powers::has(session, caller, Area::RoleSchedules, Verb::Read, Relation::Nothing)?,
        Family::Groups => match wanted {
            Wanted { principal: None, resource: None } => {
                return Err(GraphError::new(
                    StatusCode::BAD_REQUEST,
                    "InvalidFilter",
                    "A filter on groupId or principalId is needed: $filter=groupId eq '{id}'.",
                ));
            }
            Wanted { principal: Some(principal), .. } if caller.identity == Identity::User(principal) => true,
            Wanted { resource: Some(group), .. } => {
                let access = crate::domain::Access::Member;
                powers::may_use(session, caller, Target::Group { group, access }, Verb::Read)?
            }
            Wanted { .. } => {
                let area = Area::GroupPim { is_assignable_to_role: true };
                powers::has(session, caller, area, Verb::Read, Relation::Nothing)?
            }
        },
    };
    if allowed { Ok(()) } else { Err(Refusal::Unauthorized.into()) }
}

fn get(context: &Context<'_>) -> Result<Answer> {
    let collection = collection_of(context)?;
    let query = context.query(collection.schema())?;
    let id = context.parameter(0);
    let (entity, principal, target) = match collection.stage {
        Stage::Requests => {
            let found = context.guid(0).map(|id| context.session.request(id)).transpose()?.flatten();
            let found = found.filter(|found| {
                (found.order.key.target.family(), found.order.kind) == (collection.family, collection.kind)
            });
            let found = found.ok_or_else(|| GraphError::not_found(id))?;
            (request::represent(collection, &found), found.order.key.principal, found.order.key.target)
        }
        Stage::Schedules | Stage::Instances => {
            let found = rows::find(context, collection, id)?.ok_or_else(|| GraphError::not_found(id))?;
            let entity = rows::represent(context.session, collection, &found, MemberType::Direct);
            (entity, found.key.principal, found.key.target)
        }
    };
    let is_its_own = context.caller.identity == Identity::User(principal);
    if !is_its_own && !powers::may_use(context.session, context.caller, target, Verb::Read)? {
        return Err(Refusal::Unauthorized.into());
    }
    let page = Collection { fragment: fragment(collection), query: &query };
    page::single(context, &page, entity)
}

fn create(context: &Context<'_>) -> Result<Answer> {
    let collection = collection_of(context)?;
    if !context.settings.is_licensed {
        return Err(Refusal::LicenseRequired.into());
    }
    let order = order::read(collection, &context.body(collection.schema())?)?;
    let placed = orders::place(context.session, context.caller, order, context.settings.setup())?;
    let mut entity = request::represent(collection, &placed);
    let context_url = context.context_url(&format!("{}/$entity", fragment(collection)));
    entity.insert("@odata.context".to_owned(), context_url.into());
    Ok(Answer::json(StatusCode::CREATED, entity))
}

fn cancel(context: &Context<'_>) -> Result<Answer> {
    let collection = collection_of(context)?;
    let id = context.parameter(0);
    let not_found = || GraphError::not_found(id);
    let of = (collection.family, collection.kind);
    orders::cancel(context.session, context.caller, of, context.guid(0).ok_or_else(not_found)?)?
        .ok_or_else(not_found)?;
    Ok(Answer::no_content())
}
