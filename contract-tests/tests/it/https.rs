//! The proof of the server goes by HTTPS as well.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::time::Duration;

use contract_harness::{Contract, Credentials, Settings, Target, Trust, run};
use events_server::config::Config;
use events_server::start::start;
use events_server::token::{Issuer, Scheme};

#[tokio::test(flavor = "multi_thread")]
async fn the_server_keeps_its_document_by_https() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: String| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        path
    };
    let signed = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let issuer = Issuer::random("https").unwrap();
    let running = start(Config {
        listen: "127.0.0.1:0".parse().unwrap(),
        database: folder.path().join("events.db").into(),
        keys: vec![file("keys.json", issuer.to_jwk_set())],
        tls_cert: Some(file("cert.pem", signed.cert.pem())),
        tls_key: Some(file("key.pem", signed.signing_key.serialize_pem())),
        ..Config::default()
    })
    .await
    .unwrap();
    let token = |scheme, scopes: &[&str]| {
        let lifetime = Duration::from_secs(3600);
        issuer.issue(scheme, "prover", scopes, lifetime).unwrap()
    };
    let bearer = token(Scheme::Bearer, &["events.read", "events.write"]);
    let service = token(Scheme::Service, &[]);
    let target = Target {
        base_url: running.url(),
        credentials: Credentials::from([("bearerAuth", bearer), ("s2sAuthToken", service)]),
    };
    assert!(target.base_url.starts_with("https://"));
    let contract = Contract::new(openapi_model::parse(events_spec::DOCUMENT).unwrap()).unwrap();
    // Who trusts a certificate and who does not is tested where the server is.
    let settings = Settings {
        trust: Trust::Any,
        cases: 20,
        ..Settings::default()
    };
    let report = run(&contract, &target, &settings, &|_| {}).await.unwrap();
    assert!(report.is_clean() && report.cases > 0, "{}", report.text());
    let _ = running.shutdown(Duration::from_secs(2)).await;
}
