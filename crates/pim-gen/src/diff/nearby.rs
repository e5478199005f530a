//! What lies beside the selection, one step away.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::items::declaring;
use super::operations::written;
use crate::edm::{Model, OperationKind, QualifiedName, TypeName};
use crate::select::{Resource, Segment, Surface, Verb};

/// Something that the description has, one step from what is kept, and that is not selected. Each is there once, however
/// many ways lead to it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
#[non_exhaustive]
pub enum Nearby {
    /// A path behind a path that is kept, or behind one that leads to it.
    Path {
        /// The path, `/roleManagement/directory/roleAssignmentApprovals`: the shortest, if there are several.
        path: String,
        /// The type of what lives there.
        #[serde(rename = "type")]
        ty: QualifiedName,
        /// The navigation property that leads there, and which type declares it.
        by: (QualifiedName, String),
    },
    /// A relation of a type that is kept and that no path leads to.
    Relation {
        /// The type that declares it.
        #[serde(rename = "type")]
        ty: QualifiedName,
        /// Its name.
        name: String,
    },
    /// A function or action that can be called on a path that is kept.
    Operation {
        /// `GET`, or `POST` for an action.
        method: String,
        /// The path with its name: the shortest, if there are several.
        path: String,
        /// Its qualified name.
        name: QualifiedName,
        /// The type that it is bound to, as CSDL writes it.
        on: String,
    },
    /// A property of a type of which only the properties listed are kept.
    Property {
        /// The type that declares it.
        #[serde(rename = "type")]
        ty: QualifiedName,
        /// Its name.
        name: String,
    },
    /// A subtype of a type that is kept.
    Subtype {
        /// The type that is kept.
        base: QualifiedName,
        /// Its subtype.
        name: QualifiedName,
    },
}

impl Nearby {
    /// Whether it is the same, though another way may lead to it.
    fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Path { by, .. }, Self::Path { by: other, .. }) => by == other,
            (Self::Path { by: (ty, name), .. }, Self::Relation { ty: other, name: called })
            | (Self::Relation { ty: other, name: called }, Self::Path { by: (ty, name), .. }) => {
                (ty, name) == (other, called)
            }
            (Self::Operation { name, on, .. }, Self::Operation { name: other, on: on_other, .. }) => {
                (name, on) == (other, on_other)
            }
            (this, other) => this == other,
        }
    }

    /// Whether `model`, which is cut down to what is kept, has it.
    fn is_kept(&self, model: &Model) -> bool {
        match self {
            Self::Path { by: (ty, name), .. } | Self::Relation { ty, name } => model.navigation(ty, name).is_some(),
            Self::Property { ty, name } => model.property(ty, name).is_some(),
            Self::Operation { name, on, .. } => {
                model.operations.iter().any(|operation| operation.name == *name && written(&operation.binding) == *on)
            }
            Self::Subtype { base, name } => model.is_a(name, base),
        }
    }
}

/// What of `new` was not beside the selection before, nor in it: `kept` is the model cut down to what was.
pub(super) fn come(old: &BTreeSet<Nearby>, kept: &Model, new: &BTreeSet<Nearby>) -> Vec<Nearby> {
    let was_there = |new: &&Nearby| old.contains(*new) || new.is_kept(kept) || old.iter().any(|old| old.is(new));
    new.iter().filter(|new| !was_there(new)).cloned().collect()
}

/// What lies beside `surface`.
pub(super) fn of(surface: &Surface<'_>) -> BTreeSet<Nearby> {
    let mut nearby = BTreeSet::new();
    let kept = Kept::of(surface);
    let mut paths = BTreeMap::new();
    kept.paths(&mut paths);
    let led_to: BTreeSet<_> = paths.keys().cloned().collect();
    nearby.extend(paths.into_iter().map(|(by, (path, ty))| Nearby::Path { path, ty, by }));
    kept.members(&led_to, &mut nearby);
    kept.operations(&mut nearby);
    kept.subtypes(&mut nearby);
    nearby
}

/// What is kept, as far as it has to be told from what lies beside it.
struct Kept<'s> {
    surface: &'s Surface<'s>,
    /// The navigation properties, by the types that declare them.
    navigation: BTreeSet<(QualifiedName, String)>,
    /// The structural properties.
    properties: BTreeSet<(QualifiedName, String)>,
}

impl<'s> Kept<'s> {
    fn of(surface: &'s Surface<'s>) -> Self {
        let (mut navigation, mut properties) = (BTreeSet::new(), BTreeSet::new());
        let declared = |ty: &QualifiedName, name: &str| (declaring(surface.model, ty, name).clone(), name.to_owned());
        for (ty, members) in &surface.types {
            navigation.extend(members.navigation.iter().map(|member| declared(ty, &member.name)));
            properties.extend(members.properties.iter().map(|member| declared(ty, &member.name)));
        }
        for (path, ty) in places(surface) {
            let segment = path.rsplit('/').next().unwrap_or_default();
            // A place is reached by its last segment, from the place before it.
            navigation.extend(ty.before.map(|before| declared(&before, segment)));
        }
        Self { surface, navigation, properties }
    }

    /// The navigation properties that lead on from the places that paths come through, each by its shortest path.
    fn paths(&self, paths: &mut BTreeMap<(QualifiedName, String), (String, QualifiedName)>) {
        for (path, place) in places(self.surface) {
            let behind = if place.collection { format!("{path}/{{{}-id}}", place.ty.name()) } else { path };
            for ty in self.surface.model.chain(&place.ty) {
                for navigation in &ty.navigation {
                    let by = (ty.name.clone(), navigation.name.clone());
                    let TypeName::Defined(target) = &navigation.ty.target else { continue };
                    if self.navigation.contains(&by) {
                        continue;
                    }
                    let path = format!("{behind}/{}", navigation.name);
                    let rank = |path: &str| (path.matches('/').count(), path.to_owned());
                    let shortest = paths.entry(by).or_insert_with(|| (path.clone(), target.clone()));
                    if rank(&path) < rank(&shortest.0) {
                        *shortest = (path, target.clone());
                    }
                }
            }
        }
    }

    /// The properties and relations of kept types that are cut.
    fn members(&self, led_to: &BTreeSet<(QualifiedName, String)>, nearby: &mut BTreeSet<Nearby>) {
        for ty in self.surface.types.keys().flat_map(|name| self.surface.model.chain(name)) {
            let named = |name: &String| (ty.name.clone(), name.clone());
            let relations = ty.navigation.iter().map(|navigation| named(&navigation.name));
            let relations = relations.filter(|by| !self.navigation.contains(by) && !led_to.contains(by));
            nearby.extend(relations.map(|(ty, name)| Nearby::Relation { ty, name }));
            let properties = ty.properties.iter().map(|property| named(&property.name));
            let properties = properties.filter(|property| !self.properties.contains(property));
            nearby.extend(properties.map(|(ty, name)| Nearby::Property { ty, name }));
        }
    }

    /// The functions and actions that are bound to what lives at kept paths.
    fn operations(&self, nearby: &mut BTreeSet<Nearby>) {
        let resources = &self.surface.resources;
        let kept: BTreeSet<usize> = resources
            .iter()
            .flat_map(|resource| &resource.operations)
            .filter_map(|operation| match operation.verb {
                Verb::Bound(bound) => Some(bound.at),
                _ => None,
            })
            .collect();
        let mut shortest: BTreeMap<(QualifiedName, String), (usize, String, OperationKind)> = BTreeMap::new();
        for resource in resources {
            for bound in self.surface.model.operations.iter().filter(|bound| !kept.contains(&bound.at)) {
                let TypeName::Defined(on) = &bound.binding.target else { continue };
                let fits = resource.collection || !bound.binding.collection;
                if !fits || !self.surface.model.is_a(&resource.entity, on) {
                    continue;
                }
                let on_item = resource.collection && !bound.binding.collection;
                let key = if on_item { format!("/{{{}-id}}", resource.entity.name()) } else { String::new() };
                let path = format!("{}{key}/{}", resource.path, bound.name.name());
                let found = (path.matches('/').count(), path, bound.kind);
                let entry =
                    shortest.entry((bound.name.clone(), written(&bound.binding))).or_insert_with(|| found.clone());
                if (found.0, &found.1) < (entry.0, &entry.1) {
                    *entry = found;
                }
            }
        }
        nearby.extend(shortest.into_iter().map(|((name, on), (_, path, kind))| {
            let method = match kind {
                OperationKind::Action => "POST",
                OperationKind::Function => "GET",
            };
            Nearby::Operation { method: method.to_owned(), path, name, on }
        }));
    }

    /// The subtypes that are not told apart, each of the nearest kept type that it derives from.
    fn subtypes(&self, nearby: &mut BTreeSet<Nearby>) {
        let Surface { model, types, unions, .. } = self.surface;
        for ty in model.structured.values().filter(|ty| !ty.is_abstract) {
            let Some(base) = model.chain(&ty.name).skip(1).find(|base| types.contains_key(&base.name)) else {
                continue;
            };
            let told_apart = unions.values().any(|subtypes| subtypes.contains(&ty.name));
            if !told_apart && !types.contains_key(&ty.name) {
                nearby.insert(Nearby::Subtype { base: base.name.clone(), name: ty.name.clone() });
            }
        }
    }
}

/// A place that a kept path comes through.
struct Place {
    ty: QualifiedName,
    collection: bool,
    /// The type that the place before it has, unless it is the first or a cast.
    before: Option<QualifiedName>,
}

/// The places that kept paths come through, by their paths without a key behind them.
fn places(surface: &Surface<'_>) -> BTreeMap<String, Place> {
    let mut places = BTreeMap::new();
    for resource in &surface.resources {
        walk(surface.model, resource, &mut places);
    }
    places
}

fn walk(model: &Model, resource: &Resource<'_>, places: &mut BTreeMap<String, Place>) {
    let (mut path, mut here): (String, Option<(QualifiedName, bool)>) = (String::new(), None);
    for segment in &resource.segments {
        let (next, before) = match (segment, &here) {
            (Segment::Key { name, .. }, Some((ty, _))) => {
                path = format!("{path}/{{{name}}}");
                here = Some((ty.clone(), false));
                continue;
            }
            (Segment::Cast(name), Some((_, collection))) => {
                path = format!("{path}/{name}");
                (Some((name.clone(), *collection)), None)
            }
            (Segment::Name(name), None) => {
                path = format!("/{name}");
                let set = model.container.entity_sets.get(name).map(|ty| (ty.clone(), true));
                (set.or_else(|| model.container.singletons.get(name).map(|ty| (ty.clone(), false))), None)
            }
            (Segment::Name(name), Some((ty, _))) => {
                path = format!("{path}/{name}");
                let navigation = model.navigation(ty, name);
                let target = navigation.and_then(|navigation| match &navigation.ty.target {
                    TypeName::Defined(target) => Some((target.clone(), navigation.ty.collection)),
                    TypeName::Primitive(_) => None,
                });
                (target, Some(ty.clone()))
            }
            (Segment::Key { .. } | Segment::Cast(_), None) => return,
        };
        let Some((ty, collection)) = next else { return };
        places.insert(path.clone(), Place { ty: ty.clone(), collection, before });
        here = Some((ty, collection));
    }
}
