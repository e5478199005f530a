//! What is in a file.

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::{Key, Session};
use crate::auth::Claims;
use crate::auth::sign_in::scopes::Scopes;

/// Changes whenever an older program could not read the file.
const VERSION: u32 = 1;

/// How much the secrets of a session take when they are written, at most. The buffer is made once, since one that grows
/// leaves its old contents behind.
const CAPACITY: usize = 64 << 10;

/// The file. What it holds of secrets is borrowed, so that no second copy is left in memory.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Content<'a> {
    version: u32,
    authority: &'a str,
    tenant: &'a str,
    client_id: &'a str,
    refresh_token: &'a str,
    scopes: Vec<String>,
    claims: Option<String>,
    login_hint: Option<String>,
}

/// The session in a file, if it is one of `key`'s.
pub(super) fn read(bytes: &[u8], key: &Key) -> Option<Session> {
    let content: Content<'_> = serde_json::from_slice(bytes).ok()?;
    let Key { authority, tenant, client_id } = key;
    let is_ours = (content.version, content.authority, content.tenant, content.client_id)
        == (VERSION, authority.as_str(), tenant.as_str(), client_id.as_str());
    let is_token = !content.refresh_token.is_empty() && content.refresh_token.bytes().all(|b| b.is_ascii_graphic());
    if !is_ours || !is_token || content.scopes.iter().any(|scope| !scope.contains("://")) {
        return None;
    }
    Some(Session {
        is_loaded: true,
        refresh_token: Some(Zeroizing::new(content.refresh_token.to_owned())),
        granted: Scopes::of("", content.scopes.iter().map(String::as_str)),
        claims: content.claims.and_then(|claims| Claims::parse(&claims).ok()),
        login_hint: content.login_hint,
    })
}

/// The file for a session, if there is something in it to keep.
pub(super) fn write(session: &Session, key: &Key) -> Option<Zeroizing<Vec<u8>>> {
    let content = Content {
        version: VERSION,
        authority: &key.authority,
        tenant: &key.tenant,
        client_id: &key.client_id,
        refresh_token: session.refresh_token.as_ref()?,
        scopes: session.granted.iter().map(str::to_owned).collect(),
        claims: session.claims.as_ref().map(|claims| claims.as_str().to_owned()),
        login_hint: session.login_hint.clone(),
    };
    let mut bytes = Zeroizing::new(Vec::with_capacity(CAPACITY));
    serde_json::to_writer(&mut *bytes, &content).ok()?;
    Some(bytes)
}
