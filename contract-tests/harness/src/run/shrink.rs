//! Failures to their smallest case.
//!
//! A smaller case counts if the same check fails for the same cause. Each try is a call to the server, so their number
//! and their time are bounded, and where the bound is met the smallest case so far is told.
//!
//! Some values must be new for each call that the server takes, such as keys of idempotency: it refuses the second call
//! for having seen the first, and a try would say nothing. The document does not tell which these are. So values are
//! drawn anew for every try wherever the failure does not depend on them, which the first tries find out.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use super::groups::{Cause, Group, Groups};
use super::job::{Job, Runner, failure};
use super::kept;
use crate::case::Place;
use crate::checks::Failure;
use crate::exchange::{Exchange, NoAnswer};
use crate::generate::{Draft, Part, Tree, anew, draft, renewable};
use crate::laws::Draws;

/// How many calls or sequences are tried for one cause.
const TRIES: usize = 300;
/// How long one cause may take.
const PATIENCE: Duration = Duration::from_secs(5);
/// How many causes are shrunk: a server that breaks more than these is not helped by small cases.
const MOST: usize = 50;

/// Shrinks what is new since the last time.
pub(super) async fn shrink_new(runner: &Runner<'_>, failures: &mut Groups) {
    let groups = &mut failures.groups;
    let shrunk = groups.values().filter(|group| group.is_shrunk).count();
    let new = groups.iter_mut().filter(|(_, group)| !group.is_shrunk);
    for (cause, group) in new.take(MOST.saturating_sub(shrunk)) {
        shrink(runner, cause, group, &mut failures.tries).await;
    }
    for group in groups.values_mut() {
        group.is_shrunk = true;
    }
}

async fn shrink(runner: &Runner<'_>, cause: &Cause, group: &mut Group, tries: &mut usize) {
    // Each try would take the whole time limit.
    let is_slow = |exchange: &Exchange| matches!(exchange.answer, Err(NoAnswer::TimedOut(_)));
    if group.exchanges.iter().any(is_slow) {
        return;
    }
    let Some((mut trial, again)) = Trial::new(runner, cause, group, tries).await else {
        return;
    };
    trial.keep();
    // What fails again is shown whole.
    if let Some(again) = again.filter(|_| group.exchanges.iter().any(is_cut)) {
        group.put(again);
    }
    group.fresh = trial.fresh();
    let started = Instant::now();
    let last = *trial.tries + TRIES;
    while *trial.tries < last && started.elapsed() < PATIENCE && trial.simplify() {
        while *trial.tries < last {
            if let Some(smaller) = trial.attempt().await {
                trial.keep();
                group.put(smaller);
                group.fresh = trial.fresh();
                break;
            }
            if !trial.complicate() {
                break;
            }
        }
    }
}

/// Whether a body was not kept whole.
fn is_cut(exchange: &Exchange) -> bool {
    exchange
        .answer
        .as_ref()
        .is_ok_and(|answer| answer.left_out > 0)
}

impl Group {
    /// Shows another case for the same cause.
    fn put(&mut self, other: Again) {
        let Again {
            exchanges,
            drawn,
            failure,
        } = other;
        self.exchanges = exchanges;
        self.drawn = drawn;
        self.failure = failure;
    }
}

/// What can be made smaller and tried again.
struct Trial<'t, 'r> {
    runner: &'t Runner<'r>,
    cause: &'t Cause,
    job: Job,
    subject: Subject<'r>,
    /// How many tries there were, in the whole run.
    tries: &'t mut usize,
}

enum Subject<'r> {
    /// A case, and the parts that are drawn anew for every try.
    Case(Box<Draft>, Vec<Part>),
    Sequence {
        law: usize,
        draws: Box<Draws<'r>>,
        is_of_law: bool,
    },
}

/// A try that failed as it should.
struct Again {
    exchanges: Vec<Exchange>,
    drawn: Vec<usize>,
    failure: Failure,
}

impl<'t, 'r> Trial<'t, 'r> {
    /// Makes what failed again, and finds out what can be drawn anew. Beside it, the sequence that failed again.
    async fn new(
        runner: &'t Runner<'r>,
        cause: &'t Cause,
        group: &Group,
        tries: &'t mut usize,
    ) -> Option<(Trial<'t, 'r>, Option<Again>)> {
        let job = group.job;
        let sequence = |law: usize, draws| Subject::Sequence {
            law,
            draws: Box::new(draws),
            is_of_law: group.is_of_law,
        };
        let subject = match (job, group.law) {
            (Job::Case(key), _) => {
                Subject::Case(Box::new(draft(&runner.context, key)?), Vec::new())
            }
            (Job::Sequence { law, index }, Some(_)) => {
                sequence(law, Draws::renewed(runner.context, law, index))
            }
            // It was as small as it gets when it was kept.
            (Job::Replay(_), _) | (Job::Sequence { .. }, None) => return None,
        };
        let mut trial = Trial {
            runner,
            cause,
            job,
            subject,
            tries,
        };
        let mut again = None;
        match (&trial.subject, job) {
            (Subject::Case(draft, _), _) => {
                let parts = renewable(&runner.context, draft);
                trial.renew(parts).await;
            }
            // What a law draws is drawn when it is first asked for.
            (Subject::Sequence { law, .. }, Job::Sequence { index, .. }) => {
                let law = *law;
                again = trial.attempt().await;
                if again.is_none() {
                    trial.subject = sequence(law, Draws::new(runner.context, law, index));
                    again = trial.attempt().await;
                }
            }
            (Subject::Sequence { .. }, _) => return None,
        }
        Some((trial, again))
    }

    /// Finds the parts of a case that the failure does not depend on: all of them, or all but one.
    async fn renew(&mut self, parts: Vec<Part>) {
        let Subject::Case(draft, _) = &mut self.subject else {
            return;
        };
        if parts.is_empty() {
            return;
        }
        let trees = draft.take_trees(&parts);
        let mut choices = vec![parts.clone()];
        if parts.len() > 1 {
            let but = |left: &Part| parts.iter().filter(|part| *part != left).copied().collect();
            choices.extend(parts.iter().map(but));
        }
        let mut found = Vec::new();
        for choice in choices {
            if let Subject::Case(draft, fresh) = &mut self.subject {
                for (part, tree) in &trees {
                    draft.put_tree(*part, Tree::Fixed(tree.current().0, None));
                }
                fresh.clone_from(&choice);
            }
            if self.attempt().await.is_some() {
                found = choice;
                break;
            }
        }
        if let Subject::Case(draft, fresh) = &mut self.subject {
            for (part, tree) in trees {
                if !found.contains(&part) {
                    draft.put_tree(part, tree);
                }
            }
            *fresh = found;
        }
    }

    fn simplify(&mut self) -> bool {
        match &mut self.subject {
            Subject::Case(draft, _) => draft.simplify(),
            Subject::Sequence { draws, .. } => draws.simplify(),
        }
    }

    fn complicate(&mut self) -> bool {
        match &mut self.subject {
            Subject::Case(draft, _) => draft.complicate(),
            Subject::Sequence { draws, .. } => draws.complicate(),
        }
    }

    fn keep(&mut self) {
        match &mut self.subject {
            Subject::Case(draft, _) => draft.keep(),
            Subject::Sequence { draws, .. } => draws.keep(),
        }
    }

    /// What is drawn anew each time, by step.
    fn fresh(&self) -> BTreeMap<usize, Vec<Place>> {
        match &self.subject {
            Subject::Case(draft, parts) => {
                BTreeMap::from([(0, draft.places(self.runner.context.contract, parts))])
            }
            Subject::Sequence { draws, .. } => draws.renewed_places(),
        }
    }

    /// Tries as it stands.
    async fn attempt(&mut self) -> Option<Again> {
        *self.tries += 1;
        let (runner, cause, job) = (self.runner, self.cause, self.job);
        let is_wanted = |failure: &Failure| cause.is_of(failure);
        match &mut self.subject {
            Subject::Case(draft, fresh) => {
                anew(&runner.context, draft, fresh, *self.tries);
                let case = draft.case(runner.context.contract)?;
                let exchange = runner.exchange(job, case).await.ok()?;
                let failure = runner.failure_of_check(cause.check, &exchange, is_wanted)?;
                Some(Again {
                    exchanges: vec![exchange],
                    drawn: vec![0],
                    failure,
                })
            }
            Subject::Sequence {
                law,
                draws,
                is_of_law,
            } => {
                draws.anew(*self.tries);
                let (mut place, mut broken) = (0, None);
                let see = |exchange: &Exchange| {
                    if !*is_of_law && broken.is_none() {
                        place += 1;
                        broken = runner.failure_of_check(cause.check, exchange, is_wanted);
                    }
                };
                let job = (job, *law);
                let made = runner.sequence(job, draws, kept::ALL, see).await.ok()?;
                let mut exchanges = made.exchanges;
                let failure = if *is_of_law {
                    failure(made.outcome, is_wanted)?
                } else {
                    exchanges.truncate(place);
                    broken?
                };
                let drawn = draws
                    .steps()
                    .into_iter()
                    .filter(|step| *step < exchanges.len());
                Some(Again {
                    drawn: drawn.collect(),
                    exchanges,
                    failure,
                })
            }
        }
    }
}
