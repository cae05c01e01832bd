//! Proptest strategies for the values of a JSON Schema, and for values that break one rule.

mod draw;
mod edges;
mod edit;
mod judge;
mod pattern;
mod plan;
mod shrink;
mod source;
mod unsupported;
mod values;
mod violations;

pub use shrink::{ValueTree, ViolationTree};
pub use unsupported::Unsupported;
pub use values::{Values, valid};
pub use violations::{Applicator, BreakOne, Rule, Violation, Violations, violating};
