//! What the navigation properties of entities lead to.

use std::cell::Cell;

use chrono::{DateTime, Utc};
use pim_client::schema::Schema;
use serde_json::Value;

use super::context::Context;
use super::entity::Entity;
use super::error::{GraphError, Result};
use super::{alerts, approvals, directory, pim, policies, roles};
use crate::odata::Relations;

/// What entities lead to, at the moment of a request.
pub(crate) struct Related<'a> {
    context: &'a Context<'a>,
    /// How many objects were reached.
    reached: Cell<usize>,
}

/// How many objects one query may reach: `$expand` and lambdas within each other multiply them, and everybody waits.
pub(crate) const MOST_REACHED: usize = 500_000;

impl<'a> Related<'a> {
    pub(crate) fn new(context: &'a Context<'a>) -> Self {
        Self { context, reached: Cell::new(0) }
    }

    /// Refuses to go on with a query that has reached too much.
    fn note(&self, value: Value) -> Result<Value> {
        let objects = value.as_array().map_or(1, |items| items.len().max(1));
        let reached = self.reached.get().saturating_add(objects);
        self.reached.set(reached);
        let most = self.context.settings.most_reached;
        if reached <= most {
            return Ok(value);
        }
        Err(GraphError::bad_request(format!(
            "The query leads to more than {most} related objects; expand less, or narrow it down with $filter."
        )))
    }
}

/// Leads from an entity of a type through a property; nothing, if the type is not one of those that it knows.
pub(crate) type Lead = fn(&Context<'_>, &'static Schema, &Entity, &str) -> Result<Option<Value>>;

const LEADS: &[Lead] =
    &[pim::related, policies::related, approvals::related, alerts::related, roles::related, directory::related];

impl Relations for Related<'_> {
    type Error = GraphError;

    fn related(&self, of: &'static Schema, entity: &Entity, navigation: &str) -> Result<Value> {
        for lead in LEADS {
            if let Some(value) = lead(self.context, of, entity, navigation)? {
                return self.note(value);
            }
        }
        self.note(Value::Null)
    }

    fn now(&self) -> DateTime<Utc> {
        self.context.session.now().into()
    }

    fn unselected(&self, of: &'static Schema, entity: Entity) -> Entity {
        directory::unselected(of, entity)
    }

    fn most_expanded(&self, of: &'static Schema) -> usize {
        directory::most_expanded(of)
    }
}

#[cfg(test)]
mod tests {
    use crate::graph::rig::{As, Got, Rig};

    fn limited(rig: &Rig, most: usize) -> As<'_> {
        rig.service().configure(|settings| settings.most_reached = most);
        rig.user("admin@contoso.com")
    }

    #[track_caller]
    fn assert_refused(got: &Got, most: usize) {
        let expected = format!(
            "The query leads to more than {most} related objects; expand less, or narrow it down with $filter."
        );
        assert_eq!((got.status.as_u16(), got.message()), (400, expected.as_str()));
    }

    #[test]
    fn a_query_reaches_as_many_related_objects_as_it_may() {
        // A group with two members and one owner; a user whose manager has a manager.
        let group = "/v1.0/groups?$filter=displayName eq 'Information Technology'";
        for (url, reached) in [
            (format!("{group}&$expand=members"), 2),
            (format!("{group} and members/any(m:m/id eq 'none')"), 2),
            (format!("{group} and members/any(m:m/id eq '{}')&$expand=owners", Rig::contoso().id("helpdesk")), 3),
            ("/v1.0/users/alined@contoso.com?$expand=manager".to_owned(), 1),
            ("/v1.0/users/alined@contoso.com?$expand=manager($expand=manager)".to_owned(), 2),
        ] {
            let rig = Rig::contoso();
            let ask = |most| limited(&rig, most).header("consistencylevel", "eventual").get(&url);
            let got = ask(reached);
            assert_eq!(got.status, 200, "{url}: {}", got.body);
            assert_refused(&ask(reached - 1), reached - 1);
        }
    }

    #[test]
    fn what_leads_nowhere_counts_as_well_and_each_query_begins_anew() {
        let rig = Rig::contoso();
        let admin = limited(&rig, 1);
        for _ in 0..3 {
            admin.get("/v1.0/users/admin@contoso.com?$expand=manager").ok(200);
        }
        assert_refused(&admin.get("/v1.0/users?$expand=manager"), 1);
        admin.get("/v1.0/users").ok(200);
    }

    #[test]
    fn there_is_a_limit_without_anybody_setting_it() {
        assert_eq!(Rig::contoso().service().settings().most_reached, super::MOST_REACHED);
    }
}
