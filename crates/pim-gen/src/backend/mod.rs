//! The back end: progenitor writes the code that sends each operation.
//!
//! It sees the document with every schema replaced by a type of ours, so that it writes no types of its own, and what
//! stands in a path as plain text, which the façade has checked and escaped.

mod end;
mod trim;

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use openapiv3::{
    OpenAPI, Parameter, ParameterSchemaOrContent, ReferenceOr, Schema, SchemaKind, StringType, Type as SchemaType,
};
use progenitor::{GenerationSettings, Generator, HooksMode, InterfaceStyle, TagStyle};
use syn::{ImplItem, ImplItemFn, Item};

use crate::emit::rust_type;
use crate::ir::{Answer, Api, ERROR_SCHEMA, Type, reference_schema};
use crate::{Error, Result, profile};

/// What progenitor wrote.
pub struct Backend {
    /// The client type and what belongs to it, without the operations.
    pub client: Vec<Item>,
    /// The function that sends each operation, by the operation's id.
    pub operations: BTreeMap<String, ImplItemFn>,
}

/// Has progenitor write the operations of `document`, which was made from `api`.
pub fn generate(api: &Api, document: &OpenAPI) -> Result<Backend> {
    if let Some(violation) = profile::lint(document).first() {
        return Err(Error::new(format!("cannot be expressed in the profile that the back end takes: {violation}")));
    }
    let settings = settings(api);
    let document = with_plain_paths(document.clone());
    // progenitor panics where it meets what it does not know. The profile keeps all known cases away from it.
    let generated = catch_unwind(AssertUnwindSafe(|| Generator::new(&settings).generate_tokens(&document)));
    let tokens = match generated {
        Ok(Ok(tokens)) => tokens,
        Ok(Err(error)) => return Err(Error::new(format!("the back end refuses the OpenAPI document: {error}"))),
        Err(_) => {
            return Err(Error::new(
                "the back end panicked over the OpenAPI document; this is a fault of the generator",
            ));
        }
    };
    let file = syn::parse2::<syn::File>(tokens)
        .map_err(|error| Error::new(format!("the back end wrote what is not Rust: {error}")))?;
    split(file.items)
}

/// The settings that replace every schema by a type of ours.
fn settings(api: &Api) -> GenerationSettings {
    let mut settings = GenerationSettings::default();
    settings
        .with_interface(InterfaceStyle::Positional)
        .with_tag(TagStyle::Merged)
        .with_hooks(HooksMode::Expected)
        .with_inner_type(quote::quote!(pim_client::runtime::Inner));
    let mut replace = |schema: &str, ours: String| {
        settings.with_replacement(schema, ours, std::iter::empty());
    };
    for shape in api.shapes.keys() {
        replace(shape, format!("models::{shape}"));
    }
    for operation in api.operations() {
        if let Answer::Page(element) = &operation.answer {
            let element_type = rust_type(element);
            replace(&element.collection_schema(), format!("pim_client::runtime::Page<{element_type}>"));
        }
        if let Some(Type::Reference(entity)) = &operation.body {
            replace(&reference_schema(entity), format!("pim_client::runtime::RefBody<models::{entity}>"));
        }
    }
    replace(ERROR_SCHEMA, "pim_client::runtime::ODataError".to_owned());
    settings
}

/// The document with text for every parameter that stands in a path.
fn with_plain_paths(mut document: OpenAPI) -> OpenAPI {
    let text = Schema {
        schema_data: openapiv3::SchemaData::default(),
        schema_kind: SchemaKind::Type(SchemaType::String(StringType::default())),
    };
    let items = document.paths.paths.values_mut().filter_map(|path| match path {
        ReferenceOr::Item(path) => Some(path),
        ReferenceOr::Reference { .. } => None,
    });
    for operation in items.flat_map(|path| [&mut path.get, &mut path.post, &mut path.patch, &mut path.delete]).flatten()
    {
        for parameter in &mut operation.parameters {
            if let ReferenceOr::Item(Parameter::Path { parameter_data, .. }) = parameter {
                parameter_data.format = ParameterSchemaOrContent::Schema(ReferenceOr::Item(text.clone()));
            }
        }
    }
    document
}

/// Takes the operations out of `impl Client`.
fn split(items: Vec<Item>) -> Result<Backend> {
    let mut backend = Backend { client: Vec::new(), operations: BTreeMap::new() };
    for item in items {
        match item {
            // The back end's types are all replaced: what is left in its modules are its own errors.
            Item::Mod(_) | Item::Use(_) => {}
            Item::Impl(block) if block.trait_.is_none() => {
                let (methods, others): (Vec<_>, Vec<_>) = block
                    .items
                    .iter()
                    .cloned()
                    .partition(|item| matches!(item, ImplItem::Fn(f) if f.sig.asyncness.is_some()));
                for method in methods {
                    if let ImplItem::Fn(mut method) = method {
                        trim::operation(&mut method)?;
                        end::share(&mut method)?;
                        backend.operations.insert(method.sig.ident.to_string(), method);
                    }
                }
                if !others.is_empty() {
                    backend.client.push(Item::Impl(syn::ItemImpl { items: others, ..block }));
                }
            }
            other => backend.client.push(other),
        }
    }
    backend.client.iter_mut().for_each(trim::client);
    backend.client.push(end::method());
    if backend.operations.is_empty() {
        return Err(Error::new("the back end wrote no operation; this is a fault of the generator"));
    }
    Ok(backend)
}

/// progenitor wrote something else than this was made for.
fn unexpected(function: &ImplItemFn, what: &str) -> Error {
    Error::new(format!(
        "{}: the back end does not write what is expected of it: {what}; this is a fault of the generator",
        function.sig.ident
    ))
}
