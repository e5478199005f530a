//! From text to words, literals and signs.

use super::Fault;
use super::source::Source;

/// A piece of an expression, and where it begins.
#[derive(Clone, Debug)]
pub(super) struct Token<'a> {
    pub(super) lexeme: Lexeme<'a>,
    pub(super) at: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Lexeme<'a> {
    /// A name: of a property, an operator, a function, a type; or `null`, `true`, `false`.
    Word(&'a str),
    /// A literal without quotes: a number, a GUID, a point in time.
    Bare(&'a str),
    /// A literal in quotes, which are not part of it.
    Quoted(String),
    /// A literal in quotes with its type before it: `duration'PT5H'`.
    Typed(&'a str, String),
    Open,
    Close,
    Comma,
    Slash,
    Colon,
    End,
}

impl Lexeme<'_> {
    /// What it is called in a message.
    pub(super) fn describe(&self) -> String {
        match self {
            Self::Word(text) | Self::Bare(text) => format!("'{text}'"),
            Self::Quoted(_) => "a string".to_owned(),
            Self::Typed(prefix, _) => format!("a {prefix}"),
            Self::Open => "'('".to_owned(),
            Self::Close => "')'".to_owned(),
            Self::Comma => "','".to_owned(),
            Self::Slash => "'/'".to_owned(),
            Self::Colon => "':'".to_owned(),
            Self::End => "the end".to_owned(),
        }
    }
}

/// All pieces of the text. The last is the end.
pub(super) fn tokens(source: Source<'_>) -> Result<Vec<Token<'_>>, Fault> {
    let (text, mut tokens, mut position) = (source.text(), Vec::new(), 0);
    loop {
        position = text.len() - text[position..].trim_start().len();
        let at = source.start() + position;
        let rest = &text[position..];
        let Some(first) = rest.chars().next() else {
            tokens.push(Token { lexeme: Lexeme::End, at });
            return Ok(tokens);
        };
        let (lexeme, length) = match first {
            '(' => (Lexeme::Open, 1),
            ')' => (Lexeme::Close, 1),
            ',' => (Lexeme::Comma, 1),
            '/' => (Lexeme::Slash, 1),
            ':' => (Lexeme::Colon, 1),
            '\'' => {
                let (value, length) = quoted(rest).ok_or_else(|| source.fault(at, UNCLOSED))?;
                (Lexeme::Quoted(value), length)
            }
            _ if guid(rest) => (Lexeme::Bare(&rest[..GUID]), GUID),
            '-' | '0'..='9' => {
                let length = run(rest, |c| c.is_ascii_alphanumeric() || matches!(c, '.' | ':' | '+' | '-'));
                (Lexeme::Bare(&rest[..length]), length)
            }
            _ if first.is_alphabetic() || matches!(first, '_' | '$') => {
                let length = run(rest, |c| c.is_alphanumeric() || matches!(c, '_' | '.' | '$'));
                let word = &rest[..length];
                if rest[length..].starts_with('\'') {
                    let begins = source.start() + position + length;
                    let (value, quotes) = quoted(&rest[length..]).ok_or_else(|| source.fault(begins, UNCLOSED))?;
                    (Lexeme::Typed(word, value), length + quotes)
                } else {
                    (Lexeme::Word(word), length)
                }
            }
            '"' => return Err(source.fault(at, "strings stand in single quotes")),
            _ => return Err(source.fault(at, format!("'{first}' has no meaning here"))),
        };
        tokens.push(Token { lexeme, at });
        position += length;
    }
}

const UNCLOSED: &str = "the string has no end; close it with a single quote, and double each quote that is part of it";

/// How many bytes from the front are of a kind.
fn run(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.find(|c| !belongs(c)).unwrap_or(text.len())
}

/// The string that the text begins with, each doubled quote taken for one, and how long it is as written.
fn quoted(text: &str) -> Option<(String, usize)> {
    let (mut value, mut position) = (String::new(), 1);
    loop {
        let end = position + text.get(position..)?.find('\'')?;
        value.push_str(&text[position..end]);
        if !text[end + 1..].starts_with('\'') {
            return Some((value, end + 1));
        }
        value.push('\'');
        position = end + 2;
    }
}

/// How long a GUID is.
const GUID: usize = 36;

/// Whether the text begins with a GUID that nothing continues.
fn guid(text: &str) -> bool {
    let Some((candidate, rest)) = text.split_at_checked(GUID) else { return false };
    is_guid(candidate) && !rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'))
}

/// Whether the text is digits in groups of 8, 4, 4, 4 and 12.
pub(super) fn is_guid(text: &str) -> bool {
    let groups = text.split('-').map(|group| (group.len(), group.bytes().all(|byte| byte.is_ascii_hexdigit())));
    groups.eq([8, 4, 4, 4, 12].map(|length| (length, true)))
}
