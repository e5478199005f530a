//! What operations and paths are about, in Graph's terms.

use super::change::Subject;
use crate::edm::{Model, QualifiedName, TypeName, TypeRef};
use crate::ir::{Node, Operation};

/// An operation at its path.
pub(super) fn operation_subject(operation: &Operation) -> Subject {
    Subject::Operation { method: operation.method.to_owned(), path: operation.path.clone() }
}

/// The function or action that an operation calls.
pub(super) fn bound_subject(operation: &Operation) -> Option<Subject> {
    let (name, on) = operation.bound.as_ref()?;
    Some(Subject::Bound { name: name.clone(), on: written(on) })
}

/// A parameter of the function or action that an operation calls.
pub(super) fn parameter_subject(operation: &Operation, name: &str) -> Option<Subject> {
    let (of, on) = operation.bound.as_ref()?;
    Some(Subject::Parameter { of: of.clone(), on: written(on), name: name.to_owned() })
}

/// A type as CSDL writes it.
pub(super) fn written(ty: &TypeRef) -> String {
    let name = match &ty.target {
        TypeName::Primitive(name) => format!("Edm.{name}"),
        TypeName::Defined(name) => name.to_string(),
    };
    if ty.collection { format!("Collection({name})") } else { name }
}

/// A place that paths lead to.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// The type that lives there.
    pub(super) ty: QualifiedName,
    /// What the last segment is: an entity set or singleton, or the property that leads there. None of a cast.
    pub(super) by: Option<Subject>,
}

/// The place that `node` is, behind a place of the type `before`; None at the root, and where the model is corrected.
pub(super) fn place(model: &Model, node: &Node, before: Option<&QualifiedName>) -> Option<Place> {
    let Some(before) = before else {
        let container = &model.container;
        let ty = container.entity_sets.get(&node.wire).or_else(|| container.singletons.get(&node.wire))?.clone();
        return Some(Place { by: Some(Subject::Path { path: node.path.clone() }), ty });
    };
    if node.wire.contains('.') {
        return Some(Place { ty: QualifiedName::new(&node.wire), by: None });
    }
    let navigation = model.navigation(before, &node.wire)?;
    let TypeName::Defined(ty) = &navigation.ty.target else { return None };
    let declared = super::items::declaring(model, before, &node.wire);
    let by = Subject::Property { ty: declared.clone(), name: node.wire.clone() };
    Some(Place { ty: ty.clone(), by: Some(by) })
}
