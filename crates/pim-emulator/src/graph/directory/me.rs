//! The caller's own user.

use super::users;
use crate::graph::context::Context;
use crate::graph::error::Result;
use crate::graph::exchange::Answer;
use crate::graph::objects;
use crate::graph::page::{self, Collection};
use crate::store::ObjectType;

pub(super) fn get(context: &Context<'_>) -> Result<Answer> {
    let query = context.directory_query(objects::schema(ObjectType::User))?;
    let user = super::find::center(context)?;
    page::single(context, &Collection { fragment: "users", query: &query }, objects::represent(&user))
}

pub(super) fn update(context: &Context<'_>) -> Result<Answer> {
    users::update(context)
}

pub(super) fn manager(context: &Context<'_>) -> Result<Answer> {
    users::manager(context)
}
