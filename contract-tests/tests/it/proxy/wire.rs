//! Requests and answers byte by byte, with TLS or without.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::ServerName;
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};
use serde_json::Value;

use super::nginx::Nginx;

/// A connection by TLS, to somebody who has shown the certificate.
pub type Secure = StreamOwned<ClientConnection, TcpStream>;

/// An answer.
#[derive(Debug, PartialEq, Eq)]
pub struct Answer {
    pub status: u16,
    /// Names in lower case, sorted.
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Answer {
    /// The header's value, where it is there once.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.headers.iter().filter(|(found, _)| found == name);
        let (_, value) = values.next()?;
        values.next().is_none().then_some(value)
    }

    /// A member of the first error.
    pub fn error(&self, member: &str) -> String {
        let body: Value = serde_json::from_str(&self.body).unwrap_or_default();
        let value = body["errors"][0][member].as_str();
        value.unwrap_or_default().to_owned()
    }
}

/// A connection to nginx.
pub fn connect(nginx: &Nginx) -> Secure {
    let mut roots = RootCertStore::empty();
    roots.add(nginx.certificate.clone()).unwrap();
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from("localhost").unwrap();
    let connection = ClientConnection::new(Arc::new(config), name).unwrap();
    StreamOwned::new(connection, TcpStream::connect(nginx.address).unwrap())
}

/// The request as it goes over the wire: its line without the version, and lines of headers that each end in `\r\n`.
pub fn request(line: &str, headers: &str, body: &str) -> String {
    let length = match body.len() {
        0 => String::new(),
        length => format!("Content-Length: {length}\r\n"),
    };
    format!("{line} HTTP/1.1\r\nHost: localhost\r\n{headers}{length}\r\n{body}")
}

/// The answer to a request on a connection of its own.
pub fn sent(mut stream: impl Read + Write, line: &str, headers: &str, body: &str) -> Answer {
    let request = request(line, &format!("Connection: close\r\n{headers}"), body);
    raw(&mut stream, request.as_bytes())
}

/// What comes back for some bytes until the connection is closed.
pub fn raw(stream: &mut (impl Read + Write), bytes: &[u8]) -> Answer {
    // The other side may have had enough before it has read it all.
    drop(stream.write_all(bytes));
    let text = rest(stream);
    parse(&text).unwrap_or_else(|| panic!("{text:.500?} to {:.200}", bytes.escape_ascii()))
}

/// Everything until the connection is closed, in whatever way.
pub fn rest(stream: &mut impl Read) -> String {
    let mut bytes = Vec::new();
    drop(stream.read_to_end(&mut bytes));
    String::from_utf8(bytes).unwrap()
}

/// The next head on a connection that stays open.
pub fn head(stream: &mut impl Read) -> String {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        let read = stream.read(&mut byte).unwrap();
        assert_eq!(read, 1, "{}", head.escape_ascii());
        head.extend(byte);
    }
    String::from_utf8(head).unwrap()
}

fn parse(text: &str) -> Option<Answer> {
    let (head, body) = text.split_once("\r\n\r\n")?;
    let mut lines = head.lines();
    let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
    let headers = lines.filter_map(|line| {
        let (name, value) = line.split_once(": ")?;
        Some((name.to_ascii_lowercase(), value.to_owned()))
    });
    let mut headers: Vec<_> = headers.collect();
    headers.sort();
    Some(Answer {
        status,
        headers,
        body: body.to_owned(),
    })
}

/// Somebody who stands where the server would, and what nginx sends there.
pub struct Upstream(pub TcpListener);

impl Upstream {
    pub fn new() -> Upstream {
        Upstream(TcpListener::bind("127.0.0.1:0").unwrap())
    }

    pub fn address(&self) -> SocketAddr {
        self.0.local_addr().unwrap()
    }

    /// The next connection. One on which nothing can be written for a minute fails the test instead of holding it up.
    pub fn accept(&self) -> TcpStream {
        let (stream, _) = self.0.accept().unwrap();
        let minute = Some(Duration::from_secs(60));
        stream.set_write_timeout(minute).unwrap();
        stream
    }
}
