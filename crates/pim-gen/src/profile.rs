//! The profile of OpenAPI that the back end takes: what stands outside it makes progenitor panic, or write code that does
//! not compile or does something else. Each rule is one of those cases.

use std::collections::BTreeSet;
use std::fmt;

use heck::{ToSnakeCase, ToUpperCamelCase};
use openapiv3::{
    OpenAPI, Operation, Parameter, ParameterSchemaOrContent, QueryStyle, ReferenceOr, Response, Schema, SchemaKind,
    StatusCode, StringType, Type,
};

/// Something that the back end cannot take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// The operation or schema.
    pub place: String,
    /// What is wrong with it.
    pub rule: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.rule)
    }
}

/// What of `document` stands outside the profile. Nothing, if the back end can take it.
#[must_use]
pub fn lint(document: &OpenAPI) -> Vec<Violation> {
    let mut lint = Lint { document, violations: Vec::new(), ids: BTreeSet::new() };
    if !document.openapi.starts_with("3.0.") {
        lint.say("openapi", format!("the version is {}; only 3.0 can be read", document.openapi));
    }
    for (path, item) in document.paths.iter() {
        match item {
            ReferenceOr::Reference { .. } => lint.say(path, "is a reference"),
            ReferenceOr::Item(item) if !item.parameters.is_empty() => {
                lint.say(path, "has parameters that are beside its operations");
            }
            ReferenceOr::Item(_) => {}
        }
    }
    for (path, method, operation) in document.operations() {
        lint.operation(&format!("{} {path}", method.to_uppercase()), path, operation);
    }
    lint.schemas();
    lint.violations
}

struct Lint<'a> {
    document: &'a OpenAPI,
    violations: Vec<Violation>,
    ids: BTreeSet<String>,
}

impl Lint<'_> {
    fn say(&mut self, place: &str, rule: impl Into<String>) {
        self.violations.push(Violation { place: place.to_owned(), rule: rule.into() });
    }

    fn operation(&mut self, place: &str, path: &str, operation: &Operation) {
        match &operation.operation_id {
            None => self.say(place, "it has no operationId"),
            Some(id) if !self.ids.insert(id.to_snake_case()) => {
                self.say(
                    place,
                    format!("another operation has the operationId `{id}`, or one that is the same in Rust"),
                );
            }
            Some(_) => {}
        }
        self.parameters(place, path, operation);
        self.body(place, operation);
        self.responses(place, operation);
        if place.starts_with("DELETE ") && is_behind_relation(path) {
            self.say(place, "deletes the related entity itself; a relation is ended with DELETE …/$ref");
        }
    }

    fn parameters(&mut self, place: &str, path: &str, operation: &Operation) {
        let mut idents = BTreeSet::new();
        if operation.request_body.is_some() {
            idents.insert("body".to_owned());
        }
        let mut placeholders: BTreeSet<String> = placeholders(path).map(str::to_owned).collect();
        for parameter in &operation.parameters {
            let ReferenceOr::Item(parameter) = parameter else {
                self.say(place, "a parameter is a reference");
                continue;
            };
            let data = parameter.parameter_data_ref();
            if !idents.insert(data.name.to_snake_case()) {
                self.say(place, format!("two parameters are `{}` in Rust", data.name.to_snake_case()));
            }
            match &data.format {
                ParameterSchemaOrContent::Schema(schema) => self.schema(&format!("{place}, `{}`", data.name), schema),
                ParameterSchemaOrContent::Content(_) => {
                    self.say(place, format!("the parameter `{}` has content instead of a schema", data.name));
                }
            }
            match parameter {
                Parameter::Path { .. } if !placeholders.remove(&data.name) => {
                    self.say(place, format!("the path has no placeholder `{{{}}}`", data.name));
                }
                Parameter::Query { style: QueryStyle::DeepObject, .. } => {
                    self.say(place, format!("the parameter `{}` is a deep object", data.name));
                }
                Parameter::Cookie { .. } => self.say(place, format!("the parameter `{}` is a cookie", data.name)),
                _ => {}
            }
        }
        for missing in placeholders {
            self.say(place, format!("the placeholder `{{{missing}}}` has no parameter"));
        }
    }

    fn body(&mut self, place: &str, operation: &Operation) {
        match &operation.request_body {
            Some(ReferenceOr::Item(body)) => {
                if !body.content.keys().eq(["application/json"]) {
                    self.say(place, "the body is something else than one application/json");
                }
                for media in body.content.values() {
                    match &media.schema {
                        Some(schema) => self.named(place, schema),
                        None => self.say(place, "the body has no schema"),
                    }
                }
            }
            Some(ReferenceOr::Reference { .. }) => self.say(place, "the body is a reference"),
            None => {}
        }
    }

    fn responses(&mut self, place: &str, operation: &Operation) {
        let responses = &operation.responses;
        let codes: Vec<_> = responses.responses.keys().cloned().collect();
        if codes != [StatusCode::Range(2), StatusCode::Range(4), StatusCode::Range(5)] || responses.default.is_some() {
            self.say(place, "the answers are not exactly 2XX, 4XX and 5XX: several success types cannot be told apart");
            return;
        }
        let mut found = responses.responses.values();
        match found.next() {
            Some(ReferenceOr::Item(Response { content, .. })) => {
                if content.len() > 1 {
                    self.say(place, "the answer has several media types");
                }
                for (_, media) in content.iter().filter(|(media_type, _)| *media_type == "application/json") {
                    if let Some(schema) = &media.schema {
                        self.named(place, schema);
                    }
                }
            }
            Some(ReferenceOr::Reference { .. }) => self.say(place, "the answer is a reference"),
            None => {}
        }
        let errors: Vec<_> = found.collect();
        if errors.windows(2).any(|pair| pair[0] != pair[1]) {
            self.say(place, "4XX and 5XX differ");
        }
    }

    /// A payload that is not a named schema gets a type of the back end's own making.
    fn named(&mut self, place: &str, schema: &ReferenceOr<Schema>) {
        match schema {
            ReferenceOr::Item(_) => self.say(place, "a payload has no schema of its own name"),
            ReferenceOr::Reference { reference } => self.refers(place, reference),
        }
    }

    fn refers(&mut self, place: &str, reference: &str) {
        let name = reference.trim_start_matches("#/components/schemas/");
        let components = self.document.components.as_ref();
        if !components.is_some_and(|components| components.schemas.contains_key(name)) {
            self.say(place, format!("{reference} refers to nothing"));
        }
    }

    fn schemas(&mut self) {
        let Some(components) = &self.document.components else { return };
        let mut names = BTreeSet::new();
        for (name, schema) in &components.schemas {
            if !names.insert(name.to_upper_camel_case()) {
                self.say(name, "another schema has the same name in Rust");
            }
            self.schema(name, schema);
        }
    }

    fn schema(&mut self, place: &str, schema: &ReferenceOr<Schema>) {
        let schema = match schema {
            ReferenceOr::Item(schema) => schema,
            ReferenceOr::Reference { reference } => return self.refers(place, reference),
        };
        if schema.schema_data.default.is_some() {
            self.say(place, "has a default, which would be sent where nothing was said");
        }
        match &schema.schema_kind {
            SchemaKind::AnyOf { .. } => self.say(place, "is an anyOf"),
            SchemaKind::AllOf { all_of: parts } | SchemaKind::OneOf { one_of: parts } => {
                for part in parts {
                    self.schema(place, part);
                }
            }
            SchemaKind::Type(Type::String(string)) => self.string(place, string),
            SchemaKind::Type(Type::Array(array)) => {
                if let Some(items) = &array.items {
                    self.schema(place, &items.clone().unbox());
                }
            }
            SchemaKind::Type(Type::Object(object)) => {
                for (name, property) in &object.properties {
                    self.schema(&format!("{place}/{name}"), &property.clone().unbox());
                }
            }
            _ => {}
        }
    }

    fn string(&mut self, place: &str, string: &StringType) {
        if string.pattern.is_some() {
            self.say(place, "has a pattern");
        }
        let mut names = BTreeSet::new();
        for value in string.enumeration.iter().flatten() {
            let name = value.to_upper_camel_case();
            if !names.insert(name.clone()) {
                self.say(place, format!("two values are `{name}` in Rust"));
            }
        }
    }
}

/// The names between braces.
fn placeholders(path: &str) -> impl Iterator<Item = &str> {
    path.split('{').skip(1).filter_map(|rest| rest.split('}').next())
}

/// Whether the path ends with an entity of a relation: below a key of another entity, and a directory object.
fn is_behind_relation(path: &str) -> bool {
    path.matches('{').count() > 1 && path.ends_with("/{directoryObject-id}")
}
