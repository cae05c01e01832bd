//! Whether a request says once, and readably, which host it is for.
//!
//! Nothing here looks at the name: a server has the names that lead to it. But whoever stands in front of it and goes by
//! another line, or by none, finds another host in such a request, and so HTTP asks for a refusal (RFC 9112, section 3.2).

use http::header::HOST;
use http::{HeaderMap, Version};

/// Whether there is one header `Host` that can be read; or none, where the version of HTTP does not ask for it.
pub(crate) fn is_given(version: Version, headers: &HeaderMap) -> bool {
    let mut hosts = headers.get_all(HOST).iter();
    match (hosts.next(), hosts.next()) {
        (Some(host), None) => is_host(host.as_bytes()),
        (None, _) => version != Version::HTTP_11,
        (Some(_), Some(_)) => false,
    }
}

/// `uri-host [ ":" port ]` (RFC 9110, section 7.2; RFC 3986, section 3.2). It may be empty.
fn is_host(value: &[u8]) -> bool {
    let is_bracketed = value.starts_with(b"[");
    let (name, port) = match value.iter().rposition(|byte| *byte == b':') {
        Some(colon) if !(is_bracketed && value.ends_with(b"]")) => {
            (&value[..colon], &value[colon + 1..])
        }
        _ => (value, &b""[..]),
    };
    let is_name = match name.strip_prefix(b"[") {
        Some(literal) => literal.strip_suffix(b"]").is_some_and(|literal| {
            !literal.is_empty() && literal.iter().all(|b| is_plain(*b) || *b == b':')
        }),
        None => name.iter().all(|byte| is_plain(*byte) || *byte == b'%'),
    };
    is_name && port.len() <= 5 && port.iter().all(u8::is_ascii_digit)
}

/// `unreserved` and `sub-delims`.
fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=".contains(&byte)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use http::HeaderValue;

    use super::*;

    #[test]
    fn a_host_is_a_name_or_an_address_and_perhaps_a_port() {
        let check = |value: &str, expected: bool| {
            let mut headers = HeaderMap::new();
            headers.insert(HOST, HeaderValue::from_bytes(value.as_bytes()).unwrap());
            for version in [Version::HTTP_10, Version::HTTP_11, Version::HTTP_2] {
                assert_eq!(is_given(version, &headers), expected, "{value:?}");
            }
        };
        for good in [
            "",
            "a",
            "localhost:8080",
            "127.0.0.1:1",
            "a.example.",
            "xn--nxasmq6b",
            "a_b",
            "%C3%A4.example",
            "a:",
            "[::1]",
            "[::1]:8080",
            "[fe80::1]",
            ":80",
        ] {
            check(good, true);
        }
        for bad in [
            "a b",
            "a/b",
            "a?b",
            "a#b",
            "user@a",
            "a:b",
            "a:8o",
            "a:-1",
            "a:123456",
            "a:1:2",
            "::1",
            "[::1",
            "[]",
            "[::1]a",
            "a]",
            "http://a",
            "\u{e4}.example",
            "a\\b",
            "<a>",
            "a\"",
        ] {
            check(bad, false);
        }
    }

    #[test]
    fn there_is_one_where_http_asks_for_it_and_never_two() {
        let mut headers = HeaderMap::new();
        for (version, expected) in [
            (Version::HTTP_10, true),
            (Version::HTTP_11, false),
            (Version::HTTP_2, true),
        ] {
            assert_eq!(is_given(version, &headers), expected, "{version:?}");
        }
        headers.append(HOST, HeaderValue::from_static("a"));
        headers.append(HOST, HeaderValue::from_static("a"));
        for version in [Version::HTTP_10, Version::HTTP_11, Version::HTTP_2] {
            assert!(!is_given(version, &headers), "{version:?}");
        }
    }
}
