//! JSON as a person likes to read it: members in the order in which they were sent, and no more lines than it takes.

/// Lays JSON out over lines no wider than `room`, where that can be. Members of an object that `before` has just so are
/// left out, and dots stand for them.
pub(crate) fn lay_out(json: &str, before: &str, room: usize) -> Vec<String> {
    let known = parts(before).map(|(_, parts, _)| parts).unwrap_or_default();
    let mut lines = Vec::new();
    match parts(json) {
        Some((open, parts, close)) if !parts.is_empty() => {
            lines.push(open.to_string());
            for (index, part) in parts.iter().enumerate() {
                if !known.contains(part) {
                    let (name, value) = member(part);
                    lay(&name, value, comma(index, &parts), 2, room, &mut lines);
                } else if lines.last().is_none_or(|line| line != "  …") {
                    lines.push("  …".to_owned());
                }
            }
            lines.push(close.to_string());
        }
        _ => lines.push(on_one_line(json)),
    }
    lines
}

/// Lays out one value, with what stands before and behind it on its lines.
fn lay(name: &str, json: &str, behind: &str, indent: usize, room: usize, lines: &mut Vec<String>) {
    let blank = " ".repeat(indent);
    let line = format!("{blank}{name}{}{behind}", on_one_line(json));
    if line.chars().count() <= room {
        lines.push(line);
        return;
    }
    match parts(json) {
        Some((open, parts, close)) => {
            lines.push(format!("{blank}{name}{open}"));
            for (index, part) in parts.iter().enumerate() {
                let (name, value) = member(part);
                lay(&name, value, comma(index, &parts), indent + 2, room, lines);
            }
            lines.push(format!("{blank}{close}{behind}"));
        }
        None if name.is_empty() => lines.push(line),
        None => {
            lines.push(format!("{blank}{}", name.trim_end()));
            lines.push(format!("{blank}  {}{behind}", json.trim()));
        }
    }
}

/// What stands behind a part: a comma, if others follow.
fn comma(index: usize, parts: &[&str]) -> &'static str {
    if index + 1 < parts.len() { "," } else { "" }
}

fn on_one_line(json: &str) -> String {
    let Some((open, parts, close)) = parts(json) else { return json.trim().to_owned() };
    let parts: Vec<_> = parts
        .iter()
        .map(|part| {
            let (name, value) = member(part);
            format!("{name}{}", on_one_line(value))
        })
        .collect();
    format!("{open}{}{close}", parts.join(", "))
}

/// The parts of an object or an array, between its brackets.
fn parts(json: &str) -> Option<(char, Vec<&str>, char)> {
    let json = json.trim();
    let open = json.chars().next().filter(|open| ['{', '['].contains(open))?;
    let close = if open == '{' { '}' } else { ']' };
    let inner = json.strip_prefix(open)?.strip_suffix(close)?;
    let mut parts = Vec::new();
    let mut begin = 0;
    for (at, depth, byte) in outside_of_text(inner) {
        if depth == 0 && byte == b',' {
            parts.push(&inner[begin..at]);
            begin = at + 1;
        }
    }
    if !inner[begin..].trim().is_empty() {
        parts.push(&inner[begin..]);
    }
    Some((open, parts, close))
}

/// The name of a member, with its colon, and the value; items of arrays have no name.
fn member(part: &str) -> (String, &str) {
    let colon = outside_of_text(part).find(|(_, depth, byte)| *depth == 0 && *byte == b':');
    match colon {
        Some((at, ..)) => (format!("{}: ", part[..at].trim()), &part[at + 1..]),
        None => (String::new(), part),
    }
}

/// The bytes that are not within quotes, with their places and how deep in brackets they are.
fn outside_of_text(json: &str) -> impl Iterator<Item = (usize, usize, u8)> {
    let (mut depth, mut is_text, mut is_escaped) = (0_usize, false, false);
    json.bytes().enumerate().filter_map(move |(at, byte)| {
        if is_text {
            is_text = byte != b'"' || is_escaped;
            is_escaped = byte == b'\\' && !is_escaped;
            return None;
        }
        match byte {
            b'"' => is_text = true,
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        (!is_text).then_some((at, depth, byte))
    })
}
