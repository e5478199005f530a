//! From names to ids. A name that several have is not guessed at.

use uuid::Uuid;

use super::principal::Who;
use super::privilege::Place;
use super::{GroupAccess, Pim, Principal, Privilege, Role, Scope, Target};
use crate::Id;
use crate::error::Error;
use crate::error::text::one_line;
use crate::v1_0::fields::{administrative_unit as unit, group, unified_role_definition as role, user};
use crate::v1_0::models::DirectoryObject;

/// How many candidates an error lists.
const LISTED: usize = 10;

/// Something that has the name that was looked for.
struct Candidate {
    /// What it is: `role`, `group`.
    what: &'static str,
    name: Option<String>,
    id: String,
}

impl Pim {
    /// What `privilege` is, by its ids.
    pub(super) async fn resolve(&self, privilege: &Privilege) -> Result<Target, Error> {
        match privilege {
            Privilege::Known(target) => Ok(target.clone()),
            Privilege::Role(Role { name_or_id, place }) => {
                let scope = match place {
                    Place::Known(scope) => scope.clone(),
                    Place::AdministrativeUnit(unit) => Scope::AdministrativeUnit(self.administrative_unit(unit).await?),
                };
                let Candidate { id, name, .. } = self.role(name_or_id).await?;
                Ok(Target::Role { id: id.into(), name, scope })
            }
            Privilege::Group(GroupAccess { name_or_id, access }) => {
                let Candidate { id, name, .. } = self.group(name_or_id).await?;
                Ok(Target::Group { id: id.into(), name, access: access.clone() })
            }
        }
    }

    /// Who `principal` is.
    pub(super) async fn resolve_principal(&self, principal: &Principal) -> Result<Id<DirectoryObject>, Error> {
        match &principal.0 {
            Who::Caller => self.caller().await,
            Who::Known(id) => Ok(id.clone()),
            Who::Named(name) if is_id(name) => Ok(name.as_str().into()),
            Who::Named(name) if name.contains('@') => {
                match self.graph.users().by_id(name.as_str()).get().select(user::id()).await {
                    Ok(user) => user.id.map(Id::upcast).ok_or_else(|| nameless("user", name)),
                    // Display names can have an `@`, too.
                    Err(error) if error.status() == Some(404) => self.user_or_group(name).await,
                    Err(error) => Err(error),
                }
            }
            Who::Named(name) => self.user_or_group(name).await,
        }
    }

    /// The id of the user who is signed in.
    pub(super) async fn caller(&self) -> Result<Id<DirectoryObject>, Error> {
        let me = self.graph.me().get().select(user::id()).await?;
        me.id.map(Id::upcast).ok_or_else(|| nameless("user", "me"))
    }

    async fn role(&self, name: &str) -> Result<Candidate, Error> {
        if let Some(known) = Candidate::by_id("role", name)? {
            return Ok(known);
        }
        let roles = self.graph.role_management().directory().role_definitions();
        let found =
            roles.list().filter(role::display_name().eq(name)).select((role::id(), role::display_name())).all().await?;
        let candidates =
            found.into_iter().filter_map(|role| Candidate::new("role", role.id?.as_str(), role.display_name));
        only("role", name, candidates.collect())
    }

    async fn group(&self, name: &str) -> Result<Candidate, Error> {
        if let Some(known) = Candidate::by_id("group", name)? {
            return Ok(known);
        }
        only("group", name, self.groups_called(name).await?)
    }

    async fn administrative_unit(&self, name: &str) -> Result<String, Error> {
        if let Some(known) = Candidate::by_id("administrative unit", name)? {
            return Ok(known.id);
        }
        let units = self.graph.directory().administrative_units().list().filter(unit::display_name().eq(name));
        let found = units.select((unit::id(), unit::display_name())).all().await?;
        let what = "administrative unit";
        let candidates =
            found.into_iter().filter_map(|unit| Candidate::new(what, unit.id?.as_str(), unit.display_name));
        Ok(only(what, name, candidates.collect())?.id)
    }

    async fn user_or_group(&self, name: &str) -> Result<Id<DirectoryObject>, Error> {
        if name.trim().is_empty() {
            return Err(Error::invalid_input("the principal has no name; give a user principal name, a name or an id"));
        }
        let users = self
            .graph
            .users()
            .list()
            .filter(user::display_name().eq(name))
            .select((user::id(), user::user_principal_name()));
        let (users, mut candidates) = futures_util::future::try_join(users.all(), self.groups_called(name)).await?;
        candidates.extend(
            users.into_iter().filter_map(|user| Candidate::new("user", user.id?.as_str(), user.user_principal_name)),
        );
        only("user or group", name, candidates).map(|candidate| candidate.id.into())
    }

    async fn groups_called(&self, name: &str) -> Result<Vec<Candidate>, Error> {
        let groups = self
            .graph
            .groups()
            .list()
            .filter(group::display_name().eq(name))
            .select((group::id(), group::display_name()))
            .all()
            .await?;
        let candidates =
            groups.into_iter().filter_map(|group| Candidate::new("group", group.id?.as_str(), group.display_name));
        Ok(candidates.collect())
    }
}

impl Candidate {
    #[expect(clippy::unnecessary_wraps, reason = "for `filter_map`, where the id may be missing")]
    fn new(what: &'static str, id: &str, name: Option<String>) -> Option<Self> {
        Some(Self { what, id: id.to_owned(), name })
    }

    /// What is called by its id need not be looked for.
    fn by_id(what: &'static str, text: &str) -> Result<Option<Self>, Error> {
        if text.trim().is_empty() {
            return Err(Error::invalid_input(format!("the {what} has no name; give its name or id")));
        }
        Ok(is_id(text).then(|| Self { what, id: text.to_owned(), name: None }))
    }
}

/// The one that was found.
fn only(what: &str, name: &str, mut candidates: Vec<Candidate>) -> Result<Candidate, Error> {
    if candidates.len() > 1 {
        let list: Vec<_> = candidates.iter().take(LISTED).map(listed).collect();
        let more = if candidates.len() > LISTED { ", …" } else { "" };
        let count = candidates.len();
        let name = one_line(name);
        let list = list.join(", ");
        return Err(Error::invalid_input(format!(
            "{count} are called {name:?}: {list}{more}; give the id of the one that is meant"
        )));
    }
    candidates.pop().ok_or_else(|| nameless(what, name))
}

fn listed(Candidate { what, name, id }: &Candidate) -> String {
    match name {
        Some(name) => format!("{what} {} ({})", one_line(name), one_line(id)),
        None => format!("{what} {}", one_line(id)),
    }
}

fn nameless(what: &str, name: &str) -> Error {
    Error::invalid_input(format!("no {what} is called {:?}; give the whole name, or the id", one_line(name)))
}

fn is_id(text: &str) -> bool {
    text.len() == 36 && Uuid::parse_str(text).is_ok()
}
