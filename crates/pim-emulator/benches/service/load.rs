//! A generator of load that costs little itself: connections that stay, and a reader of answers that reads no more than
//! it must.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// How long requests took.
pub(crate) struct Measured {
    times: Vec<Duration>,
    whole: Duration,
}

impl Measured {
    pub(crate) fn per_second(&self) -> f64 {
        let count = u32::try_from(self.times.len()).map_or(f64::INFINITY, f64::from);
        count / self.whole.as_secs_f64()
    }

    /// The time that so many percent of the requests took at most.
    pub(crate) fn percentile(&self, percent: usize) -> Duration {
        self.times[(self.times.len() * percent / 100).min(self.times.len() - 1)]
    }
}

/// Sends `count` requests over so many connections at a time, and reads the answers.
pub(crate) fn send(
    address: SocketAddr,
    connections: usize,
    count: usize,
    request: impl Fn(usize) -> String + Sync,
) -> Measured {
    let next = AtomicUsize::new(0);
    let began = Instant::now();
    let mut times: Vec<_> = std::thread::scope(|scope| {
        let client = || {
            let mut connection = Connection::open(address);
            let mut times = Vec::with_capacity(count);
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if number >= count {
                    return times;
                }
                let request = request(number);
                let sent = Instant::now();
                let (status, body) = connection.exchange(&request);
                times.push(sent.elapsed());
                assert!(status < 300, "{status}: {}", String::from_utf8_lossy(&body));
            }
        };
        let clients: Vec<_> = (0..connections).map(|_| scope.spawn(client)).collect();
        clients.into_iter().flat_map(|client| client.join().expect("no client failed")).collect()
    });
    let whole = began.elapsed();
    times.sort_unstable();
    Measured { times, whole }
}

pub(crate) struct Connection(BufReader<TcpStream>);

impl Connection {
    pub(crate) fn open(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).expect("it listens");
        stream.set_nodelay(true).expect("it can be set");
        Self(BufReader::new(stream))
    }

    /// Status and body of the answer.
    pub(crate) fn exchange(&mut self, request: &str) -> (u16, Vec<u8>) {
        self.0.get_mut().write_all(request.as_bytes()).expect("it takes requests");
        let (mut status, mut length) = (None, 0);
        let mut line = String::new();
        loop {
            line.clear();
            self.0.read_line(&mut line).expect("it answers");
            let line = line.trim_end();
            if line.is_empty() {
                break;
            }
            match line.split_once(':') {
                None => status = line.split(' ').nth(1).and_then(|status| status.parse().ok()),
                Some((name, value)) if name.eq_ignore_ascii_case("content-length") => {
                    length = value.trim().parse().expect("a length");
                }
                Some(_) => {}
            }
        }
        let mut body = vec![0; length];
        self.0.read_exact(&mut body).expect("as long as announced");
        (status.expect("a status"), body)
    }
}

/// A request as text.
pub(crate) fn request(method: &str, url: &str, token: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "{method} {url} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\nAccept: application/json\r\n\
         Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
    )
}
