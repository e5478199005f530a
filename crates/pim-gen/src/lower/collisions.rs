//! Names that would be given twice in the code: the generator finds them before a compiler does.
//!
//! Types and the members of each were held against one another when they were made. This is about the rest: what is made
//! of their names, what the generated files have from elsewhere, and the façade.

use heck::ToSnakeCase;

use super::name::Scope;
use crate::ir::{Answer, Api, ERROR_SCHEMA, Node, Operation, Shape, ShapeKind, Type, reference_schema};
use crate::{Error, Result};

/// Types that generated files have from the runtime and from Rust.
const TAKEN: [&str; 32] = [
    "AdditionalData",
    "Arc",
    "Binary",
    "Box",
    "ByteStream",
    "ClientHooks",
    "Connection",
    "Count",
    "Date",
    "DateTimeOffset",
    "Default",
    "Duration",
    "Error",
    "Get",
    "Guid",
    "Id",
    "Into",
    "List",
    "OperationInfo",
    "Option",
    "Page",
    "Property",
    "RefBody",
    "Reference",
    "Relation",
    "Relations",
    "ResponseValue",
    "Result",
    "Secret",
    "String",
    "TimeOfDay",
    "Vec",
];

/// Fails if two things would have one name.
pub(super) fn check(api: &Api) -> Result<()> {
    let mut modules = Scope::new("the modules of the types");
    for shape in api.shapes.values() {
        not_taken(&shape.rust, shape.graph.as_str())?;
        modules.take(&shape.rust.to_snake_case(), &shape.rust)?;
        if has_key(shape) {
            free(api, &format!("{}Id", shape.rust), || format!("the key of `{}`", shape.graph))?;
        }
    }
    free(api, ERROR_SCHEMA, || "what Graph answers in error".to_owned())?;
    let mut ids = Scope::new(format!("the operations of {}", api.version));
    for operation in api.operations() {
        ids.take(&operation.id, &format!("{} {}", operation.method, operation.path))?;
        if let Answer::Page(element) = &operation.answer {
            free(api, &element.collection_schema(), || format!("a page that {} answers", operation.path))?;
        }
        if let Some(Type::Reference(entity)) = &operation.body {
            free(api, &reference_schema(entity), || format!("a reference that {} takes", operation.path))?;
        }
        variables(operation)?;
    }
    node(&api.root)
}

fn has_key(shape: &Shape) -> bool {
    match &shape.kind {
        ShapeKind::Enum(_) => false,
        ShapeKind::Object(object) => object.entity,
        ShapeKind::Union(union) => union.entity,
    }
}

fn not_taken(rust: &str, graph: &str) -> Result<()> {
    if TAKEN.contains(&rust) {
        return Err(Error::new(format!(
            "`{graph}` would be `{rust}` in Rust, as another type is that generated files use; leave it out of pim.toml"
        )));
    }
    Ok(())
}

/// Fails if a type has the name that is given to something else.
fn free(api: &Api, rust: &str, what: impl Fn() -> String) -> Result<()> {
    match api.shapes.get(rust) {
        None => Ok(()),
        Some(shape) => Err(Error::new(format!(
            "`{}` would be `{rust}` in Rust, as {} is; leave one of them out of pim.toml",
            shape.graph,
            what()
        ))),
    }
}

/// The variables of a method.
fn variables(operation: &Operation) -> Result<()> {
    let mut scope = Scope::new(operation.path.as_str());
    for variable in ["http", "query", "body"] {
        scope.take(variable, "a variable that all methods have")?;
    }
    operation.keys.iter().chain(&operation.arguments).try_for_each(|given| scope.take(&given.rust, &given.wire))
}

/// Operations and the ways on share the methods of a type, and the modules behind it the names of a file.
fn node(node: &Node) -> Result<()> {
    let path = if node.path.is_empty() { "/" } else { &node.path };
    not_taken(&node.rust, path)?;
    let mut modules = Scope::new(path);
    for module in ["http", "models", "runtime"] {
        modules.take(module, "a module that all files use")?;
    }
    let mut methods = Methods::new(path)?;
    methods.all(&node.operations, &node.children)?;
    if let Some(item) = &node.item {
        methods.take("by_id", &item.path)?;
        let mut methods = Methods::new(&item.path)?;
        methods.take("reference", "the address of the entity")?;
        methods.all(&item.operations, &item.children)?;
    }
    for child in node.children.iter().chain(node.item.iter().flat_map(|item| &item.children)) {
        modules.take(&child.module, &child.path)?;
        self::node(child)?;
    }
    Ok(())
}

/// The methods of a type of the façade.
struct Methods(Scope);

impl Methods {
    fn new(path: &str) -> Result<Self> {
        let mut methods = Self(Scope::new(path));
        methods.take("new", "what makes the type")?;
        Ok(methods)
    }

    fn all(&mut self, operations: &[Operation], children: &[Node]) -> Result<()> {
        operations.iter().try_for_each(|operation| self.take(&operation.rust, &operation.path))?;
        children.iter().try_for_each(|child| self.take(&child.module, &child.path))
    }

    fn take(&mut self, rust: &str, graph: &str) -> Result<()> {
        self.0.take(rust, graph)
    }
}
