//! Bodies that are read or written piece by piece.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::{Bytes, BytesMut};
use dropshot::Body;
use futures::{Stream, StreamExt, TryStreamExt};
use http_body::{Body as _, Frame};
use http_body_util::StreamBody;

/// A body as it comes, or as it goes: a stream of bytes, which is never held as a whole.
///
/// As a request's body it ends with an error after [`Service::MAX_STREAM_BYTES`](crate::Service::MAX_STREAM_BYTES).
///
/// ```
/// use dropshot_runtime::BodyStream;
///
/// let from_text = BodyStream::from("an answer");
/// let from_bytes = BodyStream::from(vec![1, 2, 3]);
/// # drop((from_text, from_bytes));
/// ```
pub struct BodyStream {
    body: Body,
    limit: u64,
    left: u64,
}

/// Why a body could not be read to its end.
#[derive(Debug, thiserror::Error)]
pub enum StreamError {
    /// It has more bytes than these.
    #[error("the body has more than {0} bytes")]
    TooLarge(u64),
    /// The connection broke, or what was sent is no HTTP.
    #[error("the body broke off: {0}")]
    Broken(Box<dyn std::error::Error + Send + Sync>),
}

impl BodyStream {
    /// A body of what a stream gives. Where that fails, the connection is closed before the body's end.
    pub fn new<E>(
        stream: impl Stream<Item = Result<Bytes, E>> + Send + Sync + 'static,
    ) -> BodyStream
    where
        E: std::error::Error + Send + Sync + 'static,
    {
        BodyStream::limited(
            Body::wrap(StreamBody::new(stream.map_ok(Frame::data))),
            u64::MAX,
        )
    }

    pub(crate) fn limited(body: Body, limit: u64) -> BodyStream {
        BodyStream {
            body,
            limit,
            left: limit,
        }
    }

    /// Reads it to its end.
    ///
    /// # Errors
    /// It is too large or broke off.
    pub async fn bytes(mut self) -> Result<Bytes, StreamError> {
        let mut read = BytesMut::new();
        while let Some(bytes) = self.next().await {
            read.extend_from_slice(&bytes?);
        }
        Ok(read.freeze())
    }

    pub(crate) fn into_body(self) -> Body {
        self.body
    }
}

impl Stream for BodyStream {
    type Item = Result<Bytes, StreamError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            let frame = match Pin::new(&mut self.body).poll_frame(cx) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(None) => return Poll::Ready(None),
                Poll::Ready(Some(Err(error))) => {
                    return Poll::Ready(Some(Err(StreamError::Broken(error))));
                }
                Poll::Ready(Some(Ok(frame))) => frame,
            };
            let Ok(bytes) = frame.into_data() else {
                continue;
            };
            return match self.left.checked_sub(bytes.len() as u64) {
                Some(left) => {
                    self.left = left;
                    Poll::Ready(Some(Ok(bytes)))
                }
                None => {
                    // Nothing more comes out of it.
                    self.body = Body::empty();
                    Poll::Ready(Some(Err(StreamError::TooLarge(self.limit))))
                }
            };
        }
    }
}

impl fmt::Debug for BodyStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BodyStream")
            .field("limit", &self.limit)
            .finish_non_exhaustive()
    }
}

macro_rules! from {
    ($($whole:ty),*) => {
        $(impl From<$whole> for BodyStream {
            fn from(whole: $whole) -> BodyStream {
                BodyStream::limited(Body::from(whole), u64::MAX)
            }
        })*
    };
}

from!(Bytes, Vec<u8>, String, &'static str);

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use futures::executor::block_on;
    use futures::stream::iter;

    use super::*;

    #[test]
    fn a_stream_is_read_to_its_end_or_to_its_limit() {
        let pieces = || {
            let pieces = ["ab", "cd"].map(|piece| Ok::<_, std::io::Error>(Bytes::from(piece)));
            BodyStream::new(iter(pieces)).into_body()
        };
        let read = |limit| block_on(BodyStream::limited(pieces(), limit).bytes());
        assert_eq!(read(4).unwrap(), "abcd");
        assert!(matches!(read(3), Err(StreamError::TooLarge(3))));
        assert!(matches!(read(0), Err(StreamError::TooLarge(0))));
    }

    #[test]
    fn a_stream_that_fails_is_broken() {
        let broken = iter([Err(std::io::Error::other("gone"))]);
        let read = block_on(BodyStream::new(broken).bytes());
        assert_eq!(read.unwrap_err().to_string(), "the body broke off: gone");
    }
}
