//! Values as types.

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::Number;

/// Makes a type of a value that has passed its check.
///
/// This is serde, but for one thing: `1.0` and `1e3` are integers in JSON Schema, and serde refuses both for an `i64`.
/// Generated types see to that themselves ([`integer`](crate::integer)); a bare integer, or a list of some, cannot.
///
/// # Errors
/// As the type has them, for a value that has not been checked.
///
/// ```
/// use schema_check::{decode, serde_json::json};
///
/// assert_eq!(decode::<i64>(&json!(1e3))?, 1000);
/// assert_eq!(decode::<Vec<u8>>(&json!([1.0, 2]))?, [1, 2]);
/// assert!(decode::<i64>(&json!(1.5)).is_err());
/// # Ok::<(), schema_check::serde_json::Error>(())
/// ```
pub fn decode<T: DeserializeOwned>(value: &Value) -> Result<T, serde_json::Error> {
    T::deserialize(value).or_else(|error| {
        let mut written_as_integers = value.clone();
        write_as_integers(&mut written_as_integers);
        T::deserialize(written_as_integers).map_err(|_| error)
    })
}

/// Writes every integer as one.
fn write_as_integers(value: &mut Value) {
    match value {
        Value::Number(number) => {
            let integer = Number::of(number).to_integer();
            let short = integer.and_then(|i| {
                i64::try_from(i)
                    .map(Into::into)
                    .or_else(|_| u64::try_from(i).map(Into::into))
                    .ok()
            });
            if let Some(short) = short {
                *number = short;
            }
        }
        Value::Array(items) => items.iter_mut().for_each(write_as_integers),
        Value::Object(members) => members.values_mut().for_each(write_as_integers),
        Value::Null | Value::Bool(_) | Value::String(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn integers_are_read_however_they_are_written() {
        assert_eq!(decode::<i64>(&json!(-7.0)).ok(), Some(-7));
        assert_eq!(
            decode::<u64>(&json!(1.8e19)).ok(),
            Some(18_000_000_000_000_000_000)
        );
        assert_eq!(
            decode::<Vec<Option<u8>>>(&json!([2.0, null])).ok(),
            Some(vec![Some(2), None])
        );
    }

    #[test]
    fn values_that_decode_as_they_are_stay_as_they_are() {
        let free = json!({"a": [1.0, -0.0, 1e300]});
        let kept = decode::<Value>(&free).unwrap_or_default();
        assert_eq!(kept.to_string(), free.to_string());
    }

    #[test]
    fn the_error_is_that_of_the_value_as_it_was() {
        let error = decode::<i64>(&json!("1")).map_err(|error| error.to_string());
        assert_eq!(
            error,
            Err("invalid type: string \"1\", expected i64".to_owned())
        );
        assert!(decode::<i64>(&json!(1e300)).is_err());
    }
}
