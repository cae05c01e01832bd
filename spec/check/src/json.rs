//! JSON text, read more strictly than JSON asks for.
//!
//! RFC 8259 leaves open what a repeated name means, so two programs may see two different values in one text. Here
//! it is an error, as are bytes behind the value, text that is not UTF-8, and numbers beyond the range of `f64`,
//! which could only be read as another number.

use std::cell::RefCell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use crate::place::Place;

/// Why a text is no acceptable JSON.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum JsonError {
    /// It is no JSON text, or has a number out of range, or is nested more than 128 levels deep.
    #[error("line {line}, column {column}: {message}")]
    Malformed {
        /// The line, from 1.
        line: usize,
        /// The column in bytes, from 1; 0 at the end of the line before.
        column: usize,
        /// What is wrong there.
        message: String,
    },
    /// An object has two members of one name.
    #[error("line {line}, column {column}: the object has another member of that name: {pointer}")]
    RepeatedName {
        /// The line of the second one, from 1.
        line: usize,
        /// The column in bytes, from 1, at which the second one's name ends.
        column: usize,
        /// The JSON pointer of the member.
        pointer: String,
    },
}

/// Reads one JSON value.
///
/// # Errors
/// The first thing that is wrong with the text, with its line and column.
pub fn parse_json(bytes: &[u8]) -> Result<Value, JsonError> {
    let repeated = RefCell::new(None);
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let seed = Strict {
        place: Place::Root,
        repeated: &repeated,
    };
    let result = seed
        .deserialize(&mut reader)
        .and_then(|value| reader.end().map(|()| value));
    result.map_err(|error| match repeated.into_inner() {
        Some(pointer) => JsonError::RepeatedName {
            line: error.line(),
            column: error.column(),
            pointer,
        },
        None => JsonError::Malformed {
            line: error.line(),
            column: error.column(),
            message: message(&error),
        },
    })
}

/// The error's message without its position.
fn message(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let position = format!(" at line {} column {}", error.line(), error.column());
    text.strip_suffix(&position).unwrap_or(&text).to_owned()
}

/// Reads a value at a place, and writes down where a name is repeated: serde's errors carry text only.
#[derive(Clone, Copy)]
struct Strict<'a> {
    place: Place<'a>,
    repeated: &'a RefCell<Option<String>>,
}

impl<'de> DeserializeSeed<'de> for Strict<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Value, E> {
        Number::from_f64(value)
            .map(Value::Number)
            .ok_or_else(|| E::custom("number out of range"))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::String(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Value, E> {
        Ok(Value::String(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = access.next_element_seed(Strict {
            place: Place::Item(&self.place, items.len()),
            repeated: self.repeated,
        })? {
            items.push(item);
        }
        Ok(Value::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let mut members = Map::new();
        while let Some(name) = access.next_key::<String>()? {
            let place = Place::Member(&self.place, &name);
            if members.contains_key(&name) {
                *self.repeated.borrow_mut() = Some(place.pointer());
                return Err(A::Error::custom("repeated name"));
            }
            let member = access.next_value_seed(Strict {
                place,
                repeated: self.repeated,
            })?;
            members.insert(name, member);
        }
        Ok(Value::Object(members))
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Value) {
        assert_eq!(parse_json(text.as_bytes()).unwrap(), expected);
    }

    #[track_caller]
    fn check_error(bytes: &[u8], expected: &str) {
        assert_eq!(parse_json(bytes).unwrap_err().to_string(), expected);
    }

    #[test]
    fn json_is_read() {
        check(
            " {\"a\": [1, -2, 0.5, null, true, \"\\u00e9\\ud83d\\ude00\"]}\n",
            json!({"a": [1, -2, 0.5, null, true, "é😀"]}),
        );
        check(
            "18446744073709551615",
            json!(18_446_744_073_709_551_615_u64),
        );
        check("1e3", json!(1000.0));
    }

    #[test]
    fn what_is_not_json_is_an_error_with_its_place() {
        check_error(b"", "line 1, column 0: EOF while parsing a value");
        check_error(b"{\"a\": 1,\n \"b\": }", "line 2, column 7: expected value");
        check_error(b"{} {}", "line 1, column 4: trailing characters");
        check_error(b"[1,]", "line 1, column 4: trailing comma");
        check_error(b"\"\xff\"", "line 1, column 2: invalid unicode code point");
        check_error(
            b"\"\\ud800\"",
            "line 1, column 8: unexpected end of hex escape",
        );
        check_error(b"NaN", "line 1, column 1: expected value");
        check_error(b"01", "line 1, column 2: invalid number");
    }

    #[test]
    fn numbers_beyond_the_range_of_floats_are_an_error() {
        check_error(
            b"{\"a\": [1e400]}",
            "line 1, column 12: number out of range",
        );
        check("-1e-400", json!(-0.0));
    }

    #[test]
    fn a_repeated_name_is_an_error_with_its_pointer() {
        check_error(
            b"{\"a\": [0, {\"b/c\": 1, \"d\": 2, \"b/c\": 1}]}",
            "line 1, column 34: the object has another member of that name: /a/1/b~1c",
        );
        check_error(
            b"{\"a\": 1, \"\\u0061\": 2}",
            "line 1, column 17: the object has another member of that name: /a",
        );
        check("[{\"a\": 1}, {\"a\": 1}]", json!([{"a": 1}, {"a": 1}]));
    }

    #[test]
    fn text_that_is_nested_too_deeply_is_an_error() {
        check_error(
            "[".repeat(100_000).as_bytes(),
            "line 1, column 128: recursion limit exceeded",
        );
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
            let strict = parse_json(&bytes);
            let lax = serde_json::from_slice::<Value>(&bytes);
            if let Ok(value) = strict {
                prop_assert_eq!(value, lax.unwrap());
            }
        }
    }
}
