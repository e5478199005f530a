"""Pages, counts, batches and errors, through the helpers that the SDK has for them."""

from datetime import timedelta
from urllib.parse import unquote

import orders
from emulator import asking, client_of, refused
from kiota_abstractions.base_request_configuration import RequestConfiguration
from kiota_abstractions.headers_collection import HeadersCollection
from msgraph_core import PageIterator
from msgraph_core.requests.batch_request_content import BatchRequestContent
from msgraph_core.requests.batch_request_item import BatchRequestItem

INVALID = "InvalidRoleAssignmentRequest"


async def check_pages():
    admin = client_of("GRAPH_ADMIN_TOKEN")
    definitions = admin.role_management.directory.role_definitions
    first = await definitions.get(asking(definitions, top=50, select=["id", "displayName"]))
    assert len(first.value) == 50 and first.odata_next_link, first
    names = []
    await PageIterator(first, admin.request_adapter).iterate(lambda role: names.append(role.display_name) or True)
    assert len(names) == len(set(names)) > 100, len(names)
    assert {"Global Administrator", "User Administrator", "Group Membership Manager"} <= set(names)


async def check_counts():
    admin = client_of("GRAPH_ADMIN_TOKEN")
    headers = HeadersCollection()
    headers.add("ConsistencyLevel", "eventual")
    counted = await admin.users.count.get(RequestConfiguration(headers=headers))
    query = asking(admin.users, count=True, filter="endsWith(userPrincipalName,'@contoso.com')", top=2)
    query.headers = headers
    page = await admin.users.get(query)
    assert (page.odata_count, len(page.value)) == (counted, 2), page


async def check_batch():
    admin = client_of("GRAPH_ADMIN_TOKEN")
    absent = admin.users.by_user_id("00000000-0000-0000-0000-000000000001")
    content = BatchRequestContent()
    content.add_request("me", BatchRequestItem(admin.me.to_get_request_information(), "me"))
    content.add_request("absent", BatchRequestItem(absent.to_get_request_information(), "absent"))
    answers = await admin.batch.post(content)
    assert answers.get_response_status_codes() == {"me": 200, "absent": 404}
    # No more than the statuses: of a body that is an object, these versions of the SDK's packages keep nothing.
    assert answers.get_response_by_id("me").body is None


async def check_authentication_context():
    adele = client_of("GRAPH_ADELE_TOKEN")
    directory = adele.role_management.directory
    me = await adele.me.get()
    eligible = directory.role_eligibility_schedule_instances.filter_by_current_user_with_on("principal")
    (eligibility,) = (await eligible.get()).value
    activation = orders.activation(me.id, role=eligibility.role_definition_id)
    post = directory.role_assignment_schedule_requests.post
    error = await refused(post(activation), 400, "RoleAssignmentRequestAcrsValidationFailed")
    claims = unquote(error.message.partition("claims=")[2])
    assert '"acrs"' in claims and '"c1"' in claims, error.message


async def check_mfa():
    megan = client_of("GRAPH_WEAK_TOKEN")
    directory = megan.role_management.directory
    me = await megan.me.get()
    eligible = directory.role_eligibility_schedule_instances.filter_by_current_user_with_on("principal")
    (eligibility,) = (await eligible.get()).value
    activation = orders.activation(me.id, duration="PT2H", role=eligibility.role_definition_id)
    post = directory.role_assignment_schedule_requests.post
    error = await refused(post(activation), 400, "RoleAssignmentRequestPolicyValidationFailed")
    assert '["MfaRule"]' in error.message, error.message


async def check_a_duration_that_is_none():
    """What the SDK makes of a timedelta is no duration of OData."""
    user = client_of("GRAPH_USER_TOKEN")
    me = await user.me.get()
    post = user.role_management.directory.role_assignment_schedule_requests.post
    error = await refused(post(orders.activation(me.id, duration=timedelta(hours=5))), 400, INVALID)
    assert "Edm.Duration" in error.message, error.message
