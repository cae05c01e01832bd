//! Tells a member that is absent from one that is `null`.
//!
//! serde reads `null` as `None`, and so loses the difference in an `Option<Option<T>>`. On such a field:
//!
//! ```
//! use schema_check::serde::{Deserialize, Serialize};
//!
//! #[derive(Debug, PartialEq, Deserialize, Serialize)]
//! #[serde(crate = "schema_check::serde")]
//! struct Patch {
//!     #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "schema_check::present::deserialize")]
//!     nickname: Option<Option<String>>,
//! }
//!
//! let read = |text| schema_check::serde_json::from_str::<Patch>(text);
//! assert_eq!(read("{}")?.nickname, None);
//! assert_eq!(read(r#"{"nickname": null}"#)?.nickname, Some(None));
//! assert_eq!(read(r#"{"nickname": "Al"}"#)?.nickname, Some(Some("Al".to_owned())));
//! # Ok::<(), schema_check::serde_json::Error>(())
//! ```

use serde::{Deserialize, Deserializer};

/// Reads a member that is there. An absent one is never asked for, and gets its default.
///
/// # Errors
/// As the type has them.
pub fn deserialize<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}
