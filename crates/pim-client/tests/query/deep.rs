//! Filters that a program makes in a loop, however long.

use pim_client::query::{Filter, not};

use crate::thing::{Thing, fields};

/// More than the stack would hold if each were a call within another.
const MANY: usize = 100_000;

#[test]
fn many_are_joined_by_one_operator() {
    let filter = (0..MANY).map(|number| fields::text().eq(number.to_string())).reduce(Filter::or).unwrap();
    let text = filter.clone().to_string();
    assert!(text.starts_with("text eq '0' or text eq '1' or ") && text.ends_with(" or text eq '99999'"));
    assert!(!text.contains('('));
    assert_eq!(format!("{filter:?}").len(), text.len() + "Filter(\"\")".len());

    let backwards = (0..1000).map(|_| fields::is_on().eq(true)).reduce(|all, one| one.and(all)).unwrap();
    assert_eq!(backwards.to_string().matches(" and ").count(), 999);
}

#[test]
fn operators_alternate() {
    let (a, b) = (fields::is_on().eq(true), fields::is_on().eq(false));
    let filter = (0..MANY).fold(a.clone(), |filter, _| (filter | a.clone()) & b.clone());
    let text = filter.to_string();
    assert_eq!(text.matches('(').count(), MANY);
    assert!(text.ends_with(") and isOn eq false"));
}

#[test]
fn negations_and_collections_are_nested() {
    let filter = (0..MANY).fold(fields::is_on().eq(true), |filter, _| not(filter));
    assert!(filter.to_string().ends_with("not not (isOn eq true)"));
    let filter: Filter<Thing> = (0..1000).fold(fields::is_on().eq(true), |filter, _| fields::parts().any(filter));
    let text = filter.to_string();
    assert!(text.starts_with("parts/any(x:x/parts/any(x2:x2/parts/any(x3:x3/parts/any(x4:"), "{text}");
    assert!(text.contains("x1000/isOn eq true"), "{text}");
}
