use super::*;

fn user(name: &str) -> Value {
    json!({
        "accountEnabled": true,
        "displayName": "Nestor Wilke",
        "mailNickname": "nestorw",
        "passwordProfile": {"forceChangePasswordNextSignIn": true, "password": "xWwvJ]6NMw+bWH-d"},
        "userPrincipalName": name,
    })
}

pub(super) fn new_user(rig: &Rig, name: &str) -> String {
    text(&as_admin(rig).post("/v1.0/users", &user(name)).ok(201), "id").to_owned()
}

#[test]
fn a_user_is_made_without_a_password_to_be_seen() {
    let rig = Rig::contoso();
    let made = as_admin(&rig).post("/v1.0/users", &user("nestorw@contoso.com")).ok(201);
    assert_eq!(made["@odata.context"], "https://graph.microsoft.com/v1.0/$metadata#users/$entity");
    assert!(!made.to_string().contains("xWwvJ"));
    let all = format!("/v1.0/users/{}?$select=*", text(&made, "id"));
    let all = as_admin(&rig).get(&all).ok(200);
    assert!(!all.to_string().contains("xWwvJ"));
    assert_eq!((&all["passwordProfile"], &all["userType"]), (&Value::Null, &json!("Member")));
    rig.user("nestorw@contoso.com").get("/v1.0/me").ok(200);
}

#[test]
fn users_that_cannot_be_are_refused() {
    let rig = Rig::contoso();
    for (more, said) in [
        (json!({"accountEnabled": null}), "A value is required for property 'accountEnabled' of resource 'User'."),
        (json!({"displayName": null}), "A value is required for property 'displayName'"),
        (json!({"mailNickname": null}), "A value is required for property 'mailNickname'"),
        (json!({"passwordProfile": null}), "A value is required for property 'passwordProfile'"),
        (json!({"userPrincipalName": null}), "A value is required for property 'userPrincipalName'"),
        (json!({"userPrincipalName": "nestor"}), "Invalid value specified for property 'userPrincipalName'"),
        (
            json!({"userPrincipalName": "AlineD@contoso.com"}),
            "Another object with the same value for property userPrincipalName already exists.",
        ),
        (json!({"passwordProfile": {}}), "Invalid value specified for property 'passwordProfile'"),
        (json!({"userType": "Robot"}), "Invalid value specified for property 'userType'"),
        (json!({"accountEnabled": 1}), "Invalid value specified for property 'accountEnabled'"),
        (json!({"shoeSize": 44}), "Invalid property 'shoeSize'."),
    ] {
        let got = as_admin(&rig).post("/v1.0/users", &merged(user("nestorw@contoso.com"), &more));
        assert!(got.message().contains(said), "{more}: {}", got.message());
        assert_eq!(got.error(), error(400, "Request_BadRequest"), "{more}");
    }
    let denied = error(403, "Authorization_RequestDenied");
    assert_eq!(rig.user(ALINE).post("/v1.0/users", &user("nestorw@contoso.com")).error(), denied);
}

#[test]
fn little_of_a_user_is_sent_unless_more_is_selected() {
    let rig = Rig::contoso();
    let mut expected = [
        "@odata.context",
        "businessPhones",
        "displayName",
        "givenName",
        "id",
        "jobTitle",
        "mail",
        "mobilePhone",
        "officeLocation",
        "preferredLanguage",
        "surname",
        "userPrincipalName",
    ];
    expected.sort_unstable();
    let keys = |user: &Value| {
        let mut keys: Vec<_> = user.as_object().unwrap().keys().cloned().collect();
        keys.sort_unstable();
        keys
    };
    for path in ["/v1.0/me".to_owned(), format!("/v1.0/users/{ALINE}"), format!("/v1.0/users/{}", rig.id(ALINE))] {
        assert_eq!(keys(&rig.user(ALINE).get(&path).ok(200)), expected, "{path}");
    }
    let listed = rig.user(ALINE).get("/v1.0/users").values();
    assert_eq!(keys(&listed[0]), expected[1..]);
    let selected = rig.user(ALINE).get("/v1.0/me?$select=userType,department").ok(200);
    assert_eq!((&selected["userType"], &selected["department"]), (&json!("Member"), &json!("IT")));
    assert_eq!(
        selected["@odata.context"],
        "https://graph.microsoft.com/v1.0/$metadata#users(userType,department)/$entity"
    );
}

#[test]
fn users_change_some_of_their_own_and_administrators_everything() {
    let rig = Rig::contoso();
    let denied = error(403, "Authorization_RequestDenied");
    let own = rig.user(ALINE);
    own.patch("/v1.0/me", &json!({"mobilePhone": "+1 555", "officeLocation": "18/2111"})).ok(204);
    assert_eq!(own.get("/v1.0/me").ok(200)["officeLocation"], "18/2111");
    assert_eq!(own.patch("/v1.0/me", &json!({"accountEnabled": false})).error(), denied);
    assert_eq!(own.patch(&format!("/v1.0/users/{ADELE}"), &json!({"mobilePhone": "1"})).error(), denied);
    let path = format!("/v1.0/users/{ADELE}");
    as_admin(&rig).patch(&path, &json!({"userPrincipalName": "vance@contoso.com", "department": "HR"})).ok(204);
    assert_eq!(as_admin(&rig).get(&path).error(), error(404, "Request_ResourceNotFound"));
    let renamed = as_admin(&rig).get("/v1.0/users/vance@contoso.com?$select=department").ok(200);
    assert_eq!(renamed["department"], "HR");
    for body in [json!({}), json!({"userPrincipalName": ALINE}), json!({"displayName": null}), json!({"id": "1"})] {
        let got = as_admin(&rig).patch("/v1.0/users/vance@contoso.com", &body);
        assert_eq!(got.error(), error(400, "Request_BadRequest"), "{body}");
    }
}

#[test]
fn ones_own_is_read_with_the_least_permission() {
    let rig = Rig::contoso();
    let aline = rig.user_with(ALINE, &["User.Read"]);
    aline.get("/v1.0/me").ok(200);
    aline.get(&format!("/v1.0/users/{}", rig.id(ALINE))).ok(200);
    assert_eq!(names(aline.get("/v1.0/me/memberOf")).len(), 2);
    assert_eq!(aline.get("/v1.0/me/manager").ok(200)["displayName"], "Alex Wilber");
    let denied = error(403, "Authorization_RequestDenied");
    assert_eq!(aline.get(&format!("/v1.0/users/{ADELE}")).error(), denied);
    assert_eq!(aline.get("/v1.0/users").error(), denied);
    assert_eq!(rig.application().get("/v1.0/me").status, 400, "an application is nobody");
    let guest = rig.user("ida_fabrikam.com#EXT#@contoso.com");
    guest.get("/v1.0/me").ok(200);
    assert_eq!(guest.get("/v1.0/users").error(), denied);
    let nobody = as_admin(&rig).get(&format!("/v1.0/users/{ADMIN}/manager"));
    assert_eq!(nobody.error(), error(404, "Request_ResourceNotFound"));
}
