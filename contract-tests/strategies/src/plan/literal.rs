//! What a value is asked to be: literals, whose conjunction is the key of a node.

use openapi_model::Types;

use crate::judge::{Assertions, Id, Judge};

/// One demand on a value.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Literal {
    /// It is valid for the schema.
    Is(Id),
    /// It is not valid for the schema.
    Not(Id),
    /// It does not keep that keyword of the schema, whatever it does with the others.
    Breaks(Id, Keyword),
    /// It has the member that the keyword, a dependency, depends on.
    Triggers(Id, Keyword),
    /// It lacks the member that the keyword, a dependency, depends on.
    Evades(Id, Keyword),
    /// It lacks one member of those that the dependency of that index asks for.
    Lacks(Id, usize, usize),
    /// Its discriminator names that branch of the schema.
    Tells(Id, usize),
    /// It is a text.
    Text,
}

/// A keyword that can be broken by itself.
///
/// The number tells which of the keyword's parts: of the members that `required` names, of the schemas in `allOf`
/// and in `properties`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Keyword {
    /// The schema `false`, which stands where a keyword would.
    False,
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
    /// `items` where it is `false`.
    NoItems,
    UniqueItems,
    Contains,
    MinContains,
    MaxContains,
    Required(usize),
    /// `additionalProperties` where it is `false`.
    AdditionalProperties,
    PropertyNames,
    MinProperties,
    MaxProperties,
    DependentRequired(usize),
    UnevaluatedItems,
    UnevaluatedProperties,
    AnyOf,
    OneOf,
    Not,
    Reference,
    AllOf(usize),
    Then,
    Else,
    DependentSchema(usize),
    PrefixItem(usize),
    Items,
    Property(usize),
    PatternProperty(usize),
    /// `additionalProperties` with a schema, that a member may break.
    AdditionalSchema,
}

impl Keyword {
    /// The keyword as JSON Schema writes it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Keyword::False => "false",
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
            Keyword::NoItems | Keyword::Items => "items",
            Keyword::UniqueItems => "uniqueItems",
            Keyword::Contains => "contains",
            Keyword::MinContains => "minContains",
            Keyword::MaxContains => "maxContains",
            Keyword::Required(_) => "required",
            Keyword::AdditionalProperties | Keyword::AdditionalSchema => "additionalProperties",
            Keyword::PropertyNames => "propertyNames",
            Keyword::MinProperties => "minProperties",
            Keyword::MaxProperties => "maxProperties",
            Keyword::DependentRequired(_) => "dependentRequired",
            Keyword::UnevaluatedItems => "unevaluatedItems",
            Keyword::UnevaluatedProperties => "unevaluatedProperties",
            Keyword::AnyOf => "anyOf",
            Keyword::OneOf => "oneOf",
            Keyword::Not => "not",
            Keyword::Reference => "$ref",
            Keyword::AllOf(_) => "allOf",
            Keyword::Then => "then",
            Keyword::Else => "else",
            Keyword::DependentSchema(_) => "dependentSchemas",
            Keyword::PrefixItem(_) => "prefixItems",
            Keyword::Property(_) => "properties",
            Keyword::PatternProperty(_) => "patternProperties",
        }
    }

    /// Whether it speaks of the value itself, so that an independent validator names it when it is broken.
    ///
    /// The others pass the value, or a part of it, on to another schema.
    pub(crate) fn asserts(self) -> bool {
        !matches!(
            self,
            Keyword::Reference
                | Keyword::AllOf(_)
                | Keyword::Then
                | Keyword::Else
                | Keyword::DependentSchema(_)
                | Keyword::PrefixItem(_)
                | Keyword::Items
                | Keyword::Property(_)
                | Keyword::PatternProperty(_)
                | Keyword::AdditionalSchema
        )
    }

    /// The keyword and what of it a rule names: one rule for a member, whichever of several schemas requires it at
    /// whatever index.
    pub(crate) fn named(self, schema: &Assertions) -> (Keyword, Option<String>) {
        match self {
            Keyword::Required(index) => (Keyword::Required(0), schema.required.get(index).cloned()),
            Keyword::DependentRequired(index) => {
                let trigger = schema.dependent_required.get_index(index);
                (
                    Keyword::DependentRequired(0),
                    trigger.map(|(name, _)| name.clone()),
                )
            }
            other => (other, None),
        }
    }
}

impl Judge {
    /// The keywords of the schema that can be broken by themselves, and whether these are all that it has.
    pub(crate) fn keywords(&self, id: Id) -> (Vec<Keyword>, bool) {
        let schema = self.get(id);
        if schema.is_false() {
            return (vec![Keyword::False], true);
        }
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
        if schema.contains.is_some() {
            put(schema.min_contains.is_none(), Keyword::Contains);
            put(
                schema.min_contains.is_some_and(|least| least > 0),
                Keyword::MinContains,
            );
            put(schema.max_contains.is_some(), Keyword::MaxContains);
        }
        for index in 0..schema.required.len() {
            put(true, Keyword::Required(index));
        }
        if let Some(id) = schema.additional_properties {
            let closed = self.get(id).is_false();
            put(closed, Keyword::AdditionalProperties);
            put(!closed, Keyword::AdditionalSchema);
        }
        put(schema.property_names.is_some(), Keyword::PropertyNames);
        put(
            schema.min_properties.is_some_and(|least| least > 0),
            Keyword::MinProperties,
        );
        put(schema.max_properties.is_some(), Keyword::MaxProperties);
        for index in 0..schema.dependent_required.len() {
            put(true, Keyword::DependentRequired(index));
        }
        for index in 0..schema.dependent_schemas.len() {
            put(true, Keyword::DependentSchema(index));
        }
        for index in 0..schema.properties.len() {
            put(true, Keyword::Property(index));
        }
        for index in 0..schema.pattern_properties.len() {
            put(true, Keyword::PatternProperty(index));
        }
        for index in 0..schema.prefix_items.len() {
            put(true, Keyword::PrefixItem(index));
        }
        if let Some(id) = schema.items {
            let closed = self.get(id).is_false();
            put(closed, Keyword::NoItems);
            put(!closed, Keyword::Items);
        }
        put(
            schema.unevaluated_items.is_some(),
            Keyword::UnevaluatedItems,
        );
        put(
            schema.unevaluated_properties.is_some(),
            Keyword::UnevaluatedProperties,
        );
        for index in 0..schema.all_of.len() {
            put(true, Keyword::AllOf(index));
        }
        put(!schema.any_of.is_empty(), Keyword::AnyOf);
        put(!schema.one_of.is_empty(), Keyword::OneOf);
        put(schema.not.is_some(), Keyword::Not);
        if schema.if_.is_some() {
            put(schema.then.is_some(), Keyword::Then);
            put(schema.else_.is_some(), Keyword::Else);
        }
        // What an unevaluated part is, only the schema as a whole tells.
        let whole = schema.unevaluated_items.is_none()
            && schema.unevaluated_properties.is_none()
            && !schema.properties.values().any(|p| p.hidden);
        (keywords, whole)
    }

    /// Whether the schema says nothing at all.
    pub(crate) fn is_true(&self, id: Id) -> bool {
        let (keywords, whole) = self.keywords(id);
        whole && keywords.is_empty()
    }
}
