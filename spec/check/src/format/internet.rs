//! Host names and mailboxes.

use std::net::{Ipv4Addr, Ipv6Addr};

/// RFC 1123, section 2.1, which is RFC 952 with a digit allowed in front: at most 253 characters of labels of 1 to 63
/// letters, digits and inner hyphens.
pub(super) fn is_hostname(text: &str) -> bool {
    text.len() <= 253
        && text
            .split('.')
            .all(|label| label.len() <= 63 && is_label(label))
}

/// RFC 5321, section 4.1.2: `Mailbox = Local-part "@" ( Domain / address-literal )`, with the lengths of section 4.5.3.
pub(super) fn is_mailbox(text: &str) -> bool {
    // The last one parts the two: a quoted local part may hold others, a domain none.
    let Some((local, domain)) = text.rsplit_once('@') else {
        return false;
    };
    let local_is_good = if local.starts_with('"') {
        is_quoted_string(local)
    } else {
        is_dot_string(local)
    };
    local.len() <= 64
        && local_is_good
        && (is_address_literal(domain) || domain.len() <= 255 && domain.split('.').all(is_label))
}

/// `Let-dig [Ldh-str]`.
fn is_label(label: &str) -> bool {
    let bytes = label.as_bytes();
    let good = |b: &u8| b.is_ascii_alphanumeric() || *b == b'-';
    bytes.iter().all(good)
        && bytes.first().is_some_and(|b| *b != b'-')
        && bytes.last().is_some_and(|b| *b != b'-')
}

/// `Atom *("."  Atom)`.
fn is_dot_string(local: &str) -> bool {
    let is_atext = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&b);
    local
        .split('.')
        .all(|atom| !atom.is_empty() && atom.bytes().all(is_atext))
}

/// `DQUOTE *QcontentSMTP DQUOTE`.
fn is_quoted_string(local: &str) -> bool {
    let Some(content) = local
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
    else {
        return false;
    };
    let mut bytes = content.bytes();
    while let Some(byte) = bytes.next() {
        let good = match byte {
            b'\\' => bytes
                .next()
                .is_some_and(|escaped| (b' '..=b'~').contains(&escaped)),
            b'"' => false,
            other => (b' '..=b'~').contains(&other),
        };
        if !good {
            return false;
        }
    }
    true
}

/// An IPv4 or IPv6 address in brackets. Other kinds need a tag that is registered with IANA, and none is.
fn is_address_literal(domain: &str) -> bool {
    let Some(address) = domain
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'))
    else {
        return false;
    };
    match address.get(..5) {
        Some(tag) if tag.eq_ignore_ascii_case("IPv6:") => address[5..].parse::<Ipv6Addr>().is_ok(),
        _ => address.parse::<Ipv4Addr>().is_ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn host_names_are_labels_of_letters_digits_and_hyphens() {
        let longest = [
            &"a".repeat(63)[..],
            &"b".repeat(63),
            &"c".repeat(63),
            &"d".repeat(61),
        ]
        .join(".");
        for text in [
            "example.com",
            "a",
            "1.2",
            "a-b--c.d9",
            "xn--4gbwdl.xn--wgbh1c",
            &longest,
        ] {
            assert!(is_hostname(text), "{text}");
        }
        for text in [
            "",
            ".",
            "a.",
            ".a",
            "a..b",
            "-a",
            "a-",
            "a_b",
            "é.com",
            "a b",
            &"a".repeat(64),
            &format!("{longest}e"),
        ] {
            assert!(!is_hostname(text), "{text}");
        }
    }

    #[test]
    fn mailboxes_are_those_of_rfc_5321() {
        for text in [
            "joe@example.com",
            "te~st+tag@a",
            "a.b@c.d",
            "\"joe bloggs\"@example.com",
            "\"joe..bloggs\"@example.com",
            "\"joe@bloggs\\\"\"@example.com",
            "\"\"@a",
            "joe@[127.0.0.1]",
            "joe@[IPv6:::1]",
        ] {
            assert!(is_mailbox(text), "{text}");
        }
        for text in [
            "",
            "@",
            "joe",
            "joe@",
            "@example.com",
            ".joe@a",
            "joe.@a",
            "jo..e@a",
            "jo e@a",
            "joe@-a",
            "joe@a-",
            "joe@a..b",
            "joe@a.",
            "joe@[127.0.0.300]",
            "joe@[::1]",
            "joe@[é1234]",
            "\"joe@a",
            "\"joe\\\"@a",
            "é@a",
            "a@b@c",
            "Joe <joe@a>",
            &format!("{}@a", "j".repeat(65)),
        ] {
            assert!(!is_mailbox(text), "{text}");
        }
    }
}
