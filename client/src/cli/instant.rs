//! Instants, as one writes them on a command line.

use chrono::{DateTime, FixedOffset};

/// Reads a date, which is its first instant in UTC, or a date and time of RFC 3339.
///
/// # Errors
/// It is neither.
pub fn parse(text: &str) -> Result<DateTime<FixedOffset>, String> {
    DateTime::parse_from_rfc3339(text)
        .or_else(|_| DateTime::parse_from_rfc3339(&format!("{text}T00:00:00Z")))
        .map_err(|_| {
            "give a date, such as 2026-01-01, or a date and time of RFC 3339, such as \
             2026-01-01T09:30:00+01:00"
                .to_owned()
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<&str>) {
        let given = parse(text).ok().map(|instant| instant.to_rfc3339());
        assert_eq!(given.as_deref(), expected, "{text}");
    }

    #[test]
    fn a_date_is_its_first_instant_in_utc() {
        check("2026-01-01", Some("2026-01-01T00:00:00+00:00"));
        check("2024-02-29", Some("2024-02-29T00:00:00+00:00"));
    }

    #[test]
    fn a_date_and_time_keeps_its_offset() {
        check(
            "2026-01-01T09:30:00+01:00",
            Some("2026-01-01T09:30:00+01:00"),
        );
        check(
            "2026-01-01T09:30:00.25Z",
            Some("2026-01-01T09:30:00.250+00:00"),
        );
    }

    #[test]
    fn what_is_neither_is_refused() {
        for text in [
            "",
            "yesterday",
            "2026-1-1",
            "2026-02-30",
            "01.02.2026",
            "2026-01-01T09:30:00",
            "+2026-01-1",
            "2026-01-01 ",
        ] {
            check(text, None);
        }
    }
}
