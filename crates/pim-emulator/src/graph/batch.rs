//! `$batch`: several requests in one.
//!
//! They are done one after the other, in the order in which they depend on each other, each as if it had been sent by
//! itself: with the token of the batch, with permissions and rules, and with an answer of its own.

use std::collections::HashMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::header::{AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde_json::{Map, Value, json};

use super::body;
use super::error::{GraphError, Result};
use super::exchange::{Answer, Content, Incoming};
use super::route::Version;
use super::service::Service;

/// How many requests a batch may have.
const MOST: usize = 20;

/// How long the address of a request may be: as long as one that is sent by itself.
const LONGEST_URL: usize = 64 << 10;

/// What cannot stand in an address. Addresses in batches need not be encoded, but come back in the next page's.
const CONTROLS_AND_BLANKS: &AsciiSet = &CONTROLS.add(b' ');

/// A request of a batch.
struct Part {
    id: String,
    method: Method,
    /// The path and the query behind the version.
    url: String,
    headers: HeaderMap,
    body: Bytes,
    depends_on: Vec<String>,
}

/// The version whose batch a request is, if it is one.
pub(crate) fn version(incoming: &Incoming, serves_beta: bool) -> Option<Version> {
    let mut segments = incoming.path.split('/').filter(|segment| !segment.is_empty());
    let (version, batch) = (segments.next()?, segments.next()?);
    let is_batch = batch.eq_ignore_ascii_case("$batch") || batch.eq_ignore_ascii_case("%24batch");
    if !is_batch || segments.next().is_some() || incoming.method != Method::POST {
        return None;
    }
    match version.to_ascii_lowercase().as_str() {
        "v1.0" => Some(Version::V1),
        "beta" if serves_beta => Some(Version::Beta),
        _ => None,
    }
}

/// Answers a batch.
pub(crate) fn answer(service: &Service, incoming: &Incoming, version: Version) -> Result<Answer> {
    let parts = read(&incoming.body)?;
    let mut statuses: HashMap<String, StatusCode> = HashMap::new();
    let mut responses = Vec::with_capacity(parts.len());
    // Only what is before a part can be depended on, so the order is right as it is.
    for part in &parts {
        let failed =
            part.depends_on.iter().any(|id| statuses.get(&id.to_lowercase()).is_none_or(|it| !it.is_success()));
        let answer = if failed { failed_dependency() } else { alone(service, &as_if_alone(incoming, version, part)) };
        statuses.insert(part.id.to_lowercase(), answer.status);
        responses.push(response(&part.id, answer));
    }
    Ok(Answer::ok(json!({"responses": responses})))
}

/// The answer to a part. A batch is no part of a batch, however its path is written: it would multiply the work.
fn alone(service: &Service, part: &Incoming) -> Answer {
    if self::version(part, true).is_none() {
        return service.answer(part);
    }
    let id = uuid::Uuid::new_v4().to_string();
    GraphError::bad_request("A batch has no batches in it.").into_answer(&id, &id)
}

/// The parts of a batch, if it is one at all.
fn read(bytes: &[u8]) -> Result<Vec<Part>> {
    let body = body::object(bytes)?;
    let Some(Value::Array(requests)) = member(&body, "requests") else {
        return Err(GraphError::bad_request("A batch has an array 'requests'."));
    };
    if requests.is_empty() || requests.len() > MOST {
        let message = format!("A batch has 1 to {MOST} requests, not {}.", requests.len());
        return Err(GraphError::bad_request(message));
    }
    let parts: Vec<_> =
        requests.iter().enumerate().map(|(index, request)| part(index, request)).collect::<Result<_>>()?;
    for (index, part) in parts.iter().enumerate() {
        let is_same = |other: &Part| other.id.eq_ignore_ascii_case(&part.id);
        if parts[..index].iter().any(is_same) {
            return Err(GraphError::bad_request(format!("requests[{index}]: the id '{}' is used twice.", part.id)));
        }
        // Only what came before can be depended on: nothing waits for itself.
        let unknown = part.depends_on.iter().find(|id| !parts[..index].iter().any(|it| it.id.eq_ignore_ascii_case(id)));
        if let Some(unknown) = unknown {
            let message = format!("requests[{index}]: depends on '{unknown}', which is not before it.");
            return Err(GraphError::bad_request(message));
        }
    }
    Ok(parts)
}

fn part(index: usize, request: &Value) -> Result<Part> {
    let fault = |message: &str| GraphError::bad_request(format!("requests[{index}]: {message}."));
    let Value::Object(request) = request else { return Err(fault("it is not an object")) };
    let text = |name: &str| member(request, name).and_then(Value::as_str);
    let id = match member(request, "id") {
        Some(Value::String(id)) if !id.is_empty() => id.clone(),
        // Some clients count.
        Some(Value::Number(id)) => id.to_string(),
        _ => return Err(fault("it has no id")),
    };
    let method = text("method").ok_or_else(|| fault("it has no method"))?;
    let method = method.to_ascii_uppercase().parse().map_err(|_| fault("its method is none"))?;
    let url = text("url").ok_or_else(|| fault("it has no url"))?.to_owned();
    if url.len() > LONGEST_URL {
        return Err(fault("its url is too long"));
    }
    let headers = headers(member(request, "headers")).ok_or_else(|| fault("its headers are not an object of texts"))?;
    let body = match member(request, "body") {
        None | Some(Value::Null) => Bytes::new(),
        Some(_) if !headers.contains_key(CONTENT_TYPE) => {
            return Err(fault("it has a body, and its headers have no Content-Type"));
        }
        Some(Value::String(text)) => Bytes::from(STANDARD.decode(text).map_err(|_| fault("its body is not base64"))?),
        Some(body) => Bytes::from(body.to_string()),
    };
    let depends_on = match member(request, "dependsOn") {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::Array(ids)) => {
            ids.iter().map(id_text).collect::<Option<_>>().ok_or_else(|| fault("dependsOn has ids"))?
        }
        Some(_) => return Err(fault("dependsOn is not an array")),
    };
    Ok(Part { id, method, url, headers, body, depends_on })
}

fn id_text(id: &Value) -> Option<String> {
    match id {
        Value::String(id) => Some(id.clone()),
        Value::Number(id) => Some(id.to_string()),
        _ => None,
    }
}

/// A member in any letter case.
fn member<'a>(object: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    object.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}

fn headers(value: Option<&Value>) -> Option<HeaderMap> {
    let mut headers = HeaderMap::new();
    let given = match value {
        None | Some(Value::Null) => return Some(headers),
        Some(Value::Object(given)) => given,
        Some(_) => return None,
    };
    for (name, value) in given {
        let name = HeaderName::try_from(name).ok()?;
        headers.insert(name, HeaderValue::from_str(value.as_str()?).ok()?);
    }
    Some(headers)
}

/// The request that a part is, with the token of the batch.
fn as_if_alone(incoming: &Incoming, version: Version, part: &Part) -> Incoming {
    let url = within_version(&part.url, version);
    let (path, query) = match url.split_once('?') {
        Some((path, query)) => (path, Some(utf8_percent_encode(query, CONTROLS_AND_BLANKS).to_string())),
        None => (url, None),
    };
    let mut headers = part.headers.clone();
    // A part cannot have rights of its own.
    headers.remove(AUTHORIZATION);
    if let Some(token) = incoming.headers.get(AUTHORIZATION) {
        headers.insert(AUTHORIZATION, token.clone());
    }
    let path = utf8_percent_encode(path.trim_start_matches('/'), CONTROLS_AND_BLANKS);
    Incoming {
        method: part.method.clone(),
        path: format!("/{}/{path}", version.name()),
        query,
        origin: incoming.origin.clone(),
        headers,
        body: part.body.clone(),
    }
}

/// What follows the version in the address of a part. Addresses are relative to it; some clients, such as Microsoft's for
/// Python, send them whole.
fn within_version(url: &str, version: Version) -> &str {
    let path = ["https://", "http://"].iter().find_map(|scheme| url.strip_prefix(scheme)).and_then(|rest| {
        let path = &rest[rest.find('/')?..];
        path.strip_prefix('/')?.strip_prefix(version.name())?.strip_prefix('/')
    });
    path.unwrap_or(url)
}

fn failed_dependency() -> Answer {
    let error = GraphError::new(
        StatusCode::FAILED_DEPENDENCY,
        "FailedDependency",
        "A request that this one depends on did not succeed.",
    );
    let id = uuid::Uuid::new_v4().to_string();
    error.into_answer(&id, &id)
}

/// The answer to a part.
fn response(id: &str, answer: Answer) -> Value {
    let mut headers: Map<String, Value> = answer
        .headers
        .iter()
        .map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into()))
        .collect();
    let mut response = json!({"id": id, "status": answer.status.as_u16()});
    match answer.content {
        Content::None => {}
        Content::Json(body) => {
            headers.insert("Content-Type".to_owned(), "application/json".into());
            response["body"] = body;
        }
        Content::Text(text) => {
            headers.insert("Content-Type".to_owned(), "text/plain".into());
            // What is not JSON is sent as base64.
            response["body"] = STANDARD.encode(text).into();
        }
    }
    response["headers"] = headers.into();
    response
}

#[cfg(test)]
mod tests {
    use super::super::rig::Rig;
    use super::*;

    const ROLES: &str =
        "/roleManagement/directory/roleEligibilityScheduleInstances/filterByCurrentUser(on='principal')";

    fn batch(requests: &Value) -> super::super::rig::Got {
        Rig::contoso().user("adelev@contoso.com").post("/v1.0/$batch", &json!({"requests": requests}))
    }

    #[test]
    fn each_request_has_its_own_answer() {
        let body = batch(&json!([
            {"id": 1, "method": "get", "url": ROLES},
            {"id": "b", "method": "GET", "url": "/nothing"},
        ]))
        .ok(200);
        let responses = body["responses"].as_array().expect("an array");
        assert_eq!((&responses[0]["id"], &responses[0]["status"]), (&json!("1"), &json!(200)));
        assert_eq!(responses[0]["body"]["value"].as_array().expect("an array").len(), 1);
        assert_eq!((&responses[1]["id"], &responses[1]["status"]), (&json!("b"), &json!(400)));
        assert_eq!(responses[1]["body"]["error"]["code"], "BadRequest");
    }

    #[test]
    fn a_whole_address_stands_for_what_follows_its_version() {
        let body = batch(&json!([
            {"id": "1", "method": "GET", "url": format!("https://graph.microsoft.com/v1.0{ROLES}")},
            {"id": "2", "method": "GET", "url": format!("https://graph.microsoft.com/beta{ROLES}")},
        ]))
        .ok(200);
        assert_eq!((&body["responses"][0]["status"], &body["responses"][1]["status"]), (&json!(200), &json!(400)));
    }

    fn alone(url: &str) -> (String, Option<String>) {
        let incoming = Incoming { origin: "http://localhost".to_owned(), ..Incoming::default() };
        let part = Part {
            id: "1".to_owned(),
            method: Method::GET,
            url: url.to_owned(),
            headers: HeaderMap::new(),
            body: Bytes::new(),
            depends_on: Vec::new(),
        };
        let alone = as_if_alone(&incoming, Version::V1, &part);
        (alone.path, alone.query)
    }

    /// As it would have to be to be sent by itself; and what is encoded is not encoded again.
    #[test]
    fn an_address_is_encoded_where_it_has_to_be() {
        for (url, path, query) in [
            ("/me", "/v1.0/me", None),
            ("me", "/v1.0/me", None),
            ("//me", "/v1.0/me", None),
            ("/me?", "/v1.0/me", Some("")),
            ("/groups/a b", "/v1.0/groups/a%20b", None),
            ("/users/jos\u{e9}?$search=\"\u{20ac}\"", "/v1.0/users/jos%C3%A9", Some("$search=\"%E2%82%AC\"")),
            ("/groups?$filter=displayName eq 'a'", "/v1.0/groups", Some("$filter=displayName%20eq%20'a'")),
            ("/groups?$filter=a%20eq+'%26'", "/v1.0/groups", Some("$filter=a%20eq+'%26'")),
            ("/groups?$filter=a eq '?'", "/v1.0/groups", Some("$filter=a%20eq%20'?'")),
            ("/groups?a=1\r\nb", "/v1.0/groups", Some("a=1%0D%0Ab")),
            ("https://graph.microsoft.com/v1.0/me?a= ", "/v1.0/me", Some("a=%20")),
        ] {
            assert_eq!(alone(url), (path.to_owned(), query.map(str::to_owned)), "{url}");
        }
    }

    /// Where an address is not encoded, that of the next page is: it leads there, in a batch or by itself.
    #[test]
    fn the_next_page_of_a_part_is_where_its_address_says() {
        let rig = Rig::contoso();
        let admin = rig.user("admin@contoso.com");
        let ask = |url: &str| {
            let requests = json!([{"id": "1", "method": "GET", "url": url}]);
            let mut answer = admin.post("/v1.0/$batch", &json!({"requests": requests})).ok(200);
            answer["responses"][0]["body"].take()
        };
        let first = ask("/users?$filter=userType eq 'Member' or displayName eq '\u{e9}'&$top=3");
        let next = first["@odata.nextLink"].as_str().unwrap_or_else(|| panic!("there are more: {first}"));
        assert!(next.starts_with("http://localhost/v1.0/users?$filter=userType%20eq%20'Member'%20or%20"), "{next}");
        assert!(next.is_ascii() && !next.contains(' '), "{next}");
        let alone = admin.get(next.trim_start_matches("http://localhost")).ok(200);
        assert_eq!(ask(next)["value"], alone["value"]);
        assert_ne!(alone["value"], first["value"]);
    }

    #[test]
    fn what_depends_on_a_failure_is_not_done() {
        let body = batch(&json!([
            {"id": "1", "method": "GET", "url": "/nothing"},
            {"id": "2", "method": "GET", "url": ROLES, "dependsOn": ["1"]},
            {"id": "3", "method": "GET", "url": ROLES, "dependsOn": []},
        ]))
        .ok(200);
        let statuses: Vec<_> = body["responses"].as_array().expect("an array").iter().map(|it| &it["status"]).collect();
        assert_eq!(statuses, [400, 424, 200]);
    }

    #[test]
    fn a_malformed_batch_is_refused_as_a_whole() {
        let get = json!({"id": "1", "method": "GET", "url": "/me"});
        let with_body = json!({"id": "1", "method": "POST", "url": "/groups", "body": {}});
        for requests in [
            json!([]),
            json!({}),
            json!([1]),
            json!([get, get]),
            json!([{"id": "1"}]),
            json!([{"method": "GET", "url": "/me"}]),
            json!([{"id": "1", "method": "GET", "url": "/me", "dependsOn": ["1"]}]),
            json!([with_body]),
            Value::Array((0..21).map(|id| json!({"id": id, "method": "GET", "url": "/me"})).collect()),
        ] {
            assert_eq!(batch(&requests).error(), (400, "BadRequest".to_owned()), "{requests}");
        }
    }

    #[test]
    fn a_batch_within_a_batch_is_refused_and_so_is_a_token_of_ones_own() {
        let body = batch(&json!([
            {"id": "1", "method": "POST", "url": "/$batch", "headers": {"Content-Type": "application/json"}, "body": {"requests": []}},
            {"id": "2", "method": "GET", "url": ROLES, "headers": {"Authorization": "Bearer other"}},
            {"id": "3", "method": "POST", "url": "%24BATCH", "headers": {"Content-Type": "application/json"},
                "body": {"requests": [{"id": "1", "method": "GET", "url": "/me"}]}},
        ]))
        .ok(200);
        let statuses: Vec<_> = body["responses"].as_array().expect("an array").iter().map(|it| &it["status"]).collect();
        assert_eq!(statuses, [400, 200, 400]);
    }
}
