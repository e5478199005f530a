use proptest::prelude::*;
use serde_json::{from_str, json, to_string};

use super::super::arbitrary::{directory_object, text_of, value_of};
use super::super::samples::{DirectoryObject, Group, UnknownDirectoryObject, User};
use super::Union as _;

fn read(json: &str) -> DirectoryObject {
    from_str(json).unwrap()
}

fn is_user(tag: &str) -> bool {
    matches!(read(&json!({"@odata.type": tag}).to_string()), DirectoryObject::User(_))
}

#[test]
fn the_tag_decides_wherever_it_is() {
    let first = read(r##"{"@odata.type":"#microsoft.graph.user","mail":"m","extension":1}"##);
    let last = read(r##"{"mail":"m","extension":1,"@odata.type":"#microsoft.graph.user"}"##);
    let DirectoryObject::User(user) = &first else { panic!("{first:?}") };
    assert_eq!(user.mail.as_deref(), Some("m"));
    assert_eq!(user.additional_data.get("extension"), Some(&json!(1)));
    assert_eq!(first, last);
}

#[test]
fn the_tag_may_be_spelt_in_many_ways() {
    assert!(is_user("#microsoft.graph.user"));
    assert!(is_user("microsoft.graph.user"));
    assert!(is_user("#Microsoft.Graph.User"));
    assert!(is_user("#user"));
    assert!(is_user("user"));
    assert!(!is_user("#microsoft.graph.users"));
    assert!(!is_user("#graph.user"));
    assert!(!is_user("##user"));
    assert!(!is_user(""));
}

#[test]
fn the_tag_is_written_first_and_as_it_was_read() {
    let user = read(r#"{"mail":"m","@odata.context":"c","@odata.type":"User"}"#);
    assert_eq!(user.odata_type(), Some("User"));
    assert_eq!(to_string(&user).unwrap(), r#"{"@odata.type":"User","@odata.context":"c","mail":"m"}"#);
}

#[test]
fn the_tag_is_written_even_if_none_was_read() {
    let group = DirectoryObject::from(Group { id: Some("1".into()), ..Group::default() });
    assert_eq!(group.odata_type(), Some("#microsoft.graph.group"));
    assert_eq!(to_string(&group).unwrap(), r##"{"@odata.type":"#microsoft.graph.group","id":"1"}"##);
}

#[test]
fn without_a_tag_or_with_a_strange_one_it_is_unknown() {
    for json in
        [r#"{"id":"1","mail":"m"}"#, r##"{"@odata.type":"#microsoft.graph.device","id":"1"}"##, r#"{"@odata.type":3}"#]
    {
        let object = read(json);
        assert!(matches!(object, DirectoryObject::Unknown(_)), "{object:?}");
        assert_eq!(to_string(&object).unwrap(), json);
    }
}

#[test]
fn an_unknown_object_has_the_members_of_the_base_and_keeps_the_rest() {
    let DirectoryObject::Unknown(object) = read(r##"{"@odata.type":"#x","id":"1","mail":"m"}"##) else { panic!() };
    assert_eq!(object.id.as_ref().unwrap(), &"1");
    assert_eq!(object.additional_data.get("mail"), Some(&json!("m")));
    assert_eq!(DirectoryObject::from(UnknownDirectoryObject::default()).odata_type(), None);
}

#[test]
fn a_variant_keeps_its_tag_when_it_is_taken_out() {
    let DirectoryObject::User(user) = read(r##"{"@odata.type":"#microsoft.graph.user"}"##) else { panic!() };
    assert_eq!(user.additional_data.odata_type(), Some("#microsoft.graph.user"));
    assert_eq!(to_string(&User::default()).unwrap(), "{}");
}

#[test]
fn additional_data_are_at_hand_whatever_the_variant() {
    let mut object = read(r#"{"extension":1}"#);
    object.additional_data_mut().insert("more", 2);
    assert_eq!(object.additional_data().len(), 2);
}

#[test]
fn errors_have_a_path_before_and_after_the_tag() {
    let error = |json: &str| {
        let deserializer = &mut serde_json::Deserializer::from_str(json);
        serde_path_to_error::deserialize::<_, Vec<DirectoryObject>>(deserializer).unwrap_err().to_string()
    };
    let after = error(r#"[{"@odata.type":"user","mail":3}]"#);
    assert!(after.starts_with("[0].mail: invalid type: integer `3`, expected a string"), "{after}");
    let before = error(r#"[{"manager":{"mail":3,"@odata.type":"user"},"@odata.type":"user"}]"#);
    assert!(before.starts_with("[0]: manager.mail: invalid type: integer `3`, expected a string"), "{before}");
}

proptest! {
    #[test]
    fn whatever_is_read_is_written_back(members in directory_object(2)) {
        let object: DirectoryObject = from_str(&text_of(&members)).unwrap();
        prop_assert_eq!(serde_json::to_value(&object).unwrap(), value_of(members));
    }
}
