//! A rejection's answer.

use dropshot::Body;
use http::header::{
    ACCEPT_ENCODING, ALLOW, CONNECTION, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE,
};
use http::{HeaderValue, Response, StatusCode};

use crate::rejection::{Cause, Rejection};
use crate::service::{Refusal, Service};

/// What the service says to a rejection, within what the operation declares.
pub(crate) fn answer<S: Service>(service: &S, rejection: &Rejection) -> Response<Body> {
    let Refusal {
        status,
        headers,
        content_type,
        body,
    } = service.refuse(rejection);
    let is_declared = rejection
        .operation
        .is_none_or(|operation| operation.declares(status));
    let mut response = plain(status);
    if is_declared {
        let content_type = HeaderValue::from_static(content_type);
        response.headers_mut().insert(CONTENT_TYPE, content_type);
        *response.body_mut() = Body::from(body);
    }
    response.headers_mut().extend(headers);
    match &rejection.cause {
        Cause::UnknownMethod(allowed) => {
            if let Ok(value) = HeaderValue::from_str(&allowed.join(", ")) {
                response.headers_mut().insert(ALLOW, value);
            }
        }
        Cause::Credentials(challenges) => {
            for value in challenges
                .iter()
                .filter_map(|challenge| HeaderValue::from_str(challenge).ok())
            {
                response.headers_mut().append(WWW_AUTHENTICATE, value);
            }
        }
        // RFC 9110, section 12.5.3: by this it is told from a media type that is not taken.
        Cause::ContentEncoding => {
            let value = HeaderValue::from_static("identity");
            response.headers_mut().insert(ACCEPT_ENCODING, value);
        }
        // What is left of the body stands in the way of another request.
        Cause::Size(_) | Cause::Slow(_) | Cause::Stopping => {
            response
                .headers_mut()
                .insert(CONNECTION, HeaderValue::from_static("close"));
        }
        _ => {}
    }
    if let Some(seconds) = rejection.cause.retry_after() {
        let headers = response.headers_mut();
        headers
            .entry(RETRY_AFTER)
            .or_insert_with(|| HeaderValue::from(seconds));
    }
    response
}

/// A refusal without the document's form.
pub(crate) fn plain(status: StatusCode) -> Response<Body> {
    let reason = status.canonical_reason().unwrap_or("refused");
    let mut response = Response::new(Body::from(format!("{} {reason}\n", status.as_u16())));
    *response.status_mut() = status;
    let content_type = HeaderValue::from_static("text/plain; charset=utf-8");
    response.headers_mut().insert(CONTENT_TYPE, content_type);
    response
}
