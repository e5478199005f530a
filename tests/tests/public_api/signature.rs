//! What a declaration promises, on one line: it without its documentation, its body and its private parts.

use syn::punctuated::Punctuated;
use syn::{
    Attribute, Fields, FnArg, Generics, ImplItem, Item, ItemImpl, Pat, Signature, TraitItem, Type, Variant, Visibility,
    parse_quote,
};

use crate::features::is_hidden;
use crate::macros;

/// The lines for an item, whose path is `full`: its own, and those of the members that are declared with it.
pub(crate) fn item(item: &Item, full: &str) -> Vec<(Option<String>, String)> {
    let own = |text: String| vec![(None, text)];
    match item {
        Item::Const(item) => own(format!("pub const {full}: {}", ty(&item.ty))),
        Item::Static(item) => own(format!("pub static {full}: {}", ty(&item.ty))),
        Item::Fn(item) => own(function(&item.sig, "pub ", full)),
        Item::Type(item) => {
            let item = syn::ItemType { attrs: kept(&item.attrs), ..item.clone() };
            own(renamed(&line(&Item::Type(item.clone())), "type", &item.ident, full))
        }
        Item::Struct(item) => structure(item, full),
        Item::Enum(item) => enumeration(item, full),
        Item::Trait(item) => interface(item, full),
        Item::Macro(item) => {
            let own = format!("pub macro {full}!");
            let made = macros::makes(&item.mac);
            let made: Vec<_> = made.iter().map(|made| (None, format!("{own} makes {made}"))).collect();
            [(None, own)].into_iter().chain(made).collect()
        }
        _ => Vec::new(),
    }
}

/// The public methods and constants of a block for the type `full`, by name.
pub(crate) fn members(block: &ItemImpl, full: &str) -> Vec<(String, String)> {
    let is_public = |visibility: &Visibility| matches!(visibility, Visibility::Public(_));
    let members = block.items.iter().filter_map(|item| match item {
        ImplItem::Fn(item) if is_public(&item.vis) && !is_hidden(&item.attrs) => {
            let name = item.sig.ident.to_string();
            let text = function(&bounded(&item.sig, &block.generics), "pub ", &format!("{full}::{name}"));
            Some((name, text))
        }
        ImplItem::Const(item) if is_public(&item.vis) && !is_hidden(&item.attrs) => {
            let name = item.ident.to_string();
            let text = format!("pub const {full}::{name}: {}", ty(&item.ty));
            Some((name, text))
        }
        _ => None,
    });
    members.collect()
}

/// That a type has a trait, and which types go with that. `full` is the path of the type, if it has one.
pub(crate) fn implementation(block: &ItemImpl, full: Option<&str>) -> String {
    let mut block = ItemImpl { attrs: Vec::new(), ..block.clone() };
    block.items.retain(|item| matches!(item, ImplItem::Type(_)));
    if let Some(path) = full.and_then(|full| syn::parse_str::<syn::Path>(full).ok()) {
        rename(&mut block.self_ty, path);
    }
    without_body(&line(&Item::Impl(block)))
}

/// Puts `path` for the name of a type, which keeps its parameters.
fn rename(ty: &mut Type, mut path: syn::Path) {
    match ty {
        Type::Reference(reference) => rename(&mut reference.elem, path),
        Type::Path(own) => {
            if let (Some(own), Some(last)) = (own.path.segments.last(), path.segments.last_mut()) {
                last.arguments = own.arguments.clone();
            }
            own.path = path;
        }
        _ => {}
    }
}

fn structure(item: &syn::ItemStruct, full: &str) -> Vec<(Option<String>, String)> {
    let is_public = |field: &&syn::Field| matches!(field.vis, Visibility::Public(_)) && !is_hidden(&field.attrs);
    let header = syn::ItemStruct {
        attrs: kept(&item.attrs),
        fields: Fields::Unit,
        semi_token: Some(parse_quote!(;)),
        ..item.clone()
    };
    let header = line(&Item::Struct(header));
    let rest = match &item.fields {
        Fields::Unit => ";",
        fields if fields.iter().all(|field| is_public(&field)) => "",
        _ => " { .. }",
    };
    let header = format!("{}{rest}", renamed(header.trim_end_matches(';'), "struct", &item.ident, full));
    let fields = item.fields.iter().enumerate().filter(|(_, field)| is_public(field)).map(|(index, field)| {
        let name = field.ident.as_ref().map_or_else(|| index.to_string(), ToString::to_string);
        let text = format!("pub {full}::{name}: {}", ty(&field.ty));
        (Some(name), text)
    });
    [(None, header)].into_iter().chain(fields).collect()
}

fn enumeration(item: &syn::ItemEnum, full: &str) -> Vec<(Option<String>, String)> {
    let header = syn::ItemEnum { attrs: kept(&item.attrs), variants: Punctuated::new(), ..item.clone() };
    let header = renamed(&without_body(&line(&Item::Enum(header))), "enum", &item.ident, full);
    let shown = item.variants.iter().filter(|variant| !is_hidden(&variant.attrs));
    let variants = shown.map(|variant| (Some(variant.ident.to_string()), self::variant(variant, full)));
    [(None, header)].into_iter().chain(variants).collect()
}

fn variant(variant: &Variant, full: &str) -> String {
    let name = &variant.ident;
    let fields = match &variant.fields {
        Fields::Unit => String::new(),
        Fields::Unnamed(fields) => {
            let types: Vec<_> = fields.unnamed.iter().map(|field| ty(&field.ty)).collect();
            format!("({})", types.join(", "))
        }
        Fields::Named(fields) => {
            let named = |field: &syn::Field| Some(format!("{}: {}", field.ident.as_ref()?, ty(&field.ty)));
            format!(" {{ {} }}", fields.named.iter().filter_map(named).collect::<Vec<_>>().join(", "))
        }
    };
    format!("{full}::{name}{fields}")
}

fn interface(item: &syn::ItemTrait, full: &str) -> Vec<(Option<String>, String)> {
    let header = syn::ItemTrait { attrs: kept(&item.attrs), items: Vec::new(), ..item.clone() };
    let header = renamed(&without_body(&line(&Item::Trait(header))), "trait", &item.ident, full);
    let members = item.items.iter().filter_map(|item| match item {
        TraitItem::Fn(item) if !is_hidden(&item.attrs) => {
            let name = item.sig.ident.to_string();
            let provided = if item.default.is_some() { " { .. }" } else { "" };
            let text = format!("{}{provided}", function(&item.sig, "", &format!("{full}::{name}")));
            Some((Some(name), text))
        }
        TraitItem::Const(item) if !is_hidden(&item.attrs) => {
            let provided = if item.default.is_some() { " = .." } else { "" };
            let text = format!("const {full}::{}: {}{provided}", item.ident, ty(&item.ty));
            Some((Some(item.ident.to_string()), text))
        }
        TraitItem::Type(item) if !is_hidden(&item.attrs) => {
            Some((Some(item.ident.to_string()), format!("type {full}::{}", item.ident)))
        }
        _ => None,
    });
    [(None, header)].into_iter().chain(members).collect()
}

/// A function. How it names its arguments inside is its own affair.
fn function(signature: &Signature, visibility: &str, full: &str) -> String {
    let mut signature = signature.clone();
    for input in &mut signature.inputs {
        match input {
            FnArg::Receiver(receiver) => receiver.mutability = None,
            FnArg::Typed(argument) => {
                if let Pat::Ident(pattern) = &mut *argument.pat {
                    pattern.mutability = None;
                }
            }
        }
    }
    let name = &signature.ident;
    let text = line(&parse_quote!(#signature {}));
    format!("{visibility}{}", renamed(&without_body(&text), "fn", name, full))
}

/// A method that asks of the parameters of its block, too, what the block asks of them.
fn bounded(signature: &Signature, block: &Generics) -> Signature {
    let mut signature = signature.clone();
    let predicates = &mut signature.generics.make_where_clause().predicates;
    for parameter in block.type_params().filter(|parameter| !parameter.bounds.is_empty()) {
        let (name, bounds) = (&parameter.ident, &parameter.bounds);
        predicates.push(parse_quote!(#name: #bounds));
    }
    predicates.extend(block.where_clause.iter().flat_map(|clause| clause.predicates.clone()));
    signature
}

/// The attributes that say what can be done with a type.
fn kept(attributes: &[Attribute]) -> Vec<Attribute> {
    let is_kept = |attribute: &&Attribute| {
        ["derive", "non_exhaustive", "deprecated"].iter().any(|name| attribute.path().is_ident(name))
    };
    attributes.iter().filter(is_kept).cloned().collect()
}

fn ty(ty: &Type) -> String {
    let text = line(&parse_quote!(type T = #ty;));
    text.trim_start_matches("type T = ").trim_end_matches(';').to_owned()
}

/// `struct Graph` → `struct pim_client::Graph`
fn renamed(text: &str, keyword: &str, name: &syn::Ident, full: &str) -> String {
    let text = text.trim_end_matches(';');
    text.replacen(&format!("{keyword} {name}"), &format!("{keyword} {full}"), 1)
}

fn without_body(text: &str) -> String {
    text.trim_end_matches("{}").trim_end().trim_end_matches(',').to_owned()
}

/// An item as Rust, on one line.
fn line(item: &Item) -> String {
    let text = prettyplease::unparse(&parse_quote!(#item));
    let mut line = String::with_capacity(text.len());
    for part in text.lines().map(str::trim) {
        if part.starts_with([')', '>', ']']) {
            line.truncate(line.trim_end_matches(',').len());
        } else if !line.is_empty() && !line.ends_with(['(', '<', '[']) {
            line.push(' ');
        }
        line.push_str(part);
    }
    line
}
