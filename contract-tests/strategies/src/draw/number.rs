//! Draws numbers: the ends of their range, those around 0, and all magnitudes.

use serde_json::{Number, Value};

use crate::judge::{Exact, Verdict};
use crate::plan::{Floats, Integers};
use crate::source::Source;

const TRIES: usize = 32;

pub(super) fn integer(integers: &Integers, source: &mut Source<'_>) -> Option<Value> {
    let steps = (integers.high - integers.low) / integers.step;
    for _ in 0..TRIES {
        let value = match source.below(8) {
            0 => integers.low + source.below(2) as i128 * integers.step,
            1 => integers.high - source.below(2) as i128 * integers.step,
            // Around 0, or around the bound that is nearest to it.
            2..=4 => {
                let nearest = 0_i128.clamp(integers.low, integers.high);
                let nearest =
                    integers.low + (nearest - integers.low) / integers.step * integers.step;
                let reach = 1_i128 << source.below(8);
                nearest + source.between(-reach, reach) * integers.step
            }
            // Any magnitude is as likely as another.
            5 | 6 => {
                let magnitude = source.word() >> source.below(64);
                let value = if integers.low < 0 && source.one_in(2) {
                    -i128::from(magnitude)
                } else {
                    i128::from(magnitude)
                };
                value - value.rem_euclid(integers.step)
            }
            _ => integers.low + source.between(0, steps) * integers.step,
        };
        let value = value.clamp(integers.low, integers.high);
        if integers
            .not_multiples
            .iter()
            .all(|m| m.judge(Exact::Integer(value)) == Verdict::No)
        {
            return integer_value(value);
        }
    }
    None
}

/// The integer as JSON holds it; `None` beyond 64 bits.
pub(crate) fn integer_value(value: i128) -> Option<Value> {
    i64::try_from(value)
        .map(Value::from)
        .or_else(|_| u64::try_from(value).map(Value::from))
        .ok()
}

pub(super) fn float(floats: &Floats, source: &mut Source<'_>) -> Option<Value> {
    for _ in 0..TRIES {
        let mut value = candidate(floats, source);
        if floats.single {
            value = f64::from(value as f32);
        }
        if is_one(floats, value) {
            return Number::from_f64(value).map(Value::Number);
        }
    }
    None
}

/// Whether the number is one of those.
pub(crate) fn is_one(floats: &Floats, value: f64) -> bool {
    value.is_finite()
        && (floats.low..=floats.high).contains(&value)
        && (!floats.fractions_only || value.fract() != 0.0)
        && floats
            .multiples
            .iter()
            .all(|multiple| multiple.judge_float(value) == Verdict::Yes)
        && floats
            .not_multiples
            .iter()
            .all(|multiple| multiple.judge_float(value) == Verdict::No)
}

fn candidate(floats: &Floats, source: &mut Source<'_>) -> f64 {
    let near = 0.0_f64.clamp(floats.low, floats.high);
    if let Some(step) = floats.step {
        let size = step.mantissa as f64 * 10_f64.powi(step.exponent);
        let (first, last) = ((floats.low / size).ceil(), (floats.high / size).floor());
        let times = match source.below(8) {
            0 => first,
            1 => last,
            2..=5 => (near / size).round() + source.between(-64, 64) as f64,
            _ => (first + unit(source) * (last - first)).round(),
        };
        // By way of the digits: 3 * 0.1 is not 0.3.
        let mantissa = times.clamp(-1e15, 1e15) as i128 * step.mantissa;
        return format!("{mantissa}e{}", step.exponent)
            .parse()
            .unwrap_or(near);
    }
    match source.below(16) {
        0 => floats.low,
        1 => floats.high,
        2 => near,
        3 => -0.0,
        4 => floats.low.next_up(),
        5 => floats.high.next_down(),
        6 => [
            1e21,
            1e-7,
            0.1,
            1e16,
            5e-324,
            f64::MAX,
            1.7e-10,
            9_007_199_254_740_993.0,
        ][source.index(8)],
        // A few digits on both sides of the point.
        7..=11 => {
            let digits = source.between(-99_999, 99_999) as f64;
            let value = near.trunc() + digits / [1.0, 10.0, 100.0, 1000.0][source.index(4)];
            if value < floats.low || value > floats.high {
                within(floats, source)
            } else {
                value
            }
        }
        12 => {
            let value = f64::from_bits(source.word());
            if value.is_finite() { value } else { near }
        }
        _ => within(floats, source),
    }
}

fn within(floats: &Floats, source: &mut Source<'_>) -> f64 {
    let share = unit(source);
    // Each end by itself: their difference may be beyond every float.
    (floats.low * (1.0 - share) + floats.high * share).clamp(floats.low, floats.high)
}

/// From 0 up to 1.
fn unit(source: &mut Source<'_>) -> f64 {
    (source.word() >> 11) as f64 / (1_u64 << 53) as f64
}
