"""An application that has a managed identity: azure-identity gets its token where an App Service would have it."""

from azure.identity import ManagedIdentityCredential

from emulator import asking, client_with, refused


async def check():
    with ManagedIdentityCredential() as credential:
        application = client_with(credential)
        definitions = application.role_management.directory.role_definitions
        named = asking(definitions, filter="displayName eq 'User Administrator'")
        (role,) = (await definitions.get(named)).value
        assert role.is_built_in and role.template_id == role.id, role
        # It has no self.
        await refused(application.me.get(), 400, "BadRequest")
