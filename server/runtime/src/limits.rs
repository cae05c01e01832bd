//! How much is served at once, and how long is waited for a body.
//!
//! A server that takes every request answers all of them late once there are too many, and holds each in memory until
//! then. This one refuses at once what is too much: whoever is refused knows it early, and those who are not get their
//! answers in time. What is counted is requests, not connections, which dropshot keeps out of reach: a reverse proxy
//! counts those.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use tokio::sync::Notify;

use crate::rejection::Cause;

/// What a server takes on.
///
/// ```
/// use dropshot_runtime::Limits;
///
/// let limits = Limits { requests: 64, ..Limits::default() };
/// assert_eq!(limits.body_time.as_secs(), 30);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// How many requests are served at once, from their heads to the heads of their answers: 512. A further one is
    /// refused before its body is read ([`Cause::Overloaded`]).
    pub requests: usize,
    /// How long a body may take to arrive: 30 seconds. A slower one is refused ([`Cause::Slow`]). Of a body that the
    /// handler reads piece by piece, it is how long each piece may take.
    pub body_time: Duration,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            requests: 512,
            body_time: Duration::from_secs(30),
        }
    }
}

/// What a server has to do: for another thread than those that serve.
#[derive(Clone)]
pub struct Load(pub(crate) Arc<InFlight>);

/// Of a server that has nothing to do.
impl Default for Load {
    fn default() -> Load {
        Load(Arc::new(InFlight::new(0)))
    }
}

impl Load {
    /// How many requests are being served, from their heads to the heads of their answers.
    pub fn in_flight(&self) -> usize {
        self.0.count()
    }

    /// Whether the server is about to stop, and serves nothing any more but what is under way.
    pub fn is_stopping(&self) -> bool {
        self.0.is_stopping()
    }
}

/// The requests that are being served.
pub(crate) struct InFlight {
    most: usize,
    count: AtomicUsize,
    is_stopping: AtomicBool,
    ended: Notify,
}

impl InFlight {
    pub fn new(most: usize) -> InFlight {
        InFlight {
            most,
            count: AtomicUsize::new(0),
            is_stopping: AtomicBool::new(false),
            ended: Notify::new(),
        }
    }

    /// Counts a request in until what this gives is dropped.
    pub fn enter(self: &Arc<InFlight>) -> Result<Entered, Cause> {
        if self.is_stopping() {
            return Err(Cause::Stopping);
        }
        let entered = Entered(Arc::clone(self));
        if self.count.fetch_add(1, Ordering::SeqCst) < self.most {
            Ok(entered)
        } else {
            Err(Cause::Overloaded)
        }
    }

    /// Lets nobody in any more.
    pub fn stop(&self) {
        self.is_stopping.store(true, Ordering::SeqCst);
    }

    pub fn is_stopping(&self) -> bool {
        self.is_stopping.load(Ordering::SeqCst)
    }

    pub fn count(&self) -> usize {
        // One that is about to be refused is counted for a moment.
        self.count.load(Ordering::SeqCst).min(self.most)
    }

    /// Waits until nobody is in. Whoever waits has called [`InFlight::stop`], or may wait for good.
    pub async fn none(&self) {
        loop {
            let mut ended = std::pin::pin!(self.ended.notified());
            // From here on no end is missed.
            ended.as_mut().enable();
            if self.count() == 0 {
                return;
            }
            ended.await;
        }
    }
}

/// A request that is being served.
pub(crate) struct Entered(Arc<InFlight>);

impl Drop for Entered {
    fn drop(&mut self) {
        if self.0.count.fetch_sub(1, Ordering::SeqCst) == 1 {
            self.0.ended.notify_waiters();
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use futures::FutureExt;

    use super::*;

    #[test]
    fn as_many_as_allowed_are_in_and_the_next_when_one_has_gone() {
        let in_flight = Arc::new(InFlight::new(2));
        let (first, second) = (in_flight.enter().unwrap(), in_flight.enter().unwrap());
        assert_eq!(in_flight.enter().err(), Some(Cause::Overloaded));
        assert_eq!(in_flight.count(), 2);
        drop(first);
        assert_eq!(in_flight.count(), 1);
        let third = in_flight.enter().unwrap();
        assert_eq!(in_flight.enter().err(), Some(Cause::Overloaded));
        drop((second, third));
        assert_eq!(in_flight.count(), 0);
    }

    #[test]
    fn who_stops_waits_for_the_last_and_lets_nobody_in() {
        let in_flight = Arc::new(InFlight::new(2));
        let (first, second) = (in_flight.enter().unwrap(), in_flight.enter().unwrap());
        in_flight.stop();
        assert_eq!(in_flight.enter().err(), Some(Cause::Stopping));
        let mut none = Box::pin(in_flight.none());
        assert_eq!(none.as_mut().now_or_never(), None);
        drop(first);
        assert_eq!(none.as_mut().now_or_never(), None);
        drop(second);
        assert_eq!(none.as_mut().now_or_never(), Some(()));
        assert_eq!(in_flight.enter().err(), Some(Cause::Stopping));
    }
}
