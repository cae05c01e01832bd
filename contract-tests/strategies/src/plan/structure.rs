//! Arrays and objects: which node each item and each member is drawn from.

use super::build::{Builder, Key};
use super::conjunction::Conjunction;
use super::literal::Literal;
use super::rules::Step;
use super::shape::{Arrays, Family, Kind, Member, NodeId, Objects};
use crate::judge::{Id, Verdict};

impl Builder {
    /// The conjunction's arrays; `None` where it has none.
    pub(super) fn array(
        &mut self,
        conjunction: &Conjunction,
        step: Option<(&Step, (usize, usize))>,
    ) -> Option<Kind> {
        let demands = &conjunction.arrays;
        let length = conjunction
            .sources
            .iter()
            .map(|id| self.judge.get(*id).prefix_items.len())
            .max()
            .unwrap_or(0);
        let mut most = demands.most.unwrap_or(u64::MAX);
        let mut prefix = Vec::with_capacity(length);
        for index in 0..length {
            let (literals, closed) = self.item_literals(conjunction, index);
            if closed {
                most = most.min(index as u64);
                break;
            }
            let broken = step
                .filter(|(step, _)| **step == Step::Prefix(index))
                .map(|(_, next)| next);
            prefix.push(self.node(Key::new(literals, broken)));
        }
        let (literals, closed) = self.item_literals(conjunction, usize::MAX);
        if closed {
            most = most.min(length as u64);
        }
        let items = self.node(Key::new(literals.clone(), None));
        let mut intruders: Vec<NodeId> = Vec::new();
        for literal in &demands.intruders {
            intruders.push(self.node(Key::new(
                [literals.as_slice(), std::slice::from_ref(literal)].concat(),
                None,
            )));
        }
        let mut reach = None;
        match step {
            Some((Step::Item, next)) => intruders.push(self.node(Key::new(literals, Some(next)))),
            Some((Step::Prefix(index), _)) => reach = Some(*index),
            Some(_) => return None,
            None => {}
        }
        let needed = if intruders.is_empty() {
            0
        } else {
            prefix.len() as u64 + intruders.len() as u64
        };
        let least = demands
            .least
            .max(needed)
            .max(reach.map_or(0, |index| index as u64 + 1));
        (least <= most).then_some(Kind::Array(Arrays {
            least,
            most,
            unique: demands.unique && !demands.repeated,
            repeated: demands.repeated,
            prefix,
            items,
            intruders,
            reach,
        }))
    }

    /// What the item of that index has to keep, and whether there may be none.
    fn item_literals(&self, conjunction: &Conjunction, index: usize) -> (Vec<Literal>, bool) {
        let mut literals = Vec::new();
        let mut closed = false;
        for id in &conjunction.sources {
            let schema = self.judge.get(*id);
            if let Some(item) = schema.prefix_items.get(index).or(schema.items.as_ref()) {
                closed |= self.judge.get(*item).is_false();
                literals.extend((!self.judge.is_true(*item)).then_some(Literal::Is(*item)));
            }
        }
        (literals, closed)
    }

    /// The conjunction's objects; `None` where it has none.
    pub(super) fn object(
        &mut self,
        conjunction: &Conjunction,
        step: Option<(&Step, (usize, usize))>,
    ) -> Option<Kind> {
        let demands = &conjunction.objects;
        let mut required = demands.required.clone();
        match step {
            Some((Step::Member(name), _)) if !required.contains(name) => {
                required.push(name.clone())
            }
            Some((Step::Member(_) | Step::Extra, _)) | None => {}
            Some(_) => return None,
        }
        if required.iter().any(|name| demands.forbidden.contains(name)) {
            return None;
        }
        let mut members = Vec::new();
        let mut reserved = demands.forbidden.clone();
        for name in self.names(conjunction, &required) {
            let needed = required.contains(&name);
            if !reserved.contains(&name) {
                reserved.push(name.clone());
            }
            match self.member_literals(conjunction, &name) {
                _ if demands.forbidden.contains(&name) => {}
                Some(mut literals) => {
                    let own = demands.members.iter().filter(|(of, _)| *of == name);
                    literals.extend(own.map(|(_, literal)| literal.clone()));
                    let broken = step
                        .filter(|(step, _)| matches!(step, Step::Member(of) if *of == name))
                        .map(|(_, next)| next);
                    let node = self.node(Key::new(literals, broken));
                    members.push(Member {
                        name,
                        node,
                        required: needed,
                    });
                }
                None if needed => return None,
                None => {}
            }
        }
        let name_schemas: Vec<Id> = conjunction
            .sources
            .iter()
            .filter_map(|id| self.judge.get(*id).property_names)
            .collect();
        let patterns: Vec<_> = conjunction
            .sources
            .iter()
            .flat_map(|id| {
                self.judge
                    .get(*id)
                    .pattern_properties
                    .iter()
                    .map(|(p, _)| p.clone())
            })
            .collect();
        let extra_literals = self.extra_literals(conjunction, false);
        let extra = extra_literals.map(|literals| self.node(Key::new(literals, None)));
        let intruder = match step {
            Some((Step::Extra, next)) => {
                let literals = self.extra_literals(conjunction, false)?;
                Some(self.node(Key::new(literals, Some(next))))
            }
            _ if demands.intruder => {
                let literals = self.extra_literals(conjunction, true)?;
                Some(self.node(Key::new(literals, None)))
            }
            _ => None,
        };
        let families = self.families(conjunction);
        let intruders = u64::from(intruder.is_some());
        let least = demands
            .least
            .max(members.iter().filter(|m| m.required).count() as u64 + intruders);
        let most = demands.most.unwrap_or(u64::MAX);
        (least <= most).then_some(Kind::Object(Objects {
            members,
            reserved,
            least,
            most,
            extra,
            families,
            intruder,
            patterns,
            name_schemas,
        }))
    }

    /// Every name that a schema speaks of, in the document's order.
    fn names(&self, conjunction: &Conjunction, required: &[String]) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        let declared = conjunction
            .sources
            .iter()
            .flat_map(|id| self.judge.get(*id).properties.keys());
        for name in declared.chain(required) {
            if !names.contains(name) {
                names.push(name.clone());
            }
        }
        names
    }

    /// What the member of that name has to keep; `None` where there may be no such member.
    fn member_literals(&mut self, conjunction: &Conjunction, name: &str) -> Option<Vec<Literal>> {
        let mut literals = Vec::new();
        let mut put = |judge: &crate::judge::Judge, id: Id| {
            literals.extend((!judge.is_true(id)).then_some(Literal::Is(id)));
            !judge.get(id).is_false()
        };
        let mut hidden = false;
        let mut unclear = false;
        for id in &conjunction.sources {
            let schema = self.judge.get(*id);
            let mut known = false;
            if let Some(property) = schema.properties.get(name) {
                known = true;
                hidden |= property.hidden;
                if !put(&self.judge, property.schema) {
                    return None;
                }
            }
            for (pattern, id) in &schema.pattern_properties {
                let verdict = pattern.judge(name);
                unclear |= verdict == Verdict::Disputed;
                if verdict == Verdict::Yes {
                    known = true;
                    if !put(&self.judge, *id) {
                        return None;
                    }
                }
            }
            if let (false, Some(id)) = (known, schema.additional_properties)
                && !put(&self.judge, id)
            {
                return None;
            }
            if let Some(names) = schema.property_names {
                match self.judge.verdict(names, &name.into()) {
                    Verdict::Yes => {}
                    Verdict::No => return None,
                    Verdict::Disputed => unclear = true,
                }
            }
        }
        if unclear || hidden {
            if conjunction
                .objects
                .required
                .iter()
                .any(|required| required == name)
            {
                self.give_up(
                    &conjunction.sources,
                    "it requires a property that belongs in the other direction, or whose name is unclear",
                );
            }
            return None;
        }
        Some(literals)
    }

    /// What a member has to keep that no schema names; `None` where there may be none.
    fn extra_literals(
        &self,
        conjunction: &Conjunction,
        even_if_closed: bool,
    ) -> Option<Vec<Literal>> {
        let mut literals = Vec::new();
        for id in &conjunction.sources {
            if let Some(extra) = self.judge.get(*id).additional_properties {
                if self.judge.get(extra).is_false() {
                    if !even_if_closed {
                        return None;
                    }
                } else if !self.judge.is_true(extra) {
                    literals.push(Literal::Is(extra));
                }
            }
        }
        Some(literals)
    }

    /// For each pattern the members whose names match it and no other.
    fn families(&mut self, conjunction: &Conjunction) -> Vec<Family> {
        let mut families = Vec::new();
        for owner in &conjunction.sources {
            for index in 0..self.judge.get(*owner).pattern_properties.len() {
                let (pattern, schema) = self.judge.get(*owner).pattern_properties[index].clone();
                let mut literals = vec![Literal::Is(schema)];
                let mut closed = self.judge.get(schema).is_false();
                for id in conjunction.sources.iter().filter(|id| *id != owner) {
                    if let Some(extra) = self.judge.get(*id).additional_properties {
                        closed |= self.judge.get(extra).is_false();
                        literals.push(Literal::Is(extra));
                    }
                }
                if closed {
                    continue;
                }
                let others = conjunction
                    .sources
                    .iter()
                    .flat_map(|id| &self.judge.get(*id).pattern_properties)
                    .filter(|(other, _)| !std::sync::Arc::ptr_eq(other, &pattern))
                    .map(|(other, _)| other.clone())
                    .collect();
                let node = self.node(Key::new(literals, None));
                families.push(Family {
                    pattern,
                    others,
                    node,
                });
            }
        }
        families
    }
}
