//! What is written: the files that come of the toy, and what holds of all files.

#![expect(clippy::unwrap_used, reason = "there is nobody to handle an error")]

#[path = "support/toy.rs"]
mod toy;

use pim_gen::{Generator, Input, Output};
use toy::Toy;

/// The code of one file that comes of the toy.
fn code(path: &str) -> String {
    Toy::new().output().code.get(&format!("v1_0/{path}")).unwrap().to_owned()
}

// ---------------------------------------------------------------------------------------------------------------------
// Types
// ---------------------------------------------------------------------------------------------------------------------

#[test]
fn an_enumeration() {
    insta::assert_snapshot!(code("models/request_filter.rs"));
}

#[test]
fn an_entity_as_it_is_read() {
    insta::assert_snapshot!(code("models/group.rs"));
}

#[test]
fn a_body_that_creates() {
    insta::assert_snapshot!(code("models/group_create.rs"));
}

#[test]
fn a_body_that_changes() {
    insta::assert_snapshot!(code("models/policy_update.rs"));
}

#[test]
fn the_parameters_of_an_action() {
    insta::assert_snapshot!(code("models/membership_request_cancel_body.rs"));
}

#[test]
fn a_complex_type_that_contains_itself() {
    insta::assert_snapshot!(code("models/condition.rs"));
}

#[test]
fn a_union() {
    insta::assert_snapshot!(code("models/directory_object.rs"));
}

#[test]
fn what_a_union_does_not_tell_apart() {
    insta::assert_snapshot!(code("models/unknown_directory_object.rs"));
}

#[test]
fn the_list_of_types() {
    insta::assert_snapshot!(code("models/mod.rs"));
}

#[test]
fn the_fields_of_all_types() {
    insta::assert_snapshot!(code("fields.rs"));
}

#[test]
fn fields_say_what_their_properties_hold() {
    let toy = Toy::of(
        r#"<EnumType Name="kind"><Member Name="big" Value="0" /></EnumType>
        <ComplexType Name="part"><Property Name="name" Type="Edm.String" /></ComplexType>
        <ComplexType Name="nothing" />
        <EntityType Name="thing">
            <Key><PropertyRef Name="id" /></Key>
            <Property Name="id" Type="Edm.String" Nullable="false" />
            <Property Name="text" Type="Edm.String" />
            <Property Name="tenant" Type="Edm.Guid" />
            <Property Name="tenants" Type="Collection(Edm.Guid)" />
            <Property Name="bytes" Type="Edm.Binary" />
            <Property Name="on" Type="Edm.Boolean" />
            <Property Name="number" Type="Edm.Int32" />
            <Property Name="kind" Type="microsoft.graph.kind" />
            <Property Name="kinds" Type="Collection(microsoft.graph.kind)" />
            <Property Name="part" Type="microsoft.graph.part" />
            <Property Name="parts" Type="Collection(microsoft.graph.part)" />
            <Property Name="nothing" Type="microsoft.graph.nothing" />
            <NavigationProperty Name="parent" Type="microsoft.graph.thing" />
            <NavigationProperty Name="children" Type="Collection(microsoft.graph.thing)" />
        </EntityType>"#,
        r#"[[type]]
name = "microsoft.graph.thing"
navigation = ["parent", "children"]
[[resource]]
path = "/things"
collection.list = { doc = "Lists." }
"#,
    );
    let code = toy.output().code;
    let thing = code.get("v1_0/models/thing.rs").unwrap();
    let fields: Vec<_> = thing.lines().filter_map(|line| line.trim().split_once(" => ")?.1.strip_suffix(',')).collect();
    assert_eq!(
        fields,
        [
            "id: Id<Thing>",
            "text: String",
            "tenant: Guid",
            "tenants: Vec<Guid>",
            "bytes: Binary",
            "on: bool",
            "number: i32",
            "kind: Kind",
            "kinds: Vec<Kind>",
            "part: Part",
            "parts: Vec<Part>",
            "nothing: Nothing",
            "parent: Relation<Thing>",
            "children: Relations<Thing>",
        ]
    );
    // What has no properties has no fields.
    assert!(!code.get("v1_0/models/nothing.rs").unwrap().contains("fields of"));
    assert!(!code.get("v1_0/fields.rs").unwrap().contains("nothing"));
}

#[test]
fn a_type_that_is_called_fields_has_another_module() {
    let toy = Toy::of(
        r#"<EntityType Name="thing">
            <Key><PropertyRef Name="id" /></Key>
            <Property Name="id" Type="Edm.String" Nullable="false" />
            <Property Name="fields" Type="microsoft.graph.fields" />
        </EntityType>
        <ComplexType Name="fields"><Property Name="type" Type="Edm.String" /></ComplexType>"#,
        "[[resource]]\npath = \"/things\"\ncollection.list = { doc = \"Lists.\" }\n",
    );
    let code = toy.output().code;
    assert!(code.get("v1_0/models/fields_.rs").is_some());
    assert!(code.get("v1_0/fields.rs").unwrap().contains("pub use super::models::fields_::fields as fields_;"));
}

// ---------------------------------------------------------------------------------------------------------------------
// Operations
// ---------------------------------------------------------------------------------------------------------------------

#[test]
fn a_path_with_its_entities_and_their_operations() {
    insta::assert_snapshot!(code("resources/governance/requests.rs"));
}

#[test]
fn the_root_of_the_paths() {
    insta::assert_snapshot!(code("resources/mod.rs"));
}

#[test]
fn the_table_of_operations() {
    insta::assert_snapshot!(code("operations.rs"));
}

#[test]
fn the_types_that_operations_exchange() {
    insta::assert_snapshot!(code("exchange.rs"));
}

#[test]
fn the_client_below_the_operations() {
    insta::assert_snapshot!(code("http.rs"));
}

// ---------------------------------------------------------------------------------------------------------------------
// Metadata
// ---------------------------------------------------------------------------------------------------------------------

#[test]
fn the_selected_metadata() {
    insta::assert_snapshot!(Toy::new().output().spec.get("v1.0/metadata.csdl.xml").unwrap());
}

#[test]
fn the_openapi_document_of_one_path() {
    let toy = Toy::selecting(
        r#"
[[resource]]
path = "/governance/requests"
[resource.collection]
filterByCurrentUser = { doc = "Lists the requests of the caller." }
"#,
    );
    insta::assert_snapshot!(toy.output().spec.get("v1.0/openapi.json").unwrap());
}

// ---------------------------------------------------------------------------------------------------------------------
// All files
// ---------------------------------------------------------------------------------------------------------------------

const HEADER: &str = "// @generated by pim-gen. Do not edit: change what it is generated from, and generate again.\n";

#[test]
fn all_code_is_rust() {
    for (path, text) in Toy::new().output().code.iter() {
        assert!(syn::parse_file(text).is_ok(), "{path}:\n{text}");
    }
}

#[test]
fn all_code_begins_with_the_header() {
    for (path, text) in Toy::new().output().code.iter() {
        assert!(text.starts_with(HEADER), "{path}:\n{text}");
    }
}

#[test]
fn all_files_have_unix_line_ends_and_end_with_one() {
    let Output { spec, code, .. } = Toy::new().output();
    for (path, text) in spec.iter().chain(code.iter()) {
        assert!(!text.contains('\r'), "{path}");
        assert!(text.ends_with('\n') && !text.ends_with("\n\n"), "{path}");
    }
}

#[test]
fn no_line_ends_with_a_blank() {
    let Output { spec, code, .. } = Toy::new().output();
    for (path, text) in spec.iter().chain(code.iter()) {
        let line = text.lines().find(|line| line.ends_with(' '));
        assert_eq!(line, None, "{path}");
    }
}

#[test]
fn the_code_refers_to_nothing_but_the_client_and_itself() {
    let of = |text: &str| text.lines().filter(|line| line.starts_with("use ")).map(str::to_owned).collect::<Vec<_>>();
    for (path, text) in Toy::new().output().code.iter() {
        for used in of(text) {
            let known = ["use pim_client::", "use super::", "use std::"];
            assert!(known.iter().any(|crate_| used.starts_with(crate_)), "{path}: {used}");
        }
    }
}

#[test]
fn all_files_are_the_same_each_time() {
    let (once, again) = (Toy::new().output(), Toy::new().output());
    assert_eq!(once.spec, again.spec);
    assert!(once.code == again.code);
}

#[test]
fn all_code_is_of_one_version_or_leads_to_one() {
    let code = Toy::new().and_beta().output().code;
    let others: Vec<_> = code
        .iter()
        .map(|(path, _)| path)
        .filter(|path| !path.starts_with("v1_0/") && !path.starts_with("beta/"))
        .collect();
    assert_eq!(others, ["mod.rs"]);
}

#[test]
fn a_version_can_be_behind_a_feature() {
    let documents = include_str!("models/toy.csdl.xml").as_bytes();
    let output = Generator::new(
        "toy.toml",
        "[[resource]]\nversions = [\"v1.0\", \"beta\"]\npath = \"/groups\"\ncollection.list = { doc = \"Lists.\" }\n",
    )
    .unwrap()
    .feature("beta", "preview")
    .generate(&["v1.0", "beta"].map(|version| Input::csdl(version, "toy.csdl.xml", documents)), &|_| {})
    .unwrap();
    assert_eq!(
        output.code.get("mod.rs").unwrap().trim_start_matches(HEADER),
        "\
/// Graph's v1.0.
pub mod v1_0;
#[cfg(feature = \"preview\")]
/// Graph's beta.
pub mod beta;
"
    );
}

#[test]
fn it_says_what_it_is_doing() {
    let said = std::cell::RefCell::new(Vec::new());
    let generator =
        Generator::new("toy.toml", "[[resource]]\npath = \"/groups\"\ncollection.list = { doc = \"Lists.\" }\n")
            .unwrap();
    let input = Input::csdl("v1.0", "toy.csdl.xml", include_str!("models/toy.csdl.xml").as_bytes());
    generator.generate(&[input], &|message| said.borrow_mut().push(message.to_owned())).unwrap();
    assert_eq!(said.into_inner(), ["v1.0: reading toy.csdl.xml", "v1.0: selecting", "v1.0: writing"]);
}
