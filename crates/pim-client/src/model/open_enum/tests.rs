use proptest::prelude::*;
use serde_json::{from_str, from_value, json, to_string};

use super::super::samples::Kind;
use crate::runtime::OpenEnum;

#[test]
fn known_values_are_read_in_any_case_and_written_in_their_own() {
    for text in ["afterDateTime", "AfterDateTime", "AFTERDATETIME"] {
        assert_eq!(Kind::from(text), Kind::AfterDateTime);
    }
    assert_eq!(Kind::AfterDateTime.to_string(), "afterDateTime");
}

#[test]
fn unknown_values_are_kept_as_they_are() {
    let kind: Kind = from_str(r#""someDay""#).unwrap();
    assert_eq!(kind, Kind::Unrecognized("someDay".into()));
    assert_eq!(to_string(&kind).unwrap(), r#""someDay""#);
}

#[test]
fn integers_are_kept_as_their_digits() {
    assert_eq!(from_str::<Kind>("7").unwrap(), Kind::Unrecognized("7".into()));
    assert_eq!(from_str::<Kind>("-7").unwrap(), Kind::Unrecognized("-7".into()));
}

#[test]
fn other_kinds_of_json_are_refused() {
    for json in ["null", "true", "1.5", "[]", "{}"] {
        let error = from_str::<Kind>(json).unwrap_err().to_string();
        assert!(error.contains("expected a value of microsoft.graph.kind"), "{error}");
    }
}

#[test]
fn knows_its_type_and_values() {
    assert_eq!(Kind::ODATA_TYPE, "microsoft.graph.kind");
    assert_eq!(Kind::KNOWN, [Kind::NotSpecified, Kind::AfterDateTime]);
}

proptest! {
    #[test]
    fn any_text_is_written_back(text in any::<String>()) {
        let kind: Kind = from_value(json!(text)).unwrap();
        prop_assert_eq!(kind.as_str(), &text);
        prop_assert_eq!(&kind, &Kind::from(text));
    }

    #[test]
    fn known_values_have_no_case(upper in any::<[bool; 12]>()) {
        let text: String = "notSpecified"
            .chars()
            .zip(upper)
            .map(|(letter, upper)| if upper { letter.to_ascii_uppercase() } else { letter.to_ascii_lowercase() })
            .collect();
        prop_assert_eq!(text.parse::<Kind>(), Ok(Kind::NotSpecified));
    }
}
