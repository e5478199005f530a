use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::domain::{Caller, Identity};
use crate::identity::{ApplicationAccount, GRAPH, UserAccount};

const USER: &str = "user";
const APPLICATION: &str = "app";
const MFA: &str = "mfa";

/// What an access token says, as those of version 1.0 that Entra issues for Graph.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub(crate) struct Claims {
    pub(crate) aud: String,
    pub(crate) iss: String,
    pub(crate) iat: i64,
    pub(crate) nbf: i64,
    pub(crate) exp: i64,
    /// The authentication contexts that were satisfied.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) acrs: Vec<String>,
    /// How the user proved who it is.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) amr: Vec<String>,
    pub(crate) app_displayname: String,
    pub(crate) appid: String,
    /// `user` or `app`.
    pub(crate) idtyp: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) name: Option<String>,
    pub(crate) oid: String,
    /// The permissions of an application.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) roles: Vec<String>,
    /// The delegated permissions, with spaces between them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) scp: Option<String>,
    pub(crate) sub: String,
    pub(crate) tid: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) upn: Option<String>,
    /// What tells the token from all others.
    pub(crate) uti: String,
    pub(crate) ver: String,
}

/// Who a token is for, and what it is good for.
#[derive(Clone, Copy, Debug)]
pub(in crate::identity) enum Subject<'a> {
    User {
        user: &'a UserAccount,
        app_id: Uuid,
        app_name: &'a str,
        permissions: &'a [String],
        has_mfa: bool,
        contexts: &'a [String],
    },
    Application(&'a ApplicationAccount),
}

impl Claims {
    pub(super) fn new(tenant: Uuid, issuer: &str, began: i64, expires_on: i64, subject: Subject<'_>) -> Self {
        let claims = Self {
            aud: GRAPH.to_owned(),
            iss: issuer.to_owned(),
            iat: began,
            nbf: began,
            exp: expires_on,
            acrs: Vec::new(),
            amr: Vec::new(),
            app_displayname: String::new(),
            appid: String::new(),
            idtyp: String::new(),
            name: None,
            oid: String::new(),
            roles: Vec::new(),
            scp: None,
            sub: String::new(),
            tid: tenant.to_string(),
            upn: None,
            uti: Uuid::new_v4().simple().to_string(),
            ver: "1.0".to_owned(),
        };
        match subject {
            Subject::User { user, app_id, app_name, permissions, has_mfa, contexts } => Self {
                acrs: contexts.to_vec(),
                amr: ["pwd", MFA].into_iter().take(1 + usize::from(has_mfa)).map(str::to_owned).collect(),
                app_displayname: app_name.to_owned(),
                appid: app_id.to_string(),
                idtyp: USER.to_owned(),
                name: Some(user.display_name.clone()),
                oid: user.id.to_string(),
                scp: Some(permissions.join(" ")),
                sub: user.id.to_string(),
                upn: Some(user.upn.clone()),
                ..claims
            },
            Subject::Application(application) => Self {
                app_displayname: application.display_name.clone(),
                appid: application.app_id.to_string(),
                idtyp: APPLICATION.to_owned(),
                oid: application.service_principal.to_string(),
                roles: application.permissions.clone(),
                sub: application.service_principal.to_string(),
                ..claims
            },
        }
    }

    /// Who calls, if the claims say so.
    pub(super) fn caller(&self) -> Option<Caller> {
        let object = self.oid.parse().ok()?;
        let (identity, permissions) = match self.idtyp.as_str() {
            USER => {
                let scopes = self.scp.as_deref().unwrap_or_default().split_whitespace();
                (Identity::User(object), scopes.map(str::to_owned).collect())
            }
            APPLICATION => {
                let app_id = self.appid.parse().ok()?;
                (Identity::Application { service_principal: object, app_id }, self.roles.clone())
            }
            _ => return None,
        };
        let has_mfa = self.amr.iter().any(|method| method == MFA);
        Some(Caller { identity, permissions, has_mfa, contexts: self.acrs.clone() })
    }
}
