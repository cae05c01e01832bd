//! Tokens and keys that are sent to wrong places: none of them is in what the program says.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use events_server::token::Scheme;

use crate::program::{Program, SECRET, credentials, token};

#[test]
fn what_is_secret_is_in_no_line_that_the_program_writes() {
    let program = Program::start(|_| {}, &["--check-responses", "log"]);
    let [bearer, service] = [Scheme::Bearer, Scheme::Service].map(token);
    let good = credentials();
    let json = "Content-Type: application/vnd.api+json\r\n";
    let bad = format!("Authorization: Bearer {bearer}x\r\nS2S-Auth-Token: {service}x\r\n");
    let mut answers = Vec::new();
    let mut send = |line: &str, headers: &str, body: &str| {
        answers.push((line.to_owned(), program.send(line, headers, body)));
    };
    send("GET /events", &good, "");
    send("GET /events", &bad, "");
    send("GET /events", &format!("Authorization: {bearer}\r\n"), "");
    send(
        "GET /events",
        &format!("Authorization: Bearer {service}\r\nS2S-Auth-Token: {bearer}\r\n"),
        "",
    );
    send(&format!("GET /events?access_token={bearer}"), &good, "");
    send(&format!("GET /events?sort={bearer}"), &good, "");
    send(&format!("GET /events/{bearer}"), &good, "");
    send(&format!("GET /{bearer}"), &good, "");
    send(&format!("DELETE /events/{bearer}"), &good, "");
    send(
        "GET /events",
        &format!("{good}X-Request-Id: {bearer}\r\n"),
        "",
    );
    send("GET /events", &format!("{good}Accept: {bearer}\r\n"), "");
    send("GET /events", &format!("{good}Cookie: {bearer}\r\n"), "");
    send(
        "POST /events",
        &format!("{good}{json}Idempotency-Key: {bearer}\r\n"),
        "{",
    );
    send(
        "POST /events",
        &format!("{good}Content-Type: {bearer}\r\n"),
        "{}",
    );
    send("POST /events", &format!("{good}{json}"), &bearer);
    send(
        "POST /events",
        &format!("{good}{json}"),
        &format!("{{\"data\":\"{bearer}\"}}"),
    );
    // What hyper does not understand.
    for text in [
        format!("GET /events HTTP/1.1\r\n{bearer}\r\n\r\n"),
        format!("{bearer} /events HTTP/1.1\r\nConnection: close\r\n\r\n"),
        format!("GET {bearer} HTTP/9.9\r\n\r\n"),
        format!("{bearer}\r\n\r\n"),
    ] {
        program.raw(text.as_bytes());
    }

    // An answer says nothing of a token but where it stands for a name that is not known.
    for (line, answer) in &answers {
        if answer.status == 401 {
            assert!(!format!("{answer:?}").contains("eyJ"), "{line}: {answer:?}");
        }
    }
    let keys = std::fs::read_to_string(program.folder.path().join("keys.json")).unwrap();
    let said = program.stop();
    let secret = URL_SAFE_NO_PAD.encode(SECRET);
    let parts = [&bearer, &service]
        .into_iter()
        .flat_map(|token| token.split('.'));
    for secret in parts.chain([secret.as_str(), keys.as_str(), "Bearer"]) {
        assert!(!said.contains(secret), "{secret} is in {said}");
    }
}
