//! Tokens that must not let anybody in, each by the same answer.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use events_server::token::{Issuer, Scheme};
use jsonwebtoken::{Algorithm, EncodingKey};
use serde_json::{Value, json};

use crate::program::{Answer, ISSUER, Program, SECRET, credentials, token};

/// A token with a header and claims that are changed, signed as good ones are.
fn forged(header: Value, claims: Value, secret: &[u8]) -> String {
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap()
        .as_secs();
    let mut all = [
        json!({"alg": "HS256", "kid": ISSUER}),
        json!({
            "iss": ISSUER, "sub": "eve", "aud": "events", "exp": now + 600,
            "scope": "events.read events.write",
        }),
    ];
    for (object, change) in all.iter_mut().zip([header, claims]) {
        for (name, value) in change.as_object().unwrap() {
            object[name] = value.clone();
        }
    }
    let [header, claims] = all.map(|part| URL_SAFE_NO_PAD.encode(part.to_string()));
    let message = format!("{header}.{claims}");
    let key = EncodingKey::from_secret(secret);
    let signature = jsonwebtoken::crypto::sign(message.as_bytes(), &key, Algorithm::HS256).unwrap();
    format!("{message}.{signature}")
}

/// The headers of a request with these tokens.
fn with(bearer: &str, service: &str) -> String {
    format!("Authorization: Bearer {bearer}\r\nS2S-Auth-Token: {service}\r\n")
}

/// What is tried, and the headers that try it.
fn attacks() -> Vec<(String, String)> {
    let [bearer, service] = [Scheme::Bearer, Scheme::Service].map(token);
    let none = json!({});
    let expired = json!({"exp": 1_000_000_000});
    let own = |header: Value| with(&forged(header, json!({}), &[9; 32]), &service);
    let header = |header: Value| with(&forged(header, json!({}), &SECRET), &service);
    let claims = |claims: Value| with(&forged(json!({}), claims, &SECRET), &service);
    let parts: Vec<&str> = bearer.split('.').collect();
    let mut attacks = vec![
        ("nothing", String::new()),
        (
            "the caller's token alone",
            format!("Authorization: Bearer {bearer}\r\n"),
        ),
        (
            "the service's token alone",
            format!("S2S-Auth-Token: {service}\r\n"),
        ),
        ("each token in the other's place", with(&service, &bearer)),
        ("the caller's token in both places", with(&bearer, &bearer)),
        (
            "the service's token in both places",
            with(&service, &service),
        ),
        (
            "a scheme that is not declared",
            with(&bearer, &service).replace("Bearer", "Basic"),
        ),
        ("no scheme", with(&bearer, &service).replace("Bearer ", "")),
        ("a scheme without a token", with("", &service)),
        ("an empty service token", with(&bearer, "")),
        (
            "the scheme twice",
            with(&format!("Bearer {bearer}"), &service),
        ),
        (
            "two tokens in one header",
            with(&format!("{bearer}, {bearer}"), &service),
        ),
        ("quotes", with(&format!("\"{bearer}\""), &service)),
        (
            "a header twice",
            with(&bearer, &service) + &format!("Authorization: Bearer {bearer}\r\n"),
        ),
        (
            "a header twice, another token",
            with(&bearer, &service) + "S2S-Auth-Token: x\r\n",
        ),
        (
            "bytes that are no text",
            with(&format!("{bearer}\u{e9}"), &service),
        ),
        (
            "a token in a cookie",
            format!("Cookie: access_token={bearer}; S2S-Auth-Token={service}\r\n"),
        ),
        (
            "another signature",
            with(
                &format!("{}.{}.{}", parts[0], parts[1], "A".repeat(43)),
                &service,
            ),
        ),
        (
            "no signature",
            with(&format!("{}.{}.", parts[0], parts[1]), &service),
        ),
        (
            "two parts",
            with(&format!("{}.{}", parts[0], parts[1]), &service),
        ),
        ("padding", with(&format!("{bearer}="), &service)),
        (
            "more behind it",
            with(&format!("{bearer}.{}", parts[2]), &service),
        ),
        (
            "a large token",
            claims(json!({"padding": "x".repeat(9000)})),
        ),
        (
            "a service that has expired",
            with(
                &bearer,
                &forged(
                    none.clone(),
                    json!({"aud": "events-s2s", "exp": 1}),
                    &SECRET,
                ),
            ),
        ),
        (
            "a key of one's own in `jwk`",
            own(json!({"jwk": {"kty": "oct", "k": URL_SAFE_NO_PAD.encode([9; 32])}})),
        ),
        (
            "a key of one's own in `jku`",
            own(json!({"jku": "http://127.0.0.1:1/keys"})),
        ),
        (
            "a key of one's own in `x5u`",
            own(json!({"x5u": "http://127.0.0.1:1/chain"})),
        ),
        (
            "an extension that must be understood",
            header(json!({"crit": ["b64"], "b64": false})),
        ),
        (
            "an empty secret",
            with(&forged(none.clone(), none.clone(), &[]), &service),
        ),
        (
            "the text of the key's file as the secret",
            with(
                &forged(
                    none,
                    json!({}),
                    Issuer::new(ISSUER, SECRET).to_jwk_set().as_bytes(),
                ),
                &service,
            ),
        ),
        ("a token that has expired", claims(expired)),
        (
            "a token of the future",
            claims(json!({"nbf": 99_999_999_999_u64})),
        ),
        (
            "an expiry that is a text",
            claims(json!({"exp": "99999999999"})),
        ),
        ("an expiry that is null", claims(json!({"exp": null}))),
        ("another audience", claims(json!({"aud": "somebody"}))),
        (
            "both audiences",
            claims(json!({"aud": ["events", "events-s2s"]})),
        ),
        (
            "an audience that is an object",
            claims(json!({"aud": {"events": true}})),
        ),
        ("another issuer", claims(json!({"iss": "eve"}))),
        ("no issuer", claims(json!({"iss": null}))),
        ("an empty subject", claims(json!({"sub": ""}))),
        (
            "a scope that is an array",
            claims(json!({"scope": ["events.read"]})),
        ),
    ]
    .into_iter()
    .map(|(name, headers)| (name.to_owned(), headers))
    .collect::<Vec<_>>();
    for algorithm in [
        "none", "None", "NONE", "nOnE", "", "HS384", "HS512", "RS256", "ES256", "EdDSA",
    ] {
        attacks.push((
            format!("the algorithm {algorithm:?}"),
            header(json!({"alg": algorithm})),
        ));
    }
    for id in [
        "other",
        "",
        "TEST",
        "../../../dev/null",
        "keys.json",
        "' OR 1=1 --",
        "test\u{0}",
        "https://eve.example/",
    ] {
        attacks.push((format!("the key {id:?}"), header(json!({"kid": id}))));
    }
    attacks
}

#[test]
fn every_attack_is_refused_and_no_refusal_says_why() {
    let program = Program::start(|_| {}, &["--issuer", ISSUER]);
    assert_eq!(program.send("GET /events", &credentials(), "").status, 200);
    let expected = program.send("GET /events", "", "").constant();
    assert_eq!(
        (expected.status, expected.code().as_str()),
        (401, "unauthorized")
    );
    for (name, headers) in attacks() {
        let answer = program.send("GET /events", &headers, "").constant();
        assert_eq!(answer, expected, "{name}");
    }
    // Neither did they spoil it for those who may.
    assert_eq!(program.send("GET /events", &credentials(), "").status, 200);
}

#[test]
fn tokens_are_for_the_audiences_that_the_server_was_given() {
    let [caller, service] = ["https://events.example", "https://events.example/s2s"];
    let arguments = ["--audience", caller, "--service-audience", service];
    let program = Program::start(|_| {}, &arguments);
    let check = |bearer: &str, of_service: &str, status: u16| {
        let token = |audience: &str| forged(json!({}), json!({"aud": audience}), &SECRET);
        let headers = with(&token(bearer), &token(of_service));
        let answer = program.send("GET /events", &headers, "");
        assert_eq!(answer.status, status, "{bearer} and {of_service}");
    };
    check(caller, service, 200);
    check(service, caller, 401);
    check(caller, caller, 401);
    check(service, service, 401);
    check("events", "events-s2s", 401);
    check(caller, "events-s2s", 401);
    check("events", service, 401);
}

#[test]
fn without_a_token_nothing_is_learned_of_what_there_is() {
    let program = Program::serving();
    let body = r#"{"data":{"type":"event","attributes":{"name":"a"}}}"#;
    let post = "Content-Type: application/vnd.api+json\r\n";
    let made = program.send("POST /events", &(credentials() + post), body);
    assert_eq!(made.status, 201, "{made:?}");
    let read = program.send("GET /events/1", &credentials(), "");
    let tag = &read
        .headers
        .iter()
        .find(|(name, _)| name == "etag")
        .unwrap()
        .1;

    let refused = |line: &str, headers: &str, body: &str| -> Answer {
        let answer = program.send(line, headers, body).constant();
        assert_eq!(answer.status, 401, "{line} {headers} {body}");
        answer
    };
    let expected = refused("GET /events/1", "", "");
    for (line, headers) in [
        ("GET /events/2", String::new()),
        ("GET /events/1", format!("If-None-Match: {tag}\r\n")),
        ("GET /events/1", "If-None-Match: *\r\n".to_owned()),
        ("GET /events/1", "Accept: text/html\r\n".to_owned()),
        ("GET /events/one", String::new()),
        ("GET /events/1?unknown=1", String::new()),
        ("GET /events?page[size]=0", String::new()),
        ("GET /events?access_token=x", String::new()),
        ("POST /events", "Idempotency-Key: k\r\n".to_owned()),
        ("POST /events", "Content-Type: text/html\r\n".to_owned()),
    ] {
        assert_eq!(refused(line, &headers, ""), expected, "{line} {headers}");
    }
    for body in ["{", body, &"x".repeat(2 << 20)] {
        assert_eq!(refused("POST /events", post, body), expected, "{body:.80}");
    }
}

#[test]
fn a_key_that_is_replaced_is_replaced_while_the_program_runs() {
    let program = Program::serving();
    let [bearer, service] = [Scheme::Bearer, Scheme::Service].map(token);
    let old = with(&bearer, &service);
    let status = |headers: &str| program.send("GET /events", headers, "").status;
    assert_eq!(status(&old), 200);

    let next = Issuer::new("next", [8; 32]);
    let lifetime = Duration::from_secs(600);
    let new = with(
        &next
            .issue(Scheme::Bearer, "ada", &["events.read"], lifetime)
            .unwrap(),
        &next.issue(Scheme::Service, "crm", &[], lifetime).unwrap(),
    );
    assert_eq!(status(&new), 401);
    std::fs::write(program.folder.path().join("keys.json"), next.to_jwk_set()).unwrap();
    let deadline = Instant::now() + Duration::from_secs(30);
    while status(&new) != 200 {
        assert!(Instant::now() < deadline, "the new key is not known");
        std::thread::sleep(Duration::from_millis(20));
    }
    assert_eq!(status(&old), 401, "it was remembered");
    let said = program.stop();
    assert!(
        said.contains("the keys have changed: tokens are verified with 1 key now"),
        "{said}"
    );
}
