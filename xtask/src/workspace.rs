//! Where things are in the workspace.

use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};

use pim_gen::{Error, Result};

/// The file of a selected version.
pub(crate) const METADATA: &str = "metadata.csdl.xml";

/// The list beside it of what was not selected.
pub(crate) const NEARBY: &str = "nearby.json";

/// No description of Graph is near this size.
const MOST_BYTES: u64 = 128 * 1024 * 1024;

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
        self.spec().join(version).join(METADATA)
    }
}

/// The bytes of a file, or of a pipe.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(MOST_BYTES + 1).read_to_end(&mut bytes));
    read.map_err(|error| Error::new(format!("cannot read {}: {error}", path.display())))?;
    if bytes.len() as u64 > MOST_BYTES {
        let most = MOST_BYTES >> 20;
        return Err(Error::new(format!(
            "{} has more than {most} MiB: no description of Graph is so large",
            path.display()
        )));
    }
    Ok(bytes)
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
