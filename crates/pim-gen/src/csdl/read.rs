//! From bytes to a [`Document`]: which elements mean what. Elements and attributes that it does not name are skipped.

use super::annotations::{annotations, said};
use super::document::{
    Document, EntityContainer, EnumType, Member, NavigationProperty, Operation, OperationKind, Parameter, Property,
    PropertyRef, Resource, Schema, StructuredKind, StructuredType, TypeDefinition, TypeUse,
};
use super::encoding;
use super::values::{flag, identifier, named, namespace, type_use, written};
use super::xml::{Cursor, Element};
use crate::Result;

/// Reads a metadata document. Fails, saying where and why, if it is not well-formed CSDL 4 in UTF-8.
///
/// Names are checked for being names, but not for what they refer to: that is [`edm::resolve`](crate::edm::resolve)'s.
pub fn read(bytes: &[u8]) -> Result<Document<'_>> {
    let mut cursor = Cursor::new(bytes, encoding::decode(bytes)?);
    let root = cursor.root()?;
    check_root(&root)?;

    let mut schemas = Vec::new();
    cursor.children(&root, |cursor, element| {
        if element.name() != "DataServices" {
            return Ok(());
        }
        cursor.children(&element, |cursor, element| {
            if element.name() == "Schema" {
                schemas.push(schema(cursor, &element)?);
            }
            Ok(())
        })
    })?;
    if schemas.is_empty() {
        return Err(root.error("the document has no Schema: there is nothing in it; fetch it again"));
    }
    cursor.finish()?;
    Ok(Document { schemas })
}

fn check_root(root: &Element<'_>) -> Result<()> {
    if root.name() != "Edmx" {
        let name = root.full_name();
        return Err(root.error(format!("the root element is <{name}>, not <edmx:Edmx>: this is not a CSDL document")));
    }
    let [version] = root.attributes(["Version"])?;
    let version = root.required(version, "Version")?;
    if !version.starts_with("4.") {
        return Err(root.error(format!("the document is CSDL {version:?}, and only CSDL 4 is read")));
    }
    Ok(())
}

fn schema<'a>(cursor: &mut Cursor<'a>, element: &Element<'a>) -> Result<Schema<'a>> {
    let [name, alias] = element.attributes(["Namespace", "Alias"])?;
    let mut schema = Schema {
        namespace: namespace(element, name)?,
        alias: alias.map(|alias| identifier(element, alias, "Alias")).transpose()?,
        at: element.at,
        ..Schema::default()
    };
    cursor.children(element, |cursor, element| {
        match element.name() {
            "EnumType" => schema.enums.push(enum_type(cursor, &element)?),
            "ComplexType" => schema.structured.push(structured_type(cursor, &element, StructuredKind::Complex)?),
            "EntityType" => schema.structured.push(structured_type(cursor, &element, StructuredKind::Entity)?),
            "TypeDefinition" => schema.definitions.push(type_definition(&element)?),
            "Action" => schema.operations.push(operation(cursor, &element, OperationKind::Action)?),
            "Function" => schema.operations.push(operation(cursor, &element, OperationKind::Function)?),
            "EntityContainer" => schema.containers.push(entity_container(cursor, &element)?),
            "Annotations" => schema.annotations.extend(annotations(cursor, &element)?),
            _ => {}
        }
        Ok(())
    })?;
    Ok(schema)
}

fn enum_type<'a>(cursor: &mut Cursor<'a>, element: &Element<'a>) -> Result<EnumType<'a>> {
    let [name, flags] = element.attributes(["Name", "IsFlags"])?;
    let (name, flags) = (named(element, name)?, flag(element, flags, "IsFlags", false)?);
    let mut members: Vec<Member<'a>> = Vec::new();
    cursor.children(element, |_, element| {
        if element.name() == "Member" {
            let previous = members.last().map(|member| member.value);
            members.push(member(&element, previous)?);
        }
        Ok(())
    })?;
    Ok(EnumType { name, flags, members, at: element.at })
}

fn member<'a>(element: &Element<'a>, previous: Option<i64>) -> Result<Member<'a>> {
    let [name, value] = element.attributes(["Name", "Value"])?;
    let value = match (value, previous) {
        (Some(value), _) => value
            .parse()
            .map_err(|_| element.error(format!("the Value {value:?} is not a whole number of up to 64 bits")))?,
        (None, None) => 0,
        (None, Some(previous)) => previous
            .checked_add(1)
            .ok_or_else(|| element.error("the member has no Value, and there is no number after the one before it"))?,
    };
    Ok(Member { name: named(element, name)?, value, at: element.at })
}

fn structured_type<'a>(
    cursor: &mut Cursor<'a>,
    element: &Element<'a>,
    kind: StructuredKind,
) -> Result<StructuredType<'a>> {
    let [name, base, is_abstract, open] = element.attributes(["Name", "BaseType", "Abstract", "OpenType"])?;
    let mut ty = StructuredType {
        name: named(element, name)?,
        kind,
        base: base.map(|base| element.unescaped(base)).transpose()?,
        is_abstract: flag(element, is_abstract, "Abstract", false)?,
        open: flag(element, open, "OpenType", false)?,
        key: Vec::new(),
        properties: Vec::new(),
        navigation: Vec::new(),
        at: element.at,
    };
    cursor.children(element, |cursor, element| {
        match element.name() {
            "Property" => ty.properties.push(property(cursor, &element)?),
            "NavigationProperty" => ty.navigation.push(navigation_property(cursor, &element)?),
            "Key" if kind == StructuredKind::Entity => key(cursor, &element, &mut ty.key)?,
            _ => {}
        }
        Ok(())
    })?;
    Ok(ty)
}

fn key<'a>(cursor: &mut Cursor<'a>, element: &Element<'a>, key: &mut Vec<PropertyRef<'a>>) -> Result<()> {
    cursor.children(element, |_, element| {
        if element.name() == "PropertyRef" {
            let [name] = element.attributes(["Name"])?;
            key.push(PropertyRef { name: named(&element, name)?, at: element.at });
        }
        Ok(())
    })
}

fn property<'a>(cursor: &mut Cursor<'a>, element: &Element<'a>) -> Result<Property<'a>> {
    let [name, ty, nullable] = element.attributes(["Name", "Type", "Nullable"])?;
    let (name, ty) = (named(element, name)?, type_use(element, ty, nullable)?);
    Ok(Property { name, ty, marks: said(cursor, element)?.marks })
}

fn navigation_property<'a>(cursor: &mut Cursor<'a>, element: &Element<'a>) -> Result<NavigationProperty<'a>> {
    let [name, ty, nullable, contained] = element.attributes(["Name", "Type", "Nullable", "ContainsTarget"])?;
    Ok(NavigationProperty {
        name: named(element, name)?,
        ty: type_use(element, ty, nullable)?,
        contained: flag(element, contained, "ContainsTarget", false)?,
        capabilities: said(cursor, element)?.capabilities,
    })
}

fn type_definition<'a>(element: &Element<'a>) -> Result<TypeDefinition<'a>> {
    let [name, underlying] = element.attributes(["Name", "UnderlyingType"])?;
    Ok(TypeDefinition {
        name: named(element, name)?,
        underlying: written(element, underlying, "UnderlyingType")?,
        at: element.at,
    })
}

fn operation<'a>(cursor: &mut Cursor<'a>, element: &Element<'a>, kind: OperationKind) -> Result<Operation<'a>> {
    let [name, bound] = element.attributes(["Name", "IsBound"])?;
    let mut operation = Operation {
        name: named(element, name)?,
        kind,
        bound: flag(element, bound, "IsBound", false)?,
        parameters: Vec::new(),
        returns: None,
        at: element.at,
    };
    cursor.children(element, |_, element| {
        match element.name() {
            "Parameter" => operation.parameters.push(parameter(&element)?),
            "ReturnType" if operation.returns.is_some() => return Err(element.error("a second ReturnType")),
            "ReturnType" => operation.returns = Some(return_type(&element)?),
            _ => {}
        }
        Ok(())
    })?;
    Ok(operation)
}

fn parameter<'a>(element: &Element<'a>) -> Result<Parameter<'a>> {
    let [name, ty, nullable] = element.attributes(["Name", "Type", "Nullable"])?;
    Ok(Parameter { name: named(element, name)?, ty: type_use(element, ty, nullable)? })
}

fn return_type<'a>(element: &Element<'a>) -> Result<TypeUse<'a>> {
    let [ty, nullable] = element.attributes(["Type", "Nullable"])?;
    type_use(element, ty, nullable)
}

fn entity_container<'a>(cursor: &mut Cursor<'a>, element: &Element<'a>) -> Result<EntityContainer<'a>> {
    let [name] = element.attributes(["Name"])?;
    let mut container = EntityContainer {
        name: named(element, name)?,
        entity_sets: Vec::new(),
        singletons: Vec::new(),
        at: element.at,
    };
    cursor.children(element, |cursor, element| {
        match element.name() {
            "EntitySet" => container.entity_sets.push(resource(cursor, &element, "EntityType")?),
            "Singleton" => container.singletons.push(resource(cursor, &element, "Type")?),
            _ => {}
        }
        Ok(())
    })?;
    Ok(container)
}

fn resource<'a>(cursor: &mut Cursor<'a>, element: &Element<'a>, type_attribute: &str) -> Result<Resource<'a>> {
    let [name, ty] = element.attributes(["Name", type_attribute])?;
    Ok(Resource {
        name: named(element, name)?,
        ty: written(element, ty, type_attribute)?,
        capabilities: said(cursor, element)?.capabilities,
        at: element.at,
    })
}
