//! Two sides held against one another.
//!
//! First all that differs is found, in Graph's terms ([`properties`], [`types`], [`operations`]), with what it does to the
//! wire. Then every generated item that differs is given to the change that it comes of ([`attribution`]), and with that
//! is said what the change does to callers.

mod attribution;
mod facts;
mod meaning;
mod operations;
mod properties;
mod types;
mod wire;

use std::collections::{BTreeMap, BTreeSet};

use super::change::{Aspect, Callers, Change, Kind, Subject, Wire};
use super::{Report, Side, nearby};
use crate::edm::{QualifiedName, TypeName, TypeRef, Unsaid};

use facts::Facts;

/// What changed from `old` to `new`.
#[must_use]
pub fn compare(old: &Side, new: &Side) -> Report {
    let mut comparison = Comparison::of(old, new);
    comparison.types();
    comparison.properties();
    comparison.operations();
    comparison.attribute();
    let mut changes: Vec<_> = comparison.drafts.into_iter().map(Draft::finish).collect();
    changes.sort_by(|a, b| (&a.subject, &a.kind).cmp(&(&b.subject, &b.kind)));
    let nearby = nearby::come(&old.nearby, &old.model, &new.nearby);
    Report { version: new.api.version.clone(), changes, nearby }
}

/// Two sides, and what was found of what differs.
struct Comparison<'a> {
    old: Facts<'a>,
    new: Facts<'a>,
    /// Types that are the same under another name: the new ones by the old.
    renamed: BTreeMap<QualifiedName, QualifiedName>,
    drafts: Vec<Draft>,
}

/// A change on its way.
struct Draft {
    subject: Subject,
    kind: Kind,
    callers: Callers,
    wire: Wire,
    items: BTreeSet<String>,
}

impl<'a> Comparison<'a> {
    fn of(old: &'a Side, new: &'a Side) -> Self {
        let (old, new) = (Facts::of(old), Facts::of(new));
        Self { old, new, renamed: BTreeMap::new(), drafts: Vec::new() }
    }

    /// A client that was generated from the old side, talking to the service that the new one describes.
    fn wire(&self) -> wire::Wire<'a> {
        wire::Wire { client: &self.old.side.api, service: &self.new.side.api }
    }

    fn added(&mut self, subject: Subject, wire: Wire) {
        self.push(subject, Kind::Added, wire);
    }

    fn removed(&mut self, subject: Subject, wire: Wire) {
        self.push(subject, Kind::Removed, wire);
    }

    fn changed(
        &mut self,
        subject: Subject,
        aspect: Aspect,
        from: impl Into<String>,
        to: impl Into<String>,
        wire: Wire,
    ) {
        let unsaid = match aspect {
            Aspect::Abstract => Some(Unsaid::Abstract),
            Aspect::Open => Some(Unsaid::Open),
            Aspect::Number => Some(Unsaid::Numbers),
            Aspect::Capability => Some(Unsaid::Capabilities),
            Aspect::Contained => Some(Unsaid::Contained),
            _ => None,
        };
        if unsaid.is_none_or(|unsaid| self.is_said(unsaid)) {
            self.push(subject, Kind::Changed { aspect, from: from.into(), to: to.into() }, wire);
        }
    }

    /// Whether both sides say it.
    fn is_said(&self, what: Unsaid) -> bool {
        [&self.old, &self.new].iter().all(|side| !side.side.model.unsaid.contains(&what))
    }

    /// Whether `null` is a value of one and not of the other, and both sides say so.
    fn is_null_otherwise(&self, old: &TypeRef, new: &TypeRef) -> bool {
        let is_reference = |ty: &TypeRef| matches!(ty.target, TypeName::Defined(_));
        let refers = is_reference(old) || is_reference(new);
        old.nullable != new.nullable && (!refers || self.is_said(Unsaid::NullReferences))
    }

    fn push(&mut self, subject: Subject, kind: Kind, wire: Wire) {
        self.drafts.push(Draft { subject, kind, callers: Callers::Unaffected, wire, items: BTreeSet::new() });
    }

    /// A name of the old side as the new one has it.
    fn now<'n>(&'n self, name: &'n QualifiedName) -> &'n QualifiedName {
        self.renamed.get(name).unwrap_or(name)
    }

    /// Whether a type that the old side names is the one that the new one names, `null` aside.
    fn same(&self, old: &TypeRef, new: &TypeRef) -> bool {
        let target = match (&old.target, &new.target) {
            (TypeName::Defined(old), TypeName::Defined(new)) => self.now(old) == new,
            (old, new) => old == new,
        };
        target && old.collection == new.collection
    }
}

impl Draft {
    fn finish(self) -> Change {
        let meaning = meaning::of(&self);
        let Self { subject, kind, callers, wire, items } = self;
        Change { subject, kind, callers, wire, items: items.into_iter().collect(), meaning }
    }
}

/// `yes` or `no`.
fn yes(value: bool) -> &'static str {
    if value { "yes" } else { "no" }
}
