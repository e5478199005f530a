//! Whatever is asked is there afterwards.

use pim_client::edm::Duration;
use pim_client::pim::{
    ActivationSettings, Approver, AssignmentSettings, Notification, NotificationLevel, NotificationSettings,
    PolicySettings,
};
use proptest::prelude::*;

use crate::fake::{Fake, member};

fn notification() -> impl Strategy<Value = Notification> {
    let level = prop_oneof![
        Just(NotificationLevel::None),
        Just(NotificationLevel::Critical),
        Just(NotificationLevel::All),
        "[a-z]{12}".prop_map(|word| NotificationLevel::from(word.as_str())),
    ];
    let recipients = prop::collection::btree_set("[a-z]{1,8}@[a-z]{1,8}\\.example", 0..4);
    (level, any::<bool>(), recipients).prop_map(|(level, enabled, recipients)| {
        let mut notification = Notification::default();
        notification.level = Some(level);
        notification.is_default_recipients_enabled = Some(enabled);
        notification.recipients = recipients.into_iter().collect();
        notification
    })
}

fn notifications() -> impl Strategy<Value = NotificationSettings> {
    (notification(), notification(), notification()).prop_map(|(admin, requestor, approver)| {
        let mut settings = NotificationSettings::default();
        (settings.admin, settings.requestor, settings.approver) = (admin, requestor, approver);
        settings
    })
}

fn duration() -> impl Strategy<Value = Duration> {
    prop_oneof![(1..400_u32).prop_map(Duration::days), (1..2000_u32).prop_map(Duration::minutes)]
}

fn assignment() -> impl Strategy<Value = AssignmentSettings> {
    (any::<[bool; 4]>(), duration(), notifications()).prop_map(|([end, why, ticket, mfa], maximum, notifications)| {
        let mut settings = AssignmentSettings::default();
        settings.requires_expiration = Some(end);
        settings.maximum_duration = Some(maximum);
        settings.requires_justification = Some(why);
        settings.requires_ticket = Some(ticket);
        settings.requires_mfa = Some(mfa);
        settings.notifications = notifications;
        settings
    })
}

fn approver() -> impl Strategy<Value = Approver> {
    prop_oneof![
        "[0-9a-f]{8}".prop_map(Approver::user),
        "[0-9a-f]{8}".prop_map(Approver::members_of),
        (1..4).prop_map(Approver::RequestorManager),
    ]
}

fn activation() -> impl Strategy<Value = ActivationSettings> {
    let context = prop::option::of((1..100).prop_map(|number| format!("c{number}")));
    // Approvers are a set: asked for in another order, or twice, they are those that are there, and nothing is written.
    let approvers = prop::collection::vec(approver(), 1..4).prop_map(|mut approvers| {
        approvers.sort_by_key(|approver| format!("{approver:?}"));
        approvers.dedup();
        approvers
    });
    (assignment(), context, approvers, any::<[bool; 2]>()).prop_map(
        |(common, context, approvers, [requires_approval, requires_why])| {
            let mut settings = ActivationSettings::default();
            settings.requires_expiration = common.requires_expiration;
            settings.maximum_duration = common.maximum_duration;
            settings.requires_justification = common.requires_justification;
            settings.requires_ticket = common.requires_ticket;
            settings.requires_mfa = common.requires_mfa.map(|mfa| mfa && context.is_none());
            settings.authentication_context = context;
            settings.requires_approval = Some(requires_approval);
            settings.approvers = approvers;
            settings.requires_approver_justification = Some(requires_why);
            settings.notifications = common.notifications;
            settings
        },
    )
}

fn settings() -> impl Strategy<Value = PolicySettings> {
    (activation(), assignment(), assignment()).prop_map(|(activation, eligible, active)| {
        let mut settings = PolicySettings::default();
        (settings.activation, settings.eligible_assignment, settings.active_assignment) =
            (activation, eligible, active);
        settings
    })
}

/// What is not a setting.
fn rest(mut rules: Vec<serde_json::Value>) -> Vec<serde_json::Value> {
    for rule in &mut rules {
        let rule = rule.as_object_mut().unwrap();
        rule.retain(|name, _| ["@odata.type", "id", "target", "newInRule", "recipientType"].contains(&name.as_str()));
    }
    rules
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn settings_that_are_applied_are_read_back(wanted in settings(), then in settings()) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let fake = Fake::of_group("member").await;
            let before = rest(fake.rules());
            for wanted in [wanted, then] {
                let policy = fake.pim().update_policy(member(), |settings| *settings = wanted.clone()).await.unwrap();
                assert_eq!(policy.settings(), wanted);
                let again = fake.pim().policy(member()).await.unwrap();
                assert_eq!(again.changes(&wanted).unwrap(), []);
            }
            assert_eq!(rest(fake.rules()), before);
        });
    }
}
