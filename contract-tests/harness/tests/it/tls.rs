//! `https://`: a certificate must be one that the machine trusts, unless nobody cares.

use std::sync::Arc;

use contract_harness::{Contract, Error, Settings, Target, Trust, run};
use http::{Request, Response};
use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper_util::rt::TokioIo;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::ServerConfig;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use crate::settings;
use crate::tiny::{self, ONE};

/// A certificate that is its own authority, as `openssl req -x509` makes it.
fn own(name: &str) -> CertifiedIssuer<'static, KeyPair> {
    let mut parameters = CertificateParams::new(vec![name.to_owned()]).unwrap();
    parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    CertifiedIssuer::self_signed(parameters, KeyPair::generate().unwrap()).unwrap()
}

/// A certificate for a name, signed by an authority.
fn issued(by: &CertifiedIssuer<'_, KeyPair>, name: &str) -> (CertificateDer<'static>, KeyPair) {
    let key = KeyPair::generate().unwrap();
    let parameters = CertificateParams::new(vec![name.to_owned()]).unwrap();
    let certificate = parameters.signed_by(&key, by).unwrap();
    (certificate.der().clone(), key)
}

/// A server that shows this certificate.
async fn start(certificate: CertificateDer<'static>, key: &KeyPair) -> String {
    let key = PrivateKeyDer::Pkcs8(key.serialize_der().into());
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
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

/// What comes of testing the server at a URL.
async fn tested(url: &str, trust: Trust) -> Result<(), Error> {
    let contract = Contract::new(openapi_model::parse(ONE).unwrap()).unwrap();
    let target = Target {
        base_url: url.to_owned(),
        ..Target::default()
    };
    let settings = Settings {
        trust,
        ..settings(1)
    };
    let report = run(&contract, &target, &settings, &|_| {}).await?;
    assert!(report.is_clean() && report.cases > 0, "{}", report.text());
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_behind_tls_is_tested_like_any_other_where_its_certificate_is_trusted() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: String| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        Trust::File(path)
    };
    let (authority, alone) = (own("127.0.0.1"), own("127.0.0.1"));
    let misnamed = own("localhost");
    let ours = || file("ca.pem", authority.pem());
    let both = || file("both.pem", alone.pem() + &authority.pem());
    let (good, key) = issued(&authority, "127.0.0.1");
    let signed = start(good, &key).await;
    let (bad, key) = issued(&authority, "elsewhere.example");
    let elsewhere = start(bad, &key).await;
    let own = start(alone.der().clone(), alone.key()).await;
    let by_another_name = start(misnamed.der().clone(), misnamed.key()).await;

    for (url, trust) in [
        (&signed, ours()),
        (&signed, both()),
        (&own, file("own.pem", alone.pem())),
        (&own, both()),
        (&signed, Trust::Any),
        (&elsewhere, Trust::Any),
        (&own, Trust::Any),
    ] {
        let shown = format!("{trust:?}");
        assert_eq!(tested(url, trust).await, Ok(()), "{shown}");
    }
    for (url, trust, expected) in [
        (
            &signed,
            Trust::Machine,
            "nobody who is trusted has signed it",
        ),
        (
            &signed,
            file("own.pem", alone.pem()),
            // All authorities here have one name.
            "its signature is not that of who it names",
        ),
        (&elsewhere, ours(), "elsewhere.example"),
        (&own, Trust::Machine, "it is marked as an authority's"),
        (&own, ours(), "it is marked as an authority's"),
        (
            &by_another_name,
            file("misnamed.pem", misnamed.pem()),
            "not valid for name",
        ),
    ] {
        let error = tested(url, trust).await.unwrap_err();
        assert!(matches!(error, Error::NotTrusted { .. }), "{error:?}");
        let told = error.to_string();
        assert!(
            told.contains(expected) && told.contains("--tls-ca"),
            "{told}"
        );
    }
    for trust in [
        file("empty.pem", String::new()),
        file("key.pem", alone.key().serialize_pem()),
        file("cut.pem", alone.pem()[..200].to_owned()),
        Trust::File(folder.path().join("none.pem")),
    ] {
        let shown = format!("{trust:?}");
        let error = tested(&signed, trust).await.unwrap_err();
        assert!(matches!(error, Error::Trust { .. }), "{shown}: {error:?}");
    }
}
