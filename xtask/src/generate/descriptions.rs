//! The descriptions of Graph to generate from, and what `lock.toml` is to say of them.

use std::collections::BTreeMap;
use std::path::Path;

use pim_gen::{Error, File, Generator, Input, Output, Result};

use super::Arguments;
use crate::fetch::{Fetched, fetch};
use crate::lock::{Lock, Source, sha256_of_all};
use crate::workspace::{Root, beside, read};

/// What one version is generated from.
pub(super) struct Description {
    version: String,
    form: Form,
    files: Vec<Fetched>,
    /// The list of what lies beside it, if it is a selection: the file and its bytes.
    nearby: Option<(String, Vec<u8>)>,
    /// Whether it was given, and is not the selection that the workspace has.
    given: bool,
    /// Where it was downloaded from, if somebody said so.
    told: Option<String>,
}

/// In which of its two forms a description is.
#[derive(Clone, Copy, PartialEq)]
enum Form {
    /// A metadata document.
    Csdl,
    /// OpenAPI documents.
    OpenApi,
}

impl Form {
    /// The argument that gives it.
    fn option(self) -> &'static str {
        match self {
            Self::Csdl => "--metadata",
            Self::OpenApi => "--openapi",
        }
    }
}

/// The descriptions to generate from: those that were given, and the workspace's own selection for the other versions.
pub(super) fn descriptions(
    arguments: &Arguments,
    generator: &Generator,
    workspace: &Root,
    progress: &dyn Fn(&str),
) -> Result<Vec<Description>> {
    let versions = generator.versions();
    let given = given(arguments, &versions)?;
    let description = |version: &String| -> Result<Description> {
        if let Some((form, sources)) = given.get(version.as_str()) {
            let read = |source: &&str| match form {
                Form::Csdl => fetch(version, source, progress),
                Form::OpenApi => file(source),
            };
            let files: Vec<_> = sources.iter().map(read).collect::<Result<_>>()?;
            let nearby = nearby(&files, workspace, version)?;
            let told = arguments.address.iter().find(|(told, _)| told == version).map(|(_, address)| address.clone());
            return Ok(Description { version: version.clone(), form: *form, files, nearby, given: true, told });
        }
        let path = workspace.metadata(version);
        if !path.exists() {
            return Err(Error::new(format!(
                "there is no selected metadata for {version} yet; give a full document with --metadata {version}=FILE-OR-URL"
            )));
        }
        let place = format!("spec/{version}/metadata.csdl.xml");
        let files = vec![Fetched { name: place.clone(), place, date: None, bytes: read(&path)? }];
        let nearby = beside(&path)?;
        Ok(Description { version: version.clone(), form: Form::Csdl, files, nearby, given: false, told: None })
    };
    versions.iter().map(description).collect()
}

/// A file of a description in OpenAPI.
fn file(source: &str) -> Result<Fetched> {
    if source.contains("://") {
        return Err(Error::new(format!(
            "{source} is an address; OpenAPI is read from files: download it, and give the file"
        )));
    }
    let path = Path::new(source);
    let name = path.file_name().map_or_else(|| source.to_owned(), |name| name.to_string_lossy().into_owned());
    Ok(Fetched { name, place: source.to_owned(), date: None, bytes: read(path)? })
}

/// The list of what lies beside a selection. The selection that the workspace has is that one wherever it was read from.
fn nearby(files: &[Fetched], workspace: &Root, version: &str) -> Result<Option<(String, Vec<u8>)>> {
    let [file] = files else { return Ok(None) };
    let own = workspace.metadata(version);
    let is_own = read(&own).is_ok_and(|own| own == file.bytes);
    beside(if is_own { &own } else { Path::new(&file.place) })
}

/// What was given for each version, in which form.
fn given<'a>(arguments: &'a Arguments, versions: &[String]) -> Result<BTreeMap<&'a str, (Form, Vec<&'a str>)>> {
    let csdl = arguments.metadata.iter().map(|(version, source)| (version, Form::Csdl, vec![source.as_str()]));
    let openapi = arguments.openapi.iter();
    let openapi =
        openapi.map(|(version, sources)| (version, Form::OpenApi, sources.iter().map(String::as_str).collect()));
    let mut given: BTreeMap<&str, (Form, Vec<&str>)> = BTreeMap::new();
    for (version, form, sources) in csdl.chain(openapi) {
        let option = form.option();
        if !versions.contains(version) {
            let known = versions.join(" and ");
            return Err(Error::new(format!(
                "{option} {version}=…: the selection has no version {version}, only {known}"
            )));
        }
        match given.insert(version, (form, sources)) {
            None => {}
            Some((Form::Csdl, _)) if form == Form::OpenApi => {
                let message = format!(
                    "--metadata {version}=… and --openapi {version}=… were both given; a version has one description"
                );
                return Err(Error::new(message));
            }
            Some(_) if form == Form::OpenApi => {
                let message = format!(
                    "--openapi {version}=… was given twice; give all files at once: --openapi {version}=FILE,FILE"
                );
                return Err(Error::new(message));
            }
            Some(_) => {
                return Err(Error::new(format!("--metadata {version}=… was given twice; a version has one document")));
            }
        }
    }
    if let Some((version, _)) = arguments.address.iter().find(|(version, _)| !given.contains_key(version.as_str())) {
        let message = format!("--address {version}=…: no document of {version} is given with --metadata or --openapi");
        return Err(Error::new(message));
    }
    Ok(given)
}

impl Description {
    /// Its files as the generator takes them.
    pub(super) fn files(&self) -> Vec<File<'_>> {
        self.files.iter().map(|file| File { name: &file.place, bytes: &file.bytes }).collect()
    }

    /// What the generator is given, which is of [`files`](Self::files).
    pub(super) fn input<'a>(&'a self, files: &'a [File<'a>]) -> Input<'a> {
        let input = match (self.form, files) {
            (Form::Csdl, [file]) => Input::csdl(&self.version, file.name, file.bytes),
            _ => Input::openapi(&self.version, files),
        };
        match &self.nearby {
            Some((name, bytes)) => input.beside(File { name, bytes }),
            None => input,
        }
    }

    /// The SHA-256 of its files, one behind the other in the order in which they were given.
    fn sha256(&self) -> String {
        sha256_of_all(self.files.iter().map(|file| file.bytes.as_slice()))
    }

    /// The day on which it was fetched, if the cache says so.
    fn date(&self) -> Option<String> {
        self.files.iter().find_map(|file| file.date.clone())
    }

    /// The names of its files, with commas between them.
    fn address(&self) -> String {
        self.files.iter().map(|file| file.name.as_str()).collect::<Vec<_>>().join(",")
    }
}

/// What `lock.toml` is to say. A document that was selected from before keeps its entry. So does a selection, which has no
/// source but that of the document that it was selected from: the entry beside that very selection tells it.
pub(super) fn lock(descriptions: &[Description], output: &Output, workspace: &Root, target: &Root) -> Result<Lock> {
    let mut lock = Lock::default();
    for description in descriptions {
        let version = &description.version;
        let sha256 = description.sha256();
        let selected = output.spec.get(&format!("{version}/metadata.csdl.xml")).unwrap_or_default().as_bytes();
        let is_selection =
            !description.given || matches!(description.files.as_slice(), [file] if file.bytes == selected);
        let mut known = None;
        for root in [target, workspace] {
            let is_beside_it = || is_selection && read(&root.metadata(version)).is_ok_and(|beside| beside == selected);
            let entry = Lock::read(root)?.0.remove(version);
            known = known.or(entry.filter(|entry| entry.sha256 == sha256 || is_beside_it()));
        }
        let address = description.address();
        let today = || chrono::Utc::now().format("%Y-%m-%d").to_string();
        let new = || Source { address, date: description.date().unwrap_or_else(today), sha256 };
        let mut source = known.unwrap_or_else(new);
        if let Some(told) = &description.told {
            source.address.clone_from(told);
        }
        lock.0.insert(version.clone(), source);
    }
    Ok(lock)
}
