//! One case or sequence: made, sent and judged.

use std::cell::RefCell;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant, SystemTime};

use super::halt::Halt;
use super::kept::{self, Kept};
use super::leftovers::Leftovers;
use super::replay::{self, Replay};
use super::tally::Tally;
use crate::case::{Case, CaseKey, Mode, Sent};
use crate::checks::{CHECKS, Failure, Outcome};
use crate::exchange::{Exchange, NoAnswer};
use crate::generate::{Aimed, Context, draft, shots};
use crate::laws::{Draws, Law};
use crate::report::{Ending, Replayed};
use crate::secrets::Secrets;
use crate::send::Sender;
use crate::wire::Wire;

/// One case or sequence of a round. What failed before comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Job {
    /// By its place among those to replay.
    Replay(usize),
    Case(CaseKey),
    Sequence {
        law: usize,
        index: usize,
    },
}

/// What the jobs of a round share.
#[derive(Clone, Copy, Debug)]
pub(super) struct Runner<'r> {
    pub(super) context: Context<'r>,
    pub(super) wire: Wire<'r>,
    pub(super) sender: &'r Sender,
    pub(super) laws: &'r [Box<dyn Law>],
    pub(super) replays: &'r [Replay<'r>],
    /// How often each operation's answer did not come in time.
    pub(super) late: &'r [AtomicUsize],
    pub(super) halt: &'r Halt,
    pub(super) leftovers: &'r Leftovers,
    /// Whether methods may be sent that change something.
    pub(super) may_write: bool,
    /// For the exchanges, a copy for each worker: counting its users would not be free.
    pub(super) host: &'r Arc<str>,
    pub(super) base: &'r Arc<str>,
}

/// An operation that did not answer in time this often is not called any more: each more call would cost the run the
/// whole time limit.
pub(super) const PATIENCE: usize = 3;

/// How often, and after how long each time, a server that took no connection is tried again before it is given up.
const TRIES: u32 = 5;
const PAUSE: Duration = Duration::from_millis(100);

/// What became of a job.
#[derive(Debug)]
pub(super) enum Done {
    /// The case cannot be put on the wire.
    NotMade(CaseKey),
    /// The operation does not answer in time.
    GivenUp(usize),
    /// It may not be sent to this server, or what became of it is not known.
    NotSent,
    /// What failed before was not sent, or could not be judged.
    NotReplayed(usize, Replayed),
    /// It was sent and judged.
    Judged(Box<Judged>),
}

#[derive(Debug)]
pub(super) struct Judged {
    /// Makes the same again, until the round is over.
    pub(super) job: Job,
    /// Those of a sequence as they are kept.
    pub(super) exchanges: Vec<Exchange>,
    /// The exchanges whose cases were drawn, and did not follow from the answers before them.
    pub(super) drawn: Vec<usize>,
    /// What each check found for each exchange.
    pub(super) checks: Vec<Vec<(&'static str, Outcome)>>,
    /// What the law found, where the job is a sequence.
    pub(super) law: Option<(usize, Outcome)>,
    /// What the answers gave for other calls.
    pub(super) shots: Vec<Aimed>,
}

impl Judged {
    /// Every outcome of a check or law.
    pub(super) fn outcomes(
        &self,
        laws: &[Box<dyn Law>],
        name: &str,
    ) -> impl Iterator<Item = &Outcome> {
        let checks = self.checks.iter().flatten();
        let checks = checks
            .filter(move |(known, _)| *known == name)
            .map(|(_, outcome)| outcome);
        let law = self
            .law
            .as_ref()
            .filter(|(law, _)| laws[*law].name() == name);
        checks.chain(law.map(|(_, outcome)| outcome))
    }
}

/// A sequence that was made to its end.
#[derive(Debug)]
pub(super) struct Made {
    /// As they are kept.
    pub(super) exchanges: Vec<Exchange>,
    /// What the law found.
    pub(super) outcome: Outcome,
}

/// The request may have come twice and was refused, or the server is gone: nothing can be said.
#[derive(Debug)]
pub(super) struct Unclear;

impl<'r> Runner<'r> {
    /// Makes, sends and judges. Each exchange is counted when it is there: a sequence does not keep it whole.
    pub(super) async fn run(&self, job: Job, tally: &RefCell<Tally>) -> Done {
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
                match self.case(job, case, tally).await {
                    Ok(judged) => Done::Judged(Box::new(judged)),
                    Err(Unclear) => Done::NotSent,
                }
            }
            Job::Sequence { law, index } => {
                let operation = self.laws[law].operation();
                if self.is_given_up(operation) {
                    return Done::GivenUp(operation);
                }
                let draws = Draws::new(self.context, law, index);
                match self.judged_sequence(job, law, &draws, tally).await {
                    Ok(judged) => Done::Judged(Box::new(judged)),
                    Err(Unclear) => Done::NotSent,
                }
            }
            Job::Replay(number) => replay::run(self, number, tally).await,
        }
    }

    /// Sends a case and judges the exchange.
    pub(super) async fn case(
        &self,
        job: Job,
        case: Case,
        tally: &RefCell<Tally>,
    ) -> Result<Judged, Unclear> {
        if !self.may_write && !case.method.is_safe() {
            return Err(Unclear);
        }
        let exchange = self.exchange(job, case).await?;
        let found = self.checks(&exchange);
        let contract = self.context.contract;
        tally.borrow_mut().exchange(contract, &exchange, &found);
        Ok(Judged {
            job,
            checks: vec![found],
            shots: shots(self.context.contract, &exchange),
            exchanges: vec![exchange],
            drawn: vec![0],
            law: None,
        })
    }

    /// Makes the calls of a law and judges them.
    pub(super) async fn judged_sequence(
        &self,
        job: Job,
        law: usize,
        draws: &Draws<'_>,
        tally: &RefCell<Tally>,
    ) -> Result<Judged, Unclear> {
        let mut checks = Vec::new();
        let judge = |exchange: &Exchange| {
            let mut found = self.checks(exchange);
            found.retain(|(name, _)| *name != "positive_data_acceptance");
            let contract = self.context.contract;
            tally.borrow_mut().exchange(contract, exchange, &found);
            checks.push(found);
        };
        // What is sent again is not made smaller first, and so not made once more to be told.
        let bodies = match job {
            Job::Replay(_) => kept::ALL,
            Job::Case(_) | Job::Sequence { .. } => kept::SOME,
        };
        let made = self.sequence((job, law), draws, bodies, judge).await?;
        Ok(Judged {
            job,
            checks,
            drawn: draws.steps(),
            shots: Vec::new(),
            law: Some((law, made.outcome)),
            exchanges: made.exchanges,
        })
    }

    fn is_given_up(&self, operation: usize) -> bool {
        self.late[operation].load(Ordering::Relaxed) >= PATIENCE
    }

    /// Sends a case; once more where its credentials were refused and there are newer ones.
    pub(super) async fn exchange(&self, job: Job, case: Case) -> Result<Exchange, Unclear> {
        let keys = self.context.keys;
        let mut versions = Vec::new();
        for credential in &case.credentials {
            let schemes = match &credential.sent {
                Sent::Nonsense => continue,
                Sent::Of(other) => other,
                _ => &credential.scheme,
            };
            if keys.version(schemes).is_some() {
                keys.renew_expired(schemes).await;
                versions.extend(
                    keys.version(schemes)
                        .map(|version| (schemes.clone(), version)),
                );
            }
        }
        let exchange = self.once(job, case).await?;
        let is_refused = exchange.status() == Some(http::StatusCode::UNAUTHORIZED);
        if versions.is_empty() || !is_refused || exchange.case.mode != Mode::Positive {
            return Ok(exchange);
        }
        let mut is_newer = false;
        for (scheme, version) in &versions {
            is_newer |= keys.renew_refused(scheme, *version).await;
        }
        if !is_newer {
            return Ok(exchange);
        }
        let exchange = self.once(job, exchange.case).await?;
        let helped = exchange.status() != Some(http::StatusCode::UNAUTHORIZED);
        for (scheme, _) in &versions {
            keys.renewed(scheme, helped);
        }
        Ok(exchange)
    }

    async fn once(&self, job: Job, case: Case) -> Result<Exchange, Unclear> {
        let request = self.wire.request(&case, Secrets::Clear(self.context.keys));
        let timeout = self.context.plan.timeout(case.key.operation);
        let (started, clock) = (SystemTime::now(), Instant::now());
        let sent = self.sender.send(&request, timeout).await;
        let exchange = Exchange {
            case,
            host: self.host.clone(),
            base: self.base.clone(),
            request,
            answer: sent.answer,
            started,
            elapsed: clock.elapsed(),
        };
        self.leftovers.see(self.context.contract, &exchange);
        match &exchange.answer {
            Ok(answer) => {
                self.halt.heard();
                // What came twice may be refused the second time for having come the first time.
                let is_twice = sent.is_doubtful && !exchange.case.method.is_idempotent();
                if is_twice && answer.status.is_client_error() {
                    return Err(Unclear);
                }
            }
            Err(NoAnswer::TimedOut(_)) => {
                self.late[exchange.case.key.operation].fetch_add(1, Ordering::Relaxed);
                self.halt.not_heard(job, &exchange);
            }
            Err(NoAnswer::NotConnected(_) | NoAnswer::NotTrusted(_) | NoAnswer::Broken(_)) => {
                self.halt.suspect(job, &exchange);
                if self.is_gone().await {
                    self.halt.now(Ending::ServerGone);
                    return Err(Unclear);
                }
                self.halt.clear(job);
            }
            Err(NoAnswer::TooLong(_)) => self.halt.heard(),
        }
        Ok(exchange)
    }

    /// Whether the server takes no connection any more.
    async fn is_gone(&self) -> bool {
        for _ in 0..TRIES {
            if self.sender.probe(PAUSE * 10).await.is_ok() {
                return false;
            }
            tokio::time::sleep(PAUSE).await;
        }
        true
    }

    /// Makes the calls of a law, and shows each exchange whole while it is there.
    pub(super) async fn sequence(
        &self,
        (job, law): (Job, usize),
        draws: &Draws<'_>,
        bodies: usize,
        mut see: impl FnMut(&Exchange),
    ) -> Result<Made, Unclear> {
        // Longer than any law: a law that never ends is a bug of ours, not a run that never ends.
        const LONGEST: usize = 1_000;
        let mut sequence = self.laws[law].begin(self.context.contract, draws);
        let mut kept = Kept::new(bodies);
        while kept.exchanges.len() < LONGEST
            && let Some(case) = sequence.next()
        {
            let exchange = self.exchange(job, case).await?;
            see(&exchange);
            kept.add(&exchange);
            sequence.take(exchange);
        }
        Ok(Made {
            exchanges: kept.exchanges,
            outcome: sequence.judge(),
        })
    }

    fn checks(&self, exchange: &Exchange) -> Vec<(&'static str, Outcome)> {
        let Context { contract, plan, .. } = self.context;
        let operation = exchange.case.key.operation;
        CHECKS
            .iter()
            .filter(|check| plan.is_judged_by(operation, check.name))
            .map(|check| (check.name, (check.run)(contract, exchange)))
            .collect()
    }

    /// The first failure of a check that is of that kind.
    pub(super) fn failure_of_check(
        &self,
        name: &str,
        exchange: &Exchange,
        is_wanted: impl Fn(&Failure) -> bool,
    ) -> Option<Failure> {
        let check = CHECKS.iter().find(|check| check.name == name)?;
        failure((check.run)(self.context.contract, exchange), is_wanted)
    }
}

/// The first failure that is of that kind.
pub(super) fn failure(outcome: Outcome, is_wanted: impl Fn(&Failure) -> bool) -> Option<Failure> {
    match outcome {
        Outcome::Broken(failures) => failures.into_iter().find(is_wanted),
        _ => None,
    }
}
