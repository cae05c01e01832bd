//! What can happen between two ends of HTTP, and whose fault it is.

use std::sync::Mutex;
use std::time::Duration;

use contract_harness::report::{Ending, Report};
use contract_harness::{Contract, Settings, Target, run};
use serde_json::json;

use crate::server::{Fault, start};
use crate::tiny::{self, Count, ONE};
use crate::{report, settings};

async fn test(document: &str, base_url: &str, settings: &Settings) -> Report {
    let contract = Contract::new(openapi_model::parse(document).unwrap()).unwrap();
    let target = Target {
        base_url: base_url.to_owned(),
        ..Target::default()
    };
    run(&contract, &target, settings, &|_| {}).await.unwrap()
}

fn valid_calls() -> Settings {
    Settings {
        phases: vec!["random".to_owned()],
        ..settings(1)
    }
}

/// What the checks make of bytes on the wire: the failures, by check and cause, and the notes.
async fn check(answers: &'static [&'static [u8]], expected: &[&str]) {
    let server = tiny::start_raw(answers).await;
    let report = test(ONE, &server.base_url, &valid_calls()).await;
    let failures = report
        .failures
        .iter()
        .map(|f| format!("{}: {}", f.check, f.message));
    let notes = report.notes.iter().map(|n| format!("note: {}", n.message));
    let found: Vec<String> = failures.chain(notes).collect();
    assert_eq!(found.len(), expected.len(), "{found:?}");
    for (found, expected) in found.iter().zip(expected) {
        assert!(found.starts_with(expected), "{found}");
    }
}

#[tokio::test]
async fn what_http_allows_on_the_wire_is_no_failure() {
    check(
        &[b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1\r\n\r\n1"],
        &[],
    )
    .await;
    check(
        &[b"HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n1"],
        &[],
    )
    .await;
    check(
        &[b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n\
            HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1\r\n\r\n1"],
        &[],
    )
    .await;
    check(
        &[b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n1\r\n0\r\n\r\n"],
        &[],
    )
    .await;
}

#[tokio::test]
async fn what_is_not_http_is_a_failure() {
    let broken = "not_a_server_error: the server gave no whole answer";
    check(&[b"HELLO\r\n\r\n"], &[broken]).await;
    check(&[b""], &[broken]).await;
    check(
        &[b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n1"],
        &[broken],
    )
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_kept_connection_that_the_server_closed_is_no_failure() {
    // It says nothing of closing, and closes after each second answer.
    let kept: &[u8] =
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1\r\n\r\n1";
    let server = tiny::start_raw(Box::leak(Box::new([kept, kept]))).await;
    let document = ONE.replace("get:", "post:").replace(
        "responses:",
        "parameters: [{name: n, in: query, schema: {type: integer}}]\n      responses:",
    );
    for workers in [1, 2] {
        let settings = Settings {
            workers,
            cases: 300,
            ..valid_calls()
        };
        let report = test(&document, &server.base_url, &settings).await;
        assert!(report.is_clean(), "{}", report.text());
        assert_eq!(report.ending, Ending::Complete);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_body_without_end_is_noted_and_not_kept() {
    let server = tiny::start(|_| tiny::answer(200, &json!("x".repeat(17 * 1024 * 1024)))).await;
    let report = test(ONE, &server.base_url, &valid_calls()).await;
    assert!(report.is_clean(), "{}", report.text());
    let notes: Vec<&str> = report
        .notes
        .iter()
        .map(|note| note.message.as_str())
        .collect();
    assert!(notes[0].starts_with("the body is longer than"), "{notes:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_is_gone_is_one_failure_and_ends_the_run() {
    let server = tiny::start(tiny::one).await;
    let base_url = server.base_url.clone();
    let server = Mutex::new(Some(server));
    // The first word of the run: it has begun.
    let progress = |_| drop(server.lock().unwrap().take());
    let document = ONE.replace(
        "responses:",
        "parameters: [{name: n, in: query, schema: {type: integer}}]\n      responses:",
    );
    let contract = Contract::new(openapi_model::parse(&document).unwrap()).unwrap();
    let target = Target {
        base_url,
        ..Target::default()
    };
    let settings = Settings {
        cases: 1_000_000,
        ..valid_calls()
    };
    let report = run(&contract, &target, &settings, &progress).await.unwrap();
    assert_eq!(report.ending, Ending::ServerGone);
    assert!(report.cases < report.planned);
    let failures: Vec<&str> = report.failures.iter().map(|f| f.message.as_str()).collect();
    assert!(failures[0].contains("it is taken for gone"), "{failures:?}");
    assert_eq!(failures.len(), 1, "{failures:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_operation_that_hangs_does_not_hang_the_others() {
    let server = start(Some(Fault::Hangs)).await;
    let settings = Settings {
        timeout: Duration::from_millis(500),
        ..settings(1)
    };
    let report = report(&server.base_url, &settings).await;
    assert_eq!(report.ending, Ending::Complete);
    let late: Vec<&str> = report
        .failures
        .iter()
        .map(|f| f.operation.as_str())
        .collect();
    assert_eq!(late, ["createThing"], "{}", report.text());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn credentials_are_asked_for_again_when_they_expire() {
    const DOCUMENT: &str = r#"
openapi: 3.0.3
info: {title: Secret, version: '1'}
components: {securitySchemes: {token: {type: http, scheme: bearer}}}
security: [{token: []}]
paths:
  /secret:
    get:
      operationId: secret
      parameters: [{name: n, in: query, schema: {type: integer}}]
      responses: {'200': {description: Yes.}, '401': {description: No.}}
"#;
    // Each token is good for twenty calls.
    let count = Count::default();
    let served = count.clone();
    let server = tiny::start(move |request| {
        let current = format!("Bearer token-{}", served.get() / 20);
        let sent = request
            .headers()
            .get("authorization")
            .map(|value| value.as_bytes());
        if sent == Some(current.as_bytes()) {
            served.next();
            return http::Response::new(Default::default());
        }
        tiny::answer(401, &json!(null))
    })
    .await;
    let contract = Contract::new(openapi_model::parse(DOCUMENT).unwrap()).unwrap();
    let mut target = Target {
        base_url: server.base_url.clone(),
        ..Target::default()
    };
    let asked = Count::default();
    let (served, asks) = (count.clone(), asked.clone());
    target.credentials.ask("token", move || {
        asks.next();
        Ok(format!("token-{}", served.get() / 20))
    });
    let settings = Settings {
        cases: 200,
        // Others that are in flight could use a fresh token up before it is sent.
        in_flight: 1,
        ..valid_calls()
    };
    let report = run(&contract, &target, &settings, &|_| {}).await.unwrap();
    assert!(report.is_clean(), "{}", report.text());
    assert!(asked.get() >= 10, "{}", asked.get());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_read_only_is_never_sent_and_what_is_write_only_must_not_come_back() {
    const DOCUMENT: &str = r#"
openapi: 3.0.3
info: {title: Users, version: '1'}
paths:
  /users:
    post:
      operationId: makeUser
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: '#/components/schemas/User'}}}
      responses:
        '201':
          description: Made.
          content: {application/json: {schema: {$ref: '#/components/schemas/User'}}}
components:
  schemas:
    User:
      type: object
      required: [id, name]
      properties:
        id: {type: integer, readOnly: true}
        name: {type: string}
        password: {type: string, writeOnly: true}
"#;
    for echoes in [false, true] {
        let sent_id = Count::default();
        let count = sent_id.clone();
        let server = tiny::start(move |request| {
            let mut user = tiny::value(request);
            if user.get("id").is_some() {
                count.next();
            }
            user["id"] = json!(1);
            if let Some(user) = user.as_object_mut().filter(|_| !echoes) {
                user.remove("password");
            }
            tiny::answer(201, &user)
        })
        .await;
        let report = test(DOCUMENT, &server.base_url, &valid_calls()).await;
        assert_eq!(sent_id.get(), 0);
        let failures: Vec<&str> = report.failures.iter().map(|f| f.check.as_str()).collect();
        let expected: &[&str] = if echoes {
            &["response_schema_conformance"]
        } else {
            &[]
        };
        assert_eq!(failures, expected, "{}", report.text());
    }
}
