//! A crate as its source has it: modules, and the items in them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use syn::visit_mut::VisitMut as _;
use syn::{Item, Visibility, parse_quote};

use crate::macros;

use crate::features::Features;

/// A module by its number; that of the crate is the first.
pub(crate) type ModuleId = usize;

/// An item by its module and its place there.
pub(crate) type ItemId = (ModuleId, usize);

/// The root of a crate.
pub(crate) const ROOT: ModuleId = 0;

/// A crate.
pub(crate) struct Crate {
    pub(crate) name: String,
    pub(crate) modules: Vec<Module>,
}

/// A module.
pub(crate) struct Module {
    pub(crate) parent: Option<ModuleId>,
    pub(crate) visibility: Visibility,
    pub(crate) children: BTreeMap<String, ModuleId>,
    pub(crate) items: Vec<Item>,
}

impl Crate {
    /// Reads the crate `name`, whose root is the file `root`, as it is compiled with `features`.
    pub(crate) fn read(name: &str, root: &Path, features: &[&str]) -> Self {
        let mut source = Self { name: name.to_owned(), modules: Vec::new() };
        let folder = root.parent().expect("a file in a folder");
        source.add(None, parse_quote!(pub), file(root, features), folder, features);
        source
    }

    pub(crate) fn item(&self, (module, index): ItemId) -> &Item {
        &self.modules[module].items[index]
    }

    /// All items, those of private modules too.
    pub(crate) fn items(&self) -> impl Iterator<Item = (ModuleId, &Item)> {
        self.modules.iter().enumerate().flat_map(|(id, module)| module.items.iter().map(move |item| (id, item)))
    }

    /// Whether `module` is `outer` or somewhere in it.
    pub(crate) fn is_within(&self, module: ModuleId, outer: ModuleId) -> bool {
        std::iter::successors(Some(module), |&module| self.modules[module].parent).any(|module| module == outer)
    }

    /// Adds a module, and the modules in it, whose files are in `folder`.
    fn add(
        &mut self,
        parent: Option<ModuleId>,
        visibility: Visibility,
        items: Vec<Item>,
        folder: &Path,
        features: &[&str],
    ) -> ModuleId {
        let id = self.modules.len();
        self.modules.push(Module { parent, visibility, children: BTreeMap::new(), items: Vec::new() });
        for item in &items {
            let Item::Mod(child) = item else { continue };
            let name = child.ident.to_string();
            let folder = folder.join(&name);
            let items = match &child.content {
                Some((_, items)) => items.clone(),
                None => file(&existing(&folder), features),
            };
            let child = self.add(Some(id), child.vis.clone(), items, &folder, features);
            self.modules[id].children.insert(name, child);
        }
        self.modules[id].items = items;
        id
    }
}

/// The file of the module whose own modules are in `folder`.
fn existing(folder: &Path) -> PathBuf {
    let beside = folder.with_extension("rs");
    if beside.exists() { beside } else { folder.join("mod.rs") }
}

/// The items of a file that are compiled.
fn file(path: &Path, features: &[&str]) -> Vec<Item> {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut file = syn::parse_file(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    Features(features).visit_file_mut(&mut file);
    let made = file.items.iter().filter_map(|item| match item {
        Item::Macro(call) if call.ident.is_none() => macros::fields(&call.mac),
        _ => None,
    });
    let made: Vec<_> = made.map(Item::Mod).collect();
    file.items.extend(made);
    file.items
}
