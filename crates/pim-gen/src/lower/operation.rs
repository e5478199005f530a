//! One operation: its request, its answer, its name.

use std::fmt::Write as _;

use super::name::{member_name, module_name, type_name};
use super::shapes::Shapes;
use super::types::edm as written;
use crate::edm::{self, OperationKind, QualifiedName, TypeRef};
use crate::ir::{Answer, Operation, PathParameter, Query, Type};
use crate::select::{Resource, Segment, SelectedOperation, Target, Verb};
use crate::spec::BodyEntry;
use crate::{Error, Result};

/// The operations of a resource that act on `target`.
pub(super) fn operations(resource: &Resource<'_>, target: Target, shapes: &mut Shapes<'_>) -> Result<Vec<Operation>> {
    let selected = resource.operations.iter().filter(|operation| operation.target == target);
    selected.map(|operation| Lowering { resource, operation }.lower(shapes)).collect()
}

/// One operation on its way.
struct Lowering<'r, 'm> {
    resource: &'r Resource<'m>,
    operation: &'r SelectedOperation<'m>,
}

impl Lowering<'_, '_> {
    fn lower(&self, shapes: &mut Shapes<'_>) -> Result<Operation> {
        let entity = shapes.read_type(&self.resource.entity);
        let page = |ty: &Type| Answer::Page(ty.clone());
        let (method, name, query, body, answer) = match self.operation.verb {
            Verb::List => ("GET", "list".to_owned(), Query::Collection, None, page(&entity)),
            Verb::Count => ("GET", "count".to_owned(), Query::Count, None, Answer::Count),
            Verb::Create => {
                let body = Type::Object { rust: shapes.create(&self.concrete(shapes)?)?, boxed: false };
                ("POST", "create".to_owned(), Query::None, Some(body), Answer::One(entity))
            }
            Verb::AddRef => {
                let body = Type::Reference(self.entity_name(&entity));
                ("POST", "add_ref".to_owned(), Query::None, Some(body), Answer::Empty(None))
            }
            Verb::Get => ("GET", "get".to_owned(), Query::Entity, None, Answer::One(entity)),
            Verb::Update => {
                let body = match self.operation.entry.body {
                    BodyEntry::Whole => shapes.whole(&self.resource.entity),
                    BodyEntry::Changes => Type::Object { rust: shapes.update(&self.concrete(shapes)?)?, boxed: false },
                };
                ("PATCH", "update".to_owned(), Query::None, Some(body), Answer::Empty(Some(entity)))
            }
            Verb::Delete => ("DELETE", "delete".to_owned(), Query::None, None, Answer::Empty(None)),
            Verb::RemoveRef => ("DELETE", "remove_ref".to_owned(), Query::None, None, Answer::Empty(None)),
            Verb::Bound(bound) => self.bound(bound, shapes)?,
        };
        let arguments = self.arguments(shapes)?;
        let entry = &self.operation.entry;
        Ok(Operation {
            id: self.id(&name),
            rust: name,
            method,
            path: self.path(&arguments),
            keys: self.keys(),
            arguments,
            query,
            body,
            answer,
            doc: entry.doc.clone(),
            page: entry.page.clone(),
            bound: match self.operation.verb {
                Verb::Bound(bound) => Some((bound.name.clone(), TypeRef { nullable: false, ..bound.binding.clone() })),
                _ => None,
            },
            delegated: entry.delegated.clone(),
            application: entry.application.clone(),
        })
    }

    fn bound(
        &self,
        bound: &edm::Operation,
        shapes: &mut Shapes<'_>,
    ) -> Result<(&'static str, String, Query, Option<Type>, Answer)> {
        let name = member_name(bound.name.name());
        let place = format!("{} on {}", bound.name, self.resource.path);
        let answer = match &bound.returns {
            None => Answer::Empty(None),
            Some(ty) if ty.collection => Answer::Page(shapes.types.of(&single(ty), &place)?),
            Some(ty) => Answer::One(shapes.types.of(ty, &place)?),
        };
        let query = match (bound.kind, &answer) {
            (OperationKind::Function, Answer::Page(Type::Object { .. } | Type::Union(_))) => Query::Collection,
            (OperationKind::Function, Answer::One(Type::Object { .. } | Type::Union(_))) => Query::Entity,
            _ => Query::None,
        };
        Ok(match bound.kind {
            OperationKind::Function => ("GET", name, query, None, answer),
            OperationKind::Action => {
                let body = shapes.parameters(bound)?.map(|rust| Type::Object { rust, boxed: false });
                ("POST", name, query, body, answer)
            }
        })
    }

    /// The parameters of a function, which stand in the path.
    fn arguments(&self, shapes: &Shapes<'_>) -> Result<Vec<PathParameter>> {
        let Verb::Bound(bound) = self.operation.verb else { return Ok(Vec::new()) };
        if bound.kind == OperationKind::Action {
            return Ok(Vec::new());
        }
        let argument = |parameter: &edm::Parameter| {
            let place = format!("{}({}) on {}", bound.name, parameter.name, self.resource.path);
            let ty = shapes.types.of(&parameter.ty, &place)?;
            let simple = matches!(ty, Type::String | Type::Enum(_) | Type::Int32 | Type::Int64 | Type::Boolean);
            if !simple {
                return Err(Error::new(format!(
                    "{place}: a parameter of type {} cannot stand in a path; leave the operation out of pim.toml",
                    written(&parameter.ty)
                )));
            }
            Ok(PathParameter { wire: parameter.name.clone(), rust: member_name(&parameter.name), ty })
        };
        bound.parameters.iter().map(argument).collect()
    }

    /// The type that a create or update body is a form of. One body cannot stand for several subtypes.
    fn concrete(&self, shapes: &Shapes<'_>) -> Result<QualifiedName> {
        let entity = &self.resource.entity;
        if shapes.types.surface.unions.contains_key(entity) {
            return Err(Error::new(format!(
                "{}: {entity} is a union, and one body cannot stand for all its subtypes; for an update, say `body = \"whole\"`",
                self.resource.path
            )));
        }
        Ok(entity.clone())
    }

    fn entity_name(&self, entity: &Type) -> String {
        match entity {
            Type::Union(rust) | Type::Object { rust, .. } => rust.clone(),
            _ => type_name(self.resource.entity.name()),
        }
    }

    fn keys(&self) -> Vec<PathParameter> {
        let mut keys: Vec<_> = self
            .resource
            .segments
            .iter()
            .filter_map(|segment| match segment {
                Segment::Key { name, entity } => Some(key(name, &type_name(entity.name()))),
                _ => None,
            })
            .collect();
        if self.has_own_key() {
            let entity = self.resource.entity.name();
            keys.push(key(&format!("{entity}-id"), &type_name(entity)));
        }
        keys
    }

    fn has_own_key(&self) -> bool {
        self.resource.collection && self.operation.target == Target::Item
    }

    fn path(&self, arguments: &[PathParameter]) -> String {
        let mut path = self.resource.path.clone();
        if self.has_own_key() {
            let _ = write!(path, "/{{{}-id}}", self.resource.entity.name());
        }
        match self.operation.verb {
            Verb::Count => path.push_str("/$count"),
            Verb::AddRef | Verb::RemoveRef => path.push_str("/$ref"),
            Verb::Bound(bound) => {
                path.push('/');
                // Operations of Graph's own namespace are called by their short names, as its documentation does.
                let is_own = bound.name.namespace() == "microsoft.graph";
                path.push_str(if is_own { bound.name.name() } else { bound.name.as_str() });
                if !arguments.is_empty() {
                    let arguments: Vec<_> = arguments.iter().map(literal).collect();
                    let _ = write!(path, "({})", arguments.join(","));
                }
            }
            _ => {}
        }
        path
    }

    /// `groups_members_list`; what is bound to one entity has `item` in its name, since the same name may be bound to the
    /// collection.
    fn id(&self, name: &str) -> String {
        let mut words: Vec<String> = self
            .resource
            .segments
            .iter()
            .filter_map(|segment| match segment {
                Segment::Name(name) => Some(module_name(name)),
                Segment::Cast(name) => Some(module_name(name.as_str())),
                Segment::Key { .. } => None,
            })
            .collect();
        if self.has_own_key() && matches!(self.operation.verb, Verb::Bound(_)) {
            words.push("item".to_owned());
        }
        words.push(name.to_owned());
        words.join("_").replace("r#", "")
    }
}

fn key(wire: &str, entity: &str) -> PathParameter {
    PathParameter { wire: wire.to_owned(), rust: member_name(wire), ty: Type::Id(entity.to_owned()) }
}

/// `on='{on}'`: strings and enumerations are quoted, numbers are not.
fn literal(argument: &PathParameter) -> String {
    let quote = if matches!(argument.ty, Type::String | Type::Enum(_)) { "'" } else { "" };
    format!("{wire}={quote}{{{wire}}}{quote}", wire = argument.wire)
}

fn single(ty: &TypeRef) -> TypeRef {
    TypeRef { collection: false, ..ty.clone() }
}
