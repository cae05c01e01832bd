//! Proptest strategies for the values of a JSON Schema, and for values that break one rule.
//!
//! A schema of [`openapi_model`] is compiled once and drawn from many times. [`valid`] makes a [`Strategy`] of
//! [`serde_json::Value`]s that the schema allows; [`violating`] makes one of values that break exactly one keyword at
//! one place, and says which.
//!
//! ```
//! use openapi_model::{Direction, parse_schema};
//! use proptest::strategy::{Strategy, ValueTree};
//! use proptest::test_runner::TestRunner;
//! use proptest_schema::{valid, violating};
//! use serde_json::json;
//!
//! let (schemas, id) = parse_schema("
//!     type: object
//!     required: [name]
//!     additionalProperties: false
//!     properties:
//!       name: { type: string, maxLength: 3 }
//!       age: { type: integer, minimum: 0 }
//! ").unwrap();
//! let mut runner = TestRunner::deterministic();
//!
//! // Boundaries come first, then any number of values at random.
//! let values = valid(&schemas, id, Direction::Request).unwrap();
//! assert_eq!(values.boundaries()[0], json!({ "name": "" }));
//! assert!(values.boundaries().contains(&json!({ "name": "aaa" })));
//! let value = values.new_tree(&mut runner).unwrap().current();
//! assert!(values.is_valid(&value));
//!
//! // Every rule that can be broken by itself, and values that break it.
//! let violations = violating(&schemas, id, Direction::Request).unwrap();
//! let rule = violations.rules().iter().position(|rule| rule.keyword == "maxLength").unwrap();
//! assert_eq!(violations.rules()[rule].to_string(), "maxLength at /name");
//! let simplest = violations.breaking(rule).simplest().unwrap();
//! assert_eq!(simplest.value, json!({ "name": "aaaa" }));
//!
//! // Shrinking stays inside the set. Here every violation counts as one that fails.
//! let mut tree = violations.breaking(rule).new_tree(&mut runner).unwrap();
//! while tree.simplify() {}
//! assert_eq!(tree.current().value, json!({ "name": "aaaa" }));
//! assert_eq!(tree.current().pointer, "/name");
//! ```
//!
//! # How it works
//!
//! A schema is compiled twice. The *judge* says of any value what is wrong with it; the *plan* says how to draw a value
//! directly. Every value is judged before it is handed out, and shrinking proposes simpler values and asks the judge,
//! so that the plan may be incomplete but no value is wrong. Composing proptest's own strategies instead would be
//! less code, and slower by an order of magnitude: a value is drawn here without an object for each of its parts.
//!
//! The judge's answer has three values. Where validators in use differ (whether a leap second is a `date-time`, whether
//! `\w` reaches beyond ASCII, whether 1.13 is a multiple of 0.01) a value is neither valid nor a violation: whoever
//! tests a program with it wants no dispute about the schema.
//!
//! Every keyword of the drafts 4, 7 and 2020-12 is drawn and broken, as the model reads them. A `discriminator` restricts
//! nothing by itself: values are drawn with the name of the branch that they belong to, and one that names another
//! branch is neither valid nor a violation.
//!
//! # Limits
//!
//! No schema takes exponential time or exhausts the stack. [`Unsupported::Undecided`] is the answer where a value would
//! need more than two million parts and characters, an array or object more than 16,384 parts, a text more than
//! 1,048,576 characters, or more than 96 levels, and where more than 128 schemas apply to one value each because of the one
//! before. A judgement of more than four million steps is given up, and so is the search for rules after some
//! seconds: those that were found until then are [broken](Violations::rules).
//!
//! The same generator in the same state leads to the same value: nothing depends on the order of a hash map, on the
//! time or on the machine.
//!
//! Architecture invariant: the crate reads schemas only through `openapi-model`, and knows nothing about HTTP.
//!
//! [`Strategy`]: proptest::strategy::Strategy

mod unsupported;
mod values;
mod violations;

mod judge;
mod pattern;

mod plan;

mod draw;
mod edges;
mod source;

mod shrink;

pub use shrink::{ValueTree, ViolationTree};
pub use unsupported::Unsupported;
pub use values::{Values, valid};
pub use violations::{Applicator, BreakOne, Rule, Violation, Violations, violating};
