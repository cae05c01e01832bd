//! A server that answers what it is told, and keeps what it was asked: the other side of a client under proof.

use std::convert::Infallible;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use contract_harness::SampleAnswer;
use futures::stream::{self, StreamExt};
use http::header::CONTENT_LENGTH;
use http::{HeaderMap, Method, Request, Response, StatusCode};
use http_body_util::combinators::BoxBody;
use http_body_util::{BodyExt, Full, StreamBody};
use hyper::body::{Frame, Incoming};
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// A request as it came.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub method: Method,
    pub path_and_query: String,
    pub headers: HeaderMap,
    pub body: Bytes,
}

/// The server. It ends when it is dropped.
pub struct StandIn {
    address: SocketAddr,
    state: Arc<Mutex<State>>,
    task: JoinHandle<()>,
}

#[derive(Default)]
struct State {
    answer: Option<SampleAnswer>,
    /// Whether the connection ends in the middle of the body.
    is_cut: bool,
    asked: Vec<Asked>,
}

impl StandIn {
    /// Starts it on a free port.
    ///
    /// # Errors
    /// There is none.
    pub async fn start() -> io::Result<StandIn> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let state = Arc::new(Mutex::new(State::default()));
        let task = tokio::spawn(accept(listener, Arc::clone(&state)));
        Ok(StandIn {
            address,
            state,
            task,
        })
    }

    /// Where it listens.
    pub fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Sets the answer to all requests that follow, and forgets those before.
    pub(crate) fn answer_with(&self, answer: SampleAnswer) {
        self.set(answer, false);
    }

    /// The same, where the connection ends when half of the body was sent.
    pub(crate) fn break_off(&self, answer: SampleAnswer) {
        self.set(answer, true);
    }

    fn set(&self, answer: SampleAnswer, is_cut: bool) {
        *lock(&self.state) = State {
            answer: Some(answer),
            is_cut,
            asked: Vec::new(),
        };
    }

    /// What was asked since then.
    pub(crate) fn asked(&self) -> Vec<Asked> {
        lock(&self.state).asked.clone()
    }
}

impl Drop for StandIn {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// The state is whole between any two statements that touch it, whoever panicked.
fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn accept(listener: TcpListener, state: Arc<Mutex<State>>) {
    while let Ok((stream, _)) = listener.accept().await {
        let state = Arc::clone(&state);
        let answer = service_fn(move |request| answer(request, Arc::clone(&state)));
        tokio::spawn(async move {
            // A client that goes away in the middle is its own affair.
            drop(
                hyper::server::conn::http1::Builder::new()
                    .serve_connection(TokioIo::new(stream), answer)
                    .await,
            );
        });
    }
}

async fn answer(
    request: Request<Incoming>,
    state: Arc<Mutex<State>>,
) -> Result<Response<BoxBody<Bytes, io::Error>>, Infallible> {
    let (parts, body) = request.into_parts();
    let body = body
        .collect()
        .await
        .map(|body| body.to_bytes())
        .unwrap_or_default();
    let mut state = lock(&state);
    state.asked.push(Asked {
        method: parts.method,
        path_and_query: parts
            .uri
            .path_and_query()
            .map(ToString::to_string)
            .unwrap_or_default(),
        headers: parts.headers,
        body,
    });
    let mut builder = Response::builder().status(StatusCode::NOT_IMPLEMENTED);
    let mut sent = Bytes::new();
    if let Some(SampleAnswer {
        status,
        headers,
        content_type,
        body: _,
        bytes,
    }) = &state.answer
    {
        builder = Response::builder().status(*status);
        for (name, value) in headers {
            builder = builder.header(name, value);
        }
        if let Some(content_type) = content_type {
            builder = builder.header("content-type", content_type);
        }
        sent = bytes.clone();
    }
    let body = if state.is_cut {
        builder = builder.header(CONTENT_LENGTH, sent.len());
        let half = sent.slice(..sent.len() / 2);
        // What came before is on its way once there is nothing more for now.
        let end = async {
            tokio::task::yield_now().await;
            Err(io::Error::other("it breaks off on purpose"))
        };
        let frames = stream::iter([Ok(Frame::data(half))]).chain(stream::once(end));
        BodyExt::boxed(StreamBody::new(frames))
    } else {
        Full::new(sent).map_err(|never| match never {}).boxed()
    };
    Ok(builder.body(body).unwrap_or_else(|_| {
        let nothing = Full::default().map_err(|never| match never {});
        Response::new(nothing.boxed())
    }))
}
