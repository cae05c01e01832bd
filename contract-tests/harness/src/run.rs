//! A run: every phase of every operation, and every law, against one server.
//!
//! Cases of one round are in flight together; rounds follow each other where one needs what the other showed, or must
//! not be disturbed by it:
//!
//! 1. valid calls, those to things after those that make them;
//! 2. calls that break one rule, and those without sufficient credentials;
//! 3. laws, so that nothing else touches what they made;
//! 4. undeclared methods, which a server that accepts them may take seriously;
//! 5. calls of DELETE.
//!
//! After each round, the first case of each new failure is shrunk, with nothing else in flight.

mod error;
mod job;
mod shrink;
mod tally;

use std::future::{self, Future};
use std::pin::pin;
use std::sync::atomic::AtomicUsize;
use std::time::Instant;

use futures::StreamExt;
use futures::future::{Either, select};
use http::Method;

use crate::case::{CaseKey, Phase};
use crate::contract::Contract;
use crate::generate::{Context, Shown, count};
use crate::keys::Keys;
use crate::laws::{Law, laws};
use crate::plan::Plan;
use crate::report::{Ending, Report};
use crate::send::Sender;
use crate::settings::Settings;
use crate::target::Target;
pub use error::{Error, Kind, Unknown};
use job::{Job, Runner};
use tally::Tally;

/// How far a run is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What is being done.
    pub stage: Stage,
    /// How many cases and sequences are done.
    pub done: usize,
    /// How many there are.
    pub planned: usize,
    /// How many requests were sent.
    pub requests: usize,
    /// How many causes of failure are known.
    pub failures: usize,
}

/// What a run is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Sending what failed before.
    Replaying,
    /// Sending cases and sequences.
    Testing,
    /// Looking for the smallest case of each failure.
    Shrinking,
}

/// Tests a server against a contract.
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
/// # Errors
/// Where the run cannot be made at all. What the server does wrong is in the report.
pub async fn run_until(
    contract: &Contract,
    target: &Target,
    settings: &Settings,
    progress: &(dyn Fn(Progress) + Send + Sync),
    stop: impl Future<Output = ()> + Send,
) -> Result<Report, Error> {
    let laws = laws(contract);
    let plan = Plan::new(contract, target, settings, &laws)?;
    let keys = Keys::new(&target.credentials)?;
    let sender = Sender::new(&target.base_url)?;
    sender.probe(settings.timeout).await?;
    let started = Instant::now();
    let mut shown = Shown::new(contract);
    let mut tally = Tally::new(contract, &laws);
    let late: Vec<AtomicUsize> = contract
        .api()
        .operations
        .iter()
        .map(|_| AtomicUsize::new(0))
        .collect();
    let rounds = {
        let context = Context {
            contract,
            keys: &keys,
            settings,
            plan: &plan,
            shown: &shown,
        };
        rounds(&context, &laws)
    };
    let planned = rounds.iter().map(Vec::len).sum();
    let mut done = 0;
    let mut ending = Ending::Complete;
    let mut stop = pin!(stop);
    'rounds: for round in rounds {
        let mut found = Vec::new();
        {
            let runner = Runner {
                context: Context {
                    contract,
                    keys: &keys,
                    settings,
                    plan: &plan,
                    shown: &shown,
                },
                sender: &sender,
                laws: &laws,
                late: &late,
            };
            let mut results = futures::stream::iter(round)
                .map(|job| runner.run(job))
                .buffer_unordered(settings.in_flight.max(1));
            loop {
                let result = match select(results.next(), &mut stop).await {
                    Either::Left((Some(result), _)) => result,
                    Either::Left((None, _)) => break,
                    Either::Right(_) => {
                        ending = Ending::Interrupted;
                        break 'rounds;
                    }
                };
                done += 1;
                found.extend(tally.add(result, &laws));
                progress(Progress {
                    stage: Stage::Testing,
                    done,
                    planned,
                    requests: sender.requests(),
                    failures: tally.causes(),
                });
            }
            drop(results);
            shrink::shrink_new(&runner, &mut tally).await;
        }
        shown.add(found);
    }
    Ok(tally.report(
        &keys,
        target,
        settings,
        &sender,
        started.elapsed(),
        (ending, planned),
    ))
}

/// The jobs of each round.
fn rounds(context: &Context<'_>, laws: &[Box<dyn Law>]) -> Vec<Vec<Job>> {
    let contract = context.contract;
    let cases = |operation: usize, phases: &[Phase]| -> Vec<Job> {
        phases
            .iter()
            .flat_map(|phase| {
                let count = count(context, operation, *phase);
                (0..count).map(|index| {
                    Job::Case(CaseKey {
                        operation,
                        phase: *phase,
                        index,
                    })
                })
            })
            .collect()
    };
    let valid = [Phase::Examples, Phase::Boundaries, Phase::Random];
    let levels = levels(contract);
    let deepest = levels.iter().copied().max().unwrap_or_default();
    let removes = |operation: usize| contract.api().operations[operation].method == Method::DELETE;
    let all = 0..contract.api().operations.len();
    let mut rounds: Vec<Vec<Job>> = (0..=deepest)
        .map(|level| {
            let here = all.clone().filter(|o| levels[*o] == level && !removes(*o));
            here.flat_map(|operation| cases(operation, &valid))
                .collect()
        })
        .collect();
    let wrong = [Phase::Negative, Phase::Credentials];
    rounds.push(
        all.clone()
            .filter(|o| !removes(*o))
            .flat_map(|o| cases(o, &wrong))
            .collect(),
    );
    let sequences = |law: &dyn Law| {
        let operation = law.operation();
        let is_wanted = context.is_callable(operation)
            && context.plan.is_included(operation)
            && context.plan.is_judged_by(operation, law.name())
            && context.plan.has(Phase::Law(0));
        if is_wanted {
            context.plan.cases(operation).div_ceil(2)
        } else {
            0
        }
    };
    rounds.push(
        laws.iter()
            .enumerate()
            .flat_map(|(law, each)| {
                (0..sequences(each.as_ref())).map(move |index| Job::Sequence { law, index })
            })
            .collect(),
    );
    rounds.push(
        all.clone()
            .flat_map(|o| cases(o, &[Phase::Methods]))
            .collect(),
    );
    let every = [valid.as_slice(), &wrong].concat();
    rounds.push(
        all.filter(|o| removes(*o))
            .flat_map(|o| cases(o, &every))
            .collect(),
    );
    rounds.retain(|round| !round.is_empty());
    rounds
}

/// How many calls must come before an operation's own, so that there is something to call it for.
fn levels(contract: &Contract) -> Vec<usize> {
    let count = contract.api().operations.len();
    let mut levels: Vec<Option<usize>> = (0..count)
        .map(|o| (!contract.compiled(o).is_linked).then_some(0))
        .collect();
    for _ in 0..count {
        for source in 0..count {
            let Some(level) = levels[source] else {
                continue;
            };
            for link in &contract.compiled(source).links {
                if levels[link.target].is_none() {
                    levels[link.target] = Some(level + 1);
                }
            }
        }
    }
    // A circle of links, with no way in: nothing comes before.
    levels.into_iter().map(Option::unwrap_or_default).collect()
}
