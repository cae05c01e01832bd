//! Answers: what a handler's typed response becomes on the wire.

use dropshot::Body;
use http::header::CONTENT_TYPE;
use http::{HeaderName, HeaderValue, Response, StatusCode};
use serde::Serialize;

/// A response type that generated code made: exactly the responses that one operation declares.
pub trait Respond: Send + Sync + 'static {
    /// The response as HTTP has it.
    ///
    /// # Errors
    /// A header's value cannot stand in a header, or the body cannot be written as JSON.
    fn respond(self) -> Result<Answer, AnswerError>;
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
    /// The body cannot be written as JSON.
    #[error("the body cannot be written as JSON: {0}")]
    Body(#[from] serde_json::Error),
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

    /// Adds a header. Its name must be in lower case.
    ///
    /// # Errors
    /// The value cannot stand in a header.
    pub fn header(
        mut self,
        name: &'static str,
        value: impl ToString,
    ) -> Result<Answer, AnswerError> {
        let value =
            HeaderValue::from_str(&value.to_string()).map_err(|_| AnswerError::Header(name))?;
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
        value: Option<impl ToString>,
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
    pub fn json(
        mut self,
        media_type: &'static str,
        body: &impl Serialize,
    ) -> Result<Answer, AnswerError> {
        self.0
            .headers_mut()
            .insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
        *self.0.body_mut() = Body::from(serde_json::to_vec(body)?);
        Ok(self)
    }
}
