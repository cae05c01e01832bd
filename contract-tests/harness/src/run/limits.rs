//! What kept an operation from being tested in full, where the run alone knows.

use super::summary::Summary;
use super::tally::Tally;
use crate::case::Phase;
use crate::contract::Gap;
use crate::coverage::Limits;

/// What kept an operation from being tested in full; `gaps` are what the report tells.
pub(super) fn limits(summary: &Summary<'_>, tally: &Tally, gaps: &[Gap], index: usize) -> Limits {
    let seen = &tally.operations[index];
    let ending = summary.halt.ending();
    let gap = || {
        let label = summary.contract.api().operations[index].label();
        let mut here = gaps.iter().filter(|gap| gap.operation == label);
        here.find(|gap| gap.part.is_empty())
            .map(|gap| gap.reason.clone())
    };
    let why = || {
        gap().unwrap_or_else(|| {
            let reason = if !summary.plan.is_included(index) {
                "the settings leave the operation out"
            } else if seen.given_up > 0 {
                "the operation does not answer in time"
            } else if ending.is_some() {
                "the run ended before its turn"
            } else if summary.settings.shard.is_some() {
                "it is in another part of the run"
            } else {
                "no case of the operation was made"
            };
            reason.to_owned()
        })
    };
    let is_left_out = |name: &&str| {
        let phases = &summary.settings.phases;
        !phases.is_empty() && !phases.iter().any(|phase| phase == name)
    };
    let not_made = tally.not_made.iter();
    Limits {
        untested: seen.cases.is_empty().then(why),
        phases_left_out: Phase::NAMES.into_iter().filter(is_left_out).collect(),
        not_made: not_made
            .filter(|key| key.operation == index && key.phase == Phase::Negative)
            .map(|key| key.index)
            .collect(),
        is_complete: ending.is_none(),
    }
}
