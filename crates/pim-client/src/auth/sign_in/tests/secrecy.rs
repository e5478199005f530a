use std::io;
use std::sync::{Arc, Mutex};

use tracing_subscriber::fmt::MakeWriter;

use super::fake::*;
use crate::auth::sign_in::TokenStore;

/// Everything that is traced.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

#[tokio::test]
async fn no_secret_is_traced_or_shown() {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(log.clone()).finish();
    let _traced = tracing::subscriber::set_default(subscriber);

    let folder = tempfile::tempdir().unwrap();
    let store = TokenStore::at(folder.path().join("tokens"));
    let fake = Fake::new([ending(1, READ), ending(2, READ), refusal("invalid_grant", "x"), granted(4, READ)]).await;
    let sign_in = fake.builder(browser("code=code-s3cr3t&state={state}")).store(store.clone()).build().unwrap();
    for expected in [1, 2, 4] {
        let token = crate::auth::TokenProvider::token(&sign_in, &needs(&[READ])).await.unwrap();
        assert_eq!(numbered(&token), expected);
        assert!(!format!("{token:?} {sign_in:?} {store:?}").contains(SECRET));
    }
    sign_in.forget().await.unwrap();

    let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(log.contains("the user has to sign in") && log.contains("a refresh token is used"), "{log}");
    assert!(!log.contains(SECRET), "{log}");
}
