//! What ends a run before its end: its time is up, it is told to stop, or the server is gone.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::watch;

use super::job::Job;
use crate::exchange::{Exchange, NoAnswer};
use crate::report::Ending;

/// So many calls in a row without an answer, and the server as a whole is taken for gone: each more call would cost the
/// run its whole time limit.
const SILENCE: usize = 32;

/// Ends a run early, in every thread.
#[derive(Debug)]
pub(super) struct Halt {
    ending: watch::Sender<Option<Ending>>,
    deadline: Option<Instant>,
    /// How many calls in a row were not answered in time.
    silent: AtomicUsize,
    /// Calls that got no answer while it is found out whether the server is gone.
    suspects: Mutex<Vec<(Job, Exchange)>>,
}

impl Halt {
    pub(super) fn new(max_time: Option<Duration>) -> Halt {
        Halt {
            ending: watch::Sender::new(None),
            deadline: max_time.and_then(|time| Instant::now().checked_add(time)),
            silent: AtomicUsize::new(0),
            suspects: Mutex::new(Vec::new()),
        }
    }

    /// Ends the run. What ended it first is what the report says.
    pub(super) fn now(&self, ending: Ending) {
        self.ending.send_if_modified(|known| {
            let is_first = known.is_none();
            if is_first {
                *known = Some(ending);
            }
            is_first
        });
    }

    /// What ended the run early.
    pub(super) fn ending(&self) -> Option<Ending> {
        *self.ending.borrow()
    }

    /// Waits until the run is ended early.
    pub(super) async fn wait(&self) {
        let mut ending = self.ending.subscribe();
        let ended = ending.wait_for(Option::is_some);
        match self.deadline {
            Some(deadline) => {
                if tokio::time::timeout_at(deadline.into(), ended)
                    .await
                    .is_err()
                {
                    self.now(Ending::OutOfTime);
                }
            }
            None => {
                // The sender lives as long as this value.
                ended.await.ok();
            }
        }
    }

    /// There was an answer.
    pub(super) fn heard(&self) {
        // Writing what already stands there would cost every worker its cached copy.
        if self.silent.load(Ordering::Relaxed) != 0 {
            self.silent.store(0, Ordering::Relaxed);
        }
    }

    /// There was no answer in time. Ends the run where there has not been any for long.
    pub(super) fn not_heard(&self, job: Job, exchange: &Exchange) {
        if self.silent.fetch_add(1, Ordering::Relaxed) + 1 >= SILENCE {
            self.suspect(job, exchange);
            self.now(Ending::ServerGone);
        }
    }

    /// Remembers a call that may have been the server's last.
    pub(super) fn suspect(&self, job: Job, exchange: &Exchange) {
        let mut suspects = self.suspects.lock().unwrap_or_else(PoisonError::into_inner);
        suspects.push((job, exchange.clone()));
    }

    /// The server is still there.
    pub(super) fn clear(&self, job: Job) {
        let mut suspects = self.suspects.lock().unwrap_or_else(PoisonError::into_inner);
        suspects.retain(|(suspect, _)| *suspect != job);
    }

    /// The call that the server most likely went with, and how many it may have been: of those that it did take, the
    /// one that comes first.
    pub(super) fn last_words(&self) -> Option<(Job, Exchange, usize)> {
        let suspects = self.suspects.lock().unwrap_or_else(PoisonError::into_inner);
        let was_taken = |exchange: &Exchange| {
            !matches!(
                exchange.answer,
                Err(NoAnswer::NotConnected(_) | NoAnswer::NotTrusted(_))
            )
        };
        let taken = suspects
            .iter()
            .filter(|(_, exchange)| was_taken(exchange))
            .count();
        let (job, exchange) = suspects
            .iter()
            .min_by_key(|(job, exchange)| (!was_taken(exchange), *job))?;
        Some((*job, exchange.clone(), taken.max(1)))
    }
}
