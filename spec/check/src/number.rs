//! Numbers, compared by their value and not by how they are written or stored.
//!
//! `serde_json` stores an integer that fits 64 bits as such and every other number as `f64`. Comparing through `f64`
//! would make 9007199254740993 equal to 9007199254740992, and a remainder of `f64`s says that 0.3 is no multiple of
//! 0.1. So integers are compared as integers, and multiples are told by the decimal digits that the text had.

use std::cmp::Ordering;
use std::fmt::{self, Write};

/// A number of a schema.
#[derive(Clone, Copy, Debug)]
pub enum Number {
    /// A number without a fraction.
    Integer(i128),
    /// Any other number; finite.
    Float(f64),
}

impl Number {
    /// The value of a JSON number, exactly.
    pub fn of(number: &serde_json::Number) -> Number {
        if let Some(integer) = number.as_i64() {
            Number::Integer(integer.into())
        } else if let Some(integer) = number.as_u64() {
            Number::Integer(integer.into())
        } else {
            // A number that is neither is an `f64`.
            Number::Float(number.as_f64().unwrap_or(f64::NAN)).exact()
        }
    }

    /// Whether it has no fraction: 1.0 and 1e300 have none.
    pub fn is_integer(self) -> bool {
        match self {
            Number::Integer(_) => true,
            Number::Float(float) => float.fract() == 0.0,
        }
    }

    /// The value as an `f64`, the nearest where it is none.
    pub fn to_f64(self) -> f64 {
        match self {
            // The nearest `f64` is what is asked for.
            Number::Integer(integer) => integer as f64,
            Number::Float(float) => float,
        }
    }

    /// The value as an integer, where it is one that 128 bits can hold.
    pub(crate) fn to_integer(self) -> Option<i128> {
        match self.exact() {
            Number::Integer(integer) => Some(integer),
            Number::Float(_) => None,
        }
    }

    /// An integer in place of a float that is equal to one, where 128 bits can hold it.
    fn exact(self) -> Number {
        /// 2 to the power of 127: every `f64` between this and its negative converts to `i128` without loss.
        const END: f64 = 170_141_183_460_469_231_731_687_303_715_884_105_728.0;
        match self {
            Number::Float(float) if float.fract() == 0.0 && float.abs() < END => {
                Number::Integer(float as i128)
            }
            number => number,
        }
    }

    /// Compares two values. `None` where one is not a number at all, which no JSON text can express.
    pub(crate) fn compare(self, other: Number) -> Option<Ordering> {
        match (self.exact(), other.exact()) {
            (Number::Integer(a), Number::Integer(b)) => Some(a.cmp(&b)),
            (Number::Float(a), Number::Float(b)) => a.partial_cmp(&b),
            (Number::Integer(a), Number::Float(b)) => integer_with_float(a, b),
            (Number::Float(a), Number::Integer(b)) => {
                integer_with_float(b, a).map(Ordering::reverse)
            }
        }
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Number::Integer(integer) => write!(f, "{integer}"),
            Number::Float(float) => write!(f, "{float}"),
        }
    }
}

/// Compares an integer with a float that is not equal to any 128-bit integer: it has a fraction, or is beyond them.
fn integer_with_float(integer: i128, float: f64) -> Option<Ordering> {
    if float.is_nan() {
        return None;
    }
    // The conversion saturates, so that a float beyond 128 bits comes out as the last integer on its side.
    let below = float.floor() as i128;
    if float < 0.0 && below == i128::MIN {
        return Some(Ordering::Greater);
    }
    Some(if integer <= below {
        Ordering::Less
    } else {
        Ordering::Greater
    })
}

/// Whether a JSON number is a whole multiple of `step`, by the decimal digits of both.
pub(crate) fn is_multiple(number: &serde_json::Number, step: Number) -> bool {
    let value = if let Some(integer) = number.as_i64() {
        Decimal::of(Number::Integer(integer.into()))
    } else if let Some(integer) = number.as_u64() {
        Decimal::of(Number::Integer(integer.into()))
    } else {
        // Not made exact: an `f64` of 1e23 stands for the text "1e23", and not for the binary value next to it.
        Decimal::of(Number::Float(number.as_f64().unwrap_or(f64::NAN)))
    };
    match (value, Decimal::of(step)) {
        (Some(value), Some(step)) => value.is_multiple_of(step),
        _ => false,
    }
}

/// A number without its sign: `digits` times 10 to the power of `exponent`, the last digit no 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Decimal {
    digits: u64,
    exponent: i32,
}

impl Decimal {
    /// `None` where the number is not finite, or an integer beyond 64 bits.
    fn of(number: Number) -> Option<Decimal> {
        let (mut digits, mut exponent) = match number {
            Number::Integer(integer) => (u64::try_from(integer.unsigned_abs()).ok()?, 0),
            Number::Float(float) => shortest_digits(float)?,
        };
        while digits != 0 && digits % 10 == 0 {
            digits /= 10;
            exponent += 1;
        }
        Some(Decimal { digits, exponent })
    }

    fn is_multiple_of(self, step: Decimal) -> bool {
        if self.digits == 0 {
            return true;
        }
        if step.digits == 0 || step.exponent > self.exponent {
            // The last digit of the value is no 0, and it stands below the last digit that a multiple could have.
            return false;
        }
        let step_digits = u128::from(step.digits);
        let mut remainder = u128::from(self.digits) % step_digits;
        for _ in step.exponent..self.exponent {
            remainder = remainder * 10 % step_digits;
            if remainder == 0 {
                return true;
            }
        }
        remainder == 0
    }
}

/// The fewest digits that stand for an `f64` and no other, as its text had them, unless the text had more than an
/// `f64` can hold.
fn shortest_digits(float: f64) -> Option<(u64, i32)> {
    if !float.is_finite() {
        return None;
    }
    let mut text = Digits::default();
    write!(text, "{:e}", float.abs()).ok()?;
    Some((text.digits, text.exponent - text.after_point))
}

/// Reads `1.25e-7` while it is being written, since a buffer for it would be an allocation for every check.
#[derive(Default)]
struct Digits {
    digits: u64,
    after_point: i32,
    exponent: i32,
    negative_exponent: bool,
    in_fraction: bool,
    in_exponent: bool,
}

impl Write for Digits {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for byte in text.bytes() {
            match byte {
                b'.' => self.in_fraction = true,
                b'e' => self.in_exponent = true,
                b'-' => self.negative_exponent = true,
                b'0'..=b'9' if self.in_exponent => {
                    let digit = i32::from(byte - b'0');
                    self.exponent = self.exponent * 10
                        + if self.negative_exponent {
                            -digit
                        } else {
                            digit
                        };
                }
                b'0'..=b'9' => {
                    // At most 17 digits come, which 64 bits hold.
                    self.digits = self.digits * 10 + u64::from(byte - b'0');
                    self.after_point += i32::from(self.in_fraction);
                }
                _ => return Err(fmt::Error),
            }
        }
        Ok(())
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn json(text: &str) -> serde_json::Number {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn numbers_compare_by_value() {
        use Ordering::{Equal, Greater, Less};
        for (a, b, expected) in [
            ("1", "1.0", Equal),
            ("1e3", "1000", Equal),
            ("-0.0", "0", Equal),
            ("9007199254740993", "9007199254740992", Greater),
            ("9007199254740993", "9007199254740992.0", Greater),
            ("18446744073709551615", "1.8446744073709552e19", Less),
            ("-9223372036854775808", "-9223372036854775809", Equal),
            ("3", "3.5", Less),
            ("4", "3.5", Greater),
            ("-3", "-3.5", Greater),
            ("-4", "-3.5", Less),
            ("1e300", "9223372036854775807", Greater),
            ("-1e300", "-9223372036854775808", Less),
            ("1e300", "1e299", Greater),
        ] {
            let (left, right) = (Number::of(&json(a)), Number::of(&json(b)));
            assert_eq!(left.compare(right), Some(expected), "{a} with {b}");
            assert_eq!(
                right.compare(left),
                Some(expected.reverse()),
                "{b} with {a}"
            );
        }
    }

    #[test]
    fn a_float_in_a_table_equals_the_integer_that_it_is() {
        assert_eq!(
            Number::Float(2.0).compare(Number::of(&json("2"))),
            Some(Ordering::Equal)
        );
    }

    #[test]
    fn integers_are_numbers_without_a_fraction() {
        for (text, expected) in [
            ("1", true),
            ("1.0", true),
            ("1e3", true),
            ("1e300", true),
            ("1.5", false),
            ("1e-1", false),
        ] {
            assert_eq!(Number::of(&json(text)).is_integer(), expected, "{text}");
        }
    }

    #[test]
    fn multiples_are_told_by_decimal_digits() {
        for (value, step, expected) in [
            ("0", Number::Float(0.01), true),
            ("0.3", Number::Float(0.1), true),
            ("0.29", Number::Float(0.01), true),
            ("4.35", Number::Float(0.01), true),
            ("4.355", Number::Float(0.01), false),
            ("0.0075", Number::Float(0.0001), true),
            ("0.00751", Number::Float(0.0001), false),
            ("-1.1", Number::Float(0.1), true),
            ("7", Number::Integer(2), false),
            ("7.0", Number::Float(3.5), true),
            ("1e23", Number::Integer(10), true),
            ("1e308", Number::Float(0.123_456_789), false),
            ("1e308", Number::Float(0.5), true),
            ("18446744073709551615", Number::Integer(5), true),
            ("18446744073709551615", Number::Integer(2), false),
            ("9007199254740993", Number::Integer(2), false),
            ("1.5e-300", Number::Float(5e-301), true),
            ("5", Number::Integer(0), false),
        ] {
            assert_eq!(
                is_multiple(&json(value), step),
                expected,
                "{value} of {step}"
            );
        }
    }

    proptest! {
        #[test]
        fn a_product_is_a_multiple(factor in -1_000_000_i64..1_000_000, cents in 1_u32..10_000) {
            // Both texts are exact in hundredths, and so is their product.
            let product = factor * i64::from(cents);
            let (sign, hundredths) = (if product < 0 { "-" } else { "" }, product.abs());
            let value = json(&format!("{sign}{}.{:02}", hundredths / 100, hundredths % 100));
            let step = Number::Float(f64::from(cents) / 100.0);
            prop_assert!(is_multiple(&value, step));
            let beside = json(&format!("{sign}{}.{:02}1", hundredths / 100, hundredths % 100));
            prop_assert!(!is_multiple(&beside, step));
        }

        #[test]
        fn floats_compare_with_integers_as_they_do_among_themselves(integer in -1_000_000_i32..1_000_000, float in -2e6..2e6_f64) {
            let expected = f64::from(integer).partial_cmp(&float);
            prop_assert_eq!(Number::Integer(integer.into()).compare(Number::Float(float)), expected);
        }
    }
}
