//! Reading a request's body, no further than is allowed.

use std::pin::pin;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use dropshot::Body;
use futures::FutureExt;
use http::HeaderMap;
use http::header::CONTENT_LENGTH;
use http_body_util::BodyExt;

use crate::rejection::Cause;

/// Reads a body to its end, within a time.
///
/// A body that is too large is given up as soon as that is known: by its `Content-Length` before a byte is read, else at
/// the first byte too many. The connection is closed then, because what is left of the body still stands in its way.
pub(crate) async fn read(
    headers: &HeaderMap,
    body: Body,
    limit: usize,
    time: Duration,
) -> Result<Bytes, Cause> {
    let announced = headers
        .get(CONTENT_LENGTH)
        .and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    if announced.is_some_and(|length| length > limit as u64) {
        return Err(Cause::Size(limit));
    }
    // Most bodies are there as soon as their heads are, and need no timer.
    let mut whole = pin!(collect(body, limit));
    match whole.as_mut().now_or_never() {
        Some(read) => read,
        None => tokio::time::timeout(time, whole)
            .await
            .unwrap_or(Err(Cause::Slow(time))),
    }
}

async fn collect(mut body: Body, limit: usize) -> Result<Bytes, Cause> {
    let mut read = BytesMut::new();
    while let Some(frame) = body.frame().await {
        let Ok(frame) = frame else {
            return Err(Cause::Syntax);
        };
        if let Ok(data) = frame.into_data() {
            if read.len() + data.len() > limit {
                return Err(Cause::Size(limit));
            }
            read.extend_from_slice(&data);
        }
    }
    Ok(read.freeze())
}
