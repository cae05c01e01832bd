//! URIs and references to them.

use std::net::Ipv4Addr;

use super::network::hostname;
use crate::judge::Verdict;

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
pub(super) fn uri(text: &str) -> Verdict {
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

pub(super) fn uri_reference(text: &str) -> Verdict {
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
