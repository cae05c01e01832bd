//! So many requests a second, evenly, over all workers.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Tells each request when it may be sent.
#[derive(Debug)]
pub(crate) struct Pace {
    started: Instant,
    /// Between two requests, in nanoseconds.
    interval: u64,
    /// When the next request may be sent, in nanoseconds from the start.
    next: AtomicU64,
}

impl Pace {
    /// A pace of that many a second; `None` where that is no pace.
    pub(crate) fn new(rate: f64) -> Option<Pace> {
        let interval = 1e9 / rate;
        (rate > 0.0 && interval.is_finite()).then(|| Pace {
            started: Instant::now(),
            interval: interval as u64,
            next: AtomicU64::new(0),
        })
    }

    /// Takes the next place, and says how long to wait for it. Time that nobody used is not made up for later.
    fn take(&self, now: u64) -> Duration {
        let mut next = self.next.load(Ordering::Relaxed);
        loop {
            let at = next.max(now);
            let after = at.saturating_add(self.interval);
            match self
                .next
                .compare_exchange_weak(next, after, Ordering::Relaxed, Ordering::Relaxed)
            {
                Ok(_) => return Duration::from_nanos(at - now),
                Err(taken) => next = taken,
            }
        }
    }

    /// Waits until a request may be sent.
    pub(crate) async fn wait(&self) {
        let now = u64::try_from(self.started.elapsed().as_nanos()).unwrap_or(u64::MAX);
        let wait = self.take(now);
        if !wait.is_zero() {
            tokio::time::sleep(wait).await;
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;

    #[test]
    fn requests_are_spread_evenly() {
        let pace = Pace::new(10.0).unwrap();
        let ms = |n: u64| n * 1_000_000;
        for (now, wait) in [
            (0, 0),
            (0, 100),
            (50, 150),
            (300, 0),
            (1_000, 0),
            (1_000, 100),
        ] {
            assert_eq!(
                pace.take(ms(now)),
                Duration::from_millis(wait),
                "at {now} ms"
            );
        }
    }

    #[test]
    fn what_is_no_rate_is_no_pace() {
        for rate in [0.0, -1.0, f64::NAN] {
            assert!(Pace::new(rate).is_none(), "{rate}");
        }
    }
}
