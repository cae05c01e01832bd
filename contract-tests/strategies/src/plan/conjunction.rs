//! Literals taken apart into what they ask of each type of value.
//!
//! `allOf`, `$ref` and the keywords of one schema simply add up. `anyOf`, `oneOf` and most negations leave a choice,
//! and each choice is a conjunction of its own: the alternatives of a node.

use std::cmp::Ordering;
use std::sync::Arc;

use openapi_model::Types;
use serde_json::Value;

use super::literal::{Keyword, Literal};
use crate::judge::{Exact, Format, Id, Judge, Multiple};
use crate::pattern::Pattern;

/// How many alternatives one node may have. A node with more is cut off, and is not called unsatisfiable.
const MOST_ALTERNATIVES: usize = 256;

/// A negation with more keywords than this is not taken apart: values are drawn and checked.
const MOST_KEYWORDS_TO_NEGATE: usize = 6;

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
    choices: Vec<Vec<Vec<Literal>>>,
}

/// A bound of a range, and whether it is outside of the range itself.
pub(super) type Bound = (Exact, bool);

#[derive(Clone, Debug, Default)]
pub(super) struct NumberDemands {
    pub(super) low: Option<Bound>,
    pub(super) high: Option<Bound>,
    pub(super) multiples: Vec<Multiple>,
    pub(super) not_multiples: Vec<Multiple>,
    pub(super) formats: Vec<Format>,
    pub(super) not_formats: Vec<Format>,
}

#[derive(Clone, Debug, Default)]
pub(super) struct TextDemands {
    pub(super) least: u64,
    pub(super) most: Option<u64>,
    pub(super) patterns: Vec<Arc<Pattern>>,
    pub(super) not_patterns: Vec<Arc<Pattern>>,
    pub(super) formats: Vec<Format>,
    pub(super) not_formats: Vec<Format>,
}

#[derive(Clone, Debug, Default)]
pub(super) struct ArrayDemands {
    pub(super) least: u64,
    pub(super) most: Option<u64>,
    pub(super) unique: bool,
    /// Two items must be equal.
    pub(super) repeated: bool,
    /// For each, one item at least must keep it.
    pub(super) intruders: Vec<Literal>,
}

#[derive(Clone, Debug, Default)]
pub(super) struct ObjectDemands {
    pub(super) least: u64,
    pub(super) most: Option<u64>,
    pub(super) required: Vec<String>,
    pub(super) forbidden: Vec<String>,
    /// A member must be there and keep the literal.
    pub(super) members: Vec<(String, Literal)>,
    /// There must be a member that no schema names.
    pub(super) intruder: bool,
}

/// A keyword that is left out of every schema that holds for a value, so that it can be broken.
#[derive(Clone, Copy, Debug)]
pub(super) struct Omit<'r> {
    pub(super) keyword: &'static str,
    /// For `required`, the one member that is left out.
    pub(super) member: Option<&'r str>,
}

/// The alternatives of a node.
pub(super) struct Alternatives {
    pub(super) conjunctions: Vec<Conjunction>,
    /// There are more.
    pub(super) cut_off: bool,
}

/// Every way in which the literals can hold together. None where they contradict each other.
pub(super) fn alternatives(
    judge: &Judge,
    literals: &[Literal],
    omit: Option<Omit<'_>>,
) -> Alternatives {
    let mut start = Conjunction::default();
    let possible = literals
        .iter()
        .all(|literal| start.absorb(judge, literal, omit));
    choose(judge, Vec::from_iter(possible.then_some(start)), omit)
}

/// Makes every choice that is left open, in every way.
fn choose(judge: &Judge, mut open: Vec<Conjunction>, omit: Option<Omit<'_>>) -> Alternatives {
    let mut done = Vec::new();
    let mut cut_off = false;
    let mut steps = 0;
    // The last is the next, so that alternatives come out in the document's order.
    while let Some(mut conjunction) = open.pop() {
        steps += 1;
        if done.len() >= MOST_ALTERNATIVES || steps > 16 * MOST_ALTERNATIVES {
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
    }
}

impl Conjunction {
    /// The conjunction with one literal more.
    pub(super) fn with(&self, judge: &Judge, literal: &Literal) -> Alternatives {
        let mut start = self.clone();
        let possible = start.absorb(judge, literal, None);
        choose(judge, Vec::from_iter(possible.then_some(start)), None)
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
        if schema.types != Types::ANY && !omits("type") {
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
        if schema.unique_items && !omits("uniqueItems") {
            self.arrays.unique = true;
        }
        for name in &schema.required {
            if omit.is_some_and(|omit| omit.keyword == "required" && omit.member == Some(name)) {
                self.targets.push(id);
            } else {
                add(&mut self.objects.required, name);
            }
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
        if !schema.any_of.is_empty() && !omits("anyOf") {
            self.choices.push(
                schema
                    .any_of
                    .iter()
                    .map(|id| vec![Literal::Is(*id)])
                    .collect(),
            );
        }
        if !schema.one_of.is_empty() && !omits("oneOf") {
            self.choices.push(exclusive(judge, &schema.one_of));
        }
        let negated = schema.not.filter(|_| !omits("not"));
        if let Some(condition) = schema.if_ {
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
        let unplanned = schema.contains.is_some()
            || !schema.dependent_required.is_empty()
            || !schema.dependent_schemas.is_empty()
            || schema.property_names.is_some();
        if unplanned {
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

    fn negate(&mut self, judge: &Judge, id: Id, omit: Option<Omit<'_>>) -> bool {
        let (keywords, all) = judge.keywords(id);
        if !all || keywords.len() > MOST_KEYWORDS_TO_NEGATE {
            self.residual.push(Literal::Not(id));
            return true;
        }
        let mut ways = keywords
            .into_iter()
            .map(|keyword| Literal::Breaks(id, keyword));
        match (ways.next(), ways.next()) {
            (None, _) => false,
            (Some(only), None) => self.absorb(judge, &only, omit),
            (Some(first), Some(second)) => {
                self.choices.push(
                    [first, second]
                        .into_iter()
                        .chain(ways)
                        .map(|way| vec![way])
                        .collect(),
                );
                true
            }
        }
    }

    fn break_keyword(
        &mut self,
        judge: &Judge,
        id: Id,
        keyword: Keyword,
        omit: Option<Omit<'_>>,
    ) -> bool {
        let schema = judge.get(id);
        let bound = |number: &Option<serde_json::Number>| number.as_ref().map(Exact::of);
        match keyword {
            Keyword::Type => {
                self.types = self.types.without(schema.types);
                self.types != Types::NONE
            }
            Keyword::Enum => {
                self.excluded
                    .extend(schema.enumeration.iter().flatten().cloned());
                true
            }
            Keyword::Const => {
                self.excluded.extend(schema.constant.clone());
                true
            }
            Keyword::Minimum => {
                bound(&schema.minimum)
                    .into_iter()
                    .for_each(|b| self.numbers.lower((b, true)));
                self.restrict(Types::NUMBER)
            }
            Keyword::Maximum => {
                bound(&schema.maximum)
                    .into_iter()
                    .for_each(|b| self.numbers.raise((b, true)));
                self.restrict(Types::NUMBER)
            }
            Keyword::ExclusiveMinimum => {
                bound(&schema.exclusive_minimum)
                    .into_iter()
                    .for_each(|b| self.numbers.lower((b, false)));
                self.restrict(Types::NUMBER)
            }
            Keyword::ExclusiveMaximum => {
                bound(&schema.exclusive_maximum)
                    .into_iter()
                    .for_each(|b| self.numbers.raise((b, false)));
                self.restrict(Types::NUMBER)
            }
            Keyword::MultipleOf => {
                self.numbers.not_multiples.extend(schema.multiple_of);
                self.restrict(Types::NUMBER)
            }
            Keyword::MinLength => {
                limit(
                    &mut self.texts.most,
                    schema.min_length.unwrap_or(1).saturating_sub(1),
                );
                self.restrict(Types::STRING)
            }
            Keyword::MaxLength => {
                self.texts.least = self
                    .texts
                    .least
                    .max(schema.max_length.unwrap_or(0).saturating_add(1));
                self.restrict(Types::STRING)
            }
            Keyword::Pattern => {
                self.texts.not_patterns.extend(schema.pattern.clone());
                self.restrict(Types::STRING)
            }
            Keyword::Format => match schema.format {
                Some(format) if format.is_numeric() => {
                    self.numbers.not_formats.push(format);
                    self.restrict(Types::NUMBER)
                }
                format => {
                    self.texts.not_formats.extend(format);
                    self.restrict(Types::STRING)
                }
            },
            Keyword::MinItems => {
                limit(
                    &mut self.arrays.most,
                    schema.min_items.unwrap_or(1).saturating_sub(1),
                );
                self.restrict(Types::ARRAY)
            }
            Keyword::MaxItems => {
                let least = schema.max_items.unwrap_or(0).saturating_add(1);
                self.arrays.least = self.arrays.least.max(least);
                self.restrict(Types::ARRAY)
            }
            Keyword::UniqueItems => {
                self.arrays.repeated = true;
                self.arrays.least = self.arrays.least.max(2);
                self.restrict(Types::ARRAY)
            }
            Keyword::Items => {
                self.arrays.intruders.extend(schema.items.map(Literal::Not));
                self.arrays.least = self.arrays.least.max(1);
                self.restrict(Types::ARRAY)
            }
            Keyword::Required(index) => {
                if let Some(name) = schema.required.get(index) {
                    add(&mut self.objects.forbidden, name);
                }
                self.restrict(Types::OBJECT)
            }
            Keyword::Property(index) => {
                if let Some((name, property)) = schema.properties.get_index(index) {
                    self.objects
                        .members
                        .push((name.clone(), Literal::Not(property.schema)));
                    add(&mut self.objects.required, name);
                }
                self.restrict(Types::OBJECT)
            }
            Keyword::AdditionalProperties => {
                self.objects.intruder = true;
                self.restrict(Types::OBJECT)
            }
            Keyword::MinProperties => {
                limit(
                    &mut self.objects.most,
                    schema.min_properties.unwrap_or(1).saturating_sub(1),
                );
                self.restrict(Types::OBJECT)
            }
            Keyword::MaxProperties => {
                let least = schema.max_properties.unwrap_or(0).saturating_add(1);
                self.objects.least = self.objects.least.max(least);
                self.restrict(Types::OBJECT)
            }
            Keyword::Reference => schema
                .reference
                .is_none_or(|id| self.absorb(judge, &Literal::Not(id), omit)),
            Keyword::AllOf(index) => schema
                .all_of
                .get(index)
                .is_none_or(|id| self.absorb(judge, &Literal::Not(*id), omit)),
            Keyword::AnyOf => schema
                .any_of
                .iter()
                .all(|id| self.absorb(judge, &Literal::Not(*id), omit)),
            Keyword::OneOf => {
                self.choices.push(none_or_several(&schema.one_of));
                true
            }
            Keyword::Not => schema
                .not
                .is_none_or(|id| self.absorb(judge, &Literal::Is(id), omit)),
        }
    }

    pub(super) fn restrict(&mut self, types: Types) -> bool {
        self.types = self.types.intersection(types);
        self.types != Types::NONE
    }
}

impl NumberDemands {
    pub(super) fn raise(&mut self, bound: Bound) {
        let tighter = self
            .low
            .is_none_or(|(low, exclusive)| match bound.0.compare(low) {
                Ordering::Greater => true,
                Ordering::Equal => bound.1 && !exclusive,
                Ordering::Less => false,
            });
        if tighter {
            self.low = Some(bound);
        }
    }

    pub(super) fn lower(&mut self, bound: Bound) {
        let tighter = self
            .high
            .is_none_or(|(high, exclusive)| match bound.0.compare(high) {
                Ordering::Less => true,
                Ordering::Equal => bound.1 && !exclusive,
                Ordering::Greater => false,
            });
        if tighter {
            self.high = Some(bound);
        }
    }
}

fn limit(most: &mut Option<u64>, other: u64) {
    *most = Some(most.map_or(other, |most| most.min(other)));
}

fn add(names: &mut Vec<String>, name: &str) {
    if !names.iter().any(|known| known == name) {
        names.push(name.to_owned());
    }
}

/// One branch holds and no other does. What no value of the branch can be anyway is left out.
fn exclusive(judge: &Judge, branches: &[Id]) -> Vec<Vec<Literal>> {
    let one = |(index, chosen): (usize, &Id)| {
        let others = branches
            .iter()
            .enumerate()
            .filter(|(i, other)| *i != index && !judge.are_disjoint(*chosen, **other));
        std::iter::once(Literal::Is(*chosen))
            .chain(others.map(|(_, id)| Literal::Not(*id)))
            .collect()
    };
    branches.iter().enumerate().map(one).collect()
}

/// No branch holds, or two do.
fn none_or_several(branches: &[Id]) -> Vec<Vec<Literal>> {
    let none = branches.iter().map(|id| Literal::Not(*id)).collect();
    let pairs = branches.iter().enumerate().flat_map(|(i, a)| {
        branches[i + 1..]
            .iter()
            .map(|b| vec![Literal::Is(*a), Literal::Is(*b)])
    });
    std::iter::once(none).chain(pairs).collect()
}
