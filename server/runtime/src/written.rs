//! Answers that were put together before they are asked for.
//!
//! What never changes need not be written anew for each request: a service keeps the answer as it goes on the wire. It
//! is made of a response that the document declares, so it is one as much as that response is, and it is checked and
//! counted like any other.

use std::fmt;
use std::marker::PhantomData;

use bytes::Bytes;
use dropshot::Body;
use futures::FutureExt as _;
use http::{HeaderMap, Response, StatusCode};
use http_body_util::BodyExt as _;

use crate::answer::{Answer, AnswerError, Respond};
use crate::media::Accept;

/// A response `R` as it goes on the wire: its status, its headers, and its body as bytes, which clones share.
///
/// The responses that generated code makes have a variant for it, unless one of them is a stream or can be sent in
/// several media types.
///
/// ```
/// use dropshot_runtime::{Accept, Answer, AnswerError, Respond, Written};
///
/// struct Greeting(&'static str);
///
/// impl Respond for Greeting {
///     fn respond(self, _: &Accept) -> Result<Answer, AnswerError> {
///         Answer::with_code(200).json("application/json", &self.0)
///     }
/// }
///
/// let kept = Written::new(Greeting("hello"))?;
/// assert_eq!(kept.body(), "\"hello\"".as_bytes());
/// # Ok::<_, AnswerError>(())
/// ```
pub struct Written<R> {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    of: PhantomData<fn() -> R>,
}

impl<R: Respond> Written<R> {
    /// Writes a response.
    ///
    /// # Errors
    /// It cannot be sent, or its body is a stream that is not there yet.
    pub fn new(response: R) -> Result<Written<R>, AnswerError> {
        let Answer(response) = response.respond(&Accept::default())?;
        let (head, body) = response.into_parts();
        // What is in memory is there at once, and cannot break off.
        let body = body.collect().now_or_never().and_then(Result::ok);
        Ok(Written {
            status: head.status,
            headers: head.headers,
            body: body.ok_or(AnswerError::Streamed)?.to_bytes(),
            of: PhantomData,
        })
    }
}

impl<R> Written<R> {
    /// The body.
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// What is sent.
    pub fn into_answer(self) -> Answer {
        let mut response = Response::new(Body::from(self.body));
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers;
        Answer(response)
    }
}

impl<R> Clone for Written<R> {
    fn clone(&self) -> Written<R> {
        Written {
            status: self.status,
            headers: self.headers.clone(),
            body: self.body.clone(),
            of: PhantomData,
        }
    }
}

/// Shown without the body, which can be large.
impl<R> fmt::Debug for Written<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Written")
            .field("status", &self.status)
            .field("headers", &self.headers)
            .field("bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use std::convert::Infallible;

    use futures::stream;

    use super::*;
    use crate::stream::BodyStream;

    enum Reply {
        Text,
        Empty,
        Stream,
        Broken,
    }

    impl Respond for Reply {
        fn respond(self, _: &Accept) -> Result<Answer, AnswerError> {
            let answer = Answer::with_code(203).header("x-one", &["a", "b"])?;
            match self {
                Reply::Text => answer.text("text/plain", "é".to_owned()),
                Reply::Empty => Ok(answer),
                Reply::Stream => answer.stream(
                    "text/plain",
                    BodyStream::new(stream::pending::<Result<Bytes, Infallible>>()),
                ),
                Reply::Broken => answer.header("x-two", &"\n"),
            }
        }
    }

    #[tokio::test]
    async fn what_was_written_is_sent_as_the_response_would_be() {
        let parts = async |Answer(response): Answer| {
            let (head, body) = response.into_parts();
            let body = body.collect().await.unwrap().to_bytes();
            (head.status, head.headers, body)
        };
        for reply in [|| Reply::Text, || Reply::Empty] {
            let written = Written::new(reply()).unwrap();
            let sent = parts(reply().respond(&Accept::default()).unwrap()).await;
            assert_eq!(parts(written.clone().into_answer()).await, sent);
            assert_eq!(parts(written.into_answer()).await, sent);
        }
    }

    #[test]
    fn what_is_not_there_yet_or_cannot_be_sent_is_not_written() {
        let why = |reply| Written::new(reply).unwrap_err();
        assert!(matches!(why(Reply::Stream), AnswerError::Streamed));
        assert!(matches!(why(Reply::Broken), AnswerError::Header("x-two")));
    }
}
