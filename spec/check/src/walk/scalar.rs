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
