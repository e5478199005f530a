//! Text from the wire, made harmless for a terminal and a log.

/// `text` without characters that could break a line, move the cursor, or turn the direction of writing. Whatever
/// text of an answer an error keeps goes through here first.
pub(crate) fn one_line(text: &str) -> String {
    text.trim().replace(is_disruptive, " ")
}

/// The beginning of `text`, in at most `limit` characters and with an ellipsis if there was more.
pub(super) fn cut(text: &str, limit: usize) -> String {
    match text.char_indices().nth(limit) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

fn is_disruptive(c: char) -> bool {
    // The ranges are Unicode's line and paragraph separators and its directional marks, which are no control characters.
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_stays_a_line() {
        assert_eq!(one_line(" a\r\nb\tc\u{1b}[31md\u{2028}e\u{202e}f\u{85} "), "a  b c [31md e f");
    }

    #[test]
    fn what_is_cut_shows_it() {
        assert_eq!(cut("äöü", 3), "äöü");
        assert_eq!(cut("äöüß", 3), "äöü…");
    }
}
