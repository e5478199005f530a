//! The demo, from its first line to its last: what it prints is what was asked and answered.

// Not everything of the program is of use here.
#[path = "../examples/demo/json.rs"]
mod json;
#[path = "../examples/demo/page.rs"]
mod page;
#[path = "../examples/demo/timeline.rs"]
mod timeline;
#[path = "../examples/demo/tour.rs"]
mod tour;

use std::collections::BTreeMap;

use page::{Page, WIDTH};
use uuid::Uuid;

#[tokio::test]
async fn the_demo_plays_the_tutorial() {
    let mut printed = Vec::new();
    tour::run(&mut Page::new(&mut printed, false)).await.unwrap();
    let printed = String::from_utf8(printed).unwrap();
    for line in printed.lines() {
        assert!(line.chars().count() <= WIDTH, "too wide: {line}");
    }
    insta::assert_snapshot!(with_ids_mapped(&printed));
}

#[tokio::test]
async fn colours_are_all_that_a_terminal_adds() {
    let (mut plain, mut coloured) = (Vec::new(), Vec::new());
    Page::new(&mut plain, false).step("A step", "somebody", "11:06").unwrap();
    Page::new(&mut coloured, true).step("A step", "somebody", "11:06").unwrap();
    let (plain, mut coloured) = (String::from_utf8(plain).unwrap(), String::from_utf8(coloured).unwrap());
    assert!(coloured.contains('\u{1b}'));
    while let Some(begin) = coloured.find('\u{1b}') {
        let end = begin + coloured[begin..].find('m').unwrap();
        coloured.replace_range(begin..=end, "");
    }
    assert_eq!(coloured, plain);
}

#[test]
fn json_takes_as_many_lines_as_it_needs() {
    let sent = r#"{"b":"a, \"b\": {","a":{"c":[1,2],"d":{}},"long":["aaaaaaaaaaaaaaaa","bbbbbbbbbbbbbbbb"],"e":[],"text":"longer than its line may be"}"#;
    let lines = [
        "{",
        r#"  "b": "a, \"b\": {","#,
        r#"  "a": {"c": [1, 2], "d": {}},"#,
        r#"  "long": ["#,
        r#"    "aaaaaaaaaaaaaaaa","#,
        r#"    "bbbbbbbbbbbbbbbb""#,
        "  ],",
        r#"  "e": [],"#,
        r#"  "text":"#,
        r#"    "longer than its line may be""#,
        "}",
    ];
    assert_eq!(json::lay_out(sent, "", 36), lines);
    assert_eq!(json::lay_out("{}", "", 36), ["{}"]);
}

#[test]
fn what_was_sent_before_is_not_shown_again() {
    let (before, sent) = (r#"{"a":1,"b":{"c":1},"d":4,"e":5}"#, r#"{"a":1,"b":{"c":2},"d":4,"e":5}"#);
    assert_eq!(json::lay_out(sent, before, 36), ["{", "  …", r#"  "b": {"c": 2},"#, "  …", "}"]);
}

/// The text with each id that is new every time in the place of its number, of the same width.
fn with_ids_mapped(text: &str) -> String {
    let mut ids = BTreeMap::new();
    let mut mapped = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let id = rest.get(..36).and_then(|id| id.parse::<Uuid>().ok().map(|_| id));
        match id {
            // Those of the tenant and of its roles are always the same.
            Some(id) if id.as_bytes()[14] == b'4' && !id.starts_with("fe930be7") => {
                let next = u32::try_from(ids.len()).unwrap_or(u32::MAX) + 1;
                let number = *ids.entry(id).or_insert(next);
                mapped += &Uuid::from_fields(number, 0, 0, &[0; 8]).to_string();
                rest = &rest[36..];
            }
            _ => {
                mapped.push(first);
                rest = &rest[first.len_utf8()..];
            }
        }
    }
    mapped
}
