//! XML as a tree that is walked once: an element, its attributes, its children. It knows neither namespaces nor
//! entities of its own, and text only where it is asked for.

use super::document::Text;
use crate::{Error, Result};
use quick_xml::escape::EscapeError;
use quick_xml::events::attributes::{AttrError, Attribute, Attributes};
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::QName;
use quick_xml::{Reader, XmlVersion};
use std::fmt;

/// How deep elements may be nested. Metadata goes about ten deep; what goes deeper means harm.
const MAX_DEPTH: usize = 64;

/// A place in a document, moving forward.
pub(super) struct Cursor<'a> {
    bytes: &'a [u8],
    text: &'a str,
    reader: Reader<&'a [u8]>,
    /// How many elements are open.
    depth: usize,
    /// Where in `text` the last step began, perhaps with white space.
    step_at: usize,
}

/// What a cursor moves over.
enum Step<'a> {
    Open(Element<'a>),
    Close,
    End,
}

impl<'a> Cursor<'a> {
    /// At the beginning of `text`, which is `bytes` without a byte order mark.
    pub(super) fn new(bytes: &'a [u8], text: &'a str) -> Self {
        let mut reader = Reader::from_str(text);
        // Indentation is most of the text, and is no event then.
        reader.config_mut().trim_text_start = true;
        Self { bytes, text, reader, depth: 0, step_at: 0 }
    }

    /// The root element.
    pub(super) fn root(&mut self) -> Result<Element<'a>> {
        match self.step()? {
            Step::Open(root) => Ok(root),
            Step::Close | Step::End => Err(self.error_at(0, "the document is empty; fetch it again")),
        }
    }

    /// Makes sure that nothing follows the root element.
    pub(super) fn finish(mut self) -> Result<()> {
        match self.step()? {
            Step::Open(second) => {
                Err(second.error(format!("a second root element, <{}>: a document has one", second.full_name())))
            }
            Step::Close | Step::End => Ok(()),
        }
    }

    /// Goes through the children of an element that was just opened. What `each` leaves unread of a child is skipped.
    pub(super) fn children(
        &mut self,
        parent: &Element<'a>,
        mut each: impl FnMut(&mut Self, Element<'a>) -> Result<()>,
    ) -> Result<()> {
        if parent.empty {
            return Ok(());
        }
        let inside = self.depth;
        loop {
            match self.step()? {
                Step::Open(child) => {
                    each(self, child)?;
                    self.leave_to(inside, parent)?;
                }
                Step::Close => return Ok(()),
                Step::End => return Err(self.truncated(parent)),
            }
        }
    }

    /// The text between the tags of an element that was just opened, as written.
    pub(super) fn text(&mut self, element: &Element<'a>) -> Result<&'a str> {
        let start = self.position();
        self.children(element, |_, _| Ok(()))?;
        Ok(if element.empty { "" } else { &self.text[start..self.step_at] })
    }

    /// Skips until only `depth` elements are open.
    fn leave_to(&mut self, depth: usize, parent: &Element<'a>) -> Result<()> {
        while self.depth > depth {
            if let Step::End = self.step()? {
                return Err(self.truncated(parent));
            }
        }
        Ok(())
    }

    /// The next tag, or the end of the document.
    fn step(&mut self) -> Result<Step<'a>> {
        loop {
            self.step_at = self.position();
            match self.reader.read_event().map_err(|error| self.malformed(&error))? {
                Event::Start(tag) => {
                    self.depth += 1;
                    return self.open(&tag, false).map(Step::Open);
                }
                Event::Empty(tag) => return self.open(&tag, true).map(Step::Open),
                Event::End(_) => {
                    self.depth -= 1;
                    return Ok(Step::Close);
                }
                Event::Eof => return Ok(Step::End),
                Event::DocType(_) => return Err(self.step_error("a DOCTYPE is not accepted: metadata has none")),
                Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) if self.depth == 0 => {
                    return Err(self.step_error("text outside of the root element: this is not a CSDL document"));
                }
                Event::Text(_)
                | Event::CData(_)
                | Event::GeneralRef(_)
                | Event::Comment(_)
                | Event::PI(_)
                | Event::Decl(_) => {}
            }
        }
    }

    /// The element of a tag that the last step has read.
    fn open(&self, tag: &BytesStart<'a>, empty: bool) -> Result<Element<'a>> {
        let end = self.position() - if empty { "/>" } else { ">" }.len();
        let start = end - tag.len();
        let element = Element {
            bytes: self.bytes,
            at: self.offset(start - "<".len()),
            tag: &self.text[start..end],
            name_len: tag.name().0.len(),
            empty,
        };
        if self.depth > MAX_DEPTH {
            return Err(element.error(format!("elements are nested more than {MAX_DEPTH} deep")));
        }
        Ok(element)
    }

    /// How far the reader is in `text`.
    fn position(&self) -> usize {
        // What is in memory has an address, so its length fits.
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }

    /// The place in the document of a place in `text`.
    fn offset(&self, position: usize) -> usize {
        self.bytes.len() - self.text.len() + position
    }

    /// What is wrong with what the last step has read.
    fn step_error(&self, message: &str) -> Error {
        let indented = &self.text[self.step_at..];
        self.error_at(self.step_at + indented.len() - indented.trim_ascii_start().len(), message)
    }

    fn error_at(&self, position: usize, message: &str) -> Error {
        Error::at(self.bytes, self.offset(position), message)
    }

    fn truncated(&self, element: &Element<'_>) -> Error {
        let name = element.full_name();
        let message = format!("the document ends inside of <{name}>: it is truncated; fetch it again");
        self.error_at(self.text.len(), &message)
    }

    fn malformed(&self, error: &quick_xml::Error) -> Error {
        let what = match error {
            quick_xml::Error::Syntax(error) => error.to_string(),
            quick_xml::Error::IllFormed(error) => error.to_string(),
            other => other.to_string(),
        };
        let position = usize::try_from(self.reader.error_position()).unwrap_or(usize::MAX);
        self.error_at(position, &format!("malformed XML: {}", one_line(&what)))
    }
}

/// An element: the tag that opens it. Its children are the cursor's.
pub(super) struct Element<'a> {
    bytes: &'a [u8],
    /// Where it stands in the document, as a byte offset.
    pub(super) at: usize,
    /// What is between the angle brackets.
    tag: &'a str,
    name_len: usize,
    empty: bool,
}

impl<'a> Element<'a> {
    /// Its name, without a namespace prefix.
    pub(super) fn name(&self) -> &'a str {
        let name = &self.tag[..self.name_len];
        name.bytes().position(|byte| byte == b':').map_or(name, |colon| &name[colon + 1..])
    }

    /// Its name as written, to be shown.
    pub(super) fn full_name(&self) -> impl fmt::Display {
        self.tag[..self.name_len].escape_debug()
    }

    /// The values of the attributes called `wanted`, in that order, as written. Fails if the tag is malformed.
    pub(super) fn attributes<const N: usize>(&self, wanted: [&str; N]) -> Result<[Option<Text<'a>>; N]> {
        let mut values = [const { None }; N];
        for attribute in self.iter() {
            let attribute = attribute.map_err(|error| self.malformed(&error))?;
            let Some(index) = wanted.iter().position(|&name| name == attribute.key.0) else { continue };
            if values[index].replace(attribute.value).is_some() {
                return Err(self.error(format!("the attribute {} is there twice", wanted[index])));
            }
        }
        Ok(values)
    }

    /// The value of the first attribute called `name`, as written. It looks no further than that.
    pub(super) fn first(&self, name: &str) -> Result<Option<Text<'a>>> {
        for attribute in self.iter() {
            let attribute = attribute.map_err(|error| self.malformed(&error))?;
            if attribute.key.0 == name {
                return Ok(Some(attribute.value));
            }
        }
        Ok(None)
    }

    /// An attribute that has to be there, as written.
    pub(super) fn required(&self, value: Option<Text<'a>>, name: &str) -> Result<Text<'a>> {
        value.ok_or_else(|| self.error(format!("<{}> has no attribute {name}", self.full_name())))
    }

    /// What the value of an attribute stands for: itself, unless it has entities or line breaks.
    pub(super) fn unescaped(&self, value: Text<'a>) -> Result<Text<'a>> {
        // Counting looks at every byte, and so at many at once.
        if value.bytes().filter(|&byte| byte == b'&' || byte < b' ').count() == 0 {
            return Ok(value);
        }
        let attribute = Attribute { key: QName(""), value };
        attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|error| {
            let what = match error {
                quick_xml::Error::Escape(EscapeError::UnrecognizedEntity(_, name)) => {
                    format!("there is no entity {name:?}")
                }
                quick_xml::Error::Escape(EscapeError::UnterminatedEntity(_)) => "a `&` without a `;`".to_owned(),
                other => one_line(&other.to_string()),
            };
            self.error(format!("malformed XML: in the value {:?} of an attribute: {what}", attribute.value))
        })
    }

    /// What is wrong with this element.
    pub(super) fn error(&self, message: impl Into<String>) -> Error {
        Error::at(self.bytes, self.at, message)
    }

    fn iter(&self) -> Attributes<'a> {
        let mut attributes = Attributes::new(self.tag, self.name_len);
        // It would remember every name in a vector of its own, for every element. `attributes` sees to what matters.
        attributes.with_checks(false);
        attributes
    }

    fn malformed(&self, error: &AttrError) -> Error {
        let (at, what) = match error {
            AttrError::ExpectedEq(at) => (at, "an attribute has no value"),
            AttrError::ExpectedValue(at) => (at, "an attribute has no value behind its `=`"),
            AttrError::UnquotedValue(at) => (at, "the value of an attribute is not in quotes"),
            AttrError::ExpectedQuote(at, _) => (at, "the value of an attribute has no closing quote"),
            AttrError::Duplicated(at, _) => (at, "an attribute is there twice"),
        };
        Error::at(self.bytes, self.at + "<".len() + at, format!("malformed XML: {what}"))
    }
}

/// Names from a malformed document may contain anything, and an error is one line.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
