//! The mock: what it answers keeps the document or breaks it as it says, and `contract mock`, as a user runs it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use bytes::Bytes;
use contract_harness::mock::{Breach, Mock, MockSettings, Reply, Wanted};
use contract_harness::{Answer, Cases, Contract, Mode, Settings, Target};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};

use crate::settings;

const DOCUMENTS: [&str; 3] = [
    include_str!("documents/wire.yaml"),
    include_str!("things.json"),
    include_str!("variety.json"),
];

const SHOP: &str = "
openapi: 3.0.3
info: { title: Shop, version: '1' }
paths:
  /things:
    get:
      operationId: listThings
      parameters: [{ name: limit, in: query, schema: { type: integer, maximum: 10 } }]
      responses:
        '200':
          description: Some of them
          content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Thing' } } } }
        '401': { description: Who is it }
        4XX: { description: No, content: { text/plain: { schema: { type: string, minLength: 1 } } } }
      security: [{ key: [] }]
    post:
      operationId: createThing
      requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/NewThing' } } } }
      responses:
        '201':
          description: Made
          content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } }
        '422': { description: No }
  /things/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: integer, minimum: 1 } }]
    get:
      operationId: getThing
      responses:
        '200':
          description: The thing
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Thing' }
              examples: { bolt: { value: { id: 1, name: bolt } }, nut: { value: { id: 2, name: nut } } }
            text/csv: { schema: { type: string }, example: 'id,name' }
        '404': { description: There is none }
    patch:
      operationId: changeThing
      requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/NewThing' } } } }
      responses:
        '200': { description: Changed, content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } }
        '404': { description: There is none }
    delete:
      operationId: deleteThing
      responses: { '204': { description: Gone }, '404': { description: There is none } }
components:
  securitySchemes: { key: { type: apiKey, in: header, name: X-Key } }
  schemas:
    NewThing:
      type: object
      required: [name]
      properties: { name: { type: string, minLength: 1 }, size: { type: integer } }
    Thing:
      type: object
      required: [id, name]
      additionalProperties: false
      properties:
        id: { type: integer, minimum: 1 }
        name: { type: string, minLength: 1 }
        size: { type: integer }
        weight: { type: number }
";

fn contract(document: &str) -> Contract {
    Contract::new(openapi_model::parse(document).unwrap()).unwrap()
}

fn shop(settings: MockSettings) -> (Contract, Mock) {
    let contract = contract(SHOP);
    let mock = Mock::new(
        &contract,
        MockSettings {
            seed: 1,
            ..settings
        },
    )
    .unwrap();
    (contract, mock)
}

fn request(method: Method, target: &str, headers: &[(&str, &str)], body: &str) -> Request<Bytes> {
    let mut request = Request::new(Bytes::from(body.to_owned()));
    *request.method_mut() = method;
    *request.uri_mut() = target.parse().unwrap();
    for (name, value) in headers {
        let name = HeaderName::from_bytes(name.as_bytes()).unwrap();
        request.headers_mut().append(name, value.parse().unwrap());
    }
    request
}

fn answer(reply: &Reply) -> Answer {
    let mut headers = HeaderMap::new();
    for (name, value) in &reply.answer.headers {
        let name = HeaderName::from_bytes(name.as_bytes()).unwrap();
        headers.append(name, HeaderValue::from_bytes(value.as_bytes()).unwrap());
    }
    if let Some(content_type) = &reply.answer.content_type {
        headers.insert("content-type", content_type.parse().unwrap());
    }
    Answer::new(reply.answer.status, headers, reply.answer.bytes.clone())
}

/// What becomes of every valid call of every document.
fn every_reply(wanted: &MockSettings, mut check: impl FnMut(&Contract, &Request<Bytes>, &Reply)) {
    for document in DOCUMENTS {
        let contract = contract(document);
        let mock = Mock::new(&contract, wanted.clone()).unwrap();
        let schemes = contract.api().security_schemes.keys();
        let target = Target {
            credentials: schemes.map(|name| (name.clone(), "secret")).collect(),
            ..Target::default()
        };
        let settings = Settings {
            cases: 20,
            ..settings(wanted.seed)
        };
        let cases = Cases::new(&contract, &target, &settings).unwrap();
        for operation in 0..contract.api().operations.len() {
            for (number, case) in cases.of(operation).enumerate() {
                if case.mode != Mode::Positive {
                    continue;
                }
                let written = cases.request(&case);
                let headers: Vec<(&str, &str)> = written
                    .headers
                    .iter()
                    .map(|(name, value)| (name.as_str(), value.as_str()))
                    .collect();
                let mut request = request(written.method.clone(), &written.target, &headers, "");
                *request.body_mut() = written.body.clone().unwrap_or_default();
                check(&contract, &request, &mock.reply("", number, &request));
            }
        }
    }
}

#[test]
fn every_answer_to_a_valid_call_is_one_that_the_document_allows() {
    for (seed, errors, is_stateful) in [(1, 0.0, false), (2, 0.5, false), (3, 0.0, true)] {
        let wanted = MockSettings {
            seed,
            errors,
            is_stateful,
            ..MockSettings::default()
        };
        let (mut successes, mut others) = (0, 0);
        every_reply(&wanted, |contract, request, reply| {
            assert_eq!((&reply.faults[..], &reply.breach), (&[][..], &None));
            let observed = contract.observe("", request, &Ok(answer(reply)));
            let broken: Vec<_> = observed
                .answer
                .iter()
                // A declared 5xx is what a server may say, and still nothing to be glad about.
                .filter(|(check, _)| *check != "not_a_server_error")
                .collect();
            assert!(broken.is_empty(), "{request:?}: {broken:?}");
            if reply.answer.status.is_success() {
                successes += 1;
            } else {
                others += 1;
            }
        });
        assert!(successes > 300, "{successes}");
        assert_eq!(others > 0, errors > 0.0 || is_stateful, "{others}");
    }
}

#[test]
fn every_answer_that_is_to_break_the_document_does() {
    let wanted = MockSettings {
        seed: 4,
        broken: 1.0,
        ..MockSettings::default()
    };
    let mut ways = std::collections::BTreeSet::new();
    every_reply(&wanted, |contract, request, reply| {
        let Some(breach) = &reply.breach else {
            return;
        };
        let text = breach.to_string();
        ways.insert(text.split('`').next().unwrap_or_default().to_owned());
        // What is cut off is whole before it is sent.
        if *breach != Breach::CutOff {
            let observed = contract.observe("", request, &Ok(answer(reply)));
            assert!(!observed.answer.is_empty(), "{text}: {request:?} {reply:?}");
        }
    });
    assert!(ways.len() >= 5, "{ways:?}");
}

#[test]
fn the_same_seed_and_number_give_the_same_answer() {
    let get = request(Method::GET, "/things", &[("X-Key", "k")], "");
    let replies = |seed: u64| -> Vec<_> {
        let wanted = MockSettings {
            seed,
            errors: 0.3,
            broken: 0.3,
            ..MockSettings::default()
        };
        let mock = Mock::new(&contract(SHOP), wanted).unwrap();
        let replies = (0..30).map(|number| mock.reply("", number, &get).answer);
        replies.collect()
    };
    assert_eq!(replies(5), replies(5));
    assert_ne!(replies(5), replies(6));
}

#[test]
fn a_request_that_breaks_the_document_is_refused_as_it_declares() {
    let (contract, mock) = shop(MockSettings::default());
    let key = ("X-Key", "k");
    let json = ("Content-Type", "application/json");
    for (method, target, headers, body, status) in [
        (Method::GET, "/parts", vec![], "", 404),
        (Method::PUT, "/things", vec![], "", 405),
        (Method::GET, "/things", vec![], "", 401),
        (Method::GET, "/things?limit=11", vec![], "", 401),
        // The range 4XX declares it.
        (Method::GET, "/things?limit=11", vec![key], "", 400),
        (
            Method::GET,
            "/things",
            vec![key, ("Accept", "image/png")],
            "",
            406,
        ),
        (Method::POST, "/things", vec![json], r#"{"name":""}"#, 422),
        (Method::POST, "/things", vec![json], "{", 422),
        (
            Method::POST,
            "/things",
            vec![("Content-Type", "text/plain")],
            "a",
            415,
        ),
    ] {
        let shown = format!("{method} {target} {headers:?} {body}");
        let request = request(method, target, &headers, body);
        let reply = mock.reply("", 0, &request);
        assert_eq!(reply.answer.status.as_u16(), status, "{shown}");
        let observed = contract.observe("", &request, &Ok(answer(&reply)));
        let is_declared = ![404, 405, 415].contains(&status);
        if is_declared {
            assert_eq!(observed.answer, [], "{shown}");
        }
        let has_allow = reply.answer.headers.iter().any(|(name, _)| name == "Allow");
        assert_eq!(has_allow, status == 405, "{shown}");
    }
}

#[test]
fn a_client_gets_the_answer_that_it_prefers() {
    let named = MockSettings {
        answers: vec![("getThing".to_owned(), "404".parse().unwrap())],
        ..MockSettings::default()
    };
    for (settings, headers, status, body) in [
        (
            MockSettings::default(),
            vec![("Prefer", "code=404")],
            404,
            "",
        ),
        (
            MockSettings::default(),
            vec![("Prefer", "example=nut")],
            200,
            r#"{"id":2,"name":"nut"}"#,
        ),
        (
            MockSettings::default(),
            vec![("Prefer", "code=200, example=bolt")],
            200,
            r#"{"id":1,"name":"bolt"}"#,
        ),
        (
            MockSettings::default(),
            vec![("Accept", "text/csv"), ("Prefer", "example=example")],
            200,
            "id,name",
        ),
        (named.clone(), vec![], 404, ""),
        (
            named,
            vec![("Prefer", "example=nut")],
            200,
            r#"{"id":2,"name":"nut"}"#,
        ),
        (
            MockSettings::default(),
            vec![("Prefer", "code=418")],
            501,
            "no response 418 is declared, or it cannot be generated; there are 200, 404\n",
        ),
        (
            MockSettings::default(),
            vec![("Prefer", "example=screw")],
            501,
            "no such response has an example `screw`; there are bolt, nut, example\n",
        ),
    ] {
        let (_, mock) = shop(settings);
        let reply = mock.reply("", 0, &request(Method::GET, "/things/7", &headers, ""));
        let text = String::from_utf8(reply.answer.bytes.to_vec()).unwrap();
        assert_eq!(
            (reply.answer.status.as_u16(), text.as_str()),
            (status, body),
            "{headers:?}"
        );
    }
}

#[test]
fn what_is_wanted_must_be_there() {
    for (operation, wanted, expected) in [
        (
            "nothing",
            "200",
            "there is no operation `nothing`; there are listThings,",
        ),
        ("getThing", "418", "getThing: no response 418 is declared"),
        ("GET /things/{id}", ":screw", "has an example `screw`"),
    ] {
        let wanted: Wanted = wanted.parse().unwrap();
        let settings = MockSettings {
            answers: vec![(operation.to_owned(), wanted)],
            ..MockSettings::default()
        };
        let error = Mock::new(&contract(SHOP), settings)
            .unwrap_err()
            .to_string();
        assert!(error.contains(expected), "{error}");
    }
}

#[test]
fn a_stateful_mock_serves_back_what_was_created() {
    let settings = MockSettings {
        is_stateful: true,
        ..MockSettings::default()
    };
    let (_, mock) = shop(settings);
    let json = ("Content-Type", "application/json");
    let call = |method: Method, target: &str, body: &Value| {
        let text = if body.is_null() {
            String::new()
        } else {
            body.to_string()
        };
        let headers = [("X-Key", "k"), json];
        let headers = if text.is_empty() {
            &headers[..1]
        } else {
            &headers[..]
        };
        let reply = mock.reply(
            "/v1",
            0,
            &request(method, &format!("/v1{target}"), headers, &text),
        );
        let location = reply
            .answer
            .headers
            .iter()
            .find(|(name, _)| name == "Location");
        let location = location.map(|(_, value)| value.clone());
        (
            reply.answer.status.as_u16(),
            reply.answer.body.unwrap_or_default(),
            location,
        )
    };
    let null = Value::Null;
    assert_eq!(call(Method::GET, "/things/1", &null).0, 404);
    assert_eq!(call(Method::GET, "/things", &null).1, json!([]));
    let (status, first, location) = call(
        Method::POST,
        "/things",
        &json!({ "name": "bolt", "size": 5 }),
    );
    assert_eq!(
        (status, &first["name"], &first["size"]),
        (201, &json!("bolt"), &json!(5))
    );
    let path = format!("/things/{}", first["id"]);
    assert_eq!(location, Some(format!("/v1{path}")));
    let (_, second, _) = call(Method::POST, "/things", &json!({ "name": "nut" }));
    assert_ne!(first["id"], second["id"]);
    assert_eq!(
        second.get("size"),
        None,
        "a client that left it out did not set it"
    );
    assert_eq!(call(Method::GET, &path, &null), (200, first.clone(), None));
    assert_eq!(
        call(Method::GET, "/things", &null).1,
        json!([first, second])
    );
    let mut changed = first.clone();
    changed["name"] = json!("screw");
    assert_eq!(
        call(Method::PATCH, &path, &json!({ "name": "screw" })).1,
        changed
    );
    assert_eq!(call(Method::GET, &path, &null).1, changed);
    assert_eq!(call(Method::DELETE, &path, &null).0, 204);
    assert_eq!(call(Method::GET, &path, &null).0, 404);
    assert_eq!(call(Method::GET, "/things", &null).1, json!([second]));
}

/// A mock that runs, and its URL.
struct Running {
    child: Child,
    address: String,
}

fn start(folder: &Path, options: &[&str]) -> Running {
    std::fs::write(folder.join("shop.yaml"), SHOP).unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_contract"))
        .current_dir(folder)
        .args([
            "mock",
            "shop.yaml",
            "--listen",
            "127.0.0.1:0",
            "--seed",
            "1",
        ])
        .args(options)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    out.read_line(&mut line).unwrap();
    child.stdout = Some(out.into_inner());
    let address = line.trim().strip_prefix("http://").unwrap().to_owned();
    Running { child, address }
}

impl Running {
    /// What comes back, to the end of the connection.
    fn get(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let head =
            format!("GET {path} HTTP/1.1\r\nHost: h\r\nX-Key: secret\r\nConnection: close\r\n\r\n");
        stream.write_all(head.as_bytes()).unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).ok();
        String::from_utf8_lossy(&bytes).into_owned()
    }

    fn stop(self) -> (Option<i32>, String) {
        kill_process(Pid::from_child(&self.child), Signal::INT).unwrap();
        let output = self.child.wait_with_output().unwrap();
        let told = [output.stdout, output.stderr].concat();
        (output.status.code(), String::from_utf8(told).unwrap())
    }
}

#[test]
fn the_exit_code_says_whether_each_request_kept_the_document() {
    let folder = tempfile::tempdir().unwrap();
    let mock = start(folder.path(), &[]);
    assert!(mock.get("/things").starts_with("HTTP/1.1 200 OK\r\n"));
    let report = mock.get("/.well-known/contract");
    assert!(report.contains("\"exchanges\": 1,"), "{report}");
    let (code, told) = mock.stop();
    assert_eq!(code, Some(0), "{told}");
    assert!(told.contains("The client broke nothing.\n"), "{told}");
    assert!(!told.contains("The server"), "{told}");

    let mock = start(folder.path(), &["--report", "json=report.json"]);
    assert!(
        mock.get("/things?limit=11")
            .contains("contract-fault: the query parameter `limit`")
    );
    let (code, told) = mock.stop();
    assert_eq!(code, Some(1), "{told}");
    assert!(
        told.contains("The client broke the document in one way."),
        "{told}"
    );
    let report = std::fs::read_to_string(folder.path().join("report.json")).unwrap();
    let report: Value = serde_json::from_str(&report).unwrap();
    assert_eq!(report["failures"][0]["operation"], "listThings");
    assert!(!report.to_string().contains("secret"));
}

#[test]
fn an_answer_that_is_cut_off_ends_before_its_length() {
    let folder = tempfile::tempdir().unwrap();
    let mock = start(folder.path(), &["--broken", "1"]);
    let is_cut = |answer: String| {
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let length = head
            .lines()
            .find_map(|line| line.strip_prefix("content-length: "));
        length.is_some_and(|length| length.parse::<usize>().unwrap() > body.len())
    };
    assert!((0..60).any(|_| is_cut(mock.get("/things/1"))));
    let (code, told) = mock.stop();
    assert_eq!(code, Some(0), "{told}");
}
