//! The simplest value of a node, and the values at its boundaries.

mod boundary;
mod full;
mod scalar;

use std::cell::Cell;
use std::collections::HashSet;

use proptest::test_runner::{RngAlgorithm, TestRng};
use serde_json::{Map, Value};

use crate::draw::Draw;
use crate::judge::{Verdict, equal};
use crate::plan::{Arrays, Kind, NodeId, Objects, Shape};
use crate::source::Source;
use crate::values::Core;

/// How many boundary values a schema may have.
const MOST: usize = 4096;

/// How many parts one boundary has.
const MOST_PARTS: usize = 1 << 15;

/// How many parts all boundaries have together.
const MOST_PARTS_OF_ALL: usize = 1 << 20;

/// The longest array that is made to reach a `maxItems`.
const LONGEST_ARRAY: u64 = 256;

/// How many values are drawn where the simplest one cannot be written down.
const SAMPLES: usize = 32;

/// A value of the node that is as simple as is easily found, among those that are wanted.
pub(crate) fn simplest(
    core: &Core,
    root: NodeId,
    wanted: impl Fn(&Value) -> bool,
) -> Option<Value> {
    let edges = Edges::new(core);
    edges
        .simplest(root)
        .filter(&wanted)
        .or_else(|| smallest(edges.sample(root).into_iter().filter(&wanted).collect()))
}

/// Every boundary value of the node that is valid for the root's schema, in a fixed order, none twice.
pub(crate) fn boundaries(core: &Core, root: NodeId) -> Vec<Value> {
    let edges = Edges::new(core);
    let mut seen = HashSet::new();
    let mut values = edges.of_node(root, edges.depth(root), &mut Vec::new());
    let fullest = edges.full(root);
    values.splice(values.len().min(1)..values.len().min(1), fullest);
    values.retain(|value| core.is_valid(value) && seen.insert(value.to_string()));
    values.truncate(MOST);
    values
}

/// A few simple values of the node, the simplest first, for shrinking to jump to.
pub(crate) fn simple(core: &Core, node: NodeId) -> Vec<Value> {
    let edges = Edges::new(core);
    let shapes = &core.nodes[node].shapes;
    shapes
        .iter()
        .take(8)
        .filter_map(|shape| edges.simplest_of(shape))
        .collect()
}

struct Edges<'c> {
    core: &'c Core,
    /// How many parts the boundaries may still have, all together.
    left: Cell<usize>,
}

impl Edges<'_> {
    fn new(core: &Core) -> Edges<'_> {
        Edges {
            core,
            left: Cell::new(MOST_PARTS_OF_ALL),
        }
    }

    /// Takes a value's parts from what is left; false where nothing is.
    fn afford(&self, value: &Value) -> bool {
        let left = self.left.get();
        self.left.set(left.saturating_sub(count_parts(value)));
        left > 0
    }

    fn simplest(&self, node: NodeId) -> Option<Value> {
        let shapes = &self.core.nodes[node].shapes;
        let flattest = shapes.iter().min_by_key(|shape| shape.size)?;
        self.simplest_of(flattest)
    }

    /// Its parts are smaller, so that this comes to an end.
    fn simplest_of(&self, shape: &Shape) -> Option<Value> {
        let written = match &shape.kind {
            Kind::Null => Some(Value::Null),
            Kind::Boolean => Some(Value::Bool(false)),
            Kind::Constants(values) => values.first().cloned(),
            Kind::Integer(integers) => self.integers(integers).into_iter().next(),
            Kind::Float(floats) => self.floats(floats).into_iter().next(),
            Kind::Text(texts) => self.texts(texts).into_iter().next(),
            Kind::Array(array) => self.shortest_array(array),
            Kind::Object(object) => self.least_object(object).map(Value::Object),
        };
        let kept = |value: &Value| {
            shape
                .residual
                .iter()
                .all(|literal| self.core.judge.keeps(literal, value))
                && !shape.excluded.iter().any(|one| equal(one, value))
        };
        written
            .filter(kept)
            .or_else(|| smallest(self.sample_shape(shape)))
    }

    fn sample(&self, node: NodeId) -> Vec<Value> {
        self.draw(|draw| draw.value(node, 0))
    }

    fn sample_shape(&self, shape: &Shape) -> Vec<Value> {
        self.draw(|draw| draw.shape(shape, 0))
    }

    fn draw(&self, draw_one: impl Fn(&mut Draw<'_>) -> Option<Value>) -> Vec<Value> {
        self.drawn(draw_one).collect()
    }

    /// A few values, drawn when they are asked for, and no more than about so many parts.
    fn drawn(
        &self,
        draw_one: impl Fn(&mut Draw<'_>) -> Option<Value>,
    ) -> impl Iterator<Item = Value> {
        let mut rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[5; 32]);
        let mut parts = 0;
        (0..SAMPLES).filter_map(move |_| {
            if parts > MOST_PARTS {
                return None;
            }
            let source = Source::new(&mut rng);
            let value = draw_one(&mut Draw::new(&self.core.judge, &self.core.nodes, source))?;
            parts += count_parts(&value);
            Some(value)
        })
    }

    /// `None` also where items must differ: such arrays are drawn.
    fn shortest_array(&self, array: &Arrays) -> Option<Value> {
        if array.repeated || array.unique && array.least > 1 {
            return None;
        }
        self.array_of(array, array.least).map(Value::Array)
    }

    /// The array of that length with the simplest items.
    fn array_of(&self, array: &Arrays, length: u64) -> Option<Vec<Value>> {
        let behind = array.prefix.len();
        (0..usize::try_from(length).ok()?)
            .map(|index| {
                let intruder = index
                    .checked_sub(behind)
                    .and_then(|index| array.intruders.get(index));
                self.simplest(*array.prefix.get(index).or(intruder).unwrap_or(&array.items))
            })
            .collect()
    }

    /// An array of that length whose items differ.
    fn different(&self, array: &Arrays, length: u64) -> Option<Value> {
        let exact = Arrays {
            least: length,
            most: length,
            ..array.clone()
        };
        self.drawn(|draw| draw.array(&exact, 0)).next()
    }

    /// The object with only the members that it needs.
    fn least_object(&self, object: &Objects) -> Option<Map<String, Value>> {
        let mut members = Map::new();
        for member in object.members.iter().filter(|member| member.required) {
            members.insert(member.name.clone(), self.simplest(member.node)?);
        }
        for intruder in &object.intruders {
            let named = match intruder.names {
                Some(names) => self.simplest(names).into_iter().collect(),
                None => ["extra", "another", "other"].map(Value::from).to_vec(),
            };
            let name = named
                .iter()
                .filter_map(Value::as_str)
                .find(|name| !members.contains_key(*name) && may_be_extra(object, name))?;
            members.insert(name.to_owned(), self.simplest(intruder.node)?);
        }
        self.fill(object, &mut members);
        (members.len() as u64 >= object.least).then_some(members)
    }

    /// Adds members until there are enough, where there can be.
    fn fill(&self, object: &Objects, members: &mut Map<String, Value>) {
        for member in &object.members {
            if members.len() as u64 >= object.least {
                return;
            }
            if !members.contains_key(&member.name) {
                members.extend(
                    self.simplest(member.node)
                        .map(|value| (member.name.clone(), value)),
                );
            }
        }
        let names = (0..256).map(|index| {
            if index == 0 {
                "extra".to_owned()
            } else {
                format!("extra{index}")
            }
        });
        for name in names {
            if members.len() as u64 >= object.least {
                return;
            }
            if let Some(node) = object.extra.filter(|_| object.names.is_none())
                && may_be_extra(object, &name)
            {
                members.extend(self.simplest(node).map(|value| (name, value)));
            }
        }
    }
}

/// Whether no schema names the member, and none may by a pattern.
fn may_be_extra(object: &Objects, name: &str) -> bool {
    !object.reserved.iter().any(|reserved| reserved == name)
        && object
            .patterns
            .iter()
            .all(|pattern| pattern.judge(name) == Verdict::No)
}

/// Parts, and some of the characters.
fn count_parts(value: &Value) -> usize {
    match value {
        Value::String(text) => 1 + text.len() / 64,
        Value::Array(items) => 1 + items.iter().map(count_parts).sum::<usize>(),
        Value::Object(members) => 1 + members.values().map(count_parts).sum::<usize>(),
        _ => 1,
    }
}

/// The value of the shortest text.
fn smallest(values: Vec<Value>) -> Option<Value> {
    values.into_iter().min_by_key(|value| {
        let text = value.to_string();
        (text.len(), text)
    })
}
