"""The emulator under test, and clients of it made the way users of the SDK make them."""

import os
from urllib.parse import urlsplit

import httpx
from azure.core.credentials import AccessToken
from kiota_abstractions.base_request_configuration import RequestConfiguration
from kiota_authentication_azure.azure_identity_authentication_provider import AzureIdentityAuthenticationProvider
from msgraph import GraphRequestAdapter, GraphServiceClient
from msgraph.generated.models.o_data_errors.o_data_error import ODataError

URL = os.environ["PIM_EMULATOR"]
USER_ADMINISTRATOR = "fe930be7-5e62-47db-91af-98c3a49a38b1"


class StaticCredential:
    """A credential that has its token already."""

    def __init__(self, variable):
        self._token = os.environ[variable]

    def get_token(self, *scopes, **_options):
        return AccessToken(self._token, 2**31)


def client_with(credential):
    """A client of the emulator: the host of the emulator is allowed to see tokens, and the base URL is its."""
    provider = AzureIdentityAuthenticationProvider(
        credential,
        # Without these, the SDK would ask for a token for the emulator's own address.
        scopes=["https://graph.microsoft.com/.default"],
        allowed_hosts=[urlsplit(URL).hostname],
    )
    adapter = GraphRequestAdapter(provider)
    adapter.base_url = f"{URL}/v1.0"
    return GraphServiceClient(request_adapter=adapter)


def client_of(variable):
    """A client with the token in a variable of the environment."""
    return client_with(StaticCredential(variable))


def asking(builder, **parameters):
    """The query options of a request, as the SDK's generated classes name them."""
    name = next(name for name in vars(type(builder)) if name.endswith("GetQueryParameters"))
    return RequestConfiguration(query_parameters=getattr(builder, name)(**parameters))


def advance(duration):
    """Turns the emulator's clock."""
    httpx.post(f"{URL}/_emulator/clock", json={"advance": duration}).raise_for_status()


def reset():
    """Begins anew."""
    httpx.post(f"{URL}/_emulator/reset").raise_for_status()


async def refused(call, status, code):
    """The error object of a call that is to be refused."""
    try:
        answer = await call
    except ODataError as error:
        assert error.response_status_code == status, error
        assert error.error.code == code, error
        assert error.error.message, error
        assert error.error.inner_error.request_id, error
        assert error.error.inner_error.date, error
        return error.error
    raise AssertionError(f"to be refused with {code}, and was answered: {answer}")
