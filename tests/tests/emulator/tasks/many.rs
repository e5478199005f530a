//! Many activations at once: each has an outcome of its own.

use pim_client::pim::{GroupAccess, Privilege};

use super::{ADELE, contoso, pim};

#[tokio::test]
async fn each_has_its_own_outcome() {
    let emulator = contoso().await;
    let adele = pim(&emulator, ADELE);
    let all: [Privilege; 4] = [
        "Groups Administrator".into(),
        GroupAccess::member("Production operators").into(),
        "Security Reader".into(),
        "Head of Everything".into(),
    ];
    let round = async || {
        let orders = all.iter().map(|one| adele.activate(one.clone()).hours(1).justification("On call this week"));
        let reports = adele.activate_all(orders).await;
        reports.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    let first = round().await;
    assert_eq!(first[0], "Groups Administrator: activated");
    assert_eq!(first[1], "member of Production operators: needs an approval (PendingApproval)");
    assert!(first[2].starts_with("Security Reader: failed: ") && first[2].contains("not eligible"), "{first:#?}");
    assert!(first[3].starts_with("Head of Everything: failed: "), "{first:#?}");
    let second = round().await;
    assert!(second[0].starts_with("Groups Administrator: already active until "), "{second:#?}");
    assert_eq!(second[1], "member of Production operators: already asked for (PendingApproval)");
    assert!(second[2].starts_with("Security Reader: failed: "), "{second:#?}");
    assert!(second[3].starts_with("Head of Everything: failed: "), "{second:#?}");
}
