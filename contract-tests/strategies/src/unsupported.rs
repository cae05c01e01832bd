//! Why a schema does not become a strategy.

use openapi_model::Pointer;

/// A schema that no value can be drawn from.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Unsupported {
    /// No value is valid for the schema: `false`, bounds that contradict each other, an `enum` that `allOf` empties.
    /// It is said only where it is so.
    #[error("{pointer}: no value is valid for the schema")]
    Unsatisfiable {
        /// The schema.
        pointer: Pointer,
    },
    /// There may be valid values, but the search for one was given up.
    #[error("{pointer}: undecided whether any value is valid for the schema: {reason}")]
    Undecided {
        /// The schema at which the search ended.
        pointer: Pointer,
        /// What it could not get over.
        reason: String,
    },
}
