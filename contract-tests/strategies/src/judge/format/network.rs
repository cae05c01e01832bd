//! Names and addresses of hosts, and of mailboxes.

use std::net::Ipv4Addr;

use super::time::digits;
use crate::judge::Verdict;

pub(super) fn email(text: &str) -> Verdict {
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
pub(super) fn hostname(text: &str) -> Verdict {
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

pub(super) fn ipv4(text: &str) -> Verdict {
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
