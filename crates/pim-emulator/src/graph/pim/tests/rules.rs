//! What the rules of policies demand, as they are at first and when they are changed: sections 3.3 and 3.4.

use serde_json::{Value, json};

use super::scene::{A, Ask, BOTH, DAY, E, MINUTE, ROLE, Scene, What, outcome};
use crate::domain::Kind;

/// A membership whose policy is as policies of groups are at first, and a role of that kind.
const PLAIN: What = What::Member("Helpdesk");

const OK: &str = "Provisioned";
const EXPIRATION: &str = "400 [\"ExpirationRule\"]";
const JUSTIFICATION: &str = "400 [\"JustificationRule\"]";

#[test]
fn administrators_may_at_first() {
    let permanent: fn(Ask<'_>) -> Ask<'_> = |ask| ask.for_good();
    let silent: fn(Ask<'_>) -> Ask<'_> = |ask| ask.without("justification");
    let a_year: fn(Ask<'_>) -> Ask<'_> = |ask| ask.lasting("P365D");
    let more_than_a_year: fn(Ask<'_>) -> Ask<'_> = |ask| ask.lasting("P366D");
    let half_a_year: fn(Ask<'_>) -> Ask<'_> = |ask| ask.lasting("P180D");
    let more_than_half_a_year: fn(Ask<'_>) -> Ask<'_> = |ask| ask.lasting("P181D");
    let not_said: fn(Ask<'_>) -> Ask<'_> =
        |ask| ask.with("scheduleInfo", json!({"expiration": {"type": "notSpecified"}}));
    for (what, kind, change, expected) in [
        (ROLE, E, permanent, OK),
        (ROLE, E, silent, OK),
        (ROLE, E, more_than_a_year, OK),
        (ROLE, A, permanent, OK),
        (ROLE, A, more_than_a_year, OK),
        (ROLE, A, silent, JUSTIFICATION),
        (PLAIN, E, permanent, EXPIRATION),
        (PLAIN, E, not_said, EXPIRATION),
        (PLAIN, E, silent, OK),
        (PLAIN, E, a_year, OK),
        (PLAIN, E, more_than_a_year, EXPIRATION),
        (PLAIN, A, permanent, EXPIRATION),
        (PLAIN, A, half_a_year, OK),
        (PLAIN, A, more_than_half_a_year, EXPIRATION),
        (PLAIN, A, silent, JUSTIFICATION),
    ] {
        let scene = Scene::new();
        let ask = change(scene.ask(kind, "adminAssign", "ben", what));
        let body = ask.body.clone();
        assert_eq!(outcome(&ask.by("admin")), expected, "{what:?} {kind:?} {body}");
    }
}

#[test]
fn who_activates_must_at_first() {
    for (what, mfa, silent, lasting, expected) in [
        (ROLE, true, false, "PT8H", OK),
        (ROLE, true, false, "PT8H1S", EXPIRATION),
        (ROLE, true, true, "PT8H", JUSTIFICATION),
        (ROLE, false, false, "PT8H", "400 [\"MfaRule\"]"),
        (ROLE, false, true, "PT9H", "400 [\"ExpirationRule\",\"JustificationRule\",\"MfaRule\"]"),
        (PLAIN, true, false, "PT8H", OK),
        (PLAIN, false, false, "PT8H", OK),
        (PLAIN, false, false, "PT8H1S", EXPIRATION),
        (PLAIN, true, true, "PT8H", JUSTIFICATION),
    ] {
        let scene = Scene::new();
        scene.eligibility("adminAssign", "ben", what).by("admin").ok(201);
        let mut ask = scene.assignment("selfActivate", "ben", what).lasting(lasting);
        if silent {
            ask = ask.with("justification", " \t");
        }
        let got = ask.send(&scene.signed_in("ben", mfa, &[]));
        assert_eq!(outcome(&got), expected, "{what:?}, mfa: {mfa}, silent: {silent}, {lasting}");
    }
}

/// Who is to order it, for whom something is there that lets it be ordered.
fn ready(scene: &Scene, kind: Kind, action: &str, what: What) -> &'static str {
    let assign = |length: &str| scene.ask(kind, "adminAssign", "ada", what).lasting(length).by("admin").ok(201);
    match action {
        "adminAssign" => {}
        "selfActivate" => drop(scene.eligibility("adminAssign", "ada", what).by("admin").ok(201)),
        "adminRenew" | "selfRenew" => {
            assign("P1D");
            scene.turn(DAY);
        }
        "selfDeactivate" => {
            scene.eligibility("adminAssign", "ada", what).by("admin").ok(201);
            scene.assignment("selfActivate", "ada", what).by("ada").ok(201);
            scene.turn(5 * MINUTE);
        }
        _ => {
            assign("P10D");
            scene.turn(5 * MINUTE);
        }
    }
    if action.starts_with("self") { "ada" } else { "admin" }
}

fn rule(id: &str, mut members: Value) -> Value {
    let kind = id.split('_').next().expect("a kind");
    members["id"] = id.into();
    members["@odata.type"] = format!("#microsoft.graph.unifiedRoleManagementPolicy{kind}Rule").into();
    members
}

/// Every action under a rule that it cannot satisfy: which answers to it?
fn check_reach(id: &str, members: &Value, failed: &str, answering: &[(Kind, &str)]) {
    const ACTIONS: [&str; 9] = [
        "adminAssign",
        "adminUpdate",
        "adminExtend",
        "adminRenew",
        "adminRemove",
        "selfActivate",
        "selfDeactivate",
        "selfExtend",
        "selfRenew",
    ];
    for what in BOTH {
        for (kind, action) in [E, A].into_iter().flat_map(|kind| ACTIONS.map(|action| (kind, action))) {
            if kind == E && ["selfActivate", "selfDeactivate"].contains(&action) {
                continue;
            }
            let scene = Scene::new();
            let by = ready(&scene, kind, action, what);
            scene.rule(what, rule(id, members.clone()));
            let mut ask = scene.ask(kind, action, "ada", what);
            // Active assignments need a justification anyway.
            if failed == "JustificationRule" && kind == E {
                ask = ask.without("justification");
            }
            // Those who act for themselves need a second factor anyway.
            let mfa = failed != "MfaRule" || by == "ada";
            let got = ask.send(&scene.signed_in(by, mfa, &[]));
            let is_answering = answering.contains(&(kind, action));
            let failed = format!("400 [\"{failed}\"]");
            assert_eq!(
                outcome(&got) == failed,
                is_answering,
                "{id}: {action} of {kind:?}, {what:?}: {}",
                outcome(&got)
            );
            assert!(is_answering || got.status == 201, "{id}: {action} of {kind:?}: {}", outcome(&got));
        }
    }
}

#[test]
fn expiration_of_eligibilities() {
    let members = json!({"isExpirationRequired": true, "maximumDuration": "P15D"});
    let answering = ["adminAssign", "adminUpdate", "adminExtend", "adminRenew", "selfExtend", "selfRenew"]
        .map(|action| (E, action));
    check_reach("Expiration_Admin_Eligibility", &members, "ExpirationRule", &answering);
}

#[test]
fn expiration_of_assignments() {
    let members = json!({"isExpirationRequired": true, "maximumDuration": "P15D"});
    let answering = ["adminAssign", "adminUpdate", "adminExtend", "adminRenew", "selfExtend", "selfRenew"]
        .map(|action| (A, action));
    check_reach("Expiration_Admin_Assignment", &members, "ExpirationRule", &answering);
}

#[test]
fn expiration_of_activations() {
    // Whether or not an end is required.
    for required in [true, false] {
        let members = json!({"isExpirationRequired": required, "maximumDuration": "PT1H30M"});
        check_reach("Expiration_EndUser_Assignment", &members, "ExpirationRule", &[(A, "selfActivate")]);
    }
}

/// Removals answer to no enablement rule, nor do those who ask for more time to that of administrators.
#[test]
fn enablement() {
    let admin = ["adminAssign", "adminUpdate", "adminExtend", "adminRenew"];
    for (rules, failed) in
        [(json!(["Justification"]), "JustificationRule"), (json!(["MultiFactorAuthentication"]), "MfaRule")]
    {
        let members = json!({"enabledRules": rules});
        check_reach("Enablement_Admin_Eligibility", &members, failed, &admin.map(|action| (E, action)));
    }
}

#[test]
fn enablement_of_assignments() {
    let admin = ["adminAssign", "adminUpdate", "adminExtend", "adminRenew"];
    for (rules, failed) in [(json!(["MultiFactorAuthentication"]), "MfaRule"), (json!(["Ticketing"]), "TicketingRule")]
    {
        let members = json!({"enabledRules": rules});
        check_only("Enablement_Admin_Assignment", &members, failed, &admin.map(|action| (A, action)));
    }
}

/// The same where activations have rules of their own from the beginning: only those that answer are asked.
fn check_only(id: &str, members: &Value, failed: &str, answering: &[(Kind, &str)]) {
    for what in BOTH {
        for (kind, action) in answering {
            let scene = Scene::new();
            let by = ready(&scene, *kind, action, what);
            scene.rule(what, rule(id, members.clone()));
            let ask = || scene.ask(*kind, action, "ada", what);
            let got = ask().send(&scene.signed_in(by, failed != "MfaRule", &[]));
            assert_eq!(outcome(&got), format!("400 [\"{failed}\"]"), "{action}");
            let ticket = json!({"ticketNumber": "CONTOSO:Normal-67890", "ticketSystem": "MS Project"});
            assert_eq!(outcome(&ask().with("ticketInfo", ticket).by(by)), OK, "{action}");
        }
    }
}

#[test]
fn a_ticket_has_a_number_and_a_system() {
    for what in BOTH {
        let scene = Scene::new();
        scene.eligibility("adminAssign", "ada", what).by("admin").ok(201);
        scene.rule(what, rule("Enablement_EndUser_Assignment", json!({"enabledRules": ["Ticketing"]})));
        let failed = "400 [\"TicketingRule\"]";
        for (ticket, expected) in [
            (Value::Null, failed),
            (json!({}), failed),
            (json!({"ticketNumber": "1"}), failed),
            (json!({"ticketSystem": "MS Project"}), failed),
            (json!({"ticketNumber": " ", "ticketSystem": "MS Project"}), failed),
            (json!({"ticketNumber": "1", "ticketSystem": "MS Project"}), OK),
        ] {
            // Nothing but a ticket is asked for.
            let ask = scene.assignment("selfActivate", "ada", what).without("justification");
            let got = ask.with("ticketInfo", ticket.clone()).send(&scene.signed_in("ada", false, &[]));
            assert_eq!(outcome(&got), expected, "{ticket}");
        }
    }
}

/// All that fails is told, in one order: section 2.10.
#[test]
fn all_rules_that_fail_are_told_in_order() {
    let scene = Scene::new();
    scene.eligibility("adminAssign", "ada", ROLE).lasting("PT8H").by("admin").ok(201);
    let all = json!({"enabledRules": ["Ticketing", "Justification", "MultiFactorAuthentication"]});
    scene.rule(ROLE, rule("Enablement_EndUser_Assignment", all));
    let ask = scene.assignment("selfActivate", "ada", ROLE).lasting("PT9H").without("justification");
    assert_eq!(
        outcome(&ask.send(&scene.signed_in("ada", false, &[]))),
        r#"400 ["EligibilityRule","ExpirationRule","JustificationRule","TicketingRule","MfaRule"]"#
    );
}

/// The authentication context is asked for when no rule fails, and in the words that clients know.
#[test]
fn an_authentication_context_is_asked_for_last() {
    for what in BOTH {
        let tenant = super::scene::tenant();
        let policy = match what {
            What::Role(role) => crate::tenant::Policy::of_role(role),
            What::Member(group) | What::Owner(group) => {
                crate::tenant::Policy::of_group(group, crate::tenant::Access::Member)
            }
        };
        let mut tenant = tenant;
        tenant.policies.retain(|policy| policy.group.as_deref() != Some("Operators"));
        let scene = Scene::of(tenant.policy(policy.authentication_context("c1")));
        scene.eligibility("adminAssign", "ada", what).by("admin").ok(201);
        let ask = || scene.assignment("selfActivate", "ada", what);
        assert_eq!(outcome(&ask().without("justification").by("ada")), JUSTIFICATION);
        let got = ask().send(&scene.signed_in("ada", true, &["c2"]));
        let claims = "&claims=%7B%22access_token%22%3A%7B%22acrs%22%3A%7B%22essential%22%3Atrue%2C%20%22value%22%3A%22c1\
            %22%7D%7D%7D";
        assert_eq!(got.message(), claims);
        assert_eq!(outcome(&got), "400 RoleAssignmentRequestAcrsValidationFailed");
        assert_eq!(outcome(&ask().send(&scene.signed_in("ada", false, &["c2", "c1"]))), OK);
    }
}
