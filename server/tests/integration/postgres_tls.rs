//! TLS to PostgreSQL, with a cluster that takes nothing else and certificates that a test has signed.

use std::fs;
use std::net::TcpListener;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use serde_json::json;

use crate::cluster::Cluster;
use crate::program::Program;

/// Somebody who signs certificates.
fn authority() -> CertifiedIssuer<'static, KeyPair> {
    let mut parameters = CertificateParams::new(Vec::new()).unwrap();
    parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    CertifiedIssuer::self_signed(parameters, KeyPair::generate().unwrap()).unwrap()
}

#[test]
fn only_a_database_that_shows_a_certificate_of_its_own_is_talked_to() {
    let authority_of_the_server = authority();
    let key = KeyPair::generate().unwrap();
    let certificate = CertificateParams::new(vec!["localhost".to_owned()])
        .unwrap()
        .signed_by(&key, &authority_of_the_server)
        .unwrap();
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: String| fs::write(folder.path().join(name), text).unwrap();
    write("cert.pem", certificate.pem());
    write("key.pem", key.serialize_pem());
    write("ca.pem", authority_of_the_server.pem());
    write("other.pem", authority().pem());
    let path = |name: &str| folder.path().join(name).display().to_string();
    // PostgreSQL takes no free port by itself.
    let free = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = free.local_addr().unwrap().port();
    drop(free);
    let started = Cluster::start_with_tls("TLS to PostgreSQL", &path(""), port);
    let Some(_cluster) = started else {
        return;
    };
    let url = |host: &str, rest: &str| {
        format!("postgres://events@{host}:{port}/postgres?hostaddr=127.0.0.1&{rest}")
    };
    let (ca, other) = (path("ca.pem"), path("other.pem"));

    let verified = url(
        "localhost",
        &format!("sslmode=verify-full&sslrootcert={ca}"),
    );
    let program = Program::new(&verified);
    let server = program.serve();
    let answer = server
        .caller
        .post(
            &json!({"data": {"type": "event", "attributes": {"name": "a"}}}),
            None,
        )
        .unwrap();
    assert_eq!(answer.status, 201, "{answer:?}");

    let export = |url: &str, trusted: &str| {
        let output = Program::new(url)
            .command(&["export"])
            .env("SSL_CERT_FILE", trusted)
            .output()
            .unwrap();
        let (out, err) = (output.stdout, output.stderr);
        let lines = String::from_utf8(out).unwrap().lines().count();
        (lines, String::from_utf8(err).unwrap())
    };
    let good = |url: &str, trusted: &str| {
        assert_eq!(export(url, trusted), (1, String::new()), "{url}");
    };
    good(&url("localhost", "sslmode=require"), &ca);
    good(&url("localhost", "sslmode=verify-full"), &ca);
    good(
        &url("localhost", &format!("sslmode=require&sslrootcert={ca}")),
        &other,
    );

    let bad = |host: &str, rest: &str, expected: &[&str]| {
        let (lines, told) = export(&url(host, rest), &other);
        assert_eq!(lines, 0);
        for expected in expected {
            assert!(told.contains(expected), "{told}");
        }
    };
    let not_trusted = "is not trusted (invalid peer certificate: ";
    bad(
        "localhost",
        "sslmode=require",
        &["localhost", not_trusted, "sslrootcert=FILE"],
    );
    bad(
        "localhost",
        &format!("sslmode=verify-full&sslrootcert={other}"),
        &[&other, not_trusted],
    );
    bad(
        "elsewhere.example",
        &format!("sslmode=verify-full&sslrootcert={ca}"),
        &[
            "not valid for name \"elsewhere.example\"",
            "DnsName(\"localhost\")",
        ],
    );
    bad(
        "localhost",
        &format!("sslmode=verify-full&sslrootcert={}", path("none.pem")),
        &["none.pem cannot be read"],
    );
    bad(
        "localhost",
        &format!("sslmode=verify-full&sslrootcert={}", path("key.pem")),
        &["key.pem has no certificate in PEM"],
    );
    bad("localhost", "sslmode=disable", &["no encryption"]);
}
