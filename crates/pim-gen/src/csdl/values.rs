//! What the values of attributes have to be.

use super::document::{Text, TypeUse};
use super::xml::Element;
use crate::Result;

/// A reference to something, as written but for escapes. It has to be there.
pub(super) fn written<'a>(element: &Element<'a>, value: Option<Text<'a>>, attribute: &str) -> Result<Text<'a>> {
    element.unescaped(element.required(value, attribute)?)
}

/// A type where it is used, by the attributes that say so.
pub(super) fn type_use<'a>(
    element: &Element<'a>,
    ty: Option<Text<'a>>,
    nullable: Option<Text<'a>>,
) -> Result<TypeUse<'a>> {
    Ok(TypeUse {
        written: written(element, ty, "Type")?,
        nullable: flag(element, nullable, "Nullable", true)?,
        at: element.at,
    })
}

/// `true` or `false`, or the default where the attribute is not there.
pub(super) fn flag(element: &Element<'_>, value: Option<Text<'_>>, name: &str, default: bool) -> Result<bool> {
    value.map_or(Ok(default), |value| match &*value {
        "true" => Ok(true),
        "false" => Ok(false),
        other => Err(element.error(format!("{name} is {other:?}, neither \"true\" nor \"false\""))),
    })
}

/// The attribute `Name`, which has to be there.
pub(super) fn named<'a>(element: &Element<'a>, name: Option<Text<'a>>) -> Result<Text<'a>> {
    identifier(element, element.required(name, "Name")?, "Name")
}

/// Names become names in generated code and in paths, so they must be no more than that.
pub(super) fn identifier<'a>(element: &Element<'a>, name: Text<'a>, attribute: &str) -> Result<Text<'a>> {
    // Escaping a name is allowed, but nobody does it, and what is written is looked at first.
    if is_identifier(&name) {
        return Ok(name);
    }
    let name = element.unescaped(name)?;
    if is_identifier(&name) {
        Ok(name)
    } else {
        Err(element
            .error(format!("the {attribute} {name:?} is not a name: ASCII letters, digits and `_`, no digit first")))
    }
}

/// The attribute `Namespace`, which has to be there.
pub(super) fn namespace<'a>(element: &Element<'a>, value: Option<Text<'a>>) -> Result<Text<'a>> {
    let namespace = written(element, value, "Namespace")?;
    if namespace.split('.').all(is_identifier) {
        Ok(namespace)
    } else {
        Err(element.error(format!("the Namespace {namespace:?} is not a namespace: names with dots between them")))
    }
}

/// OData allows letters of every script; Graph uses these, and so may code that is generated from it.
pub(super) fn is_identifier(name: &str) -> bool {
    name.bytes().next().is_some_and(|first| !first.is_ascii_digit())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}
