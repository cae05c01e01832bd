//! What a node of a plan is found by.

use super::literal::Literal;

/// What a node is found by.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Key {
    /// Sorted, each once.
    pub(super) literals: Vec<Literal>,
    /// The rule that is broken in the value, and how many of its steps lead to the value.
    pub(super) broken: Option<(usize, usize)>,
}

impl Key {
    pub(super) fn new(mut literals: Vec<Literal>, broken: Option<(usize, usize)>) -> Key {
        literals.sort_unstable();
        literals.dedup();
        Key { literals, broken }
    }
}
