//! The one place that sends.
//!
//! Connections are kept alive and used one request at a time. The harness speaks HTTP/1.1 by hand over hyper, not
//! through a client library, because it must send what such a library would mend.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Uri};
use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

use crate::exchange::{Answer, NoAnswer};
use crate::request::Request;
use crate::run::Error;

/// The longest body that is read.
const LONGEST: usize = 16 * 1024 * 1024;

/// Sends requests to one server.
#[derive(Debug)]
pub(crate) struct Sender {
    /// `host:port`, for the connection.
    address: String,
    /// For the `Host` header.
    pub(crate) host: String,
    /// The path that stands before every path of the document.
    pub(crate) base: String,
    idle: Mutex<Vec<SendRequest<Full<Bytes>>>>,
    requests: AtomicUsize,
}

impl Sender {
    /// A sender for a base URL; nothing is sent yet.
    pub(crate) fn new(base_url: &str) -> Result<Sender, Error> {
        let bad = |reason: &str| Error::BaseUrl {
            url: base_url.to_owned(),
            reason: reason.to_owned(),
        };
        let uri: Uri = base_url.parse().map_err(|_| bad("it is not a URL"))?;
        if uri.scheme_str() != Some("http") {
            return Err(bad(
                "only `http://` is spoken: give the address behind what ends TLS",
            ));
        }
        let authority = uri.authority().ok_or_else(|| bad("it names no host"))?;
        let port = authority.port_u16().unwrap_or(80);
        Ok(Sender {
            address: format!("{}:{port}", authority.host()),
            host: authority.as_str().to_owned(),
            base: uri.path().trim_end_matches('/').to_owned(),
            idle: Mutex::new(Vec::new()),
            requests: AtomicUsize::new(0),
        })
    }

    /// Makes one connection, to know that there is a server.
    pub(crate) async fn probe(&self, timeout: Duration) -> Result<(), Error> {
        let connected = tokio::time::timeout(timeout, self.connect()).await;
        let reason = match connected {
            Ok(Ok(connection)) => {
                self.keep(connection);
                return Ok(());
            }
            Ok(Err(error)) => error.to_string(),
            Err(_) => NoAnswer::TimedOut(timeout).to_string(),
        };
        Err(Error::NoServer {
            address: self.address.clone(),
            reason,
        })
    }

    /// Sends a request and receives its answer whole, within that time.
    pub(crate) async fn send(
        &self,
        request: &Request,
        timeout: Duration,
    ) -> Result<Answer, NoAnswer> {
        self.requests.fetch_add(1, Ordering::Relaxed);
        match tokio::time::timeout(timeout, self.exchange(request)).await {
            Ok(answer) => answer,
            Err(_) => Err(NoAnswer::TimedOut(timeout)),
        }
    }

    /// How many requests were sent.
    pub(crate) fn requests(&self) -> usize {
        self.requests.load(Ordering::Relaxed)
    }

    async fn exchange(&self, request: &Request) -> Result<Answer, NoAnswer> {
        // A server may close a kept connection at any time. Whether it did is seen only by sending, so what fails on a
        // kept connection is sent once more on a new one (RFC 9112, section 9.3.1).
        if let Some(connection) = self.kept() {
            match self.exchange_over(connection, request).await {
                Err(NoAnswer::Broken(_)) => {}
                other => return other,
            }
        }
        let connection = self.connect().await?;
        self.exchange_over(connection, request).await
    }

    async fn exchange_over(
        &self,
        mut connection: SendRequest<Full<Bytes>>,
        request: &Request,
    ) -> Result<Answer, NoAnswer> {
        let broken = |error: &dyn std::error::Error| NoAnswer::Broken(chain(error));
        let message = self.message(request).map_err(|error| broken(&error))?;
        connection.ready().await.map_err(|error| broken(&error))?;
        let response = connection
            .send_request(message)
            .await
            .map_err(|error| broken(&error))?;
        let (head, body) = response.into_parts();
        let body = Limited::new(body, LONGEST)
            .collect()
            .await
            .map_err(|error| match error.downcast_ref::<LengthLimitError>() {
                Some(_) => NoAnswer::TooLong(LONGEST),
                None => broken(error.as_ref()),
            })?;
        self.keep(connection);
        Ok(Answer::new(head.status, head.headers, body.to_bytes()))
    }

    fn message(&self, request: &Request) -> Result<http::Request<Full<Bytes>>, http::Error> {
        let mut message = http::Request::builder()
            .method(request.method.clone())
            .uri(request.target.as_str())
            .header(http::header::HOST, self.host.as_str());
        for (name, value) in &request.headers {
            let name = HeaderName::from_bytes(name.as_bytes())?;
            message = message.header(name, HeaderValue::from_bytes(value.as_bytes())?);
        }
        message.body(Full::new(request.body.clone().unwrap_or_default()))
    }

    async fn connect(&self) -> Result<SendRequest<Full<Bytes>>, NoAnswer> {
        let stream = TcpStream::connect(&self.address)
            .await
            .map_err(|error| NoAnswer::NotConnected(error.to_string()))?;
        // Answers are waited for: holding small segments back only delays them.
        stream
            .set_nodelay(true)
            .map_err(|error| NoAnswer::NotConnected(error.to_string()))?;
        let (sender, connection) = handshake(TokioIo::new(stream))
            .await
            .map_err(|error| NoAnswer::NotConnected(chain(&error)))?;
        // How the connection ends is seen by whoever waits for an answer on it.
        tokio::spawn(async move { connection.await.ok() });
        Ok(sender)
    }

    fn kept(&self) -> Option<SendRequest<Full<Bytes>>> {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        while let Some(connection) = idle.pop() {
            if !connection.is_closed() {
                return Some(connection);
            }
        }
        None
    }

    fn keep(&self, connection: SendRequest<Full<Bytes>>) {
        if !connection.is_closed() {
            self.idle
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push(connection);
        }
    }
}

/// An error with its causes.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}
