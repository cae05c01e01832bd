//! Edits that make a value simpler, the boldest first.

use std::cmp::Ordering;
use std::ops::Range;

use serde_json::{Number, Value};

use crate::draw::{integer_value, simple_formats};
use crate::edges;
use crate::judge::Exact;
use crate::plan::{Kind, NodeId};
use crate::values::Core;

/// The longest text whose characters are tried one by one.
const LONGEST: usize = 4096;

/// A change at one place of a value.
#[derive(Clone, Debug)]
pub(crate) struct Edit {
    way: Vec<Segment>,
    change: Change,
}

#[derive(Clone, Debug)]
enum Segment {
    Member(String),
    Item(usize),
}

#[derive(Clone, Debug)]
enum Change {
    Replace(Value),
    DropMembers(Vec<String>),
    DropItems(Range<usize>),
    /// Characters are counted, not bytes.
    DropChars(Range<usize>),
    SetChars(Range<usize>, char),
}

impl Edit {
    /// The value with the change made; `None` where that changes nothing.
    pub(crate) fn apply(&self, value: &Value) -> Option<Value> {
        let mut changed = value.clone();
        let mut place = &mut changed;
        for segment in &self.way {
            place = match segment {
                Segment::Member(name) => place.get_mut(name)?,
                Segment::Item(index) => place.get_mut(index)?,
            };
        }
        match (&self.change, &mut *place) {
            (Change::Replace(new), _) => *place = new.clone(),
            (Change::DropMembers(names), Value::Object(members)) => {
                names.iter().for_each(|name| drop(members.remove(name)));
            }
            (Change::DropItems(range), Value::Array(items)) => {
                items.drain(range.start.min(items.len())..range.end.min(items.len()));
            }
            (Change::DropChars(range), Value::String(text)) => {
                *text = text
                    .chars()
                    .enumerate()
                    .filter(|(i, _)| !range.contains(i))
                    .map(|(_, c)| c)
                    .collect();
            }
            (Change::SetChars(range, with), Value::String(text)) => {
                *text = text
                    .chars()
                    .enumerate()
                    .map(|(i, c)| {
                        if range.contains(&i) && weight(c) > weight(*with) {
                            *with
                        } else {
                            c
                        }
                    })
                    .collect();
            }
            _ => return None,
        }
        (changed != *value).then_some(changed)
    }
}

/// Every edit of the value that makes it simpler.
pub(crate) fn edits(core: &Core, root: NodeId, value: &Value) -> Vec<Edit> {
    let mut edits = Vec::new();
    Editor {
        core,
        edits: &mut edits,
    }
    .walk(value, &[root], &mut Vec::new());
    edits
}

struct Editor<'c> {
    core: &'c Core,
    edits: &'c mut Vec<Edit>,
}

impl Editor<'_> {
    /// The nodes are those that the value may have been drawn from.
    fn walk(&mut self, value: &Value, nodes: &[NodeId], way: &mut Vec<Segment>) {
        let mut jumps: Vec<Value> = Vec::new();
        for node in nodes.iter().take(4) {
            for jump in edges::simple(self.core, *node) {
                if simplicity(&jump, value) == Ordering::Less && !jumps.contains(&jump) {
                    jumps.push(jump);
                }
            }
        }
        jumps.sort_by(simplicity);
        jumps
            .into_iter()
            .for_each(|jump| self.put(way, Change::Replace(jump)));
        match value {
            Value::Null => {}
            Value::Bool(true) => self.put(way, Change::Replace(Value::Bool(false))),
            Value::Bool(false) => {}
            Value::Number(number) => {
                let (nearest, step) = self.nearest(nodes);
                for simpler in simpler_numbers(number, nearest, step) {
                    self.put(way, Change::Replace(simpler));
                }
            }
            Value::String(text) => {
                if let Some(simplest) = self.simplest_of_format(nodes) {
                    if simplest == text {
                        return;
                    }
                    if simplest.len() <= text.chars().count() {
                        self.put(way, Change::Replace(simplest.into()));
                    }
                }
                let length = text.chars().count();
                for range in chunks(length, LONGEST) {
                    self.put(way, Change::DropChars(range));
                }
                for with in ['a', '0', 'A', ' '] {
                    if text.chars().any(|c| weight(c) > weight(with)) {
                        for range in chunks(length, LONGEST) {
                            self.put(way, Change::SetChars(range, with));
                        }
                    }
                }
            }
            Value::Array(items) => {
                for range in chunks(items.len(), usize::MAX) {
                    self.put(way, Change::DropItems(range));
                }
                for (index, item) in items.iter().enumerate() {
                    way.push(Segment::Item(index));
                    self.walk(item, &self.below(nodes, way), way);
                    way.pop();
                }
            }
            Value::Object(members) => {
                let names: Vec<&String> = members.keys().collect();
                for range in chunks(names.len(), usize::MAX) {
                    let dropped = names[range].iter().map(|name| (*name).clone()).collect();
                    self.put(way, Change::DropMembers(dropped));
                }
                for (name, member) in members {
                    way.push(Segment::Member(name.clone()));
                    self.walk(member, &self.below(nodes, way), way);
                    way.pop();
                }
            }
        }
    }

    fn put(&mut self, way: &[Segment], change: Change) {
        self.edits.push(Edit {
            way: way.to_vec(),
            change,
        });
    }

    /// The nodes that the last part of the way may have been drawn from.
    fn below(&self, nodes: &[NodeId], way: &[Segment]) -> Vec<NodeId> {
        let mut below: Vec<NodeId> = Vec::new();
        let shapes = nodes.iter().flat_map(|node| &self.core.nodes[*node].shapes);
        for shape in shapes {
            let own: Vec<NodeId> = match (&shape.kind, way.last()) {
                (Kind::Array(array), Some(Segment::Item(index))) => {
                    match array.prefix.get(*index) {
                        Some(node) => vec![*node],
                        None => [&[array.items], array.intruders.as_slice()].concat(),
                    }
                }
                (Kind::Object(object), Some(Segment::Member(name))) => {
                    let named = object.members.iter().find(|member| member.name == *name);
                    let others = object.extra.into_iter();
                    let others = others.chain(object.intruders.iter().map(|one| one.node));
                    let others = others.chain(object.families.iter().map(|one| one.node));
                    named.map_or_else(|| others.collect(), |member| vec![member.node])
                }
                _ => Vec::new(),
            };
            for node in own {
                if !below.contains(&node) {
                    below.push(node);
                }
            }
        }
        below
    }

    /// The text that counts as the simplest of its format, however heavy its characters are.
    fn simplest_of_format(&self, nodes: &[NodeId]) -> Option<&'static str> {
        let shapes = nodes.iter().flat_map(|node| &self.core.nodes[*node].shapes);
        let format = shapes.into_iter().find_map(|shape| match &shape.kind {
            Kind::Text(texts) => texts.formats.first().copied(),
            _ => None,
        });
        simple_formats(format?).first().copied()
    }

    /// The integer of the nodes that is nearest to 0, and the step from one to the next.
    fn nearest(&self, nodes: &[NodeId]) -> (i128, i128) {
        let shapes = nodes.iter().flat_map(|node| &self.core.nodes[*node].shapes);
        shapes
            .filter_map(|shape| match &shape.kind {
                Kind::Integer(integers) => {
                    let nearest = 0_i128.clamp(integers.low, integers.high);
                    Some((
                        integers.low + (nearest - integers.low) / integers.step * integers.step,
                        integers.step,
                    ))
                }
                _ => None,
            })
            .next()
            .unwrap_or((0, 1))
    }
}

/// All of it, each half, each quarter, and so on down to single ones.
fn chunks(length: usize, most: usize) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut size = length;
    while size > 0 {
        if length / size > most {
            break;
        }
        let mut start = 0;
        while start < length {
            ranges.push(start..(start + size).min(length));
            start += size;
        }
        size = if size == 1 { 0 } else { size.div_ceil(2) };
    }
    ranges
}

/// Numbers between the simplest one and this, the farthest first.
fn simpler_numbers(number: &Number, nearest: i128, step: i128) -> Vec<Value> {
    let mut numbers: Vec<Value> = Vec::new();
    match Exact::of(number) {
        Exact::Integer(integer) => {
            if number.is_f64() {
                numbers.extend(integer_value(integer));
            }
            if integer < 0 {
                numbers.extend(integer_value(-integer));
            }
            // From the goal towards the number, in halves.
            let mut distance = (integer - nearest) / step;
            while distance != 0 {
                let candidate = integer - distance * step;
                if number.is_f64() {
                    numbers.extend(Number::from_f64(candidate as f64).map(Value::Number));
                } else {
                    numbers.extend(integer_value(candidate));
                }
                distance /= 2;
            }
        }
        Exact::Float(float) => {
            numbers.extend(integer_value(0));
            if float.abs() < 1e18 {
                // Towards 0, and away from it where that is not allowed.
                numbers.extend(integer_value(float.trunc() as i128));
                numbers.extend(integer_value((float.trunc() + float.signum()) as i128));
            }
            let shorter = [
                float.trunc(),
                (float * 10.0).trunc() / 10.0,
                (float * 100.0).trunc() / 100.0,
                -float,
                float / 2.0,
                float / 1024.0,
            ];
            numbers.extend(
                shorter
                    .into_iter()
                    .filter_map(Number::from_f64)
                    .map(Value::Number),
            );
        }
    }
    let before = Value::Number(number.clone());
    numbers.retain(|simpler| simplicity(simpler, &before) == Ordering::Less);
    numbers
}

/// How far a character is from the simplest.
fn weight(c: char) -> u32 {
    match c {
        'a' => 0,
        '0' => 1,
        'b'..='z' => 2 + c as u32 - 'a' as u32,
        '1'..='9' => 2 + c as u32 - '0' as u32,
        'A' => 30,
        ' ' => 31,
        'B'..='Z' => 32,
        _ if c.is_ascii_graphic() => 40,
        _ if c.is_ascii() => 50,
        _ => 60,
    }
}

/// Which of two values is the simpler: by type, by size, by weight.
fn simplicity(a: &Value, b: &Value) -> Ordering {
    match (a, b) {
        (Value::Bool(a), Value::Bool(b)) => a.cmp(b),
        (Value::Number(a), Value::Number(b)) => number_simplicity(a, b),
        _ => size(a).cmp(&size(b)),
    }
}

fn number_simplicity(a: &Number, b: &Number) -> Ordering {
    let fraction = |number: &Number| match Exact::of(number) {
        Exact::Integer(_) => usize::from(number.is_f64()),
        Exact::Float(float) => 1 + format!("{float}").len(),
    };
    let magnitude = |number: &Number| Exact::of(number).to_f64().abs();
    let negative = |number: &Number| Exact::of(number).to_f64().is_sign_negative();
    let whole = |number: &Number| matches!(Exact::of(number), Exact::Integer(_));
    whole(b)
        .cmp(&whole(a))
        .then_with(|| magnitude(a).total_cmp(&magnitude(b)))
        .then_with(|| match (Exact::of(a), Exact::of(b)) {
            // Beyond 2^53 floats are too coarse to tell.
            (Exact::Integer(a), Exact::Integer(b)) => a.abs().cmp(&b.abs()),
            _ => Ordering::Equal,
        })
        .then_with(|| fraction(a).cmp(&fraction(b)))
        .then_with(|| negative(a).cmp(&negative(b)))
}

/// How many parts, of how complex types, how many characters, and how heavy these are.
///
/// Numbers do not weigh: their order is another, and two orders would let shrinking go round in circles.
fn size(value: &Value) -> [u64; 4] {
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) => [1, rank(value), 0, 0],
        Value::String(text) => {
            let weights = text.chars().map(|c| u64::from(weight(c))).sum();
            [1, rank(value), text.chars().count() as u64, weights]
        }
        Value::Array(items) => items.iter().map(size).fold([1, rank(value), 0, 0], add),
        Value::Object(members) => {
            let named = members
                .iter()
                .map(|(name, member)| add(size(member), [0, 0, name.len() as u64, 0]));
            named.fold([1, rank(value), 0, 0], add)
        }
    }
}

fn rank(value: &Value) -> u64 {
    match value {
        Value::Null => 0,
        Value::Bool(_) => 1,
        Value::Number(_) => 2,
        Value::String(_) => 3,
        Value::Array(_) => 4,
        Value::Object(_) => 5,
    }
}

fn add(a: [u64; 4], b: [u64; 4]) -> [u64; 4] {
    [a[0] + b[0], a[1] + b[1], a[2] + b[2], a[3] + b[3]]
}
