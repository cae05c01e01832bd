//! Values that stand in a schema, and when two JSON values are equal.
//!
//! Equal as JSON Schema has it: numbers by value (1 is 1.0), objects without order.

use std::cmp::Ordering;
use std::fmt;

use serde_json::Value;

use crate::Number;

/// A value of an `enum` or `const`.
#[derive(Clone, Copy, Debug)]
pub enum Literal {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number.
    Number(Number),
    /// A string.
    String(&'static str),
    /// An array.
    Array(&'static [Literal]),
    /// An object.
    Object(&'static [(&'static str, Literal)]),
}

impl Literal {
    /// Whether a value is this one.
    pub fn equals(&self, value: &Value) -> bool {
        match (self, value) {
            (Literal::Null, Value::Null) => true,
            (Literal::Bool(a), Value::Bool(b)) => a == b,
            (Literal::Number(a), Value::Number(b)) => {
                a.compare(Number::of(b)) == Some(Ordering::Equal)
            }
            (Literal::String(a), Value::String(b)) => a == b,
            (Literal::Array(a), Value::Array(b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.equals(b))
            }
            (Literal::Object(a), Value::Object(b)) => {
                a.len() == b.len()
                    && a.iter()
                        .all(|(name, a)| b.get(*name).is_some_and(|b| a.equals(b)))
            }
            _ => false,
        }
    }
}

impl fmt::Display for Literal {
    /// The literal as JSON.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let string = |text: &str| Value::from(text).to_string();
        match self {
            Literal::Null => f.write_str("null"),
            Literal::Bool(value) => write!(f, "{value}"),
            Literal::Number(number) => write!(f, "{number}"),
            Literal::String(text) => f.write_str(&string(text)),
            Literal::Array(items) => {
                f.write_str("[")?;
                for (index, item) in items.iter().enumerate() {
                    write!(f, "{}{item}", if index > 0 { ", " } else { "" })?;
                }
                f.write_str("]")
            }
            Literal::Object(members) => {
                f.write_str("{")?;
                for (index, (name, member)) in members.iter().enumerate() {
                    write!(
                        f,
                        "{}{}: {member}",
                        if index > 0 { ", " } else { "" },
                        string(name)
                    )?;
                }
                f.write_str("}")
            }
        }
    }
}

/// Whether two JSON values are the same value.
pub(crate) fn equal(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => {
            Number::of(a).compare(Number::of(b)) == Some(Ordering::Equal)
        }
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| equal(a, b))
        }
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len()
                && a.iter()
                    .all(|(name, a)| b.get(name).is_some_and(|b| equal(a, b)))
        }
        (a, b) => a == b,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const LITERAL: Literal = Literal::Object(&[
        (
            "a",
            Literal::Array(&[Literal::Number(Number::Integer(1)), Literal::Null]),
        ),
        ("b", Literal::String("é\"")),
        ("c", Literal::Bool(true)),
    ]);

    #[test]
    fn literals_equal_values_by_value() {
        assert!(LITERAL.equals(&json!({"c": true, "b": "é\"", "a": [1.0, null]})));
        assert!(!LITERAL.equals(&json!({"c": true, "b": "é\"", "a": [1, null], "d": 0})));
        assert!(!LITERAL.equals(&json!({"c": true, "b": "é\"", "a": [1]})));
        assert!(!LITERAL.equals(&json!({"c": 1, "b": "é\"", "a": [1, null]})));
    }

    #[test]
    fn literals_are_shown_as_json() {
        assert_eq!(
            LITERAL.to_string(),
            r#"{"a": [1, null], "b": "é\"", "c": true}"#
        );
    }

    #[test]
    fn values_are_equal_however_their_numbers_are_written() {
        assert!(equal(&json!({"a": [1, 2.0]}), &json!({"a": [1.0, 2]})));
        assert!(!equal(
            &json!([9_007_199_254_740_993_u64]),
            &json!([9_007_199_254_740_992.0])
        ));
        assert!(!equal(&json!(0), &json!(false)));
    }
}
