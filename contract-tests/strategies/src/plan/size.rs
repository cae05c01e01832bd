//! How large the smallest value of a node is, and how many values it has.
//!
//! Sizes serve three ends: what has none has no value, the smallest shape is where a value comes to its end, and what
//! is too large is refused before anybody draws it. Values are finite, so that sizes are the least solution: a list
//! whose every item must hold another such list has none.

use super::build::Builder;
use super::shape::{Arrays, Kind, NodeId, Objects};

/// A value that must have more parts and characters than this is not drawn.
const HEAVIEST: u64 = 1 << 21;

/// A value that must be nested deeper than this is not drawn: readers of JSON refuse what is nested too deep,
/// `serde_json` at 128.
const DEEPEST: u32 = 96;

/// The size of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Size {
    /// How many parts and characters it has.
    pub(crate) weight: u64,
    /// How deep it is nested.
    pub(crate) depth: u32,
}

/// Why a shape has no size.
pub(super) enum NoSize {
    /// It has no value.
    Empty,
    /// What it asks for.
    TooLarge(&'static str),
}

/// The size of a value whose parts are added.
struct Sum {
    size: Size,
}

impl Sum {
    fn new() -> Sum {
        Sum {
            size: Size {
                weight: 1,
                depth: 0,
            },
        }
    }

    fn add(&mut self, part: Size, times: u64) {
        self.size.weight = part
            .weight
            .saturating_mul(times)
            .saturating_add(self.size.weight);
        self.size.depth = self.size.depth.max(part.depth + 1);
    }

    fn total(self) -> Result<Size, NoSize> {
        if self.size.weight > HEAVIEST {
            Err(NoSize::TooLarge("the values it asks for are too large"))
        } else if self.size.depth > DEEPEST {
            Err(NoSize::TooLarge(
                "the values it asks for are nested too deep",
            ))
        } else {
            Ok(self.size)
        }
    }
}

impl Builder {
    /// Measures sizes until none changes.
    pub(super) fn measure(&mut self, from: NodeId) {
        for node in from..self.nodes.len() {
            self.nodes[node].size = None;
            self.nodes[node]
                .shapes
                .iter_mut()
                .for_each(|shape| shape.size = None);
        }
        let mut changed = true;
        while changed {
            changed = false;
            // The last were found from those before them, so that most are measured in one round.
            for node in (from..self.nodes.len()).rev() {
                let mut smallest: Option<Size> = None;
                for shape in 0..self.nodes[node].shapes.len() {
                    let size = self.size(&self.nodes[node].shapes[shape].kind).ok();
                    changed |= size != self.nodes[node].shapes[shape].size;
                    self.nodes[node].shapes[shape].size = size;
                    smallest = smallest.into_iter().chain(size).min();
                }
                self.nodes[node].size = smallest;
            }
        }
        for node in from..self.nodes.len() {
            for shape in 0..self.nodes[node].shapes.len() {
                let size = self.size(&self.nodes[node].shapes[shape].kind);
                if let Err(NoSize::TooLarge(reason)) = size {
                    let sources = self.nodes[node].sources.clone();
                    self.give_up(&sources, reason);
                }
            }
        }
    }

    fn of(&self, node: NodeId) -> Result<Size, NoSize> {
        self.nodes[node].size.ok_or(NoSize::Empty)
    }

    fn size(&self, kind: &Kind) -> Result<Size, NoSize> {
        match kind {
            Kind::Array(array) => self.size_of_array(array),
            Kind::Object(object) => self.size_of_object(object),
            Kind::Text(texts) => {
                let shortest = texts.patterns.iter().map(|pattern| pattern.shortest());
                let mut sum = Sum::new();
                sum.size.weight += shortest.fold(texts.least, u64::max);
                sum.total()
            }
            _ => Sum::new().total(),
        }
    }

    fn size_of_array(&self, array: &Arrays) -> Result<Size, NoSize> {
        let mut sum = Sum::new();
        let direct = array.intruders.len() as u64;
        let needed = array
            .least
            .max(array.reach.map_or(0, |index| index as u64 + 1));
        for node in array.prefix.iter().take(needed as usize) {
            sum.add(self.of(*node)?, 1);
        }
        for node in &array.intruders {
            sum.add(self.of(*node)?, 1);
        }
        let others = needed.saturating_sub(array.prefix.len() as u64 + direct);
        if others > 0 {
            sum.add(self.of(array.items)?, others);
        }
        if array.unique && array.prefix.is_empty() && needed > 0 {
            let different = self.count(array.items, 0);
            if different.is_some_and(|count| count.saturating_add(direct) < needed) {
                return Err(NoSize::Empty);
            }
        }
        sum.total()
    }

    fn size_of_object(&self, object: &Objects) -> Result<Size, NoSize> {
        let mut sum = Sum::new();
        for member in object.members.iter().filter(|member| member.required) {
            sum.add(self.of(member.node)?, 1);
        }
        for intruder in &object.intruders {
            sum.add(self.of(intruder.node)?, 1);
            if let Some(names) = intruder.names {
                self.of(names)?;
            }
        }
        let required = object.members.iter().filter(|member| member.required);
        let certain = (required.count() + object.intruders.len()) as u64;
        let mut missing = object.least.saturating_sub(certain);
        if missing > 0 {
            let optional = object.members.iter().filter(|member| !member.required);
            let mut sizes: Vec<Size> = optional
                .filter_map(|member| self.nodes[member.node].size)
                .collect();
            sizes.sort_unstable();
            for size in sizes.into_iter().take(missing as usize) {
                missing -= 1;
                sum.add(size, 1);
            }
        }
        if missing > 0 {
            let families = object.families.iter().map(|family| family.node);
            let named = object
                .names
                .is_none_or(|names| self.nodes[names].size.is_some());
            let extra = object.extra.filter(|_| named).into_iter().chain(families);
            let smallest = extra.filter_map(|node| self.nodes[node].size).min();
            sum.add(smallest.ok_or(NoSize::Empty)?, missing);
        }
        sum.total()
    }

    /// How many different values the node has, at most; `None` where nobody counts them.
    pub(super) fn count(&self, node: NodeId, depth: usize) -> Option<u64> {
        if depth > 4 {
            return None;
        }
        let shapes = self.nodes[node].shapes.iter();
        shapes
            .filter(|shape| shape.size.is_some())
            .try_fold(0, |sum: u64, shape| {
                sum.checked_add(self.count_kind(&shape.kind, depth)?)
            })
    }

    fn count_kind(&self, kind: &Kind, depth: usize) -> Option<u64> {
        match kind {
            Kind::Null => Some(1),
            Kind::Boolean => Some(2),
            Kind::Constants(values) => Some(values.len() as u64),
            Kind::Integer(integers) => {
                u64::try_from((integers.high - integers.low) / integers.step + 1).ok()
            }
            Kind::Text(texts) if texts.most == Some(0) => Some(1),
            Kind::Object(object)
                if object.extra.is_none()
                    && object.families.is_empty()
                    && object.intruders.is_empty() =>
            {
                object.members.iter().try_fold(1, |product: u64, member| {
                    let own = match self.nodes[member.node].size {
                        Some(_) => self.count(member.node, depth + 1)?,
                        None => 0,
                    };
                    product.checked_mul(own + u64::from(!member.required))
                })
            }
            Kind::Array(array) if array.most == 0 => Some(1),
            _ => None,
        }
    }
}
