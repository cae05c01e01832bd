//! Reads integers however they are written.
//!
//! `1.0` and `1e3` are integers in JSON Schema, and serde refuses both for an `i64`. Fields that hold integers, bare or
//! in lists, maps and options, are read by the functions of this module:
//!
//! ```
//! use schema_check::serde::Deserialize;
//!
//! #[derive(Debug, PartialEq, Deserialize)]
//! #[serde(crate = "schema_check::serde")]
//! struct Page {
//!     #[serde(deserialize_with = "schema_check::integer::deserialize")]
//!     sizes: Vec<Option<i64>>,
//! }
//!
//! let page: Page = schema_check::serde_json::from_str(r#"{"sizes": [1, 2.0, null, 3e2]}"#)?;
//! assert_eq!(page.sizes, [Some(1), Some(2), None, Some(300)]);
//! # Ok::<(), schema_check::serde_json::Error>(())
//! ```

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};

/// Reads integers, or something made of them.
///
/// # Errors
/// Where a number is no integer, or out of the type's range, or the value is of another type.
pub fn deserialize<'de, D: Deserializer<'de>, T: Integers>(deserializer: D) -> Result<T, D::Error> {
    T::read(deserializer)
}

/// Reads a member that is there, and may be `null`, as [`present`](crate::present) does.
///
/// # Errors
/// As [`deserialize`].
pub fn present<'de, D: Deserializer<'de>, T: Integers>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    T::read(deserializer).map(Some)
}

/// An integer type, or lists, maps and options of one.
pub trait Integers: Sized {
    /// Reads a value of the type.
    ///
    /// # Errors
    /// As [`deserialize`].
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>;
}

macro_rules! integers {
    ($($integer:ty)*) => {$(
        impl Integers for $integer {
            fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let wide = deserializer.deserialize_any(Wide)?;
                <$integer>::try_from(wide)
                    .map_err(|_| D::Error::custom(format_args!("{wide} is out of range of {}", stringify!($integer))))
            }
        }
    )*};
}

integers!(i8 i16 i32 i64 u8 u16 u32 u64);

impl<T: Integers> Integers for Option<T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Option::<Read<T>>::deserialize(deserializer)?.map(|read| read.0))
    }
}

impl<T: Integers> Integers for Vec<T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(List(PhantomData))
    }
}

impl<T: Integers> Integers for BTreeMap<String, T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Members(PhantomData))
    }
}

/// Every integer that 64 bits can hold, with a sign or without.
struct Wide;

impl Visitor<'_> for Wide {
    type Value = i128;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an integer")
    }

    fn visit_i64<E>(self, value: i64) -> Result<i128, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<i128, E> {
        Ok(value.into())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<i128, E> {
        match crate::Number::Float(value).to_integer() {
            Some(integer) => Ok(integer),
            None => Err(E::invalid_value(serde::de::Unexpected::Float(value), &self)),
        }
    }
}

/// What [`Integers::read`] reads, as a type that serde's own options, lists and maps can hold.
struct Read<T>(T);

impl<'de, T: Integers> Deserialize<'de> for Read<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::read(deserializer).map(Read)
    }
}

struct List<T>(PhantomData<T>);

impl<'de, T: Integers> Visitor<'de> for List<T> {
    type Value = Vec<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Vec<T>, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = access.next_element::<Read<T>>()? {
            items.push(item.0);
        }
        Ok(items)
    }
}

struct Members<T>(PhantomData<T>);

impl<'de, T: Integers> Visitor<'de> for Members<T> {
    type Value = BTreeMap<String, T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<BTreeMap<String, T>, A::Error> {
        let mut members = BTreeMap::new();
        while let Some((name, member)) = access.next_entry::<String, Read<T>>()? {
            members.insert(name, member.0);
        }
        Ok(members)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn read<T: Integers>(value: Value) -> Option<T> {
        deserialize(value).ok()
    }

    #[test]
    fn integers_are_read_however_they_are_written() {
        assert_eq!(read(json!(7)), Some(7_i64));
        assert_eq!(read(json!(-7.0)), Some(-7_i32));
        assert_eq!(read(json!(1e3)), Some(1000_u16));
        assert_eq!(read(json!(u64::MAX)), Some(u64::MAX));
        assert_eq!(read(json!(i64::MIN)), Some(i64::MIN));
    }

    #[test]
    fn other_values_are_errors() {
        assert_eq!(read::<i64>(json!(1.5)), None);
        assert_eq!(read::<i64>(json!("1")), None);
        assert_eq!(read::<i64>(json!(null)), None);
        assert_eq!(read::<i64>(json!(1e300)), None);
        assert_eq!(read::<i64>(json!(u64::MAX)), None);
        assert_eq!(read::<u8>(json!(256)), None);
        assert_eq!(read::<u8>(json!(-1)), None);
        assert_eq!(read::<Vec<i64>>(json!({})), None);
    }

    #[test]
    fn integers_are_read_inside_lists_maps_and_options() {
        assert_eq!(read(json!([[1.0], []])), Some(vec![vec![1_i64], vec![]]));
        assert_eq!(
            read(json!({"a": null, "b": 2.0})),
            Some(BTreeMap::from([
                ("a".to_owned(), None),
                ("b".to_owned(), Some(2_i64))
            ]))
        );
        assert_eq!(
            present::<_, Option<i64>>(json!(null)).ok(),
            Some(Some(None))
        );
        assert_eq!(present::<_, i64>(json!(null)).ok(), None);
    }
}
