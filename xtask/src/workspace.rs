//! Where things are in the workspace.

use std::fs;
use std::path::{Path, PathBuf};

use pim_gen::{Error, Result};

/// The folders of a tree that is generated: the workspace, or a copy of its layout elsewhere.
#[derive(Clone, Debug)]
pub(crate) struct Root(PathBuf);

impl Root {
    /// The workspace itself.
    pub(crate) fn workspace() -> Self {
        let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
        Self(manifest.parent().unwrap_or(manifest).to_owned())
    }

    /// Another folder.
    pub(crate) fn other(folder: &Path) -> Self {
        Self(folder.to_owned())
    }

    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// What the client is made from.
    pub(crate) fn spec(&self) -> PathBuf {
        self.0.join("spec")
    }

    /// The generated code.
    pub(crate) fn code(&self) -> PathBuf {
        self.0.join("crates/pim-client/src/generated")
    }

    /// Where the metadata came from.
    pub(crate) fn lock(&self) -> PathBuf {
        self.spec().join("lock.toml")
    }

    /// The selected metadata of a version.
    pub(crate) fn metadata(&self, version: &str) -> PathBuf {
        self.spec().join(version).join("metadata.csdl.xml")
    }
}

/// The list of what lies beside a selection, if `metadata` is that of one: the file and its bytes.
pub(crate) fn beside(metadata: &Path) -> Result<Option<(String, Vec<u8>)>> {
    let path = metadata.with_file_name("nearby.json");
    if !metadata.ends_with("metadata.csdl.xml") || !path.exists() {
        return Ok(None);
    }
    Ok(Some((path.display().to_string(), read(&path)?)))
}

/// The bytes of a file.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).map_err(|error| Error::new(format!("cannot read {}: {error}", path.display())))
}

/// The text of a file.
pub(crate) fn read_text(path: &Path) -> Result<String> {
    fs::read_to_string(path).map_err(|error| Error::new(format!("cannot read {}: {error}", path.display())))
}

/// The text of a file, with line ends as we write them. Nothing, if there is no file.
pub(crate) fn read_text_if_there(path: &Path) -> Result<Option<String>> {
    let is_there = path.try_exists().map_err(|error| Error::new(format!("cannot read {}: {error}", path.display())))?;
    if is_there { Ok(Some(read_text(path)?.replace("\r\n", "\n"))) } else { Ok(None) }
}
