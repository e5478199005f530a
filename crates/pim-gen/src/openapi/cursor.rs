//! A walk over the events of a document: whatever is not asked for is skipped.

use std::collections::HashSet;

use super::events::{DEEPEST, Event, Events};
use super::text;
use crate::csdl::Text;
use crate::{Error, Result};

/// What is left of a document.
pub(super) struct Cursor<'a> {
    events: Events<'a>,
    bytes: &'a [u8],
    /// Where the text begins, behind byte order marks.
    begins: usize,
    /// Where this file begins among all that are read.
    base: usize,
    /// How many objects and lists are open.
    depth: usize,
}

/// A value that has begun.
#[derive(Clone, Debug)]
pub(super) struct Node<'a> {
    /// Where it stands, as an offset in all files that are read.
    pub(super) at: usize,
    pub(super) kind: Kind<'a>,
}

/// What a value is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kind<'a> {
    Map,
    List,
    Scalar { text: Text<'a>, plain: bool },
    Alias,
}

/// A key of an object.
pub(super) struct Key<'a> {
    pub(super) name: Text<'a>,
    pub(super) at: usize,
}

/// The names of the members of an object that were come to. Nearly all objects have a few, for which a set costs more
/// than it saves.
#[derive(Default)]
struct Names<'a> {
    few: Vec<Text<'a>>,
    more: HashSet<Text<'a>>,
}

impl<'a> Names<'a> {
    const FEW: usize = 16;

    /// Adds a name. False if it is there already.
    fn insert(&mut self, name: &Text<'a>) -> bool {
        if self.few.contains(name) {
            return false;
        }
        if self.few.len() < Self::FEW {
            self.few.push(name.clone());
            return true;
        }
        self.more.insert(name.clone())
    }
}

impl<'a> Cursor<'a> {
    /// A cursor at the beginning of a file, whose places count from `base` on.
    pub(super) fn new(bytes: &'a [u8], base: usize) -> Result<Self> {
        let text = text::decode(bytes)?;
        Ok(Self { events: Events::of(text), bytes, begins: bytes.len() - text.len(), base, depth: 0 })
    }

    /// An error about the place `at`.
    pub(super) fn error(&self, at: usize, message: impl Into<String>) -> Error {
        Error::at(self.bytes, at.saturating_sub(self.base), message)
    }

    /// The document itself.
    pub(super) fn root(&mut self) -> Result<Node<'a>> {
        match self.event()? {
            Some((event, at)) => self.node(event, at),
            None => Err(self.error(self.base, "the file is empty; fetch it again")),
        }
    }

    /// Makes sure that nothing follows.
    pub(super) fn finish(&mut self) -> Result<()> {
        while self.event()?.is_some() {}
        Ok(())
    }

    /// Visits the members of an object. What a visit leaves unread is skipped.
    pub(super) fn members(
        &mut self,
        node: &Node<'a>,
        what: &str,
        mut visit: impl FnMut(&mut Self, Key<'a>, Node<'a>) -> Result<()>,
    ) -> Result<()> {
        if node.is_null() {
            // `paths:` with nothing behind it.
            return Ok(());
        }
        if node.kind != Kind::Map {
            return Err(self.error(node.at, format!("{what} is {}, not an object", node.describe())));
        }
        let mut seen = Names::default();
        let inside = self.depth;
        loop {
            let (name, at) = match self.inner()? {
                (Event::End, _) => return Ok(()),
                (Event::Scalar { text, plain }, at) => {
                    if plain && text == "<<" {
                        return Err(
                            self.error(at, "`<<` merges another object, which is not read; write its members out")
                        );
                    }
                    (text, at)
                }
                (_, at) => return Err(self.error(at, format!("a key of {what} is no text"))),
            };
            if !seen.insert(&name) {
                return Err(self.error(at, format!("a second `{}` in {what}", name.escape_debug())));
            }
            let (event, value_at) = self.inner()?;
            let value = self.node(event, value_at)?;
            visit(self, Key { name, at }, value)?;
            self.leave(inside)?;
        }
    }

    /// Visits the values of a list. What a visit leaves unread is skipped.
    pub(super) fn items(
        &mut self,
        node: &Node<'a>,
        what: &str,
        mut visit: impl FnMut(&mut Self, Node<'a>) -> Result<()>,
    ) -> Result<()> {
        if node.kind != Kind::List {
            return Err(self.error(node.at, format!("{what} is {}, not a list", node.describe())));
        }
        let inside = self.depth;
        loop {
            let (event, at) = self.inner()?;
            if event == Event::End {
                return Ok(());
            }
            let value = self.node(event, at)?;
            visit(self, value)?;
            self.leave(inside)?;
        }
    }

    /// The text of a value.
    pub(super) fn text(&self, node: &Node<'a>, what: &str) -> Result<Text<'a>> {
        match &node.kind {
            Kind::Scalar { text, .. } => Ok(text.clone()),
            _ => Err(self.error(node.at, format!("{what} is {}, not text", node.describe()))),
        }
    }

    /// `true` or `false`.
    pub(super) fn flag(&self, node: &Node<'a>, what: &str) -> Result<bool> {
        match &node.kind {
            Kind::Scalar { text, plain: true } if matches!(&**text, "true" | "True" | "TRUE") => Ok(true),
            Kind::Scalar { text, plain: true } if matches!(&**text, "false" | "False" | "FALSE") => Ok(false),
            _ => Err(self.error(node.at, format!("{what} is {}, neither true nor false", node.describe()))),
        }
    }

    /// Skips what is left of everything that began since `depth` objects and lists were open.
    fn leave(&mut self, depth: usize) -> Result<()> {
        while self.depth > depth {
            self.inner()?;
        }
        Ok(())
    }

    fn node(&self, event: Event<'a>, at: usize) -> Result<Node<'a>> {
        let kind = match event {
            Event::Map => Kind::Map,
            Event::List => Kind::List,
            Event::Scalar { text, plain } => Kind::Scalar { text, plain },
            Event::Alias => Kind::Alias,
            Event::End => return Err(self.error(at, "an object ends behind a key without a value")),
        };
        Ok(Node { at, kind })
    }

    /// The next event of something that has not ended.
    fn inner(&mut self) -> Result<(Event<'a>, usize)> {
        let end = self.base + self.bytes.len();
        self.event()?.ok_or_else(|| self.error(end, "the file ends in the middle; fetch it again"))
    }

    fn event(&mut self) -> Result<Option<(Event<'a>, usize)>> {
        let event = self.events.next().map_err(|(at, message)| self.error(self.base + self.begins + at, message))?;
        let Some((event, at)) = event else { return Ok(None) };
        let at = self.base + self.begins + at;
        match event {
            Event::Map | Event::List if self.depth == DEEPEST => {
                return Err(self.error(at, format!("more than {DEEPEST} objects and lists in one another")));
            }
            Event::Map | Event::List => self.depth += 1,
            Event::End => self.depth = self.depth.saturating_sub(1),
            Event::Scalar { .. } | Event::Alias => {}
        }
        Ok(Some((event, at)))
    }
}

impl Node<'_> {
    /// Whether the value is nothing.
    pub(super) fn is_null(&self) -> bool {
        matches!(&self.kind, Kind::Scalar { text, plain: true } if matches!(&**text, "" | "~" | "null" | "Null" | "NULL"))
    }

    fn describe(&self) -> String {
        match &self.kind {
            Kind::Map => "an object".to_owned(),
            Kind::List => "a list".to_owned(),
            Kind::Alias => "an alias (`*…`), which is not followed".to_owned(),
            Kind::Scalar { .. } if self.is_null() => "nothing".to_owned(),
            Kind::Scalar { text, .. } => {
                let shown: String = text.chars().take(40).collect();
                format!("`{}`", shown.escape_debug())
            }
        }
    }
}
