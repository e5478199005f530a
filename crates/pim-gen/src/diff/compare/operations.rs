//! What changed of paths and of what can be done there.

use std::collections::BTreeSet;

use super::{Comparison, yes};
use crate::diff::change::{Aspect, Subject, Wire};
use crate::diff::operations::{bound_subject, operation_subject, parameter_subject, written};
use crate::edm::{
    Model, Operation as Bound, OperationKind, Parameter, QualifiedName, StructuredKind, TypeName, TypeRef, Unsaid,
};
use crate::ir::{Answer, Operation, ShapeKind, Type};

impl Comparison<'_> {
    pub(super) fn operations(&mut self) {
        let (old, new) = (self.old.operations.clone(), self.new.operations.clone());
        let mut told = BTreeSet::new();
        for (id, was) in &old {
            match new.get(id) {
                None => self.removed(operation_subject(was), Wire::Refused),
                Some(is) => self.operation(was, is, &mut told),
            }
        }
        for (_, is) in new.iter().filter(|(id, _)| !old.contains_key(*id)) {
            self.added(operation_subject(is), Wire::Unaffected);
        }
        self.roots();
    }

    /// An operation that both sides have.
    fn operation(&mut self, was: &Operation, is: &Operation, told: &mut BTreeSet<Subject>) {
        let permissions = |operation: &Operation| {
            let list = |names: &[String]| if names.is_empty() { "none".to_owned() } else { names.join(" and ") };
            format!("delegated {}, application {}", list(&operation.delegated), list(&operation.application))
        };
        if permissions(was) != permissions(is) {
            let (from, to) = (permissions(was), permissions(is));
            self.changed(operation_subject(was), Aspect::Permissions, from, to, Wire::Unaffected);
        }
        let (Some((_, on)), Some((_, now_on))) = (&was.bound, &is.bound) else { return };
        if !self.same(on, now_on) {
            self.changed(operation_subject(was), Aspect::Declared, written(on), written(now_on), Wire::Unaffected);
        }
        // Wherever it is called, it changes once.
        let Some(subject) = bound_subject(was).filter(|subject| told.insert(subject.clone())) else { return };
        let old = bound(&self.old.side.model, was).cloned();
        let new = bound(&self.new.side.model, is).cloned();
        if let (Some(old), Some(new)) = (old, new) {
            self.bound(subject, (was, &old), (is, &new));
        }
    }

    fn bound(&mut self, subject: Subject, (was, old): (&Operation, &Bound), (is, new): (&Operation, &Bound)) {
        let kind = |kind: OperationKind| match kind {
            OperationKind::Action => "action",
            OperationKind::Function => "function",
        };
        if old.kind != new.kind {
            self.changed(subject.clone(), Aspect::Kind, kind(old.kind), kind(new.kind), Wire::Refused);
        }
        let gives = |ty: &Option<TypeRef>| ty.as_ref().map_or_else(|| "nothing".to_owned(), written);
        let same = match (&old.returns, &new.returns) {
            (Some(old), Some(new)) => self.same(old, new),
            (old, new) => old.is_none() && new.is_none(),
        };
        if !same {
            let wire = self.answered(&was.answer, &is.answer);
            self.changed(subject.clone(), Aspect::Response, gives(&old.returns), gives(&new.returns), wire);
        }
        if let (Some(old), Some(new)) = (&old.returns, &new.returns)
            && self.is_null_otherwise(old, new)
            && !(old.collection && new.collection && !self.is_said(Unsaid::NullAmongReturned))
        {
            // Of a collection it is said of what is in it, but not of entities; for a single value there may be no answer.
            let is_entity = |ty: &TypeRef| match &ty.target {
                TypeName::Defined(name) => {
                    let ty = self.new.side.model.structured.get(name);
                    ty.is_some_and(|ty| ty.kind == StructuredKind::Entity)
                }
                TypeName::Primitive(_) => false,
            };
            let is_read = match was.answer {
                Answer::Empty(_) => false,
                _ => !new.collection || !is_entity(new),
            };
            let wire = if new.nullable && is_read { Wire::Undecodable } else { Wire::Unaffected };
            self.changed(subject, Aspect::Nullable, yes(old.nullable), yes(new.nullable), wire);
        }
        self.parameters((was, old), (is, new));
    }

    fn answered(&self, was: &Answer, is: &Answer) -> Wire {
        let reads = match (was, is) {
            (Answer::Empty(_), Answer::Empty(_)) => true,
            (Answer::Empty(_), _) => return Wire::Extended,
            (Answer::One(was), Answer::One(is)) | (Answer::Page(was), Answer::Page(is)) => self.wire().reads(was, is),
            (was, is) => was == is,
        };
        if reads { Wire::Unaffected } else { Wire::Undecodable }
    }

    fn parameters(&mut self, (was, old): (&Operation, &Bound), (is, new): (&Operation, &Bound)) {
        // Those of a function stand in the path, where each of them is needed.
        let is_needed =
            |bound: &Bound, parameter: &Parameter| bound.kind == OperationKind::Function || !parameter.ty.nullable;
        let subject = |name: &str| parameter_subject(was, name);
        for parameter in &old.parameters {
            let Some(subject) = subject(&parameter.name) else { continue };
            let Some(other) = new.parameters.iter().find(|other| other.name == parameter.name) else {
                self.removed(subject, Wire::Refused);
                continue;
            };
            if !self.same(&parameter.ty, &other.ty) {
                let types =
                    sent(&self.old.side.api, was, &parameter.name).zip(sent(&self.new.side.api, is, &other.name));
                let taken = types.is_none_or(|(was, is)| self.wire().takes(is, was));
                let wire = if taken { Wire::Unaffected } else { Wire::Refused };
                self.changed(subject.clone(), Aspect::Type, written(&parameter.ty), written(&other.ty), wire);
            }
            if self.is_null_otherwise(&parameter.ty, &other.ty) {
                let wire = if !other.ty.nullable && new.kind == OperationKind::Action {
                    Wire::Refused
                } else {
                    Wire::Unaffected
                };
                self.changed(subject, Aspect::Nullable, yes(parameter.ty.nullable), yes(other.ty.nullable), wire);
            }
        }
        for parameter in new.parameters.iter().filter(|new| !old.parameters.iter().any(|old| old.name == new.name)) {
            let Some(subject) = subject(&parameter.name) else { continue };
            let wire = if is_needed(new, parameter) { Wire::Refused } else { Wire::Extended };
            self.added(subject, wire);
        }
    }

    /// Entity sets and singletons that both sides have.
    fn roots(&mut self) {
        let root = |model: &Model, name: &str| -> Option<(QualifiedName, bool)> {
            let container = &model.container;
            let set = container.entity_sets.get(name).map(|ty| (ty.clone(), true));
            set.or_else(|| container.singletons.get(name).map(|ty| (ty.clone(), false)))
        };
        let (old, new) = (&self.old.side.model, &self.new.side.model);
        let names = old.container.entity_sets.keys().chain(old.container.singletons.keys());
        for name in names.cloned().collect::<Vec<_>>() {
            let (Some((was, was_set)), Some((is, is_set))) = (root(old, &name), root(new, &name)) else { continue };
            let subject = Subject::Path { path: format!("/{name}") };
            if *self.now(&was) != is {
                let types = self.old.read_type(&was).zip(self.new.read_type(&is));
                let reads = types.is_none_or(|(was, is)| self.wire().reads(&was, &is));
                let wire = if reads { Wire::Unaffected } else { Wire::Undecodable };
                self.changed(subject.clone(), Aspect::Type, was.as_str(), is.as_str(), wire);
            }
            let kind = |is_set: bool| if is_set { "entity set" } else { "singleton" };
            if was_set != is_set {
                self.changed(subject.clone(), Aspect::Kind, kind(was_set), kind(is_set), Wire::Refused);
            }
            if let (Some(was), Some(is)) = (&old.container.name, &new.container.name) {
                self.capabilities(&subject, (was, is), &name);
            }
        }
    }
}

/// The function or action that an operation calls.
fn bound<'m>(model: &'m Model, operation: &Operation) -> Option<&'m Bound> {
    let (name, on) = operation.bound.as_ref()?;
    let is_bound_so = |binding: &TypeRef| binding.target == on.target && binding.collection == on.collection;
    model.operations.iter().find(|bound| bound.name == *name && is_bound_so(&bound.binding))
}

/// The type of a parameter, where it is sent.
fn sent<'a>(api: &'a crate::ir::Api, operation: &'a Operation, name: &str) -> Option<&'a Type> {
    if let Some(argument) = operation.arguments.iter().find(|argument| argument.wire == name) {
        return Some(&argument.ty);
    }
    let Some(Type::Object { rust, .. }) = &operation.body else { return None };
    match &api.shapes.get(rust)?.kind {
        ShapeKind::Object(object) => object.members.iter().find(|member| member.wire == name).map(|member| &member.ty),
        ShapeKind::Enum(_) | ShapeKind::Union(_) => None,
    }
}
