//! Text that is none of an enumeration's values.

/// Text that is none of an enumeration's values.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected is one of {}", expected.join(", "))]
pub struct UnknownValue {
    /// The values that there are.
    pub expected: &'static [&'static str],
}
