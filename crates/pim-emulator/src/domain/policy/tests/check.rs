//! Which rule an order answers to, and what satisfies it.

use pim_client::edm::Duration;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{KINDS, Policy, PolicyKind, changed};
use crate::domain::{
    Action, Caller, Expiration, FailedRule, Identity, Instant, Key, Kind, Order, Scope, Target, Ticket,
};

const NOW: i64 = 17_000_000_000_000_000;
const HOUR: i64 = 36_000_000_000;

/// An order, the end of the ids of its expiration rule and of its enablement rule, and whether it answers to the
/// authentication context.
type Row = (Kind, Action, Option<&'static str>, Option<&'static str>, bool);

/// What each order answers to.
const TABLE: [Row; 18] = [
    (Kind::Eligibility, Action::AdminAssign, Some("Admin_Eligibility"), Some("Admin_Eligibility"), false),
    (Kind::Eligibility, Action::AdminUpdate, Some("Admin_Eligibility"), Some("Admin_Eligibility"), false),
    (Kind::Eligibility, Action::AdminRemove, None, None, false),
    (Kind::Eligibility, Action::AdminExtend, Some("Admin_Eligibility"), Some("Admin_Eligibility"), false),
    (Kind::Eligibility, Action::AdminRenew, Some("Admin_Eligibility"), Some("Admin_Eligibility"), false),
    (Kind::Eligibility, Action::SelfActivate, None, None, false),
    (Kind::Eligibility, Action::SelfDeactivate, None, None, false),
    (Kind::Eligibility, Action::SelfExtend, Some("Admin_Eligibility"), None, false),
    (Kind::Eligibility, Action::SelfRenew, Some("Admin_Eligibility"), None, false),
    (Kind::Assignment, Action::AdminAssign, Some("Admin_Assignment"), Some("Admin_Assignment"), false),
    (Kind::Assignment, Action::AdminUpdate, Some("Admin_Assignment"), Some("Admin_Assignment"), false),
    (Kind::Assignment, Action::AdminRemove, None, None, false),
    (Kind::Assignment, Action::AdminExtend, Some("Admin_Assignment"), Some("Admin_Assignment"), false),
    (Kind::Assignment, Action::AdminRenew, Some("Admin_Assignment"), Some("Admin_Assignment"), false),
    (Kind::Assignment, Action::SelfActivate, Some("EndUser_Assignment"), Some("EndUser_Assignment"), true),
    (Kind::Assignment, Action::SelfDeactivate, None, None, false),
    (Kind::Assignment, Action::SelfExtend, Some("Admin_Assignment"), None, false),
    (Kind::Assignment, Action::SelfRenew, Some("Admin_Assignment"), None, false),
];

const SUFFIXES: [&str; 3] = ["Admin_Eligibility", "Admin_Assignment", "EndUser_Assignment"];

fn now() -> Instant {
    Instant::from_ticks(NOW)
}

fn duration(text: &str) -> Duration {
    text.parse().expect("a duration")
}

/// An hour, and nothing said besides.
fn order(kind: Kind, action: Action) -> Order {
    Order {
        kind,
        action,
        key: Key { principal: Uuid::nil(), target: Target::Role { role: Uuid::nil(), scope: Scope::Tenant } },
        start: None,
        expiration: Some(Expiration::After(duration("PT1H"))),
        justification: None,
        ticket: Ticket::default(),
        custom_data: None,
        is_validation_only: false,
    }
}

/// A user who has shown nothing.
fn user() -> Caller {
    let identity = Identity::User(Uuid::nil());
    Caller { identity, permissions: Vec::new(), has_mfa: false, contexts: Vec::new() }
}

/// A policy that demands as little as there can be.
fn lenient(kind: PolicyKind) -> Policy {
    SUFFIXES.into_iter().fold(Policy::default_of(kind), |policy, suffix| {
        let policy = changed(&policy, &format!("Enablement_{suffix}"), json!({ "enabledRules": [] }));
        let maximum = json!({ "isExpirationRequired": false, "maximumDuration": "P1D" });
        changed(&policy, &format!("Expiration_{suffix}"), maximum)
    })
}

/// A lenient policy but for one rule.
fn strict(kind: PolicyKind, rule: &str, members: &Value) -> Policy {
    changed(&lenient(kind), rule, members.clone())
}

#[test]
fn the_expiration_rule_of_each_order_limits_its_length() {
    for kind in KINDS {
        for suffix in SUFFIXES {
            let members = json!({ "isExpirationRequired": true, "maximumDuration": "PT30M" });
            let policy = strict(kind, &format!("Expiration_{suffix}"), &members);
            for (level, action, rule, ..) in TABLE {
                let is_limited = rule == Some(suffix);
                for (length, is_too_long) in [("PT1H", true), ("PT30M1S", true), ("PT30M", false), ("PT1800S", false)] {
                    let mut order = order(level, action);
                    order.expiration = Some(Expiration::After(duration(length)));
                    let failed: &[_] = if is_limited && is_too_long { &[FailedRule::Expiration] } else { &[] };
                    assert_eq!(policy.check(&order, &user(), now()), failed, "{suffix} {level:?} {action:?} {length}");
                }
            }
        }
    }
}

#[test]
fn the_enablement_rule_of_each_order_demands_what_it_enables() {
    let demands = [
        ("Justification", FailedRule::Justification),
        ("Ticketing", FailedRule::Ticketing),
        ("MultiFactorAuthentication", FailedRule::Mfa),
    ];
    for kind in KINDS {
        for (suffix, (word, rule)) in SUFFIXES.into_iter().flat_map(|suffix| demands.map(|demand| (suffix, demand))) {
            let policy = strict(kind, &format!("Enablement_{suffix}"), &json!({ "enabledRules": [word] }));
            for (level, action, _, enabled_by, _) in TABLE {
                let mut order = order(level, action);
                let failed: &[_] = if enabled_by == Some(suffix) { &[rule] } else { &[] };
                assert_eq!(policy.check(&order, &user(), now()), failed, "{suffix} {word} {level:?} {action:?}");

                let mut caller = user();
                match rule {
                    FailedRule::Justification => order.justification = Some("why".to_owned()),
                    FailedRule::Ticketing => {
                        order.ticket = Ticket { number: Some("1".to_owned()), system: Some("desk".to_owned()) };
                    }
                    _ => caller.has_mfa = true,
                }
                assert_eq!(policy.check(&order, &caller, now()), [], "{suffix} {word} {level:?} {action:?}");
            }
        }
    }
}

#[test]
fn only_an_activation_answers_to_the_authentication_context() {
    let context = json!({ "isEnabled": true, "claimValue": "c7" });
    for kind in KINDS {
        let policy = strict(kind, "AuthenticationContext_EndUser_Assignment", &context);
        for (level, action, _, _, answers) in TABLE {
            let order = order(level, action);
            let mut caller = user();
            assert_eq!(policy.missing_context(&order, &caller), answers.then_some("c7"), "{level:?} {action:?}");
            assert_eq!(policy.check(&order, &caller, now()), [], "it is no rule of the list");
            caller.contexts = vec!["c1".to_owned(), "c70".to_owned()];
            assert_eq!(policy.missing_context(&order, &caller), answers.then_some("c7"), "{level:?} {action:?}");
            caller.contexts.push("c7".to_owned());
            assert_eq!(policy.missing_context(&order, &caller), None, "{level:?} {action:?}");
            assert_eq!(lenient(kind).missing_context(&order, &user()), None);
            let off = changed(&policy, "AuthenticationContext_EndUser_Assignment", json!({ "isEnabled": false }));
            assert_eq!(off.missing_context(&order, &user()), None, "it is noted, but off");
        }
    }
}

#[test]
fn approval_and_mail_fail_no_order() {
    let approver = json!({ "@odata.type": "#microsoft.graph.singleUser", "userId": Uuid::nil().to_string() });
    let setting = json!({ "isApprovalRequired": true, "approvalStages": [{ "primaryApprovers": [approver] }] });
    let mail = json!({ "notificationLevel": "None", "isDefaultRecipientsEnabled": false });
    for kind in KINDS {
        let policy = strict(kind, "Approval_EndUser_Assignment", &json!({ "setting": setting }));
        let policy = changed(&policy, "Notification_Approver_EndUser_Assignment", mail.clone());
        for (level, action, ..) in TABLE {
            assert_eq!(policy.check(&order(level, action), &user(), now()), [], "{level:?} {action:?}");
        }
    }
}

#[test]
fn what_has_to_end_does_not_last_forever() {
    let forever = [None, Some(Expiration::NotSpecified), Some(Expiration::Never)];
    let required = json!({ "isExpirationRequired": true, "maximumDuration": "P1D" });
    for (level, action, rule, ..) in TABLE {
        for expiration in &forever {
            let mut order = order(level, action);
            order.expiration.clone_from(expiration);
            let failed = |policy: &Policy| policy.check(&order, &user(), now()) == [FailedRule::Expiration];
            // An activation has to end, whatever its rule says.
            let is_activation = rule == Some("EndUser_Assignment");
            assert_eq!(failed(&lenient(PolicyKind::Role)), is_activation, "{level:?} {action:?} {expiration:?}");
            let Some(suffix) = rule else { continue };
            let policy = strict(PolicyKind::Role, &format!("Expiration_{suffix}"), &required);
            assert!(failed(&policy), "{level:?} {action:?} {expiration:?}");
        }
    }
}

#[test]
fn a_maximum_counts_where_an_end_is_demanded_and_for_activations_always() {
    for (level, action, rule, ..) in TABLE {
        let mut order = order(level, action);
        order.expiration = Some(Expiration::After(duration("P2D")));
        let failed: &[_] = if rule == Some("EndUser_Assignment") { &[FailedRule::Expiration] } else { &[] };
        assert_eq!(lenient(PolicyKind::Role).check(&order, &user(), now()), failed, "{level:?} {action:?}");
    }
}

#[test]
fn an_end_is_absolute_and_a_length_begins_when_the_assignment_does() {
    let policy = Policy::default_of(PolicyKind::Group);
    let mut order = order(Kind::Assignment, Action::SelfActivate);
    order.justification = Some("why".to_owned());
    let later = |ticks| Instant::from_ticks(NOW + ticks);
    let mut failed = |expiration, effective| {
        order.expiration = Some(expiration);
        !policy.check(&order, &user(), effective).is_empty()
    };
    // The maximum is eight hours.
    assert!(!failed(Expiration::At(later(8 * HOUR)), now()));
    assert!(failed(Expiration::At(later(8 * HOUR + 1)), now()), "a tick is too much");
    assert!(!failed(Expiration::At(later(8 * HOUR + 1)), later(1)));
    assert!(!failed(Expiration::At(later(10 * HOUR)), later(2 * HOUR)));
    assert!(!failed(Expiration::After(duration("PT8H")), later(2 * HOUR)));
    assert!(!failed(Expiration::After(duration("PT480M")), now()));
    assert!(failed(Expiration::After(duration("PT8H0.000000001S")), now()));
    assert!(failed(Expiration::At(Instant::from_ticks(i64::MAX)), Instant::from_ticks(i64::MIN)), "and no overflow");
}

#[test]
fn a_maximum_longer_than_time_limits_nothing() {
    let members = json!({ "isExpirationRequired": true, "maximumDuration": "PT18446744073709551615S" });
    let policy = strict(PolicyKind::Role, "Expiration_Admin_Assignment", &members);
    let mut order = order(Kind::Assignment, Action::AdminAssign);
    for expiration in [Expiration::At(Instant::from_ticks(i64::MAX)), Expiration::After(duration("P90000D"))] {
        order.expiration = Some(expiration);
        assert_eq!(policy.check(&order, &user(), now()), []);
    }
}

#[test]
fn what_is_blank_is_not_given() {
    let words = json!({ "enabledRules": ["Justification", "Ticketing"] });
    let policy = strict(PolicyKind::Role, "Enablement_EndUser_Assignment", &words);
    let text = |text: &str| Some(text.to_owned());
    for (justification, number, system, failed) in [
        (None, None, None, &[FailedRule::Justification, FailedRule::Ticketing][..]),
        (text(""), text(""), text(""), &[FailedRule::Justification, FailedRule::Ticketing]),
        (text(" \t\n\u{a0}"), text(" "), text("desk"), &[FailedRule::Justification, FailedRule::Ticketing]),
        (text("why"), text("1"), None, &[FailedRule::Ticketing]),
        (text("why"), None, text("desk"), &[FailedRule::Ticketing]),
        (text("."), text("1"), text("desk"), &[]),
    ] {
        let mut order = order(Kind::Assignment, Action::SelfActivate);
        order.justification = justification;
        order.ticket = Ticket { number, system };
        assert_eq!(policy.check(&order, &user(), now()), failed, "{order:?}");
    }
}

#[test]
fn an_application_has_no_second_factor() {
    let words = json!({ "enabledRules": ["MultiFactorAuthentication"] });
    let policy = strict(PolicyKind::Role, "Enablement_Admin_Assignment", &words);
    let identity = Identity::Application { service_principal: Uuid::nil(), app_id: Uuid::nil() };
    let application = Caller { identity, has_mfa: true, ..user() };
    let order = order(Kind::Assignment, Action::AdminAssign);
    assert_eq!(policy.check(&order, &application, now()), [FailedRule::Mfa]);
}

#[test]
fn all_that_fails_is_told_in_the_order_of_the_service() {
    let all = json!({ "enabledRules": ["MultiFactorAuthentication", "Ticketing", "Justification"] });
    let policy = changed(&Policy::default_of(PolicyKind::Role), "Enablement_EndUser_Assignment", all);
    let mut order = order(Kind::Assignment, Action::SelfActivate);
    order.expiration = Some(Expiration::After(duration("PT9H")));
    let failed = policy.check(&order, &user(), now());
    assert_eq!(failed, [FailedRule::Expiration, FailedRule::Justification, FailedRule::Ticketing, FailedRule::Mfa]);
}
