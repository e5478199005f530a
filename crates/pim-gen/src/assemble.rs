//! Assembly: the generated code of one version as files.

use crate::backend::{self, Backend};
use crate::emit::Source;
use crate::ir::Api;
use crate::tree::Tree;
use crate::{Result, emit};

/// Writes the code of `api`: its types, its operations, the façade, and the client below it.
pub fn assemble(api: &Api, document: &openapiv3::OpenAPI, exchange: bool) -> Result<Tree> {
    let mut backend = backend::generate(api, document)?;

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
    add("fields.rs".to_owned(), emit::fields(api))?;
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
            self, ClientHooks, ClientInfo, Connection, Error, Inner, OperationInfo, ResponseValue, reqwest,
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
                runtime::hooks::pre(self, request).await
            }}
            async fn exec(&self, request: reqwest::Request, _: &OperationInfo) -> reqwest::Result<reqwest::Response> {{
                runtime::hooks::exec(self, request).await
            }}
        }}"
    ));
    source.push_items(std::mem::take(&mut backend.client));
    source
}

/// The module of a version.
fn root(exchange: bool) -> Source {
    let mut source = Source::default();
    if exchange {
        source.push_code("#[cfg(feature = \"exchange\")]\npub mod exchange;");
    }
    source.push_code("pub mod fields;\nmod http;\npub mod models;\npub mod operations;\npub mod resources;\npub use resources::Root;");
    source
}
