//! Documents: their bytes, what they are, and what their names tell.

use std::path::Path;

use chrono::NaiveDate;
use pim_gen::{Error, File, Input, Result};

use crate::workspace::{self, METADATA, NEARBY};

/// How much of a document is looked at to tell what it is.
const LOOKED_AT: usize = 64 * 1024;

/// A description of one version of Graph.
pub(crate) struct Document {
    /// The version, if somebody said so or its name tells it.
    pub(crate) version: Option<String>,
    /// Its files. One, if it is metadata.
    pub(crate) files: Vec<Named>,
    /// What lies beside it, if it is a selection that has a list of that.
    nearby: Option<Named>,
    form: Form,
}

/// A file.
pub(crate) struct Named {
    /// What errors call it.
    pub(crate) name: String,
    /// Its bytes.
    pub(crate) bytes: Vec<u8>,
}

impl Named {
    /// As pim-gen takes it.
    fn file(&self) -> File<'_> {
        File { name: &self.name, bytes: &self.bytes }
    }
}

/// In which of its two forms a description is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// A metadata document.
    Csdl,
    /// OpenAPI documents.
    OpenApi,
}

impl Form {
    /// What it is called.
    const fn name(self) -> &'static str {
        match self {
            Self::Csdl => "CSDL metadata",
            Self::OpenApi => "OpenAPI",
        }
    }

    /// The argument of `cargo xtask gen` that gives it.
    pub(crate) const fn option(self) -> &'static str {
        match self {
            Self::Csdl => "--metadata",
            Self::OpenApi => "--openapi",
        }
    }
}

impl Document {
    /// The document that `files` are, by their content.
    pub(crate) fn new(version: Option<String>, files: Vec<Named>) -> Result<Self> {
        let mut form = Form::Csdl;
        for file in &files {
            form = form_of(file)?;
            if form == Form::Csdl && files.len() > 1 {
                return Err(Error::new(format!(
                    "{} is CSDL metadata, which is one file; only OpenAPI is given as several, joined by commas",
                    file.name
                )));
            }
        }
        Ok(Self { version, files, nearby: None, form })
    }

    /// The document that `files` are said to be: of `version`, in `form`. What is plainly in the other form is refused.
    pub(crate) fn in_form(form: Form, version: &str, files: Vec<Named>) -> Result<Self> {
        for file in &files {
            // What is in neither is refused where it is read, with the place.
            if let Some(other) = form_of(file).ok().filter(|other| *other != form) {
                return Err(Error::new(format!(
                    "{} is {}, not {}; cargo xtask gen takes it with {}",
                    file.name,
                    other.name(),
                    form.name(),
                    other.option()
                )));
            }
        }
        Ok(Self { version: Some(version.to_owned()), files, nearby: None, form })
    }

    /// With a list of what lies beside it, if there is one.
    pub(crate) fn beside(self, nearby: Option<Named>) -> Self {
        Self { nearby, ..self }
    }

    /// Its files, as pim-gen takes them.
    pub(crate) fn files(&self) -> Vec<File<'_>> {
        self.files.iter().map(Named::file).collect()
    }

    /// What pim-gen is given of it, as a description of `version`; `files` are its [`files`](Self::files).
    pub(crate) fn input<'a>(&'a self, version: &'a str, files: &'a [File<'a>]) -> Input<'a> {
        let input = match (self.form, files) {
            (Form::Csdl, [file]) => Input::csdl(version, file.name, file.bytes),
            _ => Input::openapi(version, files),
        };
        match &self.nearby {
            Some(nearby) => input.beside(nearby.file()),
            None => input,
        }
    }
}

/// Reads a file, or a pipe.
pub(crate) fn read(path: &Path) -> Result<Named> {
    Ok(Named { name: path.display().to_string(), bytes: workspace::read(path)? })
}

/// The list of what lies beside the selection whose metadata is at `metadata`. None, if that is no selection.
pub(crate) fn beside(metadata: &Path) -> Result<Option<Named>> {
    let list = metadata.with_file_name(NEARBY);
    if !metadata.ends_with(METADATA) || !list.exists() {
        return Ok(None);
    }
    read(&list).map(Some)
}

/// What a file is, by its content: XML begins with `<`, also in UTF-16; OpenAPI says that it is.
fn form_of(file: &Named) -> Result<Form> {
    let Named { name, bytes } = file;
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Ok(Form::Csdl);
    }
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(LOOKED_AT)]);
    let start = start.trim_start_matches('\u{feff}').trim_start();
    if start.is_empty() {
        return Err(Error::new(format!("{name} is empty; give CSDL metadata or OpenAPI")));
    }
    if start.starts_with('<') {
        return Ok(Form::Csdl);
    }
    let says_so = |line: &str| line.starts_with("openapi:") || line.starts_with("\"openapi\":");
    if start.starts_with('{') && start.contains("\"openapi\"") || start.lines().any(says_so) {
        return Ok(Form::OpenApi);
    }
    Err(Error::new(format!(
        "{name} is no description of Graph: neither CSDL metadata, which is XML, nor OpenAPI, which begins with \
         `openapi:`"
    )))
}

/// The version of Graph that a path tells: its file name begins with it, or a folder around it is called so.
pub(crate) fn version_in(path: &Path) -> Option<String> {
    let name = path.file_name()?.to_str()?;
    let folder = || path.parent()?.file_name()?.to_str().filter(|folder| is_version(folder));
    version_at_start(name).or_else(folder).map(str::to_owned)
}

/// The version that `name` begins with.
pub(crate) fn version_at_start(name: &str) -> Option<&str> {
    let end = name.find(|character: char| !character.is_ascii_alphanumeric() && character != '.').unwrap_or(name.len());
    let word = &name[..end];
    // `v1.0.csdl.xml`: what follows the number is the file's kind.
    let ends = word.match_indices('.').map(|(at, _)| at).chain([word.len()]);
    ends.map(|at| &word[..at]).rfind(|start| is_version(start))
}

/// Whether `text` is the name of a version: `beta`, or `v1.0` and its like.
pub(crate) fn is_version(text: &str) -> bool {
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let numbers = text.strip_prefix('v').and_then(|numbers| numbers.split_once('.'));
    text == "beta" || numbers.is_some_and(|(major, minor)| is_number(major) && is_number(minor))
}

/// The date in a file's name: `v1.0-2024-09-17.csdl.xml`.
pub(crate) fn date_in(name: &str) -> Option<&str> {
    const LENGTH: usize = "2024-09-17".len();
    let is_digit = |at: usize| name.as_bytes().get(at).is_some_and(u8::is_ascii_digit);
    (0..name.len()).find_map(|at| {
        let is_part_of_more = (at > 0 && is_digit(at - 1)) || is_digit(at + LENGTH);
        let date = name.get(at..at + LENGTH).filter(|_| !is_part_of_more)?;
        let is_plain = date.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
        (is_plain && NaiveDate::parse_from_str(date, "%Y-%m-%d").is_ok()).then_some(date)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(bytes: &[u8]) -> Option<Form> {
        form_of(&Named { name: "a".to_owned(), bytes: bytes.to_owned() }).ok()
    }

    #[test]
    fn a_document_is_told_by_what_is_in_it() {
        for xml in [&b"<edmx:Edmx/>"[..], b"\xef\xbb\xbf\n<?xml version='1.0'?>", b"\xff\xfe<\0", b"\xfe\xff\0<"] {
            assert!(form(xml) == Some(Form::Csdl), "{xml:?}");
        }
        for openapi in
            ["openapi: 3.0.1\n", "# A slice.\nopenapi: 3.0.1\n", "{\n \"openapi\": \"3.0.0\"}", "{\"openapi\":1}"]
        {
            assert!(form(openapi.as_bytes()) == Some(Form::OpenApi), "{openapi}");
        }
        for neither in [&b""[..], b" ", b"{}", b"swagger: 2.0", b"PK\x03\x04", b"info:\n  openapi: 3.0.1"] {
            assert!(form(neither).is_none(), "{neither:?}");
        }
    }

    #[test]
    fn a_version_is_beta_or_two_numbers() {
        assert!(["beta", "v1.0", "v12.34"].into_iter().all(is_version));
        assert!(!["", "v1", "1.0", "v1.", "v.0", "v1.0.0", "betas", "V1.0"].into_iter().any(is_version));
    }

    #[test]
    fn a_version_is_read_from_a_file_or_its_folder() {
        let version = |path: &str| version_in(Path::new(path));
        for path in
            ["v1.0.csdl.xml", "v1.0-2024-09-17.csdl.xml", "x/v1.0-china.xml", "spec/v1.0", "v1.0/metadata.csdl.xml"]
        {
            assert_eq!(version(path).as_deref(), Some("v1.0"), "{path}");
        }
        assert_eq!(version("beta-2022-05-policies.yml").as_deref(), Some("beta"));
        for path in ["metadata.xml", "betamax.xml", "old-v1.0.xml", "v1.xml", "/"] {
            assert_eq!(version(path), None, "{path}");
        }
    }

    #[test]
    fn a_date_is_one_that_there_is() {
        assert_eq!(date_in("v1.0-2024-09-17.csdl.xml"), Some("2024-09-17"));
        for name in
            ["v1.0-2024-09-31.xml", "v1.0-2024-13-01.xml", "v1.0-12024-09-17.xml", "v1.0-2024-09-171.xml", "2024-9-17"]
        {
            assert_eq!(date_in(name), None, "{name}");
        }
        assert_eq!(date_in("é2024-09-17é"), Some("2024-09-17"));
    }
}
