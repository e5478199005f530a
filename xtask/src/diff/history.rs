//! Many descriptions, one after another.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use pim_gen::diff::{History, show};
use pim_gen::{Error, Result};

use super::source::Source;
use super::{Format, Shown};
use crate::document::{date_in, version_at_start};
use crate::out::note;
use crate::workspace::Root;

pub(super) fn run(root: &Root, folder: &Path, version: Option<&str>, format: Format) -> Result<Shown> {
    let found = Found::in_folder(folder)?;
    let version = found.version(folder, version)?;
    let documents = found.of(folder, &version)?;
    let mut sides = Vec::new();
    for (date, path) in documents {
        let source = Source::file(&path, &version)?;
        sides.push((date, source.side(root, &version)?));
    }
    let history = History::of(&version, &sides);
    let text = match format {
        Format::Text => show::history::text(&history),
        Format::Markdown => show::history::markdown(&history),
        Format::Json => show::history::json(&history)?,
    };
    Ok(Shown { text, bump: history.bump() })
}

/// The dated documents of a folder: the version, the date and the file of each.
struct Found(Vec<(String, String, PathBuf)>);

impl Found {
    /// What is in `folder`. Files whose names have no version or no date are passed over, and said.
    fn in_folder(folder: &Path) -> Result<Self> {
        let cannot = |error| Error::new(format!("cannot read the folder {}: {error}", folder.display()));
        let mut paths = Vec::new();
        for entry in fs::read_dir(folder).map_err(cannot)? {
            paths.push(entry.map_err(cannot)?.path());
        }
        paths.sort();
        let mut found = Vec::new();
        for path in paths.into_iter().filter(|path| !path.is_dir()) {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            match version_at_start(&name).zip(date_in(&name)) {
                Some((version, date)) => found.push((version.to_owned(), date.to_owned(), path)),
                None => {
                    note(format_args!(
                        "passed over {}: its name is not VERSION-DATE, as v1.0-2024-09-17.xml is",
                        path.display()
                    ));
                }
            }
        }
        Ok(Self(found))
    }

    /// The version that is asked for, or the only one that there is.
    fn version(&self, folder: &Path, asked: Option<&str>) -> Result<String> {
        let mut versions: Vec<_> = self.0.iter().map(|(version, ..)| version.as_str()).collect();
        versions.sort_unstable();
        versions.dedup();
        let folder = folder.display();
        match (versions.as_slice(), asked) {
            ([], _) => Err(Error::new(format!(
                "{folder} has no documents whose names are VERSION-DATE, as v1.0-2024-09-17.csdl.xml is"
            ))),
            (known, Some(asked)) if known.contains(&asked) => Ok(asked.to_owned()),
            (known, Some(asked)) => {
                Err(Error::new(format!("{folder} has no documents of {asked}, only of {}", known.join(" and "))))
            }
            ([version], None) => Ok((*version).to_owned()),
            (many, None) => Err(Error::new(format!(
                "{folder} has documents of {}; say which: --history {folder} {}",
                many.join(" and "),
                many[many.len() - 1]
            ))),
        }
    }

    /// The documents of `version` by their dates.
    fn of(self, folder: &Path, version: &str) -> Result<BTreeMap<String, PathBuf>> {
        let mut documents = BTreeMap::new();
        for (of, date, path) in self.0 {
            if of != version {
                note(format_args!("passed over {}: it is of {of}", path.display()));
            } else if let Some(other) = documents.insert(date.clone(), path.clone()) {
                return Err(Error::new(format!(
                    "{} and {} are both of {version} and {date}; a day has one document",
                    other.display(),
                    path.display()
                )));
            }
        }
        if documents.len() < 2 {
            return Err(Error::new(format!(
                "{} has one document of {version}; a history begins with two",
                folder.display()
            )));
        }
        Ok(documents)
    }
}
