//! The number that a `/$count` answers as plain text.

use futures_util::StreamExt;
use progenitor_client::ByteStream;

use super::call::{Call, observe};
use crate::error::{Error, ErrorKind};
use crate::transport::Exchange;

/// Calls a generated `/$count` and reads its number.
pub(super) async fn count(call: Call<'static, ByteStream>) -> Result<i64, Error> {
    let (answer, exchange) = observe(Exchange::of(call.operation), call.http).await;
    let number = match (exchange.fault, answer) {
        (None, Ok(answer)) => read_number(answer.into_inner()).await,
        (Some(fault), _) => Err(fault),
        (None, Err(error)) => Err(Error::from_progenitor(error)),
    };
    number.map_err(|error| error.of_call(call.operation, exchange.record))
}

/// The longest text that is read for a number. The longest number has 20 characters.
const NUMBER_LIMIT: usize = 64;

async fn read_number(mut stream: ByteStream) -> Result<i64, Error> {
    let mut text = Vec::new();
    while let Some(chunk) = stream.next().await {
        text.extend_from_slice(&chunk.map_err(Error::from_reqwest)?);
        if text.len() > NUMBER_LIMIT {
            break;
        }
    }
    parse_number(&text).ok_or_else(|| Error::new(ErrorKind::Decode, "the answer is not a number"))
}

/// Graph puts a byte order mark before the digits.
fn parse_number(text: &[u8]) -> Option<i64> {
    let text = str::from_utf8(text).ok().filter(|text| text.len() <= NUMBER_LIMIT)?;
    text.trim_start_matches('\u{feff}').trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_may_have_a_mark_before_and_space_around_it() {
        for text in ["3", "\u{feff}3", " 3\r\n", "\u{feff} 3 "] {
            assert_eq!(parse_number(text.as_bytes()), Some(3), "{text:?}");
        }
        assert_eq!(parse_number(b"9223372036854775807"), Some(i64::MAX));
    }

    #[test]
    fn anything_else_is_no_number() {
        for text in ["", " ", "three", "3.5", "3 4", "9223372036854775808", "<html>3</html>"] {
            assert_eq!(parse_number(text.as_bytes()), None, "{text:?}");
        }
        assert_eq!(parse_number(b"\xff3"), None);
        assert_eq!(parse_number(format!("{:70}", 3).as_bytes()), None);
    }
}
