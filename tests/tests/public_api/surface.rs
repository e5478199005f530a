//! What can be reached from the root of a crate, by its shortest path.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fmt;

use pim_gen::Tree;
use syn::{Item, Type};

use crate::features::is_hidden;
use crate::macros;
use crate::names::Named;
use crate::signature;
use crate::source::{Crate, ItemId, ModuleId, ROOT};

/// The API of a crate: a file for each of its modules, down to the second level.
pub(crate) fn files(source: &Crate) -> Tree {
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    for line in Surface::of(source).lines {
        let text = texts.entry(line.file).or_default();
        text.push_str(&line.text);
        text.push('\n');
    }
    let mut tree = Tree::default();
    for (file, text) in texts {
        tree.insert(file, text).expect("each file is there once");
    }
    tree
}

/// A line of the listing. Lines are ordered by what they are about, declarations before the rest.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Line {
    file: String,
    path: Vec<String>,
    is_about: bool,
    text: String,
}

/// Where something is: in a module, by a name.
#[derive(Clone)]
struct Place {
    module: Vec<String>,
    name: String,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}::{}", self.module.join("::"), self.name)
    }
}

/// What was reached.
struct Surface<'a> {
    source: &'a Crate,
    /// The shortest path of each item.
    items: BTreeMap<ItemId, Place>,
    modules: BTreeMap<ModuleId, Vec<String>>,
    lines: BTreeSet<Line>,
}

impl<'a> Surface<'a> {
    fn of(source: &'a Crate) -> Self {
        let mut surface = Self { source, items: BTreeMap::new(), modules: BTreeMap::new(), lines: BTreeSet::new() };
        surface.walk();
        for (module, item) in source.items() {
            match item {
                Item::Impl(block) if !is_hidden(&block.attrs) => surface.implementation(module, block),
                Item::Macro(call) if call.ident.is_none() => surface.call(module, call),
                _ => {}
            }
        }
        surface
    }

    /// Goes through the modules, those with the shortest paths first.
    fn walk(&mut self) {
        let root = vec![self.source.name.clone()];
        self.modules.insert(ROOT, root.clone());
        let mut waiting = VecDeque::from([(ROOT, root)]);
        while let Some((id, module)) = waiting.pop_front() {
            for (name, named) in self.source.exports(id) {
                let place = Place { module: module.clone(), name };
                if let Some(original) = self.original(&named) {
                    self.add(&place, None, false, format!("pub use {original} as {place}"));
                    continue;
                }
                match named {
                    Named::Foreign(_) => {}
                    Named::Module(id) => {
                        self.add(&place, None, false, format!("pub mod {place}"));
                        let module: Vec<_> = module.iter().chain([&place.name]).cloned().collect();
                        self.modules.insert(id, module.clone());
                        waiting.push_back((id, module));
                    }
                    Named::Item(id) => {
                        for (member, text) in signature::item(self.source.item(id), &place.to_string()) {
                            self.add(&place, member.as_deref(), false, text);
                        }
                        self.items.insert(id, place);
                    }
                }
            }
        }
    }

    /// The path of something that was reached before, or is another crate's.
    fn original(&self, named: &Named) -> Option<String> {
        match named {
            Named::Foreign(original) => Some(original.clone()),
            Named::Module(id) => self.modules.get(id).map(|module| module.join("::")),
            Named::Item(id) => self.items.get(id).map(ToString::to_string),
        }
    }

    /// The methods of a type, or that it has a trait.
    fn implementation(&mut self, module: ModuleId, block: &syn::ItemImpl) {
        let own = self.item_of(module, &block.self_ty);
        let Some((path, _)) = &block.trait_ else {
            let Some(place) = own.and_then(|id| self.items.get(&id).cloned()) else { return };
            for (member, text) in signature::members(block, &place.to_string()) {
                self.add(&place, Some(&member), false, text);
            }
            return;
        };
        let of_trait = self.named(module, path);
        let is_unreached = |id: &Option<ItemId>| id.is_some_and(|id| !self.items.contains_key(&id));
        if is_unreached(&own) || is_unreached(&of_trait) {
            return;
        }
        // A trait of this crate for a type of another, or a conversion into one: told of what is of this crate.
        let argument = || generics(path).find_map(|ty| self.item_of(module, ty));
        let about = own.or(of_trait).or_else(argument);
        let Some(place) = about.and_then(|id| self.items.get(&id).cloned()) else { return };
        let full = own.map(|_| place.to_string());
        self.add(&place, None, true, signature::implementation(block, full.as_deref()));
    }

    /// What a macro of this crate makes of a type.
    fn call(&mut self, module: ModuleId, call: &syn::ItemMacro) {
        let Some(subject) = macros::subject(&call.mac) else { return };
        let definition = self.named(module, &call.mac.path).and_then(|id| self.items.get(&id));
        let subject = self.resolve(module, &[subject]).and_then(|id| self.items.get(&id));
        let (Some(definition), Some(subject)) = (definition, subject.cloned()) else { return };
        let text = format!("{definition}! {{ {subject} }}");
        self.add(&subject, None, true, text);
    }

    fn add(&mut self, place: &Place, member: Option<&str>, is_about: bool, text: String) {
        let file = match place.module.iter().skip(1).take(2).map(String::as_str).collect::<Vec<_>>().join("/") {
            root if root.is_empty() => "crate.txt".to_owned(),
            module => format!("{module}.txt"),
        };
        let below = [place.name.as_str()].into_iter().chain(member).map(str::to_owned);
        let path = place.module.iter().cloned().chain(below).collect();
        self.lines.insert(Line { file, path, is_about, text });
    }

    /// The item of this crate that a type is, or refers to.
    fn item_of(&self, module: ModuleId, ty: &Type) -> Option<ItemId> {
        match ty {
            Type::Reference(reference) => self.item_of(module, &reference.elem),
            Type::Path(path) => self.named(module, &path.path),
            _ => None,
        }
    }

    fn named(&self, module: ModuleId, path: &syn::Path) -> Option<ItemId> {
        let path: Vec<_> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        self.resolve(module, &path)
    }

    fn resolve(&self, module: ModuleId, path: &[String]) -> Option<ItemId> {
        self.source.resolve(module, path).into_iter().find_map(|named| match named {
            Named::Item(id) => Some(id),
            _ => None,
        })
    }
}

/// The types that the last segment of a path is given.
fn generics(path: &syn::Path) -> impl Iterator<Item = &Type> {
    let arguments = path.segments.last().and_then(|segment| match &segment.arguments {
        syn::PathArguments::AngleBracketed(arguments) => Some(&arguments.args),
        _ => None,
    });
    arguments.into_iter().flatten().filter_map(|argument| match argument {
        syn::GenericArgument::Type(ty) => Some(ty),
        _ => None,
    })
}
