//! What a name means: modules, `use`, and what `#[macro_export]` puts into the root.
//!
//! A path begins at the crate, in a module beside or above, or in another crate. Those that begin with an imported module
//! are not followed: no export of this crate does.

use std::collections::BTreeSet;

use syn::{Item, UseTree, Visibility};

use crate::features::{is_hidden, item_attributes};
use crate::source::{Crate, ItemId, ModuleId, ROOT};

/// What a name means in one of the namespaces.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Named {
    Module(ModuleId),
    Item(ItemId),
    /// Something of another crate, by its path there.
    Foreign(String),
}

/// A name that `use` brings into a module, or all names of a module.
struct Import {
    path: Vec<String>,
    /// Nothing, for all names.
    name: Option<String>,
}

impl Crate {
    /// What others can name in a module, in the order of the names.
    pub(crate) fn exports(&self, module: ModuleId) -> Vec<(String, Named)> {
        let mut exports = Vec::new();
        let named = self.names(module);
        for (index, item) in self.modules[module].items.iter().enumerate() {
            if !matches!(visibility(item), Some(Visibility::Public(_))) || is_hidden(item_attributes(item)) {
                continue;
            }
            match item {
                Item::Use(item) => {
                    for import in imports(&item.tree) {
                        let imported = self.imported(module, &import).into_iter();
                        // What is named goes before what is in a `*`.
                        let counts = |name: &String| import.name.is_some() || !named.contains(name);
                        exports.extend(imported.filter(|(name, _)| counts(name)));
                    }
                }
                _ => exports.extend(name(item).map(|name| (name.clone(), self.own(module, index, &name)))),
            }
        }
        exports.sort();
        exports.dedup();
        exports
    }

    /// The names that a module gives itself, whoever can see them.
    fn names(&self, module: ModuleId) -> BTreeSet<String> {
        let items = self.modules[module].items.iter();
        let names = items.flat_map(|item| match item {
            Item::Use(item) => imports(&item.tree).into_iter().filter_map(|import| import.name).collect(),
            _ => name(item).into_iter().collect::<Vec<_>>(),
        });
        names.collect()
    }

    /// What `path` means in `module`. In each namespace it can mean something else.
    pub(crate) fn resolve(&self, module: ModuleId, path: &[String]) -> Vec<Named> {
        let Some((last, before)) = path.split_last() else { return Vec::new() };
        let found = self.enter(module, before).map_or_else(Vec::new, |module| self.lookup(module, last));
        let is_foreign = found.is_empty() && !self.begins_here(module, &path[0]);
        if is_foreign { vec![Named::Foreign(path.join("::"))] } else { found }
    }

    /// The module that `path` leads to from `module`.
    fn enter(&self, module: ModuleId, path: &[String]) -> Option<ModuleId> {
        path.iter().enumerate().try_fold(module, |at, (index, segment)| match segment.as_str() {
            "crate" => Some(ROOT),
            name if index == 0 && name == self.name => Some(ROOT),
            "self" => Some(at),
            "super" => self.modules[at].parent,
            name => self.modules[at].children.get(name).copied(),
        })
    }

    /// Whether a path that begins with `first` stays in this crate.
    fn begins_here(&self, module: ModuleId, first: &str) -> bool {
        self.enter(module, &[first.to_owned()]).is_some()
    }

    /// What `name` means as a name of `module`.
    fn lookup(&self, module: ModuleId, name: &str) -> Vec<Named> {
        let mut found = Vec::new();
        for (index, item) in self.modules[module].items.iter().enumerate() {
            match item {
                Item::Use(item) => {
                    let imports = imports(&item.tree);
                    let imports = imports.iter().filter(|import| import.name.as_ref().is_none_or(|own| own == name));
                    let imported = imports.flat_map(|import| self.imported(module, import));
                    found.extend(imported.filter(|(own, _)| own == name).map(|(_, named)| named));
                }
                _ if self::name(item).is_some_and(|own| own == name) => found.push(self.own(module, index, name)),
                _ => {}
            }
        }
        if module == ROOT {
            found.extend(self.exported_macro(name).map(Named::Item));
        }
        found
    }

    /// What an import brings into `module`: only what can be seen from there.
    fn imported(&self, module: ModuleId, import: &Import) -> Vec<(String, Named)> {
        let Some(name) = &import.name else {
            return self.enter(module, &import.path).map_or_else(Vec::new, |module| self.exports(module));
        };
        let found = match import.path.as_slice() {
            [whole] if !self.begins_here(module, whole) => vec![Named::Foreign(whole.clone())],
            path => self.resolve(module, path),
        };
        found.into_iter().filter(|named| self.is_visible(named, module)).map(|named| (name.clone(), named)).collect()
    }

    fn own(&self, module: ModuleId, index: usize, name: &str) -> Named {
        match &self.modules[module].items[index] {
            Item::Mod(_) => Named::Module(self.modules[module].children[name]),
            _ => Named::Item((module, index)),
        }
    }

    fn is_visible(&self, named: &Named, from: ModuleId) -> bool {
        let (declared_in, visibility) = match named {
            Named::Foreign(_) => return true,
            Named::Item(id) => (id.0, visibility(self.item(*id))),
            Named::Module(id) => {
                let module = &self.modules[*id];
                let Some(parent) = module.parent else { return true };
                (parent, Some(&module.visibility))
            }
        };
        !matches!(visibility, Some(Visibility::Inherited)) || self.is_within(from, declared_in)
    }

    /// The macro that `#[macro_export]` has put into the root.
    fn exported_macro(&self, name: &str) -> Option<ItemId> {
        let exported = |item: &Item| {
            self::name(item).is_some_and(|own| own == name)
                && item_attributes(item).iter().any(|attribute| attribute.path().is_ident("macro_export"))
        };
        self.modules.iter().enumerate().find_map(|(id, module)| Some((id, module.items.iter().position(exported)?)))
    }
}

/// The name of an item, if it has one.
pub(crate) fn name(item: &Item) -> Option<String> {
    let ident = match item {
        Item::Const(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        Item::Fn(item) => &item.sig.ident,
        Item::Macro(item) => item.ident.as_ref()?,
        Item::Mod(item) => &item.ident,
        Item::Static(item) => &item.ident,
        Item::Struct(item) => &item.ident,
        Item::Trait(item) => &item.ident,
        Item::Type(item) => &item.ident,
        _ => return None,
    };
    Some(ident.to_string())
}

/// Who can see an item. A macro has no say in it.
fn visibility(item: &Item) -> Option<&Visibility> {
    Some(match item {
        Item::Const(item) => &item.vis,
        Item::Enum(item) => &item.vis,
        Item::Fn(item) => &item.vis,
        Item::Mod(item) => &item.vis,
        Item::Static(item) => &item.vis,
        Item::Struct(item) => &item.vis,
        Item::Trait(item) => &item.vis,
        Item::Type(item) => &item.vis,
        Item::Use(item) => &item.vis,
        _ => return None,
    })
}

/// What a `use` declaration imports.
fn imports(tree: &UseTree) -> Vec<Import> {
    let mut imports = Vec::new();
    flatten(tree, &mut Vec::new(), &mut imports);
    imports
}

fn flatten(tree: &UseTree, before: &mut Vec<String>, imports: &mut Vec<Import>) {
    let mut import = |path: Vec<String>, name: Option<String>| imports.push(Import { path, name });
    let with = |last: &syn::Ident| before.iter().cloned().chain([last.to_string()]).collect::<Vec<_>>();
    match tree {
        UseTree::Path(path) => {
            before.push(path.ident.to_string());
            flatten(&path.tree, before, imports);
            before.pop();
        }
        UseTree::Group(group) => group.items.iter().for_each(|tree| flatten(tree, before, imports)),
        UseTree::Glob(_) => import(before.clone(), None),
        UseTree::Name(name) if name.ident == "self" => import(before.clone(), before.last().cloned()),
        UseTree::Name(name) => import(with(&name.ident), Some(name.ident.to_string())),
        UseTree::Rename(rename) => import(with(&rename.ident), Some(rename.rename.to_string())),
    }
}
