//! `token`: a token for either of the two schemes.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::builder::{PossibleValuesParser, TypedValueParser};

use crate::config::Database;
use crate::development_key::{DevelopmentKeyError, development_key};
use crate::duration::duration;
use crate::token::{IssueError, Issuer, Scheme};

/// A larger file is not one secret.
const LARGEST_FILE: u64 = 1 << 16;

/// No token is good for longer, in days: ten years.
const LONGEST: u64 = 3650;

const DAY: u64 = 24 * 60 * 60;

/// What token to make.
#[derive(Clone, Debug, PartialEq, Eq, clap::Args)]
pub struct Token {
    /// Whom the token names (`sub`).
    #[arg(long, value_name = "NAME", value_parser = clap::builder::NonEmptyStringValueParser::new())]
    pub subject: String,

    /// What a bearer token allows, such as events.read. Repeat it, or put blanks between several.
    #[arg(long = "scope", value_name = "SCOPE", value_delimiter = ' ', value_parser = scope)]
    pub scopes: Vec<String>,

    /// How long the token is good: a number and s, m, h or d.
    #[arg(long, value_name = "TIME", default_value = "12h", value_parser = lifetime)]
    pub lifetime: Duration,

    /// The scheme that the token is for: bearer for `Authorization`, service for `S2S-Auth-Token`.
    #[arg(long, value_name = "SCHEME", default_value = "bearer", value_parser = scheme())]
    pub scheme: Scheme,

    /// Whom the token is for (`aud`), where the server has another --audience or --service-audience than it has by default.
    #[arg(long, value_name = "NAME", value_parser = clap::builder::NonEmptyStringValueParser::new())]
    pub audience: Option<String>,

    /// JWK Set with one secret to sign with (`kty` oct, `alg` HS256, a `kid`, 256 bits). Without it, the development key
    /// beside the database signs, and is made if there is none.
    #[arg(long, value_name = "FILE", env = "EVENTS_KEY")]
    pub key: Option<PathBuf>,

    #[command(flatten)]
    #[expect(missing_docs, reason = "a comment here would be taken for help")]
    pub database: Database,
}

/// Why there is no token.
#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    /// Scopes were given for a token that has none.
    #[error("a service's token has no scopes; leave out --scope, or make a bearer token")]
    ScopesOfService,
    /// The key cannot be read.
    #[error("the key in {} cannot be read: {source}; give a JWK Set with --key", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// The key cannot sign.
    #[error("the key in {} cannot sign; give a JWK Set with one secret (`kty` oct, `alg` HS256, a `kid`, and 256 bits in `k`) with --key", path.display())]
    NotASecret {
        /// The file.
        path: PathBuf,
    },
    /// The development key cannot be used.
    #[error(transparent)]
    DevelopmentKey(#[from] DevelopmentKeyError),
    /// Signing failed.
    #[error(transparent)]
    Issue(#[from] IssueError),
}

/// Makes a token that is good from now on.
///
/// # Errors
/// There is no key to sign with, or what was asked for makes no sense.
pub fn token(token: &Token) -> Result<String, TokenError> {
    let Token {
        subject,
        scopes,
        lifetime,
        scheme,
        audience,
        key,
        database,
    } = token;
    if *scheme == Scheme::Service && !scopes.is_empty() {
        return Err(TokenError::ScopesOfService);
    }
    let issuer = match key {
        Some(path) => read(path)?,
        None => development_key(database.database.beside())?,
    };
    let scopes: Vec<&str> = scopes.iter().map(String::as_str).collect();
    let audience = audience.as_deref().unwrap_or(scheme.audience());
    Ok(issuer.issue_for(audience, subject, &scopes, *lifetime)?)
}

fn read(path: &Path) -> Result<Issuer, TokenError> {
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|file| file.take(LARGEST_FILE).read_to_end(&mut bytes))
        .map_err(|source| TokenError::Unreadable {
            path: path.to_owned(),
            source,
        })?;
    std::str::from_utf8(&bytes)
        .ok()
        .and_then(Issuer::from_jwk_set)
        .ok_or_else(|| TokenError::NotASecret {
            path: path.to_owned(),
        })
}

fn scheme() -> impl TypedValueParser<Value = Scheme> {
    PossibleValuesParser::new(["bearer", "service"]).map(|name| match name.as_str() {
        "service" => Scheme::Service,
        _ => Scheme::Bearer,
    })
}

/// RFC 6749, section 3.3.
fn scope(text: &str) -> Result<String, &'static str> {
    let allowed = |byte| matches!(byte, b'!'..=b'~') && byte != b'"' && byte != b'\\';
    if !text.is_empty() && text.bytes().all(allowed) {
        Ok(text.to_owned())
    } else {
        Err("a scope is visible ASCII without `\"` and `\\`, with one blank between two")
    }
}

fn lifetime(text: &str) -> Result<Duration, String> {
    match duration(text) {
        Some(time) if (1..=LONGEST * DAY).contains(&time.as_secs()) => Ok(time),
        _ => Err(format!(
            "give a number and s, m, h or d, such as 12h, from 1s to {LONGEST}d"
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lifetime_is_a_number_and_a_unit() {
        let check = |text: &str, seconds: Option<u64>| {
            let expected = seconds.map(Duration::from_secs);
            assert_eq!(lifetime(text).ok(), expected, "{text}");
        };
        check("1s", Some(1));
        check("30m", Some(1800));
        check("12h", Some(43_200));
        check("3650d", Some(315_360_000));
        for text in [
            "",
            "12",
            "h",
            "0h",
            "-1h",
            "1.5h",
            "1 h",
            "12H",
            "1w",
            "3651d",
            "99999999999999999d",
        ] {
            check(text, None);
        }
    }

    #[test]
    fn a_scope_is_one_word() {
        for (text, good) in [
            ("events.read", true),
            ("https://example.org/a", true),
            ("", false),
            ("a b", false),
            ("a\"b", false),
            ("a\\b", false),
            ("é", false),
        ] {
            assert_eq!(scope(text).is_ok(), good, "{text}");
        }
    }
}
