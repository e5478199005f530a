"""Microsoft's tutorial of 2025."""

from datetime import datetime, timedelta, timezone

from msgraph.generated.models.expiration_pattern_type import ExpirationPatternType
from msgraph.generated.models.unified_role_schedule_request_actions import UnifiedRoleScheduleRequestActions as Action

import orders
from emulator import USER_ADMINISTRATOR, advance, asking, client_of, refused

NOW = datetime(2025, 3, 21, 11, 6, tzinfo=timezone.utc)


async def check():
    admin, user = client_of("GRAPH_ADMIN_TOKEN"), client_of("GRAPH_USER_TOKEN")
    me, aline = await admin.me.get(), await user.me.get()
    assert (me.user_principal_name, aline.display_name) == ("admin@contoso.com", "Aline Dupuy")
    roles, own = admin.role_management.directory, user.role_management.directory

    # Step 1: a group that can hold roles.
    group = await admin.groups.post(orders.helpdesk(me.id, aline.id))
    assert group.is_assignable_to_role and group.security_enabled and not group.mail_enabled, group
    assert group.group_types == [] and group.visibility == "Private", group
    members = await admin.groups.by_group_id(group.id).members.get()
    assert {member.id for member in members.value} == {me.id, aline.id}, members
    # Members are read as what they are.
    assert {type(member).__name__ for member in members.value} == {"User"}, members

    # Step 2: it becomes eligible.
    eligible = await roles.role_eligibility_schedule_requests.post(orders.eligibility(group.id))
    assert eligible.status == "Provisioned" and eligible.action == Action.AdminAssign, eligible
    assert eligible.target_schedule_id == eligible.id, eligible
    assert eligible.created_by.user.id == me.id, eligible
    assert eligible.schedule_info.expiration.type == ExpirationPatternType.AfterDateTime, eligible
    assert eligible.schedule_info.expiration.end_date_time == datetime(2026, 3, 21, tzinfo=timezone.utc), eligible
    assert eligible.schedule_info.start_date_time == eligible.completed_date_time == NOW, eligible

    # Step 3: the user holds nothing.
    of_aline = asking(roles.role_assignments, filter=f"principalId eq '{aline.id}'")
    assert (await roles.role_assignments.get(of_aline)).value == []

    # Step 4: the user activates it; not without saying why.
    requests = own.role_assignment_schedule_requests
    error = await refused(
        requests.post(orders.activation(aline.id, justification=None)),
        400,
        "RoleAssignmentRequestPolicyValidationFailed",
    )
    assert '["JustificationRule"]' in error.message, error.message
    active = await requests.post(orders.activation(aline.id))
    assert active.status == "Provisioned" and active.action == Action.SelfActivate, active
    assert active.schedule_info.expiration.duration == timedelta(hours=5), active
    assert active.schedule_info.expiration.type == ExpirationPatternType.AfterDuration, active
    assert active.ticket_info.ticket_number == "CONTOSO:Security-012345", active
    assert active.is_validation_only is False, active
    await refused(requests.post(orders.activation(aline.id)), 400, "RoleAssignmentExists")

    # Step 5: it is there.
    mine = requests.filter_by_current_user_with_on("principal")
    page = await mine.get(asking(mine, expand=["roleDefinition"]))
    assert [request.id for request in page.value] == [active.id], page
    assert page.value[0].role_definition.display_name == "User Administrator", page
    instances = own.role_assignment_schedule_instances.filter_by_current_user_with_on("principal")
    (instance,) = (await instances.get()).value
    assert instance.assignment_type == "Activated" and instance.member_type == "Direct", instance
    assert instance.end_date_time == NOW + timedelta(hours=5), instance
    assert await requests.by_unified_role_assignment_schedule_request_id(active.id).get() is not None

    # What was done is on record.
    audits = admin.audit_logs.directory_audits
    of_request = f"correlationId eq '{active.id}' and loggedByService eq 'PIM'"
    entries = (await audits.get(asking(audits, filter=of_request))).value
    assert "Add member to role completed (PIM activation)" in [it.activity_display_name for it in entries], entries
    for entry in entries:
        assert entry.category == "RoleManagement", entry
        assert entry.initiated_by.user.user_principal_name == "alined@contoso.com", entry
        assert entry.result.value == "success", entry

    # Five hours later it is over, and the eligibility is not.
    advance("PT5H")
    assert (await instances.get()).value == []
    eligibilities = own.role_eligibility_schedule_instances.filter_by_current_user_with_on("principal")
    (through,) = (await eligibilities.get()).value
    assert (through.principal_id, through.role_definition_id) == (group.id, USER_ADMINISTRATOR), through
    assert through.member_type == "Group", through

    # Step 6: tidying up.
    removed = await roles.role_eligibility_schedule_requests.post(orders.removal(group.id))
    assert removed.status == "Revoked" and removed.completed_date_time is None, removed
    await admin.groups.by_group_id(group.id).delete()
    await refused(admin.groups.by_group_id(group.id).get(), 404, "Request_ResourceNotFound")
