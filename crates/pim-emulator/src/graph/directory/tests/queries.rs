use super::*;

/// What needs the header, and whether it needs `$count=true` as well.
#[test]
fn advanced_queries_say_that_they_are() {
    let rig = Rig::contoso();
    let (plain, willing) = (as_admin(&rig), eventual(&as_admin(&rig)));
    let unsupported = error(400, "Request_UnsupportedQuery");
    let it = group_path(&rig, "it");
    for url in [
        "/v1.0/groups?$filter=displayName ne 'x'".to_owned(),
        "/v1.0/groups?$filter=not(displayName eq 'x')".to_owned(),
        "/v1.0/users?$filter=endswith(userPrincipalName,'contoso.com')".to_owned(),
        "/v1.0/groups?$filter=startswith(displayName,'I')&$orderby=displayName".to_owned(),
        "/v1.0/groups?$filter=owners/$count eq 1".to_owned(),
        format!("{it}/members/microsoft.graph.user?$select=id"),
    ] {
        assert_eq!(plain.get(&url).error(), unsupported, "{url}");
        assert_eq!(willing.get(&url).error(), unsupported, "{url}: $count=true is missing");
        let counted = format!("{url}&$count=true");
        assert_eq!(plain.get(&counted).error(), unsupported, "{counted}: the header is missing");
        willing.get(&counted).ok(200);
    }
    for url in [
        "/v1.0/users?$count=true".to_owned(),
        "/v1.0/groups?$search=\"displayName:help\"".to_owned(),
        "/v1.0/users/$count".to_owned(),
        "/v1.0/groups/$count".to_owned(),
        format!("{it}/members/$count"),
    ] {
        assert_eq!(plain.get(&url).error(), unsupported, "{url}");
        willing.get(&url).ok(200);
    }
    for url in [
        "/v1.0/groups?$filter=displayName eq 'x'",
        "/v1.0/groups?$filter=startswith(displayName,'I')",
        "/v1.0/groups?$orderby=displayName&$top=2",
        "/v1.0/users?$filter=userPrincipalName eq 'x' or displayName eq 'y'",
    ] {
        plain.get(url).ok(200);
    }
    let expanded = "/v1.0/groups?$filter=displayName ne 'x'&$count=true&$expand=members";
    assert_eq!(willing.get(expanded).error(), unsupported);
}

#[test]
fn what_is_looked_up_is_found_in_any_letter_case() {
    let rig = Rig::contoso();
    for (url, expected) in [
        ("/v1.0/users?$filter=userPrincipalName eq 'ALINED@contoso.com'&$select=Id,displayName", "Aline Dupuy"),
        ("/v1.0/users?$filter=displayName eq 'aline dupuy'", "Aline Dupuy"),
        ("/v1.0/groups?$filter=mailNickname eq 'HELPdesk'", "IT Helpdesk"),
        ("/v1.0/groups?$filter=displayName eq 'it helpdesk' and securityEnabled eq true", "IT Helpdesk"),
        ("/v1.0/users?$filter=mailNickname eq 'alined'", "Aline Dupuy"),
        ("/v1.0/servicePrincipals?$filter=appId eq '0c5f0e0b-6f5a-4c1e-9a51-d36f0a4bd0c5'", "contoso-automation"),
        ("/v1.0/applications?$filter=appId eq '0C5F0E0B-6f5a-4c1e-9a51-d36f0a4bd0c5'", "contoso-automation"),
    ] {
        assert_eq!(names(as_admin(&rig).get(url)), [expected], "{url}");
    }
    let by_id = format!("/v1.0/users?$filter=id eq '{}'", rig.id(ALINE));
    assert_eq!(names(as_admin(&rig).get(&by_id)), ["Aline Dupuy"]);
    for url in [
        "/v1.0/users?$filter=id eq 'nothing'",
        "/v1.0/users?$filter=displayName eq 'Aline Dupuy' and userPrincipalName eq 'alexw@contoso.com'",
    ] {
        assert_eq!(names(as_admin(&rig).get(url)), Vec::<String>::new(), "{url}");
    }
}

#[test]
fn counts_are_of_what_the_filter_lets_through() {
    let rig = Rig::contoso();
    let caller = eventual(&as_admin(&rig));
    assert_eq!(caller.get("/v1.0/groups/$count").ok(200), "5");
    assert_eq!(caller.get("/v1.0/groups/$count?$filter=isAssignableToRole eq true").ok(200), "1");
    assert_eq!(caller.get("/v1.0/users/$count?$filter=userType eq 'Guest'").ok(200), "1");
    let page = caller.get("/v1.0/users?$count=true&$top=2").ok(200);
    assert_eq!(page["@odata.count"].to_string(), caller.get("/v1.0/users/$count").ok(200).as_str().unwrap());
    assert_eq!(names(caller.get("/v1.0/groups?$search=\"displayName:help\"")), ["IT Helpdesk"]);
}

#[test]
fn what_objects_lead_to_is_sent_along() {
    let rig = Rig::contoso();
    let caller = as_admin(&rig);
    let user = caller
        .get(&format!("/v1.0/users/{ALINE}?$select=displayName&$expand=manager($select=displayName),memberOf"))
        .ok(200);
    assert_eq!(user["manager"]["displayName"], "Alex Wilber");
    assert_eq!(user["memberOf"].as_array().unwrap().len(), 2);
    let group = caller.get(&format!("{}?$expand=owners,members($select=id)", group_path(&rig, "helpdesk"))).ok(200);
    assert_eq!(text(&group["owners"][0], "userPrincipalName"), ADMIN);
    assert_eq!(group["owners"][0].get("accountEnabled"), None, "of users, little is sent");
    assert_eq!(group["members"].as_array().unwrap().len(), 2);
    let owned = eventual(&caller).get("/v1.0/groups?$filter=owners/$count eq 1&$count=true").values();
    assert_eq!(owned.len(), 5);
}

#[test]
fn changes_are_followed_by_their_links() {
    let rig = Rig::contoso();
    let caller = as_admin(&rig);
    let follow = |link: &str| caller.get(link.strip_prefix("http://localhost").unwrap());
    let first = caller.get("/v1.0/groups/delta?$select=displayName&$top=3").ok(200);
    assert_eq!(first["value"].as_array().unwrap().len(), 3);
    let second = follow(text(&first, "@odata.nextLink")).ok(200);
    assert_eq!(second["value"].as_array().unwrap().len(), 2);
    let link = text(&second, "@odata.deltaLink");
    let none = follow(link).ok(200);
    assert_eq!(none["value"], json!([]));

    let made = new_group(&rig, &json!({}));
    caller.patch(&group_path(&rig, "it"), &json!({"description": "x"})).ok(204);
    caller.delete(&group_path(&rig, "operators")).ok(204);
    let news = follow(text(&none, "@odata.deltaLink")).ok(200);
    let expected = json!([
        {"displayName": "Night shift", "id": made},
        {"displayName": "Information Technology", "id": rig.id("it")},
        {"@removed": {"reason": "deleted"}, "id": rig.id("operators")},
    ]);
    assert_eq!(news["value"], expected);
    assert_eq!(caller.get("/v1.0/groups/delta").values().len(), 5, "who begins anew learns of no groups that are gone");
    assert_eq!(caller.get("/v1.0/groups/delta?$deltatoken=x").error(), error(400, "BadRequest"));
}
