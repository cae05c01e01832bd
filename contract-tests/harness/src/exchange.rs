//! A case with what was sent and what came back.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde_json::Value;

use crate::case::Case;
use crate::media_type;
use crate::request::Request;

/// A case, the request as sent, the answer as received.
#[derive(Clone, Debug)]
pub struct Exchange {
    /// The case.
    pub case: Case,
    /// The server's host and port.
    pub host: Arc<str>,
    /// The path that stands before every path of the document.
    pub base: Arc<str>,
    /// What was sent, credentials and all.
    pub request: Request,
    /// What came back, or why nothing did.
    pub answer: Result<Answer, NoAnswer>,
    /// When it was sent.
    pub started: SystemTime,
    /// From the first byte sent to the last one received.
    pub elapsed: Duration,
}

impl Exchange {
    /// The status of the answer, where there is one.
    pub fn status(&self) -> Option<StatusCode> {
        self.answer.as_ref().ok().map(|answer| answer.status)
    }

    /// The answer, where it is a success.
    pub fn success(&self) -> Option<&Answer> {
        self.answer
            .as_ref()
            .ok()
            .filter(|answer| answer.status.is_success())
    }

    /// The body of the answer as JSON, where it is a success.
    pub(crate) fn into_value(self) -> Option<Value> {
        let answer = self.answer.ok()?;
        let json = answer.json.filter(|_| answer.status.is_success())?;
        json.ok()
    }
}

/// An HTTP response.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
    /// The body as JSON, or what is wrong with it, where its media type is a JSON one and it is not compressed.
    pub json: Option<Result<Value, String>>,
    /// How many bytes more the body had. Not every body of a long sequence is kept whole.
    pub left_out: usize,
}

impl Answer {
    /// An answer, its body read as JSON where it says to be.
    pub fn new(status: StatusCode, headers: HeaderMap, body: Bytes) -> Answer {
        let is_json = headers
            .get(http::header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .is_some_and(media_type::is_json);
        // Nobody asked for it, but a server may compress all the same.
        let is_plain = headers
            .get(http::header::CONTENT_ENCODING)
            .is_none_or(|coding| coding == "identity");
        let json = (is_json && is_plain && !body.is_empty())
            .then(|| serde_json::from_slice(&body).map_err(|error| error.to_string()));
        Answer {
            status,
            headers,
            body,
            json,
            left_out: 0,
        }
    }

    /// The body as JSON, where it is.
    pub fn value(&self) -> Option<&Value> {
        self.json.as_ref().and_then(|json| json.as_ref().ok())
    }

    /// What `Content-Type` says.
    pub fn content_type(&self) -> Option<&str> {
        self.headers
            .get(http::header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
    }
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoAnswer {
    /// The time that the settings give was up.
    TimedOut(Duration),
    /// No connection could be made.
    NotConnected(String),
    /// The server has shown a certificate that is not good, or not its own.
    NotTrusted(String),
    /// The connection ended, or what came over it was not HTTP.
    Broken(String),
    /// The body was longer than what we read.
    TooLong(usize),
}

impl std::error::Error for NoAnswer {}

impl fmt::Display for NoAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NoAnswer::TimedOut(limit) => write!(f, "no answer within {} s", limit.as_secs_f64()),
            NoAnswer::NotConnected(reason) => write!(f, "no connection: {reason}"),
            NoAnswer::NotTrusted(reason) => {
                write!(f, "the server's certificate is not trusted: {reason}")
            }
            NoAnswer::Broken(reason) => write!(f, "no whole answer: {reason}"),
            NoAnswer::TooLong(limit) => write!(f, "the body is longer than {limit} bytes"),
        }
    }
}
