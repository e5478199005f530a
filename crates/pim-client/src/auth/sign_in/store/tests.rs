#![cfg(unix)]

use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};

use tempfile::TempDir;
use zeroize::Zeroizing;

use super::*;
use crate::auth::Claims;
use crate::auth::sign_in::scopes::Scopes;

const SECRET: &str = "s3cr3t";

/// A folder that goes away with it, with a store that is not made yet.
fn slot(tenant: &str) -> (TempDir, Slot) {
    let folder = tempfile::tempdir().unwrap();
    let slot = of(&folder, tenant);
    (folder, slot)
}

fn of(folder: &TempDir, tenant: &str) -> Slot {
    let store = TokenStore::at(folder.path().join("a/b"));
    let client_id = "6731de76-14a6-49ae-97bc-6eba6914391e";
    Slot::new(&store, "https://login.microsoftonline.com/", &Tenant::parse(tenant).unwrap(), client_id)
}

fn session() -> Session {
    Session {
        is_loaded: true,
        refresh_token: Some(Zeroizing::new(SECRET.to_owned())),
        granted: Scopes::of("https://graph.microsoft.com", ["User.Read"]),
        claims: Some(Claims::parse(r#"{"a":"\"ü\""}"#).unwrap()),
        login_hint: Some("adele@contoso.com".to_owned()),
    }
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[tokio::test]
async fn what_is_kept_is_found_again_and_closed_to_others() {
    let (_folder, slot) = slot("Contoso.com");
    assert!(slot.load().await.unwrap().is_none());
    slot.remove().await.unwrap();
    slot.save(&session()).await;
    let found = slot.load().await.unwrap().unwrap();
    let expected = session();
    assert_eq!(found.refresh_token, expected.refresh_token);
    assert_eq!(found.granted, expected.granted);
    assert_eq!((found.claims, found.login_hint, found.is_loaded), (expected.claims, expected.login_hint, true));

    assert_eq!(mode(&slot.path), 0o600);
    assert_eq!(mode(slot.path.parent().unwrap()), 0o700);
    let name = slot.path.file_name().unwrap().to_str().unwrap();
    assert_eq!(name, "6731de76-14a6-49ae-97bc-6eba6914391e.contoso.com.https___login_microsoftonline_com.json");
    slot.remove().await.unwrap();
    assert!(slot.load().await.unwrap().is_none());
}

#[tokio::test]
async fn what_others_can_get_at_is_refused() {
    let (_folder, slot) = slot("contoso.com");
    slot.save(&session()).await;
    let folder = slot.path.parent().unwrap();
    for (path, open, closed) in [(&*slot.path, 0o640, 0o600), (&*slot.path, 0o602, 0o600), (folder, 0o750, 0o700)] {
        fs::set_permissions(path, Permissions::from_mode(open)).unwrap();
        let Err(error) = slot.load().await else { panic!("mode {open:o} was accepted") };
        let expected = format!("is open to others than you; run `chmod {closed:o} '{}'`", path.display());
        assert!(error.to_string().contains(&expected) && !error.to_string().contains(SECRET), "{error}");
        fs::set_permissions(path, Permissions::from_mode(closed)).unwrap();
    }
    assert!(slot.load().await.unwrap().is_some());

    // Nor is anything put there.
    fs::set_permissions(folder, Permissions::from_mode(0o777)).unwrap();
    let before = fs::metadata(&slot.path).unwrap().ino();
    slot.save(&session()).await;
    assert_eq!(fs::metadata(&slot.path).unwrap().ino(), before);
    assert_eq!(fs::read_dir(folder).unwrap().count(), 1);
}

#[tokio::test]
async fn what_is_damaged_or_anothers_is_ignored() {
    let (folder, slot) = slot("contoso.com");
    let other = of(&folder, "fabrikam.com");
    slot.save(&session()).await;
    let ours = fs::read_to_string(&slot.path).unwrap();
    other.save(&session()).await;
    let theirs = fs::read_to_string(&other.path).unwrap();
    let long = " ".repeat(2 << 20);
    for wrong in [
        "",
        "{}",
        "null",
        "\u{0}",
        &ours[..ours.len() - 1],
        &theirs,
        &long,
        &ours.replace("\"version\":1", "\"version\":2"),
        &ours.replace(SECRET, ""),
        &ours.replace(SECRET, "a b"),
        &ours.replace("https://graph.microsoft.com/", ""),
    ] {
        fs::write(&slot.path, wrong).unwrap();
        assert!(slot.load().await.unwrap().is_none(), "{wrong:.100}");
    }
    slot.save(&session()).await;
    assert!(slot.load().await.unwrap().is_some(), "the next sign-in mends it");
}

#[tokio::test]
async fn a_file_is_replaced_as_a_whole() {
    let (_folder, slot) = slot("contoso.com");
    slot.save(&session()).await;
    let before = fs::metadata(&slot.path).unwrap().ino();
    slot.save(&session()).await;
    assert_ne!(fs::metadata(&slot.path).unwrap().ino(), before, "another file took its place");
    assert_eq!(fs::read_dir(slot.path.parent().unwrap()).unwrap().count(), 1, "nothing is left over");

    // While it is replaced again and again, a reader finds a whole one each time.
    let writer = {
        let slot = slot.clone();
        tokio::spawn(async move {
            for _ in 0..50 {
                slot.save(&session()).await;
            }
        })
    };
    while !writer.is_finished() {
        assert!(slot.load().await.unwrap().is_some());
    }
    writer.await.unwrap();
}

#[tokio::test]
async fn a_user_who_signed_in_before_is_not_asked() {
    use crate::auth::sign_in::tests::fake::{Fake, READ, device, ending, granted, needs, number};

    let folder = tempfile::tempdir().unwrap();
    let store = TokenStore::at(folder.path().join("tokens"));
    let fake = Fake::new([ending(1, READ), granted(2, READ), granted(3, READ)]).await;
    for expected in [1, 2] {
        let sign_in = fake.builder(device()).store(store.clone()).build().unwrap();
        assert_eq!(number(&sign_in, &needs(&[READ])).await, expected);
    }
    assert_eq!(fake.forms("devicecode").await.len(), 1);
    assert_eq!(fake.forms("token").await[1]["refresh_token"], format!("refresh-{SECRET}-1"));

    let sign_in = fake.builder(device()).store(store.clone()).build().unwrap();
    sign_in.forget().await.unwrap();
    assert_eq!(fs::read_dir(store.folder()).unwrap().count(), 0);
    number(&sign_in, &needs(&[READ])).await;
    assert_eq!(fake.forms("devicecode").await.len(), 2);
}

#[test]
fn a_change_that_was_overtaken_is_not_made() {
    let turns = Turns::default();
    let (save, delete) = (turns.next(), turns.next());
    let mut made = Vec::new();
    for turn in [delete, save] {
        let change = || {
            made.push(turn);
            Ok(())
        };
        turns.take(turn, change).unwrap();
    }
    assert_eq!(made, [delete]);
}
