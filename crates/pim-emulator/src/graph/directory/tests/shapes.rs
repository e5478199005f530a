//! Every answer is what the client's model of it says.

use pim_client::v1_0::exchange::bodies;

use super::*;

#[test]
fn every_answer_is_what_the_client_decodes() {
    let rig = Rig::contoso();
    let (caller, application) = (eventual(&as_admin(&rig)), rig.application());
    let made = application.post("/v1.0/groups", &group_with(&json!({}))).ok(201);
    let it = group_path(&rig, "it");
    let user = format!("/v1.0/users/{ALINE}");
    let ids = json!({"ids": [rig.id(ALINE), rig.id("it"), rig.id("contoso-automation"), rig.id("Seattle")]});
    let answers = [
        ("groups_create", made),
        ("groups_list", caller.get("/v1.0/groups?$expand=members,owners").ok(200)),
        ("groups_get", caller.get(&it).ok(200)),
        ("groups_delta", caller.get("/v1.0/groups/delta").ok(200)),
        ("groups_members_list", caller.get(&format!("{it}/members")).ok(200)),
        (
            "groups_members_graph_user_list",
            caller.get(&format!("{it}/members/microsoft.graph.user?$count=true")).ok(200),
        ),
        (
            "groups_members_graph_group_list",
            caller.get(&format!("{it}/members/microsoft.graph.group?$count=true")).ok(200),
        ),
        ("groups_owners_list", caller.get(&format!("{it}/owners")).ok(200)),
        ("groups_transitive_members_list", caller.get(&format!("{it}/transitiveMembers")).ok(200)),
        ("groups_member_of_list", caller.get(&format!("{}/memberOf", group_path(&rig, "contosoteam"))).ok(200)),
        (
            "groups_item_check_member_groups",
            caller.post(&format!("{it}/checkMemberGroups"), &json!({"groupIds": []})).ok(200),
        ),
        ("users_list", caller.get("/v1.0/users?$expand=manager").ok(200)),
        ("users_get", caller.get(&format!("{user}?$select=*&$expand=memberOf,manager")).ok(200)),
        ("me_get", caller.get("/v1.0/me").ok(200)),
        ("users_transitive_member_of_list", caller.get(&format!("{user}/transitiveMemberOf")).ok(200)),
        ("directory_objects_get_by_ids", caller.post("/v1.0/directoryObjects/getByIds", &ids).ok(200)),
        ("directory_objects_get", caller.get(&format!("/v1.0/directoryObjects/{}", rig.id("it"))).ok(200)),
        ("directory_administrative_units_list", caller.get("/v1.0/directory/administrativeUnits").ok(200)),
    ];
    for (operation, answer) in answers {
        let codec = bodies(operation).and_then(|bodies| bodies.response).unwrap_or_else(|| panic!("{operation}"));
        let again = codec.recode(&answer.to_string()).unwrap_or_else(|error| panic!("{operation}: {error}"));
        assert_eq!(again, answer, "{operation}");
    }
}
