//! One case or sequence: made, sent and judged.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use crate::case::{Case, CaseKey};
use crate::checks::{CHECKS, Failure, Outcome};
use crate::exchange::{Exchange, NoAnswer};
use crate::generate::{Context, Shot, draft, shots};
use crate::laws::{Draws, Law};
use crate::request::request;
use crate::secrets::Secrets;
use crate::send::Sender;

/// One case or sequence of a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Job {
    Case(CaseKey),
    Sequence { law: usize, index: usize },
}

/// What the jobs of a round share.
#[derive(Debug)]
pub(super) struct Runner<'r> {
    pub(super) context: Context<'r>,
    pub(super) sender: &'r Sender,
    pub(super) laws: &'r [Box<dyn Law>],
    /// How often each operation's answer did not come in time.
    pub(super) late: &'r [AtomicUsize],
}

/// An operation that did not answer in time this often is not called any more: each more call would cost the run the
/// whole time limit.
pub(super) const PATIENCE: usize = 3;

/// What became of a job.
#[derive(Debug)]
pub(super) enum Done {
    /// The case cannot be put on the wire.
    NotMade(CaseKey),
    /// The operation does not answer in time.
    GivenUp(usize),
    /// It was sent and judged.
    Judged(Box<Judged>),
}

#[derive(Debug)]
pub(super) struct Judged {
    pub(super) exchanges: Vec<Exchange>,
    /// What each check found for each exchange.
    pub(super) checks: Vec<Vec<(&'static str, Outcome)>>,
    /// What the law found, where the job is a sequence.
    pub(super) law: Option<(usize, Outcome)>,
    /// Makes the same again, until the round is over.
    pub(super) job: Job,
    /// What the answers gave for other calls.
    pub(super) shots: Vec<(CaseKey, usize, Shot)>,
}

impl Runner<'_> {
    /// Makes, sends and judges.
    pub(super) async fn run(&self, job: Job) -> Done {
        match job {
            Job::Case(key) => {
                if self.is_given_up(key.operation) {
                    return Done::GivenUp(key.operation);
                }
                let case =
                    draft(&self.context, key).and_then(|draft| draft.case(self.context.contract));
                let Some(case) = case else {
                    return Done::NotMade(key);
                };
                let exchange = self.exchange(case).await;
                Done::Judged(Box::new(Judged {
                    checks: vec![self.checks(&exchange)],
                    shots: shots(self.context.contract, &exchange),
                    exchanges: vec![exchange],
                    law: None,
                    job,
                }))
            }
            Job::Sequence { law, index } => {
                let operation = self.laws[law].operation();
                if self.is_given_up(operation) {
                    return Done::GivenUp(operation);
                }
                let draws = Draws::new(self.context, law, index);
                let exchanges = self.sequence(law, &draws).await;
                let checks = exchanges.iter().map(|exchange| {
                    let mut found = self.checks(exchange);
                    found.retain(|(name, _)| *name != "positive_data_acceptance");
                    found
                });
                let outcome = self.laws[law].judge(self.context.contract, &exchanges);
                Done::Judged(Box::new(Judged {
                    checks: checks.collect(),
                    shots: Vec::new(),
                    exchanges,
                    law: Some((law, outcome)),
                    job,
                }))
            }
        }
    }

    fn is_given_up(&self, operation: usize) -> bool {
        self.late[operation].load(Ordering::Relaxed) >= PATIENCE
    }

    /// Sends a case.
    pub(super) async fn exchange(&self, case: Case) -> Exchange {
        let Context { contract, keys, .. } = self.context;
        let request = request(
            contract.api(),
            &case,
            &self.sender.base,
            Secrets::Clear(keys),
        );
        let timeout = self.context.plan.timeout(case.key.operation);
        let started = Instant::now();
        let answer = self.sender.send(&request, timeout).await;
        if matches!(answer, Err(NoAnswer::TimedOut(_))) {
            self.late[case.key.operation].fetch_add(1, Ordering::Relaxed);
        }
        Exchange {
            case,
            host: self.sender.host.clone(),
            base: self.sender.base.clone(),
            request,
            answer,
            elapsed: started.elapsed(),
        }
    }

    /// Makes the calls of a law.
    pub(super) async fn sequence(&self, law: usize, draws: &Draws<'_>) -> Vec<Exchange> {
        // Longer than any law: a law that never ends is a bug of ours, not a run that never ends.
        const LONGEST: usize = 1_000;
        let mut exchanges = Vec::new();
        while exchanges.len() < LONGEST {
            let Some(case) = self.laws[law].next(self.context.contract, draws, &exchanges) else {
                break;
            };
            exchanges.push(self.exchange(case).await);
        }
        exchanges
    }

    fn checks(&self, exchange: &Exchange) -> Vec<(&'static str, Outcome)> {
        CHECKS
            .iter()
            .map(|check| (check.name, (check.run)(self.context.contract, exchange)))
            .collect()
    }

    /// What a check or law of that name finds broken.
    pub(super) fn failures(
        &self,
        name: &str,
        law: Option<usize>,
        exchanges: &[Exchange],
    ) -> Vec<Failure> {
        let outcome = match law {
            Some(law) => self.laws[law].judge(self.context.contract, exchanges),
            None => match (CHECKS.iter().find(|check| check.name == name), exchanges) {
                (Some(check), [exchange]) => (check.run)(self.context.contract, exchange),
                _ => Outcome::NotApplicable,
            },
        };
        match outcome {
            Outcome::Broken(failures) => failures,
            _ => Vec::new(),
        }
    }
}
