use super::*;
use crate::catalog::ids::HELPDESK_ADMINISTRATOR;

const ASSIGNABLE: bool = true;

const AREAS: [Area; 16] = [
    Area::RoleSchedules,
    Area::RolePolicies,
    Area::Roles,
    Area::RoleAlerts,
    Area::GroupPim { is_assignable_to_role: ASSIGNABLE },
    Area::GroupPim { is_assignable_to_role: !ASSIGNABLE },
    Area::NewGroup { is_assignable_to_role: ASSIGNABLE },
    Area::NewGroup { is_assignable_to_role: !ASSIGNABLE },
    Area::Group { is_assignable_to_role: ASSIGNABLE },
    Area::Group { is_assignable_to_role: !ASSIGNABLE },
    Area::NewUser,
    Area::User,
    Area::DirectoryObjects,
    Area::AdministrativeUnits,
    Area::AuditLogs,
    Area::EntitlementManagement,
];

fn with_role(area: Area, verb: Verb, role: Uuid) -> bool {
    may(area, verb, Standing { roles: &[role], relation: Relation::Nothing, is_guest: true })
}

fn as_relation(area: Area, verb: Verb, relation: Relation) -> bool {
    may(area, verb, Standing { roles: &[], relation, is_guest: false })
}

fn as_guest(area: Area, verb: Verb, relation: Relation) -> bool {
    may(area, verb, Standing { roles: &[], relation, is_guest: true })
}

/// Guests are asked about, so that it is the role alone that decides.
#[test]
fn roles_allow_what_they_are_for() {
    let (assignable, ordinary) = (true, false);
    let pim = |is_assignable_to_role| Area::GroupPim { is_assignable_to_role };
    let group = |is_assignable_to_role| Area::Group { is_assignable_to_role };
    let new = |is_assignable_to_role| Area::NewGroup { is_assignable_to_role };
    for (area, verb, expected) in [
        (Area::RoleSchedules, Verb::Read, "GR PRA SA SO SR"),
        (Area::RoleSchedules, Verb::Write, "PRA"),
        (Area::RolePolicies, Verb::Read, "GR PRA SA SO SR"),
        (Area::RolePolicies, Verb::Write, "PRA"),
        (Area::RoleAlerts, Verb::Read, "GR PRA SA SO SR"),
        (Area::RoleAlerts, Verb::Write, "PRA"),
        (Area::Roles, Verb::Read, "DR DW GR GA IGA PRA SA SO SR UA"),
        (Area::Roles, Verb::Write, "PRA"),
        (pim(assignable), Verb::Read, "GR PRA"),
        (pim(assignable), Verb::Write, "PRA"),
        (pim(ordinary), Verb::Read, "DW GR GA IGA PRA UA"),
        (pim(ordinary), Verb::Write, "DW GA IGA PRA UA"),
        (group(assignable), Verb::Read, "DR DW GR GA IGA PRA SA SO SR UA"),
        (group(assignable), Verb::Write, "PRA"),
        (group(ordinary), Verb::Write, "DW GA IGA UA"),
        (new(assignable), Verb::Write, "PRA"),
        (new(ordinary), Verb::Write, "DW GA IGA UA"),
        (Area::User, Verb::Read, "DR DW GR GA IGA PRA SA SO SR UA"),
        (Area::User, Verb::Write, "AA DW PAA UA"),
        (Area::NewUser, Verb::Write, "DW UA"),
        (Area::DirectoryObjects, Verb::Read, "DR DW GR GA IGA PRA SA SO SR UA"),
        (Area::AdministrativeUnits, Verb::Write, "PRA"),
        (Area::AuditLogs, Verb::Read, "GR RR SA SO SR"),
        (Area::AuditLogs, Verb::Write, ""),
        (Area::EntitlementManagement, Verb::Read, "GR IGA SR"),
        (Area::EntitlementManagement, Verb::Write, "IGA"),
    ] {
        let all = [
            ("AA", AUTHENTICATION_ADMINISTRATOR),
            ("DR", DIRECTORY_READERS),
            ("DW", DIRECTORY_WRITERS),
            ("GR", GLOBAL_READER),
            ("GA", GROUPS_ADMINISTRATOR),
            ("HA", HELPDESK_ADMINISTRATOR),
            ("IGA", IDENTITY_GOVERNANCE_ADMINISTRATOR),
            ("PAA", PRIVILEGED_AUTHENTICATION_ADMINISTRATOR),
            ("PRA", PRIVILEGED_ROLE_ADMINISTRATOR),
            ("RR", REPORTS_READER),
            ("SA", SECURITY_ADMINISTRATOR),
            ("SO", SECURITY_OPERATOR),
            ("SR", SECURITY_READER),
            ("UA", USER_ADMINISTRATOR),
        ];
        let allowed: Vec<_> =
            all.iter().filter(|(_, role)| with_role(area, verb, *role)).map(|(name, _)| *name).collect();
        assert_eq!(allowed.join(" "), expected, "{verb:?} {area:?}");
    }
}

#[test]
fn a_global_administrator_may_do_everything_that_anybody_may() {
    for area in AREAS {
        assert!(with_role(area, Verb::Read, GLOBAL_ADMINISTRATOR), "{area:?}");
        assert_eq!(with_role(area, Verb::Write, GLOBAL_ADMINISTRATOR), area != Area::AuditLogs, "{area:?}");
    }
}

#[test]
fn reading_alone_never_writes() {
    for area in AREAS {
        for role in [GLOBAL_READER, SECURITY_READER, DIRECTORY_READERS, REPORTS_READER] {
            assert!(!with_role(area, Verb::Write, role), "{area:?}");
        }
    }
}

#[test]
fn without_a_role_one_has_what_is_ones_own() {
    for area in [Area::RoleSchedules, Area::User, Area::GroupPim { is_assignable_to_role: ASSIGNABLE }] {
        assert!(as_guest(area, Verb::Read, Relation::Own), "{area:?}");
        assert!(as_guest(area, Verb::Write, Relation::Own), "{area:?}");
    }
    assert!(as_guest(Area::Roles, Verb::Read, Relation::Own));
    assert!(!as_relation(Area::Roles, Verb::Write, Relation::Own));
    assert!(!as_relation(Area::RoleSchedules, Verb::Read, Relation::Nothing));
    assert!(!as_relation(Area::RoleSchedules, Verb::Write, Relation::Nothing));
    assert!(!as_relation(Area::RolePolicies, Verb::Read, Relation::Own));
}

#[test]
fn owners_manage_a_group_and_members_look_on() {
    for is_assignable_to_role in [true, false] {
        let pim = Area::GroupPim { is_assignable_to_role };
        let group = Area::Group { is_assignable_to_role };
        for area in [pim, group] {
            assert!(as_guest(area, Verb::Read, Relation::Owner), "{area:?}");
            assert!(as_guest(area, Verb::Write, Relation::Owner), "{area:?}");
            assert!(as_guest(area, Verb::Read, Relation::Member), "{area:?}");
            assert!(!as_relation(area, Verb::Write, Relation::Member), "{area:?}");
            assert!(!as_relation(area, Verb::Write, Relation::Nothing), "{area:?}");
        }
        assert!(!as_relation(pim, Verb::Read, Relation::Nothing));
    }
}

#[test]
fn members_of_the_tenant_see_the_directory_and_guests_do_not() {
    for area in AREAS {
        let is_seen = matches!(
            area,
            Area::Roles | Area::Group { .. } | Area::User | Area::DirectoryObjects | Area::AdministrativeUnits
        );
        assert_eq!(as_relation(area, Verb::Read, Relation::Nothing), is_seen, "{area:?}");
        assert!(!as_guest(area, Verb::Read, Relation::Nothing), "{area:?}");
    }
}

#[test]
fn members_of_the_tenant_make_ordinary_groups() {
    assert!(as_relation(Area::NewGroup { is_assignable_to_role: false }, Verb::Write, Relation::Nothing));
    assert!(!as_relation(Area::NewGroup { is_assignable_to_role: true }, Verb::Write, Relation::Nothing));
    assert!(!as_guest(Area::NewGroup { is_assignable_to_role: false }, Verb::Write, Relation::Nothing));
}
