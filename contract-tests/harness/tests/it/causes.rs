//! Failures are few, and each has its smallest case; and they are found again the next time.

use std::collections::BTreeSet;
use std::sync::Mutex;

use contract_harness::report::{Replayed, Report};
use contract_harness::{Contract, Regressions, Settings, Target, run};
use http::Method;
use serde_json::{Value, json};

use crate::settings;
use crate::tiny::{self, Tiny, answer, value};

/// Notes are made under a key that no two of them share, and read by their number.
const NOTES: &str = r#"
openapi: 3.0.3
info: {title: Notes, version: '1'}
security: [{token: []}]
paths:
  /notes:
    post:
      operationId: makeNote
      parameters:
        - {name: Idempotency-Key, in: header, required: true, schema: {type: string, pattern: '^[a-z]{4,30}$'}}
        - {name: draft, in: query, schema: {type: boolean}}
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [size]
              properties:
                size: {type: integer, minimum: 0, maximum: 1000}
                text: {type: string, maxLength: 30}
              additionalProperties: false
      responses:
        '201':
          description: Made.
          content: {application/json: {schema: {$ref: '#/components/schemas/Note'}}}
          links: {read: {operationId: readNote, parameters: {id: '$response.body#/id'}}}
        '400': {description: Refused.}
        '401': {$ref: '#/components/responses/Unknown'}
        '409': {description: The key was used before.}
  /notes/{id}:
    get:
      operationId: readNote
      parameters: [{name: id, in: path, required: true, schema: {type: integer, minimum: 0}}]
      responses:
        '200':
          description: The note.
          content: {application/json: {schema: {$ref: '#/components/schemas/Note'}}}
        '400': {description: Refused.}
        '401': {$ref: '#/components/responses/Unknown'}
        '404': {description: None.}
components:
  securitySchemes: {token: {type: http, scheme: bearer}}
  responses:
    Unknown:
      description: Who are you?
      headers: {WWW-Authenticate: {required: true, schema: {type: string}}}
  schemas:
    Note:
      type: object
      required: [id, size]
      properties: {id: {type: integer}, size: {type: integer}, text: {type: string}}
"#;

#[derive(Clone, Copy, PartialEq)]
enum Wrong {
    Nothing,
    /// A large note is too much for it.
    Large,
    /// A note with a text is read as something else.
    Read,
    /// A refusal lacks its header.
    NoChallenge,
    /// Any token will do.
    AnyToken,
}

async fn notes(wrong: Wrong) -> Tiny {
    let keys = Mutex::new(BTreeSet::new());
    let notes = Mutex::new(Vec::<Value>::new());
    tiny::start(move |request| {
        let header = |name: &str| {
            request
                .headers()
                .get(name)
                .map(|v| v.to_str().unwrap().to_owned())
        };
        if header("authorization").as_deref() != Some("Bearer secret") && wrong != Wrong::AnyToken {
            let mut refusal = http::Response::builder().status(401);
            if wrong != Wrong::NoChallenge {
                refusal = refusal.header("WWW-Authenticate", "Bearer");
            }
            return refusal.body(Default::default()).unwrap();
        }
        let refuse = |status: u16| {
            http::Response::builder()
                .status(status)
                .body(Default::default())
                .unwrap()
        };
        let (method, path) = (request.method(), request.uri().path());
        match (method, path.strip_prefix("/notes")) {
            (&Method::POST, Some("")) => {
                let key = header("idempotency-key").unwrap_or_default();
                let is_key =
                    (4..=30).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_lowercase());
                let query = request.uri().query().unwrap_or_default();
                let is_query = query.split('&').all(|pair| {
                    pair.split_once('=').is_none_or(|(name, text)| {
                        name != "draft" || text == "true" || text == "false"
                    })
                });
                let mut note = value(request);
                let is_json = header("content-type").is_some_and(|t| t == "application/json");
                let is_size = note["size"]
                    .as_f64()
                    .is_some_and(|n| (0.0..=1000.0).contains(&n) && n.fract() == 0.0);
                let is_text = note
                    .get("text")
                    .is_none_or(|t| t.as_str().is_some_and(|t| t.chars().count() <= 30));
                let known = |name: &String| name == "size" || name == "text";
                let is_closed = note.as_object().is_some_and(|note| note.keys().all(known));
                if !(is_key && is_json && is_query && is_size && is_text && is_closed) {
                    return refuse(400);
                }
                if !keys.lock().unwrap().insert(key) {
                    return refuse(409);
                }
                if wrong == Wrong::Large && note["size"].as_f64() > Some(500.0) {
                    return refuse(500);
                }
                let mut notes = notes.lock().unwrap();
                note["id"] = json!(notes.len());
                notes.push(note.clone());
                answer(201, &note)
            }
            (&Method::GET | &Method::HEAD, Some(rest)) if rest.starts_with('/') => {
                let notes = notes.lock().unwrap();
                match rest[1..].parse::<usize>() {
                    Ok(id) if id < notes.len() => match &notes[id] {
                        note if wrong == Wrong::Read && note.get("text").is_some() => {
                            answer(200, &json!("?"))
                        }
                        note => answer(200, note),
                    },
                    Ok(_) => refuse(404),
                    Err(_) if rest[1..].bytes().all(|b| b.is_ascii_digit()) => refuse(404),
                    Err(_) => refuse(400),
                }
            }
            _ => answer(405, &Value::Null),
        }
    })
    .await
}

async fn test(document: &str, server: &Tiny, settings: &Settings) -> Report {
    let contract = Contract::new(openapi_model::parse(document).unwrap()).unwrap();
    let target = Target {
        base_url: server.base_url.clone(),
        credentials: [("token", "secret")].into(),
    };
    run(&contract, &target, settings, &|_| {}).await.unwrap()
}

fn body(text: Option<&String>) -> Value {
    serde_json::from_str(text.unwrap()).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_takes_a_key_once_keeps_its_document() {
    for seed in 0..20 {
        let server = notes(Wrong::Nothing).await;
        let report = test(
            NOTES,
            &server,
            &Settings {
                cases: 20,
                ..settings(seed)
            },
        )
        .await;
        assert!(report.is_clean(), "seed {seed}:\n{}", report.text());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn keys_that_are_taken_once_do_not_stop_a_failure_from_shrinking() {
    let server = notes(Wrong::Large).await;
    let settings = Settings {
        phases: vec!["random".to_owned()],
        ..settings(5)
    };
    let report = test(NOTES, &server, &settings).await;
    let failure = &report.failures[0];
    assert_eq!(
        (report.failures.len(), failure.check.as_str()),
        (1, "not_a_server_error")
    );
    assert_eq!(
        body(failure.step.request.body.as_ref()),
        json!({"size": 501})
    );
    assert_eq!(failure.step.request.target, "/notes");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_check_that_fails_in_the_middle_of_a_law_shrinks_as_a_sequence() {
    let server = notes(Wrong::Read).await;
    let settings = Settings {
        phases: vec!["laws".to_owned()],
        ..settings(5)
    };
    let report = test(NOTES, &server, &settings).await;
    let failure = report
        .failures
        .iter()
        .find(|failure| failure.check == "response_schema_conformance")
        .unwrap();
    assert_eq!(failure.operation, "readNote");
    assert_eq!(failure.before.len(), 1);
    let made = body(failure.before[0].request.body.as_ref());
    assert_eq!(made, json!({"size": 0, "text": ""}), "{}", report.text());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_all_operations_share_is_broken_once() {
    let check = async |wrong: Wrong, check: &str, operations: &[&str]| {
        let server = notes(wrong).await;
        let report = test(NOTES, &server, &settings(5)).await;
        let failures: Vec<_> = report
            .failures
            .iter()
            .map(|f| (f.check.as_str(), f.operations.clone()))
            .collect();
        let operations: Vec<String> = operations.iter().map(|name| (*name).to_owned()).collect();
        assert_eq!(failures, [(check, operations)], "{}", report.text());
    };
    let both = ["makeNote", "readNote"];
    check(Wrong::NoChallenge, "response_headers_conformance", &both).await;
    check(Wrong::AnyToken, "ignored_auth", &both).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_that_no_operation_takes_is_one_failure() {
    let server = tiny::start(|_| {
        http::Response::builder()
            .status(401)
            .header("WWW-Authenticate", "Bearer")
            .body(Default::default())
            .unwrap()
    })
    .await;
    let report = test(NOTES, &server, &settings(5)).await;
    let failures: Vec<_> = report
        .failures
        .iter()
        .map(|f| (f.check.as_str(), f.expected.as_str()))
        .collect();
    assert_eq!(
        failures,
        [("positive_data_acceptance", "#/security")],
        "{}",
        report.text()
    );
    assert_eq!(report.failures[0].operations.len(), 2);
}

/// Only what failed before is sent.
fn only(regressions: &Regressions) -> Settings {
    Settings {
        regressions: regressions.clone(),
        phases: vec!["methods".to_owned()],
        run_id: "next".to_owned(),
        ..settings(6)
    }
}

fn verdicts(report: &Report) -> Vec<&Replayed> {
    report
        .replayed
        .iter()
        .map(|replay| &replay.verdict)
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_failed_is_sent_first_the_next_time() {
    for wrong in [Wrong::Large, Wrong::Read, Wrong::AnyToken] {
        let server = notes(wrong).await;
        // One after the other, that the first note is the same each time, and has a text.
        let in_order = Settings {
            in_flight: 1,
            ..settings(5)
        };
        let report = test(NOTES, &server, &in_order).await;
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("regressions.json");
        report.regressions.write(&path).unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(!text.contains("secret"), "{text}");
        let kept = Regressions::read(&path).unwrap();
        assert_eq!(kept, report.regressions);
        assert_eq!(kept.cases.len(), report.failures.len());

        // On the same server, whose keys are used: it fails as it did, and stays what it was.
        let again = test(NOTES, &server, &only(&kept)).await;
        assert!(
            verdicts(&again)
                .iter()
                .all(|verdict| **verdict == Replayed::Fails),
            "{again:?}"
        );
        assert_eq!(
            again.failures.len(),
            report.failures.len(),
            "{}",
            again.text()
        );
        let calls = |regressions: &Regressions| -> Vec<_> {
            let mut calls: Vec<_> = regressions
                .cases
                .iter()
                .map(|case| (case.check.clone(), case.calls.len()))
                .collect();
            calls.sort();
            calls
        };
        assert_eq!(calls(&again.regressions), calls(&kept));

        let mended = notes(Wrong::Nothing).await;
        let report = test(NOTES, &mended, &only(&kept)).await;
        assert!(report.is_clean(), "{}", report.text());
        let is_mended = |verdict: &&Replayed| **verdict == Replayed::Mended;
        assert!(
            verdicts(&report).iter().any(is_mended),
            "{:?}",
            report.replayed
        );
        assert!(!verdicts(&report).contains(&&Replayed::Fails));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_no_case_any_more_is_dropped_and_says_why() {
    let server = notes(Wrong::Large).await;
    let report = test(NOTES, &server, &settings(5)).await;
    let kept = report.regressions;
    let check = async |document: String, expected: &str| {
        let report = test(&document, &server, &only(&kept)).await;
        let [Replayed::Dropped(reason)] = verdicts(&report)[..] else {
            panic!("{:?}", report.replayed);
        };
        assert!(reason.contains(expected), "{reason}");
        assert_eq!(report.regressions.cases.len(), 0);
    };
    check(NOTES.replace("makeNote", "addNote"), "no such operation").await;
    check(
        NOTES.replace("maximum: 1000", "maximum: 400"),
        "does not allow it any more",
    )
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_could_not_be_judged_is_kept() {
    let server = notes(Wrong::Large).await;
    let report = test(NOTES, &server, &settings(5)).await;
    let left_out = Settings {
        exclude: vec!["makeNote".to_owned()],
        ..only(&report.regressions)
    };
    let next = test(NOTES, &server, &left_out).await;
    assert!(
        matches!(verdicts(&next)[..], [Replayed::Kept(_)]),
        "{:?}",
        next.replayed
    );
    assert_eq!(next.regressions, report.regressions);
}
