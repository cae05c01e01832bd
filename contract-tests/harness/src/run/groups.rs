//! Failures by their cause: what they break in the document, and how. Each cause is told once, with one case.

use std::collections::{BTreeMap, BTreeSet};

use openapi_model::Pointer;

use super::job::Job;
use crate::case::Place;
use crate::checks::Failure;
use crate::exchange::Exchange;
use crate::laws::Law;

/// What makes failures the same. The operation is no part of it: what many operations share in the document, such as a
/// response or a schema, is broken once. What is an operation's own has a place of its own.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Cause {
    pub(super) check: &'static str,
    pub(super) expected: Pointer,
    pub(super) cause: String,
}

impl Cause {
    pub(super) fn new(check: &'static str, failure: &Failure) -> Cause {
        let Failure {
            expected, cause, ..
        } = failure;
        Cause {
            check,
            expected: expected.clone(),
            cause: cause.clone(),
        }
    }

    pub(super) fn is_of(&self, failure: &Failure) -> bool {
        self.expected == failure.expected && self.cause == failure.cause
    }
}

/// Failures of one cause, and the case that is shown for them.
#[derive(Clone, Debug)]
pub(super) struct Group {
    pub(super) seen: usize,
    /// Every operation where it was seen.
    pub(super) operations: BTreeSet<usize>,
    /// The operation of the case.
    pub(super) operation: usize,
    /// The law whose sequence it is, where it is one.
    pub(super) law: Option<usize>,
    /// Whether it is the law that is broken, and not a check of one of its exchanges.
    pub(super) is_of_law: bool,
    /// Where the exchanges come from.
    pub(super) job: Job,
    pub(super) failure: Failure,
    pub(super) exchanges: Vec<Exchange>,
    /// The exchanges whose cases were drawn, and did not follow from the answers before them.
    pub(super) drawn: Vec<usize>,
    /// What must be new each time the case is sent, by exchange.
    pub(super) fresh: BTreeMap<usize, Vec<Place>>,
    /// Whether it is as small as it gets.
    pub(super) is_shrunk: bool,
}

/// Failures by their cause.
#[derive(Debug, Default)]
pub(super) struct Groups {
    pub(super) groups: BTreeMap<Cause, Group>,
    /// How often something was sent to make a failure smaller: no two tries draw the same anew.
    pub(super) tries: usize,
}

impl Groups {
    /// Adds one failure; says whether its cause is new.
    ///
    /// Of each cause the first case is kept in the order of the cases, whatever the order in which they came back; once
    /// it is shrunk, no other takes its place.
    pub(super) fn add(
        &mut self,
        cause: Cause,
        group: impl FnOnce() -> Group,
        job: Job,
        operation: usize,
    ) -> bool {
        match self.groups.get_mut(&cause) {
            None => {
                self.groups.insert(cause, group());
                true
            }
            Some(known) => {
                known.seen += 1;
                known.operations.insert(operation);
                if !known.is_shrunk && job < known.job {
                    let (seen, operations) = (known.seen, std::mem::take(&mut known.operations));
                    *known = Group {
                        seen,
                        operations,
                        ..group()
                    };
                }
                false
            }
        }
    }

    /// Drops what a law finds whose findings mean nothing, because one that it stands on is broken there as well.
    pub(super) fn drop_moot(&mut self, laws: &[Box<dyn Law>]) {
        let broken: BTreeSet<(usize, &str)> = self
            .groups
            .iter()
            .filter(|(_, group)| group.is_of_law)
            .map(|(cause, group)| (group.operation, cause.check))
            .collect();
        self.groups.retain(|_, group| {
            let law = group.law.filter(|_| group.is_of_law);
            !law.is_some_and(|law| {
                let below = laws[law].stands_on();
                below
                    .iter()
                    .any(|name| broken.contains(&(group.operation, *name)))
            })
        });
    }

    /// Adds what another worker has seen.
    pub(super) fn merge(&mut self, other: Groups) {
        self.tries += other.tries;
        for (cause, group) in other.groups {
            match self.groups.get_mut(&cause) {
                None => {
                    self.groups.insert(cause, group);
                }
                Some(known) => {
                    let seen = known.seen + group.seen;
                    let mut operations = std::mem::take(&mut known.operations);
                    operations.extend(&group.operations);
                    if !known.is_shrunk && group.job < known.job {
                        *known = group;
                    }
                    known.seen = seen;
                    known.operations = operations;
                }
            }
        }
    }

    /// What is told: all but what follows from another failure.
    ///
    /// Who asks for no credentials takes wrong ones too: that adds nothing.
    pub(super) fn told(self) -> impl Iterator<Item = (Cause, Group)> {
        let asks_for_none: Vec<(Pointer, BTreeSet<usize>)> = self
            .groups
            .iter()
            .filter(|(cause, _)| cause.check == "ignored_auth" && cause.cause.is_empty())
            .map(|(cause, group)| (cause.expected.clone(), group.operations.clone()))
            .collect();
        let follows = move |cause: &Cause, group: &Group| {
            cause.check == "ignored_auth"
                && !cause.cause.is_empty()
                && asks_for_none.iter().any(|(expected, operations)| {
                    *expected == cause.expected && operations.is_superset(&group.operations)
                })
        };
        let groups = self.groups.into_iter();
        groups.filter(move |(cause, group)| !follows(cause, group))
    }
}
