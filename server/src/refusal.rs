//! Refusals as the document describes them: a JSON:API error document, with one error for each thing that is wrong.

use dropshot_runtime::{Cause, ParameterLocation, Place, Refusal, Rejection, Violation};
use http::header::{ACCEPT, CONTENT_ENCODING, CONTENT_TYPE, HOST, RETRY_AFTER};
use http::{HeaderValue, StatusCode};

use crate::api::types::{Error, ErrorDocument, ErrorMeta, ErrorSource};

/// The media type of every body.
pub const MEDIA_TYPE: &str = "application/vnd.api+json";

/// How many seconds to wait before a request is sent again, where nothing better is known.
pub const RETRY_AFTER_SECONDS: i32 = 2;

/// A kind of error: what is the same for all errors of that kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kind {
    /// The status of an answer that has this error alone.
    pub status: StatusCode,
    /// The stable name, for programs.
    pub code: &'static str,
    /// The name for people.
    pub title: &'static str,
}

macro_rules! kinds {
    ($($name:ident = $status:ident, $code:literal, $title:literal;)*) => {
        /// The kinds of errors that there are.
        #[expect(missing_docs, reason = "their titles say what they are")]
        impl Kind {
            $(pub const $name: Kind = Kind { status: StatusCode::$status, code: $code, title: $title };)*
        }
    };
}

kinds! {
    INVALID_PARAMETER = BAD_REQUEST, "invalid_parameter", "A parameter is not valid";
    UNKNOWN_PARAMETER = BAD_REQUEST, "unknown_parameter", "A parameter is not known";
    MALFORMED_BODY = BAD_REQUEST, "malformed_body", "The body is not JSON";
    UNAUTHORIZED = UNAUTHORIZED, "unauthorized", "A credential is missing or not valid";
    MISSING_SCOPE = FORBIDDEN, "missing_scope", "The token does not allow this";
    CLIENT_GENERATED_ID = FORBIDDEN, "client_generated_id", "The client cannot choose the id";
    NOT_FOUND = NOT_FOUND, "not_found", "There is no such resource";
    METHOD_NOT_ALLOWED = METHOD_NOT_ALLOWED, "method_not_allowed", "The resource does not have this method";
    NOT_IMPLEMENTED = NOT_IMPLEMENTED, "not_implemented", "The server cannot do this yet";
    URI_TOO_LONG = URI_TOO_LONG, "uri_too_long", "The address is too long";
    HEADERS_TOO_LARGE = REQUEST_HEADER_FIELDS_TOO_LARGE, "headers_too_large", "The headers are too large";
    NOT_ACCEPTABLE = NOT_ACCEPTABLE, "not_acceptable", "No acceptable media type can be sent";
    WRONG_TYPE = CONFLICT, "wrong_type", "The resource is of another type";
    IDEMPOTENCY_KEY_USED = CONFLICT, "idempotency_key_used", "The idempotency key was used with another body";
    SLOW_BODY = REQUEST_TIMEOUT, "slow_body", "The body did not arrive in time";
    CONTENT_TOO_LARGE = PAYLOAD_TOO_LARGE, "content_too_large", "The body is too large";
    UNSUPPORTED_MEDIA_TYPE = UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type", "The body is of a media type that is not supported";
    INVALID_BODY = UNPROCESSABLE_ENTITY, "invalid_body", "The body is not as its schema asks";
    INTERNAL_ERROR = INTERNAL_SERVER_ERROR, "internal_error", "The server failed";
    UNAVAILABLE = SERVICE_UNAVAILABLE, "unavailable", "The server cannot take the request at the moment";
}

/// What a rejected request is answered.
pub fn refusal(rejection: &Rejection) -> Refusal {
    let Rejection {
        cause,
        violations,
        operation: _,
        request_id,
    } = rejection;
    let status = status(cause, violations);
    let errors = if violations.is_empty() {
        whole_errors(cause)
    } else {
        violations
            .iter()
            .map(|violation| violation_error(cause, violation))
            .collect()
    };
    let mut document = error_document(errors);
    if *cause == Cause::Fault {
        // Nothing else can be said, but what to look for in the log.
        document.meta = Some(ErrorMeta {
            id: Some(request_id.clone()),
        });
    }
    let mut headers = Vec::new();
    if let Cause::Unavailable(seconds) = cause {
        let seconds = seconds.map_or(i64::from(RETRY_AFTER_SECONDS), |seconds| {
            i64::try_from(seconds).unwrap_or(i64::MAX)
        });
        headers.push((RETRY_AFTER, HeaderValue::from(seconds.max(1))));
    }
    Refusal {
        status,
        headers,
        content_type: MEDIA_TYPE,
        // Texts alone, so that nothing can fail.
        body: serde_json::to_vec(&document).unwrap_or_default(),
    }
}

/// The answer's status. Of a body's faults, one at the id comes first, and then one at the type.
fn status(cause: &Cause, violations: &[Violation]) -> StatusCode {
    let kinds = || {
        violations
            .iter()
            .map(|violation| violation_kind(cause, violation))
    };
    [Kind::CLIENT_GENERATED_ID, Kind::WRONG_TYPE]
        .into_iter()
        .find(|first| kinds().any(|kind| kind == *first))
        .or_else(|| kinds().next())
        .unwrap_or_else(|| kind(cause))
        .status
}

/// The kind of error that a step's failure is as a whole.
fn kind(cause: &Cause) -> Kind {
    match cause {
        Cause::UnknownPath => Kind::NOT_FOUND,
        Cause::UnknownMethod(_) => Kind::METHOD_NOT_ALLOWED,
        Cause::NotImplemented => Kind::NOT_IMPLEMENTED,
        Cause::UriTooLong(_) => Kind::URI_TOO_LONG,
        Cause::HeadersTooLarge(_) => Kind::HEADERS_TOO_LARGE,
        Cause::Credentials(_) => Kind::UNAUTHORIZED,
        Cause::Scopes(_) => Kind::MISSING_SCOPE,
        Cause::Accept(_) => Kind::NOT_ACCEPTABLE,
        Cause::Host | Cause::Path | Cause::Query | Cause::Header => Kind::INVALID_PARAMETER,
        Cause::ContentType(_) | Cause::ContentEncoding => Kind::UNSUPPORTED_MEDIA_TYPE,
        Cause::Size(_) => Kind::CONTENT_TOO_LARGE,
        Cause::Syntax => Kind::MALFORMED_BODY,
        Cause::Body => Kind::INVALID_BODY,
        Cause::Slow(_) => Kind::SLOW_BODY,
        Cause::Unavailable(_) | Cause::Overloaded | Cause::Stopping => Kind::UNAVAILABLE,
        Cause::Fault => Kind::INTERNAL_ERROR,
    }
}

/// The kind of error that one violation is.
fn violation_kind(cause: &Cause, violation: &Violation) -> Kind {
    match (cause, &violation.place) {
        (Cause::Body, Place::Body(pointer)) if pointer == "/data/id" => Kind::CLIENT_GENERATED_ID,
        (Cause::Body, Place::Body(pointer)) if pointer == "/data/type" => Kind::WRONG_TYPE,
        (Cause::Query, Place::Parameter(..)) if violation.keyword == "unknown" => {
            Kind::UNKNOWN_PARAMETER
        }
        _ => kind(cause),
    }
}

/// The errors of a step that has no single places to name.
fn whole_errors(cause: &Cause) -> Vec<Error> {
    let header = |name: http::HeaderName| Some(at_header(canonical(&name)));
    let one = |detail: Option<String>, source| vec![error(kind(cause), detail, source)];
    match cause {
        // Neither which of the credentials it is, nor what is wrong with it.
        Cause::Credentials(_) => one(None, None),
        Cause::Scopes(missing) => missing
            .iter()
            .map(|scope| {
                let detail = format!("the scope `{scope}` is needed");
                error(
                    kind(cause),
                    Some(detail),
                    header(http::header::AUTHORIZATION),
                )
            })
            .collect(),
        Cause::Accept(types) => one(
            Some(format!("answers are of the media type {}", quoted(types))),
            header(ACCEPT),
        ),
        Cause::ContentType(types) => one(
            Some(format!("bodies are of the media type {}", quoted(types))),
            header(CONTENT_TYPE),
        ),
        Cause::ContentEncoding => one(
            Some("bodies are taken as they are, in no coding".to_owned()),
            header(CONTENT_ENCODING),
        ),
        Cause::Host => one(
            Some("it is there once, and names a host and perhaps a port".to_owned()),
            header(HOST),
        ),
        Cause::UnknownPath => one(Some("nothing has this path".to_owned()), None),
        Cause::UnknownMethod(allowed) => one(Some(format!("it has {}", allowed.join(", "))), None),
        Cause::UriTooLong(most) => one(
            Some(format!("path and query have at most {most} bytes")),
            None,
        ),
        Cause::HeadersTooLarge(most) => {
            one(Some(format!("headers have at most {most} bytes")), None)
        }
        Cause::Size(most) => one(Some(format!("a body has at most {most} bytes")), None),
        Cause::Path
        | Cause::Query
        | Cause::Header
        | Cause::Syntax
        | Cause::Body
        | Cause::NotImplemented
        | Cause::Unavailable(_)
        | Cause::Overloaded
        | Cause::Stopping
        | Cause::Fault => one(None, None),
        Cause::Slow(time) => one(Some(format!("a body arrives within {time:?}")), None),
    }
}

fn violation_error(cause: &Cause, violation: &Violation) -> Error {
    let source = match &violation.place {
        Place::Parameter(ParameterLocation::Path | ParameterLocation::Query, name) => {
            Some(ErrorSource {
                parameter: Some(name.clone()),
                ..ErrorSource::default()
            })
        }
        Place::Parameter(ParameterLocation::Header, name) => Some(at_header(name.clone())),
        Place::Parameter(ParameterLocation::Cookie, _) => Some(at_header("Cookie".to_owned())),
        // What is not JSON has no places.
        Place::Body(_) if *cause == Cause::Syntax => None,
        Place::Body(pointer) => Some(ErrorSource {
            pointer: Some(pointer.clone()),
            ..ErrorSource::default()
        }),
    };
    error(
        violation_kind(cause, violation),
        Some(violation.to_string()),
        source,
    )
}

/// A document of errors, of which there must be one at least.
pub fn error_document(errors: Vec<Error>) -> ErrorDocument {
    ErrorDocument {
        errors,
        meta: None,
        jsonapi: None,
    }
}

/// One error object (JSON:API, "Error Objects").
pub fn error(kind: Kind, detail: Option<String>, source: Option<ErrorSource>) -> Error {
    let Kind {
        status,
        code,
        title,
    } = kind;
    Error {
        status: status.as_str().to_owned(),
        code: code.to_owned(),
        title: title.to_owned(),
        detail,
        source,
    }
}

fn at_header(name: String) -> ErrorSource {
    ErrorSource {
        header: Some(name),
        ..ErrorSource::default()
    }
}

fn quoted(types: &[&str]) -> String {
    types
        .iter()
        .map(|name| format!("`{name}`"))
        .collect::<Vec<_>>()
        .join(" or ")
}

/// A header's name as it is usually written; `http` keeps names in lower case.
fn canonical(name: &http::HeaderName) -> String {
    let words = name.as_str().split('-').map(|word| {
        let (first, rest) = word.split_at(word.len().min(1));
        first.to_ascii_uppercase() + rest
    });
    words.collect::<Vec<_>>().join("-")
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use std::time::Duration;

    use serde_json::{Value, json};

    use super::*;

    fn rejection(cause: Cause, violations: Vec<Violation>) -> Rejection {
        Rejection {
            cause,
            violations,
            operation: None,
            request_id: "r-1".to_owned(),
        }
    }

    fn violation(place: Place, keyword: &'static str) -> Violation {
        Violation {
            place,
            keyword,
            message: "is wrong".to_owned(),
        }
    }

    /// The status and the document.
    fn answer(cause: Cause, violations: Vec<Violation>) -> (u16, Value) {
        let Refusal {
            status,
            headers: _,
            content_type,
            body,
        } = refusal(&rejection(cause, violations));
        assert_eq!(content_type, "application/vnd.api+json");
        (status.as_u16(), serde_json::from_slice(&body).unwrap())
    }

    #[test]
    fn each_step_has_its_status_code_detail_and_source() {
        let check =
            |cause: Cause, status: u16, code: &str, detail: Option<&str>, header: Option<&str>| {
                let (found, document) = answer(cause, Vec::new());
                let error = &document["errors"][0];
                assert_eq!(found, status);
                assert_eq!(error["status"], status.to_string());
                assert_eq!(error["code"], code);
                assert_eq!(error.get("detail").and_then(Value::as_str), detail);
                assert_eq!(
                    error
                        .get("source")
                        .and_then(|source| source["header"].as_str()),
                    header
                );
                assert_eq!(document["errors"].as_array().unwrap().len(), 1);
            };
        const TYPES: &[&str] = &["application/vnd.api+json"];
        check(
            Cause::UnknownPath,
            404,
            "not_found",
            Some("nothing has this path"),
            None,
        );
        check(
            Cause::Host,
            400,
            "invalid_parameter",
            Some("it is there once, and names a host and perhaps a port"),
            Some("Host"),
        );
        check(
            Cause::UnknownMethod(vec!["GET", "HEAD"]),
            405,
            "method_not_allowed",
            Some("it has GET, HEAD"),
            None,
        );
        check(
            Cause::UriTooLong(10),
            414,
            "uri_too_long",
            Some("path and query have at most 10 bytes"),
            None,
        );
        check(
            Cause::HeadersTooLarge(10),
            431,
            "headers_too_large",
            Some("headers have at most 10 bytes"),
            None,
        );
        check(
            Cause::Credentials(vec!["Bearer".to_owned()]),
            401,
            "unauthorized",
            None,
            None,
        );
        let scopes = Cause::Scopes(vec!["events.read".to_owned()]);
        check(
            scopes,
            403,
            "missing_scope",
            Some("the scope `events.read` is needed"),
            Some("Authorization"),
        );
        let detail = "answers are of the media type `application/vnd.api+json`";
        check(
            Cause::Accept(TYPES),
            406,
            "not_acceptable",
            Some(detail),
            Some("Accept"),
        );
        let detail = "bodies are of the media type `application/vnd.api+json`";
        check(
            Cause::ContentType(TYPES),
            415,
            "unsupported_media_type",
            Some(detail),
            Some("Content-Type"),
        );
        check(
            Cause::ContentEncoding,
            415,
            "unsupported_media_type",
            Some("bodies are taken as they are, in no coding"),
            Some("Content-Encoding"),
        );
        check(
            Cause::Size(10),
            413,
            "content_too_large",
            Some("a body has at most 10 bytes"),
            None,
        );
        check(Cause::Syntax, 400, "malformed_body", None, None);
        check(
            Cause::Slow(Duration::from_secs(30)),
            408,
            "slow_body",
            Some("a body arrives within 30s"),
            None,
        );
        check(Cause::Unavailable(None), 503, "unavailable", None, None);
        check(Cause::Overloaded, 503, "unavailable", None, None);
        check(Cause::Stopping, 503, "unavailable", None, None);
        check(Cause::Fault, 500, "internal_error", None, None);
    }

    #[test]
    fn a_body_s_status_follows_from_where_its_faults_lie() {
        let check = |pointers: &[&str], expected: u16, codes: &[&str]| {
            let violations = pointers
                .iter()
                .map(|pointer| violation(Place::Body((*pointer).to_owned()), "type"))
                .collect();
            let (status, document) = answer(Cause::Body, violations);
            assert_eq!(status, expected, "{pointers:?}");
            let errors = document["errors"].as_array().unwrap();
            assert_eq!(
                errors
                    .iter()
                    .map(|error| error["code"].as_str().unwrap())
                    .collect::<Vec<_>>(),
                codes
            );
            let sources: Vec<_> = errors
                .iter()
                .map(|error| error["source"]["pointer"].as_str().unwrap())
                .collect();
            assert_eq!(sources, pointers);
        };
        check(&["/data/id"], 403, &["client_generated_id"]);
        check(&["/data/type"], 409, &["wrong_type"]);
        check(
            &["/data/type", "/data/id"],
            403,
            &["wrong_type", "client_generated_id"],
        );
        check(
            &["/data/attributes", "/data/type"],
            409,
            &["invalid_body", "wrong_type"],
        );
        check(
            &["/data", "/data/attributes/name"],
            422,
            &["invalid_body", "invalid_body"],
        );
        check(
            &["", "/data/relationships/user/data/id"],
            422,
            &["invalid_body", "invalid_body"],
        );
        check(
            &["/data/relationships/user/data/type"],
            422,
            &["invalid_body"],
        );
    }

    #[test]
    fn parameters_are_named_where_they_stand() {
        let check = |cause: Cause, location, keyword, code: &str, source: Value| {
            let place = Place::Parameter(location, "x".to_owned());
            let (status, document) = answer(cause, vec![violation(place, keyword)]);
            let error = &document["errors"][0];
            assert_eq!(
                (status, error["code"].as_str().unwrap(), &error["source"]),
                (400, code, &source)
            );
            assert_eq!(error["detail"], "`x` is wrong");
        };
        let parameter = || json!({ "parameter": "x" });
        check(
            Cause::Path,
            ParameterLocation::Path,
            "type",
            "invalid_parameter",
            parameter(),
        );
        check(
            Cause::Query,
            ParameterLocation::Query,
            "unknown",
            "unknown_parameter",
            parameter(),
        );
        check(
            Cause::Query,
            ParameterLocation::Query,
            "repeated",
            "invalid_parameter",
            parameter(),
        );
        check(
            Cause::Header,
            ParameterLocation::Header,
            "maxLength",
            "invalid_parameter",
            json!({ "header": "x" }),
        );
        check(
            Cause::Header,
            ParameterLocation::Cookie,
            "type",
            "invalid_parameter",
            json!({ "header": "Cookie" }),
        );
    }

    #[test]
    fn what_is_not_json_is_400_and_has_no_place() {
        let (status, document) = answer(
            Cause::Syntax,
            vec![violation(Place::Body(String::new()), "syntax")],
        );
        assert_eq!(status, 400);
        assert_eq!(document["errors"][0]["detail"], "the body is wrong");
        assert_eq!(document["errors"][0].get("source"), None);
    }

    #[test]
    fn a_refused_credential_is_not_explained() {
        let challenges = vec![
            "Bearer".to_owned(),
            "ApiKey in=\"header\", name=\"S2S-Auth-Token\"".to_owned(),
        ];
        let (_, document) = answer(Cause::Credentials(challenges), Vec::new());
        let expected = json!({
            "errors": [{"status": "401", "code": "unauthorized", "title": "A credential is missing or not valid"}],
        });
        assert_eq!(document, expected);
    }

    #[test]
    fn who_is_told_to_wait_is_told_how_long() {
        for (seconds, expected) in [(None, "2"), (Some(0), "1"), (Some(30), "30")] {
            let refusal = refusal(&rejection(Cause::Unavailable(seconds), Vec::new()));
            assert_eq!(
                refusal.headers,
                [(RETRY_AFTER, HeaderValue::from_static(expected))]
            );
        }
        assert_eq!(refusal(&rejection(Cause::Fault, Vec::new())).headers, []);
    }

    #[test]
    fn a_fault_names_the_request_in_the_log() {
        assert_eq!(answer(Cause::Fault, Vec::new()).1["meta"]["id"], "r-1");
        assert_eq!(answer(Cause::UnknownPath, Vec::new()).1.get("meta"), None);
    }
}
