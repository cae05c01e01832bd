//! A date and time as it was written, and the number to order it by.
//!
//! A client that sends `2026-03-03T17:00:00+01:00` means that instant, and also those digits and that offset. So the
//! text is kept as it came, and beside it the instant in microseconds since 1970, which indexes and pages order by.
//! The price is that two timestamps can be the same instant without being equal.

use std::fmt;
use std::time::{SystemTime, UNIX_EPOCH};

use chrono::{DateTime, SecondsFormat};

/// The last microsecond that RFC 3339, with its four digits for a year, can write.
const LAST_MICROS: i64 = 253_402_300_799_999_999;

/// A `date-time` of RFC 3339, section 5.6: its text, and its instant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timestamp {
    text: String,
    micros: i64,
}

/// The text is not a `date-time` of RFC 3339, section 5.6.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not a date and time such as 2026-03-02T09:15:30Z")]
pub struct NotATimestamp {
    /// The text.
    pub text: String,
}

impl Timestamp {
    /// Reads a `date-time` and keeps its text. What lies below a microsecond counts for the text alone, and a leap
    /// second is the same instant as the second after it.
    pub fn parse(text: &str) -> Result<Timestamp, NotATimestamp> {
        let not_a_timestamp = || NotATimestamp {
            text: text.to_owned(),
        };
        // chrono also takes a blank between date and time, which the grammar does not have.
        if !matches!(text.as_bytes().get(10), Some(b'T' | b't')) {
            return Err(not_a_timestamp());
        }
        let instant = DateTime::parse_from_rfc3339(text).map_err(|_| not_a_timestamp())?;
        Ok(Timestamp {
            text: text.to_owned(),
            micros: instant.timestamp_micros(),
        })
    }

    /// Writes an instant in UTC with six digits below the second. What RFC 3339 cannot write, because it lies before
    /// 1970 or after the year 9999, becomes the nearest instant between the two: only a clock that is wrong says so.
    pub fn at(time: SystemTime) -> Timestamp {
        let micros = time
            .duration_since(UNIX_EPOCH)
            .map_or(0, |since| since.as_micros());
        let micros = i64::try_from(micros)
            .unwrap_or(LAST_MICROS)
            .min(LAST_MICROS);
        let instant = DateTime::from_timestamp_micros(micros).unwrap_or_default();
        Timestamp {
            text: instant.to_rfc3339_opts(SecondsFormat::Micros, true),
            micros,
        }
    }

    /// The text, as it was written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The instant, in microseconds since 1970-01-01T00:00:00Z.
    pub fn micros(&self) -> i64 {
        self.micros
    }

    /// Puts together what a store has kept of a timestamp.
    pub(crate) fn from_parts(text: String, micros: i64) -> Timestamp {
        Timestamp { text, micros }
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use std::time::Duration;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_text_stays_and_the_instant_is_that_of_the_offset() {
        let check = |text: &str, micros: i64| {
            let timestamp = Timestamp::parse(text).unwrap();
            assert_eq!((timestamp.text(), timestamp.micros()), (text, micros));
        };
        check("1970-01-01T00:00:00Z", 0);
        check("1970-01-01t00:00:00z", 0);
        check("1970-01-01T00:00:00-00:00", 0);
        check("1970-01-01T01:00:00+01:00", 0);
        check("1970-01-01T00:00:00.000001Z", 1);
        check("1970-01-01T00:00:00.0000019Z", 1);
        check("1970-01-01T00:00:00.123456789012345678901Z", 123_456);
        check("1969-12-31T23:59:59.9999999Z", -1);
        check("1972-06-30T23:59:60Z", 78_796_800_000_000);
        check("0000-01-01T00:00:00Z", -62_167_219_200_000_000);
        check("9999-12-31T23:59:59.999999Z", LAST_MICROS);
        check("2026-03-03T17:00:00+23:59", 1_772_470_860_000_000);
    }

    #[test]
    fn other_texts_are_refused() {
        for text in [
            "",
            "2026-03-03",
            "2026-03-03T17:00:00",
            "2026-03-03 17:00:00Z",
            "2026-02-30T17:00:00Z",
            "2026-3-3T17:0:0Z",
            "2026-03-03T24:00:00Z",
            "2026-03-03T17:00:00+24:00",
            "2026-03-03T17:00:00.Z",
            "2026-03-03T17:00:00Z ",
            "+12026-03-03T17:00:00Z",
            "\u{661}970-01-01T00:00:00Z",
        ] {
            assert!(Timestamp::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn the_clock_s_time_is_written_in_utc_with_microseconds() {
        let check = |time: SystemTime, text: &str| assert_eq!(Timestamp::at(time).text(), text);
        check(UNIX_EPOCH, "1970-01-01T00:00:00.000000Z");
        check(
            UNIX_EPOCH + Duration::from_nanos(1_234_567_890),
            "1970-01-01T00:00:01.234567Z",
        );
        check(
            UNIX_EPOCH - Duration::from_secs(1),
            "1970-01-01T00:00:00.000000Z",
        );
        check(
            UNIX_EPOCH + Duration::from_secs(1 << 40),
            "9999-12-31T23:59:59.999999Z",
        );
    }

    proptest! {
        #[test]
        fn what_the_clock_says_is_read_back_as_the_same_instant(micros in 0..=LAST_MICROS) {
            let written = Timestamp::at(UNIX_EPOCH + Duration::from_micros(micros as u64));
            prop_assert_eq!(written.micros(), micros);
            prop_assert_eq!(Timestamp::parse(written.text()).unwrap(), written);
        }
    }
}
