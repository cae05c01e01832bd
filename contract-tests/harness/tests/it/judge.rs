//! The judge is fair: what each check says of an answer to a case of each kind.

use std::time::{Duration, SystemTime};

use bytes::Bytes;
use contract_harness::{
    Answer, CHECKS, Case, CaseKey, Exchange, Fault, Mode, NoAnswer, Oddity, Outcome, Phase, Place,
    Request, Violation,
};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};

use crate::contract;

/// A call to an operation, and its answer.
struct Situation {
    operation: &'static str,
    method: Option<Method>,
    mode: Mode,
    unknown_id: bool,
    headers: Headers,
    /// Status, headers and body.
    answer: Option<(u16, Headers, &'static str)>,
}

type Headers = Vec<(&'static str, &'static str)>;

const JSON: (&str, &str) = ("content-type", "application/json");
const REFUSAL: &str = r#"{"reason": "no"}"#;

fn call(operation: &'static str, mode: Mode) -> Situation {
    Situation {
        operation,
        method: None,
        mode,
        unknown_id: false,
        headers: Vec::new(),
        answer: None,
    }
}

fn breaking(place: Place, keyword: &str) -> Mode {
    Mode::Negative(Violation {
        keyword: keyword.to_owned(),
        place,
        rule: openapi_model::Pointer::root(),
        what: None,
    })
}

impl Situation {
    fn unknown(self) -> Situation {
        Situation {
            unknown_id: true,
            ..self
        }
    }

    fn method(self, method: Method) -> Situation {
        Situation {
            method: Some(method),
            ..self
        }
    }

    fn header(mut self, name: &'static str, value: &'static str) -> Situation {
        self.headers.push((name, value));
        self
    }

    fn answered(
        self,
        status: u16,
        headers: &[(&'static str, &'static str)],
        body: &'static str,
    ) -> Situation {
        Situation {
            answer: Some((status, headers.to_vec(), body)),
            ..self
        }
    }

    fn refused(self, status: u16) -> Situation {
        self.answered(status, &[JSON], REFUSAL)
    }

    /// What each check that says anything says.
    fn verdicts(&self) -> Vec<String> {
        let contract = contract();
        let operations = &contract.api().operations;
        let index = operations
            .iter()
            .position(|o| o.id.as_deref() == Some(self.operation))
            .unwrap();
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        let method = self
            .method
            .clone()
            .unwrap_or_else(|| operations[index].method.clone());
        let headers: Vec<_> = self.headers.iter().map(owned).collect();
        let exchange = Exchange {
            case: Case {
                key: CaseKey {
                    operation: index,
                    phase: Phase::Random,
                    index: 0,
                },
                mode: self.mode.clone(),
                unknown_id: self.unknown_id,
                method: method.clone(),
                template: operations[index].path.clone(),
                path: Vec::new(),
                query: Vec::new(),
                headers: headers.clone(),
                cookies: Vec::new(),
                accept: headers
                    .iter()
                    .find(|(name, _)| name == "accept")
                    .map_or("*/*".to_owned(), |(_, value)| value.clone()),
                credentials: Vec::new(),
                body: None,
                origins: Vec::new(),
            },
            host: "localhost".into(),
            base: "".into(),
            request: Request {
                method,
                target: operations[index].path.clone(),
                headers,
                body: None,
            },
            answer: match &self.answer {
                None => Err(NoAnswer::TimedOut(Duration::from_secs(10))),
                Some((status, headers, body)) => {
                    let headers: HeaderMap = headers
                        .iter()
                        .map(|(n, v)| (HeaderName::from_static(n), HeaderValue::from_static(v)))
                        .collect();
                    let status = StatusCode::from_u16(*status).unwrap();
                    Ok(Answer::new(
                        status,
                        headers,
                        Bytes::from_static(body.as_bytes()),
                    ))
                }
            },
            started: SystemTime::UNIX_EPOCH,
            elapsed: Duration::ZERO,
        };
        let verdict = |outcome| match outcome {
            Outcome::NotApplicable => None,
            Outcome::Held => Some("held"),
            Outcome::Unspecified(_) => Some("open"),
            Outcome::Broken(_) => Some("broken"),
        };
        CHECKS
            .iter()
            .filter_map(|check| {
                Some(format!(
                    "{} {}",
                    check.name,
                    verdict((check.run)(&contract, &exchange))?
                ))
            })
            // What an answer holds is judged by itself.
            .filter(|text| {
                !(text.ends_with("held")
                    && (text.contains("_conformance") || text.contains("server_error")))
            })
            .collect()
    }
}

#[test]
fn the_judge_is_fair() {
    let body = || Place::Body("/name".to_owned());
    let id = || Place::Path("id".to_owned());
    let missing = Fault::Missing("keyAuth".to_owned());
    let rows: Vec<(&str, Situation, &[&str])> = vec![
        // Valid calls.
        (
            "a valid call accepted",
            call("listThings", Mode::Positive).answered(200, &[JSON], "[]"),
            &["positive_data_acceptance held"],
        ),
        (
            "a valid call refused",
            call("createThing", Mode::Positive).refused(422),
            &["positive_data_acceptance broken"],
        ),
        (
            "a valid call without permission",
            call("createThing", Mode::Positive).refused(401),
            &["positive_data_acceptance broken"],
        ),
        (
            "a thing that was not shown",
            call("getThing", Mode::Positive).unknown().refused(404),
            &["positive_data_acceptance held"],
        ),
        (
            "a thing that was shown",
            call("getThing", Mode::Positive).refused(404),
            &["positive_data_acceptance broken"],
        ),
        (
            "a number as id that is called malformed",
            call("getThing", Mode::Positive).unknown().refused(400),
            &[
                "status_code_conformance broken",
                "positive_data_acceptance broken",
            ],
        ),
        (
            "a server that asks for fewer calls",
            call("listThings", Mode::Positive).refused(429),
            &[
                "status_code_conformance open",
                "positive_data_acceptance open",
            ],
        ),
        (
            "a conditional call",
            call("listThings", Mode::Positive)
                .header("If-None-Match", "*")
                .answered(304, &[], ""),
            &[
                "status_code_conformance open",
                "positive_data_acceptance held",
            ],
        ),
        (
            "an unconditional 304",
            call("listThings", Mode::Positive).answered(304, &[], ""),
            &[
                "status_code_conformance broken",
                "positive_data_acceptance held",
            ],
        ),
        // Errors of the server.
        (
            "a 500",
            call("listThings", Mode::Positive).refused(500),
            &["not_a_server_error broken"],
        ),
        (
            "a 503 that says when to come back",
            call("listThings", Mode::Positive).answered(503, &[("retry-after", "1")], ""),
            &["not_a_server_error open", "status_code_conformance open"],
        ),
        (
            "no answer",
            call("listThings", Mode::Positive),
            &["not_a_server_error broken"],
        ),
        // Calls that break a rule.
        (
            "a broken rule refused",
            call("createThing", breaking(body(), "maxLength")).refused(422),
            &["negative_data_rejection held"],
        ),
        (
            "a broken rule accepted",
            call("deleteThing", breaking(id(), "type")).answered(204, &[], ""),
            &["negative_data_rejection broken"],
        ),
        (
            "a broken id not found",
            call("getThing", breaking(id(), "type")).refused(404),
            &["negative_data_rejection held"],
        ),
        (
            "another rule at an id that was not shown",
            call("getThing", breaking(body(), "type"))
                .unknown()
                .refused(404),
            &["negative_data_rejection open"],
        ),
        (
            "a broken rule and other credentials",
            call("createThing", breaking(body(), "type")).refused(401),
            &["negative_data_rejection open"],
        ),
        (
            "an answer of a type that the call does not take",
            call("createThing", Mode::Positive)
                .header("accept", "application/json;q=0, */*")
                .answered(
                    201,
                    &[JSON, ("location", "/things/1")],
                    r#"{"id": 1, "name": "a"}"#,
                ),
            &[
                "content_type_conformance broken",
                "positive_data_acceptance held",
            ],
        ),
        (
            "such an answer where no 406 is declared",
            call("listThings", Mode::Positive)
                .header("accept", "text/html")
                .answered(200, &[JSON], "[]"),
            &["positive_data_acceptance held"],
        ),
        (
            "a 406 to a call that takes the only type",
            call("createThing", Mode::Positive)
                .header("accept", "application/*")
                .refused(406),
            &["positive_data_acceptance broken"],
        ),
        (
            "an undeclared 406",
            call(
                "listThings",
                breaking(Place::Header("Accept".to_owned()), "content"),
            )
            .refused(406),
            &[
                "status_code_conformance open",
                "negative_data_rejection held",
            ],
        ),
        (
            "an undeclared 415",
            call(
                "listThings",
                breaking(Place::Header("Content-Type".to_owned()), "content"),
            )
            .refused(415),
            &[
                "status_code_conformance open",
                "negative_data_rejection held",
            ],
        ),
        (
            "a missing header refused",
            call(
                "createThing",
                breaking(Place::Header("Request-Tag".to_owned()), "required"),
            )
            .refused(400),
            &["missing_required_header held"],
        ),
        (
            "an unknown query name accepted",
            call("listThings", Mode::Odd(Oddity::UnknownQueryName)).answered(200, &[JSON], "[]"),
            &["negative_data_rejection open"],
        ),
        (
            "an unknown query name refused",
            call("listThings", Mode::Odd(Oddity::UnknownQueryName)).refused(400),
            &["negative_data_rejection open"],
        ),
        // Credentials.
        (
            "no key refused",
            call("getThing", Mode::Credentials(missing.clone())).refused(401),
            &["ignored_auth held"],
        ),
        (
            "no key refused with 404",
            call("getThing", Mode::Credentials(missing.clone())).refused(404),
            &["ignored_auth held"],
        ),
        (
            "no key at an id that was not shown",
            call("getThing", Mode::Credentials(missing.clone()))
                .unknown()
                .refused(404),
            &["ignored_auth open"],
        ),
        (
            "no key accepted",
            call("listThings", Mode::Credentials(missing)).answered(200, &[JSON], "[]"),
            &["ignored_auth broken"],
        ),
        (
            "a key twice",
            call(
                "listThings",
                Mode::Credentials(Fault::Twice("keyAuth".to_owned())),
            )
            .answered(200, &[JSON], "[]"),
            &["ignored_auth open"],
        ),
        // Methods.
        (
            "an undeclared method refused",
            call("listThings", Mode::UndeclaredMethod)
                .method(Method::PUT)
                .answered(405, &[("allow", "GET")], ""),
            &["unsupported_method held"],
        ),
        (
            "an undeclared method refused without Allow",
            call("listThings", Mode::UndeclaredMethod)
                .method(Method::PUT)
                .refused(405),
            &["unsupported_method broken"],
        ),
        (
            "an undeclared method not implemented",
            call("listThings", Mode::UndeclaredMethod)
                .method(Method::PUT)
                .answered(501, &[], ""),
            &["unsupported_method held"],
        ),
        (
            "an undeclared method not found",
            call("listThings", Mode::UndeclaredMethod)
                .method(Method::PUT)
                .refused(404),
            &["unsupported_method open"],
        ),
        (
            "an undeclared method accepted",
            call("listThings", Mode::UndeclaredMethod)
                .method(Method::PUT)
                .answered(200, &[], ""),
            &["unsupported_method broken"],
        ),
        (
            "HEAD beside GET",
            call("listThings", Mode::UndeclaredMethod)
                .method(Method::HEAD)
                .answered(200, &[JSON], ""),
            &[],
        ),
        (
            "OPTIONS",
            call("listThings", Mode::UndeclaredMethod)
                .method(Method::OPTIONS)
                .answered(204, &[], ""),
            &[],
        ),
        // What an answer holds.
        (
            "another media type",
            call("listThings", Mode::Positive).answered(200, &[("content-type", "text/html")], "x"),
            &[
                "content_type_conformance broken",
                "positive_data_acceptance held",
            ],
        ),
        (
            "a media type with a parameter",
            call("listThings", Mode::Positive).answered(
                200,
                &[("content-type", "application/json; charset=utf-8")],
                "[]",
            ),
            &["positive_data_acceptance held"],
        ),
        (
            "no media type",
            call("listThings", Mode::Positive).answered(200, &[], "[]"),
            &[
                "content_type_conformance broken",
                "positive_data_acceptance held",
            ],
        ),
        (
            "a body where none is declared",
            call("deleteThing", Mode::Positive).answered(200, &[JSON], "{}"),
            &[
                "status_code_conformance broken",
                "positive_data_acceptance held",
            ],
        ),
        (
            "no JSON",
            call("listThings", Mode::Positive).answered(200, &[JSON], "["),
            &[
                "response_schema_conformance broken",
                "positive_data_acceptance held",
            ],
        ),
        (
            "no body",
            call("listThings", Mode::Positive).answered(200, &[JSON], ""),
            &[
                "response_schema_conformance broken",
                "positive_data_acceptance held",
            ],
        ),
        (
            "a compressed body",
            call("listThings", Mode::Positive).answered(
                200,
                &[JSON, ("content-encoding", "gzip")],
                "\u{1f}",
            ),
            &["positive_data_acceptance held"],
        ),
        (
            "a refusal of another form",
            call("listThings", Mode::Positive)
                .unknown()
                .answered(400, &[JSON], "{}"),
            &[
                "response_schema_conformance broken",
                "positive_data_acceptance broken",
            ],
        ),
        (
            "a required header missing",
            call("createThing", Mode::Positive).answered(201, &[JSON], r#"{"id": 1, "name": "a"}"#),
            &[
                "response_headers_conformance broken",
                "positive_data_acceptance held",
            ],
        ),
        (
            "a header of another form",
            call("createThing", Mode::Positive).answered(
                201,
                &[JSON, ("location", "http://x")],
                r#"{"id": 1, "name": "a"}"#,
            ),
            &[
                "response_headers_conformance broken",
                "positive_data_acceptance held",
            ],
        ),
    ];
    let mut unfair = Vec::new();
    for (name, situation, expected) in rows {
        let found = situation.verdicts();
        if found != expected {
            unfair.push(format!("{name}: {found:?}, expected {expected:?}"));
        }
    }
    assert!(unfair.is_empty(), "{}", unfair.join("\n"));
}
