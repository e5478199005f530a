//! Lowering: which types, names and operations the API has.

#![expect(clippy::unwrap_used, reason = "there is nobody to handle an error")]

#[path = "support/members.rs"]
mod members;
#[path = "support/outline.rs"]
mod outline;
#[path = "support/toy.rs"]
mod toy;

use members::{member, members, names, type_of};
use pim_gen::ir::ShapeKind;
use toy::{LIST_THINGS, THING, Toy, things};

#[test]
fn the_whole_toy() {
    insta::assert_snapshot!(outline::outline(&Toy::new().api()));
}

/// Properties of these names and types.
fn properties<'a>(properties: impl Iterator<Item = (String, &'a str)>) -> String {
    properties.map(|(name, ty)| format!("<Property Name={name:?} Type=\"Edm.{ty}\" />")).collect::<Vec<_>>().concat()
}

// ---------------------------------------------------------------------------------------------------------------------
// What a body may hold
// ---------------------------------------------------------------------------------------------------------------------

#[test]
fn a_key_is_in_no_body() {
    let api = Toy::new().api();
    assert!(names(&api, "Group").contains(&"id"));
    assert!(!names(&api, "GroupCreate").contains(&"id"));
    assert!(!names(&api, "GroupUpdate").contains(&"id"));
}

#[test]
fn what_the_metadata_calls_computed_is_in_no_body() {
    let api = Toy::new().api();
    assert!(names(&api, "Group").contains(&"createdDateTime"));
    assert!(!names(&api, "GroupCreate").contains(&"createdDateTime"));
    assert!(!names(&api, "GroupUpdate").contains(&"createdDateTime"));
}

#[test]
fn what_the_overlay_calls_read_only_is_in_no_body() {
    let api = Toy::new().api();
    assert!(names(&api, "MembershipRequest").contains(&"status"));
    assert!(!names(&api, "MembershipRequestCreate").contains(&"status"));
}

#[test]
fn a_fact_about_a_type_holds_for_those_that_derive_from_it() {
    let api = Toy::new().api();
    assert!(names(&api, "Group").contains(&"deletedDateTime"));
    assert!(!names(&api, "GroupCreate").contains(&"deletedDateTime"));
}

#[test]
fn what_the_metadata_calls_immutable_is_given_on_creation_only() {
    let api = Toy::new().api();
    assert!(names(&api, "GroupCreate").contains(&"uniqueName"));
    assert!(!names(&api, "GroupUpdate").contains(&"uniqueName"));
}

#[test]
fn what_the_overlay_calls_create_only_is_given_on_creation_only() {
    let api = Toy::new().api();
    assert!(names(&api, "GroupCreate").contains(&"mailNickname"));
    assert!(!names(&api, "GroupUpdate").contains(&"mailNickname"));
}

#[test]
fn only_what_creates_requires_anything() {
    let api = Toy::new().api();
    assert!(member(&api, "GroupCreate", "displayName").required);
    assert!(!member(&api, "GroupCreate", "visibility").required);
    assert!(!member(&api, "GroupUpdate", "displayName").required);
    assert!(!member(&api, "Group", "displayName").required);
}

#[test]
fn nothing_is_required_on_reading_although_the_metadata_says_that_it_is_never_null() {
    assert!(!member(&Toy::new().api(), "MembershipRequest", "status").required);
}

#[test]
fn of_the_parameters_of_an_action_those_are_required_that_are_never_null() {
    let api = Toy::new().api();
    assert!(member(&api, "MembershipRequestCancelBody", "reason").required);
    assert!(!member(&api, "MembershipRequestCancelBody", "comment").required);
}

#[test]
fn an_action_without_parameters_has_no_body() {
    let api = Toy::new().selection("cancel =", "escalate =").api();
    let operations = api.operations();
    let escalate = operations.iter().find(|operation| operation.rust == "escalate").unwrap();
    assert_eq!(escalate.body, None);
}

#[test]
fn a_relation_that_can_be_bound_is_bound_by_addresses() {
    let api = Toy::new().api();
    assert_eq!(type_of(&api, "GroupCreate", "owners@odata.bind"), "[Reference<DirectoryObject>]");
    assert!(!names(&api, "GroupCreate").contains(&"members@odata.bind"));
}

#[test]
fn a_relation_to_one_entity_is_bound_by_one_address() {
    let overlay = "[[type]]\nname = \"microsoft.graph.membershipRequest\"\nbind = [\"group\"]\n";
    let toy = Toy::new().with_overlay(overlay);
    assert_eq!(type_of(&toy.api(), "MembershipRequestCreate", "group@odata.bind"), "Reference<Group>");
}

#[test]
fn an_update_carries_the_entities_of_a_relation_where_the_overlay_says_so() {
    let api = Toy::new().api();
    assert_eq!(type_of(&api, "PolicyUpdate", "rules"), "[Rule]");
    assert!(!names(&api, "GroupUpdate").contains(&"owners"));
}

#[test]
fn an_update_of_the_whole_entity_sends_the_shape_that_was_read() {
    let api = Toy::new().selection("policy and its rules.\" }", "policy and its rules.\", body = \"whole\" }").api();
    let operations = api.operations();
    let update = operations.iter().find(|operation| operation.path == "/governance/policies/{policy-id}").unwrap();
    assert_eq!(update.body.as_ref().map(outline::ty).as_deref(), Some("Policy"));
    assert!(!api.shapes.contains_key("PolicyUpdate"));
}

// ---------------------------------------------------------------------------------------------------------------------
// Types
// ---------------------------------------------------------------------------------------------------------------------

#[test]
fn each_primitive_type_has_a_type_in_rust() {
    let primitives = "Boolean Byte SByte Int16 Int32 Int64 Single Double Decimal String Guid Binary Date TimeOfDay \
                      DateTimeOffset Duration";
    let api = things(&properties(primitives.split(' ').map(|ty| (format!("a{ty}"), ty)))).api();
    let types: Vec<_> = members(&api, "Thing").iter().skip(1).map(|member| outline::ty(&member.ty)).collect();
    assert_eq!(
        types.join(" "),
        "Boolean Int32 Int32 Int32 Int32 Int64 Double Double Double String Guid Binary Date TimeOfDay DateTimeOffset Duration"
    );
}

#[test]
fn a_key_is_typed_by_its_entity() {
    assert_eq!(type_of(&Toy::new().api(), "Group", "id"), "Id<Group>");
}

#[test]
fn a_string_called_after_a_relation_beside_it_is_the_key_of_what_that_leads_to() {
    let api = Toy::new().api();
    assert_eq!(type_of(&api, "MembershipRequest", "groupId"), "Id<Group>");
    assert_eq!(type_of(&api, "MembershipRequest", "principalId"), "Id<DirectoryObject>");
}

#[test]
fn it_is_so_in_bodies_too_which_have_no_relations() {
    assert_eq!(type_of(&Toy::new().api(), "MembershipRequestCreate", "groupId"), "Id<Group>");
}

#[test]
fn a_string_called_so_without_such_a_relation_is_a_string() {
    assert_eq!(type_of(&Toy::new().api(), "MembershipRequest", "ticketId"), "String");
}

#[test]
fn the_overlay_can_say_whose_key_a_string_is() {
    assert_eq!(type_of(&Toy::new().api(), "MembershipRequest", "approverId"), "Id<User>");
}

#[test]
fn the_overlay_can_say_that_a_string_is_no_key() {
    assert_eq!(type_of(&Toy::new().api(), "MembershipRequest", "scopeId"), "String");
}

#[test]
fn a_relation_to_several_entities_makes_no_string_a_key() {
    let toy = Toy::new().metadata(
        "<NavigationProperty Name=\"group\" Type=\"graph.group\" />",
        "<NavigationProperty Name=\"group\" Type=\"Collection(graph.group)\" />",
    );
    assert_eq!(type_of(&toy.api(), "MembershipRequest", "groupId"), "String");
}

#[test]
fn a_secret_is_kept_secret() {
    assert_eq!(type_of(&Toy::new().api(), "PasswordProfile", "password"), "Secret");
}

#[test]
fn a_relation_that_is_kept_is_there_where_it_is_asked_for() {
    let api = Toy::new().api();
    assert!(member(&api, "Group", "members").expanded);
    assert!(!member(&api, "Group", "displayName").expanded);
    assert!(!member(&api, "PolicyUpdate", "rules").expanded);
}

#[test]
fn an_object_that_contains_itself_is_boxed_where_it_does() {
    let api = Toy::new().api();
    assert_eq!(type_of(&api, "Condition", "not"), "Box<Condition>");
    assert_eq!(type_of(&api, "Condition", "any"), "[Condition]");
    assert_eq!(type_of(&api, "Rule", "condition"), "Condition");
}

#[test]
fn objects_that_contain_one_another_are_boxed() {
    let types = format!(
        "{THING}<Property Name=\"egg\" Type=\"microsoft.graph.egg\" /></EntityType>
        <ComplexType Name=\"egg\"><Property Name=\"hen\" Type=\"microsoft.graph.hen\" /></ComplexType>
        <ComplexType Name=\"hen\"><Property Name=\"egg\" Type=\"microsoft.graph.egg\" /></ComplexType>"
    );
    let api = Toy::of(&types, LIST_THINGS).api();
    assert_eq!(type_of(&api, "Thing", "egg"), "Egg");
    assert_eq!(type_of(&api, "Egg", "hen"), "Box<Hen>");
    assert_eq!(type_of(&api, "Hen", "egg"), "Box<Egg>");
}

#[test]
fn the_sentinel_of_an_enumeration_is_no_value() {
    assert_eq!(
        outline::shape(&Toy::new().api().shapes["Visibility"]),
        "enum Visibility = microsoft.graph.visibility
    Private = private
    Public = public
    HiddenMembership = hiddenMembership
"
    );
}

#[test]
fn the_members_of_a_union_are_those_that_all_its_subtypes_keep() {
    let api = Toy::new().api();
    let ShapeKind::Union(union) = &api.shapes["DirectoryObject"].kind else { panic!("it is no union") };
    let common: Vec<_> = union.common.iter().map(|member| member.wire.as_str()).collect();
    assert_eq!(common, ["id", "memberOf"], "deletedDateTime is not kept of users");
}

#[test]
fn the_variants_of_a_union_do_not_repeat_the_words_that_all_begin_with() {
    let types = format!(
        "{THING}<Property Name=\"rule\" Type=\"microsoft.graph.accessPolicyRule\" /></EntityType>
        <ComplexType Name=\"accessPolicyRule\" />
        <ComplexType Name=\"accessPolicyExpirationRule\" BaseType=\"microsoft.graph.accessPolicyRule\" />
        <ComplexType Name=\"otherRule\" BaseType=\"microsoft.graph.accessPolicyRule\" />"
    );
    let selection = format!(
        r#"{LIST_THINGS}
[[union]]
base = "microsoft.graph.accessPolicyRule"
subtypes = ["microsoft.graph.accessPolicyExpirationRule", "microsoft.graph.otherRule"]
"#
    );
    assert_eq!(
        outline::shape(&Toy::of(&types, &selection).api().shapes["AccessPolicyRule"]),
        "union AccessPolicyRule = microsoft.graph.accessPolicyRule
    ExpirationRule(AccessPolicyExpirationRule) = microsoft.graph.accessPolicyExpirationRule
    OtherRule(OtherRule) = microsoft.graph.otherRule
    Unknown(UnknownAccessPolicyRule)
"
    );
}

// ---------------------------------------------------------------------------------------------------------------------
// Operations
// ---------------------------------------------------------------------------------------------------------------------

/// The methods and paths of the operations below `path`.
fn operations(toy: &Toy, path: &str) -> Vec<String> {
    let api = toy.api();
    let of_path = api.operations().into_iter().filter(|operation| operation.path.starts_with(path));
    of_path.map(|operation| format!("{} {}", operation.method, operation.path)).collect()
}

#[test]
fn a_relation_is_changed_by_reference() {
    assert_eq!(
        operations(&Toy::new(), "/groups/{group-id}/members"),
        [
            "GET /groups/{group-id}/members",
            "POST /groups/{group-id}/members/$ref",
            "DELETE /groups/{group-id}/members/{directoryObject-id}/$ref",
            "GET /groups/{group-id}/members/microsoft.graph.user",
        ]
    );
}

#[test]
fn the_parameters_of_a_function_stand_in_its_path_quoted_where_they_are_text() {
    let path = "/governance/requests/filterByCurrentUser";
    assert_eq!(operations(&Toy::new(), path), ["GET /governance/requests/filterByCurrentUser(on='{on}')"]);
    let toy = Toy::new()
        .metadata("Name=\"on\" Type=\"graph.requestFilter\"", "Name=\"on\" Type=\"Edm.Int32\"")
        .with_overlay("");
    assert_eq!(operations(&toy, path), ["GET /governance/requests/filterByCurrentUser(on={on})"]);
}

#[test]
fn an_operation_has_one_name_wherever_it_is_bound() {
    let api = Toy::new().api();
    let ids: Vec<_> = api.operations().iter().map(|operation| operation.id.as_str()).collect();
    assert!(ids.contains(&"governance_requests_filter_by_current_user"), "bound to the collection");
    assert!(ids.contains(&"governance_requests_item_cancel"), "bound to one entity");
}

#[test]
fn entities_of_an_entity_set_have_an_address_and_others_have_none() {
    let api = Toy::new().api();
    let groups =
        api.root.children.iter().find(|node| node.wire == "groups").and_then(|node| node.item.as_ref()).unwrap();
    assert_eq!(groups.referable.as_deref(), Some("Group"));
    let members =
        groups.children.iter().find(|node| node.wire == "members").and_then(|node| node.item.as_ref()).unwrap();
    assert_eq!(members.referable, None);
}

// ---------------------------------------------------------------------------------------------------------------------
// What cannot be expressed
// ---------------------------------------------------------------------------------------------------------------------

#[test]
fn a_member_of_a_type_that_has_none_in_rust_cannot_be_expressed() {
    assert_eq!(
        Toy::new().selection("    \"passwordProfile\",\n", "    \"photo\",\n").error(),
        "toy.toml: microsoft.graph.user/photo: a member of type Edm.Stream cannot be expressed; leave it out of pim.toml by \
         listing the properties that are kept"
    );
}

#[test]
fn an_enumeration_whose_values_combine_cannot_be_expressed() {
    assert_eq!(
        Toy::new().selection("    \"passwordProfile\",\n", "    \"rights\",\n").error(),
        "toy.toml: microsoft.graph.user/rights: the enumeration microsoft.graph.accessRights combines its values (IsFlags), \
         which cannot be expressed; leave the member out of pim.toml"
    );
}

#[test]
fn a_function_whose_parameter_is_no_simple_value_cannot_be_expressed() {
    let toy =
        Toy::new().metadata("Name=\"on\" Type=\"graph.requestFilter\"", "Name=\"on\" Type=\"Collection(Edm.String)\"");
    assert_eq!(
        toy.with_overlay("").error(),
        "toy.toml: microsoft.graph.filterByCurrentUser(on) on /governance/requests: a parameter of type \
         Collection(Edm.String) cannot stand in a path; leave the operation out of pim.toml"
    );
}

#[test]
fn an_object_can_have_128_members() {
    let with_key_and = |count| things(&properties((0..count).map(|n| (format!("p{n}"), "String"))));
    assert_eq!(members(&with_key_and(127).api(), "Thing").len(), 128);
    assert_eq!(
        with_key_and(128).error(),
        "toy.toml: microsoft.graph.thing has 129 members, and an object can have 128; list in pim.toml the properties that \
         are kept"
    );
}

#[test]
fn a_union_is_neither_created_nor_changed_in_part() {
    for (target, word) in [("collection", "create"), ("item", "update")] {
        let toy = Toy::new().selection(
            "[[resource]]\npath = \"/users\"",
            &format!(
                "[[resource]]\npath = \"/directoryObjects\"\n[resource.{target}]\n{word} = {{ doc = \"Does it.\" }}\n\n\
                 [[resource]]\npath = \"/users\""
            ),
        );
        assert_eq!(
            toy.error(),
            "toy.toml: /directoryObjects: microsoft.graph.directoryObject is a union, and one body cannot stand for all its \
             subtypes; for an update, say `body = \"whole\"`"
        );
    }
}

#[test]
fn a_path_does_not_have_the_same_key_twice() {
    let toy = Toy::new().selection(
        "/groups/{group-id}/members/microsoft.graph.user",
        "/groups/{group-id}/members/microsoft.graph.group/{group-id}/owners",
    );
    assert_eq!(
        toy.error(),
        "toy.toml: the path /groups/{group-id}/members/microsoft.graph.group/{group-id} has the same key twice"
    );
}

#[test]
fn an_answer_that_is_a_bare_value_cannot_be_expressed() {
    let toy =
        Toy::new().metadata("<ReturnType Type=\"Collection(graph.group)\" />", "<ReturnType Type=\"Edm.Boolean\" />");
    assert_eq!(
        toy.error(),
        "toy.toml: cannot be expressed in the profile that the back end takes: GET /groups/delta: a payload has no schema of \
         its own name"
    );
}
