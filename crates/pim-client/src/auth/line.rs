//! What programs and services say of a fault, made fit for an error message.

use crate::error::text::one_line;

/// The longest text that is repeated, in characters.
const LINE: usize = 300;

/// The longest word that is repeated, in characters. Tokens are longer; the claims that a program asks to pass on are
/// not.
const WORD: usize = 400;

/// The longest word with a dot in it, which is what tokens have and claims have not.
const DOTTED_WORD: usize = 100;

/// `text` on one line, without words that could be tokens, and without an end if it is long.
pub(super) fn harmless_line(text: &str) -> String {
    let text = one_line(text);
    let words: Vec<_> = text.split_whitespace().map(|word| if is_suspect(word) { "…" } else { word }).collect();
    let line = words.join(" ");
    match line.char_indices().nth(LINE) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

fn is_suspect(word: &str) -> bool {
    word.len() > if word.contains('.') { DOTTED_WORD } else { WORD }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_be_a_token_is_left_out() {
        let token = format!("eyJ0eXAi.{}.c2ln", "s3cr3t".repeat(30));
        assert_eq!(harmless_line(&format!("no\r\n {token}\tfor you")), "no … for you");
        assert_eq!(harmless_line(&"x".repeat(401)), "…");
        assert_eq!(harmless_line(&"ab ".repeat(200)), format!("{}…", "ab ".repeat(100)));
    }
}
