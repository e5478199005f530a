//! How it looks: eighty columns, colours where there is a terminal.

use std::fmt::Write as _;
use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use percent_encoding::percent_decode_str;
use pim_emulator::Recorded;
use serde_json::Value;

use crate::json;

/// How wide it is.
pub(crate) const WIDTH: usize = 80;
/// How far what belongs to a step is moved in.
const INDENT: usize = 4;

pub(crate) const TITLE: Style = Style::new().bold();
pub(crate) const QUIET: Style = Style::new().dimmed();
pub(crate) const DONE: Style = AnsiColor::Green.on_default();
pub(crate) const REFUSED: Style = AnsiColor::Yellow.on_default();
pub(crate) const ASKED: Style = AnsiColor::Cyan.on_default();

/// Where it is written to.
pub(crate) struct Page<W> {
    out: W,
    has_colours: bool,
    step: usize,
    /// The method and the path that were shown last, and the body.
    shown: (String, String),
}

impl<W: Write> Page<W> {
    pub(crate) fn new(out: W, has_colours: bool) -> Self {
        Self { out, has_colours, step: 0, shown: (String::new(), String::new()) }
    }

    /// The text in a style, if there are colours.
    pub(crate) fn styled(&self, style: Style, text: &str) -> String {
        if self.has_colours { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }

    pub(crate) fn line(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.out, "{}", text.trim_end())
    }

    pub(crate) fn rule(&mut self) -> io::Result<()> {
        let rule = self.styled(QUIET, &"─".repeat(WIDTH));
        self.line(&rule)
    }

    /// Text over as many lines as it needs.
    pub(crate) fn text(&mut self, text: &str) -> io::Result<()> {
        wrapped(text, WIDTH).iter().try_for_each(|line| self.line(line))
    }

    /// Begins a step: what is done, by whom, at what time.
    pub(crate) fn step(&mut self, title: &str, who: &str, time: &str) -> io::Result<()> {
        self.step += 1;
        let title = format!("{:>2}  {title}", self.step);
        let at = format!("{time}  {who}");
        let gap = WIDTH.saturating_sub(title.chars().count() + at.chars().count()).max(2);
        let line = format!("{}{}{}", self.styled(TITLE, &title), " ".repeat(gap), self.styled(QUIET, &at));
        self.line("")?;
        self.line(&line)
    }

    /// What was asked, as it was sent but for the escapes in its address, and what was sent just so before.
    pub(crate) fn request(&mut self, recorded: &Recorded, origin: &str) -> io::Result<()> {
        let url = percent_decode_str(&recorded.url).decode_utf8_lossy().into_owned();
        let (path, query) = url.split_once('?').unwrap_or((&url, ""));
        let path = format!("{} {path}", recorded.method);
        let mut lines = broken(&path, WIDTH - INDENT - 2);
        for (index, option) in query.split('&').filter(|option| !option.is_empty()).enumerate() {
            let option = format!("{}{}", if index == 0 { '?' } else { '&' }, option.replace('+', " "));
            for (index, part) in wrapped(&option, WIDTH - INDENT - 6).iter().enumerate() {
                lines.push(format!("  {}{part}", if index == 0 { "" } else { "  " }));
            }
        }
        self.line("")?;
        for (index, line) in lines.iter().enumerate() {
            let mark = if index == 0 { '→' } else { ' ' };
            let line = self.styled(ASKED, &format!("{mark} {line}"));
            self.indented(&line)?;
        }
        if !recorded.body.is_empty() {
            // Whole addresses are too wide, and where the emulator listens is different each time.
            let body = recorded.body.replace(origin, "…");
            let before = if self.shown.0 == path { self.shown.1.as_str() } else { "" };
            for line in json::lay_out(&body, before, WIDTH - INDENT - 2) {
                self.indented(&format!("  {line}"))?;
            }
            self.shown = (path, body);
        }
        Ok(())
    }

    /// The status that came back, and the members that matter.
    pub(crate) fn answer(&mut self, recorded: &Recorded, pointers: &[&str]) -> io::Result<()> {
        let body: Value = serde_json::from_str(&recorded.answer).unwrap_or_default();
        let status = format!("← {}", recorded.status);
        let style = if recorded.status < 400 { DONE } else { REFUSED };
        let mut lines = Vec::new();
        match body["value"].as_array() {
            Some(entities) if entities.is_empty() => lines.push("value  []".to_owned()),
            Some(entities) => {
                for (index, entity) in entities.iter().enumerate() {
                    if index > 0 {
                        lines.push(String::new());
                    }
                    lines.extend(members(entity, pointers));
                }
            }
            None => lines.extend(members(&body, pointers)),
        }
        self.line("")?;
        let first = lines.first().map_or("", String::as_str);
        let line = format!("{}  {first}", self.styled(style, &status));
        self.indented(&line)?;
        for line in lines.iter().skip(1) {
            self.indented(&format!("       {line}"))?;
        }
        Ok(())
    }

    /// What it means.
    pub(crate) fn meaning(&mut self, text: &str) -> io::Result<()> {
        self.line("")?;
        for line in wrapped(text, WIDTH - INDENT) {
            self.indented(&line)?;
        }
        Ok(())
    }

    fn indented(&mut self, line: &str) -> io::Result<()> {
        self.line(&format!("{}{line}", " ".repeat(INDENT)))
    }
}

/// The members that matter, one below the other; texts that are too long go on below themselves.
fn members(entity: &Value, pointers: &[&str]) -> Vec<String> {
    // Where it is in the answer, as far as it takes to tell.
    let name = |pointer: &str| {
        let path: Vec<_> = pointer.trim_start_matches('/').split('/').collect();
        path[path.len().saturating_sub(2)..].join(".")
    };
    let widest = pointers.iter().map(|pointer| name(pointer).len()).max().unwrap_or(0);
    let room = WIDTH - INDENT - 7 - widest - 2;
    let mut lines = Vec::new();
    for pointer in pointers {
        let value = match entity.pointer(pointer) {
            Some(Value::String(text)) => text.clone(),
            None | Some(Value::Null) => "—".to_owned(),
            Some(value) => value.to_string(),
        };
        for (index, part) in wrapped(&value, room).iter().enumerate() {
            let mut line = String::new();
            let _ = write!(line, "{:widest$}  {part}", if index == 0 { name(pointer) } else { String::new() });
            lines.push(line);
        }
    }
    lines
}

/// Text in lines that are no wider than `room`, if its words are not.
fn wrapped(text: &str, room: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let line = lines.last_mut().expect("there is one from the beginning");
        if line.is_empty() {
            line.push_str(word);
        } else if line.chars().count() + 1 + word.chars().count() <= room {
            let _ = write!(line, " {word}");
        } else {
            lines.push(word.to_owned());
        }
    }
    lines
}

/// A path in lines that are no wider than `room`, broken before a slash.
fn broken(path: &str, room: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for (index, segment) in path.split('/').enumerate() {
        let segment = if index == 0 { segment.to_owned() } else { format!("/{segment}") };
        let line = lines.last_mut().expect("there is one from the beginning");
        if line.chars().count() + segment.chars().count() <= room {
            line.push_str(&segment);
        } else {
            lines.push(format!("  {segment}"));
        }
    }
    lines
}
