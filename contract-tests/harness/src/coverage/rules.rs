//! The rules of one part of an exchange, and what became of each.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use openapi_model::Pointer;

use super::RuleCoverage;
use super::why::Why;
use crate::case::{Place, Violation};
use crate::contract::CompiledParameter;

/// A rule, and what became of the calls that break it.
#[derive(Debug)]
pub(super) struct SeenRule {
    /// Its places in `Compiled::rules`: some keywords can be broken in several ways.
    pub(super) numbers: Vec<usize>,
    pub(super) violation: Violation,
    pub(super) refused: usize,
    pub(super) accepted: usize,
    /// Those that say nothing about the rule.
    pub(super) unjudged: usize,
}

/// The rules of one part, each once.
#[derive(Debug, Default)]
pub(super) struct Rules(pub(super) Vec<RuleCoverage>);

impl Rules {
    /// Adds the rules that a call can break.
    pub(super) fn judged<'s>(&mut self, rules: impl Iterator<Item = &'s SeenRule>, why: &Why<'_>) {
        for rule in rules {
            let Violation {
                keyword,
                rule: pointer,
                what,
                ..
            } = &rule.violation;
            self.0.push(RuleCoverage {
                keyword: keyword.clone(),
                pointer: pointer.to_string(),
                what: what.clone(),
                met: false,
                refused: rule.refused,
                broken: rule.accepted,
                why: (rule.refused + rule.accepted == 0).then(|| why.unbroken(rule)),
            });
        }
    }

    /// Adds the rules of a parameter that cannot be broken on the wire.
    pub(super) fn unbreakable(&mut self, parameter: &CompiledParameter, why: &Why<'_>) {
        let Ok(violations) = &parameter.sent.violations else {
            return;
        };
        for (rule, pointer) in violations.rules().iter().zip(&parameter.sent.rules) {
            let pointer = pointer.to_string();
            let is_known =
                |known: &RuleCoverage| known.keyword == rule.keyword && known.pointer == pointer;
            if !self.0.iter().any(is_known) {
                self.0.push(RuleCoverage {
                    keyword: rule.keyword.to_owned(),
                    pointer,
                    what: None,
                    met: false,
                    refused: 0,
                    broken: 0,
                    why: Some(why.unwritable()),
                });
            }
        }
    }

    /// Adds what accepted values have met.
    pub(super) fn met(&mut self, met: Vec<(&'static str, Pointer)>, why: &Why<'_>) {
        for (keyword, pointer) in met {
            let pointer = pointer.to_string();
            let mut known = self
                .0
                .iter_mut()
                .filter(|rule| rule.pointer == pointer)
                .peekable();
            if known.peek().is_none() {
                self.0.push(RuleCoverage {
                    keyword: keyword.to_owned(),
                    pointer,
                    what: None,
                    met: true,
                    refused: 0,
                    broken: 0,
                    why: Some(why.unbreakable()),
                });
                continue;
            }
            known.for_each(|rule| rule.met = true);
        }
    }

    /// Adds what values of answers have met.
    pub(super) fn answered(
        &mut self,
        met: Vec<(&'static str, Pointer)>,
        broken: &BTreeMap<Pointer, usize>,
    ) {
        self.0
            .extend(met.into_iter().map(|(keyword, pointer)| RuleCoverage {
                keyword: keyword.to_owned(),
                broken: broken.get(&pointer).copied().unwrap_or_default(),
                pointer: pointer.to_string(),
                what: None,
                met: true,
                refused: 0,
                why: None,
            }));
    }
}

/// What tells a violation from another of the same operation. The place in a body is not part of it: the same rule may
/// be broken at any item of an array.
pub(super) fn key(violation: &Violation) -> String {
    let Violation {
        keyword,
        place,
        rule,
        what,
    } = violation;
    let mut key = String::with_capacity(128);
    // Writing to a `String` cannot fail.
    let written = match place {
        Place::Body(_) => write!(key, "body {keyword} {rule}"),
        other => write!(key, "{other} {keyword} {rule}"),
    };
    debug_assert!(written.is_ok());
    key.push_str(what.as_deref().unwrap_or_default());
    key
}
