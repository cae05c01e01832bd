//! `https://`: a certificate must be one that the machine trusts, unless nobody cares.

use std::sync::Arc;

use contract_harness::{Contract, Settings, Target, run};
use http::{Request, Response};
use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper_util::rt::TokioIo;
use rustls::ServerConfig;
use rustls::pki_types::PrivateKeyDer;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use crate::settings;
use crate::tiny::{self, ONE};

/// A server whose certificate nobody has signed.
async fn start() -> String {
    let signed = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let key = PrivateKeyDer::Pkcs8(signed.signing_key.serialize_der().into());
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![signed.cert.der().clone()], key)
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        loop {
            let Ok((stream, _)) = listener.accept().await else {
                continue;
            };
            let acceptor = acceptor.clone();
            tokio::spawn(async move {
                let Ok(stream) = acceptor.accept(stream).await else {
                    return;
                };
                let service = hyper::service::service_fn(answer);
                let http = hyper::server::conn::http1::Builder::new();
                http.serve_connection(TokioIo::new(stream), service)
                    .await
                    .ok();
            });
        }
    });
    format!("https://127.0.0.1:{port}")
}

async fn answer(
    request: Request<Incoming>,
) -> Result<Response<Full<Bytes>>, std::convert::Infallible> {
    Ok(tiny::one(&request.map(|_| Bytes::new())))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_behind_tls_is_tested_like_any_other() {
    let contract = Contract::new(openapi_model::parse(ONE).unwrap()).unwrap();
    let target = Target {
        base_url: start().await,
        ..Target::default()
    };
    let error = run(&contract, &target, &settings(1), &|_| {})
        .await
        .unwrap_err();
    assert!(error.to_string().contains("certificate"), "{error}");
    let trusting = Settings {
        tls_insecure: true,
        ..settings(1)
    };
    let report = run(&contract, &target, &trusting, &|_| {}).await.unwrap();
    assert!(report.is_clean() && report.cases > 0, "{}", report.text());
}
