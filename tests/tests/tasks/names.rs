//! From names to ids.

use pim_client::ErrorKind;
use pim_client::pim::{GroupAccess, Principal, Role};
use serde_json::{Value, json};

use crate::fake::{Fake, HELPDESK, ME, ROLE_ASSIGNMENT, ROLE_ELIGIBILITY, USER_ADMINISTRATOR};

const ROLES: &str = "/v1.0/roleManagement/directory/roleDefinitions";
const USERS: &str = "/v1.0/users";
const GROUPS: &str = "/v1.0/groups";
const UNITS: &str = "/v1.0/directory/administrativeUnits";

#[tokio::test]
async fn a_name_that_several_have_is_an_error_that_lists_them() {
    let fake = Fake::start().await;
    fake.get(
        GROUPS,
        json!({ "value": [{ "id": "g-1", "displayName": "Helpdesk" }, { "id": "g-2", "displayName": "Helpdesk" }] }),
    );
    let error = fake.graph().pim().activate(GroupAccess::member("Helpdesk")).hours(1).send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
    assert_eq!(
        error.to_string(),
        "2 are called \"Helpdesk\": group Helpdesk (g-1), group Helpdesk (g-2); give the id of the one that is meant"
    );
}

#[tokio::test]
async fn a_name_that_nobody_has_is_an_error() {
    let fake = Fake::start().await;
    fake.get(ROLES, json!({ "value": [] }));
    let pim = fake.graph().pim();
    let error = pim.activate("User Admin\u{1b}[2J").hours(1).send().await.unwrap_err();
    assert_eq!(error.to_string(), "no role is called \"User Admin [2J\"; give the whole name, or the id");
    for empty in ["", "  "] {
        assert_eq!(pim.activate(empty).hours(1).send().await.unwrap_err().kind(), ErrorKind::InvalidInput);
        assert!(pim.assign_eligible(empty, "User Administrator").permanently().send().await.is_err());
    }
}

#[tokio::test]
async fn a_name_cannot_change_the_filter() {
    let fake = Fake::start().await;
    fake.get(ROLES, json!({ "value": [] }));
    let pim = fake.graph().pim();
    pim.activate("O'Neil' or displayName ne '").hours(1).send().await.unwrap_err();
    let expected = "displayName eq 'O''Neil'' or displayName ne '''".to_owned();
    assert_eq!(fake.filters(ROLES).await, [Some(expected)]);
}

#[tokio::test]
async fn people_are_found_by_principal_name_id_or_display_name() {
    let fake = Fake::start().await;
    fake.accept(ROLE_ELIGIBILITY, "Provisioned");
    fake.get("/v1.0/users/alined@contoso.com", json!({ "id": ME }));
    fake.get(USERS, json!({ "value": [{ "id": ME, "userPrincipalName": "alined@contoso.com" }] }));
    fake.get(GROUPS, json!({ "value": [] }));
    let pim = fake.graph().pim();
    for who in ["alined@contoso.com", ME, "Aline Dupuy"] {
        pim.assign_eligible(who, Role::new(USER_ADMINISTRATOR)).permanently().send().await.unwrap();
    }
    let principals: Vec<_> =
        fake.posted(ROLE_ELIGIBILITY).await.into_iter().map(|body| body["principalId"].clone()).collect();
    assert_eq!(principals, [ME, ME, ME]);
}

#[tokio::test]
async fn a_user_and_a_group_of_one_name_are_told_apart() {
    let fake = Fake::start().await;
    fake.get(USERS, json!({ "value": [{ "id": ME, "userPrincipalName": "help@contoso.com" }] }));
    let order = fake.graph().pim().assign_active("Helpdesk", "User Administrator").days(1);
    let error = order.send().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        format!(
            "2 are called \"Helpdesk\": group Helpdesk ({HELPDESK}), user help@contoso.com ({ME}); give the id of the one that is meant"
        )
    );
}

#[tokio::test]
async fn a_role_can_be_held_in_an_administrative_unit() {
    let fake = Fake::start().await;
    fake.accept(ROLE_ASSIGNMENT, "Provisioned");
    fake.get(UNITS, json!({ "value": [{ "id": "u-1", "displayName": "Paris" }] }));
    let pim = fake.graph().pim();
    pim.activate(Role::new("User Administrator").in_administrative_unit("Paris")).hours(1).send().await.unwrap();
    pim.activate(Role::new("User Administrator").at("/5d107bba-d8e2-4e13-b6ae-884be90e5d1a"))
        .hours(1)
        .send()
        .await
        .unwrap();
    let scopes: Vec<Value> =
        fake.posted(ROLE_ASSIGNMENT).await.into_iter().map(|body| body["directoryScopeId"].clone()).collect();
    assert_eq!(scopes, ["/administrativeUnits/u-1", "/5d107bba-d8e2-4e13-b6ae-884be90e5d1a"]);
}

#[tokio::test]
async fn all_pages_are_looked_through_before_a_name_is_taken_for_the_only_one() {
    let fake = Fake::start().await;
    let graph = fake.graph();
    let next = format!("{}/groups?$skiptoken=2", graph.connection().version_url("v1.0"));
    fake.answer("GET", GROUPS, move |request| {
        let page = match request.url.query() {
            Some(query) if query.contains("skiptoken") => {
                json!({ "value": [{ "id": "g-2", "displayName": "Helpdesk" }] })
            }
            _ => json!({ "@odata.nextLink": next, "value": [{ "id": "g-1", "displayName": "Helpdesk" }] }),
        };
        crate::fake::ok(page)
    });
    let order = graph.pim().assign_eligible(Principal::id(ME), GroupAccess::member("Helpdesk")).permanently();
    let error = order.send().await.unwrap_err();
    assert!(error.to_string().starts_with("2 are called"), "{error}");
}

#[tokio::test]
async fn names_with_signs_of_addresses_arrive_as_they_are() {
    let fake = Fake::start().await;
    fake.accept(ROLE_ELIGIBILITY, "Provisioned");
    fake.get("/v1.0/users/adele_fabrikam.com%23EXT%23@contoso.com", json!({ "id": ME }));
    fake.get(USERS, json!({ "value": [] }));
    let pim = fake.graph().pim();
    for who in ["adele_fabrikam.com#EXT#@contoso.com", "R&D + 50% of O'Neil's #1"] {
        pim.assign_eligible(who, Role::new(USER_ADMINISTRATOR)).permanently().send().await.unwrap();
    }
    let filter = "displayName eq 'R&D + 50% of O''Neil''s #1'".to_owned();
    assert_eq!(fake.filters(GROUPS).await, [Some(filter)]);
}

#[tokio::test]
async fn a_display_name_can_have_an_at() {
    let fake = Fake::start().await;
    fake.accept(ROLE_ELIGIBILITY, "Provisioned");
    fake.get(USERS, json!({ "value": [] }));
    let pim = fake.graph().pim();
    pim.assign_eligible("Ops @ Paris", Role::new(USER_ADMINISTRATOR)).permanently().send().await.unwrap();
    assert_eq!(fake.posted(ROLE_ELIGIBILITY).await[0]["principalId"], HELPDESK);
    fake.get(GROUPS, json!({ "value": [] }));
    let order = pim.assign_eligible("alined@contoso.org", Role::new(USER_ADMINISTRATOR)).permanently();
    let error = order.send().await.unwrap_err();
    assert_eq!(error.to_string(), "no user or group is called \"alined@contoso.org\"; give the whole name, or the id");
}
