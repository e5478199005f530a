//! Generating from a `build.rs`.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use crate::{Error, Generator, Input, Result, sink};

/// Generates a client for a selection of your own, from your `build.rs`.
///
/// The crate that is built depends on `pim-client`, whose runtime the generated code uses, and includes what was
/// generated:
///
/// ```ignore
/// mod graph {
///     include!(concat!(env!("OUT_DIR"), "/graph/mod.rs"));
/// }
/// ```
#[derive(Clone, Debug, Default)]
pub struct Builder {
    metadata: Vec<(String, PathBuf)>,
    selection: Option<PathBuf>,
    overlay: Option<PathBuf>,
    folder: Option<PathBuf>,
    features: Vec<(String, String)>,
    exchange: bool,
}

impl Builder {
    /// With nothing said.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the metadata of a version of Graph: a file with the CSDL document, whole or a selection of it.
    #[must_use]
    pub fn metadata(mut self, version: &str, file: impl AsRef<Path>) -> Self {
        self.metadata.push((version.to_owned(), file.as_ref().to_owned()));
        self
    }

    /// The file that says what is kept, in the format of `spec/pim.toml`.
    #[must_use]
    pub fn selection(mut self, file: impl AsRef<Path>) -> Self {
        self.selection = Some(file.as_ref().to_owned());
        self
    }

    /// The file with facts that the metadata lacks, in the format of `spec/overlay.toml`.
    #[must_use]
    pub fn overlay(mut self, file: impl AsRef<Path>) -> Self {
        self.overlay = Some(file.as_ref().to_owned());
        self
    }

    /// The folder to write to, instead of `graph` below cargo's `OUT_DIR`. All that is in it belongs to the generator.
    #[must_use]
    pub fn out_folder(mut self, folder: impl AsRef<Path>) -> Self {
        self.folder = Some(folder.as_ref().to_owned());
        self
    }

    /// Puts the code of `version` behind the cargo feature `feature`.
    #[must_use]
    pub fn feature(mut self, version: &str, feature: &str) -> Self {
        self.features.push((version.to_owned(), feature.to_owned()));
        self
    }

    /// Also writes which types the bodies of each operation have, behind the cargo feature `exchange`.
    #[must_use]
    pub fn exchange(mut self) -> Self {
        self.exchange = true;
        self
    }

    /// Generates, and tells cargo which files the result depends on.
    pub fn compile(self) -> Result<()> {
        let selection = self.selection.as_deref().ok_or_else(|| Error::new("no selection; call Builder::selection"))?;
        if self.metadata.is_empty() {
            return Err(Error::new("no metadata; call Builder::metadata"));
        }
        let mut generator = Generator::new(&name(selection), &text(selection)?)?.exchange(self.exchange);
        if let Some(overlay) = &self.overlay {
            generator = generator.overlay(&name(overlay), &text(overlay)?)?;
        }
        for (version, feature) in &self.features {
            generator = generator.feature(version, feature);
        }
        let documents: Vec<_> = self
            .metadata
            .iter()
            .map(|(version, file)| Ok((version.as_str(), name(file), text(file)?)))
            .collect::<Result<_>>()?;
        let inputs: Vec<_> =
            documents.iter().map(|(version, name, text)| Input::csdl(version, name, text.as_bytes())).collect();
        let output = generator.generate(&inputs, &|_| {})?;
        sink::write(&output.code, &self.folder()?)?;
        for file in self.files(selection) {
            println!("cargo::rerun-if-changed={}", file.display());
        }
        Ok(())
    }

    fn files<'a>(&'a self, selection: &'a Path) -> impl Iterator<Item = &'a Path> {
        let metadata = self.metadata.iter().map(|(_, file)| file.as_path());
        metadata.chain([selection]).chain(self.overlay.as_deref())
    }

    fn folder(&self) -> Result<PathBuf> {
        if let Some(folder) = &self.folder {
            return Ok(folder.clone());
        }
        let out = env::var_os("OUT_DIR").ok_or_else(|| {
            Error::new("OUT_DIR is not set: call this from a build.rs, or say where to with Builder::out_folder")
        })?;
        Ok(PathBuf::from(out).join("graph"))
    }
}

fn text(file: &Path) -> Result<String> {
    fs::read_to_string(file).map_err(|error| Error::new(format!("cannot read {}: {error}", file.display())))
}

fn name(file: &Path) -> String {
    file.display().to_string()
}
