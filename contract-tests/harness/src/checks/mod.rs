//! Pure judgements of one exchange.
//!
//! Each check answers one question, for every exchange that it applies to, refusals included. What HTTP allows is never
//! a failure, and where the document is silent a check is silent too, or leaves a note. The names are Schemathesis's,
//! the field's best-known tool.
//!
//! | check | holds when |
//! |---|---|
//! | `not_a_server_error` | there is an answer, and it is not a 5xx |
//! | `status_code_conformance` | the operation declares the status |
//! | `content_type_conformance` | the response declares the media type |
//! | `response_headers_conformance` | required headers are there, and each is valid |
//! | `response_schema_conformance` | the body is valid |
//! | `positive_data_acceptance` | a valid call is accepted |
//! | `negative_data_rejection` | a call that breaks a rule is refused |
//! | `missing_required_header` | a call without a required header is refused |
//! | `ignored_auth` | a call without sufficient credentials is refused |
//! | `unsupported_method` | an undeclared method is answered 405, with `Allow` |

mod acceptance;
mod answer;
mod credentials;
mod method;
mod rejection;
mod server_error;
mod status;

use std::fmt;

use openapi_model::{Operation, Pointer};

use crate::contract::Contract;
use crate::exchange::Exchange;

/// A named pure judgement of one exchange.
#[derive(Clone, Copy)]
pub struct Check {
    /// The name, as reports have it.
    pub name: &'static str,
    /// The judgement.
    pub run: fn(&Contract, &Exchange) -> Outcome,
}

impl fmt::Debug for Check {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

/// What a check or a law finds.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// There was nothing to judge.
    NotApplicable,
    /// The server kept the document.
    Held,
    /// The document does not say, and a person may want to know.
    Unspecified(Note),
    /// The server broke the document.
    Broken(Vec<Failure>),
}

/// What a person may want to know and nobody did wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// What was seen.
    pub message: String,
}

impl Note {
    /// A note.
    pub fn new(message: impl Into<String>) -> Note {
        Note {
            message: message.into(),
        }
    }
}

/// One way in which the server broke the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What was expected, and what was seen.
    pub message: String,
    /// The place in the document of what was expected.
    pub expected: Pointer,
    /// What tells it apart from other failures of the same check at the same place, such as a status: together they are
    /// the cause, and failures of one cause are told once.
    pub cause: String,
}

/// Every check, in the order of reports.
pub const CHECKS: [Check; 10] = [
    Check {
        name: "not_a_server_error",
        run: server_error::not_a_server_error,
    },
    Check {
        name: "status_code_conformance",
        run: status::status_code_conformance,
    },
    Check {
        name: "content_type_conformance",
        run: answer::content_type_conformance,
    },
    Check {
        name: "response_headers_conformance",
        run: answer::response_headers_conformance,
    },
    Check {
        name: "response_schema_conformance",
        run: answer::response_schema_conformance,
    },
    Check {
        name: "positive_data_acceptance",
        run: acceptance::positive_data_acceptance,
    },
    Check {
        name: "negative_data_rejection",
        run: rejection::negative_data_rejection,
    },
    Check {
        name: "missing_required_header",
        run: rejection::missing_required_header,
    },
    Check {
        name: "ignored_auth",
        run: credentials::ignored_auth,
    },
    Check {
        name: "unsupported_method",
        run: method::unsupported_method,
    },
];

/// When a check holds, in words; `None` for a law.
pub(crate) fn holds_when(name: &str) -> Option<&'static str> {
    Some(match name {
        "not_a_server_error" => "there is an answer, and it is not a 5xx",
        "status_code_conformance" => "the operation declares the status",
        "content_type_conformance" => "the response declares the media type",
        "response_headers_conformance" => "required headers are there, and each is valid",
        "response_schema_conformance" => "the body is valid",
        "positive_data_acceptance" => "a valid call is accepted",
        "negative_data_rejection" => "a call that breaks a rule is refused",
        "missing_required_header" => "a call without a required header is refused",
        "ignored_auth" => "a call without sufficient credentials is refused",
        "unsupported_method" => "an undeclared method is answered 405, with `Allow`",
        _ => return None,
    })
}

fn broken(message: impl Into<String>, expected: Pointer, cause: impl Into<String>) -> Outcome {
    Outcome::Broken(vec![Failure {
        message: message.into(),
        expected,
        cause: cause.into(),
    }])
}

fn unspecified(message: impl Into<String>) -> Outcome {
    Outcome::Unspecified(Note::new(message))
}

fn operation<'c>(contract: &'c Contract, exchange: &Exchange) -> &'c Operation {
    &contract.api().operations[exchange.case.key.operation]
}

/// Bodies and targets that a server may rightly find too long, although the document does not say so.
const LARGE_BODY: usize = 64 * 1024;
const LONG_TARGET: usize = 8_000;

/// Whether the request has a header that makes an answer depend on what the server holds (RFC 9110, section 13).
fn is_conditional(exchange: &Exchange) -> bool {
    exchange.case.headers.iter().any(|(name, _)| {
        let name = name.to_ascii_lowercase();
        name.starts_with("if-") || name == "range"
    })
}

/// Whether the request is one that a server may refuse for its size, with 413, 414 or 431.
fn is_large(exchange: &Exchange) -> bool {
    let body = exchange.request.body.as_ref().map_or(0, bytes::Bytes::len);
    let headers: usize = exchange
        .request
        .headers
        .iter()
        .map(|(n, v)| n.len() + v.len())
        .sum();
    body > LARGE_BODY || exchange.request.target.len() + headers > LONG_TARGET
}
