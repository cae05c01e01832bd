//! From settings to a server, by way of what it stands on, its keys and its store; or the reason why there can be none.

use std::io::ErrorKind;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use dropshot_runtime::dropshot::{
    BuildError, ConfigDropshot, ConfigTls, HandlerTaskMode, HttpServer,
};
use dropshot_runtime::slog::{Logger, error, warn};
use dropshot_runtime::{Gateway, GivenUp};

use crate::admin::{self, Admin, Health, Measured, Metrics};
use crate::api::api;
use crate::config::Config;
use crate::development_key::{DevelopmentKeyError, development_key};
use crate::keys::{KeyFaults, KeyFiles, KeySet, Keyring, KeysError};
use crate::log::{Log, standard_error};
use crate::service::EventService;
use crate::store::{self, EventStore, StoreError, system_clock};
use crate::tls::{Tls, TlsError, TlsFiles};
use crate::token::{Audiences, Issuer};

/// What a server stands on.
pub struct Foundation {
    /// Where the events are.
    pub store: Arc<dyn EventStore>,
    /// What tokens are verified with.
    pub keys: Keyring,
    /// Certificate and key, if HTTPS is spoken.
    pub tls: Option<Tls>,
    /// What tokens can be signed with, if the keys are the development key.
    pub development_key: Option<Issuer>,
}

/// Why a server could not start. Each message says what to do.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// Without keys, everybody who can reach the server and read the key could do anything.
    #[error("without --keys the server listens to this machine only, and {listen} is more than that; give a JWK Set with --keys, or a loopback address such as 127.0.0.1:{} with --listen", listen.port())]
    NeedsKeys {
        /// The address.
        listen: SocketAddr,
    },
    /// A caller's token could be shown in the place of a service's.
    #[error(
        "--audience and --service-audience are both {audience:?}, so that a token of the one kind would be good for the other; give each its own"
    )]
    SameAudience {
        /// The audience.
        audience: String,
    },
    /// The keys cannot be used.
    #[error(transparent)]
    Keys(#[from] KeysError),
    /// The certificate or its key cannot be used.
    #[error(transparent)]
    Tls(#[from] TlsError),
    /// The development key cannot be used.
    #[error(transparent)]
    DevelopmentKey(#[from] DevelopmentKeyError),
    /// The development key verifies nothing, which is a fault of this program.
    #[error("the development key cannot be used: {0}; delete it, so that a new one is made")]
    DevelopmentKeySet(#[from] KeyFaults),
    /// The store cannot be opened.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Another program listens there.
    #[error(
        "{listen} is already in use; stop the other program or choose another address with --listen"
    )]
    AddressInUse {
        /// The address.
        listen: SocketAddr,
    },
    /// The address is not one of this machine's.
    #[error("{listen} is not an address of this machine; choose another one with --listen")]
    AddressNotAvailable {
        /// The address.
        listen: SocketAddr,
    },
    /// This user may not listen there.
    #[error("this user may not listen on {listen}; choose a port from 1024 up with --listen")]
    AddressNotPermitted {
        /// The address.
        listen: SocketAddr,
    },
    /// The admin listener cannot listen there.
    #[error(
        "the admin listener cannot listen on {listen}: {source}; choose another address with --admin-listen, or `--admin-listen off` for none"
    )]
    Admin {
        /// The address.
        listen: SocketAddr,
        /// What happened.
        source: std::io::Error,
    },
    /// Listening failed in another way.
    #[error("listening on {listen} failed: {source}")]
    Listen {
        /// The address.
        listen: SocketAddr,
        /// What happened.
        source: std::io::Error,
    },
}

impl StartError {
    /// What it means that listening on an address failed.
    pub fn listening(listen: SocketAddr, source: std::io::Error) -> StartError {
        match source.kind() {
            ErrorKind::AddrInUse => StartError::AddressInUse { listen },
            ErrorKind::AddrNotAvailable => StartError::AddressNotAvailable { listen },
            ErrorKind::PermissionDenied => StartError::AddressNotPermitted { listen },
            _ => StartError::Listen { listen, source },
        }
    }
}

/// Reads the keys, or the development key, and opens the store. What becomes of the files later on is said in the log. This
/// blocks.
pub fn lay_foundation(config: &Config, log: &Logger) -> Result<Foundation, StartError> {
    let Config {
        listen,
        database,
        keys,
        issuers,
        audience,
        service_audience,
        tls_cert,
        tls_key,
        check_responses: _,
        upkeep: _,
    } = config;
    // What is only read comes first: a wrong setting leaves nothing behind.
    if audience == service_audience {
        return Err(StartError::SameAudience {
            audience: audience.clone(),
        });
    }
    let keys = if !keys.is_empty() {
        let files = KeyFiles {
            paths: keys.clone(),
            issuers: issuers.clone(),
            audiences: Audiences {
                bearer: audience.clone(),
                service: service_audience.clone(),
            },
        };
        Some(Keyring::read(files, tell(log))?)
    } else if listen.ip().to_canonical().is_loopback() {
        None
    } else {
        return Err(StartError::NeedsKeys { listen: *listen });
    };
    // The command line has both or neither.
    let tls = match (tls_cert, tls_key) {
        (Some(certificate), Some(key)) => {
            let files = TlsFiles {
                certificate: certificate.clone(),
                key: key.clone(),
            };
            Some(Tls::read(files, tell(log))?)
        }
        _ => None,
    };
    let damaged = {
        let log = log.clone();
        move |damage: &StoreError| error!(log, "{damage}")
    };
    let store = store::open(database, system_clock(), damaged)?;
    let (keys, development_key) = match keys {
        Some(keys) => (keys, None),
        None => {
            let issuer = development_key(database.beside())?;
            let keys = KeySet::parse(&issuer.to_jwk_set())?;
            (Keyring::from(keys), Some(issuer))
        }
    };
    Ok(Foundation {
        store,
        keys,
        tls,
        development_key,
    })
}

/// Says something about the server as a whole.
fn tell(log: &Logger) -> impl Fn(&str) + Send + Sync + 'static {
    let log = log.clone();
    move |line| warn!(log, "{}", line)
}

/// A server that serves.
pub struct Running {
    server: HttpServer<Gateway<EventService>>,
    admin: Option<Admin>,
    log: Log,
    store: Arc<dyn EventStore>,
    development_key: Option<Issuer>,
}

/// Starts a server: reads the keys, opens the store, and listens.
///
/// # Errors
/// Why there can be no server. Nothing is lost then, and nothing is left behind that was not there before, but for a
/// new database and its development key.
pub async fn start(config: Config) -> Result<Running, StartError> {
    let Config {
        listen,
        check_responses,
        ref upkeep,
        ..
    } = config;
    let upkeep = upkeep.clone();
    let log = standard_error(upkeep.log_level, upkeep.log_format);
    let foundation = {
        let log = log.logger.clone();
        tokio::task::spawn_blocking(move || lay_foundation(&config, &log))
    };
    let Foundation {
        store,
        keys,
        tls,
        development_key,
    } = match foundation.await {
        Ok(foundation) => foundation?,
        Err(error) => {
            return Err(StartError::Listen {
                listen,
                source: std::io::Error::other(error),
            });
        }
    };
    let (keys, tls) = (Arc::new(keys), tls.map(Arc::new));
    tokio::spawn(Keyring::follow(Arc::clone(&keys)));
    let metrics = Arc::new(Metrics::new());
    let measured = Arc::new(Measured::new(Arc::clone(&store), Arc::clone(&metrics)));
    let service = EventService::new(keys, measured, Arc::clone(&metrics), log.logger.clone());
    let service = Arc::new(service);
    let config = ConfigDropshot {
        bind_address: listen,
        // An event whose caller has gone is stored all the same: nobody could say whether it was.
        default_handler_task_mode: HandlerTaskMode::Detached,
        ..ConfigDropshot::default()
    };
    let operations = api()
        .check_responses(check_responses)
        .limits(upkeep.limits());
    let started =
        tls.as_ref()
            .map(Tls::server_config)
            .transpose()
            .map_err(StartError::from)
            .and_then(|raw| {
                let raw = raw.map(ConfigTls::Dynamic);
                dropshot_runtime::start_with_tls(service, operations, config, raw, &log.logger)
                    .map_err(|error| match error {
                        BuildError::BindError { error, .. } => StartError::listening(listen, error),
                        other => StartError::Listen {
                            listen,
                            source: std::io::Error::other(other),
                        },
                    })
            });
    let started = started.and_then(|server| {
        let listen = upkeep.admin_address(listen);
        let health = Health::new(Arc::clone(&store), server.app_private().load());
        let admin = listen.map(|listen| start_admin(listen, metrics, health));
        Ok((server, admin.transpose()?))
    });
    match started {
        Ok((server, admin)) => {
            if let Some(tls) = tls {
                tokio::spawn(Tls::follow(tls));
            }
            Ok(Running {
                server,
                admin,
                log,
                store,
                development_key,
            })
        }
        Err(error) => {
            store.close().await;
            Err(error)
        }
    }
}

fn start_admin(
    listen: SocketAddr,
    metrics: Arc<Metrics>,
    health: Health,
) -> Result<Admin, StartError> {
    admin::start(listen, metrics, health).map_err(|error| {
        let source = match error {
            BuildError::BindError { error, .. } => error,
            other => std::io::Error::other(other),
        };
        StartError::Admin { listen, source }
    })
}

/// The document that dropshot emits for the operations that are registered: what dropshot understood of ours.
///
/// # Errors
/// dropshot cannot register the operations, or cannot describe them.
pub fn emitted_document() -> Result<serde_json::Value, Box<dyn std::error::Error + Send + Sync>> {
    let version = env!("CARGO_PKG_VERSION").parse()?;
    Ok(api::<EventService>()
        .description()?
        .openapi("Event API", version)
        .json()?)
}

impl Running {
    /// Where it listens: with port 0, the port that it got.
    pub fn address(&self) -> SocketAddr {
        self.server.local_addr()
    }

    /// The URL of the API, by the address.
    pub fn url(&self) -> String {
        let scheme = if self.server.using_tls() {
            "https"
        } else {
            "http"
        };
        format!("{scheme}://{}", self.address())
    }

    /// Where the admin listener listens, if there is one.
    pub fn admin_address(&self) -> Option<SocketAddr> {
        self.admin.as_ref().map(Admin::address)
    }

    /// The server's log.
    pub fn log(&self) -> &Logger {
        &self.log.logger
    }

    /// The development key, if no keys are configured.
    pub fn development_key(&self) -> Option<&Issuer> {
        self.development_key.as_ref()
    }

    /// Answers the requests under way, refuses new ones, stops listening, and closes the store.
    ///
    /// # Errors
    /// `grace` was over before all requests were answered. What was left of them is given up, and the store is closed.
    pub async fn shutdown(self, grace: Duration) -> Result<(), GivenUp> {
        let stopped = dropshot_runtime::stop(self.server, grace).await;
        self.store.close().await;
        // Until here it says that the server is about to stop.
        if let Some(admin) = self.admin {
            admin.close().await;
        }
        stopped
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use std::path::Path;

    use dropshot_runtime::slog::{Discard, o};

    use super::*;
    use crate::development_key::development_key_path;

    fn nobody() -> Logger {
        Logger::root(Discard, o!())
    }

    fn config(folder: &Path, listen: &str) -> Config {
        Config {
            listen: listen.parse().unwrap(),
            database: folder.join("events.db").into(),
            ..Config::default()
        }
    }

    #[test]
    fn without_keys_only_this_machine_is_listened_to() {
        let check = |listen: &str, allowed: bool| {
            let folder = tempfile::tempdir().unwrap();
            let started = lay_foundation(&config(folder.path(), listen), &nobody());
            assert_eq!(started.is_ok(), allowed, "{listen}");
            assert_eq!(
                folder.path().join("events.db").exists(),
                allowed,
                "{listen}"
            );
            if let Err(error) = started {
                assert!(matches!(error, StartError::NeedsKeys { .. }), "{error}");
            }
        };
        check("127.0.0.1:0", true);
        check("127.8.9.1:0", true);
        check("[::1]:0", true);
        check("[::ffff:127.0.0.1]:0", true);
        check("0.0.0.0:8080", false);
        check("[::]:8080", false);
        check("192.0.2.1:8080", false);
        check("[::ffff:192.0.2.1]:8080", false);
    }

    #[test]
    fn with_keys_no_development_key_is_made_and_any_address_will_do() {
        let folder = tempfile::tempdir().unwrap();
        let keys = folder.path().join("keys.json");
        std::fs::write(&keys, Issuer::random("test").unwrap().to_jwk_set()).unwrap();
        let config = Config {
            keys: vec![keys],
            ..config(folder.path(), "0.0.0.0:0")
        };
        assert!(
            lay_foundation(&config, &nobody())
                .unwrap()
                .development_key
                .is_none()
        );
        assert!(!development_key_path(config.database.beside()).exists());
    }

    #[test]
    fn keys_that_cannot_be_used_leave_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let config = Config {
            keys: vec![folder.path().join("none.json")],
            ..config(folder.path(), "0.0.0.0:0")
        };
        let message = lay_foundation(&config, &nobody())
            .err()
            .unwrap()
            .to_string();
        assert!(
            message.contains("none.json") && message.contains("--keys"),
            "{message}"
        );
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn one_audience_for_both_kinds_of_tokens_is_refused_and_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let config = Config {
            audience: "events-s2s".to_owned(),
            ..config(folder.path(), "127.0.0.1:0")
        };
        let error = lay_foundation(&config, &nobody()).err().unwrap();
        assert!(matches!(error, StartError::SameAudience { .. }), "{error}");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_taken_port_is_said_to_be_taken() {
        let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let listen = taken.local_addr().unwrap();
        let error = std::net::TcpListener::bind(listen).unwrap_err();
        assert_eq!(
            StartError::listening(listen, error).to_string(),
            format!(
                "{listen} is already in use; stop the other program or choose another address with --listen"
            ),
        );
    }
}
