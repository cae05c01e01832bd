//! Good requests, one after the other on a connection.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::server::Server;

/// What callers got.
#[derive(Default)]
pub struct Counts {
    /// How long each good answer took.
    pub times: Vec<Duration>,
    pub refused: u64,
    pub other: u64,
}

impl Counts {
    pub fn good(&self) -> usize {
        self.times.len()
    }

    pub fn add(&mut self, other: Counts) {
        self.times.extend(other.times);
        self.refused += other.refused;
        self.other += other.other;
    }
}

/// The requests of a caller: one is created, it is read three times, and a page is read.
pub struct Calls {
    address: String,
    requests: Vec<(u16, String)>,
}

impl Calls {
    pub fn new(server: &Server) -> Calls {
        let Server {
            address,
            tokens: [(_, user), (_, service)],
            ..
        } = server;
        let head = |line: &str| {
            format!(
                "{line} HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {user}\r\nS2S-Auth-Token: {service}\r\n"
            )
        };
        let body = r#"{"data":{"type":"event","attributes":{"name":"overloaded"}}}"#;
        let create = format!(
            "{}Content-Type: application/vnd.api+json\r\nContent-Length: {}\r\n\r\n{body}",
            head("POST /events"),
            body.len(),
        );
        let get = || (200, head("GET /events/1") + "\r\n");
        let list = head("GET /events?page[size]=10") + "\r\n";
        Calls {
            address: address.clone(),
            requests: vec![(201, create), get(), get(), get(), (200, list)],
        }
    }

    /// Calls until it is over.
    pub async fn go_on(&self, caller: usize, is_over: &AtomicBool) -> Counts {
        let mut counts = Counts::default();
        let mut connection = None;
        // Not everybody begins with the same.
        let requests = self.requests.iter().cycle();
        for (status, request) in requests.skip(caller % self.requests.len()) {
            if is_over.load(Ordering::Relaxed) {
                break;
            }
            let begun = Instant::now();
            match self.call(&mut connection, request).await {
                Ok(found) if found == *status => counts.times.push(begun.elapsed()),
                Ok(503) => counts.refused += 1,
                // The first event is being created by somebody else.
                Ok(404) => {}
                Ok(_) | Err(_) => {
                    counts.other += 1;
                    connection = None;
                }
            }
        }
        counts
    }

    async fn call(&self, connection: &mut Option<TcpStream>, request: &str) -> io::Result<u16> {
        let stream = match connection {
            Some(stream) => stream,
            None => connection.insert(TcpStream::connect(&self.address).await?),
        };
        stream.write_all(request.as_bytes()).await?;
        status(stream).await
    }
}

/// Reads an answer to its end.
pub async fn status(stream: &mut TcpStream) -> io::Result<u16> {
    let broken = || io::Error::from(io::ErrorKind::InvalidData);
    let mut read = Vec::new();
    loop {
        let end = read.windows(4).position(|four| four == b"\r\n\r\n");
        if let Some(end) = end {
            let head = std::str::from_utf8(&read[..end]).map_err(|_| broken())?;
            let mut lines = head.lines();
            let status = lines.next().and_then(|line| line.get(9..12)?.parse().ok());
            let length = lines.find_map(|line| line.strip_prefix("content-length: "));
            let length: usize = length.and_then(|text| text.parse().ok()).unwrap_or(0);
            while read.len() < end + 4 + length {
                if stream.read_buf(&mut read).await? == 0 {
                    return Err(broken());
                }
            }
            return status.ok_or_else(broken);
        }
        if stream.read_buf(&mut read).await? == 0 {
            return Err(broken());
        }
    }
}
