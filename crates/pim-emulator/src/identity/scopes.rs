//! The scopes of a request: what a user signs in with, and permissions of Graph.

use super::fault::{Fault, quoted};
use super::{ApplicationAccount, GRAPH, GRAPH_APP_ID};

/// What an application that nobody registered is granted when it asks for all it has: the delegated permissions of what
/// the emulator serves.
const EVERYTHING: [&str; 18] = [
    "AdministrativeUnit.Read.All",
    "Application.Read.All",
    "AuditLog.Read.All",
    "Directory.AccessAsUser.All",
    "Directory.Read.All",
    "Group.ReadWrite.All",
    "GroupMember.ReadWrite.All",
    "PrivilegedAccess.ReadWrite.AzureADGroup",
    "PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup",
    "PrivilegedEligibilitySchedule.ReadWrite.AzureADGroup",
    "RoleAssignmentSchedule.ReadWrite.Directory",
    "RoleEligibilitySchedule.ReadWrite.Directory",
    "RoleManagement.Read.All",
    "RoleManagement.ReadWrite.Directory",
    "RoleManagementPolicy.ReadWrite.AzureADGroup",
    "RoleManagementPolicy.ReadWrite.Directory",
    "User.Read",
    "User.Read.All",
];

/// What was asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Scopes {
    pub(super) is_openid: bool,
    pub(super) is_offline: bool,
    /// All, as they were written, without `offline_access`.
    names: Vec<String>,
    /// Those of Graph, without the resource.
    permissions: Vec<String>,
    is_default: bool,
}

/// What is granted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Granted {
    /// The permissions in the token.
    pub(super) permissions: Vec<String>,
    /// The `scope` of the answer, in which clients look for what they asked for in the way they wrote it.
    pub(super) scope: String,
}

impl Scopes {
    /// Reads a parameter `scope`.
    pub(super) fn parse(text: &str) -> Result<Self, Fault> {
        let mut scopes = Self::default();
        for name in text.split_whitespace() {
            match name.to_ascii_lowercase().as_str() {
                "openid" => scopes.is_openid = true,
                "profile" | "email" => {}
                "offline_access" => {
                    scopes.is_offline = true;
                    continue;
                }
                _ => scopes.add(of_graph(name)?),
            }
            scopes.names.push(name.to_owned());
        }
        if scopes.is_default && !scopes.permissions.is_empty() {
            return Err(invalid(text, "'.default' stands for all scopes, and cannot be combined with others."));
        }
        Ok(scopes)
    }

    /// The same, with a refresh token or without, whatever was asked for.
    pub(super) fn with_offline(mut self, is_offline: bool) -> Self {
        self.is_offline = is_offline;
        self
    }

    /// Reads the parameter of an application by itself, which cannot choose: `.default` and nothing else.
    pub(super) fn check_application(text: &str) -> Result<(), Fault> {
        let scopes = Self::parse(text)?;
        if scopes.is_default && scopes.names.len() == 1 && !scopes.is_offline {
            return Ok(());
        }
        let message = format!(
            "The provided value for scope {} is not valid. Client credential flows must have a scope value with \
             /.default suffixed to the resource identifier (application ID URI): {GRAPH}/.default",
            quoted(text)
        );
        Err(Fault::new("invalid_scope", 1_002_012, message))
    }

    fn add(&mut self, permission: &str) {
        if permission.eq_ignore_ascii_case(".default") {
            self.is_default = true;
        } else if !contains(&self.permissions, permission) {
            self.permissions.push(permission.to_owned());
        }
    }

    /// What an application gets of it for a user. An application that is not registered gets whatever it asks for:
    /// users of the emulator consent to everything.
    pub(super) fn grant(&self, application: Option<&ApplicationAccount>) -> Result<Granted, Fault> {
        let consented = application.and_then(|application| application.delegated.as_ref());
        if let Some(missing) =
            consented.and_then(|consented| self.permissions.iter().find(|permission| !contains(consented, permission)))
        {
            let message = format!(
                "The user or administrator has not consented to use the application with '{missing}'; grant it that \
                 permission first."
            );
            return Err(Fault::new("consent_required", 65_001, message));
        }
        if !self.is_default {
            return Ok(Granted { permissions: self.permissions.clone(), scope: self.names.join(" ") });
        }
        let permissions = consented.cloned().unwrap_or_else(|| EVERYTHING.map(str::to_owned).to_vec());
        let all = permissions.iter().map(|permission| format!("{GRAPH}/{permission}"));
        let scope = self.names.iter().cloned().chain(all).collect::<Vec<_>>().join(" ");
        Ok(Granted { permissions, scope })
    }
}

fn contains(names: &[String], name: &str) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// The name of a permission of Graph, without the resource.
fn of_graph(scope: &str) -> Result<&str, Fault> {
    let start = |resource: &str| scope.get(..resource.len()).is_some_and(|start| start.eq_ignore_ascii_case(resource));
    let resource = [GRAPH, GRAPH_APP_ID].into_iter().find(|resource| start(resource));
    let rest = resource.map_or(scope, |resource| &scope[resource.len()..]);
    let name = if resource.is_some() { rest.trim_start_matches('/') } else { rest };
    if (resource.is_some() && !rest.starts_with('/')) || (resource.is_none() && scope.contains('/')) {
        let message = format!(
            "The resource principal of {} was not found in the tenant; the emulator has Graph only: {GRAPH}/.default",
            quoted(scope)
        );
        return Err(Fault::new("invalid_resource", 500_011, message));
    }
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
    if name.is_empty() || name.len() > 120 || !name.bytes().all(is_word) {
        return Err(invalid(scope, "It is the name of no permission."));
    }
    Ok(name)
}

fn invalid(scope: &str, why: &str) -> Fault {
    let message = format!("The provided value for the input parameter 'scope' is not valid: {}. {why}", quoted(scope));
    Fault::new("invalid_scope", 70_011, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn permissions_are_granted_as_they_were_asked_for() {
        let scopes = Scopes::parse(
            "openid profile offline_access https://graph.microsoft.com/Group.Read.All User.Read user.read \
             00000003-0000-0000-c000-000000000000/AuditLog.Read.All",
        )
        .unwrap();
        assert!(scopes.is_openid && scopes.is_offline);
        let granted = scopes.grant(None).unwrap();
        assert_eq!(granted.permissions, ["Group.Read.All", "User.Read", "AuditLog.Read.All"]);
        assert_eq!(
            granted.scope,
            "openid profile https://graph.microsoft.com/Group.Read.All User.Read user.read \
             00000003-0000-0000-c000-000000000000/AuditLog.Read.All"
        );
    }

    #[test]
    fn default_stands_for_everything_that_there_is() {
        for text in ["https://graph.microsoft.com/.default", "https://graph.microsoft.com//.default", ".default"] {
            let granted = Scopes::parse(text).unwrap().grant(None).unwrap();
            assert_eq!(granted.permissions, EVERYTHING, "{text}");
            assert!(granted.scope.starts_with(&format!("{text} https://graph.microsoft.com/Admin")), "{granted:?}");
        }
    }

    #[test]
    fn scopes_of_others_and_texts_that_are_none_are_refused() {
        for (text, error, number) in [
            ("https://management.azure.com/.default", "invalid_resource", 500_011),
            ("https://graph.microsoft.com.evil.example/.default", "invalid_resource", 500_011),
            ("https://graph.microsoft.com", "invalid_resource", 500_011),
            ("https://graph.microsoft.com/", "invalid_scope", 70_011),
            ("https://graph.microsoft.com/.default User.Read", "invalid_scope", 70_011),
            ("User.Read\u{e9}", "invalid_scope", 70_011),
            ("<script>", "invalid_scope", 70_011),
        ] {
            let fault = Scopes::parse(text).unwrap_err();
            assert_eq!((fault.error, fault.number), (error, number), "{text}");
        }
    }
}
