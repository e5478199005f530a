//! What a document changes, since the one in `spec/lock.toml`, in what is selected.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::path::Path;

use pim_gen::Result;
use pim_gen::diff::show;

use super::address::Cloud;
use super::cache::Entry;
use crate::diff::{self, Source};
use crate::lock::Lock;
use crate::workspace::Root;

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
    let (old, new) = (Source::selection(workspace, version)?, Source::file(&entry.path, version)?);
    Ok(show::text(&diff::comparison(workspace, &old, &new)?))
}

/// A path as a shell takes it.
fn quoted(path: &Path) -> String {
    let path = path.display().to_string();
    shlex::try_quote(&path).map(Cow::into_owned).unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fetch::cache::Record;

    /// What is said of the workspace's own selection, as if it had been fetched.
    fn said(cloud: Option<Cloud>) -> String {
        let workspace = Root::workspace();
        let record = Record {
            version: "v1.0".to_owned(),
            address: "https://graph.example/v1.0/$metadata".to_owned(),
            answered_by: "https://graph.example/v1.0/$metadata".to_owned(),
            fetched: "2026-11-23T10:00:00.000Z".to_owned(),
            size: 0,
            sha256: "0".repeat(64),
            validators: crate::fetch::resume::Validators::default(),
        };
        since_lock(&workspace, &Entry { path: workspace.metadata("v1.0"), record }, cloud).unwrap()
    }

    #[test]
    fn a_national_cloud_is_told_apart_and_brought_in_elsewhere() {
        for cloud in [Cloud::Usgov, Cloud::Dod, Cloud::China] {
            let said = said(Some(cloud));
            let note =
                format!("the selection is of the worldwide cloud; what {} lacks of it shows as gone\n", cloud.name());
            assert!(said.contains(&note), "{said}");
            assert!(said.ends_with(" --allow-missing --root DIR\n"), "{said}");
        }
    }

    #[test]
    fn of_the_worldwide_cloud_there_is_nothing_to_note() {
        for said in [said(Some(Cloud::Global)), said(None)] {
            assert!(said.starts_with("nothing changed between spec/v1.0 and "), "{said}");
            assert!(!said.contains("worldwide") && !said.contains("--root"), "{said}");
        }
    }

    #[test]
    fn a_path_is_said_as_a_shell_takes_it() {
        assert_eq!(quoted(Path::new("/plain/path.xml")), "/plain/path.xml");
        assert_eq!(quoted(Path::new("/my cache/$a.xml")), "'/my cache/$a.xml'");
    }
}
