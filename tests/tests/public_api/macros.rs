//! What macros add to the API. They are not expanded: what they make is read off their text.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

/// What a call of a macro is about: the name that it begins with.
pub(crate) fn subject(call: &syn::Macro) -> Option<String> {
    match call.tokens.clone().into_iter().next() {
        Some(TokenTree::Ident(name)) => Some(name.to_string()),
        _ => None,
    }
}

/// What `macro_rules!` make: which traits are implemented, which methods and constants are public.
pub(crate) fn makes(definition: &syn::Macro) -> Vec<String> {
    let mut made = Vec::new();
    headers(definition.tokens.clone(), &mut made);
    made
}

fn headers(tokens: TokenStream, made: &mut Vec<String>) {
    let mut header: Option<Vec<TokenTree>> = None;
    for token in tokens {
        match (&mut header, &token) {
            (None, TokenTree::Ident(word)) if word == "impl" || word == "pub" => header = Some(vec![token]),
            (None, TokenTree::Group(group)) => headers(group.stream(), made),
            (None, _) => {}
            (Some(begun), TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
                body(begun, group, made);
                header = None;
            }
            (Some(begun), TokenTree::Punct(punct)) if punct.as_char() == '=' || punct.as_char() == ';' => {
                made.push(text(begun));
                header = None;
            }
            (Some(begun), _) => begun.push(token),
        }
    }
}

/// Of a trait it is known what it asks for; of other blocks their public parts are told.
fn body(header: &[TokenTree], body: &Group, made: &mut Vec<String>) {
    let has = |wanted: &str| header.iter().any(|token| matches!(token, TokenTree::Ident(word) if word == wanted));
    if !has("impl") || has("for") {
        made.push(text(header));
    } else {
        headers(body.stream(), made);
    }
}

/// Tokens, with spaces where people put them.
fn text(tokens: &[TokenTree]) -> String {
    const TIDY: &[(&str, &str)] = &[
        (" ::", "::"),
        (":: ", "::"),
        (" <", "<"),
        ("< ", "<"),
        (" >", ">"),
        (" :", ":"),
        (" ,", ","),
        (" (", "("),
        ("$ ", "$"),
        ("& ", "&"),
        ("impl::", "impl ::"),
        ("for::", "for ::"),
        ("->::", "-> ::"),
    ];
    let text = tokens.iter().cloned().collect::<TokenStream>().to_string();
    TIDY.iter().fold(text, |text, (from, to)| text.replace(from, to))
}
