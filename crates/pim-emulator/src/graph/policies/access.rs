//! Who may read and change a policy.

use crate::domain::authority::{Area, Relation, Verb};
use crate::domain::policy::{Governed, PolicyKind};
use crate::domain::{Access, Refusal, Target, powers};
use crate::graph::context::Context;
use crate::graph::error::Result;
use crate::graph::scope_filter::Scoped;
use crate::graph::validate;

/// Refuses a caller who may not do this with a policy.
pub(super) fn check(context: &Context<'_>, governed: Governed, verb: Verb) -> Result<()> {
    let Context { session, caller, .. } = context;
    validate::for_policies(context.route, caller, governed.kind())?;
    let allowed = match governed {
        Governed::Role(_) => powers::has(session, caller, Area::RolePolicies, verb, Relation::Nothing)?,
        Governed::Group { group, access } => powers::may_use(session, caller, Target::Group { group, access }, verb)?,
    };
    if allowed { Ok(()) } else { Err(Refusal::Unauthorized.into()) }
}

/// Refuses a caller who may not see the policies in some of the scopes that a list is asked for.
pub(super) fn check_list(context: &Context<'_>, scoped: &Scoped) -> Result<()> {
    for kind in &scoped.kinds {
        validate::for_policies(context.route, context.caller, *kind)?;
        match kind {
            PolicyKind::Role => {
                let Context { session, caller, .. } = context;
                if !powers::has(session, caller, Area::RolePolicies, Verb::Read, Relation::Nothing)? {
                    return Err(Refusal::Unauthorized.into());
                }
            }
            PolicyKind::Group => {
                for group in scoped.ids.iter().filter_map(|id| id.parse().ok()) {
                    check(context, Governed::Group { group, access: Access::Member }, Verb::Read)?;
                }
            }
        }
    }
    Ok(())
}
