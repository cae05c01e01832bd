//! What values are drawn from: a graph of nodes, made once for a schema.
//!
//! A *literal* is a demand on a value: that it is valid for a schema, that it is not, that it breaks a keyword. A
//! *node* is all values that keep a conjunction of literals; it has a *shape* for each of its alternatives and JSON
//! types, and a shape says how to draw a value directly. Values that break one rule are a plan too, of the same
//! schema with one keyword turned round at one place, so that they are as varied as valid ones and shrink alike.
//!
//! What cannot be taken apart (a large negated schema, what is unevaluated) stays a *residual* literal: values are drawn
//! without it and checked for it. The making of a plan is limited, and what is left out is never called unsatisfiable.

mod array;
mod breaking;
mod build;
mod conjunction;
mod demands;
mod disjoint;
mod key;
mod literal;
mod negation;
mod numbers;
mod object;
mod rules;
mod settle;
mod shape;
mod size;

pub(crate) use build::Builder;
pub(crate) use rules::Broken;
pub(crate) use shape::{Arrays, Floats, Integers, Kind, Node, NodeId, Objects, Shape, Texts};
