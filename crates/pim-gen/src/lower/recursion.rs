//! Objects that could contain themselves are boxed where they do.

use std::collections::{BTreeMap, BTreeSet};

use super::shapes::Shapes;
use crate::ir::{Shape, ShapeKind, Type};

/// Boxes every member whose type leads back to the object that it is a member of. Collections and unions are on the heap
/// anyway.
pub(super) fn box_cycles(shapes: &mut Shapes<'_>) {
    let shapes = shapes.shapes_mut();
    let edges: BTreeMap<String, BTreeSet<String>> =
        shapes.iter().map(|(name, shape)| (name.clone(), direct(shape))).collect();
    for (name, shape) in shapes {
        let ShapeKind::Object(object) = &mut shape.kind else { continue };
        for member in &mut object.members {
            if let Type::Object { rust, boxed } = &mut member.ty {
                *boxed = reaches(&edges, rust, name);
            }
        }
    }
}

/// The objects that an object contains without indirection.
fn direct(shape: &Shape) -> BTreeSet<String> {
    let ShapeKind::Object(object) = &shape.kind else { return BTreeSet::new() };
    let contained = object.members.iter().filter_map(|member| match &member.ty {
        Type::Object { rust, .. } => Some(rust.clone()),
        _ => None,
    });
    contained.collect()
}

fn reaches(edges: &BTreeMap<String, BTreeSet<String>>, from: &str, to: &str) -> bool {
    let mut seen = BTreeSet::new();
    let mut waiting = vec![from];
    while let Some(here) = waiting.pop() {
        if here == to {
            return true;
        }
        if seen.insert(here) {
            waiting.extend(edges.get(here).into_iter().flatten().map(String::as_str));
        }
    }
    false
}
