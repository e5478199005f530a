use super::fake::*;
use crate::Cloud;
use crate::auth::sign_in::SignIn;
use crate::error::ErrorKind;

#[test]
fn what_cannot_be_signed_in_to_is_refused() {
    let fine = || SignIn::builder(CLIENT_ID, TENANT, device());
    for (builder, expected) in [
        (SignIn::builder("s3cr3t", TENANT, device()), "the client id is no GUID"),
        (SignIn::builder(CLIENT_ID, "a/b", device()), "the tenant is neither"),
        (fine().authority("http://login.microsoftonline.com"), "the authority is no https address"),
        (fine().authority("http://localhost.example"), "the authority is no https address"),
        (fine().authority("https://s3cr3t@login.example"), "the authority is no https address"),
        (fine().authority("s3cr3t"), "the authority is no https address"),
        (fine().scopes(Vec::<String>::new()), "there is no scope"),
        (fine().scopes(["a b"]), "a scope is empty or has a space"),
    ] {
        let error = builder.build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput);
        assert!(error.to_string().starts_with(expected) && !error.to_string().contains(SECRET), "{error}");
    }
    for authority in
        ["https://login.example/emulator/", "http://127.0.0.1:8080", "http://[::1]:1", "http://localhost:1"]
    {
        fine().authority(authority).build().unwrap();
    }
}

#[test]
fn the_authority_is_the_clouds() {
    let sign_in = SignIn::builder(CLIENT_ID, "organizations", device()).cloud(Cloud::China).build().unwrap();
    let shown = format!("{sign_in:?}");
    assert!(shown.contains("https://login.partner.microsoftonline.cn/organizations/oauth2/v2.0/token"), "{shown}");
}
