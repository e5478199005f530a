//! The client's public API as text, one item a line, and what a change of it means for those who call it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use pim_gen::diff::Bump;
use pim_gen::{Error, Result};

use crate::workspace::read_text;

/// Where it is in the repository.
pub(super) const FOLDER: &str = "tests/public-api";

/// What says of a type that it may get more fields or variants.
const NON_EXHAUSTIVE: &str = "#[non_exhaustive] ";

/// The items of the API. A derived implementation is an item of its own, as one that was written is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Listing(BTreeSet<String>);

/// What changed between two listings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Changes {
    /// What callers may not find as it was.
    pub(super) breaking: Vec<String>,
    /// What is new and breaks nobody.
    pub(super) new: Vec<String>,
}

impl Changes {
    /// The least step of the version that allows it.
    pub(super) fn bump(&self) -> Bump {
        match (self.breaking.is_empty(), self.new.is_empty()) {
            (false, _) => Bump::Major,
            (true, false) => Bump::Minor,
            (true, true) => Bump::None,
        }
    }

    /// How much of each.
    pub(super) fn counted(&self) -> String {
        match self.bump() {
            Bump::None => "nothing changed".to_owned(),
            _ => format!("{} breaking, {} new", self.breaking.len(), self.new.len()),
        }
    }
}

impl Listing {
    /// Reads the files of a folder, and of those in it.
    pub(super) fn read(folder: &Path) -> Result<Self> {
        let mut listing = Self::default();
        let mut folders = vec![folder.to_owned()];
        while let Some(folder) = folders.pop() {
            let failed = |error| Error::new(format!("cannot read {}: {error}", folder.display()));
            for entry in fs::read_dir(&folder).map_err(failed)? {
                let path = entry.map_err(failed)?.path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    listing.add(&read_text(&path)?);
                }
            }
        }
        Ok(listing)
    }

    /// Adds the lines of a file.
    pub(super) fn add(&mut self, text: &str) {
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let (derived, item) = split_derives(line);
            let path = Item::of(&item).path.to_owned();
            self.0.extend(derived.map(|name| format!("impl {name} for {path}")));
            self.0.insert(item);
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What changed from here to `new`.
    pub(super) fn changes_to(&self, new: &Self) -> Changes {
        let types = self.types();
        let mut changes = Changes::default();
        for gone in self.0.difference(&new.0) {
            if !forms_that_serve(gone).any(|form| new.0.contains(&form)) {
                changes.breaking.push(format!("- {gone}"));
            }
        }
        for added in new.0.difference(&self.0) {
            let list = if types.is_broken_by(added) { &mut changes.breaking } else { &mut changes.new };
            list.push(format!("+ {added}"));
        }
        changes
    }

    fn types(&self) -> Types<'_> {
        let types = self.0.iter().map(|line| {
            let item = Item::of(line);
            let closed = !line.contains(NON_EXHAUSTIVE);
            let ty = match item.keyword {
                "struct" if closed && !line.ends_with("{ .. }") => Type::OpenFields,
                "enum" if closed => Type::Exhaustive,
                "trait" => Type::Trait,
                _ => Type::Other,
            };
            (item.path, ty)
        });
        Types(types.collect())
    }
}

/// `#[derive(Clone, Debug)] pub struct X` → `Clone` and `Debug`, and `pub struct X`.
fn split_derives(line: &str) -> (impl Iterator<Item = &str>, String) {
    let split = line.strip_prefix("#[derive(").and_then(|rest| rest.split_once(")] "));
    let (derived, item) = split.unwrap_or(("", line));
    (derived.split(", ").filter(|name| !name.is_empty()), item.to_owned())
}

/// What an item may become without harm to those who use it as it is.
fn forms_that_serve(item: &str) -> impl Iterator<Item = String> {
    let forms = [
        item.replacen("pub fn ", "pub const fn ", 1),
        // A method or constant of a trait gets a default.
        format!("{item} {{ .. }}"),
        format!("{item} = .."),
        item.replacen(NON_EXHAUSTIVE, "", 1),
    ];
    let own = item.to_owned();
    forms.into_iter().filter(move |form| *form != own)
}

/// The types that there were, by what an item that comes to them can break.
struct Types<'a>(BTreeMap<&'a str, Type>);

#[derive(Clone, Copy, PartialEq, Eq)]
enum Type {
    /// A struct that callers may have written out with all its fields.
    OpenFields,
    /// An enum of which callers may have matched all variants.
    Exhaustive,
    /// A trait that callers may have implemented.
    Trait,
    Other,
}

impl Types<'_> {
    /// Whether a new item breaks those who use the type that it comes to.
    fn is_broken_by(&self, line: &str) -> bool {
        let item = Item::of(line);
        let Some((owner, _)) = item.path.rsplit_once("::") else { return false };
        match self.0.get(owner) {
            Some(Type::OpenFields) => item.keyword.is_empty() && item.is_public,
            Some(Type::Exhaustive) => item.keyword.is_empty() && !item.is_public,
            Some(Type::Trait) => !item.is_public && !line.ends_with("{ .. }") && !line.ends_with("= .."),
            _ => self.0.get(item.path).is_some_and(|_| line.contains(NON_EXHAUSTIVE)),
        }
    }
}

/// What a line is about.
struct Item<'a> {
    is_public: bool,
    /// `struct`, `fn`, …; empty for fields and variants.
    keyword: &'a str,
    /// Its path. Of an implementation, nothing.
    path: &'a str,
}

impl<'a> Item<'a> {
    fn of(line: &'a str) -> Self {
        let mut item = Self { is_public: false, keyword: "", path: "" };
        let mut rest = line.strip_prefix(NON_EXHAUSTIVE).unwrap_or(line);
        loop {
            let end = rest.find(|c: char| c.is_whitespace() || "<({;!".contains(c)).unwrap_or(rest.len());
            match &rest[..end] {
                "pub" => item.is_public = true,
                "async" | "unsafe" => {}
                "impl" => return Self { keyword: "impl", ..item },
                word @ ("struct" | "enum" | "trait" | "fn" | "const" | "static" | "type" | "mod" | "use" | "macro") => {
                    item.keyword = word;
                }
                path => {
                    item.path = path.strip_suffix(':').unwrap_or(path);
                    return item;
                }
            }
            rest = rest[end..].trim_start();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The API that every test starts from.
    const API: &str = "
        #[derive(Clone, Debug)] #[non_exhaustive] pub struct client::Group
        pub client::Group::visibility: Option<String>
        pub fn client::Group::name(&self) -> &str
        #[derive(Debug)] pub struct client::Point
        pub client::Point::x: u8
        pub struct client::Sealed { .. }
        #[derive(Debug)] #[non_exhaustive] pub enum client::Status
        client::Status::Granted
        pub enum client::Side
        client::Side::Left
        pub trait client::Provider: Send
        fn client::Provider::token(&self) -> String
        impl Display for client::Group
        pub mod client::models
        pub use std::fmt as client::fmt
    ";

    fn listing(text: &str) -> Listing {
        let mut listing = Listing::default();
        listing.add(text);
        listing
    }

    /// What changes if the API has `to` instead of `from`.
    fn replacing(from: &str, to: &str) -> Changes {
        assert!(API.contains(from), "{from} is not in the API");
        listing(API).changes_to(&listing(&API.replace(from, to)))
    }

    /// What changes if the API has `line`, too.
    fn adding(line: &str) -> Changes {
        listing(API).changes_to(&listing(&format!("{API}\n{line}")))
    }

    fn assert_breaks(changes: &Changes) {
        assert_eq!(changes.bump(), Bump::Major, "{changes:?}");
    }

    fn assert_adds(changes: &Changes) {
        assert_eq!(changes.bump(), Bump::Minor, "{changes:?}");
    }

    #[test]
    fn the_same_api_asks_for_nothing() {
        assert_eq!(listing(API).changes_to(&listing(API)), Changes::default());
    }

    #[test]
    fn what_is_gone_breaks_callers() {
        for line in API.lines().map(str::trim).filter(|line| !line.is_empty()) {
            assert_breaks(&replacing(line, ""));
        }
    }

    #[test]
    fn another_signature_breaks_callers() {
        assert_breaks(&replacing("name(&self) -> &str", "name(&self) -> String"));
        assert_breaks(&replacing("visibility: Option<String>", "visibility: Option<Visibility>"));
    }

    #[test]
    fn new_items_add() {
        assert_adds(&adding("pub fn client::Group::mail(&self) -> &str"));
        assert_adds(&adding("pub struct client::Event"));
        assert_adds(&adding("impl Hash for client::Group"));
        assert_adds(&adding("pub const fn client::models::all() -> u8"));
    }

    #[test]
    fn fields_and_variants_of_what_is_not_exhaustive_add() {
        assert_adds(&adding("pub client::Group::mail: Option<String>"));
        assert_adds(&adding("client::Status::Denied"));
    }

    #[test]
    fn a_field_of_a_struct_with_private_ones_adds() {
        assert_adds(&adding("pub client::Sealed::mail: Option<String>"));
    }

    #[test]
    fn a_field_of_a_struct_that_callers_write_out_breaks_them() {
        assert_breaks(&adding("pub client::Point::y: u8"));
    }

    #[test]
    fn a_method_of_such_a_struct_adds() {
        assert_adds(&adding("pub fn client::Point::new(x: u8) -> Self"));
    }

    #[test]
    fn a_variant_of_an_enum_that_callers_match_whole_breaks_them() {
        assert_breaks(&adding("client::Side::Right"));
        assert_breaks(&adding("client::Side::Between(u8)"));
        assert_breaks(&adding("client::Side::Within { depth: u8 }"));
    }

    #[test]
    fn a_new_enum_adds_with_its_variants() {
        assert_adds(&adding("pub enum client::Colour\nclient::Colour::Red"));
    }

    #[test]
    fn an_item_of_a_trait_breaks_those_who_implement_it_unless_it_has_a_default() {
        assert_breaks(&adding("fn client::Provider::refresh(&self)"));
        assert_breaks(&adding("type client::Provider::Error"));
        assert_adds(&adding("fn client::Provider::refresh(&self) { .. }"));
        assert_adds(&adding("const client::Provider::NAME: &'static str = .."));
    }

    #[test]
    fn a_method_of_a_trait_may_get_a_default() {
        assert_adds(&replacing("token(&self) -> String", "token(&self) -> String { .. }"));
    }

    #[test]
    fn a_function_may_become_const_and_not_the_other_way_round() {
        let (plain, constant) = ("pub fn client::Group::name", "pub const fn client::Group::name");
        assert_adds(&replacing(plain, constant));
        let (api, became) = (listing(API), listing(&API.replace(plain, constant)));
        assert_breaks(&became.changes_to(&api));
    }

    #[test]
    fn one_may_derive_more_and_not_less() {
        assert_adds(&replacing(
            "#[derive(Debug)] pub struct client::Point",
            "#[derive(Copy, Debug)] pub struct client::Point",
        ));
        assert_breaks(&replacing("#[derive(Debug)] pub struct client::Point", "pub struct client::Point"));
    }

    #[test]
    fn to_write_what_was_derived_changes_nothing() {
        let written = "pub struct client::Point\nimpl Debug for client::Point";
        assert_eq!(replacing("#[derive(Debug)] pub struct client::Point", written), Changes::default());
    }

    #[test]
    fn what_becomes_non_exhaustive_breaks_callers_and_not_the_other_way_round() {
        assert_breaks(&replacing("pub enum client::Side", "#[non_exhaustive] pub enum client::Side"));
        assert_adds(&replacing("#[non_exhaustive] pub enum client::Status", "pub enum client::Status"));
    }
}
