//! Who has a role of entitlement management, and where. PIM has no part in it.

use http::StatusCode;
use pim_client::schema::{HasSchema as _, Schema};
use pim_client::v1_0::models::UnifiedRoleAssignment;
use uuid::Uuid;

use super::check;
use crate::domain::audit;
use crate::domain::authority::Verb;
use crate::graph::body::text;
use crate::graph::context::Context;
use crate::graph::entity::{Builder, Entity};
use crate::graph::error::{GraphError, Result};
use crate::graph::exchange::Answer;
use crate::graph::page::{self, Collection};
use crate::store::{EntitlementAssignment, ObjectType};

const FRAGMENT: &str = "roleManagement/entitlementManagement/roleAssignments";
const CATALOG: &str = "/AccessPackageCatalog/";

fn schema() -> &'static Schema {
    UnifiedRoleAssignment::schema()
}

fn represent(assignment: &EntitlementAssignment) -> Entity {
    Builder::new(schema())
        .with("id", assignment.id.to_string())
        .with("principalId", assignment.principal.to_string())
        .with("roleDefinitionId", assignment.role.to_string())
        .with("appScopeId", assignment.scope.as_str())
        .finish()
}

pub(super) fn list(context: &Context<'_>) -> Result<Answer> {
    let query = context.query(schema())?;
    check(context, Verb::Read)?;
    page::answer(context, &Collection { fragment: FRAGMENT, query: &query }, |after, limit| {
        let found = context.session.entitlement_assignments(after, limit)?;
        Ok(found.iter().map(|(row, found)| (*row, represent(found))).collect())
    })
}

pub(super) fn get(context: &Context<'_>) -> Result<Answer> {
    let query = context.query(schema())?;
    check(context, Verb::Read)?;
    page::single(context, &Collection { fragment: FRAGMENT, query: &query }, represent(&find(context)?))
}

fn find(context: &Context<'_>) -> Result<EntitlementAssignment> {
    let found = context.guid(0).map(|id| context.session.entitlement_assignment(id)).transpose()?.flatten();
    found.ok_or_else(|| GraphError::no_object(context.parameter(0)))
}

pub(super) fn create(context: &Context<'_>) -> Result<Answer> {
    let body = context.body(schema())?;
    check(context, Verb::Write)?;
    let assignment = read(context, &body)?;
    if !context.session.add_entitlement_assignment(&assignment)? {
        return Err(GraphError::invalid_object(
            "A conflicting object with one or more of the specified property values is present in the directory.",
        ));
    }
    let EntitlementAssignment { principal, role, .. } = assignment;
    audit::entitlement_assigned(context.session, context.caller.identity, principal, role)?;
    let mut entity = represent(&assignment);
    entity.insert("@odata.context".to_owned(), context.context_url(&format!("{FRAGMENT}/$entity")).into());
    Ok(Answer::json(StatusCode::CREATED, entity))
}

/// Who is to have which role where.
fn read(context: &Context<'_>, body: &Entity) -> Result<EntitlementAssignment> {
    let required = |name: &str| {
        let value = text(body, name)?;
        value.ok_or_else(|| GraphError::invalid_object(format!("'{name}' is missing: a role assignment needs it.")))
    };
    let (principal, role) = (required("principalId")?, required("roleDefinitionId")?);
    if text(body, "directoryScopeId")?.is_some_and(|scope| scope != "/") {
        return Err(GraphError::invalid_object(
            "'directoryScopeId' is no scope of entitlement management: give an appScopeId.",
        ));
    }
    Ok(EntitlementAssignment {
        id: Uuid::new_v4(),
        principal: check_principal(context, principal)?,
        role: check_role(role)?,
        scope: scope(required("appScopeId")?)?,
    })
}

fn check_role(text: &str) -> Result<Uuid> {
    let role = text.parse().ok().and_then(super::role);
    role.map(|role| role.id).ok_or_else(|| GraphError::no_object(text))
}

fn check_principal(context: &Context<'_>, text: &str) -> Result<Uuid> {
    let found = text.parse().ok().map(|id| context.session.object(id)).transpose()?.flatten();
    let principal = found.ok_or_else(|| GraphError::no_object(text))?;
    match principal.object_type {
        ObjectType::User | ObjectType::Group | ObjectType::ServicePrincipal => Ok(principal.id),
        ObjectType::Application | ObjectType::AdministrativeUnit => Err(GraphError::invalid_object(format!(
            "'{text}' cannot have roles: give a user, a group or a service principal."
        ))),
    }
}

/// All catalogs, or one of them. Catalogs are not kept, so that there is one of every id.
fn scope(text: &str) -> Result<String> {
    if text == "/" {
        return Ok(text.to_owned());
    }
    let start = text.get(..CATALOG.len()).filter(|start| start.eq_ignore_ascii_case(CATALOG));
    let id = start.and_then(|start| text[start.len()..].parse::<Uuid>().ok());
    id.map(|id| format!("{CATALOG}{id}")).ok_or_else(|| {
        let message = format!("'appScopeId': '{text}' is no scope; give '/' or '{CATALOG}{{id of a catalog}}'.");
        GraphError::invalid_object(message)
    })
}

pub(super) fn delete(context: &Context<'_>) -> Result<Answer> {
    check(context, Verb::Write)?;
    let EntitlementAssignment { id, principal, role, .. } = find(context)?;
    context.session.remove_entitlement_assignment(id)?;
    audit::entitlement_removed(context.session, context.caller.identity, principal, role)?;
    Ok(Answer::no_content())
}
