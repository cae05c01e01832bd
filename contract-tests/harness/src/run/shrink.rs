//! Failures to their smallest case.
//!
//! A smaller case counts if the same check fails for the same cause. Each try is a call to the server, so their number
//! and their time are bounded, and where the bound is met the smallest case so far is told.

use std::time::{Duration, Instant};

use super::job::{Job, Runner};
use super::tally::{Cause, Group, Tally};
use crate::checks::Failure;
use crate::exchange::{Exchange, NoAnswer};
use crate::generate::{Draft, draft};
use crate::laws::Draws;

/// How many calls or sequences are tried for one cause.
const TRIES: usize = 300;
/// How long one cause may take.
const PATIENCE: Duration = Duration::from_secs(5);
/// How many causes are shrunk: a server that breaks more than these is not helped by small cases.
const MOST: usize = 50;

/// What can be made smaller and tried again.
enum Trial<'r> {
    Case(Box<Draft>),
    Sequence(usize, Draws<'r>),
}

/// Shrinks what is new since the last time.
pub(super) async fn shrink_new(runner: &Runner<'_>, tally: &mut Tally<'_>) {
    let shrunk = tally
        .groups
        .values()
        .filter(|group| group.is_shrunk)
        .count();
    let new = tally
        .groups
        .iter_mut()
        .filter(|(_, group)| !group.is_shrunk);
    for (cause, group) in new.take(MOST.saturating_sub(shrunk)) {
        shrink(runner, cause, group).await;
    }
    for group in tally.groups.values_mut() {
        group.is_shrunk = true;
    }
}

async fn shrink(runner: &Runner<'_>, cause: &Cause, group: &mut Group) {
    // Each try would take the whole time limit.
    let is_slow = |exchange: &Exchange| matches!(exchange.answer, Err(NoAnswer::TimedOut(_)));
    if group.exchanges.iter().any(is_slow) {
        return;
    }
    let mut trial = match (group.job, group.law) {
        (Job::Case(key), _) => match draft(&runner.context, key) {
            Some(draft) => Trial::Case(Box::new(draft)),
            None => return,
        },
        (Job::Sequence { law, index }, Some(_)) => {
            let draws = Draws::new(runner.context, law, index);
            // What is drawn is drawn when it is first asked for.
            runner.sequence(law, &draws).await;
            Trial::Sequence(law, draws)
        }
        // One exchange of a sequence: what led to it is not told apart from what it depends on.
        (Job::Sequence { .. }, None) => return,
    };
    trial.keep();
    let started = Instant::now();
    let mut tries = 0;
    while tries < TRIES && started.elapsed() < PATIENCE && trial.simplify() {
        while tries < TRIES {
            tries += 1;
            if let Some((exchanges, failure)) = trial.attempt(runner, cause, group.law).await {
                trial.keep();
                group.exchanges = exchanges;
                group.failure = failure;
                break;
            }
            if !trial.complicate() {
                break;
            }
        }
    }
}

impl Trial<'_> {
    fn simplify(&mut self) -> bool {
        match self {
            Trial::Case(draft) => draft.simplify(),
            Trial::Sequence(_, draws) => draws.simplify(),
        }
    }

    fn complicate(&mut self) -> bool {
        match self {
            Trial::Case(draft) => draft.complicate(),
            Trial::Sequence(_, draws) => draws.complicate(),
        }
    }

    fn keep(&mut self) {
        match self {
            Trial::Case(draft) => draft.keep(),
            Trial::Sequence(_, draws) => draws.keep(),
        }
    }

    /// Tries as it stands; gives the failure where it is of the same cause.
    async fn attempt(
        &self,
        runner: &Runner<'_>,
        cause: &Cause,
        law: Option<usize>,
    ) -> Option<(Vec<Exchange>, Failure)> {
        let exchanges = match self {
            Trial::Case(draft) => {
                let case = draft.case(runner.context.contract)?;
                vec![runner.exchange(case).await]
            }
            Trial::Sequence(law, draws) => runner.sequence(*law, draws).await,
        };
        let failures = runner.failures(cause.check, law, &exchanges);
        let failure = failures.into_iter().find(|failure| cause.is_of(failure))?;
        Some((exchanges, failure))
    }
}
