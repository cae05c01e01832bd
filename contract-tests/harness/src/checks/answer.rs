//! What an answer holds: `content_type_conformance`, `response_headers_conformance`, `response_schema_conformance`.

use http::StatusCode;
use openapi_model::{Direction, MediaType, Response};
use serde_json::Value;

use super::{Failure, Outcome, broken, operation, unspecified};
use crate::accept;
use crate::bodies::{is_scalar, text_readings};
use crate::case::Mode;
use crate::contract::Contract;
use crate::exchange::{Answer, Exchange};
use crate::media_type;
use crate::parameters::Codec;

/// The answer and the response that describes it; `None` where none does.
fn described<'a>(
    contract: &'a Contract,
    exchange: &'a Exchange,
) -> Option<(&'a Answer, &'a Response)> {
    let answer = exchange.answer.as_ref().ok()?;
    if !exchange.case.mode.is_described() {
        return None;
    }
    Some((
        answer,
        operation(contract, exchange).response(answer.status)?,
    ))
}

/// Whether HTTP gives such an answer no body (RFC 9110, section 6.4.1).
fn has_no_body(exchange: &Exchange, status: StatusCode) -> bool {
    exchange.case.method == http::Method::HEAD
        || matches!(status, StatusCode::NO_CONTENT | StatusCode::NOT_MODIFIED)
        || status.is_informational()
}

/// The declared media type of the answer's body, and what is declared for it.
fn content<'a>(answer: &'a Answer, response: &'a Response) -> Option<(&'a String, &'a MediaType)> {
    let name = media_type::find(response.content.keys(), answer.content_type()?)?;
    Some((name, response.content.get(name)?))
}

pub(super) fn content_type_conformance(contract: &Contract, exchange: &Exchange) -> Outcome {
    let Some((answer, response)) = described(contract, exchange) else {
        return Outcome::NotApplicable;
    };
    if has_no_body(exchange, answer.status) {
        return Outcome::NotApplicable;
    }
    let status = answer.status.as_u16();
    if response.content.is_empty() {
        // No `content` describes no body; it does not forbid one.
        if answer.body.is_empty() {
            return Outcome::NotApplicable;
        }
        return unspecified(format!(
            "the answer {status} has a body, and none is declared"
        ));
    }
    let pointer = response.pointer.join("content");
    let declared: Vec<&str> = response.content.keys().map(String::as_str).collect();
    let declared = declared.join("`, `");
    match answer.content_type() {
        Some(actual) if content(answer, response).is_some() => {
            let (case, operation) = (&exchange.case, operation(contract, exchange));
            let is_judged = case.mode == Mode::Positive
                && answer.status.is_success()
                && accept::is_respected(operation);
            if !is_judged || accept::is_acceptable(&case.accept, actual) {
                return Outcome::Held;
            }
            broken(
                format!(
                    "the answer {status} is `{actual}`, and the call takes `{}` only",
                    case.accept
                ),
                operation.pointer.join("responses").join("406"),
                "accept",
            )
        }
        Some(actual) => broken(
            format!("the answer {status} is `{actual}`, and `{declared}` is declared"),
            pointer,
            actual.to_owned(),
        ),
        None => broken(
            format!("the answer {status} has no `Content-Type`, and `{declared}` is declared"),
            pointer,
            "none",
        ),
    }
}

pub(super) fn response_headers_conformance(contract: &Contract, exchange: &Exchange) -> Outcome {
    let Some((answer, response)) = described(contract, exchange) else {
        return Outcome::NotApplicable;
    };
    let mut failures = Vec::new();
    let mut judged = false;
    for (name, header) in &response.headers {
        // OpenAPI 3.0.3, "Response Object": such a definition shall be ignored.
        if name.eq_ignore_ascii_case("content-type") {
            continue;
        }
        judged = true;
        let texts: Option<Vec<&str>> = answer
            .headers
            .get_all(name)
            .iter()
            .map(|value| value.to_str().ok())
            .collect();
        let mut fail = |message: String, expected, cause: &str| {
            failures.push(Failure {
                message,
                expected,
                cause: cause.to_owned(),
            });
        };
        match texts.as_deref() {
            Some([]) if header.required => {
                let message = format!(
                    "the answer {} lacks the header `{name}`",
                    answer.status.as_u16()
                );
                fail(message, header.pointer.join("required"), "missing");
            }
            Some([]) => {}
            // What is not ASCII text is for nobody to judge.
            None => {}
            Some(texts) => {
                let Some(schema) = header.schema else {
                    continue;
                };
                let (Ok(codec), Some(validator)) = (
                    Codec::of_header(&contract.api().schemas, name, header),
                    contract.validator(schema, Direction::Response),
                ) else {
                    continue;
                };
                // Several lines of one name are one list, but for this one (RFC 9110, section 5.3).
                let lines = if name.eq_ignore_ascii_case("set-cookie") {
                    texts.iter().map(|text| (*text).to_owned()).collect()
                } else {
                    vec![texts.join(", ")]
                };
                for joined in lines {
                    let readings = codec.readings(&[(name.clone(), joined.clone())], false);
                    if readings.iter().any(|value| validator.is_valid(value)) {
                        continue;
                    }
                    let reason = readings
                        .last()
                        .and_then(|value| {
                            validator
                                .mismatches(&contract.api().schemas, value)
                                .into_iter()
                                .next()
                        })
                        .map(|mismatch| mismatch.message)
                        .unwrap_or_default();
                    let message = format!("the header `{name}: {joined}` is not valid: {reason}");
                    fail(message, header.pointer.join("schema"), "invalid");
                }
            }
        }
    }
    match (judged, failures.is_empty()) {
        (false, _) => Outcome::NotApplicable,
        (true, true) => Outcome::Held,
        (true, false) => Outcome::Broken(failures),
    }
}

pub(super) fn response_schema_conformance(contract: &Contract, exchange: &Exchange) -> Outcome {
    let Some((answer, response)) = described(contract, exchange) else {
        return Outcome::NotApplicable;
    };
    let Some((_, content)) = content(answer, response) else {
        return Outcome::NotApplicable;
    };
    if has_no_body(exchange, answer.status) {
        return Outcome::NotApplicable;
    }
    let status = answer.status.as_u16();
    let text;
    let value = match (&answer.json, answer.content_type()) {
        (Some(Ok(value)), _) => value,
        (Some(Err(reason)), _) => {
            return broken(
                format!("the body of the answer {status} is not JSON: {reason}"),
                content.pointer.clone(),
                "syntax",
            );
        }
        (None, Some(media_type)) if media_type::is_json(media_type) && answer.body.is_empty() => {
            return broken(
                format!("the answer {status} is `{media_type}` and has no body"),
                content.pointer.clone(),
                "syntax",
            );
        }
        (None, Some(media_type)) if media_type::is_text(media_type) => {
            let schemas = &contract.api().schemas;
            let is_text = content.schema.is_some_and(|id| is_scalar(schemas, id));
            let Some(readings) = text_readings(media_type, &answer.body, false).filter(|_| is_text)
            else {
                return Outcome::NotApplicable;
            };
            let validator = content
                .schema
                .and_then(|id| contract.validator(id, Direction::Response));
            let valid = |value: &&Value| validator.is_some_and(|v| v.is_valid(value));
            text = readings
                .iter()
                .find(valid)
                .or(readings.last())
                .cloned()
                .unwrap_or_default();
            &text
        }
        (None, _) => return Outcome::NotApplicable,
    };
    let Some(validator) = content
        .schema
        .and_then(|schema| contract.validator(schema, Direction::Response))
    else {
        return Outcome::NotApplicable;
    };
    // A body that is wrong in several places is told once: whoever mends the first place sees the next one.
    let mismatches = validator.mismatches(&contract.api().schemas, value);
    let Some(first) = mismatches.first() else {
        return Outcome::Held;
    };
    let more = match mismatches.len() - 1 {
        0 => String::new(),
        more => format!("; and {more} more"),
    };
    broken(
        format!(
            "the body of the answer {status} is not valid: {}{more}",
            first.message
        ),
        first.expected.clone(),
        status.to_string(),
    )
}
