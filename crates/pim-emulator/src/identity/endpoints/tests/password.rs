use super::fake::*;

fn form<'a>(username: &'a str, password: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("grant_type", "password"),
        ("client_id", TOOL),
        ("scope", "https://graph.microsoft.com/.default"),
        ("username", username),
        ("password", password),
    ]
}

#[tokio::test]
async fn a_password_signs_in_a_script() {
    let fake = Fake::new();
    let verified = fake.verified(&fake.token(&form("LEE@contoso.com", PASSWORD)).await);
    assert_eq!(verified.claims.upn.as_deref(), Some("lee@contoso.com"));
    assert!(verified.caller.has_mfa);
    assert!(verified.caller.permissions.iter().any(|permission| permission == "RoleManagement.ReadWrite.Directory"));
    // Who has none may say anything: the sign-in page asks for none, either.
    fake.verified(&fake.token(&form("adele@contoso.com", "anything")).await);
}

#[tokio::test]
async fn who_has_not_shown_a_second_factor_has_none() {
    let fake = Fake::new();
    let weak = [&form("lee@contoso.com", PASSWORD)[..], &[("mfa", "false")]].concat();
    let verified = fake.verified(&fake.token(&weak).await);
    assert!(!verified.caller.has_mfa);
    assert_eq!(verified.claims.amr, ["pwd"]);
    for claims in [C1, r#"{"access_token":{"amr":{"essential":true,"values":["mfa"]}}}"#] {
        let refused = fake.token(&[&weak[..], &[("claims", claims)]].concat()).await;
        assert_eq!(refused.fault(), ("interaction_required".to_owned(), 50_076));
    }
}

#[tokio::test]
async fn who_is_not_known_or_not_let_in_is_told() {
    let fake = Fake::new();
    for (username, password, number) in [
        ("lee@contoso.com", "s3cr3t", 50_126),
        ("nobody@contoso.com", "s3cr3t", 50_034),
        ("gone@contoso.com", "s3cr3t", 50_057),
    ] {
        assert_eq!(fake.token(&form(username, password)).await.fault(), ("invalid_grant".to_owned(), number));
    }
    assert_eq!(fake.token(&form("lee@contoso.com", "")).await.fault(), ("invalid_request".to_owned(), 900_144));
    let limited = LIMITED.to_string();
    let mut form = form("lee@contoso.com", PASSWORD);
    (form[1].1, form[2].1) = (&limited, READ);
    assert_eq!(fake.token(&form).await.fault(), ("consent_required".to_owned(), 65_001));
    form[2].1 = ".default";
    assert_eq!(fake.verified(&fake.token(&form).await).caller.permissions, ["User.Read"]);
}
