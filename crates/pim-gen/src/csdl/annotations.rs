//! The few annotations that a client needs, out of the many that a document has.

use super::document::{Annotations, Marks};
use super::values::{flag, written};
use super::xml::{Cursor, Element};
use crate::Result;

/// An `Annotations` element. Most have no marks: their attributes are not even looked at.
pub(super) fn annotations<'a>(cursor: &mut Cursor<'a>, element: &Element<'a>) -> Result<Option<Annotations<'a>>> {
    let marks = marks(cursor, element)?;
    if marks == Marks::default() {
        return Ok(None);
    }
    let [target] = element.attributes(["Target"])?;
    Ok(Some(Annotations { target: written(element, target, "Target")?, marks, at: element.at }))
}

/// What the annotations inside an element mark.
pub(super) fn marks<'a>(cursor: &mut Cursor<'a>, element: &Element<'a>) -> Result<Marks> {
    let mut marks = Marks::default();
    cursor.children(element, |cursor, element| {
        if element.name() != "Annotation" {
            return Ok(());
        }
        // The term comes first, so that this costs little where the term is a description of three paragraphs.
        match element.first("Term")?.as_deref() {
            Some("Org.OData.Core.V1.Computed") => marks.computed |= tagged(&element)?,
            Some("Org.OData.Core.V1.Immutable") => marks.immutable |= tagged(&element)?,
            Some("Org.OData.Core.V1.Permissions") => marks.computed |= read_only(cursor, &element)?,
            _ => {}
        }
        Ok(())
    })?;
    Ok(marks)
}

/// Whether an annotation says yes, which it does by being there.
fn tagged(element: &Element<'_>) -> Result<bool> {
    let [value] = element.attributes(["Bool"])?;
    flag(element, value, "Bool", true)
}

/// Whether the permissions are to read, and nothing else. Their value is an attribute or a child element.
fn read_only<'a>(cursor: &mut Cursor<'a>, element: &Element<'a>) -> Result<bool> {
    const READ: &str = "Org.OData.Core.V1.Permission/Read";
    let [value] = element.attributes(["EnumMember"])?;
    let mut read_only = value.is_some_and(|value| value.trim_ascii() == READ);
    cursor.children(element, |cursor, child| {
        if child.name() == "EnumMember" {
            read_only = cursor.text(&child)?.trim_ascii() == READ;
        }
        Ok(())
    })?;
    Ok(read_only)
}
