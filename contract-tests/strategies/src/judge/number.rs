//! Numbers compared and divided exactly, whatever they are held as.
//!
//! JSON has one kind of number, `serde_json` holds three. A bound such as 9223372036854775807 is lost when it passes
//! through `f64`, so that integers are compared as integers, and a division is made on decimal digits.

use std::cmp::Ordering;

use serde_json::Number;

use super::Verdict;

/// Beyond this magnitude a number is kept as `f64`; below it every `f64` without a fraction is exact as `i128`.
const WIDEST_INTEGER: f64 = 1e36;

/// A number by its value.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Exact {
    /// No fraction.
    Integer(i128),
    /// A fraction, or a magnitude above [`WIDEST_INTEGER`].
    Float(f64),
}

impl Exact {
    pub(crate) fn of(number: &Number) -> Exact {
        if let Some(integer) = number.as_i64() {
            return Exact::Integer(integer.into());
        }
        if let Some(integer) = number.as_u64() {
            return Exact::Integer(integer.into());
        }
        Exact::of_float(number.as_f64().unwrap_or(0.0))
    }

    pub(crate) fn of_float(float: f64) -> Exact {
        if float.fract() == 0.0 && float.abs() < WIDEST_INTEGER {
            Exact::Integer(float as i128)
        } else {
            Exact::Float(float)
        }
    }

    pub(crate) fn compare(self, other: Exact) -> Ordering {
        match (self, other) {
            (Exact::Integer(a), Exact::Integer(b)) => a.cmp(&b),
            (Exact::Float(a), Exact::Float(b)) => a.partial_cmp(&b).unwrap_or(Ordering::Equal),
            (Exact::Integer(a), Exact::Float(b)) => integer_with_float(a, b),
            (Exact::Float(a), Exact::Integer(b)) => integer_with_float(b, a).reverse(),
        }
    }

    pub(crate) fn to_f64(self) -> f64 {
        match self {
            Exact::Integer(integer) => integer as f64,
            Exact::Float(float) => float,
        }
    }
}

/// The float is no integer, or beyond every integer.
fn integer_with_float(integer: i128, float: f64) -> Ordering {
    if float.abs() >= WIDEST_INTEGER {
        return if float > 0.0 {
            Ordering::Less
        } else {
            Ordering::Greater
        };
    }
    if integer <= float.floor() as i128 {
        Ordering::Less
    } else {
        Ordering::Greater
    }
}

/// A number as its decimal digits: `mantissa * 10^exponent`, without a zero at the mantissa's end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Decimal {
    pub(crate) mantissa: i128,
    pub(crate) exponent: i32,
}

impl Decimal {
    pub(crate) fn of(number: Exact) -> Decimal {
        let (mut mantissa, mut exponent) = match number {
            Exact::Integer(integer) => (integer, 0),
            Exact::Float(float) => {
                let text = format!("{float:e}");
                let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
                let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
                let exponent: i32 = exponent.parse().unwrap_or(0);
                let mantissa = format!("{whole}{fraction}").parse().unwrap_or(0);
                (mantissa, exponent - fraction.len() as i32)
            }
        };
        while mantissa != 0 && mantissa % 10 == 0 {
            mantissa /= 10;
            exponent += 1;
        }
        if mantissa == 0 {
            exponent = 0;
        }
        Decimal { mantissa, exponent }
    }

    /// Whether it is a whole number of times the other, which is above 0.
    fn is_multiple_of(self, of: Decimal) -> bool {
        if self.mantissa == 0 {
            return true;
        }
        let shift = self.exponent - of.exponent;
        if shift >= 0 {
            // (a * 10^shift) mod b, by squaring.
            let modulus = of.mantissa;
            let mut power = 10 % modulus;
            let mut left = shift;
            let mut remainder = self.mantissa % modulus;
            while left > 0 {
                if left & 1 == 1 {
                    match remainder.checked_mul(power) {
                        Some(product) => remainder = product % modulus,
                        None => return false,
                    }
                }
                match power.checked_mul(power) {
                    Some(square) => power = square % modulus,
                    None => return false,
                }
                left >>= 1;
            }
            remainder == 0
        } else {
            10_i128
                .checked_pow(shift.unsigned_abs())
                .and_then(|scale| scale.checked_mul(of.mantissa))
                .is_some_and(|divisor| self.mantissa % divisor == 0)
        }
    }
}

/// A `multipleOf`, ready to be judged.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Multiple {
    pub(crate) exact: Exact,
    pub(crate) decimal: Decimal,
}

impl Multiple {
    pub(crate) fn of(number: &Number) -> Multiple {
        let exact = Exact::of(number);
        Multiple {
            exact,
            decimal: Decimal::of(exact),
        }
    }

    /// Whether the float divides without rest. Beyond 2^53 its digits and the number that it holds are not the same.
    pub(crate) fn judge_float(&self, float: f64) -> Verdict {
        let coarse = float.abs() >= (1_u64 << 53) as f64;
        self.judge(Exact::of_float(float)).unless(coarse)
    }

    /// Whether the number divides without rest.
    ///
    /// Validators divide digits, fractions or floats, and where a fraction is in play they may answer differently:
    /// 1.13 is a multiple of 0.01 by its digits, and is none by `f64`. Such a number is disputed.
    pub(crate) fn judge(&self, number: Exact) -> Verdict {
        if let (Exact::Integer(value), Exact::Integer(multiple)) = (number, self.exact) {
            return Verdict::of(value % multiple == 0);
        }
        let by_digits = Decimal::of(number).is_multiple_of(self.decimal);
        let quotient = number.to_f64() / self.exact.to_f64();
        let by_floats = quotient.fract() == 0.0 && quotient.is_finite();
        if by_digits == by_floats && quotient.is_finite() {
            Verdict::of(by_digits)
        } else {
            Verdict::Disputed
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    fn number(text: &str) -> Number {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn numbers_compare_by_value() {
        let ascending = [
            "-1e300",
            "-9223372036854775808",
            "-1.5",
            "-1",
            "-0.5",
            "0",
            "0.5",
            "1",
            "1.5",
            "9007199254740992",
            "9007199254740993",
            "9223372036854775807",
            "18446744073709551615",
            "1e30",
            "1e300",
        ];
        for (i, a) in ascending.iter().enumerate() {
            for (j, b) in ascending.iter().enumerate() {
                assert_eq!(
                    Exact::of(&number(a)).compare(Exact::of(&number(b))),
                    i.cmp(&j),
                    "{a} with {b}"
                );
            }
        }
        assert_eq!(
            Exact::of(&number("1.0")).compare(Exact::of(&number("1"))),
            Ordering::Equal
        );
    }

    #[test]
    fn a_multiple_is_judged_by_its_digits_and_disputed_where_floats_say_otherwise() {
        for (multiple, value, verdict) in [
            ("5", "15", Verdict::Yes),
            ("5", "16", Verdict::No),
            ("0.5", "1.5", Verdict::Yes),
            ("0.5", "1.75", Verdict::No),
            ("0.01", "0.75", Verdict::Yes),
            ("0.01", "1.13", Verdict::Disputed),
            ("0.01", "0.755", Verdict::No),
            ("2", "9007199254740993", Verdict::No),
            ("1e-7", "0", Verdict::Yes),
            ("0.123456789", "1e308", Verdict::Disputed),
        ] {
            assert_eq!(
                Multiple::of(&number(multiple)).judge(Exact::of(&number(value))),
                verdict,
                "{value} by {multiple}"
            );
        }
        assert_eq!(
            Multiple::of(&number("3")).judge_float(1.100_591_768_192_770_5e308),
            Verdict::Disputed
        );
    }
}
