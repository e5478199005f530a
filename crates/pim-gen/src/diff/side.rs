//! One side of a comparison.

use std::collections::BTreeSet;

use super::nearby::{self, Nearby};
use crate::edm::Model;
use crate::ir::Api;
use crate::select::Surface;

/// What the selection keeps of one description of Graph.
#[derive(Clone, Debug, PartialEq)]
pub struct Side {
    /// The API that is generated from it.
    pub api: Api,
    /// The model, cut down to what is kept: it has what the API does not show, such as nullability and base types.
    pub model: Model,
    /// What lies beside the selection, one step away.
    pub nearby: BTreeSet<Nearby>,
}

impl Side {
    /// With what was `listed` beside the selection when it was made of a whole document.
    pub(crate) fn new(surface: &Surface<'_>, model: Model, api: Api, listed: &BTreeSet<Nearby>) -> Self {
        let mut nearby = nearby::of(surface);
        nearby.extend(nearby::come(&nearby, &model, listed));
        Self { api, model, nearby }
    }
}
