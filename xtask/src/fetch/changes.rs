//! What a document changes, since the one in `spec/lock.toml`, in what is selected.

use std::path::Path;

use pim_gen::diff::{self, Report};
use pim_gen::select::Missing;
use pim_gen::{Input, Result};

use super::address::Cloud;
use super::cache::Entry;
use crate::lock::Lock;
use crate::workspace::{Root, read};
use crate::written::Written;

/// What there is to say of a document: what changed, and which commands show it and bring it in.
pub(super) fn since_lock(workspace: &Root, entry: &Entry, cloud: Option<Cloud>) -> Result<Vec<String>> {
    let version = &entry.record.version;
    let lock = Lock::read(workspace)?.0.remove(version);
    let of = lock.as_ref().map(|lock| format!(" of {}", lock.date)).unwrap_or_default();
    if lock.is_some_and(|lock| lock.sha256 == entry.record.sha256) {
        return Ok(vec![format!("unchanged since spec/lock.toml{of}")]);
    }
    let mut lines = Vec::new();
    let national = cloud.filter(|cloud| *cloud != Cloud::Global);
    if let Some(cloud) = national {
        let cloud = cloud.name();
        lines.push(format!("the selection is of the worldwide cloud: what {cloud} lacks of it shows as a change"));
    }
    let selected = workspace.metadata(version);
    if selected.exists() {
        let report = compare(workspace, version, &selected, &entry.path)?;
        if report.is_empty() {
            lines.push(format!("nothing changed in the selection since spec/lock.toml{of}"));
        } else {
            lines.push(format!("changed in the selection since spec/lock.toml{of}:"));
            lines.extend(show(&report).lines().map(str::to_owned));
        }
        lines.push(format!("in full:  cargo xtask diff spec/{version} {} --format markdown", quoted(&entry.path)));
    } else {
        lines.push(format!("there is no selected metadata for {version} yet"));
    }
    let elsewhere = if national.is_some() { " --allow-missing --root DIR" } else { "" };
    lines.push(format!("bring in: cargo xtask gen --metadata {version}={}{elsewhere}", quoted(&entry.path)));
    Ok(lines)
}

fn compare(workspace: &Root, version: &str, selected: &Path, fetched: &Path) -> Result<Report> {
    let generator = Written::read(workspace)?.generator(Missing::Report)?;
    let side = |path: &Path| {
        let (name, bytes) = (path.display().to_string(), read(path)?);
        generator.side(&Input::csdl(version, &name, &bytes))
    };
    Ok(diff::compare(&side(selected)?, &side(fetched)?))
}

/// The subjects of the changes, a line each.
fn show(report: &Report) -> String {
    let changes = report.changes.iter().map(|change| format!("  {}\n", change.subject));
    let nearby = (!report.nearby.is_empty()).then(|| format!("  {} new things beside it\n", report.nearby.len()));
    changes.chain(nearby).collect()
}

/// A path as a shell takes it.
fn quoted(path: &Path) -> String {
    let path = path.display().to_string();
    shlex::try_quote(&path).map(std::borrow::Cow::into_owned).unwrap_or(path)
}
