//! The operations on the rules of a policy.

use serde_json::Value;

use super::{access, find, objects};
use crate::domain::authority::Verb;
use crate::domain::policies;
use crate::domain::policy::{Governed, PolicyId, rule_id};
use crate::graph::context::Context;
use crate::graph::error::Result;
use crate::graph::exchange::Answer;
use crate::graph::page::{self, Collection};
use crate::odata::Query;

pub(super) fn list(context: &Context<'_>) -> Result<Answer> {
    list_as(context, "rules")
}

/// Nothing is inherited in PIM, so that the rules that count are those that the policy has.
pub(super) fn list_effective(context: &Context<'_>) -> Result<Answer> {
    list_as(context, "effectiveRules")
}

fn list_as(context: &Context<'_>, name: &str) -> Result<Answer> {
    let query = context.query(objects::rule_schema())?;
    let governed = find::policy(context, context.parameter(0))?;
    access::check(context, governed, Verb::Read)?;
    let rules = objects::rules(&policies::governing(context.session, governed)?);
    let fragment = fragment(context, governed, name);
    page::of_all(context, &Collection { fragment: &fragment, query: &query }, &rules)
}

pub(super) fn get(context: &Context<'_>) -> Result<Answer> {
    let query = context.query(objects::rule_schema())?;
    let governed = find::policy(context, context.parameter(0))?;
    access::check(context, governed, Verb::Read)?;
    let id = rule_id(context.parameter(1))?;
    let rule = objects::rule(&policies::governing(context.session, governed)?, id);
    let fragment = fragment(context, governed, "rules");
    page::single(context, &Collection { fragment: &fragment, query: &query }, rule)
}

/// Changes a rule; answers with it.
pub(super) fn update(context: &Context<'_>) -> Result<Answer> {
    let governed = find::policy(context, context.parameter(0))?;
    access::check(context, governed, Verb::Write)?;
    let name = context.parameter(1);
    let id = rule_id(name)?;
    let body = Value::Object(context.body(objects::rule_schema())?);
    let changed = policies::governing(context.session, governed)?.change_rule(name, &body)?;
    policies::keep(context.session, context.caller, governed, &changed)?;
    let query = Query::all(objects::rule_schema());
    let fragment = fragment(context, governed, "rules");
    page::single(context, &Collection { fragment: &fragment, query: &query }, objects::rule(&changed.policy, id))
}

fn fragment(context: &Context<'_>, governed: Governed, name: &str) -> String {
    let policy = PolicyId::of(context.service.tenant, governed);
    format!("policies/roleManagementPolicies('{policy}')/{name}")
}
