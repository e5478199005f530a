//! What PIM is known to refuse, refused before anything is sent.
//!
//! Only what changes is looked at: what a policy says already is not the caller's fault.

use super::event::Event;
use super::{AssignmentSettings, PolicySettings};
use crate::edm::Duration;
use crate::error::Error;
use crate::error::text::one_line;
use crate::pim::Target;

/// Refuses to go from `now` to `asked`, if PIM would.
pub(super) fn settings(target: &Target, now: &PolicySettings, asked: &PolicySettings) -> Result<(), Error> {
    for event in Event::ALL {
        expiration(event, &now.of(event), &asked.of(event))?;
    }
    context(now, asked)?;
    approval(target, now, asked)
}

fn expiration(event: Event, now: &AssignmentSettings, asked: &AssignmentSettings) -> Result<(), Error> {
    let what = match event {
        Event::EligibleAssignment => "eligible_assignment",
        Event::ActiveAssignment => "active_assignment",
        Event::Activation => "activation",
    };
    let requires_expiration = asked.requires_expiration.or(now.requires_expiration) == Some(true);
    let maximum = asked.maximum_duration.as_ref().or(now.maximum_duration.as_ref());
    let is_new = asked.maximum_duration.is_some() && asked.maximum_duration != now.maximum_duration;
    match maximum {
        None if requires_expiration && now.requires_expiration != Some(true) => Err(Error::invalid_input(format!(
            "{what}: an end is demanded, but nothing says how late it may be; set `maximum_duration`"
        ))),
        Some(maximum) if is_new && *maximum <= Duration::days(0) => Err(Error::invalid_input(format!(
            "{what}: a maximum duration of {maximum} allows nothing; give a longer one, such as PT8H or P365D"
        ))),
        Some(maximum) if is_new && now.maximum_duration.is_none() && !requires_expiration => {
            Err(Error::invalid_input(format!(
                "{what}: PIM takes a maximum duration ({maximum}) only where an end is demanded; set `requires_expiration`"
            )))
        }
        _ => Ok(()),
    }
}

fn context(now: &PolicySettings, asked: &PolicySettings) -> Result<(), Error> {
    let (now, asked) = (&now.activation, &asked.activation);
    let Some(context) = &asked.authentication_context else { return Ok(()) };
    let is_new = asked.authentication_context != now.authentication_context;
    if is_new && !is_context(context) {
        return Err(Error::invalid_input(format!(
            "activation: {:?} is no authentication context; give one from c1 to c99",
            one_line(context)
        )));
    }
    let requires_mfa = asked.requires_mfa.or(now.requires_mfa);
    if requires_mfa == Some(true) && (is_new || requires_mfa != now.requires_mfa) {
        return Err(Error::invalid_input(
            "activation: multifactor authentication and an authentication context exclude each other; unset `requires_mfa` or `authentication_context`",
        ));
    }
    Ok(())
}

/// `c1` to `c99`
fn is_context(text: &str) -> bool {
    let digits = text.strip_prefix('c').unwrap_or_default();
    matches!(digits.as_bytes(), [b'1'..=b'9'] | [b'1'..=b'9', b'0'..=b'9'])
}

fn approval(target: &Target, now: &PolicySettings, asked: &PolicySettings) -> Result<(), Error> {
    let (now, asked) = (&now.activation, &asked.activation);
    let requires_approval = asked.requires_approval.or(now.requires_approval);
    let is_new = requires_approval != now.requires_approval || asked.approvers != now.approvers;
    let is_group = matches!(target, Target::Group { .. });
    if is_group && is_new && requires_approval == Some(true) && asked.approvers.is_empty() {
        return Err(Error::invalid_input(
            "activation: an approval for a group needs somebody who gives it; add to `approvers`",
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_context_is_c_and_a_number_below_a_hundred() {
        for (text, is) in [("c1", true), ("c99", true), ("c0", false), ("c100", false), ("c01", false), ("C1", false)] {
            assert_eq!(is_context(text), is, "{text}");
        }
        assert!(!is_context("") && !is_context("c") && !is_context("1") && !is_context("cc1"));
    }
}
