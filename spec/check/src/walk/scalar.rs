//! Keywords of single values: `enum`, `const`, and those of numbers and text.

use std::cmp::Ordering;

use serde_json::Value;

use super::Walk;
use crate::number::is_multiple;
use crate::place::Place;
use crate::{Number, Schema, words};

impl Walk {
    pub(super) fn enumeration(&mut self, schema: &Schema, value: &Value, place: &Place<'_>) {
        if let Some(literals) = schema.enumeration
            && !literals.iter().any(|literal| literal.equals(value))
        {
            self.fail(place, "enum", || {
                format!(
                    "is {}, expected is {}",
                    words::shown(value),
                    words::literals(literals)
                )
            });
        }
        if let Some(literal) = schema.constant
            && !literal.equals(value)
        {
            self.fail(place, "const", || {
                format!("is {}, expected is {literal}", words::shown(value))
            });
        }
    }

    pub(super) fn number(
        &mut self,
        schema: &Schema,
        number: &serde_json::Number,
        place: &Place<'_>,
    ) {
        use Ordering::{Equal, Greater, Less};
        let value = Number::of(number);
        let bounds: [(&'static str, Option<Number>, &[Ordering], &str); 4] = [
            ("minimum", schema.minimum, &[Greater, Equal], "at least"),
            (
                "exclusiveMinimum",
                schema.exclusive_minimum,
                &[Greater],
                "more than",
            ),
            ("maximum", schema.maximum, &[Less, Equal], "at most"),
            (
                "exclusiveMaximum",
                schema.exclusive_maximum,
                &[Less],
                "less than",
            ),
        ];
        for (keyword, bound, allowed, words) in bounds {
            if let Some(bound) = bound
                && !value
                    .compare(bound)
                    .is_some_and(|order| allowed.contains(&order))
            {
                self.fail(place, keyword, || {
                    format!("is {number}, {words} {bound} is allowed")
                });
            }
        }
        if let Some(step) = schema.multiple_of
            && !is_multiple(number, step)
        {
            self.fail(place, "multipleOf", || {
                format!("is {number}, a multiple of {step} is expected")
            });
        }
        if let Some(format) = schema.format
            && !format.takes_number(value)
        {
            self.fail(place, "format", || {
                format!("is {number}, which is not {}", format.in_words())
            });
        }
    }

    pub(super) fn text(&mut self, schema: &Schema, text: &str, place: &Place<'_>) {
        let mut too_long = false;
        if schema.min_length.is_some() || schema.max_length.is_some() {
            let length = text.chars().count() as u64;
            if let Some(least) = schema.min_length
                && length < least
            {
                self.fail(place, "minLength", || {
                    wrong_length(length, least, "at least", "needed")
                });
            }
            if let Some(most) = schema.max_length
                && length > most
            {
                too_long = true;
                self.fail(place, "maxLength", || {
                    wrong_length(length, most, "at most", "allowed")
                });
            }
        }
        // Text that is too long is not searched: some patterns take time by the square of the length, or worse.
        if let Some(pattern) = schema.pattern
            && !too_long
            && !pattern.is_found_in(text)
        {
            self.fail(place, "pattern", || {
                format!("does not match the pattern {}", pattern.as_str())
            });
        }
        if let Some(format) = schema.format
            && !format.takes_text(text)
        {
            self.fail(place, "format", || format!("is not {}", format.in_words()));
        }
    }
}

fn wrong_length(length: u64, limit: u64, bound: &str, verdict: &str) -> String {
    let length = words::count(length, "character");
    format!(
        "is {length} long, {bound} {limit} {}",
        words::are(limit, verdict)
    )
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::expect::{INTEGER, TEXT, expect, expect_message};
    use crate::{Format, Literal, Number, Pattern, Schema, Types};

    #[test]
    fn types() {
        expect(&INTEGER, json!(1), &[]);
        expect(&INTEGER, json!(1.0), &[]);
        expect(&INTEGER, json!(1e300), &[]);
        expect(&INTEGER, json!(1.5), &["type"]);
        expect(&INTEGER, json!("1"), &["type"]);
        expect(&TEXT, json!(null), &["type"]);
        expect(&Schema::ANY, json!({"a": [null]}), &[]);
        expect(&Schema::NEVER, json!(null), &["type"]);

        static TWO: Schema = Schema {
            types: Types::STRING.or(Types::NULL),
            ..Schema::ANY
        };
        expect(&TWO, json!(null), &[]);
        expect_message(
            &TWO,
            json!(1),
            "is an integer, a string or null is expected",
        );
        expect_message(&INTEGER, json!(1.5), "is a number, an integer is expected");
    }

    #[test]
    fn enumerations_and_constants() {
        static ENUM: Schema = Schema {
            enumeration: Some(&[
                Literal::String("a"),
                Literal::Number(Number::Integer(1)),
                Literal::Null,
            ]),
            ..Schema::ANY
        };
        expect(&ENUM, json!("a"), &[]);
        expect(&ENUM, json!(1.0), &[]);
        expect(&ENUM, json!(null), &[]);
        expect(&ENUM, json!("b"), &["enum"]);
        expect_message(&ENUM, json!("b"), r#"is "b", expected is "a", 1 or null"#);
        expect_message(
            &ENUM,
            json!({"a": 1}),
            r#"is the object, expected is "a", 1 or null"#,
        );

        static CONST: Schema = Schema {
            constant: Some(&Literal::Array(&[Literal::Bool(true)])),
            ..Schema::ANY
        };
        expect(&CONST, json!([true]), &[]);
        expect(&CONST, json!([false]), &["const"]);
        expect_message(&CONST, json!(false), "is false, expected is [true]");
    }

    #[test]
    fn numbers() {
        static INCLUSIVE: Schema = Schema {
            minimum: Some(Number::Integer(1)),
            maximum: Some(Number::Float(2.5)),
            ..Schema::ANY
        };
        expect(&INCLUSIVE, json!(1), &[]);
        expect(&INCLUSIVE, json!(2.5), &[]);
        expect(&INCLUSIVE, json!(0.99), &["minimum"]);
        expect(&INCLUSIVE, json!(2.51), &["maximum"]);
        expect(&INCLUSIVE, json!("0"), &[]);
        expect_message(&INCLUSIVE, json!(0), "is 0, at least 1 is allowed");
        expect_message(&INCLUSIVE, json!(3), "is 3, at most 2.5 is allowed");

        static EXCLUSIVE: Schema = Schema {
            exclusive_minimum: Some(Number::Integer(0)),
            exclusive_maximum: Some(Number::Integer(9_007_199_254_740_993)),
            ..Schema::ANY
        };
        expect(&EXCLUSIVE, json!(1e-300), &[]);
        expect(&EXCLUSIVE, json!(9_007_199_254_740_992_u64), &[]);
        expect(&EXCLUSIVE, json!(0), &["exclusiveMinimum"]);
        expect(&EXCLUSIVE, json!(-0.0), &["exclusiveMinimum"]);
        expect(
            &EXCLUSIVE,
            json!(9_007_199_254_740_993_u64),
            &["exclusiveMaximum"],
        );

        static CENTS: Schema = Schema {
            multiple_of: Some(Number::Float(0.01)),
            ..Schema::ANY
        };
        expect(&CENTS, json!(19.99), &[]);
        expect(&CENTS, json!(19.999), &["multipleOf"]);
        expect_message(
            &CENTS,
            json!(0.001),
            "is 0.001, a multiple of 0.01 is expected",
        );

        static SHORT: Schema = Schema {
            types: Types::INTEGER,
            format: Some(Format::Int32),
            ..Schema::ANY
        };
        expect(&SHORT, json!(2_147_483_647), &[]);
        expect(&SHORT, json!(2_147_483_648_u64), &["format"]);
    }

    #[test]
    fn text() {
        static CODE: Pattern = Pattern::new("^[a-z]*$");
        static SCHEMA: Schema = Schema {
            min_length: Some(2),
            max_length: Some(3),
            pattern: Some(&CODE),
            ..Schema::ANY
        };
        expect(&SCHEMA, json!("ab"), &[]);
        expect(&SCHEMA, json!("a"), &["minLength"]);
        expect(&SCHEMA, json!("A"), &["minLength", "pattern"]);
        expect(&SCHEMA, json!("AB"), &["pattern"]);
        expect(&SCHEMA, json!("ABCD"), &["maxLength"]);
        expect(&SCHEMA, json!(1), &[]);
        expect_message(
            &SCHEMA,
            json!("a"),
            "is 1 character long, at least 2 are needed",
        );
        expect_message(
            &SCHEMA,
            json!("abcd"),
            "is 4 characters long, at most 3 are allowed",
        );

        static SCALARS: Schema = Schema {
            max_length: Some(2),
            ..Schema::ANY
        };
        expect(&SCALARS, json!("😀😀"), &[]);
        expect(&SCALARS, json!("e\u{301}e"), &["maxLength"]);

        static DATE: Schema = Schema {
            format: Some(Format::Date),
            ..Schema::ANY
        };
        expect(&DATE, json!("2024-02-29"), &[]);
        expect(&DATE, json!(20_240_229), &[]);
        expect_message(
            &DATE,
            json!("2023-02-29"),
            "is not a date, such as 2024-02-29",
        );
    }
}
