//! From the description of a tenant to the store.

mod policies;

use serde_json::{Value, json};
use uuid::Uuid;

use crate::catalog::ids::GLOBAL_ADMINISTRATOR;
use crate::domain::{
    Access, Action, Expiration, Identity, Instant, Key, Kind, Order, Request, Schedule, Scope, Status, Target, Ticket,
    directory,
};
use crate::graph::GraphError;
use crate::store::{Client, Entry, ObjectType, Session};
use crate::tenant::{Seed, SeededApplication, SeededEligibility, SeededGroup, SeededUnit, SeededUser, UserType};

type Result<T, E = GraphError> = std::result::Result<T, E>;

/// Puts everything that a tenant has at first into an empty store.
pub(crate) fn plant(session: &Session<'_>, seed: &Seed<'_>) -> Result<()> {
    for user in &seed.users {
        plant_user(session, user)?;
    }
    for group in &seed.groups {
        plant_group(session, group)?;
    }
    for unit in &seed.administrative_units {
        plant_unit(session, unit)?;
    }
    for application in &seed.applications {
        plant_application(session, application)?;
    }
    for role in &seed.roles {
        let actions = json!([{"allowedResourceActions": role.role.allowed_resource_actions, "condition": null}]);
        let properties = json!({
            "displayName": role.role.display_name,
            "description": role.role.description,
            "isBuiltIn": false,
            "isEnabled": role.role.is_enabled,
            "templateId": role.id.to_string(),
            "resourceScopes": ["/"],
            "rolePermissions": actions,
        });
        session.put_role(role.id, &properties.to_string())?;
    }
    for key in &seed.assignments {
        assign(session, seed.id, *key)?;
    }
    for eligibility in &seed.eligibilities {
        plant_eligibility(session, seed, eligibility)?;
    }
    for policy in &seed.policies {
        policies::plant(session, policy)?;
    }
    Ok(())
}

fn plant_user(session: &Session<'_>, SeededUser { id, user, manager }: &SeededUser<'_>) -> Result<()> {
    let properties = json!({
        "accountEnabled": user.account_enabled,
        "createdDateTime": session.now().to_string(),
        "department": user.department,
        "displayName": user.display_name,
        "givenName": user.given_name,
        "jobTitle": user.job_title,
        "mail": user.mail,
        "mailNickname": user.mail_nickname(),
        "surname": user.surname,
        "userPrincipalName": user.user_principal_name,
        "userType": match user.user_type {
            UserType::Member => "Member",
            UserType::Guest => "Guest",
        },
    });
    let names = (Some(user.user_principal_name.clone()), user.display_name.clone());
    add(session, *id, ObjectType::User, names, &properties)?;
    if let Some(manager) = manager {
        session.set_manager(*id, *manager)?;
    }
    Ok(())
}

fn plant_group(session: &Session<'_>, seeded: &SeededGroup<'_>) -> Result<()> {
    let group = seeded.group;
    let properties = json!({
        "createdDateTime": session.now().to_string(),
        "description": group.description,
        "displayName": group.display_name,
        "groupTypes": group.group_types,
        "isAssignableToRole": group.is_assignable_to_role,
        "mailEnabled": group.mail_enabled,
        "mailNickname": seeded.mail_nickname,
        "securityEnabled": group.security_enabled,
        "securityIdentifier": directory::security_identifier(seeded.id),
        "visibility": if group.is_assignable_to_role { Value::from("Private") } else { Value::Null },
    });
    add(session, seeded.id, ObjectType::Group, (None, group.display_name.clone()), &properties)?;
    for (access, holders) in [(Access::Owner, &seeded.owners), (Access::Member, &seeded.members)] {
        for principal in holders {
            let target = Target::Group { group: seeded.id, access };
            assign(session, seeded.id, Key { principal: *principal, target })?;
        }
    }
    if group.pim_onboarded {
        session.onboard(seeded.id)?;
    }
    Ok(())
}

fn plant_unit(session: &Session<'_>, SeededUnit { id, unit, members }: &SeededUnit<'_>) -> Result<()> {
    let properties = json!({"description": unit.description, "displayName": unit.display_name});
    add(session, *id, ObjectType::AdministrativeUnit, (None, unit.display_name.clone()), &properties)?;
    for member in members {
        session.add_unit_member(*id, *member)?;
    }
    Ok(())
}

fn plant_application(session: &Session<'_>, seeded: &SeededApplication<'_>) -> Result<()> {
    let SeededApplication { id, app_id, service_principal, application } = seeded;
    let app_id_text = app_id.to_string();
    let names = (Some(app_id_text.clone()), application.display_name.clone());
    let properties = json!({
        "appId": app_id_text,
        "createdDateTime": session.now().to_string(),
        "displayName": application.display_name,
        "signInAudience": "AzureADMyOrg",
    });
    add(session, *id, ObjectType::Application, names.clone(), &properties)?;
    let properties = json!({
        "accountEnabled": true,
        "appDisplayName": application.display_name,
        "appId": app_id_text,
        "displayName": application.display_name,
        "servicePrincipalType": "Application",
    });
    add(session, *service_principal, ObjectType::ServicePrincipal, names, &properties)?;
    session.put_client(&Client {
        app_id: *app_id,
        secrets: application.secrets.iter().map(|secret| secret.expose().to_owned()).collect(),
        redirect_uris: application.redirect_uris.clone(),
        permissions: application.permissions.clone(),
    })?;
    Ok(())
}

fn add(
    session: &Session<'_>,
    id: Uuid,
    object_type: ObjectType,
    (name, display_name): (Option<String>, String),
    properties: &Value,
) -> Result<()> {
    let properties = properties.to_string();
    let display_name = Some(display_name);
    session.add_object(&Entry { id, object_type, name, display_name, visible: session.now(), properties })?;
    Ok(())
}

/// Assigns outside PIM.
fn assign(session: &Session<'_>, namespace: Uuid, key: Key) -> Result<()> {
    let id = Uuid::new_v5(&namespace, format!("assignment/{}", name_of(key)).as_bytes());
    session.add_schedule(&Schedule::outside_pim(key, id, session.now()))?;
    Ok(())
}

/// What a key is called where an id is derived from it.
fn name_of(Key { principal, target }: Key) -> String {
    match target {
        Target::Role { role, scope } => format!("{principal}/{role}{scope}"),
        Target::Group { group, access } => format!("{principal}/{group}/{}", access.name()),
    }
}

/// Makes a principal eligible, by a request that an administrator might have made.
fn plant_eligibility(session: &Session<'_>, seed: &Seed<'_>, eligibility: &SeededEligibility) -> Result<()> {
    let id = Uuid::new_v5(&seed.id, format!("eligibility/{}", name_of(eligibility.key)).as_bytes());
    let starts = eligibility.start.unwrap_or(session.now());
    let order = Order {
        kind: Kind::Eligibility,
        action: Action::AdminAssign,
        key: eligibility.key,
        start: eligibility.start,
        expiration: Some(eligibility.expiration.clone()),
        justification: None,
        ticket: Ticket::default(),
        custom_data: None,
        is_validation_only: false,
    };
    let begins_later = starts > session.now();
    let request = Request {
        id,
        status: if begins_later { Status::Granted } else { Status::Provisioned },
        created: session.now(),
        created_by: Identity::User(administrator(seed)),
        completed: Some(starts),
        starts: Some(starts),
        target_schedule: Some(id),
        activated_using: None,
        needs_approval: false,
        due: begins_later.then_some(starts),
        order,
    };
    session.add_request(&request)?;
    session.add_schedule(&Schedule {
        id,
        instance: Uuid::new_v5(&id, b"instance"),
        kind: Kind::Eligibility,
        key: eligibility.key,
        activated: None,
        created_using: Some(id),
        created: Some(session.now()),
        modified: None,
        starts,
        ends: end(starts, &eligibility.expiration),
        expiration: eligibility.expiration.clone(),
    })?;
    if let Target::Group { group, .. } = eligibility.key.target {
        session.onboard(group)?;
    }
    Ok(())
}

fn end(starts: Instant, expiration: &Expiration) -> Option<Instant> {
    match expiration {
        Expiration::NotSpecified | Expiration::Never => None,
        Expiration::At(end) => Some(*end),
        Expiration::After(duration) => crate::domain::length(duration).map(|length| starts.plus(length)),
    }
}

/// Somebody who may make others eligible: a Global Administrator, if there is one.
fn administrator(seed: &Seed<'_>) -> Uuid {
    let global = Target::Role { role: GLOBAL_ADMINISTRATOR, scope: Scope::Tenant };
    let found = seed.assignments.iter().find(|key| key.target == global);
    found.or(seed.assignments.first()).map_or(seed.id, |key| key.principal)
}
