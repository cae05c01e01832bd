//! The boundaries of whole values, made of those of their parts.

use std::collections::HashMap;

use serde_json::Value;

use super::{Edges, LONGEST_ARRAY, MOST, may_be_extra, smallest};
use crate::plan::{Arrays, Kind, NodeId, Objects};

/// How deep in a value boundaries are looked for.
const DEEPEST: usize = 16;

impl Edges<'_> {
    /// How deep boundaries are looked for, so that there are about as many as may be: in a schema of many parts, those
    /// of the parts of its parts would crowd out its own.
    pub(super) fn depth(&self, root: NodeId) -> usize {
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
    pub(super) fn of_node(&self, node: NodeId, depth: usize, way: &mut Vec<NodeId>) -> Vec<Value> {
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
