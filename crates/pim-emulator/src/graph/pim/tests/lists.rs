//! Who may list what, and with which filter: sections 5.2 and 11.

use super::scene::{A, E, MEMBER, ROLE, Scene, What};
use crate::domain::Kind;
use crate::graph::pim::Stage;

const STAGES: [Stage; 3] = [Stage::Requests, Stage::Schedules, Stage::Instances];

/// Whether a user, signed in with these permissions, gets a list.
fn lists(scene: &Scene, user: &str, permissions: Option<&[&str]>, url: &str) -> u16 {
    let sender = match permissions {
        Some(permissions) => scene.user_with(user, permissions),
        None => scene.user(user),
    };
    sender.get(url).status.as_u16()
}

#[test]
fn lists_of_groups_need_a_group_or_a_principal() {
    let scene = Scene::new();
    let (group, ada) = (scene.id("Operators"), scene.id("ada"));
    for kind in [E, A] {
        for stage in STAGES {
            let url = Scene::url(kind, stage, MEMBER);
            let admin = scene.admin();
            for without in
                [String::new(), "?$filter=accessId eq 'member'".to_owned(), format!("?$filter=groupId ne '{group}'")]
            {
                let got = admin.get(&format!("{url}{without}"));
                assert!(
                    got.message().contains("groupId") && got.message().contains("principalId"),
                    "{}",
                    got.message()
                );
                assert_eq!(got.error(), (400, "InvalidFilter".to_owned()), "{without}");
            }
            for with in [
                format!("groupId eq '{group}'"),
                format!("principalId eq '{ada}'"),
                format!("accessId eq 'member' and groupId eq '{group}'"),
                format!("principal/id eq '{ada}'"),
            ] {
                assert_eq!(admin.get(&format!("{url}?$filter={with}")).status, 200, "{with}");
            }
            // Lists of roles need none.
            assert_eq!(admin.get(&Scene::url(kind, stage, ROLE)).status, 200);
        }
    }
}

/// 11.2: the roles of whoever reads, and what one is to the group.
#[test]
fn who_may_list() {
    let scene = Scene::new();
    let of = |group: &str| format!("?$filter=groupId eq '{}'", scene.id(group));
    let everybody = ["admin", "lena", "owen", "gil", "ada", "ben"];
    for kind in [E, A] {
        for stage in STAGES {
            let who = |url: &str| {
                everybody.into_iter().filter(|user| lists(&scene, user, None, url) == 200).collect::<Vec<_>>()
            };
            assert_eq!(who(&Scene::url(kind, stage, ROLE)), ["admin", "lena"]);
            let groups = Scene::url(kind, stage, MEMBER);
            assert_eq!(who(&format!("{groups}{}", of("Operators"))), ["admin", "lena", "owen", "gil"]);
            // ada is a member of it; those who administer other groups see nothing of one that can hold roles.
            assert_eq!(who(&format!("{groups}{}", of("Helpdesk"))), ["admin", "lena", "owen", "ada"]);
            // What is one's own.
            let own = format!("{groups}?$filter=principalId eq '{}'", scene.id("ben"));
            assert_eq!(who(&own), ["admin", "lena", "ben"]);
        }
    }
}

/// 11.1: each area has permissions of its own, and what is higher includes what is lower.
#[test]
fn permissions_to_read() {
    let scene = Scene::new();
    for (kind, what, stage, permission, status) in [
        (A, ROLE, Stage::Instances, "RoleAssignmentSchedule.Read.Directory", 200),
        (A, ROLE, Stage::Instances, "RoleAssignmentSchedule.ReadWrite.Directory", 200),
        (A, ROLE, Stage::Instances, "RoleManagement.Read.All", 200),
        (A, ROLE, Stage::Instances, "RoleManagement.Read.Directory", 200),
        (A, ROLE, Stage::Instances, "RoleManagement.ReadWrite.Directory", 200),
        (A, ROLE, Stage::Instances, "RoleEligibilitySchedule.Read.Directory", 403),
        (A, ROLE, Stage::Instances, "PrivilegedAssignmentSchedule.Read.AzureADGroup", 403),
        (E, ROLE, Stage::Schedules, "RoleEligibilitySchedule.Read.Directory", 200),
        (E, ROLE, Stage::Schedules, "RoleAssignmentSchedule.ReadWrite.Directory", 403),
        (E, ROLE, Stage::Requests, "RoleEligibilitySchedule.ReadWrite.Directory", 200),
        (A, MEMBER, Stage::Instances, "PrivilegedAssignmentSchedule.Read.AzureADGroup", 200),
        (A, MEMBER, Stage::Instances, "PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup", 200),
        (A, MEMBER, Stage::Instances, "PrivilegedEligibilitySchedule.Read.AzureADGroup", 403),
        (A, MEMBER, Stage::Instances, "RoleManagement.ReadWrite.Directory", 403),
        (E, MEMBER, Stage::Requests, "PrivilegedEligibilitySchedule.Read.AzureADGroup", 200),
        (E, MEMBER, Stage::Schedules, "User.Read", 403),
    ] {
        let url = format!("{}?$filter=principalId eq '{}'", Scene::url(kind, stage, what), scene.id("admin"));
        assert_eq!(lists(&scene, "admin", Some(&[permission]), &url), status, "{permission} {url}");
    }
}

#[test]
fn permissions_to_write() {
    let cases: [(Kind, What, &str, &str, bool); 10] = [
        (A, ROLE, "adminAssign", "RoleAssignmentSchedule.ReadWrite.Directory", true),
        (A, ROLE, "adminAssign", "RoleManagement.ReadWrite.Directory", true),
        (A, ROLE, "adminAssign", "RoleAssignmentSchedule.Read.Directory", false),
        (A, ROLE, "adminAssign", "RoleAssignmentSchedule.Remove.Directory", false),
        (A, ROLE, "adminRemove", "RoleAssignmentSchedule.Remove.Directory", true),
        (E, ROLE, "adminRemove", "RoleAssignmentSchedule.Remove.Directory", false),
        (E, ROLE, "adminAssign", "RoleEligibilitySchedule.ReadWrite.Directory", true),
        (A, MEMBER, "adminAssign", "PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup", true),
        (A, MEMBER, "adminRemove", "PrivilegedAssignmentSchedule.Remove.AzureADGroup", true),
        (E, MEMBER, "adminAssign", "PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup", false),
    ];
    let scene = Scene::new();
    for (kind, what, action, permission, is_permitted) in cases {
        let got = scene.ask(kind, action, "ada", what).send(&scene.user_with("admin", &[permission]));
        let is_refused = got.status == 403;
        assert_eq!(!is_refused, is_permitted, "{action} {kind:?} {what:?} with {permission}: {}", got.body);
    }
}
