use super::fake::*;
use crate::domain::Identity;
use crate::identity::TokenFault;

#[tokio::test]
async fn a_code_becomes_tokens() {
    let fake = Fake::new();
    let scope = format!("openid profile offline_access https://graph.microsoft.com/{READ}");
    let answer = fake.signed_in(&scope, &[("nonce", "n1")]).await;
    let verified = fake.verified(&answer);
    assert_eq!(verified.caller.identity, Identity::User(ADELE));
    assert_eq!(verified.caller.permissions, [READ]);
    assert!(verified.caller.has_mfa && verified.caller.contexts.is_empty());
    assert_eq!(verified.claims.appid, TOOL);
    assert_eq!(answer.text("scope"), format!("openid profile https://graph.microsoft.com/{READ}"));
    assert_eq!(
        (answer.json()["expires_in"].as_i64(), answer.json()["ext_expires_in"].as_i64()),
        (Some(3600), Some(3600))
    );
    assert!(answer.json().get("client_info").is_none());

    let id_token = payload(&answer.text("id_token"));
    assert_eq!(id_token["preferred_username"], "adele@contoso.com");
    assert_eq!((&id_token["aud"], &id_token["nonce"]), (&TOOL.into(), &"n1".into()));
    assert_eq!(id_token["iss"], format!("http://localhost:8080/{TENANT}/v2.0"));
    let as_access_token = format!("Bearer {}", answer.text("id_token"));
    assert_eq!(fake.platform.issuer().verify(Some(&as_access_token)).unwrap_err(), TokenFault::WrongAudience);
}

#[tokio::test]
async fn only_what_is_asked_for_comes_with_it() {
    let answer = Fake::new().signed_in("User.Read", &[]).await;
    assert!(answer.json().get("id_token").is_none() && answer.json().get("refresh_token").is_none());
}

#[tokio::test]
async fn client_info_is_for_who_asks() {
    let fake = Fake::new();
    let code = fake.authorize(&changed("", &[])).await.parameter("code").unwrap();
    let form = [&redemption(&code)[..], &[("client_info", "1")]].concat();
    let info = fake.token(&form).await.text("client_info");
    let info = payload(&format!(".{info}."));
    assert_eq!((&info["uid"], &info["utid"]), (&ADELE.to_string().into(), &TENANT.to_string().into()));
}

#[tokio::test]
async fn an_intercepted_code_is_worth_nothing_without_the_verifier() {
    for verifier in ["", "short", "another-verifier-of-sufficient-length-0123456789-abcdef"] {
        let fake = Fake::new();
        let code = fake.authorize(&changed("", &[])).await.parameter("code").unwrap();
        let mut form = redemption(&code);
        form[4].1 = verifier;
        assert_eq!(fake.token(&form).await.fault(), ("invalid_grant".to_owned(), 501_481), "{verifier}");
        // Nor can anybody try again.
        assert_eq!(fake.token(&redemption(&code)).await.fault(), ("invalid_grant".to_owned(), 54_005));
    }
}

#[tokio::test]
async fn a_code_is_good_once_and_for_ten_minutes() {
    let fake = Fake::new();
    let code = fake.authorize(&changed("", &[])).await.parameter("code").unwrap();
    fake.pass(599);
    fake.verified(&fake.token(&redemption(&code)).await);
    assert_eq!(fake.token(&redemption(&code)).await.fault(), ("invalid_grant".to_owned(), 54_005));

    let code = fake.authorize(&changed("", &[])).await.parameter("code").unwrap();
    fake.pass(600);
    assert_eq!(fake.token(&redemption(&code)).await.fault(), ("invalid_grant".to_owned(), 70_008));
    assert_eq!(fake.token(&redemption("invented")).await.fault(), ("invalid_grant".to_owned(), 9_002_313));
}

#[tokio::test]
async fn a_code_belongs_to_its_client_and_address() {
    for (index, value, number) in
        [(1, "14d82eec-204b-4c2f-b7e8-296a70dab67e", 70_000), (3, "http://localhost:5001", 500_112)]
    {
        let fake = Fake::new();
        let code = fake.authorize(&changed("", &[])).await.parameter("code").unwrap();
        let mut form = redemption(&code);
        form[index].1 = value;
        assert_eq!(fake.token(&form).await.fault().1, number);
    }
}

#[tokio::test]
async fn an_authentication_context_is_satisfied_by_signing_in_for_it() {
    let fake = Fake::new();
    // Who signs in with the password only proves more where more is demanded.
    let answer = fake.signed_in("User.Read", &[("claims", C1), ("mfa", "false")]).await;
    let caller = &fake.verified(&answer).caller;
    assert!(caller.has_mfa);
    assert_eq!(caller.contexts, ["c1"]);

    let weak = fake.signed_in("User.Read", &[("mfa", "false")]).await;
    assert!(!fake.verified(&weak).caller.has_mfa);

    // To ask for it when the code is redeemed is too late.
    let code = fake.authorize(&changed("", &[])).await.parameter("code").unwrap();
    let late = fake.token(&[&redemption(&code)[..], &[("claims", C1)]].concat()).await;
    assert_eq!(late.fault(), ("interaction_required".to_owned(), 50_076));
    assert_eq!(late.text("claims"), C1);
}

#[tokio::test]
async fn who_has_a_secret_shows_it() {
    let fake = Fake::new();
    let robot = ROBOT.to_string();
    let code = async || {
        let query = changed("client_id", &[("client_id", &robot)]);
        fake.authorize(&query).await.parameter("code").unwrap()
    };
    for (secret, number) in [(None, 7_000_218), (Some("s3cr3t"), 7_000_215)] {
        let text = code().await;
        let mut form = redemption(&text).to_vec();
        form[1].1 = &robot;
        form.extend(secret.map(|secret| ("client_secret", secret)));
        assert_eq!(fake.token(&form).await.fault(), ("invalid_client".to_owned(), number));
        form.retain(|(name, _)| *name != "client_secret");
        form.push(("client_secret", SECRET));
        fake.verified(&fake.token(&form).await);
    }
    let text = code().await;
    let form = [&redemption(&text)[..], &[("client_secret", "s3cr3t")]].concat();
    assert_eq!(fake.token(&form).await.fault(), ("invalid_client".to_owned(), 700_025));
}
