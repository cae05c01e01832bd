//! The harness against itself: a server that judges requests with `check_request` and answers from `answers`.
//!
//! Generation and judgement are two ways through the same document: a call that the one makes as valid the other must
//! allow, and one that it makes to break a rule the other must refuse. The document has every kind of parameter.

use std::convert::Infallible;
use std::sync::{Arc, Mutex};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use contract_harness::{AnswerStrategy, Contract, Settings, Target, run};
use http::request::Parts;
use http::{Request, Response};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper_util::rt::TokioIo;
use openapi_model::{Location, Operation, SecurityKind, StatusPattern};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use tokio::net::TcpListener;

use crate::settings;

const DOCUMENT: &str = include_str!("variety.json");
const WIRE: &str = include_str!("documents/wire.yaml");

struct Mock {
    contract: Contract,
    answers: Vec<Vec<AnswerStrategy>>,
    runner: Mutex<TestRunner>,
}

pub async fn start(document: &str) -> String {
    let contract = Contract::new(openapi_model::parse(document).unwrap()).unwrap();
    let answers = (0..contract.api().operations.len())
        .map(|index| contract.answers(index).0)
        .collect();
    let mock = Arc::new(Mock {
        contract,
        answers,
        runner: Mutex::new(TestRunner::deterministic()),
    });
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base_url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        loop {
            let Ok((stream, _)) = listener.accept().await else {
                continue;
            };
            stream.set_nodelay(true).unwrap();
            let mock = mock.clone();
            tokio::spawn(async move {
                let service = hyper::service::service_fn(move |request| {
                    let mock = mock.clone();
                    async move { Ok::<_, Infallible>(mock.answer(request).await) }
                });
                let connection = hyper::server::conn::http1::Builder::new();
                connection
                    .serve_connection(TokioIo::new(stream), service)
                    .await
                    .ok();
            });
        }
    });
    base_url
}

impl Mock {
    async fn answer(&self, request: Request<Incoming>) -> Response<Full<Bytes>> {
        let (head, body) = request.into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        let target = head.uri.path_and_query().unwrap().as_str();
        let failures = self
            .contract
            .check_request(&head.method, target, &head.headers, &body);
        let Some(index) = self.contract.operation_for(&head.method, target) else {
            let status = if failures.iter().any(|f| f.cause == "method") {
                405
            } else {
                404
            };
            let refused = Response::builder().status(status).header("Allow", "GET");
            return refused.body(Full::default()).unwrap();
        };
        let operation = &self.contract.api().operations[index];
        let status = match failures.first().map(|failure| failure.cause.as_str()) {
            _ if !is_authorized(&self.contract, operation, &head) => 401,
            _ if head
                .headers
                .get("accept")
                .is_some_and(|accept| accept == "application/x-not-offered") =>
            {
                406
            }
            Some("content type") => 415,
            Some(_) => 400,
            None => operation.responses.iter().find_map(success).unwrap_or(200),
        };
        self.respond(index, status)
    }

    /// An answer of that status, or of the response that describes it.
    fn respond(&self, index: usize, status: u16) -> Response<Full<Bytes>> {
        let status = http::StatusCode::from_u16(status).unwrap();
        let described = self.contract.api().operations[index].response(status);
        let strategy = described.and_then(|response| {
            let mut strategies = self.answers[index].iter();
            strategies.find(|strategy| strategy.declared == response.status)
        });
        let Some(strategy) = strategy else {
            return Response::builder()
                .status(status)
                .body(Full::default())
                .unwrap();
        };
        let answer = strategy
            .new_tree(&mut self.runner.lock().unwrap())
            .unwrap()
            .current();
        let mut response = Response::builder().status(status);
        for (name, value) in answer.headers {
            response = response.header(name, value);
        }
        if let Some(content_type) = answer.content_type {
            response = response.header("Content-Type", content_type);
        }
        let body = answer.body.map(|body| body.to_string()).unwrap_or_default();
        response.body(Full::new(Bytes::from(body))).unwrap()
    }
}

fn success(response: &openapi_model::Response) -> Option<u16> {
    match response.status {
        StatusPattern::Code(code) if code.is_success() => Some(code.as_u16()),
        _ => None,
    }
}

/// Whether the request has the credentials of one alternative.
fn is_authorized(contract: &Contract, operation: &Operation, head: &Parts) -> bool {
    let has = |scheme: &str| {
        let authorized = |expected: String| {
            head.headers
                .get_all("authorization")
                .iter()
                .eq([expected.as_str()])
        };
        match &contract.api().security_schemes[scheme].kind {
            SecurityKind::Http(kind) if kind == "basic" => {
                authorized(format!("Basic {}", STANDARD.encode(secret(scheme))))
            }
            SecurityKind::ApiKey(Location::Query, name) => {
                let expected = format!(
                    "{name}={}",
                    secret(scheme).replace(' ', "%20").replace('&', "%26")
                );
                head.uri
                    .query()
                    .is_some_and(|query| query.split('&').any(|pair| pair == expected))
            }
            SecurityKind::ApiKey(Location::Cookie, name) => {
                let expected = format!("{name}={}", secret(scheme));
                let cookies = head.headers.get("cookie");
                let cookies = cookies.and_then(|cookies| cookies.to_str().ok());
                cookies.is_some_and(|cookies| cookies.split("; ").any(|pair| pair == expected))
            }
            SecurityKind::ApiKey(_, name) => head
                .headers
                .get_all(name)
                .iter()
                .eq([secret(scheme).as_str()]),
            _ => authorized(format!("Bearer {}", secret(scheme))),
        }
    };
    let security = &operation.security;
    security.is_empty()
        || security
            .iter()
            .any(|alternative| alternative.iter().all(|each| has(&each.scheme)))
}

fn secret(scheme: &str) -> String {
    format!("secret & {scheme}")
}

pub fn target(contract: &Contract, base_url: String) -> Target {
    let schemes = contract.api().security_schemes.keys();
    Target {
        base_url,
        credentials: schemes
            .map(|scheme| (scheme.as_str(), secret(scheme)))
            .collect(),
    }
}

async fn check(document: &str, never_applied: &[&str]) {
    let contract = Contract::new(openapi_model::parse(document).unwrap()).unwrap();
    let base_url = start(document).await;
    let target = target(&contract, base_url);
    for seed in 0..10 {
        let settings = Settings {
            cases: 60,
            ..settings(seed)
        };
        let report = run(&contract, &target, &settings, &|_| {}).await.unwrap();
        assert!(report.is_clean(), "seed {seed}:\n{}", report.text());
        assert_eq!(
            report.never_applied(),
            never_applied,
            "seed {seed}:\n{}",
            report.text()
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn generation_and_judgement_agree() {
    check(DOCUMENT, &["missing_required_header"]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn generation_and_judgement_agree_on_every_way_to_write() {
    check(
        WIRE,
        &["response_headers_conformance", "location_leads_to_created"],
    )
    .await;
}

#[test]
fn nothing_of_the_variety_is_left_out() {
    let contract = Contract::new(openapi_model::parse(DOCUMENT).unwrap()).unwrap();
    assert_eq!(contract.gaps(), []);
}
