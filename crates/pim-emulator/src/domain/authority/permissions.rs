//! What a token permits.

use std::fmt;

use super::Verb;
use super::inclusion::{SUFFICIENT_FOR_REMOVAL, including};

/// What making or changing a role-assignable group takes beyond what other groups take.
pub(crate) const ROLE_ASSIGNABLE_GROUP: &[&str] = &["RoleManagement.ReadWrite.Directory"];

/// The least permissions for policies of groups: the operations name those for policies of roles.
pub(crate) fn of_group_policies(verb: Verb) -> &'static [&'static str] {
    match verb {
        Verb::Read => &["RoleManagementPolicy.Read.AzureADGroup"],
        Verb::Write => &["RoleManagementPolicy.ReadWrite.AzureADGroup"],
    }
}

/// Whether some operation asks for this permission, or would do with it. Others may be granted; they are good for nothing
/// here.
#[cfg(test)]
pub(crate) fn is_known(permission: &str) -> bool {
    including(permission).is_some()
        || SUFFICIENT_FOR_REMOVAL.iter().any(|(_, removal)| removal.eq_ignore_ascii_case(permission))
}

/// Permissions of which any would do, but none is granted: the least first.
///
/// It displays as what the service says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Missing<'a>(Vec<&'a str>);

impl fmt::Display for Missing<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Authorization failed due to missing permission scope {}.", self.0.join(","))
    }
}

/// The first of the needed permissions that the granted ones do not include; nothing, if the call is permitted.
///
/// What is needed is what an operation names as its least permissions: all of them. An operation that names none is
/// not for callers of that kind at all, which this does not tell: an empty list is always permitted.
pub(crate) fn missing<'a>(needed: &[&'a str], granted: &[String]) -> Option<Missing<'a>> {
    first_missing(needed, granted, |_| None)
}

/// The same for requests that take something away (`adminRemove`, `selfDeactivate`, and cancelling a request): for
/// them, a permission that is good for nothing else does as well.
pub(crate) fn missing_for_removal<'a>(needed: &[&'a str], granted: &[String]) -> Option<Missing<'a>> {
    first_missing(needed, granted, |needed| {
        let (_, removal) = SUFFICIENT_FOR_REMOVAL.iter().find(|(write, _)| write.eq_ignore_ascii_case(needed))?;
        Some(*removal)
    })
}

fn first_missing<'a>(
    needed: &[&'a str],
    granted: &[String],
    less: impl Fn(&str) -> Option<&'static str>,
) -> Option<Missing<'a>> {
    let is_granted = |permission: &&str| granted.iter().any(|granted| granted.eq_ignore_ascii_case(permission));
    needed.iter().find_map(|needed| {
        let enough: Vec<&str> = less(needed)
            .into_iter()
            .chain([*needed])
            .chain(including(needed).unwrap_or_default().iter().copied())
            .collect();
        if enough.iter().any(is_granted) { None } else { Some(Missing(enough)) }
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn permits(needed: &[&str], granted: &[&str]) -> bool {
        let granted: Vec<_> = granted.iter().copied().map(str::to_owned).collect();
        missing(needed, &granted).is_none()
    }

    fn permits_removal(needed: &[&str], granted: &[&str]) -> bool {
        let granted: Vec<_> = granted.iter().copied().map(str::to_owned).collect();
        missing_for_removal(needed, &granted).is_none()
    }

    #[test]
    fn every_permission_of_every_operation_is_known() {
        let operations = pim_client::v1_0::operations::ALL.iter().chain(pim_client::beta::operations::ALL);
        let named: BTreeSet<_> =
            operations.flat_map(|operation| operation.delegated.iter().chain(operation.application)).collect();
        assert!(named.len() > 20);
        let unknown: Vec<_> = named.into_iter().filter(|name| including(name).is_none()).collect();
        assert!(unknown.is_empty(), "{unknown:?}");
    }

    #[test]
    fn a_permission_includes_itself_in_any_letter_case() {
        assert!(permits(&["RoleManagement.Read.Directory"], &["rolemanagement.read.directory"]));
    }

    #[test]
    fn higher_permissions_include_lower_ones() {
        for (needed, granted) in [
            ("RoleAssignmentSchedule.ReadWrite.Directory", "RoleManagement.ReadWrite.Directory"),
            ("RoleAssignmentSchedule.Read.Directory", "RoleAssignmentSchedule.ReadWrite.Directory"),
            ("RoleAssignmentSchedule.Read.Directory", "RoleManagement.ReadWrite.Directory"),
            ("RoleEligibilitySchedule.Read.Directory", "RoleEligibilitySchedule.ReadWrite.Directory"),
            ("RoleEligibilitySchedule.Read.Directory", "RoleManagement.Read.Directory"),
            ("PrivilegedAssignmentSchedule.Read.AzureADGroup", "PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup"),
            ("RoleManagementPolicy.Read.Directory", "RoleManagement.ReadWrite.Directory"),
            ("RoleManagement.Read.Directory", "Directory.Read.All"),
            ("GroupMember.Read.All", "Group.Read.All"),
            ("GroupMember.ReadBasic.All", "Directory.ReadWrite.All"),
            ("Group.Create", "Group.ReadWrite.All"),
            ("User.Read.All", "User.ReadWrite.All"),
            ("User.ReadWrite.All", "Directory.ReadWrite.All"),
            ("User.Read", "User.ReadBasic.All"),
            ("RoleManagementAlert.Read.Directory", "RoleManagementAlert.ReadWrite.Directory"),
            ("EntitlementManagement.Read.All", "EntitlementManagement.ReadWrite.All"),
            ("AdministrativeUnit.Read.All", "Directory.Read.All"),
        ] {
            assert!(permits(&[needed], &[granted]), "{granted} includes {needed}");
            assert!(!permits(&[granted], &[needed]), "{needed} does not include {granted}");
        }
    }

    /// Applications list schedules by a permission that users do without: either is good for the other.
    #[test]
    fn what_reads_all_role_management_and_what_reads_schedules_include_each_other() {
        let (all, schedules) = ("RoleManagement.Read.All", "RoleAssignmentSchedule.Read.Directory");
        assert!(permits(&[all], &[schedules]) && permits(&[schedules], &[all]));
    }

    #[test]
    fn permissions_for_one_thing_are_none_for_another() {
        for (needed, granted) in [
            ("RoleAssignmentSchedule.Read.Directory", "RoleEligibilitySchedule.ReadWrite.Directory"),
            ("RoleAssignmentSchedule.ReadWrite.Directory", "Directory.ReadWrite.All"),
            ("PrivilegedEligibilitySchedule.Read.AzureADGroup", "PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup"),
            ("RoleManagementPolicy.Read.AzureADGroup", "RoleManagementPolicy.ReadWrite.Directory"),
            ("RoleManagement.ReadWrite.Directory", "Group.ReadWrite.All"),
            ("Group.ReadWrite.All", "GroupMember.ReadWrite.All"),
            ("AuditLog.Read.All", "Directory.Read.All"),
        ] {
            assert!(!permits(&[needed], &[granted]), "{granted} is not {needed}");
        }
    }

    #[test]
    fn all_that_is_needed_must_be_granted() {
        let needed = ["AuditLog.Read.All", "Directory.Read.All"];
        assert!(!permits(&needed, &["AuditLog.Read.All"]));
        assert!(!permits(&needed, &["Directory.Read.All"]));
        assert!(permits(&needed, &["Directory.ReadWrite.All", "AuditLog.Read.All"]));
        assert!(permits(&[], &[]));
    }

    #[test]
    fn permissions_to_remove_are_good_for_removals_only() {
        for (write, remove) in SUFFICIENT_FOR_REMOVAL {
            assert!(permits_removal(&[write], &[remove]), "{remove}");
            assert!(permits_removal(&[write], &[write]), "{write}");
            assert!(!permits(&[write], &[remove]), "{remove}");
        }
        assert!(!permits_removal(
            &["RoleAssignmentSchedule.ReadWrite.Directory"],
            &["RoleEligibilitySchedule.Remove.Directory"]
        ));
    }

    #[test]
    fn what_is_missing_is_told_as_the_service_tells_it() {
        let missing = |needed| missing(needed, &["User.Read".to_owned()]).expect("nothing else is granted").to_string();
        assert_eq!(
            missing(&["RoleEligibilitySchedule.ReadWrite.Directory"]),
            "Authorization failed due to missing permission scope \
             RoleEligibilitySchedule.ReadWrite.Directory,RoleManagement.ReadWrite.Directory."
        );
        assert_eq!(
            missing(&["User.Read", "AuditLog.Read.All", "Directory.Read.All"]),
            "Authorization failed due to missing permission scope AuditLog.Read.All."
        );
    }

    #[test]
    fn policies_of_groups_have_permissions_of_their_own() {
        assert!(permits(of_group_policies(Verb::Read), &["RoleManagementPolicy.ReadWrite.AzureADGroup"]));
        assert!(!permits(of_group_policies(Verb::Write), &["RoleManagementPolicy.Read.AzureADGroup"]));
        assert!(!permits(of_group_policies(Verb::Write), &["RoleManagement.ReadWrite.Directory"]));
    }
}
