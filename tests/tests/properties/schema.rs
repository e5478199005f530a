//! The schemas of bodies, as the OpenAPI documents of the selection have them.

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use pim_client::Operation;
use serde_json::Value;

pub(crate) static V1: LazyLock<Document> = LazyLock::new(|| Document::read("v1.0"));
pub(crate) static BETA: LazyLock<Document> = LazyLock::new(|| Document::read("beta"));

/// The OpenAPI document of one version of Graph.
#[derive(Debug)]
pub(crate) struct Document(Value);

/// The schemas of the bodies of an operation, as far as they are JSON.
pub(crate) struct Schemas {
    pub(crate) request: Option<&'static Value>,
    pub(crate) response: Option<&'static Value>,
}

impl Document {
    fn read(version: &str) -> Self {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec").join(version).join("openapi.json");
        let text = fs::read_to_string(file).expect("the OpenAPI document");
        Self(serde_json::from_str(&text).expect("JSON"))
    }

    pub(crate) fn bodies(&'static self, operation: &Operation) -> Schemas {
        let described = &self.0["paths"][operation.path][operation.method.to_ascii_lowercase()];
        assert_eq!(described["operationId"], operation.id);
        let schema_in = |place: &'static Value| place.pointer("/content/application~1json/schema");
        Schemas { request: schema_in(&described["requestBody"]), response: schema_in(&described["responses"]["2XX"]) }
    }

    /// The schema of a type.
    pub(crate) fn schema(&'static self, name: &str) -> &'static Value {
        self.0["components"]["schemas"].get(name).unwrap_or_else(|| panic!("no schema of {name}"))
    }

    /// The schema itself, if this one refers to it.
    pub(crate) fn resolve(&'static self, schema: &'static Value) -> &'static Value {
        let reference = schema.get("$ref").or_else(|| schema.pointer("/allOf/0/$ref"));
        reference.and_then(Value::as_str).map_or(schema, |reference| self.at(reference))
    }

    /// What `#/components/schemas/NAME` refers to.
    pub(crate) fn at(&'static self, reference: &str) -> &'static Value {
        let pointer = reference.trim_start_matches('#');
        self.0.pointer(pointer).unwrap_or_else(|| panic!("{reference} refers to nothing"))
    }
}
