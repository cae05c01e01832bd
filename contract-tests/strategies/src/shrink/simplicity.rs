//! Which of two values is the simpler.
//!
//! Fewer parts come first, then simpler types, then shorter texts, then plainer characters; a number is simpler the
//! nearer it is to 0. Every edit leads to what is simpler, so that shrinking comes to an end.

use std::cmp::Ordering;

use serde_json::{Number, Value};

use crate::judge::Exact;

/// How far a character is from the simplest.
pub(super) fn weight(c: char) -> u32 {
    match c {
        'a' => 0,
        '0' => 1,
        'b'..='z' => 2 + c as u32 - 'a' as u32,
        '1'..='9' => 2 + c as u32 - '0' as u32,
        'A' => 30,
        ' ' => 31,
        'B'..='Z' => 32,
        _ if c.is_ascii_graphic() => 40,
        _ if c.is_ascii() => 50,
        _ => 60,
    }
}

/// Which of two values is the simpler: by type, by size, by weight.
pub(super) fn simplicity(a: &Value, b: &Value) -> Ordering {
    match (a, b) {
        (Value::Bool(a), Value::Bool(b)) => a.cmp(b),
        (Value::Number(a), Value::Number(b)) => number_simplicity(a, b),
        _ => size(a).cmp(&size(b)),
    }
}

fn number_simplicity(a: &Number, b: &Number) -> Ordering {
    let fraction = |number: &Number| match Exact::of(number) {
        Exact::Integer(_) => usize::from(number.is_f64()),
        Exact::Float(float) => 1 + format!("{float}").len(),
    };
    let magnitude = |number: &Number| Exact::of(number).to_f64().abs();
    let negative = |number: &Number| Exact::of(number).to_f64().is_sign_negative();
    let whole = |number: &Number| matches!(Exact::of(number), Exact::Integer(_));
    whole(b)
        .cmp(&whole(a))
        .then_with(|| magnitude(a).total_cmp(&magnitude(b)))
        .then_with(|| match (Exact::of(a), Exact::of(b)) {
            // Beyond 2^53 floats are too coarse to tell.
            (Exact::Integer(a), Exact::Integer(b)) => a.abs().cmp(&b.abs()),
            _ => Ordering::Equal,
        })
        .then_with(|| fraction(a).cmp(&fraction(b)))
        .then_with(|| negative(a).cmp(&negative(b)))
}

/// How many parts, of how complex types, how many characters, and how heavy these are.
///
/// Numbers do not weigh: their order is another, and two orders would let shrinking go round in circles.
pub(super) fn size(value: &Value) -> [u64; 4] {
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) => [1, rank(value), 0, 0],
        Value::String(text) => {
            let weights = text.chars().map(|c| u64::from(weight(c))).sum();
            [1, rank(value), text.chars().count() as u64, weights]
        }
        Value::Array(items) => items.iter().map(size).fold([1, rank(value), 0, 0], add),
        Value::Object(members) => {
            let named = members
                .iter()
                .map(|(name, member)| add(size(member), [0, 0, name.len() as u64, 0]));
            named.fold([1, rank(value), 0, 0], add)
        }
    }
}

fn rank(value: &Value) -> u64 {
    match value {
        Value::Null => 0,
        Value::Bool(_) => 1,
        Value::Number(_) => 2,
        Value::String(_) => 3,
        Value::Array(_) => 4,
        Value::Object(_) => 5,
    }
}

fn add(a: [u64; 4], b: [u64; 4]) -> [u64; 4] {
    [a[0] + b[0], a[1] + b[1], a[2] + b[2], a[3] + b[3]]
}
