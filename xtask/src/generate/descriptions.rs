//! The descriptions of Graph to generate from, and what `lock.toml` is to say of them.

use std::collections::BTreeMap;
use std::path::Path;

use pim_gen::{Error, Generator, Output, Result};

use super::Arguments;
use crate::document::{Document, Form, Named, beside};
use crate::fetch::{Fetched, fetch};
use crate::lock::{Lock, Source, sha256_of_all};
use crate::workspace::{METADATA, Root, read};
use crate::written::check_version;

/// What one version is generated from.
pub(super) struct Description {
    pub(super) version: String,
    pub(super) document: Document,
    /// Its address, or the name of the file; of several the names, with commas between them.
    address: String,
    /// The day on which it was fetched, if the cache says so.
    date: Option<String>,
    /// Whether it was given, and is not the selection that the workspace has.
    given: bool,
    /// Where it was downloaded from, if somebody said so.
    told: Option<String>,
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
        let Some((form, sources)) = given.get(version.as_str()) else { return selected(workspace, version) };
        let read = |source: &&str| match form {
            Form::Csdl => fetch(version, source, progress),
            Form::OpenApi => file(source),
        };
        let fetched: Vec<_> = sources.iter().map(read).collect::<Result<_>>()?;
        let address = fetched.iter().map(|file| file.name.as_str()).collect::<Vec<_>>().join(",");
        let date = fetched.iter().find_map(|file| file.date.clone());
        let files = fetched.into_iter().map(|file| Named { name: file.place, bytes: file.bytes }).collect();
        let document = Document::in_form(*form, version, files)?;
        let nearby = nearby(&document, workspace, version)?;
        let told = arguments.address.iter().find(|(told, _)| told == version).map(|(_, address)| address.clone());
        Ok(Description {
            version: version.clone(),
            document: document.beside(nearby),
            address,
            date,
            given: true,
            told,
        })
    };
    versions.iter().map(description).collect()
}

/// The selection that the workspace has of a version.
fn selected(workspace: &Root, version: &str) -> Result<Description> {
    let path = workspace.metadata(version);
    if !path.exists() {
        return Err(Error::new(format!(
            "there is no selected metadata for {version} yet; give a full document with --metadata {version}=FILE-OR-URL"
        )));
    }
    let place = format!("spec/{version}/{METADATA}");
    let file = Named { name: place.clone(), bytes: read(&path)? };
    let document = Document::in_form(Form::Csdl, version, vec![file])?.beside(beside(&path)?);
    Ok(Description { version: version.to_owned(), document, address: place, date: None, given: false, told: None })
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
fn nearby(document: &Document, workspace: &Root, version: &str) -> Result<Option<Named>> {
    let [file] = document.files.as_slice() else { return Ok(None) };
    let own = workspace.metadata(version);
    let is_own = read(&own).is_ok_and(|own| own == file.bytes);
    beside(if is_own { &own } else { Path::new(&file.name) })
}

/// What was given for each version, in which form.
pub(super) fn given<'a>(
    arguments: &'a Arguments,
    versions: &[String],
) -> Result<BTreeMap<&'a str, (Form, Vec<&'a str>)>> {
    let csdl = arguments.metadata.iter().map(|(version, source)| (version, Form::Csdl, vec![source.as_str()]));
    let openapi = arguments.openapi.iter();
    let openapi =
        openapi.map(|(version, sources)| (version, Form::OpenApi, sources.iter().map(String::as_str).collect()));
    let mut given: BTreeMap<&str, (Form, Vec<&str>)> = BTreeMap::new();
    for (version, form, sources) in csdl.chain(openapi) {
        let option = form.option();
        let known = check_version(versions, version);
        known.map_err(|error| Error::new(format!("{option} {version}=…: {error}")))?;
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

/// What `lock.toml` is to say. A document that was selected from before keeps its entry. So does a selection, which has no
/// source but that of the document that it was selected from: the entry beside that very selection tells it.
pub(super) fn lock(descriptions: &[Description], output: &Output, workspace: &Root, target: &Root) -> Result<Lock> {
    let mut lock = Lock::default();
    for description in descriptions {
        let version = &description.version;
        let files = &description.document.files;
        let sha256 = sha256_of_all(files.iter().map(|file| file.bytes.as_slice()));
        let selected = output.spec.get(&format!("{version}/{METADATA}")).unwrap_or_default().as_bytes();
        let is_selection = !description.given || matches!(files.as_slice(), [file] if file.bytes == selected);
        let mut known = None;
        for root in [target, workspace] {
            let is_beside_it = || is_selection && read(&root.metadata(version)).is_ok_and(|beside| beside == selected);
            let entry = Lock::read(root)?.0.remove(version);
            known = known.or(entry.filter(|entry| entry.sha256 == sha256 || is_beside_it()));
        }
        let address = description.address.clone();
        let today = || chrono::Utc::now().format("%Y-%m-%d").to_string();
        let new = || Source { address, date: description.date.clone().unwrap_or_else(today), sha256 };
        let mut source = known.unwrap_or_else(new);
        if let Some(told) = &description.told {
            source.address.clone_from(told);
        }
        lock.0.insert(version.clone(), source);
    }
    Ok(lock)
}
