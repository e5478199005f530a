//! The 17 rules of a policy as Graph answers them, each with members that nobody knows.

use serde_json::{Value, json};

/// In an order of the service's own.
pub(crate) fn all() -> Vec<Value> {
    let mut rules = vec![approval(), authentication_context()];
    for (caller, level, required, maximum, enabled) in [
        ("EndUser", "Assignment", true, "PT8H", json!(["MultiFactorAuthentication", "Justification", "NewInGraph"])),
        ("Admin", "Eligibility", false, "P365D", json!([])),
        ("Admin", "Assignment", false, "P180D", json!(["Justification"])),
    ] {
        let expiration = json!({ "isExpirationRequired": required, "maximumDuration": maximum });
        rules.push(rule("Expiration", &format!("Expiration_{caller}_{level}"), caller, level, expiration));
        let enablement = json!({ "enabledRules": enabled });
        rules.push(rule("Enablement", &format!("Enablement_{caller}_{level}"), caller, level, enablement));
        for recipient in ["Admin", "Requestor", "Approver"] {
            let notification = json!({
                "notificationType": "Email", "recipientType": recipient, "notificationLevel": "All",
                "isDefaultRecipientsEnabled": true, "notificationRecipients": ["soc@contoso.com"],
            });
            let id = format!("Notification_{recipient}_{caller}_{level}");
            rules.push(rule("Notification", &id, caller, level, notification));
        }
    }
    rules
}

fn approval() -> Value {
    let stage = json!({
        "approvalStageTimeOutInDays": 1, "isApproverJustificationRequired": true, "escalationTimeInMinutes": 0,
        "isEscalationEnabled": false, "escalationApprovers": [], "newInStage": {"deep": [1.5]},
        "primaryApprovers": [
            { "@odata.type": "#microsoft.graph.singleUser", "userId": "u-1", "description": "Adele", "newInUser": 1 },
            { "@odata.type": "#microsoft.graph.groupMembers", "id": "g-1", "isBackup": false, "description": "SOC" },
        ],
    });
    let setting = json!({
        "isApprovalRequired": false, "isApprovalRequiredForExtension": false,
        "isRequestorJustificationRequired": true, "approvalMode": "SingleStage", "approvalStages": [stage],
        "newInSetting": null,
    });
    rule("Approval", "Approval_EndUser_Assignment", "EndUser", "Assignment", json!({ "setting": setting }))
}

fn authentication_context() -> Value {
    let members = json!({ "isEnabled": false, "claimValue": null });
    rule("AuthenticationContext", "AuthenticationContext_EndUser_Assignment", "EndUser", "Assignment", members)
}

fn rule(kind: &str, id: &str, caller: &str, level: &str, members: Value) -> Value {
    let mut rule = json!({
        "@odata.type": format!("#microsoft.graph.unifiedRoleManagementPolicy{kind}Rule"),
        "id": id,
        "target": {
            "caller": caller, "operations": ["all"], "level": level, "inheritableSettings": [],
            "enforcedSettings": [], "newInTarget": "kept",
        },
        "newInRule": { "kept": [true, null] },
    });
    let Value::Object(members) = members else { panic!("members") };
    rule.as_object_mut().unwrap().extend(members);
    rule
}

/// Finds the rule with this id.
pub(crate) fn find<'a>(rules: &'a [Value], id: &str) -> &'a Value {
    rules.iter().find(|rule| rule["id"] == id).unwrap_or_else(|| panic!("no rule {id}"))
}
