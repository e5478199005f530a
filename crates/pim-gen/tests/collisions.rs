//! Lowering: names that would be given twice.

#![expect(clippy::unwrap_used, reason = "there is nobody to handle an error")]

#[path = "support/toy.rs"]
mod toy;

use toy::{LIST_THINGS, THING, Toy, things};

#[test]
fn two_types_of_one_name_collide() {
    let toy = Toy::new()
        .metadata("<Property Name=\"photo\" Type=\"Edm.Stream\" />", "<Property Name=\"photo\" Type=\"other.group\" />")
        .metadata(
            "    </Schema>\n",
            "    </Schema>\n<Schema Namespace=\"other\"><ComplexType Name=\"group\" /></Schema>\n",
        )
        .selection("    \"passwordProfile\",\n", "    \"photo\",\n");
    assert_eq!(
        toy.error(),
        "toy.toml: `microsoft.graph.group` and `other.group` would both be `Group` in Rust; leave one of them out of pim.toml"
    );
}

#[test]
fn a_type_collides_with_a_form_of_another() {
    let toy = Toy::new()
        .metadata(
            "<Property Name=\"photo\" Type=\"Edm.Stream\" />",
            "<Property Name=\"photo\" Type=\"graph.groupCreate\" />",
        )
        .metadata(
            "<ComplexType Name=\"passwordProfile\">",
            "<ComplexType Name=\"groupCreate\" />\n<ComplexType Name=\"passwordProfile\">",
        )
        .selection("    \"passwordProfile\",\n", "    \"photo\",\n");
    assert_eq!(
        toy.error(),
        "toy.toml: `microsoft.graph.groupCreate` and `microsoft.graph.group` would both be `GroupCreate` in Rust; leave one \
         of them out of pim.toml"
    );
}

/// Things that have a property of another type, `name`.
fn things_with_type(name: &str) -> Toy {
    Toy::of(
        &format!(
            "{THING}<Property Name=\"part\" Type=\"microsoft.graph.{name}\" /></EntityType>
            <ComplexType Name=\"{name}\" />"
        ),
        LIST_THINGS,
    )
}

#[test]
fn a_type_collides_with_one_that_generated_files_use() {
    assert_eq!(
        things_with_type("property").error(),
        "toy.toml: `microsoft.graph.property` would be `Property` in Rust, as another type is that generated files use; leave \
         it out of pim.toml"
    );
}

#[test]
fn a_type_collides_with_what_fields_are_made_of() {
    for (name, rust) in [("relation", "Relation"), ("relations", "Relations"), ("guid", "Guid"), ("binary", "Binary")] {
        let error = things_with_type(name).error();
        assert!(error.contains(&format!("`microsoft.graph.{name}` would be `{rust}` in Rust")), "{error}");
    }
}

#[test]
fn two_types_collide_in_the_modules_of_their_fields() {
    let toy = Toy::of(
        &format!(
            "{THING}<Property Name=\"one\" Type=\"microsoft.graph.a_b\" />
            <Property Name=\"other\" Type=\"microsoft.graph.ab\" /></EntityType>
            <ComplexType Name=\"a_b\" /><ComplexType Name=\"ab\" />"
        ),
        LIST_THINGS,
    );
    assert_eq!(
        toy.error(),
        "toy.toml: the modules of the types: `AB` and `Ab` would both be `ab` in Rust; leave one of them out of pim.toml"
    );
}

#[test]
fn a_type_collides_with_the_key_of_another() {
    assert_eq!(
        things_with_type("thingId").error(),
        "toy.toml: `microsoft.graph.thingId` would be `ThingId` in Rust, as the key of `microsoft.graph.thing` is; leave one \
         of them out of pim.toml"
    );
}

#[test]
fn a_type_collides_with_the_page_of_another() {
    assert_eq!(
        things_with_type("thingCollection").error(),
        "toy.toml: `microsoft.graph.thingCollection` would be `ThingCollection` in Rust, as a page that /things answers is; \
         leave one of them out of pim.toml"
    );
}

#[test]
fn a_path_collides_with_a_type_that_generated_files_use() {
    let types = format!(
        "{THING}<NavigationProperty Name=\"list\" Type=\"microsoft.graph.thing\" ContainsTarget=\"true\" /></EntityType>"
    );
    let selection = LIST_THINGS
        .replace("/things", "/things/{thing-id}/list")
        .replace("collection", "item")
        .replace("list =", "get =");
    assert_eq!(
        Toy::of(&types, &selection).error(),
        "toy.toml: `/things/{thing-id}/list` would be `List` in Rust, as another type is that generated files use; leave it \
         out of pim.toml"
    );
}

#[test]
fn a_parameter_collides_with_a_variable_that_all_methods_have() {
    let toy = Toy::new().metadata(
        "<Parameter Name=\"on\" Type=\"graph.requestFilter\"",
        "<Parameter Name=\"query\" Type=\"graph.requestFilter\"",
    );
    assert_eq!(
        toy.error(),
        "toy.toml: /governance/requests/filterByCurrentUser(query='{query}'): `a variable that all methods have` and `query` \
         would both be `query` in Rust; leave one of them out of pim.toml"
    );
}

#[test]
fn two_members_of_one_name_collide() {
    assert_eq!(
        things("<Property Name=\"displayName\" Type=\"Edm.String\" /><Property Name=\"display_name\" Type=\"Edm.String\" />").error(),
        "toy.toml: microsoft.graph.thing: `displayName` and `display_name` would both be `display_name` in Rust; leave one of \
         them out of pim.toml"
    );
}

#[test]
fn a_member_collides_with_the_one_that_holds_unknown_members() {
    assert_eq!(
        things("<Property Name=\"additionalData\" Type=\"Edm.String\" />").error(),
        "toy.toml: microsoft.graph.thing: `the members that are not known` and `additionalData` would both be \
         `additional_data` in Rust; leave one of them out of pim.toml"
    );
}

#[test]
fn two_values_of_an_enumeration_collide() {
    let toy = Toy::new().metadata("<Member Name=\"public\" Value=\"1\" />", "<Member Name=\"Private\" Value=\"1\" />");
    assert_eq!(
        toy.error(),
        "toy.toml: microsoft.graph.visibility: `private` and `Private` would both be `Private` in Rust; leave one of them out \
         of pim.toml"
    );
}

#[test]
fn two_operations_of_one_name_collide() {
    let toy = Toy::new()
        .metadata("<Action Name=\"escalate\"", "<Action Name=\"Cancel\"")
        .selection("cancel =", "Cancel = { doc = \"Withdraws a request.\" }\ncancel =");
    assert_eq!(
        toy.error(),
        "toy.toml: the operations of v1.0: `POST /governance/requests/{membershipRequest-id}/Cancel` and `POST \
         /governance/requests/{membershipRequest-id}/cancel` would both be `governance_requests_item_cancel` in Rust; leave \
         one of them out of pim.toml"
    );
}

#[test]
fn an_operation_collides_with_a_way_on() {
    let toy = Toy::new()
        .metadata("<Action Name=\"escalate\" IsBound=\"true\">\n        <Parameter Name=\"bindingParameter\" Type=\"graph.membershipRequest\" />", "<Action Name=\"members\" IsBound=\"true\">\n        <Parameter Name=\"bindingParameter\" Type=\"graph.group\" />")
        .selection("delete = {", "members = { doc = \"Does something.\" }\ndelete = {");
    assert_eq!(toy.error(), "toy.toml: /groups/{group-id}: `/groups/{group-id}/members` is there twice");
}
