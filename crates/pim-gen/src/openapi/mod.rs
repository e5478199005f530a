//! Microsoft's own OpenAPI documents of Graph, as the other source of the model.

use crate::edm::Model;
use crate::{Error, File, Result};

/// Reads OpenAPI documents that together describe one version of Graph.
pub fn read(files: &[File<'_>]) -> Result<Model> {
    let _ = files;
    Err(Error::new("OpenAPI is not read yet"))
}
