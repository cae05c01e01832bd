//! Finds which nodes have a value, and drops what has none.
//!
//! A node has a value where one of its shapes has; an object where every member that it needs has one. Values are
//! finite, so that this is the least solution: a list whose every item must hold another such list has none. What is
//! dropped because the search for a value was given up is noted, so that it is never called unsatisfiable.

use proptest::test_runner::{RngAlgorithm, TestRng};

use super::build::Builder;
use super::shape::{Kind, NodeId, Shape};
use crate::draw::Draw;
use crate::judge::Judge;
use crate::source::Source;

/// How often a value of a doubtful shape is drawn before it is given up.
const TRIALS: usize = 256;

impl Builder {
    /// Settles the nodes from that one on; those before it are settled.
    pub(crate) fn settle(&mut self, from: NodeId) {
        for node in from..self.nodes.len() {
            self.drop_failing(node, |shape| match &shape.kind {
                Kind::Text(texts) => !texts.are_free(),
                Kind::Float(_) => true,
                Kind::Integer(integers) => !integers.not_multiples.is_empty(),
                _ => false,
            });
        }
        self.measure(from);
        // The flat ones first: those that contain them are drawn from them.
        let mut order: Vec<NodeId> = (from..self.nodes.len()).collect();
        order.sort_by_key(|node| self.nodes[*node].height.unwrap_or(u32::MAX));
        for node in order {
            self.drop_failing(node, |shape| {
                let searched = match &shape.kind {
                    Kind::Array(array) => array.unique || array.repeated,
                    Kind::Object(object) => !object.families.is_empty() || object.names.is_some(),
                    _ => false,
                };
                searched || !shape.residual.is_empty() || !shape.excluded.is_empty()
            });
        }
        self.measure(from);
    }

    /// Drops the node's doubtful shapes that no value can be drawn from.
    fn drop_failing(&mut self, node: NodeId, is_doubtful: impl Fn(&Shape) -> bool) {
        let shapes = self.nodes[node].shapes.clone();
        let kept: Vec<bool> = shapes
            .iter()
            .map(|shape| {
                !is_doubtful(shape) || {
                    let mut rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
                    let mut draw = Draw::new(&self.judge, &self.nodes, Source::new(&mut rng));
                    (0..TRIALS).any(|_| draw.shape(shape, 0).is_some())
                }
            })
            .collect();
        if kept.iter().all(|kept| *kept) {
            return;
        }
        let sources = self.nodes[node].sources.clone();
        self.give_up(&sources, "no value was found that keeps all of it");
        let mut kept = kept.into_iter();
        self.nodes[node]
            .shapes
            .retain(|_| kept.next().unwrap_or(true));
    }

    /// Measures heights until none changes, then drops what has none.
    fn measure(&mut self, from: NodeId) {
        for node in from..self.nodes.len() {
            self.nodes[node].height = None;
            self.nodes[node]
                .shapes
                .iter_mut()
                .for_each(|shape| shape.height = None);
        }
        loop {
            let mut changed = false;
            for node in from..self.nodes.len() {
                let mut lowest: Option<u32> = None;
                for shape in 0..self.nodes[node].shapes.len() {
                    let height = self.height(&self.nodes[node].shapes[shape].kind);
                    changed |= height != self.nodes[node].shapes[shape].height;
                    self.nodes[node].shapes[shape].height = height;
                    lowest = lowest.into_iter().chain(height).min();
                }
                self.nodes[node].height = lowest;
            }
            if !changed {
                break;
            }
        }
        for node in from..self.nodes.len() {
            let mut shapes = std::mem::take(&mut self.nodes[node].shapes);
            shapes.retain(|shape| shape.height.is_some());
            for shape in &mut shapes {
                self.prune(&mut shape.kind);
            }
            self.nodes[node].shapes = shapes;
        }
    }

    fn height(&self, kind: &Kind) -> Option<u32> {
        let of = |node: NodeId| self.nodes[node].height;
        match kind {
            Kind::Array(array) => {
                let mut height = 0;
                let direct = array.intruders.len() as u64;
                let needed = array
                    .least
                    .max(array.reach.map_or(0, |index| index as u64 + 1));
                for node in array.prefix.iter().take(needed as usize) {
                    height = height.max(of(*node)? + 1);
                }
                for node in &array.intruders {
                    height = height.max(of(*node)? + 1);
                }
                if needed > array.prefix.len() as u64 + direct {
                    height = height.max(of(array.items)? + 1);
                }
                if array.unique && array.prefix.is_empty() && needed > 0 {
                    let different = self.count(array.items, 0);
                    if different.is_some_and(|count| count.saturating_add(direct) < needed) {
                        return None;
                    }
                }
                Some(height)
            }
            Kind::Object(object) => {
                let mut height = 0;
                for member in object.members.iter().filter(|member| member.required) {
                    height = height.max(of(member.node)? + 1);
                }
                for intruder in &object.intruders {
                    height = height.max(of(intruder.node)? + 1);
                    intruder.names.map_or(Some(0), of)?;
                }
                let certain = object
                    .members
                    .iter()
                    .filter(|member| member.required)
                    .count() as u64
                    + object.intruders.len() as u64;
                if certain < object.least {
                    let mut optional: Vec<u32> = object
                        .members
                        .iter()
                        .filter(|member| !member.required)
                        .filter_map(|member| of(member.node))
                        .collect();
                    optional.sort_unstable();
                    let mut missing = object.least - certain;
                    for own in optional {
                        if missing == 0 {
                            break;
                        }
                        missing -= 1;
                        height = height.max(own + 1);
                    }
                    if missing > 0 {
                        let families = object.families.iter().map(|family| family.node);
                        let named = object.names.map_or(Some(0), of).is_some();
                        let extra = object
                            .extra
                            .into_iter()
                            .filter(|_| named)
                            .chain(families)
                            .filter_map(of)
                            .min()?;
                        height = height.max(extra + 1);
                    }
                }
                Some(height)
            }
            _ => Some(0),
        }
    }

    /// Drops the parts of a shape that have no value.
    fn prune(&self, kind: &mut Kind) {
        let has = |node: &NodeId| self.nodes[*node].height.is_some();
        match kind {
            Kind::Array(array) => {
                if let Some(end) = array.prefix.iter().position(|node| !has(node)) {
                    array.prefix.truncate(end);
                    array.most = array.most.min(end as u64);
                } else if !has(&array.items) {
                    let direct = array.intruders.len() as u64;
                    array.most = array.most.min(array.prefix.len() as u64 + direct);
                }
                if array.unique
                    && array.prefix.is_empty()
                    && let Some(count) = self.count(array.items, 0)
                {
                    array.most = array
                        .most
                        .min(count.saturating_add(array.intruders.len() as u64));
                }
            }
            Kind::Object(object) => {
                object.members.retain(|member| has(&member.node));
                object.families.retain(|family| has(&family.node));
                object.extra = object.extra.filter(has);
                if object.names.is_some_and(|names| !has(&names)) {
                    object.extra = None;
                }
            }
            _ => {}
        }
    }

    /// How many different values the node has, at most; `None` where nobody counts them.
    fn count(&self, node: NodeId, depth: usize) -> Option<u64> {
        if depth > 4 {
            return None;
        }
        self.nodes[node]
            .shapes
            .iter()
            .filter(|shape| shape.height.is_some())
            .try_fold(0, |sum: u64, shape| {
                let own = match &shape.kind {
                    Kind::Null => 1,
                    Kind::Boolean => 2,
                    Kind::Constants(values) => values.len() as u64,
                    Kind::Integer(integers) => {
                        u64::try_from((integers.high - integers.low) / integers.step + 1).ok()?
                    }
                    Kind::Text(texts) if texts.most == Some(0) => 1,
                    _ => return None,
                };
                sum.checked_add(own)
            })
    }

    /// Whether the root can be drawn from, and if not, why.
    pub(crate) fn refuse_empty(&self, root: NodeId) -> Result<(), crate::Unsupported> {
        if self.nodes[root].height.is_some() {
            return Ok(());
        }
        Err(match &self.undecided {
            Some((pointer, reason)) => crate::Unsupported::Undecided {
                pointer: pointer.clone(),
                reason: reason.clone(),
            },
            None => crate::Unsupported::Unsatisfiable {
                pointer: self.judge.get(Judge::ROOT).pointer.clone(),
            },
        })
    }
}
