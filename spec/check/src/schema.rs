//! The table that says what one value may be.
//!
//! This module is purely the shape; `walk` gives it its meaning. Every member is a keyword of JSON Schema 2020-12 and
//! works by itself, as there: a schema of [`Types::ANY`] with a `max_length` takes every number.

use crate::{Format, Literal, Number, Pattern};

/// What one value may be. Written as a `static`, since tables refer to each other:
///
/// ```
/// use schema_check::{Schema, Types};
///
/// static LIST: Schema = Schema {
///     types: Types::OBJECT,
///     properties: &[("next", &LIST)],
///     ..Schema::ANY
/// };
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Schema {
    /// `type`.
    pub types: Types,
    /// `enum`.
    pub enumeration: Option<&'static [Literal]>,
    /// `const`.
    pub constant: Option<&'static Literal>,
    /// `minimum`, inclusive.
    pub minimum: Option<Number>,
    /// `maximum`, inclusive.
    pub maximum: Option<Number>,
    /// `exclusiveMinimum`.
    pub exclusive_minimum: Option<Number>,
    /// `exclusiveMaximum`.
    pub exclusive_maximum: Option<Number>,
    /// `multipleOf`, above 0.
    pub multiple_of: Option<Number>,
    /// `minLength`, in Unicode scalar values.
    pub min_length: Option<u64>,
    /// `maxLength`, in Unicode scalar values.
    pub max_length: Option<u64>,
    /// `pattern`, a static of its own because it is compiled on first use.
    pub pattern: Option<&'static Pattern>,
    /// `format`, where it is one that restricts.
    pub format: Option<Format>,
    /// `items`: the items behind `prefix_items`.
    pub items: Option<&'static Schema>,
    /// `prefixItems`.
    pub prefix_items: &'static [&'static Schema],
    /// `minItems`.
    pub min_items: Option<u64>,
    /// `maxItems`.
    pub max_items: Option<u64>,
    /// `uniqueItems`.
    pub unique_items: bool,
    /// `contains`.
    pub contains: Option<&'static Schema>,
    /// `minContains`; 1 where it is absent.
    pub min_contains: Option<u64>,
    /// `maxContains`.
    pub max_contains: Option<u64>,
    /// `properties`.
    pub properties: &'static [(&'static str, &'static Schema)],
    /// `patternProperties`.
    pub pattern_properties: &'static [(&'static Pattern, &'static Schema)],
    /// `additionalProperties`: the members that neither of the two above names.
    pub additional_properties: Option<&'static Schema>,
    /// `propertyNames`.
    pub property_names: Option<&'static Schema>,
    /// `required`.
    pub required: &'static [&'static str],
    /// `minProperties`.
    pub min_properties: Option<u64>,
    /// `maxProperties`.
    pub max_properties: Option<u64>,
    /// `dependentRequired`: where the first member is present, the others are required.
    pub dependent_required: &'static [(&'static str, &'static [&'static str])],
    /// `dependentSchemas`: where the member is present, the object must be valid for the schema.
    pub dependent_schemas: &'static [(&'static str, &'static Schema)],
    /// `allOf`, and whatever a `$ref` beside other keywords leads to.
    pub all_of: &'static [&'static Schema],
    /// `anyOf`; empty means absent.
    pub any_of: &'static [&'static Schema],
    /// `oneOf`; empty means absent.
    pub one_of: &'static [&'static Schema],
    /// `not`.
    pub not: Option<&'static Schema>,
    /// `if`.
    pub if_: Option<&'static Schema>,
    /// `then`.
    pub then: Option<&'static Schema>,
    /// `else`.
    pub else_: Option<&'static Schema>,
    /// `readOnly`: as a property, it is not required in a request.
    pub read_only: bool,
    /// `writeOnly`: as a property, it is not required in a response, and refused there.
    pub write_only: bool,
}

impl Schema {
    /// Takes every value: the start of every table.
    pub const ANY: Schema = Schema {
        types: Types::ANY,
        enumeration: None,
        constant: None,
        minimum: None,
        maximum: None,
        exclusive_minimum: None,
        exclusive_maximum: None,
        multiple_of: None,
        min_length: None,
        max_length: None,
        pattern: None,
        format: None,
        items: None,
        prefix_items: &[],
        min_items: None,
        max_items: None,
        unique_items: false,
        contains: None,
        min_contains: None,
        max_contains: None,
        properties: &[],
        pattern_properties: &[],
        additional_properties: None,
        property_names: None,
        required: &[],
        min_properties: None,
        max_properties: None,
        dependent_required: &[],
        dependent_schemas: &[],
        all_of: &[],
        any_of: &[],
        one_of: &[],
        not: None,
        if_: None,
        then: None,
        else_: None,
        read_only: false,
        write_only: false,
    };

    /// Takes no value.
    pub const NEVER: Schema = Schema {
        types: Types::NONE,
        ..Schema::ANY
    };

    /// The schema that `properties` has for a member.
    pub fn property(&self, name: &str) -> Option<&'static Schema> {
        self.properties
            .iter()
            .find(|(n, _)| *n == name)
            .map(|(_, schema)| *schema)
    }
}

/// Which way a value travels, which decides about [`Schema::read_only`] and [`Schema::write_only`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// From client to server.
    Request,
    /// From server to client.
    Response,
}

/// A set of JSON types. `integer` is a type of its own, and part of `number`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Types(u8);

impl Types {
    /// No value at all.
    pub const NONE: Types = Types(0);
    /// `null`.
    pub const NULL: Types = Types(1);
    /// `boolean`.
    pub const BOOLEAN: Types = Types(2);
    /// Numbers without a fraction: `1`, and `1.0` and `1e3` too.
    pub const INTEGER: Types = Types(4);
    /// Every number, integers included.
    pub const NUMBER: Types = Types(8 | 4);
    /// `string`.
    pub const STRING: Types = Types(16);
    /// `array`.
    pub const ARRAY: Types = Types(32);
    /// `object`.
    pub const OBJECT: Types = Types(64);
    /// Every value.
    pub const ANY: Types = Types(127);

    /// The types of both sets.
    #[must_use]
    pub const fn or(self, other: Types) -> Types {
        Types(self.0 | other.0)
    }

    /// Whether every type of `other` is in this set.
    pub const fn contains(self, other: Types) -> bool {
        self.0 & other.0 == other.0
    }

    /// The smallest type that has a value.
    pub(crate) fn of(value: &serde_json::Value) -> Types {
        use serde_json::Value;
        match value {
            Value::Null => Types::NULL,
            Value::Bool(_) => Types::BOOLEAN,
            Value::Number(number) if Number::of(number).is_integer() => Types::INTEGER,
            Value::Number(_) => Types::NUMBER,
            Value::String(_) => Types::STRING,
            Value::Array(_) => Types::ARRAY,
            Value::Object(_) => Types::OBJECT,
        }
    }

    /// The set in words: "a string or null".
    pub(crate) fn in_words(self) -> String {
        let named = [
            (Types::BOOLEAN, "a boolean"),
            (Types::INTEGER, "an integer"),
            (Types::NUMBER, "a number"),
            (Types::STRING, "a string"),
            (Types::ARRAY, "an array"),
            (Types::OBJECT, "an object"),
            (Types::NULL, "null"),
        ];
        let names: Vec<&str> = named
            .into_iter()
            .filter(|(types, _)| self.contains(*types))
            .filter(|(types, _)| *types != Types::INTEGER || !self.contains(Types::NUMBER))
            .map(|(_, name)| name)
            .collect();
        crate::words::either(&names)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_more_than_an_integer() {
        assert!(Types::NUMBER.contains(Types::INTEGER));
        assert!(!Types::INTEGER.contains(Types::NUMBER));
    }

    #[test]
    fn sets_of_types_read_as_english() {
        assert_eq!(Types::STRING.in_words(), "a string");
        assert_eq!(
            Types::NULL.or(Types::INTEGER).in_words(),
            "an integer or null"
        );
        assert_eq!(
            Types::NUMBER.or(Types::ARRAY).or(Types::NULL).in_words(),
            "a number, an array or null"
        );
    }
}
