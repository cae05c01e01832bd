//! The shape of a plan: what values are drawn from. What makes it is [`super::build`].

use std::sync::Arc;

use openapi_model::Types;
use serde_json::Value;

use super::literal::Literal;
use super::rules::Step;
use super::size::Size;
use crate::judge::{Decimal, Format, Id, Multiple};
use crate::pattern::Pattern;

/// The place of a node in its plan.
pub(crate) type NodeId = usize;

/// A text that must be longer is not drawn.
pub(crate) const LONGEST_TEXT: u64 = 1 << 20;

/// An array or object that must have more is not drawn.
pub(crate) const MOST_PARTS: u64 = 1 << 14;

/// All values that keep a conjunction of literals.
#[derive(Debug, Default)]
pub(crate) struct Node {
    /// The alternatives. None: there is no such value.
    pub(crate) shapes: Vec<Shape>,
    /// Of its smallest value; `None` where there is no value.
    pub(crate) size: Option<Size>,
    /// The schemas that hold in one alternative at least.
    pub(crate) sources: Vec<Id>,
}

/// Values of one JSON type that keep one alternative of a node.
#[derive(Clone, Debug)]
pub(crate) struct Shape {
    pub(crate) kind: Kind,
    /// What a value that was drawn must be checked for.
    pub(crate) residual: Vec<Literal>,
    /// What a value that was drawn must not be equal to.
    pub(crate) excluded: Vec<Value>,
    pub(crate) size: Option<Size>,
}

#[derive(Clone, Debug)]
pub(crate) enum Kind {
    Null,
    Boolean,
    /// One of these.
    Constants(Vec<Value>),
    Integer(Integers),
    Float(Floats),
    Text(Texts),
    Array(Arrays),
    Object(Objects),
}

impl Kind {
    /// The nodes that the parts of its values are drawn from.
    pub(crate) fn parts(&self) -> Vec<NodeId> {
        match self {
            Kind::Array(array) => {
                let own = array.prefix.iter().chain(&array.intruders);
                own.copied().chain([array.items]).collect()
            }
            Kind::Object(object) => {
                let families = object.families.iter().map(|family| family.node);
                let intruders = object.intruders.iter().map(|intruder| intruder.node);
                let members = object.members.iter().map(|member| member.node);
                members
                    .chain(families)
                    .chain(intruders)
                    .chain(object.extra)
                    .collect()
            }
            _ => Vec::new(),
        }
    }

    /// The JSON type of the values, where all are of one.
    pub(crate) fn types(&self) -> Types {
        match self {
            Kind::Null => Types::NULL,
            Kind::Boolean => Types::BOOLEAN,
            Kind::Constants(_) => Types::ANY,
            Kind::Integer(_) | Kind::Float(_) => Types::NUMBER,
            Kind::Text(_) => Types::STRING,
            Kind::Array(_) => Types::ARRAY,
            Kind::Object(_) => Types::OBJECT,
        }
    }
}

/// Multiples of `step` between the bounds, which are multiples themselves.
#[derive(Clone, Debug)]
pub(crate) struct Integers {
    pub(crate) low: i128,
    pub(crate) high: i128,
    /// Above 0.
    pub(crate) step: i128,
    pub(crate) not_multiples: Vec<Multiple>,
}

/// Numbers that are held as `f64`, between the bounds, both included.
#[derive(Clone, Debug)]
pub(crate) struct Floats {
    pub(crate) low: f64,
    pub(crate) high: f64,
    /// What they are multiples of.
    pub(crate) step: Option<Decimal>,
    pub(crate) multiples: Vec<Multiple>,
    pub(crate) not_multiples: Vec<Multiple>,
    /// Only numbers that have a fraction.
    pub(crate) fractions_only: bool,
    /// Only numbers that `f32` holds.
    pub(crate) single: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct Texts {
    /// In characters.
    pub(crate) least: u64,
    pub(crate) most: Option<u64>,
    pub(crate) patterns: Vec<Arc<Pattern>>,
    pub(crate) not_patterns: Vec<Arc<Pattern>>,
    pub(crate) formats: Vec<Format>,
    pub(crate) not_formats: Vec<Format>,
}

impl Texts {
    /// Whether the lengths are all that is asked.
    pub(crate) fn are_free(&self) -> bool {
        self.patterns.is_empty()
            && self.not_patterns.is_empty()
            && self.formats.is_empty()
            && self.not_formats.is_empty()
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Arrays {
    pub(crate) least: u64,
    pub(crate) most: u64,
    pub(crate) unique: bool,
    /// Two items must be equal.
    pub(crate) repeated: bool,
    pub(crate) prefix: Vec<NodeId>,
    /// The items behind the prefix.
    pub(crate) items: NodeId,
    /// For each, one item behind the prefix is drawn from it instead.
    pub(crate) intruders: Vec<NodeId>,
    /// The item of that index in the prefix must be there.
    pub(crate) reach: Option<usize>,
    /// What is `false`: no value has it, and one that has it breaks that rule.
    pub(crate) barred: Vec<(Step, NodeId)>,
}

#[derive(Clone, Debug)]
pub(crate) struct Objects {
    /// In the document's order.
    pub(crate) members: Vec<Member>,
    /// The names that no other member may have.
    pub(crate) reserved: Vec<String>,
    pub(crate) least: u64,
    pub(crate) most: u64,
    /// Members that no schema names; `None` where there may be none.
    pub(crate) extra: Option<NodeId>,
    /// Members whose names match a pattern.
    pub(crate) families: Vec<Family>,
    /// Members more, that no schema names, all of which must be there.
    pub(crate) intruders: Vec<Intruder>,
    /// What the names of extra members must not match.
    pub(crate) patterns: Vec<Arc<Pattern>>,
    /// Where the names of extra members are drawn from, where they may not be anything.
    pub(crate) names: Option<NodeId>,
    /// What each name must be valid for.
    pub(crate) name_schemas: Vec<Id>,
    /// What is `false`: no value has it, and one that has it breaks that rule.
    pub(crate) barred: Vec<(Step, NodeId)>,
}

#[derive(Clone, Debug)]
pub(crate) struct Member {
    pub(crate) name: String,
    pub(crate) node: NodeId,
    pub(crate) required: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct Intruder {
    /// Where its name is drawn from, where it may not be any.
    pub(crate) names: Option<NodeId>,
    pub(crate) node: NodeId,
}

#[derive(Clone, Debug)]
pub(crate) struct Family {
    /// What the names match.
    pub(crate) patterns: Vec<Arc<Pattern>>,
    /// What the names must not match as well.
    pub(crate) others: Vec<Arc<Pattern>>,
    /// A few such names.
    pub(crate) samples: Vec<String>,
    pub(crate) node: NodeId,
}
