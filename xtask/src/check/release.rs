//! Releases, and what the step from one version to another allows.

use pim_gen::diff::Bump;
use pim_gen::{Error, Result};
use semver::Version;
use serde::Deserialize;

use super::listing::{self, Listing};
use crate::git::Git;

/// What the API is held against.
pub(super) struct Release {
    /// The tag or revision, as it was named.
    pub(super) name: String,
    /// The version that the workspace had.
    pub(super) version: Version,
    commit: String,
}

impl Release {
    /// The release with the highest version that the current commit has behind it. None, if there is none.
    pub(super) fn last(git: Git<'_>) -> Result<Option<Self>> {
        let head = git.commit("HEAD")?.ok_or_else(|| Error::new("the repository has no commit yet"))?;
        let tags = git.tags(&head)?;
        let versions = tags.iter().filter_map(|tag| Some((Version::parse(tag.strip_prefix('v')?).ok()?, tag)));
        match versions.max() {
            Some((_, tag)) => Self::at(git, &format!("refs/tags/{tag}")).map(|release| Some(release.called(tag))),
            None if git.is_shallow()? => Err(Error::new(
                "this clone is shallow and has no tag of a release; get them with git fetch --unshallow --tags, or say --against",
            )),
            None => Ok(None),
        }
    }

    /// What the repository has at `revision`.
    pub(super) fn at(git: Git<'_>, revision: &str) -> Result<Self> {
        let commit = git.commit(revision)?;
        let commit = commit.ok_or_else(|| Error::new(format!("`{revision}` is no revision of this repository")))?;
        let place = format!("{revision}:Cargo.toml");
        let manifest = git.file(&commit, "Cargo.toml")?;
        let manifest = manifest.ok_or_else(|| Error::new(format!("{place}: there is no such file")))?;
        let version = version(&String::from_utf8_lossy(&manifest), &place)?;
        Ok(Self { name: revision.to_owned(), version, commit })
    }

    fn called(self, name: &str) -> Self {
        Self { name: name.to_owned(), ..self }
    }

    /// The public API that it had.
    pub(super) fn listing(&self, git: Git<'_>) -> Result<Listing> {
        let mut listing = Listing::default();
        for path in git.files(&self.commit, listing::FOLDER)? {
            let file = git.file(&self.commit, &path)?.unwrap_or_default();
            listing.add(&String::from_utf8_lossy(&file));
        }
        if listing.is_empty() {
            return Err(Error::new(format!("{} has no listing of the public API in {}", self.name, listing::FOLDER)));
        }
        Ok(listing)
    }
}

/// The version of the workspace whose `Cargo.toml` is `manifest`.
pub(crate) fn version(manifest: &str, place: &str) -> Result<Version> {
    #[derive(Deserialize)]
    struct Manifest {
        workspace: Workspace,
    }
    #[derive(Deserialize)]
    struct Workspace {
        package: Package,
    }
    #[derive(Deserialize)]
    struct Package {
        version: Version,
    }
    let manifest: Manifest = toml::from_str(manifest).map_err(|error| {
        Error::new(format!("{place}: {}; it has to have a version under [workspace.package]", error.message()))
    })?;
    Ok(manifest.workspace.package.version)
}

/// What may change from one version to another, as cargo has it: before 1.0.0 the first number that is not zero counts as
/// the major one. None, if the other is before the one.
pub(super) fn allowed(from: &Version, to: &Version) -> Option<Bump> {
    if to < from {
        return None;
    }
    if to == from {
        return Some(Bump::None);
    }
    // A pre-release promises nothing to those that come after it.
    let breaks = !from.pre.is_empty()
        || from.major != to.major
        || from.major == 0 && (from.minor != to.minor || from.minor == 0 && from.patch != to.patch);
    let adds = from.minor != to.minor || from.major == 0 && from.patch != to.patch;
    Some(match (breaks, adds) {
        (true, _) => Bump::Major,
        (_, true) => Bump::Minor,
        _ => Bump::Patch,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(from: &str, to: &str) -> Option<Bump> {
        allowed(&from.parse().unwrap(), &to.parse().unwrap())
    }

    #[test]
    fn from_1_0_0_on_the_number_that_changes_says_what_may() {
        assert_eq!(step("1.2.3", "2.0.0"), Some(Bump::Major));
        assert_eq!(step("1.2.3", "1.3.0"), Some(Bump::Minor));
        assert_eq!(step("1.2.3", "1.2.4"), Some(Bump::Patch));
        assert_eq!(step("1.2.3", "1.2.3"), Some(Bump::None));
    }

    #[test]
    fn before_1_0_0_the_second_number_is_the_major_one() {
        assert_eq!(step("0.1.0", "0.2.0"), Some(Bump::Major));
        assert_eq!(step("0.1.0", "0.1.1"), Some(Bump::Minor));
        assert_eq!(step("0.1.0", "1.0.0"), Some(Bump::Major));
    }

    #[test]
    fn before_0_1_0_every_step_is_a_major_one() {
        assert_eq!(step("0.0.1", "0.0.2"), Some(Bump::Major));
    }

    #[test]
    fn after_a_pre_release_anything_may_change() {
        assert_eq!(step("1.0.0-rc.1", "1.0.0-rc.2"), Some(Bump::Major));
        assert_eq!(step("1.0.0-rc.1", "1.0.0"), Some(Bump::Major));
    }

    #[test]
    fn a_version_does_not_go_back() {
        assert_eq!(step("0.2.0", "0.1.9"), None);
        assert_eq!(step("1.0.0", "1.0.0-rc.1"), None);
    }

    #[test]
    fn the_version_that_a_step_leads_to_allows_it() {
        for from in ["0.0.3", "0.1.0", "1.4.2"] {
            for needed in [Bump::None, Bump::Patch, Bump::Minor, Bump::Major] {
                let from = from.parse().unwrap();
                assert!(allowed(&from, &needed.next(&from)) >= Some(needed), "{needed:?} from {from}");
            }
        }
    }
}
