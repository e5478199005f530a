use http::header;

use super::fake::*;

#[tokio::test]
async fn who_is_hinted_at_is_signed_in_at_once() {
    let fake = Fake::new();
    let answer = fake.authorize(&changed("", &[])).await;
    assert!(answer.location().starts_with("http://localhost:5000/?code="), "{}", answer.location());
    assert_eq!(answer.parameter("state").as_deref(), Some("a&b"));
    assert_eq!(answer.headers[header::CACHE_CONTROL], "no-store");
}

#[tokio::test]
async fn a_page_asks_who_signs_in() {
    let fake = Fake::new();
    for query in [
        changed("", &[("prompt", "select_account")]),
        request("User.Read"),
        [&request("User.Read")[..], &[("login_hint", "nobody@contoso.com")]].concat(),
    ] {
        let page = fake.authorize(&query).await;
        assert_eq!(page.status, 200);
        assert_eq!(page.headers[header::CONTENT_TYPE], "text/html; charset=utf-8");
        assert!(page.headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap().starts_with("default-src 'none'"));
        assert!(
            page.body.contains(&format!("<button name=\"user\" value=\"{ADELE}\">Adele Vance (adele@contoso.com)"))
        );
        assert!(page.body.contains("name=\"mfa\" value=\"false\""));
        assert!(page.body.contains("name=\"state\" value=\"a&amp;b\""));
        assert!(!page.body.contains("Gone Girl"), "who is disabled cannot sign in");
    }
}

#[tokio::test]
async fn a_name_is_no_markup() {
    let fake = Fake::new();
    let mut query = request("User.Read");
    query.push(("domain_hint", "\"><script>alert(1)</script>"));
    query.push(("<b>", "x"));
    let page = fake.authorize(&query).await;
    assert!(page.body.contains("Lee &lt;script&gt;alert(&#39;&amp;&#39;)&lt;/script&gt;"), "{}", page.body);
    assert!(!page.body.contains("<script") && !page.body.contains("<b>"), "{}", page.body);
    let refusal = fake.authorize(&changed("redirect_uri", &[("redirect_uri", "https://x/<script>")])).await;
    assert!(!refusal.body.contains("<script") && refusal.body.contains("&lt;script&gt;"), "{}", refusal.body);
}

#[tokio::test]
async fn a_button_signs_in() {
    let fake = Fake::new();
    let path = format!("/{DOMAIN}/oauth2/v2.0/authorize");
    let adele = ADELE.to_string();
    let query = request("User.Read");
    let answer = fake.post(&path, &[&query[..], &[("user", &adele), ("mfa", "false")]].concat()).await;
    let code = answer.parameter("code").unwrap();
    let verified = fake.verified(&fake.token(&redemption(&code)).await);
    assert_eq!(verified.claims.amr, ["pwd"]);

    let cancelled = fake.post(&path, &[&query[..], &[("cancel", "true")]].concat()).await;
    assert_eq!(cancelled.parameter("error").as_deref(), Some("access_denied"));
    assert_eq!(cancelled.parameter("state").as_deref(), Some("a&b"));
}

#[tokio::test]
async fn a_demanded_factor_cannot_be_left_out() {
    let page = Fake::new().authorize(&[&request("User.Read")[..], &[("claims", C1)]].concat()).await;
    assert!(page.body.contains("Multifactor authentication is demanded") && !page.body.contains("checkbox"));
}

#[tokio::test]
async fn answers_come_as_they_are_asked_for() {
    let fake = Fake::new();
    let fragment = fake.authorize(&changed("", &[("response_mode", "fragment")])).await;
    assert!(fragment.location().starts_with("http://localhost:5000/#code="), "{}", fragment.location());
    assert!(fragment.location().ends_with("&state=a%26b"), "{}", fragment.location());

    let form = fake.authorize(&changed("", &[("response_mode", "form_post")])).await;
    assert_eq!(form.status, 200);
    assert!(form.body.contains("<form method=\"post\" action=\"http://localhost:5000/\">"), "{}", form.body);
    assert!(form.body.contains("name=\"code\"") && form.body.contains("name=\"state\" value=\"a&amp;b\""));
}

#[tokio::test]
async fn the_browser_is_sent_nowhere_that_is_not_checked() {
    let fake = Fake::new();
    for (without, others) in [
        ("redirect_uri", vec![]),
        ("redirect_uri", vec![("redirect_uri", "https://evil.example/")]),
        ("redirect_uri", vec![("redirect_uri", "http://localhost.evil.example/")]),
        // It is registered for another application.
        ("redirect_uri", vec![("redirect_uri", "https://robot.example/signed-in?x=1")]),
        ("client_id", vec![]),
        ("client_id", vec![("client_id", "no-guid")]),
        ("response_mode", vec![("response_mode", "web_message")]),
        ("", vec![("state", "twice")]),
    ] {
        for answer in [
            fake.authorize(&changed(without, &others)).await,
            fake.authorize(&[&changed(without, &others)[..], &[("cancel", "true")]].concat()).await,
        ] {
            assert_eq!(answer.status, 400, "{others:?}");
            assert!(!answer.headers.contains_key(header::LOCATION), "{others:?}");
            assert!(answer.body.contains("AADSTS"), "{}", answer.body);
        }
    }
}

#[tokio::test]
async fn a_registered_address_is_good_and_keeps_its_query() {
    let robot = ROBOT.to_string();
    let query = [
        &changed("client_id", &[("client_id", &robot)])
            .into_iter()
            .filter(|(name, _)| *name != "redirect_uri")
            .collect::<Vec<_>>()[..],
        &[("redirect_uri", "https://robot.example/signed-in?x=1")],
    ]
    .concat();
    let answer = Fake::new().authorize(&query).await;
    assert!(answer.location().starts_with("https://robot.example/signed-in?x=1&code="), "{}", answer.location());
}

#[tokio::test]
async fn what_is_wrong_is_told_to_the_client() {
    let fake = Fake::new();
    let limited = LIMITED.to_string();
    for (without, others, error, number) in [
        ("code_challenge", vec![], "invalid_request", "AADSTS9002325"),
        ("code_challenge_method", vec![], "invalid_request", "AADSTS50147"),
        ("code_challenge_method", vec![("code_challenge_method", "plain")], "invalid_request", "AADSTS50147"),
        ("code_challenge", vec![("code_challenge", "short")], "invalid_request", "AADSTS50147"),
        ("response_type", vec![("response_type", "token")], "unsupported_response_type", "AADSTS700054"),
        ("response_type", vec![], "invalid_request", "AADSTS900144"),
        ("scope", vec![], "invalid_request", "AADSTS900144"),
        ("scope", vec![("scope", "https://vault.azure.net/.default")], "invalid_resource", "AADSTS500011"),
        ("scope", vec![("scope", ".default User.Read")], "invalid_scope", "AADSTS70011"),
        ("", vec![("claims", "c1")], "invalid_request", "AADSTS9002313"),
        ("login_hint", vec![("prompt", "none")], "login_required", "AADSTS50058"),
        ("", vec![("user", "nobody@contoso.com")], "access_denied", "AADSTS50034"),
        ("", vec![("user", "gone@contoso.com")], "access_denied", "AADSTS50057"),
    ] {
        let answer = fake.authorize(&changed(without, &others)).await;
        assert_eq!(answer.parameter("error").as_deref(), Some(error), "{others:?}");
        assert!(answer.parameter("error_description").unwrap().starts_with(&format!("{number}: ")), "{others:?}");
        assert_eq!(answer.parameter("state").as_deref(), Some("a&b"));
        assert!(answer.parameter("code").is_none());
    }
    let mut query = changed("client_id", &[("client_id", &limited)]);
    query.iter_mut().find(|(name, _)| *name == "scope").unwrap().1 = READ;
    assert_eq!(fake.authorize(&query).await.parameter("error").as_deref(), Some("consent_required"));
}
