//! The settings of alerts.

use pim_client::beta::models;
use pim_client::schema::{HasSchema as _, Schema};
use serde_json::Value;

use super::find;
use crate::domain::alerts::{AlertKind, Configuration, State};
use crate::domain::authority::Verb;
use crate::graph::context::Context;
use crate::graph::entity::{Entity, completed, tagged};
use crate::graph::error::{GraphError, Result};
use crate::graph::exchange::Answer;

const NAME: &str = "alertConfigurations";

pub(super) fn schema() -> &'static Schema {
    models::UnifiedRoleManagementAlertConfiguration::schema()
}

/// The type of the settings of an alert.
pub(super) fn schema_of(kind: AlertKind) -> &'static Schema {
    match kind {
        AlertKind::InvalidLicense => models::InvalidLicenseAlertConfiguration::schema(),
        AlertKind::NoMfaOnRoleActivation => models::NoMfaOnRoleActivationAlertConfiguration::schema(),
        AlertKind::RedundantAssignment => models::RedundantAssignmentAlertConfiguration::schema(),
        AlertKind::RolesAssignedOutsidePim => {
            models::RolesAssignedOutsidePrivilegedIdentityManagementAlertConfiguration::schema()
        }
        AlertKind::SequentialActivationRenewals => models::SequentialActivationRenewalsAlertConfiguration::schema(),
        AlertKind::StaleSignIn => models::StaleSignInAlertConfiguration::schema(),
        AlertKind::TooManyGlobalAdmins => models::TooManyGlobalAdminsAssignedToTenantAlertConfiguration::schema(),
    }
}

pub(super) fn list(context: &Context<'_>) -> Result<Answer> {
    find::list(context, NAME, schema(), |kind| represent(context, kind))
}

pub(super) fn get(context: &Context<'_>) -> Result<Answer> {
    find::single(context, NAME, schema(), |kind| represent(context, kind))
}

/// Changes the settings of an alert. What the body does not say stays.
pub(super) fn update(context: &Context<'_>) -> Result<Answer> {
    find::check(context, Verb::Write)?;
    let kind = find::in_path(context)?;
    let body = context.body(schema_of(kind))?;
    check_body(&body, kind)?;
    let configuration = Configuration::of(context.session, kind)?.changed(&body);
    let configuration = configuration.map_err(|invalid| GraphError::bad_request(invalid.to_string()))?;
    configuration.keep(context.session, kind)?;
    State::touch(context.session, kind)?;
    Ok(Answer::no_content())
}

/// Refuses settings of another alert, and what no alert has.
fn check_body(body: &Entity, kind: AlertKind) -> Result<()> {
    let schema = schema_of(kind);
    if let Some(Value::String(name)) = body.get("@odata.type") {
        let is_base = self::schema().subtype(name).is_some_and(|named| named.name() == self::schema().name());
        if !is_base && schema.subtype(name).is_none() {
            let message = format!("'@odata.type' is '{name}', and the alert's is '#{}'.", schema.name());
            return Err(GraphError::bad_request(message));
        }
    }
    match body.keys().find(|name| !name.contains('@') && schema.property(name).is_none()) {
        Some(name) => {
            let message = format!("There is no property '{name}' on type '{}': leave it out.", schema.name());
            Err(GraphError::bad_request(message))
        }
        None => Ok(()),
    }
}

pub(super) fn represent(context: &Context<'_>, kind: AlertKind) -> Result<Entity> {
    let mut entity = Configuration::of(context.session, kind)?.members();
    entity.insert("id".to_owned(), find::id(context, kind).into());
    entity.insert("alertDefinitionId".to_owned(), find::id(context, kind).into());
    entity.insert("scopeId".to_owned(), "/".into());
    entity.insert("scopeType".to_owned(), "DirectoryRole".into());
    let schema = schema_of(kind);
    Ok(tagged(schema, completed(schema, entity)))
}
