//! Two descriptions, or two sets of them.

use pim_gen::diff::show::{self, Comparison, Version};
use pim_gen::diff::{Report, compare};
use pim_gen::{Error, Result};

use super::source::Source;
use super::{Format, Shown};
use crate::check;
use crate::workspace::{Root, read_text};

pub(super) fn run(root: &Root, old: &str, new: &str, format: Format) -> Result<Shown> {
    let (old, new) = (Source::read(root, old)?, Source::read(root, new)?);
    let comparison = comparison(root, &old, &new)?;
    let text = match format {
        Format::Text => show::text(&comparison),
        Format::Markdown => show::markdown(&comparison),
        Format::Json => show::json(&comparison)?,
    };
    Ok(Shown { text, bump: comparison.bump() })
}

/// What changed from `old` to `new` in each version of Graph that both have.
pub(crate) fn comparison(root: &Root, old: &Source, new: &Source) -> Result<Comparison> {
    let versions = Versions::of(old, new)?;
    let mut notes = Vec::new();
    let mut reports = Vec::new();
    for version in &versions.both {
        let (old_side, new_side) = (old.side(root, version)?, new.side(root, version)?);
        let mut report = compare(&old_side, &new_side);
        if old_side.nearby.is_empty() && !report.nearby.is_empty() {
            // A selection has nothing beside itself: all there is would look new.
            report.nearby.clear();
            notes.push(unknown_nearby(old, &report));
        }
        reports.push(report);
    }
    Ok(Comparison {
        old: old.name.clone(),
        new: new.name.clone(),
        current: current(root)?,
        reports,
        gone: versions.gone,
        come: versions.come,
        notes,
    })
}

fn unknown_nearby(old: &Source, report: &Report) -> String {
    format!(
        "what is new beside the selection of {} is not told: {} has only what is selected; compare two whole documents",
        report.version, old.name
    )
}

/// The client's version, which all crates of the workspace share.
fn current(root: &Root) -> Result<Version> {
    let manifest = root.path().join("Cargo.toml");
    check::version(&read_text(&manifest)?, &manifest.display().to_string())
}

/// Which versions of Graph are on which side.
struct Versions {
    both: Vec<String>,
    gone: Vec<String>,
    come: Vec<String>,
}

impl Versions {
    fn of(old: &Source, new: &Source) -> Result<Self> {
        let (of_old, of_new) = (old.versions(), new.versions());
        if of_old.is_empty() && of_new.is_empty() {
            return Err(Error::new(format!(
                "nothing tells which version of Graph {} and {} are of; write v1.0={}",
                old.name, new.name, old.name
            )));
        }
        // One that tells no version is of that of the other side, which has to be one.
        for (untold, other, told) in [(old, &of_new, of_old.is_empty()), (new, &of_old, of_new.is_empty())] {
            if told && other.len() > 1 {
                let (versions, name) = (other.join(" or "), &untold.name);
                return Err(Error::new(format!(
                    "nothing tells whether {name} is of {versions}; write {}={name}",
                    other[0]
                )));
            }
        }
        let of_old = if of_old.is_empty() { of_new.clone() } else { of_old };
        let of_new = if of_new.is_empty() { of_old.clone() } else { of_new };
        let owned = |versions: &mut dyn Iterator<Item = &&str>| versions.map(|version| (*version).to_owned()).collect();
        let both: Vec<String> = owned(&mut of_old.iter().filter(|version| of_new.contains(version)));
        if both.is_empty() {
            return Err(Error::new(format!(
                "{} is of {} and {} of {}; to compare them all the same, write {}={}",
                old.name,
                of_old.join(" and "),
                new.name,
                of_new.join(" and "),
                of_old[0],
                new.name
            )));
        }
        let (mut gone, mut come) = (Vec::new(), Vec::new());
        if old.is_whole && new.is_whole {
            gone = owned(&mut of_old.iter().filter(|version| !of_new.contains(version)));
            come = owned(&mut of_new.iter().filter(|version| !of_old.contains(version)));
        }
        Ok(Self { both, gone, come })
    }
}
