//! What can go wrong, for a person to read.

use std::error::Error as _;
use std::fmt::Write as _;

use reqwest::StatusCode;

use crate::api;
use crate::types::{Error as Refusal, ErrorDocument, ErrorSource};

/// Why a call failed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no client to call with.
    #[error(transparent)]
    Connect(#[from] api::ConnectError),
    /// The request breaks a rule of the document, and was not sent. The text names each place, such as
    /// `the body at /data/attributes/name`, and what is wrong there.
    #[error("the request was not sent: {0}")]
    InvalidRequest(String),
    /// The service could not be reached, or did not answer in full.
    #[error("{}", in_words(.0))]
    Communication(#[source] reqwest::Error),
    /// The service refused the request.
    #[error("{}", refused(*.status, .document))]
    Refused {
        /// The status.
        status: StatusCode,
        /// Why: an error for every fault that was found.
        document: Box<ErrorDocument>,
    },
    /// The service gave an answer that the document does not allow.
    #[error("the answer is not as the API's document has it: {0}")]
    UnexpectedAnswer(String),
}

impl From<api::Error<ErrorDocument>> for Error {
    fn from(error: api::Error<ErrorDocument>) -> Error {
        match error {
            api::Error::InvalidRequest(message) | api::Error::Custom(message) => {
                Error::InvalidRequest(message)
            }
            api::Error::ErrorResponse(response) => Error::Refused {
                status: response.status(),
                document: Box::new(response.into_inner()),
            },
            api::Error::InvalidResponsePayload(_, error) => {
                Error::UnexpectedAnswer(error.to_string())
            }
            api::Error::UnexpectedResponse(response) => {
                Error::UnexpectedAnswer(format!("it has the status {}", response.status()))
            }
            api::Error::CommunicationError(error)
            | api::Error::ResponseBodyError(error)
            | api::Error::InvalidUpgrade(error) => Error::Communication(error),
        }
    }
}

/// What an error of the HTTP client comes down to.
fn in_words(error: &reqwest::Error) -> String {
    let place = match error.url() {
        Some(url) => format!(" at {}", url.origin().ascii_serialization()),
        None => String::new(),
    };
    if error.is_timeout() {
        return format!("the service{place} did not answer in time");
    }
    let mut cause = error.source();
    let mut text = error.to_string();
    while let Some(inner) = cause {
        text = inner.to_string();
        cause = inner.source();
    }
    if error.is_connect() {
        return format!("the service{place} cannot be reached: {text}");
    }
    format!("the service{place} did not answer: {text}")
}

/// A refusal: the status, and each of its errors.
fn refused(status: StatusCode, document: &ErrorDocument) -> String {
    let errors: Vec<String> = document.errors.iter().map(one).collect();
    let mut text = format!(
        "the service refused the request ({status}): {}",
        errors.join("; ")
    );
    if let Some(id) = document.meta.as_ref().and_then(|meta| meta.id.as_ref()) {
        let _ = write!(text, " (request {id})");
    }
    text
}

fn one(error: &Refusal) -> String {
    let mut text = error.title.clone();
    if let Some(detail) = &error.detail {
        let _ = write!(text, ": {detail}");
    }
    let ErrorSource {
        pointer,
        parameter,
        header,
    } = error.source.clone().unwrap_or_default();
    let place = pointer
        .map(|pointer| format!("at {pointer}"))
        .or_else(|| parameter.map(|name| format!("in the parameter `{name}`")))
        .or_else(|| header.map(|name| format!("in the header `{name}`")));
    if let Some(place) = place {
        let _ = write!(text, " ({place})");
    }
    text
}
