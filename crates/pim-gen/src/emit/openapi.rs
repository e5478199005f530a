//! The API as an OpenAPI 3.0 document.
//!
//! A restricted profile: one answer an operation, every schema with a name, no `anyOf`, no defaults, no patterns. What
//! stands outside it makes progenitor panic or write wrong code; [`profile`](crate::profile) checks that none does.

use indexmap::IndexMap;
use openapiv3::{
    AdditionalProperties, ArrayType, BooleanType, Components, Discriminator, Header, Info, IntegerFormat, IntegerType,
    MediaType, NumberFormat, NumberType, ObjectType, OpenAPI, Parameter, ParameterData, ParameterSchemaOrContent,
    PathItem, PathStyle, QueryStyle, ReferenceOr, RequestBody, Response, Responses, Schema, SchemaData, SchemaKind,
    Server, StatusCode, StringFormat, StringType, Type as SchemaType, VariantOrUnknownOrEmpty,
};

use crate::ir::{Answer, Api, ERROR_SCHEMA, Operation, PathParameter, Query, Shape, ShapeKind, Type, reference_schema};

/// Writes the API as OpenAPI.
#[must_use]
pub fn openapi(api: &Api) -> OpenAPI {
    let mut document = OpenAPI {
        openapi: "3.0.4".to_owned(),
        info: Info {
            title: "Microsoft Graph, a selection".to_owned(),
            description: Some("Made by pim-gen from the metadata of Microsoft Graph.".to_owned()),
            version: api.version.clone(),
            ..Info::default()
        },
        servers: vec![Server { url: format!("https://graph.microsoft.com/{}", api.version), ..Server::default() }],
        ..OpenAPI::default()
    };
    let mut components = Components::default();
    for shape in api.shapes.values() {
        components.schemas.insert(shape.rust.clone(), ReferenceOr::Item(schema_of(shape)));
    }
    for operation in api.operations() {
        if let Answer::Page(element) = &operation.answer {
            components.schemas.insert(element.collection_schema(), ReferenceOr::Item(collection(element)));
        }
        if let Some(Type::Reference(entity)) = &operation.body {
            components.schemas.insert(reference_schema(entity), ReferenceOr::Item(reference(entity)));
        }
        let path = document.paths.paths.entry(operation.path.clone());
        let path = path.or_insert_with(|| ReferenceOr::Item(PathItem::default()));
        if let ReferenceOr::Item(path) = path {
            let slot = match operation.method {
                "GET" => &mut path.get,
                "POST" => &mut path.post,
                "PATCH" => &mut path.patch,
                _ => &mut path.delete,
            };
            *slot = Some(self::operation(operation));
        }
    }
    components.schemas.insert(ERROR_SCHEMA.to_owned(), ReferenceOr::Item(error()));
    components.schemas.sort_keys();
    components
        .responses
        .insert("error".to_owned(), ReferenceOr::Item(json_response("An error.", reference_to(ERROR_SCHEMA))));
    document.components = Some(components);
    document
}

fn operation(operation: &Operation) -> openapiv3::Operation {
    let mut parameters: Vec<_> = operation.keys.iter().chain(&operation.arguments).map(path_parameter).collect();
    parameters.extend(query_parameters(operation.query));
    let success = match &operation.answer {
        Answer::Empty(_) => Response { description: "Done.".to_owned(), ..Response::default() },
        Answer::One(ty) => json_response("What was asked for.", schema_ref(ty, false)),
        Answer::Page(element) => json_response("A page.", reference_to(&element.collection_schema())),
        Answer::Count => content("The number.", "text/plain", ReferenceOr::Item(string(StringType::default(), false))),
    };
    let mut responses = Responses::default();
    responses.responses.insert(StatusCode::Range(2), ReferenceOr::Item(success));
    for range in [4, 5] {
        let error = ReferenceOr::Reference { reference: "#/components/responses/error".to_owned() };
        responses.responses.insert(StatusCode::Range(range), error);
    }
    openapiv3::Operation {
        operation_id: Some(operation.id.clone()),
        summary: Some(operation.doc.clone()),
        parameters: parameters.into_iter().map(ReferenceOr::Item).collect(),
        request_body: operation.body.as_ref().map(|body| ReferenceOr::Item(request_body(body))),
        responses,
        ..openapiv3::Operation::default()
    }
}

fn request_body(body: &Type) -> RequestBody {
    let schema = match body {
        Type::Reference(entity) => reference_to(&reference_schema(entity)),
        other => schema_ref(other, false),
    };
    RequestBody { content: json(schema), required: true, ..RequestBody::default() }
}

fn path_parameter(parameter: &PathParameter) -> Parameter {
    let schema = match &parameter.ty {
        Type::Id(_) => ReferenceOr::Item(string(StringType::default(), false)),
        other => schema_ref(other, false),
    };
    Parameter::Path { parameter_data: parameter_data(&parameter.wire, true, schema), style: PathStyle::Simple }
}

fn query_parameters(query: Query) -> Vec<Parameter> {
    let text = || ReferenceOr::Item(string(StringType::default(), false));
    let number = || ReferenceOr::Item(integer(IntegerFormat::Int32, false));
    let flag = || ReferenceOr::Item(schema(SchemaKind::Type(SchemaType::Boolean(BooleanType::default())), false));
    let options = match query {
        Query::None => vec![],
        Query::Entity => vec![("$expand", text()), ("$select", text())],
        Query::Count => vec![("$filter", text()), ("$search", text())],
        Query::Collection => vec![
            ("$count", flag()),
            ("$expand", text()),
            ("$filter", text()),
            ("$orderby", text()),
            ("$search", text()),
            ("$select", text()),
            ("$skip", number()),
            ("$top", number()),
        ],
    };
    let option = |(name, schema)| Parameter::Query {
        parameter_data: parameter_data(name, false, schema),
        allow_reserved: false,
        style: QueryStyle::Form,
        allow_empty_value: None,
    };
    let mut parameters: Vec<_> = options.into_iter().map(option).collect();
    if matches!(query, Query::Collection | Query::Count) {
        let data = parameter_data("ConsistencyLevel", false, text());
        parameters.push(Parameter::Header { parameter_data: data, style: openapiv3::HeaderStyle::Simple });
    }
    parameters
}

fn parameter_data(name: &str, required: bool, schema: ReferenceOr<Schema>) -> ParameterData {
    ParameterData {
        name: name.to_owned(),
        description: None,
        required,
        deprecated: None,
        format: ParameterSchemaOrContent::Schema(schema),
        example: None,
        examples: IndexMap::new(),
        explode: None,
        extensions: IndexMap::new(),
    }
}

fn schema_of(shape: &Shape) -> Schema {
    let mut schema = match &shape.kind {
        ShapeKind::Enum(variants) => {
            let enumeration = variants.iter().map(|variant| Some(variant.wire.clone())).collect();
            string(StringType { enumeration, ..StringType::default() }, false)
        }
        ShapeKind::Object(object) => {
            let members = object.members.iter().map(|member| (member.wire.as_str(), &member.ty));
            let mut schema = object_schema(members.map(|(wire, ty)| (wire, schema_ref(ty, true))));
            if let SchemaKind::Type(SchemaType::Object(object_type)) = &mut schema.schema_kind {
                let required = object.members.iter().filter(|member| member.required);
                object_type.required = required.map(|member| member.wire.clone()).collect();
            }
            schema
        }
        ShapeKind::Union(union) => {
            let objects = union.variants.iter().map(|variant| variant.object.as_str()).chain([union.unknown.as_str()]);
            let mut schema = schema(SchemaKind::OneOf { one_of: objects.map(reference_to).collect() }, false);
            let mapping = union
                .variants
                .iter()
                .map(|variant| (format!("#{}", variant.graph), format!("#/components/schemas/{}", variant.object)));
            schema.schema_data.discriminator = Some(Discriminator {
                property_name: "@odata.type".to_owned(),
                mapping: mapping.collect(),
                extensions: IndexMap::new(),
            });
            schema
        }
    };
    schema.schema_data.description = Some(shape.doc.clone());
    schema
}

fn collection(element: &Type) -> Schema {
    let items = Type::Collection(Box::new(element.clone()));
    object_schema([
        ("@odata.count", ReferenceOr::Item(integer(IntegerFormat::Int64, true))),
        ("@odata.nextLink", ReferenceOr::Item(string(StringType::default(), true))),
        ("@odata.deltaLink", ReferenceOr::Item(string(StringType::default(), true))),
        ("value", schema_ref(&items, true)),
    ])
}

fn reference(entity: &str) -> Schema {
    let mut schema = object_schema([("@odata.id", ReferenceOr::Item(string(StringType::default(), false)))]);
    schema.schema_data.description = Some(format!("The address of a {entity}."));
    if let SchemaKind::Type(SchemaType::Object(object)) = &mut schema.schema_kind {
        object.required = vec!["@odata.id".to_owned()];
        object.additional_properties = Some(AdditionalProperties::Any(false));
    }
    schema
}

fn error() -> Schema {
    let text = || ReferenceOr::Item(string(StringType::default(), true));
    let mut schema =
        object_schema([("error", ReferenceOr::Item(object_schema([("code", text()), ("message", text())])))]);
    schema.schema_data.description = Some("What Graph answers where it does not do what was asked.".to_owned());
    schema
}

/// A reference to the schema of a type. It may be null where `nullable` says so.
fn schema_ref(ty: &Type, nullable: bool) -> ReferenceOr<Schema> {
    let named = match ty {
        Type::Enum(rust) | Type::Object { rust, .. } | Type::Union(rust) => Some(rust),
        _ => None,
    };
    match named {
        Some(rust) if nullable => {
            ReferenceOr::Item(schema(SchemaKind::AllOf { all_of: vec![reference_to(rust)] }, true))
        }
        Some(rust) => reference_to(rust),
        None => ReferenceOr::Item(inline(ty, nullable)),
    }
}

fn inline(ty: &Type, nullable: bool) -> Schema {
    let format = |format| StringType { format: VariantOrUnknownOrEmpty::Item(format), ..StringType::default() };
    let named = |format: &str| StringType {
        format: VariantOrUnknownOrEmpty::Unknown(format.to_owned()),
        ..StringType::default()
    };
    match ty {
        Type::Boolean => schema(SchemaKind::Type(SchemaType::Boolean(BooleanType::default())), nullable),
        Type::Int32 => integer(IntegerFormat::Int32, nullable),
        Type::Int64 => integer(IntegerFormat::Int64, nullable),
        Type::Double => {
            let number =
                NumberType { format: VariantOrUnknownOrEmpty::Item(NumberFormat::Double), ..NumberType::default() };
            schema(SchemaKind::Type(SchemaType::Number(number)), nullable)
        }
        Type::Secret => string(format(StringFormat::Password), nullable),
        Type::Guid => string(named("uuid"), nullable),
        Type::Binary => string(format(StringFormat::Byte), nullable),
        Type::Date => string(format(StringFormat::Date), nullable),
        Type::TimeOfDay => string(named("time"), nullable),
        Type::DateTimeOffset => string(format(StringFormat::DateTime), nullable),
        Type::Duration => string(named("duration"), nullable),
        Type::Reference(_) => string(named("uri"), nullable),
        Type::Collection(element) => {
            let items = match schema_ref(element, false) {
                ReferenceOr::Item(schema) => ReferenceOr::Item(Box::new(schema)),
                ReferenceOr::Reference { reference } => ReferenceOr::Reference { reference },
            };
            let array = ArrayType { items: Some(items), min_items: None, max_items: None, unique_items: false };
            schema(SchemaKind::Type(SchemaType::Array(array)), nullable)
        }
        Type::String | Type::Id(_) | Type::Enum(_) | Type::Object { .. } | Type::Union(_) => {
            string(StringType::default(), nullable)
        }
    }
}

/// An object that may have other properties: nothing in Graph is closed.
fn object_schema<'a>(properties: impl IntoIterator<Item = (&'a str, ReferenceOr<Schema>)>) -> Schema {
    let boxed = |property| match property {
        ReferenceOr::Item(schema) => ReferenceOr::Item(Box::new(schema)),
        ReferenceOr::Reference { reference } => ReferenceOr::Reference { reference },
    };
    let properties = properties.into_iter().map(|(name, property)| (name.to_owned(), boxed(property))).collect();
    let object = ObjectType {
        properties,
        additional_properties: Some(AdditionalProperties::Any(true)),
        ..ObjectType::default()
    };
    schema(SchemaKind::Type(SchemaType::Object(object)), false)
}

fn string(string: StringType, nullable: bool) -> Schema {
    schema(SchemaKind::Type(SchemaType::String(string)), nullable)
}

fn integer(format: IntegerFormat, nullable: bool) -> Schema {
    let integer = IntegerType { format: VariantOrUnknownOrEmpty::Item(format), ..IntegerType::default() };
    schema(SchemaKind::Type(SchemaType::Integer(integer)), nullable)
}

fn schema(schema_kind: SchemaKind, nullable: bool) -> Schema {
    Schema { schema_data: SchemaData { nullable, ..SchemaData::default() }, schema_kind }
}

fn reference_to(name: &str) -> ReferenceOr<Schema> {
    ReferenceOr::Reference { reference: format!("#/components/schemas/{name}") }
}

fn json_response(description: &str, schema: ReferenceOr<Schema>) -> Response {
    content(description, "application/json", schema)
}

fn content(description: &str, media_type: &str, schema: ReferenceOr<Schema>) -> Response {
    let headers: IndexMap<String, ReferenceOr<Header>> = IndexMap::new();
    let media = MediaType { schema: Some(schema), ..MediaType::default() };
    let content = IndexMap::from([(media_type.to_owned(), media)]);
    Response { description: description.to_owned(), headers, content, ..Response::default() }
}

fn json(schema: ReferenceOr<Schema>) -> IndexMap<String, MediaType> {
    IndexMap::from([("application/json".to_owned(), MediaType { schema: Some(schema), ..MediaType::default() })])
}
