//! How ids relate: section 2.7.

use serde_json::Value;

use super::scene::{A, E, HOUR, MEMBER, ROLE, Scene, text};
use crate::graph::pim::Stage;

/// A composite id of a group, and the GUID at its end.
fn parts(scene: &Scene, id: &str) -> String {
    let start = format!("{}_member_", scene.id("Operators"));
    id.strip_prefix(&start).unwrap_or_else(|| panic!("{id} does not start with {start}")).to_owned()
}

#[test]
fn of_roles() {
    let scene = Scene::new();
    let eligibility = scene.eligibility("adminAssign", "ada", ROLE).by("admin").ok(201);
    let activation = scene.assignment("selfActivate", "ada", ROLE).by("ada").ok(201);
    for (kind, request) in [(E, &eligibility), (A, &activation)] {
        assert_eq!(request["targetScheduleId"], request["id"]);
        let schedule = &scene.list(kind, Stage::Schedules, "ada", ROLE)[0];
        assert_eq!(schedule["id"], request["id"]);
        assert_eq!(schedule["createdUsing"], request["id"]);
    }
    let active = &scene.list(A, Stage::Instances, "ada", ROLE)[0];
    assert_eq!(active["roleAssignmentOriginId"], active["id"]);
    assert_eq!(active["roleAssignmentScheduleId"], activation["id"]);
    let eligible = &scene.list(E, Stage::Instances, "ada", ROLE)[0];
    assert_eq!(text(eligible, "id"), format!("{}-e", text(active, "id")));
    assert_eq!(eligible["roleEligibilityScheduleId"], eligibility["id"]);
}

/// What was made outside PIM: section 1.5.
#[test]
fn of_role_assignments_outside_pim() {
    let scene = Scene::new();
    let reader = super::scene::What::Role("Global Reader");
    let instance = &scene.list(A, Stage::Instances, "lena", reader)[0];
    let schedule = &scene.list(A, Stage::Schedules, "lena", reader)[0];
    for name in ["roleAssignmentOriginId", "roleAssignmentScheduleId"] {
        assert_eq!(instance[name], instance["id"], "{name}");
    }
    assert_eq!(schedule["id"], instance["id"]);
    for (row, name) in [
        (instance, "startDateTime"),
        (instance, "endDateTime"),
        (schedule, "createdUsing"),
        (schedule, "createdDateTime"),
    ] {
        assert_eq!(row[name], Value::Null, "{name}");
    }
    scene.turn(HOUR);
    let schedule = &scene.list(A, Stage::Schedules, "lena", reader)[0];
    assert_eq!(schedule["scheduleInfo"]["startDateTime"], scene.now().as_str(), "it is the moment of the query");
    assert_eq!(schedule["scheduleInfo"]["expiration"]["type"], "noExpiration");
}

#[test]
fn of_groups() {
    let scene = Scene::new();
    let eligibility = scene.eligibility("adminAssign", "ada", MEMBER).by("admin").ok(201);
    let activation = scene.assignment("selfActivate", "ada", MEMBER).by("ada").ok(201);
    for (kind, request, refers) in
        [(E, &eligibility, "eligibilityScheduleId"), (A, &activation, "assignmentScheduleId")]
    {
        let target = text(request, "targetScheduleId");
        assert_eq!(parts(&scene, &target), text(request, "id"));
        let schedule = &scene.list(kind, Stage::Schedules, "ada", MEMBER)[0];
        assert_eq!(schedule["id"], target.as_str());
        assert_eq!(schedule["createdUsing"], request["id"]);
        let instance = &scene.list(kind, Stage::Instances, "ada", MEMBER)[0];
        assert_eq!(instance[refers], target.as_str());
        assert_ne!(parts(&scene, &text(instance, "id")), text(request, "id"), "an instance has a GUID of its own");
    }
    let helpdesk = super::scene::What::Member("Helpdesk");
    let schedule = &scene.list(A, Stage::Schedules, "ada", helpdesk)[0];
    let instance = &scene.list(A, Stage::Instances, "ada", helpdesk)[0];
    assert_eq!(instance["id"], schedule["id"], "outside PIM they are the same");
}

/// What an id names can be got by it, until it is gone.
#[test]
fn everything_is_found_by_its_id() {
    let scene = Scene::new();
    for what in super::scene::BOTH {
        scene.eligibility("adminAssign", "ada", what).by("admin").ok(201);
        scene.assignment("selfActivate", "ada", what).by("ada").ok(201);
        for kind in [E, A] {
            for stage in [Stage::Requests, Stage::Schedules, Stage::Instances] {
                let row = &scene.list(kind, stage, "ada", what)[0];
                let url = format!("{}/{}", Scene::url(kind, stage, what), text(row, "id"));
                let mut found = scene.admin().get(&url).ok(200);
                found.as_object_mut().expect("an entity").remove("@odata.context");
                assert_eq!(&found, row, "{url}");
                // Nobody else's, unless it is one's own.
                assert_eq!(scene.user("ada").get(&url).status, 200);
                assert_eq!(scene.user("ben").get(&url).error().0, 403);
            }
        }
        let activation = text(&scene.list(A, Stage::Instances, "ada", what)[0], "id");
        scene.turn(2 * HOUR);
        let url = format!("{}/{activation}", Scene::url(A, Stage::Instances, what));
        assert_eq!(scene.admin().get(&url).status, 404);
    }
}

/// 2.3, and section 12 items 34 to 36: what is activated goes on with the eligibility that takes the place of its own.
#[test]
fn an_activation_names_its_eligibility() {
    let scene = Scene::new();
    for what in super::scene::BOTH {
        scene.eligibility("adminAssign", "ada", what).by("admin").ok(201);
        scene.assignment("selfActivate", "ada", what).by("ada").ok(201);
        let eligibility_of = |stage| {
            let row = &scene.list(A, stage, "ada", what)[0];
            let url = format!("{}/{}?$expand=activatedUsing", Scene::url(A, stage, what), text(row, "id"));
            text(&scene.admin().get(&url).ok(200)["activatedUsing"], "id")
        };
        let check = || {
            for stage in [Stage::Schedules, Stage::Instances] {
                assert_eq!(eligibility_of(stage), text(&scene.list(E, stage, "ada", what)[0], "id"), "{stage:?}");
            }
        };
        check();
        for action in ["adminUpdate", "adminExtend"] {
            scene.eligibility(action, "ada", what).by("admin").ok(201);
            check();
        }
    }
}

/// Section 12 item 35: assigned and activated at once, there is one instance, and it is the assigned one.
#[test]
fn there_is_one_instance_on_a_key() {
    let scene = Scene::new();
    for what in super::scene::BOTH {
        scene.eligibility("adminAssign", "ada", what).by("admin").ok(201);
        scene.assignment("selfActivate", "ada", what).by("ada").ok(201);
        scene.assignment("adminAssign", "ada", what).lasting("PT1H").by("admin").ok(201);
        let types = || {
            let rows = scene.list(A, Stage::Instances, "ada", what);
            rows.iter().map(|row| text(row, "assignmentType").to_ascii_lowercase()).collect::<Vec<_>>()
        };
        assert_eq!(types(), ["assigned"]);
        scene.turn(HOUR);
        assert_eq!(types(), ["activated"], "the activation lasts an hour more");
    }
}
