//! A mock over HTTP.

use std::convert::Infallible;
use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use futures::stream::{self, StreamExt};
use http::{HeaderName, HeaderValue, Method, StatusCode};
use http_body_util::combinators::BoxBody;
use http_body_util::{BodyExt, Full, LengthLimitError, Limited, StreamBody};
use hyper::body::{Frame, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::TcpListener;

use super::{Mock, Reply, has_body};
use crate::answers::SampleAnswer;
use crate::exchange::{Answer, NoAnswer};
use crate::traffic::{Fault, Traffic};

/// The longest body of a request that is read.
const LONGEST: usize = 16 * 1024 * 1024;

/// How long a request may still take when the mock is to end.
const GRACE: Duration = Duration::from_secs(2);

/// A mock that is served, and what it has seen.
#[derive(Debug)]
pub struct Served {
    mock: Mock,
    base: String,
    /// Where the report is asked for; a path of the document comes before it.
    report: String,
    requests: AtomicUsize,
    traffic: Mutex<Traffic>,
}

impl Served {
    /// A mock to serve. `base` is the path before every path of the document; `GET` of `report` answers with what was seen
    /// so far, as JSON.
    pub fn new(mock: Mock, base: &str, report: &str, traffic: Traffic) -> Served {
        Served {
            mock,
            base: base.trim_end_matches('/').to_owned(),
            report: report.to_owned(),
            requests: AtomicUsize::new(0),
            traffic: Mutex::new(traffic),
        }
    }

    /// What it has seen.
    pub fn traffic(&self) -> impl std::ops::DerefMut<Target = Traffic> {
        self.traffic.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

type Body = BoxBody<Bytes, io::Error>;

/// Serves a mock until `stop` is there; requests that are under way are answered. `told` is given what each request broke.
pub async fn serve(
    served: Arc<Served>,
    listener: TcpListener,
    stop: impl Future<Output = ()>,
    told: impl Fn(&Fault) + Send + Sync + 'static,
) {
    let told = Arc::new(told);
    let graceful = GracefulShutdown::new();
    let mut stop = std::pin::pin!(stop);
    loop {
        let stream = tokio::select! {
            () = &mut stop => break,
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => stream,
                // Too many open files, or a peer that is gone already.
                Err(_) => {
                    tokio::time::sleep(Duration::from_millis(10)).await;
                    continue;
                }
            },
        };
        stream.set_nodelay(true).ok();
        let (served, told) = (served.clone(), told.clone());
        let service = service_fn(move |request| {
            let (served, told) = (served.clone(), told.clone());
            async move { Ok::<_, Infallible>(respond(&served, request, &*told).await) }
        });
        let connection = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
        let connection = graceful.watch(connection);
        // A client that goes away in the middle is its own affair.
        tokio::spawn(async move { connection.await.ok() });
    }
    tokio::time::timeout(GRACE, graceful.shutdown()).await.ok();
}

async fn respond(
    served: &Served,
    request: http::Request<Incoming>,
    told: &(dyn Fn(&Fault) + Send + Sync),
) -> http::Response<Body> {
    let (parts, body) = request.into_parts();
    let is_report = parts.method == Method::GET
        && parts.uri.path() == served.report
        && !served.mock.contract.knows_path(parts.uri.path());
    if is_report {
        return report(served);
    }
    let body = match Limited::new(body, LONGEST).collect().await {
        Ok(body) => body.to_bytes(),
        Err(error) if error.is::<LengthLimitError>() => {
            return bare(StatusCode::PAYLOAD_TOO_LARGE);
        }
        Err(_) => return bare(StatusCode::BAD_REQUEST),
    };
    let request = http::Request::from_parts(parts, body);
    let number = served.requests.fetch_add(1, Ordering::Relaxed);
    let Reply {
        answer,
        faults,
        breach,
    } = served.mock.reply(&served.base, number, &request);
    let with_body = has_body(request.method());
    let observed = observed(&answer);
    let faults = served
        .traffic()
        .add_own(&request, faults, breach.is_none(), &observed);
    faults.iter().for_each(told);
    let is_cut = breach == Some(super::Breach::CutOff);
    response(answer, with_body, is_cut)
}

/// The answer as the client gets it.
fn observed(answer: &SampleAnswer) -> Result<Answer, NoAnswer> {
    let mut headers = http::HeaderMap::new();
    for (name, value) in pairs(answer) {
        headers.append(name, value);
    }
    let is_json = answer
        .content_type
        .as_deref()
        .is_some_and(crate::media_type::is_json);
    Ok(Answer {
        status: answer.status,
        headers,
        body: answer.bytes.clone(),
        json: answer.body.clone().filter(|_| is_json).map(Ok),
        left_out: 0,
    })
}

/// What can stand in a header.
fn pairs(answer: &SampleAnswer) -> impl Iterator<Item = (HeaderName, HeaderValue)> {
    let content_type = answer
        .content_type
        .iter()
        .map(|content_type| ("content-type", content_type));
    let declared = answer
        .headers
        .iter()
        .map(|(name, text)| (name.as_str(), text));
    declared.chain(content_type).filter_map(|(name, text)| {
        let name = HeaderName::from_bytes(name.as_bytes()).ok()?;
        Some((name, HeaderValue::from_bytes(text.as_bytes()).ok()?))
    })
}

fn response(answer: SampleAnswer, with_body: bool, is_cut: bool) -> http::Response<Body> {
    let mut response = http::Response::builder().status(answer.status);
    for (name, value) in pairs(&answer) {
        response = response.header(name, value);
    }
    let bytes = answer.bytes;
    let body = if is_cut && with_body {
        response = response.header(http::header::CONTENT_LENGTH, bytes.len());
        cut(&bytes)
    } else if with_body {
        whole(bytes)
    } else {
        whole(Bytes::new())
    };
    response
        .body(body)
        .unwrap_or_else(|_| bare(StatusCode::INTERNAL_SERVER_ERROR))
}

fn whole(bytes: Bytes) -> Body {
    Full::new(bytes).map_err(|never| match never {}).boxed()
}

/// The first half of a body, and then the end of the connection.
fn cut(bytes: &Bytes) -> Body {
    let half = bytes.slice(..bytes.len() / 2);
    let end = async {
        // What came before is on its way once there is nothing more for now.
        tokio::task::yield_now().await;
        Err(io::Error::other("it is cut off on purpose"))
    };
    let frames = stream::iter([Ok(Frame::data(half))]).chain(stream::once(end));
    BodyExt::boxed(StreamBody::new(frames))
}

fn bare(status: StatusCode) -> http::Response<Body> {
    let mut response = http::Response::new(whole(Bytes::new()));
    *response.status_mut() = status;
    response
}

fn report(served: &Served) -> http::Response<Body> {
    let mut json = Vec::new();
    let report = served.traffic().report();
    // Writing to memory cannot fail.
    report.write_json(&mut json).ok();
    let mut response = http::Response::new(whole(json.into()));
    let json = HeaderValue::from_static("application/json");
    response
        .headers_mut()
        .insert(http::header::CONTENT_TYPE, json);
    response
}
