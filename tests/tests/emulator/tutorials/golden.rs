//! What the tutorials have in common, as one scenario, with what they say beside their requests: how it goes on when
//! time passes, what is refused, and what the audit log has of it.

use std::time::Duration;

use pim_client::Graph;
use pim_client::edm::DateTimeOffset;
use pim_client::v1_0::fields::{unified_role_assignment, unified_role_assignment_schedule_request};
use pim_client::v1_0::models::{
    DirectoryAudit, ExpirationPattern, ExpirationPatternType, GroupCreate, RequestSchedule,
    RoleAssignmentScheduleInstanceFilterByCurrentUserOptions as OnInstance,
    RoleAssignmentScheduleRequestFilterByCurrentUserOptions as On,
    RoleEligibilityScheduleInstanceFilterByCurrentUserOptions as OnEligibility,
    UnifiedRoleAssignmentScheduleRequestCreate, UnifiedRoleEligibilityScheduleRequestCreate,
    UnifiedRoleScheduleRequestActions as Action,
};
use pim_client::{ErrorCode, FailedRule};
use pim_emulator::tenant::Policy;
use pim_emulator::{Clock, Emulator, Tenant};

use super::{TENANT, USER_ADMINISTRATOR, incident, lasting, until, user};

const NOW: &str = "2025-03-21T11:00:00Z";
const GLOBAL_READER: &str = "f2ef992c-3afb-46b9-b7cf-a126ee74c451";
const HOUR: Duration = Duration::from_hours(1);

async fn emulator(tenant: Tenant) -> Emulator {
    let clock = Clock::frozen_at(super::time(NOW));
    Emulator::builder().tenant(tenant).clock(clock).start().await.expect("an emulator")
}

fn id_of(emulator: &Emulator, name: &str) -> String {
    emulator.tenant().object_id(name).expect("somebody of the tenant").to_string()
}

/// How often the signed-in user has the role, and how often the user could activate it.
async fn held_and_eligible(graph: &Graph) -> (usize, usize) {
    let roles = graph.role_management().directory();
    let held = roles.role_assignment_schedule_instances().filter_by_current_user(OnInstance::Principal);
    let eligible = roles.role_eligibility_schedule_instances().filter_by_current_user(OnEligibility::Principal);
    let is_it = |id: Option<&str>| id == Some(USER_ADMINISTRATOR);
    let held = held.all().await.expect("a list");
    let eligible = eligible.all().await.expect("a list");
    (
        held.iter().filter(|one| is_it(one.role_definition_id.as_ref().map(pim_client::Id::as_str))).count(),
        eligible.iter().filter(|one| is_it(one.role_definition_id.as_ref().map(pim_client::Id::as_str))).count(),
    )
}

#[tokio::test]
async fn a_group_is_eligible_and_its_member_activates() {
    let emulator = emulator(Tenant::contoso()).await;
    let (me, aline) =
        (emulator.client_as("admin@contoso.com").unwrap(), emulator.client_as("alined@contoso.com").unwrap());
    let (my_id, aline_id) = (id_of(&emulator, "admin@contoso.com"), id_of(&emulator, "alined@contoso.com"));
    let roles = me.role_management().directory();

    // 1. A group that can hold roles; nobody outside sees who is in it.
    let group = GroupCreate::new("IT Helpdesk (User)", false, "userHelpdesk", true)
        .is_assignable_to_role(true)
        .owners_bind(vec![user(&me, &my_id)])
        .members_bind(vec![user(&me, &my_id), user(&me, &aline_id)]);
    let group = me.groups().create(&group).await.unwrap();
    assert_eq!(group.visibility.as_deref(), Some("Private"));
    let group = group.id.unwrap();

    // 2. It becomes eligible for a year, from a time that has passed: so from now.
    let eligibility = UnifiedRoleEligibilityScheduleRequestCreate::new(
        Action::AdminAssign,
        group.clone().upcast(),
        USER_ADMINISTRATOR,
    )
    .justification("Assign User Admin eligibility to IT Helpdesk (User) group")
    .directory_scope_id(TENANT)
    .schedule_info(until("2025-03-20T00:00:00Z", "2026-03-20T00:00:00Z"));
    let eligibility = roles.role_eligibility_schedule_requests().create(&eligibility).await.unwrap();
    assert_eq!(eligibility.status.as_deref(), Some("Provisioned"));
    assert_eq!(eligibility.schedule_info.unwrap().start_date_time, eligibility.completed_date_time);
    assert_eq!(eligibility.target_schedule_id, eligibility.id.map(|id| id.as_str().into()));

    // 3. Its member does not have the role yet.
    let held = roles.role_assignments().list().filter(unified_role_assignment::principal_id().eq(aline_id.as_str()));
    assert!(held.await.unwrap().is_empty());
    assert_eq!(held_and_eligible(&aline).await, (0, 1));

    // 4. and 5. The member activates it: at once, or when the time comes.
    let requests = aline.role_management().directory().role_assignment_schedule_requests();
    let activation = |start| {
        UnifiedRoleAssignmentScheduleRequestCreate::new(Action::SelfActivate, aline_id.as_str(), USER_ADMINISTRATOR)
            .directory_scope_id(TENANT)
            .justification("Need to invalidate all app refresh tokens for Contoso users.")
            .schedule_info(lasting(start, "PT5H"))
            .ticket_info(incident())
    };
    for (start, status) in [("2025-03-21T12:00:00Z", "Granted"), (NOW, "Provisioned")] {
        let activation = requests.create(&activation(start)).await.unwrap();
        assert_eq!(activation.status.as_deref(), Some(status));
        let own = requests
            .filter_by_current_user(On::Principal)
            .expand(unified_role_assignment_schedule_request::role_definition())
            .all()
            .await
            .unwrap();
        let own = own.into_iter().find(|own| own.id == activation.id).unwrap();
        assert_eq!(own.status.as_deref(), Some(status));
        assert_eq!(own.role_definition.unwrap().display_name.as_deref(), Some("User Administrator"));
        if status == "Granted" {
            assert_eq!(held_and_eligible(&aline).await, (0, 1), "it has not begun");
            requests.by_id(activation.id.unwrap()).cancel().await.unwrap();
        }
    }
    assert_eq!(held_and_eligible(&aline).await, (1, 1));

    // 6. After five hours it is over, and can be activated again.
    emulator.clock().advance(5 * HOUR);
    assert_eq!(held_and_eligible(&aline).await, (0, 1));

    // 7. The eligibility goes: nothing more has to be said for that.
    let removal = UnifiedRoleEligibilityScheduleRequestCreate::new(
        Action::AdminRemove,
        group.clone().upcast(),
        USER_ADMINISTRATOR,
    )
    .directory_scope_id(TENANT);
    let removal = roles.role_eligibility_schedule_requests().create(&removal).await.unwrap();
    assert_eq!(removal.status.as_deref(), Some("Revoked"));
    assert_eq!((removal.completed_date_time, removal.target_schedule_id), (None, None));
    assert_eq!(held_and_eligible(&aline).await, (0, 0));

    // 8. The group goes.
    me.groups().by_id(group).delete().await.unwrap();

    // The audit log has every step, from the first to the last.
    let log = me.audit_logs().directory_audits().list().all().await.unwrap();
    let mut steps: Vec<_> = log.iter().rev().map(|entry| (entry.activity_date_time, step(entry))).collect();
    steps.sort_by_key(|(at, _)| at.map(std::time::SystemTime::from));
    let steps: Vec<_> = steps.into_iter().map(|(_, step)| step).collect();
    insta::assert_snapshot!(steps.join("\n"));
}

/// `11:00 PIM: Add member to role completed (PIM activation)`
fn step(entry: &DirectoryAudit) -> String {
    let at = entry.activity_date_time.map(|at| at.to_string()).unwrap_or_default();
    let (service, activity) = (entry.logged_by_service.as_deref(), entry.activity_display_name.as_deref());
    format!("{} {}: {}", &at[11..16], service.unwrap_or_default(), activity.unwrap_or_default())
}

/// What the tutorials say of policies, durations and permanence.
#[tokio::test]
async fn what_a_policy_allows_is_given_and_nothing_else() {
    let strict = Policy::of_role("Global Reader").allow_permanent_assignment(false);
    let emulator = emulator(Tenant::contoso().policy(strict)).await;
    let me = emulator.client_as("admin@contoso.com").unwrap();
    let aline = id_of(&emulator, "alined@contoso.com");
    let roles = me.role_management().directory();
    let for_good = || {
        let without_end = ExpirationPattern::new().r#type(ExpirationPatternType::NoExpiration);
        RequestSchedule::new().start_date_time(super::time(NOW)).expiration(without_end)
    };

    let eligible = UnifiedRoleEligibilityScheduleRequestCreate::new(Action::AdminAssign, aline.as_str(), GLOBAL_READER)
        .directory_scope_id(TENANT)
        .schedule_info(for_good());
    let eligible = roles.role_eligibility_schedule_requests().create(&eligible).await.unwrap();
    assert_eq!(eligible.status.as_deref(), Some("Provisioned"), "an eligibility may be for good");

    let active = |schedule: RequestSchedule| {
        UnifiedRoleAssignmentScheduleRequestCreate::new(Action::AdminAssign, aline.as_str(), GLOBAL_READER)
            .directory_scope_id(TENANT)
            .justification("An audit")
            .schedule_info(schedule)
    };
    let requests = roles.role_assignment_schedule_requests();
    let refused = requests.create(&active(for_good())).await.unwrap_err();
    assert_eq!(refused.code(), Some(&ErrorCode::RoleAssignmentRequestPolicyValidationFailed));
    assert_eq!((refused.status(), refused.failed_rules()), (Some(400), &[FailedRule::Expiration][..]));

    let active = requests.create(&active(lasting(NOW, "PT3H"))).await.unwrap();
    assert_eq!(active.status.as_deref(), Some("Provisioned"));
    let now: DateTimeOffset = emulator.clock().now();
    assert_eq!(active.completed_date_time, Some(now));
}
