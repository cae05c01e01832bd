//! HTTPS with a certificate from files.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt as _;
use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

use crate::program::{Program, credentials};

/// Somebody who signs certificates.
struct Authority(CertifiedIssuer<'static, KeyPair>);

impl Authority {
    fn new() -> Authority {
        let mut parameters = CertificateParams::new(Vec::new()).unwrap();
        parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        Authority(CertifiedIssuer::self_signed(parameters, KeyPair::generate().unwrap()).unwrap())
    }

    /// A certificate for `localhost`, and its key.
    fn issue(&self) -> (String, String) {
        let key = KeyPair::generate().unwrap();
        let parameters = CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
        let certificate = parameters.signed_by(&key, &self.0).unwrap();
        (certificate.pem(), key.serialize_pem())
    }

    /// A client that trusts this authority and no other.
    fn client(&self) -> Arc<ClientConfig> {
        let mut roots = RootCertStore::empty();
        roots.add(self.0.der().clone()).unwrap();
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(roots)
            .with_no_client_auth();
        Arc::new(config)
    }
}

/// The status of an answer, by somebody who checks the certificate; or why there is none.
fn status(
    program: &Program,
    client: &Arc<ClientConfig>,
    name: &'static str,
) -> Result<u16, String> {
    let name = ServerName::try_from(name).unwrap();
    let connection = ClientConnection::new(Arc::clone(client), name).unwrap();
    let socket = TcpStream::connect(&program.address).unwrap();
    let mut stream = StreamOwned::new(connection, socket);
    let request = format!(
        "GET /events HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{}\r\n",
        credentials()
    );
    stream
        .write_all(request.as_bytes())
        .map_err(|error| error.to_string())?;
    let mut answer = Vec::new();
    drop(stream.read_to_end(&mut answer));
    let answer = String::from_utf8_lossy(&answer);
    let status = answer
        .split(' ')
        .nth(1)
        .and_then(|status| status.parse().ok());
    status.ok_or_else(|| answer.into_owned())
}

#[test]
fn the_api_is_served_by_https_to_those_who_trust_the_certificate() {
    let authority = Authority::new();
    let (certificate, key) = authority.issue();
    let program = Program::start(
        |folder| {
            fs::write(folder.path().join("cert.pem"), &certificate).unwrap();
            fs::write(folder.path().join("key.pem"), &key).unwrap();
            let owner = fs::Permissions::from_mode(0o600);
            fs::set_permissions(folder.path().join("key.pem"), owner).unwrap();
        },
        &[
            "--tls-cert",
            "cert.pem",
            "--tls-key",
            "key.pem",
            "--log-level",
            "warn",
        ],
    );
    let client = authority.client();
    assert_eq!(status(&program, &client, "localhost"), Ok(200));
    let check = |refused: Result<u16, String>| {
        let message = refused.unwrap_err();
        assert!(message.contains("certificate"), "{message}");
    };
    check(status(&program, &client, "elsewhere.example"));
    check(status(&program, &Authority::new().client(), "localhost"));
    // Whoever speaks plainly gets no answer, and the others still do.
    let plain = program.raw(b"GET /events HTTP/1.1\r\nHost: a\r\n\r\n");
    assert!(!plain.contains("HTTP"), "{plain}");
    assert_eq!(status(&program, &client, "localhost"), Ok(200));
    let said = program.stop();
    assert!(
        said.starts_with("# The Event API is served on https://127.0.0.1:"),
        "{said}"
    );
    assert!(!said.contains("can be read by others"), "{said}");
}
