//! Conjunctions with one rule turned round.

use openapi_model::Types;
use serde_json::Value;

use super::build::Builder;
use super::conjunction::{Alternatives, Conjunction};
use super::literal::Literal;
use super::rules::Broken;
use super::shape::{Kind, Shape};

impl Builder {
    /// The conjunction with the rule broken, once for every schema that states it.
    pub(super) fn broken_variants(
        &self,
        conjunction: &Conjunction,
        rule: &Broken,
    ) -> Vec<Conjunction> {
        let mut variants = Vec::new();
        for target in &conjunction.targets {
            let Some(keyword) = rule.keyword_of(&self.judge, *target) else {
                continue;
            };
            let Alternatives { conjunctions, .. } =
                conjunction.with(&self.judge, &Literal::Breaks(*target, keyword));
            let types = if rule.null {
                Types::NULL
            } else {
                Types::ANY.without(Types::NULL)
            };
            for mut variant in conjunctions {
                if rule.keyword.name() != "type" || variant.restrict(types) {
                    variants.push(variant);
                }
            }
        }
        variants
    }

    /// Values next to those that an `enum` or `const` allows.
    pub(super) fn near_misses(&self, conjunction: &Conjunction, rule: &Broken) -> Option<Shape> {
        let mut misses: Vec<Value> = Vec::new();
        for target in &conjunction.targets {
            let schema = self.judge.get(*target);
            let values = match rule.keyword.name() {
                "enum" => schema.enumeration.as_deref().unwrap_or_default(),
                "const" => schema.constant.as_slice(),
                _ => return None,
            };
            misses.extend(values.iter().flat_map(near));
        }
        let only_fault = |value: &Value| {
            conjunction.sources.iter().all(|id| {
                let faults = self.judge.faults(*id, value);
                faults
                    .iter()
                    .all(|fault| fault.keyword == rule.keyword.name() && fault.pointer.is_empty())
            })
        };
        misses.retain(only_fault);
        (!misses.is_empty()).then(|| Shape::of(Kind::Constants(misses)))
    }
}

/// What is easily mistaken for the value.
fn near(value: &Value) -> Vec<Value> {
    match value {
        Value::String(text) => {
            let mut cut = text.clone();
            cut.pop();
            let upper = text.to_uppercase();
            let lower = text.to_lowercase();
            [
                upper,
                lower,
                cut,
                format!("{text} "),
                format!(" {text}"),
                format!("{text}\0"),
            ]
            .into_iter()
            .filter(|other| other != text)
            .map(Value::String)
            .collect()
        }
        Value::Number(number) => number
            .as_i64()
            .into_iter()
            .flat_map(|n| [n.checked_add(1), n.checked_sub(1)])
            .flatten()
            .map(Value::from)
            .collect(),
        Value::Bool(bool) => vec![Value::Bool(!bool)],
        _ => Vec::new(),
    }
}
