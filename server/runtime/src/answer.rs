//! Answers: what a handler's typed response becomes on the wire.

use dropshot::Body;
use http::header::CONTENT_TYPE;
use http::{HeaderName, HeaderValue, Response, StatusCode};
use serde::Serialize;
use serde_json::Value;

use crate::media::{Accept, is_declared};
use crate::stream::BodyStream;

/// A response type that generated code made: exactly the responses that one operation declares.
pub trait Respond: Send + 'static {
    /// The response as HTTP has it, in the media type that is wanted most where it can be sent in several.
    ///
    /// # Errors
    /// A header's value cannot stand in a header, or the body cannot be written.
    fn respond(self, accept: &Accept) -> Result<Answer, AnswerError>;
}

/// An answer that is being put together.
#[derive(Debug)]
pub struct Answer(pub(crate) Response<Body>);

/// Why a response cannot be sent.
#[derive(Debug, thiserror::Error)]
pub enum AnswerError {
    /// The value has characters that no header can carry.
    #[error("the value of the header `{0}` has characters that no header can carry")]
    Header(&'static str),
    /// A value cannot be written as JSON.
    #[error("a value cannot be written as JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// The handler named a media type that the document has not.
    #[error("the body cannot be sent as `{given}`: the document has {}", declared.join(", "))]
    MediaType {
        /// What the handler named.
        given: String,
        /// The media types and ranges of the document.
        declared: &'static [&'static str],
    },
    /// A body that is sent as it comes cannot be kept.
    #[error("the body is a stream, which cannot be written before it is sent")]
    Streamed,
}

impl Answer {
    /// An answer without headers and body.
    pub fn new(status: StatusCode) -> Answer {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = status;
        Answer(response)
    }

    /// An answer with the code that the document declares, which has three digits.
    pub fn with_code(code: u16) -> Answer {
        Answer::new(StatusCode::from_u16(code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR))
    }

    /// Adds a header, in the style `simple`. Its name must be in lower case.
    ///
    /// # Errors
    /// The value cannot stand in a header.
    pub fn header(
        mut self,
        name: &'static str,
        value: &impl Serialize,
    ) -> Result<Answer, AnswerError> {
        let text = simple(&serde_json::to_value(value)?);
        let value = HeaderValue::from_str(&text).map_err(|_| AnswerError::Header(name))?;
        self.0
            .headers_mut()
            .append(HeaderName::from_static(name), value);
        Ok(self)
    }

    /// Adds a header where there is a value. Its name must be in lower case.
    ///
    /// # Errors
    /// The value cannot stand in a header.
    pub fn optional_header(
        self,
        name: &'static str,
        value: &Option<impl Serialize>,
    ) -> Result<Answer, AnswerError> {
        match value {
            Some(value) => self.header(name, value),
            None => Ok(self),
        }
    }

    /// Sets the body.
    ///
    /// # Errors
    /// The value cannot be written as JSON.
    pub fn json(self, media_type: &str, body: &impl Serialize) -> Result<Answer, AnswerError> {
        let text = serde_json::to_vec(body)?;
        self.body(media_type, Body::from(text))
    }

    /// Sets the body. A kind of `text` is told to be in UTF-8.
    ///
    /// # Errors
    /// The media type cannot stand in a header.
    pub fn text(self, media_type: &str, body: String) -> Result<Answer, AnswerError> {
        if media_type.starts_with("text/") && !media_type.contains(';') {
            return self.body(&format!("{media_type}; charset=utf-8"), Body::from(body));
        }
        self.body(media_type, Body::from(body))
    }

    /// Sets the body.
    ///
    /// # Errors
    /// The media type cannot stand in a header.
    pub fn stream(self, media_type: &str, body: BodyStream) -> Result<Answer, AnswerError> {
        self.body(media_type, body.into_body())
    }

    fn body(mut self, media_type: &str, body: Body) -> Result<Answer, AnswerError> {
        let value =
            HeaderValue::from_str(media_type).map_err(|_| AnswerError::Header("content-type"))?;
        self.0.headers_mut().insert(CONTENT_TYPE, value);
        *self.0.body_mut() = body;
        Ok(self)
    }
}

/// The media type that a handler named, if the document has it.
///
/// # Errors
/// The document has it not.
pub fn declared<'t>(
    given: &'t str,
    declared: &'static [&'static str],
) -> Result<&'t str, AnswerError> {
    if !given.contains('*') && declared.iter().any(|declared| is_declared(given, declared)) {
        return Ok(given);
    }
    Err(AnswerError::MediaType {
        given: given.to_owned(),
        declared,
    })
}

/// A value in the style `simple` (RFC 6570, section 3.2.2).
fn simple(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Bool(_) | Value::Number(_) => value.to_string(),
        Value::Array(items) => items.iter().map(simple).collect::<Vec<_>>().join(","),
        Value::Object(members) => members
            .iter()
            .map(|(name, value)| format!("{name},{}", simple(value)))
            .collect::<Vec<_>>()
            .join(","),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn headers_are_written_in_the_style_simple() {
        assert_eq!(simple(&json!("a b")), "a b");
        assert_eq!(simple(&json!(5)), "5");
        assert_eq!(simple(&json!([1, "b", true])), "1,b,true");
        assert_eq!(simple(&json!({"G": 200, "R": 100})), "G,200,R,100");
    }

    #[test]
    fn a_named_media_type_is_one_of_the_documents() {
        const DECLARED: &[&str] = &["image/*", "text/html"];
        assert!(declared("image/png", DECLARED).is_ok());
        assert!(declared("text/html; charset=utf-8", DECLARED).is_ok());
        for bad in ["text/plain", "image/*", "image", ""] {
            assert!(declared(bad, DECLARED).is_err(), "{bad}");
        }
    }
}
