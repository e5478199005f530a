//! What may be written otherwise than it was read, and is no loss. This is the whole list:
//!
//! * **The letter case of enumerations.** Graph reads `AdminAssign` as it reads `adminAssign`, and some of its answers
//!   have the one, some the other. The client reads both as one value, and writes the name that the metadata has.
//! * **The spelling of UTC.** The client writes `Z` at the end of a time, also of one that ended in `+00:00` or `z`.
//!
//! Nothing else: times keep their fraction and every other offset, durations their units, and what was `null` stays so.

use serde_json::Value;

/// Whether `written` says what `read` said.
///
/// Nothing but enumerations and times is written in other words, so that no list of their members is needed.
pub(super) fn is_same(read: &Value, written: &Value) -> bool {
    match (read, written) {
        (Value::String(read), Value::String(written)) => read.eq_ignore_ascii_case(written) || is_utc(read, written),
        _ => false,
    }
}

/// Whether the two are one time in UTC, of which only the one that is written says so with a letter.
fn is_utc(read: &str, written: &str) -> bool {
    let read = ["+00:00", "-00:00"].into_iter().find_map(|offset| read.strip_suffix(offset));
    let written = written.strip_suffix('Z');
    read.zip(written).is_some_and(|(read, written)| read.eq_ignore_ascii_case(written))
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
    fn the_spelling_of_utc_is_no_loss() {
        for read in ["2021-08-06T16:05:02.50Z", "2021-08-06t16:05:02.50z", "2021-08-06T16:05:02.50+00:00"] {
            assert!(is_same(&json!(read), &json!("2021-08-06T16:05:02.50Z")), "{read}");
        }
    }

    #[test]
    fn everything_else_is() {
        for (read, written) in [
            (json!("adminAssign"), json!("adminRemove")),
            (json!("PT24H"), json!("P1D")),
            (json!("2021-08-06T16:05:02.0Z"), json!("2021-08-06T16:05:02Z")),
            (json!("2021-08-06T16:05:02+01:00"), json!("2021-08-06T15:05:02Z")),
            (json!(1), json!("1")),
            (json!(null), json!(false)),
        ] {
            assert!(!is_same(&read, &written), "{read} {written}");
        }
    }
}
