//! What must be refused, each thing on its own, and what must not be.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use aws_lc_rs::encoding::{AsDer as _, Pkcs8V1Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, ECDSA_P384_SHA384_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair,
    KeyPair as _,
};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use jsonwebtoken::EncodingKey;
use jsonwebtoken::jwk::Jwk;
use serde_json::json;

use super::*;
use crate::token::Issuer;

const SECRET: [u8; 32] = [7; 32];

fn in_seconds(seconds: i64) -> i64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap()
        .as_secs() as i64
        + seconds
}

/// Claims that are good, but for what the patch changes; `null` takes a claim away.
fn claims(patch: Value) -> Value {
    let mut claims = json!({
        "iss": "test", "sub": "ada", "aud": "events", "exp": in_seconds(600), "scope": "events.read events.write",
    });
    for (name, value) in patch.as_object().unwrap() {
        if value.is_null() {
            claims.as_object_mut().unwrap().remove(name);
        } else {
            claims[name] = value.clone();
        }
    }
    claims
}

fn encode(value: &Value) -> String {
    URL_SAFE_NO_PAD.encode(value.to_string())
}

/// A token with any header and claims, signed with any key.
fn token(header: Value, claims: &Value, key: &EncodingKey, algorithm: Algorithm) -> String {
    let message = format!("{}.{}", encode(&header), encode(claims));
    let signature = jsonwebtoken::crypto::sign(message.as_bytes(), key, algorithm).unwrap();
    format!("{message}.{signature}")
}

/// A token that is signed as it should be.
fn signed(header: Value, claims: &Value) -> String {
    token(
        header,
        claims,
        &EncodingKey::from_secret(&SECRET),
        Algorithm::HS256,
    )
}

fn good_header() -> Value {
    json!({"alg": "HS256", "kid": "test"})
}

fn keys() -> KeySet {
    KeySet::parse(&Issuer::new("test", SECRET).to_jwk_set()).unwrap()
}

#[test]
fn a_good_token_names_its_issuer_its_subject_and_its_scopes() {
    let check = |patch: Value, subject: &str, scopes: &[&str]| {
        let principal = keys()
            .verify(Scheme::Bearer, &signed(good_header(), &claims(patch)))
            .unwrap();
        assert_eq!(
            (principal.issuer.as_str(), principal.subject.as_str()),
            ("test", subject)
        );
        assert_eq!(principal.scopes, scopes);
    };
    check(json!({}), "ada", &["events.read", "events.write"]);
    check(json!({"scope": null}), "ada", &[]);
    check(json!({"scope": " events.read  "}), "ada", &["events.read"]);
    check(json!({"aud": ["events"], "scope": ""}), "ada", &[]);
    check(
        json!({"aud": ["https://issuer.example/userinfo", "events"], "scope": "x"}),
        "ada",
        &["x"],
    );
    check(
        json!({"nbf": in_seconds(-1), "iat": in_seconds(-1), "sub": "b\u{e9}", "scope": "x"}),
        "b\u{e9}",
        &["x"],
    );
    // Clocks differ: a little early or late is in time.
    check(json!({"nbf": in_seconds(30), "scope": "x"}), "ada", &["x"]);
    check(json!({"exp": in_seconds(-30), "scope": "x"}), "ada", &["x"]);
}

#[test]
fn an_issuer_s_tokens_are_good_for_the_scheme_they_were_made_for_and_no_other() {
    let issuer = Issuer::random("test").unwrap();
    let keys = KeySet::parse(&issuer.to_jwk_set()).unwrap();
    let same = Issuer::from_jwk_set(&issuer.to_jwk_set()).unwrap();
    for scheme in [Scheme::Bearer, Scheme::Service] {
        for issuer in [&issuer, &same] {
            let token = issuer
                .issue(scheme, "ada", &["a", "b"], Duration::from_secs(60))
                .unwrap();
            assert_eq!(keys.verify(scheme, &token).unwrap().scopes, ["a", "b"]);
            assert_eq!(keys.verify(scheme.other(), &token), Err(Refused));
        }
        let other = Issuer::random("test")
            .unwrap()
            .issue(scheme, "ada", &[], Duration::from_secs(60))
            .unwrap();
        assert_eq!(
            keys.verify(scheme, &other),
            Err(Refused),
            "another secret with the same name"
        );
    }
}

#[test]
fn claims_that_do_not_hold_are_refused() {
    let patches = [
        json!({"exp": null}),
        json!({"exp": "tomorrow"}),
        json!({"exp": in_seconds(600).to_string()}),
        json!({"exp": -1}),
        json!({"exp": true}),
        json!({"exp": [in_seconds(600)]}),
        json!({"nbf": [0]}),
        json!({"exp": 0}),
        json!({"exp": in_seconds(-120)}),
        json!({"nbf": in_seconds(120)}),
        json!({"nbf": "now"}),
        json!({"sub": null}),
        json!({"sub": ""}),
        json!({"sub": 7}),
        json!({"iss": null}),
        json!({"iss": ""}),
        json!({"iss": ["test"]}),
        json!({"aud": null}),
        json!({"aud": ""}),
        json!({"aud": []}),
        json!({"aud": {}}),
        json!({"aud": "Events"}),
        json!({"aud": "events-s2s"}),
        json!({"aud": ["events", "events-s2s"]}),
        json!({"aud": ["events", 7]}),
        json!({"scope": ["events.read"]}),
    ];
    for patch in patches {
        let token = signed(good_header(), &claims(patch.clone()));
        assert_eq!(
            keys().verify(Scheme::Bearer, &token),
            Err(Refused),
            "{patch}"
        );
    }
    for not_claims in [json!([]), json!("ada"), json!(null)] {
        assert_eq!(
            keys().verify(Scheme::Bearer, &signed(good_header(), &not_claims)),
            Err(Refused)
        );
    }
}

#[test]
fn a_token_is_for_the_audience_of_its_scheme_and_not_for_the_other_s() {
    let audiences = Audiences {
        bearer: "https://events.example".to_owned(),
        service: "https://events.example/s2s".to_owned(),
    };
    let keys = keys().for_audiences(audiences);
    let check = |audience: Value, bearer: bool, service: bool| {
        let token = signed(good_header(), &claims(json!({"aud": audience.clone()})));
        let is_good =
            [Scheme::Bearer, Scheme::Service].map(|scheme| keys.verify(scheme, &token).is_ok());
        assert_eq!(is_good, [bearer, service], "{audience}");
    };
    check(json!("https://events.example"), true, false);
    check(json!(["else", "https://events.example"]), true, false);
    check(json!("https://events.example/s2s"), false, true);
    check(
        json!(["https://events.example", "https://events.example/s2s"]),
        false,
        false,
    );
    // What is good where nothing else is said is good no more, nor what is only near.
    for other in [
        "events",
        "events-s2s",
        "https://events.example/",
        "HTTPS://events.example",
        "",
    ] {
        check(json!(other), false, false);
    }
    // The other scheme's default is an audience like any other.
    check(json!(["https://events.example", "events-s2s"]), true, false);
}

#[test]
fn only_the_issuers_that_are_named_are_believed() {
    let check = |issuers: &[&str], patch: Value, is_good: bool| {
        let issuers = issuers.iter().map(|name| (*name).to_owned()).collect();
        let token = signed(good_header(), &claims(patch.clone()));
        let verified = keys().of_issuers(issuers).verify(Scheme::Bearer, &token);
        assert_eq!(verified.is_ok(), is_good, "{patch}");
    };
    check(&[], json!({}), true);
    check(&["test"], json!({}), true);
    check(&["other", "test"], json!({}), true);
    check(&["other"], json!({}), false);
    for near in [
        "Test",
        "test/",
        " test",
        "test ",
        "tes",
        "test,other",
        "other test",
    ] {
        check(&["other", "test"], json!({"iss": near}), false);
    }
    check(&["test"], json!({"iss": ["test"]}), false);
    check(&["test"], json!({"iss": null}), false);
}

#[test]
fn an_expiry_can_be_any_number_of_json() {
    let check = |exp: &str, expected: Option<u64>| {
        let claims = format!(r#"{{"iss":"test","sub":"ada","aud":"events","exp":{exp}}}"#);
        let message = format!(
            "{}.{}",
            encode(&good_header()),
            URL_SAFE_NO_PAD.encode(claims)
        );
        let key = EncodingKey::from_secret(&SECRET);
        let signature =
            jsonwebtoken::crypto::sign(message.as_bytes(), &key, Algorithm::HS256).unwrap();
        let checked = keys().check(Scheme::Bearer, &format!("{message}.{signature}"));
        assert_eq!(
            checked.ok().map(|verified| verified.expires),
            expected,
            "{exp}"
        );
    };
    check("99999999999", Some(99_999_999_999));
    check("99999999999.9", Some(99_999_999_999));
    check("1e12", Some(1_000_000_000_000));
    for no_instant in [
        "-1",
        "-1e300",
        "1e400",
        "-0.0",
        "0",
        "null",
        "\"99999999999\"",
    ] {
        check(no_instant, None);
    }
}

#[test]
fn a_claim_that_is_said_twice_is_refused() {
    let good = claims(json!({})).to_string();
    for twice in [
        r#""sub":"eve","#,
        r#""aud":"events","#,
        r#""exp":99999999999,"#,
    ] {
        let message = format!(
            "{}.{}",
            encode(&good_header()),
            URL_SAFE_NO_PAD.encode(format!("{{{twice}{}", &good[1..])),
        );
        let key = EncodingKey::from_secret(&SECRET);
        let signature =
            jsonwebtoken::crypto::sign(message.as_bytes(), &key, Algorithm::HS256).unwrap();
        assert_eq!(
            keys().verify(Scheme::Bearer, &format!("{message}.{signature}")),
            Err(Refused),
            "{twice}"
        );
    }
}

#[test]
fn a_header_s_member_that_is_said_twice_is_refused() {
    let key = EncodingKey::from_secret(&SECRET);
    for header in [
        r#"{"alg":"none","alg":"HS256","kid":"test"}"#,
        r#"{"alg":"HS256","alg":"none","kid":"test"}"#,
        r#"{"alg":"HS256","alg":"HS256","kid":"test"}"#,
        r#"{"alg":"HS256","kid":"other","kid":"test"}"#,
    ] {
        let message = format!(
            "{}.{}",
            URL_SAFE_NO_PAD.encode(header),
            encode(&claims(json!({})))
        );
        let signature =
            jsonwebtoken::crypto::sign(message.as_bytes(), &key, Algorithm::HS256).unwrap();
        assert_eq!(
            keys().verify(Scheme::Bearer, &format!("{message}.{signature}")),
            Err(Refused),
            "{header}"
        );
    }
}

#[test]
fn a_text_that_only_decodes_to_the_same_bytes_is_another_token() {
    // 32 bytes leave two bits of the last character unused; they must be zero.
    let good = signed(good_header(), &claims(json!({})));
    assert!(keys().verify(Scheme::Bearer, &good).is_ok());
    let (rest, last) = good.split_at(good.len() - 1);
    const ALPHABET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    for other in ALPHABET
        .chars()
        .filter(|other| *other != last.chars().next().unwrap())
    {
        let token = format!("{rest}{other}");
        assert_eq!(
            keys().verify(Scheme::Bearer, &token),
            Err(Refused),
            "{token}"
        );
    }
    let blanks = good.replacen('.', "\n.", 1);
    assert_eq!(keys().verify(Scheme::Bearer, &blanks), Err(Refused));
    let standard = good.replace('-', "+").replace('_', "/");
    if standard != good {
        assert_eq!(keys().verify(Scheme::Bearer, &standard), Err(Refused));
    }
}

#[test]
fn headers_that_ask_for_something_else_are_refused() {
    let headers = [
        json!({"alg": "none", "kid": "test"}),
        json!({"alg": "None", "kid": "test"}),
        json!({"alg": "", "kid": "test"}),
        json!({"alg": "HS384", "kid": "test"}),
        json!({"alg": "HS512", "kid": "test"}),
        json!({"alg": "RS256", "kid": "test"}),
        json!({"alg": "ES256", "kid": "test"}),
        json!({"alg": "EdDSA", "kid": "test"}),
        json!({"alg": ["HS256"], "kid": "test"}),
        json!({"kid": "test"}),
        json!({"alg": "HS256", "kid": "Test"}),
        json!({"alg": "HS256", "kid": ""}),
        json!({"alg": "HS256", "kid": "../../dev/null"}),
        json!({"alg": "HS256", "kid": "test", "crit": ["exp"], "exp": 1}),
        json!({"alg": "HS256", "kid": "test", "crit": []}),
        json!([]),
        json!("HS256"),
    ];
    for header in headers {
        let token = signed(header.clone(), &claims(json!({})));
        assert_eq!(
            keys().verify(Scheme::Bearer, &token),
            Err(Refused),
            "{header}"
        );
    }
    // What such members say is not looked at: they cannot bring a key along.
    let jwk = json!({"kty": "oct", "k": URL_SAFE_NO_PAD.encode([9; 32])});
    let own_key = EncodingKey::from_secret(&[9; 32]);
    for header in [
        json!({"alg": "HS256", "kid": "test", "jwk": jwk}),
        json!({"alg": "HS256", "kid": "test", "jku": "https://eve.example/keys"}),
        json!({"alg": "HS256", "kid": "test", "x5u": "https://eve.example/chain"}),
        json!({"alg": "HS256", "kid": "test", "x5c": ["AAAA"]}),
        json!({"alg": "HS256", "jwk": jwk}),
    ] {
        let token = token(
            header.clone(),
            &claims(json!({})),
            &own_key,
            Algorithm::HS256,
        );
        assert_eq!(
            keys().verify(Scheme::Bearer, &token),
            Err(Refused),
            "{header}"
        );
    }
}

#[test]
fn a_token_that_was_tampered_with_is_refused() {
    let good = signed(good_header(), &claims(json!({})));
    let [header, payload, signature]: [&str; 3] =
        good.split('.').collect::<Vec<_>>().try_into().unwrap();
    let other = encode(&claims(json!({"sub": "eve"})));
    let tokens = [
        String::new(),
        ".".to_owned(),
        "..".to_owned(),
        format!("{header}.{payload}"),
        format!("{header}.{payload}."),
        format!("{header}.{other}.{signature}"),
        format!("{header}..{signature}"),
        format!(".{payload}.{signature}"),
        format!("{header}.{payload}.{}", &signature[1..]),
        format!("{header}.{payload}.{signature}="),
        format!("{header}.{payload}.{signature}."),
        format!("{header}.{payload}.{signature}.{signature}"),
        format!("{header}.{payload}.{payload}.{signature}"),
        format!(" {good}"),
        format!("{good} "),
        format!("{good}\n"),
        format!("{good}\u{e9}"),
        good.replace('.', ","),
        format!("{}.{payload}.", encode(&json!({"alg": "none"}))),
        format!("{}.{payload}.{signature}", encode(&json!({"alg": "none"}))),
        "e30.e30.".to_owned(),
        "\u{0}.\u{0}.\u{0}".to_owned(),
        signed(
            good_header(),
            &claims(json!({"padding": "x".repeat(LONGEST_TOKEN)})),
        ),
    ];
    for token in tokens {
        assert_eq!(
            keys().verify(Scheme::Bearer, &token),
            Err(Refused),
            "{token}"
        );
    }
    assert!(keys().verify(Scheme::Bearer, &good).is_ok());
}

#[test]
fn a_refusal_does_not_say_why() {
    assert_eq!(
        format!("{Refused} {Refused:?}"),
        "the token was refused Refused"
    );
}

/// One key of each kind: its algorithm, the public half as a JWK, and the private half.
fn key_pairs() -> Vec<(Algorithm, Value, EncodingKey)> {
    let random = SystemRandom::new();
    let text = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);

    let pkcs8 = Ed25519KeyPair::generate_pkcs8(&random).unwrap();
    let pair = Ed25519KeyPair::from_pkcs8(pkcs8.as_ref()).unwrap();
    let public =
        json!({"kty": "OKP", "crv": "Ed25519", "kid": "ed", "x": text(pair.public_key().as_ref())});
    let mut all = vec![(
        Algorithm::EdDSA,
        public,
        EncodingKey::from_ed_der(pkcs8.as_ref()),
    )];

    for (algorithm, signing, curve, length) in [
        (
            Algorithm::ES256,
            &ECDSA_P256_SHA256_FIXED_SIGNING,
            "P-256",
            32,
        ),
        (
            Algorithm::ES384,
            &ECDSA_P384_SHA384_FIXED_SIGNING,
            "P-384",
            48,
        ),
    ] {
        let pkcs8 = EcdsaKeyPair::generate_pkcs8(signing, &random).unwrap();
        let pair = EcdsaKeyPair::from_pkcs8(signing, pkcs8.as_ref()).unwrap();
        let (x, y) = pair.public_key().as_ref()[1..].split_at(length);
        let public = json!({"kty": "EC", "crv": curve, "kid": curve, "x": text(x), "y": text(y)});
        all.push((algorithm, public, EncodingKey::from_ec_der(pkcs8.as_ref())));
    }

    let pair = rsa::KeyPair::generate(rsa::KeySize::Rsa2048).unwrap();
    let der: Pkcs8V1Der<'_> = pair.as_der().unwrap();
    let pem = format!(
        "-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----",
        STANDARD.encode(der.as_ref())
    );
    let private = EncodingKey::from_rsa_pem(pem.as_bytes()).unwrap();
    let public = Jwk::from_encoding_key(&private, Algorithm::RS256).unwrap();
    let mut public = serde_json::to_value(public).unwrap();
    public["kid"] = "rsa".into();
    all.push((Algorithm::RS256, public, private));
    all
}

#[test]
fn every_algorithm_verifies_with_its_own_key_only() {
    let pairs = key_pairs();
    let set: Vec<_> = pairs.iter().map(|(_, public, _)| public.clone()).collect();
    let keys = KeySet::parse(&json!({ "keys": set }).to_string()).unwrap();
    for (algorithm, _, private) in &pairs {
        for (_, public, _) in &pairs {
            let header = json!({"alg": algorithm, "kid": public["kid"]});
            let token = token(header.clone(), &claims(json!({})), private, *algorithm);
            let own = pairs
                .iter()
                .any(|(own, key, _)| own == algorithm && key == public);
            assert_eq!(keys.verify(Scheme::Bearer, &token).is_ok(), own, "{header}");
        }
        // Without a name, nobody can say which key is meant.
        let token = token(
            json!({"alg": algorithm}),
            &claims(json!({})),
            private,
            *algorithm,
        );
        assert_eq!(
            keys.verify(Scheme::Bearer, &token),
            Err(Refused),
            "{algorithm:?}"
        );
    }
}

#[test]
fn a_public_key_is_never_taken_for_a_secret() {
    for (_, public, _) in key_pairs() {
        let keys = KeySet::parse(&json!({ "keys": [public] }).to_string()).unwrap();
        let mut secrets = vec![public.to_string().into_bytes(), Vec::new()];
        for member in ["n", "e", "x", "y"] {
            if let Some(text) = public[member].as_str() {
                secrets.push(text.as_bytes().to_vec());
                secrets.push(URL_SAFE_NO_PAD.decode(text).unwrap());
            }
        }
        for secret in secrets {
            for header in [
                json!({"alg": "HS256", "kid": public["kid"]}),
                json!({"alg": "HS256"}),
            ] {
                let key = EncodingKey::from_secret(&secret);
                let token = token(header, &claims(json!({})), &key, Algorithm::HS256);
                assert_eq!(
                    keys.verify(Scheme::Bearer, &token),
                    Err(Refused),
                    "{public}"
                );
            }
        }
    }
}

#[test]
fn a_token_without_a_key_s_name_means_the_only_key() {
    let token = signed(json!({"alg": "HS256"}), &claims(json!({})));
    assert!(keys().verify(Scheme::Bearer, &token).is_ok());

    let secret = URL_SAFE_NO_PAD.encode(SECRET);
    let nameless = format!(r#"{{"keys":[{{"kty":"oct","k":"{secret}"}}]}}"#);
    let keys = KeySet::parse(&nameless).unwrap();
    assert!(keys.verify(Scheme::Bearer, &token).is_ok());
    let named = signed(good_header(), &claims(json!({})));
    assert_eq!(keys.verify(Scheme::Bearer, &named), Err(Refused));
}
