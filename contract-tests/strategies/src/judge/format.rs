//! Whether a value keeps a `format`.
//!
//! Validators differ at the edges of most formats: leap seconds, underscores in host names, quoted local parts of
//! addresses, a UUID without hyphens. Such a text is disputed, and neither handed out as valid nor as a violation:
//! a peer that takes it and a peer that refuses it are both right.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::{Exact, Verdict};

/// The formats that restrict values. Any other is an annotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Format {
    DateTime,
    Date,
    Time,
    Duration,
    Uuid,
    Email,
    Uri,
    UriReference,
    Hostname,
    Ipv4,
    Ipv6,
    JsonPointer,
    Regex,
    /// One that takes all of another, and more on which validators differ.
    Wider(Narrow),
    Byte,
    Int32,
    Int64,
    Uint8,
    Uint16,
    Uint32,
    Uint64,
    Float,
    Double,
}

/// The format whose texts the wider one takes for sure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Narrow {
    /// Of `idn-email`.
    Email,
    /// Of `iri`.
    Uri,
    /// Of `iri-reference` and `uri-template`.
    UriReference,
    /// Of `idn-hostname`.
    Hostname,
    /// Of `relative-json-pointer`: a number alone.
    Digit,
}

impl Narrow {
    /// The narrower format; `None` where it has no name of its own.
    pub(crate) fn format(self) -> Option<Format> {
        match self {
            Narrow::Email => Some(Format::Email),
            Narrow::Uri => Some(Format::Uri),
            Narrow::UriReference => Some(Format::UriReference),
            Narrow::Hostname => Some(Format::Hostname),
            Narrow::Digit => None,
        }
    }
}

impl Format {
    pub(crate) fn named(name: &str) -> Option<Format> {
        Some(match name {
            "date-time" => Format::DateTime,
            "date" => Format::Date,
            "time" => Format::Time,
            "duration" => Format::Duration,
            "json-pointer" => Format::JsonPointer,
            "regex" => Format::Regex,
            "idn-email" => Format::Wider(Narrow::Email),
            "iri" => Format::Wider(Narrow::Uri),
            "iri-reference" | "uri-template" => Format::Wider(Narrow::UriReference),
            "idn-hostname" => Format::Wider(Narrow::Hostname),
            "relative-json-pointer" => Format::Wider(Narrow::Digit),
            "uuid" => Format::Uuid,
            "email" => Format::Email,
            "uri" => Format::Uri,
            "uri-reference" => Format::UriReference,
            "hostname" => Format::Hostname,
            "ipv4" => Format::Ipv4,
            "ipv6" => Format::Ipv6,
            "byte" => Format::Byte,
            "int32" => Format::Int32,
            "int64" => Format::Int64,
            "uint8" => Format::Uint8,
            "uint16" => Format::Uint16,
            "uint32" => Format::Uint32,
            "uint64" => Format::Uint64,
            "float" => Format::Float,
            "double" => Format::Double,
            _ => return None,
        })
    }

    /// Whether it restricts numbers; it restricts strings otherwise.
    pub(crate) fn is_numeric(self) -> bool {
        self.integers().is_some() || matches!(self, Format::Float | Format::Double)
    }

    /// The integers that the format can hold, where it is one of integers.
    pub(crate) fn integers(self) -> Option<(i128, i128)> {
        match self {
            Format::Int32 => Some((i32::MIN.into(), i32::MAX.into())),
            Format::Int64 => Some((i64::MIN.into(), i64::MAX.into())),
            Format::Uint8 => Some((0, u8::MAX.into())),
            Format::Uint16 => Some((0, u16::MAX.into())),
            Format::Uint32 => Some((0, u32::MAX.into())),
            Format::Uint64 => Some((0, u64::MAX.into())),
            _ => None,
        }
    }

    pub(crate) fn judge_number(self, number: Exact) -> Verdict {
        match (self.integers(), number) {
            (Some((low, high)), Exact::Integer(integer)) => {
                Verdict::of((low..=high).contains(&integer))
            }
            // Whether such a format also rules out a fraction depends on whom one asks.
            (Some(_), Exact::Float(_)) => Verdict::Disputed,
            (None, number) => Verdict::Yes
                .unless(self == Format::Float && number.to_f64().abs() > f32::MAX.into()),
        }
    }

    pub(crate) fn judge_text(self, text: &str) -> Verdict {
        match self {
            Format::DateTime => date_time(text),
            Format::Date => date(text.as_bytes()),
            Format::Uuid => uuid(text),
            Format::Email => email(text),
            Format::Uri => uri(text),
            Format::UriReference => uri_reference(text),
            Format::Hostname => hostname(text),
            Format::Ipv4 => ipv4(text),
            Format::Ipv6 => {
                Verdict::of(text.parse::<Ipv6Addr>().is_ok()).unless(text.contains(['%', '[']))
            }
            Format::Byte => byte(text.as_bytes()),
            Format::Time => time(text.as_bytes()),
            Format::Duration => duration(text),
            Format::JsonPointer => json_pointer(text),
            Format::Regex => Verdict::Yes.unless(!text.bytes().all(|c| c.is_ascii_alphanumeric())),
            Format::Wider(narrow) => match narrow.format() {
                Some(format) => format.judge_text(text).at_most_disputed(),
                None => Verdict::Yes.unless(!matches!(text.as_bytes(), [b'0'..=b'9'])),
            },
            Format::Int32
            | Format::Int64
            | Format::Uint8
            | Format::Uint16
            | Format::Uint32
            | Format::Uint64
            | Format::Float
            | Format::Double => Verdict::Yes,
        }
    }
}

/// The number that the digits show, where all are digits.
fn digits(text: &[u8]) -> Option<u32> {
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
fn date(text: &[u8]) -> Verdict {
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
fn date_time(text: &str) -> Verdict {
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
fn time(text: &[u8]) -> Verdict {
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
fn duration(text: &str) -> Verdict {
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

/// RFC 6901.
fn json_pointer(text: &str) -> Verdict {
    let escaped = |text: &str| {
        text.split('~')
            .skip(1)
            .all(|rest| rest.starts_with(['0', '1']))
    };
    Verdict::of((text.is_empty() || text.starts_with('/')) && escaped(text))
}

/// Eight, four, four, four and twelve hexadecimal digits. Other spellings that readers know are disputed.
fn uuid(text: &str) -> Verdict {
    let right = text.len() == 36
        && text.bytes().enumerate().all(|(i, c)| match i {
            8 | 13 | 18 | 23 => c == b'-',
            _ => c.is_ascii_hexdigit(),
        });
    // Some read the digits as a number, be there blanks, signs or underscores among them.
    let as_number = |c: char| !c.is_ascii_graphic() || c.is_ascii_hexdigit() || "+-_xX".contains(c);
    let other_spelling = text.starts_with("urn:")
        || text.starts_with('{')
        || text.len() == 32
        || text.chars().count() == 36 && text.chars().all(as_number);
    Verdict::of(right).unless(!right && other_spelling)
}

fn email(text: &str) -> Verdict {
    let Some((local, domain)) = text.rsplit_once('@') else {
        return Verdict::No;
    };
    let plain = |c: u8| c.is_ascii_alphanumeric() || b"._+-".contains(&c);
    let plain_local = local.len() <= 64
        && local.bytes().all(plain)
        && local.split('.').all(|part| !part.is_empty());
    let plain_domain = domain.contains('.') && hostname(domain) == Verdict::Yes;
    if plain_local && plain_domain {
        Verdict::Yes
    } else {
        Verdict::Disputed
    }
}

/// A host name of RFC 1123.
fn hostname(text: &str) -> Verdict {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label
                .bytes()
                .all(|c| c.is_ascii_alphanumeric() || c == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let right = text.len() <= 253 && text.split('.').all(label);
    let odd = text.is_empty()
        || text.ends_with('.')
        || text.contains('_')
        || !text.is_ascii()
        || text.split('.').any(|label| label.get(2..4) == Some("--"))
        || text
            .rsplit('.')
            .next()
            .is_some_and(|last| last.bytes().all(|c| c.is_ascii_digit()));
    Verdict::of(right).unless(odd)
}

fn ipv4(text: &str) -> Verdict {
    let right = text.parse::<Ipv4Addr>().is_ok();
    // Fewer parts, and octal or hexadecimal ones, are read by the oldest of readers.
    let parts: Vec<Option<u32>> = text
        .split('.')
        .map(|part| digits(part.as_bytes()))
        .collect();
    let no_address = parts.iter().any(Option::is_none)
        || parts.len() > 4
        || parts.len() == 4
            && parts.iter().flatten().any(|part| *part > 255)
            && !text.split('.').any(|p| p.len() > 1 && p.starts_with('0'));
    let hexadecimal = text.contains(['x', 'X']);
    Verdict::of(right).unless(!right && (!no_address || hexadecimal))
}

/// Base64 of RFC 4648, section 4. Other alphabets, blanks and missing padding are disputed.
fn byte(text: &[u8]) -> Verdict {
    let padding = text.iter().rev().take_while(|c| **c == b'=').count();
    let content = &text[..text.len() - padding];
    let value = |c: u8| match c {
        b'A'..=b'Z' => Some(c - b'A'),
        b'a'..=b'z' => Some(c - b'a' + 26),
        b'0'..=b'9' => Some(c - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    };
    let in_alphabet = content.iter().all(|c| value(*c).is_some());
    let last = content.last().and_then(|c| value(*c)).unwrap_or(0);
    let no_bits_left = match padding {
        0 => true,
        1 => last & 0b11 == 0,
        2 => last & 0b1111 == 0,
        _ => false,
    };
    if in_alphabet && no_bits_left && text.len().is_multiple_of(4) {
        return Verdict::Yes;
    }
    let lenient = |c: &u8| value(*c).is_some() || c.is_ascii_whitespace() || b"-_=".contains(c);
    Verdict::of(false).unless(text.iter().all(lenient))
}

/// What RFC 3986 allows nowhere unescaped.
fn forbidden_in_uri(c: char) -> bool {
    c.is_ascii_control() || " \"<>\\^`{|}".contains(c)
}

fn plain_in_uri(c: u8) -> bool {
    c.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/?".contains(&c)
}

/// Whether every percent sign has two hexadecimal digits behind it.
fn escapes_are_whole(text: &str) -> bool {
    text.split('%').skip(1).all(|rest| {
        rest.as_bytes()
            .get(..2)
            .is_some_and(|two| two.iter().all(u8::is_ascii_hexdigit))
    })
}

/// A URI of RFC 3986: surely one where it has the common form, surely none where it has no scheme or a forbidden
/// character.
fn uri(text: &str) -> Verdict {
    if text.contains(forbidden_in_uri) {
        return Verdict::No;
    }
    let Some((scheme, rest)) = text.split_once(':') else {
        return Verdict::No;
    };
    if !scheme.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return Verdict::No;
    }
    if !scheme
        .bytes()
        .all(|c| c.is_ascii_alphanumeric() || b"+-.".contains(&c))
    {
        return Verdict::Disputed;
    }
    match rest.strip_prefix("//") {
        Some(rest) => {
            let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
            let (authority, path) = rest.split_at(end);
            let plain_authority = match authority.split_once(':') {
                Some((host, port)) => {
                    hostname(host) == Verdict::Yes && port.parse::<u16>().is_ok() && port.len() <= 5
                }
                None => {
                    hostname(authority) == Verdict::Yes || authority.parse::<Ipv4Addr>().is_ok()
                }
            };
            if plain_authority && plain_path(path) {
                Verdict::Yes
            } else {
                Verdict::Disputed
            }
        }
        None if !rest.is_empty() && !rest.starts_with('/') && plain_path(rest) => Verdict::Yes,
        None => Verdict::Disputed,
    }
}

/// Path, query and at most one fragment.
fn plain_path(text: &str) -> bool {
    text.bytes().filter(|c| *c == b'#').count() <= 1
        && escapes_are_whole(text)
        && text
            .bytes()
            .all(|c| plain_in_uri(c) || c == b'%' || c == b'#')
}

fn uri_reference(text: &str) -> Verdict {
    if text.contains(forbidden_in_uri) || !escapes_are_whole(text) {
        return Verdict::No;
    }
    let relative = text.starts_with('/') && !text.starts_with("//")
        || text.starts_with('?')
        || text.starts_with('#')
        || text.starts_with("./")
        || text.starts_with("../")
        || text.starts_with(|c: char| c.is_ascii_alphanumeric()) && !text.contains(':');
    if relative && plain_path(text) {
        Verdict::Yes
    } else {
        uri(text).at_most_disputed()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_judged() {
        use Verdict::{Disputed, No, Yes};
        for (format, text, verdict) in [
            ("date-time", "2024-02-29T23:59:59Z", Yes),
            ("date-time", "2024-02-29t23:59:59z", Yes),
            ("date-time", "1985-04-12T23:20:50.52+05:30", Yes),
            ("date-time", "1985-04-12T23:20:50.123456789-00:00", Yes),
            ("date-time", "1990-12-31T23:59:60Z", Disputed),
            ("date-time", "1990-12-31 23:59:59Z", Disputed),
            ("date-time", "2023-02-29T23:59:59Z", No),
            ("date-time", "2023-02-28T24:00:00Z", No),
            ("date-time", "2023-02-28T23:00:00", No),
            ("date-time", "2023-02-28T23:00:00.Z", No),
            ("date-time", "", No),
            ("time", "23:59:59.5+01:00", Yes),
            ("time", "23:59:59", No),
            ("time", "23:59:60Z", Disputed),
            ("duration", "PT5M", Yes),
            ("duration", "P1Y2M", Disputed),
            ("duration", "5M", No),
            ("json-pointer", "/a~1b/0", Yes),
            ("json-pointer", "a", No),
            ("json-pointer", "/~2", No),
            ("regex", "abc", Yes),
            ("regex", "(", Disputed),
            ("iri", "https://example.org/", Yes),
            ("iri", "é", Disputed),
            ("date", "2000-02-29", Yes),
            ("date", "1900-02-29", No),
            ("date", "0000-01-01", Disputed),
            ("uuid", "00000000-0000-0000-0000-000000000000", Yes),
            ("uuid", "00000000000000000000000000000000", Disputed),
            ("uuid", "00000000-0000-0000-0000-00000000000g", No),
            ("email", "a.b+c@example.org", Yes),
            ("email", "a b@example.org", Disputed),
            ("email", "nobody", No),
            ("uri", "https://example.org:8080/a%20b?c=d#e", Yes),
            ("uri", "urn:isbn:0451450523", Yes),
            ("uri", "/a", No),
            ("uri", "https://example.org/a b", No),
            ("uri", "https://[::1]/", Disputed),
            ("uri-reference", "/a?b#c", Yes),
            ("uri-reference", "../a", Yes),
            ("uri-reference", "a b", No),
            ("uri-reference", "/%zz", No),
            ("hostname", "a.example", Yes),
            ("hostname", "-a.example", No),
            ("hostname", "a..example", No),
            ("hostname", "a_b", Disputed),
            ("ipv4", "127.0.0.1", Yes),
            ("ipv4", "127.0.0.256", No),
            ("ipv4", "127.0.0.01", Disputed),
            ("ipv4", "127.1", Disputed),
            ("ipv4", "localhost", No),
            ("ipv6", "::1", Yes),
            ("ipv6", "fe80::1%eth0", Disputed),
            ("ipv6", "1::2::3", No),
            ("byte", "", Yes),
            ("byte", "Zm9v", Yes),
            ("byte", "Zg==", Yes),
            ("byte", "Zg", Disputed),
            ("byte", "Zh==", Disputed),
            ("byte", "Z*==", No),
        ] {
            assert_eq!(
                Format::named(format).map(|f| f.judge_text(text)),
                Some(verdict),
                "{format} {text:?}"
            );
        }
    }
}
