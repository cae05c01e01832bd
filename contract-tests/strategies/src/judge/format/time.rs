//! Dates, times and durations.

use crate::judge::Verdict;

/// The number that the digits show, where all are digits.
pub(super) fn digits(text: &[u8]) -> Option<u32> {
    text.iter().try_fold(0_u32, |sum, digit| {
        digit.is_ascii_digit().then(|| {
            sum.saturating_mul(10)
                .saturating_add(u32::from(digit - b'0'))
        })
    })
}

pub(crate) fn days_in_month(year: u32, month: u32) -> u32 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// `full-date` of RFC 3339. The year 0 exists there and not in many calendars.
pub(super) fn date(text: &[u8]) -> Verdict {
    if text.len() != 10 || text[4] != b'-' || text[7] != b'-' {
        return Verdict::No;
    }
    let (Some(year), Some(month), Some(day)) =
        (digits(&text[..4]), digits(&text[5..7]), digits(&text[8..]))
    else {
        return Verdict::No;
    };
    let right = (1..=12).contains(&month) && (1..=days_in_month(year, month)).contains(&day);
    Verdict::of(right).unless(right && year == 0)
}

/// `date-time` of RFC 3339. A blank between date and time is allowed by the RFC and refused by many readers.
pub(super) fn date_time(text: &str) -> Verdict {
    let text = text.as_bytes();
    if text.len() < 20 || !matches!(text[10], b'T' | b't' | b' ') {
        return Verdict::No;
    }
    match (date(&text[..10]), time(&text[11..])) {
        (Verdict::No, _) | (_, Verdict::No) => Verdict::No,
        (Verdict::Yes, Verdict::Yes) if text[10] != b' ' => Verdict::Yes,
        _ => Verdict::Disputed,
    }
}

/// `full-time` of RFC 3339. Whether a leap second is one depends on the date, the offset and the reader.
pub(super) fn time(text: &[u8]) -> Verdict {
    if text.len() < 9 || text[2] != b':' || text[5] != b':' {
        return Verdict::No;
    }
    let (Some(hour), Some(minute), Some(second)) =
        (digits(&text[..2]), digits(&text[3..5]), digits(&text[6..8]))
    else {
        return Verdict::No;
    };
    if hour > 23 || minute > 59 || second > 60 {
        return Verdict::No;
    }
    let mut rest = &text[8..];
    if let Some(fraction) = rest.strip_prefix(b".") {
        let count = fraction.iter().take_while(|c| c.is_ascii_digit()).count();
        if count == 0 {
            return Verdict::No;
        }
        rest = &fraction[count..];
    }
    let zone = match rest {
        [b'Z' | b'z'] => true,
        [b'+' | b'-', zone @ ..] if zone.len() == 5 && zone[2] == b':' => {
            digits(&zone[..2]).is_some_and(|h| h < 24) && digits(&zone[3..]).is_some_and(|m| m < 60)
        }
        _ => false,
    };
    Verdict::of(zone).unless(zone && second == 60)
}

/// `duration` of RFC 3339, appendix A: surely one where it has a single part.
pub(super) fn duration(text: &str) -> Verdict {
    let single = |text: &str, units: &str| {
        text.strip_suffix(|c| units.contains(c))
            .is_some_and(|count| !count.is_empty() && count.bytes().all(|c| c.is_ascii_digit()))
    };
    match text.strip_prefix('P') {
        None => Verdict::No,
        Some(rest) => match rest.strip_prefix('T') {
            Some(time) => Verdict::Yes.unless(!single(time, "HMS")),
            None => Verdict::Yes.unless(!single(rest, "YMWD")),
        },
    }
}
