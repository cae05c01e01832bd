//! What was seen, as the report of the run.

use std::cmp::Reverse;
use std::time::Duration;

use openapi_model::SecurityUse;

use super::applied::applied;
use super::groups::{Cause, Group};
use super::halt::Halt;
use super::job::Job;
use super::limits::limits;
use super::replay::Replay;
use super::tally::Tally;
use crate::case::Place;
use crate::checks::Failure;
use crate::contract::{Contract, Gap};
use crate::exchange::{Exchange, NoAnswer};
use crate::generate::rule_name;
use crate::keys::Keys;
use crate::laws::{Inapplicable, Law};
use crate::plan::Plan;
use crate::regressions::{Call, Regression, Regressions};
use crate::report::{
    Ending, FailureReport, NoteReport, OperationReport, ReplayReport, Replayed, Report, Show,
};
use crate::settings::Settings;
use crate::target::Target;

/// What a report is made of, beside what was counted.
#[derive(Debug)]
pub(super) struct Summary<'r> {
    pub(super) contract: &'r Contract,
    pub(super) target: &'r Target,
    pub(super) settings: &'r Settings,
    pub(super) plan: &'r Plan,
    pub(super) keys: &'r Keys,
    pub(super) laws: &'r [Box<dyn Law>],
    /// Where a law could be expected and there is none.
    pub(super) inapplicable: &'r [Inapplicable],
    /// Why no sequence of a law was made, by the laws' places.
    pub(super) idle: Vec<Option<String>>,
    pub(super) replays: &'r [Replay<'r>],
    pub(super) show: Show<'r>,
    pub(super) halt: &'r Halt,
    /// The operations that the settings want tested and that may not be sent to this server.
    pub(super) withheld: Vec<usize>,
    pub(super) planned: usize,
    pub(super) requests: usize,
    pub(super) elapsed: Duration,
}

impl Summary<'_> {
    /// The report.
    pub(super) fn report(&self, tally: Tally) -> Report {
        let api = self.contract.api();
        let gaps = self.gaps(&tally);
        let operations = self.operations(&tally, &gaps);
        let laws = applied(self, &tally);
        let Tally {
            checks,
            laws: _,
            operations: _,
            failures,
            notes,
            not_made: _,
            replayed,
            cases,
            coverage: _,
            found: _,
        } = tally;
        let mut groups: Vec<(Cause, Group)> = failures.told().collect();
        let ending = self.halt.ending().unwrap_or(Ending::Complete);
        if ending == Ending::ServerGone {
            groups.extend(self.last_words());
        }
        // What failed before and was not sent again stays, as does what could not be judged.
        let verdict = |number: &usize| replayed.get(number).cloned();
        let replayed: Vec<Option<Replayed>> = (0..self.replays.len())
            .map(|number| verdict(&number))
            .collect();
        let kept = self
            .replays
            .iter()
            .zip(&replayed)
            .filter(|(_, verdict)| matches!(verdict, None | Some(Replayed::Kept(_))));
        let mut regressions: Vec<Regression> =
            kept.map(|(replay, _)| replay.regression.clone()).collect();
        regressions.extend(
            groups
                .iter()
                .map(|(cause, group)| self.regression(cause, group)),
        );
        let replayed = self
            .replays
            .iter()
            .zip(replayed)
            .filter_map(|(replay, verdict)| {
                Some(ReplayReport {
                    check: replay.regression.check.clone(),
                    operation: replay.regression.operation.clone(),
                    message: replay.regression.message.clone(),
                    verdict: verdict?,
                })
            });
        let replayed = replayed.collect();
        // What was seen most often comes first.
        groups.sort_by_key(|(_, group)| Reverse(group.seen));
        Report {
            title: api.title.clone(),
            version: api.version.clone(),
            base_url: self.target.base_url.clone(),
            seed: self.settings.seed,
            run_id: self.settings.run_id.clone(),
            ending,
            planned: self.planned,
            cases,
            requests: self.requests,
            elapsed_seconds: self.elapsed.as_secs_f64(),
            operations,
            checks: checks
                .into_iter()
                .filter(|(name, _)| self.plan.judges(name))
                .map(|(name, counts)| counts.report(name))
                .collect(),
            laws,
            notes: notes
                .into_iter()
                .map(|((check, operation, message), seen)| NoteReport {
                    check: check.to_owned(),
                    operation: self.label(operation),
                    message,
                    seen,
                })
                .collect(),
            gaps,
            replayed,
            failures: groups
                .iter()
                .filter_map(|(cause, group)| self.failure(cause, group))
                .collect(),
            accepted: Vec::new(),
            baseline: Vec::new(),
            regressions: Regressions { cases: regressions },
        }
    }

    fn label(&self, operation: usize) -> String {
        self.contract.api().operations[operation].label()
    }

    fn failure(&self, cause: &Cause, group: &Group) -> Option<FailureReport> {
        self.show.failure(
            cause.check,
            self.label(group.operation),
            group
                .operations
                .iter()
                .map(|index| self.label(*index))
                .collect(),
            group.seen,
            &group.failure,
            &group.exchanges,
        )
    }

    fn regression(&self, cause: &Cause, group: &Group) -> Regression {
        let none: Vec<Place> = Vec::new();
        let drawn = group.drawn.iter();
        let calls = drawn.filter_map(|step| {
            let exchange = group.exchanges.get(*step)?;
            let fresh = group.fresh.get(step).unwrap_or(&none);
            Some(Call::of(self.contract, &exchange.case, *step, fresh))
        });
        Regression {
            check: cause.check.to_owned(),
            operation: self.label(group.operation),
            law: group.law.map(|law| self.laws[law].name().to_owned()),
            message: self.show.message(&group.failure, &group.exchanges),
            expected: cause.expected.to_string(),
            cause: cause.cause.clone(),
            seed: self.settings.seed,
            run_id: self.settings.run_id.clone(),
            calls: calls.collect(),
        }
    }

    /// The failure of a server that is gone.
    fn last_words(&self) -> Option<(Cause, Group)> {
        let (job, exchange, count) = self.halt.last_words()?;
        let operation = exchange.case.key.operation;
        let what = match &exchange.answer {
            Err(NoAnswer::TimedOut(_)) => "the server does not answer any more",
            Err(NoAnswer::NotConnected(_)) => "the server takes no connection any more",
            Err(NoAnswer::NotTrusted(_)) => "the server's certificate is not trusted any more",
            _ => "the server ended the connection without an answer, and takes no new one",
        };
        let which = match count {
            1 => String::new(),
            count => format!("; it was sent {count} calls together, of which this is one"),
        };
        let failure = Failure {
            message: format!("{what}: it is taken for gone, and the run ends here{which}"),
            expected: self.contract.api().operations[operation]
                .pointer
                .join("responses"),
            cause: "gone".to_owned(),
        };
        let group = Group {
            seen: 1,
            operations: [operation].into(),
            operation,
            law: match job {
                Job::Sequence { law, .. } => Some(law),
                _ => None,
            },
            is_of_law: false,
            job,
            failure: failure.clone(),
            exchanges: vec![Exchange::clone(&exchange)],
            drawn: vec![0],
            fresh: Default::default(),
            is_shrunk: true,
        };
        Some((Cause::new("not_a_server_error", &failure), group))
    }

    fn operations(&self, tally: &Tally, gaps: &[Gap]) -> Vec<OperationReport> {
        let operations = self.contract.api().operations.iter().zip(&tally.operations);
        operations
            .enumerate()
            .map(|(index, (operation, seen))| {
                let is_unseen = |response: &&openapi_model::Response| {
                    let statuses = seen.statuses.keys();
                    let mut described = statuses
                        .filter_map(|status| http::StatusCode::from_u16(*status).ok())
                        .filter_map(|status| operation.response(status));
                    !described.any(|described| described.status == response.status)
                };
                OperationReport {
                    operation: operation.label(),
                    method: operation.method.to_string(),
                    path: operation.path.clone(),
                    cases: seen
                        .cases
                        .iter()
                        .map(|(kind, count)| ((*kind).to_owned(), *count))
                        .collect(),
                    statuses: seen.statuses.clone(),
                    no_answer: seen.no_answer,
                    given_up: seen.given_up,
                    never_answered: operation
                        .responses
                        .iter()
                        .filter(is_unseen)
                        .map(|response| response.status.to_string())
                        .collect(),
                    checks: seen
                        .checks
                        .iter()
                        .map(|(name, counts)| counts.report(name))
                        .filter(|check| check.applied + check.unspecified > 0)
                        .collect(),
                    coverage: tally.coverage.coverage(
                        self.contract,
                        index,
                        &limits(self, tally, gaps, index),
                    ),
                }
            })
            .collect()
    }

    /// What was not tested: what the contract knows, and what the run met.
    fn gaps(&self, tally: &Tally) -> Vec<Gap> {
        let operations = &self.contract.api().operations;
        let gap = |operation: usize, part: String, reason: String| Gap {
            operation: operations[operation].label(),
            part,
            reason,
        };
        let is_wanted = |index: usize| self.plan.is_included(index);
        let wanted: Vec<String> = (0..operations.len())
            .filter(|index| is_wanted(*index) || self.withheld.contains(index))
            .map(|index| operations[index].label())
            .collect();
        let known = self.contract.gaps().iter();
        let mut gaps: Vec<Gap> = known
            .filter(|gap| wanted.contains(&gap.operation))
            .cloned()
            .collect();
        for index in &self.withheld {
            let reason = format!(
                "{} may change something, and the server is not on this machine: allow writes to test it",
                operations[*index].method
            );
            gaps.push(gap(*index, String::new(), reason));
        }
        // A run that was cut short says so once, and not of every operation that it did not come to.
        let is_complete = self.halt.ending().is_none();
        let asks_positive = ["examples", "boundaries", "random"].iter().any(|phase| {
            self.settings.phases.is_empty() || self.settings.phases.iter().any(|p| p == phase)
        });
        for (index, (operation, seen)) in operations.iter().zip(&tally.operations).enumerate() {
            let is_untested = !seen.cases.contains_key("positive") && seen.given_up == 0;
            if !is_untested
                || !is_complete
                || !asks_positive
                || self.settings.shard.is_some()
                || !is_wanted(index)
                || self.contract.compiled(index).untestable.is_some()
            {
                continue;
            }
            let has = |each: &SecurityUse| self.keys.has(&each.scheme);
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
        for key in &tally.not_made {
            if let Some((part, rule)) = rule_name(self.contract, *key) {
                let reason = format!("no case could be made that breaks {rule}");
                gaps.push(gap(key.operation, part, reason));
            }
        }
        gaps
    }
}
