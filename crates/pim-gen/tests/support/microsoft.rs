//! OpenAPI as Microsoft makes it from CSDL: for tests that need it where there is none, and in a form that they choose.

#![allow(dead_code, reason = "each of the tests needs another part of it")]

use std::collections::{BTreeMap, BTreeSet};

use pim_gen::edm::{Model, Operation, OperationKind, Property, QualifiedName, StructuredType, TypeName, TypeRef};

use crate::value::{Value, map, text};

/// How a document is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// As in 2022: OpenAPI 3.0.1, relations are not marked, nothing is said of references that may be null, operations
    /// are called by their qualified names.
    Plain,
    /// As of late: OpenAPI 3.0.4, relations marked, components for answers and bodies, operations by their short names.
    Marked,
    /// The same in OpenAPI 3.1: types that may be null are several, parameters list their values.
    Newest,
}

/// Which paths are written.
pub(crate) struct Paths {
    /// How many relations are followed from the root.
    pub(crate) depth: usize,
    /// Paths that are followed to their end, `/groups/{group-id}/members`.
    pub(crate) whole: Vec<String>,
}

/// Writes a model.
pub(crate) fn openapi(model: &Model, style: Style, paths: &Paths) -> Value {
    let whole: BTreeSet<Vec<String>> = paths
        .whole
        .iter()
        .map(|path| path.split('/').skip(1).filter(|part| !part.starts_with('{')).map(str::to_owned).collect())
        .collect();
    let mut derived: BTreeMap<&QualifiedName, Vec<&StructuredType>> = BTreeMap::new();
    for ty in model.structured.values() {
        for base in model.chain(&ty.name).skip(1) {
            derived.entry(&base.name).or_default().push(ty);
        }
    }
    let mut bound: BTreeMap<_, Vec<&Operation>> = BTreeMap::new();
    for operation in &model.operations {
        if let TypeName::Defined(name) = &operation.binding.target {
            bound.entry((name, operation.binding.collection)).or_default().push(operation);
        }
    }
    let writer = Writer { model, style, depth: paths.depth, whole, derived, bound };
    let version = match style {
        Style::Plain => "3.0.1",
        Style::Marked => "3.0.4",
        Style::Newest => "3.1.1",
    };
    map([
        ("openapi", text(version)),
        ("info", map([("title", text("Graph")), ("version", text("v1.0"))])),
        ("servers", Value::List(vec![map([("url", text("https://graph.microsoft.com/v1.0/"))])])),
        ("paths", Value::Map(writer.paths())),
        ("components", writer.components()),
        ("security", Value::List(vec![map([("azureaadv2", Value::List(Vec::new()))])])),
    ])
}

struct Writer<'m> {
    model: &'m Model,
    style: Style,
    depth: usize,
    /// The names of the segments of paths that are followed to their end.
    whole: BTreeSet<Vec<String>>,
    /// What derives from a type.
    derived: BTreeMap<&'m QualifiedName, Vec<&'m StructuredType>>,
    /// What is bound to a type, or to a collection of it.
    bound: BTreeMap<(&'m QualifiedName, bool), Vec<&'m Operation>>,
}

/// A place on the way.
#[derive(Clone)]
struct Place<'m> {
    path: String,
    names: Vec<String>,
    keys: Vec<Value>,
    entity: &'m QualifiedName,
    seen: Vec<&'m QualifiedName>,
}

const PATTERNS: [(&str, &str); 3] = [
    (
        "DateTimeOffset",
        "^[0-9]{4,}-(0[1-9]|1[012])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]{1,12})?(Z|[+-][0-9][0-9]:[0-9][0-9])$",
    ),
    ("Duration", "^-?P([0-9]+D)?(T([0-9]+H)?([0-9]+M)?([0-9]+([.][0-9]+)?S)?)?$"),
    ("Guid", "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"),
];

impl<'m> Writer<'m> {
    // -- paths ---------------------------------------------------------------------------------------------------------

    fn paths(&self) -> Vec<(String, Value)> {
        let mut paths = Vec::new();
        let place = |name: &String, entity: &'m QualifiedName| Place {
            path: format!("/{name}"),
            names: vec![name.clone()],
            keys: Vec::new(),
            entity,
            seen: Vec::new(),
        };
        for (name, entity) in &self.model.container.entity_sets {
            self.collection(&place(name, entity), true, &mut paths);
        }
        for (name, entity) in &self.model.container.singletons {
            self.single(&place(name, entity), true, &mut paths);
        }
        paths
    }

    fn collection(&self, place: &Place<'m>, owned: bool, paths: &mut Vec<(String, Value)>) {
        let entity = place.entity;
        let answer = self.answer(Some(&TypeRef {
            collection: true,
            target: TypeName::Defined(entity.clone()),
            nullable: false,
        }));
        let mut methods = vec![("get", self.method("operation", &place.keys, None, Some(answer), Some(entity)))];
        if owned {
            let body = shared_entity(entity);
            methods.push(("post", self.method("operation", &place.keys, Some(body.clone()), Some(body), None)));
        }
        paths.push((place.path.clone(), map(methods)));
        let count = map([("type", text("integer")), ("format", text("int32"))]);
        let count = self.method("operation", &place.keys, None, Some(json(count)), None);
        paths.push((format!("{}/$count", place.path), map([("get", count)])));
        let mut item = place.clone();
        let short = entity.name();
        let index = place.path.matches(&format!("{{{short}-")).count();
        let index = if index == 0 { String::new() } else { index.to_string() };
        let key = self.model.chain(entity).find_map(|ty| ty.key.first()).map_or("id", String::as_str);
        let key = format!("{short}-{key}{index}");
        item.path = format!("{}/{{{key}}}", place.path);
        item.keys.push(map([
            ("name", text(&key)),
            ("in", text("path")),
            ("required", Value::Flag(true)),
            ("schema", map([("type", text("string"))])),
            ("x-ms-docs-key-type", text(short)),
        ]));
        if owned {
            self.calls(place, true, paths);
            self.single(&item, true, paths);
        } else {
            self.references(place, &["get", "post"], paths);
            self.references(&item, &["delete"], paths);
            for derived in self.derived.get(entity).into_iter().flatten().take(2) {
                let ty = TypeRef { collection: true, target: TypeName::Defined(derived.name.clone()), nullable: false };
                let answer = self.answer(Some(&ty));
                let get = self.method("operation", &place.keys, None, Some(answer), None);
                let cast = match self.style {
                    Style::Plain => derived.name.to_string(),
                    _ => format!("graph.{}", derived.name.name()),
                };
                if derived.name.namespace() == "microsoft.graph" {
                    paths.push((format!("{}/{cast}", place.path), map([("get", get)])));
                }
            }
        }
    }

    fn references(&self, place: &Place<'m>, verbs: &[&str], paths: &mut Vec<(String, Value)>) {
        let methods = verbs.iter().map(|verb| {
            let reference = map([("$ref", text("#/components/schemas/ReferenceCreate"))]);
            let body = (*verb == "post").then(|| json(reference));
            (*verb, self.method("operation", &place.keys, body, None, None))
        });
        paths.push((format!("{}/$ref", place.path), map(methods)));
    }

    fn single(&self, place: &Place<'m>, owned: bool, paths: &mut Vec<(String, Value)>) {
        let body = shared_entity(place.entity);
        let mut methods =
            vec![("get", self.method("operation", &place.keys, None, Some(body.clone()), Some(place.entity)))];
        if owned {
            let patch = self.method("operation", &place.keys, Some(body.clone()), Some(body), None);
            methods.push(("patch", patch));
            methods.push(("delete", self.method("operation", &place.keys, None, None, None)));
        }
        paths.push((place.path.clone(), map(methods)));
        if !owned {
            self.references(place, &["get", "put", "delete"], paths);
            return;
        }
        self.calls(place, false, paths);
        if place.seen.contains(&place.entity) {
            return;
        }
        for ty in self.model.chain(place.entity) {
            for navigation in &ty.navigation {
                let TypeName::Defined(entity) = &navigation.ty.target else { continue };
                let mut next = place.clone();
                next.names.push(navigation.name.clone());
                let is_wanted = || self.whole.iter().any(|whole| whole.starts_with(&next.names));
                if next.names.len() > self.depth + 1 && !is_wanted() {
                    continue;
                }
                next.path = format!("{}/{}", place.path, navigation.name);
                next.seen.push(place.entity);
                next.entity = entity;
                if navigation.ty.collection {
                    self.collection(&next, navigation.contained, paths);
                } else {
                    self.single(&next, navigation.contained, paths);
                }
            }
        }
    }

    /// What is bound to the type, or to one that it derives from.
    fn calls(&self, place: &Place<'m>, collection: bool, paths: &mut Vec<(String, Value)>) {
        for ty in self.model.chain(place.entity) {
            for operation in self.bound.get(&(&ty.name, collection)).into_iter().flatten() {
                self.call(place, operation, paths);
            }
        }
    }

    fn call(&self, place: &Place<'m>, operation: &Operation, paths: &mut Vec<(String, Value)>) {
        // The types come nearest first: what is called the same of one further up is not what is called here.
        let first = paths.iter().rposition(|(path, _)| *path == place.path).unwrap_or_default();
        let is_short = self.style != Style::Plain && operation.name.namespace() == "microsoft.graph";
        let name = if is_short { operation.name.name() } else { operation.name.as_str() };
        let answer = operation.returns.as_ref().map(|ty| self.answer(Some(ty)));
        match operation.kind {
            OperationKind::Function => {
                let mut parameters = place.keys.clone();
                let mut arguments = Vec::new();
                for parameter in &operation.parameters {
                    let quote = if is_quoted(self.model, &parameter.ty) { "'" } else { "" };
                    arguments.push(format!("{0}={quote}{{{0}}}{quote}", parameter.name));
                    parameters.push(map([
                        ("name", text(&parameter.name)),
                        ("in", text("path")),
                        ("required", Value::Flag(true)),
                        ("schema", self.parameter_schema(&parameter.ty)),
                    ]));
                }
                let path = format!("{}/{name}({})", place.path, arguments.join(","));
                if !paths[first..].iter().any(|(have, _)| *have == path) {
                    paths.push((path, map([("get", self.method("function", &parameters, None, answer, None))])));
                }
            }
            OperationKind::Action => {
                let properties = operation.parameters.iter().map(|one| (one.name.clone(), self.schema(&one.ty)));
                let body = map([("type", text("object")), ("properties", Value::Map(properties.collect()))]);
                let body = (!operation.parameters.is_empty()).then(|| json(body));
                let path = format!("{}/{name}", place.path);
                if !paths[first..].iter().any(|(have, _)| *have == path) {
                    paths.push((path, map([("post", self.method("action", &place.keys, body, answer, None))])));
                }
            }
        }
    }

    fn method(
        &self,
        kind: &str,
        parameters: &[Value],
        body: Option<Value>,
        answer: Option<Value>,
        of: Option<&QualifiedName>,
    ) -> Value {
        let mut all = parameters.to_vec();
        // Query options list all that can be selected: most of what such a document consists of.
        for option in ["$select", "$orderby"].into_iter().filter(|_| of.is_some()) {
            let names = of.into_iter().flat_map(|of| self.model.chain(of)).flat_map(|ty| &ty.properties);
            let names = names.map(|property| text(&property.name)).collect();
            let items = map([("enum", Value::List(names)), ("type", text("string"))]);
            all.push(map([
                ("name", text(option)),
                ("in", text("query")),
                ("description", text("Which properties, or in which order")),
                ("schema", map([("type", text("array")), ("items", items)])),
            ]));
        }
        let status = if self.style == Style::Plain { "200" } else { "2XX" };
        let answered = match answer {
            Some(answer) => (status, answer),
            None => ("204", map([("description", text("Success"))])),
        };
        let error = map([("$ref", text("#/components/responses/error"))]);
        let errors = if self.style == Style::Plain { "default" } else { "4XX" };
        let mut members =
            vec![("tags", Value::List(vec![text("tag")])), ("summary", text("What it does, in a line: or two"))];
        members.push(("parameters", Value::List(all)));
        members.extend(body.map(|body| ("requestBody", body)));
        members.push(("responses", map([answered, (errors, error)])));
        members.push(("x-ms-docs-operation-type", text(kind)));
        map(members)
    }

    /// What is answered.
    fn answer(&self, ty: Option<&TypeRef>) -> Value {
        let Some(ty) = ty else { return map([("description", text("Success"))]) };
        match (&ty.target, self.style) {
            (TypeName::Defined(name), Style::Marked | Style::Newest)
                if ty.collection && self.model.structured.contains_key(name) =>
            {
                map([("$ref", text(format!("#/components/responses/{name}CollectionResponse")))])
            }
            _ if ty.collection => {
                let value = self.schema(ty);
                let page = map([("value", value), ("@odata.nextLink", map([("type", text("string"))]))]);
                json(map([("type", text("object")), ("properties", page)]))
            }
            (TypeName::Defined(_), _) => json(self.schema(ty)),
            (TypeName::Primitive(_), _) => {
                let value = map([("value", self.schema(ty))]);
                json(map([("type", text("object")), ("properties", value)]))
            }
        }
    }

    // -- components ----------------------------------------------------------------------------------------------------

    fn components(&self) -> Value {
        let mut schemas = Vec::new();
        let mut responses = Vec::new();
        for ty in self.model.enums.values() {
            let values = ty.members.iter().map(|(name, _)| text(name)).collect();
            let mut schema =
                map([("title", text(ty.name.name())), ("enum", Value::List(values)), ("type", text("string"))]);
            if ty.flags {
                schema = schema.with("x-ms-enum-flags", map([("isFlags", Value::Flag(true))]));
            }
            schemas.push((ty.name.to_string(), schema));
        }
        for ty in self.model.structured.values() {
            schemas.push((ty.name.to_string(), self.structured(ty)));
            if self.style != Style::Plain {
                let value = map([("type", text("array")), ("items", reference(&ty.name))]);
                let page = map([("type", text("object")), ("properties", map([("value", value)]))]);
                let base = map([("$ref", text("#/components/schemas/BaseCollectionPaginationCountResponse"))]);
                let name = format!("{}CollectionResponse", ty.name);
                schemas.push((name.clone(), map([("allOf", Value::List(vec![base, page]))])));
                let page = map([("$ref", text(format!("#/components/schemas/{name}")))]);
                responses.push((name, json(page)));
            }
        }
        let error = map([("type", text("object")), ("properties", map([("error", map([("type", text("object"))]))]))]);
        let base = map([("@odata.count", map([("type", text("integer")), ("format", text("int64"))]))]);
        let base = map([("type", text("object")), ("properties", base)]);
        let reference = map([("@odata.id", map([("type", text("string"))]))]);
        let reference = map([("type", text("object")), ("properties", reference)]);
        let numeric = map([("enum", Value::List(["-INF", "INF", "NaN"].map(text).to_vec())), ("type", text("string"))]);
        let named = [
            ("odata.error", error.clone()),
            ("BaseCollectionPaginationCountResponse", base),
            ("ReferenceCreate", reference),
            ("ReferenceNumeric", numeric),
        ];
        schemas.extend(named.map(|(name, schema)| (name.to_owned(), schema)));
        responses.push(("error".to_owned(), json(map([("$ref", text("#/components/schemas/odata.error"))]))));
        map([("schemas", Value::Map(schemas)), ("responses", Value::Map(responses))])
    }

    fn structured(&self, ty: &StructuredType) -> Value {
        let mut properties: Vec<_> = ty.properties.iter().map(|one| (one.name.clone(), self.property(one))).collect();
        for navigation in &ty.navigation {
            let schema = self.schema(&navigation.ty);
            let schema = if self.style == Style::Plain {
                schema
            } else {
                schema.with("x-ms-navigationProperty", Value::Flag(true))
            };
            properties.push((navigation.name.clone(), schema));
        }
        let mut own = map([("title", text(ty.name.name())), ("type", text("object"))]);
        if self.style != Style::Plain {
            let tag = map([("type", text("string")), ("default", text(format!("#{}", ty.name)))]);
            properties.push(("@odata.type".to_owned(), tag));
            own = own.with("required", Value::List(vec![text("@odata.type")]));
        }
        if !properties.is_empty() {
            own = own.with("properties", Value::Map(properties));
        }
        own = own.with("additionalProperties", map([("type", text("object"))]));
        let derived = self.derived.get(&ty.name).map_or(&[][..], Vec::as_slice);
        if self.style != Style::Plain && !derived.is_empty() {
            let target = |ty: &StructuredType| text(format!("#/components/schemas/{}", ty.name));
            let mapping = derived.iter().map(|ty| (format!("#{}", ty.name), target(ty))).collect();
            let discriminator = [("propertyName", text("@odata.type")), ("mapping", Value::Map(mapping))];
            own = own.with("discriminator", map(discriminator));
        }
        match &ty.base {
            Some(base) => map([("allOf", Value::List(vec![reference(base), own]))]),
            None => own,
        }
    }

    fn property(&self, property: &Property) -> Value {
        let schema =
            self.schema(&property.ty).with("description", text("What it is for: a sentence or two, 'quoted'."));
        if property.computed { schema.with("readOnly", Value::Flag(true)) } else { schema }
    }

    fn parameter_schema(&self, ty: &TypeRef) -> Value {
        if let TypeName::Defined(name) = &ty.target
            && let Some(ty) = self.model.enums.get(name)
            && self.style == Style::Newest
        {
            let values = ty.members.iter().map(|(name, _)| text(name)).collect();
            return map([("enum", Value::List(values)), ("type", text("string"))]);
        }
        self.schema(ty)
    }

    fn schema(&self, ty: &TypeRef) -> Value {
        if ty.collection {
            let single = TypeRef { collection: false, ..ty.clone() };
            return map([("type", text("array")), ("items", self.schema(&single))]);
        }
        match &ty.target {
            TypeName::Defined(name) if ty.nullable && self.style == Style::Marked => {
                let null = map([("type", text("object")), ("nullable", Value::Flag(true))]);
                map([("anyOf", Value::List(vec![reference(name), null]))])
            }
            TypeName::Defined(name) if ty.nullable && self.style == Style::Newest => {
                map([("oneOf", Value::List(vec![reference(name), map([("type", text("null"))])]))])
            }
            TypeName::Defined(name) => reference(name),
            TypeName::Primitive(name) if &**name == "Double" && self.style != Style::Plain => {
                let number = self.typed("number", Some("double"), ty.nullable);
                let string = self.typed("string", None, ty.nullable);
                let numeric = map([("$ref", text("#/components/schemas/ReferenceNumeric"))]);
                map([(if ty.nullable { "anyOf" } else { "oneOf" }, Value::List(vec![number, string, numeric]))])
            }
            TypeName::Primitive(name) => self.primitive(name, ty.nullable),
        }
    }

    fn primitive(&self, name: &str, nullable: bool) -> Value {
        let number = if self.style == Style::Plain { "integer" } else { "number" };
        let (kind, format) = match name {
            "Boolean" => ("boolean", None),
            "Int64" => (number, Some("int64")),
            "Int32" => (number, Some("int32")),
            "Int16" => (number, Some("int16")),
            "Byte" => (number, Some("uint8")),
            "SByte" => (number, Some("int8")),
            "Double" => ("number", Some("double")),
            "Single" => ("number", Some("float")),
            "Decimal" => ("number", Some("decimal")),
            "DateTimeOffset" => ("string", Some("date-time")),
            "Date" => ("string", Some("date")),
            "TimeOfDay" => ("string", Some("time")),
            "Duration" => ("string", Some("duration")),
            "Guid" => ("string", Some("uuid")),
            "Binary" => ("string", Some("base64url")),
            "Stream" => ("string", Some("binary")),
            "String" => ("string", None),
            // Untyped, and what has no place in OpenAPI.
            _ => return map([("description", text("Anything"))]),
        };
        let schema = self.typed(kind, format, nullable);
        match PATTERNS.iter().find(|(ty, _)| *ty == name) {
            Some((_, pattern)) => schema.with("pattern", text(*pattern)),
            None => schema,
        }
    }

    fn typed(&self, kind: &str, format: Option<&str>, nullable: bool) -> Value {
        let ty = if nullable && self.style == Style::Newest {
            Value::List(vec![text(kind), text("null")])
        } else {
            text(kind)
        };
        let mut schema = map([("type", ty)]);
        if let Some(format) = format {
            schema = schema.with("format", text(format));
        }
        if nullable && self.style != Style::Newest {
            schema = schema.with("nullable", Value::Flag(true));
        }
        schema
    }
}

fn reference(name: &QualifiedName) -> Value {
    map([("$ref", text(format!("#/components/schemas/{name}")))])
}

fn shared_entity(entity: &QualifiedName) -> Value {
    json(reference(entity))
}

/// A body of JSON.
fn json(schema: Value) -> Value {
    map([("description", text("Success")), ("content", map([("application/json", map([("schema", schema)]))]))])
}

fn is_quoted(model: &Model, ty: &TypeRef) -> bool {
    match &ty.target {
        TypeName::Primitive(name) => &**name == "String",
        TypeName::Defined(name) => model.enums.contains_key(name),
    }
}
