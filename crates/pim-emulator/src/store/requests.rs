//! Requests: what was asked, and what became of it.

use rusqlite::named_params;
use uuid::Uuid;

use super::columns::{TargetColumns, key};
use super::{Result, Session};
use crate::domain::{Family, Identity, Instant, Key, Kind, Order, Request, Ticket};

/// Which requests.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RequestFilter {
    pub(crate) family: Family,
    pub(crate) kind: Kind,
    pub(crate) principal: Option<Uuid>,
    /// The role or the group.
    pub(crate) resource: Option<Uuid>,
    /// The user who made it.
    pub(crate) created_by: Option<Uuid>,
    /// Only those that an approver has or had to decide.
    pub(crate) needs_approval: bool,
}

fn request(row: &rusqlite::Row<'_>) -> rusqlite::Result<Request> {
    let created_by = match row.get("by_user")? {
        Some(user) => Identity::User(user),
        None => Identity::Application {
            service_principal: row.get("by_service_principal")?,
            app_id: row.get("by_application")?,
        },
    };
    let order = Order {
        kind: row.get("kind")?,
        action: row.get("action")?,
        key: key(row)?,
        start: row.get("asked_start")?,
        expiration: row.get("expiration")?,
        justification: row.get("justification")?,
        ticket: Ticket { number: row.get("ticket_number")?, system: row.get("ticket_system")? },
        custom_data: row.get("custom_data")?,
        is_validation_only: false,
    };
    Ok(Request {
        id: row.get("id")?,
        order,
        status: row.get("status")?,
        created: row.get("created")?,
        created_by,
        completed: row.get("completed")?,
        starts: row.get("starts")?,
        target_schedule: row.get("target_schedule")?,
        activated_using: row.get("activated_using")?,
        needs_approval: row.get("needs_approval")?,
        due: row.get("due")?,
    })
}

impl Session<'_> {
    pub(crate) fn add_request(&self, request: &Request) -> Result<()> {
        let order = &request.order;
        let target = TargetColumns::from(order.key.target);
        let (user, service_principal, application) = match request.created_by {
            Identity::User(user) => (Some(user), None, None),
            Identity::Application { service_principal, app_id } => (None, Some(service_principal), Some(app_id)),
        };
        self.execute(
            "INSERT INTO requests (id, family, kind, action, principal, resource, part, status, asked_start, starts,
                 expiration, justification, ticket_number, ticket_system, custom_data, created, completed, by_user,
                 by_service_principal, by_application, target_schedule, activated_using, needs_approval, open, due)
             VALUES (:id, :family, :kind, :action, :principal, :resource, :part, :status, :asked_start, :starts,
                 :expiration, :justification, :ticket_number, :ticket_system, :custom_data, :created, :completed,
                 :by_user, :by_service_principal, :by_application, :target_schedule, :activated_using,
                 :needs_approval, :open, :due)",
            named_params! {
                ":id": request.id,
                ":family": target.family,
                ":kind": order.kind,
                ":action": order.action,
                ":principal": order.key.principal,
                ":resource": target.resource,
                ":part": target.part,
                ":status": request.status,
                ":asked_start": order.start,
                ":starts": request.starts,
                ":expiration": order.expiration,
                ":justification": order.justification,
                ":ticket_number": order.ticket.number,
                ":ticket_system": order.ticket.system,
                ":custom_data": order.custom_data,
                ":created": request.created,
                ":completed": request.completed,
                ":by_user": user,
                ":by_service_principal": service_principal,
                ":by_application": application,
                ":target_schedule": request.target_schedule,
                ":activated_using": request.activated_using,
                ":needs_approval": request.needs_approval,
                ":open": request.status.is_open(),
                ":due": request.due,
            },
        )?;
        Ok(())
    }

    /// Writes what can change of a request: how far it is.
    pub(crate) fn update_request(&self, request: &Request) -> Result<()> {
        self.execute(
            "UPDATE requests SET status = :status, starts = :starts, completed = :completed,
                 target_schedule = :target_schedule, activated_using = :activated_using, open = :open, due = :due
             WHERE id = :id",
            named_params! {
                ":id": request.id,
                ":status": request.status,
                ":starts": request.starts,
                ":completed": request.completed,
                ":target_schedule": request.target_schedule,
                ":activated_using": request.activated_using,
                ":open": request.status.is_open(),
                ":due": request.due,
            },
        )?;
        Ok(())
    }

    pub(crate) fn request(&self, id: Uuid) -> Result<Option<Request>> {
        self.first("SELECT * FROM requests WHERE id = ?", [id], request)
    }

    /// Those with a sequence number above `after`, in the order in which they were made.
    pub(crate) fn requests(&self, filter: RequestFilter, after: i64, limit: u32) -> Result<Vec<(i64, Request)>> {
        let mut sql = String::from(
            "SELECT * FROM requests WHERE family = :family AND kind = :kind AND seq > :after
                 AND (:principal IS NULL OR principal = :principal)
                 AND (:resource IS NULL OR resource = :resource)
                 AND (:created_by IS NULL OR by_user = :created_by)",
        );
        // The planner picks an index by what is compared without alternatives.
        let conditions = [
            (filter.principal.is_some(), " AND principal = :principal"),
            (filter.created_by.is_some(), " AND by_user = :created_by"),
            (filter.resource.is_some(), " AND resource = :resource"),
            (filter.needs_approval, " AND needs_approval"),
        ];
        sql.extend(conditions.into_iter().filter(|(applies, _)| *applies).map(|(_, condition)| condition));
        sql.push_str(" ORDER BY seq LIMIT :limit");
        self.all(
            &sql,
            named_params! {
                ":family": filter.family,
                ":kind": filter.kind,
                ":after": after,
                ":principal": filter.principal,
                ":resource": filter.resource,
                ":created_by": filter.created_by,
                ":limit": limit,
            },
            |row| Ok((row.get("seq")?, request(row)?)),
        )
    }

    /// The requests on a key that have yet to be decided or to begin.
    pub(crate) fn open_requests_on(&self, kind: Kind, key: Key) -> Result<Vec<Request>> {
        let target = TargetColumns::from(key.target);
        self.all(
            "SELECT * FROM requests WHERE principal = ? AND family = ? AND kind = ? AND resource = ? AND part = ?
                 AND open",
            (key.principal, target.family, kind, target.resource, target.part),
            request,
        )
    }

    /// The requests about an object, as principal or as group, that have yet to be decided or to begin.
    pub(crate) fn open_requests_about(&self, object: Uuid) -> Result<Vec<Request>> {
        self.all(
            "SELECT * FROM requests WHERE (principal = ?1 AND open) OR (resource = ?1 AND open)",
            [object],
            request,
        )
    }

    /// The one that is due first of those that are.
    pub(crate) fn next_due_request(&self) -> Result<Option<Request>> {
        self.first("SELECT * FROM requests WHERE due <= ? ORDER BY due, seq LIMIT 1", [self.now()], request)
    }

    /// When something happens to the next request by itself.
    pub(crate) fn next_due(&self) -> Result<Option<Instant>> {
        self.first("SELECT due FROM requests WHERE due IS NOT NULL ORDER BY due LIMIT 1", [], |row| row.get(0))
    }
}
