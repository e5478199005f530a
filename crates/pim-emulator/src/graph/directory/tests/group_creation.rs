use super::*;

#[test]
fn a_group_is_answered_as_it_was_made() {
    let rig = Rig::contoso();
    let body = group_with(&json!({"isAssignableToRole": true, "description": "Helps at night"}));
    let got = as_admin(&rig).post("/v1.0/groups", &body);
    let location = got.headers["location"].to_str().unwrap().to_owned();
    let group = got.ok(201);
    assert_eq!(group["@odata.context"], "https://graph.microsoft.com/v1.0/$metadata#groups/$entity");
    assert!(text(&group, "@odata.id").ends_with(&format!("/{}/Microsoft.DirectoryServices.Group", text(&group, "id"))));
    assert_eq!(location, text(&group, "@odata.id"));
    assert_eq!(group["groupTypes"], json!([]));
    assert_eq!(group["onPremisesProvisioningErrors"], json!([]));
    assert_eq!(group["visibility"], "Private");
    assert_eq!(group["isAssignableToRole"], true);
    assert_eq!(group["createdDateTime"], "2025-03-21T11:00:00Z");
    assert_eq!(group["mail"], Value::Null);
    assert!(text(&group, "securityIdentifier").starts_with("S-1-12-1-"));

    let kept = as_admin(&rig).get(&format!("/v1.0/groups/{}", text(&group, "id"))).ok(200);
    assert_eq!(kept["description"], "Helps at night");
    assert_eq!(kept["securityIdentifier"], group["securityIdentifier"]);
}

#[test]
fn groups_are_made_in_all_the_ways_that_there_are() {
    let rig = Rig::contoso();
    let aline = rig.id(ALINE);
    for more in [
        json!({}),
        json!({"mailNickname": null, "mailNickName": "night"}),
        json!({"mailEnabled": "False", "securityEnabled": "true"}),
        json!({"@odata.type": "#microsoft.graph.group"}),
        json!({"groupTypes": ["Unified"], "mailEnabled": true, "mailNickname": "mailed"}),
        json!({"groupTypes": ["Unified"], "mailEnabled": true, "mailNickname": "roles", "isAssignableToRole": true}),
        json!({"groupTypes": ["DynamicMembership"], "membershipRule": "user.department -eq \"IT\"",
               "membershipRuleProcessingState": "On"}),
        json!({"isAssignableToRole": true, "visibility": "Private"}),
        json!({"displayName": "x".repeat(256), "mailNickname": "y".repeat(64)}),
        json!({"members@odata.bind": [format!("https://graph.microsoft.com/v1.0/users/{aline}")]}),
        json!({"members@odata.bind": [format!("http://localhost:1/beta/directoryObjects('{aline}')")]}),
        json!({"members@odata.bind": [format!("/users/{ALINE}")], "owners@odata.bind": [format!("users/{aline}")]}),
        json!({"writebackConfiguration": {"isEnabled": false}}),
    ] {
        as_admin(&rig).post("/v1.0/groups", &group_with(&more)).ok(201);
    }
}

#[test]
fn groups_that_cannot_be_are_refused() {
    let rig = Rig::contoso();
    let (aline, it) = (rig.id(ALINE), rig.id("it"));
    let nobody = "00000000-0000-0000-0000-000000000001";
    let user = |id: &str| format!("https://graph.microsoft.com/v1.0/users/{id}");
    let many: Vec<_> = (0..21).map(|_| user(&aline)).collect();
    for (more, status, said) in [
        (json!({"displayName": null}), 400, "A value is required for property 'displayName' of resource 'Group'."),
        (json!({"mailNickname": null}), 400, "A value is required for property 'mailNickname'"),
        (json!({"mailEnabled": null}), 400, "A value is required for property 'mailEnabled'"),
        (json!({"securityEnabled": null}), 400, "A value is required for property 'securityEnabled'"),
        (json!({"displayName": ""}), 400, "Invalid value specified for property 'displayName'"),
        (json!({"displayName": "x".repeat(257)}), 400, "Invalid value specified for property 'displayName'"),
        (json!({"mailNickname": "y".repeat(65)}), 400, "Invalid value specified for property 'mailNickname'"),
        (json!({"mailNickname": "night shift"}), 400, "Invalid value specified for property 'mailNickname'"),
        (json!({"mailNickname": "night@contoso"}), 400, "Invalid value specified for property 'mailNickname'"),
        (json!({"mailNickname": "nächtlich"}), 400, "Invalid value specified for property 'mailNickname'"),
        (json!({"securityEnabled": "perhaps"}), 400, "Invalid value specified for property 'securityEnabled'"),
        (json!({"groupTypes": "Unified"}), 400, "Invalid value specified for property 'groupTypes'"),
        (json!({"groupTypes": ["Secret"]}), 400, "Invalid value specified for property 'groupTypes'"),
        (json!({"groupTypes": ["Unified"]}), 400, "Invalid value specified for property 'mailEnabled'"),
        (json!({"mailEnabled": true}), 400, "The service does not currently support writes of mail-enabled groups."),
        (
            json!({"securityEnabled": false}),
            400,
            "The service does not currently support writes of mail-enabled groups.",
        ),
        (json!({"groupTypes": ["DynamicMembership"]}), 400, "Invalid value specified for property 'membershipRule'"),
        (json!({"membershipRule": "true"}), 400, "Invalid value specified for property 'membershipRule'"),
        (json!({"visibility": "Invisible"}), 400, "Invalid value specified for property 'visibility'"),
        (
            json!({"isAssignableToRole": true, "visibility": "Public"}),
            400,
            "Invalid value specified for property 'visibility'",
        ),
        (
            json!({"isAssignableToRole": true, "groupTypes": ["DynamicMembership"], "membershipRule": "x"}),
            400,
            "Invalid value specified for property 'isAssignableToRole'",
        ),
        (
            json!({"isAssignableToRole": true, "groupTypes": ["Unified"], "mailEnabled": true, "securityEnabled": false}),
            400,
            "Invalid value specified for property 'isAssignableToRole'",
        ),
        (
            json!({"groupTypes": ["Unified"], "mailEnabled": true, "mailNickname": "Helpdesk"}),
            400,
            "Another object with the same value for property mailNickname already exists.",
        ),
        (json!({"securityIdentifier": "S-1"}), 400, "Property 'securityIdentifier' is read-only"),
        (json!({"id": nobody}), 400, "Property 'id' is read-only"),
        (json!({"displayname2": "x"}), 400, "Invalid property 'displayname2'."),
        (json!({"@odata.type": "#microsoft.graph.user"}), 400, "'@odata.type' cannot be"),
        (json!({"memberOf@odata.bind": []}), 400, "'memberOf@odata.bind' cannot be set here"),
        (json!({"members@odata.bind": user(&aline)}), 400, "'members@odata.bind' is not a list of texts."),
        (json!({"members@odata.bind": [&aline]}), 400, "is no address of an object"),
        (json!({"members@odata.bind": [user(nobody)]}), 404, "does not exist"),
        (json!({"members@odata.bind": [user(&it)]}), 404, "does not exist"),
        (json!({"members@odata.bind": [user(&aline), user(&aline)]}), 400, "can only be present once"),
        (json!({"owners@odata.bind": [format!("/groups/{it}")]}), 400, "owners are users and service principals"),
        (
            json!({"isAssignableToRole": true, "members@odata.bind": [format!("/groups/{it}")]}),
            400,
            "has no groups as members",
        ),
        (
            json!({"groupTypes": ["DynamicMembership"], "membershipRule": "x", "members@odata.bind": [user(&aline)]}),
            400,
            "follow from its membershipRule",
        ),
        (json!({"members@odata.bind": many}), 400, "can only be present once"),
    ] {
        let got = as_admin(&rig).post("/v1.0/groups", &group_with(&more));
        assert_eq!(got.status.as_u16(), status, "{more}: {}", got.body);
        assert!(got.message().contains(said), "{more}: {}", got.message());
        let code = if status == 404 { "Request_ResourceNotFound" } else { "Request_BadRequest" };
        assert_eq!(got.error(), error(status, code), "{more}");
    }
    // What was refused left nothing behind.
    let filter = "/v1.0/groups?$filter=mailNickname eq 'nightshift'";
    assert_eq!(as_admin(&rig).get(filter).values(), Vec::<Value>::new());
}

#[test]
fn no_more_than_twenty_are_added_at_once() {
    let rig = Rig::contoso();
    let users: Vec<_> = (0..21).map(|number| users::new_user(&rig, &format!("u{number}@contoso.com"))).collect();
    let addresses =
        |range: std::ops::Range<usize>| -> Vec<_> { users[range].iter().map(|id| format!("/users/{id}")).collect() };
    let too_many = json!({"members@odata.bind": addresses(0..20), "owners@odata.bind": addresses(20..21)});
    let got = as_admin(&rig).post("/v1.0/groups", &group_with(&too_many));
    assert_eq!(got.error(), error(400, "Request_BadRequest"));
    let id = new_group(&rig, &json!({"members@odata.bind": addresses(0..20)}));
    let expanded = as_admin(&rig).get(&format!("/v1.0/groups/{id}?$expand=members")).ok(200);
    assert_eq!(expanded["members"].as_array().unwrap().len(), 20);
    as_admin(&rig).post(&format!("/v1.0/groups/{id}/members/$ref"), &reference(&users[20])).ok(204);
    let expanded = as_admin(&rig).get(&format!("/v1.0/groups/{id}?$expand=members($select=id)")).ok(200);
    assert_eq!(expanded["members"].as_array().unwrap().len(), 20, "no more are sent along");
    assert_eq!(as_admin(&rig).get(&format!("/v1.0/groups/{id}/members")).values().len(), 21);
}

#[test]
fn the_user_who_makes_a_group_owns_it_unless_others_are_to() {
    let rig = Rig::contoso();
    let alone = new_group(&rig, &json!({}));
    assert_eq!(names(as_admin(&rig).get(&format!("/v1.0/groups/{alone}/owners"))), ["MOD Administrator"]);
    let owners = json!({"owners@odata.bind": [format!("/users/{}", rig.id(ALEX))]});
    let given = new_group(&rig, &owners);
    assert_eq!(names(as_admin(&rig).get(&format!("/v1.0/groups/{given}/owners"))), ["Alex Wilber"]);
    let made = rig.application().post("/v1.0/groups", &group_with(&json!({}))).ok(201);
    let owners = format!("/v1.0/groups/{}/owners", text(&made, "id"));
    assert_eq!(as_admin(&rig).get(&owners).values(), Vec::<Value>::new());
}

#[test]
fn who_may_make_groups_is_decided_by_token_and_role() {
    let rig = Rig::contoso();
    let (plain, for_roles) = (group_with(&json!({})), group_with(&json!({"isAssignableToRole": true})));
    rig.user(ALINE).post("/v1.0/groups", &plain).ok(201);
    let denied = error(403, "Authorization_RequestDenied");
    assert_eq!(rig.user(ALINE).post("/v1.0/groups", &for_roles).error(), denied, "she has no role");
    let weak = rig.user_with(ADMIN, &["Group.ReadWrite.All"]);
    weak.post("/v1.0/groups", &plain).ok(201);
    assert_eq!(weak.post("/v1.0/groups", &for_roles).error(), denied, "the permission is not enough");
    let strong = rig.user_with(ADMIN, &["Group.ReadWrite.All", "RoleManagement.ReadWrite.Directory"]);
    strong.post("/v1.0/groups", &for_roles).ok(201);
    assert_eq!(rig.user_with(ADMIN, &["Group.Read.All"]).post("/v1.0/groups", &plain).error(), denied);
    assert_eq!(rig.user("ida_fabrikam.com#EXT#@contoso.com").post("/v1.0/groups", &plain).error(), denied, "a guest");
    rig.application().post("/v1.0/groups", &for_roles).ok(201);
}

#[test]
fn a_group_is_seen_once_it_has_spread() {
    let rig = Rig::contoso();
    rig.service().configure(|settings| settings.replication_lag = chrono::TimeDelta::seconds(30));
    let id = new_group(&rig, &json!({}));
    let path = format!("/v1.0/groups/{id}");
    assert_eq!(as_admin(&rig).get(&path).error(), error(404, "Request_ResourceNotFound"));
    rig.advance(std::time::Duration::from_secs(30));
    as_admin(&rig).get(&path).ok(200);
}
