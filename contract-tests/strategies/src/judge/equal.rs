//! Equality of JSON values as JSON Schema means it: numbers by their value.

use std::cmp::Ordering;

use serde_json::Value;

use super::Exact;

/// Whether the values are equal: 1 and 1.0 are, members have no order.
pub(crate) fn equal(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => {
            a == b || Exact::of(a).compare(Exact::of(b)) == Ordering::Equal
        }
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| equal(a, b))
        }
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len()
                && a.iter()
                    .all(|(name, value)| b.get(name).is_some_and(|other| equal(value, other)))
        }
        (Value::Null, Value::Null) => true,
        (Value::Bool(a), Value::Bool(b)) => a == b,
        (Value::String(a), Value::String(b)) => a == b,
        _ => false,
    }
}

/// A text that equal values share, and no others: for many values that are compared each with each.
pub(crate) fn canonical(value: &Value) -> String {
    let mut text = String::new();
    write_canonical(value, &mut text);
    text
}

fn write_canonical(value: &Value, text: &mut String) {
    match value {
        Value::Number(number) => match Exact::of(number) {
            Exact::Integer(integer) => text.push_str(&integer.to_string()),
            Exact::Float(float) => text.push_str(&format!("{float:e}")),
        },
        Value::Array(items) => {
            text.push('[');
            for item in items {
                write_canonical(item, text);
                text.push(',');
            }
            text.push(']');
        }
        Value::Object(members) => {
            let mut members: Vec<(&String, &Value)> = members.iter().collect();
            members.sort_by_key(|(name, _)| *name);
            text.push('{');
            for (name, member) in members {
                text.push_str(&format!("{name:?}:"));
                write_canonical(member, text);
                text.push(',');
            }
            text.push('}');
        }
        Value::String(string) => text.push_str(&format!("{string:?}")),
        Value::Null | Value::Bool(_) => text.push_str(&value.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn numbers_are_equal_by_value_and_booleans_are_no_numbers() {
        assert!(equal(&json!({"a": [1, 0.0]}), &json!({"a": [1.0, -0.0]})));
        assert_eq!(
            canonical(&json!({"a": [1, 0.0], "b": 1e30})),
            canonical(&json!({"b": 1e30, "a": [1.0, -0.0]}))
        );
        assert_ne!(canonical(&json!(["1,"])), canonical(&json!(["1", ""])));
        assert!(!equal(&json!(1), &json!(true)));
        assert!(!equal(
            &json!(9_007_199_254_740_993_i64),
            &json!(9_007_199_254_740_992.0)
        ));
    }
}
