//! Lowering: from the selection to the API that is written. Names, shapes and operations are decided here, once.

mod collisions;
mod facts;
mod name;
mod operation;
mod paths;
mod recursion;
mod shapes;
mod types;

use crate::ir::Api;
use crate::select::{Missing, Surface, Unused};
use crate::spec::Overlay;
use crate::{Error, Result};

use facts::Facts;

/// Lowers a selection, with the overlay's facts. Also returns the facts that found nothing to be about.
pub fn lower(surface: &Surface<'_>, overlay: &Overlay, missing: Missing) -> Result<(Api, Vec<Unused>)> {
    let (facts, unused) = Facts::of(overlay, surface, missing)?;
    let mut shapes = shapes::shapes(surface, &facts)?;
    let root = paths::root(surface, &mut shapes)?;
    recursion::box_cycles(&mut shapes);
    let api =
        Api { version: surface.version.clone(), module: module_of(&surface.version)?, shapes: shapes.into_map(), root };
    collisions::check(&api)?;
    Ok((api, unused))
}

/// `v1.0` → `v1_0`.
pub(crate) fn module_of(version: &str) -> Result<String> {
    let module = version.replace('.', "_");
    if syn::parse_str::<syn::Ident>(&module).is_err() {
        return Err(Error::new(format!("`{version}` is no version of Graph; versions are `v1.0` and `beta`")));
    }
    Ok(module)
}
