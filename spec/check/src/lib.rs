//! Checks JSON values against schemas that were compiled into the program.
//!
//! This is the run-time half of generated servers and clients. A generated program holds its document's schemas as
//! static tables, and every value from outside takes three steps:
//!
//! 1. [`parse_json`] reads the bytes, more strictly than JSON asks for.
//! 2. [`check`] compares the value with its table, and says everything that is wrong with it.
//! 3. [`decode`] makes a generated type of it. What passed the check decodes.
//!
//! The trade: a table is interpreted, which is slower than code written for one schema, but every keyword has one
//! implementation, which is tested here, and the generated part stays small enough to read.
//!
//! ```
//! use schema_check::{Direction, Pattern, Schema, Types, check, parse_json};
//!
//! static WORD: Pattern = Pattern::new("^[a-z]+$");
//! static NAME: Schema = Schema {
//!     types: Types::STRING,
//!     max_length: Some(5),
//!     pattern: Some(&WORD),
//!     ..Schema::ANY
//! };
//! static PET: Schema = Schema {
//!     types: Types::OBJECT,
//!     properties: &[("name", &NAME), ("friend", &PET)],
//!     required: &["name"],
//!     ..Schema::ANY
//! };
//!
//! let value = parse_json(br#"{"friend": {"name": "Bartholomew", "friend": {"name": "Al"}}}"#)?;
//! let violations = check(&PET, &value, Direction::Request);
//! let shown: Vec<String> = violations.iter().map(ToString::to_string).collect();
//! assert_eq!(
//!     shown,
//!     [
//!         "the member `name` is missing",
//!         "/friend/name: is 11 characters long, at most 5 are allowed",
//!         "/friend/friend/name: does not match the pattern ^[a-z]+$",
//!     ],
//! );
//! # Ok::<(), schema_check::JsonError>(())
//! ```

// The tables, and what they are made of.
mod format;
mod literal;
mod number;
mod pattern;
mod schema;

// The check.
mod place;
mod violation;
mod walk;
mod words;

// Reading, and what generated types decode with.
mod choose;
mod decode;
pub mod integer;
mod json;
pub mod present;
mod unknown;

pub use choose::choose;
pub use decode::decode;
pub use format::Format;
pub use json::{JsonError, parse_json};
pub use literal::Literal;
pub use number::Number;
pub use pattern::Pattern;
pub use schema::{Direction, Schema, Types};
pub use unknown::UnknownValue;
pub use violation::Violation;
pub use walk::{MOST_VIOLATIONS, check, is_valid};

// Generated code names these by this crate's path, so that the program that holds it needs none of them itself.
pub use chrono;
pub use serde;
pub use serde_json;
pub use uuid;
