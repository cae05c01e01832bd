//! The other side of HTTP: what a client sends is judged, and what it must understand is generated.

use contract_harness::Contract;
use http::{HeaderMap, HeaderValue, Method};
use openapi_model::StatusPattern;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;

use crate::contract;

fn check(
    method: Method,
    target: &str,
    headers: &[(&'static str, &str)],
    body: &str,
    expected: &[&str],
) {
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        map.append(*name, HeaderValue::from_str(value).unwrap());
    }
    let failures = contract().check_request(&method, target, &map, body.as_bytes());
    let places: Vec<String> = failures.iter().map(|f| f.expected.to_string()).collect();
    assert_eq!(places, expected, "{method} {target} {body}: {failures:?}");
}

const CALLER: [(&str, &str); 2] = [("authorization", "bearer abc"), ("x-key", "def")];
const JSON: [(&str, &str); 4] = [
    CALLER[0],
    CALLER[1],
    ("content-type", "application/json"),
    ("request-tag", "abcd"),
];

#[test]
fn requests_that_keep_the_document_have_no_fault() {
    check(Method::GET, "/things", &CALLER, "", &[]);
    check(
        Method::GET,
        "/things?limit=5&colors=red,blue",
        &CALLER,
        "",
        &[],
    );
    check(Method::GET, "/things?colors=red%2Cblue", &CALLER, "", &[]);
    check(Method::GET, "/things/42", &CALLER, "", &[]);
    check(Method::POST, "/things", &JSON, r#"{"name": "a"}"#, &[]);
}

#[test]
fn every_part_of_a_request_is_judged() {
    let thing = "#/paths/~1things/post";
    check(Method::GET, "/nothing", &CALLER, "", &["#/paths"]);
    check(Method::PUT, "/things", &CALLER, "", &["#/paths/~1things"]);
    check(
        Method::GET,
        "/things/abc",
        &CALLER,
        "",
        &["#/paths/~1things~1{id}/parameters/0/schema/type"],
    );
    check(
        Method::GET,
        "/things?limit=51",
        &CALLER,
        "",
        &["#/paths/~1things/get/parameters/0/schema/maximum"],
    );
    check(
        Method::GET,
        "/things?limit=5&limit=6",
        &CALLER,
        "",
        &["#/paths/~1things/get/parameters/0"],
    );
    check(
        Method::GET,
        "/things?size=5",
        &CALLER,
        "",
        &["#/paths/~1things/get/parameters"],
    );
    check(Method::GET, "/things", &CALLER[..1], "", &["#/security"]);
    check(
        Method::POST,
        "/things",
        &JSON[..3],
        r#"{"name": "a"}"#,
        &[&format!("{thing}/parameters/0")],
    );
    check(
        Method::POST,
        "/things",
        &JSON,
        "{",
        &[&format!("{thing}/requestBody/content/application~1json")],
    );
    check(
        Method::POST,
        "/things",
        &JSON,
        "{}",
        &["#/components/schemas/NewThing/required"],
    );
    check(
        Method::POST,
        "/things",
        &JSON,
        r#"{"name": "a", "count": 101, "more": 1}"#,
        &[
            "#/components/schemas/NewThing/properties/count/maximum",
            "#/components/schemas/NewThing/additionalProperties",
        ],
    );
    let other = [
        CALLER[0],
        CALLER[1],
        ("content-type", "text/plain"),
        ("request-tag", "abcd"),
    ];
    check(
        Method::POST,
        "/things",
        &other,
        "x",
        &[&format!("{thing}/requestBody/content")],
    );
}

#[test]
fn answers_are_generated_for_every_declared_response() {
    let contract: Contract = contract();
    let index = contract
        .api()
        .operations
        .iter()
        .position(|o| o.id.as_deref() == Some("createThing"))
        .unwrap();
    let (strategies, gaps) = contract.answers(index);
    assert_eq!(gaps, []);
    let declared: Vec<String> = strategies.iter().map(|s| s.declared.to_string()).collect();
    assert_eq!(declared, ["201", "400", "401", "406", "415", "422"]);
    let mut runner = TestRunner::deterministic();
    for strategy in &strategies {
        for _ in 0..20 {
            let answer = strategy.new_tree(&mut runner).unwrap().current();
            assert_eq!(StatusPattern::Code(answer.status), strategy.declared);
            assert_eq!(answer.content_type.as_deref(), Some("application/json"));
            let body = answer.body.unwrap();
            assert!(
                body.get("reason").is_some() || body.get("id").is_some(),
                "{body}"
            );
            let located = answer
                .headers
                .iter()
                .any(|(name, text)| name == "Location" && text.starts_with("/things/"));
            assert_eq!(located, answer.status.as_u16() == 201);
        }
    }
}
