//! Bodies and queries without what is secret in them: passwords, client secrets, tokens.

use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

/// What stands in the place of a secret.
const REDACTED: &str = "(redacted)";

/// The members and parameters whose values are secret, with all that is in them.
const SECRET: [&str; 16] = [
    "access_token",
    "assertion",
    "authorization",
    "client_assertion",
    "client_secret",
    "clientSecret",
    "code_verifier",
    "cookie",
    "currentPassword",
    "id_token",
    "newPassword",
    "password",
    "passwordProfile",
    "refresh_token",
    "secretText",
    "x-identity-header",
];

/// Parameters whose values are secret in forms, and harmless elsewhere.
const SECRET_IN_FORMS: [&str; 2] = ["code", "device_code"];

/// A body without its secrets; as it came, if it has none.
pub(super) fn body(text: &str) -> Cow<'_, str> {
    if let Ok(mut json) = serde_json::from_str::<Value>(text) {
        return if redact(&mut json, "", false) > 0 { Cow::Owned(json.to_string()) } else { Cow::Borrowed(text) };
    }
    if !text.trim_start().starts_with(['{', '[', '"']) {
        return form(text);
    }
    // It was cut, or is wrong somewhere: what is where cannot be told.
    let lower = text.to_ascii_lowercase();
    if SECRET.iter().any(|name| lower.contains(&name.to_ascii_lowercase())) {
        Cow::Owned(format!("{REDACTED}: it is no whole JSON, and may have secrets in it"))
    } else {
        Cow::Borrowed(text)
    }
}

/// A form, or a query, without its secrets. The rest remains as it was written.
pub(super) fn form(text: &str) -> Cow<'_, str> {
    let is_secret = |part: &str| {
        form_urlencoded::parse(part.as_bytes())
            .next()
            .is_some_and(|(name, _)| is_named(&SECRET, &name) || is_named(&SECRET_IN_FORMS, &name))
    };
    if !text.split('&').any(is_secret) {
        return Cow::Borrowed(text);
    }
    let part = |part| match part {
        part if is_secret(part) => format!("{}={REDACTED}", part.split('=').next().unwrap_or_default()),
        part => part.to_owned(),
    };
    Cow::Owned(text.split('&').map(part).collect::<Vec<_>>().join("&"))
}

/// Takes the secrets out of the value of the member `name`; tells how many there were.
fn redact(value: &mut Value, name: &str, is_secret: bool) -> usize {
    match value {
        Value::Object(members) => {
            let redact =
                |(name, value): (&String, &mut Value)| redact(value, name, is_secret || is_named(&SECRET, name));
            members.iter_mut().map(redact).sum()
        }
        Value::Array(items) => items.iter_mut().map(|item| redact(item, name, is_secret)).sum(),
        Value::Number(_) | Value::String(_) if is_secret => {
            *value = REDACTED.into();
            1
        }
        // A part of a batch may have its body in base64.
        Value::String(text) if name.eq_ignore_ascii_case("body") => {
            let decoded = STANDARD.decode(&*text).ok().and_then(|bytes| String::from_utf8(bytes).ok());
            let Some(Cow::Owned(redacted)) = decoded.as_deref().map(body) else { return 0 };
            *text = STANDARD.encode(redacted);
            1
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => 0,
    }
}

fn is_named(names: &[&str], name: &str) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const PASSWORD: &str = "xWwvJ]6NMw+bWH-d";

    #[test]
    fn passwords_of_users_are_taken_out_and_the_rest_remains() {
        for (name, member) in [("passwordProfile", "password"), ("PASSWORDPROFILE", "Password")] {
            let user =
                json!({"displayName": "Nestor", name: {"forceChangePasswordNextSignIn": true, member: PASSWORD}});
            let expected =
                json!({"displayName": "Nestor", name: {"forceChangePasswordNextSignIn": true, member: REDACTED}});
            assert_eq!(serde_json::from_str::<Value>(&body(&user.to_string())).expect("JSON"), expected);
        }
        for user in [
            json!({"passwordProfile": PASSWORD}),
            json!({"passwordProfile": [{"hint": PASSWORD}]}),
            json!({"currentPassword": "x", "newPassword": PASSWORD}),
            json!([{"password": PASSWORD}]),
        ] {
            assert!(!body(&user.to_string()).contains(PASSWORD), "{user}");
        }
        assert!(!body(r#"{"password": 4711}"#).contains("4711"));
    }

    #[test]
    fn parts_of_batches_are_no_hiding_places() {
        let user = json!({"passwordProfile": {"password": PASSWORD}});
        let headers = json!({"Authorization": format!("Bearer {PASSWORD}"), "Content-Type": "application/json"});
        let plain = json!({"requests": [{"id": "1", "headers": headers, "body": user}]});
        let told = body(&plain.to_string()).into_owned();
        assert!(!told.contains(PASSWORD) && told.contains("application/json"), "{told}");

        let encoded = json!({"requests": [{"id": "1", "body": STANDARD.encode(user.to_string())}]});
        let told: Value = serde_json::from_str(&body(&encoded.to_string())).expect("JSON");
        let part = STANDARD.decode(told["requests"][0]["body"].as_str().expect("text")).expect("base64");
        let expected = json!({"passwordProfile": {"password": REDACTED}});
        assert_eq!(serde_json::from_slice::<Value>(&part).expect("JSON"), expected);
    }

    #[test]
    fn what_is_cut_or_wrong_is_left_out_where_it_may_have_secrets() {
        for text in [
            format!(r#"{{"passwordProfile": {{"password": "{PASSWORD}"#),
            format!(r#"[{{"PASSWORD": "{PASSWORD}",}}]"#),
            format!(r#" {{"client_secret": "{PASSWORD}" "#),
        ] {
            let told = body(&text);
            assert!(told.starts_with(REDACTED) && !told.contains(PASSWORD), "{told}");
        }
        let harmless = r#"{"displayName": "Nes"#;
        assert_eq!(body(harmless), harmless);
    }

    #[test]
    fn forms_and_queries_keep_what_is_not_secret() {
        for name in ["password", "client_secret", "client_assertion", "assertion", "refresh_token", "code", "Password"]
        {
            let told = form(&format!("grant_type=x&{name}=s3cr3t%26&scope=User.Read+openid")).into_owned();
            assert_eq!(told, format!("grant_type=x&{name}={REDACTED}&scope=User.Read+openid"));
        }
        assert!(!body("pass%77ord=s3cr3t").contains("s3cr3t"), "an escaped name is the same name");
        for text in ["", "$select=id&$filter=displayName%20eq%20'password'", "grant_type=password", "a&&=b"] {
            assert_eq!(form(text), text);
        }
    }

    #[test]
    fn what_has_no_secrets_is_told_as_it_came() {
        for text in ["", "{ \"b\": 1,  \"a\": [\"password\", {\"code\": 7}] }", "plain", "12", "{\"body\": \"AAAA\"}"] {
            assert!(matches!(body(text), Cow::Borrowed(same) if same == text), "{text}");
        }
    }
}
