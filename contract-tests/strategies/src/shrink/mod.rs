//! Shrinking: simpler values that are still in the set.
//!
//! Edits are proposed by the structure of the value, and the judge decides which of them leave it in the set: a
//! shrinker that knew every keyword would be a second judge, with faults of its own. The plan only suggests where to
//! jump: the simplest values of the place's schema.

mod edit;
mod number;
mod propose;
mod simplicity;

use std::fmt;
use std::sync::Arc;

use serde_json::Value;

use self::edit::Edit;
use self::propose::edits;
use crate::judge::Judge;
use crate::plan::NodeId;
use crate::values::Core;
use crate::violations::Violation;

/// A valid value that can be made simpler.
#[derive(Clone, Debug)]
pub struct ValueTree(pub(crate) Shrinking);

/// A value that breaks one rule, and can be made simpler while it breaks that one and no other.
#[derive(Clone, Debug)]
pub struct ViolationTree(pub(crate) Shrinking);

impl proptest::strategy::ValueTree for ValueTree {
    type Value = Value;

    fn current(&self) -> Value {
        self.0.current().clone()
    }

    fn simplify(&mut self) -> bool {
        self.0.simplify()
    }

    fn complicate(&mut self) -> bool {
        self.0.complicate()
    }
}

impl proptest::strategy::ValueTree for ViolationTree {
    type Value = Violation;

    fn current(&self) -> Violation {
        let value = self.0.current().clone();
        let (keyword, pointer) = self.0.fault(&value);
        Violation {
            value,
            keyword,
            pointer,
        }
    }

    fn simplify(&mut self) -> bool {
        self.0.simplify()
    }

    fn complicate(&mut self) -> bool {
        self.0.complicate()
    }
}

/// The state of a search for the simplest value that still fails.
#[derive(Clone)]
pub(crate) struct Shrinking {
    core: Arc<Core>,
    root: NodeId,
    /// The rule that every value breaks.
    rule: Option<usize>,
    /// The simplest value that is known to fail.
    best: Value,
    /// The value that is being tried.
    tried: Option<Value>,
    /// What can be done to the best value; made when shrinking begins, since most values never shrink.
    edits: Option<Vec<Edit>>,
    /// The edit to be tried next.
    next: usize,
    /// How many edits have been tried since one succeeded.
    fruitless: usize,
}

impl fmt::Debug for Shrinking {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.current())
    }
}

impl Shrinking {
    pub(crate) fn new(
        core: Arc<Core>,
        root: NodeId,
        rule: Option<usize>,
        value: Value,
    ) -> Shrinking {
        Shrinking {
            core,
            root,
            rule,
            best: value,
            tried: None,
            edits: None,
            next: 0,
            fruitless: 0,
        }
    }

    fn current(&self) -> &Value {
        self.tried.as_ref().unwrap_or(&self.best)
    }

    fn fault(&self, value: &Value) -> (&'static str, String) {
        let faults = self.core.judge.faults(Judge::ROOT, value);
        let rule = self.rule.map(|rule| &self.core.broken[rule]);
        let innermost = rule
            .and_then(|rule| rule.find(&faults))
            .map(|f| (f.keyword, f.pointer.clone()));
        innermost.unwrap_or(("", String::new()))
    }

    /// The current value fails: on to a simpler one.
    fn simplify(&mut self) -> bool {
        if let Some(tried) = self.tried.take() {
            self.best = tried;
            self.edits = None;
            self.fruitless = 0;
        }
        self.advance()
    }

    /// The current value does not fail: another one, or back to the last that did.
    fn complicate(&mut self) -> bool {
        if self.tried.take().is_none() {
            return false;
        }
        // Even with nothing left to try the value has changed: it is the best again.
        self.advance();
        true
    }

    /// On to the next edit of the best value that leaves it in the set.
    fn advance(&mut self) -> bool {
        let edits = self
            .edits
            .get_or_insert_with(|| edits(&self.core, self.root, &self.best));
        // Behind an edit that succeeded the list goes on where it was, and from its start when it is through: what
        // failed just before is likely to fail again.
        while self.fruitless < edits.len() {
            let edit = &edits[self.next % edits.len()];
            self.next = (self.next + 1) % edits.len();
            self.fruitless += 1;
            let Some(candidate) = edit.apply(&self.best) else {
                continue;
            };
            let in_set = match self.rule {
                Some(rule) => self.core.breaks(rule, &candidate),
                None => self.core.is_valid(&candidate),
            };
            if in_set {
                self.tried = Some(candidate);
                return true;
            }
        }
        false
    }
}
