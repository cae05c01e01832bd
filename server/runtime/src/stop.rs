//! How a server stops.

use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant};

use dropshot::HttpServer;
use tokio::time::timeout;

use crate::gateway::Gateway;
use crate::service::Service;

/// What asks this process to stop: Ctrl-C and, on Unix, SIGTERM. While there is one, and after it, neither ends the
/// process by itself.
///
/// ```no_run
/// # async fn run() -> std::io::Result<()> {
/// let mut signals = dropshot_runtime::StopSignals::new()?;
/// signals.next().await;
/// // The second one may mean that the first was not obeyed fast enough.
/// signals.next().await;
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct StopSignals {
    #[cfg(unix)]
    interrupt: tokio::signal::unix::Signal,
    #[cfg(unix)]
    terminate: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl StopSignals {
    /// Takes the signals, within a tokio runtime.
    ///
    /// # Errors
    /// The system does not let it.
    pub fn new() -> io::Result<StopSignals> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(StopSignals {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
        })
    }

    /// Waits for the next one.
    pub async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}

#[cfg(not(unix))]
impl StopSignals {
    /// Takes the signals, within a tokio runtime.
    ///
    /// # Errors
    /// The system does not let it.
    pub fn new() -> io::Result<StopSignals> {
        Ok(StopSignals {})
    }

    /// Waits for the next one.
    pub async fn next(&mut self) {
        if tokio::signal::ctrl_c().await.is_err() {
            // There will be none.
            std::future::pending::<()>().await;
        }
    }
}

/// A server was stopped before everybody had their answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "the grace of {grace:?} was over with {requests} requests under way; their connections are given up"
)]
pub struct GivenUp {
    /// How long was waited.
    pub grace: Duration,
    /// How many requests had not been answered. Where it is none, an answer was on its way to a client that did not
    /// take it.
    pub requests: usize,
}

/// Stops a server. The requests under way are answered and new ones are refused
/// ([`Cause::Stopping`](crate::Cause::Stopping)), on connections old and new; then nobody listens any more.
///
/// dropshot would stop to listen at once and leave new connections without any answer, so it is told last.
///
/// # Errors
/// `grace` was over before that. The connections that are left live on until the runtime ends.
pub async fn stop<S: Service>(
    server: HttpServer<Gateway<S>>,
    grace: Duration,
) -> Result<(), GivenUp> {
    let begun = Instant::now();
    let in_flight = Arc::clone(&server.app_private().in_flight);
    in_flight.stop();
    // That this took too long shows below.
    drop(timeout(grace, in_flight.none()).await);
    let closed = timeout(grace.saturating_sub(begun.elapsed()), server.close()).await;
    match closed {
        Ok(_) => Ok(()),
        Err(_) => Err(GivenUp {
            grace,
            requests: in_flight.count(),
        }),
    }
}
