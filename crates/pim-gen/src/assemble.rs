//! Assembly: the generated code of one version as files.

use syn::visit_mut::{self, VisitMut};

use crate::backend::{self, Backend};
use crate::ir::Api;
use crate::tree::{Source, Tree};
use crate::{Result, emit};

/// Writes the code of `api`: its types, its operations, the façade, and the client below it.
pub fn assemble(api: &Api, document: &openapiv3::OpenAPI, exchange: bool) -> Result<Tree> {
    let mut backend = backend::generate(api, document)?;
    backend.operations.values_mut().for_each(|function| Trimmed.visit_impl_item_fn_mut(function));

    let mut tree = Tree::default();
    let mut add = |path: String, source: Source| {
        let text = source.render(&path)?;
        tree.insert(path, text)
    };
    for (path, source) in emit::models(api) {
        add(format!("models/{path}"), source)?;
    }
    for (path, source) in emit::resources(api, &mut backend)? {
        add(format!("resources/{path}"), source)?;
    }
    add("operations.rs".to_owned(), emit::operations(api))?;
    if exchange {
        add("exchange.rs".to_owned(), emit::exchange(api))?;
    }
    add("http.rs".to_owned(), http(&mut backend, api))?;
    add("mod.rs".to_owned(), root(exchange))?;
    Ok(tree)
}

/// The back end's client, and what it does before and instead of sending.
fn http(backend: &mut Backend, api: &Api) -> Source {
    let mut source =
        Source::new("The client below the façade. The operations are beside the paths that they belong to.");
    let version = &api.version;
    source.push_code(&format!(
        "use pim_client::runtime::{{
            self, ClientHooks, ClientInfo, Connection, Error, Inner, OperationInfo, reqwest,
        }};
        impl Client {{
            /// The client over `connection`.
            pub(super) fn connect(connection: &Connection) -> Self {{
                Self::new_with_client(
                    &connection.version_url({version:?}), connection.client().clone(), connection.inner().clone())
            }}
        }}
        impl ClientHooks<Inner> for Client {{
            async fn pre<E>(&self, request: &mut reqwest::Request, _: &OperationInfo) -> Result<(), Error<E>> {{
                runtime::hooks::pre(self, request)
            }}
            async fn exec(&self, request: reqwest::Request, _: &OperationInfo) -> reqwest::Result<reqwest::Response> {{
                runtime::hooks::exec(self, request).await
            }}
        }}"
    ));
    let mut items = std::mem::take(&mut backend.client);
    for item in &mut items {
        Trimmed.visit_item_mut(item);
        if let syn::Item::Impl(block) = item {
            // It would make a client of its own, with other time limits, and panic where it cannot.
            block.items.retain(|item| !matches!(item, syn::ImplItem::Fn(function) if function.sig.ident == "new"));
        }
    }
    source.push_items(items);
    source
}

/// The module of a version.
fn root(exchange: bool) -> Source {
    let mut source = Source::default();
    if exchange {
        source.push_code("#[cfg(feature = \"exchange\")]\npub mod exchange;");
    }
    source.push_code("mod http;\npub mod models;\npub mod operations;\npub mod resources;\npub use resources::Root;");
    source
}

/// What is taken out of the back end's code, and why.
struct Trimmed;

impl VisitMut for Trimmed {
    /// It names `::reqwest`, a crate that those who generate need not depend on: it is one of the runtime.
    fn visit_path_mut(&mut self, path: &mut syn::Path) {
        if path.segments.first().is_some_and(|first| first.ident == "reqwest") {
            path.leading_colon = None;
        }
        visit_mut::visit_path_mut(self, path);
    }

    /// It sends a header `api-version`, which is another service's: Graph has the version in the path. Without it most
    /// requests have no headers to add.
    fn visit_block_mut(&mut self, block: &mut syn::Block) {
        let names = |statement: &syn::Stmt, name: &str| quote::quote!(#statement).to_string().contains(name);
        block.stmts.retain(|statement| !names(statement, "\"api-version\""));
        let headers = block.stmts.iter().filter(|statement| names(statement, "header_map")).count();
        if headers == 2 {
            block.stmts.retain(|statement| !names(statement, "let mut header_map"));
            block.stmts.iter_mut().for_each(|statement| WithoutHeaders.visit_stmt_mut(statement));
        }
        visit_mut::visit_block_mut(self, block);
    }

    /// Its documentation repeats the façade's, and nobody is shown it; every request is changed before it is sent, so that
    /// none of them needs to be excused for being mutable.
    fn visit_attributes_mut(&mut self, attributes: &mut Vec<syn::Attribute>) {
        let is_excuse = |attribute: &syn::Attribute| quote::quote!(#attribute).to_string().contains("unused_mut");
        attributes.retain(|attribute| !attribute.path().is_ident("doc") && !is_excuse(attribute));
    }
}

/// Takes `.headers(header_map)` out of a chain of calls.
struct WithoutHeaders;

impl VisitMut for WithoutHeaders {
    fn visit_expr_mut(&mut self, expression: &mut syn::Expr) {
        visit_mut::visit_expr_mut(self, expression);
        if let syn::Expr::MethodCall(call) = expression
            && call.method == "headers"
        {
            *expression = (*call.receiver).clone();
        }
    }
}
