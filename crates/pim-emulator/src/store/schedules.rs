//! Schedules: what is held, and what may be.

use rusqlite::named_params;
use uuid::Uuid;

use super::columns::{TargetColumns, key};
use super::{Result, Session};
use crate::domain::{Access, Family, Instant, Key, Kind, Schedule};

/// Which schedules.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ScheduleFilter {
    pub(crate) family: Family,
    pub(crate) kind: Kind,
    pub(crate) principal: Option<Uuid>,
    /// The role or the group.
    pub(crate) resource: Option<Uuid>,
    /// Only those that have begun.
    pub(crate) in_force: bool,
}

fn schedule(row: &rusqlite::Row<'_>) -> rusqlite::Result<Schedule> {
    Ok(Schedule {
        id: row.get("id")?,
        instance: row.get("instance")?,
        kind: row.get("kind")?,
        key: key(row)?,
        activated: row.get("activated_using")?,
        created_using: row.get("created_using")?,
        created: row.get("created")?,
        modified: row.get("modified")?,
        starts: row.get("starts")?,
        ends: row.get("ends")?,
        expiration: row.get("expiration")?,
    })
}

impl Session<'_> {
    pub(crate) fn add_schedule(&self, schedule: &Schedule) -> Result<()> {
        let target = TargetColumns::from(schedule.key.target);
        self.execute(
            "INSERT INTO schedules (id, instance, family, kind, principal, resource, part, activated_using,
                 created_using, created, modified, starts, ends, expiration)
             VALUES (:id, :instance, :family, :kind, :principal, :resource, :part, :activated_using,
                 :created_using, :created, :modified, :starts, :ends, :expiration)",
            named_params! {
                ":id": schedule.id,
                ":instance": schedule.instance,
                ":family": target.family,
                ":kind": schedule.kind,
                ":principal": schedule.key.principal,
                ":resource": target.resource,
                ":part": target.part,
                ":activated_using": schedule.activated,
                ":created_using": schedule.created_using,
                ":created": schedule.created,
                ":modified": schedule.modified,
                ":starts": schedule.starts,
                ":ends": schedule.ends,
                ":expiration": schedule.expiration,
            },
        )?;
        Ok(())
    }

    pub(crate) fn remove_schedule(&self, id: Uuid) -> Result<()> {
        self.execute("DELETE FROM schedules WHERE id = ?", [id])?;
        Ok(())
    }

    pub(crate) fn schedule(&self, id: Uuid) -> Result<Option<Schedule>> {
        self.first("SELECT * FROM schedules WHERE id = ?", [id], schedule)
    }

    /// The schedule that has an instance of this id.
    pub(crate) fn schedule_of_instance(&self, group: Uuid, instance: Uuid) -> Result<Option<Schedule>> {
        let sql = "SELECT * FROM schedules WHERE resource = ? AND instance = ?";
        self.first(sql, (group, instance), schedule)
    }

    /// Everything of one kind on a key: at most one that is assigned, and one that is activated.
    pub(crate) fn schedules_on(&self, kind: Kind, key: Key) -> Result<Vec<Schedule>> {
        let target = TargetColumns::from(key.target);
        self.all(
            "SELECT * FROM schedules WHERE principal = ? AND family = ? AND kind = ? AND resource = ? AND part = ?",
            (key.principal, target.family, kind, target.resource, target.part),
            schedule,
        )
    }

    /// Those with a sequence number above `after`, in the order in which they were made.
    pub(crate) fn schedules(&self, filter: ScheduleFilter, after: i64, limit: u32) -> Result<Vec<(i64, Schedule)>> {
        // Which index serves depends on what is given, so the statements differ; each is prepared once.
        let condition = match (filter.principal, filter.resource) {
            (Some(_), Some(_)) => "principal = ?1 AND resource = ?2",
            (Some(_), None) => "principal = ?1 AND ?2 IS NULL",
            (None, Some(_)) => "?1 IS NULL AND resource = ?2",
            (None, None) => "?1 IS NULL AND ?2 IS NULL",
        };
        let begun = if filter.in_force { self.now() } else { Instant::from_ticks(i64::MAX) };
        self.all(
            &format!(
                "SELECT * FROM schedules WHERE {condition} AND family = ?3 AND kind = ?4 AND starts <= ?5 AND seq > ?6
                 ORDER BY seq LIMIT ?7"
            ),
            (filter.principal, filter.resource, filter.family, filter.kind, begun, after, limit),
            |row| Ok((row.get("seq")?, schedule(row)?)),
        )
    }

    /// The activations of an eligibility.
    pub(crate) fn activations_of(&self, eligibility: Uuid) -> Result<Vec<Schedule>> {
        self.all("SELECT * FROM schedules WHERE activated_using = ?", [eligibility], schedule)
    }

    /// Has the activations of an eligibility go on with another.
    pub(crate) fn move_activations(&self, from: Uuid, to: Uuid) -> Result<()> {
        self.execute("UPDATE schedules SET activated_using = ?2 WHERE activated_using = ?1", (from, to))?;
        Ok(())
    }

    /// The activations of a principal.
    pub(crate) fn activations_by(&self, principal: Uuid) -> Result<Vec<Schedule>> {
        self.all("SELECT * FROM schedules WHERE principal = ? AND activated_using IS NOT NULL", [principal], schedule)
    }

    /// Everything that anybody has on an object, or that an object has.
    pub(crate) fn schedules_about(&self, object: Uuid) -> Result<Vec<Schedule>> {
        self.all("SELECT * FROM schedules WHERE principal = ?1 OR resource = ?1", [object], schedule)
    }

    /// The one that ends first of those that have ended.
    pub(crate) fn next_ended_schedule(&self) -> Result<Option<Schedule>> {
        self.first("SELECT * FROM schedules WHERE ends <= ? ORDER BY ends, seq LIMIT 1", [self.now()], schedule)
    }

    /// When the next schedule ends.
    pub(crate) fn next_end(&self) -> Result<Option<Instant>> {
        self.first("SELECT ends FROM schedules WHERE ends IS NOT NULL ORDER BY ends LIMIT 1", [], |row| row.get(0))
    }

    /// Notes that what was on a key has expired, so that it can be renewed.
    pub(crate) fn note_expired(&self, kind: Kind, key: Key, ended: Instant) -> Result<()> {
        let target = TargetColumns::from(key.target);
        self.execute(
            "INSERT INTO expired (kind, principal, resource, part, ended) VALUES (?, ?, ?, ?, ?)
             ON CONFLICT DO UPDATE SET ended = excluded.ended",
            (kind, key.principal, target.resource, target.part, ended),
        )?;
        Ok(())
    }

    /// Forgets that something on a key has expired.
    pub(crate) fn forget_expired(&self, kind: Kind, key: Key) -> Result<()> {
        let target = TargetColumns::from(key.target);
        self.execute(
            "DELETE FROM expired WHERE kind = ? AND principal = ? AND resource = ? AND part = ?",
            (kind, key.principal, target.resource, target.part),
        )?;
        Ok(())
    }

    /// Forgets what of an object, or on it, expired: nobody can renew it.
    pub(crate) fn forget_all_expired(&self, object: Uuid) -> Result<()> {
        self.execute("DELETE FROM expired WHERE principal = ?", [object])?;
        self.execute("DELETE FROM expired WHERE resource = ?", [object])?;
        Ok(())
    }

    /// When what was on a key expired.
    pub(crate) fn expired(&self, kind: Kind, key: Key) -> Result<Option<Instant>> {
        let target = TargetColumns::from(key.target);
        self.first(
            "SELECT ended FROM expired WHERE kind = ? AND principal = ? AND resource = ? AND part = ?",
            (kind, key.principal, target.resource, target.part),
            |row| row.get(0),
        )
    }

    /// The groups whose members an object is, directly and through other groups.
    pub(crate) fn groups_of(&self, object: Uuid) -> Result<Vec<Uuid>> {
        // Most are in no group, and to begin to look for groups of groups takes longer than to look once.
        let is_member = self.any(
            "SELECT 1 FROM schedules WHERE principal = ? AND family = 1 AND kind = 1 AND part = 'member' AND starts <= ?",
            (object, self.now()),
        )?;
        if !is_member {
            return Ok(Vec::new());
        }
        // UNION, unlike UNION ALL, ends where groups are members of each other.
        self.all(
            "WITH RECURSIVE held(id) AS (
                 SELECT resource FROM schedules
                 WHERE principal = :object AND family = 1 AND kind = 1 AND part = 'member' AND starts <= :now
                 UNION
                 SELECT schedules.resource FROM schedules JOIN held ON schedules.principal = held.id
                 WHERE family = 1 AND kind = 1 AND part = 'member' AND starts <= :now
             ) SELECT id FROM held",
            named_params! { ":object": object, ":now": self.now() },
            |row| row.get(0),
        )
    }

    /// The objects that are members or owners of a group, in the order in which they became that; each once.
    pub(crate) fn held_by(&self, group: Uuid, access: Access) -> Result<Vec<Uuid>> {
        self.all(
            "SELECT principal FROM schedules
             WHERE resource = ? AND family = 1 AND kind = 1 AND part = ? AND starts <= ?
             GROUP BY principal ORDER BY min(seq)",
            (group, access.name(), self.now()),
            |row| row.get(0),
        )
    }

    /// Whether an object is a member or an owner of a group.
    pub(crate) fn is_held_by(&self, group: Uuid, access: Access, object: Uuid) -> Result<bool> {
        self.any(
            "SELECT 1 FROM schedules WHERE principal = ? AND family = 1 AND kind = 1 AND resource = ? AND part = ?
                 AND starts <= ?",
            (object, group, access.name(), self.now()),
        )
    }

    /// The roles that an object holds by itself in the whole tenant.
    pub(crate) fn roles_held_by(&self, object: Uuid) -> Result<Vec<Uuid>> {
        self.all(
            "SELECT resource FROM schedules WHERE principal = ? AND family = 0 AND kind = 1 AND part = '/'
                 AND starts <= ?",
            (object, self.now()),
            |row| row.get(0),
        )
    }

    /// The roles that an object holds by itself, in the whole tenant or in a part of it.
    pub(crate) fn roles_held_anywhere_by(&self, object: Uuid) -> Result<Vec<Uuid>> {
        self.all(
            "SELECT resource FROM schedules WHERE principal = ? AND family = 0 AND kind = 1 AND starts <= ?",
            (object, self.now()),
            |row| row.get(0),
        )
    }

    /// The groups that an object owns.
    pub(crate) fn groups_owned_by(&self, object: Uuid) -> Result<Vec<Uuid>> {
        self.all(
            "SELECT resource FROM schedules WHERE principal = ? AND family = 1 AND kind = 1 AND part = 'owner'
                 AND starts <= ?",
            (object, self.now()),
            |row| row.get(0),
        )
    }

    /// The members of a group, directly and through other groups.
    pub(crate) fn transitive_members(&self, group: Uuid) -> Result<Vec<Uuid>> {
        self.all(
            "WITH RECURSIVE members(id) AS (
                 SELECT principal FROM schedules
                 WHERE resource = :group AND family = 1 AND kind = 1 AND part = 'member' AND starts <= :now
                 UNION
                 SELECT schedules.principal FROM schedules JOIN members ON schedules.resource = members.id
                 WHERE family = 1 AND kind = 1 AND part = 'member' AND starts <= :now
             ) SELECT id FROM members",
            named_params! { ":group": group, ":now": self.now() },
            |row| row.get(0),
        )
    }
}
