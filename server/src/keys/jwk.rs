//! Reading one JSON Web Key. What is wrong with it shows here, when the file is read, and not when a token comes.

use std::ops::RangeInclusive;
use std::str::FromStr as _;

use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P384_SHA384_FIXED, ED25519, ParsedPublicKey,
    VerificationAlgorithm,
};
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
        "RSA" => {
            let modulus = bytes(&jwk.n, "n", 256..=1024)?;
            let exponent = bytes(&jwk.e, "e", 1..=4)?;
            // A number is written without leading zeros (RFC 7518, section 2), which would hide that it is short.
            if modulus[0] < 0x80 && modulus.len() == 256 || modulus[0] == 0 {
                return Err("`n` has less than 2048 bits, or begins with a zero".to_owned());
            }
            // An exponent of 1 would make every message its own signature.
            let is_odd = |number: &[u8]| number.last().is_some_and(|byte| byte & 1 == 1);
            if !is_odd(&modulus) || !is_odd(&exponent) || exponent[0] == 0 || exponent == [1] {
                return Err("`n` and `e` are not those of an RSA key".to_owned());
            }
            DecodingKey::from_rsa_raw_components(&modulus, &exponent)
        }
        "EC" => {
            let (length, curve): (_, &dyn VerificationAlgorithm) = match algorithm {
                Algorithm::ES256 => (32, &ECDSA_P256_SHA256_FIXED),
                _ => (48, &ECDSA_P384_SHA384_FIXED),
            };
            let mut point = vec![4]; // SEC 1, section 2.3.3: both coordinates follow.
            point.extend(bytes(&jwk.x, "x", length..=length)?);
            point.extend(bytes(&jwk.y, "y", length..=length)?);
            on_curve(curve, &point)?;
            DecodingKey::from_ec_der(&point)
        }
        _ => {
            let point = bytes(&jwk.x, "x", 32..=32)?;
            on_curve(&ED25519, &point)?;
            DecodingKey::from_ed_der(&point)
        }
    };
    Ok(Some(Usable {
        id: jwk.kid,
        algorithm,
        decoding,
    }))
}

/// Whether a point is one of the curve: with another, no signature would ever verify.
fn on_curve(curve: &'static dyn VerificationAlgorithm, point: &[u8]) -> Result<(), String> {
    match ParsedPublicKey::new(curve, point) {
        Ok(_) => Ok(()),
        Err(_) => Err("its point is not one of the curve `crv`".to_owned()),
    }
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
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use serde_json::json;

    use super::*;

    /// That many bytes in base64url.
    fn text(bytes: usize) -> String {
        URL_SAFE_NO_PAD.encode(vec![3; bytes])
    }

    /// A number of that many bytes as the modulus of an RSA key could be.
    fn modulus(bytes: usize) -> String {
        URL_SAFE_NO_PAD.encode(vec![0x81; bytes])
    }

    /// RFC 7515, appendix A.2.
    const RSA: &str = "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL\
                       -yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9\
                       e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAc\
                       o9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ";

    /// RFC 7515, appendix A.3.
    const P256: [&str; 2] = [
        "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
        "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
    ];

    /// RFC 8037, appendix A.2.
    const ED25519_X: &str = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";

    /// The generator of P-384 (SEC 2, section 2.5.1).
    fn p384() -> [String; 2] {
        [
            "aa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b9859f741e082542a385502f25dbf55296c3a545e3872760ab7",
            "3617de4a96262c6f5d9e98bf9292dc29f8f41dbd289a147ce9da3113b5f0b8c00a60b1ce1d7e819d7a431d7c90ea0e5f",
        ]
        .map(|digits| {
            let byte = |at| u8::from_str_radix(&digits[at..at + 2], 16).unwrap();
            URL_SAFE_NO_PAD.encode((0..96).step_by(2).map(byte).collect::<Vec<_>>())
        })
    }

    #[test]
    fn the_signatures_of_the_standards_verify_and_no_others() {
        let claims = "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
        let check = |jwk: Value, message: &str, signature: &str| {
            let Usable {
                algorithm,
                decoding,
                ..
            } = read(&jwk).unwrap().unwrap();
            let verify = |message: &str, signature: &str| {
                jsonwebtoken::crypto::verify(signature, message.as_bytes(), &decoding, algorithm)
            };
            assert_eq!(verify(message, signature), Ok(true), "{jwk}");
            assert_ne!(verify(&format!("{message}A"), signature), Ok(true), "{jwk}");
            let other = signature.replacen(|c| c != 'A', "A", 1);
            assert_ne!(verify(message, &other), Ok(true), "{jwk}");
        };
        check(
            json!({"kty": "RSA", "n": RSA, "e": "AQAB"}),
            &format!("eyJhbGciOiJSUzI1NiJ9.{claims}"),
            "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUA\
             r7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO-\
             -xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_\
             IoypGlUPQGe77Rw",
        );
        let [x, y] = P256;
        check(
            json!({"kty": "EC", "crv": "P-256", "x": x, "y": y}),
            &format!("eyJhbGciOiJFUzI1NiJ9.{claims}"),
            "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q",
        );
        // RFC 8037, appendix A.4.
        check(
            json!({"kty": "OKP", "crv": "Ed25519", "x": ED25519_X}),
            "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc",
            "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg",
        );
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
            json!({"kty": "RSA", "n": modulus(256), "e": "AQAB"}),
            Some(Algorithm::RS256),
        );
        check(
            json!({"kty": "RSA", "n": text(257), "e": "Aw"}),
            Some(Algorithm::RS256),
        );
        check(
            json!({"kty": "RSA", "n": modulus(512), "e": "AQAB", "alg": "PS384"}),
            Some(Algorithm::PS384),
        );
        let [x, y] = P256;
        check(
            json!({"kty": "EC", "crv": "P-256", "x": x, "y": y}),
            Some(Algorithm::ES256),
        );
        let [x, y] = p384();
        check(
            json!({"kty": "EC", "crv": "P-384", "x": x, "y": y}),
            Some(Algorithm::ES384),
        );
        check(
            json!({"kty": "OKP", "crv": "Ed25519", "x": ED25519_X, "alg": "EdDSA"}),
            Some(Algorithm::EdDSA),
        );
        check(
            json!({"kty": "OKP", "crv": "Ed25519", "x": ED25519_X, "key_ops": ["verify"]}),
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
        let short = "`n` has less than 2048 bits, or begins with a zero";
        check(json!({"kty": "RSA", "n": text(256), "e": "AQAB"}), short);
        let zero = URL_SAFE_NO_PAD.encode([&[0][..], &[0x81; 256]].concat());
        check(json!({"kty": "RSA", "n": zero, "e": "AQAB"}), short);
        let not_rsa = "`n` and `e` are not those of an RSA key";
        for exponent in ["AA", "AQ", "Ag", "AAE", "AAM", "AQAA"] {
            check(
                json!({"kty": "RSA", "n": modulus(256), "e": exponent}),
                not_rsa,
            );
        }
        check(
            json!({"kty": "RSA", "n": URL_SAFE_NO_PAD.encode([0x82; 256]), "e": "AQAB"}),
            not_rsa,
        );
        check(
            json!({"kty": "RSA", "n": modulus(256), "e": "AQAAAAE"}),
            "`e` has 5 bytes; it must have 1 to 4",
        );
        let not_on_curve = "its point is not one of the curve `crv`";
        check(
            json!({"kty": "EC", "crv": "P-256", "x": text(32), "y": text(32)}),
            not_on_curve,
        );
        check(
            json!({"kty": "EC", "crv": "P-256", "x": P256[1], "y": P256[0]}),
            not_on_curve,
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
