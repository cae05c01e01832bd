//! Credentials in clear, or as the names of shell variables.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::keys::Keys;
use crate::parameters::percent_encode;

/// Where the credentials come from when a request is written.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Secrets<'t> {
    /// What the target has.
    Clear(&'t Keys),
    /// A shell expansion between two [`MARK`]s, for requests that are shown.
    Shell,
}

/// Stands around a shell expansion: no header and no URL can hold it.
pub(crate) const MARK: char = '\0';

impl Secrets<'_> {
    /// A scheme's credentials; empty where the target has none.
    pub(crate) fn of(self, scheme: &str) -> String {
        match self {
            Secrets::Clear(keys) => keys.get(scheme).unwrap_or_default(),
            Secrets::Shell => format!("{MARK}${}{MARK}", variable(scheme)),
        }
    }

    /// `user:password` as HTTP Basic writes it (RFC 7617, section 2).
    pub(crate) fn basic(self, text: &str) -> String {
        match self {
            Secrets::Clear(_) => STANDARD.encode(text),
            Secrets::Shell => {
                let text = text.replace(MARK, "");
                format!("{MARK}$(printf %s \"{text}\" | base64){MARK}")
            }
        }
    }

    /// The value of a header that the settings add.
    pub(crate) fn header(self, name: &str, text: &str) -> String {
        match self {
            Secrets::Clear(_) => text.to_owned(),
            Secrets::Shell => format!("{MARK}${}{MARK}", variable(name)),
        }
    }

    /// Credentials as they stand in a query string.
    pub(crate) fn in_query(self, text: &str) -> String {
        match self {
            Secrets::Clear(_) => percent_encode(text),
            Secrets::Shell => text.to_owned(),
        }
    }
}

/// The shell variable that stands for a scheme's credentials: `bearerAuth` is `BEARER_AUTH`.
pub fn variable(scheme: &str) -> String {
    let mut name = String::new();
    let mut before: Option<char> = None;
    for c in scheme.chars() {
        if c.is_ascii_uppercase()
            && before.is_some_and(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        {
            name.push('_');
        }
        name.push(if c.is_ascii_alphanumeric() {
            c.to_ascii_uppercase()
        } else {
            '_'
        });
        before = Some(c);
    }
    if name.starts_with(|c: char| c.is_ascii_digit()) {
        name.insert(0, '_');
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_are_named_after_the_scheme() {
        for (scheme, expected) in [
            ("bearerAuth", "BEARER_AUTH"),
            ("s2sAuthToken", "S2S_AUTH_TOKEN"),
            ("api_key", "API_KEY"),
            ("api-key", "API_KEY"),
            ("OAuth2", "OAUTH2"),
            ("2fa", "_2FA"),
        ] {
            assert_eq!(variable(scheme), expected);
        }
    }
}
