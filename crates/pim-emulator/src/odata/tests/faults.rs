//! What is said about queries that are wrong.

use super::samples::sample;
use crate::odata::{Filter, Query, Strings};

/// A sample, a filter about it, and what is wrong with it.
const FILTERS: &[(&str, &str, &str)] = &[
    (
        "request",
        "principlaId eq '1'",
        "character 1: unifiedRoleAssignmentScheduleRequest has no property 'principlaId'; did you mean 'principalId'?",
    ),
    (
        "request",
        "status eq 'a' and zzz eq 1",
        "character 19: unifiedRoleAssignmentScheduleRequest has no property 'zzz'",
    ),
    (
        "request",
        "principal/displyName eq 'x'",
        "character 11: directoryObject has no property 'displyName'; did you mean 'displayName'?",
    ),
    ("request", "createdBy/usr/id eq 'x'", "character 11: identitySet has no property 'usr'; did you mean 'user'?"),
    ("request", "status/length eq 1", "character 8: 'status' is a string, which has no properties"),
    ("request", "isValidationOnly eq 'true'", "character 21: a boolean cannot be compared with a string"),
    ("request", "status eq true", "character 11: a string cannot be compared with a boolean"),
    ("request", "status eq 5", "character 11: a string cannot be compared with a number"),
    ("request", "status eq isValidationOnly", "character 8: a string cannot be compared with a boolean"),
    (
        "request",
        "action eq 'selfActivat'",
        "character 11: unifiedRoleScheduleRequestActions has no value 'selfActivat'; did you mean 'selfActivate'?",
    ),
    (
        "request",
        "action gt 'selfActivate'",
        "character 8: 'gt' cannot be used with a value of unifiedRoleScheduleRequestActions",
    ),
    ("request", "isValidationOnly gt false", "character 18: 'gt' cannot be used with a boolean"),
    ("request", "createdBy eq 'x'", "character 14: an object of type identitySet cannot be compared with a string"),
    (
        "request",
        "createdDateTime ge 'yesterday'",
        "character 20: 'yesterday' is no DateTimeOffset such as 2025-03-21T11:06:00Z",
    ),
    (
        "request",
        "createdDateTime ge 2025-13-45T00:00:00Z",
        "character 20: '2025-13-45T00:00:00Z' is no literal; a string stands in single quotes, a time is 2025-03-21T11:06:00Z",
    ),
    ("request", "scheduleInfo/expiration/duration eq 'P1Y'", "character 37: 'P1Y' is no Duration such as PT5H"),
    ("request", "status eq \"x\"", "character 11: strings stand in single quotes"),
    (
        "request",
        "status eq 'x",
        "character 11: the string has no end; close it with a single quote, and double each quote that is part of it",
    ),
    ("request", "status == 'x'", "character 8: '=' has no meaning here"),
    ("request", "status equals 'x'", "character 8: 'equals' does not continue the expression; did you mean 'eq'?"),
    ("request", "status", "character 1: 'status' is a string, not a condition; compare it, as with 'eq'"),
    ("request", "status eq 'x' and", "character 18: a property or a value is missing; there is the end"),
    ("request", "status eq", "character 10: a property or a value is missing; there is the end"),
    ("request", "(status eq 'x'", "character 15: ')' is missing to close what '(' opened; there is the end"),
    (
        "request",
        "status eq 'x')",
        "character 14: ')' does not continue the expression; an operator such as 'eq' or 'and' belongs here",
    ),
    ("request", "startwith(status,'x')", "character 1: there is no function 'startwith'; did you mean 'startswith'?"),
    ("request", "startswith(status)", "character 18: startswith takes 2 arguments, not 1"),
    ("request", "startswith(status,'a','b')", "character 22: startswith takes no more than 2 arguments"),
    ("request", "startswith(status,1)", "character 19: startswith takes a string here, not a number"),
    ("request", "year(status) eq 1", "character 6: year takes a DateTimeOffset or a Date here, not a string"),
    ("request", "status in 'x'", "character 11: '(' is missing before the values of 'in'; there is a string"),
    (
        "request",
        "status in (justification)",
        "character 12: 'in' takes literals such as ('a','b'); there is 'justification'",
    ),
    (
        "request",
        "principal/microsoft.graph.usr/id eq 'x'",
        "character 11: 'microsoft.graph.usr' is no type of directoryObject; did you mean 'microsoft.graph.user'?",
    ),
    (
        "audit",
        "targetResources/id eq 'x'",
        "character 17: 'targetResources' is a collection; say 'targetResources/any(x:x/id …)'",
    ),
    ("admins", "groupTypes eq 'Unified'", "character 15: a collection cannot be compared with a string"),
    ("admins", "groupTypes eq null", "character 12: a collection cannot be compared; say 'groupTypes/any(x:x …)'"),
    (
        "admins",
        "displayName/any(x:x eq 'a')",
        "character 13: 'displayName' is no collection; 'any' is about the items of one",
    ),
    ("admins", "groupTypes/some(x:x eq 'a')", "character 12: 'some' is neither 'any' nor 'all'"),
    ("admins", "groupTypes/any(x eq 'a')", "character 18: ':' is missing behind the name of the items; there is 'eq'"),
    ("admins", "groupTypes/all()", "character 16: a name for the items is missing; there is ')'"),
    (
        "admins",
        "members/any(m:m/idd eq 'a')",
        "character 17: directoryObject has no property 'idd'; did you mean 'id'?",
    ),
    ("role", "displayName eq 'é' and nope eq 1", "character 24: unifiedRoleDefinition has no property 'nope'"),
];

#[test]
fn a_filter_that_is_wrong_says_where() {
    for (name, filter, message) in FILTERS {
        let (schema, _) = sample(name);
        let fault = Filter::parse(filter, schema, Strings::Exact).expect_err(filter);
        assert_eq!((fault.message.as_str(), fault.code), (format!("$filter, {message}").as_str(), "BadRequest"));
    }
}

/// A query about the sample of a request, and what is wrong with it.
const QUERIES: &[(&str, &str)] = &[
    ("$top=-1", "$top, character 1: $top cannot be '-1'; it is a number from 0 on"),
    ("$top=ten", "$top, character 1: $top cannot be 'ten'; it is a number from 0 on"),
    ("$skip=1.5", "$skip, character 1: $skip cannot be '1.5'; it is a number from 0 on"),
    ("$count=yes", "$count, character 1: $count cannot be 'yes'; it is true or false"),
    ("$format=xml", "$format, character 1: $format cannot be 'xml'; it is json"),
    ("$filter=", "$filter, character 1: $filter has no value; give one, or leave the option out"),
    ("$top=1&$top=2", "$top is given twice; give it once"),
    ("$top=1&TOP=2", "$top is given twice; give it once"),
    ("$filer=status eq 'x'", "there is no query option '$filer'; did you mean '$filter'?"),
    ("$apply=aggregate(x)", "there is no query option '$apply'"),
    ("$filter=%ff", "$filter: the value is not UTF-8; encode it as UTF-8 and then with percent signs"),
    (
        "$select=id,statu",
        "$select, character 4: unifiedRoleAssignmentScheduleRequest has no property 'statu'; did you mean 'status'?",
    ),
    ("$select=id,,status", "$select, character 4: the name of a property is missing"),
    ("$select=status/x", "$select, character 8: 'status' has no properties to select"),
    (
        "$expand=principle",
        "$expand, character 1: unifiedRoleAssignmentScheduleRequest has no navigation property 'principle'; did you mean 'principal'?",
    ),
    ("$expand=createdBy", "$expand, character 1: 'createdBy' cannot be expanded: it is sent with the object itself"),
    ("$expand=principal,principal", "$expand, character 11: 'principal' is expanded twice"),
    ("$expand=roleDefinition($select=nam)", "$expand, character 24: unifiedRoleDefinition has no property 'nam'"),
    (
        "$expand=roleDefinition($selct=id)",
        "$expand, character 16: there is no query option '$selct'; did you mean '$select'?",
    ),
    ("$expand=roleDefinition($select=id", "$expand, character 26: ')' is missing behind the options"),
    (
        "$expand=roleDefinition(id)",
        "$expand, character 16: an option with a value is missing, one of $filter, $select, $expand, $orderby, $top, $skip, $count, $search",
    ),
    (
        "$expand=roleDefinition($top=1)",
        "$expand, character 16: 'roleDefinition' is one object; only $select and $expand go with it",
    ),
    (
        "$expand=roleDefinition/inheritsPermissionsFrom",
        "$expand, character 16: a path cannot be expanded; say 'roleDefinition($expand=inheritsPermissionsFrom)'",
    ),
    ("$orderby=createdDateTime down", "$orderby, character 17: 'down' is no direction; it is asc or desc"),
    (
        "$orderby=createdBy",
        "$orderby, character 1: there is no order of an object of type identitySet; name a property of it",
    ),
    ("$orderby=status,", "$orderby, character 8: a property to order by is missing"),
    ("$search=\"status:x", "$search, character 1: the phrase has no end; close it with '\"'"),
    (
        "$search=status:x",
        "$search, character 1: a property and what to look for in it stand in double quotes: \"status:x\"",
    ),
    ("$search=\"nope:x\"", "$search, character 1: unifiedRoleAssignmentScheduleRequest has no property 'nope'"),
];

#[test]
fn a_query_that_is_wrong_says_where() {
    let (schema, _) = sample("request");
    for (query, message) in QUERIES {
        let fault = Query::parse(Some(query), schema, Strings::Exact).expect_err(query);
        assert_eq!((fault.message.as_str(), fault.code), (*message, "BadRequest"), "{query}");
    }
}

#[test]
fn what_is_nested_too_deep_is_refused_rather_than_read() {
    let (schema, _) = sample("ada");
    for (open, close) in [("(", ")"), ("not ", ""), ("tolower(", ")"), ("not(", ")")] {
        let filter = format!("{}accountEnabled{}", open.repeat(50_000), close.repeat(50_000));
        let fault = Filter::parse(&filter, schema, Strings::Exact).expect_err(open);
        assert!(fault.message.contains("nested deeper than 32 levels"), "{}", fault.message);
    }
    let fault = Filter::parse(&"memberOf/any(m:".repeat(5_000), schema, Strings::Exact).unwrap_err();
    assert!(fault.message.contains("nested deeper than 32 levels"), "{}", fault.message);
    let casts = format!("$select={}id", "microsoft.graph.user/".repeat(50_000));
    Query::parse(Some(&casts), schema, Strings::Exact).unwrap();
    for query in [
        format!("$expand={}memberOf{}", "memberOf($expand=".repeat(5_000), ")".repeat(5_000)),
        format!("$search={}", "(".repeat(50_000)),
        format!("$search={}", "NOT ".repeat(50_000)),
    ] {
        let fault = Query::parse(Some(&query), schema, Strings::Exact).unwrap_err();
        assert!(fault.message.contains("nested deeper than 32 levels"), "{}", fault.message);
    }
}

#[test]
fn a_fault_is_one_line_however_long_or_broken_the_query_is() {
    let (schema, _) = sample("ada");
    let filter = format!("accountEnabled eq 'a\nb\u{7}{}'", "x".repeat(100_000));
    let fault = Filter::parse(&filter, schema, Strings::Exact).unwrap_err();
    assert!(!fault.message.contains(char::is_control));
    let filter = format!("nope\u{fffd} {}", "x".repeat(100_000));
    let fault = Filter::parse(&filter, schema, Strings::Exact).unwrap_err();
    assert!(fault.message.chars().count() <= 601, "{}", fault.message);
    let filter = format!("createdDateTime eq 'a\nb{}'", "x".repeat(100_000));
    let fault = Filter::parse(&filter, schema, Strings::Exact).unwrap_err();
    assert!(fault.message.starts_with("$filter, character 20: 'a bxxx") && fault.message.ends_with("xxx…"));
    assert_eq!(fault.message.chars().count(), 601);
}

#[test]
fn what_is_only_long_is_read() {
    let (schema, _) = sample("ada");
    let filter = vec!["displayName eq 'x'"; 5_000].join(" or ");
    assert_eq!(Filter::parse(&filter, schema, Strings::Exact).unwrap().most_alternatives(), 5_000);
}
