//! Requests that break the document, HTTP, or both.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::call::status;

/// How long an answer is waited for: some get none.
const PATIENCE: Duration = Duration::from_secs(2);

/// Sends malformed requests until so many are sent by all.
pub async fn send(address: String, sent: Arc<AtomicU64>, all: u64) {
    let kinds = kinds();
    let mut connection = None;
    loop {
        let number = sent.fetch_add(1, Ordering::Relaxed);
        if number >= all {
            return;
        }
        let kind = &kinds[(number % kinds.len() as u64) as usize];
        // Whatever comes of it; a connection that is good for another request is used again.
        let stream = match connection.take() {
            Some(stream) => stream,
            None => match TcpStream::connect(&address).await {
                Ok(stream) => stream,
                Err(_) => continue,
            },
        };
        connection = timeout(PATIENCE, exchange(stream, kind))
            .await
            .ok()
            .flatten();
    }
}

async fn exchange(mut stream: TcpStream, request: &[u8]) -> Option<TcpStream> {
    stream.write_all(request).await.ok()?;
    status(&mut stream).await.ok().map(|_| stream)
}

fn kinds() -> Vec<Vec<u8>> {
    let json = "Content-Type: application/vnd.api+json\r\n";
    let head =
        |line: &str, more: &str| format!("{line} HTTP/1.1\r\nHost: a\r\n{more}\r\n").into_bytes();
    let mut kinds = vec![
        head("GET /events/1", ""),
        head(
            "GET /events/1",
            "Authorization: Bearer x\r\nS2S-Auth-Token: y\r\n",
        ),
        head(
            "GET /events/1",
            &format!("Authorization: Bearer {}\r\n", "e".repeat(8000)),
        ),
        head("GET /nothing", ""),
        head("GET /events/%ff%00", ""),
        head(&format!("GET /events?{}", "a[b]=c&".repeat(500)), ""),
        head("DELETE /events", ""),
        head("POST /events", &format!("{json}Content-Length: 0\r\n")),
        head(
            "GET /events",
            &format!("X-Request-Id: {}\r\n", "z".repeat(4000)),
        ),
    ];
    // What is no HTTP costs a connection, so it is the rarer kind.
    kinds.extend([b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n".to_vec()]);
    kinds
}
