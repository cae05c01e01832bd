//! Traffic between others: what each side broke, told once, without secrets; and `contract replay`, as a user runs it.

use std::path::Path;
use std::process::{Command, Output};

use bytes::Bytes;
use contract_harness::traffic::Side;
use contract_harness::{Answer, Contract, NoAnswer, Traffic};
use http::{HeaderMap, HeaderValue, Method, Request, StatusCode};
use serde_json::{Value, json};

const DOCUMENT: &str = "
openapi: 3.0.3
info: { title: Shop, version: '1' }
servers: [{ url: 'https://shop.example.com/v1' }]
paths:
  /things:
    get:
      operationId: listThings
      parameters:
        - { name: limit, in: query, schema: { type: integer, maximum: 10 } }
      security: [{ key: [] }]
      responses:
        '200':
          description: Some of them
          content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Thing' } } } }
    post:
      operationId: createThing
      requestBody:
        required: true
        content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } }
      responses:
        '201': { description: Made }
components:
  securitySchemes:
    key: { type: apiKey, in: query, name: key }
  schemas:
    Thing:
      type: object
      required: [name]
      properties: { name: { type: string, minLength: 1 }, size: { type: integer } }
";

fn shop() -> Contract {
    Contract::new(openapi_model::parse(DOCUMENT).unwrap()).unwrap()
}

fn request(method: Method, target: &str, body: &str) -> Request<Bytes> {
    let mut request = Request::new(Bytes::from(body.to_owned()));
    *request.method_mut() = method;
    *request.uri_mut() = target.parse().unwrap();
    if !body.is_empty() {
        let json = HeaderValue::from_static("application/json");
        request.headers_mut().insert("content-type", json);
    }
    request
}

fn answer(status: u16, body: &str) -> Result<Answer, NoAnswer> {
    let mut headers = HeaderMap::new();
    if !body.is_empty() {
        headers.insert("content-type", HeaderValue::from_static("application/json"));
    }
    let status = StatusCode::from_u16(status).unwrap();
    Ok(Answer::new(status, headers, Bytes::from(body.to_owned())))
}

#[test]
fn each_side_is_told_what_it_broke() {
    let list = |query: &str| request(Method::GET, &format!("/v1/things{query}"), "");
    let post = |body: &str| request(Method::POST, "/v1/things", body);
    let whole = r#"[{"name":"a"}]"#;
    let none: [(Side, &str); 0] = [];
    let check = |request: Request<Bytes>, answer, expected: &[(Side, &str)]| {
        let contract = shop();
        let mut traffic = Traffic::new(&contract, "http://localhost/v1/").unwrap();
        let faults = traffic.add(&request, &answer);
        let told: Vec<(Side, &str)> = faults
            .iter()
            .map(|f| (f.side, f.message.as_str()))
            .collect();
        assert_eq!(told.len(), expected.len(), "{told:?}");
        for ((side, message), (expected_side, words)) in told.iter().zip(expected) {
            assert_eq!(side, expected_side, "{message}");
            assert!(message.contains(words), "{message}");
        }
    };
    check(list("?key=k"), answer(200, whole), &none);
    check(list("?limit=10&key=k"), answer(200, "[]"), &none);
    // What HTTP has for everybody, and what may have been provoked, is nobody's fault.
    check(
        request(Method::HEAD, "/v1/things?key=k", ""),
        answer(200, ""),
        &none,
    );
    check(list("?key=wrong"), answer(401, ""), &none);
    check(
        list("?limit=11&key=k"),
        answer(200, whole),
        &[(Side::Client, "query parameter `limit`")],
    );
    check(
        list(""),
        answer(200, whole),
        &[(Side::Client, "credentials for key")],
    );
    check(
        list("?colour=red&key=k"),
        answer(200, whole),
        &[(Side::Client, "no query parameter `colour`")],
    );
    check(
        list("?key=k"),
        answer(200, r#"[{"size":"1"}]"#),
        &[(Side::Server, "the body of the answer 200 is not valid")],
    );
    check(list("?key=k"), answer(500, ""), &[(Side::Server, "500")]);
    check(
        list("?key=k"),
        answer(302, ""),
        &[(Side::Server, "answered 302")],
    );
    check(
        list("?key=k"),
        Err(NoAnswer::Broken("it hung up".to_owned())),
        &[(Side::Server, "it hung up")],
    );
    check(post(r#"{"name":"a"}"#), answer(201, ""), &none);
    check(
        post(r#"{"name":""}"#),
        answer(400, ""),
        &[
            (Side::Client, "the body is not valid"),
            (Side::Server, "answered 400"),
        ],
    );
    check(
        request(Method::PUT, "/v1/things", ""),
        answer(204, ""),
        &[
            (Side::Client, "has no PUT"),
            (Side::Server, "PUT on `/things` is not declared"),
        ],
    );
    check(
        request(Method::GET, "/v1/parts", ""),
        answer(204, ""),
        &[(Side::Client, "no path of the document fits `/parts`")],
    );
}

#[test]
fn a_cause_is_told_once_and_without_secrets() {
    let contract = shop();
    let mut traffic = Traffic::new(&contract, "http://localhost/v1").unwrap();
    for limit in [11, 12] {
        let target = format!("/v1/things?limit={limit}&key=secret-{limit}");
        let said = format!(r#"[{{"name":"you sent secret-{limit}"}}]"#);
        traffic.add(&request(Method::GET, &target, ""), &answer(200, &said));
    }
    let report = traffic.report();
    let [only] = report.failures.as_slice() else {
        panic!("{}", report.text());
    };
    assert_eq!((only.side, only.failure.seen), (Side::Client, 2));
    assert_eq!(
        only.failure.step.curl,
        r#"curl -i 'http://localhost/v1/things?limit=11&key='"$KEY""#
    );
    let mut json = Vec::new();
    report.write_json(&mut json).unwrap();
    for told in [report.text(), String::from_utf8(json).unwrap()] {
        assert!(!told.contains("secret-"), "{told}");
        assert!(told.contains("listThings"), "{told}");
    }
    let met = &report.operations[0].responses[0];
    assert!(
        met.rules
            .iter()
            .any(|rule| rule.keyword == "minLength" && rule.met)
    );
    assert!(report.text().contains("never called: createThing"));
}

fn replay(folder: &Path, entries: &[Value], options: &[&str]) -> Output {
    std::fs::write(folder.join("shop.yaml"), DOCUMENT).unwrap();
    let archive = json!({ "log": { "version": "1.2", "entries": entries } });
    std::fs::write(folder.join("a.har"), archive.to_string()).unwrap();
    Command::new(env!("CARGO_BIN_EXE_contract"))
        .current_dir(folder)
        .args(["replay", "shop.yaml", "a.har"])
        .args(options)
        .output()
        .unwrap()
}

fn recorded(url: &str, status: u16, body: &str) -> Value {
    json!({
        "request": { "method": "GET", "url": url, "headers": [] },
        "response": {
            "status": status,
            "headers": [{ "name": "Content-Type", "value": "application/json" }],
            "content": { "size": body.len(), "text": body },
        },
    })
}

#[test]
fn an_archive_is_judged_and_the_exit_code_says_whose_fault_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let fine = recorded("https://shop.example.com/v1/things?key=k", 200, "[]");
    let client = recorded("https://shop.example.com/v1/things", 200, "[]");
    let server = recorded("https://shop.example.com/v1/things?key=k", 200, "{}");
    let other = recorded("https://other.example.com/a.js", 200, "");
    let unknown = recorded("https://shop.example.com/v1/none", 404, "");
    let unread =
        json!({ "request": { "method": "GET", "url": "a b" }, "response": { "status": 200 } });
    let url = ["--url", "https://shop.example.com/v1"];
    let check = |entries: &[&Value], options: &[&str], code: i32, words: &str| {
        let entries: Vec<Value> = entries.iter().copied().cloned().collect();
        let output = replay(folder.path(), &entries, options);
        let told = [output.stdout, output.stderr].concat();
        let told = String::from_utf8(told).unwrap();
        assert_eq!(output.status.code(), Some(code), "{told}");
        assert!(told.contains(words), "{words} is missing in\n{told}");
    };
    check(
        &[&fine, &other],
        &[],
        0,
        "1 exchanges; 1 more are none of the document's",
    );
    check(
        &[&fine, &client],
        &[],
        1,
        "1. client: request_conformance in listThings",
    );
    check(
        &[&fine, &client],
        &["--fail-on", "server"],
        0,
        "The server broke nothing.",
    );
    check(
        &[&server],
        &["--fail-on", "client"],
        0,
        "The client broke nothing.",
    );
    check(
        &[&server],
        &[],
        1,
        "The server broke the document in one way.",
    );
    check(&[&fine, &unknown], &[], 0, "1 more are none");
    check(
        &[&fine, &unknown],
        &url,
        1,
        "no path of the document fits `/none`",
    );
    check(&[&fine, &unread], &[], 2, "/log/entries/1: `a b` is no URL");
    check(
        &[&other],
        &[],
        2,
        "no exchange of the archive is the document's",
    );
    check(
        &[],
        &["--report", "junit=a.xml"],
        2,
        "reported as json=PATH only",
    );
    check(
        &[&client],
        &["--report", "json=-"],
        1,
        "\"side\": \"client\"",
    );
}
