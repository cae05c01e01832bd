//! Which edits to try, the boldest first.
//!
//! Halves are dropped before quarters, and single parts last; what one edit alone cannot do, because the value would
//! leave the set, two parts dropped together or equal items changed together may.

use std::cmp::Ordering;
use std::ops::Range;

use serde_json::{Map, Value};

use super::edit::{Change, Edit, Segment};
use super::number::simpler_numbers;
use super::simplicity::{simplicity, weight};
use crate::draw::simple_formats;
use crate::edges;
use crate::judge::{Format, Verdict};
use crate::plan::{Kind, NodeId};
use crate::values::Core;

/// The longest text whose characters are tried one by one.
const LONGEST: usize = 4096;

/// Among so many parts each two are tried together.
const FEW: usize = 12;

/// How many edits are tried on equal items together.
const MOST_TOGETHER: usize = 256;

/// Every edit of the value that makes it simpler.
pub(crate) fn edits(core: &Core, root: NodeId, value: &Value) -> Vec<Edit> {
    let mut edits = Vec::new();
    Editor {
        core,
        edits: &mut edits,
    }
    .walk(value, &[root], &mut Vec::new());
    edits.extend(transplants(core, root, value));
    edits
}

/// The simplest values of the node with one part of this value put in place of one of theirs: what matters may be in
/// a part that need not be where it is.
fn transplants(core: &Core, root: NodeId, value: &Value) -> Vec<Edit> {
    let mut parts: Vec<&Value> = Vec::new();
    for (_, leaf) in leaves(value) {
        if !parts.contains(&leaf) {
            parts.push(leaf);
        }
    }
    let mut edits = Vec::new();
    for simple in edges::simple(core, root) {
        let places: Vec<Vec<Segment>> = leaves(&simple).into_iter().map(|leaf| leaf.0).collect();
        for part in parts.iter().take(FEW) {
            for way in places.iter().take(FEW) {
                let change = Change::Replace((*part).clone());
                let way = way.clone();
                let Some(changed) = Edit { way, change }.apply(&simple) else {
                    continue;
                };
                if simplicity(&changed, value) == Ordering::Less {
                    edits.push(Edit {
                        way: Vec::new(),
                        change: Change::Replace(changed),
                    });
                }
            }
        }
    }
    edits
}

/// Every text and number of the value, with the way to it.
fn leaves(value: &Value) -> Vec<(Vec<Segment>, &Value)> {
    let mut leaves = Vec::new();
    let mut open = vec![(Vec::new(), value)];
    while let Some((way, next)) = open.pop() {
        let mut enter = |segment: Segment, part| {
            let mut way: Vec<Segment> = way.clone();
            way.push(segment);
            open.push((way, part));
        };
        match next {
            Value::Array(items) => {
                let items = items.iter().enumerate();
                items.for_each(|(index, item)| enter(Segment::Item(index), item));
            }
            Value::Object(members) => {
                let members = members.iter();
                members.for_each(|(name, member)| enter(Segment::Member(name.clone()), member));
            }
            Value::String(_) | Value::Number(_) => leaves.push((way, next)),
            Value::Null | Value::Bool(_) => {}
        }
    }
    leaves
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
                let length = text.chars().count();
                let format = self.format(nodes, text);
                let known = format.map_or(&[][..], simple_formats);
                if known.first() == Some(&text.as_str()) {
                    return;
                }
                for (index, simple) in known.iter().enumerate() {
                    // The first counts as the simplest, however heavy its characters are.
                    let candidate = Value::from(*simple);
                    let lighter = simplicity(&candidate, value) == Ordering::Less;
                    if index == 0 && simple.len() <= length || lighter {
                        self.put(way, Change::Replace(candidate));
                    }
                }
                let shortest = self.shortest(nodes);
                for range in chunks(length, LONGEST) {
                    if length - range.len() >= shortest {
                        self.put(way, Change::DropChars(range));
                    }
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
                self.hoist(value, way);
                for (index, item) in items.iter().enumerate() {
                    way.push(Segment::Item(index));
                    self.walk(item, &self.below(nodes, way), way);
                    way.pop();
                }
                self.together(items, nodes, way);
                if items.len() <= FEW {
                    for second in 1..items.len() {
                        for first in 0..second {
                            self.put(way, Change::DropTwo(first, second));
                        }
                    }
                }
            }
            Value::Object(members) => {
                let names: Vec<&String> = members.keys().collect();
                for range in chunks(names.len(), usize::MAX) {
                    let dropped = names[range].iter().map(|name| (*name).clone()).collect();
                    self.put(way, Change::DropMembers(dropped));
                }
                self.hoist(value, way);
                for (name, member) in members {
                    way.push(Segment::Member(name.clone()));
                    self.walk(member, &self.below(nodes, way), way);
                    way.pop();
                    for simple in ["", "a"] {
                        if simple.len() < name.len() {
                            self.put(way, Change::Rename(name.clone(), simple.to_owned()));
                        }
                    }
                }
                self.swap(members, nodes, way);
                if names.len() <= FEW {
                    for (index, second) in names.iter().enumerate() {
                        for first in &names[..index] {
                            let two = vec![(*first).clone(), (*second).clone()];
                            self.put(way, Change::DropMembers(two));
                        }
                    }
                }
            }
        }
    }

    /// An optional member may stand for another that is longer.
    fn swap(&mut self, members: &Map<String, Value>, nodes: &[NodeId], way: &[Segment]) {
        let core = self.core;
        let shapes = nodes.iter().flat_map(|node| &core.nodes[*node].shapes);
        let objects = shapes.filter_map(|shape| match &shape.kind {
            Kind::Object(object) => Some(object),
            _ => None,
        });
        for object in objects.take(FEW) {
            let optional = || object.members.iter().filter(|member| !member.required);
            let absent = optional().filter(|member| !members.contains_key(&member.name));
            for other in absent.take(FEW) {
                // The simplest, which no other edit makes simpler: or else shrinking might go round in circles.
                let simple = edges::simple(core, other.node)
                    .into_iter()
                    .min_by(simplicity);
                let Some(simple) = simple else {
                    continue;
                };
                let length = other.name.len() + simple.to_string().len();
                for (name, member) in members.iter().take(FEW) {
                    let present = optional().any(|one| one.name == *name);
                    let own = name.len() + member.to_string().len();
                    if present && length < own {
                        let to = other.name.clone();
                        self.put(way, Change::Swap(name.clone(), to, simple.clone()));
                    }
                }
            }
        }
    }

    /// Parts of the value that may stand for the whole, as a branch may for a tree.
    fn hoist(&mut self, value: &Value, way: &[Segment]) {
        let mut parts = Vec::new();
        let mut open = vec![value];
        while let Some(next) = open.pop() {
            let below: Vec<&Value> = match next {
                Value::Array(items) => items.iter().collect(),
                Value::Object(members) => members.values().collect(),
                _ => Vec::new(),
            };
            let alike = |part: &&&Value| part.is_array() == value.is_array();
            parts.extend(
                below
                    .iter()
                    .filter(alike)
                    .filter(|part| part.is_array() || part.is_object())
                    .copied(),
            );
            open.extend(below);
            if parts.len() >= FEW {
                break;
            }
        }
        for part in parts.into_iter().take(FEW) {
            self.put(way, Change::Replace(part.clone()));
        }
    }

    /// Items that are equal, made simpler together.
    fn together(&mut self, items: &[Value], nodes: &[NodeId], way: &mut Vec<Segment>) {
        let mut seen: Vec<&Value> = Vec::new();
        for (index, item) in items.iter().enumerate().take(FEW * FEW) {
            if seen.contains(&item) || !items[index + 1..].contains(item) {
                continue;
            }
            seen.push(item);
            // What would be done to one of them is done to all.
            let mut edits = Vec::new();
            way.push(Segment::Item(index));
            let below = self.below(nodes, way);
            way.pop();
            let mut editor = Editor {
                core: self.core,
                edits: &mut edits,
            };
            editor.walk(item, &below, &mut Vec::new());
            for edit in edits.iter().take(MOST_TOGETHER) {
                if let Some(simpler) = edit.apply(item) {
                    self.put(way, Change::ReplaceAll(item.clone(), simpler));
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

    /// The format of the nodes that the text has.
    fn format(&self, nodes: &[NodeId], text: &str) -> Option<Format> {
        let shapes = nodes.iter().flat_map(|node| &self.core.nodes[*node].shapes);
        let formats = shapes.filter_map(|shape| match &shape.kind {
            Kind::Text(texts) => texts.formats.first().copied(),
            _ => None,
        });
        formats
            .into_iter()
            .find(|format| format.judge_text(text) == Verdict::Yes)
    }

    /// The length that no text of the nodes is below.
    fn shortest(&self, nodes: &[NodeId]) -> usize {
        let shapes = nodes.iter().flat_map(|node| &self.core.nodes[*node].shapes);
        let lengths = shapes.filter_map(|shape| match &shape.kind {
            Kind::Text(texts) => usize::try_from(texts.least).ok(),
            Kind::Constants(_) => Some(0),
            _ => None,
        });
        lengths.min().unwrap_or(0)
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
