//! A server that gives the answers of a test, and keeps what it was sent.

use std::convert::Infallible;
use std::sync::{Arc, Mutex};

use events_client::{Client, Credentials};
use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;

/// A request as it arrived.
pub type Sent = Request<String>;

/// An answer.
pub type Answer = Response<Full<Bytes>>;

/// The server.
pub struct Server {
    url: String,
    sent: Arc<Mutex<Vec<Sent>>>,
}

impl Server {
    /// Starts on a free port, and always gives one answer. With a body, it is one of JSON:API.
    pub async fn answering(status: u16, body: String) -> Server {
        Server::with(move |_| answer(status, body.clone())).await
    }

    /// Starts on a free port, and gives the answer to each request.
    pub async fn with(answer: impl Fn(&Sent) -> Answer + Send + Sync + 'static) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server = Server {
            url: format!("http://{}", listener.local_addr().unwrap()),
            sent: Arc::default(),
        };
        let (sent, answer) = (server.sent.clone(), Arc::new(answer));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (sent, answer) = (sent.clone(), answer.clone());
                let service = service_fn(move |request: Request<Incoming>| {
                    let (sent, answer) = (sent.clone(), answer.clone());
                    async move {
                        let (parts, incoming) = request.into_parts();
                        let bytes = incoming.collect().await.unwrap().to_bytes();
                        let text = String::from_utf8(bytes.to_vec()).unwrap();
                        let request = Request::from_parts(parts, text);
                        let answer = answer(&request);
                        sent.lock().unwrap().push(request);
                        Ok::<_, Infallible>(answer)
                    }
                });
                let connection = hyper::server::conn::http1::Builder::new();
                tokio::spawn(connection.serve_connection(TokioIo::new(stream), service));
            }
        });
        server
    }

    /// Where it listens.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// A client of it.
    pub fn client(&self) -> Client {
        Client::new(&self.url, credentials()).unwrap()
    }

    /// What it was sent.
    pub fn sent(&self) -> Vec<Sent> {
        self.sent.lock().unwrap().drain(..).collect()
    }
}

/// Tokens that no server would accept.
pub fn credentials() -> Credentials {
    Credentials {
        bearer: "callers.token".into(),
        service: "services.token".into(),
    }
}

/// An answer with that body, if there is one.
pub fn answer(status: u16, body: String) -> Answer {
    let mut response = Response::builder().status(status).header("etag", "\"1\"");
    if !body.is_empty() {
        response = response.header("content-type", "application/vnd.api+json");
    }
    response.body(Full::new(body.into())).unwrap()
}
