//! Calls by name: what a program needs that knows the operations of a document only when it runs.

use std::fmt;
use std::future::Future;

use progenitor_client::{Error, ResponseValue};
use reqwest::StatusCode;
use reqwest::header::HeaderMap;
use schema_check::serde::Serialize;
use schema_check::serde::de::DeserializeOwned;
use schema_check::serde_json::{self, Map, Value};

use super::answer::{BodyStream, find};
use super::body::covers;
use super::header::HeaderError;
use super::operation::{Format, Operation};

/// What an operation is called with.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Arguments {
    /// The parameters by their names in the document. Where two of an operation have one name, it is the place and the
    /// name, such as `query:id`.
    pub parameters: Map<String, Value>,
    /// The request body. Bytes are a text, or the list of their numbers.
    pub body: Option<Value>,
    /// Which of the media types of the document the body is. Without it, it is the first in JSON, or where there is none,
    /// the first of all.
    pub content_type: Option<String>,
}

/// What an operation was answered, as far as the typed client has it: headers and body are what their types are written
/// as.
#[derive(Clone, Debug, PartialEq)]
pub struct Reply {
    /// As what the builder gave it.
    pub kind: ReplyKind,
    /// The status.
    pub status: StatusCode,
    /// The headers as they came.
    pub headers: HeaderMap,
    /// Those that the document declares, by their names there.
    pub typed_headers: Map<String, Value>,
    /// The body, where the document declares one. Bytes are the list of their numbers.
    pub body: Option<Value>,
}

/// As what a builder gives an answer that the document declares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReplyKind {
    /// The result of the call.
    Success,
    /// `Error::ErrorResponse`, with its type.
    Error,
    /// `Error::UnexpectedResponse`: there is no type for it.
    Untyped,
}

/// Why a call has no reply.
#[derive(Debug)]
pub enum CallError {
    /// The client has no operation of that `operationId`.
    UnknownOperation(String),
    /// An argument is missing, not known, or none that its type can hold.
    Argument {
        /// The parameter, or `body`.
        name: String,
        /// What is wrong with it.
        message: String,
    },
    /// The document does not allow the request, which was not sent.
    InvalidRequest(String),
    /// There was no answer, or not all of it.
    Communication(reqwest::Error),
    /// The document does not allow the answer.
    InvalidAnswer(String),
    /// The document declares no answer of that status.
    UndeclaredStatus(StatusCode),
}

impl fmt::Display for CallError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CallError::UnknownOperation(id) => write!(f, "there is no operation `{id}`"),
            CallError::Argument { name, message } => write!(f, "the argument `{name}`: {message}"),
            CallError::InvalidRequest(message) => write!(f, "the request is not valid: {message}"),
            CallError::Communication(error) => write!(f, "there is no answer: {error}"),
            CallError::InvalidAnswer(message) => write!(f, "the answer is not valid: {message}"),
            CallError::UndeclaredStatus(status) => write!(f, "the answer {status} is not declared"),
        }
    }
}

impl std::error::Error for CallError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            CallError::Communication(error) => Some(error),
            _ => None,
        }
    }
}

/// The arguments that are still to be taken.
pub struct Given(Arguments);

impl Given {
    /// Starts with all arguments.
    pub fn new(arguments: Arguments) -> Given {
        Given(arguments)
    }

    /// The value of a parameter that need not be there.
    pub fn optional<T: DeserializeOwned>(&mut self, name: &str) -> Result<Option<T>, CallError> {
        let value = self.0.parameters.remove(name);
        value.map(|value| decode(name, value)).transpose()
    }

    /// The value of a parameter that must be there.
    pub fn required<T: DeserializeOwned>(&mut self, name: &str) -> Result<T, CallError> {
        self.optional(name)?.ok_or_else(|| missing(name))
    }

    /// Whether there is a body.
    pub fn has_body(&self) -> bool {
        self.0.body.is_some()
    }

    /// Which of the forms of a body it is, each of them with its media types, and the media type where one was given.
    /// Without one, it is the form at `usual`.
    pub fn form(
        &mut self,
        forms: &[&[&str]],
        usual: usize,
    ) -> Result<(usize, Option<String>), CallError> {
        let Some(content_type) = self.0.content_type.take() else {
            return Ok((usual, None));
        };
        let essence = content_type.split(';').next().unwrap_or_default();
        let media_type = essence.trim().to_ascii_lowercase();
        let mut found = None;
        for (index, form) in forms.iter().enumerate() {
            let closeness = form.iter().filter_map(|range| covers(range, &media_type));
            let closeness = closeness.max();
            if closeness > found.map(|(closeness, _)| closeness) {
                found = closeness.map(|closeness| (closeness, index));
            }
        }
        match found {
            Some((_, index)) => Ok((index, Some(content_type))),
            None => {
                let declared = forms.concat().join("` or `");
                Err(CallError::Argument {
                    name: "content_type".to_owned(),
                    message: format!("`{content_type}` is not `{declared}`"),
                })
            }
        }
    }

    /// The body, which must be there.
    pub fn body<T: DeserializeOwned>(&mut self) -> Result<T, CallError> {
        let value = self.0.body.take().ok_or_else(|| missing("body"))?;
        decode("body", value)
    }

    /// Refuses what nobody has taken.
    pub fn finish(self) -> Result<(), CallError> {
        let Arguments {
            parameters,
            body,
            content_type,
        } = self.0;
        let name = parameters.into_iter().next().map(|(name, _)| name);
        let name = name.or_else(|| body.map(|_| "body".to_owned()));
        match name.or_else(|| content_type.map(|_| "content_type".to_owned())) {
            None => Ok(()),
            Some(name) => {
                let message = "the operation has none of that name".to_owned();
                Err(CallError::Argument { name, message })
            }
        }
    }
}

fn decode<T: DeserializeOwned>(name: &str, value: Value) -> Result<T, CallError> {
    serde_json::from_value(value).map_err(|error| CallError::Argument {
        name: name.to_owned(),
        message: error.to_string(),
    })
}

fn missing(name: &str) -> CallError {
    CallError::Argument {
        name: name.to_owned(),
        message: "is missing".to_owned(),
    }
}

/// A body as a value, where there is one.
pub type Written = Result<Option<Value>, CallError>;

/// The headers that a response declares as values, by the response's place in the document.
pub type ReadHeaders = fn(usize, &HeaderMap) -> Result<Map<String, Value>, HeaderError>;

/// No headers.
pub fn no_headers(_: usize, _: &HeaderMap) -> Result<Map<String, Value>, HeaderError> {
    Ok(Map::new())
}

/// A typed result as a reply; `ok` and `err` say how the types of its body are written, and `read` its headers.
///
/// # Errors
/// There was no answer, or none that the document allows.
pub async fn reply<T, E, A, B>(
    operation: &Operation,
    result: Result<ResponseValue<T>, Error<E>>,
    ok: fn(T) -> A,
    err: fn(E) -> B,
    read: ReadHeaders,
) -> Result<Reply, CallError>
where
    A: Future<Output = Written>,
    B: Future<Output = Written>,
{
    let made = |kind, status: StatusCode, headers: HeaderMap, body| {
        let Some((place, _)) = operation.response(status.as_u16()) else {
            return Err(CallError::UndeclaredStatus(status));
        };
        let typed_headers = read(place, &headers);
        Ok(Reply {
            kind,
            status,
            typed_headers: typed_headers.map_err(|e| CallError::InvalidAnswer(e.to_string()))?,
            headers,
            body,
        })
    };
    match result {
        Ok(response) => {
            let (status, headers) = (response.status(), response.headers().clone());
            let body = ok(response.into_inner()).await?;
            made(ReplyKind::Success, status, headers, body)
        }
        Err(Error::ErrorResponse(response)) => {
            let (status, headers) = (response.status(), response.headers().clone());
            let body = err(response.into_inner()).await?;
            made(ReplyKind::Error, status, headers, body)
        }
        Err(Error::UnexpectedResponse(response)) => {
            let (status, headers) = (response.status(), response.headers().clone());
            let Some((_, declared)) = operation.response(status.as_u16()) else {
                return Err(CallError::UndeclaredStatus(status));
            };
            // A redirection: progenitor has no types for those.
            let content = find(declared.content, &headers).map_err(CallError::InvalidAnswer)?;
            let bytes = response.bytes().await.map_err(CallError::Communication)?;
            let body = match content.map(|(_, content)| content.format) {
                None => None,
                Some(Format::Json(_)) => {
                    let value = serde_json::from_slice(&bytes);
                    Some(value.map_err(|e| CallError::InvalidAnswer(e.to_string()))?)
                }
                Some(Format::Text(_)) => Some(String::from_utf8_lossy(&bytes).into()),
                Some(Format::Stream) => Some(Value::from(bytes.to_vec())),
            };
            made(ReplyKind::Untyped, status, headers, body)
        }
        Err(Error::InvalidRequest(message) | Error::Custom(message)) => {
            Err(CallError::InvalidRequest(message))
        }
        Err(
            Error::CommunicationError(error)
            | Error::ResponseBodyError(error)
            | Error::InvalidUpgrade(error),
        ) if error.is_builder() => Err(CallError::InvalidRequest(error.to_string())),
        Err(
            Error::CommunicationError(error)
            | Error::ResponseBodyError(error)
            | Error::InvalidUpgrade(error),
        ) => Err(CallError::Communication(error)),
        Err(Error::InvalidResponsePayload(_, error)) => {
            Err(CallError::InvalidAnswer(error.to_string()))
        }
    }
}

/// A body that has a type.
pub async fn typed<T: Serialize>(body: T) -> Written {
    let value = serde_json::to_value(body);
    value
        .map(Some)
        .map_err(|error| CallError::InvalidAnswer(error.to_string()))
}

/// No body.
pub async fn empty((): ()) -> Written {
    Ok(None)
}

/// A body that is read as it comes.
pub async fn bytes(body: BodyStream) -> Written {
    let bytes = body.bytes().await.map_err(CallError::Communication)?;
    Ok(Some(bytes.into()))
}

#[cfg(test)]
mod tests {
    use schema_check::serde_json::json;

    use super::*;

    fn given() -> Given {
        let mut parameters = Map::new();
        parameters.insert("id".to_owned(), json!(5));
        Given::new(Arguments {
            parameters,
            body: Some(json!("b")),
            content_type: None,
        })
    }

    #[test]
    fn arguments_are_taken_by_name_and_type() {
        let mut given = given();
        assert_eq!(given.optional::<String>("other").unwrap(), None);
        assert_eq!(given.required::<i64>("id").unwrap(), 5);
        assert_eq!(given.body::<String>().unwrap(), "b");
        given.finish().unwrap();
    }

    #[test]
    fn what_is_missing_wrong_or_left_over_is_told() {
        let told = |result: Result<String, CallError>| result.unwrap_err().to_string();
        assert_eq!(told(given().required("x")), "the argument `x`: is missing");
        assert_eq!(
            told(given().required("id")),
            "the argument `id`: invalid type: integer `5`, expected a string"
        );
        let left = given().finish().unwrap_err().to_string();
        assert_eq!(
            left,
            "the argument `id`: the operation has none of that name"
        );
        let mut given = given();
        given.required::<i64>("id").unwrap();
        let left = given.finish().unwrap_err().to_string();
        assert_eq!(
            left,
            "the argument `body`: the operation has none of that name"
        );
    }

    #[test]
    fn the_form_of_a_body_is_that_of_its_media_type() {
        let forms: [&[&str]; 3] = [&["text/plain"], &["image/*"], &["application/json", "*/*"]];
        let check = |content_type: Option<&str>, expected: Result<usize, &str>| {
            let content_type = content_type.map(str::to_owned);
            let mut given = Given::new(Arguments {
                content_type: content_type.clone(),
                ..Arguments::default()
            });
            let found = given.form(&forms, 2).map_err(|error| error.to_string());
            let expected = expected.map(|index| (index, content_type));
            assert_eq!(found, expected.map_err(str::to_owned));
            given.finish().unwrap();
        };
        check(None, Ok(2));
        check(Some("Text/Plain; charset=utf-8"), Ok(0));
        check(Some("image/png"), Ok(1));
        check(Some("application/pdf"), Ok(2));
        let mut given = Given::new(Arguments {
            content_type: Some("image/png".to_owned()),
            ..Arguments::default()
        });
        let refused = given.form(&forms[..1], 0).unwrap_err().to_string();
        let expected = "the argument `content_type`: `image/png` is not `text/plain`";
        assert_eq!(refused, expected);
    }
}
