//! The exchanges of one connection, from the bytes of its two directions.

use std::collections::VecDeque;

use bytes::Bytes;

use super::message::{Head, Reader, Reading};
use crate::exchange::{Answer, NoAnswer};

type Exchanged = (http::Request<Bytes>, Result<Answer, NoAnswer>);

/// Reads along one connection.
///
/// Answers come in the order of their requests (RFC 9112, section 9.3.2). What we cannot read is not judged from there
/// on: it may be what neither side takes for HTTP.
#[derive(Debug, Default)]
pub(super) struct Tap {
    requests: Reader,
    answers: Reader,
    /// Requests that have no answer yet.
    waiting: VecDeque<http::Request<Bytes>>,
    done: Vec<Exchanged>,
    /// Whether the connection is something else by now, as after an upgrade.
    is_blind: bool,
    has_client_ended: bool,
}

impl Tap {
    /// Takes what the client sent.
    pub(super) fn requested(&mut self, bytes: &[u8]) {
        if self.is_blind {
            return;
        }
        self.requests.feed(bytes);
        loop {
            match self.requests.request() {
                Reading::More => return,
                Reading::Whole(head) => {
                    if let Head::Request(request) = *head {
                        self.waiting.push_back(request);
                    }
                }
                Reading::Unreadable(_) => {
                    // The server says what it makes of that.
                    self.is_blind = true;
                    return;
                }
            }
        }
    }

    /// Takes what the server sent.
    pub(super) fn answered(&mut self, bytes: &[u8]) {
        if self.is_blind {
            return;
        }
        self.answers.feed(bytes);
        self.read_answers(false);
    }

    fn read_answers(&mut self, is_end: bool) {
        loop {
            let method = self.waiting.front().map(|request| request.method().clone());
            let reading = self.answers.answer(method.as_ref(), is_end);
            match reading {
                Reading::More => return,
                Reading::Whole(head) => {
                    let Head::Answer(answer) = *head else {
                        continue;
                    };
                    // Something else follows on this connection (RFC 9110, section 7.8).
                    let is_switched = answer.status == http::StatusCode::SWITCHING_PROTOCOLS;
                    if answer.status.is_informational() && !is_switched {
                        continue;
                    }
                    if let Some(request) = self.waiting.pop_front() {
                        self.done.push((request, Ok(answer)));
                    }
                    if is_switched {
                        self.is_blind = true;
                        return;
                    }
                }
                Reading::Unreadable(reason) => {
                    self.is_blind = true;
                    if let Some(request) = self.waiting.pop_front() {
                        self.done.push((request, Err(NoAnswer::Broken(reason))));
                    }
                    return;
                }
            }
        }
    }

    /// The client sends nothing more.
    pub(super) fn client_ended(&mut self) {
        self.has_client_ended = true;
    }

    /// The server sends nothing more: what it owes it never gives.
    pub(super) fn server_ended(&mut self) {
        if self.is_blind {
            return;
        }
        self.read_answers(true);
        // A kept connection may be closed at any time, and its client then asks again. Only an answer that had begun is
        // broken off for certain; and one whose client gave up first is nobody's fault.
        if self.answers.is_amid() && !self.has_client_ended {
            let reason = "the connection ended before the answer did".to_owned();
            if let Some(request) = self.waiting.pop_front() {
                self.done.push((request, Err(NoAnswer::Broken(reason))));
            }
        }
    }

    /// The exchanges that came to their end since the last time.
    pub(super) fn exchanges(&mut self) -> Vec<Exchanged> {
        std::mem::take(&mut self.done)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    /// What is read of two directions, in pieces of that size: each exchange in a line.
    fn read(requests: &str, answers: &str, size: usize) -> Vec<String> {
        let mut tap = Tap::default();
        for piece in requests.as_bytes().chunks(size) {
            tap.requested(piece);
        }
        for piece in answers.as_bytes().chunks(size) {
            tap.answered(piece);
        }
        tap.server_ended();
        let shown = |(request, answer): Exchanged| {
            let body = String::from_utf8(request.body().to_vec()).unwrap();
            let answer = match answer {
                Ok(answer) => {
                    let body = String::from_utf8_lossy(&answer.body).into_owned();
                    format!("{} {body}", answer.status.as_u16())
                }
                Err(reason) => reason.to_string(),
            };
            format!("{} {} {body} -> {answer}", request.method(), request.uri())
        };
        tap.exchanges().into_iter().map(shown).collect()
    }

    #[test]
    fn exchanges_are_read_however_their_bytes_are_cut() {
        let get = "GET /a HTTP/1.1\r\nHost: h\r\n\r\n";
        let head = "HEAD /a HTTP/1.1\r\nHost: h\r\n\r\n";
        let post = "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc";
        let chunked = "PUT /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2;x=y\r\nab\r\n1\r\nc\r\n0\r\nT: 1\r\n\r\n";
        let ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
        for (requests, answers, expected) in [
            (vec![get], vec![ok], vec!["GET /a  -> 200 ok"]),
            (
                vec![get, post],
                vec![ok, ok],
                vec!["GET /a  -> 200 ok", "POST /a abc -> 200 ok"],
            ),
            (vec![chunked], vec![ok], vec!["PUT /a abc -> 200 ok"]),
            (
                vec![head, get],
                vec!["HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n", ok],
                vec!["HEAD /a  -> 200 ", "GET /a  -> 200 ok"],
            ),
            (
                vec![post, get],
                vec![
                    "HTTP/1.1 100 Continue\r\n\r\n",
                    ok,
                    "HTTP/1.1 204 No Content\r\n\r\n",
                ],
                vec!["POST /a abc -> 200 ok", "GET /a  -> 204 "],
            ),
            (
                vec![get],
                vec![
                    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\no\r\n1\r\nk\r\n0\r\n\r\n",
                ],
                vec!["GET /a  -> 200 ok"],
            ),
            // Its end is the connection's.
            (
                vec![get],
                vec!["HTTP/1.0 200 OK\r\n\r\nok"],
                vec!["GET /a  -> 200 ok"],
            ),
            (
                vec![get],
                vec!["HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nok"],
                vec!["GET /a  -> no whole answer: the connection ended before the answer did"],
            ),
            (
                vec![get],
                vec!["nonsense\r\n\r\n"],
                vec!["GET /a  -> no whole answer: it is no HTTP: invalid HTTP version"],
            ),
            // Closed before it was asked, for all we know.
            (vec![get, get], vec![ok], vec!["GET /a  -> 200 ok"]),
            (
                vec![get],
                vec!["HTTP/1.1 101 Switching Protocols\r\n\r\n", "\u{1}\u{2}"],
                vec!["GET /a  -> 101 "],
            ),
        ] {
            for size in [1, 7, 4096] {
                let told = read(&requests.concat(), &answers.concat(), size);
                assert_eq!(told, expected, "in pieces of {size}");
            }
        }
    }

    #[test]
    fn what_was_compressed_is_read() {
        use std::io::Write as _;
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        gzip.write_all(b"{\"a\":1}").unwrap();
        let body = gzip.finish().unwrap();
        let mut tap = Tap::default();
        tap.requested(b"GET /a HTTP/1.1\r\n\r\n");
        let head = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        tap.answered(head.as_bytes());
        tap.answered(&body);
        let (_, answer) = tap.exchanges().remove(0);
        assert_eq!(answer.unwrap().value().unwrap()["a"], 1);
    }
}
