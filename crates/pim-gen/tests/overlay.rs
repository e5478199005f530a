//! Lowering: what the overlay adds and corrects.

#![expect(clippy::unwrap_used, reason = "there is nobody to handle an error")]

#[path = "support/members.rs"]
mod members;
#[allow(dead_code, reason = "only types are of interest here")]
#[path = "support/outline.rs"]
mod outline;
#[path = "support/toy.rs"]
mod toy;

use members::type_of;
use toy::Toy;

/// What is wrong with the toy if the overlay says only this.
fn error_of_overlay(overlay: &str) -> String {
    Toy::new().with_overlay(overlay.trim_start()).error()
}

#[test]
fn a_correction_sets_the_type_of_a_property() {
    let api = Toy::new().api();
    assert_eq!(type_of(&api, "Group", "visibility"), "Visibility");
    assert_eq!(type_of(&Toy::new().with_overlay("").api(), "Group", "visibility"), "String");
}

#[test]
fn a_correction_sets_the_type_of_a_relation() {
    assert_eq!(type_of(&Toy::new().api(), "MembershipRequest", "scope"), "DirectoryObject");
}

#[test]
fn a_correction_is_taken_back_in_the_selected_metadata_where_it_is_to_be_made_again() {
    let output = Toy::new().output();
    let metadata = output.spec.get("v1.0/metadata.csdl.xml").unwrap();
    assert!(metadata.contains("<Property Name=\"visibility\" Type=\"Edm.String\" />"));
    assert!(metadata.contains("<NavigationProperty Name=\"scope\" Type=\"graph.device\" />"));
}

/// A correction of `property` to `set_type`.
fn correction(ty: &str, property: &str, set_type: &str) -> String {
    format!(
        "[[correction]]\ntype = \"microsoft.graph.{ty}\"\nproperty = \"{property}\"\nset_type = \"microsoft.graph.{set_type}\"\n\
         source = \"https://example.org\"\nreason = \"It is wrong.\"\n"
    )
}

#[test]
fn a_correction_of_a_type_that_does_not_exist_is_an_error() {
    assert_eq!(
        error_of_overlay(&correction("grup", "visibility", "visibility")),
        "toy.overlay.toml:2:8: the correction of `microsoft.graph.grup/visibility` applies to nothing: there is no such type; \
         did you mean `microsoft.graph.group`?"
    );
}

#[test]
fn a_correction_of_a_property_that_does_not_exist_is_an_error() {
    assert_eq!(
        error_of_overlay(&correction("group", "visible", "visibility")),
        "toy.overlay.toml:2:8: the correction of `microsoft.graph.group/visible` applies to nothing: the type declares no such \
         property"
    );
}

#[test]
fn a_correction_to_a_type_that_does_not_exist_is_an_error() {
    assert_eq!(
        error_of_overlay(&correction("group", "visibility", "visiblity")),
        "toy.overlay.toml:2:8: the correction of `microsoft.graph.group/visibility` sets the type \
         `microsoft.graph.visiblity`, which does not exist; did you mean `microsoft.graph.visibility`?"
    );
}

#[test]
fn a_correction_that_the_metadata_has_by_now_is_an_error() {
    assert_eq!(
        error_of_overlay(&correction("membershipRequest", "group", "group")),
        "toy.overlay.toml:2:8: the correction of `microsoft.graph.membershipRequest/group` applies to nothing: the metadata \
         has the type `microsoft.graph.group` by now; remove it"
    );
}

#[test]
fn a_correction_of_what_is_not_kept_is_an_error_since_from_the_selection_it_could_not_be_made() {
    assert_eq!(
        error_of_overlay(&correction("user", "rights", "visibility")),
        "toy.overlay.toml:2:8: the correction of `microsoft.graph.user/rights` applies to nothing: no such member is kept"
    );
}

#[test]
fn a_correction_that_names_its_versions_has_to_apply_in_each() {
    let overlay = correction("group", "title", "visibility") + "versions = [\"v1.0\", \"beta\"]\n";
    let toy = Toy::new().with_overlay(&overlay).and_beta();
    assert_eq!(
        toy.metadata("<Property Name=\"mailNickname\"", "<Property Name=\"title\"").error(),
        "toy.overlay.toml:2:8: the correction of `microsoft.graph.group/title` applies to nothing: the type declares no such \
         property"
    );
}

#[test]
fn a_correction_may_apply_to_nothing_where_names_may_be_missing() {
    let overlay = correction("printer", "job", "visibility") + "versions = [\"v1.0\"]\n";
    assert!(Toy::new().with_overlay(&overlay).lenient().generate().is_ok());
}

#[test]
fn a_fact_about_a_type_that_is_not_kept_is_an_error() {
    assert_eq!(
        error_of_overlay(
            r#"
[[type]]
name = "microsoft.graph.grup"
doc = "Those who belong together."
"#
        ),
        "toy.overlay.toml:2:8: the overlay's entry for `microsoft.graph.grup` applies to nothing: no kept type is one; did you \
         mean `microsoft.graph.group`?"
    );
}

#[test]
fn a_fact_about_a_member_that_is_not_kept_is_an_error_in_every_list() {
    for list in ["read_only", "create_only", "required_on_create", "secret", "not_ids"] {
        assert_eq!(
            error_of_overlay(&format!("[[type]]\nname = \"microsoft.graph.group\"\n{list} = [\"mailNickName\"]\n")),
            format!(
                "toy.overlay.toml:3:{}: the overlay's fact about `microsoft.graph.group/mailNickName` applies to nothing: no \
                 such property is kept; did you mean `mailNickname`?",
                list.len() + 5
            )
        );
    }
    for list in ["bind", "deep_update"] {
        assert_eq!(
            error_of_overlay(&format!("[[type]]\nname = \"microsoft.graph.group\"\n{list} = [\"owner\"]\n")),
            format!(
                "toy.overlay.toml:3:{}: the overlay's fact about `microsoft.graph.group/owner` applies to nothing: no such \
                 relation is kept; did you mean `owners`?",
                list.len() + 5
            )
        );
    }
}

#[test]
fn a_description_of_a_member_that_is_not_kept_is_an_error() {
    assert_eq!(
        error_of_overlay(
            r#"
[[type]]
name = "microsoft.graph.group"
[type.properties]
displayname = "What it is called."
"#
        ),
        "toy.overlay.toml:4:1: the overlay's fact about `microsoft.graph.group/displayname` applies to nothing: no such member \
         is kept; did you mean `displayName`?"
    );
}

#[test]
fn what_is_said_of_relations_applies_to_no_property() {
    assert_eq!(
        error_of_overlay("[[type]]\nname = \"microsoft.graph.group\"\nbind = [\"displayName\"]\n"),
        "toy.overlay.toml:3:9: the overlay's fact about `microsoft.graph.group/displayName` applies to nothing: no such \
         relation is kept"
    );
}

#[test]
fn what_is_said_of_properties_applies_to_no_relation() {
    assert_eq!(
        error_of_overlay("[[type]]\nname = \"microsoft.graph.group\"\nread_only = [\"owners\"]\n"),
        "toy.overlay.toml:3:14: the overlay's fact about `microsoft.graph.group/owners` applies to nothing: no such property is \
         kept"
    );
}

#[test]
fn a_string_is_the_key_of_an_entity_that_is_kept() {
    assert_eq!(
        error_of_overlay(
            "[[type]]\nname = \"microsoft.graph.request\"\nids = { approverId = \"microsoft.graph.governance\" }\n"
        ),
        "toy.overlay.toml:3:22: the overlay says that `microsoft.graph.request/approverId` is the key of a \
         `microsoft.graph.governance`, which is not kept"
    );
}

#[test]
fn a_fact_about_an_enumeration_that_is_not_kept_is_an_error() {
    assert_eq!(
        error_of_overlay("[[enum]]\nname = \"microsoft.graph.accessRights\"\n"),
        "toy.overlay.toml:2:8: the overlay's entry for `microsoft.graph.accessRights` applies to nothing: the enumeration is \
         not kept"
    );
}

#[test]
fn a_fact_about_a_value_that_an_enumeration_does_not_have_is_an_error() {
    assert_eq!(
        error_of_overlay(
            "[[enum]]\nname = \"microsoft.graph.requestFilter\"\n[enum.members]\napprovr = \"Decides.\"\n"
        ),
        "toy.overlay.toml:4:1: the overlay's fact about `microsoft.graph.requestFilter/approvr` applies to nothing; did you \
         mean `approver`?"
    );
}

#[test]
fn a_type_has_one_entry_in_the_overlay() {
    assert_eq!(
        error_of_overlay(&"[[type]]\nname = \"microsoft.graph.group\"\n".repeat(2)),
        "toy.overlay.toml:4:8: `microsoft.graph.group` has two entries; join them"
    );
}

#[test]
fn a_fact_without_versions_may_apply_in_one_version_only() {
    let overlay = "[[type]]\nname = \"microsoft.graph.group\"\nread_only = [\"title\"]\n";
    let toy = Toy::new()
        .with_overlay(overlay)
        .and_beta()
        .metadata("<Property Name=\"mailNickname\"", "<Property Name=\"title\"");
    assert!(toy.generate().is_ok());
}

/// That one version does not have the type at all must not hide a mistake in another.
#[test]
fn a_mistake_in_a_fact_is_seen_though_another_version_has_no_such_type() {
    let groups = "[[resource]]\npath = \"/groups\"\n[resource.collection]\nlist = { doc = \"Lists the groups.\" }\n";
    let users = "\n[[resource]]\npath = \"/users\"\n[resource.collection]\nlist = { doc = \"Lists the users.\" }\n\n[[type]]\nname = \"microsoft.graph.user\"\nproperties = [\"displayName\"]\n";
    let fact = |member: &str| format!("[[type]]\nname = \"microsoft.graph.user\"\nread_only = [\"{member}\"]\n");
    let of_users = |member: &str| Toy::selecting(groups).and_beta().and_selecting(users).with_overlay(&fact(member));
    of_users("displayName").output();
    assert!(of_users("dsplayName").error().starts_with("toy.overlay.toml:3:14: "));
}

#[test]
fn a_fact_that_names_its_versions_has_to_apply_in_each() {
    let overlay =
        "[[type]]\nname = \"microsoft.graph.group\"\nread_only = [\"title\"]\nversions = [\"v1.0\", \"beta\"]\n";
    let toy = Toy::new()
        .with_overlay(overlay)
        .and_beta()
        .metadata("<Property Name=\"mailNickname\"", "<Property Name=\"title\"");
    assert_eq!(
        toy.error(),
        "toy.overlay.toml:3:14: the overlay's fact about `microsoft.graph.group/title` applies to nothing: no such property is \
         kept"
    );
}

#[test]
fn a_fact_may_apply_to_nothing_where_names_may_be_missing() {
    let overlay = "[[type]]\nname = \"microsoft.graph.printer\"\nids = { jobId = \"microsoft.graph.job\" }\nversions = [\"v1.0\"]\n";
    assert!(Toy::new().with_overlay(overlay).lenient().generate().is_ok());
}
