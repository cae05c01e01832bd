//! Reading one JSON Web Key. What is wrong with it shows here, when the file is read, and not when a token comes.

use std::ops::RangeInclusive;
use std::str::FromStr as _;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, DecodingKey};
use serde::Deserialize;
use serde_json::Value;

/// A longer secret, in bytes, is a mistake.
const LONGEST_SECRET: usize = 1024;

/// A JSON Web Key, as far as it is looked at (RFC 7517, section 4, and RFC 7518, section 6).
#[derive(Deserialize)]
struct Jwk {
    kty: String,
    #[serde(rename = "use")]
    usage: Option<String>,
    key_ops: Option<Vec<String>>,
    alg: Option<String>,
    kid: Option<String>,
    crv: Option<String>,
    n: Option<String>,
    e: Option<String>,
    x: Option<String>,
    y: Option<String>,
    k: Option<String>,
}

/// A key, and the one algorithm that it is used with.
pub(super) struct Usable {
    pub(super) id: Option<String>,
    pub(super) algorithm: Algorithm,
    pub(super) decoding: DecodingKey,
}

/// Reads one key; `None` if it is not for signatures. Messages never quote the key's material.
pub(super) fn read(jwk: &Value) -> Result<Option<Usable>, String> {
    let jwk = Jwk::deserialize(jwk).map_err(|_| {
        "this is not a JSON Web Key, an object of text members with a `kty`".to_owned()
    })?;
    if jwk.usage.as_deref().is_some_and(|usage| usage != "sig")
        || jwk
            .key_ops
            .as_ref()
            .is_some_and(|operations| !operations.iter().any(|one| one == "verify"))
    {
        return Ok(None);
    }
    // The algorithms that a key of this type and curve can have, first the one it has if it does not say.
    let algorithms: &[Algorithm] = match (jwk.kty.as_str(), jwk.crv.as_deref()) {
        ("oct", None) => &[Algorithm::HS256, Algorithm::HS384, Algorithm::HS512],
        ("RSA", None) => &[
            Algorithm::RS256,
            Algorithm::RS384,
            Algorithm::RS512,
            Algorithm::PS256,
            Algorithm::PS384,
            Algorithm::PS512,
        ],
        ("EC", Some("P-256")) => &[Algorithm::ES256],
        ("EC", Some("P-384")) => &[Algorithm::ES384],
        ("OKP", Some("Ed25519")) => &[Algorithm::EdDSA],
        _ => return Err("a key of this `kty` and `crv` cannot be used; take it out".to_owned()),
    };
    let algorithm = match &jwk.alg {
        None => algorithms[0],
        Some(name) => Algorithm::from_str(name)
            .ok()
            .filter(|algorithm| algorithms.contains(algorithm))
            .ok_or("a key of this `kty` and `crv` cannot be used with this `alg`; take it out")?,
    };
    let decoding = match jwk.kty.as_str() {
        "oct" => {
            // RFC 7518, section 3.2: a secret is as long as the hash, or longer.
            let shortest = match algorithm {
                Algorithm::HS384 => 48,
                Algorithm::HS512 => 64,
                _ => 32,
            };
            DecodingKey::from_secret(&bytes(&jwk.k, "k", shortest..=LONGEST_SECRET)?)
        }
        // RFC 7518, section 3.3: 2048 bits or more. The upper bound is that of the cryptography.
        "RSA" => DecodingKey::from_rsa_raw_components(
            &bytes(&jwk.n, "n", 256..=1024)?,
            &bytes(&jwk.e, "e", 1..=8)?,
        ),
        "EC" => {
            let length = if algorithm == Algorithm::ES256 {
                32
            } else {
                48
            };
            let mut point = vec![4]; // SEC 1, section 2.3.3: both coordinates follow.
            point.extend(bytes(&jwk.x, "x", length..=length)?);
            point.extend(bytes(&jwk.y, "y", length..=length)?);
            DecodingKey::from_ec_der(&point)
        }
        _ => DecodingKey::from_ed_der(&bytes(&jwk.x, "x", 32..=32)?),
    };
    Ok(Some(Usable {
        id: jwk.kid,
        algorithm,
        decoding,
    }))
}

/// The bytes of a member in base64url (RFC 7515, section 2), whose number must be within a range.
fn bytes(
    member: &Option<String>,
    name: &str,
    length: RangeInclusive<usize>,
) -> Result<Vec<u8>, String> {
    let text = member
        .as_ref()
        .ok_or_else(|| format!("the member `{name}` is missing"))?;
    let bytes = URL_SAFE_NO_PAD
        .decode(text)
        .map_err(|_| format!("the member `{name}` is not base64url without padding"))?;
    let (least, most) = (length.start(), length.end());
    match bytes.len() {
        found if length.contains(&found) => Ok(bytes),
        found if least == most => Err(format!("`{name}` has {found} bytes; it must have {least}")),
        found => Err(format!(
            "`{name}` has {found} bytes; it must have {least} to {most}"
        )),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// That many bytes in base64url.
    fn text(bytes: usize) -> String {
        URL_SAFE_NO_PAD.encode(vec![3; bytes])
    }

    #[test]
    fn a_key_has_the_algorithm_that_it_names_or_that_its_type_implies() {
        let check = |jwk: Value, expected: Option<Algorithm>| {
            assert_eq!(
                read(&jwk).map(|key| key.map(|key| key.algorithm)),
                Ok(expected),
                "{jwk}"
            );
        };
        check(json!({"kty": "oct", "k": text(32)}), Some(Algorithm::HS256));
        check(
            json!({"kty": "oct", "k": text(64), "alg": "HS512", "use": "sig"}),
            Some(Algorithm::HS512),
        );
        check(
            json!({"kty": "RSA", "n": text(256), "e": "AQAB"}),
            Some(Algorithm::RS256),
        );
        check(
            json!({"kty": "RSA", "n": text(512), "e": "AQAB", "alg": "PS384"}),
            Some(Algorithm::PS384),
        );
        check(
            json!({"kty": "EC", "crv": "P-256", "x": text(32), "y": text(32)}),
            Some(Algorithm::ES256),
        );
        check(
            json!({"kty": "EC", "crv": "P-384", "x": text(48), "y": text(48)}),
            Some(Algorithm::ES384),
        );
        check(
            json!({"kty": "OKP", "crv": "Ed25519", "x": text(32), "alg": "EdDSA"}),
            Some(Algorithm::EdDSA),
        );
        check(
            json!({"kty": "OKP", "crv": "Ed25519", "x": text(32), "key_ops": ["verify"]}),
            Some(Algorithm::EdDSA),
        );
        check(json!({"kty": "RSA", "use": "enc"}), None);
        check(json!({"kty": "unheard", "use": "enc"}), None);
        check(json!({"kty": "oct", "key_ops": ["sign"]}), None);
    }

    #[test]
    fn a_key_that_cannot_be_used_is_a_fault() {
        let check = |jwk: Value, expected: &str| {
            assert_eq!(
                read(&jwk).map(|key| key.is_some()),
                Err(expected.to_owned()),
                "{jwk}"
            );
        };
        let no_key = "this is not a JSON Web Key, an object of text members with a `kty`";
        check(json!(null), no_key);
        check(json!({}), no_key);
        check(json!({"kty": "oct", "k": 7}), no_key);
        let kind = "a key of this `kty` and `crv` cannot be used; take it out";
        check(json!({"kty": "OCT", "k": text(32)}), kind);
        check(
            json!({"kty": "EC", "crv": "P-521", "x": text(66), "y": text(66)}),
            kind,
        );
        check(json!({"kty": "EC", "x": text(32), "y": text(32)}), kind);
        check(json!({"kty": "OKP", "crv": "X25519", "x": text(32)}), kind);
        let algorithm = "a key of this `kty` and `crv` cannot be used with this `alg`; take it out";
        for alg in ["none", "HS1", "RS256", "ES256", "hs256", ""] {
            check(json!({"kty": "oct", "k": text(64), "alg": alg}), algorithm);
        }
        check(
            json!({"kty": "RSA", "n": text(256), "e": "AQAB", "alg": "HS256"}),
            algorithm,
        );
        check(
            json!({"kty": "EC", "crv": "P-256", "x": text(32), "y": text(32), "alg": "ES384"}),
            algorithm,
        );
        check(json!({"kty": "oct"}), "the member `k` is missing");
        check(
            json!({"kty": "oct", "k": "a b"}),
            "the member `k` is not base64url without padding",
        );
        check(
            json!({"kty": "oct", "k": "AA=="}),
            "the member `k` is not base64url without padding",
        );
        check(
            json!({"kty": "oct", "k": text(31)}),
            "`k` has 31 bytes; it must have 32 to 1024",
        );
        check(
            json!({"kty": "oct", "k": text(63), "alg": "HS512"}),
            "`k` has 63 bytes; it must have 64 to 1024",
        );
        check(
            json!({"kty": "RSA", "n": text(128), "e": "AQAB"}),
            "`n` has 128 bytes; it must have 256 to 1024",
        );
        check(
            json!({"kty": "RSA", "n": text(256)}),
            "the member `e` is missing",
        );
        check(
            json!({"kty": "EC", "crv": "P-256", "x": text(32), "y": text(31)}),
            "`y` has 31 bytes; it must have 32",
        );
        check(
            json!({"kty": "OKP", "crv": "Ed25519", "x": text(31)}),
            "`x` has 31 bytes; it must have 32",
        );
    }
}
