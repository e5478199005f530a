//! What a side of a comparison is, from how it was written: files, a folder, or a revision.

use std::fs;
use std::path::{Path, PathBuf};

use pim_gen::diff::Side;
use pim_gen::select::Missing;
use pim_gen::{Error, Generator, Result};

use crate::document::{self, Document, Named};
use crate::git::Git;
use crate::workspace::{METADATA, NEARBY, Root, read_text_if_there};
use crate::written::{Written, check_version};

/// A side of a comparison, read.
pub(crate) struct Source {
    /// What it is called.
    pub(crate) name: String,
    /// Its documents: one, or one for each version.
    pub(crate) documents: Vec<Document>,
    /// Whether the documents are all versions that there are.
    pub(crate) is_whole: bool,
    /// Whether it is of a folder or a revision: there all files are called the same.
    pub(crate) is_selection: bool,
    /// The selection and the overlay that it has itself.
    written: Option<Written>,
}

impl Source {
    /// What `argument` names.
    pub(crate) fn read(root: &Root, argument: &str) -> Result<Self> {
        if argument.starts_with('-') {
            return Err(Error::new(format!(
                "`{argument}` begins with a hyphen, as no revision does; if it is a file, write ./{argument}"
            )));
        }
        if argument.trim().is_empty() {
            return Err(Error::new("a description has no name: give a file, a folder or a revision"));
        }
        if exists(argument) {
            return Self::at(root, Path::new(argument), None);
        }
        let (told, name) = match argument.split_once('=') {
            Some((version, name)) if document::is_version(version) => (Some(version), name),
            _ => (None, argument),
        };
        if exists(name) {
            return Self::at(root, Path::new(name), told);
        }
        if name.contains(',') {
            return Self::of_files(argument, name, told);
        }
        let source = Self::of_revision(root, name)?;
        match told {
            Some(version) => source.only(version),
            None => Ok(source),
        }
    }

    /// What the workspace selects, of all versions.
    pub(crate) fn workspace(root: &Root) -> Result<Self> {
        Ok(Self { name: "spec".to_owned(), ..Self::of_spec(root, &root.spec())? })
    }

    /// What the workspace selects of `version`.
    pub(crate) fn selection(root: &Root, version: &str) -> Result<Self> {
        Ok(Self { name: format!("spec/{version}"), ..Self::workspace(root)?.only(version)? })
    }

    /// Documents that were read, of a version each.
    pub(crate) fn of_documents(name: String, documents: Vec<Document>) -> Self {
        Self { name, documents, is_whole: false, is_selection: false, written: None }
    }

    /// The file at `path`, which is of `version`.
    pub(crate) fn file(path: &Path, version: &str) -> Result<Self> {
        Self::of_paths(&path.display().to_string(), &[path], Some(version))
    }

    /// The file or folder at `path`, which is there.
    fn at(root: &Root, path: &Path, told: Option<&str>) -> Result<Self> {
        if !path.is_dir() {
            return Self::of_paths(&path.display().to_string(), &[path], told);
        }
        let metadata = path.join(METADATA);
        if metadata.exists() {
            let version = told.map(str::to_owned).or_else(|| document::version_in(&whole_path(path)));
            let document = selected(version, path)?;
            let name = path.display().to_string();
            let written = written_in(root, &whole_path(path).join(".."))?;
            return Ok(Self { name, documents: vec![document], is_whole: false, is_selection: true, written });
        }
        let source = Self::of_spec(root, path)?;
        match told {
            Some(version) => source.only(version),
            None => Ok(source),
        }
    }

    /// Files that are joined by commas.
    fn of_files(name: &str, files: &str, told: Option<&str>) -> Result<Self> {
        let paths: Vec<_> = files.split(',').map(Path::new).collect();
        if let Some(missing) = paths.iter().find(|path| !path.is_file()) {
            let missing = missing.display();
            return Err(Error::new(format!(
                "`{files}`: there is no file `{missing}`; files are joined by commas alone"
            )));
        }
        Self::of_paths(name, &paths, told)
    }

    fn of_paths(name: &str, paths: &[&Path], told: Option<&str>) -> Result<Self> {
        let version = told.map(str::to_owned).or_else(|| paths.iter().find_map(|path| document::version_in(path)));
        let files = paths.iter().map(|path| document::read(path)).collect::<Result<_>>()?;
        let documents = vec![Document::new(version, files)?];
        Ok(Self { name: name.to_owned(), documents, is_whole: false, is_selection: false, written: None })
    }

    /// A folder with a folder for each version.
    fn of_spec(root: &Root, folder: &Path) -> Result<Self> {
        let cannot = |error| Error::new(format!("cannot read {}: {error}", folder.display()));
        let mut versions = Vec::new();
        for entry in fs::read_dir(folder).map_err(cannot)? {
            let path = entry.map_err(cannot)?.path();
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            if document::is_version(name) && path.join(METADATA).is_file() {
                versions.push((name.to_owned(), path));
            }
        }
        versions.sort();
        if versions.is_empty() {
            return Err(Error::new(format!(
                "{} is no selection: it has no {METADATA}, nor has a folder in it that is called as a version is (v1.0); \
                 for dated documents use --history",
                folder.display()
            )));
        }
        let documents = versions.into_iter().map(|(version, path)| selected(Some(version), &path));
        let documents = documents.collect::<Result<_>>()?;
        let name = folder.display().to_string();
        Ok(Self { name, documents, is_whole: true, is_selection: true, written: written_in(root, folder)? })
    }

    /// `spec/` of a revision.
    fn of_revision(root: &Root, name: &str) -> Result<Self> {
        let git = Git(root.path());
        let Some(commit) = git.commit(name)? else {
            return Err(Error::new(format!(
                "`{name}` is neither a file or folder nor a revision of the repository in {}",
                root.path().display()
            )));
        };
        let called = if commit.starts_with(name) { name.to_owned() } else { format!("{name} ({commit:.12})") };
        let text = |path: &str| -> Result<Option<String>> {
            let Some(bytes) = git.file(&commit, path)? else { return Ok(None) };
            let text = String::from_utf8(bytes).map_err(|_| Error::new(format!("{called}: {path} is not UTF-8")))?;
            Ok(Some(text.replace("\r\n", "\n")))
        };
        let Some(manifest) = text("./spec/pim.toml")? else {
            return Err(Error::new(format!("the revision {called} has no spec/pim.toml: nothing is selected there")));
        };
        let overlay = text("./spec/overlay.toml")?.unwrap_or_default();
        let written = Written { manifest, overlay };
        let mut documents = Vec::new();
        for version in generator(&written, &called)?.versions() {
            // What stands there is a name in a path.
            if !document::is_version(&version) {
                continue;
            }
            let file = |name: &str| -> Result<Option<Named>> {
                let path = format!("spec/{version}/{name}");
                let bytes = git.file(&commit, &format!("./{path}"))?;
                Ok(bytes.map(|bytes| Named { name: format!("{called}: {path}"), bytes }))
            };
            if let Some(metadata) = file(METADATA)? {
                documents.push(Document::new(Some(version.clone()), vec![metadata])?.beside(file(NEARBY)?));
            }
        }
        if documents.is_empty() {
            return Err(Error::new(format!("the revision {called} has no metadata of a version that it selects from")));
        }
        Ok(Self { name: called, documents, is_whole: true, is_selection: true, written: Some(written) })
    }

    /// The same with `version` alone.
    fn only(mut self, version: &str) -> Result<Self> {
        self.documents.retain(|document| document.version.as_deref() == Some(version));
        if self.documents.is_empty() {
            return Err(Error::new(format!("{} has no version {version}", self.name)));
        }
        self.is_whole = false;
        Ok(self)
    }

    /// The document of `version`: the one that is of it, or the only one if nothing tells its version.
    pub(crate) fn document(&self, version: &str) -> Option<&Document> {
        let is_of = |document: &&Document| document.version.as_deref().is_none_or(|of| of == version);
        self.documents.iter().find(is_of)
    }

    /// The versions that are told.
    pub(crate) fn versions(&self) -> Vec<&str> {
        self.documents.iter().filter_map(|document| document.version.as_deref()).collect()
    }

    /// What the selection, its own or else that of the workspace, keeps of its document of `version`.
    pub(crate) fn side(&self, root: &Root, version: &str) -> Result<Side> {
        let Some(document) = self.document(version) else {
            return Err(Error::new(format!("{} has no version {version}", self.name)));
        };
        let generator = match &self.written {
            Some(written) => generator(written, &self.name)?,
            None => Written::read(root)?.generator(Missing::Report)?,
        };
        let versions = generator.versions();
        let known = check_version(&versions, version);
        known.map_err(|error| Error::new(format!("{}: {error}", self.name)))?;
        let files = document.files();
        let made = generator.side(&document.input(version, &files));
        made.map_err(|error| said_of(&self.name, &document.files, error))
    }
}

/// The selection of a version that is in `folder`.
fn selected(version: Option<String>, folder: &Path) -> Result<Document> {
    let metadata = folder.join(METADATA);
    Ok(Document::new(version, vec![document::read(&metadata)?])?.beside(document::beside(&metadata)?))
}

/// Whether `name` is a file or folder. What cannot be looked at is there.
fn exists(name: &str) -> bool {
    fs::exists(name).unwrap_or(true)
}

/// A path whose last part is a name, also of `.` and `..`.
fn whole_path(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

/// The selection and the overlay in `folder`, if they are there and not those of the workspace.
fn written_in(root: &Root, folder: &Path) -> Result<Option<Written>> {
    if whole_path(folder) == whole_path(&root.spec()) {
        return Ok(None);
    }
    let Some(manifest) = read_text_if_there(&folder.join("pim.toml"))? else { return Ok(None) };
    let overlay = read_text_if_there(&folder.join("overlay.toml"))?.unwrap_or_default();
    Ok(Some(Written { manifest, overlay }))
}

/// The generator of a selection that is not the workspace's: what errors say of its files is said of `name`.
fn generator(written: &Written, name: &str) -> Result<Generator> {
    written.generator(Missing::Report).map_err(|error| Error::new(format!("{name}: {error}")))
}

/// The error, with the document or side that it is about, unless it says so itself.
fn said_of(name: &str, files: &[Named], error: Error) -> Error {
    let line = error.to_string();
    if files.iter().any(|file| line.starts_with(&file.name)) {
        return error;
    }
    Error::new(format!("{name}: {line}"))
}
