//! What the paths tell: what stands at the root, which types have a key, which relations hold their entities, and what
//! can be called on what.

use std::collections::{BTreeMap, HashMap};

use super::calls::{Call, Calls};
use super::components::Components;
use super::document::{Description, Documented, Method, Path, Shared, Verb};
use super::files::Files;
use super::types::{Declared, Kind, Member, Types};
use crate::Result;
use crate::csdl::{Text, is_identifier};

/// What the paths tell.
#[derive(Debug, Default)]
pub(super) struct Told<'a> {
    /// What stands at the root.
    pub(super) roots: BTreeMap<Text<'a>, Root<'a>>,
    /// The types of which one is addressed by its key, and the names of the properties in the key.
    pub(super) keys: BTreeMap<Text<'a>, Vec<Text<'a>>>,
    /// How what a relation leads to is treated; by the type that declares it, and its name.
    pub(super) relations: BTreeMap<(Text<'a>, Text<'a>), Treated>,
    /// Actions and functions.
    pub(super) calls: Vec<Call<'a>>,
}

/// An entity set or a singleton.
#[derive(Clone, Debug)]
pub(super) struct Root<'a> {
    pub(super) ty: Text<'a>,
    pub(super) collection: bool,
    pub(super) at: usize,
}

/// What is done behind a relation.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Treated {
    /// Entities are made, changed or deleted there.
    pub(super) written: bool,
    /// References are put there or taken away.
    pub(super) referenced: bool,
}

/// The place that a walk has come to.
#[derive(Clone, Debug)]
struct Here<'a> {
    ty: Text<'a>,
    collection: bool,
    /// The relation that led here.
    through: Option<(Text<'a>, Text<'a>)>,
}

/// What a segment leads to.
enum Step<'a> {
    To(Here<'a>),
    /// An action or function, whose name this is.
    Call(Here<'a>, Text<'a>),
    /// Nothing that a type could be told of.
    Nowhere,
}

/// Walks all paths.
pub(super) fn walk<'a>(
    descriptions: &[Description<'a>],
    components: &Components<'_, 'a>,
    types: &Types<'a>,
    files: &Files<'_>,
) -> Result<Told<'a>> {
    let mut told = Told::default();
    let by_short = by_short_name(types);
    for description in descriptions {
        Walker { description, components, types, by_short: &by_short, files, told: &mut told }.roots()?;
    }
    for description in descriptions {
        // What a function gives can be called on: it is known before what stands behind it is come to.
        let mut paths: Vec<_> = description.paths.iter().collect();
        paths.sort_by_key(|path| path.text.matches('/').count());
        let mut given = HashMap::new();
        let mut walker = Walker { description, components, types, by_short: &by_short, files, told: &mut told };
        for path in paths {
            walker.path(path, &mut given)?;
        }
    }
    Ok(told)
}

struct Walker<'w, 'c, 'a> {
    description: &'w Description<'a>,
    components: &'w Components<'c, 'a>,
    types: &'w Types<'a>,
    by_short: &'w HashMap<&'w str, Option<&'w Text<'a>>>,
    files: &'w Files<'w>,
    told: &'w mut Told<'a>,
}

/// The structured types by their names without the namespace; none for a name that several have.
fn by_short_name<'t, 'a>(types: &'t Types<'a>) -> HashMap<&'t str, Option<&'t Text<'a>>> {
    let mut by_short = HashMap::new();
    for (name, _) in types.iter().filter(|(_, declared)| declared.is_structured()) {
        let short = name.rsplit('.').next().unwrap_or_default();
        by_short.entry(short).and_modify(|only| *only = None).or_insert(Some(name));
    }
    by_short
}

impl<'a> Walker<'_, '_, 'a> {
    /// Finds out what the first segments are.
    fn roots(&mut self) -> Result<()> {
        for path in &self.description.paths {
            let mut segments = path.text.split('/').skip(1);
            let (Some(first), second, third) = (segments.next(), segments.next(), segments.next()) else { continue };
            if !is_identifier(first) {
                continue;
            }
            let root = match (second, third) {
                (None, _) => self.answered(path)?,
                (Some(key), None) if key.starts_with('{') => {
                    self.answered(path)?.map(|(ty, _)| (ty, true)).or_else(|| self.keyed(key))
                }
                (Some(key), _) if key.starts_with('{') => self.keyed(key),
                _ => None,
            };
            if let Some((ty, collection)) = root {
                // What the path itself answers is sure; the others are only as good as there is nothing better.
                let is_sure = second.is_none();
                if is_sure || !self.told.roots.contains_key(first) {
                    let root = Root { ty, collection, at: path.at };
                    self.told.roots.insert(first.to_owned().into(), root);
                }
            }
        }
        Ok(())
    }

    /// The structured type that a path answers, or takes.
    fn answered(&self, path: &Path<'a>) -> Result<Option<(Text<'a>, bool)>> {
        let is_operation =
            |method: &&Method<'a>| !matches!(method.documented, Some(Documented::Function | Documented::Action));
        for method in path.methods.iter().filter(is_operation) {
            let schema = match (&method.answer, &method.body) {
                (Some(Shared::Here(schema)), _) | (None, Some(Shared::Here(schema))) => Some(schema),
                (Some(Shared::Component(name, _)), _) => self.description.responses.get(name),
                (None, Some(Shared::Component(name, _))) => self.description.bodies.get(name),
                (None, None) => None,
            };
            let Some(schema) = schema else { continue };
            let used = self.components.result(schema, self.description.habits)?;
            if self.is_structured(&used.name) {
                // What is taken to make one of a set is one.
                let collection = used.collection || (method.answer.is_none() && method.verb == Verb::Post);
                return Ok(Some((used.name, collection)));
            }
        }
        Ok(None)
    }

    /// The type whose key a placeholder is called after: `{group-id}`.
    fn keyed(&self, segment: &str) -> Option<(Text<'a>, bool)> {
        let (short, _) = segment.strip_prefix('{')?.strip_suffix('}')?.rsplit_once('-')?;
        let only = (*self.by_short.get(short)?)?;
        Some((only.clone(), true))
    }

    fn path(&mut self, path: &Path<'a>, given: &mut HashMap<String, Here<'a>>) -> Result<()> {
        let segments: Vec<&str> = path.text.split('/').skip(1).collect();
        let Some((first, rest)) = segments.split_first() else { return Ok(()) };
        let Some(root) = self.told.roots.get(first.split('(').next().unwrap_or_default()) else { return Ok(()) };
        let mut here = Here { ty: root.ty.clone(), collection: root.collection && !first.contains('('), through: None };
        let mut walked = format!("/{first}");
        for (index, segment) in rest.iter().enumerate() {
            walked.push('/');
            walked.push_str(segment);
            if let Some(known) = given.get(&walked) {
                here = known.clone();
                continue;
            }
            let is_last = index + 1 == rest.len();
            match self.step(&here, segment, path, is_last) {
                Step::To(next) => here = next,
                Step::Call(on, name) if is_last => {
                    let on = (on.ty, on.collection);
                    let calls = Calls { components: self.components, description: self.description, files: self.files };
                    if let Some(call) = calls.call(path, segment, name, on)? {
                        if let Some(gives) = call.returns.as_ref().filter(|gives| self.is_structured(&gives.name)) {
                            let next = Here { ty: gives.name.clone(), collection: gives.collection, through: None };
                            given.insert(walked, next);
                        }
                        self.told.calls.push(call);
                    }
                    return Ok(());
                }
                Step::Call(..) | Step::Nowhere => return Ok(()),
            }
        }
        self.treated(path, here);
        Ok(())
    }

    fn step(&mut self, here: &Here<'a>, segment: &str, path: &Path<'a>, is_last: bool) -> Step<'a> {
        let nowhere = Step::Nowhere;
        if segment == "$ref" {
            if let Some(through) = &here.through {
                self.told.relations.entry(through.clone()).or_default().referenced = true;
            }
            return nowhere;
        }
        if segment.starts_with('$') {
            return nowhere;
        }
        if segment.starts_with('{') || segment.starts_with('(') {
            if !here.collection {
                return nowhere;
            }
            self.key(&here.ty, segment);
            return Step::To(Here { collection: false, ..here.clone() });
        }
        let (name, is_called) = segment.split_once('(').map_or((segment, false), |(name, _)| (name, true));
        let documented =
            |method: &Method<'_>| matches!(method.documented, Some(Documented::Function | Documented::Action));
        if is_last && path.methods.iter().any(documented) {
            return Step::Call(here.clone(), qualified(name));
        }
        if let Some((declaring, member)) = self.member(&here.ty, name)
            && !here.collection
        {
            if !self.is_structured(&member.ty.name) {
                return nowhere;
            }
            return Step::To(Here {
                ty: member.ty.name.clone(),
                // `members(uniqueName='{uniqueName}')`: by an alternate key, one.
                collection: member.ty.collection && !is_called,
                through: Some((declaring, member.name.clone())),
            });
        }
        if name.contains('.') && !is_called {
            let cast = qualified(name);
            if self.is_structured(&cast) {
                let related = self.components.is_a(&cast, &here.ty) || self.components.is_a(&here.ty, &cast);
                return if related { Step::To(Here { ty: cast, through: None, ..here.clone() }) } else { nowhere };
            }
        }
        let looks_called = (is_called || name.contains('.')) && !path.is_documented;
        if is_last && looks_called { Step::Call(here.clone(), qualified(name)) } else { nowhere }
    }

    /// Notes that one of `ty` is addressed by the key `{group-id}` or `(a='{a}',b='{b}')`.
    fn key(&mut self, ty: &Text<'a>, segment: &str) {
        let inner = segment.trim_matches(['{', '}', '(', ')']);
        let short = ty.rsplit('.').next().unwrap_or_default();
        let mut names: Vec<Text<'a>> = Vec::new();
        for part in inner.split(',') {
            let part = part.split_once('=').map_or(part, |(name, _)| name);
            let name = part.strip_prefix(short).and_then(|rest| rest.strip_prefix('-')).unwrap_or(part);
            // The second key of a type in one path is `{event-id1}`.
            let name = [name, name.trim_end_matches(|c: char| c.is_ascii_digit())]
                .into_iter()
                .find_map(|name| self.member(ty, name).map(|(_, member)| member.name.clone()));
            names.extend(name);
        }
        let known = self.told.keys.entry(ty.clone()).or_default();
        if known.is_empty() {
            *known = names;
        }
    }

    /// What can be done at the end of a path tells how the relation that led there treats its entities.
    fn treated(&mut self, path: &Path<'a>, here: Here<'a>) {
        let Some(through) = here.through else { return };
        let treated = self.told.relations.entry(through).or_default();
        treated.written |= path.changes || (path.adds && here.collection);
    }

    /// A property of a type or of one that it derives from, with the name of the type that declares it.
    fn member(&self, ty: &str, name: &str) -> Option<(Text<'a>, &Member<'a>)> {
        self.components.chain(ty).find_map(|ty| {
            let (declaring, declared) = self.types.get_key_value(ty)?;
            let Kind::Object { members, .. } = &declared.kind else { return None };
            Some((declaring.clone(), members.iter().find(|member| member.name == name)?))
        })
    }

    fn is_structured(&self, name: &str) -> bool {
        self.types.get(name).is_some_and(Declared::is_structured)
    }
}

/// A name with its namespace: `cancel` and `graph.cancel` are `microsoft.graph.cancel`.
fn qualified<'a>(name: &str) -> Text<'a> {
    let name = name.strip_prefix("graph.").unwrap_or(name);
    if name.contains('.') { name.to_owned().into() } else { format!("microsoft.graph.{name}").into() }
}
