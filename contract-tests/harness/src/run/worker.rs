//! A thread that makes, sends and judges: its runtime, its connections, and what it has seen.
//!
//! Workers share what they only read. Each takes the next job of the round from a common counter, and counts for
//! itself.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use futures::StreamExt;
use futures::future::{Either, select};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::mpsc::UnboundedSender;

use super::error::Error;
use super::groups::{Cause, Groups};
use super::job::{Job, Runner};
use super::tally::Tally;
use super::{Progress, Stage, shrink};
use crate::send::{Route, Sender};

/// How often each worker tells how far the run is.
const TOLD_EVERY: Duration = Duration::from_millis(50);

/// One thread's own.
#[derive(Debug)]
pub(super) struct Worker {
    runtime: Runtime,
    pub(super) sender: Sender,
    pub(super) host: Arc<str>,
    pub(super) base: Arc<str>,
    in_flight: usize,
}

impl Worker {
    pub(super) fn new(runtime: Runtime, route: Route, in_flight: usize) -> Worker {
        Worker {
            runtime,
            host: route.site.host.as_str().into(),
            base: route.site.base.as_str().into(),
            sender: Sender::new(route),
            in_flight,
        }
    }

    /// Runs the jobs of a round until there are none left, or the run is to end.
    pub(super) fn work(&self, runner: Runner<'_>, queue: &Queue<'_>, gauge: &Gauge) -> Tally {
        let tally = RefCell::new(Tally::new(runner.context.contract, runner.laws));
        let mut told = Instant::now();
        let jobs = std::iter::from_fn(|| queue.next());
        let work = futures::stream::iter(jobs)
            .map(|job| runner.run(job, &tally))
            .buffer_unordered(self.in_flight)
            .for_each(|done| {
                gauge.done(&tally.borrow_mut().add(done, &runner));
                if told.elapsed() >= TOLD_EVERY {
                    told = Instant::now();
                    gauge.tell(Stage::Testing);
                }
                std::future::ready(())
            });
        self.until_halted(&runner, work);
        tally.into_inner()
    }

    /// Shrinks what is new.
    pub(super) fn shrink(&self, runner: Runner<'_>, failures: &mut Groups, gauge: &Gauge) {
        if failures.groups.values().any(|group| !group.is_shrunk) {
            gauge.tell(Stage::Shrinking);
            self.until_halted(&runner, shrink::shrink_new(&runner, failures));
        }
    }

    /// Deletes what the run has made and left, without a word about it: whatever becomes of it was judged before.
    pub(super) fn clear_up(&self, runner: Runner<'_>) {
        let calls = futures::stream::iter(runner.leftovers.deletions(&runner.context))
            .map(|case| runner.exchange(Job::Case(case.key), case))
            .buffer_unordered(self.in_flight)
            .for_each(|_answered| std::future::ready(()));
        self.until_halted(&runner, calls);
    }

    /// Makes one connection, to know that there is a server.
    pub(super) fn probe(&self, timeout: Duration) -> Result<(), Error> {
        self.runtime.block_on(self.sender.probe(timeout))
    }

    fn until_halted(&self, runner: &Runner<'_>, work: impl Future<Output = ()>) {
        let work = std::pin::pin!(work);
        let halted = std::pin::pin!(runner.halt.wait());
        self.runtime.block_on(async {
            match select(work, halted).await {
                Either::Left(_) | Either::Right(_) => {}
            }
        });
    }
}

/// A runtime for one thread.
pub(super) fn runtime() -> Result<Runtime, Error> {
    Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Error::System {
            reason: error.to_string(),
        })
}

/// The jobs of a round; each is taken once.
#[derive(Debug)]
pub(super) struct Queue<'q> {
    jobs: &'q [Job],
    next: AtomicUsize,
}

impl<'q> Queue<'q> {
    pub(super) fn new(jobs: &'q [Job]) -> Queue<'q> {
        Queue {
            jobs,
            next: AtomicUsize::new(0),
        }
    }

    fn next(&self) -> Option<Job> {
        self.jobs
            .get(self.next.fetch_add(1, Ordering::Relaxed))
            .copied()
    }
}

/// How far the run is, over all workers.
#[derive(Debug)]
pub(super) struct Gauge {
    planned: usize,
    done: AtomicUsize,
    /// The causes that some worker has seen. New ones are rare, so that few wait here.
    causes: Mutex<BTreeSet<Cause>>,
    progress: UnboundedSender<Progress>,
}

impl Gauge {
    pub(super) fn new(planned: usize, progress: UnboundedSender<Progress>) -> Gauge {
        Gauge {
            planned,
            done: AtomicUsize::new(0),
            causes: Mutex::new(BTreeSet::new()),
            progress,
        }
    }

    /// A job is done, and its causes of failure were new to its worker.
    fn done(&self, new: &[Cause]) {
        self.done.fetch_add(1, Ordering::Relaxed);
        if !new.is_empty() {
            let mut causes = self.causes.lock().unwrap_or_else(PoisonError::into_inner);
            causes.extend(new.iter().cloned());
        }
    }

    /// Tells how far the run is. Nobody may be listening any more.
    pub(super) fn tell(&self, stage: Stage) {
        let causes = self.causes.lock().unwrap_or_else(PoisonError::into_inner);
        let progress = Progress {
            stage,
            done: self.done.load(Ordering::Relaxed),
            planned: self.planned,
            failures: causes.len(),
        };
        drop(causes);
        self.progress.send(progress).ok();
    }
}
