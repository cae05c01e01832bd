//! Bodies that are read or written piece by piece.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use dropshot::Body;
use futures::{Stream, StreamExt, TryStreamExt};
use http_body::{Body as _, Frame};
use http_body_util::StreamBody;
use tokio::time::{Sleep, sleep};

/// A body as it comes, or as it goes: a stream of bytes, which is never held as a whole.
///
/// As a request's body it ends with an error after [`Service::MAX_STREAM_BYTES`](crate::Service::MAX_STREAM_BYTES), and
/// where nothing comes for [`Limits::body_time`](crate::Limits::body_time).
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
    bounds: Option<Bounds>,
}

/// What a request's body may be.
struct Bounds {
    limit: u64,
    left: u64,
    /// How long each piece may take.
    time: Duration,
    /// When the piece that is waited for is late; none while none is.
    late: Option<Pin<Box<Sleep>>>,
}

/// Why a body could not be read to its end.
#[derive(Debug, thiserror::Error)]
pub enum StreamError {
    /// It has more bytes than these.
    #[error("the body has more than {0} bytes")]
    TooLarge(u64),
    /// Nothing of it came for so long.
    #[error("nothing more of the body came within {0:?}")]
    Slow(Duration),
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
        BodyStream {
            body: Body::wrap(StreamBody::new(stream.map_ok(Frame::data))),
            bounds: None,
        }
    }

    /// A request's body.
    pub(crate) fn limited(body: Body, limit: u64, time: Duration) -> BodyStream {
        let bounds = Bounds {
            limit,
            left: limit,
            time,
            late: None,
        };
        BodyStream {
            body,
            bounds: Some(bounds),
        }
    }

    /// Reads it to its end.
    ///
    /// # Errors
    /// It is too large, too slow, or broke off.
    pub async fn bytes(mut self) -> Result<Bytes, StreamError> {
        let mut read = BytesMut::new();
        while let Some(bytes) = self.next().await {
            read.extend_from_slice(&bytes?);
        }
        Ok(read.freeze())
    }

    pub(crate) fn into_body(self) -> Body {
        match self.bounds {
            None => self.body,
            // A request's body that is sent back is as large as it may be, and no larger.
            Some(_) => Body::wrap(StreamBody::new(self.map_ok(Frame::data))),
        }
    }
}

impl Stream for BodyStream {
    type Item = Result<Bytes, StreamError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let BodyStream { body, bounds } = &mut *self;
        loop {
            let frame = match Pin::new(&mut *body).poll_frame(cx) {
                Poll::Pending => {
                    let Some(Bounds { time, late, .. }) = bounds else {
                        return Poll::Pending;
                    };
                    let late = late.get_or_insert_with(|| Box::pin(sleep(*time)));
                    return match late.as_mut().poll(cx) {
                        Poll::Pending => Poll::Pending,
                        Poll::Ready(()) => {
                            *body = Body::empty();
                            Poll::Ready(Some(Err(StreamError::Slow(*time))))
                        }
                    };
                }
                Poll::Ready(None) => return Poll::Ready(None),
                Poll::Ready(Some(Err(error))) => {
                    return Poll::Ready(Some(Err(StreamError::Broken(error))));
                }
                Poll::Ready(Some(Ok(frame))) => frame,
            };
            let Ok(bytes) = frame.into_data() else {
                continue;
            };
            let Some(Bounds {
                limit, left, late, ..
            }) = bounds
            else {
                return Poll::Ready(Some(Ok(bytes)));
            };
            *late = None;
            return match left.checked_sub(bytes.len() as u64) {
                Some(rest) => {
                    *left = rest;
                    Poll::Ready(Some(Ok(bytes)))
                }
                None => {
                    // Nothing more comes out of it.
                    *body = Body::empty();
                    Poll::Ready(Some(Err(StreamError::TooLarge(*limit))))
                }
            };
        }
    }
}

impl fmt::Debug for BodyStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BodyStream")
            .field("limit", &self.bounds.as_ref().map(|bounds| bounds.limit))
            .finish_non_exhaustive()
    }
}

macro_rules! from {
    ($($whole:ty),*) => {
        $(impl From<$whole> for BodyStream {
            fn from(whole: $whole) -> BodyStream {
                BodyStream { body: Body::from(whole), bounds: None }
            }
        })*
    };
}

from!(Bytes, Vec<u8>, String, &'static str);

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use futures::executor::block_on;
    use futures::stream::{iter, pending};
    use http_body_util::BodyExt;

    use super::*;

    #[test]
    fn a_stream_is_read_to_its_end_or_to_its_limit() {
        let pieces = || {
            let pieces = ["ab", "cd"].map(|piece| Ok::<_, std::io::Error>(Bytes::from(piece)));
            BodyStream::new(iter(pieces)).into_body()
        };
        let time = Duration::from_secs(30);
        let read = |limit| block_on(BodyStream::limited(pieces(), limit, time).bytes());
        assert_eq!(read(4).unwrap(), "abcd");
        assert!(matches!(read(3), Err(StreamError::TooLarge(3))));
        assert!(matches!(read(0), Err(StreamError::TooLarge(0))));
    }

    #[tokio::test]
    async fn a_stream_that_stalls_is_given_up() {
        let stalled = iter([Ok::<_, std::io::Error>(Bytes::from("ab"))]).chain(pending());
        let time = Duration::from_millis(1);
        let mut body = BodyStream::limited(BodyStream::new(stalled).into_body(), 4, time);
        assert_eq!(body.next().await.unwrap().unwrap(), "ab");
        let late = body.next().await.unwrap();
        assert!(matches!(late, Err(StreamError::Slow(_))), "{late:?}");
        assert!(body.next().await.is_none());
    }

    #[test]
    fn what_is_sent_back_keeps_its_limit() {
        let endless = futures::stream::repeat_with(|| Ok::<_, std::io::Error>(Bytes::from("ab")));
        let time = Duration::from_secs(30);
        let body = BodyStream::limited(BodyStream::new(endless).into_body(), 5, time).into_body();
        assert!(block_on(body.collect()).is_err());
    }

    #[test]
    fn a_stream_that_fails_is_broken() {
        let broken = iter([Err(std::io::Error::other("gone"))]);
        let read = block_on(BodyStream::new(broken).bytes());
        assert_eq!(read.unwrap_err().to_string(), "the body broke off: gone");
    }
}
