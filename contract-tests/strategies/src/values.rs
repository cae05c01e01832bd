//! The strategy of valid values.

use std::fmt;
use std::sync::Arc;

use openapi_model::{Direction, SchemaId, Schemas};
use proptest::strategy::{NewTree, Strategy};
use proptest::test_runner::TestRunner;
use serde_json::Value;

use crate::Unsupported;
use crate::draw::Draw;
use crate::edges;
use crate::judge::{Judge, Verdict};
use crate::plan::{Broken, Builder, Node, NodeId};
use crate::shrink::{Shrinking, ValueTree};
use crate::source::Source;

/// How often a value is drawn before a known one is handed out instead.
const TRIES: usize = 16;

/// What strategies and their trees share: the schema, compiled once.
pub(crate) struct Core {
    pub(crate) judge: Judge,
    pub(crate) nodes: Vec<Node>,
    pub(crate) broken: Vec<Broken>,
}

impl Core {
    pub(crate) fn is_valid(&self, value: &Value) -> bool {
        self.judge.verdict(Judge::ROOT, value) == Verdict::Yes
    }

    /// One draw, which may fail.
    pub(crate) fn draw(&self, root: NodeId, runner: &mut TestRunner) -> Option<Value> {
        Draw::new(&self.judge, &self.nodes, Source::new(runner.rng())).value(root, 0)
    }
}

/// Every value that a schema allows: a proptest strategy.
///
/// Made by [`valid`]. Cloning is cheap.
#[derive(Clone)]
pub struct Values {
    core: Arc<Core>,
    root: NodeId,
    /// A valid value, for the case that no draw succeeds.
    known: Arc<Value>,
}

/// Compiles a schema into the strategy of its valid values.
///
/// In a request no `readOnly` property is drawn, in a response no `writeOnly` one.
///
/// # Errors
/// The schema has no valid value, or none was found.
pub fn valid(schemas: &Schemas, id: SchemaId, direction: Direction) -> Result<Values, Unsupported> {
    let mut builder = Builder::new(Judge::compile(schemas, id, direction)?);
    let root = builder.valid_root();
    builder.settle(0);
    builder.refuse_empty(root)?;
    let pointer = schemas.get(id).pointer.clone();
    let core = Arc::new(Core {
        judge: builder.judge,
        nodes: builder.nodes,
        broken: Vec::new(),
    });
    match edges::simplest(&core, root, |value| core.is_valid(value)) {
        Some(known) => Ok(Values {
            core,
            root,
            known: Arc::new(known),
        }),
        None => Err(Unsupported::Undecided {
            pointer,
            reason: "no value was found that keeps all of it".to_owned(),
        }),
    }
}

impl Values {
    /// Values at the boundaries of the schema, each valid and none twice, always in the same order.
    ///
    /// The shortest and the longest text, the least and the greatest number, every member of an `enum`, every branch,
    /// objects with no optional member, with all, and with each of them absent or alone.
    pub fn boundaries(&self) -> Vec<Value> {
        edges::boundaries(&self.core, self.root)
    }

    /// Whether the value is surely valid.
    ///
    /// False also where validators in use differ, as on a leap second in a `date-time`: such values are not drawn.
    pub fn is_valid(&self, value: &Value) -> bool {
        self.core.is_valid(value)
    }
}

impl fmt::Debug for Values {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Values({})", self.core.judge.get(Judge::ROOT).pointer)
    }
}

impl Strategy for Values {
    type Value = Value;
    type Tree = ValueTree;

    fn new_tree(&self, runner: &mut TestRunner) -> NewTree<Self> {
        let drawn = (0..TRIES).find_map(|_| {
            self.core
                .draw(self.root, runner)
                .filter(|value| self.core.is_valid(value))
        });
        let value = drawn.unwrap_or_else(|| (*self.known).clone());
        Ok(ValueTree(Shrinking::new(
            self.core.clone(),
            self.root,
            None,
            value,
        )))
    }
}
