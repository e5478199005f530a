use std::time::{Duration, SystemTime};

use http::HeaderMap;
use http::header::{DATE, RETRY_AFTER};

/// How long an answer asks to wait: in seconds, also with decimals, or until a time.
///
/// A time is held against the answer's own clock, if it tells it, and else against `now`.
pub(crate) fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let now = text(DATE).and_then(|date| httpdate::parse_http_date(date).ok()).unwrap_or(now);
    parse(text(RETRY_AFTER)?, now)
}

/// Reads the value of a `Retry-After`.
pub(crate) fn parse(text: &str, now: SystemTime) -> Option<Duration> {
    let text = text.trim();
    if let Ok(seconds) = text.parse::<f64>() {
        return Duration::try_from_secs_f64(seconds).ok();
    }
    let until = httpdate::parse_http_date(text).ok()?;
    Some(until.duration_since(now).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    const NOW: &str = "Sun, 06 Nov 1994 08:49:37 GMT";

    fn wait(text: &'static str) -> Option<Duration> {
        let headers = [(RETRY_AFTER, HeaderValue::from_static(text)), (DATE, HeaderValue::from_static(NOW))];
        retry_after(&HeaderMap::from_iter(headers), SystemTime::now())
    }

    #[test]
    fn seconds_decimals_and_dates_are_understood() {
        for (text, milliseconds) in [
            ("0", 0),
            ("120", 120_000),
            (" 1.5 ", 1_500),
            ("0.25", 250),
            ("Sun, 06 Nov 1994 08:49:47 GMT", 10_000),
            ("Sunday, 06-Nov-94 08:50:37 GMT", 60_000),
            ("Sun, 06 Nov 1994 08:49:07 GMT", 0),
        ] {
            assert_eq!(wait(text), Some(Duration::from_millis(milliseconds)), "{text}");
        }
    }

    #[test]
    fn anything_else_is_not() {
        for text in ["", "soon", "-1", "NaN", "inf", "1e300", "10 s", "1994-11-06T08:49:47Z"] {
            assert_eq!(wait(text), None, "{text}");
        }
        assert_eq!(retry_after(&HeaderMap::new(), SystemTime::now()), None);
    }

    #[test]
    fn without_a_clock_of_its_own_an_answer_is_held_against_ours() {
        let now = httpdate::parse_http_date(NOW).unwrap();
        let until = HeaderValue::from_static("Sun, 06 Nov 1994 08:50:00 GMT");
        let headers = HeaderMap::from_iter([(RETRY_AFTER, until)]);
        assert_eq!(retry_after(&headers, now), Some(Duration::from_secs(23)));
    }
}
