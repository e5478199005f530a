//! What roles may allow: actions, in the namespaces of the services that they are about.

use pim_client::schema::HasSchema as _;
use pim_client::v1_0::models::{UnifiedRbacResourceAction, UnifiedRbacResourceNamespace};
use serde_json::Value;

use super::definitions::check;
use crate::catalog::{self, Namespace, ResourceAction};
use crate::domain::authority::{Relation, Verb};
use crate::graph::context::Context;
use crate::graph::entity::{Builder, Entity};
use crate::graph::error::{GraphError, Result};
use crate::graph::exchange::Answer;
use crate::graph::listed;
use crate::graph::page::{self, Collection};

const FRAGMENT: &str = "roleManagement/directory/resourceNamespaces";

pub(super) fn list(context: &Context<'_>) -> Result<Answer> {
    let query = context.directory_query(UnifiedRbacResourceNamespace::schema())?;
    check(context, Verb::Read, Relation::Nothing)?;
    let entities = catalog::namespaces().iter().map(represent).collect();
    page::answer(context, &Collection { fragment: FRAGMENT, query: &query }, listed::rows(entities))
}

pub(super) fn get(context: &Context<'_>) -> Result<Answer> {
    let query = context.directory_query(UnifiedRbacResourceNamespace::schema())?;
    check(context, Verb::Read, Relation::Nothing)?;
    page::single(context, &Collection { fragment: FRAGMENT, query: &query }, represent(find(context)?))
}

pub(super) fn list_actions(context: &Context<'_>) -> Result<Answer> {
    let query = context.directory_query(UnifiedRbacResourceAction::schema())?;
    check(context, Verb::Read, Relation::Nothing)?;
    let namespace = find(context)?;
    let entities = namespace.actions.iter().map(represent_action).collect();
    let fragment = format!("{FRAGMENT}('{}')/resourceActions", namespace.name);
    page::answer(context, &Collection { fragment: &fragment, query: &query }, listed::rows(entities))
}

pub(super) fn get_action(context: &Context<'_>) -> Result<Answer> {
    let query = context.directory_query(UnifiedRbacResourceAction::schema())?;
    check(context, Verb::Read, Relation::Nothing)?;
    let namespace = find(context)?;
    let id = context.parameter(1);
    let action = namespace.action(id).ok_or_else(|| GraphError::no_object(id))?;
    let fragment = format!("{FRAGMENT}('{}')/resourceActions", namespace.name);
    page::single(context, &Collection { fragment: &fragment, query: &query }, represent_action(action))
}

fn find(context: &Context<'_>) -> Result<&'static Namespace> {
    let id = context.parameter(0);
    catalog::namespace(id).ok_or_else(|| GraphError::no_object(id))
}

fn represent(namespace: &Namespace) -> Entity {
    Builder::new(UnifiedRbacResourceNamespace::schema())
        .with("id", namespace.name)
        .with("name", namespace.name)
        .finish()
}

fn represent_action(action: &ResourceAction) -> Entity {
    Builder::new(UnifiedRbacResourceAction::schema())
        .with("id", action.id.as_str())
        .with("name", action.name)
        .with("actionVerb", action.verb)
        .finish()
}

/// The actions of the namespace with an id.
pub(super) fn actions_of(id: &str) -> Value {
    let actions = catalog::namespace(id).map_or(&[][..], |namespace| &namespace.actions);
    actions.iter().map(|action| Value::Object(represent_action(action))).collect()
}
