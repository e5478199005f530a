//! From the paths of `pim.toml` to resources of the model.

use std::collections::{BTreeMap, BTreeSet};

use toml::Spanned;

use super::{Problems, Resource, SelectedOperation, Target, Verb};
use crate::edm::{Model, QualifiedName, StructuredType, TypeName};
use crate::nearest::did_you_mean;
use crate::spec::{BodyEntry, Manifest, OperationEntry, ResourceEntry};
use crate::{Error, Result};

/// A segment of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Segment {
    /// An entity set, a singleton or a navigation property.
    Name(String),
    /// The key of an entity: the placeholder's name, `group-id`, and the entity's type.
    Key {
        /// The placeholder's name.
        name: String,
        /// The type of the entity that it is the key of.
        entity: QualifiedName,
    },
    /// A cast to a subtype.
    Cast(QualifiedName),
}

pub(super) struct Paths<'m> {
    pub(super) resources: Vec<Resource<'m>>,
    pub(super) containers: BTreeMap<QualifiedName, BTreeSet<String>>,
}

pub(super) fn resources<'m>(
    model: &'m Model,
    manifest: &Manifest,
    version: &str,
    problems: &mut Problems<'_>,
) -> Result<Paths<'m>> {
    let mut paths = Paths { resources: Vec::new(), containers: BTreeMap::new() };
    let mut seen = BTreeSet::new();
    for entry in manifest.resources.iter().filter(|entry| entry.versions.iter().any(|named| named == version)) {
        let at = entry.path.span().start;
        if !seen.insert(entry.path.get_ref()) {
            let message =
                format!("the path {} is listed twice for {version}; join the two entries", entry.path.get_ref());
            return Err(Error::at(manifest.text.as_bytes(), at, message));
        }
        let Some(walked) = problems.pass_over(at, walk(model, entry.path.get_ref()))? else { continue };
        let mut operations = operations(model, entry, &walked, Target::Collection, problems)?;
        operations.extend(self::operations(model, entry, &walked, Target::Item, problems)?);
        for (container, navigation) in walked.containers {
            paths.containers.entry(container).or_default().insert(navigation);
        }
        paths.resources.push(Resource {
            path: entry.path.get_ref().clone(),
            segments: walked.segments,
            entity: walked.here.entity,
            collection: walked.here.collection,
            operations,
        });
    }
    Ok(paths)
}

/// Where a path leads.
struct Walked {
    segments: Vec<Segment>,
    here: Here,
    /// The navigation properties taken, with the types that declare them.
    containers: Vec<(QualifiedName, String)>,
}

/// The place that the walk has come to.
#[derive(Clone)]
struct Here {
    entity: QualifiedName,
    collection: bool,
    /// Whether the entities live here, and are not merely related.
    owned: bool,
}

fn walk(model: &Model, path: &str) -> Result<Walked> {
    let mut segments = path.strip_prefix('/').unwrap_or(path).split('/');
    let root = segments.next().unwrap_or_default();
    let mut walked = Walked {
        segments: vec![Segment::Name(root.to_owned())],
        here: start(model, root, path)?,
        containers: Vec::new(),
    };
    for segment in segments {
        step(model, &mut walked, segment).map_err(|message| Error::new(format!("the path {path} {message}")))?;
    }
    if let Some(Segment::Key { .. }) = walked.segments.last() {
        return Err(Error::new(format!(
            "the path {path} ends with a key; name the collection and list its operations under `item`"
        )));
    }
    Ok(walked)
}

fn start(model: &Model, root: &str, path: &str) -> Result<Here> {
    let container = &model.container;
    if let Some(entity) = container.entity_sets.get(root) {
        return Ok(Here { entity: entity.clone(), collection: true, owned: true });
    }
    if let Some(entity) = container.singletons.get(root) {
        return Ok(Here { entity: entity.clone(), collection: false, owned: true });
    }
    let roots = container.entity_sets.keys().chain(container.singletons.keys()).map(String::as_str);
    let hint = did_you_mean(root, roots);
    Err(Error::new(format!("the path {path} does not exist: there is no entity set or singleton `{root}`{hint}")))
}

fn step(model: &Model, walked: &mut Walked, segment: &str) -> Result<(), String> {
    let here = walked.here.clone();
    if let Some(name) = segment.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
        let wanted = format!("{}-id", here.entity.name());
        if !here.collection {
            return Err(format!("has the key {segment} behind a single entity; leave it out"));
        }
        if name != wanted {
            return Err(format!("has the key {{{name}}} where a {} is meant; write {{{wanted}}}", here.entity));
        }
        walked.segments.push(Segment::Key { name: name.to_owned(), entity: here.entity });
        walked.here.collection = false;
        return Ok(());
    }
    if segment.contains('.') {
        let cast = QualifiedName::new(segment);
        if !model.is_a(&cast, &here.entity) {
            let derived = model.derived(&here.entity).map(|ty| ty.name.as_str());
            let hint = did_you_mean(segment, derived);
            return Err(format!("casts to `{segment}`, which does not derive from {}{hint}", here.entity));
        }
        walked.segments.push(Segment::Cast(cast.clone()));
        walked.here.entity = cast;
        return Ok(());
    }
    if here.collection {
        return Err(format!("has `{segment}` behind a collection; write the key {{{}-id}} first", here.entity.name()));
    }
    let Some((declaring, navigation)) = navigation(model, &here.entity, segment) else {
        let names =
            model.chain(&here.entity).flat_map(|ty| ty.navigation.iter().map(|navigation| navigation.name.as_str()));
        let hint = did_you_mean(segment, names);
        return Err(format!("does not exist: {} has no navigation property `{segment}`{hint}", here.entity));
    };
    let TypeName::Defined(entity) = &navigation.ty.target else {
        return Err(format!("does not exist: `{segment}` of {} leads to no entity", here.entity));
    };
    walked.containers.push((declaring.name.clone(), segment.to_owned()));
    walked.segments.push(Segment::Name(segment.to_owned()));
    walked.here = Here { entity: entity.clone(), collection: navigation.ty.collection, owned: navigation.contained };
    Ok(())
}

fn navigation<'m>(
    model: &'m Model,
    entity: &QualifiedName,
    name: &str,
) -> Option<(&'m StructuredType, &'m crate::edm::NavigationProperty)> {
    model.chain(entity).find_map(|ty| Some((ty, ty.navigation.iter().find(|navigation| navigation.name == name)?)))
}

fn operations<'m>(
    model: &'m Model,
    entry: &ResourceEntry,
    walked: &Walked,
    target: Target,
    problems: &mut Problems<'_>,
) -> Result<Vec<SelectedOperation<'m>>> {
    let entries = match target {
        Target::Collection => &entry.collection,
        Target::Item => &entry.item,
    };
    let mut operations = Vec::new();
    for (name, operation) in entries {
        let found = verb(model, walked, target, name, operation).map_err(|message| {
            Error::new(format!("{}: the operation `{}` {message}", entry.path.get_ref(), name.get_ref()))
        });
        if let Some(verb) = problems.pass_over(name.span().start, found)? {
            operations.push(SelectedOperation { target, verb, entry: operation.clone() });
        }
    }
    operations.sort_by_key(|operation| rank(operation.verb));
    Ok(operations)
}

fn verb<'m>(
    model: &'m Model,
    walked: &Walked,
    target: Target,
    name: &Spanned<String>,
    entry: &OperationEntry,
) -> Result<Verb<'m>, String> {
    const ON_COLLECTION: [&str; 4] = ["list", "create", "count", "addRef"];
    const ON_ITEM: [&str; 4] = ["get", "update", "delete", "removeRef"];
    let name = name.get_ref().as_str();
    let here = &walked.here;
    if target == Target::Collection && !here.collection {
        return Err("is listed for a collection, but the path leads to a single entity; move it to `item`".to_owned());
    }
    if entry.body == BodyEntry::Whole && name != "update" {
        return Err("sends no entity, so `body = \"whole\"` says nothing; leave it out".to_owned());
    }
    let verb = match (target, name) {
        (Target::Collection, "list") => Verb::List,
        (Target::Collection, "create") => Verb::Create,
        (Target::Collection, "count") => Verb::Count,
        (Target::Collection, "addRef") => Verb::AddRef,
        (Target::Item, "get") => Verb::Get,
        (Target::Item, "update") => Verb::Update,
        (Target::Item, "delete") => Verb::Delete,
        (Target::Item, "removeRef") => Verb::RemoveRef,
        (Target::Collection, name) if ON_ITEM.contains(&name) => {
            return Err("acts on one entity; move it to `item`".to_owned());
        }
        (Target::Item, name) if ON_COLLECTION.contains(&name) => {
            return Err("acts on the collection; move it to `collection`".to_owned());
        }
        (_, name) => Verb::Bound(bound(model, here, target, name)?),
    };
    // Behind a relation lives somebody else's entity: DELETE there deletes the entity itself, not the relation.
    if !here.owned && matches!(verb, Verb::Create | Verb::Update | Verb::Delete) {
        return Err(format!(
            "would act on a related {} itself, not on the relation; use addRef and removeRef",
            here.entity
        ));
    }
    if here.owned && matches!(verb, Verb::AddRef | Verb::RemoveRef) {
        return Err(format!("relates, but the {} lives here; use create and delete", here.entity));
    }
    Ok(verb)
}

fn bound<'m>(model: &'m Model, here: &Here, target: Target, name: &str) -> Result<&'m crate::edm::Operation, String> {
    let on_collection = target == Target::Collection;
    // The nearest binding type wins: `delta` of users before `delta` of directory objects.
    let candidates = model.chain(&here.entity).flat_map(|ty| {
        model.operations.iter().filter(move |operation| {
            operation.binding.collection == on_collection
                && operation.binding.target == TypeName::Defined(ty.name.clone())
        })
    });
    let candidates: Vec<_> = candidates.collect();
    let mut named = candidates.iter().copied().filter(|operation| operation.name.name() == name);
    let found = named.next();
    if let Some(found) = found
        && named.any(|other| other.binding == found.binding)
    {
        return Err("is there several times with other parameters, and cannot be told apart; leave it out".to_owned());
    }
    found.ok_or_else(|| {
        let of = if on_collection { format!("Collection({})", here.entity) } else { here.entity.to_string() };
        let hint = did_you_mean(name, candidates.iter().map(|operation| operation.name.name()));
        format!("does not exist: nothing of that name is bound to {of}{hint}")
    })
}

/// The order in which a resource shows its operations: reading before writing, the metadata's own last.
fn rank(verb: Verb<'_>) -> (u8, &str) {
    match verb {
        Verb::List => (0, ""),
        Verb::Count => (1, ""),
        Verb::Create => (2, ""),
        Verb::AddRef => (3, ""),
        Verb::Get => (4, ""),
        Verb::Update => (5, ""),
        Verb::Delete => (6, ""),
        Verb::RemoveRef => (7, ""),
        Verb::Bound(operation) => (8, operation.name.name()),
    }
}
