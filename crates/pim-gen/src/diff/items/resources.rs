//! The items of the modules `resources` and `operations`.

use super::{Item, List, Sort, mentions, type_subject};
use crate::diff::change::Subject;
use crate::diff::operations::{bound_subject, operation_subject, parameter_subject, place};
use crate::edm::QualifiedName;
use crate::emit::{operation_constant, rust_type};
use crate::ir::{Answer, Node, Operation, PathParameter, Query, Type};

/// A node on the way down.
struct Here<'n> {
    node: &'n Node,
    /// Its module, `pim_client::v1_0::resources::groups`.
    module: String,
    /// What lives there, if that is known.
    ty: Option<QualifiedName>,
    /// What led there, the nearest first.
    ways: Vec<Subject>,
}

impl List<'_> {
    pub(super) fn resources(&mut self) {
        let root = &self.side.api.root;
        let path = format!("{}::{}", self.root, root.rust);
        self.add(Sort::Type, path.clone(), Item { signature: "struct".to_owned(), ..Item::default() });
        self.add(Sort::Value, format!("{path}::new"), Item::default());
        let module = format!("{}::resources", self.root);
        for child in &root.children {
            self.child(child, &path, &module, None, &[]);
        }
    }

    /// A node, and the method of `parent` that leads to it.
    fn child(&mut self, node: &Node, parent: &str, modules: &str, before: Option<&QualifiedName>, ways: &[Subject]) {
        let place = place(&self.side.model, node, before);
        let by = place.as_ref().and_then(|place| place.by.clone());
        let here = Here {
            node,
            module: format!("{modules}::{}", node.module),
            ways: by.into_iter().chain(ways.iter().cloned()).collect(),
            ty: place.map(|place| place.ty),
        };
        let item = here.item();
        self.add(Sort::Value, format!("{parent}::{}", node.module), item.clone());
        self.add(Sort::Module, here.module.clone(), item.clone());
        let path = format!("{}::{}", here.module, node.rust);
        self.add(Sort::Type, path.clone(), Item { signature: "struct".to_owned(), ..item.clone() });
        self.resource(&here, &path, &node.operations, &node.children);
        if let Some(entity) = &node.item {
            let by_id = Item {
                signature: rust_type(&entity.key.ty),
                ways: item.ways.iter().cloned().chain(mentions(&self.side.api, &entity.key.ty)).collect(),
                ..item.clone()
            };
            self.add(Sort::Value, format!("{path}::by_id"), by_id);
            let path = format!("{}::{}", here.module, entity.rust);
            self.add(Sort::Type, path.clone(), Item { signature: "struct".to_owned(), ..item.clone() });
            if let Some(referable) = &entity.referable {
                self.add(Sort::Value, format!("{path}::reference"), Item { signature: referable.clone(), ..item });
            }
            self.resource(&here, &path, &entity.operations, &entity.children);
        }
    }

    /// The methods of a type of the façade.
    fn resource(&mut self, here: &Here<'_>, path: &str, operations: &[Operation], children: &[Node]) {
        for child in children {
            self.child(child, path, &here.module, here.ty.as_ref(), &here.ways);
        }
        for operation in operations {
            let item = self.operation(here, operation);
            self.add(Sort::Value, format!("{path}::{}", operation.rust), item.clone());
            let table = format!("{}::operations::{}", self.root, operation_constant(operation));
            self.add(Sort::Value, table, Item { signature: String::new(), ..item });
        }
    }

    fn operation(&self, here: &Here<'_>, operation: &Operation) -> Item {
        let api = &self.side.api;
        let parameters = operation.arguments.iter().map(|argument| argument.wire.as_str());
        let in_body = operation.body.as_ref().and_then(|body| match body {
            Type::Object { rust, .. } => api.shapes.get(rust),
            _ => None,
        });
        let in_body = in_body.into_iter().flat_map(|shape| match &shape.kind {
            crate::ir::ShapeKind::Object(object) => object.members.iter().map(|member| member.wire.as_str()).collect(),
            _ => Vec::new(),
        });
        let parameters = parameters.chain(in_body).filter_map(|name| parameter_subject(operation, name));
        let answer = match &operation.answer {
            Answer::Empty(_) | Answer::Count => None,
            Answer::One(ty) | Answer::Page(ty) => mentions(api, ty),
        };
        let body = operation.body.as_ref().and_then(|body| mentions(api, body));
        let mut ways: Vec<_> = bound_subject(operation).into_iter().chain(parameters).collect();
        ways.extend(here.ways.iter().cloned());
        ways.extend(body.into_iter().chain(answer));
        ways.extend(here.ty.as_ref().map(type_subject));
        let about = bound_subject(operation).into_iter().collect();
        Item {
            signature: signature(operation),
            causes: vec![operation_subject(operation)],
            ways,
            about,
            ..Item::default()
        }
    }
}

impl Here<'_> {
    /// An item that is there because anything is there, here or behind.
    fn item(&self) -> Item {
        let mut ways = Vec::new();
        self.node.walk(&mut |operation| ways.push(operation_subject(operation)));
        ways.extend(self.ways.iter().cloned());
        ways.extend(self.ty.as_ref().map(type_subject));
        let path = Subject::Path { path: self.node.path.clone() };
        let about = std::iter::once(path).chain(self.ways.first().cloned()).collect();
        Item { ways, about, ..Item::default() }
    }
}

/// What a method takes and gives.
fn signature(operation: &Operation) -> String {
    let argument = |argument: &PathParameter| match &argument.ty {
        Type::Boolean | Type::Int32 | Type::Int64 => rust_type(&argument.ty),
        other => format!("impl Into<{}>", rust_type(other)),
    };
    let body = operation.body.as_ref().map(|body| match body {
        Type::Reference(entity) => format!("&Reference<models::{entity}>"),
        other => format!("&{}", rust_type(other)),
    });
    let arguments: Vec<_> = operation.arguments.iter().map(argument).chain(body).collect();
    let gives = match (operation.query, &operation.answer) {
        (Query::Collection, Answer::Page(ty)) => format!("List<{}>", rust_type(ty)),
        (Query::Entity, Answer::One(ty)) => format!("Get<{}>", rust_type(ty)),
        (Query::Count, _) => "Count".to_owned(),
        (_, Answer::Empty(_)) => "Call<()>".to_owned(),
        (_, Answer::One(ty)) => format!("Call<{}>", rust_type(ty)),
        (_, Answer::Page(ty)) => format!("Call<Page<{}>>", rust_type(ty)),
        (_, Answer::Count) => "Call<i64>".to_owned(),
    };
    format!("({}) -> {gives}", arguments.join(", "))
}
