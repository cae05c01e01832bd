//! Why a request was refused.
//!
//! A rejection is a value, not an answer: the service maps it, once, to the error body that its document describes.

use std::fmt;
use std::time::Duration;

use http::StatusCode;

use crate::spec::{OperationSpec, ParameterLocation};

/// A request was refused before its handler ran, or failed in it.
#[derive(Debug)]
pub struct Rejection {
    /// The step that failed.
    pub cause: Cause,
    /// Everything that this step found wrong. Empty where the cause says it all.
    pub violations: Vec<Violation>,
    /// The operation, where the path and the method name one.
    pub operation: Option<&'static OperationSpec>,
    /// The request's id: see [`Call::request_id`](crate::Call::request_id).
    pub request_id: String,
}

/// The step that refused a request, in the order of the steps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// It is not said which host the request is for, or not readably, or twice (`Host`).
    Host,
    /// No operation has this path.
    UnknownPath,
    /// The path has operations, and none with this method; these it has.
    UnknownMethod(Vec<&'static str>),
    /// The document has this operation, and the server was generated without it.
    NotImplemented,
    /// Path and query have more bytes than these.
    UriTooLong(usize),
    /// The headers have more bytes than these.
    HeadersTooLarge(usize),
    /// A credential is missing, stands there twice, or is not accepted. What the caller can offer: challenges for
    /// `WWW-Authenticate` (RFC 9110, section 11.6.1).
    Credentials(Vec<String>),
    /// The caller is known, and may not do this; the scopes that are missing.
    Scopes(Vec<String>),
    /// The answer would be of one of these media types, and `Accept` takes none of them.
    Accept(&'static [&'static str]),
    /// A parameter in the path breaks a rule.
    Path,
    /// A parameter in the query breaks a rule, is not known, or stands there twice.
    Query,
    /// A header or a cookie breaks a rule.
    Header,
    /// The body is of none of these media types.
    ContentType(&'static [&'static str]),
    /// The body is encoded, as by gzip (`Content-Encoding`), and what it holds would be misread.
    ContentEncoding,
    /// The body has more bytes than these.
    Size(usize),
    /// The body did not arrive within this time.
    Slow(Duration),
    /// The body is missing, could not be read to its end, or is not what its media type says, such as JSON.
    Syntax,
    /// The body breaks a rule of its schema.
    Body,
    /// The service cannot answer for now; the number of seconds to wait, where it is known.
    Unavailable(Option<u64>),
    /// As many requests are being served as the server takes on at once.
    Overloaded,
    /// The server is about to stop.
    Stopping,
    /// The service has a fault: a handler panicked, or made an answer that HTTP cannot carry.
    Fault,
}

impl Cause {
    /// The status that HTTP has for it. A document may declare another one.
    pub fn status(&self) -> StatusCode {
        match self {
            Cause::UnknownPath => StatusCode::NOT_FOUND,
            Cause::UnknownMethod(_) => StatusCode::METHOD_NOT_ALLOWED,
            Cause::NotImplemented => StatusCode::NOT_IMPLEMENTED,
            Cause::UriTooLong(_) => StatusCode::URI_TOO_LONG,
            Cause::HeadersTooLarge(_) => StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
            Cause::Credentials(_) => StatusCode::UNAUTHORIZED,
            Cause::Scopes(_) => StatusCode::FORBIDDEN,
            Cause::Accept(_) => StatusCode::NOT_ACCEPTABLE,
            Cause::Host
            | Cause::Path
            | Cause::Query
            | Cause::Header
            | Cause::Syntax
            | Cause::Body => StatusCode::BAD_REQUEST,
            Cause::ContentType(_) | Cause::ContentEncoding => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Cause::Size(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Cause::Slow(_) => StatusCode::REQUEST_TIMEOUT,
            Cause::Unavailable(_) | Cause::Overloaded | Cause::Stopping => {
                StatusCode::SERVICE_UNAVAILABLE
            }
            Cause::Fault => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// A name in `snake_case`, for counting.
    ///
    /// ```
    /// assert_eq!(dropshot_runtime::Cause::UnknownPath.name(), "unknown_path");
    /// ```
    pub fn name(&self) -> &'static str {
        match self {
            Cause::Host => "host",
            Cause::UnknownPath => "unknown_path",
            Cause::UnknownMethod(_) => "unknown_method",
            Cause::NotImplemented => "not_implemented",
            Cause::UriTooLong(_) => "uri_too_long",
            Cause::HeadersTooLarge(_) => "headers_too_large",
            Cause::Credentials(_) => "credentials",
            Cause::Scopes(_) => "scopes",
            Cause::Accept(_) => "accept",
            Cause::Path => "path",
            Cause::Query => "query",
            Cause::Header => "header",
            Cause::ContentType(_) => "content_type",
            Cause::ContentEncoding => "content_encoding",
            Cause::Size(_) => "size",
            Cause::Slow(_) => "slow",
            Cause::Syntax => "syntax",
            Cause::Body => "body",
            Cause::Unavailable(_) => "unavailable",
            Cause::Overloaded => "overloaded",
            Cause::Stopping => "stopping",
            Cause::Fault => "fault",
        }
    }

    /// How many seconds to wait before the request is sent again, where it may fare better then.
    pub fn retry_after(&self) -> Option<u64> {
        match self {
            Cause::Unavailable(seconds) => *seconds,
            // Whoever is refused so early has cost little, and another server may have taken the place of this one.
            Cause::Overloaded | Cause::Stopping => Some(1),
            _ => None,
        }
    }
}

impl fmt::Display for Cause {
    /// A sentence for a person, which says nothing about the service.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let listed = |names: &[&str]| names.join(", ");
        match self {
            Cause::Host => f.write_str("the request must say once which host it is for"),
            Cause::UnknownPath => f.write_str("there is nothing at this path"),
            Cause::UnknownMethod(allowed) => {
                write!(
                    f,
                    "this path has no such method; it has {}",
                    listed(allowed)
                )
            }
            Cause::NotImplemented => f.write_str("this server does not have this operation"),
            Cause::UriTooLong(most) => write!(f, "path and query have more than {most} bytes"),
            Cause::HeadersTooLarge(most) => write!(f, "the headers have more than {most} bytes"),
            Cause::Credentials(_) => f.write_str("the credentials are missing or not accepted"),
            Cause::Scopes(missing) => write!(
                f,
                "the caller may not do this, for want of {}",
                missing.join(", ")
            ),
            Cause::Accept(offered) => {
                write!(f, "the answer can be sent as {} only", listed(offered))
            }
            Cause::Path => f.write_str("a parameter in the path breaks a rule"),
            Cause::Query => f.write_str("a parameter in the query breaks a rule"),
            Cause::Header => f.write_str("a header or a cookie breaks a rule"),
            Cause::ContentType(accepted) => {
                write!(f, "the body is taken as {} only", listed(accepted))
            }
            Cause::ContentEncoding => {
                f.write_str("the body is taken as it is only, without a Content-Encoding")
            }
            Cause::Size(most) => write!(f, "the body has more than {most} bytes"),
            Cause::Slow(time) => write!(f, "the body did not arrive within {time:?}"),
            Cause::Syntax => f.write_str("the body cannot be read"),
            Cause::Body => f.write_str("the body breaks a rule"),
            Cause::Unavailable(_) => f.write_str("the service cannot answer for now"),
            Cause::Overloaded => f.write_str("the server has too much to do at the moment"),
            Cause::Stopping => f.write_str("the server is about to stop"),
            Cause::Fault => f.write_str("the service has a fault"),
        }
    }
}

/// One thing that is wrong with a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// Where it is.
    pub place: Place,
    /// The keyword of the rule that is broken, such as `maxLength`, or `unknown` and `repeated` for names in a query.
    pub keyword: &'static str,
    /// What is wrong, in words, such as `is 300 characters long, at most 255 are allowed`.
    pub message: String,
}

/// Where in a request something is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// The parameter of that name.
    Parameter(ParameterLocation, String),
    /// The value at that JSON pointer (RFC 6901) in the body.
    Body(String),
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.place {
            Place::Parameter(_, name) => write!(f, "`{name}` {}", self.message),
            Place::Body(pointer) if pointer.is_empty() => write!(f, "the body {}", self.message),
            Place::Body(pointer) => write!(f, "{pointer} {}", self.message),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cause_has_a_status_and_a_sentence() {
        let check = |cause: Cause, status: u16, sentence: &str| {
            assert_eq!(cause.status().as_u16(), status, "{cause:?}");
            assert_eq!(cause.to_string(), sentence);
        };
        check(
            Cause::Host,
            400,
            "the request must say once which host it is for",
        );
        check(Cause::UnknownPath, 404, "there is nothing at this path");
        check(
            Cause::UnknownMethod(vec!["GET", "HEAD"]),
            405,
            "this path has no such method; it has GET, HEAD",
        );
        check(
            Cause::NotImplemented,
            501,
            "this server does not have this operation",
        );
        check(
            Cause::Credentials(vec!["Bearer".to_owned()]),
            401,
            "the credentials are missing or not accepted",
        );
        check(
            Cause::Scopes(vec!["a".to_owned(), "b".to_owned()]),
            403,
            "the caller may not do this, for want of a, b",
        );
        check(
            Cause::Accept(&["text/html"]),
            406,
            "the answer can be sent as text/html only",
        );
        check(Cause::Path, 400, "a parameter in the path breaks a rule");
        check(Cause::Query, 400, "a parameter in the query breaks a rule");
        check(Cause::Header, 400, "a header or a cookie breaks a rule");
        check(
            Cause::ContentType(&["text/html", "image/*"]),
            415,
            "the body is taken as text/html, image/* only",
        );
        check(
            Cause::ContentEncoding,
            415,
            "the body is taken as it is only, without a Content-Encoding",
        );
        check(Cause::Size(5), 413, "the body has more than 5 bytes");
        check(Cause::Syntax, 400, "the body cannot be read");
        check(Cause::Body, 400, "the body breaks a rule");
        check(
            Cause::Unavailable(None),
            503,
            "the service cannot answer for now",
        );
        check(
            Cause::Slow(Duration::from_secs(30)),
            408,
            "the body did not arrive within 30s",
        );
        check(
            Cause::Overloaded,
            503,
            "the server has too much to do at the moment",
        );
        check(Cause::Stopping, 503, "the server is about to stop");
        check(Cause::Fault, 500, "the service has a fault");
    }
}
