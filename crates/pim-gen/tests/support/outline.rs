//! The API on few lines: what is decided about it, without the words.

use std::fmt::Write as _;

use pim_gen::ir::{Answer, Api, Item, Member, Node, Operation, PathParameter, Query, Shape, ShapeKind, Type};

/// The types of `api`, then its paths and operations.
pub(crate) fn outline(api: &Api) -> String {
    let mut text = String::new();
    for shape in api.shapes.values() {
        text.push_str(&self::shape(shape));
    }
    text.push('\n');
    node(&mut text, &api.root);
    text
}

/// A type of the API on few lines.
pub(crate) fn shape(shape: &Shape) -> String {
    let Shape { rust, graph, .. } = shape;
    let mut text = String::new();
    match &shape.kind {
        ShapeKind::Enum(variants) => {
            let _ = writeln!(text, "enum {rust} = {graph}");
            for variant in variants {
                let _ = writeln!(text, "    {} = {}", variant.rust, variant.wire);
            }
        }
        ShapeKind::Object(object) => {
            let key = if object.entity { ", has a key" } else { "" };
            let _ = writeln!(text, "{:?} {rust} = {graph}{key}", object.role);
            for member in &object.members {
                let _ = writeln!(text, "    {}", self::member(member));
            }
        }
        ShapeKind::Union(union) => {
            let key = if union.entity { ", has a key" } else { "" };
            let _ = writeln!(text, "union {rust} = {graph}{key}");
            for variant in &union.variants {
                let _ = writeln!(text, "    {}({}) = {}", variant.rust, variant.object, variant.graph);
            }
            let _ = writeln!(text, "    Unknown({})", union.unknown);
            for member in &union.common {
                let _ = writeln!(text, "    of all: {}", self::member(member));
            }
        }
    }
    text
}

/// A member on one line.
pub(crate) fn member(member: &Member) -> String {
    let Member { wire, rust, ty, required, expanded, edm, .. } = member;
    let required = if *required { ", required" } else { "" };
    let expanded = if *expanded { ", expanded" } else { "" };
    format!("{rust}: {} = {wire}: {edm}{required}{expanded}", self::ty(ty))
}

/// A type.
pub(crate) fn ty(ty: &Type) -> String {
    match ty {
        Type::Id(entity) => format!("Id<{entity}>"),
        Type::Reference(entity) => format!("Reference<{entity}>"),
        Type::Object { rust, boxed: true } => format!("Box<{rust}>"),
        Type::Object { rust, .. } | Type::Enum(rust) | Type::Union(rust) => rust.clone(),
        Type::Collection(element) => format!("[{}]", self::ty(element)),
        scalar => format!("{scalar:?}"),
    }
}

fn node(text: &mut String, node: &Node) {
    let _ = writeln!(text, "{} = {}({})", or_root(&node.path), node.rust, parameters(&node.parameters));
    operations(text, &node.operations);
    if let Some(item) = &node.item {
        self::item(text, item);
    }
    for child in &node.children {
        self::node(text, child);
    }
}

fn item(text: &mut String, item: &Item) {
    let referable = item.referable.as_ref().map_or(String::new(), |entity| format!(", has a Reference<{entity}>"));
    let _ =
        writeln!(text, "{} = {}(…, {}){referable}", item.path, item.rust, parameters(std::slice::from_ref(&item.key)));
    operations(text, &item.operations);
    for child in &item.children {
        node(text, child);
    }
}

pub(crate) fn operations(text: &mut String, operations: &[Operation]) {
    for Operation { id, rust, method, path, keys, arguments, query, body, answer, .. } in operations {
        let body = body.as_ref().map_or(String::new(), |body| format!(" {}", ty(body)));
        let query = if *query == Query::None { String::new() } else { format!("?{query:?}") };
        let answer = match answer {
            Answer::Empty(None) => "nothing".to_owned(),
            Answer::Empty(Some(one)) => format!("nothing, or a {}", ty(one)),
            Answer::One(one) => ty(one),
            Answer::Page(element) => format!("page of {}", ty(element)),
            Answer::Count => "number".to_owned(),
        };
        let _ = writeln!(text, "    {rust}: {method} {path}{query}{body} -> {answer}");
        let given: Vec<_> = keys.iter().chain(arguments).cloned().collect();
        let _ = writeln!(text, "        {id}({})", parameters(&given));
    }
}

fn parameters(parameters: &[PathParameter]) -> String {
    let each =
        parameters.iter().map(|parameter| format!("{}: {} = {}", parameter.rust, ty(&parameter.ty), parameter.wire));
    each.collect::<Vec<_>>().join(", ")
}

fn or_root(path: &str) -> &str {
    if path.is_empty() { "/" } else { path }
}
