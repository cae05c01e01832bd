//! Callers at the server for a while, and what that came to.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::call::{Calls, Counts};
use crate::server::Server;

/// What one phase came to.
pub struct Phase {
    callers: usize,
    pub counts: Counts,
    time: Duration,
    /// The least and the most memory of the server, in kB.
    memory: (u64, u64),
}

impl Phase {
    /// Has the callers call for as long as it goes on.
    pub async fn go(
        server: &Server,
        calls: &Arc<Calls>,
        callers: usize,
        mut goes_on: impl FnMut() -> io::Result<bool>,
    ) -> io::Result<Phase> {
        let (begun, is_over) = (Instant::now(), Arc::new(AtomicBool::new(false)));
        let calling: Vec<_> = (0..callers)
            .map(|caller| {
                let (calls, is_over) = (Arc::clone(calls), Arc::clone(&is_over));
                tokio::spawn(async move { calls.go_on(caller, &is_over).await })
            })
            .collect();
        let mut memory = (u64::MAX, 0);
        while goes_on()? {
            if let Some(now) = server.memory() {
                memory = (memory.0.min(now), memory.1.max(now));
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        is_over.store(true, Ordering::Relaxed);
        let mut counts = Counts::default();
        for caller in calling {
            counts.add(caller.await.map_err(io::Error::other)?);
        }
        Ok(Phase {
            callers,
            counts,
            time: begun.elapsed(),
            memory,
        })
    }

    /// Good answers a second.
    pub fn rate(&self) -> f64 {
        self.counts.good() as f64 / self.time.as_secs_f64()
    }

    /// Writes it as a row of the table.
    pub fn tell(&self, name: &str) {
        let mut times = self.counts.times.clone();
        times.sort_unstable();
        let percentile = |percent: usize| {
            let time = times.get(times.len() * percent / 100);
            time.map_or(0.0, |time| time.as_secs_f64() * 1000.0)
        };
        println!(
            "{name:8} {:7}  {:7.1}  {:7}  {:6.0}  {:8}  {:5}  {:6.2}  {:6.2}  {:.0} to {:.0}",
            self.callers,
            self.time.as_secs_f64(),
            self.counts.good(),
            self.rate(),
            self.counts.refused,
            self.counts.other,
            percentile(50),
            percentile(99),
            self.memory.0 as f64 / 1024.0,
            self.memory.1 as f64 / 1024.0,
        );
    }
}

/// Writes the head of the table.
pub fn head() {
    println!(
        "phase    callers  seconds     good  good/s   refused  other  p50 ms  p99 ms  memory MB"
    );
}
