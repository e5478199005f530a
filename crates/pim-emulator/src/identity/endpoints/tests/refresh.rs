use super::fake::*;

fn refresh(token: &str) -> Vec<(&str, &str)> {
    vec![("grant_type", "refresh_token"), ("client_id", TOOL), ("refresh_token", token)]
}

#[tokio::test]
async fn a_refresh_token_gives_new_tokens_and_remains_valid() {
    let fake = Fake::new();
    let answer = fake.signed_in("openid offline_access User.Read", &[]).await;
    let first = answer.text("refresh_token");
    let again = fake.token(&refresh(&first)).await;
    assert_eq!(fake.verified(&again).caller.permissions, ["User.Read"]);
    assert_ne!(again.text("refresh_token"), first);
    assert!(again.json().get("id_token").is_some());
    // As with Entra: two processes that share one do not sign each other out.
    fake.verified(&fake.token(&refresh(&first)).await);
    fake.verified(&fake.token(&refresh(&again.text("refresh_token"))).await);
}

#[tokio::test]
async fn permissions_may_be_added() {
    let fake = Fake::new();
    let token = fake.signed_in("offline_access User.Read", &[]).await.text("refresh_token");
    let more = fake.token(&[&refresh(&token)[..], &[("scope", "User.Read Group.Read.All")]].concat()).await;
    assert_eq!(fake.verified(&more).caller.permissions, ["User.Read", "Group.Read.All"]);
}

#[tokio::test]
async fn what_was_proven_is_kept_and_no_more_is_had_without_the_user() {
    let fake = Fake::new();
    let plain = fake.signed_in("offline_access User.Read", &[]).await.text("refresh_token");
    let refused = fake.token(&[&refresh(&plain)[..], &[("claims", C1)]].concat()).await;
    assert_eq!(refused.fault(), ("interaction_required".to_owned(), 50_076));

    let strong = fake.signed_in("offline_access User.Read", &[("claims", C1)]).await.text("refresh_token");
    let kept = fake.token(&[&refresh(&strong)[..], &[("claims", C1)]].concat()).await;
    assert_eq!(fake.verified(&kept).caller.contexts, ["c1"]);

    let weak = fake.signed_in("offline_access User.Read", &[("mfa", "false")]).await.text("refresh_token");
    assert!(!fake.verified(&fake.token(&refresh(&weak)).await).caller.has_mfa);
}

#[tokio::test]
async fn a_refresh_token_ends_and_belongs_to_its_client() {
    let fake = Fake::new();
    let token = fake.signed_in("offline_access User.Read", &[]).await.text("refresh_token");
    let mut stolen = refresh(&token);
    stolen[1].1 = "14d82eec-204b-4c2f-b7e8-296a70dab67e";
    assert_eq!(fake.token(&stolen).await.fault(), ("invalid_grant".to_owned(), 70_000));
    assert_eq!(fake.token(&refresh("invented")).await.fault(), ("invalid_grant".to_owned(), 9_002_313));
    fake.pass(90 * 24 * 3600);
    assert_eq!(fake.token(&refresh(&token)).await.fault(), ("invalid_grant".to_owned(), 70_008));
}
