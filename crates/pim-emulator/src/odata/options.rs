//! The text behind the `?` of a request, option by option.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use super::Fault;
use super::nearest::did_you_mean;

/// The options that there are.
pub(super) const NAMES: [&str; 10] =
    ["$filter", "$select", "$expand", "$orderby", "$top", "$skip", "$count", "$search", "$skiptoken", "$format"];

/// The system query options and their values. Others, which are for someone else, are left out.
pub(super) fn options(query: &str) -> Result<Vec<(&'static str, String)>, Fault> {
    let mut options: Vec<(&'static str, String)> = Vec::new();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let name = decode(name).ok_or_else(|| Fault::bad_request("the name of a query option is not UTF-8"))?;
        let Some(name) = system_option(name.trim())? else { continue };
        let value = decode(value).ok_or_else(|| {
            Fault::bad_request(format!(
                "{name}: the value is not UTF-8; encode it as UTF-8 and then with percent signs"
            ))
        })?;
        if options.iter().any(|(known, _)| *known == name) {
            return Err(Fault::bad_request(format!("{name} is given twice; give it once")));
        }
        options.push((name, value));
    }
    Ok(options)
}

/// The system query option of this name, with or without its `$`; nothing if it is an option of someone else.
pub(super) fn system_option(name: &str) -> Result<Option<&'static str>, Fault> {
    let bare = name.strip_prefix('$').unwrap_or(name);
    match NAMES.into_iter().find(|known| known.trim_start_matches('$').eq_ignore_ascii_case(bare)) {
        Some(known) => Ok(Some(known)),
        None if name.starts_with('$') => {
            let message = format!("there is no query option '{name}'{}", did_you_mean(name, NAMES));
            Err(Fault::bad_request(message))
        }
        None => Ok(None),
    }
}

fn decode(text: &str) -> Option<String> {
    let text = text.replace('+', " ");
    percent_decode_str(&text).decode_utf8().ok().map(Cow::into_owned)
}
