//! Answers that are not what they say, or not what was asked for.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder};
use pim_client::ErrorKind::{Decode, Transport};

use crate::client::{TRIES, activate, client, read};
use crate::reply::{Reply, head};
use crate::secrets::failure;
use crate::server::Server;

const GZIP: &[(&str, &str)] = &[("content-encoding", "gzip")];

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

/// So many megabytes of spaces, in some kilobytes: a piece that can be repeated.
fn bomb(megabytes: usize) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(&vec![b' '; 1 << 20]).expect("memory");
    encoder.flush().expect("memory");
    let megabyte = encoder.get_ref().clone();
    // The head of a gzip file without name and time.
    let mut bytes = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
    for _ in 0..megabytes {
        bytes.extend_from_slice(&megabyte);
    }
    bytes
}

#[tokio::test]
async fn what_is_json_is_taken_whatever_it_is_called() {
    for name in ["text/html", "application/octet-stream", "application/json;odata.metadata=none", "", "\u{e4}"] {
        let server = Server::always(Reply::new(200, &[("content-type", name)], r#"{"id": "1"}"#)).await;
        assert!(read(&client(&server)).await.is_ok(), "{name}");
    }
}

#[tokio::test]
async fn a_success_in_other_words_is_an_error_that_says_where() {
    for (body, expected) in [
        ("", "200 the body is empty where JSON was expected"),
        ("<html>s3cr3t</html>", "200 the body is not JSON at `.` (line 1, column 1)"),
        ("\u{feff}{}", "200 the body is not JSON at `.` (line 1, column 1)"),
        (r#"{"id": "s3cr3t"#, "200 the body breaks off at `id` (line 1, column 14)"),
        (r#"{"id": ["s3cr3t"]}"#, "200 the body cannot be read at `id` (line 1, column 7)"),
        (r#"{"id": "1"} s3cr3t"#, "200 the body goes on after its JSON"),
        (r#"["s3cr3t"]"#, "200 the body cannot be read at `.` (line 1, column "),
        (r#""s3cr3t""#, "200 the body cannot be read at `.` (line 1, column "),
        ("null", "200 the body cannot be read at `.` (line 1, column "),
    ] {
        let server = Server::always(Reply::new(200, &[("content-type", "application/json")], body)).await;
        let graph = client(&server);
        for error in [failure(read(&graph).await), failure(activate(&graph).await)] {
            assert_eq!((error.kind(), error.status(), error.tries()), (Decode, Some(200), 1), "{body} {error}");
            assert!(error.to_string().contains(expected), "{expected}: {error}");
            assert!(!error.is_retryable(), "{error}");
        }
    }
}

#[tokio::test]
async fn a_body_that_is_no_text_is_an_error() {
    let server = Server::always(Reply::new(200, &[], b"{\"id\": \"\xff\xfe\"}")).await;
    assert_eq!(failure(read(&client(&server)).await).kind(), Decode);
}

#[tokio::test]
async fn nesting_without_end_is_an_error_and_no_crash() {
    for body in
        ["[".repeat(1 << 20), format!(r#"{{"unknown": {}"#, "[".repeat(1 << 20)), r#"{"manager":"#.repeat(99_999)]
    {
        let server = Server::always(Reply::new(200, &[], &body)).await;
        assert_eq!(failure(read(&client(&server)).await).kind(), Decode);
        let server = Server::always(Reply::new(400, &[], format!(r#"{{"error": {body}"#))).await;
        assert_eq!(failure(read(&client(&server)).await).status(), Some(400));
    }
}

#[tokio::test]
async fn no_content_is_enough_where_none_is_expected_and_nowhere_else() {
    let server = Server::always(Reply::raw("HTTP/1.1 204 No Content\r\n\r\n")).await;
    let graph = client(&server);
    assert!(graph.users().by_id("1").delete().await.is_ok());
    let error = failure(read(&graph).await);
    assert_eq!((error.kind(), error.status()), (Decode, Some(204)));
    assert_eq!(failure(graph.groups().count().await).kind(), Decode);
}

#[tokio::test]
async fn gzip_is_read() {
    let server = Server::always(Reply::new(200, GZIP, gzip(br#"{"id": "1"}"#))).await;
    let user = read(&client(&server)).await.expect("a user");
    assert_eq!(user.id.expect("an id").as_str(), "1");
    assert!(server.seen()[0].header("accept-encoding").contains("gzip"));
}

#[tokio::test]
async fn damaged_gzip_is_no_answer() {
    let whole = gzip(br#"{"id": "1"}"#);
    let mut wrong_sum = whole.clone();
    let sum = wrong_sum.len() - 8;
    wrong_sum[sum] ^= 1;
    for damaged in [&whole[..whole.len() / 2], &wrong_sum, br#"{"id": "1"}"#] {
        let server = Server::always(Reply::new(200, GZIP, damaged)).await;
        let error = failure(read(&client(&server)).await);
        assert_eq!((error.kind(), error.status(), error.tries()), (Transport, Some(200), TRIES), "{error}");
        assert!(error.to_string().contains("200 the answer broke off or was damaged"), "{error}");
    }
    let server = Server::script([Reply::new(200, GZIP, wrong_sum), Reply::object()]).await;
    assert!(read(&client(&server)).await.is_ok(), "damage on the way does not last");
}

/// What is small on the way can be large here.
#[tokio::test]
async fn a_gzip_bomb_does_not_go_off() {
    let server = Server::always(Reply::new(200, GZIP, bomb(80))).await;
    let error = failure(read(&client(&server)).await);
    assert_eq!((error.kind(), error.status(), error.tries()), (Transport, Some(200), 1), "{error}");
    assert!(error.to_string().contains("200 the answer is longer than 64 MiB"), "{error}");

    let server = Server::always(Reply::new(403, GZIP, bomb(80))).await;
    let error = failure(read(&client(&server)).await);
    assert_eq!((error.status(), error.message()), (Some(403), None), "{error}");
}

#[tokio::test]
async fn an_answer_beyond_the_bound_is_not_read_to_its_end() {
    let megabyte = " ".repeat(1 << 20);
    let endless = head(200, &[], "transfer-encoding: chunked") + &format!("100000\r\n{megabyte}\r\n").repeat(66);
    let server = Server::always(Reply::raw(endless)).await;
    let error = failure(activate(&client(&server)).await);
    assert_eq!((error.kind(), error.status(), error.tries()), (Transport, Some(200), 1), "{error}");
    assert!(error.to_string().contains("200 the answer is longer than 64 MiB"), "{error}");
    assert!(!error.is_retryable(), "{error}");
}

#[tokio::test]
async fn a_wrong_length_is_noticed() {
    let body = r#"{"id": "1"}"#;
    for (length, kind) in [("12", Transport), ("5", Decode), ("-1", Transport), ("ten", Transport)] {
        let server = Server::always(Reply::raw(head(200, &[], &format!("content-length: {length}")) + body)).await;
        assert_eq!(failure(activate(&client(&server)).await).kind(), kind, "{length}");
    }
    let twice = head(200, &[("content-length", "5")], "content-length: 11") + body;
    let server = Server::always(Reply::raw(twice)).await;
    assert_eq!(failure(activate(&client(&server)).await).kind(), Transport);
}

/// What is left over of one answer is no beginning of the next.
#[tokio::test]
async fn an_answer_does_not_spill_into_the_next() {
    let second = String::from("HTTP/1.1 200 OK\r\ncontent-length: 15\r\n\r\n{\"id\": \"smuggled\"}");
    let mut first = Reply::raw(head(200, &[], "content-length: 11") + r#"{"id": "1"}"# + &second);
    first.keeps = true;
    let server = Server::script([first, Reply::object()]).await;
    let graph = client(&server);
    for _ in 0..2 {
        let user = read(&graph).await.expect("a user");
        assert_eq!(user.id.expect("an id").as_str(), "1");
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    assert_eq!(server.seen().len(), 2);
}
