//! What a worker has seen, counted. Each worker counts for itself, and the counts are added up when a round is over.

use std::collections::{BTreeMap, BTreeSet};

use super::applied::Applied;
use super::groups::{Cause, Group, Groups};
use super::job::{Done, Job, Judged, Runner};
use super::replay;
use crate::case::{CaseKey, Mode, Phase, Place};
use crate::checks::{CHECKS, Failure, Outcome};
use crate::contract::Contract;
use crate::coverage::Collector;
use crate::exchange::Exchange;
use crate::generate::Aimed;
use crate::laws::Law;
use crate::report::{CheckReport, Replayed, could_hide};

/// What an operation was asked and answered.
#[derive(Debug, Default)]
pub(super) struct Seen {
    pub(super) cases: BTreeMap<&'static str, usize>,
    pub(super) statuses: BTreeMap<u16, usize>,
    pub(super) no_answer: usize,
    pub(super) given_up: usize,
    pub(super) checks: BTreeMap<&'static str, Counts>,
}

/// What a check or law found.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Counts {
    pub(super) held: usize,
    pub(super) broken: usize,
    pub(super) unspecified: usize,
}

impl Counts {
    pub(super) fn add(&mut self, outcome: &Outcome) {
        match outcome {
            Outcome::NotApplicable => {}
            Outcome::Held => self.held += 1,
            Outcome::Unspecified(_) => self.unspecified += 1,
            Outcome::Broken(_) => self.broken += 1,
        }
    }

    pub(super) fn merge(&mut self, other: Counts) {
        let Counts {
            held,
            broken,
            unspecified,
        } = other;
        self.held += held;
        self.broken += broken;
        self.unspecified += unspecified;
    }

    pub(super) fn report(self, name: &str) -> CheckReport {
        let Counts {
            held,
            broken,
            unspecified,
        } = self;
        CheckReport {
            name: name.to_owned(),
            applied: held + broken,
            held,
            broken,
            unspecified,
            could_hide: could_hide(held, broken),
        }
    }
}

/// What was seen so far.
#[derive(Debug)]
pub(super) struct Tally {
    /// In the order of reports.
    pub(super) checks: Vec<(&'static str, Counts)>,
    /// By the laws' places.
    pub(super) laws: Vec<Applied>,
    pub(super) operations: Vec<Seen>,
    pub(super) failures: Groups,
    pub(super) notes: BTreeMap<(&'static str, usize, String), usize>,
    /// The cases that each break a rule of their own and could not be made.
    pub(super) not_made: BTreeSet<CaseKey>,
    pub(super) replayed: BTreeMap<usize, Replayed>,
    pub(super) cases: usize,
    pub(super) coverage: Collector,
    /// What the answers gave for other calls, since it was last taken.
    pub(super) found: Vec<Aimed>,
}

impl Tally {
    pub(super) fn new(contract: &Contract, laws: &[Box<dyn Law>]) -> Tally {
        let mut names: Vec<&'static str> = CHECKS.iter().map(|check| check.name).collect();
        for law in laws {
            if !names.contains(&law.name()) {
                names.push(law.name());
            }
        }
        let operations = contract.api().operations.iter();
        Tally {
            checks: names
                .into_iter()
                .map(|name| (name, Counts::default()))
                .collect(),
            laws: vec![Applied::default(); laws.len()],
            operations: operations.map(|_| Seen::default()).collect(),
            failures: Groups::default(),
            notes: BTreeMap::new(),
            not_made: BTreeSet::new(),
            replayed: BTreeMap::new(),
            cases: 0,
            coverage: Collector::new(contract),
            found: Vec::new(),
        }
    }

    /// Counts what became of a job, and gives the causes of failure that are new here.
    pub(super) fn add(&mut self, done: Done, runner: &Runner<'_>) -> Vec<Cause> {
        match done {
            Done::NotMade(key) => {
                let rules = &runner.context.compiled(key.operation).rules;
                if key.phase == Phase::Negative && key.index < rules.len() {
                    self.not_made.insert(key);
                }
                Vec::new()
            }
            Done::GivenUp(operation) => {
                self.operations[operation].given_up += 1;
                Vec::new()
            }
            Done::NotSent => Vec::new(),
            Done::NotReplayed(number, verdict) => {
                self.replayed.insert(number, verdict);
                Vec::new()
            }
            Done::Judged(judged) => self.judged(*judged, runner),
        }
    }

    /// Counts an exchange, and what the checks found for it.
    pub(super) fn exchange(
        &mut self,
        contract: &Contract,
        exchange: &Exchange,
        outcomes: &[(&'static str, Outcome)],
    ) {
        // It is no call of an operation.
        if exchange.case.mode == Mode::Elsewhere {
            return;
        }
        let seen = &mut self.operations[exchange.case.key.operation];
        let kind = match exchange.case.key.phase {
            Phase::Law(_) => "law",
            _ => exchange.case.mode.name(),
        };
        *seen.cases.entry(kind).or_default() += 1;
        match exchange.status() {
            Some(status) => *seen.statuses.entry(status.as_u16()).or_default() += 1,
            None => seen.no_answer += 1,
        }
        self.coverage.add(contract, exchange, outcomes);
    }

    fn judged(&mut self, mut judged: Judged, runner: &Runner<'_>) -> Vec<Cause> {
        if let Job::Replay(number) = judged.job {
            let verdict = replay::verdict(runner, number, &judged);
            self.replayed.insert(number, verdict);
        }
        self.cases += 1;
        self.found.append(&mut judged.shots);
        let mut new = Vec::new();
        for (place, outcomes) in std::mem::take(&mut judged.checks).into_iter().enumerate() {
            let exchange = &judged.exchanges[place];
            // It is no call of an operation: a law alone has something to say.
            if exchange.case.mode == Mode::Elsewhere {
                continue;
            }
            let operation = exchange.case.key.operation;
            for (name, outcome) in outcomes {
                let at = At {
                    judged: &judged,
                    operation,
                    upto: place + 1,
                    is_of_law: false,
                };
                self.outcome(name, outcome, at, runner, &mut new);
            }
        }
        if let Some((law, outcome)) = judged.law.take() {
            let name = runner.laws[law].name();
            judged.law = Some((law, Outcome::NotApplicable));
            let at = At {
                judged: &judged,
                operation: runner.laws[law].operation(),
                upto: judged.exchanges.len(),
                is_of_law: true,
            };
            if runner.context.plan.is_judged_by(at.operation, name) {
                let of = runner.laws[law].as_ref();
                self.laws[law].add(runner.context.contract, of, &judged, &outcome);
                self.outcome(name, outcome, at, runner, &mut new);
            }
        }
        new
    }

    fn outcome(
        &mut self,
        name: &'static str,
        outcome: Outcome,
        at: At<'_>,
        runner: &Runner<'_>,
        new: &mut Vec<Cause>,
    ) {
        if let Some((_, counts)) = self.checks.iter_mut().find(|(known, _)| *known == name) {
            counts.add(&outcome);
        }
        let here = self.operations[at.operation]
            .checks
            .entry(name)
            .or_default();
        here.add(&outcome);
        match outcome {
            Outcome::NotApplicable | Outcome::Held => {}
            Outcome::Unspecified(note) => {
                *self
                    .notes
                    .entry((name, at.operation, note.message))
                    .or_default() += 1;
            }
            Outcome::Broken(failures) => {
                for failure in failures {
                    let cause = Cause::new(name, &failure);
                    let (job, operation) = (at.judged.job, at.operation);
                    let group = || at.group(failure, runner);
                    if self.failures.add(cause.clone(), group, job, operation) {
                        new.push(cause);
                    }
                }
            }
        }
    }

    /// Adds what another worker has seen.
    pub(super) fn merge(&mut self, other: Tally) {
        let Tally {
            checks,
            laws,
            operations,
            failures,
            notes,
            not_made,
            replayed,
            cases,
            coverage,
            found,
        } = other;
        for ((_, known), (_, counts)) in self.checks.iter_mut().zip(checks) {
            known.merge(counts);
        }
        for (known, applied) in self.laws.iter_mut().zip(laws) {
            known.merge(applied);
        }
        for (known, seen) in self.operations.iter_mut().zip(operations) {
            let Seen {
                cases,
                statuses,
                no_answer,
                given_up,
                checks,
            } = seen;
            add(&mut known.cases, cases);
            add(&mut known.statuses, statuses);
            known.no_answer += no_answer;
            known.given_up += given_up;
            for (name, counts) in checks {
                known.checks.entry(name).or_default().merge(counts);
            }
        }
        self.failures.merge(failures);
        add(&mut self.notes, notes);
        self.not_made.extend(not_made);
        self.replayed.extend(replayed);
        self.cases += cases;
        self.coverage.merge(coverage);
        self.found.extend(found);
    }
}

fn add<K: Ord>(known: &mut BTreeMap<K, usize>, more: BTreeMap<K, usize>) {
    for (key, count) in more {
        *known.entry(key).or_default() += count;
    }
}

/// Where an outcome was seen.
struct At<'j> {
    judged: &'j Judged,
    operation: usize,
    /// How many of the exchanges led to it.
    upto: usize,
    is_of_law: bool,
}

impl At<'_> {
    fn group(&self, failure: Failure, runner: &Runner<'_>) -> Group {
        let Judged {
            job,
            exchanges,
            drawn,
            law,
            ..
        } = self.judged;
        let (fresh, is_shrunk) = match job {
            // It was as small as it gets when it was kept.
            Job::Replay(number) => {
                let calls = &runner.replays[*number].regression.calls;
                let fresh = |call: &crate::regressions::Call| -> (usize, Vec<Place>) {
                    (call.step(), call.fresh().to_vec())
                };
                (calls.iter().map(fresh).collect(), true)
            }
            _ => (BTreeMap::new(), false),
        };
        Group {
            seen: 1,
            operations: BTreeSet::from([self.operation]),
            operation: self.operation,
            law: law.as_ref().map(|(law, _)| *law),
            is_of_law: self.is_of_law,
            job: *job,
            failure,
            exchanges: exchanges[..self.upto].to_vec(),
            drawn: drawn
                .iter()
                .copied()
                .filter(|step| *step < self.upto)
                .collect(),
            fresh,
            is_shrunk,
        }
    }
}
