//! Calls with an id or an argument, and the paths that they should have.

use std::pin::Pin;

use pim_client::beta::models as beta;
use pim_client::v1_0::models as v1;
use pim_client::{Graph, Reference};

/// A call on its way, whatever it answers.
pub(crate) type Sent = Pin<Box<dyn Future<Output = pim_client::Result<()>>>>;

/// A call with an argument, and the path that it should have, where `{}` stands for the argument.
pub(crate) type Call = (&'static str, fn(Graph, &'static str) -> Sent);

fn sent<T>(call: impl Future<Output = pim_client::Result<T>> + 'static) -> Sent {
    Box::pin(async { call.await.map(drop) })
}

/// Keys at every depth, before every kind of segment.
pub(crate) const KEYS: &[Call] = &[
    ("/v1.0/users/{}", |graph, it| sent(async move { graph.users().by_id(it).get().await })),
    ("/v1.0/users/{}", |graph, it| sent(async move { graph.users().by_id(it).delete().await })),
    ("/v1.0/groups/{}", |graph, it| {
        sent(async move { graph.groups().by_id(it).update(&v1::GroupUpdate::new()).await })
    }),
    ("/v1.0/groups/{}/members", |graph, it| sent(async move { graph.groups().by_id(it).members().list().await })),
    ("/v1.0/groups/{}/members/$count", |graph, it| {
        sent(async move { graph.groups().by_id(it).members().count().await })
    }),
    ("/v1.0/groups/{}/members/$ref", |graph, it| {
        let member = graph.users().by_id("1").reference().map(Reference::upcast);
        sent(async move { graph.groups().by_id(it).members().add_ref(&member?).await })
    }),
    ("/v1.0/groups/{}/members/1/$ref", |graph, it| {
        sent(async move { graph.groups().by_id(it).members().by_id("1").remove_ref().await })
    }),
    ("/v1.0/groups/1/members/{}/$ref", |graph, it| {
        sent(async move { graph.groups().by_id("1").members().by_id(it).remove_ref().await })
    }),
    ("/v1.0/groups/{}/transitiveMembers/microsoft.graph.user", |graph, it| {
        sent(async move { graph.groups().by_id(it).transitive_members().graph_user().list().await })
    }),
    ("/v1.0/groups/{}/checkMemberGroups", |graph, it| {
        let groups = v1::DirectoryObjectCheckMemberGroupsBody::new(["1".to_owned()]);
        sent(async move { graph.groups().by_id(it).check_member_groups(&groups).await })
    }),
    ("/v1.0/roleManagement/directory/roleAssignmentScheduleRequests/{}", |graph, it| {
        sent(
            async move { graph.role_management().directory().role_assignment_schedule_requests().by_id(it).get().await },
        )
    }),
    ("/v1.0/roleManagement/directory/roleAssignmentScheduleRequests/{}/cancel", |graph, it| {
        sent(
            async move { graph.role_management().directory().role_assignment_schedule_requests().by_id(it).cancel().await },
        )
    }),
    ("/v1.0/roleManagement/directory/resourceNamespaces/{}/resourceActions/1", |graph, it| {
        let namespaces = graph.role_management().directory().resource_namespaces();
        sent(async move { namespaces.by_id(it).resource_actions().by_id("1").get().await })
    }),
    ("/v1.0/roleManagement/directory/resourceNamespaces/1/resourceActions/{}", |graph, it| {
        let namespaces = graph.role_management().directory().resource_namespaces();
        sent(async move { namespaces.by_id("1").resource_actions().by_id(it).get().await })
    }),
    ("/v1.0/identityGovernance/privilegedAccess/group/assignmentApprovals/{}/stages/1", |graph, it| {
        let approvals = graph.identity_governance().privileged_access().group().assignment_approvals();
        sent(async move { approvals.by_id(it).stages().by_id("1").get().await })
    }),
    ("/v1.0/identityGovernance/privilegedAccess/group/assignmentApprovals/1/stages/{}", |graph, it| {
        let approvals = graph.identity_governance().privileged_access().group().assignment_approvals();
        let decision = v1::ApprovalStageUpdate::new();
        sent(async move { approvals.by_id("1").stages().by_id(it).update(&decision).await })
    }),
    ("/v1.0/policies/roleManagementPolicies/{}/rules/1", |graph, it| {
        let policies = graph.policies().role_management_policies();
        sent(async move { policies.by_id(it).rules().by_id("1").get().await })
    }),
    ("/v1.0/policies/roleManagementPolicies/1/rules/{}", |graph, it| {
        let policies = graph.policies().role_management_policies();
        sent(async move { policies.by_id("1").rules().by_id(it).get().await })
    }),
    ("/v1.0/directoryObjects/{}", |graph, it| sent(async move { graph.directory_objects().by_id(it).get().await })),
    ("/v1.0/auditLogs/directoryAudits/{}", |graph, it| {
        sent(async move { graph.audit_logs().directory_audits().by_id(it).get().await })
    }),
    ("/beta/roleManagement/directory/roleAssignmentApprovals/1/steps/{}", |graph, it| {
        let approvals = graph.beta().role_management().directory().role_assignment_approvals();
        sent(async move { approvals.by_id("1").steps().by_id(it).get().await })
    }),
    ("/beta/identityGovernance/roleManagementAlerts/alerts/1/alertIncidents/{}/remediate", |graph, it| {
        let alerts = graph.beta().identity_governance().role_management_alerts().alerts();
        sent(async move { alerts.by_id("1").alert_incidents().by_id(it).remediate().await })
    }),
];

/// Functions, whose parameters stand between quotes.
pub(crate) const ARGUMENTS: &[Call] = &[
    ("/v1.0/roleManagement/directory/roleAssignmentScheduleRequests/filterByCurrentUser(on='{}')", |graph, it| {
        let requests = graph.role_management().directory().role_assignment_schedule_requests();
        let on = v1::RoleAssignmentScheduleRequestFilterByCurrentUserOptions::from(it);
        sent(async move { requests.filter_by_current_user(on).await })
    }),
    ("/v1.0/roleManagement/directory/roleEligibilityScheduleInstances/filterByCurrentUser(on='{}')", |graph, it| {
        let instances = graph.role_management().directory().role_eligibility_schedule_instances();
        let on = v1::RoleEligibilityScheduleInstanceFilterByCurrentUserOptions::from(it);
        sent(async move { instances.filter_by_current_user(on).await })
    }),
    (
        "/v1.0/identityGovernance/privilegedAccess/group/assignmentApprovals/filterByCurrentUser(on='{}')",
        |graph, it| {
            let approvals = graph.identity_governance().privileged_access().group().assignment_approvals();
            let on = v1::ApprovalFilterByCurrentUserOptions::from(it);
            sent(async move { approvals.filter_by_current_user(on).await })
        },
    ),
    ("/beta/roleManagement/directory/roleEligibilityScheduleRequests/filterByCurrentUser(on='{}')", |graph, it| {
        let requests = graph.beta().role_management().directory().role_eligibility_schedule_requests();
        let on = beta::RoleEligibilityScheduleRequestFilterByCurrentUserOptions::from(it);
        sent(async move { requests.filter_by_current_user(on).await })
    }),
];
