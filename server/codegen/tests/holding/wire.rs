//! Connections, byte by byte.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};

const CREDENTIALS: &str = "Authorization: Bearer secret\r\nX-Key: secret\r\n";

/// A connection, which is kept open.
pub struct Connection(TcpStream);

/// An answer: its head, with its names in lower case, and its body.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines();
        lines.find_map(|line| line.strip_prefix(&format!("{name}: ")))
    }
}

impl Connection {
    pub fn to(address: SocketAddr) -> Connection {
        Connection(TcpStream::connect(address).unwrap())
    }

    /// Sends the head of a request: its first line, and its other lines beside the credentials.
    pub fn send(&mut self, line: &str, headers: &[&str]) {
        let headers: String = headers
            .iter()
            .map(|header| format!("{header}\r\n"))
            .collect();
        let head = format!("{line} HTTP/1.1\r\nHost: things\r\n{CREDENTIALS}{headers}\r\n");
        self.0.write_all(head.as_bytes()).unwrap();
    }

    /// Sends as much as the other side takes; whether it took all.
    pub fn send_bytes(&mut self, bytes: &[u8]) -> bool {
        self.0.write_all(bytes).is_ok()
    }

    /// Another handle for the same connection, to read while something is sent.
    pub fn reader(&self) -> Connection {
        Connection(self.0.try_clone().unwrap())
    }

    /// Reads an answer that says how long it is.
    pub fn answer(&mut self) -> Answer {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            assert_eq!(
                self.0.read(&mut byte).unwrap(),
                1,
                "{}",
                head.escape_ascii()
            );
            head.extend(byte);
        }
        let head = String::from_utf8(head).unwrap();
        let status = head["HTTP/1.1 ".len()..][..3].parse().unwrap();
        let mut answer = Answer {
            status,
            head,
            body: String::new(),
        };
        let length = answer
            .header("content-length")
            .unwrap_or("0")
            .parse()
            .unwrap();
        let mut body = vec![0; length];
        self.0.read_exact(&mut body).unwrap();
        answer.body = String::from_utf8(body).unwrap();
        answer
    }

    /// Whether the other side has closed the connection, or closes it now: waits for it.
    pub fn is_closed(&mut self) -> bool {
        // Bytes that nobody reads are told by a reset.
        matches!(self.0.read(&mut [0]), Ok(0) | Err(_))
    }

    pub fn get(&mut self, path: &str) -> Answer {
        self.send(&format!("GET {path}"), &[]);
        self.answer()
    }
}
