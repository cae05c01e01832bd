//! The keys that tokens are verified with, and verifying them.
//!
//! The keys come as a JWK Set (RFC 7517, section 5). Each is read once into the one algorithm that it is used with; a
//! token's header chooses among the keys by `kid`, and never what is done with one. That leaves no room for `none`, nor
//! for a public key that is taken for a secret.
//!
//! A refusal does not say why. Whoever makes tokens can look at them; whoever guesses learns nothing.

mod jwk;

use std::fmt::{self, Display};
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde::Deserialize;
use serde_json::Value;

use self::jwk::Usable;
use crate::caller::Principal;
use crate::token::Scheme;

/// A longer token is refused before it is looked at.
const LONGEST_TOKEN: usize = 8 * 1024;

/// A larger file of keys is refused.
const LARGEST_FILE: u64 = 1 << 20;

/// How far the clocks of issuer and server may be apart, in seconds (RFC 7519, section 4.1.4).
const LEEWAY: u64 = 60;

/// Keys to verify tokens with.
pub struct KeySet {
    keys: Vec<Key>,
}

struct Key {
    id: Option<String>,
    decoding: DecodingKey,
    bearer: Validation,
    service: Validation,
}

/// The token was refused. On purpose there is nothing more to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the token was refused")]
pub struct Refused;

/// The keys cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KeysError {
    /// The file cannot be read.
    #[error("the keys in {} cannot be read: {source}; give a JWK Set with --keys", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why not.
        source: std::io::Error,
    },
    /// The file has faults.
    #[error("the keys in {} cannot be used: {faults}", path.display())]
    Unusable {
        /// The file.
        path: PathBuf,
        /// Every fault that was found.
        faults: KeyFaults,
    },
}

/// Every fault of a JWK Set: where it is, as a JSON pointer, and what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyFaults(pub Vec<(String, String)>);

impl Key {
    fn new(
        Usable {
            id,
            algorithm,
            decoding,
        }: Usable,
    ) -> Key {
        let (bearer, service) = (
            validation(algorithm, Scheme::Bearer),
            validation(algorithm, Scheme::Service),
        );
        Key {
            id,
            decoding,
            bearer,
            service,
        }
    }
}

impl Display for KeyFaults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, (pointer, message)) in self.0.iter().enumerate() {
            let separator = if index == 0 { "" } else { "; " };
            let place = if pointer.is_empty() { "" } else { ": " };
            write!(f, "{separator}{pointer}{place}{message}")?;
        }
        Ok(())
    }
}

impl std::error::Error for KeyFaults {}

impl KeySet {
    /// Reads a file that has a JWK Set.
    pub fn read(path: &Path) -> Result<KeySet, KeysError> {
        let unreadable = |source| KeysError::Unreadable {
            path: path.to_owned(),
            source,
        };
        let unusable = |faults| KeysError::Unusable {
            path: path.to_owned(),
            faults,
        };
        let mut text = String::new();
        File::open(path)
            .and_then(|file| file.take(LARGEST_FILE + 1).read_to_string(&mut text))
            .map_err(unreadable)?;
        if text.len() as u64 > LARGEST_FILE {
            return Err(unusable(fault(
                "",
                format!("the file has more than {LARGEST_FILE} bytes"),
            )));
        }
        KeySet::parse(&text).map_err(unusable)
    }

    /// Reads a JWK Set. Keys for encryption are left out; any other key that cannot be used is a fault.
    pub fn parse(text: &str) -> Result<KeySet, KeyFaults> {
        // The key material must not show in a message, so serde's message is not used: it can quote what it read.
        let not_a_set = || {
            fault(
                "",
                "this is not a JWK Set, an object whose `keys` is an array (RFC 7517)",
            )
        };
        let set: Value = serde_json::from_str(text).map_err(|_| not_a_set())?;
        let jwks = set
            .get("keys")
            .and_then(Value::as_array)
            .ok_or_else(not_a_set)?;

        let mut keys: Vec<Key> = Vec::new();
        let mut faults = Vec::new();
        for (index, jwk) in jwks.iter().enumerate() {
            match jwk::read(jwk).map(|usable| usable.map(Key::new)) {
                Ok(Some(key)) if keys.iter().any(|other| other.id == key.id) => faults.push((
                    format!("/keys/{index}"),
                    "another key has the same `kid`, or neither has one; give each its own"
                        .to_owned(),
                )),
                Ok(Some(key)) => keys.push(key),
                Ok(None) => {}
                Err(message) => faults.push((format!("/keys/{index}"), message)),
            }
        }
        if keys.is_empty() && faults.is_empty() {
            return Err(fault("/keys", "there is no key to verify signatures with"));
        }
        if faults.is_empty() {
            Ok(KeySet { keys })
        } else {
            Err(KeyFaults(faults))
        }
    }

    /// Verifies a token of a scheme: that a key of this set has signed it, with the key's own algorithm; that it is
    /// for this scheme and for no other; that now lies between `nbf` and `exp`; and that it names its issuer and
    /// subject. It takes a signature's time, some ten microseconds, and does not block.
    pub fn verify(&self, scheme: Scheme, token: &str) -> Result<Principal, Refused> {
        if token.len() > LONGEST_TOKEN {
            return Err(Refused);
        }
        let header = jsonwebtoken::decode_header(token).map_err(|_| Refused)?;
        // An extension that must be understood, and is not (RFC 7515, section 4.1.11).
        if header.crit.is_some() {
            return Err(Refused);
        }
        let key = self.key(header.kid.as_deref()).ok_or(Refused)?;
        let validation = match scheme {
            Scheme::Bearer => &key.bearer,
            Scheme::Service => &key.service,
        };
        let Claims {
            iss,
            sub,
            aud,
            scope,
        } = jsonwebtoken::decode(token, &key.decoding, validation)
            .map_err(|_| Refused)?
            .claims;
        if iss.is_empty() || sub.is_empty() || aud.names(scheme.other().audience()) {
            return Err(Refused);
        }
        let scopes = scope.unwrap_or_default();
        let scopes = scopes
            .split(' ')
            .filter(|scope| !scope.is_empty())
            .map(str::to_owned)
            .collect();
        Ok(Principal {
            issuer: iss,
            subject: sub,
            scopes,
        })
    }

    /// The key of this id. A token without one means the only key there is.
    fn key(&self, id: Option<&str>) -> Option<&Key> {
        match (id, self.keys.as_slice()) {
            (Some(id), keys) => keys.iter().find(|key| key.id.as_deref() == Some(id)),
            (None, [only]) => Some(only),
            (None, _) => None,
        }
    }
}

/// The claims that matter here. `exp` and `nbf` are checked before it comes to them.
#[derive(Deserialize)]
struct Claims {
    iss: String,
    sub: String,
    aud: Audience,
    scope: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Many(Vec<String>),
}

impl Audience {
    fn names(&self, audience: &str) -> bool {
        match self {
            Audience::One(one) => one == audience,
            Audience::Many(many) => many.iter().any(|one| one == audience),
        }
    }
}

/// What a token of a scheme must keep, when it is verified with a key of this algorithm.
fn validation(algorithm: Algorithm, scheme: Scheme) -> Validation {
    let mut validation = Validation::new(algorithm);
    validation.set_audience(&[scheme.audience()]);
    validation.set_required_spec_claims(&["exp", "sub", "aud", "iss"]);
    validation.validate_nbf = true;
    validation.leeway = LEEWAY;
    validation
}

fn fault(pointer: &str, message: impl Into<String>) -> KeyFaults {
    KeyFaults(vec![(pointer.to_owned(), message.into())])
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod attacks;

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    use serde_json::json;

    use super::*;

    #[test]
    fn every_fault_of_a_set_is_reported_with_its_place() {
        let check = |text: &str, expected: &str| {
            assert_eq!(KeySet::parse(text).err().unwrap().to_string(), expected);
        };
        let not_a_set = "this is not a JWK Set, an object whose `keys` is an array (RFC 7517)";
        for text in [
            "",
            "[]",
            "{}",
            r#"{"keys":{}}"#,
            r#"{"kty":"oct","k":"AAAA"}"#,
        ] {
            check(text, not_a_set);
        }
        check(
            r#"{"keys":[]}"#,
            "/keys: there is no key to verify signatures with",
        );
        check(
            r#"{"keys":[{"kty":"RSA","use":"enc","kid":"a"},{"kty":"oct","key_ops":["sign"]}]}"#,
            "/keys: there is no key to verify signatures with",
        );
        let secret = URL_SAFE_NO_PAD.encode([7; 32]);
        check(
            &json!({"keys": [
                {"kty": "oct", "kid": "a", "k": secret},
                {"kty": "oct", "kid": "b", "k": "c2hvcnQ"},
                {"kty": "oct", "kid": "a", "k": secret},
            ]})
            .to_string(),
            "/keys/1: `k` has 5 bytes; it must have 32 to 1024; \
             /keys/2: another key has the same `kid`, or neither has one; give each its own",
        );
    }

    #[test]
    fn a_file_that_cannot_be_read_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys.json");
        let message = || KeySet::read(&path).err().unwrap().to_string();
        assert!(
            message().contains("keys.json cannot be read"),
            "{}",
            message()
        );
        std::fs::write(&path, "x".repeat(LARGEST_FILE as usize + 1)).unwrap();
        assert!(
            message().contains("the file has more than 1048576 bytes"),
            "{}",
            message()
        );
        std::fs::write(&path, "{}").unwrap();
        assert!(
            message().contains("keys.json cannot be used: this is not a JWK Set"),
            "{}",
            message()
        );
    }
}
