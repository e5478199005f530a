//! What lies beside the selection, one step away.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::edm::QualifiedName;
use crate::select::Surface;

/// Something that the description has, one step from what is kept, and that is not selected.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
#[non_exhaustive]
pub enum Nearby {
    /// A path behind a path that is kept, or behind a type that one leads through.
    Path {
        /// The path, `/roleManagement/directory/roleAssignmentApprovals`.
        path: String,
        /// The type of what lives there.
        ty: QualifiedName,
    },
    /// A subtype of a type that is kept.
    Subtype {
        /// The type that is kept.
        base: QualifiedName,
        /// Its subtype.
        name: QualifiedName,
    },
}

/// What lies beside `surface`.
pub(super) fn of(surface: &Surface<'_>) -> BTreeSet<Nearby> {
    let _ = surface;
    BTreeSet::new()
}
