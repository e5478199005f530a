//! Text of others, made harmless where it is put.

/// The most characters of a value that is shown in a table or a line; the rest is cut.
const LONGEST: usize = 400;

/// In a terminal: what would steer it is written out, and a line stays a line.
pub(super) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for (at, character) in text.chars().enumerate() {
        if at == LONGEST {
            plain.push('…');
            break;
        }
        if steers(character) { plain.extend(character.escape_unicode()) } else { plain.push(character) }
    }
    plain
}

/// Whether a character does something other than stand there: control characters, those that end a line, and those that
/// turn the direction of writing.
#[must_use]
pub fn steers(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
        )
}

/// As code in a cell of a Markdown table.
pub(super) fn code(text: &str) -> String {
    let text = plain(text).replace('|', "\\|");
    if text.trim().is_empty() {
        return String::new();
    }
    if !text.contains('`') {
        return format!("`{text}`");
    }
    let fence = "`".repeat(longest_run(&text) + 1);
    format!("{fence} {text} {fence}")
}

/// As words in a cell of a Markdown table. What stands between two backticks is code.
pub(super) fn words(text: &str) -> String {
    let text = plain(text);
    let parts: Vec<_> = text.split('`').collect();
    let has_pairs = parts.len() % 2 == 1 && parts.iter().skip(1).step_by(2).all(|code| !code.trim().is_empty());
    if !has_pairs {
        return escaped(&text);
    }
    let part = |(at, part): (usize, &&str)| if at % 2 == 1 { code(part) } else { escaped(part) };
    parts.iter().enumerate().map(part).collect()
}

/// What GitHub makes links and mentions of, after it has read Markdown: there a character that was written as a number is
/// the character itself. A space without width stands inside instead.
const LINKED: [(&str, &str); 5] = [
    // First: the others are written with one.
    ("#", "#&#8203;"),
    ("@", "@&#8203;"),
    ("GH-", "GH&#8203;-"),
    ("://", ":&#8203;//"),
    ("www.", "www&#8203;."),
];

/// With a backslash before each character that means something to Markdown. Nobody is mentioned, nothing is linked.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' => escaped.extend(['\\', character]),
            '&' => escaped.push_str("&amp;"),
            other => escaped.push(other),
        }
    }
    LINKED.iter().fold(escaped, |escaped, (link, none)| escaped.replace(link, none))
}

/// The fence of a block of code that holds `lines`.
pub(super) fn fence(lines: &[String]) -> String {
    let longest = lines.iter().map(|line| longest_run(line)).max().unwrap_or_default();
    "`".repeat(3.max(longest + 1))
}

/// How many backticks follow one another at most.
fn longest_run(text: &str) -> usize {
    text.split(|character| character != '`').map(str::len).max().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_a_terminal_is_written_out() {
        assert_eq!(plain("a\u{1b}[31m\nb\u{202e}c\u{2028}"), "a\\u{1b}[31m\\u{a}b\\u{202e}c\\u{2028}");
    }

    #[test]
    fn what_is_too_long_is_cut() {
        assert_eq!(plain(&"x".repeat(LONGEST)), "x".repeat(LONGEST));
        assert_eq!(plain(&"x".repeat(LONGEST + 1)), "x".repeat(LONGEST) + "…");
    }

    #[test]
    fn code_stays_in_its_cell_and_in_its_backticks() {
        assert_eq!(code("a|b"), "`a\\|b`");
        assert_eq!(code("a`b``c"), "``` a`b``c ```");
        assert_eq!(code(" "), "");
    }

    #[test]
    fn words_are_nothing_but_words() {
        assert_eq!(words("<b> *a*_c_ [x](y) & |"), "\\<b\\> \\*a\\*\\_c\\_ \\[x\\](y) &amp; \\|");
    }

    #[test]
    fn words_mention_nobody_and_link_nowhere() {
        assert_eq!(words("@me a/b#1 GH-1"), "@&#8203;me a/b#&#8203;1 GH&#8203;-1");
        assert_eq!(words("https://a.example www.a.example"), "https:&#8203;//a.example www&#8203;.a.example");
    }

    #[test]
    fn what_stands_between_backticks_is_code_and_a_single_one_is_none() {
        assert_eq!(words("the type `a_b` is gone"), "the type `a_b` is gone");
        assert_eq!(words("a ` b"), "a \\` b");
    }

    #[test]
    fn a_fence_is_longer_than_what_it_holds() {
        assert_eq!(fence(&["a".to_owned()]), "```");
        assert_eq!(fence(&["a````b".to_owned()]), "`````");
    }
}
