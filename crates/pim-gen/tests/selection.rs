//! Selection: what of the metadata is kept, what is cut, and which mistakes in a selection are found.

#![expect(clippy::unwrap_used, reason = "there is nobody to handle an error")]

#[path = "support/toy.rs"]
mod toy;

use std::collections::BTreeMap;

use pim_gen::select::Verb;
use proptest::prelude::*;
use toy::Toy;

/// A selection with one path, on its second line, and one operation, on its fourth.
fn one(path: &str, target: &str, operation: &str) -> Toy {
    Toy::selecting(&format!(
        "[[resource]]\npath = {path:?}\n[resource.{target}]\n{operation} = {{ doc = \"What it does.\" }}\n"
    ))
}

/// A selection that begins with `entry` and goes on with the groups, which are listed.
fn groups_and(entry: &str) -> Toy {
    Toy::selecting(&format!(
        "{}\n[[resource]]\npath = \"/groups\"\n[resource.collection]\nlist = {{ doc = \"Lists the groups.\" }}\n",
        entry.trim_start()
    ))
}

/// The members that are kept of each type.
fn kept(toy: &Toy) -> BTreeMap<String, String> {
    let model = toy.model();
    let surface = toy.select(&model);
    let members = surface.types.iter().map(|(name, members)| {
        let properties = members.properties.iter().map(|property| property.name.as_str());
        let navigation = members.navigation.iter().map(|navigation| navigation.name.as_str());
        (name.name().to_owned(), properties.chain(navigation).collect::<Vec<_>>().join(" "))
    });
    members.collect()
}

/// The enumerations that are kept.
fn kept_enums(toy: &Toy) -> Vec<String> {
    let model = toy.model();
    toy.select(&model).enums.iter().map(|name| name.name().to_owned()).collect()
}

// ---------------------------------------------------------------------------------------------------------------------
// What is kept and what is cut
// ---------------------------------------------------------------------------------------------------------------------

#[test]
fn an_entity_is_kept_with_its_structural_properties_the_roots_first() {
    assert_eq!(
        kept(&one("/users", "item", "get"))["user"],
        "id deletedDateTime displayName passwordProfile photo rights"
    );
}

#[test]
fn the_types_of_structural_properties_are_kept_too() {
    let toy = one("/users", "item", "get");
    assert_eq!(kept(&toy).into_keys().collect::<Vec<_>>(), ["passwordProfile", "user"]);
    assert_eq!(kept_enums(&toy), ["accessRights"]);
}

#[test]
fn relations_are_cut_with_the_types_that_they_lead_to() {
    let toy = one("/governance/requests", "item", "get");
    assert_eq!(kept(&toy).into_keys().collect::<Vec<_>>(), ["membershipRequest"]);
    assert_eq!(kept(&toy)["membershipRequest"], "id approverId status groupId principalId scopeId ticketId");
}

#[test]
fn a_relation_that_is_named_is_kept_with_the_type_that_it_leads_to() {
    let toy = groups_and(
        r#"
[[type]]
name = "microsoft.graph.group"
navigation = ["members"]
"#,
    );
    assert!(kept(&toy)["group"].ends_with(" members"));
    assert_eq!(kept(&toy)["directoryObject"], "id deletedDateTime");
}

#[test]
fn subtypes_are_cut() {
    let toy = one("/directoryObjects", "item", "get");
    assert_eq!(kept(&toy).into_keys().collect::<Vec<_>>(), ["directoryObject"]);
}

#[test]
fn of_a_union_the_subtypes_that_are_named_are_kept() {
    let toy = Toy::selecting(
        r#"
[[union]]
base = "microsoft.graph.directoryObject"
subtypes = ["microsoft.graph.device", "microsoft.graph.group"]

[[resource]]
path = "/directoryObjects"
[resource.item]
get = { doc = "Reads an object." }
"#,
    );
    assert_eq!(kept(&toy).into_keys().collect::<Vec<_>>(), ["device", "directoryObject", "group"]);
}

#[test]
fn of_a_list_of_properties_the_others_are_cut_with_their_types() {
    let toy = groups_and(
        r#"
[[type]]
name = "microsoft.graph.group"
properties = ["id", "displayName"]
"#,
    );
    assert_eq!(kept(&toy)["group"], "id displayName");
    assert_eq!(kept_enums(&toy), [""; 0]);
}

#[test]
fn a_key_is_kept_although_a_list_of_properties_leaves_it_out() {
    let toy = groups_and(
        r#"
[[type]]
name = "microsoft.graph.group"
properties = ["displayName"]
"#,
    );
    assert_eq!(kept(&toy)["group"], "id displayName");
}

#[test]
fn a_relation_that_is_kept_of_a_type_is_kept_of_those_that_derive_from_it() {
    let kept = kept(&Toy::new());
    assert_eq!(kept["directoryObject"], "id deletedDateTime memberOf");
    assert_eq!(kept["user"], "id displayName passwordProfile memberOf");
}

#[test]
fn parameters_and_results_of_operations_are_kept() {
    let toy = one("/governance/requests", "collection", "filterByCurrentUser");
    assert_eq!(kept_enums(&toy), ["requestFilter"]);
    assert_eq!(kept(&toy).into_keys().collect::<Vec<_>>(), ["membershipRequest"]);
}

#[test]
fn of_operations_of_one_name_the_one_bound_to_the_most_derived_type_is_kept() {
    let binding = |path| {
        let toy = one(path, "collection", "delta");
        let model = toy.model();
        let Verb::Bound(delta) = toy.select(&model).resources[0].operations[0].verb else {
            panic!("no bound operation")
        };
        format!("{:?}", delta.binding.target)
    };
    assert_eq!(binding("/groups"), "Defined(microsoft.graph.group)");
    assert_eq!(binding("/users"), "Defined(microsoft.graph.directoryObject)");
}

#[test]
fn an_operation_that_is_not_named_is_cut() {
    let output = Toy::new().output();
    let metadata = output.spec.get("v1.0/metadata.csdl.xml").unwrap();
    assert!(metadata.contains(r#"<Action Name="cancel""#));
    assert!(!metadata.contains(r#"<Action Name="escalate""#));
}

#[test]
fn the_container_keeps_the_roots_that_paths_begin_with() {
    let output = Toy::new().output();
    let metadata = output.spec.get("v1.0/metadata.csdl.xml").unwrap();
    let roots: Vec<_> = metadata
        .lines()
        .map(str::trim)
        .filter(|line| line.contains("EntitySet") || line.contains("Singleton"))
        .collect();
    assert_eq!(
        roots,
        [
            r#"<EntitySet Name="groups" EntityType="graph.group" />"#,
            r#"<EntitySet Name="users" EntityType="graph.user" />"#,
            r#"<Singleton Name="governance" Type="graph.governance" />"#,
            r#"<Singleton Name="me" Type="graph.user" />"#,
        ]
    );
}

#[test]
fn the_report_says_what_was_kept_of_how_much() {
    let report = &Toy::new().output().reports[0].report;
    assert_eq!((report.types, report.types_of), (10, 15));
    assert_eq!((report.operations, report.operations_of), (19, 44));
    assert_eq!(report.navigation_cut, 1, "the manager of a user");
    assert_eq!(report.missing, [""; 0]);
}

// ---------------------------------------------------------------------------------------------------------------------
// Paths
// ---------------------------------------------------------------------------------------------------------------------

#[test]
fn a_path_has_to_begin_with_an_entity_set_or_a_singleton() {
    assert_eq!(
        one("/grups", "collection", "list").error(),
        "toy.toml:2:8: the path /grups does not exist: there is no entity set or singleton `grups`; did you mean `groups`?"
    );
}

#[test]
fn a_path_has_to_go_on_along_relations() {
    assert_eq!(
        one("/governance/request", "collection", "list").error(),
        "toy.toml:2:8: the path /governance/request does not exist: microsoft.graph.governance has no navigation property \
         `request`; did you mean `requests`?"
    );
}

#[test]
fn a_key_is_called_after_the_type_that_it_is_the_key_of() {
    assert_eq!(
        one("/groups/{id}/members", "collection", "list").error(),
        "toy.toml:2:8: the path /groups/{id}/members has the key {id} where a microsoft.graph.group is meant; write \
         {group-id}"
    );
}

#[test]
fn a_path_that_goes_on_behind_a_collection_needs_a_key() {
    assert_eq!(
        one("/groups/members", "collection", "list").error(),
        "toy.toml:2:8: the path /groups/members has `members` behind a collection; write the key {group-id} first"
    );
}

#[test]
fn a_single_entity_has_no_key() {
    assert_eq!(
        one("/me/{user-id}/memberOf", "collection", "list").error(),
        "toy.toml:2:8: the path /me/{user-id}/memberOf has the key {user-id} behind a single entity; leave it out"
    );
}

#[test]
fn a_path_ends_at_a_collection_and_not_with_a_key() {
    assert_eq!(
        one("/groups/{group-id}", "item", "get").error(),
        "toy.toml:2:8: the path /groups/{group-id} ends with a key; name the collection and list its operations under \
         `item`"
    );
}

#[test]
fn a_cast_is_to_a_subtype() {
    assert_eq!(
        one("/groups/{group-id}/members/microsoft.graph.policy", "collection", "list").error(),
        "toy.toml:2:8: the path /groups/{group-id}/members/microsoft.graph.policy casts to `microsoft.graph.policy`, which \
         does not derive from microsoft.graph.directoryObject"
    );
}

#[test]
fn a_path_is_listed_once() {
    let twice = "[[resource]]\npath = \"/groups\"\n[resource.item]\nget = { doc = \"Reads a group.\" }\n".repeat(2);
    assert_eq!(
        Toy::selecting(&twice).error(),
        "toy.toml:6:8: the path /groups is listed twice for v1.0; join the two entries"
    );
}

#[test]
fn a_selection_of_which_nothing_is_there_is_an_error_even_where_names_may_be_missing() {
    assert_eq!(
        one("/printers", "collection", "list").lenient().error(),
        "toy.toml: nothing of the selection is in the metadata for v1.0: none of its paths exists there"
    );
}

// ---------------------------------------------------------------------------------------------------------------------
// Operations
// ---------------------------------------------------------------------------------------------------------------------

#[test]
fn an_operation_has_to_be_bound_to_what_the_path_leads_to() {
    assert_eq!(
        one("/governance/requests", "item", "cancell").error(),
        "toy.toml:4:1: /governance/requests: the operation `cancell` does not exist: nothing of that name is bound to \
         microsoft.graph.membershipRequest; did you mean `cancel`?"
    );
}

#[test]
fn an_operation_bound_to_the_collection_is_not_bound_to_the_item() {
    assert_eq!(
        one("/groups", "item", "delta").error(),
        "toy.toml:4:1: /groups: the operation `delta` does not exist: nothing of that name is bound to microsoft.graph.group"
    );
}

#[test]
fn what_acts_on_one_entity_is_listed_under_item() {
    for word in ["get", "update", "delete", "removeRef"] {
        assert_eq!(
            one("/groups", "collection", word).error(),
            format!("toy.toml:4:1: /groups: the operation `{word}` acts on one entity; move it to `item`")
        );
    }
}

#[test]
fn what_acts_on_the_collection_is_listed_under_collection() {
    for word in ["list", "create", "count", "addRef"] {
        assert_eq!(
            one("/groups", "item", word).error(),
            format!("toy.toml:4:1: /groups: the operation `{word}` acts on the collection; move it to `collection`")
        );
    }
}

#[test]
fn a_single_entity_has_no_operations_under_collection() {
    assert_eq!(
        one("/me", "collection", "list").error(),
        "toy.toml:4:1: /me: the operation `list` is listed for a collection, but the path leads to a single entity; move it \
         to `item`"
    );
}

#[test]
fn what_is_merely_related_is_not_created_changed_or_deleted_behind_the_relation() {
    for (target, word) in [("collection", "create"), ("item", "update"), ("item", "delete")] {
        assert_eq!(
            one("/groups/{group-id}/members", target, word).error(),
            format!(
                "toy.toml:4:1: /groups/{{group-id}}/members: the operation `{word}` would act on a related \
                 microsoft.graph.directoryObject itself, not on the relation; use addRef and removeRef"
            )
        );
    }
}

#[test]
fn what_lives_in_a_collection_is_not_related_to_it() {
    for (target, word) in [("collection", "addRef"), ("item", "removeRef")] {
        assert_eq!(
            one("/governance/policies", target, word).error(),
            format!(
                "toy.toml:4:1: /governance/policies: the operation `{word}` relates, but the microsoft.graph.policy lives \
                 here; use create and delete"
            )
        );
    }
}

#[test]
fn only_an_update_sends_a_whole_entity() {
    let toy = one("/groups", "item", "get").selection("}", ", body = \"whole\" }");
    assert_eq!(
        toy.error(),
        "toy.toml:4:1: /groups: the operation `get` sends no entity, so `body = \"whole\"` says nothing; leave it out"
    );
}

// ---------------------------------------------------------------------------------------------------------------------
// Types
// ---------------------------------------------------------------------------------------------------------------------

#[test]
fn a_property_that_does_not_exist_is_an_error_at_its_place() {
    let toy = groups_and(
        r#"
[[type]]
name = "microsoft.graph.group"
properties = ["id", "dispalyName"]
"#,
    );
    assert_eq!(
        toy.error(),
        "toy.toml:3:21: microsoft.graph.group has no property `dispalyName`; did you mean `displayName`?"
    );
}

#[test]
fn a_relation_that_does_not_exist_is_an_error_at_its_place() {
    let toy = groups_and(
        r#"
[[type]]
name = "microsoft.graph.group"
navigation = ["member"]
versions = ["v1.0"]
"#,
    );
    assert_eq!(
        toy.error(),
        "toy.toml:3:15: microsoft.graph.group has no navigation property `member`; did you mean `members` or `memberOf`?"
    );
}

#[test]
fn a_structural_property_is_no_relation() {
    let toy = groups_and(
        r#"
[[type]]
name = "microsoft.graph.group"
navigation = ["displayName"]
"#,
    );
    assert_eq!(toy.error(), "toy.toml:3:15: microsoft.graph.group has no navigation property `displayName`");
}

#[test]
fn a_subtype_that_does_not_derive_from_the_base_is_an_error_at_its_place() {
    let toy = Toy::new().selection("\"microsoft.graph.group\",", "\"microsoft.graph.grup\",");
    assert_eq!(
        toy.error(),
        "toy.toml:7:5: `microsoft.graph.grup` is no subtype of microsoft.graph.directoryObject; did you mean \
         `microsoft.graph.group`?"
    );
}

#[test]
fn an_entry_for_a_type_that_no_kept_operation_needs_is_an_error() {
    let toy = groups_and(
        r#"
[[type]]
name = "microsoft.graph.user"
properties = ["displayName"]
"#,
    );
    assert_eq!(toy.error(), "toy.toml:2:8: no kept operation needs the type `microsoft.graph.user`");
}

#[test]
fn an_entry_for_a_type_that_does_not_exist_is_an_error_with_the_nearest_of_the_kept_ones() {
    let toy = groups_and("[[type]]\nname = \"microsoft.graph.grup\"\n");
    assert_eq!(
        toy.error(),
        "toy.toml:2:8: no kept operation needs the type `microsoft.graph.grup`; did you mean `microsoft.graph.group`?"
    );
}

#[test]
fn a_union_that_no_kept_operation_needs_is_an_error() {
    let toy = groups_and("[[union]]\nbase = \"microsoft.graph.entity\"\nsubtypes = [\"microsoft.graph.group\"]\n");
    assert_eq!(toy.error(), "toy.toml:2:8: no kept operation needs the type `microsoft.graph.entity`");
}

#[test]
fn a_type_has_one_entry() {
    let toy = groups_and(&"[[type]]\nname = \"microsoft.graph.group\"\n".repeat(2));
    assert_eq!(toy.error(), "toy.toml:4:8: `microsoft.graph.group` has two entries for v1.0; join them");
}

#[test]
fn a_word_that_the_selection_does_not_have_is_an_error_at_its_place() {
    let toy = groups_and("[[type]]\nname = \"microsoft.graph.group\"\nrelations = [\"members\"]\n");
    assert_eq!(
        toy.error(),
        "toy.toml:3:1: unknown field `relations`, expected one of `name`, `properties`, `navigation`, `versions`"
    );
}

// ---------------------------------------------------------------------------------------------------------------------
// Several versions
// ---------------------------------------------------------------------------------------------------------------------

/// The groups of v1.0 and beta, which in beta have another name for what they are called.
fn two_versions(entry: &str) -> Toy {
    groups_and(entry)
        .and_beta()
        .metadata("<EntityType Name=\"group\" BaseType=\"graph.directoryObject\" OpenType=\"true\">", GROUP_WITH_TITLE)
}

const GROUP_WITH_TITLE: &str = "<EntityType Name=\"group\" BaseType=\"graph.directoryObject\" OpenType=\"true\">
        <Property Name=\"title\" Type=\"Edm.String\" />";

#[test]
fn an_entry_without_versions_may_hold_in_one_version_only() {
    let toy = two_versions("[[type]]\nname = \"microsoft.graph.group\"\nproperties = [\"title\"]\n");
    let code = toy.output().code;
    assert!(code.get("beta/models/group.rs").unwrap().contains("pub title: Option<String>"));
    assert!(!code.get("v1_0/models/group.rs").unwrap().contains("title"));
}

#[test]
fn an_entry_without_versions_that_holds_in_no_version_is_an_error() {
    let toy = two_versions("[[type]]\nname = \"microsoft.graph.group\"\nproperties = [\"titel\"]\n");
    assert_eq!(toy.error(), "toy.toml:3:15: microsoft.graph.group has no property `titel`");
}

/// Users are kept of v1.0 only, and the mistake is one of v1.0: that beta does not have the type at all must not hide it.
#[test]
fn a_mistake_in_an_entry_is_seen_though_another_version_has_no_such_type() {
    let users = "\n[[resource]]\npath = \"/users\"\n[resource.collection]\nlist = { doc = \"Lists the users.\" }\n";
    let entry = |members: &str| format!("[[type]]\nname = \"microsoft.graph.user\"\n{members}\n");
    let of_users = |members: &str| groups_and(&entry(members)).and_beta().and_selecting(users);
    assert!(of_users("properties = [\"displayName\"]").generate().is_ok());
    assert!(of_users("properties = [\"displayName\", \"dsplayName\"]").error().starts_with("toy.toml:3:30: "));
    let navigation = "properties = [\"displayName\"]\nnavigation = [\"memberOff\"]";
    assert!(of_users(navigation).error().starts_with("toy.toml:4:15: "));
}

#[test]
fn an_entry_that_names_its_versions_has_to_hold_in_each() {
    let toy = two_versions(
        "[[type]]\nname = \"microsoft.graph.group\"\nproperties = [\"title\"]\nversions = [\"v1.0\", \"beta\"]\n",
    );
    assert_eq!(toy.error(), "toy.toml:3:15: microsoft.graph.group has no property `title`");
}

#[test]
fn an_entry_says_nothing_about_the_versions_that_it_does_not_name() {
    let toy =
        two_versions("[[type]]\nname = \"microsoft.graph.group\"\nproperties = [\"title\"]\nversions = [\"beta\"]\n");
    let code = toy.output().code;
    assert!(code.get("v1_0/models/group.rs").unwrap().contains("pub display_name: Option<String>"));
    assert!(!code.get("beta/models/group.rs").unwrap().contains("display_name"));
}

// ---------------------------------------------------------------------------------------------------------------------
// Where names may be missing
// ---------------------------------------------------------------------------------------------------------------------

/// What is passed over where names may be missing.
fn missing(toy: Toy) -> Vec<String> {
    toy.lenient().output().reports.remove(0).report.missing
}

#[test]
fn a_path_that_may_be_missing_is_passed_over_and_reported() {
    let toy = Toy::new().selection("path = \"/me\"", "path = \"/we\"");
    assert_eq!(missing(toy), ["the path /we does not exist: there is no entity set or singleton `we`"]);
}

#[test]
fn an_operation_that_may_be_missing_is_passed_over_and_reported() {
    let toy = Toy::new().selection("cancel = ", "withdraw = ");
    assert_eq!(
        missing(toy),
        ["/governance/requests: the operation `withdraw` does not exist: nothing of that name is bound to \
             microsoft.graph.membershipRequest"]
    );
}

#[test]
fn a_property_that_may_be_missing_is_passed_over_and_reported() {
    let toy = Toy::new().selection("    \"passwordProfile\",\n]", "    \"title\",\n]\nversions = [\"v1.0\"]");
    assert_eq!(missing(toy), ["microsoft.graph.user has no property `title`"]);
}

#[test]
fn what_is_there_is_kept_although_something_is_missing() {
    let toy = Toy::new().selection("path = \"/me\"", "path = \"/we\"").lenient();
    assert_eq!(toy.output().reports[0].report.operations, Toy::new().output().reports[0].report.operations - 1);
}

// ---------------------------------------------------------------------------------------------------------------------
// Selecting from the selection
// ---------------------------------------------------------------------------------------------------------------------

/// Generates from the metadata that `toy` selects; it has to be the same as from the whole.
fn assert_selecting_again_changes_nothing(toy: &Toy) {
    let output = toy.output();
    let metadata = output.spec.get("v1.0/metadata.csdl.xml").unwrap();
    let nearby = output.spec.get("v1.0/nearby.json").unwrap();
    let again = toy.clone().with_metadata(metadata).beside(nearby).output();
    assert_eq!(again.spec, output.spec);
    assert!(again.code == output.code, "the same metadata was selected, but other code was written");
}

#[test]
fn selecting_from_the_selection_gives_the_same_selection_and_code() {
    assert_selecting_again_changes_nothing(&Toy::new());
}

#[test]
fn so_does_it_where_a_path_leads_through_a_type_that_has_its_key_from_no_other() {
    assert_selecting_again_changes_nothing(&Toy::new().metadata(
        "<EntityType Name=\"governance\" BaseType=\"graph.entity\">",
        "<EntityType Name=\"governance\">
        <Key><PropertyRef Name=\"code\" /></Key>
        <Property Name=\"code\" Type=\"Edm.String\" Nullable=\"false\" />",
    ));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn so_does_selecting_from_a_part_of_the_selection(selection in part_of_the_selection()) {
        // What the overlay knows of the other parts may be missing.
        assert_selecting_again_changes_nothing(&Toy::new().with_selection(&selection).lenient());
    }
}

/// The toy's selection without some of its operations, properties, relations and subtypes.
fn part_of_the_selection() -> impl Strategy<Value = String> {
    let lines = || include_str!("models/toy.toml").split_inclusive('\n');
    let is_optional = |line: &str| line.contains(" = { doc") || line.starts_with("    \"");
    prop::collection::vec(any::<bool>(), lines().count()).prop_map(move |wanted| {
        let kept = lines().zip(wanted).filter(|(line, wanted)| *wanted || !is_optional(line));
        let always = "get = { doc = \"Reads a policy.\" }\n";
        kept.map(|(line, _)| line).chain([always]).collect()
    })
}
