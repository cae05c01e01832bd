//! Answers against the document, before they are sent: for a service that wants to know.
//!
//! The types that a handler answers with leave room for what its document forbids, such as a text that is too long, and
//! a refusal is bytes that the service makes. What is checked is the answer as it is about to be sent, since only that
//! is what a caller gets; the price is that its body is parsed again, so this is off unless it is asked for. Bodies that
//! are neither JSON nor text are sent as they are.

use std::fmt;
use std::str::FromStr;

use dropshot::Body;
use http::header::CONTENT_TYPE;
use http::{Response, StatusCode};
use http_body_util::BodyExt;
use schema_check::{Direction, Violation, check, parse_json};
use serde_json::Value;

use crate::media::closeness;
use crate::refuse;
use crate::spec::{BodyForm, BodyFormat, OperationSpec, ResponseSpec};

/// What becomes of answers that break the document.
///
/// ```
/// use dropshot_runtime::ResponseChecks;
///
/// assert_eq!("fail".parse(), Ok(ResponseChecks::Fail));
/// assert_eq!(ResponseChecks::Log.to_string(), "log");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ResponseChecks {
    /// They are sent, and nobody looks at them.
    #[default]
    Off,
    /// They are sent, and the server's log has a line for each thing that is wrong: operation, status, pointer, message.
    Log,
    /// The log has these lines, and the answer is that the service has a fault ([`Cause::Fault`](crate::Cause::Fault)).
    Fail,
}

/// The names of [`ResponseChecks`].
const NAMES: [(&str, ResponseChecks); 3] = [
    ("off", ResponseChecks::Off),
    ("log", ResponseChecks::Log),
    ("fail", ResponseChecks::Fail),
];

/// A text that names no [`ResponseChecks`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("give one of off, log and fail")]
pub struct NoResponseChecks;

impl FromStr for ResponseChecks {
    type Err = NoResponseChecks;

    fn from_str(text: &str) -> Result<ResponseChecks, NoResponseChecks> {
        let found = NAMES.iter().find(|(name, _)| *name == text);
        found.map(|(_, checks)| *checks).ok_or(NoResponseChecks)
    }
}

impl fmt::Display for ResponseChecks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let found = NAMES.iter().find(|(_, checks)| checks == self);
        f.write_str(found.map_or("", |(name, _)| name))
    }
}

/// An answer on its way out.
pub(crate) enum Sent {
    /// The handler's.
    Answer(Response<Body>),
    /// The service's, to a request that it refuses. Its status may be one that the document does not declare.
    Refusal(Response<Body>),
}

impl Sent {
    pub fn into_response(self) -> Response<Body> {
        match self {
            Sent::Answer(response) | Sent::Refusal(response) => response,
        }
    }
}

/// The answer, or what is sent instead of it: `fault` makes the refusal, and where that breaks the document too, it is
/// plain.
pub(crate) async fn keep(
    checks: ResponseChecks,
    operation: &OperationSpec,
    answer: Sent,
    log: &slog::Logger,
    fault: impl FnOnce() -> Response<Body>,
) -> Response<Body> {
    let (response, is_kept) = judged(operation, answer, log).await;
    if is_kept || checks != ResponseChecks::Fail {
        return response;
    }
    match judged(operation, Sent::Refusal(fault()), log).await {
        (refusal, true) => refusal,
        (_, false) => refuse::plain(StatusCode::INTERNAL_SERVER_ERROR),
    }
}

/// The answer, and whether it keeps the document. If not, the log says why.
async fn judged(
    operation: &OperationSpec,
    answer: Sent,
    log: &slog::Logger,
) -> (Response<Body>, bool) {
    let is_refusal = matches!(answer, Sent::Refusal(_));
    let response = answer.into_response();
    let status = response.status();
    let (response, violations) = match operation.response(status) {
        // It is plain: see `refuse`.
        None if is_refusal => (response, Vec::new()),
        None => (
            response,
            vec![undeclared("the document has no such status")],
        ),
        Some(declared) => checked(declared, response).await,
    };
    for Violation {
        pointer, message, ..
    } in &violations
    {
        slog::warn!(log, "the answer breaks the document: {}", message;
            "operation" => operation.id, "status" => status.as_u16(), "pointer" => pointer);
    }
    (response, violations.is_empty())
}

/// An answer of a declared status, and what is wrong with its body.
async fn checked(
    declared: &ResponseSpec,
    response: Response<Body>,
) -> (Response<Body>, Vec<Violation>) {
    // Where the document says nothing of a body, anything will do.
    if declared.forms.is_empty() {
        return (response, Vec::new());
    }
    let content_type = response.headers().get(CONTENT_TYPE);
    let content_type = content_type.and_then(|value| value.to_str().ok());
    let content_type = content_type.unwrap_or_default();
    let Some(form) = form_of(declared.forms, content_type) else {
        let message = format!("the document has no body of `{content_type}` for this status");
        return (response, vec![undeclared(&message)]);
    };
    let (BodyFormat::Json(schema) | BodyFormat::Text(schema)) = form.format else {
        return (response, Vec::new());
    };
    let (parts, body) = response.into_parts();
    let Ok(body) = body.collect().await else {
        let violation = undeclared("its body breaks off");
        return (Response::from_parts(parts, Body::empty()), vec![violation]);
    };
    let bytes = body.to_bytes();
    let value = match form.format {
        BodyFormat::Json(_) => parse_json(&bytes).map_err(|error| format!("is not JSON: {error}")),
        _ => std::str::from_utf8(&bytes)
            .map(Value::from)
            .map_err(|_| "is not UTF-8".to_owned()),
    };
    let violations = match value {
        Ok(value) => check(schema, &value, Direction::Response),
        Err(message) => vec![undeclared(&message)],
    };
    (Response::from_parts(parts, Body::from(bytes)), violations)
}

/// The form whose media type is named most closely.
fn form_of<'s>(forms: &'s [BodyForm], content_type: &str) -> Option<&'s BodyForm> {
    let close = |form: &'s BodyForm| {
        let all = form.media_types.iter();
        let closest = all
            .filter_map(|declared| closeness(content_type, declared))
            .max();
        Some((closest?, form))
    };
    let best = forms
        .iter()
        .filter_map(close)
        .max_by_key(|(closeness, _)| *closeness);
    best.map(|(_, form)| form)
}

/// What no schema says.
fn undeclared(message: &str) -> Violation {
    Violation {
        pointer: String::new(),
        keyword: "responses",
        message: message.to_owned(),
    }
}
