//! The strategies of values that break exactly one rule.

use std::fmt;
use std::sync::Arc;

use openapi_model::{Direction, SchemaId, Schemas};
use proptest::strategy::{NewTree, Strategy, ValueTree as _};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use rand::Rng;
use serde_json::Value;

use crate::Unsupported;
use crate::edges;
use crate::judge::{Fuel, Judge};
use crate::plan::{Builder, NodeId};
use crate::shrink::{Shrinking, ViolationTree};
use crate::values::Core;

/// How often a value is drawn before a rule is left out as one that cannot be broken by itself.
const TRIES: usize = 64;

/// How many schemas are applied in the search for rules that can be broken. Those that come later are left out.
const MOST_WORK: u64 = 1 << 25;

/// A rule of a schema that a value can break while it keeps all others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// The keyword, as JSON Schema writes it; `false` where the schema `false` stands.
    pub keyword: &'static str,
    /// The place in the value as a JSON pointer, with `*` for any index and any name that no schema names.
    pub pointer: String,
    /// What of the keyword is broken, where it has several parts: the member that `required` names, the one that
    /// `dependentRequired` depends on, and `null` where `type` is broken by null.
    pub detail: Option<String>,
    /// The outermost `anyOf` or `oneOf` that the rule stands in, if it stands in one. A validator reports that one,
    /// and the rule itself only as the reason why a branch does not hold.
    pub within: Option<Applicator>,
}

/// An `anyOf` or `oneOf`, and the place in the value that it speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applicator {
    /// `anyOf` or `oneOf`.
    pub keyword: &'static str,
    /// The place in the value as a JSON pointer.
    pub pointer: String,
}

impl fmt::Display for Rule {
    /// `required (name) at /data/attributes`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.keyword)?;
        if let Some(detail) = &self.detail {
            write!(f, " ({detail})")?;
        }
        match self.pointer.as_str() {
            "" => Ok(()),
            pointer => write!(f, " at {pointer}"),
        }
    }
}

/// A value that breaks one rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Violation {
    /// The value.
    pub value: Value,
    /// The keyword that it breaks.
    pub keyword: &'static str,
    /// The place in the value that is wrong, as a JSON pointer. For `required` and `additionalProperties` that is the
    /// object.
    pub pointer: String,
}

/// Every rule of a schema that can be broken by itself: a proptest strategy of values that break any one of them.
///
/// Made by [`violating`]. Cloning is cheap.
#[derive(Clone)]
pub struct Violations {
    core: Arc<Core>,
    rules: Arc<[Rule]>,
    breakable: Arc<[Breakable]>,
}

/// How a rule is broken.
struct Breakable {
    /// Its place in the core's list.
    rule: usize,
    root: NodeId,
    /// A simple value that breaks it, which stands in where no draw succeeds.
    known: Value,
}

/// Compiles a schema into the strategy of the values that break exactly one of its rules.
///
/// # Errors
/// The schema cannot be read, see [`Unsupported::Undecided`]. A schema of which no rule can be broken is none: it has
/// no [rules](Violations::rules).
pub fn violating(
    schemas: &Schemas,
    id: SchemaId,
    direction: Direction,
) -> Result<Violations, Unsupported> {
    let mut builder = Builder::new(Judge::compile(schemas, id, direction)?);
    let root = builder.valid_root();
    // What has no valid value can be broken all the same, so that rules are found before it is dropped.
    let rules = builder.rules(root);
    builder.settle(0);
    let settled = builder.nodes.len();
    let roots = builder.broken_roots(rules.clone());
    builder.settle(settled);
    let core = Arc::new(Core {
        judge: builder.judge,
        nodes: builder.nodes,
        broken: rules,
    });
    let mut found = Vec::new();
    let work = Fuel::of(MOST_WORK);
    for (rule, root) in roots.into_iter().enumerate() {
        let known = core.simplest_breaking(rule, root, &work);
        found.extend(known.map(|known| Breakable { rule, root, known }));
    }
    let rules = found
        .iter()
        .map(|breakable| core.describe(breakable))
        .collect();
    Ok(Violations {
        core,
        rules,
        breakable: found.into(),
    })
}

impl Core {
    fn simplest_breaking(&self, rule: usize, root: NodeId, work: &Fuel) -> Option<Value> {
        let size = self.nodes[root].size?;
        let breaks = |value: &Value| {
            let portion = work.portion();
            work.spend(size.weight);
            let breaks = !work.is_spent() && self.breaks_within(rule, value, &portion);
            work.settle(&portion);
            breaks
        };
        if work.is_spent() {
            return None;
        }
        edges::simplest(self, root, breaks).or_else(|| {
            let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[11; 32]);
            let mut runner = TestRunner::new_with_rng(Config::default(), rng);
            (0..TRIES)
                .take_while(|_| !work.is_spent())
                .find_map(|_| self.draw(root, &mut runner).filter(breaks))
        })
    }

    fn draw_breaking(&self, rule: usize, root: NodeId, runner: &mut TestRunner) -> Option<Value> {
        (0..TRIES).find_map(|_| {
            self.draw(root, runner)
                .filter(|value| self.breaks(rule, value))
        })
    }

    /// Whether the value breaks the rule and no other.
    pub(crate) fn breaks(&self, rule: usize, value: &Value) -> bool {
        self.breaks_within(rule, value, &Fuel::full())
    }

    fn breaks_within(&self, rule: usize, value: &Value, fuel: &Fuel) -> bool {
        let faults = self.judge.faults_within(Judge::ROOT, value, fuel);
        self.broken[rule].is_all_of(&faults).is_some()
    }

    fn describe(&self, breakable: &Breakable) -> Rule {
        let broken = &self.broken[breakable.rule];
        let faults = self.judge.faults(Judge::ROOT, &breakable.known);
        let within = broken.is_all_of(&faults).flatten();
        Rule {
            keyword: broken.keyword.name(),
            pointer: broken.pointer(),
            detail: broken
                .member
                .clone()
                .or_else(|| broken.null.then(|| "null".to_owned())),
            within: within.map(|fault| Applicator {
                keyword: fault.keyword,
                pointer: fault.pointer.clone(),
            }),
        }
    }
}

impl Violations {
    /// Every rule that can be broken by itself, the shallow ones first, in the document's order.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// The strategy of the values that break the rule of that index and no other.
    ///
    /// An index beyond the rules is counted round.
    pub fn breaking(&self, rule: usize) -> BreakOne {
        BreakOne {
            violations: self.clone(),
            rule,
        }
    }

    fn tree(&self, rule: usize, runner: &mut TestRunner) -> NewTree<Violations> {
        let rule = rule
            .checked_rem(self.breakable.len())
            .ok_or("the schema has no rule that can be broken")?;
        let breakable = &self.breakable[rule];
        let value = self
            .core
            .draw_breaking(breakable.rule, breakable.root, runner)
            .unwrap_or_else(|| breakable.known.clone());
        Ok(ViolationTree(Shrinking::new(
            self.core.clone(),
            breakable.root,
            Some(breakable.rule),
            value,
        )))
    }
}

impl fmt::Debug for Violations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list()
            .entries(self.rules.iter().map(ToString::to_string))
            .finish()
    }
}

impl Strategy for Violations {
    type Value = Violation;
    type Tree = ViolationTree;

    fn new_tree(&self, runner: &mut TestRunner) -> NewTree<Self> {
        let rule = runner.rng().next_u64() % (self.breakable.len() as u64).max(1);
        self.tree(rule as usize, runner)
    }
}

/// Values that break one certain rule: a proptest strategy, made by [`Violations::breaking`].
#[derive(Clone, Debug)]
pub struct BreakOne {
    violations: Violations,
    rule: usize,
}

impl BreakOne {
    /// A value that breaks the rule and is as simple as is easily found: one step beyond the boundary, and nothing
    /// beside it that need not be there. `None` where the schema has no rules.
    pub fn simplest(&self) -> Option<Violation> {
        let Violations {
            core, breakable, ..
        } = &self.violations;
        let rule = self.rule.checked_rem(breakable.len())?;
        let Breakable { rule, root, known } = &breakable[rule];
        Some(
            ViolationTree(Shrinking::new(
                core.clone(),
                *root,
                Some(*rule),
                known.clone(),
            ))
            .current(),
        )
    }
}

impl Strategy for BreakOne {
    type Value = Violation;
    type Tree = ViolationTree;

    fn new_tree(&self, runner: &mut TestRunner) -> NewTree<Self> {
        self.violations.tree(self.rule, runner)
    }
}
