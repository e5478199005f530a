//! A thousand requests, page by page.

use std::collections::HashSet;

use pim_emulator::tenant::{RoleAssignment, RoleDefinition, Tenant, User};
use pim_emulator::{Builder, Emulator};
use serde_json::Value;

use crate::web::{error, json, request};

const ADMINISTRATOR: &str = "admin@example.com";
const REQUESTS: &str = "/v1.0/roleManagement/directory/roleEligibilityScheduleRequests";

/// With a thousand eligibilities, each of which came by a request.
fn with_a_thousand_requests() -> Builder {
    let tenant = Tenant::new("Pages", "example.com")
        .user(User::new(ADMINISTRATOR, "Administrator"))
        .role_assignment(RoleAssignment::new(ADMINISTRATOR, "Global Administrator"));
    let tenant =
        (0..20).fold(tenant, |tenant, role| tenant.role_definition(RoleDefinition::new(format!("Role {role}"))));
    let tenant = (0..50).fold(tenant, |tenant, number| {
        let name = format!("user{number}@example.com");
        let tenant = tenant.user(User::new(&name, format!("User {number}")));
        (0..20).fold(tenant, |tenant, role| {
            tenant.eligibility(pim_emulator::tenant::Eligibility::to_role(&name, format!("Role {role}")))
        })
    });
    Emulator::builder().tenant(tenant)
}

#[tokio::test]
async fn the_client_gets_each_of_a_thousand_once() {
    let emulator = with_a_thousand_requests().start().await.expect("it starts");
    let admin = emulator.client_as(ADMINISTRATOR).expect("a client");
    let list = || admin.role_management().directory().role_eligibility_schedule_requests().list();
    let all = list().all().await.expect("they can be listed");
    let ids: HashSet<_> = all.iter().map(|request| request.id.clone()).collect();
    assert_eq!((all.len(), ids.len()), (1000, 1000));
    assert_eq!(emulator.requests().len(), 10, "a page has a hundred unless said otherwise");
    assert_eq!(list().top(400).all().await.expect("they can be listed").len(), 1000);
    assert_eq!(emulator.requests().len(), 13);
}

#[tokio::test]
async fn the_next_page_is_where_the_client_reaches_it() {
    let emulator = with_a_thousand_requests().start().await.expect("it starts");
    let next_link = async |headers: &[(&str, &str)]| {
        let asked = request(&emulator, ADMINISTRATOR, "GET", &format!("{REQUESTS}?$top=2&$select=id"));
        let asked = headers.iter().fold(asked, |asked, (name, value)| asked.header(*name, *value));
        let page: Value = json(asked.send().await.expect("it answers")).await;
        page["@odata.nextLink"].as_str().expect("there is more").to_owned()
    };
    let path = format!("{REQUESTS}?$top=2&$select=id&$skiptoken=");
    assert!(next_link(&[]).await.starts_with(&format!("{}{path}", emulator.url())));
    let by_name = next_link(&[("Host", "pim.localhost:8443")]).await;
    assert!(by_name.starts_with(&format!("http://pim.localhost:8443{path}")), "{by_name}");
    // A proxy that speaks TLS says so; which host it is known by is in Host, and nowhere else.
    let secure = [("Host", "pim.localhost"), ("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "elsewhere")];
    let by_proxy = next_link(&secure).await;
    assert!(by_proxy.starts_with(&format!("https://pim.localhost{path}")), "{by_proxy}");
    // What cannot be a host is refused before it could be repeated.
    let odd = request(&emulator, ADMINISTRATOR, "GET", REQUESTS).header("Host", "a<b").send().await;
    assert_eq!(error(odd.expect("it answers")).await, (421, "MisdirectedRequest".to_owned()));
}

#[tokio::test]
async fn what_comes_while_one_pages_does_not_disturb() {
    let emulator = with_a_thousand_requests().start().await.expect("it starts");
    let admin = emulator.client_as(ADMINISTRATOR).expect("a client");
    let first = json(
        request(&emulator, ADMINISTRATOR, "GET", &format!("{REQUESTS}?$top=999")).send().await.expect("it answers"),
    )
    .await;
    let seen: HashSet<_> = first["value"].as_array().expect("a page").iter().map(|it| it["id"].clone()).collect();
    admin
        .pim()
        .assign_eligible("user1@example.com", "User Administrator")
        .days(1)
        .send()
        .await
        .expect("it is assigned");
    let next = first["@odata.nextLink"].as_str().expect("there is more").trim_start_matches(&emulator.url()).to_owned();
    let second = json(request(&emulator, ADMINISTRATOR, "GET", &next).send().await.expect("it answers")).await;
    let rest = second["value"].as_array().expect("a page");
    assert_eq!(rest.len(), 2, "the last of the thousand, and the new one");
    assert!(rest.iter().all(|it| !seen.contains(&it["id"])));
    assert!(second.get("@odata.nextLink").is_none());
}
