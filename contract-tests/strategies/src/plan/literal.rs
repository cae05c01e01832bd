//! What a value is asked to be: literals, whose conjunction is the key of a node.

use openapi_model::Types;
use serde_json::Value;

use crate::judge::{Id, Judge, Verdict};

/// One demand on a value.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Literal {
    /// It is valid for the schema.
    Is(Id),
    /// It is not valid for the schema.
    Not(Id),
    /// It does not keep that keyword of the schema, whatever it does with the others.
    Breaks(Id, Keyword),
}

/// A keyword that can be broken by itself.
///
/// The number tells which of the keyword's parts: of the members that `required` names, of the schemas in `allOf`
/// and in `properties`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Keyword {
    Type,
    Enum,
    Const,
    Minimum,
    Maximum,
    ExclusiveMinimum,
    ExclusiveMaximum,
    MultipleOf,
    MinLength,
    MaxLength,
    Pattern,
    Format,
    MinItems,
    MaxItems,
    UniqueItems,
    Required(usize),
    AdditionalProperties,
    MinProperties,
    MaxProperties,
    AnyOf,
    OneOf,
    Not,
    Reference,
    AllOf(usize),
    Items,
    Property(usize),
}

impl Keyword {
    /// The keyword as JSON Schema writes it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Keyword::Type => "type",
            Keyword::Enum => "enum",
            Keyword::Const => "const",
            Keyword::Minimum => "minimum",
            Keyword::Maximum => "maximum",
            Keyword::ExclusiveMinimum => "exclusiveMinimum",
            Keyword::ExclusiveMaximum => "exclusiveMaximum",
            Keyword::MultipleOf => "multipleOf",
            Keyword::MinLength => "minLength",
            Keyword::MaxLength => "maxLength",
            Keyword::Pattern => "pattern",
            Keyword::Format => "format",
            Keyword::MinItems => "minItems",
            Keyword::MaxItems => "maxItems",
            Keyword::UniqueItems => "uniqueItems",
            Keyword::Required(_) => "required",
            Keyword::AdditionalProperties => "additionalProperties",
            Keyword::MinProperties => "minProperties",
            Keyword::MaxProperties => "maxProperties",
            Keyword::AnyOf => "anyOf",
            Keyword::OneOf => "oneOf",
            Keyword::Not => "not",
            Keyword::Reference => "$ref",
            Keyword::AllOf(_) => "allOf",
            Keyword::Items => "items",
            Keyword::Property(_) => "properties",
        }
    }

    /// Whether it speaks of the value itself, so that an independent validator names it when it is broken.
    ///
    /// The others pass the value, or a part of it, on to another schema.
    pub(crate) fn asserts(self) -> bool {
        !matches!(
            self,
            Keyword::Reference | Keyword::AllOf(_) | Keyword::Items | Keyword::Property(_)
        )
    }
}

impl Judge {
    /// The keywords of the schema that can be broken by themselves, and whether these are all that it has.
    pub(crate) fn keywords(&self, id: Id) -> (Vec<Keyword>, bool) {
        let schema = self.get(id);
        let mut keywords = Vec::new();
        let mut put = |present: bool, keyword| keywords.extend(present.then_some(keyword));
        put(schema.reference.is_some(), Keyword::Reference);
        put(schema.types != Types::ANY, Keyword::Type);
        put(schema.enumeration.is_some(), Keyword::Enum);
        put(schema.constant.is_some(), Keyword::Const);
        put(schema.minimum.is_some(), Keyword::Minimum);
        put(schema.maximum.is_some(), Keyword::Maximum);
        put(
            schema.exclusive_minimum.is_some(),
            Keyword::ExclusiveMinimum,
        );
        put(
            schema.exclusive_maximum.is_some(),
            Keyword::ExclusiveMaximum,
        );
        put(schema.multiple_of.is_some(), Keyword::MultipleOf);
        put(
            schema.min_length.is_some_and(|least| least > 0),
            Keyword::MinLength,
        );
        put(schema.max_length.is_some(), Keyword::MaxLength);
        put(schema.pattern.is_some(), Keyword::Pattern);
        put(schema.format.is_some(), Keyword::Format);
        put(
            schema.min_items.is_some_and(|least| least > 0),
            Keyword::MinItems,
        );
        put(schema.max_items.is_some(), Keyword::MaxItems);
        put(schema.unique_items, Keyword::UniqueItems);
        for index in 0..schema.required.len() {
            put(true, Keyword::Required(index));
        }
        put(
            schema
                .additional_properties
                .is_some_and(|id| self.get(id).is_false()),
            Keyword::AdditionalProperties,
        );
        put(
            schema.min_properties.is_some_and(|least| least > 0),
            Keyword::MinProperties,
        );
        put(schema.max_properties.is_some(), Keyword::MaxProperties);
        for index in 0..schema.properties.len() {
            put(true, Keyword::Property(index));
        }
        put(schema.items.is_some(), Keyword::Items);
        for index in 0..schema.all_of.len() {
            put(true, Keyword::AllOf(index));
        }
        put(!schema.any_of.is_empty(), Keyword::AnyOf);
        put(!schema.one_of.is_empty(), Keyword::OneOf);
        put(schema.not.is_some(), Keyword::Not);
        let others = !schema.prefix_items.is_empty()
            || schema.contains.is_some()
            || !schema.pattern_properties.is_empty()
            || schema
                .additional_properties
                .is_some_and(|id| !self.get(id).is_false())
            || schema.property_names.is_some()
            || !schema.dependent_required.is_empty()
            || !schema.dependent_schemas.is_empty()
            || schema.if_.is_some()
            || schema.properties.values().any(|p| p.hidden);
        (keywords, !others)
    }

    /// Whether the schema says nothing at all.
    pub(crate) fn is_true(&self, id: Id) -> bool {
        let (keywords, known) = self.keywords(id);
        known && keywords.is_empty()
    }

    /// Every value that the schema's `enum` or `const` leaves, found through references and `allOf`.
    pub(crate) fn constants(&self, id: Id) -> Option<&[Value]> {
        let schema = self.get(id);
        let own = schema.enumeration.as_deref();
        own.or_else(|| schema.constant.as_ref().map(std::slice::from_ref))
            .or_else(|| schema.reference.and_then(|id| self.constants(id)))
            .or_else(|| schema.all_of.iter().find_map(|id| self.constants(*id)))
    }

    /// The schema itself and all that must hold with it: through references and `allOf`.
    pub(crate) fn together(&self, id: Id) -> Vec<Id> {
        let mut all = vec![id];
        let mut next = 0;
        while let Some(id) = all.get(next).copied() {
            let schema = self.get(id);
            for other in schema.reference.iter().chain(&schema.all_of) {
                if !all.contains(other) {
                    all.push(*other);
                }
            }
            next += 1;
        }
        all
    }

    /// Whether it is plain that no value is valid for both: by their types, or by a member that the one requires
    /// and of whose values the other allows none.
    pub(crate) fn are_disjoint(&self, a: Id, b: Id) -> bool {
        self.excludes(a, b) || self.excludes(b, a)
    }

    fn excludes(&self, a: Id, b: Id) -> bool {
        let (all_of_a, all_of_b) = (self.together(a), self.together(b));
        let types = |all: &[Id]| {
            all.iter().fold(Types::ANY, |types, id| {
                types.intersection(self.get(*id).types)
            })
        };
        let (types_of_a, types_of_b) = (types(&all_of_a), types(&all_of_b));
        if !types_of_a.intersects(types_of_b) {
            return true;
        }
        if types_of_a.intersection(types_of_b) != Types::OBJECT {
            return false;
        }
        let required = all_of_a.iter().flat_map(|id| &self.get(*id).required);
        required.into_iter().any(|name| {
            let property = |id: &Id| self.get(*id).properties.get(name).map(|p| p.schema);
            let values = all_of_a
                .iter()
                .filter_map(property)
                .find_map(|id| self.constants(id));
            all_of_b.iter().any(|id| match property(id) {
                Some(property) => values.is_some_and(|values| {
                    values
                        .iter()
                        .all(|value| self.verdict(property, value) == Verdict::No)
                }),
                None => {
                    let schema = self.get(*id);
                    schema.pattern_properties.is_empty()
                        && schema
                            .additional_properties
                            .is_some_and(|id| self.get(id).is_false())
                }
            })
        })
    }
}
