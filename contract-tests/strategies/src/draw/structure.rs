//! Draws arrays and objects.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::Draw;
use super::number::integer_value;
use crate::judge::{Exact, Verdict, canonical, equal};
use crate::plan::{Arrays, Integers, Kind, NodeId, Objects, Shape};

/// How often another item or name is drawn in place of one that is there already.
const TRIES: usize = 16;

/// What the longest array or map may be longer than it must be, where nothing is said.
const REACH: u64 = 16;

/// Beyond this an array or map is as long as it may be only where boundaries are asked for.
const LONG: u64 = 64;

/// So many values are compared each with each.
const FEW: usize = 32;

/// How many integers are looked through for one that is not there yet.
const MOST_PARTS: i128 = 1 << 14;

/// Names for members that no schema names.
const NAMES: [&str; 16] = [
    "extra",
    "x",
    "",
    " ",
    "id",
    "type",
    "data",
    "__proto__",
    "constructor",
    "$ref",
    "a/b",
    "a~b",
    "0",
    "é",
    "null",
    "😀",
];

/// Values that others must differ from.
#[derive(Default)]
struct Known {
    few: Vec<Value>,
    /// By their canonical texts, where they are many.
    many: HashSet<String>,
    /// The integers below this one are known, if any is.
    next: i128,
}

impl Known {
    /// Adds the value; false where it is known.
    fn add(&mut self, value: &Value) -> bool {
        if self.many.is_empty() {
            let is_new = !self.few.iter().any(|other| equal(other, value));
            if is_new {
                self.few.push(value.clone());
            }
            if self.few.len() > FEW {
                self.many = self.few.iter().map(canonical).collect();
            }
            return is_new;
        }
        self.many.insert(canonical(value))
    }
}

impl Draw<'_> {
    pub(crate) fn array(&mut self, array: &Arrays, depth: usize) -> Option<Value> {
        self.containers -= 1;
        let least = array.least;
        let length = if self.must_be_flat(depth) {
            least
        } else {
            self.count(least, array.most)
        };
        let mut items: Vec<Value> = Vec::with_capacity(length as usize);
        let behind = (length as usize).saturating_sub(array.prefix.len());
        let mut intruders: Vec<usize> = Vec::new();
        while intruders.len() < array.intruders.len() {
            let at = array.prefix.len() + self.source.index(behind);
            // The next free place behind the prefix: there are as many as intruders at least.
            let free =
                (0..behind).map(|i| array.prefix.len() + (at - array.prefix.len() + i) % behind);
            intruders.push(free.into_iter().find(|at| !intruders.contains(at))?);
        }
        let mut known = Known::default();
        for index in 0..length as usize {
            let node = match array.prefix.get(index) {
                Some(node) => *node,
                None => match intruders.iter().position(|at| *at == index) {
                    Some(intruder) => array.intruders[intruder],
                    None => array.items,
                },
            };
            let item = if array.unique {
                self.other_than(&mut known, node, depth)
            } else {
                self.value(node, depth + 1)
            };
            match item {
                Some(item) => items.push(item),
                None if array.unique
                    && items.len() as u64 >= least
                    && array.intruders.is_empty() =>
                {
                    break;
                }
                None => return None,
            }
        }
        if array.repeated {
            let from = self.source.index(items.len());
            let to = (from + 1 + self.source.index(items.len() - 1)) % items.len();
            items[to] = items[from].clone();
        }
        Some(Value::Array(items))
    }

    /// A value of the node that is equal to none of those that are known.
    fn other_than(&mut self, known: &mut Known, node: NodeId, depth: usize) -> Option<Value> {
        for _ in 0..TRIES {
            let item = self.value(node, depth + 1)?;
            if known.add(&item) {
                return Some(item);
            }
        }
        // A node of few values: the first that is left.
        for shape in &self.nodes[node].shapes {
            let left = match &shape.kind {
                Kind::Null => Some(Value::Null).filter(|value| known.add(value)),
                Kind::Boolean => [false, true]
                    .map(Value::Bool)
                    .into_iter()
                    .find(|value| known.add(value)),
                Kind::Constants(values) => values.iter().find(|value| known.add(value)).cloned(),
                Kind::Integer(integers) => {
                    // Those before have been found to be known.
                    let next = known.next.max(integers.low);
                    let count = (integers.high - next) / integers.step + 1;
                    let mut left = (0..count.min(MOST_PARTS)).map(|i| next + i * integers.step);
                    let found = left.find_map(|value| {
                        known.next = value;
                        integer_value(value).filter(|value| known.add(value))
                    });
                    found.filter(|value| self.is_of(shape, value))
                }
                _ => None,
            };
            if left.is_some() {
                return left;
            }
        }
        None
    }

    fn is_of(&self, shape: &Shape, value: &Value) -> bool {
        let not_multiple = |integers: &Integers| {
            let number = value.as_number().map(Exact::of);
            integers
                .not_multiples
                .iter()
                .all(|multiple| number.is_some_and(|number| multiple.judge(number) == Verdict::No))
        };
        let kept = match &shape.kind {
            Kind::Integer(integers) => not_multiple(integers),
            _ => true,
        };
        kept && self.keeps(shape, value)
    }

    /// A number between the bounds, mostly small.
    fn count(&mut self, least: u64, most: u64) -> u64 {
        let high = if most <= LONG {
            most
        } else {
            most.min(least.saturating_add(REACH))
        };
        match self.source.below(16) {
            0 => high,
            1..=3 => least,
            _ => least + self.source.below(high.min(least + 4) - least + 1),
        }
    }

    pub(crate) fn object(&mut self, object: &Objects, depth: usize) -> Option<Value> {
        self.containers -= 1;
        let flat = self.must_be_flat(depth);
        let mut members = Map::new();
        // None, all, or a share of the optional members.
        let share = if flat {
            0
        } else {
            let drawn = [0, 64, 128, 128, 192, 256][self.source.index(6)];
            self.share.unwrap_or(drawn)
        };
        let required = object
            .members
            .iter()
            .filter(|member| member.required)
            .count() as u64;
        let intruders = object.intruders.len() as u64;
        let mut room = object.most.saturating_sub(required + intruders);
        for member in &object.members {
            let chosen = member.required || room > 0 && self.source.below(256) < share;
            if chosen {
                room -= u64::from(!member.required);
                match self.value(member.node, depth + 1) {
                    Some(value) => {
                        members.insert(member.name.clone(), value);
                    }
                    None if member.required => return None,
                    None => {}
                }
            }
        }
        for intruder in &object.intruders {
            self.extra(object, intruder.names, intruder.node, &mut members, depth)?;
        }
        // Optional ones that are needed for the count, from a random one on.
        let count = object.members.len();
        let start = self.source.index(count);
        for index in 0..count {
            if members.len() as u64 >= object.least {
                break;
            }
            let member = &object.members[(start + index) % count];
            if !members.contains_key(&member.name)
                && let Some(value) = self.value(member.node, depth + 1)
            {
                members.insert(member.name.clone(), value);
            }
        }
        self.extras(object, &mut members, flat, depth);
        (members.len() as u64 >= object.least && members.len() as u64 <= object.most)
            .then_some(Value::Object(members))
    }

    /// Members that no schema names, and those whose names match a pattern.
    fn extras(
        &mut self,
        object: &Objects,
        members: &mut Map<String, Value>,
        flat: bool,
        depth: usize,
    ) {
        let sources = object.families.len() + usize::from(object.extra.is_some());
        if sources == 0 {
            return;
        }
        let present = members.len() as u64;
        let missing = object.least.saturating_sub(present);
        let room = object.most.saturating_sub(present);
        // A map is made of such members; elsewhere they are an exception.
        let is_map = object.members.is_empty();
        let wanted = match (flat, is_map) {
            (true, _) => missing,
            (false, true) => self.count(missing, room),
            (false, false) if room > missing && self.source.one_in(12) => missing + 1,
            (false, false) => missing,
        };
        let mut failures = 0;
        let mut added = 0;
        while added < wanted && failures < TRIES {
            let done = match self
                .source
                .index(sources)
                .checked_sub(usize::from(object.extra.is_some()))
            {
                Some(family) => self.of_family(object, family, members, depth),
                None => object
                    .extra
                    .and_then(|node| self.extra(object, object.names, node, members, depth)),
            };
            match done {
                Some(()) => added += 1,
                None => failures += 1,
            }
        }
    }

    /// Adds a member that no schema names, its name drawn from the node where there is one.
    fn extra(
        &mut self,
        object: &Objects,
        names: Option<NodeId>,
        node: NodeId,
        members: &mut Map<String, Value>,
        depth: usize,
    ) -> Option<()> {
        for _ in 0..TRIES {
            let name = match names {
                Some(names) => match self.value(names, depth + 1)? {
                    Value::String(name) => name,
                    _ => return None,
                },
                None if self.source.one_in(3) => NAMES[self.source.index(NAMES.len())].to_owned(),
                None => {
                    let length = 1 + self.source.below(8);
                    (0..length).map(|_| self.source.lower_char()).collect()
                }
            };
            let free = !object.reserved.contains(&name)
                && !members.contains_key(&name)
                && object
                    .patterns
                    .iter()
                    .all(|pattern| pattern.judge(&name) == Verdict::No);
            if free {
                let value = self.value(node, depth + 1)?;
                members.insert(name, value);
                return Some(());
            }
        }
        None
    }

    /// Adds a member whose name matches the patterns of that index.
    fn of_family(
        &mut self,
        object: &Objects,
        family: usize,
        members: &mut Map<String, Value>,
        depth: usize,
    ) -> Option<()> {
        let family = object.families.get(family)?;
        let pattern = family
            .patterns
            .get(self.source.index(family.patterns.len()))?;
        let drawn = pattern.draw(&mut self.source, 0, None);
        let is_one = |name: &String| {
            family
                .patterns
                .iter()
                .all(|one| one.judge(name) == Verdict::Yes)
                && family
                    .others
                    .iter()
                    .all(|other| other.judge(name) == Verdict::No)
                && !object.reserved.contains(name)
                && self.may_be_named(object, name)
        };
        let name = match drawn.filter(is_one) {
            Some(name) => name,
            None => family.samples[self.source.index(family.samples.len())].clone(),
        };
        if members.contains_key(&name) {
            return None;
        }
        let value = self.value(family.node, depth + 1)?;
        members.insert(name, value);
        Some(())
    }

    fn may_be_named(&self, object: &Objects, name: &str) -> bool {
        object.name_schemas.is_empty() || {
            let name = Value::from(name);
            object
                .name_schemas
                .iter()
                .all(|id| self.judge.verdict(*id, &name) == Verdict::Yes)
        }
    }
}
