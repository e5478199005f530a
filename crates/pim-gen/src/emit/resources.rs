//! The façade: types shaped like the paths, so that what is written for Graph elsewhere can be read across.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::ToTokens as _;
use syn::{Ident, Item};

use super::docs::{Docs, operation_page, plain};
use super::operations::constant;
use super::rust_type;
use crate::backend::Backend;
use crate::ir::{Answer, Api, Item as Entity, Node, Operation, PathParameter, Query, Type};
use crate::tree::Source;
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
        let mut source = Source::new(&if is_root {
            "The paths of the API.".to_owned()
        } else {
            format!("`{}`", node.path)
        });
        let behind: Vec<&Node> =
            node.item.iter().flat_map(|item| &item.children).chain(&node.children).collect();
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
        source.push_code(&uses(depth, &tokens));
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
        let _ = write!(code, "#[must_use]\n#[derive(Clone, Debug)]\npub struct {rust} {{ http: Arc<http::Client>, {fields} }}\n");
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
        let call = Call { depth, operation, signature: self.backend.operations.get(&operation.id).map(|function| &function.sig) };
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
        if names.is_empty() { "not possible".to_owned() } else { names.join(" or ") }
    };
    format!(
        "Least permission: for a user {}; for an application {}.",
        list(&operation.delegated),
        list(&operation.application)
    )
}

/// How a method of the façade calls the back end's function.
struct Call<'a> {
    /// How many modules below the version's the file is.
    depth: usize,
    operation: &'a Operation,
    signature: Option<&'a syn::Signature>,
}

impl Call<'_> {
    fn method(&self) -> String {
        let operation = self.operation;
        let (name, constant) = (&operation.rust, constant(operation));
        // By its whole path: alerts have operations of their own, in a module of that name.
        let table = format!("{}operations", "super::".repeat(self.depth));
        let arguments = self.arguments();
        let setup = self.setup();
        let call = format!("http.{}({}).await", operation.id, self.actual());
        match (operation.query, &operation.answer) {
            (Query::Collection, Answer::Page(ty)) => format!(
                "pub fn {name}(&self{arguments}) -> List<{ty}> {{
                    {setup}
                    List::new(&{table}::{constant}, move |query| async move {{ {keys} {call} }})
                }}\n",
                ty = rust_type(ty),
                keys = self.keys(),
            ),
            (Query::Entity, Answer::One(ty)) => format!(
                "pub fn {name}(&self{arguments}) -> Get<{ty}> {{
                    {setup}
                    Get::new(&{table}::{constant}, move |query| async move {{ {keys} {call} }})
                }}\n",
                ty = rust_type(ty),
                keys = self.keys(),
            ),
            (Query::Count, _) => format!(
                "pub fn {name}(&self{arguments}) -> Count {{
                    {setup}
                    Count::new(&{table}::{constant}, move |query| async move {{ {keys} {call} }})
                }}\n",
                keys = self.keys(),
            ),
            (_, answer) => format!(
                "pub async fn {name}(&self{arguments}) -> pim_client::Result<{ty}> {{
                    let Self {{ http, .. }} = self;
                    runtime::call(&{table}::{constant}, async move {{ {keys} {call} }}).await
                }}\n",
                ty = answer_type(answer),
                keys = self.keys_of_self(),
            ),
        }
    }

    /// The parameters of the method.
    fn arguments(&self) -> String {
        let mut arguments = String::new();
        for argument in &self.operation.arguments {
            let ty = match &argument.ty {
                Type::Boolean | Type::Int32 | Type::Int64 => rust_type(&argument.ty),
                other => format!("impl Into<{}>", rust_type(other)),
            };
            let _ = write!(arguments, ", {}: {ty}", argument.rust);
        }
        match &self.operation.body {
            Some(Type::Reference(entity)) => {
                let _ = write!(arguments, ", reference: &Reference<models::{entity}>");
            }
            Some(body) => {
                let _ = write!(arguments, ", body: &{}", rust_type(body));
            }
            None => {}
        }
        arguments
    }

    /// What a deferred request takes with it.
    fn setup(&self) -> String {
        let mut setup = "let Self { http, .. } = self.clone();\n".to_owned();
        if !self.operation.keys.is_empty() {
            let keys: Vec<_> = self.operation.keys.iter().map(|key| key.rust.as_str()).collect();
            setup = format!("let Self {{ http, {} }} = self.clone();\n", keys.join(", "));
        }
        for argument in &self.operation.arguments {
            if !matches!(argument.ty, Type::Boolean | Type::Int32 | Type::Int64) {
                let _ = writeln!(setup, "let {0}: {1} = {0}.into();", argument.rust, rust_type(&argument.ty));
            }
        }
        setup
    }

    /// What stands in the path, checked when the request is sent.
    fn keys(&self) -> String {
        let keys = self.operation.keys.iter().map(|key| format!("let {0} = {0}.segment()?;\n", key.rust));
        let arguments = self.operation.arguments.iter().map(|argument| {
            let name = &argument.rust;
            match &argument.ty {
                Type::Enum(_) => format!("let {name} = runtime::literal({name}.as_str())?;\n"),
                Type::String => format!("let {name} = runtime::literal(&{name})?;\n"),
                _ => format!("let {name} = {name}.to_string();\n"),
            }
        });
        keys.chain(arguments).collect()
    }

    fn keys_of_self(&self) -> String {
        self.operation.keys.iter().map(|key| format!("let {0} = self.{0}.segment()?;\n", key.rust)).collect()
    }

    /// The arguments of the back end's function, by the names that it gave its parameters.
    fn actual(&self) -> String {
        let Some(signature) = self.signature else { return String::new() };
        let mut actual = Vec::new();
        for input in signature.inputs.iter().skip(1) {
            let syn::FnArg::Typed(input) = input else { continue };
            let syn::Pat::Ident(pattern) = &*input.pat else { continue };
            actual.push(self.value(&pattern.ident.to_string()));
        }
        actual.join(", ")
    }

    fn value(&self, parameter: &str) -> String {
        let operation = self.operation;
        let in_path = operation.keys.iter().chain(&operation.arguments);
        if in_path.map(|parameter| parameter.rust.trim_start_matches("r#")).any(|name| name == parameter.trim_end_matches('_')) {
            return format!("&{}", Ident::new(parameter, Span::call_site()));
        }
        match (parameter, &operation.body) {
            ("body", Some(Type::Reference(_))) => "&runtime::RefBody(reference.clone())".to_owned(),
            ("body", _) => "body".to_owned(),
            (option, _) => format!("query.{option}()"),
        }
    }
}

fn answer_type(answer: &Answer) -> String {
    match answer {
        Answer::Empty(_) => "()".to_owned(),
        Answer::One(ty) => rust_type(ty),
        Answer::Page(ty) => format!("Page<{}>", rust_type(ty)),
        Answer::Count => "i64".to_owned(),
    }
}

/// What a file of the façade may use of the runtime.
const RUNTIME: [&str; 19] = [
    "ByteStream",
    "Connection",
    "Count",
    "Date",
    "DateTimeOffset",
    "Duration",
    "Error",
    "Get",
    "Id",
    "List",
    "OperationInfo",
    "Page",
    "Reference",
    "ResponseValue",
    "Secret",
    "TimeOfDay",
    "encode_path",
    "progenitor_client",
    "reqwest",
];

/// What it may use of the generated code. No path has a module of such a name.
const OWN: [&str; 2] = ["http", "models"];

/// The `use` lines of a file `depth` modules below the version's: of what there is, what `code` names.
fn uses(depth: usize, code: &TokenStream) -> String {
    let mut named = BTreeSet::new();
    names(code.clone(), &mut named);
    let used = |all: &[&'static str]| all.iter().copied().filter(|name| named.contains(*name)).collect::<Vec<_>>();
    let mut runtime = used(&RUNTIME);
    if named.contains("exec") {
        // The trait whose methods the back end calls on its client.
        runtime.insert(0, "ClientHooks");
    }
    if named.contains("runtime") {
        runtime.push("self");
    }
    let mut text = String::new();
    if !runtime.is_empty() {
        let _ = writeln!(text, "use pim_client::runtime::{{{}}};", runtime.join(", "));
    }
    let _ = write!(text, "use std::sync::Arc;\nuse {}{{{}}};\n", "super::".repeat(depth), used(&OWN).join(", "));
    text
}

/// The names in `code` that something has to bring in: not those that come behind `::`.
fn names(code: TokenStream, named: &mut BTreeSet<String>) {
    let mut colons = 0;
    for token in code {
        match &token {
            TokenTree::Ident(name) if colons < 2 => {
                named.insert(name.to_string());
            }
            TokenTree::Group(group) => names(group.stream(), named),
            TokenTree::Ident(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
        colons = if matches!(&token, TokenTree::Punct(punct) if punct.as_char() == ':') { colons + 1 } else { 0 };
    }
}
