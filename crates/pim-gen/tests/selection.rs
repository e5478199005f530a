//! Selection: what of the metadata is kept, what is cut, and which mistakes in a selection are found.

#[path = "support/toy.rs"]
mod toy;

use pim_gen::edm::QualifiedName;
use pim_gen::select::{Missing, Report, Surface, Verb};
use proptest::prelude::*;
use toy::Toy;

// ---------------------------------------------------------------------------------------------------------------------
// What is kept
// ---------------------------------------------------------------------------------------------------------------------

#[test]
fn kept_are_the_types_that_payloads_are_made_of() {
    let model = Toy::new().model();
    let surface = Toy::new().select(&model);
    assert_eq!(
        surface.types.keys().map(QualifiedName::name).collect::<Vec<_>>(),
        ["condition", "directoryObject", "group", "membershipRequest", "passwordProfile", "policy", "rule", "user"]
    );
    assert_eq!(surface.enums.iter().map(QualifiedName::name).collect::<Vec<_>>(), ["requestFilter", "visibility"]);
}

#[test]
fn the_types_of_structural_properties_are_kept_unasked() {
    assert!(kept(&one("/users", "item", "get").selection_of_user(""), "passwordProfile").is_some());
}

#[test]
fn navigation_properties_are_cut_where_they_are_not_named() {
    let toy = one("/governance/requests", "item", "get");
    assert_eq!(kept(&toy, "membershipRequest").unwrap(), members("id approverId status groupId principalId scopeId ticketId"));
    assert_eq!(kept(&toy, "group"), None);
}
