//! Values that are checked, decoded and encoded again.

use schema_check::serde::{Serialize, de::DeserializeOwned};
use schema_check::{Direction, Schema, check, decode, serde_json};
use serde_json::Value;

/// A value that keeps its schema is decoded, and comes back as it was, but for members that no property declares.
#[track_caller]
pub fn comes_back<T: DeserializeOwned + Serialize>(table: &Schema, value: Value) -> T {
    comes_back_as(table, value.clone(), value)
}

/// As `comes_back`, where something is lost by intent.
#[track_caller]
pub fn comes_back_as<T: DeserializeOwned + Serialize>(
    table: &Schema,
    value: Value,
    expected: Value,
) -> T {
    assert_eq!(
        check(table, &value, Direction::Request),
        [],
        "{value} keeps its schema"
    );
    let decoded: T = decode(&value).unwrap_or_else(|error| panic!("{value}: {error}"));
    let encoded = serde_json::to_value(&decoded).unwrap();
    assert_eq!(by_value(encoded), by_value(expected), "{value} comes back");
    decoded
}

/// A value that does not keep its schema is refused by the check.
#[track_caller]
pub fn is_refused(table: &Schema, value: Value, expected: &str) {
    let violations: Vec<String> = check(table, &value, Direction::Request)
        .iter()
        .map(|v| format!("{} {}", v.pointer, v.keyword))
        .collect();
    assert_eq!(violations.join(", "), expected, "{value}");
}

/// The value with all numbers as floats, since `1` and `1.0` are one number.
fn by_value(value: Value) -> Value {
    match value {
        Value::Number(number) => Value::from(number.as_f64().unwrap()),
        Value::Array(items) => items.into_iter().map(by_value).collect(),
        Value::Object(members) => members
            .into_iter()
            .map(|(name, member)| (name, by_value(member)))
            .collect(),
        other => other,
    }
}
