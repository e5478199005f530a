//! What holds for any text.

use proptest::prelude::*;

use super::samples::{Directory, sample};
use crate::odata::{Filter, Query, Strings};

/// Conditions on the sample of a request.
fn condition() -> impl Strategy<Value = String> {
    let text = "[a-z' é/]{0,6}".prop_map(|text| format!("'{}'", text.replace('\'', "''")));
    let property = prop::sample::select(vec!["status", "principal/displayName", "createdBy/user/id", "PRINCIPALID"]);
    let operator = prop::sample::select(vec!["eq", "ne", "GT", "ge", "lt", "le"]);
    let number = prop_oneof![any::<i64>().prop_map(|n| n.to_string()), (-1e9..1e9).prop_map(|n: f64| format!("{n:?}"))];
    let leaf = prop_oneof![
        (property.clone(), operator.clone(), text.clone()).prop_map(|(p, o, t)| format!("{p} {o} {t}")),
        (property.clone(), prop::collection::vec(text.clone(), 1..4))
            .prop_map(|(p, list)| format!("{p} in ({})", list.join(", "))),
        (property.clone(), text).prop_map(|(p, t)| format!("startswith({p},{t})")),
        (property, operator.clone(), number).prop_map(|(p, o, n)| format!("length({p}) {o} {n}")),
        (operator, 0..3000_i32, 1..13_u32, -720..720_i32).prop_map(|(o, year, month, offset)| {
            let (sign, offset) = (if offset < 0 { '-' } else { '+' }, offset.abs());
            format!("createdDateTime {o} {year:04}-{month:02}-28T01:02:03.5{sign}{:02}:{:02}", offset / 60, offset % 60)
        }),
        Just("isValidationOnly".to_owned()),
        Just("principal/memberOf/any(g:g/id eq 'admins' or g/displayName eq status)".to_owned()),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4).prop_map(|parts| format!("({})", parts.join(") and ("))),
            prop::collection::vec(inner.clone(), 2..4).prop_map(|parts| parts.join(" or ")),
            inner.clone().prop_map(|part| format!("not ({part})")),
            inner.prop_map(|part| format!("({part}) eq true")),
        ]
    })
}

/// Words and signs of the language in any order.
fn babble() -> impl Strategy<Value = String> {
    let words = vec![
        "status",
        "principal",
        "members",
        "/",
        "any",
        "(",
        ")",
        "x",
        ":",
        ",",
        "eq",
        "and",
        "or",
        "not",
        "in",
        "'",
        "''",
        " ",
        "null",
        "true",
        "5",
        "-",
        "2025-03-21T11:06:00Z",
        "9b6c9bd6-1d9f-4c4c-a7bb-8ed3c5cd9d0f",
        "startswith",
        "duration'PT5H'",
        "$count",
        "$it",
        ";",
        "$select=",
        "$expand=",
        "$filter=",
        "=",
        "*",
        "\"",
        "displayName:",
        "é",
        "microsoft.graph.user",
        "%",
        "&",
        "desc",
    ];
    prop::collection::vec(prop::sample::select(words), 0..30).prop_map(|words| words.concat())
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused_in_one_line(
        option in prop::sample::select(vec!["$filter", "$select", "$expand", "$orderby", "$search", "$top"]),
        text in prop_oneof![babble(), ".{0,40}", "[a-z'()/:, ]{0,40}"],
    ) {
        for name in ["request", "admins", "object"] {
            let (schema, entity) = sample(name);
            match Query::parse(Some(&format!("{option}={text}")), schema, Strings::Exact) {
                Ok(query) => {
                    let Ok(chosen) = query.choose(vec![entity], &Directory);
                    for entity in chosen.entities {
                        let Ok(_) = query.project(entity, &Directory);
                    }
                }
                Err(fault) => prop_assert!(!fault.message.is_empty() && !fault.message.contains(char::is_control)),
            }
        }
    }

    #[test]
    fn what_is_written_is_read_as_the_same(text in condition()) {
        let (schema, entity) = sample("request");
        let filter = Filter::parse(&text, schema, Strings::Exact);
        let filter = filter.map_err(|fault| TestCaseError::fail(format!("{text}: {fault}")))?;
        let written = filter.to_string();
        let again = Filter::parse(&written, schema, Strings::Exact);
        let again = again.map_err(|fault| TestCaseError::fail(format!("{text}: {written}: {fault}")))?;
        prop_assert_eq!(&again, &filter, "{} became {}", text, written);
        prop_assert_eq!(again.matches(&entity, &Directory), filter.matches(&entity, &Directory));
    }

    #[test]
    fn what_is_babbled_and_read_is_written_as_the_same(text in babble()) {
        let (schema, _) = sample("admins");
        if let Ok(filter) = Filter::parse(&text, schema, Strings::Exact) {
            prop_assert_eq!(Filter::parse(&filter.to_string(), schema, Strings::Exact), Ok(filter));
        }
    }
}
