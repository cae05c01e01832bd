//! What the tests of the keywords have in common: a value, and what is wrong with it.

use serde_json::Value;

use crate::{Direction, Schema, Types, check, is_valid};

/// Checks one value, and compares what is wrong with it: `keyword pointer`, in order.
#[track_caller]
pub(super) fn expect(schema: &'static Schema, value: Value, expected: &[&str]) {
    expect_in(Direction::Request, schema, value, expected);
}

/// As `expect`, in one direction.
#[track_caller]
pub(super) fn expect_in(
    direction: Direction,
    schema: &'static Schema,
    value: Value,
    expected: &[&str],
) {
    let violations = check(schema, &value, direction);
    let found: Vec<String> = violations
        .iter()
        .map(|v| format!("{} {}", v.keyword, v.pointer).trim().to_owned())
        .collect();
    assert_eq!(found, expected, "{value}");
    assert_eq!(
        is_valid(schema, &value, direction),
        expected.is_empty(),
        "{value}"
    );
    for violation in violations {
        assert!(
            value.pointer(&violation.pointer).is_some(),
            "{} is a place in {value}",
            violation.pointer
        );
    }
}

/// Checks one value, and compares the messages.
#[track_caller]
pub(super) fn expect_message(schema: &'static Schema, value: Value, expected: &str) {
    let shown: Vec<String> = check(schema, &value, Direction::Request)
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(shown.join("\n"), expected, "{value}");
}

pub(super) static TEXT: Schema = Schema {
    types: Types::STRING,
    ..Schema::ANY
};
pub(super) static INTEGER: Schema = Schema {
    types: Types::INTEGER,
    ..Schema::ANY
};
pub(super) static NULL: Schema = Schema {
    types: Types::NULL,
    ..Schema::ANY
};
