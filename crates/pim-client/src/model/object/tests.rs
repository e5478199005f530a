use proptest::prelude::*;
use serde_json::{from_str, json, to_string};

use super::super::arbitrary::{new_sample, sample, text_of, value_of};
use super::super::samples::{Empty, Kind, NewSample, Sample};
use crate::runtime::Object;
use crate::{Null, Property};

fn reread(json: &str) -> String {
    to_string(&from_str::<Sample>(json).unwrap()).unwrap()
}

#[test]
fn reads_members_into_their_fields() {
    let sample: Sample =
        from_str(r#"{"id": "1", "number": 2, "kind": "notSpecified", "children": [{"id": "3"}]}"#).unwrap();
    assert_eq!(sample.id.unwrap(), "1");
    assert_eq!(sample.number, Some(2));
    assert_eq!(sample.kind, Some(Kind::NotSpecified));
    assert_eq!(sample.children.unwrap()[0].id.as_ref().unwrap(), &"3");
    assert_eq!(sample.text, None);
}

#[test]
fn tells_null_from_left_out_when_writing_back() {
    assert_eq!(reread(r#"{"id":"1","text":null,"children":null}"#), r#"{"id":"1","text":null,"children":null}"#);
    assert_eq!(reread(r#"{"id":"1"}"#), r#"{"id":"1"}"#);
}

#[test]
fn a_null_is_overwritten_by_assigning_the_field() {
    let mut sample: Sample = from_str(r#"{"text":null}"#).unwrap();
    sample.text = Some("new".into());
    assert_eq!(to_string(&sample).unwrap(), r#"{"text":"new"}"#);
}

#[test]
fn setters_tell_null_from_absent() {
    let sample = Sample::default().text("new").text(Null);
    assert_eq!(to_string(&sample).unwrap(), r#"{"text":null}"#);
    assert_eq!(to_string(&sample.clone().text("new")).unwrap(), r#"{"text":"new"}"#);
    assert_eq!(to_string(&sample.text(Property::Absent)).unwrap(), "{}");
}

#[test]
fn keeps_unknown_members_whatever_they_are() {
    let json = r#"{"extension":{"deep":[1,null,{}]}}"#;
    assert_eq!(reread(json), json);
}

#[test]
fn writes_the_type_first_then_annotations_then_members_then_the_unknown() {
    assert_eq!(
        reread(r##"{"a":1,"text":"t","id":"1","@odata.context":"c","@odata.type":"#t","text@odata.type":"s"}"##),
        r##"{"@odata.type":"#t","@odata.context":"c","id":"1","text":"t","a":1,"text@odata.type":"s"}"##,
    );
}

#[test]
fn of_duplicate_members_the_last_counts() {
    assert_eq!(reread(r#"{"text":"a","text":null,"x":1,"x":2}"#), r#"{"text":null,"x":2}"#);
    assert_eq!(reread(r#"{"text":null,"text":"a"}"#), r#"{"text":"a"}"#);
}

#[test]
fn a_field_wins_over_additional_data_of_its_name() {
    let mut sample: Sample = from_str(r#"{"text":"field"}"#).unwrap();
    sample.additional_data.insert("text", "additional");
    assert_eq!(to_string(&sample).unwrap(), r#"{"text":"field"}"#);
}

#[test]
fn may_have_no_members_of_its_own() {
    let json = r#"{"a":1}"#;
    assert_eq!(to_string(&from_str::<Empty>(json).unwrap()).unwrap(), json);
}

#[test]
fn names_are_case_sensitive() {
    let sample: Sample = from_str(r#"{"Text":"t"}"#).unwrap();
    assert_eq!(sample.text, None);
    assert_eq!(sample.additional_data.get("Text"), Some(&json!("t")));
}

#[test]
fn refuses_what_is_no_object_of_its_type() {
    let error = |json| from_str::<Sample>(json).unwrap_err().to_string();
    assert_eq!(error("3"), "invalid type: integer `3`, expected a microsoft.graph.sample object at line 1 column 1");
    assert!(error(r#"{"number":"3"}"#).starts_with("invalid type: string \"3\", expected i32"));
    assert!(
        error(r#"{"children":[null]}"#).starts_with("invalid type: null, expected a microsoft.graph.sample object")
    );
}

#[test]
fn errors_have_a_path() {
    let json = r#"{"parent":{"children":[{},{"number":true}]}}"#;
    let error =
        serde_path_to_error::deserialize::<_, Sample>(&mut serde_json::Deserializer::from_str(json)).unwrap_err();
    assert_eq!(error.path().to_string(), "parent.children[1].number");
}

#[test]
fn knows_its_type_and_members() {
    assert_eq!(NewSample::ODATA_TYPE, "microsoft.graph.sample");
    assert_eq!(NewSample::MEMBERS, ["text", "number", "parent"]);
}

#[test]
fn debug_shows_no_unknown_value() {
    let sample: Sample = from_str(r#"{"extension":"hunter2"}"#).unwrap();
    let debug = format!("{sample:?}");
    assert!(debug.contains("extension"), "{debug}");
    assert!(!debug.contains("hunter2"), "{debug}");
}

proptest! {
    #[test]
    fn whatever_is_read_is_written_back(members in sample(2)) {
        let sample: Sample = from_str(&text_of(&members)).unwrap();
        prop_assert_eq!(serde_json::to_value(&sample).unwrap(), value_of(members));
    }

    #[test]
    fn whatever_is_written_can_be_read(members in new_sample(2)) {
        let sample: NewSample = from_str(&text_of(&members)).unwrap();
        prop_assert_eq!(serde_json::to_value(&sample).unwrap(), value_of(members));
    }

    #[test]
    fn reading_from_a_value_is_reading_from_text(members in sample(1)) {
        let from_text: Sample = from_str(&text_of(&members)).unwrap();
        let from_value: Sample = serde_json::from_value(value_of(members)).unwrap();
        prop_assert_eq!(to_string(&from_value).unwrap(), to_string(&from_text).unwrap());
    }
}
