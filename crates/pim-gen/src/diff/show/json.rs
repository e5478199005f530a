//! A comparison for programs.

use serde::Serialize;

use super::Comparison;
use crate::diff::{Bump, Change, Effect, Nearby, Report};
use crate::{Error, Result};

/// The number of the form that JSON has. It grows when a member goes or means something else, not when one is new.
pub const FORMAT: u32 = 1;

/// A comparison as JSON:
///
/// ```json
/// {
///   "format": 1,
///   "old": "v1.0-2026-02-10.csdl.xml", "new": "v1.0-2026-06-22.csdl.xml",
///   "bump": "major",
///   "client": {"version": "0.1.0", "next": "0.2.0"},
///   "reports": [{
///     "version": "v1.0",
///     "bump": "major",
///     "changes": [{
///       "subject": {"about": "property", "type": "microsoft.graph.group", "name": "visibility"},
///       "change": "changed", "aspect": "type", "from": "Edm.String", "to": "Edm.Guid",
///       "callers": "broken", "wire": "undecodable", "effect": "breakingToCompile", "bump": "major",
///       "items": ["pim_client::v1_0::models::Group::visibility"],
///       "meaning": "…"
///     }],
///     "nearby": [{"kind": "subtype", "base": "microsoft.graph.subjectSet", "name": "microsoft.graph.targetOwners"}]
///   }],
///   "gone": [], "come": [],
///   "notes": []
/// }
/// ```
///
/// | member | values |
/// |---|---|
/// | `bump` | `none`, `patch`, `minor`, `major` |
/// | `change` | `added`, `removed`, or `changed` with `aspect`, `from` and `to` |
/// | `callers` | `unaffected`, `offered`, `broken` |
/// | `wire` | `unaffected`, `extended`, `missing`, `refused`, `undecodable` |
/// | `effect` | `breakingToCompile`, `breakingToDecode`, `additive`, `invisible` |
/// | `gone`, `come` | versions of Graph that only the old, only the new side has |
///
/// What `subject`, `aspect` and `nearby` hold is said at [`Subject`](crate::diff::Subject),
/// [`Aspect`](crate::diff::Aspect) and [`Nearby`].
pub fn json(comparison: &Comparison) -> Result<String> {
    pretty(&Document {
        format: FORMAT,
        old: &comparison.old,
        new: &comparison.new,
        bump: comparison.bump(),
        client: Client { version: comparison.current.to_string(), next: comparison.next().to_string() },
        reports: comparison.reports.iter().map(OfVersion::new).collect(),
        gone: &comparison.gone,
        come: &comparison.come,
        notes: &comparison.notes,
    })
}

/// With line breaks, and one at the end.
pub(super) fn pretty(document: &impl Serialize) -> Result<String> {
    let json = serde_json::to_string_pretty(document).map_err(|error| Error::new(error.to_string()))?;
    Ok(json + "\n")
}

#[derive(Serialize)]
struct Document<'a> {
    format: u32,
    old: &'a str,
    new: &'a str,
    bump: Bump,
    client: Client,
    reports: Vec<OfVersion<'a>>,
    gone: &'a [String],
    come: &'a [String],
    notes: &'a [String],
}

#[derive(Serialize)]
struct Client {
    version: String,
    next: String,
}

#[derive(Serialize)]
struct OfVersion<'a> {
    version: &'a str,
    bump: Bump,
    changes: Vec<Classified<'a>>,
    nearby: &'a [Nearby],
}

impl<'a> OfVersion<'a> {
    fn new(report: &'a Report) -> Self {
        Self {
            version: &report.version,
            bump: report.bump(),
            changes: report.changes.iter().map(Classified::new).collect(),
            nearby: &report.nearby,
        }
    }
}

/// A change, with what follows from it.
#[derive(Serialize)]
pub(super) struct Classified<'a> {
    #[serde(flatten)]
    change: &'a Change,
    effect: Effect,
    bump: Bump,
}

impl<'a> Classified<'a> {
    pub(super) fn new(change: &'a Change) -> Self {
        Self { change, effect: change.effect(), bump: change.bump() }
    }
}
