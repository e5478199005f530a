//! Putting right what an alert points at.

use serde_json::json;
use uuid::Uuid;

use super::Incident;
use crate::catalog::ids::GLOBAL_ADMINISTRATOR;
use crate::domain::orders::{self, Setup};
use crate::domain::policy::{Enablement, Event, Governed, RuleId};
use crate::domain::{Action, Caller, Key, Kind, Order, Result, Scope, Target, Ticket, policies};
use crate::store::Session;

/// Puts an incident right: takes away what should not be there, or demands what should be demanded. What is taken away
/// is taken away by a request of the caller's. Of some incidents there is nothing to put right.
pub(crate) fn remedy(session: &Session<'_>, caller: &Caller, setup: Setup, incident: &Incident) -> Result<()> {
    match incident {
        Incident::NoMfa { role } => demand_mfa(session, caller, *role),
        Incident::OutsidePim { assignment, .. } => remove(session, caller, setup, Kind::Assignment, assignment.key),
        Incident::Redundant { eligibility, .. } => remove(session, caller, setup, Kind::Eligibility, eligibility.key),
        Incident::GlobalAdministrator { principal } => {
            let target = Target::Role { role: GLOBAL_ADMINISTRATOR, scope: Scope::Tenant };
            let key = Key { principal: *principal, target };
            // An activation goes with its eligibility, so that comes first.
            for kind in [Kind::Eligibility, Kind::Assignment] {
                if !session.schedules_on(kind, key)?.is_empty() {
                    remove(session, caller, setup, kind, key)?;
                }
            }
            Ok(())
        }
        Incident::NoLicense | Incident::Renewals { .. } => Ok(()),
    }
}

fn remove(session: &Session<'_>, caller: &Caller, setup: Setup, kind: Kind, key: Key) -> Result<()> {
    let order = Order {
        kind,
        action: Action::AdminRemove,
        key,
        start: None,
        expiration: None,
        justification: Some("An alert was remediated.".to_owned()),
        ticket: Ticket::default(),
        custom_data: None,
        is_validation_only: false,
    };
    orders::place(session, caller, order, setup).map(drop)
}

/// Adds MFA to what an activation demands.
fn demand_mfa(session: &Session<'_>, caller: &Caller, role: Uuid) -> Result<()> {
    let governed = Governed::Role(role);
    let policy = policies::governing(session, governed)?;
    let id = RuleId::Enablement(Event::Activation);
    let now = &policy.of(Event::Activation).enablement;
    let demanded = [Enablement::Justification, Enablement::Ticketing].into_iter().filter(|what| now.demands(*what));
    let demanded: Vec<_> = demanded.chain([Enablement::MultiFactorAuthentication]).map(Enablement::name).collect();
    let body = json!({"@odata.type": format!("#{}", id.odata_type()), "enabledRules": demanded});
    let changed = policy.change_rule(&id.to_string(), &body)?;
    policies::keep(session, caller, governed, &changed)
}
