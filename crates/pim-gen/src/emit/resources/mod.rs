//! The façade: types shaped like the paths, so that what is written for Graph elsewhere can be read across.

mod call;
mod uses;

use std::fmt::Write as _;

use proc_macro2::TokenStream;
use quote::ToTokens as _;
use syn::Item;

use super::docs::{Docs, operation_page, plain};
use super::rust_type;
use crate::backend::Backend;
use crate::emit::Source;
use crate::ir::{Api, Item as Entity, Node, Operation, PathParameter};
use crate::{Error, Result};

/// The files of the module `resources`, without its name before them. Each holds a path, one entity of it, and the back
/// end's code that sends their operations.
pub fn resources(api: &Api, backend: &mut Backend) -> Result<Vec<(String, Source)>> {
    let mut writer = Writer { api, backend, files: Vec::new() };
    writer.node(&api.root, &[])?;
    if let Some(left) = writer.backend.operations.keys().next() {
        return Err(Error::new(format!("the operation {left} belongs to no path; this is a fault of the generator")));
    }
    Ok(writer.files)
}

struct Writer<'a> {
    api: &'a Api,
    backend: &'a mut Backend,
    files: Vec<(String, Source)>,
}

impl Writer<'_> {
    /// The file of a node, and those behind it. `modules` lead to the node from `resources`.
    fn node(&mut self, node: &Node, modules: &[&str]) -> Result<()> {
        let is_root = node.path.is_empty();
        let mut source =
            Source::new(&if is_root { "The paths of the API.".to_owned() } else { format!("`{}`", node.path) });
        let behind: Vec<&Node> = node.item.iter().flat_map(|item| &item.children).chain(&node.children).collect();
        let mut code = String::new();
        for child in &behind {
            let _ = writeln!(code, "pub mod {};", child.module);
        }
        if is_root {
            code.push_str(ROOT_DOCS);
        } else {
            let _ = writeln!(code, "/// `{}`", node.path);
        }
        let depth = modules.len() + 1;
        self.resource(&mut code, depth, &node.rust, &node.parameters, &node.operations, &node.children, is_root);
        if let Some(item) = &node.item {
            by_id(&mut code, node, item);
            let _ = writeln!(code, "/// `{}`", item.path);
            let parameters: Vec<_> = node.parameters.iter().cloned().chain([item.key.clone()]).collect();
            self.resource(&mut code, depth, &item.rust, &parameters, &item.operations, &item.children, false);
            if let Some(entity) = &item.referable {
                reference(&mut code, node, item, entity);
            }
        }
        let operations: Vec<_> =
            node.operations.iter().chain(node.item.iter().flat_map(|item| &item.operations)).collect();
        let http = if operations.is_empty() { None } else { Some(self.http(&operations)?) };
        let mut tokens: TokenStream = code
            .parse()
            .map_err(|error| Error::new(format!("{}: {error}; this is a fault of the generator", node.path)))?;
        http.to_tokens(&mut tokens);
        source.push_code(&uses::uses(depth, &tokens));
        source.push_code(&code);
        source.push_items(http);
        let path = if is_root { "mod".to_owned() } else { modules.join("/") };
        self.files.push((format!("{}.rs", path.replace("r#", "")), source));
        for child in behind {
            let modules: Vec<_> = modules.iter().copied().chain([child.module.as_str()]).collect();
            self.node(child, &modules)?;
        }
        Ok(())
    }

    /// A type of the façade, with its operations and the ways on.
    #[expect(clippy::too_many_arguments, reason = "a node and an item have these in common, and nothing else")]
    fn resource(
        &self,
        code: &mut String,
        depth: usize,
        rust: &str,
        parameters: &[PathParameter],
        operations: &[Operation],
        children: &[Node],
        is_root: bool,
    ) {
        let fields: String =
            parameters.iter().map(|parameter| format!("{}: {},", parameter.rust, rust_type(&parameter.ty))).collect();
        let visibility = if is_root { "pub" } else { "pub(super)" };
        let _ = write!(
            code,
            "#[must_use]\n#[derive(Clone, Debug)]\npub struct {rust} {{ http: Arc<http::Client>, {fields} }}\n"
        );
        let _ = write!(code, "impl {rust} {{\n");
        if is_root {
            code.push_str(ROOT_NEW);
        } else {
            let arguments: String = parameters
                .iter()
                .map(|parameter| format!(", {}: {}", parameter.rust, rust_type(&parameter.ty)))
                .collect();
            let names: String = parameters.iter().map(|parameter| format!(", {}", parameter.rust)).collect();
            let _ = write!(
                code,
                "{visibility} fn new(http: Arc<http::Client>{arguments}) -> Self {{ Self {{ http{names} }} }}\n"
            );
        }
        for child in children {
            let clones: String =
                parameters.iter().map(|parameter| format!(", self.{}.clone()", parameter.rust)).collect();
            let _ = write!(
                code,
                "/// `{path}`\npub fn {module}(&self) -> {module}::{rust} {{
                    {module}::{rust}::new(Arc::clone(&self.http){clones}) }}\n",
                path = child.path,
                module = child.module,
                rust = child.rust,
            );
        }
        for operation in operations {
            code.push_str(&self.method(depth, operation));
        }
        code.push_str("}\n");
    }

    /// The method that sends an operation.
    fn method(&self, depth: usize, operation: &Operation) -> String {
        let mut docs = Docs::new(&plain(&operation.doc));
        let request = format!("{} {}", operation.method, operation.path);
        docs.paragraph(&match &operation.page {
            Some(page) => format!("[`{request}`]({}).", operation_page(page, &self.api.version)),
            None => format!("`{request}`."),
        });
        docs.line(&permissions(operation));
        let call = call::Call {
            depth,
            operation,
            signature: self.backend.operations.get(&operation.id).map(|function| &function.sig),
        };
        format!("{}{}", docs.into_text(), call.method())
    }

    /// The back end's functions for `operations`.
    fn http(&mut self, operations: &[&Operation]) -> Result<Item> {
        let mut methods = Vec::new();
        for operation in operations {
            let method = self.backend.operations.remove(&operation.id).ok_or_else(|| {
                Error::new(format!("the back end wrote nothing for {}; this is a fault of the generator", operation.id))
            })?;
            methods.push(method);
        }
        Ok(syn::parse_quote! {
            impl http::Client { #(#methods)* }
        })
    }
}

const ROOT_DOCS: &str = "/// Where all paths begin.\n";

const ROOT_NEW: &str = "
    /// The paths as they are reached over `connection`.
    pub fn new(connection: &Connection) -> Self {
        Self { http: Arc::new(http::Client::connect(connection)) }
    }
";

fn by_id(code: &mut String, node: &Node, item: &Entity) {
    let clones: String = node.parameters.iter().map(|parameter| format!(", self.{}.clone()", parameter.rust)).collect();
    let _ = write!(
        code,
        "impl {collection} {{
            /// `{path}`
            pub fn by_id(&self, {key}: impl Into<{ty}>) -> {item} {{
                {item}::new(Arc::clone(&self.http){clones}, {key}.into())
            }}
        }}\n",
        collection = node.rust,
        path = item.path,
        key = item.key.rust,
        ty = rust_type(&item.key.ty),
        item = item.rust,
    );
}

fn reference(code: &mut String, node: &Node, item: &Entity, entity: &str) {
    let _ = write!(
        code,
        "impl {item} {{
            /// The address by which others refer to it: to bind it, or to add it to a relation.
            pub fn reference(&self) -> pim_client::Result<Reference<models::{entity}>> {{
                runtime::reference(&self.http.baseurl, {set:?}, &self.{key})
            }}
        }}\n",
        item = item.rust,
        set = node.wire,
        key = item.key.rust,
    );
}

fn permissions(operation: &Operation) -> String {
    let list = |names: &[String]| {
        let names: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
        if names.is_empty() { "not possible".to_owned() } else { names.join(" and ") }
    };
    format!(
        "Least permission: for a user {}; for an application {}.",
        list(&operation.delegated),
        list(&operation.application)
    )
}
