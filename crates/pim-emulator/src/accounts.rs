//! Who may sign in: what the identity platform asks, answered from the store.

use std::sync::Arc;

use uuid::Uuid;

use crate::domain::directory::is_enabled;
use crate::graph::Service;
use crate::identity::{Accounts, ApplicationAccount, Secret, UserAccount};
use crate::store::{Entry, ObjectType, Session};

/// The accounts of the tenant that a service is about.
pub(crate) struct StoredAccounts {
    service: Arc<Service>,
    domain: String,
}

impl StoredAccounts {
    pub(crate) fn new(service: Arc<Service>, domain: String) -> Self {
        Self { service, domain }
    }

    /// What is found, or nothing: a store that fails has nothing, and has said so in the log.
    fn ask<T>(&self, question: impl FnOnce(&Session<'_>) -> crate::store::Result<Option<T>>) -> Option<T> {
        self.service.read(|session| Ok(question(session)?)).ok().flatten()
    }
}

impl Accounts for StoredAccounts {
    fn domains(&self) -> Vec<String> {
        vec![self.domain.clone()]
    }

    fn user(&self, id_or_upn: &str) -> Option<UserAccount> {
        let found = self.ask(|session| match id_or_upn.parse() {
            Ok(id) => session.object(id),
            Err(_) => session.object_named(ObjectType::User, id_or_upn),
        })?;
        (found.object_type == ObjectType::User).then(|| account(&found))
    }

    fn users(&self) -> Vec<UserAccount> {
        let found = self.ask(|session| session.objects(ObjectType::User, None, i64::MIN, LISTED).map(Some));
        found.unwrap_or_default().iter().map(|(_, user)| account(user)).collect()
    }

    fn application(&self, client_id: Uuid) -> Option<ApplicationAccount> {
        self.ask(|session| {
            let Some(client) = session.client(client_id)? else { return Ok(None) };
            let principal = session.object_named(ObjectType::ServicePrincipal, &client_id.to_string())?;
            Ok(principal.map(|principal| ApplicationAccount {
                app_id: client_id,
                service_principal: principal.id,
                display_name: principal.display_name.unwrap_or_default(),
                secrets: client.secrets.into_iter().map(Secret::new).collect(),
                redirect_uris: client.redirect_uris,
                is_public_client: true,
                permissions: client.permissions,
                delegated: None,
            }))
        })
    }

    fn managed_identity(&self) -> Option<ApplicationAccount> {
        let first = self.ask(|session| session.objects(ObjectType::Application, None, i64::MIN, 1).map(Some))?;
        let (_, application) = first.into_iter().next()?;
        self.application(application.name?.parse().ok()?)
    }
}

/// How many users the sign-in page lists.
const LISTED: u32 = 100;

fn account(user: &Entry) -> UserAccount {
    UserAccount {
        id: user.id,
        upn: user.name.clone().unwrap_or_default(),
        display_name: user.display_name.clone().unwrap_or_default(),
        enabled: is_enabled(user),
        password: None,
    }
}
