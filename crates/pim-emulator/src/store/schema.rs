//! The tables.

use rusqlite::Connection;

/// Marks a database as one of ours: "PIME".
pub(super) const APPLICATION: i32 = 0x5049_4d45;

/// Goes up when the tables change, so that a file of another version is not taken for one of this.
pub(super) const VERSION: i32 = 1;

/// The tables, but for the settings.
pub(super) const TABLES: [&str; 15] = [
    "approvals",
    "audits",
    "changes",
    "clients",
    "entitlement_assignments",
    "expired",
    "managers",
    "objects",
    "onboarded",
    "policies",
    "requests",
    "roles",
    "rules",
    "schedules",
    "unit_members",
];

/// Times are ticks of a tenth of a microsecond since 1970; keys are GUIDs of sixteen bytes; `family` tells roles (0)
/// from groups (1), `kind` eligibilities (0) from assignments (1). `resource` is the role or the group, `part` the
/// role's scope or the group's access.
const DEFINITIONS: &str = "
CREATE TABLE settings (name TEXT PRIMARY KEY, value ANY NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE objects (
    seq INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    type INTEGER NOT NULL,
    -- What else the object goes by: a user's principal name, the id of an application.
    name TEXT COLLATE NOCASE,
    display_name TEXT COLLATE NOCASE,
    visible INTEGER NOT NULL,
    properties TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX objects_by_name ON objects (type, name) WHERE name IS NOT NULL;
CREATE INDEX objects_by_display_name ON objects (display_name, type);
CREATE INDEX objects_by_type ON objects (type);
CREATE INDEX objects_by_mail_nickname ON objects (json_extract(properties, '$.mailNickname') COLLATE NOCASE);

-- What happened last to each object that there is or was: for those who want to know what is new.
CREATE TABLE changes (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    object BLOB NOT NULL UNIQUE,
    type INTEGER NOT NULL,
    removed INTEGER NOT NULL
) STRICT;
CREATE INDEX changes_by_type ON changes (type);

CREATE TABLE unit_members (unit BLOB NOT NULL, member BLOB NOT NULL, PRIMARY KEY (unit, member)) STRICT, WITHOUT ROWID;
CREATE INDEX unit_members_by_member ON unit_members (member);

CREATE TABLE managers (user BLOB PRIMARY KEY, manager BLOB NOT NULL) STRICT, WITHOUT ROWID;

-- What the identity platform knows of applications, and Graph does not show. Lists have an entry a line.
CREATE TABLE clients (
    app_id BLOB PRIMARY KEY,
    secrets TEXT NOT NULL,
    redirect_uris TEXT NOT NULL,
    permissions TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE roles (seq INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, properties TEXT NOT NULL) STRICT;

CREATE TABLE schedules (
    seq INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    instance BLOB NOT NULL,
    family INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    principal BLOB NOT NULL,
    resource BLOB NOT NULL,
    part TEXT NOT NULL,
    -- The eligibility, if it is an activation.
    activated_using BLOB,
    created_using BLOB,
    created INTEGER,
    modified INTEGER,
    starts INTEGER NOT NULL,
    ends INTEGER,
    expiration TEXT NOT NULL
) STRICT;
CREATE INDEX schedules_by_principal ON schedules (principal, family, kind);
CREATE INDEX schedules_by_resource ON schedules (resource, family, kind);
CREATE INDEX schedules_by_kind ON schedules (family, kind);
CREATE INDEX schedules_by_end ON schedules (ends) WHERE ends IS NOT NULL;
CREATE INDEX schedules_by_eligibility ON schedules (activated_using) WHERE activated_using IS NOT NULL;

-- What expired last on a key: it can be renewed.
CREATE TABLE expired (
    kind INTEGER NOT NULL,
    principal BLOB NOT NULL,
    resource BLOB NOT NULL,
    part TEXT NOT NULL,
    ended INTEGER NOT NULL,
    PRIMARY KEY (principal, resource, part, kind)
) STRICT, WITHOUT ROWID;

CREATE TABLE requests (
    seq INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    family INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    action TEXT NOT NULL,
    principal BLOB NOT NULL,
    resource BLOB NOT NULL,
    part TEXT NOT NULL,
    status TEXT NOT NULL,
    asked_start INTEGER,
    starts INTEGER,
    expiration TEXT,
    justification TEXT,
    ticket_number TEXT,
    ticket_system TEXT,
    custom_data TEXT,
    created INTEGER NOT NULL,
    completed INTEGER,
    by_user BLOB,
    by_service_principal BLOB,
    by_application BLOB,
    target_schedule BLOB,
    activated_using BLOB,
    needs_approval INTEGER NOT NULL,
    -- Whether it has yet to be decided or to begin.
    open INTEGER NOT NULL,
    -- When something happens to it by itself: it begins, it lapses, it is provisioned.
    due INTEGER
) STRICT;
CREATE INDEX requests_by_principal ON requests (principal, family, kind);
CREATE INDEX requests_by_resource ON requests (resource, family, kind);
CREATE INDEX requests_by_kind ON requests (family, kind);
CREATE INDEX requests_by_creator ON requests (by_user, family, kind);
CREATE INDEX requests_by_due ON requests (due) WHERE due IS NOT NULL;
CREATE INDEX requests_open ON requests (principal, resource) WHERE open;
CREATE INDEX requests_open_about ON requests (resource) WHERE open;
CREATE INDEX requests_by_approval ON requests (needs_approval) WHERE needs_approval;

CREATE TABLE approvals (
    request BLOB PRIMARY KEY,
    -- Those who may decide, as the policy named them when the request was made.
    approvers TEXT NOT NULL,
    result TEXT NOT NULL,
    open INTEGER NOT NULL,
    justification TEXT,
    reviewer BLOB,
    reviewed INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE policies (id BLOB PRIMARY KEY, modified INTEGER NOT NULL, modified_by TEXT) STRICT, WITHOUT ROWID;
CREATE TABLE rules (
    policy BLOB NOT NULL,
    id TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (policy, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE entitlement_assignments (
    seq INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    principal BLOB NOT NULL,
    role BLOB NOT NULL,
    scope TEXT NOT NULL,
    UNIQUE (principal, role, scope)
) STRICT;

CREATE TABLE onboarded (id BLOB PRIMARY KEY) STRICT, WITHOUT ROWID;

CREATE TABLE audits (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    at INTEGER NOT NULL,
    correlation BLOB NOT NULL,
    body TEXT NOT NULL
) STRICT;
CREATE INDEX audits_by_correlation ON audits (correlation);
";

/// Makes the tables, all or none.
pub(super) fn prepare(connection: &Connection) -> rusqlite::Result<()> {
    let marks = format!("PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {VERSION};");
    connection.execute_batch(&format!("BEGIN IMMEDIATE; {DEFINITIONS} {marks} COMMIT;"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_is_listed() {
        let connection = Connection::open_in_memory().expect("memory");
        prepare(&connection).expect("the tables are valid");
        let mut statement = connection
            .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")
            .expect("valid");
        let names = statement.query_map([], |row| row.get::<_, String>(0)).expect("valid");
        let mut known: Vec<_> = TABLES.iter().copied().chain(["settings"]).map(str::to_owned).collect();
        known.sort();
        assert_eq!(names.map(|name| name.expect("a name")).collect::<Vec<_>>(), known);
    }
}
