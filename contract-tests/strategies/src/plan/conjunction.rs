//! Literals taken apart into what they ask of each type of value.
//!
//! `allOf`, `$ref` and the keywords of one schema simply add up. `anyOf`, `oneOf` and most negations leave a choice,
//! and each choice is a conjunction of its own: the alternatives of a node.

use openapi_model::Types;
use serde_json::Value;

use super::demands::{ArrayDemands, NumberDemands, ObjectDemands, TextDemands, Witnesses, limit};
use super::literal::{Keyword, Literal};
use crate::judge::{Assertions, Exact, Id, Judge};

/// How many alternatives one node may have. A node with more is cut off, and is not called unsatisfiable.
const MOST_ALTERNATIVES: usize = 256;

/// How many choices may be tried for one node.
const MOST_STEPS: usize = 16 * MOST_ALTERNATIVES;

/// Everything that is asked of one value.
#[derive(Clone, Debug, Default)]
pub(super) struct Conjunction {
    seen: Vec<Literal>,
    /// The schemas that hold, all of them.
    pub(super) sources: Vec<Id>,
    pub(super) types: Types,
    /// The values of each `enum` and `const` that holds.
    pub(super) listed: Vec<Vec<Value>>,
    /// What it must not be equal to.
    pub(super) excluded: Vec<Value>,
    pub(super) numbers: NumberDemands,
    pub(super) texts: TextDemands,
    pub(super) arrays: ArrayDemands,
    pub(super) objects: ObjectDemands,
    /// What is not taken apart: a value that is drawn has to be checked for it.
    pub(super) residual: Vec<Literal>,
    /// The schemas whose keyword was left out, see [`Omit`].
    pub(super) targets: Vec<Id>,
    pub(super) choices: Vec<Vec<Vec<Literal>>>,
}

/// A keyword that is left out of every schema that holds for a value, so that it can be broken.
#[derive(Clone, Copy, Debug)]
pub(super) struct Omit<'r> {
    pub(super) keyword: &'static str,
    /// For `required` and `dependentRequired`, the one member that is left out.
    pub(super) member: Option<&'r str>,
}

/// The alternatives of a node.
pub(super) struct Alternatives {
    pub(super) conjunctions: Vec<Conjunction>,
    /// There are more.
    pub(super) cut_off: bool,
    /// How many choices were tried.
    pub(super) steps: usize,
}

/// Every way in which the literals can hold together. None where they contradict each other.
pub(super) fn alternatives(
    judge: &Judge,
    literals: &[Literal],
    omit: Option<Omit<'_>>,
    most_steps: usize,
) -> Alternatives {
    let mut start = Conjunction::default();
    let possible = literals
        .iter()
        .all(|literal| start.absorb(judge, literal, omit));
    choose(
        judge,
        Vec::from_iter(possible.then_some(start)),
        omit,
        most_steps.min(MOST_STEPS),
    )
}

/// Makes every choice that is left open, in every way.
fn choose(
    judge: &Judge,
    mut open: Vec<Conjunction>,
    omit: Option<Omit<'_>>,
    most_steps: usize,
) -> Alternatives {
    let mut done = Vec::new();
    let mut cut_off = false;
    let mut steps = 0;
    // The last is the next, so that alternatives come out in the document's order.
    while let Some(mut conjunction) = open.pop() {
        // The longer they are, the more it is to copy them.
        steps += 1 + conjunction.seen.len() / 16;
        if done.len() >= MOST_ALTERNATIVES || steps > most_steps {
            cut_off = true;
            break;
        }
        if conjunction.choices.is_empty() {
            done.push(conjunction);
            continue;
        }
        let choice = conjunction.choices.remove(0);
        for branch in choice.iter().rev() {
            let mut next = conjunction.clone();
            if branch
                .iter()
                .all(|literal| next.absorb(judge, literal, omit))
            {
                open.push(next);
            }
        }
    }
    Alternatives {
        conjunctions: done,
        cut_off,
        steps,
    }
}

impl Conjunction {
    /// The conjunction with one literal more.
    pub(super) fn with(&self, judge: &Judge, literal: &Literal) -> Alternatives {
        let mut start = self.clone();
        let possible = start.absorb(judge, literal, None);
        choose(
            judge,
            Vec::from_iter(possible.then_some(start)),
            None,
            MOST_STEPS,
        )
    }

    /// Whether the keyword of that schema is to be broken.
    pub(super) fn breaks(&self, id: Id, keyword: Keyword) -> bool {
        self.seen.contains(&Literal::Breaks(id, keyword))
    }

    /// Adds a literal; false where it contradicts what is there.
    pub(super) fn absorb(
        &mut self,
        judge: &Judge,
        literal: &Literal,
        omit: Option<Omit<'_>>,
    ) -> bool {
        if self.seen.contains(literal) {
            return true;
        }
        self.seen.push(literal.clone());
        match *literal {
            Literal::Is(id) => self.hold(judge, id, omit),
            Literal::Not(id) => self.negate(judge, id, omit),
            Literal::Breaks(id, keyword) => self.break_keyword(judge, id, keyword, omit),
            Literal::Triggers(id, keyword) => self.trigger(judge, id, keyword, omit),
            Literal::Evades(id, keyword) => {
                if let Some(name) = dependency(judge.get(id), keyword) {
                    self.objects.forbid(name);
                }
                true
            }
            Literal::Lacks(id, trigger, needed) => {
                let needs = judge.get(id).dependent_required.get_index(trigger);
                if let Some(name) = needs.and_then(|(_, needs)| needs.get(needed)) {
                    self.objects.forbid(name);
                }
                true
            }
            Literal::Tells(id, branch) => {
                if let Some(telling) = &judge.get(id).discriminator
                    && let Some(name) = telling.names.get(branch).copied().flatten()
                {
                    let member = (telling.property.clone(), Literal::Is(name));
                    self.objects.members.push(member);
                    self.objects.require(&telling.property);
                }
                true
            }
            Literal::Text => self.restrict(Types::STRING),
        }
    }

    fn hold(&mut self, judge: &Judge, id: Id, omit: Option<Omit<'_>>) -> bool {
        let schema = judge.get(id);
        self.sources.push(id);
        // Whether the keyword is one to be broken, and not to be kept.
        let mut target = false;
        let mut omits = |keyword: &'static str| {
            let omitted = omit.is_some_and(|omit| omit.keyword == keyword);
            target |= omitted;
            omitted
        };
        if schema.is_false() {
            if !omits("false") {
                self.types = Types::NONE;
            }
        } else if schema.types != Types::ANY && !omits("type") {
            self.types = self.types.intersection(schema.types);
        }
        if let Some(values) = &schema.enumeration
            && !omits("enum")
        {
            self.listed.push(values.clone());
        }
        if let Some(value) = &schema.constant
            && !omits("const")
        {
            self.listed.push(vec![value.clone()]);
        }
        for (bound, keyword, exclusive) in [
            (&schema.minimum, "minimum", false),
            (&schema.exclusive_minimum, "exclusiveMinimum", true),
        ] {
            if let Some(bound) = bound
                && !omits(keyword)
            {
                self.numbers.raise((Exact::of(bound), exclusive));
            }
        }
        for (bound, keyword, exclusive) in [
            (&schema.maximum, "maximum", false),
            (&schema.exclusive_maximum, "exclusiveMaximum", true),
        ] {
            if let Some(bound) = bound
                && !omits(keyword)
            {
                self.numbers.lower((Exact::of(bound), exclusive));
            }
        }
        if let Some(multiple) = schema.multiple_of
            && !omits("multipleOf")
        {
            self.numbers.multiples.push(multiple);
        }
        if let Some(least) = schema.min_length.filter(|least| *least > 0)
            && !omits("minLength")
        {
            self.texts.least = self.texts.least.max(least);
        }
        if let Some(most) = schema.max_length
            && !omits("maxLength")
        {
            limit(&mut self.texts.most, most);
        }
        if let Some(pattern) = &schema.pattern
            && !omits("pattern")
        {
            self.texts.patterns.push(pattern.clone());
        }
        if let Some(format) = schema.format
            && !omits("format")
        {
            if format.is_numeric() {
                self.numbers.formats.push(format);
            } else if !self.texts.formats.contains(&format) {
                self.texts.formats.push(format);
            }
        }
        if let Some(least) = schema.min_items.filter(|least| *least > 0)
            && !omits("minItems")
        {
            self.arrays.least = self.arrays.least.max(least);
        }
        if let Some(most) = schema.max_items
            && !omits("maxItems")
        {
            limit(&mut self.arrays.most, most);
        }
        if schema.items.is_some_and(|id| judge.get(id).is_false()) {
            omits("items");
        }
        if schema.unique_items && !omits("uniqueItems") {
            self.arrays.unique = true;
        }
        if let Some(contains) = schema.contains {
            let least = schema.min_contains.unwrap_or(1);
            let keyword = if schema.min_contains.is_some() {
                "minContains"
            } else {
                "contains"
            };
            let witnesses = Witnesses {
                schema: contains,
                least: if least > 0 && omits(keyword) {
                    0
                } else {
                    least
                },
                most: schema.max_contains.filter(|_| !omits("maxContains")),
            };
            self.arrays.witnesses.push(witnesses);
        }
        let omits_member = |keyword: &'static str, name: &String| {
            omit.is_some_and(|omit| omit.keyword == keyword && omit.member == Some(name))
        };
        for name in &schema.required {
            if omits_member("required", name) {
                self.targets.push(id);
            } else {
                self.objects.require(name);
            }
        }
        for (index, name) in schema.dependent_required.keys().enumerate() {
            if omits_member("dependentRequired", name) {
                self.targets.push(id);
            } else {
                self.depend(id, Keyword::DependentRequired(index));
            }
        }
        for index in 0..schema.dependent_schemas.len() {
            self.depend(id, Keyword::DependentSchema(index));
        }
        if let Some(least) = schema.min_properties.filter(|least| *least > 0)
            && !omits("minProperties")
        {
            self.objects.least = self.objects.least.max(least);
        }
        if let Some(most) = schema.max_properties
            && !omits("maxProperties")
        {
            limit(&mut self.objects.most, most);
        }
        if schema
            .additional_properties
            .is_some_and(|id| judge.get(id).is_false())
        {
            omits("additionalProperties");
        }
        if schema.property_names.is_some() {
            omits("propertyNames");
        }
        if schema.unevaluated_items.is_some() {
            omits("unevaluatedItems");
        }
        if schema.unevaluated_properties.is_some() {
            omits("unevaluatedProperties");
        }
        if !schema.any_of.is_empty() && !omits("anyOf") {
            let branches = schema.any_of.iter().enumerate();
            let ways =
                branches.map(|(branch, one)| vec![Literal::Is(*one), Literal::Tells(id, branch)]);
            self.choices.push(ways.collect());
        }
        if !schema.one_of.is_empty() && !omits("oneOf") {
            self.choices.push(exclusive(judge, id, &schema.one_of));
        }
        let negated = schema.not.filter(|_| !omits("not"));
        let decides = schema.then.is_some() || schema.else_.is_some() || judge.tracks_evaluation();
        if let Some(condition) = schema.if_.filter(|_| decides) {
            let branch = |first, then: Option<Id>| {
                std::iter::once(first)
                    .chain(then.map(Literal::Is))
                    .collect::<Vec<_>>()
            };
            self.choices.push(vec![
                branch(Literal::Is(condition), schema.then),
                branch(Literal::Not(condition), schema.else_),
            ]);
        }
        if schema.unevaluated_items.is_some() || schema.unevaluated_properties.is_some() {
            self.residual.push(Literal::Is(id));
        }
        if target {
            self.targets.push(id);
        }
        self.types != Types::NONE
            && schema
                .reference
                .is_none_or(|id| self.absorb(judge, &Literal::Is(id), omit))
            && schema
                .all_of
                .iter()
                .all(|id| self.absorb(judge, &Literal::Is(*id), omit))
            && negated.is_none_or(|id| self.absorb(judge, &Literal::Not(id), omit))
    }

    fn depend(&mut self, id: Id, keyword: Keyword) {
        self.choices.push(vec![
            vec![Literal::Evades(id, keyword)],
            vec![Literal::Triggers(id, keyword)],
        ]);
    }

    fn trigger(&mut self, judge: &Judge, id: Id, keyword: Keyword, omit: Option<Omit<'_>>) -> bool {
        let schema = judge.get(id);
        if let Some(name) = dependency(schema, keyword) {
            self.objects.require(name);
        }
        let needs = match keyword {
            Keyword::DependentRequired(index) => schema.dependent_required.get_index(index),
            _ => None,
        };
        for name in needs.into_iter().flat_map(|(_, needs)| needs) {
            self.objects.require(name);
        }
        let dependent = match keyword {
            Keyword::DependentSchema(index) => schema.dependent_schemas.get_index(index),
            _ => None,
        };
        self.restrict(Types::OBJECT)
            && dependent.is_none_or(|(_, id)| self.absorb(judge, &Literal::Is(*id), omit))
    }

    pub(super) fn restrict(&mut self, types: Types) -> bool {
        self.types = self.types.intersection(types);
        self.types != Types::NONE
    }
}

/// The member that a dependency depends on.
fn dependency(schema: &Assertions, keyword: Keyword) -> Option<&str> {
    match keyword {
        Keyword::DependentRequired(index) => {
            Some(schema.dependent_required.get_index(index)?.0.as_str())
        }
        Keyword::DependentSchema(index) => {
            Some(schema.dependent_schemas.get_index(index)?.0.as_str())
        }
        _ => None,
    }
}

/// One branch holds and no other does. What no value of the branch can be anyway is left out.
fn exclusive(judge: &Judge, id: Id, branches: &[Id]) -> Vec<Vec<Literal>> {
    let one = |(index, chosen): (usize, &Id)| {
        let others = branches
            .iter()
            .enumerate()
            .filter(|(i, other)| *i != index && !judge.are_disjoint(*chosen, **other));
        [Literal::Is(*chosen), Literal::Tells(id, index)]
            .into_iter()
            .chain(others.map(|(_, id)| Literal::Not(*id)))
            .collect()
    };
    branches.iter().enumerate().map(one).collect()
}
