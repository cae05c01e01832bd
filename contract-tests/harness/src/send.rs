//! The one place that sends.
//!
//! Connections are kept alive and used one request at a time. The harness speaks HTTP/1.1 by hand over hyper, not
//! through a client library, because it must send what such a library would mend.
//!
//! A sender belongs to one thread and its connections to that thread's runtime, so that nothing is shared on the way of
//! a request.

mod tls;

use std::cell::{Cell, RefCell};
use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderName, HeaderValue};
use http_body_util::{BodyExt, Full};
use hyper::body::{Body as _, Incoming};
use hyper::client::conn::http1::{Builder, Connection, SendRequest};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;

use crate::exchange::{Answer, NoAnswer};
use crate::pace::Pace;
use crate::request::Request;
use crate::run::Error;
use crate::site::Site;
use crate::trust::Trust;
use tls::Tls;

/// The longest body that is read.
const LONGEST: usize = 16 * 1024 * 1024;

/// How much of an answer is read at a time, and how long its head may be. Connections keep such a buffer each.
const BUFFER: usize = 64 * 1024;

/// How a server is reached, found out once.
#[derive(Clone, Debug)]
pub(crate) struct Route {
    pub(crate) site: Arc<Site>,
    pub(crate) addresses: Arc<[SocketAddr]>,
    tls: Option<Tls>,
    pace: Option<Arc<Pace>>,
}

impl Route {
    /// Looks the server's name up.
    pub(crate) async fn new(
        site: Site,
        trust: &Trust,
        rate: Option<f64>,
        timeout: Duration,
    ) -> Result<Route, Error> {
        let unreachable = |reason: String| Error::NoServer {
            address: site.address(),
            reason,
        };
        let looked_up = tokio::net::lookup_host((site.name.as_str(), site.port));
        let addresses: Arc<[SocketAddr]> = match tokio::time::timeout(timeout, looked_up).await {
            Ok(Ok(addresses)) => addresses.collect(),
            Ok(Err(error)) => return Err(unreachable(error.to_string())),
            Err(_) => return Err(unreachable("its name is not looked up in time".to_owned())),
        };
        let tls = if site.is_tls {
            Some(Tls::new(&site, trust)?)
        } else {
            None
        };
        Ok(Route {
            site: Arc::new(site),
            addresses,
            tls,
            pace: rate.and_then(Pace::new).map(Arc::new),
        })
    }

    /// A connection, for whoever speaks HTTP over it by himself.
    pub(crate) async fn dial(&self) -> Result<Box<dyn Duplex>, NoAnswer> {
        let refused = |error: io::Error| NoAnswer::NotConnected(chain(&error));
        let stream = self.tcp().await.map_err(refused)?;
        match &self.tls {
            None => Ok(Box::new(stream)),
            Some(tls) => Ok(Box::new(tls.connect(stream).await?)),
        }
    }

    /// Connects to the first of the server's addresses that takes it.
    async fn tcp(&self) -> io::Result<TcpStream> {
        loop {
            match TcpStream::connect(&*self.addresses).await {
                // A server that closes every connection leaves no free port on this machine for a while, which is
                // nobody's fault.
                Err(error) if error.kind() == io::ErrorKind::AddrNotAvailable => {
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
                other => {
                    let stream = other?;
                    // Answers are waited for: holding small segments back only delays them.
                    stream.set_nodelay(true)?;
                    return Ok(stream);
                }
            }
        }
    }
}

/// Both directions of a connection.
pub(crate) trait Duplex: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Duplex for T {}

/// Sends requests to one server, for one thread.
pub(crate) struct Sender {
    pub(crate) route: Route,
    idle: RefCell<Vec<SendRequest<Full<Bytes>>>>,
    requests: Cell<usize>,
}

/// What sending came to.
#[derive(Debug)]
pub(crate) struct Sent {
    pub(crate) answer: Result<Answer, NoAnswer>,
    /// Whether the request may have reached the server twice: the first time on a kept connection that ended without an
    /// answer.
    pub(crate) is_doubtful: bool,
}

impl Sender {
    /// A sender; nothing is sent yet.
    pub(crate) fn new(route: Route) -> Sender {
        Sender {
            route,
            idle: RefCell::new(Vec::new()),
            requests: Cell::new(0),
        }
    }

    /// Makes one connection, to know that there is a server.
    pub(crate) async fn probe(&self, timeout: Duration) -> Result<(), Error> {
        let connected = tokio::time::timeout(timeout, self.connect()).await;
        let reason = match connected {
            Ok(Ok(connection)) => {
                self.keep(connection);
                return Ok(());
            }
            Ok(Err(reason)) => reason,
            Err(_) => NoAnswer::TimedOut(timeout),
        };
        Err(Error::unreached(&self.route.site, reason))
    }

    /// Sends a request and receives its answer whole, within that time.
    pub(crate) async fn send(&self, request: &Request, timeout: Duration) -> Sent {
        if let Some(pace) = &self.route.pace {
            pace.wait().await;
        }
        self.requests.set(self.requests.get() + 1);
        let is_doubtful = Cell::new(false);
        let answer = match tokio::time::timeout(timeout, self.exchange(request, &is_doubtful)).await
        {
            Ok(answer) => answer,
            Err(_) => Err(NoAnswer::TimedOut(timeout)),
        };
        Sent {
            answer,
            is_doubtful: is_doubtful.get(),
        }
    }

    /// How many requests were sent.
    pub(crate) fn requests(&self) -> usize {
        self.requests.get()
    }

    async fn exchange(
        &self,
        request: &Request,
        is_doubtful: &Cell<bool>,
    ) -> Result<Answer, NoAnswer> {
        let broken = |error: &dyn std::error::Error| NoAnswer::Broken(chain(error));
        let mut message = self.message(request).map_err(|error| broken(&error))?;
        // A server may close a kept connection at any time, and whether it did is seen only by sending. What was not
        // sent at all goes over another connection; so does what got no answer, because the server need not have read
        // it (RFC 9112, section 9.3.1). Then nobody knows whether it came once or twice.
        while let Some(mut connection) = self.kept() {
            if connection.ready().await.is_err() {
                continue;
            }
            let mut error = match connection.try_send_request(message).await {
                Ok(response) => return self.receive(connection, response).await,
                Err(error) => error,
            };
            match error.take_message() {
                Some(unsent) => message = unsent,
                None => {
                    let error = error.into_error();
                    if error.is_parse() {
                        return Err(broken(&error));
                    }
                    is_doubtful.set(true);
                    message = self.message(request).map_err(|error| broken(&error))?;
                    break;
                }
            }
        }
        let mut connection = self.connect().await?;
        connection.ready().await.map_err(|error| broken(&error))?;
        let response = connection
            .send_request(message)
            .await
            .map_err(|error| broken(&error))?;
        self.receive(connection, response).await
    }

    /// Reads the body, and keeps the connection where it can be used again.
    async fn receive(
        &self,
        connection: SendRequest<Full<Bytes>>,
        response: http::Response<Incoming>,
    ) -> Result<Answer, NoAnswer> {
        let (head, mut body) = response.into_parts();
        // A body has memory of its own: a part of the connection's buffer would keep all of that.
        let announced = usize::try_from(body.size_hint().lower()).unwrap_or(LONGEST);
        let mut whole = Vec::with_capacity(announced.min(LONGEST));
        while let Some(frame) = body.frame().await {
            let frame = frame.map_err(|error| NoAnswer::Broken(chain(&error)))?;
            let Ok(data) = frame.into_data() else {
                continue;
            };
            if whole.len() + data.len() > LONGEST {
                return Err(NoAnswer::TooLong(LONGEST));
            }
            whole.extend_from_slice(&data);
        }
        self.keep(connection);
        Ok(Answer::new(head.status, head.headers, whole.into()))
    }

    fn message(&self, request: &Request) -> Result<http::Request<Full<Bytes>>, http::Error> {
        let mut message = http::Request::builder()
            .method(request.method.clone())
            .uri(request.target.as_str())
            .header(http::header::HOST, self.route.site.host.as_str());
        for (name, value) in &request.headers {
            let name = HeaderName::from_bytes(name.as_bytes())?;
            message = message.header(name, HeaderValue::from_bytes(value.as_bytes())?);
        }
        message.body(Full::new(request.body.clone().unwrap_or_default()))
    }

    async fn connect(&self) -> Result<SendRequest<Full<Bytes>>, NoAnswer> {
        let stream = self
            .route
            .tcp()
            .await
            .map_err(|error| NoAnswer::NotConnected(error.to_string()))?;
        let refused = |error: &dyn std::error::Error| NoAnswer::NotConnected(chain(error));
        let mut http = Builder::new();
        http.max_buf_size(BUFFER);
        match &self.route.tls {
            None => {
                let (sender, connection) = http
                    .handshake(TokioIo::new(stream))
                    .await
                    .map_err(|error| refused(&error))?;
                drive(connection);
                Ok(sender)
            }
            Some(tls) => {
                let stream = tls.connect(stream).await?;
                let (sender, connection) = http
                    .handshake(TokioIo::new(stream))
                    .await
                    .map_err(|error| refused(&error))?;
                drive(connection);
                Ok(sender)
            }
        }
    }

    fn kept(&self) -> Option<SendRequest<Full<Bytes>>> {
        let mut idle = self.idle.borrow_mut();
        while let Some(connection) = idle.pop() {
            if !connection.is_closed() {
                return Some(connection);
            }
        }
        None
    }

    fn keep(&self, connection: SendRequest<Full<Bytes>>) {
        if !connection.is_closed() {
            self.idle.borrow_mut().push(connection);
        }
    }
}

impl fmt::Debug for Sender {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sender")
            .field("route", &self.route)
            .field("requests", &self.requests)
            .finish_non_exhaustive()
    }
}

/// Lets a connection go on. How it ends is seen by whoever waits for an answer on it.
fn drive<T>(connection: Connection<TokioIo<T>, Full<Bytes>>)
where
    T: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin + Send + 'static,
{
    tokio::spawn(async move { connection.await.ok() });
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
