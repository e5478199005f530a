//! What is written by hand: the selection and the overlay.

use pim_gen::select::Missing;
use pim_gen::{Error, Generator, Result};

use crate::workspace::{Root, read_text};

/// The texts of `spec/pim.toml` and `spec/overlay.toml`.
#[derive(Clone, Debug)]
pub(crate) struct Written {
    /// The selection.
    pub(crate) manifest: String,
    /// The overlay.
    pub(crate) overlay: String,
}

impl Written {
    /// Those of a tree.
    pub(crate) fn read(root: &Root) -> Result<Self> {
        let manifest = read_text(&root.spec().join("pim.toml"))?;
        let overlay = read_text(&root.spec().join("overlay.toml"))?;
        Ok(Self { manifest, overlay })
    }

    /// The generator of the client, as `cargo xtask gen` runs it.
    pub(crate) fn generator(&self, missing: Missing) -> Result<Generator> {
        let generator = Generator::new("spec/pim.toml", &self.manifest)?.overlay("spec/overlay.toml", &self.overlay)?;
        Ok(generator.missing(missing).feature("beta", "beta").exchange(true))
    }
}

/// Fails unless `version` is one of those that are selected from.
pub(crate) fn check_version(versions: &[String], version: &str) -> Result<()> {
    if versions.iter().any(|known| known == version) {
        return Ok(());
    }
    Err(Error::new(format!("the selection has no version {version}, only {}", versions.join(" and "))))
}
