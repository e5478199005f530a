//! How the domain's values are kept in columns.

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use uuid::Uuid;

use crate::domain::{
    Access, Action, Approvers, Expiration, Family, Instant, Key, Kind, ReviewResult, Scope, Status, Target,
};

impl ToSql for Instant {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.ticks().into())
    }
}

impl FromSql for Instant {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        value.as_i64().map(Self::from_ticks)
    }
}

impl ToSql for Kind {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(i64::from(*self == Self::Assignment).into())
    }
}

impl FromSql for Kind {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        match value.as_i64()? {
            0 => Ok(Self::Eligibility),
            1 => Ok(Self::Assignment),
            other => Err(FromSqlError::OutOfRange(other)),
        }
    }
}

impl ToSql for Family {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(i64::from(*self == Self::Groups).into())
    }
}

impl FromSql for Family {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        match value.as_i64()? {
            0 => Ok(Self::Roles),
            1 => Ok(Self::Groups),
            other => Err(FromSqlError::OutOfRange(other)),
        }
    }
}

/// Values that are kept by their name in Graph.
macro_rules! by_name {
    ($($type:ty),*) => {$(
        impl ToSql for $type {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                Ok(self.name().into())
            }
        }

        impl FromSql for $type {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
                Self::from_name(value.as_str()?).ok_or(FromSqlError::InvalidType)
            }
        }
    )*};
}

by_name!(Access, Action, ReviewResult, Status);

impl ToSql for Approvers {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.to_string().into())
    }
}

impl FromSql for Approvers {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        value.as_str()?.parse().map_err(FromSqlError::other)
    }
}

/// `notSpecified`, `noExpiration`, a number of ticks, or a duration.
impl ToSql for Expiration {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Self::NotSpecified => "notSpecified".into(),
            Self::Never => "noExpiration".into(),
            Self::At(end) => end.ticks().to_string().into(),
            Self::After(length) => length.as_str().into(),
        })
    }
}

impl FromSql for Expiration {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        Ok(match value.as_str()? {
            "notSpecified" => Self::NotSpecified,
            "noExpiration" => Self::Never,
            text => match text.parse() {
                Ok(ticks) => Self::At(Instant::from_ticks(ticks)),
                Err(_) => Self::After(text.parse().map_err(FromSqlError::other)?),
            },
        })
    }
}

/// A target in its three columns.
pub(super) struct TargetColumns {
    pub(super) family: Family,
    pub(super) resource: Uuid,
    pub(super) part: String,
}

impl From<Target> for TargetColumns {
    fn from(target: Target) -> Self {
        let part = match target {
            Target::Role { scope, .. } => scope.to_string(),
            Target::Group { access, .. } => access.name().to_owned(),
        };
        Self { family: target.family(), resource: target.resource(), part }
    }
}

/// The key in the columns `principal`, `family`, `resource` and `part`.
pub(super) fn key(row: &rusqlite::Row<'_>) -> rusqlite::Result<Key> {
    let resource = row.get("resource")?;
    let target = match row.get("family")? {
        Family::Roles => Target::Role { role: resource, scope: row.get("part")? },
        Family::Groups => Target::Group { group: resource, access: row.get("part")? },
    };
    Ok(Key { principal: row.get("principal")?, target })
}

impl FromSql for Scope {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        value.as_str()?.parse().map_err(FromSqlError::other)
    }
}
