use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};
use uuid::Uuid;

use super::*;
use crate::domain::Identity;
use crate::identity::{ApplicationAccount, UserAccount};

const TENANT: Uuid = Uuid::from_u128(0x7e);
const NOW: i64 = 1_800_000_000;

fn issuer() -> Issuer {
    Issuer::new(TENANT, &SigningKey::from_bytes([7; 32])).with_time(Arc::new(|| NOW))
}

fn adele() -> UserAccount {
    UserAccount {
        id: Uuid::from_u128(0xade1e),
        upn: "adele@contoso.com".to_owned(),
        display_name: "Adele Vance".to_owned(),
        enabled: true,
        password: None,
    }
}

/// A token of Adele's, with two permissions, a second factor and a context.
fn token(issuer: &Issuer) -> String {
    let permissions = ["User.Read".to_owned(), "Group.Read.All".to_owned()];
    let subject = Subject::User {
        user: &adele(),
        app_id: Uuid::from_u128(0xa),
        app_name: "Tool",
        permissions: &permissions,
        has_mfa: true,
        contexts: &["c1".to_owned()],
    };
    issuer.issue(subject).unwrap().token.expose().to_owned()
}

fn fault(issuer: &Issuer, token: &str) -> TokenFault {
    issuer.verify(Some(&format!("Bearer {token}"))).unwrap_err()
}

/// What a token says, with changes, signed with the key of the issuer.
fn changed(change: impl Fn(&mut Value)) -> String {
    let text = token(&issuer());
    let payload = URL_SAFE_NO_PAD.decode(text.split('.').nth(1).unwrap()).unwrap();
    let mut claims: Value = serde_json::from_slice(&payload).unwrap();
    change(&mut claims);
    jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &EncodingKey::from_secret(&[7; 32])).unwrap()
}

#[test]
fn what_is_issued_to_a_user_is_verified() {
    let issuer = issuer();
    let token = token(&issuer);
    let verified = issuer.verify(Some(&format!("bearer {token}"))).unwrap();
    assert_eq!(verified.caller.identity, Identity::User(adele().id));
    assert_eq!(verified.caller.permissions, ["User.Read", "Group.Read.All"]);
    assert!(verified.caller.has_mfa);
    assert_eq!(verified.caller.contexts, ["c1"]);
    let claims = &verified.claims;
    assert_eq!((claims.aud.as_str(), claims.ver.as_str(), claims.idtyp.as_str()), (GRAPH, "1.0", "user"));
    assert_eq!(claims.iss, format!("https://sts.windows.net/{TENANT}/"));
    assert_eq!((claims.nbf, claims.exp), (NOW - 300, NOW + 3600));
    assert_eq!((claims.upn.as_deref(), claims.name.as_deref()), (Some("adele@contoso.com"), Some("Adele Vance")));
    assert_eq!(
        (claims.scp.as_deref(), &claims.amr[..]),
        (Some("User.Read Group.Read.All"), &["pwd".to_owned(), "mfa".to_owned()][..])
    );
    // The second time, it is known already, and no other answer.
    assert_eq!(*issuer.verify(Some(&format!("BEARER  {token}"))).unwrap(), *verified);
}

#[test]
fn what_is_issued_to_an_application_has_its_roles() {
    let issuer = issuer();
    let application = ApplicationAccount {
        app_id: Uuid::from_u128(0xa),
        service_principal: Uuid::from_u128(0x5b),
        display_name: "Robot".to_owned(),
        secrets: Vec::new(),
        redirect_uris: Vec::new(),
        is_public_client: false,
        permissions: vec!["RoleManagement.ReadWrite.Directory".to_owned()],
        delegated: None,
    };
    let robots = issuer.issue(Subject::Application(&application)).unwrap();
    let verified = issuer.verify(Some(&format!("Bearer {}", robots.token.expose()))).unwrap();
    let identity =
        Identity::Application { service_principal: application.service_principal, app_id: application.app_id };
    assert_eq!(verified.caller.identity, identity);
    assert_eq!(verified.caller.permissions, application.permissions);
    assert!(!verified.caller.has_mfa && verified.claims.scp.is_none() && verified.claims.idtyp == "app");
}

#[test]
fn two_tokens_are_never_the_same() {
    assert_ne!(token(&issuer()), token(&issuer()));
}

#[test]
fn a_token_outlives_its_issuer_if_the_key_is_kept() {
    let key = SigningKey::random();
    let kept = SigningKey::from_bytes(*key.as_bytes());
    let token = token(&Issuer::new(TENANT, &key));
    assert!(Issuer::new(TENANT, &kept).verify(Some(&format!("Bearer {token}"))).is_ok());
    assert_eq!(fault(&Issuer::new(TENANT, &SigningKey::random()), &token), TokenFault::BadSignature);
}

#[test]
fn a_header_without_a_token_has_none() {
    for header in [None, Some(""), Some("Bearer"), Some("Bearer "), Some("Basic YTpi"), Some("eyJ0")] {
        assert_eq!(issuer().verify(header).unwrap_err(), TokenFault::Missing, "{header:?}");
    }
}

#[test]
fn what_is_no_token_is_malformed() {
    let good = token(&issuer());
    let nobody = changed(|claims| claims["oid"] = json!("nobody"));
    let device = changed(|claims| claims["idtyp"] = json!("device"));
    let endless = changed(|claims| claims["exp"] = json!("never"));
    for wrong in ["x", "a.b", "a.b.c", "..", &format!("{good}.x"), "\u{e9}.\u{e9}.\u{e9}", &nobody, &device, &endless] {
        assert_eq!(fault(&issuer(), wrong), TokenFault::Malformed, "{wrong}");
    }
}

#[test]
fn nobody_else_can_sign() {
    let good = token(&issuer());
    let mut parts: Vec<_> = good.split('.').map(str::to_owned).collect();
    let unsigned = URL_SAFE_NO_PAD.encode(r#"{"alg":"none","typ":"JWT"}"#);
    for (header, expected) in [
        (unsigned, TokenFault::Malformed),
        (URL_SAFE_NO_PAD.encode(r#"{"alg":"HS512","typ":"JWT"}"#), TokenFault::BadSignature),
        (URL_SAFE_NO_PAD.encode(r#"{"alg":"RS256","typ":"JWT"}"#), TokenFault::BadSignature),
    ] {
        for signature in ["", parts[2].as_str()] {
            let forged = format!("{header}.{}.{signature}", parts[1]);
            assert_eq!(fault(&issuer(), &forged), expected, "{header}");
        }
    }
    parts[1] = URL_SAFE_NO_PAD.encode(r#"{"aud":"https://graph.microsoft.com"}"#);
    assert_eq!(fault(&issuer(), &parts.join(".")), TokenFault::BadSignature);
    let key = EncodingKey::from_secret(&[7; 32]);
    let other = jsonwebtoken::encode(&Header::new(Algorithm::HS384), &json!({ "aud": GRAPH }), &key).unwrap();
    assert_eq!(fault(&issuer(), &other), TokenFault::BadSignature);
}

#[test]
fn a_token_ends_even_if_it_is_known() {
    let now = Arc::new(AtomicI64::new(NOW));
    let clock = Arc::clone(&now);
    let issuer = issuer().with_lifetime(60).with_time(Arc::new(move || clock.load(Ordering::Relaxed)));
    let token = token(&issuer);
    let at = |time| {
        now.store(time, Ordering::Relaxed);
        issuer.verify(Some(&format!("Bearer {token}"))).map(|_| ())
    };
    assert_eq!(at(NOW + 59), Ok(()));
    assert_eq!(at(NOW + 60), Err(TokenFault::Expired));
    assert_eq!(at(NOW - 300), Ok(()));
    assert_eq!(at(NOW - 301), Err(TokenFault::NotYetValid));
}

#[test]
fn a_token_for_others_is_refused() {
    let id_token = changed(|claims| claims["aud"] = json!(Uuid::from_u128(0xa).to_string()));
    assert_eq!(fault(&issuer(), &id_token), TokenFault::WrongAudience);
    let several = changed(|claims| claims["aud"] = json!([GRAPH]));
    assert_eq!(fault(&issuer(), &several), TokenFault::WrongAudience);
    let other = Issuer::new(Uuid::from_u128(0x0), &SigningKey::from_bytes([7; 32])).with_time(Arc::new(|| NOW));
    assert_eq!(fault(&issuer(), &token(&other)), TokenFault::WrongTenant);
    let claimed = changed(|claims| claims["tid"] = json!(Uuid::from_u128(1).to_string()));
    assert_eq!(fault(&issuer(), &claimed), TokenFault::WrongTenant);
}

#[test]
fn the_challenge_names_the_fault_and_not_the_token() {
    let challenge = TokenFault::Missing.www_authenticate("http://localhost:1");
    assert_eq!(
        challenge,
        "Bearer realm=\"\", authorization_uri=\"http://localhost:1/common/oauth2/v2.0/authorize\", \
         client_id=\"00000003-0000-0000-c000-000000000000\""
    );
    let challenge = TokenFault::Expired.www_authenticate("http://localhost:1");
    let error = "error=\"invalid_token\", error_description=\"Lifetime validation failed, the token is expired.\"";
    assert!(challenge.ends_with(error), "{challenge}");
}

#[test]
fn keys_and_tokens_are_not_shown() {
    let key = SigningKey::from_bytes([7; 32]);
    let issued = issuer().issue(Subject::User {
        user: &adele(),
        app_id: TENANT,
        app_name: "",
        permissions: &[],
        has_mfa: false,
        contexts: &[],
    });
    let shown = format!("{key:?} {:?} {:?}", issuer(), issued.unwrap());
    assert!(!shown.contains("eyJ") && !shown.contains("7, 7"), "{shown}");
}
