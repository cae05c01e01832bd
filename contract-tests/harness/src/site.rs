//! Where a server is, as its base URL says.

use std::net::{IpAddr, SocketAddr};

use http::Uri;

use crate::run::Error;

/// A base URL, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Site {
    pub(crate) is_tls: bool,
    /// The host's name or number, without the brackets of IPv6.
    pub(crate) name: String,
    pub(crate) port: u16,
    /// For the `Host` header.
    pub(crate) host: String,
    /// The path that stands before every path of the document.
    pub(crate) base: String,
}

impl Site {
    /// Reads a base URL.
    pub(crate) fn new(base_url: &str) -> Result<Site, Error> {
        let bad = |reason: &str| Error::BaseUrl {
            url: base_url.to_owned(),
            reason: reason.to_owned(),
        };
        let uri: Uri = base_url
            .parse()
            .map_err(|_| bad("it is not a URL: write one such as `http://127.0.0.1:8080`"))?;
        let is_tls = match uri.scheme_str() {
            Some("http") => false,
            Some("https") => true,
            _ => return Err(bad("it starts with neither `http://` nor `https://`")),
        };
        let authority = uri.authority().ok_or_else(|| bad("it names no host"))?;
        if authority.as_str().contains('@') {
            return Err(bad(
                "it holds a user name: give credentials by the name of their security scheme",
            ));
        }
        if uri.query().is_some() {
            return Err(bad("it has a query: a base URL ends in its path"));
        }
        let name = authority.host();
        Ok(Site {
            is_tls,
            name: name
                .strip_prefix('[')
                .and_then(|name| name.strip_suffix(']'))
                .unwrap_or(name)
                .to_owned(),
            port: authority
                .port_u16()
                .unwrap_or(if is_tls { 443 } else { 80 }),
            host: authority.as_str().to_owned(),
            base: uri.path().trim_end_matches('/').to_owned(),
        })
    }

    /// Host and port, for messages.
    pub(crate) fn address(&self) -> String {
        let Site { name, port, .. } = self;
        if name.contains(':') {
            format!("[{name}]:{port}")
        } else {
            format!("{name}:{port}")
        }
    }
}

/// Whether all addresses are this machine's own.
pub(crate) fn is_loopback(addresses: &[SocketAddr]) -> bool {
    addresses.iter().all(|address| match address.ip() {
        IpAddr::V4(ip) => ip.is_loopback(),
        IpAddr::V6(ip) => {
            ip.is_loopback() || ip.to_ipv4_mapped().is_some_and(|ip| ip.is_loopback())
        }
    })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;

    #[test]
    fn base_urls_say_where_a_server_is() {
        for (url, address, host, base) in [
            (
                "http://127.0.0.1:8080",
                "127.0.0.1:8080",
                "127.0.0.1:8080",
                "",
            ),
            ("http://localhost/api/", "localhost:80", "localhost", "/api"),
            ("https://example.org", "example.org:443", "example.org", ""),
            ("https://[::1]:8443/v1", "[::1]:8443", "[::1]:8443", "/v1"),
        ] {
            let site = Site::new(url).unwrap();
            assert_eq!(
                (site.address().as_str(), site.host.as_str()),
                (address, host)
            );
            assert_eq!(
                (site.base.as_str(), site.is_tls),
                (base, url.starts_with("https"))
            );
        }
    }

    #[test]
    fn what_is_no_base_url_says_why() {
        for (url, reason) in [
            ("", "it is not a URL"),
            ("127.0.0.1:8080", "it starts with neither"),
            ("ftp://example.org", "it starts with neither"),
            ("http://me:secret@example.org", "it holds a user name"),
            ("http://example.org?x=1", "it has a query"),
        ] {
            let error = Site::new(url).unwrap_err().to_string();
            assert!(error.contains(reason), "{url}: {error}");
        }
    }

    #[test]
    fn loopback_addresses_are_this_machine() {
        for (address, expected) in [
            ("127.0.0.1:80", true),
            ("127.8.0.1:80", true),
            ("[::1]:80", true),
            ("[::ffff:127.0.0.1]:80", true),
            ("0.0.0.0:80", false),
            ("192.168.0.1:80", false),
        ] {
            assert_eq!(
                is_loopback(&[address.parse().unwrap()]),
                expected,
                "{address}"
            );
        }
    }
}
