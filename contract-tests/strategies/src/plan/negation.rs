//! Literals that turn a schema, or one keyword of it, round.
//!
//! A negated schema leaves a choice: which of its keywords is broken. What is taken apart too far is slower to draw
//! than to check.

use openapi_model::Types;

use super::conjunction::{Conjunction, Omit};
use super::demands::{Stranger, Witnesses, limit};
use super::literal::{Keyword, Literal};
use crate::judge::{Assertions, Exact, Id, Judge};

/// A negation with more keywords than this is not taken apart: values are drawn and checked.
const MOST_KEYWORDS_TO_NEGATE: usize = 6;

impl Conjunction {
    pub(super) fn negate(&mut self, judge: &Judge, id: Id, omit: Option<Omit<'_>>) -> bool {
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

    pub(super) fn break_keyword(
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
            Keyword::Contains => {
                self.arrays.every.extend(schema.contains.map(Literal::Not));
                self.restrict(Types::ARRAY)
            }
            Keyword::MinContains => {
                // One less than there must be.
                let count = schema.min_contains.unwrap_or(1).saturating_sub(1);
                self.witness(schema, count, Some(count))
            }
            Keyword::MaxContains => {
                let least = schema.max_contains.unwrap_or(0).saturating_add(1);
                self.witness(schema, least, None)
            }
            Keyword::PrefixItem(index) => {
                if let Some(item) = schema.prefix_items.get(index) {
                    self.arrays.places.push((index, Literal::Not(*item)));
                }
                self.arrays.least = self.arrays.least.max(index as u64 + 1);
                self.restrict(Types::ARRAY)
            }
            Keyword::UnevaluatedItems => {
                let intruder = schema.unevaluated_items.map(Literal::Not);
                self.arrays.intruders.extend(intruder);
                self.arrays.least = self.arrays.least.max(1);
                self.restrict(Types::ARRAY)
            }
            Keyword::Items | Keyword::NoItems => {
                self.arrays.intruders.extend(schema.items.map(Literal::Not));
                self.arrays.least = self.arrays.least.max(1);
                self.restrict(Types::ARRAY)
            }
            Keyword::Required(index) => {
                if let Some(name) = schema.required.get(index) {
                    self.objects.forbid(name);
                }
                self.restrict(Types::OBJECT)
            }
            Keyword::Property(index) => {
                if let Some((name, property)) = schema.properties.get_index(index) {
                    self.objects
                        .members
                        .push((name.clone(), Literal::Not(property.schema)));
                    self.objects.require(name);
                }
                self.restrict(Types::OBJECT)
            }
            Keyword::PatternProperty(index) => {
                if let Some((_, member)) = schema.pattern_properties.get(index) {
                    let stranger = Stranger::Matching(id, index, Literal::Not(*member));
                    self.objects.intruders.push(stranger);
                }
                self.restrict(Types::OBJECT)
            }
            Keyword::AdditionalProperties | Keyword::AdditionalSchema => {
                self.intrude(judge, id, schema.additional_properties)
            }
            Keyword::UnevaluatedProperties => {
                self.intrude(judge, id, schema.unevaluated_properties)
            }
            Keyword::PropertyNames => {
                self.objects.intruders.push(Stranger::Misnamed(id));
                self.restrict(Types::OBJECT)
            }
            Keyword::DependentRequired(index) => {
                if let Some((name, needs)) = schema.dependent_required.get_index(index) {
                    self.objects.require(name);
                    let ways = 0..needs.len();
                    let ways = ways.map(|needed| vec![Literal::Lacks(id, index, needed)]);
                    self.choices.push(ways.collect());
                }
                self.restrict(Types::OBJECT)
            }
            Keyword::DependentSchema(index) => {
                let Some((name, dependent)) = schema.dependent_schemas.get_index(index) else {
                    return false;
                };
                self.objects.require(name);
                self.restrict(Types::OBJECT) && self.absorb(judge, &Literal::Not(*dependent), omit)
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
            Keyword::False => true,
            Keyword::Then | Keyword::Else => {
                let (condition, broken) = match keyword {
                    Keyword::Then => (schema.if_.map(Literal::Is), schema.then),
                    _ => (schema.if_.map(Literal::Not), schema.else_),
                };
                condition.is_some_and(|literal| self.absorb(judge, &literal, None))
                    && broken.is_some_and(|id| self.absorb(judge, &Literal::Not(id), omit))
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

    fn witness(&mut self, schema: &Assertions, least: u64, most: Option<u64>) -> bool {
        self.arrays
            .witnesses
            .extend(schema.contains.map(|schema| Witnesses {
                schema,
                least,
                most,
            }));
        self.restrict(Types::ARRAY)
    }

    /// There is a member that the schema does not name, and that is not valid for what it says of such members.
    fn intrude(&mut self, judge: &Judge, id: Id, others: Option<Id>) -> bool {
        let broken = others.filter(|id| !judge.get(*id).is_false());
        self.objects
            .intruders
            .push(Stranger::Unnamed(id, broken.map(Literal::Not)));
        self.restrict(Types::OBJECT)
    }
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
