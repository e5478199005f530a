//! The schemas of all files by name, and what a schema says where it is used.

use std::collections::HashMap;

use super::document::{Description, Habits, Property, Schema, Types};
use super::files::Files;
use crate::csdl::{Text, TypeUse, is_identifier};
use crate::nearest::did_you_mean;
use crate::{Error, Result};

/// How often one schema may merely stand for another, and how long a chain of base types is.
const LONGEST_CHAIN: usize = 50;

/// The schemas of all files.
pub(super) struct Components<'d, 'a> {
    files: &'d Files<'d>,
    by_name: HashMap<&'d str, Component<'d, 'a>>,
}

/// A schema that has a name.
#[derive(Clone, Copy)]
struct Component<'d, 'a> {
    schema: &'d Schema<'a>,
    /// What it holds several of, if it is a page.
    page: Option<&'d Schema<'a>>,
    /// Whether it declares a type. Everything that refers to it asks for that.
    is_type: bool,
}

impl<'d, 'a> Component<'d, 'a> {
    fn of(name: &str, schema: &'d Schema<'a>) -> Self {
        let page = page(name, schema);
        let is_type = name.contains('.')
            && name.split('.').all(is_identifier)
            && !name.starts_with("odata.")
            && !name.starts_with("microsoft.graph.ODataErrors.")
            && page.is_none();
        Self { schema, page, is_type }
    }
}

/// A type where it is used.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Used<'a> {
    /// The element's, if it is a collection: `Edm.String`, `microsoft.graph.group`.
    pub(super) name: Text<'a>,
    pub(super) collection: bool,
    pub(super) nullable: bool,
}

impl<'a> Used<'a> {
    fn primitive(name: &'static str, nullable: bool) -> Self {
        Self { name: name.into(), collection: false, nullable }
    }

    /// As CSDL writes it.
    pub(super) fn written(&self) -> Text<'a> {
        if self.collection { format!("Collection({})", self.name).into() } else { self.name.clone() }
    }

    pub(super) fn at(&self, at: usize) -> TypeUse<'a> {
        TypeUse { written: self.written(), nullable: self.nullable, at }
    }
}

impl<'d, 'a> Components<'d, 'a> {
    pub(super) fn of(descriptions: &'d [Description<'a>], files: &'d Files<'d>) -> Self {
        let mut by_name = HashMap::new();
        for (name, schema) in descriptions.iter().flat_map(|description| &description.schemas) {
            by_name.entry(&**name).or_insert_with(|| Component::of(name, schema));
        }
        Self { files, by_name }
    }

    /// Whether a schema declares a type, and does not merely help to describe messages.
    pub(super) fn is_type(&self, name: &str) -> bool {
        self.by_name.get(name).is_some_and(|component| component.is_type)
    }

    /// What a schema says of a property, a parameter or a result.
    pub(super) fn used(&self, schema: &Schema<'a>, habits: Habits) -> Result<Used<'a>> {
        self.follow(schema, habits, 0)
    }

    /// What is answered: the type itself, or an object whose `value` has it.
    pub(super) fn result(&self, schema: &Schema<'a>, habits: Habits) -> Result<Used<'a>> {
        let referred = schema.reference.as_deref().and_then(|name| self.by_name.get(name));
        let helper = referred.filter(|component| !component.is_type).map(|component| component.schema);
        match value(helper.unwrap_or(schema)) {
            Some(value) => self.used(value, habits),
            None => self.used(schema, habits),
        }
    }

    /// The properties of an object that is sent: the parameters of an action.
    pub(super) fn properties<'s>(&'s self, schema: &'s Schema<'a>) -> &'s [Property<'a>] {
        match schema.reference.as_deref().and_then(|name| self.by_name.get(name)) {
            Some(component) => component.schema.properties(),
            None => schema.properties(),
        }
    }

    fn follow(&self, schema: &Schema<'a>, habits: Habits, followed: usize) -> Result<Used<'a>> {
        if let Some(items) = schema.items() {
            let element = self.follow(items, habits, followed)?;
            // OData has no collections of collections.
            let name = if element.collection { "Edm.Untyped".into() } else { element.name };
            return Ok(Used { name, collection: true, nullable: element.nullable });
        }
        if let Some(name) = &schema.reference {
            return self.reference(name, schema, habits, followed);
        }
        if !schema.alternatives().is_empty() {
            return self.alternatives(schema, habits, followed);
        }
        if let [only] = schema.all_of() {
            let used = self.follow(only, habits, followed)?;
            return Ok(Used { nullable: used.nullable || schema.nullable, ..used });
        }
        Ok(primitive(schema))
    }

    fn reference(&self, name: &Text<'a>, schema: &Schema<'a>, habits: Habits, followed: usize) -> Result<Used<'a>> {
        let Some(component) = self.by_name.get(&**name) else {
            return Err(self.missing(name, schema.at));
        };
        if component.is_type {
            let nullable = schema.nullable || !habits.marks_null_references;
            return Ok(Used { name: name.clone(), collection: false, nullable });
        }
        if followed == LONGEST_CHAIN {
            let message = format!("the schema `{}` stands for itself", name.escape_debug());
            return Err(self.files.error(schema.at, message));
        }
        self.follow(component.page.unwrap_or(component.schema), habits, followed + 1)
            .map(|used| Used { collection: used.collection || component.page.is_some(), ..used })
    }

    pub(super) fn missing(&self, name: &str, at: usize) -> Error {
        let hint = did_you_mean(name, self.by_name.keys().copied());
        let name = name.escape_debug();
        self.files
            .error(at, format!("`$ref` refers to the schema `{name}`, which no file has{hint}; give that file, too"))
    }

    /// `anyOf` and `oneOf`: a type and nothing, a number in several forms, or a type and others that derive from it.
    fn alternatives(&self, schema: &Schema<'a>, habits: Habits, followed: usize) -> Result<Used<'a>> {
        let all = schema.alternatives();
        let nullable = schema.nullable || all.iter().any(Schema::is_only_null);
        let rest: Vec<_> = all.iter().filter(|one| !one.is_only_null()).collect();
        let number = rest.iter().find(|one| one.types.has(Types::NUMBER) || one.types.has(Types::INTEGER));
        // The base of two is the base of all, or there is none.
        let base = rest.iter().copied().reduce(|base, one| if self.derives(base, one) { one } else { base });
        let base = base.filter(|base| rest.iter().all(|one| self.derives(one, base)));
        let chosen = match (rest.as_slice(), number, base) {
            ([], ..) => return Ok(Used::primitive("Edm.Untyped", true)),
            ([only], ..) => only,
            (_, Some(number), _) => number,
            (_, None, Some(base)) => base,
            (_, None, None) => {
                let message =
                    "`anyOf` or `oneOf` of types of which none is the base of the others: what it is cannot be told";
                return Err(self.files.error(schema.at, message));
            }
        };
        // A reference among alternatives is null only if one of them says so.
        let habits = Habits { marks_null_references: true, ..habits };
        let used = self.follow(chosen, habits, followed)?;
        Ok(Used { nullable: used.nullable || nullable, ..used })
    }

    fn derives(&self, schema: &Schema<'a>, base: &Schema<'a>) -> bool {
        match (&schema.reference, &base.reference) {
            (Some(name), Some(base)) => self.is_a(name, base),
            _ => false,
        }
    }

    /// Whether the type `name` is `ancestor` or derives from it.
    pub(super) fn is_a(&self, name: &str, ancestor: &str) -> bool {
        self.chain(name).any(|have| have == ancestor)
    }

    /// The names of a type and of those that it derives from. It ends where a type derives from itself.
    pub(super) fn chain<'s>(&'s self, name: &'s str) -> impl Iterator<Item = &'s str> {
        let base = move |name: &&'s str| {
            let schema = self.by_name.get(*name)?.schema;
            let bases = std::iter::once(schema).chain(schema.all_of()).filter_map(|part| part.reference.as_deref());
            bases.into_iter().find(|base| self.is_type(base))
        };
        std::iter::successors(Some(name), base).take(LONGEST_CHAIN)
    }
}

/// What a page holds several of, if the component `name` is a page.
fn page<'s, 'a>(name: &str, schema: &'s Schema<'a>) -> Option<&'s Schema<'a>> {
    let value = if name.ends_with("CollectionResponse") { value(schema) } else { None };
    value.filter(|value| value.items().is_some())
}

/// What an object has as `value`.
fn value<'s, 'a>(schema: &'s Schema<'a>) -> Option<&'s Schema<'a>> {
    let own = std::iter::once(schema).chain(schema.all_of());
    own.flat_map(Schema::properties).find(|property| property.name == "value").map(|property| &property.schema)
}

/// The type of a value that has no parts.
fn primitive<'a>(schema: &Schema<'a>) -> Used<'a> {
    let format = schema.format.as_deref().unwrap_or_default();
    let is_number = schema.types.has(Types::NUMBER) || schema.types.has(Types::INTEGER);
    let name = match format {
        "int64" if is_number => "Edm.Int64",
        "int32" if is_number => "Edm.Int32",
        "int16" if is_number => "Edm.Int16",
        "uint8" if is_number => "Edm.Byte",
        "int8" if is_number => "Edm.SByte",
        "double" if is_number => "Edm.Double",
        "float" if is_number => "Edm.Single",
        "decimal" if is_number => "Edm.Decimal",
        _ if schema.types.has(Types::INTEGER) => "Edm.Int64",
        _ if is_number => "Edm.Double",
        _ if schema.types.has(Types::BOOLEAN) => "Edm.Boolean",
        _ if schema.types.has(Types::STRING) => text(format, schema),
        _ => return Used::primitive("Edm.Untyped", true),
    };
    Used::primitive(name, schema.nullable)
}

/// The type of text: by its format, else by the pattern that Microsoft gives it.
fn text(format: &str, schema: &Schema<'_>) -> &'static str {
    match format {
        "date-time" => "Edm.DateTimeOffset",
        "date" => "Edm.Date",
        "time" => "Edm.TimeOfDay",
        "duration" => "Edm.Duration",
        "uuid" => "Edm.Guid",
        "base64url" | "byte" => "Edm.Binary",
        "binary" => "Edm.Stream",
        _ => by_pattern(schema.more.as_ref().and_then(|more| more.pattern.as_deref()).unwrap_or_default()),
    }
}

fn by_pattern(pattern: &str) -> &'static str {
    let pattern = pattern.trim_start_matches('^').trim_end_matches('$');
    if pattern.starts_with("-?P(") {
        "Edm.Duration"
    } else if pattern.starts_with("[0-9a-fA-F]{8}-") {
        "Edm.Guid"
    } else if pattern.starts_with("([01][0-9]|2[0-3]):") {
        "Edm.TimeOfDay"
    } else if pattern.starts_with("[0-9]{4,}-") {
        if pattern.contains('T') { "Edm.DateTimeOffset" } else { "Edm.Date" }
    } else {
        "Edm.String"
    }
}
