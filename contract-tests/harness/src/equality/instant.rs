//! Instants of RFC 3339, to any number of digits.

use std::cmp::Ordering;

/// How far apart two instants are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Apart {
    Not,
    BelowMicrosecond,
    Further,
}

/// How far apart two texts of RFC 3339 are; `None` where one is none.
pub(super) fn apart(one: &str, other: &str) -> Option<Apart> {
    let (one, other) = (Instant::read(one)?, Instant::read(other)?);
    Some(match one.cmp(&other) {
        Ordering::Equal => Apart::Not,
        order => {
            let (early, late) = if order == Ordering::Less {
                (one, other)
            } else {
                (other, one)
            };
            if late.is_clearly_apart(early) {
                Apart::Further
            } else {
                Apart::BelowMicrosecond
            }
        }
    })
}

const ATTOSECONDS: i128 = 1_000_000_000_000_000_000;

/// An instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Instant {
    /// Since 1970-01-01T00:00:00Z, leap seconds counted as the second after them.
    seconds: i64,
    attoseconds: i128,
}

impl Instant {
    /// Whether the two are a microsecond apart or more.
    pub(crate) fn is_clearly_apart(self, other: Instant) -> bool {
        let distance = i128::from(self.seconds - other.seconds) * ATTOSECONDS
            + (self.attoseconds - other.attoseconds);
        // What is lost beyond the digits that we compare is far below a microsecond.
        distance.abs() >= ATTOSECONDS / 1_000_000
    }

    /// Reads a text that is known to be a date-time, or refuses it: it may also be some other text.
    pub(crate) fn read(text: &str) -> Option<Instant> {
        let number = |range: std::ops::Range<usize>| -> Option<i64> {
            let digits = text.get(range)?;
            digits
                .bytes()
                .all(|b| b.is_ascii_digit())
                .then(|| digits.parse().ok())?
        };
        let separator = |at: usize, wanted: &str| {
            text.get(at..at + 1)
                .is_some_and(|found| found.eq_ignore_ascii_case(wanted))
                .then_some(())
        };
        separator(4, "-")?;
        separator(7, "-")?;
        separator(10, "T")?;
        separator(13, ":")?;
        separator(16, ":")?;
        let (year, month, day) = (number(0..4)?, number(5..7)?, number(8..10)?);
        let (hour, minute, second) = (number(11..13)?, number(14..16)?, number(17..19)?);
        if !(1..=12).contains(&month)
            || !(1..=31).contains(&day)
            || hour > 23
            || minute > 59
            || second > 60
        {
            return None;
        }
        let rest = text.get(19..)?;
        let (attoseconds, zone) = match rest.strip_prefix('.') {
            Some(rest) => {
                let count = rest.bytes().take_while(u8::is_ascii_digit).count();
                if count == 0 {
                    return None;
                }
                let digits: String = rest[..count]
                    .chars()
                    .chain(std::iter::repeat('0'))
                    .take(18)
                    .collect();
                (digits.parse().ok()?, &rest[count..])
            }
            None => (0, rest),
        };
        let offset = match zone {
            "Z" | "z" => 0,
            zone => {
                let sign = match zone.get(..1)? {
                    "+" => 1,
                    "-" => -1,
                    _ => return None,
                };
                let (hours, minutes) = zone[1..].split_once(':')?;
                let part = |text: &str| {
                    (text.len() == 2)
                        .then(|| text.parse::<i64>().ok())
                        .flatten()
                };
                sign * (part(hours)? * 3600 + part(minutes)? * 60)
            }
        };
        let seconds = days(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second - offset;
        Some(Instant {
            seconds,
            attoseconds,
        })
    }
}

/// Days since 1970-01-01 in the proleptic Gregorian calendar, counted in years that start in March.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_from_1970() {
        for (date, expected) in [
            ((1970, 1, 1), 0),
            ((2000, 3, 1), 11_017),
            ((2024, 2, 29), 19_782),
            ((1969, 12, 31), -1),
            ((1, 1, 1), -719_162),
        ] {
            assert_eq!(days(date.0, date.1, date.2), expected, "{date:?}");
        }
    }

    #[test]
    fn a_leap_second_is_the_second_after_it() {
        assert_eq!(
            apart("1990-12-31T23:59:60Z", "1991-01-01T00:00:00Z"),
            Some(Apart::Not)
        );
        assert_eq!(
            apart("1990-12-31T15:59:60-08:00", "1990-12-31T23:59:60Z"),
            Some(Apart::Not)
        );
    }
}
