//! Numbers that are simpler than one.

use std::cmp::Ordering;

use serde_json::{Number, Value};

use super::simplicity::simplicity;
use crate::draw::integer_value;
use crate::judge::Exact;

/// Numbers between the simplest one and this, the farthest first.
pub(super) fn simpler_numbers(number: &Number, nearest: i128, step: i128) -> Vec<Value> {
    let mut numbers: Vec<Value> = Vec::new();
    match Exact::of(number) {
        Exact::Integer(integer) => {
            if number.is_f64() {
                numbers.extend(integer_value(integer));
            }
            if integer < 0 {
                numbers.extend(integer_value(-integer));
            }
            // From the goal towards the number, in halves.
            let mut distance = (integer - nearest) / step;
            while distance != 0 {
                let candidate = integer - distance * step;
                if number.is_f64() {
                    numbers.extend(Number::from_f64(candidate as f64).map(Value::Number));
                } else {
                    numbers.extend(integer_value(candidate));
                }
                distance /= 2;
            }
        }
        Exact::Float(float) => {
            numbers.extend(integer_value(0));
            if float.abs() < 1e18 {
                // Towards 0, and away from it where that is not allowed.
                numbers.extend(integer_value(float.trunc() as i128));
                numbers.extend(integer_value((float.trunc() + float.signum()) as i128));
            }
            let shorter = [
                float.trunc(),
                (float * 10.0).trunc() / 10.0,
                (float * 100.0).trunc() / 100.0,
                -float,
                float / 2.0,
                float / 1024.0,
            ];
            numbers.extend(
                shorter
                    .into_iter()
                    .filter_map(Number::from_f64)
                    .map(Value::Number),
            );
        }
    }
    let before = Value::Number(number.clone());
    numbers.retain(|simpler| simplicity(simpler, &before) == Ordering::Less);
    numbers
}
