//! The items of the modules `models` and `fields`.

use super::{Item, List, Sort, form, mentions, property_subject, type_subject};
use crate::diff::change::Subject;
use crate::diff::operations::{bound_subject, parameter_subject};
use crate::emit::{argument_text, field_text, model_module, type_text};
use crate::ir::{Member, Object, Role, Shape, ShapeKind, Type, Union};

impl List<'_> {
    pub(super) fn models(&mut self) {
        for shape in self.side.api.shapes.values() {
            let belonging = self.belonging(shape);
            let path = format!("{}::models::{}", self.root, shape.rust);
            self.add(Sort::Type, path.clone(), Item { signature: form(&shape.kind).to_owned(), ..belonging.clone() });
            match &shape.kind {
                ShapeKind::Enum(variants) => {
                    for variant in variants {
                        let cause = Subject::Member { ty: shape.graph.clone(), name: variant.wire.clone() };
                        let item = Item { causes: vec![cause], ways: belonging.causes.clone(), ..belonging.clone() };
                        self.add(Sort::Part, format!("{path}::{}", variant.rust), item);
                    }
                    self.add(Sort::Part, format!("{path}::Unrecognized"), belonging);
                }
                ShapeKind::Union(union) => self.union(shape, union, &path, &belonging),
                ShapeKind::Object(object) => self.object(shape, object, &path, &belonging),
            }
        }
    }

    /// What every item of a type is there for.
    fn belonging(&self, shape: &Shape) -> Item {
        let is_body = matches!(&shape.kind, ShapeKind::Object(object) if object.role.is_body());
        let ty = type_subject(&shape.graph);
        let senders = self
            .side
            .api
            .operations()
            .into_iter()
            .filter(|operation| matches!(&operation.body, Some(Type::Object { rust, .. }) if *rust == shape.rust));
        let (mut owner, mut ways) = (Vec::new(), Vec::new());
        for sender in senders.filter(|_| is_body) {
            owner.push(Subject::Operation { method: sender.method.to_owned(), path: sender.path.clone() });
            ways.extend(bound_subject(sender));
        }
        if !is_body {
            owner.push(ty.clone());
        }
        let chain = self.side.model.chain(&shape.graph).map(|ty| type_subject(&ty.name));
        let mut all: Vec<_> = std::iter::once(ty).chain(chain).collect();
        ways.append(&mut all);
        let causes = if is_body { Vec::new() } else { owner.clone() };
        Item { shape: Some(shape.rust.clone()), owner, causes, ways, in_body: is_body, ..Item::default() }
    }

    fn union(&mut self, shape: &Shape, union: &Union, path: &str, belonging: &Item) {
        if union.entity {
            self.add(Sort::Type, format!("{path}Id"), belonging.clone());
        }
        let told_apart = |variant: &crate::ir::UnionVariant| Subject::Subtype {
            base: shape.graph.clone(),
            name: variant.graph.clone(),
        };
        for variant in &union.variants {
            let ways = std::iter::once(type_subject(&variant.graph)).chain(belonging.causes.clone());
            let item = Item {
                signature: format!("Box<{}>", variant.object),
                causes: vec![told_apart(variant)],
                ways: ways.collect(),
                ..belonging.clone()
            };
            self.add(Sort::Part, format!("{path}::{}", variant.rust), item);
        }
        self.add(Sort::Part, format!("{path}::Unknown"), belonging.clone());
        for member in &union.common {
            let ty = match &member.ty {
                Type::Id(_) => "str".to_owned(),
                other => type_text(other, ""),
            };
            // Which of their members all have depends on who they are.
            let variants =
                union.variants.iter().flat_map(|variant| [told_apart(variant), type_subject(&variant.graph)]);
            let item = self.member(shape, member, format!("Option<&{ty}>"), belonging);
            let ways = item.ways.iter().cloned().chain(variants).collect();
            self.add(Sort::Value, format!("{path}::{}", member.rust), Item { ways, ..item });
        }
    }

    fn object(&mut self, shape: &Shape, object: &Object, path: &str, belonging: &Item) {
        if object.entity {
            self.add(Sort::Type, format!("{path}Id"), belonging.clone());
        }
        self.add(Sort::Part, format!("{path}::additional_data"), belonging.clone());
        let holder = if object.role.is_body() { "Property" } else { "Option" };
        for member in &object.members {
            let item = self.member(shape, member, format!("{holder}<{}>", type_text(&member.ty, "")), belonging);
            self.add(Sort::Part, format!("{path}::{}", member.rust), item);
        }
        if object.is_made() {
            self.constructors(shape, object, path, belonging);
        }
        if let Some(of) = object.fields_of() {
            let module = format!("{}::fields::{}", self.root, model_module(of));
            self.add(Sort::Module, module.clone(), belonging.clone());
            for member in &object.members {
                let item = self.member(shape, member, format!("Field<{of}, {}>", field_text(member)), belonging);
                self.add(Sort::Value, format!("{module}::{}", member.rust), item);
            }
        }
    }

    fn constructors(&mut self, shape: &Shape, object: &Object, path: &str, belonging: &Item) {
        let required: Vec<_> = object.members.iter().filter(|member| member.required).collect();
        let arguments: Vec<_> =
            required.iter().map(|member| format!("{}: {}", member.rust, argument_text(&member.ty))).collect();
        let needed = required.iter().map(|member| self.subject(shape, member));
        let item = Item {
            signature: arguments.join(", "),
            causes: belonging.causes.iter().cloned().chain(needed).collect(),
            ..belonging.clone()
        };
        self.add(Sort::Value, format!("{path}::new"), item);
        for member in object.members.iter().filter(|member| !member.required) {
            let item = self.member(shape, member, type_text(&member.ty, ""), belonging);
            self.add(Sort::Value, format!("{path}::{}", member.rust), item);
        }
    }

    /// An item that is there for a member.
    fn member(&self, shape: &Shape, member: &Member, signature: String, belonging: &Item) -> Item {
        let model = &self.side.model;
        let mut ways = Vec::new();
        // `principalId` is the key of what `principal` leads to.
        let relation = member.wire.strip_suffix("Id").map(|relation| property_subject(model, &shape.graph, relation));
        ways.extend(relation);
        ways.extend(belonging.ways.iter().cloned());
        ways.extend(mentions(&self.side.api, &member.ty));
        Item { signature, causes: vec![self.subject(shape, member)], ways, ..belonging.clone() }
    }

    /// What a member of an object stands for.
    fn subject(&self, shape: &Shape, member: &Member) -> Subject {
        let parameter = match &shape.kind {
            ShapeKind::Object(object) if object.role == Role::Parameters => {
                let operations = self.side.api.operations();
                let sender = operations.into_iter().find(
                    |operation| matches!(&operation.body, Some(Type::Object { rust, .. }) if *rust == shape.rust),
                );
                sender.and_then(|sender| parameter_subject(sender, &member.wire))
            }
            _ => None,
        };
        parameter.unwrap_or_else(|| property_subject(&self.side.model, &shape.graph, &member.wire))
    }
}
