//! Whose certificates are taken for a server's.

use std::path::PathBuf;

/// Whose certificates are taken for a server's, where its URL begins with `https`.
///
/// ```
/// use contract_harness::{Settings, Trust};
///
/// let settings = Settings { trust: Trust::File("ca.pem".into()), ..Settings::default() };
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Trust {
    /// Those that this machine trusts.
    #[default]
    Machine,
    /// Those that somebody has signed whose certificate is in this file, in PEM; and one that is itself in it, where it has
    /// the server's name.
    File(PathBuf),
    /// Any, so that TLS proves nothing.
    Any,
}
