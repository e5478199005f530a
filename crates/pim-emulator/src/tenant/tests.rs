use std::time::{Duration as Time, Instant as Clock};

use pim_client::edm::{DateTimeOffset, Duration};

use super::*;
use crate::catalog;
use crate::domain::authority::permissions;
use crate::domain::{Access as DomainAccess, Expiration, Key, Scope, Target};

/// A tenant with two users and a role-assignable group, and whatever else.
fn with(rest: &str) -> Result<Tenant, TenantError> {
    Tenant::from_toml(&format!("{BEGINNING}{rest}"))
}

const BEGINNING: &str = r#"displayName = "Fabrikam"
domain = "fabrikam.com"
[[users]]
userPrincipalName = "ida@fabrikam.com"
displayName = "Ida Brandt"
[[users]]
userPrincipalName = "bo@fabrikam.com"
displayName = "Bo Lind"
[[groups]]
displayName = "Crew"
isAssignableToRole = true
"#;

/// The line of the group, and the one after all of them.
const GROUP: usize = 9;
const FIRST: usize = 12;

fn fabrikam() -> Tenant {
    Tenant::new("Fabrikam", "fabrikam.com")
        .user(User::new("ida@fabrikam.com", "Ida Brandt"))
        .user(User::new("bo@fabrikam.com", "Bo Lind"))
        .group(Group::new("Crew").assignable_to_role())
}

/// What is wrong with a description, without the beginning.
fn error(rest: &str) -> String {
    let error = with(rest).expect_err(rest).to_string();
    assert!(!error.contains('\n'), "{error}");
    error
}

#[test]
fn the_sample_is_valid() {
    let contoso = Tenant::from_toml(CONTOSO).unwrap();
    assert_eq!(contoso, Tenant::contoso());
    assert!(contoso.license().includes_pim());
}

#[test]
fn the_sample_has_the_people_of_the_tutorials() {
    let contoso = Tenant::contoso();
    let seed = contoso.seed().unwrap();
    let admin = contoso.object_id("admin@contoso.com").unwrap();
    let aline = contoso.object_id("Aline Dupuy").unwrap();
    let roles_of = |principal: Uuid| -> Vec<_> {
        let of_it = seed.assignments.iter().filter(|key| key.principal == principal);
        of_it
            .map(|key| match key.target {
                Target::Role { role, scope: Scope::Tenant } => role,
                _ => panic!("{key:?}"),
            })
            .collect()
    };
    assert_eq!(roles_of(admin), [catalog::ids::GLOBAL_ADMINISTRATOR, catalog::ids::PRIVILEGED_ROLE_ADMINISTRATOR]);
    assert!(roles_of(aline).is_empty());
    assert!(!seed.eligibilities.iter().any(|eligibility| eligibility.key.principal == aline));
    let helpdesk = seed.groups.iter().find(|group| group.group.display_name == "IT Helpdesk").unwrap();
    assert!(helpdesk.group.is_assignable_to_role && helpdesk.members.contains(&aline));
    assert_eq!(seed.users.iter().filter(|user| !user.user.account_enabled).count(), 1);
    assert_eq!(seed.users.iter().filter(|user| user.user.user_type == UserType::Guest).count(), 1);
    assert!(seed.groups.iter().any(|group| group.members.contains(&helpdesk.id)), "a nested pair");
    let operators = seed.groups.iter().find(|group| group.mail_nickname == "operators").unwrap().id;
    let alex = contoso.object_id("alexw").unwrap();
    let policy = seed
        .policies
        .iter()
        .find(|policy| policy.target == PolicyTarget::Group { group: operators, access: DomainAccess::Member })
        .unwrap();
    assert_eq!(policy.approvers, Some(vec![Approver::User(alex)]));
}

/// A tenth of what starting may take, and that many times more for a build that is not optimized.
#[test]
fn the_sample_is_read_in_no_time() {
    let before = Clock::now();
    let contoso = Tenant::contoso();
    assert!(contoso.seed().is_ok());
    assert!(before.elapsed() < Time::from_millis(200), "{:?}", before.elapsed());
}

#[test]
fn the_permissions_of_the_sample_are_good_for_something() {
    for application in Tenant::contoso().applications {
        assert!(!application.permissions.is_empty() && !application.secrets.is_empty());
        for permission in application.permissions {
            assert!(permissions::is_known(&permission), "{permission}");
        }
    }
}

#[test]
fn ids_are_the_same_in_every_run() {
    let ids = || {
        let tenant = Tenant::contoso();
        let seed = tenant.seed().unwrap();
        let users = seed.users.iter().map(|user| user.id);
        let groups = seed.groups.iter().map(|group| group.id);
        let roles = seed.roles.iter().map(|role| role.id);
        let apps = seed.applications.iter().flat_map(|app| [app.id, app.app_id, app.service_principal]);
        let units = seed.administrative_units.iter().map(|unit| unit.id);
        users.chain(groups).chain(roles).chain(apps).chain(units).collect::<Vec<_>>()
    };
    assert_eq!(ids(), ids());
    let unique: std::collections::HashSet<_> = ids().into_iter().collect();
    assert_eq!(unique.len(), ids().len());
    assert_eq!(
        Tenant::contoso().object_id("alined@contoso.com").unwrap(),
        Uuid::new_v5(&Tenant::contoso().id(), b"users/alined@contoso.com")
    );
}

#[test]
fn an_id_follows_from_the_tenant_and_the_name() {
    let id = |tenant: Tenant| tenant.object_id("ida@fabrikam.com").unwrap();
    assert_ne!(id(fabrikam()), id(fabrikam().with_id(Uuid::from_u128(7))));
    let given = Uuid::from_u128(8);
    let ida = User::new("ida@fabrikam.com", "Ida Brandt").with_id(given);
    assert_eq!(id(Tenant::new("Fabrikam", "fabrikam.com").user(ida)), given);
}

#[test]
fn what_is_made_is_what_is_read() {
    let read = with(
        r#"
        [[administrativeUnits]]
        displayName = "North"
        members = ["Crew"]
        [[applications]]
        displayName = "robot"
        secrets = ["hunter2"]
        permissions = ["User.Read.All"]
        [[roleDefinitions]]
        displayName = "Namer"
        allowedResourceActions = ["microsoft.directory/groups/basic/update"]
        [[roleAssignments]]
        principal = "robot"
        role = "User Administrator"
        scope = "North"
        [[eligibilities]]
        principal = "ida@fabrikam.com"
        group = "Crew"
        access = "owner"
        start = 2025-03-21T11:06:00Z
        duration = "P30D"
        [[policies]]
        role = "Namer"
        maximumActivationDuration = "PT1H"
        approvers = ["bo@fabrikam.com"]
        "#,
    )
    .unwrap();
    let start: DateTimeOffset = "2025-03-21T11:06:00Z".parse().unwrap();
    let made = fabrikam()
        .administrative_unit(AdministrativeUnit::new("North").member("Crew"))
        .application(Application::new("robot").secret("hunter2").permission("User.Read.All"))
        .role_definition(
            RoleDefinition::new("Namer").allowed_resource_action("microsoft.directory/groups/basic/update"),
        )
        .role_assignment(RoleAssignment::new("robot", "User Administrator").in_scope("North"))
        .eligibility(
            Eligibility::to_group("ida@fabrikam.com", "Crew", Access::Owner)
                .starting(start)
                .lasting(Duration::days(30)),
        )
        .policy(Policy::of_role("Namer").maximum_activation_duration(Duration::hours(1)).approver("bo@fabrikam.com"));
    assert_eq!(read, made);
    let seed = read.seed().unwrap();
    let id = |reference| read.object_id(reference).unwrap();
    let (unit, robot) = (id("North"), id("robot"));
    let role = catalog::ids::USER_ADMINISTRATOR;
    let scope = Scope::AdministrativeUnit(unit);
    assert_eq!(seed.assignments, [Key { principal: robot, target: Target::Role { role, scope } }]);
    let key = Key { principal: id("ida"), target: Target::Group { group: id("crew"), access: DomainAccess::Owner } };
    let expiration = Expiration::After(Duration::days(30));
    assert_eq!(seed.eligibilities, [SeededEligibility { key, start: Some(start.into()), expiration }]);
}

#[test]
fn things_are_referred_to_by_every_name_they_have() {
    let contoso = Tenant::contoso();
    let aline = contoso.object_id("alined@contoso.com");
    assert!(aline.is_some());
    for reference in ["ALINED@contoso.com", "alined", "aline dupuy", &aline.unwrap().to_string()] {
        assert_eq!(contoso.object_id(reference), aline, "{reference}");
    }
    assert_eq!(contoso.object_id("helpdesk"), contoso.object_id("IT Helpdesk"));
    assert_eq!(
        contoso.object_id("0c5f0e0b-6f5a-4c1e-9a51-d36f0a4bd0c5"),
        contoso.object_id("contoso-automation"),
        "the id that its clients know stands for the service principal"
    );
    assert_eq!(contoso.role_id("global reader"), Some(catalog::ids::GLOBAL_READER));
    assert_eq!(contoso.role_id(&catalog::ids::GLOBAL_READER.to_string()), Some(catalog::ids::GLOBAL_READER));
    assert!(contoso.role_id("Group Membership Manager").is_some());
    assert_eq!(contoso.object_id("nobody"), None);
    assert_eq!(contoso.role_id("nothing"), None);
}

#[test]
fn a_scope_is_named_or_written_as_graph_writes_it() {
    let unit = fabrikam().administrative_unit(AdministrativeUnit::new("North"));
    let id = unit.object_id("North").unwrap();
    for (scope, expected) in [
        ("/".to_owned(), Scope::Tenant),
        ("north".to_owned(), Scope::AdministrativeUnit(id)),
        (format!("/administrativeUnits/{id}"), Scope::AdministrativeUnit(id)),
    ] {
        let tenant = unit.clone().role_assignment(RoleAssignment::new("Crew", "Global Reader").in_scope(&scope));
        let seed = tenant.seed().unwrap();
        assert!(
            matches!(seed.assignments[0].target, Target::Role { scope, .. } if scope == expected),
            "{scope}: {:?}",
            seed.assignments
        );
    }
}

#[test]
fn secrets_are_not_shown() {
    let shown = format!("{:?}", Tenant::contoso());
    assert!(shown.contains("contoso-automation") && !shown.contains("contoso-automation-secret"));
}

#[test]
fn what_is_referred_to_must_be_there() {
    assert_eq!(
        error("members = [\n  \"ida@fabrikam.com\",\n  \"bo@fabrikam.de\",\n]\n"),
        format!(
            "{}:3: groups[0].members[1]: there is no user, group or application \"bo@fabrikam.de\": \
             did you mean \"bo@fabrikam.com\"?",
            FIRST + 2
        )
    );
    assert_eq!(
        error("[[roleAssignments]]\nprincipal = \"ida@fabrikam.com\"\nrole = \"User Admnistrator\"\n"),
        format!(
            "{}:8: roleAssignments[0].role: there is no role \"User Admnistrator\": \
             did you mean \"User Administrator\"?",
            FIRST + 2
        )
    );
    assert_eq!(
        error("owners = [\"xyz\"]\n"),
        format!(
            "{FIRST}:11: groups[0].owners[0]: there is no user or application \"xyz\": describe it, or refer to another"
        )
    );
}

#[test]
fn members_must_be_known_and_of_their_type() {
    assert_eq!(
        error("isAssignable = true\n"),
        format!(
            "{FIRST}:1: groups[0].isAssignable: unknown field `isAssignable`, expected one of `id`, `displayName`, \
             `mailNickname`, `description`, `isAssignableToRole`, `securityEnabled`, `mailEnabled`, `groupTypes`, \
             `owners`, `members`, `pimOnboarded`"
        )
    );
    assert_eq!(
        error("[[users]]\nuserPrincipalName = 7\ndisplayName = \"Seven\"\n"),
        format!("{}:21: users[2].userPrincipalName: invalid type: integer `7`, expected a string", FIRST + 1)
    );
    assert_eq!(
        error("[[users]]\nuserPrincipalName = \"eve@fabrikam.com\"\n"),
        format!("{FIRST}:1: users[2]: missing field `displayName`")
    );
    assert_eq!(error("id = \"7\"\n"), format!("{FIRST}:6: groups[0].id: \"7\" is no id: it is to be a GUID"));
    assert_eq!(
        error("[[eligibilities]]\nprincipal = \"ida\"\nrole = \"Global Reader\"\nend = 2025-03-21\n"),
        format!(
            "{}:7: eligibilities[0].end: 2025-03-21 is no point in time: it is to have a date, a time and an offset, \
             such as 2025-03-21T11:06:00Z",
            FIRST + 3
        )
    );
}

#[test]
fn text_that_is_no_toml_is_an_error_in_one_line() {
    for text in ["displayName = \"Fabrikam", "[[users", "= 7", "a = 1\na = 2", "\u{0}", "displayName", "[a]\n[a]\n"] {
        let error = Tenant::from_toml(text).expect_err(text);
        assert!(error.line().is_some() && error.column().is_some(), "{error}");
        assert!(!error.to_string().contains('\n'), "{error}");
    }
}

/// What a description says after the beginning, the member that is wrong, and part of why.
const IMPOSSIBLE: &[(&str, &str, &str)] = &[
    ("members = [\"Crew\"]", "groups[0].members[0]", "no member of itself"),
    ("members = [\"ida\", \"ida@fabrikam.com\"]", "groups[0].members[1]", "twice"),
    ("members = [\"Others\"]\n[[groups]]\ndisplayName = \"Others\"", "groups[0].members[0]", "no groups as members"),
    ("securityEnabled = false", "groups[0].isAssignableToRole", "security-enabled"),
    ("groupTypes = [\"unified\"]", "groups[0].groupTypes", "no type of group"),
    ("groupTypes = [\"Unified\"]", "groups[0].mailEnabled", "receives mail"),
    ("mailNickname = \"the crew\"", "groups[0].mailNickname", "no nickname"),
    ("[[groups]]\ndisplayName = \"crew\"", "groups[1].mailNickname", "already"),
    (
        "[[users]]\nuserPrincipalName = \"eve\"\ndisplayName = \"Eve\"",
        "users[2].userPrincipalName",
        "no userPrincipalName",
    ),
    (
        "[[users]]\nuserPrincipalName = \"IDA@fabrikam.com\"\ndisplayName = \"Ida\"",
        "users[2].userPrincipalName",
        "already",
    ),
    (
        "[[users]]\nuserPrincipalName = \"i@f.com\"\ndisplayName = \"Ida Brandt\"\n[[groups]]\ndisplayName = \"G\"\nowners = [\"Ida Brandt\"]",
        "groups[1].owners[0]",
        "by its id",
    ),
    (
        "[[roleDefinitions]]\ndisplayName = \"Global Reader\"\nallowedResourceActions = []",
        "roleDefinitions[0].displayName",
        "already",
    ),
    (
        "[[roleDefinitions]]\ndisplayName = \"Namer\"\nallowedResourceActions = [\"users\"]",
        "roleDefinitions[0].allowedResourceActions[0]",
        "no action",
    ),
    (
        "[[roleAssignments]]\nprincipal = \"ida\"\nrole = \"Global Reader\"\nscope = \"/x\"",
        "roleAssignments[0].scope",
        "no administrative unit",
    ),
    (
        "[[groups]]\ndisplayName = \"G\"\n[[eligibilities]]\nprincipal = \"G\"\nrole = \"Global Reader\"",
        "eligibilities[0].principal",
        "can have no role",
    ),
    ("[[eligibilities]]\nprincipal = \"ida\"", "eligibilities[0]", "neither role nor group"),
    (
        "[[eligibilities]]\nprincipal = \"ida\"\nrole = \"Global Reader\"\ngroup = \"Crew\"",
        "eligibilities[0].group",
        "a role as well",
    ),
    (
        "[[eligibilities]]\nprincipal = \"ida\"\nrole = \"Global Reader\"\naccess = \"owner\"",
        "eligibilities[0].access",
        "no access",
    ),
    ("[[eligibilities]]\nprincipal = \"ida\"\ngroup = \"Crew\"\nscope = \"/\"", "eligibilities[0].scope", "no scope"),
    ("[[eligibilities]]\nprincipal = \"Crew\"\ngroup = \"Crew\"", "eligibilities[0].principal", "itself"),
    (
        "[[eligibilities]]\nprincipal = \"ida\"\ngroup = \"Crew\"\nduration = \"P1D\"\nend = 2025-01-01T00:00:00Z",
        "eligibilities[0].duration",
        "leave one",
    ),
    (
        "[[eligibilities]]\nprincipal = \"ida\"\ngroup = \"Crew\"\nstart = 2025-01-01T00:00:00Z\nend = 2025-01-01T00:00:00Z",
        "eligibilities[0].end",
        "not after",
    ),
    (
        "[[eligibilities]]\nprincipal = \"ida\"\ngroup = \"Crew\"\nduration = \"-P1D\"",
        "eligibilities[0].duration",
        "negative",
    ),
    (
        "[[eligibilities]]\nprincipal = \"ida\"\ngroup = \"Crew\"\n[[eligibilities]]\nprincipal = \"ida\"\ngroup = \"crew\"",
        "eligibilities[1]",
        "already",
    ),
    (
        "[[policies]]\nrole = \"Global Reader\"\nmaximumActivationDuration = \"P2D\"",
        "policies[0].maximumActivationDuration",
        "PT5M to P1D",
    ),
    (
        "[[policies]]\nrole = \"Global Reader\"\nauthenticationContext = \"c100\"",
        "policies[0].authenticationContext",
        "c1 to c99",
    ),
    (
        "[[policies]]\nrole = \"Global Reader\"\nauthenticationContext = \"c1\"\nrequireMfa = true",
        "policies[0].authenticationContext",
        "requireMfa",
    ),
    ("[[policies]]\ngroup = \"Crew\"\napprovers = []", "policies[0].approvers", "nobody approves"),
    ("[[policies]]\ngroup = \"Crew\"\napprovers = [\"idea\"]", "policies[0].approvers[0]", "did you mean \"ida\"?"),
    ("[[policies]]\nrole = \"Global Reader\"\n[[policies]]\nrole = \"global reader\"", "policies[1]", "together"),
];

#[test]
fn what_cannot_be_is_an_error() {
    for (rest, member, problem) in IMPOSSIBLE {
        let error = with(rest).expect_err(rest);
        assert_eq!(error.member(), *member, "{error}");
        assert!(error.to_string().contains(problem), "{error}");
        assert!(error.line().is_some_and(|line| line >= GROUP), "{error}");
        assert!(!error.to_string().contains('\n'), "{error}");
    }
    let error = Tenant::new("Fabrikam", "ida@fabrikam.com").check().unwrap_err();
    assert_eq!(error.to_string(), "domain: \"ida@fabrikam.com\" is no domain: give one such as contoso.com");
}

#[test]
fn the_file_is_named_in_its_errors() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("fabrikam.toml");
    let error = Tenant::read(&path).unwrap_err().to_string();
    assert!(error.starts_with(&format!("{}: it cannot be read (", path.display())), "{error}");
    std::fs::write(&path, "displayName = \"Fabrikam\"\ndomain = \"\"\n").unwrap();
    let error = Tenant::read(&path).unwrap_err().to_string();
    assert!(error.starts_with(&format!("{}:2:10: domain: \"\" is no domain", path.display())), "{error}");
    std::fs::write(&path, BEGINNING).unwrap();
    assert_eq!(Tenant::read(&path).unwrap(), fabrikam());
}

proptest::proptest! {
    /// Whatever the text is, there is a tenant or one line about what is wrong.
    #[test]
    fn no_change_of_a_description_is_fatal(at in 0..CONTOSO.len(), length in 0..40_usize, inserted in ".{0,3}") {
        let start = CONTOSO.floor_char_boundary(at);
        let end = CONTOSO.floor_char_boundary((at + length).min(CONTOSO.len())).max(start);
        let text = format!("{}{inserted}{}", &CONTOSO[..start], &CONTOSO[end..]);
        if let Err(error) = Tenant::from_toml(&text) {
            proptest::prop_assert!(!error.to_string().contains('\n'));
            proptest::prop_assert!(error.line().is_some(), "{error}");
        }
    }
}
