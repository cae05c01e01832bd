//! What an operation may be answered with: drawn from the document, for each response and each media type of it.

use std::collections::BTreeSet;

use bytes::Bytes;
use contract_harness::{Contract, SampleAnswer};
use http::StatusCode;
use openapi_model::{Operation, Response, SchemaId, StatusPattern};
use proptest::arbitrary::any;
use proptest::collection::vec;
use proptest::strategy::{BoxedStrategy, Just, Strategy};
use serde_json::Value;

use crate::arguments::concrete;
use crate::driver::Kind;
use crate::findings::runner;

/// The answers of one response with one status and one media type.
pub(crate) struct Answers {
    pub status: StatusCode,
    /// As what a caller gets them.
    pub kind: Kind,
    pub media_type: Option<String>,
    pub schema: Option<SchemaId>,
    /// Any of them.
    pub strategy: BoxedStrategy<SampleAnswer>,
    /// Those whose bodies are the boundaries of their schema.
    pub boundaries: Vec<SampleAnswer>,
}

impl Answers {
    /// What is shown of them, by a name that is theirs alone.
    pub fn subject(&self, label: &str) -> String {
        let status = self.status.as_u16();
        match &self.media_type {
            Some(media_type) => format!("{label} {status} {media_type}"),
            None => format!("{label} {status}"),
        }
    }
}

/// Every answer that an operation declares, and what of them cannot be drawn. The operation is given by its place.
pub(crate) fn answers(contract: &Contract, index: usize) -> (Vec<Answers>, Vec<String>) {
    let operation = &contract.api().operations[index];
    let mut runner = runner(0, "boundaries", 1);
    let mut all = Vec::new();
    let mut seen = BTreeSet::new();
    for strategy in contract.answers(index).0 {
        let media_type = strategy.media_type().map(str::to_owned);
        seen.insert((strategy.declared.to_string(), media_type.clone()));
        all.push(Answers {
            status: strategy.status,
            kind: kind(operation, strategy.status, strategy.declared),
            media_type,
            schema: strategy.schema(),
            boundaries: strategy.boundaries(&mut runner),
            strategy: strategy.boxed(),
        });
    }
    let mut gaps = Vec::new();
    for response in &operation.responses {
        for (name, content) in &response.content {
            let media_type = concrete(name);
            // A range is answered with one of its media types, and with JSON where it holds that.
            let names = [name.as_str(), "application/json"];
            let names = &names[..if matches!(name.as_str(), "*/*" | "application/*") {
                2
            } else {
                1
            }];
            let is_drawn = |name: &&str| {
                seen.contains(&(response.status.to_string(), Some((*name).to_owned())))
            };
            if names.iter().any(is_drawn) {
                continue;
            }
            match bare(contract, index, response) {
                Some((status, bare)) => all.push(Answers {
                    status,
                    kind: kind(operation, status, response.status),
                    strategy: with_anything(bare, &media_type),
                    media_type: Some(media_type),
                    schema: content.schema,
                    boundaries: Vec::new(),
                }),
                None => gaps.push(format!(
                    "response {}, `{name}`: its headers cannot be drawn",
                    response.status
                )),
            }
        }
    }
    (all, gaps)
}

/// The answers of a response as far as its bodies have nothing to do with them, and their status.
fn bare(
    contract: &Contract,
    index: usize,
    response: &Response,
) -> Option<(StatusCode, BoxedStrategy<SampleAnswer>)> {
    // Those of another media type of the response have its headers.
    let mut others = contract.answers(index).0.into_iter();
    if let Some(other) = others.find(|other| other.declared == response.status) {
        return Some((other.status, other.boxed()));
    }
    if response.headers.values().any(|header| header.required) {
        return None;
    }
    let described = |code: u16| {
        let status = StatusCode::from_u16(code).ok()?;
        let found = contract.api().operations[index].response(status)?;
        (found.status == response.status).then_some(status)
    };
    let status = match response.status {
        StatusPattern::Code(status) => status,
        StatusPattern::Range(digit) => described(u16::from(digit) * 100)?,
        StatusPattern::Default => [500, 400, 200].into_iter().find_map(described)?,
    };
    let nothing = SampleAnswer {
        status,
        headers: Vec::new(),
        content_type: None,
        body: None,
        bytes: Bytes::new(),
    };
    Some((status, Just(nothing).boxed()))
}

/// The answers with any text, or where the media type is none of texts, with any bytes.
fn with_anything(
    bare: BoxedStrategy<SampleAnswer>,
    media_type: &str,
) -> BoxedStrategy<SampleAnswer> {
    let is_text = ["text/", "xml", "json"]
        .iter()
        .any(|part| media_type.contains(part));
    let texts = vec(any::<char>(), 0..20).prop_map(|text| String::from_iter(text).into_bytes());
    let bytes = if is_text {
        texts.boxed()
    } else {
        vec(any::<u8>(), 0..20).boxed()
    };
    let media_type = media_type.to_owned();
    let made = (bare, bytes).prop_map(move |(bare, bytes)| SampleAnswer {
        content_type: Some(media_type.clone()),
        body: Some(Value::from(String::from_utf8_lossy(&bytes))),
        bytes: bytes.into(),
        ..bare
    });
    made.boxed()
}

/// As what a caller gets answers of that status.
fn kind(operation: &Operation, status: StatusCode, declared: StatusPattern) -> Kind {
    let is_success = |status: StatusPattern| match status {
        StatusPattern::Code(code) => code.is_success(),
        StatusPattern::Range(digit) => digit == 2,
        StatusPattern::Default => false,
    };
    let has_success = || operation.responses.iter().any(|r| is_success(r.status));
    if status.is_informational() || status.is_redirection() {
        Kind::Untyped
    } else if !status.is_success() {
        Kind::Error
    } else if declared == StatusPattern::Default && has_success() {
        Kind::Untyped
    } else {
        Kind::Success
    }
}

/// An answer as a person can read it.
pub(crate) fn shown(answer: &SampleAnswer) -> String {
    let headers: Vec<String> = answer
        .headers
        .iter()
        .map(|(name, value)| format!("{name}: {value}"))
        .collect();
    let body = String::from_utf8_lossy(&answer.bytes);
    format!("{} {} {body}", answer.status, headers.join(", "))
}
