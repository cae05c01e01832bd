//! Draws texts of a format, in the many spellings that its standard allows.

use crate::judge::{Format, Narrow, days_in_month};
use crate::source::Source;

/// A text of the format. The lengths are aimed at where the format leaves a choice.
pub(super) fn text(format: Format, least: u64, most: u64, source: &mut Source<'_>) -> String {
    match format {
        Format::DateTime => date_time(source),
        Format::Date => date(source),
        Format::Uuid => uuid(source),
        Format::Email => email(least, most, source),
        Format::Uri => uri(least, most, source),
        Format::UriReference => uri_reference(least, most, source),
        Format::Hostname => hostname(least, most, source),
        Format::Ipv4 => ipv4(source),
        Format::Ipv6 => ipv6(source),
        Format::Byte => byte(least, most, source),
        Format::Time => time(source),
        Format::Wider(Narrow::Email) => text(Format::Email, least, most, source),
        Format::Wider(Narrow::Uri) => text(Format::Uri, least, most, source),
        Format::Wider(Narrow::UriReference) => text(Format::UriReference, least, most, source),
        Format::Wider(Narrow::Hostname) => text(Format::Hostname, least, most, source),
        Format::Wider(Narrow::Digit) => source.below(10).to_string(),
        Format::Regex => (0..least.max(1)).map(|_| source.lower_char()).collect(),
        Format::Duration => {
            let (start, units) = [("P", "YMWD"), ("PT", "HMS")][source.index(2)];
            let unit = units.chars().nth(source.index(units.len())).unwrap_or('D');
            format!("{start}{}{unit}", source.length(0, 1000))
        }
        Format::JsonPointer => {
            let parts = ["/a", "/", "/0", "/a~1b", "/m~0n", "/é", "/ "];
            (0..source.below(4))
                .map(|_| parts[source.index(parts.len())])
                .collect()
        }
        Format::Int32
        | Format::Int64
        | Format::Uint8
        | Format::Uint16
        | Format::Uint32
        | Format::Uint64
        | Format::Float
        | Format::Double => String::new(),
    }
}

/// Texts of the format that are simple or remarkable, the simplest first.
pub(crate) fn simple(format: Format) -> &'static [&'static str] {
    match format {
        Format::DateTime => &[
            "2000-01-01T00:00:00Z",
            "1970-01-01T00:00:00Z",
            "2024-02-29T23:59:59Z",
            "2000-01-01t00:00:00z",
            "2000-01-01T00:00:00.5Z",
            "2000-01-01T00:00:00.123456789Z",
            "2000-01-01T00:00:00+14:00",
            "2000-01-01T00:00:00-00:00",
            "1999-12-31T23:59:59.999999+05:45",
            "0001-01-01T00:00:00Z",
            "9999-12-31T23:59:59Z",
        ],
        Format::Date => &[
            "2000-01-01",
            "1970-01-01",
            "2024-02-29",
            "0001-01-01",
            "9999-12-31",
        ],
        Format::Uuid => &[
            "00000000-0000-0000-0000-000000000000",
            "ffffffff-ffff-ffff-ffff-ffffffffffff",
            "123E4567-E89B-42D3-A456-426614174000",
        ],
        Format::Email => &["a@b.cc", "first.last+tag@example.org"],
        Format::Uri => &[
            "a:b",
            "http://a",
            "https://example.org:8443/a%20b/?c=d&e=f#g",
            "urn:isbn:0451450523",
        ],
        Format::UriReference => &[
            "a",
            "/",
            "?a",
            "#a",
            "../a",
            "https://example.org/a%C3%A9?b#c",
        ],
        Format::Hostname => &["a", "localhost", "a-1.example.org"],
        Format::Ipv4 => &["0.0.0.0", "127.0.0.1", "255.255.255.255"],
        Format::Ipv6 => &[
            "::",
            "::1",
            "2001:db8::1",
            "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
            "::ffff:192.0.2.1",
        ],
        Format::Byte => &["", "AA==", "AAA=", "AAAA", "+/+/"],
        Format::Time => &[
            "00:00:00Z",
            "23:59:59.999999999+14:00",
            "12:00:00z",
            "00:00:00-00:00",
        ],
        Format::Duration => &["P1D", "P0D", "PT1S", "P1W", "PT36H"],
        Format::JsonPointer => &["", "/", "/a", "/a~1b/m~0n/0"],
        Format::Regex => &["a"],
        Format::Wider(narrow) => match narrow.format() {
            Some(format) => simple(format),
            None => &["0", "9"],
        },
        Format::Int32
        | Format::Int64
        | Format::Uint8
        | Format::Uint16
        | Format::Uint32
        | Format::Uint64
        | Format::Float
        | Format::Double => &[],
    }
}

fn push_digits(text: &mut String, number: u64, width: usize) {
    let start = text.len();
    let mut rest = number;
    for _ in 0..width {
        text.insert(start, char::from(b'0' + (rest % 10) as u8));
        rest /= 10;
    }
}

fn push_date(text: &mut String, source: &mut Source<'_>) {
    let year = match source.below(16) {
        0 => 1,
        1 => 9999,
        2 => 1 + source.below(9999),
        3 => [1582, 1900, 1969, 1970, 2038, 2100][source.index(6)],
        _ => 1970 + source.below(130),
    };
    let leap = days_in_month(year as u32, 2) == 29;
    let month = if leap && source.one_in(4) {
        2
    } else {
        1 + source.below(12)
    };
    let days = u64::from(days_in_month(year as u32, month as u32));
    let day = if source.one_in(4) {
        days
    } else {
        1 + source.below(days)
    };
    push_digits(text, year, 4);
    text.push('-');
    push_digits(text, month, 2);
    text.push('-');
    push_digits(text, day, 2);
}

fn date(source: &mut Source<'_>) -> String {
    let mut text = String::with_capacity(10);
    push_date(&mut text, source);
    text
}

fn date_time(source: &mut Source<'_>) -> String {
    let mut text = String::with_capacity(35);
    push_date(&mut text, source);
    text.push(if source.one_in(16) { 't' } else { 'T' });
    push_time(&mut text, source);
    text
}

fn time(source: &mut Source<'_>) -> String {
    let mut text = String::with_capacity(24);
    push_time(&mut text, source);
    text
}

fn push_time(text: &mut String, source: &mut Source<'_>) {
    let (hour, minute, second) = match source.below(8) {
        0 => (0, 0, 0),
        1 => (23, 59, 59),
        _ => (source.below(24), source.below(60), source.below(60)),
    };
    push_digits(text, hour, 2);
    text.push(':');
    push_digits(text, minute, 2);
    text.push(':');
    push_digits(text, second, 2);
    if source.one_in(3) {
        text.push('.');
        let digits = [1, 3, 6, 9, 2, 4, 7, 8][source.index(8)];
        for _ in 0..digits {
            text.push(char::from(b'0' + source.below(10) as u8));
        }
    }
    match source.below(8) {
        0 => text.push('z'),
        1..=4 => text.push('Z'),
        5 => text.push_str(if source.one_in(2) { "+00:00" } else { "-00:00" }),
        _ => {
            text.push(if source.one_in(2) { '+' } else { '-' });
            push_digits(text, source.below(15), 2);
            text.push(':');
            push_digits(text, [0, 30, 45, 59][source.index(4)], 2);
        }
    }
}

fn uuid(source: &mut Source<'_>) -> String {
    let digits: &[u8; 16] = if source.one_in(4) {
        b"0123456789ABCDEF"
    } else {
        b"0123456789abcdef"
    };
    let (high, low) = (source.word(), source.word());
    let mut text = String::with_capacity(36);
    for index in 0..32 {
        if matches!(index, 8 | 12 | 16 | 20) {
            text.push('-');
        }
        let word = if index < 16 { high } else { low };
        text.push(char::from(digits[(word >> (index % 16 * 4)) as usize & 15]));
    }
    text
}

/// A label of a host name: letters and digits, and hyphens within.
fn label(length: u64, source: &mut Source<'_>, text: &mut String) {
    for index in 0..length {
        let inner = index > 0 && index + 1 < length && index != 2 && index != 3;
        match source.below(8) {
            0 if inner && !text.ends_with('-') => text.push('-'),
            1 if index > 0 => text.push(char::from(b'0' + source.below(10) as u8)),
            2 => text.push(source.lower_char().to_ascii_uppercase()),
            _ => text.push(source.lower_char()),
        }
    }
}

fn hostname(least: u64, most: u64, source: &mut Source<'_>) -> String {
    let low = least.max(1);
    let length = source.length(low, most.min(253).min(low + 48).max(low));
    let mut text = String::with_capacity(length as usize);
    let mut left = length;
    while left > 0 {
        // A label, and the dot that joins it with the next, which needs one character at least.
        let longest = left.min(63);
        let own = if longest == left && source.one_in(2) {
            left
        } else {
            1 + source.below(longest)
        };
        let own = if left - own == 1 {
            if own < 63 { own + 1 } else { own - 1 }
        } else {
            own
        };
        label(own, source, &mut text);
        left -= own;
        if left > 1 {
            text.push('.');
            left -= 1;
        }
    }
    text
}

fn email(least: u64, most: u64, source: &mut Source<'_>) -> String {
    let local = source
        .length(
            1.max(least.saturating_sub(12)),
            most.saturating_sub(5).clamp(1, 24),
        )
        .min(64);
    let mut text = String::new();
    for index in 0..local {
        let inner = index > 0 && index + 1 < local;
        match source.below(12) {
            0 if inner && !text.ends_with('.') => text.push('.'),
            1 if inner => text.push(['_', '+', '-'][source.index(3)]),
            _ => text.push(source.lower_char()),
        }
    }
    text.push('@');
    let left = most.saturating_sub(local + 1);
    let domain = ["b.cc", "example.org", "mail.example.com", "a-b.example"][source.index(4)];
    text.push_str(if domain.len() as u64 > left {
        "b.cc"
    } else {
        domain
    });
    text
}

/// Path, query and fragment, of about that length.
fn path(length: u64, source: &mut Source<'_>, text: &mut String) {
    let end = text.len() as u64 + length;
    let (mut query, mut fragment) = (false, false);
    while (text.len() as u64) < end {
        match source.below(24) {
            0 if end - text.len() as u64 >= 3 => {
                text.push_str(["%20", "%C3", "%2F", "%00", "%7e"][source.index(5)])
            }
            1 if !query && !fragment => {
                query = true;
                text.push('?');
            }
            2 if !fragment => {
                fragment = true;
                text.push('#');
            }
            3 | 4 => text.push('/'),
            5 => text.push(
                [
                    '-', '.', '_', '~', '!', '$', '&', '\'', '(', ')', '*', '+', ',', ';', '=',
                ][source.index(15)],
            ),
            _ => text.push(source.lower_char()),
        }
    }
}

fn uri(least: u64, most: u64, source: &mut Source<'_>) -> String {
    let mut text = String::from(match source.below(8) {
        0 => "urn:a",
        1 => "mailto:a@b.cc",
        2 => "http://127.0.0.1",
        3 => "https://example.org:8443",
        4 => "http://a",
        _ => "https://example.org",
    });
    if text.len() as u64 > most {
        text = "a:b".to_owned();
    }
    let own = text.len() as u64;
    let length = source.length(least.max(own), most.min(least.max(own) + 48).max(own));
    if length > own {
        if text.contains("//") {
            text.push('/');
        }
        let left = length - text.len() as u64;
        path(left, source, &mut text);
    }
    text
}

fn uri_reference(least: u64, most: u64, source: &mut Source<'_>) -> String {
    if source.one_in(4) {
        return uri(least, most, source);
    }
    let start = ["/", "a", "../a", "?a=", "#a", "./"][source.index(6)];
    let mut text = String::from(start);
    let own = text.len() as u64;
    let length = source.length(least.max(own), most.min(least.max(own) + 32).max(own));
    let mut tail = String::new();
    path(length - own, source, &mut tail);
    // One fragment, and no two slashes at the start, which would begin an authority.
    if start.starts_with('#') {
        tail = tail.replace('#', "a");
    }
    if text == "/" && tail.starts_with('/') {
        tail.replace_range(..1, "a");
    }
    text.push_str(&tail);
    text
}

fn ipv4(source: &mut Source<'_>) -> String {
    let mut part = || [0, 1, 10, 127, 192, 255, source.below(256)][source.index(7)];
    let (a, b, c, d) = (part(), part(), part(), part());
    format!("{a}.{b}.{c}.{d}")
}

fn ipv6(source: &mut Source<'_>) -> String {
    if source.one_in(4) {
        let some = simple(Format::Ipv6);
        return some[source.index(some.len())].to_owned();
    }
    let mut part =
        || [0, 1, 0xffff, source.below(0x1_0000), source.below(0x1_0000)][source.index(5)];
    let parts: Vec<String> = (0..8).map(|_| format!("{:x}", part())).collect();
    if source.one_in(3) {
        let cut = 1 + source.index(6);
        return format!("{}::{}", parts[..cut].join(":"), parts[cut + 1..].join(":"));
    }
    parts.join(":")
}

fn byte(least: u64, most: u64, source: &mut Source<'_>) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let groups = source.length(
        least.div_ceil(4),
        (most / 4)
            .min(least.div_ceil(4) + 16)
            .max(least.div_ceil(4)),
    );
    let mut text = String::with_capacity(groups as usize * 4);
    for _ in 0..groups * 4 {
        text.push(char::from(ALPHABET[source.index(64)]));
    }
    if groups > 0 {
        // The bits before the padding are 0.
        match source.below(3) {
            0 => {}
            1 => text.replace_range(text.len() - 2.., "A="),
            _ => text.replace_range(text.len() - 3.., "A=="),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::judge::Verdict;
    use proptest::test_runner::TestRunner;

    const ALL: [Format; 17] = [
        Format::DateTime,
        Format::Date,
        Format::Time,
        Format::Duration,
        Format::JsonPointer,
        Format::Regex,
        Format::Wider(Narrow::Uri),
        Format::Wider(Narrow::Digit),
        Format::Wider(Narrow::UriReference),
        Format::Uuid,
        Format::Email,
        Format::Uri,
        Format::UriReference,
        Format::Hostname,
        Format::Ipv4,
        Format::Ipv6,
        Format::Byte,
    ];

    #[test]
    fn every_text_of_a_format_is_one() {
        let mut runner = TestRunner::deterministic();
        let mut source = Source::new(runner.rng());
        for format in ALL {
            for text in simple(format) {
                assert_eq!(format.judge_text(text), Verdict::Yes, "{format:?} {text:?}");
            }
            for (least, most) in [(0, u64::MAX), (10, 36), (0, 6), (60, 64)] {
                for _ in 0..2000 {
                    let text = text(format, least, most, &mut source);
                    assert_eq!(
                        format.judge_text(&text),
                        Verdict::Yes,
                        "{format:?} {text:?}"
                    );
                }
            }
        }
    }
}
