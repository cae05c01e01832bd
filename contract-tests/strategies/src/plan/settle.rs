//! Finds which nodes have a value, and drops what has none.
//!
//! A node has a value where one of its shapes has; an object where every member that it needs has one. What is dropped
//! because the search for a value was given up is noted, so that it is never called unsatisfiable.

use proptest::test_runner::{RngAlgorithm, TestRng};

use super::build::Builder;
use super::shape::{Kind, NodeId, Shape};
use crate::draw::Draw;
use crate::judge::Judge;
use crate::source::Source;

/// How often a value of a doubtful shape is drawn before it is given up.
const TRIALS: u64 = 256;

/// How many parts and characters are drawn in search of one value of a doubtful shape.
const WORK: u64 = 1 << 22;

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
        self.drop_empty(from);
        // The flat ones first: those that contain them are drawn from them.
        let mut order: Vec<NodeId> = (from..self.nodes.len()).collect();
        order.sort_by_key(|node| (self.nodes[*node].size.is_none(), self.nodes[*node].size));
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
        self.drop_empty(from);
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
                    (0..trials(shape)).any(|_| draw.shape(shape, 0).is_some())
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

    /// Drops what has no size.
    fn drop_empty(&mut self, from: NodeId) {
        for node in from..self.nodes.len() {
            let mut shapes = std::mem::take(&mut self.nodes[node].shapes);
            shapes.retain(|shape| shape.size.is_some());
            for shape in &mut shapes {
                self.prune(&mut shape.kind);
            }
            self.nodes[node].shapes = shapes;
        }
    }

    /// Drops the parts of a shape that have no value.
    fn prune(&self, kind: &mut Kind) {
        let has = |node: &NodeId| self.nodes[*node].size.is_some();
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

    /// Whether the root can be drawn from, and if not, why.
    pub(crate) fn refuse_empty(&self, root: NodeId) -> Result<(), crate::Unsupported> {
        if self.nodes[root].size.is_some() {
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

/// How often it is worth while to try: large values take long.
fn trials(shape: &Shape) -> u64 {
    let weight = shape.size.map_or(1, |size| size.weight);
    (WORK / weight.max(1)).clamp(2, TRIALS)
}
