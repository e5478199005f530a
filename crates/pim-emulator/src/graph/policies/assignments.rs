//! The operations on assignments of policies.

use super::{access, find, lists, objects};
use crate::domain::authority::Verb;
use crate::graph::context::Context;
use crate::graph::error::Result;
use crate::graph::exchange::Answer;
use crate::graph::page::{self, Collection};

const FRAGMENT: &str = "policies/roleManagementPolicyAssignments";

pub(super) fn list(context: &Context<'_>) -> Result<Answer> {
    lists::answer(context, FRAGMENT, objects::assignment_schema(), |governed| {
        Ok(objects::assignment(context, governed))
    })
}

pub(super) fn get(context: &Context<'_>) -> Result<Answer> {
    let query = context.query(objects::assignment_schema())?;
    let governed = find::assignment(context, context.parameter(0))?;
    access::check(context, governed, Verb::Read)?;
    let page = Collection { fragment: FRAGMENT, query: &query };
    page::single(context, &page, objects::assignment(context, governed))
}
