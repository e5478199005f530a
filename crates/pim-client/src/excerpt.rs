//! Texts in error messages.

/// How much of a text an error message repeats.
const LONGEST: usize = 40;

/// The beginning of `text`: enough to recognise it in an error message, and never enough to flood a log.
pub(crate) fn excerpt(text: &str) -> Box<str> {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]).into(),
        None => text.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeats_short_texts_and_shortens_long_ones() {
        assert_eq!(&*excerpt("short"), "short");
        assert_eq!(&*excerpt(&"ä".repeat(40)), "ä".repeat(40));
        assert_eq!(&*excerpt(&"ä".repeat(41)), "ä".repeat(40) + "…");
    }
}
