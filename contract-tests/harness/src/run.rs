//! A run: every phase of every operation, and every law, against one server.
//!
//! Cases of one round are in flight together; rounds follow each other where one needs what the other showed, or must
//! not be disturbed by it:
//!
//! 1. what failed before;
//! 2. valid calls, those to things after those that make them;
//! 3. calls that break one rule, and those without sufficient credentials;
//! 4. laws that make and change things, so that nothing else touches what they made;
//! 5. laws that only read, so that nothing changes what they see;
//! 6. laws that make things and walk over lists, so that nothing is taken from what they walk over;
//! 7. undeclared methods, which a server that accepts them may take seriously;
//! 8. calls of DELETE.
//!
//! At the end, what the run has made is deleted, where the document has a way to.
//!
//! After each round, the first case of each new failure is shrunk, with nothing else in flight.
//!
//! A run has threads of its own, so that it takes no time from the runtime that waits for it, and so that it can use
//! more than one processor. Nothing that they do depends on how many there are.

mod applied;
mod error;
mod groups;
mod halt;
mod job;
mod kept;
mod leftovers;
mod limits;
mod replay;
mod rounds;
mod shrink;
mod summary;
mod tally;
mod worker;

use std::future::{self, Future};
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::time::Instant;

use futures::future::{Either, select};
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use tokio::sync::oneshot;

use crate::contract::Contract;
use crate::generate::{Context, Shown};
use crate::keys::Keys;
use crate::laws::{Derived, Law, laws};
use crate::plan::Plan;
use crate::report::{Ending, Report, Show};
use crate::send::Route;
use crate::settings::Settings;
use crate::site::{Site, is_loopback};
use crate::target::Target;
use crate::wire::Wire;
use applied::idle;
use halt::Halt;
use job::Runner;
use leftovers::Leftovers;
use replay::{Replay, replays};
use rounds::rounds;
use summary::Summary;
use tally::Tally;
use worker::{Gauge, Queue, Worker, runtime};

pub use error::{Error, Kind, Unknown};

/// How far a run is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What is being done.
    pub stage: Stage,
    /// How many cases and sequences are done.
    pub done: usize,
    /// How many there are.
    pub planned: usize,
    /// How many causes of failure are known.
    pub failures: usize,
}

/// What a run is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Sending cases and sequences.
    Testing,
    /// Looking for the smallest case of each failure.
    Shrinking,
    /// Nothing more: the report follows.
    Done,
}

/// Tests a server against a contract.
///
/// `progress` is called now and then, and once at the end.
///
/// # Errors
/// Where the run cannot be made at all. What the server does wrong is in the report.
pub async fn run(
    contract: &Contract,
    target: &Target,
    settings: &Settings,
    progress: &(dyn Fn(Progress) + Send + Sync),
) -> Result<Report, Error> {
    run_until(contract, target, settings, progress, future::pending()).await
}

/// Tests a server against a contract until there is nothing more to do, or `stop` is there; then the report is of what
/// was seen so far, and says so.
///
/// ```no_run
/// # use contract_harness::{Contract, Settings, Target, run_until};
/// # async fn example(contract: Contract, target: Target) -> Result<(), contract_harness::Error> {
/// let stop = async { tokio::signal::ctrl_c().await.unwrap_or_default() };
/// let report = run_until(&contract, &target, &Settings::default(), &|_| {}, stop).await?;
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// Where the run cannot be made at all. What the server does wrong is in the report.
pub async fn run_until(
    contract: &Contract,
    target: &Target,
    settings: &Settings,
    progress: &(dyn Fn(Progress) + Send + Sync),
    stop: impl Future<Output = ()>,
) -> Result<Report, Error> {
    let site = Site::new(&target.base_url)?;
    let laws = laws(contract);
    let plan = Plan::new(contract, target, settings, &laws.laws)?;
    let halt = Arc::new(Halt::new(settings.max_time));
    let (progress_to, mut progress_from) = unbounded_channel();
    let (report_to, report_from) = oneshot::channel();
    let conductor = Conductor {
        contract: contract.clone(),
        target: target.clone(),
        settings: settings.clone(),
        laws,
        plan,
        halt: halt.clone(),
    };
    std::thread::Builder::new()
        .name("contract-run".to_owned())
        .spawn(move || {
            // Nobody waits for the report any more where it cannot be given.
            report_to.send(conductor.run(site, progress_to)).ok();
        })
        .map_err(|error| Error::System {
            reason: error.to_string(),
        })?;
    // Whoever waits for the run no more does not want it any more.
    let _ended = HaltOnDrop(&halt);
    let mut stop = pin!(stop);
    let mut is_stopped = false;
    loop {
        let next = pin!(progress_from.recv());
        let told = if is_stopped {
            next.await
        } else {
            match select(next, &mut stop).await {
                Either::Left((told, _)) => told,
                Either::Right(_) => {
                    is_stopped = true;
                    halt.now(Ending::Interrupted);
                    continue;
                }
            }
        };
        match told {
            Some(told) => progress(told),
            None => break,
        }
    }
    report_from.await.unwrap_or_else(|_| {
        Err(Error::System {
            reason: "a thread of it ended in the middle, which is a fault of this program"
                .to_owned(),
        })
    })
}

struct HaltOnDrop<'h>(&'h Halt);

impl Drop for HaltOnDrop<'_> {
    fn drop(&mut self) {
        self.0.now(Ending::Interrupted);
    }
}

/// Makes a run, in a thread of its own.
struct Conductor {
    contract: Contract,
    target: Target,
    settings: Settings,
    laws: Derived,
    plan: Plan,
    halt: Arc<Halt>,
}

impl Conductor {
    fn run(mut self, site: Site, progress: UnboundedSender<Progress>) -> Result<Report, Error> {
        let settings = &self.settings;
        let keys = Keys::new(&self.target.credentials)?;
        let first = runtime()?;
        let route = Route::new(site, &settings.trust, settings.rate, settings.timeout);
        let route = first.block_on(route)?;
        let mut workers = Vec::new();
        let count = settings.workers.max(1);
        let in_flight = settings.in_flight.div_ceil(count).max(1);
        workers.push(Worker::new(first, route.clone(), in_flight));
        for _ in 1..count {
            workers.push(Worker::new(runtime()?, route.clone(), in_flight));
        }
        workers[0].probe(settings.timeout)?;
        let may_write = settings.allow_writes || is_loopback(&route.addresses);
        let withheld = if may_write {
            Vec::new()
        } else {
            self.plan.withhold_writes(&self.contract)?
        };
        let started = Instant::now();
        let Conductor {
            contract,
            target,
            settings,
            laws,
            plan,
            halt,
        } = &self;
        let Derived {
            laws, inapplicable, ..
        } = laws;
        let replays = replays(contract, plan, laws, &settings.regressions);
        let mut shown = Shown::new(contract);
        let mut tally = Tally::new(contract, laws);
        let operations = contract.api().operations.iter();
        let late: Vec<AtomicUsize> = operations.map(|_| AtomicUsize::new(0)).collect();
        let wire = Wire {
            api: contract.api(),
            site: &route.site,
            trust: &settings.trust,
            headers: &settings.headers,
        };
        let nothing = Shown::new(contract);
        let leftovers = Leftovers::default();
        let start = Ground {
            context: Context {
                contract,
                keys: &keys,
                settings,
                plan,
                shown: &nothing,
            },
            wire,
            laws,
            replays: &replays,
            late: &late,
            halt,
            leftovers: &leftovers,
            may_write,
        };
        let rounds = rounds(&start.context, laws, &replays, settings.shard);
        let idle = laws.iter().map(|law| idle(&start.context, law.as_ref()));
        let idle = idle.collect();
        let planned = rounds.iter().map(Vec::len).sum();
        let gauge = Gauge::new(planned, progress);
        for round in rounds {
            let ground = Ground {
                context: Context {
                    shown: &shown,
                    ..start.context
                },
                ..start
            };
            tally.merge(work(&mut workers, ground, &Queue::new(&round), &gauge)?);
            tally.failures.drop_moot(laws);
            workers[0].shrink(ground.runner(&workers[0]), &mut tally.failures, &gauge);
            let found = std::mem::take(&mut tally.found);
            shown.add(found);
            if halt.ending().is_some() {
                break;
            }
        }
        if halt.ending().is_none() {
            let ground = Ground {
                context: Context {
                    shown: &shown,
                    ..start.context
                },
                ..start
            };
            workers[0].clear_up(ground.runner(&workers[0]));
        }
        gauge.tell(Stage::Done);
        let summary = Summary {
            contract,
            target,
            settings,
            plan,
            keys: &keys,
            laws,
            inapplicable,
            idle,
            replays: &replays,
            show: Show {
                wire,
                secrets: settings.show_secrets,
            },
            halt,
            withheld,
            planned,
            requests: workers.iter().map(|worker| worker.sender.requests()).sum(),
            elapsed: started.elapsed(),
        };
        Ok(summary.report(tally))
    }
}

/// What the workers share in a round.
#[derive(Clone, Copy)]
struct Ground<'r> {
    context: Context<'r>,
    wire: Wire<'r>,
    laws: &'r [Box<dyn Law>],
    replays: &'r [Replay<'r>],
    late: &'r [AtomicUsize],
    halt: &'r Halt,
    leftovers: &'r Leftovers,
    may_write: bool,
}

impl<'r> Ground<'r> {
    fn runner(self, worker: &'r Worker) -> Runner<'r> {
        let Ground {
            context,
            wire,
            laws,
            replays,
            late,
            halt,
            leftovers,
            may_write,
        } = self;
        Runner {
            context,
            wire,
            sender: &worker.sender,
            laws,
            replays,
            late,
            halt,
            leftovers,
            may_write,
            host: &worker.host,
            base: &worker.base,
        }
    }
}

/// Has every worker take jobs until none are left, the first one in this thread.
fn work(
    workers: &mut [Worker],
    ground: Ground<'_>,
    queue: &Queue<'_>,
    gauge: &Gauge,
) -> Result<Tally, Error> {
    let mut tally = Tally::new(ground.context.contract, ground.laws);
    let Some((first, others)) = workers.split_first_mut() else {
        return Ok(tally);
    };
    std::thread::scope(|scope| {
        let mut threads = Vec::new();
        for worker in others {
            let work = move || worker.work(ground.runner(worker), queue, gauge);
            let named = std::thread::Builder::new().name("contract-worker".to_owned());
            let thread = named.spawn_scoped(scope, work);
            threads.push(thread.map_err(|error| Error::System {
                reason: error.to_string(),
            })?);
        }
        tally.merge(first.work(ground.runner(first), queue, gauge));
        for thread in threads {
            match thread.join() {
                Ok(seen) => tally.merge(seen),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        Ok(tally)
    })
}
