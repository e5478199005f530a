use super::*;

#[test]
fn objects_are_found_whatever_they_are() {
    let rig = Rig::contoso();
    for (name, expected) in [
        (ALINE, "#microsoft.graph.user"),
        ("helpdesk", "#microsoft.graph.group"),
        ("contoso-automation", "#microsoft.graph.servicePrincipal"),
        ("Seattle", "#microsoft.graph.administrativeUnit"),
    ] {
        let object = as_admin(&rig).get(&format!("/v1.0/directoryObjects/{}", rig.id(name))).ok(200);
        assert_eq!(object["@odata.type"], expected, "{name}");
    }
    for id in ["00000000-0000-0000-0000-000000000001", "x"] {
        let got = as_admin(&rig).get(&format!("/v1.0/directoryObjects/{id}"));
        assert_eq!(got.error(), error(404, "Request_ResourceNotFound"), "{id}");
    }
}

#[test]
fn objects_are_asked_for_by_their_ids() {
    let rig = Rig::contoso();
    let ids = [rig.id(ALINE), rig.id("helpdesk"), "00000000-0000-0000-0000-000000000001".to_owned()];
    let ask = |body: Value| as_admin(&rig).post("/v1.0/directoryObjects/getByIds", &body);
    assert_eq!(names(ask(json!({"ids": ids}))), ["Aline Dupuy", "IT Helpdesk"], "who is not there is left out");
    assert_eq!(names(ask(json!({"ids": ids, "types": ["Group"]}))), ["IT Helpdesk"]);
    assert_eq!(names(ask(json!({"ids": ids, "types": ["device"]}))), Vec::<String>::new());
    for body in [json!({}), json!({"ids": ["x"]}), json!({"ids": 1}), json!({"ids": ids, "types": ["robot"]})] {
        assert_eq!(ask(body.clone()).error(), error(400, "Request_BadRequest"), "{body}");
    }
    let many = vec!["00000000-0000-0000-0000-000000000001"; 1001];
    assert_eq!(ask(json!({"ids": many})).error(), error(400, "Request_BadRequest"));
}

#[test]
fn administrative_units_have_members() {
    let rig = Rig::contoso();
    assert_eq!(names(as_admin(&rig).get("/v1.0/directory/administrativeUnits")), ["Seattle"]);
    let unit = format!("/v1.0/directory/administrativeUnits/{}", rig.id("Seattle"));
    let got = as_admin(&rig).get(&unit).ok(200);
    assert_eq!(
        got["@odata.context"],
        "https://graph.microsoft.com/v1.0/$metadata#directory/administrativeUnits/$entity"
    );
    let members = names(as_admin(&rig).get(&format!("{unit}/members")));
    assert_eq!(members, ["Contoso Team", "Diego Siciliani", "Lee Gu"]);
}
