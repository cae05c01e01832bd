//! Arrays: which node each item is drawn from.

use super::build::{Builder, Way};
use super::conjunction::Conjunction;
use super::key::Key;
use super::literal::{Keyword, Literal};
use super::rules::Step;
use super::shape::{Arrays, Kind, MOST_PARTS, NodeId};
use crate::judge::Id;

/// The items that `contains` asks for, and where they are.
struct Witnesses {
    literals: Vec<Literal>,
    /// What all other items must keep.
    others: Vec<Literal>,
    /// The index of the first; `None` where they are behind the prefix, at random places.
    from: Option<usize>,
}

impl Witnesses {
    fn at(&self, index: usize) -> Option<&Literal> {
        self.literals.get(index.checked_sub(self.from?)?)
    }
}

impl Builder {
    /// The conjunction's arrays, one kind for each way to place the items that `contains` asks for.
    pub(super) fn arrays(&mut self, conjunction: &Conjunction, way: Option<Way<'_>>) -> Vec<Kind> {
        let length = conjunction
            .sources
            .iter()
            .map(|id| self.judge.get(*id).prefix_items.len())
            .chain(conjunction.arrays.places.iter().map(|(index, _)| index + 1))
            .max()
            .unwrap_or(0);
        let mut kinds = Vec::new();
        for (literals, others) in counts(conjunction) {
            let places: Vec<Option<usize>> = match literals.len() {
                0 => vec![None],
                _ => std::iter::once(None).chain((0..length).map(Some)).collect(),
            };
            for from in places {
                let witnesses = Witnesses {
                    literals: literals.clone(),
                    others: others.clone(),
                    from,
                };
                kinds.extend(self.array(conjunction, way, length, &witnesses));
            }
        }
        kinds
    }

    fn array(
        &mut self,
        conjunction: &Conjunction,
        way: Option<Way<'_>>,
        length: usize,
        witnesses: &Witnesses,
    ) -> Option<Kind> {
        let demands = &conjunction.arrays;
        let mut most = demands.most.unwrap_or(u64::MAX);
        let mut prefix = Vec::with_capacity(length);
        // The witnesses that lie in the prefix may reach beyond it.
        let length = match witnesses.from {
            Some(from) => length.max(from + witnesses.literals.len()),
            None => length,
        };
        let mut barred = Vec::new();
        for index in 0..length {
            let leads = matches!(way, Some(way) if *way.step == Step::Prefix(index));
            let (mut literals, closed) = self.items_at(conjunction, index, witnesses.at(index));
            if closed && !leads {
                most = most.min(index as u64);
                barred.push((Step::Prefix(index), self.node(Key::new(literals, None))));
                break;
            }
            if witnesses.at(index).is_none() {
                literals.extend_from_slice(&witnesses.others);
            }
            let places = demands.places.iter().filter(|(at, _)| *at == index);
            literals.extend(places.map(|(_, literal)| literal.clone()));
            let broken = way.filter(|_| leads).map(|way| way.next);
            prefix.push(self.node(Key::new(literals, broken)));
        }
        let (literals, closed) = self.items_at(conjunction, usize::MAX, None);
        if closed {
            most = most.min(length as u64);
        }
        let mut intruders: Vec<NodeId> = Vec::new();
        if witnesses.from.is_none() {
            for literal in &witnesses.literals {
                let (mut own, shut) = self.items_at(conjunction, usize::MAX, Some(literal));
                if shut {
                    return None;
                }
                own.push(literal.clone());
                intruders.push(self.node(Key::new(own, None)));
            }
        }
        let literals = [literals.as_slice(), &witnesses.others].concat();
        let items = self.node(Key::new(literals.clone(), None));
        for literal in &demands.intruders {
            // It breaks what is said of these items, be it that there are none.
            let own = literals.iter().filter(|one| !self.is_closed(one)).cloned();
            let own = own.chain(std::iter::once(literal.clone())).collect();
            intruders.push(self.node(Key::new(own, None)));
        }
        let reach = match way.map(|way| (way.step, way.next)) {
            Some((Step::Item, next)) => {
                intruders.push(self.node(Key::new(literals, Some(next))));
                None
            }
            Some((Step::Prefix(index), _)) => Some(*index),
            Some(_) => return None,
            None => None,
        };
        if !demands.intruders.is_empty() {
            most = demands.most.unwrap_or(u64::MAX);
        }
        let needed = match (intruders.len(), witnesses.from) {
            (0, None) => 0,
            (0, Some(from)) => (from + witnesses.literals.len()) as u64,
            (count, _) => (length + count) as u64,
        };
        let least = demands
            .least
            .max(needed)
            .max(reach.map_or(0, |index| index as u64 + 1));
        let places = demands.places.iter().map(|(index, _)| *index as u64 + 1);
        let least = places.fold(least, u64::max);
        (least <= most).then_some(Kind::Array(Arrays {
            least,
            most,
            unique: demands.unique && !demands.repeated,
            repeated: demands.repeated,
            prefix,
            items,
            intruders,
            reach,
            barred,
        }))
    }

    fn is_closed(&self, literal: &Literal) -> bool {
        matches!(literal, Literal::Is(id) if self.judge.get(*id).is_false())
    }

    /// What the item of that index has to keep, and whether there may be none.
    ///
    /// A witness keeps the literal too.
    fn items_at(
        &self,
        conjunction: &Conjunction,
        index: usize,
        witness: Option<&Literal>,
    ) -> (Vec<Literal>, bool) {
        let mut literals: Vec<Literal> = conjunction.arrays.every.clone();
        literals.extend(witness.cloned());
        let mut closed = false;
        let mut put = |judge: &crate::judge::Judge, id: Id| {
            closed |= judge.get(id).is_false();
            literals.extend((!judge.is_true(id)).then_some(Literal::Is(id)));
        };
        for id in &conjunction.sources {
            let schema = self.judge.get(*id);
            if let Some(item) = schema.prefix_items.get(index).or(schema.items.as_ref()) {
                put(&self.judge, *item);
            }
            let Some(unevaluated) = schema.unevaluated_items else {
                continue;
            };
            if conjunction.breaks(*id, Keyword::UnevaluatedItems) {
                continue;
            }
            // The same alternative says which schemas hold, so that it says what they evaluate.
            let inner = self.judge.applied_by(*id);
            let inner = inner.iter().filter(|id| conjunction.sources.contains(id));
            let (mut evaluated, mut contains) = (false, None);
            for one in inner {
                let schema = self.judge.get(*one);
                evaluated |= schema.prefix_items.len() > index
                    || schema.items.is_some()
                    || one != id && schema.unevaluated_items.is_some();
                evaluated |=
                    witness.is_some() && schema.contains.map(Literal::Is).as_ref() == witness;
                contains = contains.or(schema.contains);
            }
            match contains {
                _ if evaluated => {}
                Some(contains) if self.judge.get(unevaluated).is_false() => {
                    put(&self.judge, contains);
                }
                _ => put(&self.judge, unevaluated),
            }
        }
        (literals, closed)
    }
}

/// The items that `contains` asks for, and what all others must keep: as few as may be, and as many.
fn counts(conjunction: &Conjunction) -> Vec<(Vec<Literal>, Vec<Literal>)> {
    let demands = &conjunction.arrays.witnesses;
    let limited = demands.iter().filter(|one| one.most.is_some());
    let others: Vec<Literal> = limited.map(|one| Literal::Not(one.schema)).collect();
    let contradiction = demands
        .iter()
        .any(|one| one.most.is_some_and(|most| most < one.least));
    let many = demands.iter().any(|one| one.least > MOST_PARTS);
    if contradiction || many {
        return Vec::new();
    }
    let literals = |count: fn(&super::demands::Witnesses) -> u64| -> Vec<Literal> {
        let each = |one: &super::demands::Witnesses| {
            std::iter::repeat_n(Literal::Is(one.schema), count(one) as usize)
        };
        demands.iter().flat_map(each).collect()
    };
    let fewest = literals(|one| one.least);
    let most = literals(|one| one.most.map_or(one.least, |most| most.min(one.least + 4)));
    let mut counts = vec![(fewest, others.clone())];
    if most.len() > counts[0].0.len() {
        counts.push((most, others));
    }
    counts
}
