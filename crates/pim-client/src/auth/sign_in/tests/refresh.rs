use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use super::fake::*;
use crate::auth::sign_in::DeviceCode;
use crate::error::ErrorKind;
use crate::v1_0::operations;

#[tokio::test]
async fn the_refresh_token_is_used_first_and_replaced_by_a_newer_one() {
    let fake = Fake::new([ending(1, READ), ending(2, READ), granted(3, READ)]).await;
    let sign_in = fake.builder(device()).build().unwrap();
    for expected in [1, 2, 3, 3] {
        assert_eq!(number(&sign_in, &needs(&[READ])).await, expected);
    }
    let asked = fake.forms("token").await;
    assert_eq!(asked.len(), 3);
    for (form, previous) in asked[1..].iter().zip(1..) {
        assert_eq!(form["grant_type"], "refresh_token");
        assert_eq!(form["refresh_token"], format!("refresh-{SECRET}-{previous}"));
        assert_eq!(form["scope"], format!("openid profile offline_access {GRAPH}/{READ}"));
    }
    assert_eq!(fake.forms("devicecode").await.len(), 1);
}

#[tokio::test]
async fn an_answer_without_a_refresh_token_leaves_the_old_one() {
    let (status, mut second) = ending(2, READ);
    second.as_object_mut().unwrap().remove("refresh_token");
    let fake = Fake::new([ending(1, READ), (status, second), granted(3, READ)]).await;
    let sign_in = fake.builder(device()).build().unwrap();
    for expected in [1, 2, 3] {
        assert_eq!(number(&sign_in, &needs(&[READ])).await, expected);
    }
    assert_eq!(fake.forms("token").await[2]["refresh_token"], format!("refresh-{SECRET}-1"));
}

#[tokio::test]
async fn the_user_is_asked_where_the_refresh_token_does_not_do() {
    for code in ["invalid_grant", "interaction_required", "consent_required", "login_required"] {
        let fake = Fake::new([ending(1, READ), refusal(code, "AADSTS50076"), granted(3, READ)]).await;
        let sign_in = fake.builder(device()).build().unwrap();
        assert_eq!(number(&sign_in, &needs(&[READ])).await, 1);
        assert_eq!(number(&sign_in, &needs(&[READ])).await, 3, "{code}");
        assert_eq!(fake.forms("devicecode").await.len(), 2, "{code}");
    }
}

#[tokio::test]
async fn other_refusals_do_not_bother_the_user() {
    let refused = refusal("unauthorized_client", &format!("AADSTS700016: refresh-{SECRET}-1 not found"));
    let fake = Fake::new([ending(1, READ), refused, granted(3, READ)]).await;
    let sign_in = fake.builder(device()).build().unwrap();
    assert_eq!(number(&sign_in, &needs(&[READ])).await, 1);
    let error = failure(&sign_in, &needs(&[READ])).await.to_string();
    assert!(error.contains("check the client id") && error.contains("it repeats what was sent"), "{error}");
    assert_eq!(number(&sign_in, &needs(&[READ])).await, 3, "the refresh token was kept");
    assert_eq!(fake.forms("devicecode").await.len(), 1);
}

#[tokio::test]
async fn no_connection_is_a_fault_of_the_way() {
    let fake = Fake::new([ending(1, READ)]).await;
    let sign_in = fake.builder(device()).build().unwrap();
    number(&sign_in, &needs(&[READ])).await;
    drop(fake);
    let nowhere = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let sign_in = crate::auth::SignIn::builder(CLIENT_ID, TENANT, device()).authority(format!("http://{nowhere}"));
    let error = failure(&sign_in.build().unwrap(), &needs(&[READ])).await;
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert!(error.to_string().starts_with("no connection to the identity platform"), "{error}");
}

#[tokio::test]
async fn a_token_is_used_for_what_was_granted_and_extended_for_more() {
    // In other letters, with the resource and with more than was asked for, as the identity platform likes to answer.
    let first = format!("openid https://graph.microsoft.com/rolemanagement.read.directory {GRAPH}/User.Read");
    let fake = Fake::new([granted(1, &first), granted(2, WRITE)]).await;
    let sign_in = fake.builder(device()).build().unwrap();
    for (permissions, expected) in
        [(&[READ][..], 1), (&["user.read"], 1), (&[], 1), (&[WRITE], 2), (&[READ, WRITE, "User.Read"], 2)]
    {
        assert_eq!(number(&sign_in, &needs(permissions)).await, expected, "{permissions:?}");
    }
    let asked = fake.forms("token").await;
    assert_eq!(
        asked[1]["scope"],
        format!("openid profile offline_access {GRAPH}/{READ} {GRAPH}/{WRITE} {GRAPH}/User.Read")
    );
    assert_eq!(fake.forms("devicecode").await.len(), 1, "the refresh token did");
}

#[tokio::test]
async fn what_was_asked_for_and_not_granted_is_not_asked_for_again() {
    let fake = Fake::new([granted(1, "User.Read"), granted(2, "User.Read")]).await;
    let sign_in = fake.builder(device()).build().unwrap();
    assert_eq!(number(&sign_in, &needs(&[READ])).await, 1);
    assert_eq!(number(&sign_in, &needs(&[READ])).await, 1);
}

#[tokio::test]
async fn fixed_scopes_are_never_extended() {
    let fake = Fake::new([granted(1, READ)]).await;
    let sign_in = fake.builder(device()).scopes([READ, "https://graph.microsoft.com/User.Read"]).build().unwrap();
    for permissions in [&[WRITE][..], &[READ], &[]] {
        assert_eq!(number(&sign_in, &needs(permissions)).await, 1);
    }
    let begun = fake.forms("devicecode").await;
    assert_eq!(begun.len(), 1);
    assert_eq!(begun[0]["scope"], format!("openid profile offline_access {GRAPH}/{READ} {GRAPH}/User.Read"));

    let operation = &operations::GROUPS_LIST;
    let sign_in = fake.builder(device()).for_operations([operation]).without_refresh_token().build().unwrap();
    number(&sign_in, &needs(&[WRITE])).await;
    let scopes: Vec<_> = operation.delegated.iter().map(|scope| format!("{GRAPH}/{scope}")).collect();
    assert_eq!(fake.forms("devicecode").await[1]["scope"], format!("openid profile {}", scopes.join(" ")));
}

#[tokio::test]
async fn who_declines_is_asked_again_only_by_the_next_request() {
    let fake = Fake::new([refusal("authorization_declined", "")]).await;
    let asked = Arc::new(AtomicU32::new(0));
    let count = Arc::clone(&asked);
    let device = DeviceCode::new(move |_| {
        count.fetch_add(1, Ordering::SeqCst);
    });
    let sign_in = fake.builder(device).build().unwrap();
    let request = needs(&[READ]);
    let both = futures_util::future::join(failure(&sign_in, &request), failure(&sign_in, &request)).await;
    assert_eq!(both.0.to_string(), both.1.to_string());
    assert_eq!(asked.load(Ordering::SeqCst), 1);
    fake.then(granted(1, READ));
    assert_eq!(number(&sign_in, &request).await, 1);
}

#[tokio::test]
async fn who_is_forgotten_signs_in_anew() {
    let fake = Fake::new([granted(1, READ), granted(2, READ)]).await;
    let sign_in = fake.builder(device()).build().unwrap();
    assert_eq!(number(&sign_in, &needs(&[READ])).await, 1);
    sign_in.forget().await.unwrap();
    assert_eq!(number(&sign_in, &needs(&[READ])).await, 2);
    assert_eq!(fake.forms("devicecode").await.len(), 2);
}
