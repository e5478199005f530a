//! What people see: pages without scripts, in which nothing that came with a request is taken for markup.

use axum::response::{IntoResponse as _, Response};
use http::{HeaderValue, StatusCode, header};

use super::answer::uncached;
use super::params::Params;
use crate::identity::UserAccount;
use crate::identity::fault::Fault;

const STYLE: &str = "body{font:1rem/1.5 system-ui,sans-serif;max-width:36rem;margin:3rem auto;padding:0 1rem}\
    button{display:block;width:100%;font:inherit;text-align:left;padding:.6rem 1rem;margin:.4rem 0}\
    fieldset{margin:1rem 0}button[hidden]{display:none}input[type=text]{font:inherit;padding:.4rem;letter-spacing:.1em}";

/// What the return key presses in a text field: otherwise it would be the first user's button.
const NO_DEFAULT: &str = "<button disabled hidden></button>\n";

/// Escapes a text for an element or a quoted attribute.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            _ => escaped.push(c),
        }
    }
    escaped
}

/// A page with `title`, which is escaped, and `content`, which is not.
fn page(status: StatusCode, title: &str, content: &str) -> Response {
    let title = escape(title);
    let html = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n<title>{title}</title>\n\
         <style>{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n{content}\n</main>\n</body>\n</html>\n"
    );
    let mut answer = (status, html).into_response();
    let headers = answer.headers_mut();
    for (name, value) in [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        // Not `form-action`: browsers apply it to where the answer to a form leads, which is the client's address.
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
        ),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    uncached(answer)
}

/// The page to sign in on. The form repeats the request; the button that is pressed says who signs in.
pub(super) fn sign_in(application: &str, params: &Params, users: &[UserAccount], needs_mfa: bool) -> Response {
    let mut repeated = String::new();
    for (name, value) in params.iter().filter(|(name, _)| !matches!(*name, "user" | "mfa" | "cancel")) {
        repeated.push_str(&hidden(name, value));
    }
    let content = format!(
        "<p>{} asks you to sign in.</p>\n<form method=\"post\">\n{repeated}{}{}\
         <button name=\"cancel\" value=\"true\">Cancel</button>\n</form>",
        escape(application),
        factor(needs_mfa),
        buttons(users),
    );
    page(StatusCode::OK, "Sign in", &content)
}

/// The page to enter a device's code on.
pub(super) fn device(user_code: &str, users: &[UserAccount], fault: Option<&str>) -> Response {
    let status = if fault.is_some() { StatusCode::BAD_REQUEST } else { StatusCode::OK };
    let fault = fault.map_or(String::new(), |fault| format!("<p role=\"alert\">{}</p>\n", escape(fault)));
    let content = format!(
        "{fault}<form method=\"post\">\n{NO_DEFAULT}<p><label>The code that the device shows: \
         <input type=\"text\" name=\"user_code\" value=\"{}\" autocomplete=\"off\" required></label></p>\n{}{}\
         <button name=\"cancel\" value=\"true\">Deny</button>\n</form>",
        escape(user_code),
        factor(false),
        buttons(users),
    );
    page(status, "Sign in on another device", &content)
}

/// A page that says one thing.
pub(super) fn message(title: &str, text: &str) -> Response {
    page(StatusCode::OK, title, &format!("<p>{}</p>", escape(text)))
}

/// A refusal that no client may be told: there is none to be trusted.
pub(super) fn refusal(fault: &Fault) -> Response {
    page(StatusCode::BAD_REQUEST, "Sign-in is not possible", &format!("<p>{}</p>", escape(&fault.description())))
}

/// A form that brings `params` to the client. Without scripts, it takes a button.
pub(super) fn form_post(action: &str, params: &[(&str, &str)]) -> Response {
    let fields: String = params.iter().map(|(name, value)| hidden(name, value)).collect();
    let content = format!(
        "<form method=\"post\" action=\"{}\">\n{fields}<button autofocus>Go on to the application</button>\n</form>",
        escape(action)
    );
    page(StatusCode::OK, "Go on", &content)
}

fn hidden(name: &str, value: &str) -> String {
    format!("<input type=\"hidden\" name=\"{}\" value=\"{}\">\n", escape(name), escape(value))
}

fn factor(needs_mfa: bool) -> &'static str {
    if needs_mfa {
        "<p>Multifactor authentication is demanded, and counts as done.</p>\n"
    } else {
        "<p><label><input type=\"checkbox\" name=\"mfa\" value=\"false\"> \
         With the password only, without multifactor authentication</label></p>\n"
    }
}

fn buttons(users: &[UserAccount]) -> String {
    let mut buttons = String::from("<fieldset>\n<legend>Sign in as</legend>\n");
    for user in users.iter().filter(|user| user.enabled) {
        let (name, upn) = (escape(&user.display_name), escape(&user.upn));
        let button = format!("<button name=\"user\" value=\"{}\">{name} ({upn})</button>\n", user.id);
        buttons.push_str(&button);
    }
    buttons.push_str("</fieldset>\n");
    buttons
}
