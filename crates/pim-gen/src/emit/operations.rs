//! The table of operations: what is known of each before it is sent.

use std::fmt::Write as _;

use super::docs::operation_page;
use crate::emit::Source;
use crate::ir::{Answer, Api, Operation, Type};

/// The file `operations.rs`.
#[must_use]
pub fn operations(api: &Api) -> Source {
    let operations = api.operations();
    let mut source = Source::new("The operations: their addresses, permissions and documentation.");
    source.push_code("use pim_client::runtime::Operation;\n");
    let names: Vec<_> = operations.iter().map(|operation| format!("&{}", constant(operation))).collect();
    source.push_code(&format!(
        "/// All operations, in the order of their paths.\npub static ALL: &[&Operation] = &[{}];\n",
        names.join(", ")
    ));
    for operation in &operations {
        source.push_text(&item(api, operation));
    }
    source
}

/// The file `exchange.rs`: which types the bodies of each operation are of.
#[must_use]
pub fn exchange(api: &Api) -> Source {
    let mut source = Source::new("The types of the bodies that each operation exchanges.");
    let mut arms = String::new();
    for operation in api.operations() {
        let codec =
            |ty: Option<String>| ty.map_or_else(|| "None".to_owned(), |ty| format!("Some(Codec::of::<{ty}>())"));
        let request = operation.body.as_ref().map(|body| match body {
            Type::Reference(entity) => format!("RefBody<models::{entity}>"),
            other => super::rust_type(other),
        });
        let response = match &operation.answer {
            Answer::Empty(ty) => ty.as_ref().map(super::rust_type),
            Answer::One(ty) => Some(super::rust_type(ty)),
            Answer::Page(ty) => Some(format!("Page<{}>", super::rust_type(ty))),
            Answer::Count => None,
        };
        let _ = write!(
            arms,
            "        {:?} => Bodies {{ request: {}, response: {} }},\n",
            operation.id,
            codec(request),
            codec(response)
        );
    }
    let used: Vec<_> = ["Bodies", "Codec", "Page", "RefBody"].into_iter().filter(|name| arms.contains(name)).collect();
    source.push_code(&format!("use pim_client::runtime::{{{}}};\nuse super::models;\n", used.join(", ")));
    source.push_text(&format!(
        "/// The types of the bodies of the operation `id`, or nothing if there is no such operation.
#[must_use]
pub fn bodies(id: &str) -> Option<Bodies> {{
    Some(match id {{
{arms}        _ => return None,
    }})
}}
"
    ));
    source
}

/// The name of an operation's entry in the table.
pub(crate) fn constant(operation: &Operation) -> String {
    operation.id.to_uppercase()
}

fn item(api: &Api, operation: &Operation) -> String {
    let page = operation.page.as_deref().map(|page| operation_page(page, &api.version)).unwrap_or_default();
    format!(
        "/// `{method} {path}`
pub static {name}: Operation = Operation::new(
    {version:?}, {id:?}, {method:?}, {path:?},
    &{delegated:?}, &{application:?}, {page:?});
",
        method = operation.method,
        path = operation.path,
        name = constant(operation),
        version = api.version,
        id = operation.id,
        delegated = operation.delegated,
        application = operation.application,
    )
}
