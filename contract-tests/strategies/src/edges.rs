//! The simplest value of a node, and the values at its boundaries.

use std::cell::Cell;
use std::collections::{HashMap, HashSet};

use proptest::test_runner::{RngAlgorithm, TestRng};
use serde_json::{Map, Number, Value};

use crate::draw::{Draw, integer_value, is_float_of, is_text_of, simple_formats};
use crate::judge::{Exact, Verdict, equal};
use crate::plan::{Arrays, Floats, Integers, Kind, NodeId, Objects, Shape, Texts};
use crate::source::Source;
use crate::values::Core;

/// How many boundary values a schema may have.
const MOST: usize = 4096;

/// How deep in a value boundaries are looked for.
const DEEPEST: usize = 16;

/// How deep the value goes that has everything it may have, and of how many parts it is.
const DEEPEST_FULL: usize = 12;
const MOST_PARTS: usize = 1 << 15;

/// How many parts all boundaries have together.
const MOST_PARTS_OF_ALL: usize = 1 << 20;

/// The longest text that is made to reach a `maxLength`.
const LONGEST_TEXT: u64 = 65_536;

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
    let mut parts = MOST_PARTS;
    let fullest = edges.fullest(root, DEEPEST_FULL, &mut parts);
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

    /// The value that has every optional member, and every array as long as it may be.
    fn fullest(&self, node: NodeId, depth: usize, parts: &mut usize) -> Option<Value> {
        let shapes = &self.core.nodes[node].shapes;
        let fullest = shapes
            .iter()
            .rev()
            .max_by_key(|shape| shape.kind.parts().len())?;
        let exact = fullest.residual.is_empty() && fullest.excluded.is_empty();
        if depth == 0 || *parts == 0 || !exact {
            return self.simplest(node);
        }
        *parts -= 1;
        let full = match &fullest.kind {
            Kind::Object(object) => self.fullest_object(object, depth, parts),
            Kind::Array(array) if !array.unique && !array.repeated => {
                let item = self.fullest(array.items, depth - 1, parts);
                let size = item.as_ref().map_or(1, count_parts);
                let longest = Some(array.most).filter(|most| *most <= LONGEST_ARRAY);
                let behind = array.prefix.len() as u64;
                let longest = longest.unwrap_or((behind + 1).max(array.least).min(array.most));
                let fits = (*parts / size) as u64 + behind;
                let mut items = self.array_of(array, longest.min(fits).max(array.least));
                if let (Some(items), Some(item)) = (&mut items, item) {
                    *parts = parts.saturating_sub(items.len() * size);
                    let free = array.prefix.len() + array.intruders.len();
                    items
                        .iter_mut()
                        .skip(free)
                        .for_each(|place| *place = item.clone());
                }
                items.map(Value::Array)
            }
            _ => None,
        };
        full.or_else(|| self.simplest(node))
    }

    fn fullest_object(&self, object: &Objects, depth: usize, parts: &mut usize) -> Option<Value> {
        let mut members = self.least_object(object)?;
        for member in &object.members {
            let room = (members.len() as u64) < object.most;
            if room || members.contains_key(&member.name) {
                let value = self.fullest(member.node, depth - 1, parts);
                members.extend(value.map(|value| (member.name.clone(), value)));
            }
        }
        Some(Value::Object(members))
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

    /// How deep boundaries are looked for, so that there are about as many as may be: in a schema of many parts, those
    /// of the parts of its parts would crowd out its own.
    fn depth(&self, root: NodeId) -> usize {
        let mut counts: HashMap<(NodeId, usize), usize> = HashMap::new();
        let mut depth = 1;
        while depth < DEEPEST && self.count(root, depth + 1, &mut counts) <= MOST {
            depth += 1;
        }
        depth
    }

    /// About how many boundaries the node has where they are looked for that deep.
    fn count(
        &self,
        node: NodeId,
        depth: usize,
        counts: &mut HashMap<(NodeId, usize), usize>,
    ) -> usize {
        if depth == 0 {
            return 1;
        }
        if let Some(known) = counts.get(&(node, depth)) {
            return *known;
        }
        let mut count = 0_usize;
        for shape in &self.core.nodes[node].shapes {
            count += 4;
            for part in shape.kind.parts() {
                count = count.saturating_add(self.count(part, depth - 1, counts));
            }
        }
        counts.insert((node, depth), count);
        count
    }

    /// The boundaries of the node that lie no deeper than that. On the way are the nodes that contain it.
    fn of_node(&self, node: NodeId, depth: usize, way: &mut Vec<NodeId>) -> Vec<Value> {
        if depth == 0 || way.contains(&node) {
            return self.simplest(node).into_iter().collect();
        }
        way.push(node);
        let mut values = Vec::new();
        for shape in &self.core.nodes[node].shapes {
            if values.len() > MOST {
                break;
            }
            match &shape.kind {
                Kind::Null => values.push(Value::Null),
                Kind::Boolean => values.extend([false, true].map(Value::Bool)),
                Kind::Constants(constants) => values.extend(constants.iter().cloned()),
                Kind::Integer(integers) => values.extend(self.integers(integers)),
                Kind::Float(floats) => values.extend(self.floats(floats)),
                Kind::Text(texts) => values.extend(self.texts(texts)),
                Kind::Array(array) => values.extend(self.arrays(array, depth - 1, way)),
                Kind::Object(object) => values.extend(self.objects(object, depth - 1, way)),
            }
            // Where a value has to be checked, or has parts that must differ, some that were drawn help out.
            let searched =
                matches!(&shape.kind, Kind::Array(array) if array.unique || array.repeated);
            if !shape.residual.is_empty() || searched {
                values.extend(self.sample_shape(shape));
            }
        }
        way.pop();
        values
    }

    /// The simplest first.
    fn integers(&self, integers: &Integers) -> Vec<Value> {
        let Integers {
            low,
            high,
            step,
            not_multiples,
        } = integers;
        let nearest = low + (0_i128.clamp(*low, *high) - low) / step * step;
        let zero = (*low..=*high).contains(&0) && low % step == 0;
        let middle = if zero { 0 } else { nearest };
        [
            middle,
            middle + step,
            middle - step,
            *low,
            low + step,
            *high,
            high - step,
        ]
        .into_iter()
        .filter(|value| (*low..=*high).contains(value))
        .filter(|value| {
            not_multiples
                .iter()
                .all(|m| m.judge(Exact::Integer(*value)) == Verdict::No)
        })
        .filter_map(integer_value)
        .collect()
    }

    fn floats(&self, floats: &Floats) -> Vec<Value> {
        let near = 0.0_f64.clamp(floats.low, floats.high);
        let step = floats.step.map_or(0.5, |step| {
            step.mantissa as f64 * 10_f64.powi(step.exponent)
        });
        let inside = [near, near.trunc() + step, near.trunc() - step];
        [
            inside.as_slice(),
            &[-0.0, floats.low, floats.high, 0.1, 1e-7, 1e21],
        ]
        .concat()
        .into_iter()
        .filter(|value| is_float_of(floats, *value))
        .filter_map(Number::from_f64)
        .map(Value::Number)
        .collect()
    }

    fn texts(&self, texts: &Texts) -> Vec<Value> {
        let mut found: Vec<String> = Vec::new();
        if texts.patterns.is_empty() && texts.formats.is_empty() {
            let of = |c: &str, length: u64| c.repeat(usize::try_from(length).unwrap_or(0));
            found.push(of("a", texts.least.min(LONGEST_TEXT)));
            if let Some(most) = texts.most.filter(|most| *most <= LONGEST_TEXT) {
                found.push(of("a", most));
                found.push(of("😀", most));
            }
            found.extend(["null", " a ", "e\u{301}", "\0", "שלום"].map(str::to_owned));
        }
        for format in texts.formats.iter().chain(&texts.not_formats) {
            found.extend(
                simple_formats(*format)
                    .iter()
                    .map(|text| (*text).to_owned()),
            );
        }
        for pattern in &texts.patterns {
            found.extend(self.ends_of_pattern(pattern, texts.least, texts.most));
        }
        found.retain(|text| is_text_of(texts, text));
        found.into_iter().map(Value::String).collect()
    }

    /// The shortest and the longest of some texts that match.
    fn ends_of_pattern(
        &self,
        pattern: &crate::pattern::Pattern,
        least: u64,
        most: Option<u64>,
    ) -> Vec<String> {
        let mut rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[3; 32]);
        let mut source = Source::new(&mut rng);
        let shortest = pattern.shortest().max(least);
        let longest = [pattern.longest(), most]
            .into_iter()
            .flatten()
            .min()
            .filter(|most| *most <= LONGEST_TEXT);
        let mut ends = Vec::new();
        for length in [Some(shortest), Some(shortest + 1), longest, None]
            .into_iter()
            .flatten()
        {
            let texts =
                (0..SAMPLES).filter_map(|_| pattern.draw(&mut source, length, Some(length)));
            let fitting = texts.filter(|text| pattern.judge(text) == Verdict::Yes);
            ends.extend(fitting.min_by_key(|text| (text.chars().count(), text.clone())));
        }
        let any = (0..SAMPLES).filter_map(|_| pattern.draw(&mut source, least, most));
        ends.extend(any.min_by_key(|text| (text.chars().count(), text.clone())));
        ends
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

    fn arrays(&self, array: &Arrays, depth: usize, way: &mut Vec<NodeId>) -> Vec<Value> {
        let mut values = Vec::new();
        let longest = Some(array.most).filter(|most| *most <= LONGEST_ARRAY);
        let lengths = [Some(array.least), Some(array.least + 1), longest]
            .into_iter()
            .flatten();
        let mut lengths: Vec<u64> = lengths.filter(|length| *length <= array.most).collect();
        lengths.dedup();
        for length in lengths {
            if array.unique && length > 1 {
                values.extend(self.different(array, length));
            } else {
                values.extend(self.array_of(array, length).map(Value::Array));
            }
        }
        // Each boundary of an item, in an array as short as may be.
        let place = array.prefix.len();
        if array.most > place as u64 {
            let length = array.least.max(place as u64 + 1);
            let frame = if array.unique && length > 1 {
                self.different(array, length)
                    .and_then(|value| value.as_array().cloned())
            } else {
                self.array_of(array, length)
            };
            for item in self.of_node(array.items, depth, way) {
                if let Some(mut items) = frame.clone() {
                    items[place] = item;
                    let value = Value::Array(items);
                    if !self.afford(&value) {
                        break;
                    }
                    values.push(value);
                }
            }
        }
        for (index, node) in array.prefix.iter().enumerate() {
            for item in self.of_node(*node, depth, way) {
                if let Some(mut items) = self.array_of(array, array.least.max(index as u64 + 1)) {
                    items[index] = item;
                    values.push(Value::Array(items));
                }
            }
        }
        values
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

    fn objects(&self, object: &Objects, depth: usize, way: &mut Vec<NodeId>) -> Vec<Value> {
        let mut values = Vec::new();
        let base = self.least_object(object).or_else(|| {
            let sample = smallest(self.draw(|draw| draw.object(object, 0)));
            sample.and_then(|value| value.as_object().cloned())
        });
        let Some(base) = base else { return values };
        values.push(Value::Object(base.clone()));
        let mut all = base.clone();
        for member in &object.members {
            if !all.contains_key(&member.name) {
                all.extend(
                    self.simplest(member.node)
                        .map(|value| (member.name.clone(), value)),
                );
            }
        }
        values.push(Value::Object(all.clone()));
        let optional = || object.members.iter().filter(|member| !member.required);
        let whole = Value::Object(all.clone());
        for member in optional().take_while(|_| self.afford(&whole)) {
            let mut without = all.clone();
            without.remove(&member.name);
            values.push(Value::Object(without));
        }
        let alone = Value::Object(base.clone());
        for member in optional().take_while(|_| self.afford(&alone)) {
            let mut alone = base.clone();
            alone.extend(
                all.get(&member.name)
                    .map(|value| (member.name.clone(), value.clone())),
            );
            values.push(Value::Object(alone));
        }
        for member in &object.members {
            for value in self.of_node(member.node, depth, way) {
                if !self.afford(&alone) {
                    break;
                }
                let mut with = base.clone();
                with.insert(member.name.clone(), value);
                values.push(Value::Object(with));
            }
        }
        if let Some(extra) = object.extra {
            let named = match object.names {
                Some(names) => self.simplest(names).into_iter().collect(),
                None => ["extra", "another"].map(Value::from).to_vec(),
            };
            let mut named = named.iter().filter_map(Value::as_str);
            let name = named.find(|name| may_be_extra(object, name));
            for value in if object.members.is_empty() {
                self.of_node(extra, depth, way)
            } else {
                self.simplest(extra).into_iter().collect()
            } {
                let mut with = base.clone();
                with.extend(name.map(|name| (name.to_owned(), value)));
                values.push(Value::Object(with));
            }
        }
        for family in &object.families {
            for value in self.of_node(family.node, depth, way) {
                let mut with = base.clone();
                with.extend(family.samples.first().map(|name| (name.clone(), value)));
                values.push(Value::Object(with));
            }
        }
        // As many members as may be, where that is few.
        if object.most <= LONGEST_ARRAY
            && (object.extra.is_some() || object.members.len() as u64 > object.most)
        {
            let full = Objects {
                least: object.most,
                ..object.clone()
            };
            let mut members = base;
            self.fill(&full, &mut members);
            values.push(Value::Object(members));
        }
        values
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
