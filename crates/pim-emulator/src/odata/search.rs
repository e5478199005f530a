//! `$search`: words that are looked for in properties.

use pim_client::schema::{Kind, Schema};
use serde_json::Value as Json;

use super::parser::no_property;
use super::source::Source;
use super::value::fold;
use super::{DEEPEST, Entity, Fault};

/// What is looked for: `"displayName:help" OR "mail:help"`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Search(Term);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Term {
    And(Vec<Term>),
    Or(Vec<Term>),
    Not(Box<Term>),
    Words {
        /// Where to look: in all text, if it is not said.
        property: Option<&'static str>,
        words: Vec<String>,
    },
}

impl Search {
    #[cfg(test)]
    pub(super) fn parse(text: &str, of: &'static Schema) -> Result<Self, Fault> {
        Self::read(Source::new("$search", text), of)
    }

    /// Reads what is looked for.
    pub(super) fn read(source: Source<'_>, of: &'static Schema) -> Result<Self, Fault> {
        let mut parser = Parser { source, rest: source, of, depth: 0 };
        let term = parser.disjunction()?;
        parser.skip_blanks();
        if !parser.rest.text().is_empty() {
            return Err(parser.rest.fault_here("')' closes nothing here"));
        }
        Ok(Self(term))
    }

    /// Whether an entity has what is looked for: for each word, one that begins with it.
    pub(crate) fn matches(&self, entity: &Entity) -> bool {
        self.0.matches(entity)
    }
}

impl Term {
    fn matches(&self, entity: &Entity) -> bool {
        match self {
            Self::And(terms) => terms.iter().all(|term| term.matches(entity)),
            Self::Or(terms) => terms.iter().any(|term| term.matches(entity)),
            Self::Not(term) => !term.matches(entity),
            Self::Words { property: Some(property), words } => {
                entity.get(*property).is_some_and(|value| has_words(value, words))
            }
            Self::Words { property: None, words } => {
                let mut properties = entity.iter().filter(|(name, _)| !name.contains('@'));
                properties.any(|(_, value)| has_words(value, words))
            }
        }
    }
}

fn has_words(value: &Json, words: &[String]) -> bool {
    match value {
        Json::String(text) => {
            let present: Vec<_> = split(text).collect();
            words.iter().all(|word| present.iter().any(|present| present.starts_with(word)))
        }
        Json::Array(items) => items.iter().any(|item| has_words(item, words)),
        _ => false,
    }
}

/// The words of a text, in lower case.
fn split(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(|word| fold(word).into_owned())
}

struct Parser<'a> {
    source: Source<'a>,
    rest: Source<'a>,
    of: &'static Schema,
    depth: usize,
}

impl Parser<'_> {
    fn skip_blanks(&mut self) {
        self.rest = self.rest.trimmed();
    }

    fn advance(&mut self, bytes: usize) {
        self.rest = self.rest.part(bytes..self.rest.text().len());
    }

    /// The word that is next, which a blank, a quote or a parenthesis ends.
    fn word(&mut self) -> &str {
        self.skip_blanks();
        let text = self.rest.text();
        let end = text.find(|c: char| c.is_whitespace() || matches!(c, '"' | '(' | ')')).unwrap_or(text.len());
        &text[..end]
    }

    fn take(&mut self, word: &str) -> bool {
        let found = self.word() == word;
        if found {
            self.advance(word.len());
        }
        found
    }

    fn disjunction(&mut self) -> Result<Term, Fault> {
        let mut terms = vec![self.conjunction()?];
        while self.take("OR") {
            terms.push(self.conjunction()?);
        }
        Ok(if terms.len() > 1 { Term::Or(terms) } else { Term::And(terms) })
    }

    fn conjunction(&mut self) -> Result<Term, Fault> {
        let mut terms = vec![self.term()?];
        // `AND` may be left out.
        while self.take("AND")
            || !(self.word() == "OR" || self.rest.text().is_empty() || self.rest.text().starts_with(')'))
        {
            terms.push(self.term()?);
        }
        Ok(Term::And(terms))
    }

    fn term(&mut self) -> Result<Term, Fault> {
        if self.depth == DEEPEST {
            return Err(self.rest.fault_here(format!("the search is nested deeper than {DEEPEST} levels")));
        }
        self.depth += 1;
        let term = self.term_within();
        self.depth -= 1;
        term
    }

    fn term_within(&mut self) -> Result<Term, Fault> {
        if self.take("NOT") {
            return Ok(Term::Not(Box::new(self.term()?)));
        }
        self.skip_blanks();
        let begin = self.rest;
        match begin.text().chars().next() {
            Some('(') => {
                self.advance(1);
                let inner = self.disjunction()?;
                self.skip_blanks();
                if !self.rest.text().starts_with(')') {
                    return Err(self.rest.fault_here("')' is missing"));
                }
                self.advance(1);
                Ok(inner)
            }
            Some('"') => {
                let (phrase, length) = phrase(begin.text())
                    .ok_or_else(|| begin.fault_here("the phrase has no end; close it with '\"'"))?;
                self.advance(length);
                self.words(begin, &phrase)
            }
            None | Some(')') => Err(begin.fault_here("something to look for is missing")),
            Some(_) => {
                let word = self.word().to_owned();
                if word.contains(':') {
                    let message = format!("a property and what to look for in it stand in double quotes: \"{word}\"");
                    return Err(begin.fault_here(message));
                }
                self.advance(word.len());
                self.words(begin, &word)
            }
        }
    }

    /// What to look for, behind the property to look in.
    fn words(&self, begin: Source<'_>, phrase: &str) -> Result<Term, Fault> {
        let (property, text) = match phrase.split_once(':') {
            None => (None, phrase),
            Some((name, text)) => {
                let name = name.trim();
                let fault = |message: String| Err(self.source.fault(begin.start(), message));
                let Some((_, property)) = self.of.find(name) else { return fault(no_property(self.of, name)) };
                match property.kind() {
                    Kind::String | Kind::Key | Kind::Collection(Kind::String) => {}
                    _ => return fault(format!("'{}' is not text, and cannot be searched", property.name())),
                }
                (Some(property.name()), text)
            }
        };
        let words: Vec<_> = split(text).collect();
        if words.is_empty() {
            return Err(begin.fault_here("there is no word to look for"));
        }
        Ok(Term::Words { property, words })
    }
}

/// The phrase between the quotes that the text begins with, and how long it is as written.
fn phrase(text: &str) -> Option<(String, usize)> {
    let (mut phrase, mut escaped) = (String::new(), false);
    for (at, character) in text.char_indices().skip(1) {
        match character {
            '"' if !escaped => return Some((phrase, at + 1)),
            '\\' if !escaped => escaped = true,
            _ => {
                phrase.push(character);
                escaped = false;
            }
        }
    }
    None
}
