//! A server that gives one answer, and keeps what it was sent.

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

/// The server.
pub struct Server {
    url: String,
    sent: Arc<Mutex<Vec<Sent>>>,
}

impl Server {
    /// Starts on a free port. An answer with a body is one of JSON:API.
    pub async fn answering(status: u16, body: String) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server = Server {
            url: format!("http://{}", listener.local_addr().unwrap()),
            sent: Arc::default(),
        };
        let sent = server.sent.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (sent, body) = (sent.clone(), body.clone());
                let service = service_fn(move |request: Request<Incoming>| {
                    let (sent, body) = (sent.clone(), body.clone());
                    async move {
                        let (parts, incoming) = request.into_parts();
                        let bytes = incoming.collect().await.unwrap().to_bytes();
                        let text = String::from_utf8(bytes.to_vec()).unwrap();
                        sent.lock().unwrap().push(Request::from_parts(parts, text));
                        Ok::<_, Infallible>(answer(status, body))
                    }
                });
                let connection = hyper::server::conn::http1::Builder::new();
                tokio::spawn(connection.serve_connection(TokioIo::new(stream), service));
            }
        });
        server
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

fn answer(status: u16, body: String) -> Response<Full<Bytes>> {
    let mut response = Response::builder().status(status).header("etag", "\"1\"");
    if !body.is_empty() {
        response = response.header("content-type", "application/vnd.api+json");
    }
    response.body(Full::new(body.into())).unwrap()
}
