//! What groups are like.

use serde_json::Value;

use super::properties::Shape;
use crate::graph::entity::Entity;
use crate::graph::error::{GraphError, Result};

/// The characters that no `mailNickname` has.
const FORBIDDEN: &str = "@()\\[]\";:.<>, ";

const VISIBILITIES: [&str; 3] = ["Private", "Public", "HiddenMembership"];

/// Refuses a group that cannot be.
pub(super) fn check(shape: &Shape, group: &Entity) -> Result<()> {
    for required in ["displayName", "mailEnabled", "mailNickname", "securityEnabled"] {
        shape.require(group, required)?;
    }
    let group = Draft(group);
    check_nickname(shape, group.text("mailNickname"))?;
    check_kind(shape, group)?;
    check_visibility(shape, group)?;
    if group.is("isAssignableToRole") {
        check_assignable(shape, group)?;
    }
    Ok(())
}

fn check_nickname(shape: &Shape, nickname: &str) -> Result<()> {
    match nickname.chars().find(|letter| !letter.is_ascii_graphic() || FORBIDDEN.contains(*letter)) {
        None => Ok(()),
        Some(letter) => Err(shape.invalid("mailNickname", &format!("it has {letter:?}, which is not possible"))),
    }
}

/// There are security groups, and Microsoft 365 groups with a mailbox; each may have its members by a rule.
fn check_kind(shape: &Shape, group: Draft<'_>) -> Result<()> {
    let known = ["Unified", "DynamicMembership"];
    if let Some(other) = group.types().find(|name| !known.iter().any(|known| known.eq_ignore_ascii_case(name))) {
        return Err(
            shape.invalid("groupTypes", &format!("it has {other:?}, and can have Unified and DynamicMembership"))
        );
    }
    let is_unified = group.is_of_type("Unified");
    if is_unified && !group.is("mailEnabled") {
        return Err(shape.invalid("mailEnabled", "a Unified group receives mail, so it has to be true"));
    }
    if !is_unified && (group.is("mailEnabled") || !group.is("securityEnabled")) {
        return Err(GraphError::invalid_object(
            "The service does not currently support writes of mail-enabled groups. Please ensure that the \
             mail-enablement property is unset and the security-enablement property is set.",
        ));
    }
    match (group.is_of_type("DynamicMembership"), group.text("membershipRule").trim().is_empty()) {
        (true, true) => Err(shape.invalid("membershipRule", "a group with DynamicMembership needs a rule")),
        (false, false) => Err(shape.invalid("membershipRule", "only a group with DynamicMembership has a rule")),
        _ => Ok(()),
    }
}

fn check_visibility(shape: &Shape, group: Draft<'_>) -> Result<()> {
    let visibility = group.text("visibility");
    if visibility.is_empty() || VISIBILITIES.iter().any(|known| known.eq_ignore_ascii_case(visibility)) {
        return Ok(());
    }
    Err(shape.invalid("visibility", &format!("it cannot be {visibility:?}; it is one of {}", VISIBILITIES.join(", "))))
}

/// A group that can hold roles is closed: nobody gets into it by a rule, by themselves, or without being seen.
fn check_assignable(shape: &Shape, group: Draft<'_>) -> Result<()> {
    if !group.is("securityEnabled") {
        return Err(shape.invalid("isAssignableToRole", "the group has to be securityEnabled"));
    }
    if group.is_of_type("DynamicMembership") {
        return Err(shape.invalid("isAssignableToRole", "the group has DynamicMembership, whose members follow a rule"));
    }
    let visibility = group.text("visibility");
    if !visibility.is_empty() && !visibility.eq_ignore_ascii_case("Private") {
        return Err(shape.invalid("visibility", "a group that is assignable to roles is Private"));
    }
    Ok(())
}

/// A group as it is going to be.
#[derive(Clone, Copy)]
pub(super) struct Draft<'a>(pub(super) &'a Entity);

impl<'a> Draft<'a> {
    pub(super) fn text(self, name: &str) -> &'a str {
        self.0.get(name).and_then(Value::as_str).unwrap_or_default()
    }

    pub(super) fn is(self, name: &str) -> bool {
        self.0.get(name).and_then(Value::as_bool).unwrap_or(false)
    }

    pub(super) fn is_of_type(self, name: &str) -> bool {
        self.types().any(|other| other.eq_ignore_ascii_case(name))
    }

    fn types(self) -> impl Iterator<Item = &'a str> {
        self.0.get("groupTypes").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
    }
}
