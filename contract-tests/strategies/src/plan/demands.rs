//! What is asked of each type of value.

use std::cmp::Ordering;
use std::sync::Arc;

use super::literal::Literal;
use crate::judge::{Exact, Format, Id, Multiple};
use crate::pattern::Pattern;

/// A bound of a range, and whether it is outside of the range itself.
pub(super) type Bound = (Exact, bool);

#[derive(Clone, Debug, Default)]
pub(super) struct NumberDemands {
    pub(super) low: Option<Bound>,
    pub(super) high: Option<Bound>,
    pub(super) multiples: Vec<Multiple>,
    pub(super) not_multiples: Vec<Multiple>,
    pub(super) formats: Vec<Format>,
    pub(super) not_formats: Vec<Format>,
}

#[derive(Clone, Debug, Default)]
pub(super) struct TextDemands {
    pub(super) least: u64,
    pub(super) most: Option<u64>,
    pub(super) patterns: Vec<Arc<Pattern>>,
    pub(super) not_patterns: Vec<Arc<Pattern>>,
    pub(super) formats: Vec<Format>,
    pub(super) not_formats: Vec<Format>,
}

#[derive(Clone, Debug, Default)]
pub(super) struct ArrayDemands {
    pub(super) least: u64,
    pub(super) most: Option<u64>,
    pub(super) unique: bool,
    /// Two items must be equal.
    pub(super) repeated: bool,
    /// For each, one item behind the prefix must keep it.
    pub(super) intruders: Vec<Literal>,
    /// The item of that index must keep it.
    pub(super) places: Vec<(usize, Literal)>,
    /// Items that `contains` speaks of.
    pub(super) witnesses: Vec<Witnesses>,
    /// Every item must keep it.
    pub(super) every: Vec<Literal>,
}

/// How many items must be valid for a schema.
#[derive(Clone, Copy, Debug)]
pub(super) struct Witnesses {
    pub(super) schema: Id,
    pub(super) least: u64,
    /// Where there is a limit, all others must not be valid for it.
    pub(super) most: Option<u64>,
}

#[derive(Clone, Debug, Default)]
pub(super) struct ObjectDemands {
    pub(super) least: u64,
    pub(super) most: Option<u64>,
    pub(super) required: Vec<String>,
    pub(super) forbidden: Vec<String>,
    /// The member, if it is there, must keep the literal.
    pub(super) members: Vec<(String, Literal)>,
    /// For each, there must be such a member.
    pub(super) intruders: Vec<Stranger>,
}

/// A member that breaks a rule about members that no schema names.
#[derive(Clone, Debug)]
pub(super) enum Stranger {
    /// One that the schema does not name, and that keeps the literal where there is one.
    Unnamed(Id, Option<Literal>),
    /// One whose name is not valid for the `propertyNames` of the schema.
    Misnamed(Id),
    /// One whose name matches that pattern of the schema, and whose value keeps the literal.
    Matching(Id, usize, Literal),
}

impl NumberDemands {
    pub(super) fn raise(&mut self, bound: Bound) {
        let tighter = self
            .low
            .is_none_or(|(low, exclusive)| match bound.0.compare(low) {
                Ordering::Greater => true,
                Ordering::Equal => bound.1 && !exclusive,
                Ordering::Less => false,
            });
        if tighter {
            self.low = Some(bound);
        }
    }

    pub(super) fn lower(&mut self, bound: Bound) {
        let tighter = self
            .high
            .is_none_or(|(high, exclusive)| match bound.0.compare(high) {
                Ordering::Less => true,
                Ordering::Equal => bound.1 && !exclusive,
                Ordering::Greater => false,
            });
        if tighter {
            self.high = Some(bound);
        }
    }
}

impl ObjectDemands {
    pub(super) fn require(&mut self, name: &str) {
        add(&mut self.required, name);
    }

    pub(super) fn forbid(&mut self, name: &str) {
        add(&mut self.forbidden, name);
    }
}

pub(super) fn limit(most: &mut Option<u64>, other: u64) {
    *most = Some(most.map_or(other, |most| most.min(other)));
}

fn add(names: &mut Vec<String>, name: &str) {
    if !names.iter().any(|known| known == name) {
        names.push(name.to_owned());
    }
}
