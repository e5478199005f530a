"""Requests for PIM, built from the SDK's models."""

from datetime import datetime, timezone

from msgraph.generated.models.expiration_pattern import ExpirationPattern
from msgraph.generated.models.expiration_pattern_type import ExpirationPatternType
from msgraph.generated.models.group import Group
from msgraph.generated.models.request_schedule import RequestSchedule
from msgraph.generated.models.ticket_info import TicketInfo
from msgraph.generated.models.unified_role_assignment_schedule_request import UnifiedRoleAssignmentScheduleRequest
from msgraph.generated.models.unified_role_eligibility_schedule_request import UnifiedRoleEligibilityScheduleRequest
from msgraph.generated.models.unified_role_schedule_request_actions import UnifiedRoleScheduleRequestActions as Action

from emulator import USER_ADMINISTRATOR

USERS = "https://graph.microsoft.com/v1.0/users"


def helpdesk(owner, member):
    """A group that can hold roles."""
    return Group(
        description="IT Helpdesk to support Contoso employees",
        display_name="IT Helpdesk (User)",
        mail_enabled=False,
        mail_nickname="userHelpdesk",
        security_enabled=True,
        is_assignable_to_role=True,
        additional_data={
            "owners@odata.bind": [f"{USERS}/{owner}"],
            "members@odata.bind": [f"{USERS}/{owner}", f"{USERS}/{member}"],
        },
    )


def eligibility(group):
    """Makes the group eligible for a year."""
    return UnifiedRoleEligibilityScheduleRequest(
        action=Action.AdminAssign,
        justification="Assign User Admin eligibility to IT Helpdesk (User) group",
        role_definition_id=USER_ADMINISTRATOR,
        directory_scope_id="/",
        principal_id=group,
        schedule_info=RequestSchedule(
            start_date_time=datetime(2025, 3, 21, 11, 6, tzinfo=timezone.utc),
            expiration=ExpirationPattern(
                type=ExpirationPatternType.AfterDateTime,
                end_date_time=datetime(2026, 3, 21, tzinfo=timezone.utc),
            ),
        ),
    )


def removal(group):
    """Ends that."""
    return UnifiedRoleEligibilityScheduleRequest(
        action=Action.AdminRemove, role_definition_id=USER_ADMINISTRATOR, directory_scope_id="/", principal_id=group
    )


def activation(principal, duration="PT5H", role=USER_ADMINISTRATOR, justification="Need to invalidate all tokens."):
    """Activates a role. The SDK sends a timedelta as Python prints it, "5:00:00"; text goes out as it is."""
    return UnifiedRoleAssignmentScheduleRequest(
        action=Action.SelfActivate,
        principal_id=principal,
        role_definition_id=role,
        directory_scope_id="/",
        justification=justification,
        schedule_info=RequestSchedule(
            start_date_time=datetime(2025, 3, 21, 11, 6, tzinfo=timezone.utc),
            expiration=ExpirationPattern(type=ExpirationPatternType.AfterDuration, duration=duration),
        ),
        ticket_info=TicketInfo(ticket_number="CONTOSO:Security-012345", ticket_system="Contoso ICM"),
    )
