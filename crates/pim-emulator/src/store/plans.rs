//! How the database comes by what it is asked: by an index, however much there is.

use std::cell::RefCell;

use rusqlite::Connection;
use uuid::Uuid;

use super::{ObjectType, RequestFilter, ScheduleFilter, Session, Store};
use crate::domain::{Access, Family, Instant, Key, Kind, Scope, Target};

thread_local! {
    /// The plans of the statements that this thread had prepared.
    static PLANS: RefCell<Vec<(String, String)>> = const { RefCell::new(Vec::new()) };
}

/// Notes how a statement is going to be done.
pub(super) fn note(connection: &Connection, sql: &str) {
    let mut statement = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).expect("a valid statement");
    // What is not bound is null, and does not matter to the plan.
    let rows = statement.raw_query().mapped(|row| row.get::<_, String>("detail"));
    let steps = rows.collect::<Result<Vec<_>, _>>().expect("a plan");
    PLANS.with_borrow_mut(|plans| plans.push((sql.to_owned(), steps.join("; "))));
}

/// The plans of all that `work` asks.
fn plans(work: impl FnOnce(&Session<'_>) -> super::Result<()>) -> Vec<(String, String)> {
    let store = Store::in_memory().expect("memory");
    PLANS.take();
    store.read(Instant::from_ticks(0), work).expect("valid statements");
    let plans = PLANS.take();
    assert!(!plans.is_empty(), "nothing was asked");
    plans
}

/// Everything is looked up, and nothing is sorted that is in order already.
#[track_caller]
fn assert_looked_up(work: impl FnOnce(&Session<'_>) -> super::Result<()>) {
    for (sql, plan) in plans(work) {
        // The result of a recursive query is read as a whole, as it should be.
        let plan = plan.replace("SCAN held", "").replace("SCAN members", "");
        assert!(!plan.contains("SCAN"), "{sql}: {plan}");
        assert!(!plan.contains("TEMP B-TREE"), "{sql}: {plan}");
    }
}

const ID: Uuid = Uuid::from_u128(1);

fn keys() -> [Key; 2] {
    [Target::Role { role: ID, scope: Scope::Tenant }, Target::Group { group: ID, access: Access::Member }]
        .map(|target| Key { principal: ID, target })
}

/// A filter with each combination of what there can be.
fn combinations() -> impl Iterator<Item = (Option<Uuid>, Option<Uuid>)> {
    [None, Some(ID)].into_iter().flat_map(|principal| [None, Some(ID)].map(|resource| (principal, resource)))
}

#[test]
fn schedules_are_found_by_an_index_and_come_in_order() {
    for (principal, resource) in combinations() {
        for in_force in [false, true] {
            let filter =
                ScheduleFilter { family: Family::Roles, kind: Kind::Assignment, principal, resource, in_force };
            assert_looked_up(|session| session.schedules(filter, 0, 100).map(drop));
        }
    }
}

#[test]
fn a_filter_by_principal_uses_the_index_on_principals() {
    let filter = ScheduleFilter {
        family: Family::Roles,
        kind: Kind::Assignment,
        principal: Some(ID),
        resource: None,
        in_force: true,
    };
    let plans = plans(|session| session.schedules(filter, 0, 100).map(drop));
    assert!(plans.iter().all(|(_, plan)| plan.contains("schedules_by_principal")), "{plans:?}");
}

#[test]
fn requests_are_found_by_an_index_and_come_in_order() {
    for (principal, resource) in combinations() {
        for created_by in [None, Some(ID)] {
            for needs_approval in [false, true] {
                let (family, kind) = (Family::Groups, Kind::Assignment);
                let filter = RequestFilter { family, kind, principal, resource, created_by, needs_approval };
                assert_looked_up(|session| session.requests(filter, 0, 100).map(drop));
            }
        }
    }
}

#[test]
fn what_is_due_is_found_by_an_index() {
    assert_looked_up(|session| {
        session.next_end()?;
        session.next_due()?;
        session.next_ended_schedule()?;
        session.next_due_request()?;
        Ok(())
    });
}

#[test]
fn what_an_activation_asks_is_found_by_an_index() {
    assert_looked_up(|session| {
        for key in keys() {
            session.schedules_on(Kind::Assignment, key)?;
            session.open_requests_on(Kind::Assignment, key)?;
            session.expired(Kind::Assignment, key)?;
        }
        session.request(ID)?;
        session.schedule(ID)?;
        session.schedule_of_instance(ID, ID)?;
        session.approval(ID)?;
        session.activations_of(ID)?;
        session.activations_by(ID)?;
        session.schedules_about(ID)?;
        session.open_requests_about(ID)?;
        session.groups_of(ID)?;
        session.is_held_by(ID, Access::Member, ID)?;
        session.roles_held_by(ID)?;
        session.transitive_members(ID)?;
        session.changed_rules(ID)?;
        session.policy_change(ID)?;
        Ok(())
    });
}

#[test]
fn the_directory_and_the_log_are_looked_up() {
    assert_looked_up(|session| {
        session.object(ID)?;
        session.object_named(ObjectType::User, "a")?;
        session.objects(ObjectType::User, None, 0, 100)?;
        session.objects(ObjectType::User, Some("a"), 0, 100)?;
        session.manager(ID)?;
        session.role(ID)?;
        session.client(ID)?;
        session.audit("a")?;
        session.audits(Some(ID), 0, 100)?;
        session.audits(None, 0, 100)?;
        Ok(())
    });
}
