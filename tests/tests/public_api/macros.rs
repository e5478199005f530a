//! What macros add to the API. They are not expanded: what they make is read off their text.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

/// What a call of a macro is about: the name that it begins with.
pub(crate) fn subject(call: &syn::Macro) -> Option<String> {
    match call.tokens.clone().into_iter().next() {
        Some(TokenTree::Ident(name)) => Some(name.to_string()),
        _ => None,
    }
}

/// The module that a call makes which says what the fields of a type are: `fields of Group { "id" => id: Id<Group> }`.
pub(crate) fn fields(call: &syn::Macro) -> Option<syn::ItemMod> {
    let tokens: Vec<_> = call.tokens.clone().into_iter().collect();
    let is = |token: &TokenTree, wanted: &str| matches!(token, TokenTree::Ident(word) if word == wanted);
    let at = tokens.windows(2).position(|words| is(&words[0], "fields") && is(&words[1], "of"))?;
    let [TokenTree::Ident(owner), TokenTree::Group(members)] = tokens.get(at + 2..)? else { return None };
    let functions = members.stream().to_string();
    let functions = functions.split(" => ").skip(1).map(|member| {
        // Behind the type are a comma and the next member's name, which is a literal.
        let member = member.rsplit_once(", \"").map_or(member, |(member, _)| member).trim().trim_end_matches(',');
        let (name, ty) = member.split_once(':').expect("a member has a type");
        format!("pub const fn {name}() -> Field<{owner}, {ty}> {{}}")
    });
    let module = format!("pub mod fields {{ {} }}", functions.collect::<String>());
    Some(syn::parse_str(&module).unwrap_or_else(|error| panic!("{module}: {error}")))
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
