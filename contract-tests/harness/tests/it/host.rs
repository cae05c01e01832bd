//! Serves a function over HTTP.
//!
//! Whether a request keeps the document, the harness's own check says: these servers are about what no schema can say.

use std::convert::Infallible;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use contract_harness::Contract;
use http::{Method, Response};
use http_body_util::{BodyExt, Full};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::net::TcpListener;

/// A server that runs until it is dropped.
pub struct Host {
    pub base_url: String,
    task: tokio::task::JoinHandle<()>,
}

impl Drop for Host {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// A call that keeps the document.
#[derive(Clone)]
pub struct Call {
    pub method: Method,
    pub path: String,
    pub target: String,
    pub query: Vec<(String, String)>,
    pub key: Option<String>,
    pub body: Value,
}

impl Call {
    pub fn query(&self, name: &str) -> Option<&str> {
        let mut pairs = self.query.iter();
        pairs
            .find(|(n, _)| n == name)
            .map(|(_, value)| value.as_str())
    }
}

/// Status, `Location` and body.
pub type Reply = (u16, Option<String>, Value);

/// What a server keeps and how it answers.
pub trait Service: Send + 'static {
    fn media_type(&self) -> &'static str;
    fn refusal(&self, reason: String) -> Value;
    fn allow(&self, path: &str) -> Option<&'static str>;
    fn answer(&mut self, call: &Call) -> Reply;

    /// What a path has that no document describes.
    fn undescribed(&mut self, _path: &str) -> Option<Value> {
        None
    }

    /// What the answer that was just given has as `Link`.
    fn link(&mut self) -> Option<String> {
        None
    }
}

/// A service to which somebody else writes too: what was last sent to it, again and again.
pub struct Busy<S> {
    pub service: S,
    /// Before every so many calls.
    pub every: u64,
    calls: u64,
    written: Option<Call>,
}

impl<S> Busy<S> {
    pub fn new(service: S, every: u64) -> Busy<S> {
        Busy {
            service,
            every,
            calls: 0,
            written: None,
        }
    }
}

impl<S: Service> Service for Busy<S> {
    fn media_type(&self) -> &'static str {
        self.service.media_type()
    }

    fn refusal(&self, reason: String) -> Value {
        self.service.refusal(reason)
    }

    fn allow(&self, path: &str) -> Option<&'static str> {
        self.service.allow(path)
    }

    fn answer(&mut self, call: &Call) -> Reply {
        self.calls += 1;
        if self.calls.is_multiple_of(self.every)
            && let Some(written) = &self.written
        {
            self.service.answer(written);
        }
        let reply = self.service.answer(call);
        if call.method == Method::POST && reply.0 == 201 {
            // Somebody else's key is another one.
            let key = None;
            self.written = Some(Call {
                key,
                ..call.clone()
            });
        }
        reply
    }

    fn undescribed(&mut self, path: &str) -> Option<Value> {
        self.service.undescribed(path)
    }

    fn link(&mut self) -> Option<String> {
        self.service.link()
    }
}

pub async fn start(contract: Arc<Contract>, service: impl Service) -> Host {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base_url = format!("http://{}", listener.local_addr().unwrap());
    let service = Arc::new(Mutex::new(service));
    let task = tokio::spawn(async move {
        loop {
            let Ok((stream, _)) = listener.accept().await else {
                continue;
            };
            stream.set_nodelay(true).unwrap();
            let (contract, service) = (contract.clone(), service.clone());
            tokio::spawn(async move {
                let answer = hyper::service::service_fn(
                    move |request: http::Request<hyper::body::Incoming>| {
                        let (contract, service) = (contract.clone(), service.clone());
                        async move {
                            let (head, body) = request.into_parts();
                            let body = body
                                .collect()
                                .await
                                .map(|body| body.to_bytes())
                                .unwrap_or_default();
                            Ok::<_, Infallible>(reply(
                                &contract,
                                &mut *service.lock().unwrap(),
                                &head,
                                &body,
                            ))
                        }
                    },
                );
                let connection = hyper::server::conn::http1::Builder::new();
                connection
                    .serve_connection(TokioIo::new(stream), answer)
                    .await
                    .ok();
            });
        }
    });
    Host { base_url, task }
}

fn reply(
    contract: &Contract,
    service: &mut impl Service,
    head: &http::request::Parts,
    body: &Bytes,
) -> Response<Full<Bytes>> {
    let target = head.uri.path_and_query().unwrap().as_str();
    let path = head.uri.path().to_owned();
    let media_type = service.media_type();
    let respond = |status: u16, value: &Value| response(media_type, status, value);
    if let Some(value) = service.undescribed(&path) {
        return respond(200, &value);
    }
    let Some(allow) = service.allow(&path) else {
        return respond(404, &service.refusal("no such path".to_owned()));
    };
    let is_declared = allow
        .split(", ")
        .any(|method| method == head.method.as_str());
    if !is_declared {
        let mut response = respond(405, &service.refusal("no such method".to_owned()));
        response
            .headers_mut()
            .insert("Allow", allow.parse().unwrap());
        return response;
    }
    let faults = contract.check_request(&head.method, target, &head.headers, body);
    if let Some(fault) = faults.first() {
        return respond(400, &service.refusal(fault.message.clone()));
    }
    let query = head.uri.query().unwrap_or_default();
    let decode = |text: &str| {
        let text = text.replace('+', "%20");
        percent_encoding::percent_decode_str(&text)
            .decode_utf8_lossy()
            .into_owned()
    };
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let call = Call {
        method: head.method.clone(),
        path,
        target: target.to_owned(),
        query: pairs
            .map(|(name, value)| (decode(name), decode(value)))
            .collect(),
        key: head
            .headers
            .get("idempotency-key")
            .map(|value| value.to_str().unwrap().to_owned()),
        body: serde_json::from_slice(body).unwrap_or_default(),
    };
    let (status, location, value) = service.answer(&call);
    let mut response = respond(status, &value);
    if let Some(link) = service.link() {
        let link = link.parse().unwrap();
        response.headers_mut().insert("Link", link);
    }
    if let Some(location) = location {
        response
            .headers_mut()
            .insert("Location", location.parse().unwrap());
    }
    response
}

fn response(media_type: &str, status: u16, value: &Value) -> Response<Full<Bytes>> {
    let builder = Response::builder().status(status);
    if value.is_null() {
        return builder.body(Full::default()).unwrap();
    }
    let body = Full::new(Bytes::from(serde_json::to_vec(value).unwrap()));
    builder
        .header("Content-Type", media_type)
        .body(body)
        .unwrap()
}
