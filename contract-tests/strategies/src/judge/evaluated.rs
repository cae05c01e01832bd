//! Which members and items are evaluated: what `unevaluatedProperties` and `unevaluatedItems` do not speak of.

use serde_json::{Map, Value};

use super::fault::Fuel;
use super::{Assertions, Id, Judge, Verdict};

/// The parts of a value that some schema has evaluated.
pub(super) struct Evaluated {
    /// For each part, in the value's order.
    pub(super) parts: Vec<bool>,
    /// Validators may differ on what is evaluated.
    pub(super) disputed: bool,
}

impl Judge {
    /// The schema and every schema that it applies to the same value, but for those it negates.
    pub(super) fn find_applied(&self, id: Id) -> Vec<Id> {
        self.closure(id, |schema, other| Some(other) != schema.not)
    }

    /// The schema and every schema that has to hold for the same value, in one case at least.
    pub(crate) fn asserted_by(&self, id: Id) -> Vec<Id> {
        self.closure(id, |schema, other| {
            Some(other) != schema.not && Some(other) != schema.if_
        })
    }

    fn closure(&self, id: Id, follows: impl Fn(&Assertions, Id) -> bool) -> Vec<Id> {
        let mut all = vec![id];
        let mut next = 0;
        while let Some(id) = all.get(next).copied() {
            let schema = self.get(id);
            for other in schema.in_place().filter(|other| follows(schema, *other)) {
                if !all.contains(&other) {
                    all.push(other);
                }
            }
            next += 1;
        }
        all
    }

    /// The members that the schema evaluates, its own `unevaluatedProperties` aside.
    pub(super) fn evaluated_members(
        &self,
        id: Id,
        value: &Value,
        members: &Map<String, Value>,
        fuel: &Fuel,
    ) -> Evaluated {
        let mut evaluated = Evaluated {
            parts: vec![false; members.len()],
            disputed: false,
        };
        self.walk(id, value, fuel, &mut evaluated, &|judge, own, evaluated| {
            let schema = judge.get(own);
            for (index, name) in members.keys().enumerate() {
                let mut known = schema.properties.contains_key(name);
                for (pattern, _) in &schema.pattern_properties {
                    match pattern.judge(name) {
                        Verdict::Yes => known = true,
                        Verdict::Disputed => evaluated.disputed = true,
                        Verdict::No => {}
                    }
                }
                evaluated.parts[index] |= known
                    || schema.additional_properties.is_some()
                    || own != id && schema.unevaluated_properties.is_some();
            }
        });
        evaluated
    }

    /// The items that the schema evaluates, its own `unevaluatedItems` aside.
    pub(super) fn evaluated_items(
        &self,
        id: Id,
        value: &Value,
        items: &[Value],
        fuel: &Fuel,
    ) -> Evaluated {
        let mut evaluated = Evaluated {
            parts: vec![false; items.len()],
            disputed: false,
        };
        self.walk(id, value, fuel, &mut evaluated, &|judge, own, evaluated| {
            let schema = judge.get(own);
            let all = schema.items.is_some() || own != id && schema.unevaluated_items.is_some();
            for (index, item) in items.iter().enumerate() {
                evaluated.parts[index] |= all || index < schema.prefix_items.len();
                if let Some(contains) = schema.contains {
                    match judge.verdict_within(contains, item, fuel) {
                        Verdict::Yes => evaluated.parts[index] = true,
                        Verdict::Disputed => evaluated.disputed = true,
                        Verdict::No => {}
                    }
                }
            }
        });
        evaluated
    }

    /// Marks what the schema evaluates, and what those evaluate that hold with it.
    fn walk(
        &self,
        id: Id,
        value: &Value,
        fuel: &Fuel,
        evaluated: &mut Evaluated,
        mark: &dyn Fn(&Judge, Id, &mut Evaluated),
    ) {
        mark(self, id, evaluated);
        let schema = self.get(id);
        let mut applied: Vec<Id> = schema.reference.into_iter().collect();
        applied.extend(
            schema
                .all_of
                .iter()
                .chain(&schema.any_of)
                .chain(&schema.one_of),
        );
        for (name, dependent) in &schema.dependent_schemas {
            applied.extend(value.get(name).map(|_| *dependent));
        }
        if let Some(condition) = schema.if_ {
            applied.push(condition);
            match self.verdict_within(condition, value, fuel) {
                Verdict::Yes => applied.extend(schema.then),
                Verdict::No => applied.extend(schema.else_),
                Verdict::Disputed => evaluated.disputed = true,
            }
        }
        for id in applied {
            match self.verdict_within(id, value, fuel) {
                Verdict::Yes => self.walk(id, value, fuel, evaluated, mark),
                Verdict::No => {}
                Verdict::Disputed => evaluated.disputed = true,
            }
        }
    }
}
