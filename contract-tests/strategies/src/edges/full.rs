//! The value that has everything it may have.

use serde_json::Value;

use super::{Edges, LONGEST_ARRAY, MOST_PARTS, count_parts};
use crate::plan::{Kind, NodeId, Objects};

/// How deep the value goes that has everything it may have.
const DEEPEST: usize = 12;

impl Edges<'_> {
    /// The value that has every optional member, and every array as long as it may be.
    pub(super) fn full(&self, node: NodeId) -> Option<Value> {
        let mut parts = MOST_PARTS;
        self.fullest(node, DEEPEST, &mut parts)
    }

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
}
