//! What alerts point at.

use pim_client::beta::models;
use pim_client::schema::{HasSchema as _, Schema};
use serde_json::Value;
use uuid::Uuid;

use super::find;
use crate::catalog;
use crate::domain::alerts::{self, AlertKind, Configuration, Incident};
use crate::domain::authority::Verb;
use crate::domain::{Kind, Scope};
use crate::graph::context::Context;
use crate::graph::entity::{Builder, Entity, tagged};
use crate::graph::error::{GraphError, Result};
use crate::graph::exchange::Answer;
use crate::graph::page::{self, Collection};
use crate::graph::pim::ids::RoleAssignmentId;
use crate::graph::pim::time;

pub(super) fn schema() -> &'static Schema {
    models::UnifiedRoleManagementAlertIncident::schema()
}

pub(super) fn list(context: &Context<'_>) -> Result<Answer> {
    let query = context.query(schema())?;
    find::check(context, Verb::Read)?;
    let kind = find::in_path(context)?;
    let found = entities(context, kind)?;
    page::of_all(context, &Collection { fragment: &fragment(context, kind), query: &query }, &found)
}

pub(super) fn get(context: &Context<'_>) -> Result<Answer> {
    let query = context.query(schema())?;
    find::check(context, Verb::Read)?;
    let kind = find::in_path(context)?;
    let entity = represent(context, &in_path(context, kind)?)?;
    page::single(context, &Collection { fragment: &fragment(context, kind), query: &query }, entity)
}

/// What an alert points at now.
pub(super) fn of(context: &Context<'_>, kind: AlertKind) -> Result<Vec<Incident>> {
    let configuration = Configuration::of(context.session, kind)?;
    Ok(alerts::incidents(context.session, kind, &configuration, context.settings.is_licensed)?)
}

/// The same as Graph shows it.
pub(super) fn entities(context: &Context<'_>, kind: AlertKind) -> Result<Vec<Entity>> {
    of(context, kind)?.iter().map(|incident| represent(context, incident)).collect()
}

/// The incident of an alert that the path names.
pub(super) fn in_path(context: &Context<'_>, kind: AlertKind) -> Result<Incident> {
    let wanted = context.parameter(1);
    let mut incidents = of(context, kind)?.into_iter();
    incidents.find(|incident| id(context, incident) == wanted).ok_or_else(|| GraphError::not_found(wanted))
}

fn fragment(context: &Context<'_>, kind: AlertKind) -> String {
    format!("{}/alerts('{}')/alertIncidents", find::ROOT, find::id(context, kind))
}

/// What an incident is about, that is its id.
fn id(context: &Context<'_>, incident: &Incident) -> String {
    match incident {
        Incident::NoLicense => context.service.tenant.to_string(),
        Incident::NoMfa { role } => role.to_string(),
        Incident::Redundant { eligibility: schedule, .. } | Incident::OutsidePim { assignment: schedule, .. } => {
            schedule.instance_id()
        }
        Incident::Renewals { principal, role, .. } => {
            let kind = Kind::Assignment;
            RoleAssignmentId { principal: *principal, role: *role, scope: Scope::Tenant, kind }.to_string()
        }
        Incident::GlobalAdministrator { principal } => principal.to_string(),
    }
}

fn represent(context: &Context<'_>, incident: &Incident) -> Result<Entity> {
    let schema = schema_of(incident);
    let entity = Builder::new(schema).with("id", id(context, incident));
    let entity = match incident {
        Incident::NoLicense => entity.with("tenantLicenseStatus", "NotLicensed"),
        Incident::NoMfa { role } => of_role(entity, *role),
        Incident::Redundant { eligibility, role, last_activation } => {
            let entity = entity.with("lastActivationDateTime", last_activation.map(time));
            assignee(context, of_assigned_role(entity, *role), eligibility.key.principal)?
        }
        Incident::OutsidePim { assignment, role } => {
            let entity = entity.with("assignmentCreatedDateTime", time(assignment.starts));
            assignee(context, of_assigned_role(entity, *role), assignment.key.principal)?
        }
        Incident::Renewals { principal, role, count, first, last } => {
            let entity = entity
                .with("activationCount", *count)
                .with("sequenceStartDateTime", time(*first))
                .with("sequenceEndDateTime", time(*last));
            assignee(context, of_assigned_role(entity, *role), *principal)?
        }
        Incident::GlobalAdministrator { principal } => assignee(context, entity, *principal)?,
    };
    Ok(tagged(schema, entity.finish()))
}

fn schema_of(incident: &Incident) -> &'static Schema {
    match incident {
        Incident::NoLicense => models::InvalidLicenseAlertIncident::schema(),
        Incident::NoMfa { .. } => models::NoMfaOnRoleActivationAlertIncident::schema(),
        Incident::Redundant { .. } => models::RedundantAssignmentAlertIncident::schema(),
        Incident::OutsidePim { .. } => models::RolesAssignedOutsidePrivilegedIdentityManagementAlertIncident::schema(),
        Incident::Renewals { .. } => models::SequentialActivationRenewalsAlertIncident::schema(),
        Incident::GlobalAdministrator { .. } => models::TooManyGlobalAdminsAssignedToTenantAlertIncident::schema(),
    }
}

/// Built-in roles have the ids of their templates.
fn of_role(entity: Builder, role: Uuid) -> Builder {
    let name = catalog::role(role).map(|role| role.display_name);
    entity.with("roleTemplateId", role.to_string()).with("roleDisplayName", name)
}

fn of_assigned_role(entity: Builder, role: Uuid) -> Builder {
    of_role(entity, role).with("roleDefinitionId", role.to_string())
}

/// Whom it is about, by the names that the directory has.
fn assignee(context: &Context<'_>, entity: Builder, principal: Uuid) -> Result<Builder> {
    let object = context.session.object(principal)?;
    let name = object.as_ref().and_then(|object| object.display_name.clone());
    let properties = object.and_then(|object| serde_json::from_str::<Entity>(&object.properties).ok());
    let upn = properties.and_then(|mut properties| properties.remove("userPrincipalName"));
    Ok(entity
        .with("assigneeId", principal.to_string())
        .with("assigneeDisplayName", name)
        .with("assigneeUserPrincipalName", upn.unwrap_or(Value::Null)))
}
