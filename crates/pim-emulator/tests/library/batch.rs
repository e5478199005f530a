//! Batches, as the client sends them.

use crate::web::{ADELE, emulator};

#[tokio::test]
async fn the_clients_batch_has_an_answer_for_each_request() {
    let emulator = emulator().await;
    let adele = emulator.client_as(ADELE).expect("a client");
    let mut batch = adele.batch();
    let me = batch.add(adele.me().get());
    let roles = batch.add(adele.role_management().directory().role_definitions().list());
    let missing = batch.add(adele.groups().by_id("00000000-0000-0000-0000-000000000001").get());
    // More than one batch can hold.
    let others: Vec<_> = (0..30).map(|_| batch.add(adele.me().get())).collect();
    let mut answers = batch.send().await.expect("it is answered");
    let me = answers.take(me).expect("a user");
    assert_eq!(me.user_principal_name.as_deref(), Some(ADELE));
    assert!(!answers.take(roles).expect("a page").is_empty());
    assert_eq!(answers.take(missing).expect_err("there is none").status(), Some(404));
    for other in others {
        assert_eq!(answers.take(other).expect("a user").id, me.id);
    }
    assert_eq!(emulator.requests().len(), 2, "a batch is one request");
}
