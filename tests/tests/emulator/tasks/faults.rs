//! What goes wrong on the way: nothing is done twice, and nothing is forgotten.

use std::time::Duration;

use pim_client::pim::{Pim, PimRequest};
use pim_emulator::{DropWhen, Emulator};

use super::{ADELE, ADMIN, contoso, pim, shown};

const ROLE: &str = "Groups Administrator";

async fn activate(adele: &Pim) -> pim_client::Result<PimRequest> {
    adele.activate(ROLE).hours(1).justification("A group is to be made").send().await
}

/// How many requests an activation takes before the one that matters: who the caller is, and what the role's id is.
async fn requests_before(emulator: &Emulator) -> u64 {
    let adele = pim(emulator, ADELE);
    adele.activate(ROLE).hours(1).justification("Would it work?").validate().await.expect("a trial");
    let before = emulator.requests().iter().take_while(|request| request.method == "GET").count();
    u64::try_from(before).expect("few")
}

/// The ids of the activations that the service has on record.
async fn on_record(emulator: &Emulator) -> Vec<String> {
    let admin = emulator.client_as(ADMIN).expect("a client");
    let requests = admin.role_management().directory().role_assignment_schedule_requests();
    let requests = requests.list().all().await.expect("a list");
    requests.into_iter().filter_map(|request| Some(request.id?.to_string())).collect()
}

#[tokio::test]
async fn an_activation_whose_answer_is_lost_is_found_and_not_made_twice() {
    let emulator = contoso().await;
    let before = requests_before(&emulator).await;
    emulator.faults().drop_connections(before + 1, DropWhen::After);
    let adele = pim(&emulator, ADELE);
    let asked = emulator.requests().len();
    let request = activate(&adele).await.unwrap();
    emulator.faults().clear();

    let asked = emulator.requests().split_off(asked);
    let posted: Vec<_> = asked.iter().filter(|request| request.method == "POST").map(|one| one.status).collect();
    assert_eq!(posted, [201], "the service did it, and was not asked again: {asked:#?}");
    assert_eq!(on_record(&emulator).await, [request.id]);
    assert_eq!(shown(&adele.active_roles().await.unwrap()), [ROLE]);
}

#[tokio::test]
async fn an_activation_that_never_arrived_is_sent_again() {
    let emulator = contoso().await;
    let before = requests_before(&emulator).await;
    emulator.faults().drop_connections(before + 1, DropWhen::Before);
    let adele = pim(&emulator, ADELE);
    let request = activate(&adele).await.unwrap();
    emulator.faults().clear();
    assert_eq!(on_record(&emulator).await, [request.id]);
    assert_eq!(shown(&adele.active_roles().await.unwrap()), [ROLE]);
}

#[tokio::test]
async fn a_service_that_throttles_is_asked_again() {
    let emulator = contoso().await;
    emulator.faults().throttle(2, Duration::ZERO);
    let adele = pim(&emulator, ADELE);
    activate(&adele).await.unwrap();
    assert_eq!(shown(&adele.active_roles().await.unwrap()), [ROLE]);
    let throttled = emulator.requests().iter().filter(|request| request.status == 429).count();
    assert!(throttled > 1, "{throttled}");
    emulator.faults().clear();
    assert_eq!(on_record(&emulator).await.len(), 1);
}

/// The directory has a new user at once, and PIM only some time later.
#[tokio::test]
async fn whoever_is_not_known_yet_can_be_tried_again() {
    let emulator = contoso().await;
    emulator.delay_replication(Duration::from_mins(1));
    let admin = emulator.client_as(ADMIN).unwrap();
    let password = pim_client::v1_0::models::PasswordProfile::new().password("xWwvJ]6NMw+bWH-d");
    let user = pim_client::v1_0::models::UserCreate::new(true, "New", "new", password, "new@contoso.com");
    let user = admin.users().create(&user).await.unwrap().id.unwrap();
    let who = || pim_client::pim::Principal::id(user.as_str());
    let order = || admin.pim().assign_eligible(who(), "User Administrator").days(1);
    let unknown = order().send().await.unwrap_err();
    assert_eq!((unknown.status(), unknown.hint().as_deref()), (Some(404), Some("if it is new, try again in a minute")));
    emulator.clock().advance(Duration::from_mins(1));
    order().send().await.unwrap();
}
