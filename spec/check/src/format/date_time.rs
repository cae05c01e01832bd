//! Dates and times of RFC 3339, section 5.6.
//!
//! Written out because the parsers at hand take more: a space for the `T`, fields of one digit, a leap second anywhere.

use chrono::NaiveDate;

/// `date-time = full-date "T" full-time`, the letters in either case.
pub(super) fn is_date_time(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() > 10
        && matches!(bytes[10], b'T' | b't')
        && date(&bytes[..10]).is_some()
        && full_time(&bytes[11..]).is_some()
}

/// `full-date`.
pub(super) fn is_date(text: &str) -> bool {
    date(text.as_bytes()).is_some()
}

/// `full-time = partial-time time-offset`.
pub(super) fn is_time(text: &str) -> bool {
    full_time(text.as_bytes()).is_some()
}

/// `full-date = date-fullyear "-" date-month "-" date-mday`, a day that the month has.
fn date(bytes: &[u8]) -> Option<NaiveDate> {
    let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = bytes else {
        return None;
    };
    let year = two_digits(y1, y2)? * 100 + two_digits(y3, y4)?;
    NaiveDate::from_ymd_opt(
        year,
        two_digits(m1, m2)?.unsigned_abs(),
        two_digits(d1, d2)?.unsigned_abs(),
    )
}

/// `partial-time time-offset`, with the 60th second only at 23:59 UTC, where leap seconds are put in (section 5.7).
fn full_time(bytes: &[u8]) -> Option<()> {
    let (&[h1, h2, b':', m1, m2, b':', s1, s2], rest) = bytes.split_first_chunk::<8>()? else {
        return None;
    };
    let (hour, minute, second) = (
        two_digits(h1, h2)?,
        two_digits(m1, m2)?,
        two_digits(s1, s2)?,
    );
    let offset = minutes_of_offset(fraction(rest)?)?;
    let utc_minute = (hour * 60 + minute - offset).rem_euclid(24 * 60);
    let last_second = if utc_minute == 24 * 60 - 1 { 60 } else { 59 };
    (hour <= 23 && minute <= 59 && second <= last_second).then_some(())
}

/// What follows `[time-secfrac]`.
fn fraction(bytes: &[u8]) -> Option<&[u8]> {
    let Some(digits) = bytes.strip_prefix(b".") else {
        return Some(bytes);
    };
    let length = digits.iter().take_while(|b| b.is_ascii_digit()).count();
    (length > 0).then(|| &digits[length..])
}

/// `time-offset = "Z" / time-numoffset`, in minutes east of UTC.
fn minutes_of_offset(bytes: &[u8]) -> Option<i32> {
    match *bytes {
        [b'Z' | b'z'] => Some(0),
        [sign @ (b'+' | b'-'), h1, h2, b':', m1, m2] => {
            let (hours, minutes) = (two_digits(h1, h2)?, two_digits(m1, m2)?);
            let total = hours * 60 + minutes;
            (hours <= 23 && minutes <= 59).then_some(if sign == b'-' { -total } else { total })
        }
        _ => None,
    }
}

fn two_digits(tens: u8, ones: u8) -> Option<i32> {
    (tens.is_ascii_digit() && ones.is_ascii_digit())
        .then(|| i32::from(tens - b'0') * 10 + i32::from(ones - b'0'))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use chrono::{DateTime, FixedOffset};
    use serde_json::json;

    use super::*;

    const DATE_TIMES: &[&str] = &[
        "2024-02-29T12:00:00Z",
        "0000-01-01T00:00:00Z",
        "9999-12-31T23:59:59.999999999Z",
        "1985-04-12T23:20:50.52Z",
        "1996-12-19T16:39:57-08:00",
        "1996-12-19t16:39:57z",
        "1996-12-19T16:39:57.1234567890123456789+23:59",
        "1990-12-31T23:59:60Z",
        "1990-12-31T15:59:60.5-08:00",
        "1991-01-01T05:29:60+05:30",
        "1937-01-01T12:00:27.87-00:00",
    ];

    #[test]
    fn date_times_of_rfc_3339_are_taken() {
        for text in DATE_TIMES {
            assert!(is_date_time(text), "{text}");
        }
    }

    #[test]
    fn generated_types_hold_every_date_time_that_is_taken() {
        for text in DATE_TIMES {
            let decoded: DateTime<FixedOffset> = serde_json::from_value(json!(text)).unwrap();
            let encoded = json!(decoded);
            assert!(
                is_date_time(encoded.as_str().unwrap()),
                "{text} comes back as {encoded}"
            );
            assert_eq!(
                serde_json::from_value::<DateTime<FixedOffset>>(encoded).unwrap(),
                decoded,
                "{text}"
            );
        }
    }

    #[test]
    fn other_date_times_are_refused() {
        for text in [
            "",
            "2024-02-29",
            "2024-02-29 12:00:00Z",
            "2024-02-29_12:00:00Z",
            "2024-02-29T12:00:00",
            "2024-02-29T12:00Z",
            "2024-2-29T12:00:00Z",
            "2024-02-29T1:00:00Z",
            "2023-02-29T12:00:00Z",
            "2024-13-01T12:00:00Z",
            "2024-00-01T12:00:00Z",
            "2024-01-00T12:00:00Z",
            "2024-02-29T24:00:00Z",
            "2024-02-29T12:60:00Z",
            "2024-02-29T12:00:60Z",
            "1990-12-31T23:59:61Z",
            "1990-12-31T22:59:60Z",
            "1990-12-31T23:59:60+01:00",
            "2024-02-29T12:00:00.Z",
            "2024-02-29T12:00:00,5Z",
            "2024-02-29T12:00:00+24:00",
            "2024-02-29T12:00:00+01:60",
            "2024-02-29T12:00:00+0100",
            "2024-02-29T12:00:00+01",
            "2024-02-29T12:00:00\u{2212}01:00",
            "2024-02-29T12:00:00ZZ",
            " 2024-02-29T12:00:00Z",
            "12024-02-29T12:00:00Z",
            "-024-02-29T12:00:00Z",
            "२०24-02-29T12:00:00Z",
        ] {
            assert!(!is_date_time(text), "{text}");
        }
    }

    #[test]
    fn dates_and_times_are_the_halves_of_a_date_time() {
        for text in DATE_TIMES {
            assert!(is_date(&text[..10]), "{text}");
            assert!(is_time(&text[11..]), "{text}");
        }
        assert!(!is_date("2024-02-30"));
        assert!(!is_date("2024-02-29T"));
        assert!(!is_time("12:00:00"));
        assert!(!is_time("T12:00:00Z"));
    }
}
