//! Answers that break the document, to see how a client takes them.

use std::fmt;

use bytes::Bytes;
use http::StatusCode;
use indexmap::IndexMap;
use openapi_model::{MediaType, Operation};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use proptest_schema::Violations;

use crate::answers::SampleAnswer;
use crate::media_type;
use crate::seed::below;

/// How an answer breaks the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Breach {
    /// The body breaks one rule of its schema.
    Rule {
        /// The keyword.
        keyword: String,
        /// The place in the body.
        pointer: String,
    },
    /// The body is no JSON.
    Syntax,
    /// The connection ends before the body does.
    CutOff,
    /// The media type is not declared.
    MediaType,
    /// The status is not declared.
    Status(StatusCode),
}

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Breach::Rule { keyword, pointer } if pointer.is_empty() => {
                write!(f, "the body breaks `{keyword}`")
            }
            Breach::Rule { keyword, pointer } => {
                write!(f, "the body breaks `{keyword}` at {pointer}")
            }
            Breach::Syntax => f.write_str("the body is no JSON"),
            Breach::CutOff => f.write_str("the connection ends before the body does"),
            Breach::MediaType => f.write_str("the media type is not declared"),
            Breach::Status(status) => write!(f, "the status {} is not declared", status.as_u16()),
        }
    }
}

/// A media type that nobody declares, unless every one is.
const UNDECLARED: &str = "chemical/x-undeclared";

/// What can be done to an answer.
#[derive(Clone, Copy)]
enum Way {
    Rule,
    Syntax,
    CutOff,
    MediaType,
    Status(StatusCode),
}

/// Breaks an answer in one way; leaves it where there is none.
pub(super) fn breach(
    operation: &Operation,
    violations: Option<&Violations>,
    answer: SampleAnswer,
    runner: &mut TestRunner,
) -> (SampleAnswer, Option<Breach>) {
    let is_json = answer
        .content_type
        .as_deref()
        .is_some_and(media_type::is_json);
    let mut ways = Vec::new();
    if is_json && violations.is_some_and(|violations| !violations.rules().is_empty()) {
        // The ways of a schema are many.
        ways.extend([Way::Rule; 3]);
    }
    if is_json {
        ways.push(Way::Syntax);
    }
    if !answer.bytes.is_empty() {
        ways.push(Way::CutOff);
    }
    let declared = operation
        .response(answer.status)
        .map(|response| &response.content);
    let is_undeclared = |content: &IndexMap<String, MediaType>| {
        !content.is_empty() && media_type::find(content.keys(), UNDECLARED).is_none()
    };
    if !answer.bytes.is_empty() && declared.is_some_and(is_undeclared) {
        ways.push(Way::MediaType);
    }
    let undeclared = [418, 203, 409, 500]
        .into_iter()
        .filter_map(|code| StatusCode::from_u16(code).ok())
        .find(|status| operation.response(*status).is_none());
    ways.extend(undeclared.map(Way::Status));
    if ways.is_empty() {
        return (answer, None);
    }
    let (answer, breach) = broken(ways[below(runner, ways.len())], violations, answer, runner);
    (answer, Some(breach))
}

fn broken(
    way: Way,
    violations: Option<&Violations>,
    answer: SampleAnswer,
    runner: &mut TestRunner,
) -> (SampleAnswer, Breach) {
    match way {
        Way::Rule => match violations.and_then(|violations| violations.new_tree(runner).ok()) {
            Some(tree) => {
                let violation = tree.current();
                let bytes = Bytes::from(violation.value.to_string());
                let body = Some(violation.value);
                let breach = Breach::Rule {
                    keyword: violation.keyword.to_owned(),
                    pointer: violation.pointer,
                };
                (
                    SampleAnswer {
                        body,
                        bytes,
                        ..answer
                    },
                    breach,
                )
            }
            None => broken(Way::Syntax, None, answer, runner),
        },
        Way::Syntax => {
            let mut bytes = answer.bytes.to_vec();
            bytes.extend(b",]");
            let bytes = Bytes::from(bytes);
            (SampleAnswer { bytes, ..answer }, Breach::Syntax)
        }
        Way::CutOff => (answer, Breach::CutOff),
        Way::MediaType => {
            let content_type = Some(UNDECLARED.to_owned());
            (
                SampleAnswer {
                    content_type,
                    ..answer
                },
                Breach::MediaType,
            )
        }
        Way::Status(status) => (SampleAnswer { status, ..answer }, Breach::Status(status)),
    }
}
