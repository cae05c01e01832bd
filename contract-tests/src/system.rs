//! The system under proof: the real server, on a real port, with a fresh store; and the real client.

use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use events_client::{Client, Credentials};
use events_server::config::Config;
use events_server::start::{Running, StartError, start};
use events_server::store::address::Address;
use events_server::token::{IssueError, Issuer, Scheme};
use events_server::upkeep::Upkeep;

/// Longer than any proof takes.
const LIFETIME: Duration = Duration::from_secs(60 * 60);

/// A server that runs, and what its callers need.
pub struct System {
    running: Running,
    issuer: Issuer,
    tokens: Tokens,
    // Removed with all that is in it when the system goes.
    _folder: tempfile::TempDir,
}

struct Tokens {
    bearer: String,
    service: String,
}

/// Why there is no system to prove anything of.
#[derive(Debug, thiserror::Error)]
pub enum SystemError {
    /// No folder for the store.
    #[error("no folder for the store could be made: {0}")]
    Folder(#[from] std::io::Error),
    /// No tokens.
    #[error("no tokens could be made: {0}")]
    Tokens(#[from] IssueError),
    /// The server does not start.
    #[error("the server does not start: {0}")]
    Server(#[from] StartError),
    /// The client cannot be made.
    #[error("the client cannot be made: {0}")]
    Client(String),
}

impl System {
    /// Starts the server, over a fresh file.
    ///
    /// # Errors
    /// Why it does not start.
    pub async fn start() -> Result<System, SystemError> {
        System::start_with(None).await
    }

    /// Starts the server over a database, or over a fresh file.
    ///
    /// # Errors
    /// Why it does not start.
    pub async fn start_with(database: Option<Address>) -> Result<System, SystemError> {
        let folder = tempfile::tempdir()?;
        let issuer = Issuer::random("contract-tests")?;
        let keys = folder.path().join("keys.json");
        std::fs::write(&keys, issuer.to_jwk_set())?;
        let tokens = Tokens {
            bearer: issuer.issue(
                Scheme::Bearer,
                "prover",
                &["events.read", "events.write"],
                LIFETIME,
            )?,
            service: issuer.issue(Scheme::Service, "contract-tests", &[], LIFETIME)?,
        };
        let config = Config {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            database: database.unwrap_or_else(|| folder.path().join("events.db").into()),
            keys: vec![keys],
            upkeep: Upkeep::quiet(),
            ..Config::default()
        };
        let running = start(config).await?;
        Ok(System {
            running,
            issuer,
            tokens,
            _folder: folder,
        })
    }

    /// Where the server listens.
    pub fn base_url(&self) -> String {
        self.running.url()
    }

    /// Valid credentials, by the names that the document has for them.
    pub fn credentials(&self) -> BTreeMap<String, String> {
        let Tokens { bearer, service } = &self.tokens;
        [("bearerAuth", bearer), ("s2sAuthToken", service)]
            .map(|(name, token)| (name.to_owned(), token.clone()))
            .into()
    }

    /// The client, for this server or for one that stands in for it.
    ///
    /// # Errors
    /// The client cannot be made.
    pub fn client(&self, base_url: &str) -> Result<Client, SystemError> {
        let Tokens { bearer, service } = &self.tokens;
        let credentials = Credentials {
            bearer: bearer.as_str().into(),
            service: service.as_str().into(),
        };
        Client::new(base_url, credentials).map_err(|error| SystemError::Client(error.to_string()))
    }

    /// A token that the server accepts for that scheme, with other scopes than those of [`System::credentials`].
    ///
    /// # Errors
    /// It cannot be signed.
    pub fn token(
        &self,
        scheme: Scheme,
        subject: &str,
        scopes: &[&str],
    ) -> Result<String, IssueError> {
        self.issuer.issue(scheme, subject, scopes, LIFETIME)
    }

    /// The JWK Set that the server verifies tokens with. Its one key is a secret (HS256), so whoever has it can sign what
    /// the server must not believe.
    pub fn keys(&self) -> String {
        self.issuer.to_jwk_set()
    }

    /// Stops the server.
    pub async fn stop(self) {
        // Who is still connected then has gone with the proof.
        let _ = self.running.shutdown(Duration::from_secs(2)).await;
    }
}
