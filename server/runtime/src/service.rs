//! What a service tells the runtime beside its handlers: who is calling, and what a refusal looks like.

use std::future::Future;
use std::net::SocketAddr;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri};
use serde::Serialize;

use crate::media::Accept;
use crate::observed::Observed;
use crate::rejection::Rejection;

/// The part of a service that is the same for all of its operations.
pub trait Service: Send + Sync + 'static {
    /// Somebody whose credentials were accepted.
    type Caller: Send + Sync + 'static;

    /// The longest path and query together, in bytes. A longer one is 414, before anybody's credentials are looked at. Above
    /// 65,534 bytes hyper refuses by itself.
    const MAX_URI_BYTES: usize = 16 * 1024;

    /// The largest headers, names and values together, in bytes. Larger ones are 431, before anybody's credentials are looked
    /// at. Above a hundred headers, or some 400 kB, hyper refuses by itself.
    const MAX_HEADER_BYTES: usize = 32 * 1024;

    /// The largest body that is read before the handler is called, in bytes.
    const MAX_BODY_BYTES: usize = 1024 * 1024;

    /// The largest body that is handed on as it comes ([`BodyStream`](crate::BodyStream)), in bytes.
    const MAX_STREAM_BYTES: u64 = 1024 * 1024 * 1024;

    /// Finds out who is calling, from the credentials of one alternative of the document: all of its schemes, in its
    /// order, each with the one value that the request has for it. `scopes` is what the operation asks of the caller,
    /// beside what each credential's own requirement asks.
    ///
    /// # Errors
    /// Why the caller is not let in.
    fn authenticate(
        &self,
        credentials: &[Credential],
        scopes: &[&str],
    ) -> impl Future<Output = Result<Self::Caller, Denial>> + Send;

    /// The answer to a request that is refused: its status, and its body as the document describes it. Every refusal
    /// comes through here, those on unknown paths and methods too.
    ///
    /// Where the operation does not declare the status, the answer is sent with that status and a plain body instead.
    fn refuse(&self, rejection: &Rejection) -> Refusal;

    /// Is told of every request that was answered, when its answer is about to be sent: for counting. It must not block.
    ///
    /// What dropshot and hyper answer by themselves does not come through here: requests that are no HTTP, and methods
    /// that HTTP does not know.
    fn observe(&self, _: &Observed<'_>) {}
}

/// One credential of a request.
#[derive(Clone, PartialEq, Eq)]
pub struct Credential {
    /// The name of its scheme in the document.
    pub scheme: &'static str,
    /// Its value: a token, a key, or what stands behind `Basic`.
    pub value: String,
    /// The scopes that the requirement asks of this scheme (`oauth2` and `openIdConnect`).
    pub scopes: &'static [&'static str],
}

/// Shown without the value: what is shown ends up in logs.
impl std::fmt::Debug for Credential {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Credential")
            .field("scheme", &self.scheme)
            .finish_non_exhaustive()
    }
}

/// Why a caller is not let in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Denial {
    /// The credentials are not accepted. Why is nobody's business outside.
    Credentials,
    /// The caller is known, and has not these scopes.
    Scopes(Vec<String>),
    /// Nobody can say for now; the number of seconds to wait, where it is known.
    Unavailable(Option<u64>),
}

/// The answer to a request that is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The status.
    pub status: StatusCode,
    /// Headers beside `Content-Type`, `Allow` and `WWW-Authenticate`, which are set from the rejection, as is
    /// `Retry-After` where it is not among these.
    pub headers: Vec<(HeaderName, HeaderValue)>,
    /// The media type of the body.
    pub content_type: &'static str,
    /// The body.
    pub body: Vec<u8>,
}

impl Refusal {
    /// A refusal whose body is JSON, of that media type.
    ///
    /// ```
    /// use dropshot_runtime::{Refusal, http::StatusCode};
    ///
    /// let refusal = Refusal::json(StatusCode::NOT_FOUND, "application/json", &["gone"]);
    /// assert_eq!(refusal.body, b"[\"gone\"]");
    /// ```
    pub fn json(status: StatusCode, content_type: &'static str, body: &impl Serialize) -> Refusal {
        Refusal {
            status,
            headers: Vec::new(),
            content_type,
            // What the document describes can be written as JSON.
            body: serde_json::to_vec(body).unwrap_or_default(),
        }
    }
}

/// What a handler knows about a request beside the values that the document describes.
#[derive(Debug)]
pub struct Call<C> {
    /// Who is calling.
    pub caller: C,
    /// The request's id, as it stands in the log: what the caller gave in `X-Request-Id`, where that is 1 to 128 visible
    /// ASCII characters, and the answer has it in `X-Correlation-Id` then; else the one in the answer's `X-Request-Id`.
    pub request_id: String,
    /// The address that the request came from.
    pub peer: SocketAddr,
    /// Every header of the request.
    pub headers: HeaderMap,
    /// The request's path and query.
    pub uri: Uri,
    /// What the caller takes as an answer. Where a response can be sent in one of several media types, and only the
    /// handler can make them, this says which.
    pub accept: Accept,
    /// The body as it was sent; empty where the operation has none, or the handler gets it as a stream.
    pub body: Bytes,
}
