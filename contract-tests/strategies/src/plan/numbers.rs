//! The numbers between bounds that are multiples of something.

use super::demands::{Bound, NumberDemands};
use super::shape::{Floats, Integers};
use crate::judge::{Exact, Format};

/// Integers without a bound are drawn up to where `f64` holds every one of them.
const EXACT_IN_F64: i128 = 1 << 53;

/// How far beyond a bound numbers are drawn where there is no bound on the other side.
const BEYOND: i128 = 1 << 20;

/// What could be made of demands on a number.
pub(super) enum Numbers<T> {
    Some(T),
    /// No number meets them.
    None,
    /// There may be one, but none that we can write.
    Undecided,
}

/// The integers that meet the demands.
pub(super) fn integers(demands: &NumberDemands) -> Numbers<Integers> {
    let mut low = demands.low.map(lowest_integer);
    let mut high = demands.high.map(highest_integer);
    for (least, most) in demands.formats.iter().filter_map(|f| f.integers()) {
        low = Some(low.map_or(least, |low| low.max(least)));
        high = Some(high.map_or(most, |high| high.min(most)));
    }
    if let (Some(low), Some(high)) = (low, high)
        && low > high
    {
        return Numbers::None;
    }
    let mut step = 1_i128;
    for multiple in &demands.multiples {
        // The integers among the multiples of mantissa / 10^n are those of mantissa / gcd(mantissa, 10^n).
        let own = if multiple.decimal.exponent >= 0 {
            10_i128
                .checked_pow(multiple.decimal.exponent.unsigned_abs())
                .and_then(|scale| scale.checked_mul(multiple.decimal.mantissa))
        } else {
            10_i128
                .checked_pow(multiple.decimal.exponent.unsigned_abs())
                .map(|scale| multiple.decimal.mantissa / gcd(multiple.decimal.mantissa, scale))
        };
        match own
            .filter(|own| *own > 0)
            .and_then(|own| (step / gcd(step, own)).checked_mul(own))
        {
            Some(common) => step = common,
            None => return Numbers::Undecided,
        }
    }
    let written = (i128::from(i64::MIN), i128::from(u64::MAX));
    let reach = BEYOND.saturating_mul(step);
    let low_end =
        low.unwrap_or_else(|| (-EXACT_IN_F64).min(high.unwrap_or(0).saturating_sub(reach)));
    let high_end = high.unwrap_or_else(|| EXACT_IN_F64.max(low.unwrap_or(0).saturating_add(reach)));
    let first =
        |low: i128| low.div_euclid(step) * step + if low.rem_euclid(step) == 0 { 0 } else { step };
    let last = |high: i128| high.div_euclid(step) * step;
    // Far within the range of `i128`, so that the arithmetic above does not overflow.
    let farthest = 1_i128 << 100;
    let (low_end, high_end) = (
        low_end.clamp(-farthest, farthest),
        high_end.clamp(-farthest, farthest),
    );
    if step > 1 << 64 {
        let zero = low_end <= 0 && high_end >= 0;
        return if zero {
            Numbers::Some(Integers {
                low: 0,
                high: 0,
                step,
                not_multiples: demands.not_multiples.clone(),
            })
        } else {
            Numbers::Undecided
        };
    }
    if low.is_some() && high.is_some() && first(low_end) > last(high_end) {
        return Numbers::None;
    }
    let (low, high) = (first(low_end.max(written.0)), last(high_end.min(written.1)));
    if low > high {
        return Numbers::Undecided;
    }
    Numbers::Some(Integers {
        low,
        high,
        step,
        not_multiples: demands.not_multiples.clone(),
    })
}

fn lowest_integer((bound, exclusive): Bound) -> i128 {
    match bound {
        Exact::Integer(integer) => integer.saturating_add(i128::from(exclusive)),
        // A cast saturates.
        Exact::Float(float) => float.ceil() as i128,
    }
}

fn highest_integer((bound, exclusive): Bound) -> i128 {
    match bound {
        Exact::Integer(integer) => integer.saturating_sub(i128::from(exclusive)),
        Exact::Float(float) => float.floor() as i128,
    }
}

fn gcd(a: i128, b: i128) -> i128 {
    let (mut a, mut b) = (a.abs(), b.abs());
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

/// The numbers held as floats that meet the demands.
pub(super) fn floats(demands: &NumberDemands, fractions_only: bool) -> Numbers<Floats> {
    let single = demands.formats.contains(&Format::Float);
    let widest = if single { f32::MAX.into() } else { f64::MAX };
    let mut low = demands.low.map_or(-widest, |(bound, exclusive)| {
        // The bound may be an integer that no float is: the next float inside is meant.
        let float = bound.to_f64();
        let outside = Exact::of_float(float).compare(bound).is_lt();
        let at = Exact::of_float(float).compare(bound).is_eq();
        if outside || exclusive && at {
            float.next_up()
        } else {
            float
        }
    });
    let mut high = demands.high.map_or(widest, |(bound, exclusive)| {
        let float = bound.to_f64();
        let outside = Exact::of_float(float).compare(bound).is_gt();
        let at = Exact::of_float(float).compare(bound).is_eq();
        if outside || exclusive && at {
            float.next_down()
        } else {
            float
        }
    });
    low = low.max(-widest);
    high = high.min(widest);
    if low.is_nan() || high.is_nan() || low > high {
        // Between two neighbouring floats there are numbers still.
        let contradiction = match (demands.low, demands.high) {
            (Some(low), Some(high)) => match low.0.compare(high.0) {
                std::cmp::Ordering::Less => false,
                std::cmp::Ordering::Equal => low.1 || high.1,
                std::cmp::Ordering::Greater => true,
            },
            _ => false,
        };
        return if contradiction {
            Numbers::None
        } else {
            Numbers::Undecided
        };
    }
    Numbers::Some(Floats {
        low,
        high,
        step: demands.multiples.first().map(|multiple| multiple.decimal),
        multiples: demands.multiples.clone(),
        not_multiples: demands.not_multiples.clone(),
        fractions_only,
        single,
    })
}
