//! Connections: how many, what each of them is told first, and what happens while there can be none.
//!
//! Connections are kept in a pool and made when they are needed. While the database is away, not every call tries to
//! reach it: after an attempt that failed, all calls are refused at once for a while, which doubles with each attempt
//! up to a second. The first call after it tries again, so that service resumes by itself.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use deadpool_postgres::{
    Hook, HookError, Manager, ManagerConfig, Object, Pool, PoolError, RecyclingMethod, Runtime,
    TimeoutType,
};
use futures::future::BoxFuture;
use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use tokio_postgres::config::SslMode;
use tokio_postgres::{Config, NoTls};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::error::{Database, Failure};
use crate::store::StoreError;
use crate::store::address::PostgresAddress;

/// How long to try to connect.
const CONNECT: Duration = Duration::from_secs(3);

/// How long to wait for a connection that others use.
const WAIT: Duration = Duration::from_secs(2);

/// How long to wait for an answer. It is more than the database is given for a statement, so that it comes into play
/// only where the database has gone without a word.
const ANSWER: Duration = Duration::from_secs(40);

/// How long no attempt is made after one that failed: at first, and at most.
const BACK_OFF: (Duration, Duration) = (Duration::from_millis(50), Duration::from_secs(1));

/// What a connection is told first.
///
/// - The limits end what would keep others waiting: a lock that is not let go of, a statement that takes too long, a
///   transaction of a process that does not go on.
/// - A commit is on disk before it is acknowledged, whatever is set for the database or the user. Where more than that
///   is set, such as a second machine that has it too, that stays.
/// - Pages are read from an index, in its order, whatever the statistics say today. Plans are made once.
const SESSION: &str = "
SET statement_timeout = '30s';
SET lock_timeout = '5s';
SET idle_in_transaction_session_timeout = '15s';
SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off';
SET enable_seqscan = off;
SET enable_bitmapscan = off;
SET enable_sort = off;
SET enable_hashjoin = off;
SET enable_mergejoin = off;
SET jit = off;
SET plan_cache_mode = force_generic_plan;
";

/// A pool of connections to one database.
pub(super) struct Connections {
    database: Database,
    pool: Pool,
    outage: Mutex<Outage>,
}

/// Until when nobody tries to connect, and what came of the last attempt.
#[derive(Default)]
struct Outage {
    last: Option<(Instant, StoreError)>,
    delay: Duration,
}

impl Connections {
    /// A pool of at most so many connections, none of which is made yet.
    pub(super) fn new(
        address: &PostgresAddress,
        database: Database,
        size: usize,
    ) -> Result<Connections, StoreError> {
        let other = |detail: String| StoreError::Other {
            database: database.name(),
            detail,
        };
        let manager = manager(address).map_err(other)?;
        let pool = Pool::builder(manager)
            .max_size(size)
            .runtime(Runtime::Tokio1)
            .wait_timeout(Some(WAIT))
            .create_timeout(Some(CONNECT))
            .recycle_timeout(Some(CONNECT))
            .post_create(Hook::async_fn(|client, _| {
                Box::pin(async {
                    client
                        .batch_execute(SESSION)
                        .await
                        .map_err(HookError::Backend)
                })
            }))
            .build()
            .map_err(|error| other(error.to_string()))?;
        Ok(Connections {
            database,
            pool,
            outage: Mutex::default(),
        })
    }

    /// A connection of one's own, for as long as it is held.
    pub(super) async fn connection(&self) -> Result<Object, StoreError> {
        if let Some((until, error)) = &self.outage().last
            && Instant::now() < *until
        {
            return Err(error.clone());
        }
        let error = match self.pool.get().await {
            Ok(connection) => {
                *self.outage() = Outage::default();
                return Ok(connection);
            }
            Err(PoolError::Timeout(TimeoutType::Wait)) => return Err(self.database.overloaded()),
            Err(PoolError::Closed) => return Err(self.database.closed()),
            Err(
                PoolError::Backend(error) | PoolError::PostCreateHook(HookError::Backend(error)),
            ) => self.database.error(Failure::Database(error)),
            Err(PoolError::Timeout(_)) => self.database.error(Failure::Late),
            Err(error) => self.database.away(error),
        };
        let mut outage = self.outage();
        let (least, most) = BACK_OFF;
        outage.delay = (outage.delay * 2).clamp(least, most);
        outage.last = Some((Instant::now() + outage.delay, error.clone()));
        Err(error)
    }

    /// Does something with a connection. One that does not answer is given up, and with it what was asked of it.
    pub(super) async fn run<T>(
        &self,
        work: impl for<'a> FnOnce(&'a mut Object) -> BoxFuture<'a, Result<T, Failure>>,
    ) -> Result<T, StoreError> {
        let mut connection = self.connection().await?;
        match tokio::time::timeout(ANSWER, work(&mut connection)).await {
            Ok(done) => done.map_err(|failure| self.database.error(failure)),
            Err(_) => {
                drop(Object::take(connection));
                Err(self.database.error(Failure::Late))
            }
        }
    }

    /// Makes no more connections, and closes each as soon as nobody uses it.
    pub(super) fn close(&self) {
        self.pool.close();
    }

    fn outage(&self) -> std::sync::MutexGuard<'_, Outage> {
        // Each change of it is one assignment.
        self.outage.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn manager(address: &PostgresAddress) -> Result<Manager, String> {
    let config = settled(address.config());
    let manager = ManagerConfig {
        recycling_method: RecyclingMethod::Fast,
    };
    Ok(if config.get_ssl_mode() == SslMode::Require {
        Manager::from_config(config, tls(address.authorities())?, manager)
    } else {
        Manager::from_config(config, NoTls, manager)
    })
}

/// What the URL says, and what is good where it does not say it.
fn settled(config: &Config) -> Config {
    let mut config = config.clone();
    if config.get_application_name().is_none() {
        config.application_name("events-server");
    }
    if config.get_connect_timeout().is_none() {
        config.connect_timeout(CONNECT);
    }
    // A machine that has gone without a word is noticed in seconds, and not in hours.
    if config.get_tcp_user_timeout().is_none() {
        config.tcp_user_timeout(Duration::from_secs(10));
    }
    config.keepalives_idle(Duration::from_secs(15));
    config
}

/// Encrypts, and trusts the authorities in a file; without one, those that this machine trusts (or, where it is set, those
/// of `SSL_CERT_FILE`).
fn tls(authorities: Option<&Path>) -> Result<MakeRustlsConnect, String> {
    let mut roots = RootCertStore::empty();
    match authorities {
        Some(file) => trust(&mut roots, file)?,
        None => {
            roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        }
    }
    if roots.is_empty() {
        return Err(
            "this machine trusts no certificates; install ca-certificates, or name a file of them in sslrootcert"
                .to_owned(),
        );
    }
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(MakeRustlsConnect::new(config))
}

/// Trusts the certificates in a file, of which there must be one at least.
fn trust(roots: &mut RootCertStore, file: &Path) -> Result<(), String> {
    let name = file.display();
    let text = std::fs::read(file).map_err(|error| format!("{name} cannot be read: {error}"))?;
    let none = || {
        format!(
            "{name} has no certificate in PEM, which begins with a line like `-----BEGIN CERTIFICATE-----`"
        )
    };
    for certificate in CertificateDer::pem_slice_iter(&text) {
        let certificate = certificate.map_err(|_| none())?;
        roots
            .add(certificate)
            .map_err(|error| format!("a certificate in {name} cannot be used: {error}"))?;
    }
    if roots.is_empty() {
        return Err(none());
    }
    Ok(())
}
