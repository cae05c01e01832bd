//! HTTPS: the server's certificate and key, which change with their files.
//!
//! dropshot reads such files by itself, and panics over a key that is not the certificate's. So they are read here, where
//! each fault gets a message that names the file; dropshot gets the finished configuration, which asks for the certificate
//! anew for each connection.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;

use rustls::ServerConfig;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use sha2::{Digest as _, Sha256};
use x509_parser::certificate::X509Certificate;
use x509_parser::prelude::FromDer as _;

use crate::rights::readable_by_others;

/// A larger file is refused.
const LARGEST_FILE: u64 = 1 << 20;

/// How often the files are read.
const INTERVAL: Duration = Duration::from_secs(5);

/// Where certificate and key are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TlsFiles {
    /// The certificate and those between it and its root, in PEM.
    pub certificate: PathBuf,
    /// The certificate's private key, in PEM.
    pub key: PathBuf,
}

/// Certificate or key cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// A file cannot be read.
    #[error("{} cannot be read: {source}; give a certificate with --tls-cert and its key with --tls-key", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// The file is not what it should be.
    #[error("{} has no {what} in PEM, which begins with a line like `-----BEGIN {label}-----`", path.display())]
    NotPem {
        /// The file.
        path: PathBuf,
        /// What it should have.
        what: &'static str,
        /// What PEM calls that.
        label: &'static str,
    },
    /// The certificate cannot be read.
    #[error("the certificate in {} is not one of X.509", path.display())]
    NotACertificate {
        /// The file.
        path: PathBuf,
    },
    /// The certificate is not valid any more.
    #[error("the certificate in {} expired on {when}; renew it", path.display())]
    Expired {
        /// The file.
        path: PathBuf,
        /// Since when.
        when: String,
    },
    /// The certificate is not valid yet.
    #[error("the certificate in {} is not valid before {when}; see that this machine's clock is right", path.display())]
    NotYet {
        /// The file.
        path: PathBuf,
        /// From when on.
        when: String,
    },
    /// The key cannot be used.
    #[error("the private key in {} cannot be used: {reason}", path.display())]
    Key {
        /// The file.
        path: PathBuf,
        /// Why not.
        reason: String,
    },
    /// The key is another certificate's.
    #[error("the private key in {} is not that of the certificate in {}", key.display(), certificate.display())]
    Mismatch {
        /// The file with the key.
        key: PathBuf,
        /// The file with the certificate.
        certificate: PathBuf,
    },
    /// The program's cryptography has no version of TLS, which is a fault of this program.
    #[error("TLS cannot be used: {0}")]
    Protocol(String),
}

/// The certificate and key of a running server.
pub struct Tls {
    files: TlsFiles,
    tell: Box<dyn Fn(&str) + Send + Sync>,
    now: RwLock<Arc<CertifiedKey>>,
    /// What was read last, by its fingerprint; or what was wrong with it.
    found: Mutex<Result<[u8; 32], String>>,
}

/// The two files as they were read, at one moment.
struct Texts {
    certificate: Vec<u8>,
    key: Vec<u8>,
}

impl Texts {
    fn fingerprint(&self) -> [u8; 32] {
        Sha256::new()
            .chain_update((self.certificate.len() as u64).to_be_bytes())
            .chain_update(&self.certificate)
            .chain_update(&self.key)
            .finalize()
            .into()
    }
}

impl Tls {
    /// Reads certificate and key. `tell` is told, in a line, that others can read the key, and later on that the files were
    /// read again or cannot be used. This blocks.
    ///
    /// # Errors
    /// Certificate or key cannot be used.
    pub fn read(
        files: TlsFiles,
        tell: impl Fn(&str) + Send + Sync + 'static,
    ) -> Result<Tls, TlsError> {
        let texts = files.texts()?;
        let now = files.certified_key(&texts)?;
        if readable_by_others(&files.key) {
            let key = files.key.display();
            tell(&format!(
                "the private key {key} can be read by others; run `chmod 600 {key}`"
            ));
        }
        Ok(Tls {
            files,
            tell: Box::new(tell),
            now: RwLock::new(Arc::new(now)),
            found: Mutex::new(Ok(texts.fingerprint())),
        })
    }

    /// The configuration for a server: TLS 1.2 and 1.3, HTTP/1.1 and HTTP/2.
    ///
    /// # Errors
    /// The program's cryptography has no version of TLS.
    pub fn server_config(self: &Arc<Tls>) -> Result<ServerConfig, TlsError> {
        let mut config = ServerConfig::builder_with_provider(Arc::new(provider()))
            .with_safe_default_protocol_versions()
            .map_err(|error| TlsError::Protocol(error.to_string()))?
            .with_no_client_auth()
            .with_cert_resolver(Arc::new(Current(Arc::clone(self))));
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        Ok(config)
    }

    /// Reads the files again, every few seconds, until nobody has this any more.
    pub async fn follow(tls: Arc<Tls>) {
        let weak = Arc::downgrade(&tls);
        drop(tls);
        loop {
            tokio::time::sleep(INTERVAL).await;
            let Some(tls) = weak.upgrade() else { return };
            drop(tokio::task::spawn_blocking(move || tls.reread()).await);
        }
    }

    /// Reads the files again, and takes what is there now, if it can be used. This blocks.
    pub fn reread(&self) {
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        let texts = self.files.texts();
        let fingerprint = texts.as_ref().ok().map(Texts::fingerprint);
        if fingerprint.is_some_and(|fingerprint| *found == Ok(fingerprint)) {
            return;
        }
        match texts.and_then(|texts| Ok((self.files.certified_key(&texts)?, texts.fingerprint()))) {
            Ok((now, fingerprint)) => {
                *self.now.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(now);
                *found = Ok(fingerprint);
                (self.tell)("the certificate has changed: new connections get the new one");
            }
            Err(error) => {
                let message = error.to_string();
                if found.as_ref() != Err(&message) {
                    (self.tell)(&format!(
                        "{message}; the certificate from before stays in use"
                    ));
                    *found = Err(message);
                }
            }
        }
    }

    fn now(&self) -> Arc<CertifiedKey> {
        Arc::clone(&self.now.read().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Gives each connection the certificate of its time.
struct Current(Arc<Tls>);

impl std::fmt::Debug for Current {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Current").field(&self.0.files).finish()
    }
}

impl ResolvesServerCert for Current {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(self.0.now())
    }
}

impl TlsFiles {
    fn texts(&self) -> Result<Texts, TlsError> {
        let bytes = |path: &Path| {
            let mut bytes = Vec::new();
            let read = File::open(path)
                .and_then(|file| file.take(LARGEST_FILE + 1).read_to_end(&mut bytes));
            match read {
                Ok(read) if read as u64 > LARGEST_FILE => Err(io::Error::other(format!(
                    "it has more than {LARGEST_FILE} bytes"
                ))),
                Ok(_) => Ok(bytes),
                Err(error) => Err(error),
            }
            .map_err(|source| TlsError::Unreadable {
                path: path.to_owned(),
                source,
            })
        };
        Ok(Texts {
            certificate: bytes(&self.certificate)?,
            key: bytes(&self.key)?,
        })
    }

    fn certified_key(&self, texts: &Texts) -> Result<CertifiedKey, TlsError> {
        let no_certificate = || TlsError::NotPem {
            path: self.certificate.clone(),
            what: "certificate",
            label: "CERTIFICATE",
        };
        let chain: Vec<CertificateDer> = CertificateDer::pem_slice_iter(&texts.certificate)
            .collect::<Result<_, _>>()
            .map_err(|_| no_certificate())?;
        self.check_certificate(chain.first().ok_or_else(no_certificate)?)?;
        // The key must not show in a message, so none of the parser's is used.
        let key = PrivateKeyDer::from_pem_slice(&texts.key).map_err(|_| TlsError::NotPem {
            path: self.key.clone(),
            what: "private key",
            label: "PRIVATE KEY",
        })?;
        CertifiedKey::from_der(chain, key, &provider()).map_err(|error| match error {
            rustls::Error::InconsistentKeys(_) => TlsError::Mismatch {
                key: self.key.clone(),
                certificate: self.certificate.clone(),
            },
            other => TlsError::Key {
                path: self.key.clone(),
                reason: other.to_string(),
            },
        })
    }

    fn check_certificate(&self, certificate: &CertificateDer) -> Result<(), TlsError> {
        let path = || self.certificate.clone();
        let (_, certificate) = X509Certificate::from_der(certificate)
            .map_err(|_| TlsError::NotACertificate { path: path() })?;
        let validity = certificate.validity();
        if validity.is_valid() {
            Ok(())
        } else if validity.not_before > x509_parser::time::ASN1Time::now() {
            Err(TlsError::NotYet {
                path: path(),
                when: validity.not_before.to_string(),
            })
        } else {
            Err(TlsError::Expired {
                path: path(),
                when: validity.not_after.to_string(),
            })
        }
    }
}

/// Named, because two parts of a program may bring different ones, and rustls then has none by default.
fn provider() -> CryptoProvider {
    rustls::crypto::aws_lc_rs::default_provider()
}

#[cfg(all(test, unix))]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt as _;

    use rcgen::{CertificateParams, KeyPair, date_time_ymd};

    use super::*;

    /// A folder with a certificate and its key, and what has been told.
    struct Case {
        _folder: tempfile::TempDir,
        files: TlsFiles,
        told: Arc<Mutex<Vec<String>>>,
    }

    fn pair(change: impl FnOnce(&mut CertificateParams)) -> (String, String) {
        let key = KeyPair::generate().unwrap();
        let mut parameters = CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
        change(&mut parameters);
        let certificate = parameters.self_signed(&key).unwrap();
        (certificate.pem(), key.serialize_pem())
    }

    fn case() -> Case {
        let folder = tempfile::tempdir().unwrap();
        let files = TlsFiles {
            certificate: folder.path().join("cert.pem"),
            key: folder.path().join("key.pem"),
        };
        let case = Case {
            _folder: folder,
            files,
            told: Arc::default(),
        };
        case.write(&pair(|_| {}));
        case
    }

    impl Case {
        fn write(&self, (certificate, key): &(String, String)) {
            fs::write(&self.files.certificate, certificate).unwrap();
            fs::write(&self.files.key, key).unwrap();
            fs::set_permissions(&self.files.key, fs::Permissions::from_mode(0o600)).unwrap();
        }

        fn read(&self) -> Result<Tls, TlsError> {
            let told = Arc::clone(&self.told);
            Tls::read(self.files.clone(), move |line| {
                told.lock().unwrap().push(line.to_owned());
            })
        }

        fn told(&self) -> Vec<String> {
            std::mem::take(&mut self.told.lock().unwrap())
        }
    }

    #[test]
    fn what_is_wrong_with_a_file_is_said_and_which_it_is() {
        let case = case();
        assert!(case.read().is_ok());
        assert_eq!(case.told(), [""; 0]);
        let check = |written: (&str, &str), expected: &str| {
            case.write(&(written.0.to_owned(), written.1.to_owned()));
            let message = case.read().err().unwrap().to_string();
            assert!(message.contains(expected), "{message}");
        };
        let (certificate, key) = pair(|_| {});
        let (_, other) = pair(|_| {});
        check(("", &key), "cert.pem has no certificate in PEM");
        check((&key, &certificate), "cert.pem has no certificate in PEM");
        check((&certificate, ""), "key.pem has no private key in PEM");
        check(
            (&certificate, &certificate),
            "key.pem has no private key in PEM",
        );
        let nonsense = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
        check((nonsense, &key), "cert.pem is not one of X.509");
        let nonsense = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n";
        check((&certificate, nonsense), "key.pem cannot be used");
        let mismatch = case.files.key.display().to_string();
        check(
            (&certificate, &other),
            &format!("{mismatch} is not that of the certificate in "),
        );
        let expired = pair(|parameters| {
            parameters.not_before = date_time_ymd(2001, 1, 1);
            parameters.not_after = date_time_ymd(2002, 1, 1);
        });
        check((&expired.0, &expired.1), "cert.pem expired on Jan  1");
        let early = pair(|parameters| parameters.not_before = date_time_ymd(3000, 1, 1));
        check((&early.0, &early.1), "cert.pem is not valid before Jan  1");
        fs::remove_file(&case.files.key).unwrap();
        let message = case.read().err().unwrap().to_string();
        assert!(message.contains("key.pem cannot be read"), "{message}");
    }

    #[test]
    fn a_key_that_others_can_read_is_used_and_told_of() {
        let case = case();
        fs::set_permissions(&case.files.key, fs::Permissions::from_mode(0o640)).unwrap();
        assert!(case.read().is_ok());
        let key = case.files.key.display().to_string();
        assert_eq!(
            case.told(),
            [format!(
                "the private key {key} can be read by others; run `chmod 600 {key}`"
            )]
        );
    }

    #[test]
    fn a_certificate_that_is_renewed_is_used_and_one_that_is_broken_is_not() {
        let case = case();
        let tls = case.read().unwrap();
        let first = tls.now().cert.clone();
        tls.reread();
        assert_eq!(case.told(), [""; 0]);

        // The certificate comes before its key.
        let next = pair(|_| {});
        fs::write(&case.files.certificate, &next.0).unwrap();
        tls.reread();
        tls.reread();
        assert_eq!(tls.now().cert, first);
        let told = case.told();
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(
            told[0].ends_with("the certificate from before stays in use"),
            "{told:?}"
        );

        case.write(&next);
        tls.reread();
        assert_ne!(tls.now().cert, first);
        assert_eq!(
            case.told(),
            ["the certificate has changed: new connections get the new one"]
        );
    }
}
