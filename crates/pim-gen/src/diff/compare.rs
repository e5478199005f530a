//! Two sides held against one another.

use super::{Report, Side};

/// What changed from `old` to `new`.
#[must_use]
pub fn compare(old: &Side, new: &Side) -> Report {
    let nearby = new.nearby.difference(&old.nearby).cloned().collect();
    Report { version: new.api.version.clone(), changes: Vec::new(), nearby }
}
