//! What a run has seen so far, counted.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::time::Duration;

use openapi_model::{Pointer, SecurityUse};

use super::job::{Done, Job, Judged};
use crate::case::{CaseKey, Phase};
use crate::checks::{CHECKS, Failure, Outcome};
use crate::contract::{Contract, Gap};
use crate::exchange::Exchange;
use crate::generate::{Shot, rule_name};
use crate::keys::Keys;
use crate::laws::Law;
use crate::regressions::{Call, Regression, Regressions};
use crate::report::{
    CheckReport, Ending, FailureReport, NoteReport, OperationReport, Report, Show,
};
use crate::send::Sender;
use crate::settings::Settings;
use crate::target::Target;

/// What makes failures the same: what they break, where, and how.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Cause {
    pub(super) operation: usize,
    pub(super) check: &'static str,
    pub(super) expected: Pointer,
    pub(super) cause: String,
}

impl Cause {
    fn new(operation: usize, check: &'static str, failure: &Failure) -> Cause {
        let Failure {
            expected, cause, ..
        } = failure;
        Cause {
            operation,
            check,
            expected: expected.clone(),
            cause: cause.clone(),
        }
    }

    pub(super) fn is_of(&self, failure: &Failure) -> bool {
        self.expected == failure.expected && self.cause == failure.cause
    }
}

/// Failures of one cause.
#[derive(Debug)]
pub(super) struct Group {
    pub(super) seen: usize,
    /// The law that was broken, where it is one.
    pub(super) law: Option<usize>,
    /// Where the exchanges come from.
    pub(super) job: Job,
    pub(super) failure: Failure,
    pub(super) exchanges: Vec<Exchange>,
    pub(super) is_shrunk: bool,
}

#[derive(Debug, Default)]
struct Seen {
    cases: BTreeMap<String, usize>,
    statuses: BTreeMap<u16, usize>,
    no_answer: usize,
    given_up: usize,
    checks: BTreeMap<&'static str, Counts>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    held: usize,
    broken: usize,
    unspecified: usize,
}

impl Counts {
    fn add(&mut self, outcome: &Outcome) {
        match outcome {
            Outcome::NotApplicable => {}
            Outcome::Held => self.held += 1,
            Outcome::Unspecified(_) => self.unspecified += 1,
            Outcome::Broken(_) => self.broken += 1,
        }
    }

    fn report(self, name: &str) -> CheckReport {
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
        }
    }
}

#[derive(Debug)]
pub(super) struct Tally<'r> {
    contract: &'r Contract,
    /// In the order of reports.
    checks: Vec<(&'static str, Counts)>,
    operations: Vec<Seen>,
    pub(super) groups: BTreeMap<Cause, Group>,
    notes: BTreeMap<(&'static str, usize, String), usize>,
    not_made: Vec<CaseKey>,
    cases: usize,
}

impl<'r> Tally<'r> {
    pub(super) fn new(contract: &'r Contract, laws: &'r [Box<dyn Law>]) -> Tally<'r> {
        let mut checks: Vec<(&'static str, Counts)> = CHECKS
            .iter()
            .map(|check| (check.name, Counts::default()))
            .collect();
        for law in laws {
            if !checks.iter().any(|(name, _)| *name == law.name()) {
                checks.push((law.name(), Counts::default()));
            }
        }
        Tally {
            contract,
            checks,
            operations: contract
                .api()
                .operations
                .iter()
                .map(|_| Seen::default())
                .collect(),
            groups: BTreeMap::new(),
            notes: BTreeMap::new(),
            not_made: Vec::new(),
            cases: 0,
        }
    }

    /// How many causes of failure are known.
    pub(super) fn causes(&self) -> usize {
        self.groups.len()
    }

    /// Counts what became of a job, and gives what it showed for other calls.
    pub(super) fn add(&mut self, done: Done, laws: &[Box<dyn Law>]) -> Vec<(CaseKey, usize, Shot)> {
        let judged = match done {
            Done::NotMade(key) => {
                self.not_made.push(key);
                return Vec::new();
            }
            Done::GivenUp(operation) => {
                self.operations[operation].given_up += 1;
                return Vec::new();
            }
            Done::Judged(judged) => *judged,
        };
        let Judged {
            exchanges,
            checks,
            law,
            job,
            shots,
        } = judged;
        self.cases += 1;
        for (exchange, outcomes) in exchanges.iter().zip(checks) {
            let operation = exchange.case.key.operation;
            let seen = &mut self.operations[operation];
            let kind = match exchange.case.key.phase {
                Phase::Law(_) => "law",
                _ => exchange.case.mode.name(),
            };
            *seen.cases.entry(kind.to_owned()).or_default() += 1;
            match exchange.status() {
                Some(status) => *seen.statuses.entry(status.as_u16()).or_default() += 1,
                None => seen.no_answer += 1,
            }
            for (name, outcome) in outcomes {
                self.outcome(
                    name,
                    operation,
                    None,
                    job,
                    std::slice::from_ref(exchange),
                    outcome,
                );
            }
        }
        if let Some((law, outcome)) = law {
            let (name, operation) = (laws[law].name(), laws[law].operation());
            self.outcome(name, operation, Some(law), job, &exchanges, outcome);
        }
        shots
    }

    fn outcome(
        &mut self,
        name: &'static str,
        operation: usize,
        law: Option<usize>,
        job: Job,
        exchanges: &[Exchange],
        outcome: Outcome,
    ) {
        if let Some((_, counts)) = self.checks.iter_mut().find(|(known, _)| *known == name) {
            counts.add(&outcome);
        }
        let here = self.operations[operation].checks.entry(name).or_default();
        here.add(&outcome);
        match outcome {
            Outcome::NotApplicable | Outcome::Held => {}
            Outcome::Unspecified(note) => {
                *self
                    .notes
                    .entry((name, operation, note.message))
                    .or_default() += 1;
            }
            Outcome::Broken(failures) => {
                for failure in failures {
                    self.failure(
                        Cause::new(operation, name, &failure),
                        law,
                        job,
                        exchanges,
                        failure,
                    );
                }
            }
        }
    }

    /// Keeps the first case of a cause in the order of the cases, whatever the order in which they came back.
    fn failure(
        &mut self,
        cause: Cause,
        law: Option<usize>,
        job: Job,
        exchanges: &[Exchange],
        failure: Failure,
    ) {
        let new = |seen| Group {
            seen,
            law,
            job,
            failure,
            exchanges: exchanges.to_vec(),
            is_shrunk: false,
        };
        match self.groups.get_mut(&cause) {
            None => {
                self.groups.insert(cause, new(1));
            }
            Some(group) => {
                group.seen += 1;
                if !group.is_shrunk && job < group.job {
                    *group = new(group.seen);
                }
            }
        }
    }

    pub(super) fn report(
        self,
        keys: &Keys,
        target: &Target,
        settings: &Settings,
        sender: &Sender,
        elapsed: Duration,
        (ending, planned): (Ending, usize),
    ) -> Report {
        let api = self.contract.api();
        let label = |operation: usize| api.operations[operation].label();
        let show = Show {
            api,
            base_url: &target.base_url,
            base: &sender.base,
            secrets: settings.show_secrets,
        };
        let operations = api
            .operations
            .iter()
            .zip(&self.operations)
            .map(|(operation, seen)| {
                let reached = |response: &&openapi_model::Response| {
                    !seen.statuses.keys().any(|status| {
                        http::StatusCode::from_u16(*status)
                            .ok()
                            .and_then(|status| operation.response(status))
                            .is_some_and(|described| described.status == response.status)
                    })
                };
                OperationReport {
                    operation: operation.label(),
                    method: operation.method.to_string(),
                    path: operation.path.clone(),
                    cases: seen.cases.clone(),
                    statuses: seen.statuses.clone(),
                    no_answer: seen.no_answer,
                    given_up: seen.given_up,
                    never_answered: operation
                        .responses
                        .iter()
                        .filter(reached)
                        .map(|response| response.status.to_string())
                        .collect(),
                    checks: seen
                        .checks
                        .iter()
                        .map(|(name, counts)| counts.report(name))
                        .filter(|check| check.applied + check.unspecified > 0)
                        .collect(),
                }
            });
        let gaps = self.gaps(keys);
        let mut failures: Vec<FailureReport> = self
            .groups
            .iter()
            .filter_map(
                |(
                    cause,
                    Group {
                        seen,
                        failure,
                        exchanges,
                        ..
                    },
                )| {
                    show.failure(
                        cause.check,
                        label(cause.operation),
                        *seen,
                        failure,
                        exchanges,
                    )
                },
            )
            .collect();
        let regressions = Regressions {
            cases: self
                .groups
                .iter()
                .map(|(cause, group)| Regression {
                    check: cause.check.to_owned(),
                    operation: label(cause.operation),
                    law: None,
                    message: group.failure.message.clone(),
                    expected: cause.expected.to_string(),
                    cause: cause.cause.clone(),
                    seed: settings.seed,
                    run_id: settings.run_id.clone(),
                    calls: group
                        .exchanges
                        .iter()
                        .map(|exchange| Call::of(self.contract, &exchange.case))
                        .collect(),
                })
                .collect(),
        };
        // What was seen most often comes first.
        failures.sort_by_key(|failure| Reverse(failure.seen));
        Report {
            title: api.title.clone(),
            version: api.version.clone(),
            base_url: target.base_url.clone(),
            seed: settings.seed,
            run_id: settings.run_id.clone(),
            cases: self.cases,
            ending,
            planned,
            requests: sender.requests(),
            elapsed_seconds: elapsed.as_secs_f64(),
            operations: operations.collect(),
            checks: self
                .checks
                .iter()
                .map(|(name, counts)| counts.report(name))
                .collect(),
            notes: self
                .notes
                .iter()
                .map(|((check, operation, message), seen)| NoteReport {
                    check: (*check).to_owned(),
                    operation: label(*operation),
                    message: message.clone(),
                    seen: *seen,
                })
                .collect(),
            gaps,
            replayed: Vec::new(),
            failures,
            regressions,
        }
    }

    /// What was not tested: what the contract knows, and what the run met.
    fn gaps(&self, keys: &Keys) -> Vec<Gap> {
        let operations = &self.contract.api().operations;
        let gap = |operation: usize, part: String, reason: String| Gap {
            operation: operations[operation].label(),
            part,
            reason,
        };
        let mut gaps = self.contract.gaps().to_vec();
        for (index, (operation, seen)) in operations.iter().zip(&self.operations).enumerate() {
            let is_untested = !seen.cases.contains_key("positive") && seen.given_up == 0;
            if !is_untested || self.contract.compiled(index).untestable.is_some() {
                continue;
            }
            let has = |each: &SecurityUse| keys.has(&each.scheme);
            let security = &operation.security;
            let reason = if security.is_empty() || security.iter().any(|all| all.iter().all(has)) {
                "no valid call could be made: its path can be read as another path of the document, or its values \
                 cannot be put on the wire"
                    .to_owned()
            } else {
                let schemes = security.iter().flatten().filter(|each| !has(each));
                let schemes: Vec<&str> = schemes.map(|each| each.scheme.as_str()).collect();
                format!(
                    "the target has no credentials for it: give {}",
                    schemes.join(", ")
                )
            };
            gaps.push(gap(index, String::new(), reason));
        }
        for key in &self.not_made {
            if let Some((part, rule)) = rule_name(self.contract, *key) {
                let reason = format!("no case could be made that breaks {rule}");
                gaps.push(gap(key.operation, part, reason));
            }
        }
        gaps
    }
}
