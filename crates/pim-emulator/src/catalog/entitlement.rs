//! The built-in roles of entitlement management. They are given in one catalog of access packages each.

use uuid::uuid;

use super::{BuiltInRole, ORDINARY, built_in};

/// The built-in roles of entitlement management.
pub(crate) static ROLES: &[BuiltInRole] = &[
    built_in(
        uuid!("ae79f266-94d4-4dab-b730-feca7e132178"),
        "Catalog owner",
        ORDINARY,
        "Runs a catalog: its resources, its access packages, and who helps to run it.",
        &["microsoft.entitlementManagement/allEntities/allTasks"],
    ),
    built_in(
        uuid!("44272f93-9762-48e8-af59-1b5351b1d6b3"),
        "Catalog reader",
        ORDINARY,
        "Sees the access packages of a catalog.",
        &["microsoft.entitlementManagement/allEntities/Read"],
    ),
    built_in(
        uuid!("7f480852-ebdc-47d4-87de-0d8498384a83"),
        "Access package manager",
        ORDINARY,
        "Makes and changes the access packages of a catalog.",
        &["microsoft.entitlementManagement/AccessPackage/allTasks"],
    ),
    built_in(
        uuid!("e2182095-804a-4656-ae11-64734e9b7ae5"),
        "Access package assignment manager",
        ORDINARY,
        "Decides who has the access packages of a catalog.",
        &["microsoft.entitlementManagement/AccessPackageAssignment/allTasks"],
    ),
    built_in(
        uuid!("ba92d953-d8e0-4e39-a797-0cbedb0a89e8"),
        "Catalog creator",
        ORDINARY,
        "Makes new catalogs, each of which it then owns.",
        &["microsoft.entitlementManagement/AccessPackageCatalog/Create"],
    ),
];
