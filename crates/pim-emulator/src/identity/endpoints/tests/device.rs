use super::fake::*;

const GRANT: &str = "urn:ietf:params:oauth:grant-type:device_code";

async fn begin(fake: &Fake, more: &[(&str, &str)]) -> (String, String) {
    let form = [&[("client_id", TOOL), ("scope", "openid User.Read")], more].concat();
    let answer = fake.post("/organizations/oauth2/v2.0/devicecode", &form).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    (answer.text("device_code"), answer.text("user_code"))
}

async fn ask(fake: &Fake, device_code: &str) -> Answer {
    fake.token(&[("grant_type", GRANT), ("client_id", TOOL), ("device_code", device_code)]).await
}

async fn enter(fake: &Fake, user_code: &str, more: &[(&str, &str)]) -> Answer {
    let form = [&[("user_code", user_code)], more].concat();
    fake.post("/organizations/oauth2/deviceauth", &form).await
}

#[tokio::test]
async fn a_device_is_told_where_to_send_the_user() {
    let fake = Fake::new();
    let form = [("client_id", TOOL), ("scope", "User.Read")];
    let answer = fake.post(&format!("/{DOMAIN}/oauth2/v2.0/devicecode"), &form).await;
    let address = format!("http://localhost:8080/{DOMAIN}/oauth2/deviceauth");
    assert_eq!(answer.text("verification_uri"), address);
    let code = answer.text("user_code");
    assert_eq!(code.len(), 9);
    assert!(answer.text("message").contains(&format!("{address} and enter the code {code} ")));
    assert_eq!((answer.json()["expires_in"].as_i64(), answer.json()["interval"].as_i64()), (Some(900), Some(5)));
}

#[tokio::test]
async fn a_user_signs_in_on_another_device() {
    let fake = Fake::new();
    let (device_code, user_code) = begin(&fake, &[]).await;
    assert_eq!(ask(&fake, &device_code).await.fault(), ("authorization_pending".to_owned(), 70_016));

    let page = fake.get(&format!("/common/oauth2/deviceauth?user_code={user_code}")).await;
    assert!(page.body.contains(&format!("value=\"{user_code}\"")) && page.body.contains("Adele Vance"));
    assert!(page.body.contains("Lee &lt;script&gt;") && !page.body.contains("<script"), "{}", page.body);
    let typed = format!("{}-{}", user_code[..4].to_lowercase(), &user_code[4..]);
    let page = enter(&fake, &typed, &[("user", "adele@contoso.com")]).await;
    assert!(page.body.contains("You have signed in"), "{}", page.body);

    let answer = ask(&fake, &device_code).await;
    let verified = fake.verified(&answer);
    assert_eq!(verified.claims.upn.as_deref(), Some("adele@contoso.com"));
    assert!(verified.caller.has_mfa);
    assert_eq!(ask(&fake, &device_code).await.fault(), ("invalid_grant".to_owned(), 54_005));
    assert_eq!(enter(&fake, &user_code, &[("user", "adele@contoso.com")]).await.status, 400);
}

#[tokio::test]
async fn what_the_device_demands_is_proven() {
    let fake = Fake::new();
    let (device_code, user_code) = begin(&fake, &[("claims", C1)]).await;
    enter(&fake, &user_code, &[("user", "adele@contoso.com"), ("mfa", "false")]).await;
    let caller = fake.verified(&ask(&fake, &device_code).await).caller.clone();
    assert!(caller.has_mfa);
    assert_eq!(caller.contexts, ["c1"]);

    let (device_code, user_code) = begin(&fake, &[]).await;
    enter(&fake, &user_code, &[("user", "adele@contoso.com"), ("mfa", "false")]).await;
    assert!(!fake.verified(&ask(&fake, &device_code).await).caller.has_mfa);
}

#[tokio::test]
async fn who_denies_is_heard() {
    let fake = Fake::new();
    let (device_code, user_code) = begin(&fake, &[]).await;
    assert_eq!(enter(&fake, &user_code, &[("cancel", "true")]).await.status, 200);
    assert_eq!(ask(&fake, &device_code).await.fault(), ("authorization_declined".to_owned(), 65_004));
}

#[tokio::test]
async fn who_is_hasty_or_late_is_told() {
    let fake = Fake::new();
    let (device_code, user_code) = begin(&fake, &[]).await;
    assert_eq!(ask(&fake, &device_code).await.fault().0, "authorization_pending");
    fake.pass(1);
    assert_eq!(ask(&fake, &device_code).await.fault().0, "slow_down");
    fake.pass(5);
    assert_eq!(ask(&fake, &device_code).await.fault().0, "authorization_pending");
    fake.pass(900);
    assert_eq!(ask(&fake, &device_code).await.fault(), ("expired_token".to_owned(), 70_019));
    assert_eq!(enter(&fake, &user_code, &[("user", "adele@contoso.com")]).await.status, 400);
}

#[tokio::test]
async fn codes_that_are_not_ours_do_not_work() {
    let fake = Fake::new();
    assert_eq!(ask(&fake, "invented").await.fault(), ("bad_verification_code".to_owned(), 70_018));
    let (device_code, user_code) = begin(&fake, &[]).await;
    let other =
        [("grant_type", GRANT), ("client_id", "14d82eec-204b-4c2f-b7e8-296a70dab67e"), ("device_code", &device_code)];
    assert_eq!(fake.token(&other).await.fault().0, "bad_verification_code");
    for (code, user) in [("<b>", "adele@contoso.com"), (&*user_code, "nobody"), (&user_code, ""), ("", "")] {
        let page = enter(&fake, code, &[("user", user)]).await;
        assert_eq!(page.status, 400);
        assert!(page.body.contains("role=\"alert\"") && !page.body.contains("<b>"), "{}", page.body);
    }
    assert_eq!(ask(&fake, &device_code).await.fault().0, "authorization_pending");
}
