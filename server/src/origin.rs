//! What the server itself can tell of a request: from where, with what, and whether through a proxy.

use std::net::IpAddr;

use http::HeaderMap;
use http::header::{FORWARDED, USER_AGENT, VIA};

/// The longest text, in characters, that the document allows for these attributes.
const LONGEST: usize = 255;

/// Where a request came from. None of it is proof of anything: clients and proxies say what they like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The peer's address: `requestHost`.
    pub host: String,
    /// What the client says it is, by `User-Agent`, cut to 255 characters: `requestDevice`.
    pub device: Option<String>,
    /// Whether a proxy says that it stands between, by `Forwarded` (RFC 7239) or `Via` (RFC 9110, section 7.6.3):
    /// `requestProxied`.
    pub proxied: bool,
}

/// What the peer's address and the headers of a request tell.
pub fn origin(peer: IpAddr, headers: &HeaderMap) -> Origin {
    let device = headers
        .get(USER_AGENT)
        .and_then(|agent| agent.to_str().ok());
    Origin {
        // An IPv4 peer of a socket that listens to both has an address such as ::ffff:203.0.113.9.
        host: peer.to_canonical().to_string(),
        device: device
            .filter(|device| !device.is_empty())
            .map(|device| device.chars().take(LONGEST).collect()),
        proxied: headers.contains_key(FORWARDED) || headers.contains_key(VIA),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use http::HeaderValue;

    use super::*;

    #[test]
    fn the_peer_the_user_agent_and_the_traces_of_proxies_are_told() {
        let check = |peer: &str,
                     headers: &[(&'static str, &[u8])],
                     expected: (&str, Option<&str>, bool)| {
            let headers = headers.iter().map(|(name, value)| {
                (
                    http::HeaderName::from_static(name),
                    HeaderValue::from_bytes(value).unwrap(),
                )
            });
            let Origin {
                host,
                device,
                proxied,
            } = origin(peer.parse().unwrap(), &headers.collect());
            assert_eq!((host.as_str(), device.as_deref(), proxied), expected);
        };
        check(
            "203.0.113.9",
            &[("user-agent", b"curl/8.5.0")],
            ("203.0.113.9", Some("curl/8.5.0"), false),
        );
        check(
            "::ffff:203.0.113.9",
            &[("via", b"1.1 edge")],
            ("203.0.113.9", None, true),
        );
        check(
            "2001:db8::1",
            &[("forwarded", b"for=192.0.2.60")],
            ("2001:db8::1", None, true),
        );
        check("::1", &[("user-agent", b"")], ("::1", None, false));
        check("::1", &[("user-agent", b"\xff")], ("::1", None, false));
        let long = "x".repeat(300);
        check(
            "::1",
            &[("user-agent", long.as_bytes())],
            ("::1", Some(&long[..255]), false),
        );
    }
}
