//! What changed over many descriptions, one after another.

use serde::Serialize;

use super::{Bump, Report, Side, compare};

/// The changes between each two of many descriptions.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct History {
    /// The version of Graph, `v1.0`.
    pub version: String,
    /// The steps, the earliest first.
    pub steps: Vec<Step>,
}

/// From one description to the next.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Step {
    /// The date of the earlier one, `2024-09-17`.
    pub from: String,
    /// The date of the later one.
    pub to: String,
    /// What changed between them.
    pub report: Report,
}

impl History {
    /// The history of `version` that `sides` tell, each with its date, the earliest first.
    #[must_use]
    pub fn of(version: &str, sides: &[(String, Side)]) -> Self {
        let step = |pair: &[(String, Side)]| match pair {
            [(from, old), (to, new)] => Some(Step { from: from.clone(), to: to.clone(), report: compare(old, new) }),
            _ => None,
        };
        Self { version: version.to_owned(), steps: sides.windows(2).filter_map(step).collect() }
    }

    /// The greatest step of the client's version that any of them asks for.
    #[must_use]
    pub fn bump(&self) -> Bump {
        self.steps.iter().map(|step| step.report.bump()).max().unwrap_or(Bump::None)
    }
}
