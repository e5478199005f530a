//! A server that does to each request exactly what a test wants.

use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::io::{AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::reply::{Reply, Step};
use crate::request::Request;

pub(crate) struct Server {
    address: String,
    told: Arc<Told>,
    accepting: JoinHandle<()>,
}

/// What becomes of a request, by its number, from 0.
type Answer = dyn Fn(usize, &Request) -> Reply + Send + Sync;

/// What the connections of a server share.
struct Told {
    answer: Box<Answer>,
    seen: Mutex<Vec<Request>>,
    /// How many requests came, and how many connections ended.
    counts: watch::Sender<(usize, usize)>,
}

impl Server {
    /// Answers the requests by their number, from 0.
    pub(crate) async fn start(answer: impl Fn(usize, &Request) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address").to_string();
        let told =
            Arc::new(Told { answer: Box::new(answer), seen: Mutex::default(), counts: watch::Sender::new((0, 0)) });
        let accepting = tokio::spawn(accept(listener, Arc::clone(&told)));
        Self { address, told, accepting }
    }

    /// Answers all requests the same.
    pub(crate) async fn always(reply: Reply) -> Self {
        Self::start(move |_, _| reply.clone()).await
    }

    /// Answers the requests one after the other with these, and the last for ever.
    pub(crate) async fn script(replies: impl Into<Vec<Reply>>) -> Self {
        let replies = replies.into();
        Self::start(move |number, _| replies[number.min(replies.len() - 1)].clone()).await
    }

    /// Its address without a scheme: host and port.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The requests that came.
    pub(crate) fn seen(&self) -> Vec<Request> {
        self.told.seen.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Waits until so many requests came.
    pub(crate) async fn has_seen(&self, number: usize) {
        self.told.counts.subscribe().wait_for(|(seen, _)| *seen >= number).await.expect("the server is there");
    }

    /// Waits until so many connections have ended.
    pub(crate) async fn has_ended(&self, number: usize) {
        self.told.counts.subscribe().wait_for(|(_, ended)| *ended >= number).await.expect("the server is there");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

async fn accept(listener: TcpListener, told: Arc<Told>) {
    for connection in 0.. {
        let Ok((stream, _)) = listener.accept().await else { return };
        let told = Arc::clone(&told);
        tokio::spawn(async move {
            // A client that hangs up is no fault of the server.
            let _ = serve(stream, connection, &told).await;
            told.counts.send_modify(|(_, ended)| *ended += 1);
        });
    }
}

async fn serve(stream: TcpStream, connection: usize, told: &Told) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut stream = BufReader::new(stream);
    while let Some(request) = Request::read(&mut stream, connection).await? {
        let number = {
            let mut seen = told.seen.lock().unwrap_or_else(PoisonError::into_inner);
            seen.push(request.clone());
            seen.len() - 1
        };
        told.counts.send_modify(|(seen, _)| *seen += 1);
        let reply = (told.answer)(number, &request);
        for step in reply.steps {
            match step {
                Step::Write(bytes) => stream.write_all(&bytes).await?,
                Step::Pause(time) => tokio::time::sleep(time).await,
                Step::Silence => drop(stream.read_u8().await?),
            }
        }
        if !reply.keeps {
            return stream.shutdown().await;
        }
    }
    Ok(())
}
