//! The paths of the API and their operations.

use super::name::{member_name, module_name, type_name};
use super::operation::operations;
use super::shapes::Shapes;
use crate::ir::{Item, Node, PathParameter, Type};
use crate::select::{Resource, Segment, Surface, Target};
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
                            "{} ends with a key; this is a fault of the generator",
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
            rust: type_name(module.trim_start_matches("r#")),
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
