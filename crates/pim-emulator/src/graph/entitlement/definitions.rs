//! The roles of entitlement management: all of them built-in.

use pim_client::schema::HasSchema as _;
use pim_client::v1_0::models::UnifiedRoleDefinition;

use super::check;
use crate::catalog;
use crate::domain::authority::Verb;
use crate::graph::context::Context;
use crate::graph::error::{GraphError, Result};
use crate::graph::exchange::Answer;
use crate::graph::page::{self, Collection};
use crate::graph::route::Version;
use crate::graph::{listed, roles};

const FRAGMENT: &str = "roleManagement/entitlementManagement/roleDefinitions";

pub(super) fn list(context: &Context<'_>) -> Result<Answer> {
    let query = context.directory_query(UnifiedRoleDefinition::schema())?;
    check(context, Verb::Read)?;
    let entities = catalog::ENTITLEMENT_ROLES.iter().map(|role| roles::represent(role, Version::V1)).collect();
    page::answer(context, &Collection { fragment: FRAGMENT, query: &query }, listed::rows(entities))
}

pub(super) fn get(context: &Context<'_>) -> Result<Answer> {
    let query = context.directory_query(UnifiedRoleDefinition::schema())?;
    check(context, Verb::Read)?;
    let role = context.guid(0).and_then(super::role).ok_or_else(|| GraphError::no_object(context.parameter(0)))?;
    page::single(context, &Collection { fragment: FRAGMENT, query: &query }, roles::represent(role, Version::V1))
}
