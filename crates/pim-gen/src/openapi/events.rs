//! One stream of events for both forms of OpenAPI, YAML and JSON.

use granit_parser::{Event as YamlEvent, Parser, ScalarStyle, StrInput, options};
use json_event_parser::{JsonEvent, LowLevelJsonParser};

use crate::csdl::Text;

/// How deep values may lie in one another. What Microsoft writes has twelve levels or so.
pub(super) const DEEPEST: usize = 100;

/// A piece of a document.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Event<'a> {
    /// An object begins. Its keys and values follow in turns.
    Map,
    /// A list begins.
    List,
    /// The last object or list that began ends.
    End,
    /// Text, a number, a truth value or nothing.
    Scalar {
        /// As written, without quotes.
        text: Text<'a>,
        /// Whether it was written without quotes: only then it may be something else than text.
        plain: bool,
    },
    /// YAML's reference to an earlier value.
    Alias,
}

/// What is wrong with the form, and where, as an offset in the text.
pub(super) type Fault = (usize, String);

/// The events of a document, each with its offset in the text.
pub(super) enum Events<'a> {
    Yaml(Box<Yaml<'a>>),
    Json(Json<'a>),
}

impl<'a> Events<'a> {
    /// The events of `text`. JSON would be YAML, too; its own parser is quicker, and stricter.
    pub(super) fn of(text: &'a str) -> Self {
        if text.trim_start().starts_with('{') {
            Self::Json(Json::new(text))
        } else {
            Self::Yaml(Box::new(Yaml::new(text)))
        }
    }

    /// The next event. None at the end.
    pub(super) fn next(&mut self) -> Result<Option<(Event<'a>, usize)>, Fault> {
        match self {
            Self::Yaml(yaml) => yaml.next(),
            Self::Json(json) => json.next(),
        }
    }
}

/// YAML 1.2: `on` and `no` are text.
pub(super) struct Yaml<'a> {
    parser: Parser<'a, StrInput<'a>>,
    began: bool,
}

impl<'a> Yaml<'a> {
    fn new(text: &'a str) -> Self {
        // More than is allowed, so that it is the cursor who refuses: to find out whether `[` begins a key, the parser
        // reads a thousand characters ahead.
        let limits = options! { flow_nesting_limit: DEEPEST + 1100, block_nesting_limit: DEEPEST + 1100 };
        Self { parser: Parser::new_from_str_with_options(text, limits), began: false }
    }

    fn next(&mut self) -> Result<Option<(Event<'a>, usize)>, Fault> {
        while let Some(event) = self.parser.next_event() {
            let (event, span) = event.map_err(|error| {
                let what = error.info().lines().next().unwrap_or_default().to_owned();
                (error.marker().byte_offset().unwrap_or_default(), format!("this is no YAML: {what}"))
            })?;
            let at = span.start.byte_offset().unwrap_or_default();
            let event = match event {
                YamlEvent::DocumentStart(..) if self.began => {
                    return Err((at, "a second YAML document begins here; give each in a file of its own".to_owned()));
                }
                YamlEvent::DocumentStart(..) => {
                    self.began = true;
                    continue;
                }
                YamlEvent::MappingStart(..) => Event::Map,
                YamlEvent::SequenceStart(..) => Event::List,
                YamlEvent::MappingEnd | YamlEvent::SequenceEnd => Event::End,
                YamlEvent::Scalar(text, style, ..) => Event::Scalar { text, plain: style == ScalarStyle::Plain },
                YamlEvent::Alias(_) => Event::Alias,
                _ => continue,
            };
            return Ok(Some((event, at)));
        }
        Ok(None)
    }
}

pub(super) struct Json<'a> {
    parser: LowLevelJsonParser,
    text: &'a str,
    read: usize,
}

impl<'a> Json<'a> {
    fn new(text: &'a str) -> Self {
        // The parser counts a key and its value as two levels.
        Self { parser: LowLevelJsonParser::new().with_max_stack_size(2 * DEEPEST + 8), text, read: 0 }
    }

    fn next(&mut self) -> Result<Option<(Event<'a>, usize)>, Fault> {
        loop {
            let rest = &self.text[self.read..];
            let begins = rest.find(|c: char| !c.is_ascii_whitespace() && c != ',' && c != ':').unwrap_or(rest.len());
            let at = self.read + begins;
            let result = self.parser.parse_next(rest.as_bytes(), true);
            self.read += result.consumed_bytes;
            let Some(event) = result.event else { continue };
            let event = event.map_err(|error| {
                let at = usize::try_from(error.location().start.offset).unwrap_or(usize::MAX);
                (at, format!("this is no JSON: {}", error.message().lines().next().unwrap_or_default()))
            })?;
            let quoted = |text| Event::Scalar { text, plain: false };
            let plain = |text| Event::Scalar { text, plain: true };
            let event = match event {
                JsonEvent::StartObject => Event::Map,
                JsonEvent::StartArray => Event::List,
                JsonEvent::EndObject | JsonEvent::EndArray => Event::End,
                JsonEvent::ObjectKey(text) | JsonEvent::String(text) => quoted(text),
                JsonEvent::Number(text) => plain(text),
                JsonEvent::Boolean(value) => plain(if value { "true" } else { "false" }.into()),
                JsonEvent::Null => plain("null".into()),
                JsonEvent::Eof => return Ok(None),
            };
            return Ok(Some((event, at)));
        }
    }
}
