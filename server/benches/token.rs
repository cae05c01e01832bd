//! What it costs to know a caller by a token: each time by its signature, and once for all.

use std::hint::black_box;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use aws_lc_rs::encoding::{AsDer as _, Pkcs8V1Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _,
};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use criterion::{Criterion, criterion_group, criterion_main};
use events_server::keys::{KeySet, Keyring};
use events_server::token::Scheme;
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};

type Error = Box<dyn std::error::Error>;

/// A key of each kind: its algorithm, what verifies and what signs.
fn keys() -> Result<Vec<(Algorithm, Value, EncodingKey)>, Error> {
    let random = SystemRandom::new();
    let text = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);

    let secret = [7; 32];
    let hmac = json!({"kty": "oct", "k": text(&secret)});

    let ed = Ed25519KeyPair::generate_pkcs8(&random)?;
    let x = Ed25519KeyPair::from_pkcs8(ed.as_ref())?;
    let ed_public = json!({"kty": "OKP", "crv": "Ed25519", "x": text(x.public_key().as_ref())});

    let signing = &ECDSA_P256_SHA256_FIXED_SIGNING;
    let ec = EcdsaKeyPair::generate_pkcs8(signing, &random)?;
    let pair = EcdsaKeyPair::from_pkcs8(signing, ec.as_ref())?;
    let (x, y) = pair.public_key().as_ref()[1..].split_at(32);
    let ec_public = json!({"kty": "EC", "crv": "P-256", "x": text(x), "y": text(y)});

    let rsa = rsa::KeyPair::generate(rsa::KeySize::Rsa2048)?;
    let der: Pkcs8V1Der<'_> = rsa.as_der()?;
    let der = STANDARD.encode(der.as_ref());
    let pem = format!("-----BEGIN PRIVATE KEY-----\n{der}\n-----END PRIVATE KEY-----");
    let rsa = EncodingKey::from_rsa_pem(pem.as_bytes())?;
    let rsa_public = serde_json::to_value(Jwk::from_encoding_key(&rsa, Algorithm::RS256)?)?;

    Ok(vec![
        (Algorithm::HS256, hmac, EncodingKey::from_secret(&secret)),
        (
            Algorithm::EdDSA,
            ed_public,
            EncodingKey::from_ed_der(ed.as_ref()),
        ),
        (
            Algorithm::ES256,
            ec_public,
            EncodingKey::from_ec_der(ec.as_ref()),
        ),
        (Algorithm::RS256, rsa_public, rsa),
    ])
}

fn tokens(criterion: &mut Criterion) -> Result<(), Error> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
    let claims = json!({
        "iss": "https://issuer.example/", "sub": "b7f0a2c4-3f0e-4f5c-9e52-0d5f0f1c7a11", "aud": "events", "iat": now,
        "exp": now + 3600, "scope": "events.read events.write",
    });
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    for (algorithm, public, private) in keys()? {
        let token = jsonwebtoken::encode(&Header::new(algorithm), &claims, &private)?;
        let set = || KeySet::parse(&json!({ "keys": [public] }).to_string());
        let (set, ring) = (set()?, Keyring::from(set()?));
        criterion.bench_function(&format!("{algorithm:?}/verified"), |bencher| {
            bencher.iter(|| set.verify(Scheme::Bearer, black_box(&token)).is_ok());
        });
        criterion.bench_function(&format!("{algorithm:?}/remembered"), |bencher| {
            bencher.iter(|| {
                let verified = ring.verify(Scheme::Bearer, black_box(&token));
                runtime.block_on(verified).is_ok()
            });
        });
    }
    Ok(())
}

fn all(criterion: &mut Criterion) {
    if let Err(error) = tokens(criterion) {
        eprintln!("the tokens cannot be made: {error}");
        std::process::exit(2);
    }
}

criterion_group! {
    name = benches;
    config = Criterion::default()
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(1));
    targets = all
}
criterion_main!(benches);
