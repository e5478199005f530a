//! The directory: users, groups, applications, administrative units; and custom roles.

use rusqlite::params;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use uuid::Uuid;

use super::{Result, Session};
use crate::domain::Instant;

/// What an object of the directory is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum ObjectType {
    User,
    Group,
    ServicePrincipal,
    Application,
    AdministrativeUnit,
}

impl ObjectType {
    pub(crate) const ALL: [Self; 5] =
        [Self::User, Self::Group, Self::ServicePrincipal, Self::Application, Self::AdministrativeUnit];
}

impl ToSql for ObjectType {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok((*self as i64).into())
    }
}

impl FromSql for ObjectType {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let number = value.as_i64()?;
        Self::ALL.into_iter().find(|it| *it as i64 == number).ok_or(FromSqlError::OutOfRange(number))
    }
}

/// An object of the directory.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Entry {
    pub(crate) id: Uuid,
    pub(crate) object_type: ObjectType,
    /// What else it goes by, once in its type: a user's principal name, the id of an application.
    pub(crate) name: Option<String>,
    pub(crate) display_name: Option<String>,
    /// From when on everyone sees it: an object that was just made may take its time to.
    pub(crate) visible: Instant,
    /// All of its properties, as JSON.
    pub(crate) properties: String,
}

pub(super) fn entry(row: &rusqlite::Row<'_>) -> rusqlite::Result<Entry> {
    Ok(Entry {
        id: row.get("id")?,
        object_type: row.get("type")?,
        name: row.get("name")?,
        display_name: row.get("display_name")?,
        visible: row.get("visible")?,
        properties: row.get("properties")?,
    })
}

/// What objects are looked for by. Letter case does not count, as far as it is that of ASCII.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Called<'a> {
    Id(Uuid),
    /// What else the object goes by: a user's principal name, the id of an application.
    Name(&'a str),
    MailNickname(&'a str),
    DisplayName(&'a str),
}

impl Session<'_> {
    pub(crate) fn add_object(&self, object: &Entry) -> Result<()> {
        self.execute(
            "INSERT INTO objects (id, type, name, display_name, visible, properties) VALUES (?, ?, ?, ?, ?, ?)",
            (object.id, object.object_type, &object.name, &object.display_name, object.visible, &object.properties),
        )?;
        self.note_change(object.id, object.object_type, false)
    }

    /// Writes what can change of an object: its names and its properties.
    pub(crate) fn update_object(&self, object: &Entry) -> Result<()> {
        self.execute(
            "UPDATE objects SET name = ?, display_name = ?, properties = ? WHERE id = ?",
            (&object.name, &object.display_name, &object.properties, object.id),
        )?;
        self.note_change(object.id, object.object_type, false)
    }

    /// Removes an object from the directory, from administrative units and from entitlement management; its other
    /// assignments are not its own.
    pub(crate) fn remove_object(&self, id: Uuid) -> Result<()> {
        self.note_removal(id)?;
        self.execute("DELETE FROM objects WHERE id = ?", [id])?;
        self.execute("DELETE FROM managers WHERE user = ?1 OR manager = ?1", [id])?;
        self.execute("DELETE FROM unit_members WHERE unit = ?1 OR member = ?1", [id])?;
        self.execute("DELETE FROM entitlement_assignments WHERE principal = ?", [id])?;
        Ok(())
    }

    /// An object that can be seen by now.
    pub(crate) fn object(&self, id: Uuid) -> Result<Option<Entry>> {
        self.first("SELECT * FROM objects WHERE id = ? AND visible <= ?", (id, self.now()), entry)
    }

    /// An object, whether or not it can be seen by now.
    pub(crate) fn object_or_new(&self, id: Uuid) -> Result<Option<Entry>> {
        self.first("SELECT * FROM objects WHERE id = ?", [id], entry)
    }

    /// The object of a type that goes by `name`, whether or not it can be seen by now.
    pub(crate) fn object_named(&self, object_type: ObjectType, name: &str) -> Result<Option<Entry>> {
        self.first("SELECT * FROM objects WHERE type = ? AND name = ?", (object_type, name), entry)
    }

    /// Those with a sequence number above `after`, in the order in which they were made; perhaps of one name only.
    pub(crate) fn objects(
        &self,
        object_type: ObjectType,
        display_name: Option<&str>,
        after: i64,
        limit: u32,
    ) -> Result<Vec<(i64, Entry)>> {
        let condition = if display_name.is_some() { "display_name = ?1" } else { "?1 IS NULL" };
        self.all(
            &format!(
                "SELECT * FROM objects WHERE {condition} AND type = ?2 AND visible <= ?3 AND seq > ?4
                 ORDER BY seq LIMIT ?5"
            ),
            (display_name, object_type, self.now(), after, limit),
            |row| Ok((row.get("seq")?, entry(row)?)),
        )
    }

    /// Those that go by what is looked for, with a sequence number above `after`.
    pub(crate) fn objects_called(
        &self,
        object_type: ObjectType,
        called: Called<'_>,
        after: i64,
        limit: u32,
    ) -> Result<Vec<(i64, Entry)>> {
        let (condition, value): (_, &dyn ToSql) = match &called {
            Called::Id(id) => ("id = ?1", id),
            Called::Name(name) => ("name = ?1", name),
            // As the index has it.
            Called::MailNickname(name) => ("json_extract(properties, '$.mailNickname') = ?1 COLLATE NOCASE", name),
            Called::DisplayName(name) => ("display_name = ?1", name),
        };
        self.all(
            &format!(
                "SELECT * FROM objects WHERE {condition} AND type = ?2 AND visible <= ?3 AND seq > ?4
                 ORDER BY seq LIMIT ?5"
            ),
            params![value, object_type, self.now(), after, limit],
            |row| Ok((row.get("seq")?, entry(row)?)),
        )
    }

    pub(crate) fn count_objects(&self, object_type: ObjectType) -> Result<i64> {
        let sql = "SELECT count(*) FROM objects WHERE type = ? AND visible <= ?";
        Ok(self.first(sql, (object_type, self.now()), |row| row.get(0))?.unwrap_or(0))
    }

    /// How many groups there are that can hold roles.
    pub(crate) fn count_assignable_groups(&self) -> Result<i64> {
        let sql = "SELECT count(*) FROM objects WHERE type = ? AND json_extract(properties, '$.isAssignableToRole')";
        Ok(self.first(sql, [ObjectType::Group], |row| row.get(0))?.unwrap_or(0))
    }

    /// Who manages a user.
    pub(crate) fn manager(&self, user: Uuid) -> Result<Option<Uuid>> {
        self.first("SELECT manager FROM managers WHERE user = ?", [user], |row| row.get(0))
    }

    pub(crate) fn set_manager(&self, user: Uuid, manager: Uuid) -> Result<()> {
        self.execute("INSERT OR REPLACE INTO managers (user, manager) VALUES (?, ?)", (user, manager))?;
        Ok(())
    }

    pub(crate) fn add_unit_member(&self, unit: Uuid, member: Uuid) -> Result<()> {
        self.execute("INSERT OR IGNORE INTO unit_members (unit, member) VALUES (?, ?)", (unit, member))?;
        Ok(())
    }

    /// Writes a custom role, new or changed.
    pub(crate) fn put_role(&self, id: Uuid, properties: &str) -> Result<()> {
        self.execute(
            "INSERT INTO roles (id, properties) VALUES (?, ?)
             ON CONFLICT DO UPDATE SET properties = excluded.properties",
            (id, properties),
        )?;
        Ok(())
    }

    pub(crate) fn remove_role(&self, id: Uuid) -> Result<bool> {
        Ok(self.execute("DELETE FROM roles WHERE id = ?", [id])? > 0)
    }

    pub(crate) fn role(&self, id: Uuid) -> Result<Option<String>> {
        self.first("SELECT properties FROM roles WHERE id = ?", [id], |row| row.get(0))
    }

    /// The custom roles.
    pub(crate) fn roles(&self) -> Result<Vec<(Uuid, String)>> {
        self.all("SELECT id, properties FROM roles ORDER BY seq", [], |row| Ok((row.get(0)?, row.get(1)?)))
    }
}
