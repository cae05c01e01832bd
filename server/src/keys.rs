//! The keys that tokens are verified with, and verifying them.
//!
//! The keys come as a JWK Set (RFC 7517, section 5). Each is read once into the one algorithm that it is used with; a
//! token's header chooses among the keys by `kid`, and never what is done with one. That leaves no room for `none`, nor
//! for a public key that is taken for a secret.
//!
//! A refusal does not say why. Whoever makes tokens can look at them; whoever guesses learns nothing.
//!
//! [`KeySet`] is the keys of one moment. A server has a [`Keyring`], whose keys change with their files.

mod files;
mod jwk;
mod keyring;
mod remembered;

use std::fmt::{self, Display};

use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde::Deserialize;
use serde_json::Value;

pub use self::files::{KeyFiles, KeysError};
use self::jwk::Usable;
pub use self::keyring::Keyring;
use crate::caller::Principal;
use crate::token::{Audiences, Scheme};

/// A longer token is refused before it is looked at.
const LONGEST_TOKEN: usize = 8 * 1024;

/// How far the clocks of issuer and server may be apart, in seconds (RFC 7519, section 4.1.4).
const LEEWAY: u64 = 60;

/// Keys to verify tokens with.
pub struct KeySet {
    keys: Vec<Key>,
    /// The issuers that are believed; with none here, every issuer is.
    issuers: Vec<String>,
    audiences: Audiences,
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

/// Why a token was refused, for this program's own eyes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    /// It names a key that is not there. Another reading of the files may find it.
    UnknownKey,
    /// Anything else.
    Refused,
}

/// What a token says, once it has been verified.
struct Verified {
    principal: Principal,
    /// When it expires (`exp`), in seconds since 1970.
    expires: u64,
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
            Ok(KeySet {
                keys,
                issuers: Vec::new(),
                audiences: Audiences::default(),
            })
        } else {
            Err(KeyFaults(faults))
        }
    }

    /// The same keys, but of the tokens that they verify, only those of these issuers (`iss`) are good. With none,
    /// every issuer's are.
    pub fn of_issuers(self, issuers: Vec<String>) -> KeySet {
        KeySet { issuers, ..self }
    }

    /// The same keys, but for tokens that are for other audiences (`aud`).
    pub fn for_audiences(mut self, audiences: Audiences) -> KeySet {
        for key in &mut self.keys {
            key.bearer.set_audience(&[audiences.of(Scheme::Bearer)]);
            key.service.set_audience(&[audiences.of(Scheme::Service)]);
        }
        KeySet { audiences, ..self }
    }

    /// Adds the keys of another set, or says which of them are here already.
    fn extend(&mut self, other: KeySet) -> Result<(), KeyFaults> {
        let is_here = |key: &Key| self.keys.iter().any(|own| own.id == key.id);
        let twice: Vec<_> = other.keys.iter().filter(|key| is_here(key)).collect();
        if twice.is_empty() {
            self.keys.extend(other.keys);
            return Ok(());
        }
        let message = |key: &Key| match &key.id {
            Some(id) => {
                format!("a key of another file has the `kid` {id:?} too; give each its own")
            }
            None => {
                "neither this key nor one of another file has a `kid`; give each its own".into()
            }
        };
        let faults = twice
            .into_iter()
            .map(|key| ("/keys".to_owned(), message(key)));
        Err(KeyFaults(faults.collect()))
    }

    /// Verifies a token of a scheme: that a key of this set has signed it, with the key's own algorithm; that it is
    /// for this scheme and for no other; that now lies between `nbf` and `exp`; and that it names its issuer and
    /// subject. It takes a signature's time, some ten microseconds, and does not block.
    pub fn verify(&self, scheme: Scheme, token: &str) -> Result<Principal, Refused> {
        match self.check(scheme, token) {
            Ok(Verified { principal, .. }) => Ok(principal),
            Err(_) => Err(Refused),
        }
    }

    fn check(&self, scheme: Scheme, token: &str) -> Result<Verified, Fault> {
        if token.len() > LONGEST_TOKEN {
            return Err(Fault::Refused);
        }
        let header = jsonwebtoken::decode_header(token).map_err(|_| Fault::Refused)?;
        // An extension that must be understood, and is not (RFC 7515, section 4.1.11).
        if header.crit.is_some() {
            return Err(Fault::Refused);
        }
        let key = self.key(header.kid.as_deref()).ok_or(Fault::UnknownKey)?;
        let validation = match scheme {
            Scheme::Bearer => &key.bearer,
            Scheme::Service => &key.service,
        };
        let Claims {
            iss,
            sub,
            aud,
            scope,
            exp,
        } = jsonwebtoken::decode(token, &key.decoding, validation)
            .map_err(|_| Fault::Refused)?
            .claims;
        let is_believed = self.issuers.is_empty() || self.issuers.contains(&iss);
        if iss.is_empty()
            || !is_believed
            || sub.is_empty()
            || aud.names(self.audiences.of(scheme.other()))
        {
            return Err(Fault::Refused);
        }
        let scopes = scope.unwrap_or_default();
        let scopes = scopes
            .split(' ')
            .filter(|scope| !scope.is_empty())
            .map(str::to_owned)
            .collect();
        Ok(Verified {
            principal: Principal {
                issuer: iss,
                subject: sub,
                scopes,
            },
            // Never later than what has been checked: a part of a second is cut off, and what is too large is cut down.
            expires: exp as u64,
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
    /// It may have a fraction (RFC 7519, section 2, "NumericDate").
    exp: f64,
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
    fn a_key_has_a_name_that_no_other_key_has() {
        let set = |ids: &[Option<&str>]| {
            let secret = URL_SAFE_NO_PAD.encode([7; 32]);
            let keys: Vec<_> = ids
                .iter()
                .map(|id| json!({"kty": "oct", "k": secret, "kid": id}))
                .collect();
            KeySet::parse(&json!({ "keys": keys }).to_string()).unwrap()
        };
        let mut all = set(&[Some("a"), Some("b")]);
        assert_eq!(all.extend(set(&[Some("c"), None])), Ok(()));
        assert_eq!(
            all.extend(set(&[Some("b"), Some("d"), None]))
                .unwrap_err()
                .to_string(),
            "/keys: a key of another file has the `kid` \"b\" too; give each its own; \
             /keys: neither this key nor one of another file has a `kid`; give each its own"
        );
        assert_eq!(all.keys.len(), 4);
    }
}
