//! Descriptions beside one another: what of the selection exists where.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::operations::written;
use super::{Side, Subject};
use crate::edm::{Model, NavigationProperty, Property, QualifiedName, TypeRef};
use crate::ir::{Answer, Api, Operation, ShapeKind, Type};

/// What of the selection exists in which description.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Matrix {
    /// The version of Graph, `v1.0`.
    pub version: String,
    /// The descriptions. The first is what the others are held against.
    pub columns: Vec<Column>,
    /// How many operations each has, by area.
    pub operations: BTreeMap<Area, Vec<usize>>,
    /// What not all of them have, by area and then by what it is.
    pub rows: Vec<Row>,
}

/// A description.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Column {
    /// What it is called, `China`.
    pub name: String,
    /// The file that it was read from, without its folder, or where it is from.
    pub from: String,
    /// Its date, as somebody told it: the description itself has none.
    pub date: Option<String>,
    /// The SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}

/// Something that not all descriptions have, or not all have alike.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Row {
    /// What it is part of.
    pub area: Area,
    /// What it is, in Graph's terms.
    pub subject: Subject,
    /// What each description has of it.
    pub cells: Vec<Cell>,
}

/// What a description has of something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "cell", content = "type", rename_all = "camelCase")]
pub enum Cell {
    /// It is there.
    Has,
    /// It is not there.
    Lacks,
    /// It is there, with another type than in the first description that has it.
    Differs(String),
}

/// A part of the surface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Area {
    /// Assignments and eligibilities of directory roles.
    PimForRoles,
    /// Memberships and ownerships of groups.
    PimForGroups,
    /// What has to be done to activate a role or a membership.
    Policies,
    /// Decisions on activations.
    Approvals,
    /// What PIM warns of.
    Alerts,
    /// Definitions and assignments of directory roles.
    DirectoryRoles,
    /// Roles of entitlement management.
    EntitlementManagement,
    /// What happened.
    Audit,
    /// Users, groups and other objects of the directory.
    Directory,
}

impl Area {
    /// Its name, for people.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::PimForRoles => "PIM for roles",
            Self::PimForGroups => "PIM for groups",
            Self::Policies => "Policies",
            Self::Approvals => "Approvals",
            Self::Alerts => "Alerts",
            Self::DirectoryRoles => "Directory roles",
            Self::EntitlementManagement => "Entitlement management",
            Self::Audit => "Audit",
            Self::Directory => "Users, groups and the directory",
        }
    }

    /// The area of a path.
    fn of(path: &str) -> Self {
        let segments: Vec<_> = path.split('/').skip(1).collect();
        match segments.as_slice() {
            all if all.iter().any(|segment| segment.ends_with("Approvals")) => Self::Approvals,
            ["roleManagement", "entitlementManagement", ..] => Self::EntitlementManagement,
            ["roleManagement", _, schedules, ..] if schedules.contains("Schedule") => Self::PimForRoles,
            ["roleManagement", ..] => Self::DirectoryRoles,
            ["identityGovernance", "privilegedAccess", ..] => Self::PimForGroups,
            ["identityGovernance", "roleManagementAlerts", ..] => Self::Alerts,
            ["policies", ..] => Self::Policies,
            ["auditLogs", ..] => Self::Audit,
            _ => Self::Directory,
        }
    }
}

impl Matrix {
    /// What of the selection exists in which of `sides`. Of what a description lacks as a whole, the parts are not told.
    #[must_use]
    pub fn of(version: &str, sides: &[(Column, Side)]) -> Self {
        let areas = areas(sides);
        let mut things: BTreeMap<(Area, Subject), Vec<Thing<'_>>> = BTreeMap::new();
        for (_, side) in sides {
            for (subject, area) in subjects(side, &areas) {
                things.entry((area, subject)).or_default();
            }
        }
        for ((_, subject), found) in &mut things {
            found.extend(sides.iter().map(|(_, side)| Thing::of(side, subject)));
        }
        let rows = things.into_iter().filter_map(|((area, subject), found)| row(area, subject, &found));
        Self {
            version: version.to_owned(),
            columns: sides.iter().map(|(column, _)| column.clone()).collect(),
            operations: operations(sides),
            rows: rows.collect(),
        }
    }

    /// How many operations of `area` there are, in any description.
    #[must_use]
    pub fn operations_of(&self, area: Area) -> usize {
        // Those of the first, and those that it lacks: each of these is a row.
        let first = self.operations.get(&area).and_then(|counts| counts.first().copied()).unwrap_or_default();
        let lacks = |row: &&Row| row.area == area && row.is_operation() && row.cells.first() == Some(&Cell::Lacks);
        first + self.rows.iter().filter(lacks).count()
    }
}

impl Row {
    /// Whether it is an operation, and not part of a payload.
    #[must_use]
    pub fn is_operation(&self) -> bool {
        matches!(self.subject, Subject::Operation { .. })
    }
}

/// What a description has of a subject.
enum Thing<'a> {
    /// The subject, with its type, if it has one.
    Has(Option<&'a TypeRef>),
    /// Nothing.
    Lacks,
    /// Nothing, since it lacks the type whose part the subject is.
    LacksWhole,
}

impl<'a> Thing<'a> {
    fn of(side: &'a Side, subject: &Subject) -> Self {
        let model = &side.model;
        let found = |found: bool| if found { Self::Has(None) } else { Self::Lacks };
        match subject {
            Subject::Operation { method, path } => {
                found(side.api.operations().iter().any(|other| other.method == method && other.path == *path))
            }
            Subject::Property { ty, .. } | Subject::Member { ty, .. } | Subject::Subtype { base: ty, .. }
                if !has_type(model, ty) =>
            {
                Self::LacksWhole
            }
            Subject::Subtype { name, .. } => found(has_type(model, name)),
            Subject::Property { ty, name } => type_of(model, ty, name).map_or(Self::Lacks, |ty| Self::Has(Some(ty))),
            Subject::Member { ty, name } => {
                let members = model.enums.get(ty).map(|ty| ty.members.as_slice()).unwrap_or_default();
                found(members.iter().any(|(member, _)| member == name))
            }
            _ => Self::Lacks,
        }
    }
}

fn has_type(model: &Model, name: &QualifiedName) -> bool {
    model.structured.contains_key(name) || model.enums.contains_key(name)
}

fn type_of<'m>(model: &'m Model, ty: &QualifiedName, name: &str) -> Option<&'m TypeRef> {
    let navigation = |NavigationProperty { ty, .. }: &'m NavigationProperty| ty;
    let structural = model.property(ty, name).map(|Property { ty, .. }| ty);
    structural.or_else(|| model.navigation(ty, name).map(navigation))
}

/// A row, if the descriptions are not alike.
fn row(area: Area, subject: Subject, found: &[Thing<'_>]) -> Option<Row> {
    let first = found.iter().find_map(|thing| match thing {
        Thing::Has(ty) => ty.map(written),
        _ => None,
    });
    let cells: Vec<_> = found
        .iter()
        .map(|thing| match thing {
            Thing::Has(Some(ty)) if first.as_ref().is_some_and(|first| *first != written(ty)) => {
                Cell::Differs(written(ty))
            }
            Thing::Has(_) => Cell::Has,
            Thing::Lacks | Thing::LacksWhole => Cell::Lacks,
        })
        .collect();
    let is_told =
        found.iter().zip(&cells).any(|(thing, cell)| matches!(thing, Thing::Lacks) || matches!(cell, Cell::Differs(_)));
    is_told.then_some(Row { area, subject, cells })
}

/// What a side has, each with its area. Types are no subjects: one that nothing kept carries is not kept, and whether the
/// description has it is not known here. What carries it is told, and the subtypes of unions, which are kept by name.
/// Nor are properties of types that only lead to others: the paths are told.
fn subjects(side: &Side, areas: &BTreeMap<QualifiedName, Area>) -> Vec<(Subject, Area)> {
    let operation = |operation: &Operation| {
        let subject = Subject::Operation { method: operation.method.to_owned(), path: operation.path.clone() };
        (subject, Area::of(&operation.path))
    };
    let mut subjects: Vec<_> = side.api.operations().into_iter().map(operation).collect();
    for (name, ty) in &side.model.structured {
        let Some(&area) = areas.get(name) else { continue };
        let properties = ty.properties.iter().map(|property| &property.name);
        for member in properties.chain(ty.navigation.iter().map(|navigation| &navigation.name)) {
            subjects.push((Subject::Property { ty: name.clone(), name: member.clone() }, area));
        }
    }
    for (name, ty) in &side.model.enums {
        let Some(&area) = areas.get(name) else { continue };
        for (member, _) in &ty.members {
            subjects.push((Subject::Member { ty: name.clone(), name: member.clone() }, area));
        }
    }
    for shape in side.api.shapes.values() {
        let (ShapeKind::Union(union), Some(&area)) = (&shape.kind, areas.get(&shape.graph)) else { continue };
        for variant in &union.variants {
            subjects.push((Subject::Subtype { base: shape.graph.clone(), name: variant.graph.clone() }, area));
        }
    }
    subjects
}

/// How many operations each side has, by area.
fn operations(sides: &[(Column, Side)]) -> BTreeMap<Area, Vec<usize>> {
    let mut counts: BTreeMap<Area, Vec<usize>> = BTreeMap::new();
    for (at, (_, side)) in sides.iter().enumerate() {
        for operation in side.api.operations() {
            counts.entry(Area::of(&operation.path)).or_insert_with(|| vec![0; sides.len()])[at] += 1;
        }
    }
    counts
}

/// The area of each type of a payload: that of the operations which come to it first. Of two that come to it at once it
/// is the one that is told first.
fn areas(sides: &[(Column, Side)]) -> BTreeMap<QualifiedName, Area> {
    let mut nearest: BTreeMap<QualifiedName, (usize, Area)> = BTreeMap::new();
    for (_, side) in sides {
        for (rust, found) in reached(&side.api) {
            let Some(shape) = side.api.shapes.get(rust) else { continue };
            for ty in names(side, &shape.graph) {
                let known = nearest.entry(ty).or_insert(found);
                *known = (*known).min(found);
            }
        }
    }
    nearest.into_iter().map(|(name, (_, area))| (name, area)).collect()
}

/// A type and those that it derives from.
fn names(side: &Side, name: &QualifiedName) -> Vec<QualifiedName> {
    let chain: Vec<_> = side.model.chain(name).map(|ty| ty.name.clone()).collect();
    if chain.is_empty() { vec![name.clone()] } else { chain }
}

/// How many steps each type is from an operation, by its Rust name, and the area of that operation.
fn reached(api: &Api) -> BTreeMap<&str, (usize, Area)> {
    let mut reached: BTreeMap<&str, (usize, Area)> = BTreeMap::new();
    let mut front: BTreeSet<(Area, &str)> = BTreeSet::new();
    for operation in api.operations() {
        let answer = match &operation.answer {
            Answer::One(ty) | Answer::Page(ty) | Answer::Empty(Some(ty)) => Some(ty),
            Answer::Empty(None) | Answer::Count => None,
        };
        let types = operation.body.iter().chain(answer).filter_map(shape_of);
        front.extend(types.map(|rust| (Area::of(&operation.path), rust)));
    }
    for steps in 0.. {
        let mut next = BTreeSet::new();
        // In the order of the areas: the first keeps a type.
        for (area, rust) in front {
            if reached.contains_key(rust) {
                continue;
            }
            reached.insert(rust, (steps, area));
            next.extend(parts(api, rust).into_iter().map(|part| (area, part)));
        }
        if next.is_empty() {
            break;
        }
        front = next;
    }
    reached
}

/// The types that a type is made of, by their Rust names.
fn parts<'a>(api: &'a Api, rust: &str) -> Vec<&'a str> {
    match api.shapes.get(rust).map(|shape| &shape.kind) {
        Some(ShapeKind::Object(object)) => object.members.iter().filter_map(|member| shape_of(&member.ty)).collect(),
        Some(ShapeKind::Union(union)) => union.variants.iter().map(|variant| variant.object.as_str()).collect(),
        Some(ShapeKind::Enum(_)) | None => Vec::new(),
    }
}

fn shape_of(ty: &Type) -> Option<&str> {
    match ty {
        Type::Enum(rust) | Type::Union(rust) | Type::Object { rust, .. } => Some(rust),
        Type::Collection(element) => shape_of(element),
        _ => None,
    }
}
