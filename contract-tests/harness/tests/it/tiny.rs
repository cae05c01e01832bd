//! Servers of a few lines: one that answers by a function, and one that writes bytes.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::{BodyExt, Full};
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// A server that runs until it is dropped.
pub struct Tiny {
    pub base_url: String,
    task: JoinHandle<()>,
}

impl Drop for Tiny {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// A server that answers by a function.
pub async fn start(
    answer: impl Fn(&Request<Bytes>) -> Response<Full<Bytes>> + Send + Sync + 'static,
) -> Tiny {
    let answer = Arc::new(answer);
    accept(move |stream| {
        let answer = answer.clone();
        async move {
            let service = hyper::service::service_fn(|request: Request<hyper::body::Incoming>| {
                let answer = answer.clone();
                async move {
                    let (head, body) = request.into_parts();
                    let body = body.collect().await.map(|body| body.to_bytes());
                    let request = Request::from_parts(head, body.unwrap_or_default());
                    Ok::<_, Infallible>(answer(&request))
                }
            });
            let http = hyper::server::conn::http1::Builder::new();
            http.serve_connection(TokioIo::new(stream), service)
                .await
                .ok();
        }
    })
    .await
}

/// A server that writes bytes to each request of a connection, the first to the first; then it closes the connection.
pub async fn start_raw(answers: &'static [&'static [u8]]) -> Tiny {
    accept(move |mut stream: TcpStream| async move {
        for answer in answers {
            if read_request(&mut stream).await.is_none() {
                return;
            }
            stream.write_all(answer).await.ok();
        }
    })
    .await
}

async fn accept<F>(serve: impl Fn(TcpStream) -> F + Send + 'static) -> Tiny
where
    F: Future<Output = ()> + Send + 'static,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base_url = format!("http://{}", listener.local_addr().unwrap());
    let task = tokio::spawn(async move {
        let mut connections = tokio::task::JoinSet::new();
        loop {
            if let Ok((stream, _)) = listener.accept().await {
                stream.set_nodelay(true).unwrap();
                connections.spawn(serve(stream));
            }
        }
    });
    Tiny { base_url, task }
}

/// Reads a request whole; `None` at the end of the connection.
async fn read_request(stream: &mut TcpStream) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    loop {
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
        let text = String::from_utf8_lossy(&bytes).to_ascii_lowercase();
        let Some(end) = text.find("\r\n\r\n") else {
            continue;
        };
        let length = text
            .lines()
            .find_map(|line| line.strip_prefix("content-length: "));
        let length: usize = length.map_or(0, |length| length.trim().parse().unwrap());
        if bytes.len() >= end + 4 + length {
            return Some(bytes);
        }
    }
}

/// A JSON answer.
pub fn answer(status: u16, body: &Value) -> Response<Full<Bytes>> {
    Response::builder()
        .status(status)
        .header("Content-Type", "application/json")
        .header("Allow", "GET")
        .body(Full::new(Bytes::from(body.to_string())))
        .unwrap()
}

/// The body of a request as JSON; null where it is none.
pub fn value(request: &Request<Bytes>) -> Value {
    serde_json::from_slice(request.body()).unwrap_or_default()
}

/// Counts what it is called for.
#[derive(Clone, Default)]
pub struct Count(Arc<AtomicUsize>);

impl Count {
    pub fn next(&self) -> usize {
        self.0.fetch_add(1, Ordering::Relaxed)
    }

    pub fn get(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }
}

/// A document with one GET that needs nothing.
pub const ONE: &str = r#"
openapi: 3.0.3
info: {title: One, version: '1'}
paths:
  /one:
    get:
      operationId: one
      responses:
        '200':
          description: One.
          content: {application/json: {schema: {type: integer}}}
"#;

/// The answer of a server that keeps [`ONE`].
pub fn one(request: &Request<Bytes>) -> Response<Full<Bytes>> {
    match (request.method().as_str(), request.uri().path()) {
        ("GET" | "HEAD", "/one") => answer(200, &json!(1)),
        _ => answer(405, &json!(null)),
    }
}
