//! Draws values from a plan.
//!
//! Values are made directly, part by part, with no strategy object for any part: what is allocated is the value. A
//! draw may fail where parts of a shape get in each other's way; the caller draws again.

mod format;
mod number;
mod structure;
mod text;

use serde_json::Value;

pub(crate) use self::format::simple as simple_formats;
pub(crate) use self::number::{integer_value, is_one as is_float_of};
pub(crate) use self::text::is_one as is_text_of;
use crate::judge::{Judge, equal};
use crate::plan::{Kind, Node, NodeId, Shape};
use crate::source::Source;

/// How deep values are nested where nothing demands more.
const DEEPEST: usize = 6;

/// How many arrays and objects a value has where nothing demands more, and how many of 64 values have that many.
///
/// A page of fifty resources with all that they may have needs more than a thousand. If each were that large, most of
/// the time would go into values that say little more than small ones do.
const MOST_CONTAINERS: [(i32, u64); 3] = [(48, 55), (192, 8), (4096, 1)];

/// How often a value that has to be checked is drawn before that is given up.
const TRIES: usize = 24;

/// One value in the making.
pub(crate) struct Draw<'p> {
    judge: &'p Judge,
    nodes: &'p [Node],
    source: Source<'p>,
    /// How many more arrays and objects there may be.
    containers: i32,
    /// How many of 256 optional members there are, where that is the same for all objects of the value.
    share: Option<u64>,
}

impl<'p> Draw<'p> {
    pub(crate) fn new(judge: &'p Judge, nodes: &'p [Node], mut source: Source<'p>) -> Draw<'p> {
        // Now and then a value has all that it may have, and now and then only what it must have.
        let share = match source.below(64) {
            0 => Some(256),
            1 => Some(0),
            _ => None,
        };
        let mut chosen = source.below(64);
        let mut containers = MOST_CONTAINERS[2].0;
        for (count, times) in MOST_CONTAINERS {
            if chosen < times && share != Some(256) {
                containers = count;
                break;
            }
            chosen = chosen.saturating_sub(times);
        }
        Draw {
            judge,
            nodes,
            source,
            containers,
            share,
        }
    }

    /// A value of the node at that depth.
    pub(crate) fn value(&mut self, node: NodeId, depth: usize) -> Option<Value> {
        let shapes = &self.nodes[node].shapes;
        if shapes.len() > 1 && !self.must_be_flat(depth) {
            let chosen = self.source.index(shapes.len());
            if let Some(value) = self.shape(&shapes[chosen], depth) {
                return Some(value);
            }
        }
        let smallest = shapes.iter().min_by_key(|shape| shape.size)?;
        self.shape(smallest, depth)
    }

    /// A value of the shape at that depth.
    pub(crate) fn shape(&mut self, shape: &Shape, depth: usize) -> Option<Value> {
        if shape.residual.is_empty() && shape.excluded.is_empty() {
            return self.kind(&shape.kind, depth);
        }
        for _ in 0..TRIES {
            if let Some(value) = self.kind(&shape.kind, depth)
                && self.keeps(shape, &value)
            {
                return Some(value);
            }
        }
        None
    }

    /// Whether the value keeps what it has to be checked for.
    fn keeps(&self, shape: &Shape, value: &Value) -> bool {
        shape
            .residual
            .iter()
            .all(|literal| self.judge.keeps(literal, value))
            && !shape.excluded.iter().any(|one| equal(one, value))
    }

    fn kind(&mut self, kind: &Kind, depth: usize) -> Option<Value> {
        match kind {
            Kind::Null => Some(Value::Null),
            Kind::Boolean => Some(Value::Bool(self.source.one_in(2))),
            Kind::Constants(values) => values.get(self.source.index(values.len())).cloned(),
            Kind::Integer(integers) => number::integer(integers, &mut self.source),
            Kind::Float(floats) => number::float(floats, &mut self.source),
            Kind::Text(texts) => text::text(texts, &mut self.source).map(Value::String),
            Kind::Array(array) => self.array(array, depth),
            Kind::Object(object) => self.object(object, depth),
        }
    }

    /// Whether the value has become so large that it should come to its end.
    fn must_be_flat(&self, depth: usize) -> bool {
        depth >= DEEPEST || self.containers <= 0
    }
}
