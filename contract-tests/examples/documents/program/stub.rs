//! What the services of all documents have in common.

use std::sync::atomic::{AtomicUsize, Ordering};

use dropshot_runtime::http::{HeaderName, HeaderValue, StatusCode};
use dropshot_runtime::schema::{decode, parse_json, serde};
use dropshot_runtime::{Cause, Credential, Denial, Refusal, Rejection};

/// The one credential that is good, whatever the scheme; as HTTP Basic has it, it is `stub:stub`.
const CREDENTIAL: &str = "c3R1YjpzdHVi";

pub fn authenticate(credentials: &[Credential]) -> Result<(), Denial> {
    if credentials
        .iter()
        .all(|credential| credential.value == CREDENTIAL)
    {
        Ok(())
    } else {
        Err(Denial::Credentials)
    }
}

/// One of these texts as a value, by turns.
pub fn value<T: serde::de::DeserializeOwned>(texts: &[&str]) -> T {
    static TURN: AtomicUsize = AtomicUsize::new(0);
    let text = texts[TURN.fetch_add(1, Ordering::Relaxed) % texts.len()];
    let value = parse_json(text.as_bytes()).unwrap_or_else(|error| panic!("{text}: {error}"));
    decode(&value).unwrap_or_else(|error| panic!("no type takes the valid value {text}: {error}"))
}

/// A status that the document declares so.
pub fn status(declared: &str) -> StatusCode {
    match declared.as_bytes() {
        [b'3', b'X', b'X'] => StatusCode::FOUND,
        _ => StatusCode::OK,
    }
}

/// An answer to what is refused.
pub struct Answer {
    pub status: &'static str,
    pub content_type: &'static str,
    pub body: &'static str,
    pub headers: &'static [(&'static str, &'static str)],
}

/// The answers of each operation, by its method and path.
pub type Refusals = &'static [(&'static str, &'static [Answer])];

pub fn refuse(rejection: &Rejection, refusals: Refusals) -> Refusal {
    let codes: &[u16] = match rejection.cause {
        Cause::Host => &[400],
        Cause::UnknownPath => &[404],
        Cause::UnknownMethod(_) => &[405],
        Cause::NotImplemented => &[501],
        Cause::UriTooLong(_) => &[414, 400],
        Cause::HeadersTooLarge(_) => &[431, 400],
        Cause::Credentials(_) => &[401, 403],
        Cause::Scopes(_) => &[403, 401],
        Cause::Accept(_) => &[406],
        Cause::Path => &[400, 422, 404],
        Cause::Query | Cause::Header | Cause::Syntax => &[400, 422],
        Cause::ContentType(_) | Cause::ContentEncoding => &[415, 400],
        Cause::Size(_) => &[413],
        Cause::Body => &[400, 422],
        Cause::Slow(_) => &[408],
        Cause::Unavailable(_) | Cause::Overloaded | Cause::Stopping => &[503],
        Cause::Fault => &[500],
    };
    let operation = rejection.operation;
    let declared = |code: &&u16| {
        let status = StatusCode::from_u16(**code).ok()?;
        let found = operation?.response(status)?;
        (found.status != "default").then_some((status, found.status))
    };
    let first = StatusCode::from_u16(codes[0]).unwrap_or_default();
    let (status, name) = codes
        .iter()
        .find_map(|code| declared(&code))
        .unwrap_or((first, "default"));
    let label = operation.map(|operation| format!("{} {}", operation.method, operation.path));
    let answers = refusals
        .iter()
        .find(|(of, _)| Some(*of) == label.as_deref());
    let answer =
        answers.and_then(|(_, answers)| answers.iter().find(|answer| answer.status == name));
    let headers = answer
        .iter()
        .flat_map(|answer| answer.headers)
        .map(|(name, value)| {
            (
                HeaderName::from_static(name),
                HeaderValue::from_static(value),
            )
        });
    Refusal {
        status,
        headers: headers.collect(),
        content_type: answer.map_or("text/plain", |answer| answer.content_type),
        body: answer.map_or("", |answer| answer.body).into(),
    }
}
