use std::fmt;

/// Where a role is held.
///
/// ```
/// use pim_client::pim::Scope;
///
/// assert_eq!(Scope::from("/"), Scope::Tenant);
/// assert_eq!(Scope::from("/administrativeUnits/5d107bba").to_string(), "/administrativeUnits/5d107bba");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Scope {
    /// In all of the tenant: `/`.
    #[default]
    Tenant,
    /// In an administrative unit, by its id: `/administrativeUnits/{id}`.
    AdministrativeUnit(String),
    /// At one object of the directory, such as an application, by its id: `/{id}`.
    Object(String),
    /// Where only the application knows that defines it: an `appScopeId`.
    App(String),
}

const UNIT: &str = "/administrativeUnits/";

impl Scope {
    /// The scope as the directory writes it, in `directoryScopeId`. None if an application defines it.
    #[must_use]
    pub fn directory_scope_id(&self) -> Option<String> {
        match self {
            Self::Tenant => Some("/".to_owned()),
            Self::AdministrativeUnit(id) => Some(format!("{UNIT}{id}")),
            Self::Object(id) => Some(format!("/{id}")),
            Self::App(_) => None,
        }
    }

    /// The scope as an application defines it, in `appScopeId`. None if it is in the directory.
    #[must_use]
    pub fn app_scope_id(&self) -> Option<&str> {
        match self {
            Self::App(id) => Some(id),
            _ => None,
        }
    }

    /// The scope of what was read.
    pub(super) fn read(directory: Option<&str>, app: Option<&str>) -> Self {
        match (directory, app) {
            (Some(scope), _) => scope.into(),
            (None, Some(app)) => Self::App(app.to_owned()),
            (None, None) => Self::Tenant,
        }
    }
}

/// Reads a `directoryScopeId`.
impl From<&str> for Scope {
    fn from(directory_scope_id: &str) -> Self {
        match directory_scope_id.strip_prefix(UNIT) {
            Some(id) => Self::AdministrativeUnit(id.to_owned()),
            None => match directory_scope_id.strip_prefix('/').unwrap_or(directory_scope_id) {
                "" => Self::Tenant,
                id => Self::Object(id.to_owned()),
            },
        }
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::App(id) => f.write_str(id),
            _ => f.write_str(&self.directory_scope_id().unwrap_or_default()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_is_read_and_written_as_the_directory_does() {
        for (text, scope) in [
            ("/", Scope::Tenant),
            ("/administrativeUnits/u", Scope::AdministrativeUnit("u".to_owned())),
            ("/a", Scope::Object("a".to_owned())),
        ] {
            assert_eq!(Scope::from(text), scope);
            assert_eq!(scope.directory_scope_id().as_deref(), Some(text));
            assert_eq!(Scope::read(Some(text), None), scope);
        }
        let app = Scope::read(None, Some("/AccessPackageCatalog/1"));
        assert_eq!((app.directory_scope_id(), app.app_scope_id()), (None, Some("/AccessPackageCatalog/1")));
        assert_eq!(Scope::read(None, None), Scope::Tenant);
    }
}
