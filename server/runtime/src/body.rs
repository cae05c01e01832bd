//! Reading a request's body, no further than is allowed.

use bytes::{Bytes, BytesMut};
use dropshot::Body;
use http::HeaderMap;
use http::header::CONTENT_LENGTH;
use http_body_util::BodyExt;

use crate::rejection::Cause;

/// Reads a body to its end.
///
/// A body that is too large is given up as soon as that is known: by its `Content-Length` before a byte is read, else at
/// the first byte too many. The connection is closed then, because what is left of the body still stands in its way.
pub(crate) async fn read(
    headers: &HeaderMap,
    mut body: Body,
    limit: usize,
) -> Result<Bytes, Cause> {
    let announced = headers
        .get(CONTENT_LENGTH)
        .and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    if announced.is_some_and(|length| length > limit as u64) {
        return Err(Cause::Size(limit));
    }
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
