//! A request body that need not be there.

use schema_check::serde::ser::{Serialize, SerializeSeq as _, Serializer};

/// A request body that need not be there; without a call of the builder's `body`, none is sent.
///
/// It is made from the value itself: `builder.body(thing)`.
#[derive(Clone, Debug, PartialEq)]
pub struct OptionalBody<T>(pub Option<T>);

impl<T> Default for OptionalBody<T> {
    fn default() -> OptionalBody<T> {
        OptionalBody(None)
    }
}

impl<T> From<T> for OptionalBody<T> {
    fn from(value: T) -> OptionalBody<T> {
        OptionalBody(Some(value))
    }
}

impl<T: Serialize> Serialize for OptionalBody<T> {
    /// As a list of one value or none, which `request::prepare` undoes: `null` may be a value.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(usize::from(self.0.is_some())))?;
        if let Some(value) = &self.0 {
            list.serialize_element(value)?;
        }
        list.end()
    }
}

#[cfg(test)]
mod tests {
    use schema_check::serde_json::{Value, to_string};

    use super::*;

    #[test]
    fn no_body_is_told_from_null() {
        assert_eq!(to_string(&OptionalBody::<Value>(None)).unwrap(), "[]");
        assert_eq!(
            to_string(&OptionalBody(Some(Value::Null))).unwrap(),
            "[null]"
        );
    }
}
