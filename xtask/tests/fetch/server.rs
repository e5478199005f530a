//! A server that answers byte for byte what a test tells it to.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Barrier, Mutex};
use std::thread;

/// What a connection gets.
pub(crate) enum Answer {
    /// These bytes, and the end of the connection.
    Then(Vec<u8>),
    /// These bytes, and nothing more, for as long as the other side waits.
    Stall(Vec<u8>),
    /// These bytes, once as many connections are there as the barrier wants.
    Together(Arc<Barrier>, Vec<u8>),
}

/// A server. It remembers what it was asked.
pub(crate) struct Server {
    port: u16,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// One that gives each connection the next of `answers`. Whoever asks for more is hung up on.
    pub(crate) fn new(answers: impl IntoIterator<Item = Vec<u8>>) -> Self {
        Self::with(answers.into_iter().map(Answer::Then).collect())
    }

    /// One that may also stall.
    pub(crate) fn with(answers: Vec<Answer>) -> Self {
        let mut answers = answers.into_iter();
        Self::by(move |_| answers.next())
    }

    /// One that answers by what it is asked.
    pub(crate) fn by(mut answer: impl FnMut(&str) -> Option<Answer> + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let asked = Arc::clone(&requests);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let stream = stream.unwrap();
                let request = head(&stream);
                let answer = answer(&request);
                asked.lock().unwrap().push(request);
                // Answers do not wait for one another.
                thread::spawn(move || give(stream, answer));
            }
        });
        Self { port, requests }
    }

    /// An address on it.
    pub(crate) fn at(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// Where v1.0 is.
    pub(crate) fn stable(&self) -> String {
        self.at("/v1.0/$metadata")
    }

    /// The folder in the cache for what comes from it.
    pub(crate) fn folder(&self) -> String {
        format!("127.0.0.1-{}", self.port)
    }

    /// What it was asked, request by request.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }
}

fn head(stream: &TcpStream) -> String {
    let lines = BufReader::new(stream).lines().map_while(Result::ok).take_while(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n").to_lowercase()
}

/// The other side may hang up whenever it likes.
fn give(mut stream: TcpStream, answer: Option<Answer>) {
    match answer {
        Some(Answer::Then(bytes)) => drop(stream.write_all(&bytes)),
        Some(Answer::Stall(bytes)) => {
            drop(stream.write_all(&bytes));
            drop(stream.read(&mut [0]));
        }
        Some(Answer::Together(barrier, bytes)) => {
            barrier.wait();
            drop(stream.write_all(&bytes));
        }
        None => {}
    }
}

/// An answer with these headers, as they are, and this body.
pub(crate) fn raw(status: &str, headers: &[&str], body: &[u8]) -> Vec<u8> {
    let head = [&[&*format!("HTTP/1.1 {status}")], headers, &["", ""]].concat().join("\r\n");
    [head.as_bytes(), body].concat()
}

/// An answer with XML that tells its length.
pub(crate) fn whole(body: &[u8], headers: &[&str]) -> Vec<u8> {
    cut(body, body.len(), headers)
}

/// An answer with XML, of which only the first bytes come.
pub(crate) fn cut(body: &[u8], at: usize, headers: &[&str]) -> Vec<u8> {
    let length = format!("content-length: {}", body.len());
    raw("200 OK", &[&["content-type: application/xml", &length], headers].concat(), &body[..at])
}

/// An answer with what `body` has from byte `from` on.
pub(crate) fn rest(body: &[u8], from: usize, headers: &[&str]) -> Vec<u8> {
    let range = format!("content-range: bytes {from}-{}/{}", body.len() - 1, body.len());
    let length = format!("content-length: {}", body.len() - from);
    raw("206 Partial Content", &[&[&*range, &length], headers].concat(), &body[from..])
}

/// An answer in chunks, which ends as it should or in the middle.
pub(crate) fn chunked(body: &[u8], ends: bool) -> Vec<u8> {
    let chunks =
        body.chunks(10_000).flat_map(|chunk| [format!("{:x}\r\n", chunk.len()).as_bytes(), chunk, b"\r\n"].concat());
    let end: &[u8] = if ends { b"0\r\n\r\n" } else { b"" };
    raw(
        "200 OK",
        &["content-type: application/xml", "transfer-encoding: chunked"],
        &chunks.chain(end.to_owned()).collect::<Vec<_>>(),
    )
}

/// An answer that points elsewhere.
pub(crate) fn redirect(to: &str) -> Vec<u8> {
    raw("302 Found", &[&format!("location: {to}"), "content-length: 0"], b"")
}
