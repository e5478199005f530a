//! Circles: objects of the directory that belong together, through memberships and ownerships in force.

use rusqlite::named_params;
use uuid::Uuid;

use super::directory::entry;
use super::{Entry, ObjectType, Result, Session};

/// Objects that have to do with another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Circle {
    /// Who is in a group.
    Members(Uuid),
    /// Who is in a group, or in a group that is in it.
    TransitiveMembers(Uuid),
    /// Who owns a group.
    Owners(Uuid),
    /// The groups and administrative units that an object is in.
    MemberOf(Uuid),
    /// The same, and the groups that those groups are in.
    TransitiveMemberOf(Uuid),
    /// What is in an administrative unit.
    UnitMembers(Uuid),
}

const MEMBERS: &str = "SELECT principal FROM schedules
    WHERE resource = :of AND family = 1 AND kind = 1 AND part = 'member' AND starts <= :now";

const OWNERS: &str = "SELECT principal FROM schedules
    WHERE resource = :of AND family = 1 AND kind = 1 AND part = 'owner' AND starts <= :now";

const MEMBER_OF: &str = "SELECT resource FROM schedules
        WHERE principal = :of AND family = 1 AND kind = 1 AND part = 'member' AND starts <= :now
    UNION SELECT unit FROM unit_members WHERE member = :of";

// UNION, unlike UNION ALL, ends where groups are members of each other.
const TRANSITIVE_MEMBERS: &str = "WITH RECURSIVE inside(id) AS (
        SELECT principal FROM schedules
        WHERE resource = :of AND family = 1 AND kind = 1 AND part = 'member' AND starts <= :now
        UNION
        SELECT schedules.principal FROM schedules JOIN inside ON schedules.resource = inside.id
        WHERE family = 1 AND kind = 1 AND part = 'member' AND starts <= :now
    ) SELECT id FROM inside";

const TRANSITIVE_MEMBER_OF: &str = "WITH RECURSIVE around(id) AS (
        SELECT resource FROM schedules
        WHERE principal = :of AND family = 1 AND kind = 1 AND part = 'member' AND starts <= :now
        UNION
        SELECT schedules.resource FROM schedules JOIN around ON schedules.principal = around.id
        WHERE family = 1 AND kind = 1 AND part = 'member' AND starts <= :now
    ) SELECT id FROM around UNION SELECT unit FROM unit_members WHERE member = :of";

// The time is the same for all, so that all take the same parameters.
const UNIT_MEMBERS: &str = "SELECT member FROM unit_members WHERE unit = :of AND :now IS NOT NULL";

impl Circle {
    fn center(self) -> Uuid {
        match self {
            Self::Members(id)
            | Self::TransitiveMembers(id)
            | Self::Owners(id)
            | Self::MemberOf(id)
            | Self::TransitiveMemberOf(id)
            | Self::UnitMembers(id) => id,
        }
    }

    fn sql(self) -> &'static str {
        match self {
            Self::Members(_) => MEMBERS,
            Self::TransitiveMembers(_) => TRANSITIVE_MEMBERS,
            Self::Owners(_) => OWNERS,
            Self::MemberOf(_) => MEMBER_OF,
            Self::TransitiveMemberOf(_) => TRANSITIVE_MEMBER_OF,
            Self::UnitMembers(_) => UNIT_MEMBERS,
        }
    }
}

impl Session<'_> {
    /// The objects in a circle with a sequence number above `after`, each once, in the order in which they were made;
    /// perhaps of one type only.
    pub(crate) fn circle(
        &self,
        circle: Circle,
        object_type: Option<ObjectType>,
        after: i64,
        limit: u32,
    ) -> Result<Vec<(i64, Entry)>> {
        self.all(
            &format!(
                "SELECT * FROM objects WHERE id IN ({}) AND (:type IS NULL OR type = :type) AND visible <= :now
                     AND seq > :after
                 ORDER BY seq LIMIT :limit",
                circle.sql()
            ),
            named_params! {
                ":of": circle.center(),
                ":now": self.now(),
                ":type": object_type,
                ":after": after,
                ":limit": limit,
            },
            |row| Ok((row.get("seq")?, entry(row)?)),
        )
    }

    /// How many objects there are in a circle, perhaps of one type only.
    pub(crate) fn count_circle(&self, circle: Circle, object_type: Option<ObjectType>) -> Result<i64> {
        let count = self.first(
            &format!(
                "SELECT count(*) FROM objects WHERE id IN ({}) AND (:type IS NULL OR type = :type) AND visible <= :now",
                circle.sql()
            ),
            named_params! { ":of": circle.center(), ":now": self.now(), ":type": object_type },
            |row| row.get(0),
        )?;
        Ok(count.unwrap_or(0))
    }
}
