//! What may be written otherwise than it was read, and is no loss. This is the whole list:
//!
//! * **The letter case of enumerations.** Graph reads `AdminAssign` as it reads `adminAssign`, and some of its answers
//!   have the one, some the other. The client reads both as one value, and writes the name that the metadata has.
//!
//! Nothing else: times keep their fraction and their offset, durations their units, and what was `null` stays so.

use serde_json::Value;

/// Whether `written` says what `read` said.
///
/// Only enumerations change the case of a text, so that no list of their members is needed to recognise them.
pub(super) fn is_same(read: &Value, written: &Value) -> bool {
    match (read, written) {
        (Value::String(read), Value::String(written)) => read.eq_ignore_ascii_case(written),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn letter_case_is_no_loss() {
        assert!(is_same(&json!("AdminAssign"), &json!("adminAssign")));
    }

    #[test]
    fn everything_else_is() {
        for (read, written) in [
            (json!("adminAssign"), json!("adminRemove")),
            (json!("PT24H"), json!("P1D")),
            (json!("2021-08-06T16:05:02.0Z"), json!("2021-08-06T16:05:02Z")),
            (json!(1), json!("1")),
            (json!(null), json!(false)),
        ] {
            assert!(!is_same(&read, &written), "{read} {written}");
        }
    }
}
