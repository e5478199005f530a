//! Which permission includes which.

/// The permissions that include this one, the least first; nothing, if it is not known.
pub(super) fn including(permission: &str) -> Option<&'static [&'static str]> {
    let (_, including) = INCLUDED_IN.iter().find(|(name, _)| name.eq_ignore_ascii_case(permission))?;
    Some(including)
}

/// For each permission to write, the one that is good for removals only.
pub(super) static SUFFICIENT_FOR_REMOVAL: &[(&str, &str)] = &[
    ("RoleAssignmentSchedule.ReadWrite.Directory", "RoleAssignmentSchedule.Remove.Directory"),
    ("RoleEligibilitySchedule.ReadWrite.Directory", "RoleEligibilitySchedule.Remove.Directory"),
    ("PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup", "PrivilegedAssignmentSchedule.Remove.AzureADGroup"),
    ("PrivilegedEligibilitySchedule.ReadWrite.AzureADGroup", "PrivilegedEligibilitySchedule.Remove.AzureADGroup"),
];

/// Each permission that is the least of some operation, with those that do as well.
///
/// That is no order: what a higher permission includes differs from one kind of thing to the next, so that each line
/// stands for itself.
static INCLUDED_IN: &[(&str, &[&str])] = &[
    // Roles.
    (
        "RoleManagement.Read.Directory",
        &[
            "RoleManagement.Read.All",
            "RoleManagement.ReadWrite.Directory",
            "Directory.Read.All",
            "Directory.ReadWrite.All",
        ],
    ),
    ("RoleManagement.ReadWrite.Directory", &[]),
    // Named for the lists of schedules, where the permissions for nothing but schedules do as well.
    (
        "RoleManagement.Read.All",
        &[
            "RoleAssignmentSchedule.Read.Directory",
            "RoleAssignmentSchedule.ReadWrite.Directory",
            "RoleManagement.Read.Directory",
            "RoleManagement.ReadWrite.Directory",
        ],
    ),
    (
        "RoleAssignmentSchedule.Read.Directory",
        &[
            "RoleAssignmentSchedule.ReadWrite.Directory",
            "RoleManagement.Read.All",
            "RoleManagement.Read.Directory",
            "RoleManagement.ReadWrite.Directory",
        ],
    ),
    ("RoleAssignmentSchedule.ReadWrite.Directory", &["RoleManagement.ReadWrite.Directory"]),
    (
        "RoleEligibilitySchedule.Read.Directory",
        &[
            "RoleEligibilitySchedule.ReadWrite.Directory",
            "RoleManagement.Read.All",
            "RoleManagement.Read.Directory",
            "RoleManagement.ReadWrite.Directory",
        ],
    ),
    ("RoleEligibilitySchedule.ReadWrite.Directory", &["RoleManagement.ReadWrite.Directory"]),
    (
        "RoleManagementAlert.Read.Directory",
        &[
            "RoleManagementAlert.ReadWrite.Directory",
            "RoleManagement.Read.All",
            "RoleManagement.Read.Directory",
            "RoleManagement.ReadWrite.Directory",
        ],
    ),
    ("RoleManagementAlert.ReadWrite.Directory", &["RoleManagement.ReadWrite.Directory"]),
    // Policies.
    (
        "RoleManagementPolicy.Read.Directory",
        &[
            "RoleManagementPolicy.ReadWrite.Directory",
            "RoleManagement.Read.Directory",
            "RoleManagement.Read.All",
            "RoleManagement.ReadWrite.Directory",
        ],
    ),
    ("RoleManagementPolicy.ReadWrite.Directory", &["RoleManagement.ReadWrite.Directory"]),
    ("RoleManagementPolicy.Read.AzureADGroup", &["RoleManagementPolicy.ReadWrite.AzureADGroup"]),
    ("RoleManagementPolicy.ReadWrite.AzureADGroup", &[]),
    // PIM for groups.
    ("PrivilegedAssignmentSchedule.Read.AzureADGroup", &["PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup"]),
    ("PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup", &[]),
    ("PrivilegedEligibilitySchedule.Read.AzureADGroup", &["PrivilegedEligibilitySchedule.ReadWrite.AzureADGroup"]),
    ("PrivilegedEligibilitySchedule.ReadWrite.AzureADGroup", &[]),
    // Entitlement management.
    ("EntitlementManagement.Read.All", &["EntitlementManagement.ReadWrite.All"]),
    ("EntitlementManagement.ReadWrite.All", &[]),
    // Groups.
    (
        "GroupMember.ReadBasic.All",
        &[
            "GroupMember.Read.All",
            "GroupMember.ReadWrite.All",
            "Group.Read.All",
            "Group.ReadWrite.All",
            "Directory.Read.All",
            "Directory.ReadWrite.All",
        ],
    ),
    (
        "GroupMember.Read.All",
        &[
            "GroupMember.ReadWrite.All",
            "Group.Read.All",
            "Group.ReadWrite.All",
            "Directory.Read.All",
            "Directory.ReadWrite.All",
        ],
    ),
    ("GroupMember.ReadWrite.All", &["Group.ReadWrite.All", "Directory.ReadWrite.All"]),
    ("Group.Create", &["Group.ReadWrite.All", "Directory.ReadWrite.All"]),
    ("Group.Read.All", &["Group.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All"]),
    ("Group.ReadWrite.All", &["Directory.ReadWrite.All"]),
    // Users.
    (
        "User.Read",
        &[
            "User.ReadWrite",
            "User.ReadBasic.All",
            "User.Read.All",
            "User.ReadWrite.All",
            "Directory.Read.All",
            "Directory.ReadWrite.All",
        ],
    ),
    ("User.ReadWrite", &["User.ReadWrite.All", "Directory.ReadWrite.All"]),
    ("User.ReadBasic.All", &["User.Read.All", "User.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All"]),
    ("User.Read.All", &["User.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All"]),
    ("User.ReadWrite.All", &["Directory.ReadWrite.All"]),
    // The rest of the directory.
    ("Directory.Read.All", &["Directory.ReadWrite.All"]),
    ("Directory.ReadWrite.All", &[]),
    (
        "AdministrativeUnit.Read.All",
        &["AdministrativeUnit.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All"],
    ),
    ("AdministrativeUnit.ReadWrite.All", &[]),
    ("AuditLog.Read.All", &[]),
];
