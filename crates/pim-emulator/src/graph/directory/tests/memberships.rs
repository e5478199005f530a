use super::*;

const GROUP_REQUESTS: &str = "/v1.0/identityGovernance/privilegedAccess/group/assignmentScheduleRequests";

#[test]
fn a_member_is_added_in_any_spelling_of_the_address_and_removed() {
    let rig = Rig::contoso();
    let (aline, members) = (rig.id(ALINE), format!("{}/members", group_path(&rig, "operators")));
    for body in [
        reference(&aline),
        json!({"@odata.id": format!("https://graph.microsoft.com/beta/users/{aline}")}),
        json!({"@Odata.Id": format!("http://localhost/v1.0/users('{aline}')")}),
        json!({"odata.id": format!("directoryObjects/{aline}")}),
        json!({"@odata.id": format!("/users/{ALINE}")}),
    ] {
        as_admin(&rig).post(&format!("{members}/$ref"), &body).ok(204);
        assert_eq!(names(as_admin(&rig).get(&members)), ["Aline Dupuy"], "{body}");
        as_admin(&rig).delete(&format!("{members}/{aline}/$ref")).ok(204);
        assert_eq!(as_admin(&rig).get(&members).values(), Vec::<Value>::new());
    }
    assert_eq!(
        as_admin(&rig).delete(&format!("{members}/{aline}/$ref")).error(),
        error(404, "Request_ResourceNotFound")
    );
}

#[test]
fn who_cannot_be_a_member_is_refused() {
    let rig = Rig::contoso();
    let dynamic = json!({"groupTypes": ["DynamicMembership"], "membershipRule": "x"});
    let dynamic = format!("/v1.0/groups/{}", new_group(&rig, &dynamic));
    let (it, helpdesk, team) = (group_path(&rig, "it"), group_path(&rig, "helpdesk"), group_path(&rig, "contosoteam"));
    let bad = error(400, "Request_BadRequest");
    let missing = error(404, "Request_ResourceNotFound");
    for (group, object, expected) in [
        (&it, rig.id(ALEX), &bad),
        (&it, rig.id("it"), &bad),
        (&helpdesk, rig.id("operators"), &bad),
        (&team, rig.id("operators"), &bad),
        (&it, rig.id("Seattle"), &bad),
        (&dynamic, rig.id(ALEX), &bad),
        (&it, "00000000-0000-0000-0000-000000000001".to_owned(), &missing),
        (&it, "nobody".to_owned(), &missing),
    ] {
        let got = as_admin(&rig).post(&format!("{group}/members/$ref"), &reference(&object));
        assert_eq!(&got.error(), expected, "{object} in {group}");
    }
    for body in [json!({}), json!({"@odata.id": 1}), json!({"@odata.id": "nowhere"})] {
        assert_eq!(as_admin(&rig).post(&format!("{it}/members/$ref"), &body).error(), bad, "{body}");
    }
    let again = as_admin(&rig).post(&format!("{it}/members/$ref"), &reference(&rig.id(ALEX)));
    let said = "One or more added object references already exist for the following modified properties: 'members'.";
    assert_eq!(again.message(), said);
}

#[test]
fn groups_within_each_other_come_to_an_end() {
    let rig = Rig::contoso();
    let (it, operators) = (group_path(&rig, "it"), group_path(&rig, "operators"));
    as_admin(&rig).post(&format!("{operators}/members/$ref"), &reference(&rig.id("it"))).ok(204);
    as_admin(&rig).post(&format!("{it}/members/$ref"), &reference(&rig.id("operators"))).ok(204);
    let transitive = names(as_admin(&rig).get(&format!("{it}/transitiveMembers")));
    let expected =
        ["Adele Vance", "Alex Wilber", "Aline Dupuy", "IT Helpdesk", "Information Technology", "Production operators"];
    assert_eq!(transitive, expected);
    let around = names(as_admin(&rig).get(&format!("{it}/transitiveMemberOf")));
    assert_eq!(around, ["Information Technology", "Production operators"]);
    as_admin(&rig).delete(&it).ok(204);
}

#[test]
fn casts_and_counts_tell_users_from_groups() {
    let rig = Rig::contoso();
    let it = group_path(&rig, "it");
    let caller = eventual(&as_admin(&rig));
    let cast = |path: &str| names(caller.get(&format!("{it}/{path}?$count=true")));
    assert_eq!(cast("members/microsoft.graph.user"), ["Alex Wilber"]);
    assert_eq!(cast("members/microsoft.graph.group"), ["IT Helpdesk"]);
    assert_eq!(cast("members/microsoft.graph.servicePrincipal"), Vec::<String>::new());
    assert_eq!(cast("transitiveMembers/microsoft.graph.user"), ["Adele Vance", "Alex Wilber", "Aline Dupuy"]);
    assert_eq!(cast("owners/microsoft.graph.user"), ["Alex Wilber"]);
    let count = |path: &str| caller.get(&format!("{it}/{path}/$count")).ok(200);
    assert_eq!(count("members"), "2");
    assert_eq!(count("members/microsoft.graph.group"), "1");
    assert_eq!(count("transitiveMembers"), "4");
    assert_eq!(count("owners"), "1");
    let one =
        caller.get(&format!("{it}/transitiveMembers/microsoft.graph.user/$count?$filter=startswith(displayName,'al')"));
    assert_eq!(one.ok(200), "2");
    let page = caller.get(&format!("{it}/members?$count=true")).ok(200);
    assert_eq!((&page["@odata.count"], page["value"].as_array().unwrap().len()), (&json!(2), 2));

    let members = as_admin(&rig).get(&format!("{it}/members")).ok(200);
    assert_eq!(members["@odata.context"], "https://graph.microsoft.com/v1.0/$metadata#directoryObjects");
    let types: Vec<_> = members["value"].as_array().unwrap().iter().map(|member| text(member, "@odata.type")).collect();
    assert!(types.contains(&"#microsoft.graph.user") && types.contains(&"#microsoft.graph.group"), "{types:?}");
}

#[test]
fn what_one_is_in_is_told_directly_and_in_the_end() {
    let rig = Rig::contoso();
    let aline = rig.user(ALINE);
    assert_eq!(names(aline.get("/v1.0/me/memberOf")), ["Contoso Team", "IT Helpdesk"]);
    let transitive = ["Contoso Team", "IT Helpdesk", "Information Technology"];
    assert_eq!(names(aline.get("/v1.0/me/transitiveMemberOf")), transitive);
    let path = format!("/v1.0/users/{ALINE}/transitiveMemberOf/microsoft.graph.group?$count=true");
    assert_eq!(names(eventual(&as_admin(&rig)).get(&path)), transitive);
    let team = format!("{}/memberOf", group_path(&rig, "contosoteam"));
    assert_eq!(names(as_admin(&rig).get(&team)), ["Seattle"], "units count");

    let groups = json!({"groupIds": [rig.id("it"), rig.id("operators"), rig.id("helpdesk"), "nothing"]});
    let got = aline.post("/v1.0/me/checkMemberGroups", &groups).ok(200);
    assert_eq!(got["value"], json!([rig.id("it"), rig.id("helpdesk")]));
    let nested = as_admin(&rig).post(&format!("{}/checkMemberGroups", group_path(&rig, "helpdesk")), &groups).ok(200);
    assert_eq!(nested["value"], json!([rig.id("it")]));
    let all = aline.post("/v1.0/me/getMemberGroups", &json!({"securityEnabledOnly": false})).ok(200);
    assert_eq!(all["value"].as_array().unwrap().len(), 3);
    let secure = aline.post("/v1.0/me/getMemberGroups", &json!({"securityEnabledOnly": true})).ok(200);
    assert_eq!(secure["value"].as_array().unwrap().len(), 2);
    let many = json!({"groupIds": vec![rig.id("it"); 21]});
    assert_eq!(aline.post("/v1.0/me/checkMemberGroups", &many).error(), error(400, "Request_BadRequest"));
}

#[test]
fn the_last_owner_stays() {
    let rig = Rig::contoso();
    let owners = format!("{}/owners", group_path(&rig, "operators"));
    let alex = format!("{owners}/{}/$ref", rig.id(ALEX));
    assert_eq!(as_admin(&rig).delete(&alex).error(), error(400, "Request_BadRequest"));
    as_admin(&rig).post(&format!("{owners}/$ref"), &reference(&rig.id(MEGAN))).ok(204);
    as_admin(&rig).delete(&alex).ok(204);
    assert_eq!(names(as_admin(&rig).get(&owners)), ["Megan Bowen"]);
}

/// Members are those who are it now, through PIM or not; who only may become one is none.
#[test]
fn who_is_a_member_through_pim_is_one_until_taken_out() {
    let rig = Rig::contoso();
    let (aline, operators) = (rig.id(ALINE), rig.id("operators"));
    let members = format!("/v1.0/groups/{operators}/members");
    assert_eq!(as_admin(&rig).get(&members).values(), Vec::<Value>::new(), "Adele may only become one");
    let assign = json!({"action": "adminAssign", "accessId": "member", "groupId": operators, "principalId": aline,
        "justification": "x", "scheduleInfo": {"expiration": {"type": "afterDuration", "duration": "PT5H"}}});
    let request = rig.user(ALEX).post(GROUP_REQUESTS, &assign).ok(201);
    assert_eq!(request["status"], "Provisioned");
    assert_eq!(names(as_admin(&rig).get(&members)), ["Aline Dupuy"]);
    let again = as_admin(&rig).post(&format!("{members}/$ref"), &reference(&aline));
    assert_eq!(again.error(), error(400, "Request_BadRequest"));

    as_admin(&rig).delete(&format!("{members}/{aline}/$ref")).ok(204);
    let schedules = format!(
        "/v1.0/identityGovernance/privilegedAccess/group/assignmentSchedules?$filter=groupId eq '{operators}' and principalId eq '{aline}'"
    );
    assert_eq!(as_admin(&rig).get(&schedules).values(), Vec::<Value>::new());
}
