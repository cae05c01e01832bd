//! Whether a value keeps a `format`.
//!
//! Validators differ at the edges of most formats: leap seconds, underscores in host names, quoted local parts of
//! addresses, a UUID without hyphens. Such a text is disputed, and neither handed out as valid nor as a violation:
//! a peer that takes it and a peer that refuses it are both right.

mod network;
mod time;
mod uri;

use std::net::Ipv6Addr;

pub(crate) use self::time::days_in_month;

use self::network::{email, hostname, ipv4};
use self::time::{date, date_time, duration, time};
use self::uri::{uri, uri_reference};
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
