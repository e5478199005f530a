//! Entities to ask about, and a directory that they are related to.

use std::convert::Infallible;

use chrono::{DateTime, TimeZone as _, Utc};
use pim_client::schema::{HasSchema as _, Schema};
use pim_client::v1_0::models::{
    DirectoryAudit, DirectoryObject, Group, PrivilegedAccessGroupAssignmentSchedule,
    UnifiedRoleAssignmentScheduleRequest, UnifiedRoleDefinition, UnifiedRoleManagementPolicyAssignment, User,
};
use serde_json::{Value, json};

use crate::odata::{Entity, Relations};

/// A small directory.
pub(super) struct Directory;

impl Relations for Directory {
    type Error = Infallible;

    fn related(&self, of: &'static Schema, entity: &Entity, navigation: &str) -> Result<Value, Infallible> {
        let id = entity.get("id").and_then(Value::as_str).unwrap_or_default();
        Ok(match (of.name(), id, navigation) {
            (_, "ada-activates", "principal") => ada(),
            (_, "ada-activates", "roleDefinition") => helpdesk(),
            (_, "owners-schedule", "principal") => admins(),
            (_, "ada", "manager") => bob(),
            (_, "ada", "memberOf") => json!([admins(), role()]),
            (_, "admins", "members") => json!([ada(), bob()]),
            (_, _, "owners" | "inheritsPermissionsFrom") => json!([]),
            ("microsoft.graph.unifiedRoleManagementPolicyAssignment", _, "policy") => json!({
                "id": "DirectoryRole_1", "displayName": "DirectoryRole", "scopeId": "/",
            }),
            ("microsoft.graph.unifiedRoleManagementPolicy", _, "rules") => json!([
                {
                    "@odata.type": "#microsoft.graph.unifiedRoleManagementPolicyExpirationRule",
                    "id": "Expiration_Admin_Eligibility", "maximumDuration": "P365D", "isExpirationRequired": true,
                },
                {
                    "@odata.type": "#microsoft.graph.unifiedRoleManagementPolicyEnablementRule",
                    "id": "Enablement_EndUser_Assignment", "enabledRules": ["Justification"],
                },
            ]),
            _ => Value::Null,
        })
    }

    fn now(&self) -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2025, 3, 21, 12, 0, 0).single().expect("a point in time")
    }
}

pub(super) fn ada() -> Value {
    json!({
        "@odata.type": "#microsoft.graph.user", "id": "ada", "displayName": "Ada Lovelace",
        "userPrincipalName": "ada@contoso.com", "accountEnabled": true, "department": null, "mail": "Ada@contoso.com",
        "proxyAddresses": ["SMTP:ada@contoso.com", "smtp:countess@contoso.com"], "businessPhones": [],
        "createdDateTime": "2024-02-29T23:30:00Z",
    })
}

pub(super) fn bob() -> Value {
    json!({
        "@odata.type": "#microsoft.graph.user", "id": "bob", "displayName": "Bob O'Hara",
        "userPrincipalName": "bob@contoso.com", "accountEnabled": false, "department": "IT", "mail": null,
    })
}

pub(super) fn admins() -> Value {
    json!({
        "@odata.type": "#microsoft.graph.group", "id": "admins", "displayName": "Tenant-wide Admins",
        "groupTypes": ["Unified"], "isAssignableToRole": true, "description": "Those who may", "mailEnabled": false,
        "createdDateTime": "2024-06-01T00:00:00+02:00",
    })
}

fn role() -> Value {
    json!({ "@odata.type": "#microsoft.graph.directoryRole", "id": "role", "displayName": "Helpdesk Administrator" })
}

pub(super) fn helpdesk() -> Value {
    json!({
        "id": "729827e3-9c14-49f7-bb1b-9608f156bbb8", "displayName": "Helpdesk Administrator", "isBuiltIn": true,
        "isEnabled": true, "description": "Resets passwords", "version": "1", "templateId": "729827e3",
    })
}

pub(super) fn request() -> Value {
    json!({
        "id": "ada-activates", "principalId": "9B6C9BD6-1d9f-4c4c-a7bb-8ed3c5cd9d0f", "roleDefinitionId": "729827e3-9c14-49f7-bb1b-9608f156bbb8",
        "status": "PendingApproval", "action": "selfActivate", "justification": "Ticket 'A' & more", "isValidationOnly": false,
        "directoryScopeId": "/", "appScopeId": null, "targetScheduleId": null, "createdDateTime": "2025-03-21T11:06:00.1234567Z",
        "completedDateTime": null, "customData": null, "approvalId": "a-1",
        "createdBy": { "user": { "id": "ada", "displayName": "Ada Lovelace" }, "application": null, "device": null },
        "scheduleInfo": {
            "startDateTime": "2025-03-21T11:06:00Z", "recurrence": null,
            "expiration": { "type": "afterDuration", "duration": "PT5H", "endDateTime": null },
        },
        "ticketInfo": { "ticketNumber": "0042", "ticketSystem": null },
    })
}

fn schedule() -> Value {
    json!({
        "id": "owners-schedule", "groupId": "9b6c9bd6-1d9f-4c4c-a7bb-8ed3c5cd9d0f", "accessId": "owner",
        "memberType": "direct", "assignmentType": "assigned", "principalId": "admins", "status": "Provisioned",
        "createdUsing": "r-1", "createdDateTime": "2025-01-01T00:00:00Z", "modifiedDateTime": null,
    })
}

fn assignment() -> Value {
    json!({
        "id": "DirectoryRole_1_2", "policyId": "DirectoryRole_1", "roleDefinitionId": "729827e3", "scopeId": "/",
        "scopeType": "DirectoryRole",
    })
}

fn audit() -> Value {
    json!({
        "id": "PIM_1", "activityDateTime": "2025-03-21T11:06:00.0000000Z",
        "activityDisplayName": "Add member to role completed (PIM activation)", "category": "RoleManagement",
        "correlationId": "c-1", "result": "success", "resultReason": "Ticket", "loggedByService": "PIM",
        "operationType": "ActivateRole", "additionalDetails": [{ "key": "ipaddr", "value": "127.0.0.1" }],
        "initiatedBy": { "app": null, "user": { "id": "ada", "displayName": "Ada", "userPrincipalName": "ada@contoso.com" } },
        "targetResources": [
            { "id": "role", "displayName": "Helpdesk Administrator", "type": "Role", "modifiedProperties": [] },
            { "id": "ada", "displayName": "Ada", "type": "User", "modifiedProperties": [
                { "displayName": "x", "oldValue": null, "newValue": "\"1\"" },
            ] },
        ],
    })
}

/// A sample by its name, and its type.
pub(super) fn sample(name: &str) -> (&'static Schema, Entity) {
    let (schema, entity) = match name {
        "request" => (UnifiedRoleAssignmentScheduleRequest::schema(), request()),
        "schedule" => (PrivilegedAccessGroupAssignmentSchedule::schema(), schedule()),
        "assignment" => (UnifiedRoleManagementPolicyAssignment::schema(), assignment()),
        "audit" => (DirectoryAudit::schema(), audit()),
        "role" => (UnifiedRoleDefinition::schema(), helpdesk()),
        "ada" => (User::schema(), ada()),
        "bob" => (User::schema(), bob()),
        "admins" => (Group::schema(), admins()),
        "object" => (DirectoryObject::schema(), ada()),
        other => panic!("there is no sample {other}"),
    };
    (schema, entity_of(schema, entity))
}

/// An entity with all of its properties: those of which nothing is said are null.
fn entity_of(schema: &'static Schema, value: Value) -> Entity {
    let Value::Object(given) = value else { panic!("an entity is an object") };
    let properties = schema.properties().iter().filter(|property| !property.kind().is_navigation());
    let mut entity: Entity = properties.map(|property| (property.name().to_owned(), Value::Null)).collect();
    entity.extend(given);
    entity
}
