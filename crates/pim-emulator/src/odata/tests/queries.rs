//! What queries as a whole choose.

use serde_json::{Value, json};

use super::samples::{Directory, ada, admins, bob, sample};
use crate::odata::{Entity, Filter, OrderBy, Query, Search, Strings};

fn query(name: &str, text: &str) -> Query {
    let (schema, _) = sample(name);
    Query::parse(Some(text), schema, Strings::Exact).unwrap_or_else(|fault| panic!("{text}: {fault}"))
}

fn entities(values: impl IntoIterator<Item = Value>) -> Vec<Entity> {
    values.into_iter().filter_map(|value| value.as_object().cloned()).collect()
}

fn ids(entities: &[Entity]) -> Vec<&str> {
    entities.iter().filter_map(|entity| entity.get("id")?.as_str()).collect()
}

#[test]
fn options_go_by_their_names_in_any_letter_case_and_without_dollar() {
    for text in [
        "$filter=status eq 'a b'&$top=5&$count=true",
        "$FILTER=status%20eq%20%27a%20b%27&$Top=5&$count=TRUE",
        "filter=status+eq+'a+b'&top=5&count=True",
        "%24filter=status+eq+'a%20b'&%24top=5&%24count=true&custom=1&@alias=2&",
    ] {
        let query = query("request", text);
        assert_eq!(query.filter.as_ref().map(ToString::to_string).as_deref(), Some("status eq 'a b'"));
        assert_eq!((query.top, query.skip, query.count), (Some(5), None, true), "{text}");
    }
}

#[test]
fn without_options_all_is_asked_for() {
    for text in ["", "&", "$select=", "$expand=&$skiptoken=", "api-version=1", "$format=json"] {
        let query = query("request", text);
        assert!(query.filter.is_none() && query.select.is_none() && query.expand.is_empty() && !query.count, "{text}");
        assert_eq!(query.context(), "");
    }
    assert_eq!(query("request", "$skiptoken=abc%3D").skip_token.as_deref(), Some("abc="));
}

#[test]
fn orders_by_one_value_after_the_other_with_null_first() {
    let people = [
        json!({ "id": "1", "department": "b", "displayName": "x" }),
        json!({ "id": "2", "department": null, "displayName": "y" }),
        json!({ "id": "3", "department": "B", "displayName": "z" }),
        json!({ "id": "4", "department": "b", "displayName": "w" }),
        json!({ "id": "5", "department": null, "displayName": "y" }),
    ];
    for (order, expected) in [
        ("department", ["2", "5", "3", "1", "4"]),
        ("department asc", ["2", "5", "3", "1", "4"]),
        ("DEPARTMENT Desc", ["1", "4", "3", "2", "5"]),
        ("department desc,displayName", ["4", "1", "3", "2", "5"]),
        ("tolower(department) , displayName desc", ["2", "5", "3", "1", "4"]),
    ] {
        let (schema, _) = sample("ada");
        let order_by = OrderBy::parse(order, schema, Strings::Exact).unwrap();
        let Ok(sorted) = order_by.sort(entities(people.clone()), &Directory);
        assert_eq!(ids(&sorted), expected, "{order}");
    }
    let (schema, _) = sample("ada");
    let Ok(sorted) = OrderBy::parse("department", schema, Strings::AnyCase).unwrap().sort(entities(people), &Directory);
    assert_eq!(ids(&sorted), ["2", "5", "1", "3", "4"]);
}

#[test]
fn orders_by_what_is_related() {
    let (schema, _) = sample("ada");
    let Ok(sorted) = OrderBy::parse("manager/displayName desc", schema, Strings::Exact)
        .unwrap()
        .sort(entities([bob(), ada()]), &Directory);
    assert_eq!(ids(&sorted), ["ada", "bob"]);
}

#[test]
fn times_are_ordered_as_instants() {
    let (schema, _) = sample("request");
    let requests = ["2025-01-01T01:30:00+02:00", "2025-01-01T00:00:00Z", "2024-12-31T23:00:00Z"];
    let requests = requests.map(|time| json!({ "id": time, "createdDateTime": time }));
    let Ok(sorted) =
        OrderBy::parse("createdDateTime", schema, Strings::Exact).unwrap().sort(entities(requests), &Directory);
    assert_eq!(ids(&sorted), ["2024-12-31T23:00:00Z", "2025-01-01T01:30:00+02:00", "2025-01-01T00:00:00Z"]);
}

#[test]
fn chooses_filters_orders_skips_and_takes() {
    let numbered = (0..10).map(|number| json!({ "id": number.to_string(), "displayName": "x" }));
    let query = query("ada", "$filter=id ne '3'&$orderby=id desc&$skip=2&$top=3&$count=true");
    let Ok(chosen) = query.choose(entities(numbered), &Directory);
    assert_eq!((chosen.total, ids(&chosen.entities)), (9, vec!["7", "6", "5"]));
}

#[test]
fn searches_the_beginnings_of_words() {
    let (schema, entity) = sample("admins");
    for (search, found) in [
        (r#""displayName:admin""#, true),
        (r#""displayName:TENANT adm""#, true),
        (r#""displayName:dmins""#, false),
        (r#""displayName:wide-admins""#, true),
        (r#""DisplayName:x" OR "description:those""#, true),
        (r#""displayName:admin" AND "description:nobody""#, false),
        (r#""displayName:admin" "description:who""#, true),
        (r#"("displayName:x" OR "displayName:wide") AND NOT "description:nobody""#, true),
        (r#""displayName:x" OR "displayName:y" AND "displayName:admin""#, false),
        ("unified", true),
        (r#""those who""#, true),
    ] {
        let parsed = Search::parse(search, schema).unwrap_or_else(|fault| panic!("{search}: {fault}"));
        assert_eq!(parsed.matches(&entity), found, "{search}");
    }
    assert!(!query("ada", "$search=\"displayName:zoe\"").matches(&sample("ada").1, &Directory).unwrap());
    assert!(admins().is_object());
}

#[test]
fn what_a_filter_requires_can_be_looked_up() {
    let (schema, _) = sample("schedule");
    let required = |text: &str, path| Filter::parse(text, schema, Strings::Exact).unwrap().required(path);
    let values = |values: &[&str]| Some(values.iter().map(|value| (*value).to_owned()).collect::<Vec<_>>());
    for (filter, expected) in [
        ("groupId eq 'a'", values(&["a"])),
        ("'a' eq GROUPID", values(&["a"])),
        ("status eq 'x' and (groupId eq 'a' and accessId eq 'owner')", values(&["a"])),
        ("groupId eq 'a' or groupId eq 'b' or groupId eq 'a'", values(&["a", "b"])),
        ("groupId in ('a','b')", values(&["a", "b"])),
        ("groupId in ('a','b') and groupId eq 'B'", values(&["b"])),
        ("groupId eq 'a' and groupId eq 'b'", values(&[])),
        ("(groupId eq 'a' and status eq 'x') or (groupId eq 'b' and status eq 'y')", values(&["a", "b"])),
        ("groupId eq 9b6c9bd6-1d9f-4c4c-a7bb-8ed3c5cd9d0f", values(&["9b6c9bd6-1d9f-4c4c-a7bb-8ed3c5cd9d0f"])),
        ("groupId eq 'a' or status eq 'x'", None),
        ("not (groupId eq 'a')", None),
        ("groupId ne 'a'", None),
        ("groupId eq null", None),
        ("startswith(groupId,'a')", None),
        ("principalId eq 'a'", None),
        ("status eq 'x'", None),
    ] {
        assert_eq!(required(filter, "groupId"), expected, "{filter}");
    }
    assert_eq!(required("principal/id eq 'p' and groupId eq 'a'", "principal/id"), values(&["p"]));
    assert_eq!(required("accessId eq 'MEMBER'", "accessId"), values(&["member"]));
}

#[test]
fn a_collection_can_refuse_what_it_does_not_answer() {
    let (schema, _) = sample("request");
    let parse = |text: &str| Filter::parse(text, schema, Strings::Exact).unwrap();
    let long = parse(&vec!["roleDefinitionId eq 'x'"; 21].join(" or "));
    let fault = long.limit_alternatives(20).unwrap_err();
    assert_eq!(fault.code, "InvalidFilter");
    assert_eq!(
        fault.message,
        "$filter: there are 21 alternatives, and no more than 20 are allowed; ask for fewer at a time"
    );
    long.limit_alternatives(21).unwrap();
    parse("not (status eq 'x' and roleDefinitionId in ('1','2'))").limit_alternatives(1).unwrap_err();
}

#[test]
fn tells_advanced_queries_from_others() {
    let (schema, _) = sample("admins");
    for (filter, advanced) in [
        ("displayName eq 'x' and startswith(mail,'y')", None),
        ("displayName ne 'x'", Some("ne")),
        ("not (displayName eq 'x')", Some("not")),
        ("endswith(mail,'x')", Some("endswith")),
        ("owners/$count eq 0", Some("$count")),
    ] {
        assert_eq!(Filter::parse(filter, schema, Strings::AnyCase).unwrap().advanced(), advanced, "{filter}");
    }
}
