//! Policies, their rules, and which policy holds for what.
//!
//! None of them is made or deleted: every role has a policy, and every group two, for its members and its owners.

mod access;
mod assignments;
mod find;
mod lists;
mod objects;
mod operations;
mod related;
mod rules;
#[cfg(test)]
mod tests;

use super::dispatch::Entry;

pub(super) use related::related;

pub(super) const POLICIES: &[Entry] = &[
    ("GET", "/policies/roleManagementPolicies", operations::list),
    ("GET", "/policies/roleManagementPolicies/{}", operations::get),
    ("PATCH", "/policies/roleManagementPolicies/{}", operations::update),
    ("GET", "/policies/roleManagementPolicies/{}/rules", rules::list),
    ("GET", "/policies/roleManagementPolicies/{}/rules/{}", rules::get),
    ("PATCH", "/policies/roleManagementPolicies/{}/rules/{}", rules::update),
    ("GET", "/policies/roleManagementPolicies/{}/effectiveRules", rules::list_effective),
    ("GET", "/policies/roleManagementPolicyAssignments", assignments::list),
    ("GET", "/policies/roleManagementPolicyAssignments/{}", assignments::get),
];
