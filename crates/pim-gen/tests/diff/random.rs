//! Random edits of the metadata: each is found and classified, and what is said of several is true of the code.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use pim_gen::csdl;
use pim_gen::diff::{Aspect, Callers, Change, Kind, Report, Side, Subject, Wire, compare};
use pim_gen::edm::{Model, Property, QualifiedName, StructuredKind, TypeName, TypeRef};
use proptest::prelude::*;
use proptest::sample::select;

use crate::documents::assert_mirrored;
use crate::public::{self, Public};
use crate::toy::Toy;
use crate::verdict;

/// An edit of the metadata.
#[derive(Clone, Debug)]
enum Edit {
    AddProperty { ty: String, name: &'static str, of: &'static str },
    RemoveProperty { ty: String, name: String },
    Retype { ty: String, name: String, to: &'static str },
    FlipNullable { ty: String, name: String },
    FlipComputed { ty: String, name: String },
    Rename { ty: String },
    ChangeBase { ty: String, to: Option<String> },
    FlipOpen { ty: String },
    FlipAbstract { ty: String },
    AddMember { ty: String },
    RemoveMember { ty: String, name: String },
    AddParameter { of: String, nullable: bool },
    RemoveParameter { of: String, name: String },
    FlipParameter { of: String, name: String },
    RemoveOperation { of: String },
}

/// The toy as it is, as the first side of every comparison.
pub(crate) struct Start {
    model: Model,
    pub(crate) side: Side,
    pub(crate) code: Public,
}

pub(crate) fn start() -> &'static Start {
    static START: OnceLock<Start> = OnceLock::new();
    START.get_or_init(|| {
        let toy = Toy::new().lenient();
        let bytes = toy.document().as_bytes();
        let model = csdl::read(bytes).and_then(|document| pim_gen::edm::resolve(&document, bytes)).unwrap();
        Start { side: toy.side().unwrap(), code: public::items(&toy.output().code, "v1_0"), model }
    })
}

fn name(text: &str) -> QualifiedName {
    QualifiedName::new(text)
}

/// Every edit that the toy allows.
fn edits() -> Vec<Edit> {
    let model = &start().model;
    let mut edits = Vec::new();
    for ty in model.structured.values() {
        let of = |ty: &QualifiedName| ty.to_string();
        edits.extend(["Edm.String", "Edm.Int32", "Edm.DateTimeOffset"].map(|to| Edit::AddProperty {
            ty: of(&ty.name),
            name: "colour",
            of: to,
        }));
        edits.extend([
            Edit::Rename { ty: of(&ty.name) },
            Edit::FlipOpen { ty: of(&ty.name) },
            Edit::FlipAbstract { ty: of(&ty.name) },
        ]);
        for property in ty.properties.iter().filter(|property| !ty.key.contains(&property.name)) {
            let (ty, name) = (of(&ty.name), property.name.clone());
            edits.push(Edit::RemoveProperty { ty: ty.clone(), name: name.clone() });
            edits.push(Edit::FlipNullable { ty: ty.clone(), name: name.clone() });
            edits.push(Edit::FlipComputed { ty: ty.clone(), name: name.clone() });
            let retyped = ["Edm.String", "Edm.Int32", "Edm.Int64", "Edm.DateTimeOffset", "Edm.Guid"];
            edits.extend(retyped.map(|to| Edit::Retype { ty: ty.clone(), name: name.clone(), to }));
        }
        if ty.kind == StructuredKind::Entity && ty.name.name() != "entity" {
            let bases =
                model.structured.values().filter(|base| base.kind == ty.kind && !model.is_a(&base.name, &ty.name));
            edits.extend(bases.map(|base| Edit::ChangeBase { ty: of(&ty.name), to: Some(of(&base.name)) }));
        }
    }
    for ty in model.enums.values() {
        edits.push(Edit::AddMember { ty: ty.name.to_string() });
        edits.extend(
            ty.members.iter().map(|(name, _)| Edit::RemoveMember { ty: ty.name.to_string(), name: name.clone() }),
        );
    }
    for operation in model.operations.iter().filter(|operation| operation.name.name() != "delta") {
        let of = operation.name.to_string();
        edits.push(Edit::RemoveOperation { of: of.clone() });
        edits.extend([true, false].map(|nullable| Edit::AddParameter { of: of.clone(), nullable }));
        for parameter in &operation.parameters {
            edits.push(Edit::RemoveParameter { of: of.clone(), name: parameter.name.clone() });
            edits.push(Edit::FlipParameter { of: of.clone(), name: parameter.name.clone() });
        }
    }
    edits
}

impl Edit {
    /// Makes the edit, if what it is about is still there.
    fn apply(&self, model: &mut Model) -> Option<()> {
        let property = |model: &mut Model, ty: &str, property: &str, edit: &dyn Fn(&mut Property)| {
            let ty = model.structured.get_mut(&name(ty))?;
            ty.properties.iter_mut().find(|own| own.name == property).map(edit)
        };
        let primitive = |written: &str| TypeName::Primitive(written.trim_start_matches("Edm.").into());
        match self {
            Self::AddProperty { ty, name: called, of } => {
                let ty = name(ty);
                let taken = model
                    .chain(&ty)
                    .chain(model.derived(&ty))
                    .any(|ty| ty.properties.iter().any(|own| own.name == *called));
                let ty = model.structured.get_mut(&ty).filter(|_| !taken)?;
                let used = TypeRef { collection: false, target: primitive(of), nullable: true };
                let property =
                    Property { name: (*called).to_owned(), ty: used, computed: false, immutable: false, at: 0 };
                ty.properties.push(property);
            }
            Self::RemoveProperty { ty, name: called } => {
                let ty = model.structured.get_mut(&name(ty))?;
                ty.properties.retain(|own| own.name != *called);
            }
            Self::Retype { ty, name, to } => property(model, ty, name, &|own| own.ty.target = primitive(to))?,
            Self::FlipNullable { ty, name } => property(model, ty, name, &|own| own.ty.nullable = !own.ty.nullable)?,
            Self::FlipComputed { ty, name } => property(model, ty, name, &|own| own.computed = !own.computed)?,
            Self::Rename { ty } => rename(model, &name(ty), &name(&format!("{ty}2"))),
            Self::ChangeBase { ty, to } => {
                let to = to.as_deref().map(name).filter(|to| model.structured.contains_key(to))?;
                if model.is_a(&to, &name(ty)) {
                    return None;
                }
                model.structured.get_mut(&name(ty))?.base = Some(to);
            }
            Self::FlipOpen { ty } => model.structured.get_mut(&name(ty)).map(|ty| ty.open = !ty.open)?,
            Self::FlipAbstract { ty } => {
                model.structured.get_mut(&name(ty)).map(|ty| ty.is_abstract = !ty.is_abstract)?;
            }
            Self::AddMember { ty } => model.enums.get_mut(&name(ty))?.members.push(("colour".to_owned(), 77)),
            Self::RemoveMember { ty, name: called } => {
                model.enums.get_mut(&name(ty))?.members.retain(|(own, _)| own != called);
            }
            Self::AddParameter { of, nullable } => {
                let operation = model.operations.iter_mut().find(|operation| operation.name.as_str() == of)?;
                let ty = TypeRef { collection: false, target: primitive("Edm.String"), nullable: *nullable };
                operation.parameters.push(pim_gen::edm::Parameter { name: "colour".to_owned(), ty });
            }
            Self::RemoveParameter { of, name } => {
                let operation = model.operations.iter_mut().find(|operation| operation.name.as_str() == of)?;
                operation.parameters.retain(|own| own.name != *name);
            }
            Self::FlipParameter { of, name } => {
                let operation = model.operations.iter_mut().find(|operation| operation.name.as_str() == of)?;
                let own = operation.parameters.iter_mut().find(|own| own.name == *name)?;
                own.ty.nullable = !own.ty.nullable;
            }
            Self::RemoveOperation { of } => model.operations.retain(|operation| operation.name.as_str() != of),
        }
        Some(())
    }

    /// What is wrong with what a report says of this edit alone. `old` and `new` are what is kept.
    #[expect(clippy::too_many_lines, reason = "a table of what is right, an edit a row")]
    fn missed(&self, report: &Report, old: &Side, new: &Side) -> Option<String> {
        let of = |subject: Subject| {
            report.changes.iter().filter(move |change| change.subject == subject).collect::<Vec<_>>()
        };
        let property = |ty: &str, called: &str| Subject::Property { ty: name(ty), name: called.to_owned() };
        let keeps = |side: &Side, ty: &str, called: &str| {
            let ty = side.model.structured.get(&name(ty));
            ty.is_some_and(|ty| ty.properties.iter().any(|own| own.name == called))
        };
        let is_read = |side: &Side, ty: &str| side.api.shapes.values().any(|shape| shape.graph == name(ty));
        let alone = |kept: bool, subject: Subject, right: &dyn Fn(&Change) -> bool| {
            let found = of(subject);
            match (kept, found.as_slice()) {
                (false, []) => report.changes.is_empty(),
                (true, [change]) => report.changes.len() == 1 && right(change),
                _ => false,
            }
        };
        let parameter = |called: &str, right: &dyn Fn(&Change) -> bool| {
            let is_it = |change: &&Change| matches!(&change.subject, Subject::Parameter { name, .. } if name == called);
            let found: Vec<_> = report.changes.iter().filter(is_it).collect();
            match found.as_slice() {
                [] => report.changes.is_empty(),
                [change] => right(change),
                _ => false,
            }
        };
        let is = |change: &Change, aspect: Aspect| matches!(&change.kind, Kind::Changed { aspect: found, .. } if *found == aspect);
        let right = match self {
            Self::AddProperty { ty, name, .. } => alone(keeps(new, ty, name), property(ty, name), &|change| {
                (&change.kind, change.callers, change.wire) == (&Kind::Added, Callers::Offered, Wire::Extended)
            }),
            Self::RemoveProperty { ty, name } if keeps(old, ty, name) => {
                let found = of(property(ty, name));
                found.len() == 1 && found[0].kind == Kind::Removed && found[0].callers == Callers::Broken
            }
            Self::RemoveProperty { .. } => report.changes.is_empty(),
            Self::Retype { ty, name, .. } => {
                let was = old.model.property(&self::name(ty), name).map(|own| &own.ty.target);
                let differs =
                    was.is_some() && was != new.model.property(&self::name(ty), name).map(|own| &own.ty.target);
                let found = of(property(ty, name));
                if differs {
                    found.iter().filter(|change| is(change, Aspect::Type)).count() == 1
                } else {
                    found.is_empty()
                }
            }
            Self::FlipNullable { ty, name } => alone(keeps(old, ty, name), property(ty, name), &|change| {
                is(change, Aspect::Nullable) && change.callers == Callers::Unaffected
            }),
            Self::FlipComputed { ty, name } => {
                alone(keeps(old, ty, name), property(ty, name), &|change| is(change, Aspect::Writable))
            }
            Self::Rename { ty } => {
                let found = of(Subject::Type { name: name(ty) });
                if is_read(old, ty) {
                    found.iter().any(|change| is(change, Aspect::Name) || change.kind == Kind::Removed)
                } else {
                    // What is only derived from, or led through, is told where it is named. Code sees it where the
                    // overlay says something of the name.
                    let mut changes = report.changes.iter();
                    changes.all(|change| {
                        let is_seen = change.callers != Callers::Unaffected && !is(change, Aspect::BaseType);
                        !is_seen && change.wire == Wire::Unaffected
                    })
                }
            }
            Self::ChangeBase { ty, to } => {
                let base = |side: &Side| side.model.structured.get(&name(ty)).and_then(|ty| ty.base.clone());
                let found = of(Subject::Type { name: name(ty) });
                let stays = is_read(old, ty) && is_read(new, ty) && base(old) != base(new);
                let derives =
                    |side: &Side| side.api.shapes.values().any(|shape| side.model.is_a(&shape.graph, &name(ty)));
                // What paths only lead through has nothing that is seen.
                let is_seen =
                    |change: &Change| (change.callers, change.wire) != (Callers::Unaffected, Wire::Unaffected);
                (derives(old) || derives(new) || !report.changes.iter().any(is_seen)) && !stays
                    || (base(new) == to.as_deref().map(name) && found.iter().any(|change| is(change, Aspect::BaseType)))
            }
            Self::FlipOpen { ty } if is_read(old, ty) => alone(true, Subject::Type { name: name(ty) }, &|change| {
                is(change, Aspect::Open) && change.callers == Callers::Unaffected
            }),
            Self::FlipAbstract { ty } if is_read(old, ty) => alone(true, Subject::Type { name: name(ty) }, &|change| {
                is(change, Aspect::Abstract) && change.callers == Callers::Unaffected
            }),
            Self::FlipOpen { .. } | Self::FlipAbstract { .. } => {
                report.changes.iter().all(|change| change.callers == Callers::Unaffected)
            }
            Self::AddMember { ty } => {
                let subject = Subject::Member { ty: name(ty), name: "colour".to_owned() };
                alone(old.model.enums.contains_key(&name(ty)), subject, &|change| {
                    (&change.kind, change.callers, change.wire) == (&Kind::Added, Callers::Offered, Wire::Extended)
                })
            }
            Self::RemoveMember { ty, name: called } => {
                let subject = Subject::Member { ty: name(ty), name: called.clone() };
                let callers = if called == "unknownFutureValue" { Callers::Unaffected } else { Callers::Broken };
                alone(old.model.enums.contains_key(&name(ty)), subject, &|change| {
                    (&change.kind, change.callers) == (&Kind::Removed, callers)
                })
            }
            Self::AddParameter { nullable, .. } => parameter("colour", &|change| {
                let is_needed = change.callers == Callers::Broken && change.wire == Wire::Refused;
                let is_offered = change.callers == Callers::Offered && change.wire == Wire::Extended;
                change.kind == Kind::Added && (is_needed || (*nullable && is_offered))
            }),
            Self::RemoveParameter { name, .. } => parameter(name, &|change| {
                (&change.kind, change.callers, change.wire) == (&Kind::Removed, Callers::Broken, Wire::Refused)
            }),
            Self::FlipParameter { name, .. } => parameter(name, &|change| is(change, Aspect::Nullable)),
            Self::RemoveOperation { of } => {
                let operations = old.api.operations().into_iter();
                let gone = operations
                    .filter(|operation| operation.bound.as_ref().is_some_and(|(name, _)| name.as_str() == of));
                let gone: BTreeSet<_> = gone
                    .map(|operation| Subject::Operation {
                        path: operation.path.clone(),
                        method: operation.method.to_owned(),
                    })
                    .collect();
                let told = report.changes.iter().filter(|change| matches!(change.subject, Subject::Operation { .. }));
                let is_gone = |change: &&Change| {
                    (&change.kind, change.callers, change.wire) == (&Kind::Removed, Callers::Broken, Wire::Refused)
                };
                let told: BTreeSet<_> = told.filter(is_gone).map(|change| change.subject.clone()).collect();
                // Besides, only types that came by the operation alone.
                let is_type = |change: &Change| matches!(change.subject, Subject::Type { .. });
                told == gone
                    && report.changes.iter().all(|change| told.contains(&change.subject) || is_type(change))
                    && report.changes.iter().all(|change| change.kind == Kind::Removed)
            }
        };
        (!right).then(|| {
            let line = |change: &Change| {
                format!("\n    {} {:?}: {:?}, {:?}", change.subject, change.kind, change.callers, change.wire)
            };
            format!("{self:?} is not told as it is:{}", report.changes.iter().map(line).collect::<String>())
        })
    }
}

/// Calls a type otherwise, wherever it is named.
fn rename(model: &mut Model, from: &QualifiedName, to: &QualifiedName) {
    let rename = |used: &mut TypeRef| {
        if used.target == TypeName::Defined(from.clone()) {
            used.target = TypeName::Defined(to.clone());
        }
    };
    if let Some(mut ty) = model.structured.remove(from) {
        ty.name = to.clone();
        model.structured.insert(to.clone(), ty);
    }
    for ty in model.structured.values_mut() {
        ty.base = ty.base.take().map(|base| if base == *from { to.clone() } else { base });
        ty.properties.iter_mut().for_each(|property| rename(&mut property.ty));
        ty.navigation.iter_mut().for_each(|navigation| rename(&mut navigation.ty));
    }
    for operation in &mut model.operations {
        rename(&mut operation.binding);
        operation.parameters.iter_mut().for_each(|parameter| rename(&mut parameter.ty));
        operation.returns.iter_mut().for_each(rename);
    }
    let container = &mut model.container;
    for ty in container.entity_sets.values_mut().chain(container.singletons.values_mut()).filter(|ty| *ty == from) {
        *ty = to.clone();
    }
}

/// What is kept after the edits; None if nothing can be generated from what they make of the metadata.
fn edited(edits: &[Edit]) -> Option<(Toy, Side)> {
    let mut model = start().model.clone();
    for edit in edits {
        edit.apply(&mut model);
    }
    let toy = Toy::new().lenient().with_metadata(&csdl::write(&model));
    let side = toy.side().ok()?;
    Some((toy, side))
}

fn is_true(report: &Report, toy: &Toy) -> Result<(), TestCaseError> {
    // What is refused later has no code to be true of.
    let Ok(output) = toy.generate() else { return Ok(()) };
    let faults = verdict::faults(report, &start().code, &public::items(&output.code, "v1_0"));
    prop_assert!(faults.is_empty(), "{}", faults.join("\n"));
    Ok(())
}

#[test]
fn every_edit_is_found_and_classified() {
    let mut faults = Vec::new();
    let mut found = 0;
    for edit in edits() {
        let Some((_, new)) = edited(std::slice::from_ref(&edit)) else { continue };
        let report = compare(&start().side, &new);
        found += usize::from(!report.changes.is_empty());
        faults.extend(edit.missed(&report, &start().side, &new));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
    assert!(found > 100, "only {found} edits change what is kept");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_said_of_any_edits_is_true_of_the_code(edits in prop::collection::vec(select(edits()), 1..5)) {
        if let Some((toy, new)) = edited(&edits) {
            is_true(&compare(&start().side, &new), &toy)?;
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_changes_from_any_side_to_itself_and_the_way_back_mirrors_the_way_there(
        edits in prop::collection::vec(select(edits()), 1..6)
    ) {
        if let Some((_, new)) = edited(&edits) {
            prop_assert!(compare(&new, &new).is_empty());
            assert_mirrored(&compare(&start().side, &new), &compare(&new, &start().side), "the way back");
        }
    }
}
