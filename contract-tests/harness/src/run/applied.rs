//! Where each law applied, and why it did not elsewhere.

use std::collections::BTreeMap;

use super::job::Judged;
use super::summary::Summary;
use super::tally::{Counts, Tally};
use crate::case::Phase;
use crate::checks::Outcome;
use crate::contract::Contract;
use crate::generate::Context;
use crate::laws::{LAWS, Law};
use crate::report::{LawOperationReport, LawReport};

/// What the sequences of one law came to.
#[derive(Clone, Debug, Default)]
pub(super) struct Applied {
    sequences: usize,
    counts: Counts,
    /// How often it had nothing to say, by the reason.
    silences: BTreeMap<String, usize>,
}

impl Applied {
    pub(super) fn add(
        &mut self,
        contract: &Contract,
        law: &dyn Law,
        judged: &Judged,
        found: &Outcome,
    ) {
        self.sequences += 1;
        self.counts.add(found);
        if matches!(found, Outcome::NotApplicable) {
            let reason = silence(contract, law, judged);
            *self.silences.entry(reason).or_default() += 1;
        }
    }

    pub(super) fn merge(&mut self, other: Applied) {
        let Applied {
            sequences,
            counts,
            silences,
        } = other;
        self.sequences += sequences;
        self.counts.merge(counts);
        for (reason, count) in silences {
            *self.silences.entry(reason).or_default() += count;
        }
    }

    /// The reason that was met most often.
    fn most(&self) -> Option<&str> {
        let most = self.silences.iter().max_by_key(|(_, count)| **count)?;
        Some(most.0)
    }
}

/// Why a sequence left a law nothing to judge.
fn silence(contract: &Contract, law: &dyn Law, judged: &Judged) -> String {
    let Some(last) = judged.exchanges.last() else {
        return "no valid call could be made".to_owned();
    };
    let name = || contract.api().operations[last.case.key.operation].label();
    match last.status() {
        None => format!("`{}` did not answer", name()),
        Some(status) if !status.is_success() => {
            format!("`{}` answered {}", name(), status.as_u16())
        }
        Some(_) => law.silence().to_owned(),
    }
}

/// Why no sequence of a law is made; `None` where some are.
pub(super) fn idle(context: &Context<'_>, law: &dyn Law) -> Option<String> {
    let Context { contract, plan, .. } = *context;
    let operation = law.operation();
    if !plan.is_judged_by(operation, law.name()) {
        return Some(LEFT_OUT.to_owned());
    }
    if !plan.has(Phase::Law(0)) {
        return Some(NO_LAWS.to_owned());
    }
    let calls = std::iter::once(operation).chain(law.calls(contract));
    for called in calls {
        let what = if plan.is_included(called) {
            "of which no valid call can be made"
        } else {
            "which is not tested"
        };
        if !plan.is_included(called) || !context.is_callable(called) {
            let name = contract.api().operations[called].label();
            return Some(format!("it calls `{name}`, {what}"));
        }
    }
    (law.sequences(plan.cases(operation)) == 0).then(|| "no case was asked for".to_owned())
}

const LEFT_OUT: &str = "the settings leave it out";
const NO_LAWS: &str = "the settings leave out the phase `laws`";

/// Every law, with the operations where it applied and those where it did not.
pub(super) fn applied(summary: &Summary<'_>, tally: &Tally) -> Vec<LawReport> {
    let operations = 0..summary.contract.api().operations.len();
    let is_asked = |operation: &usize| {
        summary.plan.is_included(*operation) || summary.withheld.contains(operation)
    };
    let asked: Vec<usize> = operations.filter(is_asked).collect();
    let report = |name: &&'static str| LawReport {
        law: (*name).to_owned(),
        why: None,
        operations: asked
            .iter()
            .flat_map(|operation| of_operation(summary, tally, name, *operation))
            .collect(),
    };
    let mut reports: Vec<LawReport> = LAWS.iter().map(report).collect();
    for report in &mut reports {
        let why = if !summary.plan.judges(&report.law) {
            Some(LEFT_OUT)
        } else if !summary.plan.has(Phase::Law(0)) {
            Some(NO_LAWS)
        } else {
            None
        };
        if let Some(why) = why {
            report.operations.clear();
            report.why = Some(why.to_owned());
        } else if report.operations.is_empty() {
            report.why = Some("no operation that is tested is of its kind".to_owned());
        }
    }
    reports
}

fn of_operation(
    summary: &Summary<'_>,
    tally: &Tally,
    name: &str,
    operation: usize,
) -> Vec<LawOperationReport> {
    let label = summary.contract.api().operations[operation].label();
    let laws = summary.laws.iter().enumerate();
    let derived = laws
        .filter(|(_, law)| law.name() == name && law.operation() == operation)
        .map(|(index, law)| {
            let applied = &tally.laws[index];
            let Counts {
                held,
                broken,
                unspecified,
            } = applied.counts;
            LawOperationReport {
                operation: label.clone(),
                about: law.about(summary.contract),
                sequences: applied.sequences,
                held,
                broken,
                unspecified,
                why: (held + broken == 0).then(|| why(summary, tally, index)),
            }
        });
    let inapplicable = summary.inapplicable.iter();
    let inapplicable = inapplicable
        .filter(|each| each.law == name && each.operation == label)
        .map(|each| LawOperationReport {
            operation: label.clone(),
            about: None,
            sequences: 0,
            held: 0,
            broken: 0,
            unspecified: 0,
            why: Some(each.reason.clone()),
        });
    derived.chain(inapplicable).collect()
}

/// Why a law has neither held nor been broken.
fn why(summary: &Summary<'_>, tally: &Tally, law: usize) -> String {
    let applied = &tally.laws[law];
    if applied.counts.unspecified > 0 {
        return "the document leaves open what was seen: see the notes".to_owned();
    }
    if let Some(reason) = applied.most() {
        return reason.to_owned();
    }
    let operation = summary.laws[law].operation();
    summary.idle[law].clone().unwrap_or_else(|| {
        let reason = if tally.operations[operation].given_up > 0 {
            "the operation does not answer in time"
        } else if summary.halt.ending().is_some() {
            "the run ended before its turn"
        } else if summary.settings.shard.is_some() {
            "it is in another part of the run"
        } else {
            "what became of its calls is not known"
        };
        reason.to_owned()
    })
}
