//! The operations on policies.

use serde_json::Value;

use super::{access, find, lists, objects};
use crate::domain::authority::Verb;
use crate::domain::policies;
use crate::domain::policy::rules_in;
use crate::graph::context::Context;
use crate::graph::error::Result;
use crate::graph::exchange::Answer;
use crate::graph::page::{self, Collection};
use crate::odata::Query;

const FRAGMENT: &str = "policies/roleManagementPolicies";

pub(super) fn list(context: &Context<'_>) -> Result<Answer> {
    lists::answer(context, FRAGMENT, objects::policy_schema(), |governed| objects::policy(context, governed))
}

pub(super) fn get(context: &Context<'_>) -> Result<Answer> {
    let query = context.query(objects::policy_schema())?;
    let governed = find::policy(context, context.parameter(0))?;
    access::check(context, governed, Verb::Read)?;
    page::single(context, &Collection { fragment: FRAGMENT, query: &query }, objects::policy(context, governed)?)
}

/// Changes the rules that the body has; answers with the policy, which has none in it.
pub(super) fn update(context: &Context<'_>) -> Result<Answer> {
    let governed = find::policy(context, context.parameter(0))?;
    access::check(context, governed, Verb::Write)?;
    let body = Value::Object(context.body(objects::policy_schema())?);
    let changed = policies::governing(context.session, governed)?.change(rules_in(&body)?)?;
    policies::keep(context.session, context.caller, governed, &changed)?;
    let query = Query::all(objects::policy_schema());
    page::single(context, &Collection { fragment: FRAGMENT, query: &query }, objects::policy(context, governed)?)
}
