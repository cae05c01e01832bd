//! The values of `format`, and the text or numbers that have them.
//!
//! Each is exact by its standard: JSON Schema lets a validator check a format or leave it, and one that checks
//! half of it is of no use to either side. A format that is not listed here restricts nothing.

mod date_time;
mod internet;

use std::net::{Ipv4Addr, Ipv6Addr};

use crate::Number;

/// A format that restricts values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// `date-time`: RFC 3339, section 5.6.
    DateTime,
    /// `date`: RFC 3339, `full-date`.
    Date,
    /// `time`: RFC 3339, `full-time`, which has an offset.
    Time,
    /// `uuid`: RFC 9562, section 4, with its hyphens.
    Uuid,
    /// `email`: RFC 5321, `Mailbox`.
    Email,
    /// `uri`: RFC 3986, `URI`.
    Uri,
    /// `uri-reference`: RFC 3986, `URI-reference`.
    UriReference,
    /// `hostname`: RFC 1123, section 2.1.
    Hostname,
    /// `ipv4`: RFC 2673, section 3.2, `dotted-quad`.
    Ipv4,
    /// `ipv6`: RFC 4291, section 2.2.
    Ipv6,
    /// `byte`: base64, RFC 4648, section 4, padded.
    Byte,
    /// `int32`: an integer of 32 bits.
    Int32,
    /// `int64`: an integer of 64 bits.
    Int64,
    /// `uint8` (OpenAPI format registry).
    Uint8,
    /// `uint16` (OpenAPI format registry).
    Uint16,
    /// `uint32` (OpenAPI format registry).
    Uint32,
    /// `uint64` (OpenAPI format registry).
    Uint64,
    /// `float`: a number in the range of 32-bit floats.
    Float,
    /// `double`: a number in the range of 64-bit floats.
    Double,
}

impl Format {
    /// Every format, with its name in a document.
    pub const ALL: &'static [(&'static str, Format)] = &[
        ("date-time", Format::DateTime),
        ("date", Format::Date),
        ("time", Format::Time),
        ("uuid", Format::Uuid),
        ("email", Format::Email),
        ("uri", Format::Uri),
        ("uri-reference", Format::UriReference),
        ("hostname", Format::Hostname),
        ("ipv4", Format::Ipv4),
        ("ipv6", Format::Ipv6),
        ("byte", Format::Byte),
        ("int32", Format::Int32),
        ("int64", Format::Int64),
        ("uint8", Format::Uint8),
        ("uint16", Format::Uint16),
        ("uint32", Format::Uint32),
        ("uint64", Format::Uint64),
        ("float", Format::Float),
        ("double", Format::Double),
    ];

    /// The format of that name. `None` for one that restricts nothing.
    pub fn named(name: &str) -> Option<Format> {
        Format::ALL
            .iter()
            .find(|(n, _)| *n == name)
            .map(|(_, format)| *format)
    }

    /// Whether a text has the format. Formats of numbers leave text alone.
    pub fn takes_text(self, text: &str) -> bool {
        match self {
            Format::DateTime => date_time::is_date_time(text),
            Format::Date => date_time::is_date(text),
            Format::Time => date_time::is_time(text),
            // Of the forms that the parser knows, only the one with hyphens has this length.
            Format::Uuid => text.len() == 36 && uuid::Uuid::try_parse(text).is_ok(),
            Format::Email => internet::is_mailbox(text),
            Format::Uri => fluent_uri::Uri::parse(text).is_ok(),
            Format::UriReference => fluent_uri::UriRef::parse(text).is_ok(),
            Format::Hostname => internet::is_hostname(text),
            Format::Ipv4 => text.parse::<Ipv4Addr>().is_ok(),
            Format::Ipv6 => text.parse::<Ipv6Addr>().is_ok(),
            Format::Byte => is_base64(text),
            Format::Int32
            | Format::Int64
            | Format::Uint8
            | Format::Uint16
            | Format::Uint32
            | Format::Uint64
            | Format::Float
            | Format::Double => true,
        }
    }

    /// Whether a number has the format. Formats of text leave numbers alone.
    pub fn takes_number(self, number: Number) -> bool {
        let within = |least: i128, most: i128| {
            use std::cmp::Ordering::{Greater, Less};
            number.is_integer()
                && number
                    .compare(Number::Integer(least))
                    .is_some_and(|order| order != Less)
                && number
                    .compare(Number::Integer(most))
                    .is_some_and(|order| order != Greater)
        };
        match self {
            Format::Int32 => within(i32::MIN.into(), i32::MAX.into()),
            Format::Int64 => within(i64::MIN.into(), i64::MAX.into()),
            Format::Uint8 => within(0, u8::MAX.into()),
            Format::Uint16 => within(0, u16::MAX.into()),
            Format::Uint32 => within(0, u32::MAX.into()),
            Format::Uint64 => within(0, u64::MAX.into()),
            Format::Float => number.to_f64().abs() <= f64::from(f32::MAX),
            Format::Double => number.to_f64().is_finite(),
            Format::DateTime
            | Format::Date
            | Format::Time
            | Format::Uuid
            | Format::Email
            | Format::Uri
            | Format::UriReference
            | Format::Hostname
            | Format::Ipv4
            | Format::Ipv6
            | Format::Byte => true,
        }
    }

    /// What a value is not, when it lacks the format.
    pub(crate) fn in_words(self) -> &'static str {
        match self {
            Format::DateTime => "a date-time of RFC 3339, such as 2024-02-29T12:00:00Z",
            Format::Date => "a date, such as 2024-02-29",
            Format::Time => "a time with an offset, such as 12:00:00Z",
            Format::Uuid => "a UUID, such as 123e4567-e89b-12d3-a456-426614174000",
            Format::Email => "an email address",
            Format::Uri => "a URI with a scheme",
            Format::UriReference => "a URI or a relative reference",
            Format::Hostname => "a host name",
            Format::Ipv4 => "an IPv4 address",
            Format::Ipv6 => "an IPv6 address",
            Format::Byte => "base64 with padding",
            Format::Int32 => "an integer of 32 bits",
            Format::Int64 => "an integer of 64 bits",
            Format::Uint8 => "an integer of 0 to 255",
            Format::Uint16 => "an integer of 0 to 65535",
            Format::Uint32 => "an integer of 0 to 4294967295",
            Format::Uint64 => "an integer of 0 to 18446744073709551615",
            Format::Float => "in the range of 32-bit floats",
            Format::Double => "in the range of 64-bit floats",
        }
    }
}

/// RFC 4648, section 4. The unused bits of the last character may be set (section 3.5 leaves that open).
fn is_base64(text: &str) -> bool {
    let digits = text
        .strip_suffix("==")
        .or_else(|| text.strip_suffix('='))
        .unwrap_or(text);
    text.len().is_multiple_of(4)
        && digits
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'+' || b == b'/')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(format: Format, accepted: &[&str], refused: &[&str]) {
        for text in accepted {
            assert!(format.takes_text(text), "{text:?} is {}", format.in_words());
        }
        for text in refused {
            assert!(
                !format.takes_text(text),
                "{text:?} is not {}",
                format.in_words()
            );
        }
    }

    #[test]
    fn uuids_have_their_hyphens() {
        check(
            Format::Uuid,
            &[
                "123e4567-e89b-12d3-a456-426614174000",
                "00000000-0000-0000-0000-000000000000",
                "ABCDEF01-2345-6789-ABCD-EF0123456789",
            ],
            &[
                "",
                "123e4567e89b12d3a456426614174000",
                "{123e4567-e89b-12d3-a456-426614174000}",
                "urn:uuid:123e4567-e89b-12d3-a456-426614174000",
                "123e4567-e89b-12d3-a456-42661417400g",
                "123e4567-e89b-12d3-a4564-2661417400a",
            ],
        );
    }

    #[test]
    fn uris_have_a_scheme_and_references_need_none() {
        let absolute = [
            "https://example.com/a?b#c",
            "urn:isbn:123",
            "mailto:a@b.c",
            "http://[::1]:80/",
            "a:",
        ];
        let relative = ["", "/a/b", "?q", "#f", "a/b", "//host/path"];
        check(Format::Uri, &absolute, &relative);
        check(
            Format::UriReference,
            &absolute,
            &["a b", "/\\", "/é", "http://[::1", "%zz"],
        );
        check(Format::UriReference, &relative, &[]);
    }

    #[test]
    fn addresses_are_those_of_their_rfcs() {
        check(
            Format::Ipv4,
            &["0.0.0.0", "255.1.2.3"],
            &[
                "",
                "256.0.0.1",
                "1.2.3",
                "1.2.3.4.5",
                "01.2.3.4",
                " 1.2.3.4",
            ],
        );
        check(
            Format::Ipv6,
            &["::", "::1", "2001:db8::ff00:42:8329", "::ffff:1.2.3.4"],
            &["", ":", "1::2::3", "::12345", "::1%eth0", "[::1]"],
        );
    }

    #[test]
    fn bytes_are_padded_base64() {
        check(
            Format::Byte,
            &["", "YQ==", "YWI=", "YWJj", "+/+/"],
            &[
                "YQ", "YQ=", "Y===", "====", "YW J", "-_-_", "YQ==YQ==", "Y=Q=",
            ],
        );
    }

    #[test]
    fn integers_have_the_range_of_their_format() {
        let integer = Number::Integer;
        for (format, accepted, refused) in [
            (
                Format::Int32,
                vec![
                    integer(-2_147_483_648),
                    integer(2_147_483_647),
                    Number::Float(1e3),
                ],
                vec![integer(2_147_483_648), Number::Float(0.5)],
            ),
            (
                Format::Int64,
                vec![integer(i64::MIN.into()), integer(i64::MAX.into())],
                vec![integer(1 << 63), Number::Float(1e300)],
            ),
            (
                Format::Uint8,
                vec![integer(0), integer(255)],
                vec![integer(-1), integer(256)],
            ),
            (Format::Uint16, vec![integer(65_535)], vec![integer(65_536)]),
            (
                Format::Uint32,
                vec![integer(4_294_967_295)],
                vec![integer(4_294_967_296)],
            ),
            (
                Format::Uint64,
                vec![integer(u64::MAX.into())],
                vec![integer(1 << 64), integer(-1)],
            ),
            (
                Format::Float,
                vec![Number::Float(0.1), Number::Float(3e38), integer(7)],
                vec![Number::Float(4e38), Number::Float(-1e300)],
            ),
            (Format::Double, vec![Number::Float(1e308)], vec![]),
        ] {
            for number in accepted {
                assert!(
                    format.takes_number(number),
                    "{number} is {}",
                    format.in_words()
                );
            }
            for number in refused {
                assert!(
                    !format.takes_number(number),
                    "{number} is not {}",
                    format.in_words()
                );
            }
        }
    }

    #[test]
    fn formats_are_known_by_the_names_of_documents() {
        assert_eq!(Format::named("date-time"), Some(Format::DateTime));
        assert_eq!(Format::named("colour"), None);
    }
}
