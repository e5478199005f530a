//! From a call of generated code to the client's own result.

use futures_util::StreamExt;
use progenitor_client::{ByteStream, Error as HttpError, ResponseValue};
use serde::de::DeserializeOwned;

use crate::connection::Exchange;
use crate::error::{Error, ErrorKind, ODataError};
use crate::operation::Operation;

/// What a function of the generated HTTP client results in.
pub type Answer<T> = Result<ResponseValue<T>, HttpError<ODataError>>;

/// Calls the generated code and returns what the operation answers.
pub async fn call<T: DeserializeOwned>(
    operation: &'static Operation,
    http: impl Future<Output = Answer<T>>,
) -> Result<T, Error> {
    let (answer, exchange) = Exchange::observe(http).await;
    match answer {
        Ok(answer) => Ok(answer.into_inner()),
        Err(error) => Err(Error::from_progenitor::<T>(error).of_call(operation, exchange)),
    }
}

/// Calls a generated `/$count` and reads the number that it answers as plain text.
pub(super) async fn count(
    operation: &'static Operation,
    http: impl Future<Output = Answer<ByteStream>>,
) -> Result<i64, Error> {
    let (answer, exchange) = Exchange::observe(http).await;
    let number = match answer {
        Ok(answer) => read_number(answer.into_inner()).await,
        Err(error) => Err(Error::from_progenitor::<ODataError>(error)),
    };
    number.map_err(|error| error.of_call(operation, exchange))
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
