//! What a document changes, since the one in `spec/lock.toml`, in what is selected.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::path::Path;

use pim_gen::diff;
use pim_gen::diff::show::{self, Comparison, Version};
use pim_gen::select::Missing;
use pim_gen::{Error, Input, Result};

use super::address::Cloud;
use super::cache::Entry;
use crate::lock::Lock;
use crate::workspace::{Root, read};
use crate::written::Written;

/// What there is to say of a document: what changed, and which commands show it and bring it in.
pub(super) fn since_lock(workspace: &Root, entry: &Entry, cloud: Option<Cloud>) -> Result<String> {
    let (version, path) = (&entry.record.version, quoted(&entry.path));
    let lock = Lock::read(workspace)?.0.remove(version);
    if let Some(lock) = lock.filter(|lock| lock.sha256 == entry.record.sha256) {
        return Ok(format!("{version}: unchanged since spec/lock.toml, of {}\n", lock.date));
    }
    let mut text = String::new();
    let national = cloud.filter(|cloud| *cloud != Cloud::Global);
    if let Some(cloud) = national {
        let cloud = cloud.name();
        let _ = writeln!(
            text,
            "{version}: the selection is of the worldwide cloud; what {cloud} lacks of it shows as gone"
        );
    }
    if workspace.metadata(version).exists() {
        text.push_str(&compared(workspace, entry)?);
        let _ = writeln!(text, "{version}: in full:  cargo xtask diff spec/{version} {path} --format markdown");
    }
    let elsewhere = if national.is_some() { " --allow-missing --root DIR" } else { "" };
    let _ = writeln!(text, "{version}: bring in: cargo xtask gen --metadata {version}={path}{elsewhere}");
    Ok(text)
}

/// What changed from the workspace's selection to that of a document.
fn compared(workspace: &Root, entry: &Entry) -> Result<String> {
    let version = &entry.record.version;
    let generator = Written::read(workspace)?.generator(Missing::Report)?;
    let side = |name: &str, path: &Path| generator.side(&Input::csdl(version, name, &read(path)?));
    let (old, new) = (format!("spec/{version}"), entry.path.display().to_string());
    let report = diff::compare(&side(&old, &workspace.metadata(version))?, &side(&new, &entry.path)?);
    let current = env!("CARGO_PKG_VERSION");
    let current =
        Version::parse(current).map_err(|error| Error::new(format!("the workspace's version {current}: {error}")))?;
    Ok(show::text(&Comparison::new(&old, &new, current, report)))
}

/// A path as a shell takes it.
fn quoted(path: &Path) -> String {
    let path = path.display().to_string();
    shlex::try_quote(&path).map(Cow::into_owned).unwrap_or(path)
}
