//! Nothing of the tutorials is missing.

use std::collections::BTreeSet;
use std::fs;

use crate::printed::{Printed, TUTORIALS, exchanges, folder};

/// How many requests a tutorial prints, and how many JSON bodies in them and in their responses.
fn counts(tutorial: &str) -> (usize, usize) {
    let exchanges = exchanges(tutorial);
    let bodies = |printed: &Printed| usize::from(printed.request.is_some()) + usize::from(printed.body.is_some());
    (exchanges.len(), exchanges.iter().map(bodies).sum())
}

#[test]
fn every_printed_exchange_is_a_fixture() {
    assert_eq!(counts("2021-pim-tutorial-beta"), (10, 11));
    assert_eq!(counts("2024-assign-entra-roles-howto"), (3, 6));
    assert_eq!(counts("2024-pim-tutorial-v1.0"), (7, 9));
    assert_eq!(counts("2025-pim-tutorial-v1.0"), (7, 8));
    assert_eq!(counts("2025-pim-api-overview"), (0, 0));
}

#[test]
fn every_fixture_belongs_to_a_tutorial() {
    let entries = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap());
    let folders = entries.filter(|entry| entry.path().is_dir()).map(|entry| entry.file_name().into_string().unwrap());
    let known = BTreeSet::from(TUTORIALS.map(str::to_owned));
    assert!(folders.collect::<BTreeSet<_>>().is_subset(&known));
}
