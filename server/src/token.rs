//! What a token says, for either scheme, and signing one.
//!
//! Both schemes of the document are JSON Web Tokens (RFC 7519) and differ in whom they are for. [`Issuer`] signs with
//! a secret, which suits one machine: the development key, tests, a closed network. Verifying is in [`crate::keys`],
//! and takes public keys as well.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// The two kinds of tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// The caller's token, in `Authorization: Bearer`.
    Bearer,
    /// The calling service's token, in `S2S-Auth-Token`.
    Service,
}

impl Scheme {
    /// Whom the tokens of this scheme are for (`aud`), where nothing else is said.
    pub const fn audience(self) -> &'static str {
        match self {
            Scheme::Bearer => "events",
            Scheme::Service => "events-s2s",
        }
    }

    /// The scheme that has this name in the document's `securitySchemes`.
    pub fn named(name: &str) -> Option<Scheme> {
        match name {
            "bearerAuth" => Some(Scheme::Bearer),
            "s2sAuthToken" => Some(Scheme::Service),
            _ => None,
        }
    }

    /// The scheme that this one must not be taken for.
    pub(crate) const fn other(self) -> Scheme {
        match self {
            Scheme::Bearer => Scheme::Service,
            Scheme::Service => Scheme::Bearer,
        }
    }
}

/// Whom the tokens of each scheme are for (`aud`). They must differ, for it is by them that the schemes are told apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Audiences {
    /// That of the callers' tokens.
    pub bearer: String,
    /// That of the services' tokens.
    pub service: String,
}

impl Audiences {
    /// The audience of a scheme.
    pub fn of(&self, scheme: Scheme) -> &str {
        match scheme {
            Scheme::Bearer => &self.bearer,
            Scheme::Service => &self.service,
        }
    }
}

impl Default for Audiences {
    fn default() -> Audiences {
        Audiences {
            bearer: Scheme::Bearer.audience().to_owned(),
            service: Scheme::Service.audience().to_owned(),
        }
    }
}

/// Signs tokens with a secret of 256 bits (HS256).
pub struct Issuer {
    name: String,
    key_id: String,
    secret: [u8; 32],
}

/// A token could not be made.
#[derive(Debug, thiserror::Error)]
pub enum IssueError {
    /// The system gives no random numbers.
    #[error("the system gives no random numbers; see that this process may use /dev/urandom")]
    Random,
    /// The token could not be signed.
    #[error("the token could not be signed: {0}")]
    Sign(#[from] jsonwebtoken::errors::Error),
}

#[derive(Serialize)]
struct Claims<'a> {
    iss: &'a str,
    sub: &'a str,
    aud: &'a str,
    iat: u64,
    exp: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    scope: Option<String>,
}

impl Issuer {
    /// An issuer with a new, random secret. Its name stands in its tokens (`iss`), and its key has the same name
    /// (`kid`).
    pub fn random(name: &str) -> Result<Issuer, IssueError> {
        let mut secret = [0; 32];
        aws_lc_rs::rand::fill(&mut secret).map_err(|_| IssueError::Random)?;
        Ok(Issuer::new(name, secret))
    }

    /// An issuer with a given secret, which must come from a source of random numbers.
    pub fn new(name: &str, secret: [u8; 32]) -> Issuer {
        Issuer {
            name: name.to_owned(),
            key_id: name.to_owned(),
            secret,
        }
    }

    /// A token that is good from now on for `lifetime`. Scopes matter to bearer tokens only; with none, the claim is
    /// left out.
    pub fn issue(
        &self,
        scheme: Scheme,
        subject: &str,
        scopes: &[&str],
        lifetime: Duration,
    ) -> Result<String, IssueError> {
        self.issue_for(scheme.audience(), subject, scopes, lifetime)
    }

    /// A token like those of [`Issuer::issue`], for an audience that somebody has chosen.
    ///
    /// # Errors
    /// It cannot be signed.
    pub fn issue_for(
        &self,
        audience: &str,
        subject: &str,
        scopes: &[&str],
        lifetime: Duration,
    ) -> Result<String, IssueError> {
        let now = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default()
            .as_secs();
        let claims = Claims {
            iss: &self.name,
            sub: subject,
            aud: audience,
            iat: now,
            exp: now.saturating_add(lifetime.as_secs()),
            scope: (!scopes.is_empty()).then(|| scopes.join(" ")),
        };
        let header = Header {
            kid: Some(self.key_id.clone()),
            ..Header::new(Algorithm::HS256)
        };
        Ok(jsonwebtoken::encode(
            &header,
            &claims,
            &EncodingKey::from_secret(&self.secret),
        )?)
    }

    /// The JWK Set (RFC 7517) that verifies what this issuer signs. Since the key is a secret, so is the text.
    pub fn to_jwk_set(&self) -> String {
        let key = json!({
            "kty": "oct",
            "kid": self.key_id,
            "use": "sig",
            "alg": "HS256",
            "k": URL_SAFE_NO_PAD.encode(self.secret),
        });
        json!({ "keys": [key] }).to_string()
    }

    /// Reads what [`Issuer::to_jwk_set`] has written; `None` if the text is anything else.
    pub fn from_jwk_set(text: &str) -> Option<Issuer> {
        #[derive(Deserialize)]
        struct Set {
            keys: [Key; 1],
        }
        #[derive(Deserialize)]
        struct Key {
            kty: String,
            kid: String,
            alg: String,
            k: String,
        }
        let Set {
            keys: [Key { kty, kid, alg, k }],
        } = serde_json::from_str(text).ok()?;
        let secret = URL_SAFE_NO_PAD.decode(k).ok()?.try_into().ok()?;
        (kty == "oct" && alg == "HS256").then(|| Issuer::new(&kid, secret))
    }
}
