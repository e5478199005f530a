//! The public items of generated code, read from the code itself.

#![allow(dead_code, reason = "each of the tests needs another part of it")]

use std::collections::BTreeMap;

use pim_gen::Tree;
use quote::ToTokens as _;
use syn::{Fields, ImplItem, Item, Visibility};

/// Items by what they are and their whole path, `fn pim_client::v1_0::models::Group::visibility`; each with its types.
pub(crate) type Public = BTreeMap<String, String>;

/// The public items of the version whose module is `module`.
pub(crate) fn items(code: &Tree, module: &str) -> Public {
    let mut public = Public::new();
    for (path, text) in code.iter() {
        let Some(file) = path.strip_prefix(&format!("{module}/")).and_then(|path| path.strip_suffix(".rs")) else {
            continue;
        };
        let root = format!("pim_client::{module}");
        let segments: Vec<_> = file.split('/').filter(|segment| *segment != "mod").collect();
        match segments.as_slice() {
            ["models", ..] => self::file(&format!("{root}::models"), text, &mut public),
            ["resources"] => self::file(&root, text, &mut public),
            ["resources" | "operations", ..] => {
                let module = format!("{root}::{}", segments.join("::"));
                self::file(&raw(&module), text, &mut public);
            }
            _ => {}
        }
    }
    public
}

/// A path of modules as code writes it: files are called without `r#`.
fn raw(path: &str) -> String {
    let segment = |segment: &str| match syn::parse_str::<syn::Ident>(segment) {
        Ok(_) => segment.to_owned(),
        Err(_) => format!("r#{segment}"),
    };
    path.split("::").map(segment).collect::<Vec<_>>().join("::")
}

fn file(module: &str, text: &str, public: &mut Public) {
    let is_public = |visibility: &Visibility| matches!(visibility, Visibility::Public(_));
    let mut add = |sort: &str, path: String, signature: String| {
        public.insert(format!("{sort} {path}"), signature);
    };
    for item in syn::parse_file(text).unwrap().items {
        match item {
            Item::Mod(child) if is_public(&child.vis) => {
                // The root of the paths is called by the version's name alone.
                let at =
                    if module.matches("::").count() == 1 { format!("{module}::resources") } else { module.to_owned() };
                add("mod", format!("{at}::{}", child.ident), String::new());
            }
            Item::Type(alias) => add("type", format!("{module}::{}", alias.ident), String::new()),
            Item::Static(table) if table.ident != "ALL" => {
                add("fn", format!("{module}::{}", table.ident), String::new());
            }
            Item::Struct(object) if is_public(&object.vis) => {
                add("type", format!("{module}::{}", object.ident), "struct".to_owned());
                if let Fields::Named(fields) = &object.fields {
                    for field in fields.named.iter().filter(|field| is_public(&field.vis)) {
                        let path = format!("{module}::{}::{}", object.ident, field.ident.as_ref().unwrap());
                        add("part", path, field.ty.to_token_stream().to_string());
                    }
                }
            }
            Item::Enum(choice) if is_public(&choice.vis) => {
                add("type", format!("{module}::{}", choice.ident), "enum".to_owned());
                for variant in &choice.variants {
                    let path = format!("{module}::{}::{}", choice.ident, variant.ident);
                    add("part", path, variant.fields.to_token_stream().to_string());
                }
            }
            Item::Impl(block) if block.trait_.is_none() => {
                let ty = block.self_ty.to_token_stream().to_string();
                for item in block.items {
                    let ImplItem::Fn(method) = item else { continue };
                    if !is_public(&method.vis) || ty.contains("::") {
                        continue;
                    }
                    let inputs = method.sig.inputs.iter().map(|input| match input {
                        syn::FnArg::Typed(typed) => typed.ty.to_token_stream().to_string(),
                        syn::FnArg::Receiver(receiver) => receiver.to_token_stream().to_string(),
                    });
                    let inputs: Vec<_> = inputs.collect();
                    let signature = format!("({}) {}", inputs.join(", "), method.sig.output.to_token_stream());
                    add("fn", format!("{module}::{ty}::{}", method.sig.ident), signature);
                }
            }
            _ => {}
        }
    }
    fields(module, text, public);
}

/// The functions that a type's macro makes: `"displayName" => display_name: String,` below `… fields of Group {`.
fn fields(module: &str, text: &str, public: &mut Public) {
    let Some(root) = module.strip_suffix("::models") else { return };
    let Some((_, behind)) = text.split_once(", fields of ") else { return };
    let (of, members) = behind.split_once(" {").unwrap();
    let of = heck::ToSnakeCase::to_snake_case(of);
    let of = raw(&of);
    public.insert(format!("mod {root}::fields::{of}"), String::new());
    for line in members.lines() {
        let Some((_, member)) = line.split_once("\" => ") else { continue };
        let (name, ty) = member.trim_end_matches(',').split_once(": ").unwrap();
        public.insert(format!("fn {root}::fields::{of}::{name}"), ty.to_owned());
    }
}

/// The path of an item, without what it is.
pub(crate) fn path(item: &str) -> &str {
    item.split_once(' ').unwrap().1
}
