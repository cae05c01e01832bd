//! From schemas to Rust types, in three passes: `lower` decides what every type is and settles its name, `finish`
//! breaks cycles that Rust does not allow, and `emit` writes tokens and decides nothing.

mod docs;
mod emit;
mod finish;
mod ir;
mod kind;
mod lower;
mod union;

pub(crate) use emit::{emit, name_outside};
pub(crate) use lower::{Held, Types};
