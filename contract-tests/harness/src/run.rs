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

mod job;
mod shrink;
mod tally;

use std::collections::BTreeMap;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::atomic::AtomicUsize;
use std::time::{Duration, Instant};

use futures::StreamExt;
use http::Method;
use serde_json::Value;

use crate::case::{CaseKey, Phase};
use crate::contract::Contract;
use crate::generate::{Context, Shown, count};
use crate::laws::{Law, laws};
use crate::report::Report;
use crate::send::Sender;
use job::{Job, Runner};
use tally::Tally;

/// The server under test.
#[derive(Clone, Debug, Default)]
pub struct Target {
    /// Where its paths start: `http://127.0.0.1:8080`.
    pub base_url: String,
    /// Valid credentials by the name of their security scheme; for HTTP Basic, `user:password`.
    pub credentials: BTreeMap<String, String>,
}

/// How a run is made. The default draws seed and run id at random.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where all choices start.
    pub seed: u64,
    /// Makes choices differ between runs of one seed against one server, so that keys do not collide.
    pub run_id: String,
    /// How many random cases each operation has in each phase.
    pub cases: usize,
    /// How long an answer may take.
    pub timeout: Duration,
    /// How many cases are in flight together.
    pub in_flight: usize,
    /// Values of things that exist on the server.
    pub values: Vec<GivenValue>,
}

/// A parameter's value that exists on the server.
#[derive(Clone, Debug, PartialEq)]
pub struct GivenValue {
    /// The operation: its `operationId`, or its method and path.
    pub operation: String,
    /// The parameter's name.
    pub parameter: String,
    /// The value.
    pub value: Value,
}

impl Default for Settings {
    fn default() -> Settings {
        let random = RandomState::new();
        let draw = |n: u8| {
            let mut hasher = random.build_hasher();
            hasher.write_u8(n);
            hasher.finish()
        };
        Settings {
            // Short enough to be typed.
            seed: draw(0) % 1_000_000_000,
            run_id: format!("{:08x}", draw(1) as u32),
            cases: 100,
            timeout: Duration::from_secs(10),
            in_flight: 16,
            values: Vec::new(),
        }
    }
}

/// How far a run is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// How many cases and sequences are done.
    pub done: usize,
    /// How many there are.
    pub planned: usize,
    /// How many causes of failure are known.
    pub failures: usize,
}

/// Why a run could not be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The base URL is not one.
    #[error("`{url}` cannot be tested: {reason}")]
    BaseUrl {
        /// The URL as given.
        url: String,
        /// What is wrong with it.
        reason: String,
    },
    /// Nobody answers.
    #[error("no server answers at {address} ({reason}): start it, or mend the base URL")]
    NoServer {
        /// Host and port.
        address: String,
        /// What the attempt to connect met.
        reason: String,
    },
    /// The target has credentials for a scheme that the document does not have.
    #[error("the document has no security scheme `{scheme}`: it has {known}")]
    UnknownScheme {
        /// The name as given.
        scheme: String,
        /// The names that there are.
        known: String,
    },
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
    let schemes = &contract.api().security_schemes;
    if let Some(scheme) = target
        .credentials
        .keys()
        .find(|name| !schemes.contains_key(*name))
    {
        let known: Vec<String> = schemes.keys().map(|name| format!("`{name}`")).collect();
        let known = if known.is_empty() {
            "none".to_owned()
        } else {
            known.join(", ")
        };
        return Err(Error::UnknownScheme {
            scheme: scheme.clone(),
            known,
        });
    }
    let sender = Sender::new(&target.base_url, settings.timeout)?;
    sender.probe().await?;
    let started = Instant::now();
    let laws = laws(contract);
    let mut shown = Shown::new(contract);
    let mut tally = Tally::new(contract, &laws);
    let late: Vec<AtomicUsize> = contract
        .api()
        .operations
        .iter()
        .map(|_| AtomicUsize::new(0))
        .collect();
    let rounds = rounds(contract, target, settings, &laws, &shown);
    let planned = rounds.iter().map(Vec::len).sum();
    let mut done = 0;
    for round in rounds {
        let mut found = Vec::new();
        {
            let context = Context {
                contract,
                target,
                settings,
                shown: &shown,
            };
            let runner = Runner {
                context,
                sender: &sender,
                laws: &laws,
                late: &late,
            };
            let mut results = futures::stream::iter(round)
                .map(|job| runner.run(job))
                .buffer_unordered(settings.in_flight.max(1));
            while let Some(result) = results.next().await {
                done += 1;
                found.extend(tally.add(result, &laws));
                progress(Progress {
                    done,
                    planned,
                    failures: tally.causes(),
                });
            }
            drop(results);
            shrink::shrink_new(&runner, &mut tally).await;
        }
        shown.add(found);
    }
    Ok(tally.report(target, settings, &sender, started.elapsed()))
}

/// The jobs of each round.
fn rounds(
    contract: &Contract,
    target: &Target,
    settings: &Settings,
    laws: &[Box<dyn Law>],
    shown: &Shown,
) -> Vec<Vec<Job>> {
    let context = Context {
        contract,
        target,
        settings,
        shown,
    };
    let cases = |operation: usize, phases: &[Phase]| -> Vec<Job> {
        phases
            .iter()
            .flat_map(|phase| {
                let count = count(&context, operation, *phase);
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
    let sequences = settings.cases.div_ceil(2);
    rounds.push(
        laws.iter()
            .enumerate()
            .filter(|(_, law)| context.is_callable(law.operation()))
            .flat_map(|(law, _)| (0..sequences).map(move |index| Job::Sequence { law, index }))
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
