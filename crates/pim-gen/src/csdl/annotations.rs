//! The few annotations that a client needs, out of the many that a document has.

use std::collections::BTreeSet;

use super::document::{Annotations, Capabilities, Capability, Marks};
use super::values::{flag, is_identifier, written};
use super::xml::{Cursor, Element};
use crate::Result;

/// What annotations say that a client needs.
#[derive(Default, PartialEq)]
pub(super) struct Said {
    pub(super) marks: Marks,
    pub(super) capabilities: Capabilities,
}

/// An `Annotations` element. Most say nothing that a client needs: their attributes are not even looked at.
pub(super) fn annotations<'a>(cursor: &mut Cursor<'a>, element: &Element<'a>) -> Result<Option<Annotations<'a>>> {
    let said = said(cursor, element)?;
    if said == Said::default() {
        return Ok(None);
    }
    let [target] = element.attributes(["Target"])?;
    let Said { marks, capabilities } = said;
    Ok(Some(Annotations { target: written(element, target, "Target")?, marks, capabilities, at: element.at }))
}

/// What the annotations inside an element say.
pub(super) fn said<'a>(cursor: &mut Cursor<'a>, element: &Element<'a>) -> Result<Said> {
    let mut said = Said::default();
    cursor.children(element, |cursor, element| {
        if element.name() != "Annotation" {
            return Ok(());
        }
        // The term comes first, so that this costs little where the term is a description of three paragraphs.
        match element.first("Term")?.as_deref() {
            Some("Org.OData.Core.V1.Computed") => said.marks.computed |= tagged(&element)?,
            Some("Org.OData.Core.V1.Immutable") => said.marks.immutable |= tagged(&element)?,
            Some("Org.OData.Core.V1.Permissions") => said.marks.computed |= read_only(cursor, &element)?,
            Some(term) => {
                if let Some(term) = term.strip_prefix(CAPABILITIES).filter(|term| is_identifier(term)) {
                    capability(cursor, &element, term, &mut said.capabilities)?;
                }
            }
            None => {}
        }
        Ok(())
    })?;
    Ok(said)
}

/// The vocabulary of what can be done.
pub(super) const CAPABILITIES: &str = "Org.OData.Capabilities.V1.";

/// One term of what can be done: a flag, or a record of flags and lists. Of what is said in other ways, nothing is kept.
fn capability<'a>(
    cursor: &mut Cursor<'a>,
    element: &Element<'a>,
    term: &str,
    capabilities: &mut Capabilities,
) -> Result<()> {
    let [value] = element.attributes(["Bool"])?;
    let mut has_record = false;
    cursor.children(element, |cursor, record| {
        has_record = true;
        if record.name() != "Record" {
            return Ok(());
        }
        cursor.children(&record, |cursor, part| {
            if part.name() != "PropertyValue" {
                return Ok(());
            }
            let [name, value] = part.attributes(["Property", "Bool"])?;
            let Some(name) = name.filter(|name| is_identifier(name)) else { return Ok(()) };
            let names = names(cursor, &part)?;
            let value = match value {
                Some(value) => Some(Capability::Flag(flag(&part, Some(value), "Bool", true)?)),
                None => names.map(Capability::Names),
            };
            capabilities.extend(value.map(|value| (format!("{term}/{name}"), value)));
            Ok(())
        })
    })?;
    // A term that is only named says yes.
    if value.is_some() || (!has_record && element.attributes(["String", "EnumMember"])? == [None, None]) {
        capabilities.insert(term.to_owned(), Capability::Flag(flag(element, value, "Bool", true)?));
    }
    Ok(())
}

/// The paths of properties in a collection inside an element; None if there are none.
fn names<'a>(cursor: &mut Cursor<'a>, element: &Element<'a>) -> Result<Option<BTreeSet<String>>> {
    let mut names = BTreeSet::new();
    cursor.children(element, |cursor, collection| {
        if collection.name() != "Collection" {
            return Ok(());
        }
        cursor.children(&collection, |cursor, child| {
            if matches!(child.name(), "PropertyPath" | "NavigationPropertyPath") {
                let path = cursor.text(&child)?.trim_ascii();
                if path.split('/').all(|name| name.split('.').all(is_identifier)) {
                    names.insert(path.to_owned());
                }
            }
            Ok(())
        })
    })?;
    Ok(Some(names).filter(|names| !names.is_empty()))
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
