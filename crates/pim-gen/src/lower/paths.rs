//! The paths of the API and their operations.

use heck::ToUpperCamelCase;

use super::name::{Scope, member_name, module_name, type_name};
use super::shapes::Shapes;
use crate::edm::{self, OperationKind, TypeRef};
use crate::ir::{Answer, Item, Node, Operation, PathParameter, Query, Type};
use crate::select::{Resource, Segment, SelectedOperation, Surface, Target, Verb};
use crate::spec::BodyEntry;
use crate::{Error, Result};

/// The tree of the kept paths.
pub(super) fn root(surface: &Surface<'_>, shapes: &mut Shapes<'_>) -> Result<Node> {
    let mut root = Node { rust: "Root".to_owned(), ..Node::default() };
    for resource in &surface.resources {
        let on_collection = operations(resource, Target::Collection, shapes)?;
        let on_item = operations(resource, Target::Item, shapes)?;
        let node = descend(&mut root, &resource.segments)?;
        if resource.collection {
            node.operations.extend(on_collection);
            if !on_item.is_empty() {
                item(node, resource)?.operations.extend(on_item);
            }
        } else {
            node.operations.extend(on_item);
        }
    }
    let mut ids = Scope::new(format!("the operations of {}", surface.version));
    let mut checked = Ok(());
    root.walk(&mut |operation| {
        if checked.is_ok() {
            checked = ids.take(&operation.id, &format!("{} {}", operation.method, operation.path));
        }
    });
    checked?;
    methods_collide(&root)?;
    Ok(root)
}

/// The node of a path, made where it is not there yet.
fn descend<'n>(root: &'n mut Node, segments: &[Segment]) -> Result<&'n mut Node> {
    let mut node = root;
    let mut segments = segments.iter().peekable();
    while let Some(segment) = segments.next() {
        node = match segment {
            Segment::Name(name) => child(&mut node.children, name, &node.path, &node.parameters),
            Segment::Cast(name) => child(&mut node.children, name.as_str(), &node.path, &node.parameters),
            Segment::Key { name, entity } => {
                let item = item_of(node, name, &type_name(entity.name()))?;
                let mut parameters = node.parameters.clone();
                parameters.push(item.key.clone());
                let item = node.item.insert(item);
                match segments.next() {
                    Some(Segment::Name(name)) => child(&mut item.children, name, &item.path, &parameters),
                    Some(Segment::Cast(name)) => child(&mut item.children, name.as_str(), &item.path, &parameters),
                    _ => {
                        return Err(Error::new(format!(
                            "the path {} ends with a key; name the collection and list its operations under `item`",
                            item.path
                        )));
                    }
                }
            }
        };
    }
    Ok(node)
}

fn child<'n>(children: &'n mut Vec<Node>, wire: &str, parent: &str, parameters: &[PathParameter]) -> &'n mut Node {
    let at = children.iter().position(|child| child.wire == wire).unwrap_or_else(|| {
        let module = module_name(wire);
        children.push(Node {
            wire: wire.to_owned(),
            rust: module.trim_start_matches("r#").to_upper_camel_case(),
            module,
            path: format!("{parent}/{wire}"),
            parameters: parameters.to_vec(),
            ..Node::default()
        });
        children.len() - 1
    });
    &mut children[at]
}

/// The item of a collection: the one that is there, or a new one.
fn item_of(node: &mut Node, key: &str, entity: &str) -> Result<Box<Item>> {
    if let Some(item) = node.item.take() {
        return Ok(item);
    }
    let key = PathParameter { wire: key.to_owned(), rust: member_name(key), ty: Type::Id(entity.to_owned()) };
    if node.parameters.iter().any(|parameter| parameter.rust == key.rust) {
        return Err(Error::new(format!("the path {}/{{{}}} has the same key twice", node.path, key.wire)));
    }
    Ok(Box::new(Item {
        rust: format!("{}Item", node.rust),
        path: format!("{}/{{{}}}", node.path, key.wire),
        key,
        // The entities of an entity set have an address that other entities can be bound to.
        referable: (node.path.matches('/').count() == 1).then(|| entity.to_owned()),
        operations: Vec::new(),
        children: Vec::new(),
    }))
}

fn item<'n>(node: &'n mut Node, resource: &Resource<'_>) -> Result<&'n mut Item> {
    let entity = &resource.entity;
    let item = item_of(node, &format!("{}-id", entity.name()), &type_name(entity.name()))?;
    Ok(node.item.insert(item))
}

fn operations(resource: &Resource<'_>, target: Target, shapes: &mut Shapes<'_>) -> Result<Vec<Operation>> {
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
                    BodyEntry::Whole => entity.clone(),
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
                    super::types::edm(&parameter.ty)
                )));
            }
            Ok(PathParameter { wire: parameter.name.clone(), rust: member_name(&parameter.name), ty })
        };
        bound.parameters.iter().map(argument).collect()
    }

    /// The type that a create or update body is a form of. One body cannot stand for several subtypes.
    fn concrete(&self, shapes: &Shapes<'_>) -> Result<crate::edm::QualifiedName> {
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
            path.push_str(&format!("/{{{}-id}}", self.resource.entity.name()));
        }
        match self.operation.verb {
            Verb::Count => path.push_str("/$count"),
            Verb::AddRef | Verb::RemoveRef => path.push_str("/$ref"),
            Verb::Bound(bound) => {
                path.push('/');
                path.push_str(bound.name.name());
                if !arguments.is_empty() {
                    let arguments: Vec<_> = arguments.iter().map(literal).collect();
                    path.push_str(&format!("({})", arguments.join(",")));
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

/// Operations and the ways on share the methods of a type, and the modules behind it the names of a file.
fn methods_collide(node: &Node) -> Result<()> {
    let behind = node.children.iter().chain(node.item.iter().flat_map(|item| &item.children));
    let mut modules = Scope::new(if node.path.is_empty() { "/" } else { &node.path });
    for module in ["http", "models", "runtime"] {
        modules.take(module, "a module that all files use")?;
    }
    for child in behind {
        modules.take(&child.module, &child.path)?;
    }
    let mut scope = Scope::new(if node.path.is_empty() { "/" } else { &node.path });
    for operation in &node.operations {
        scope.take(&operation.rust, &operation.path)?;
    }
    for child in &node.children {
        scope.take(&child.module, &child.path)?;
        methods_collide(child)?;
    }
    if let Some(item) = &node.item {
        scope.take("by_id", &item.path)?;
        let mut scope = Scope::new(item.path.as_str());
        for operation in &item.operations {
            scope.take(&operation.rust, &operation.path)?;
        }
        for child in &item.children {
            scope.take(&child.module, &child.path)?;
            methods_collide(child)?;
        }
    }
    Ok(())
}
