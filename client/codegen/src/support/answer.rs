//! Whether an answer is one that the document describes, and what is in it.
//!
//! progenitor looks at the status of an answer alone. So the body is read here, before progenitor sees it, and an
//! answer that breaks the document is marked, to become an error where errors can be returned. A body that the document
//! calls bytes is not read, but handed on as it comes.

use std::fmt;

use progenitor_client::{ByteStream, Error, ResponseValue};
use reqwest::header::{CONTENT_TYPE, HeaderMap};
use reqwest::{Response, ResponseBuilderExt as _, StatusCode, Url};
use schema_check::serde::de::{DeserializeOwned, Error as _};
use schema_check::serde_json::{self, Value};
use schema_check::{Direction, Schema, check, decode, parse_json};

use super::body::covers;
use super::operation::{Content, Format, Operation};

/// A body that is read as it comes.
pub struct BodyStream(Response);

impl BodyStream {
    /// Reads it to its end.
    ///
    /// # Errors
    /// It broke off.
    pub async fn bytes(self) -> reqwest::Result<Vec<u8>> {
        self.0.bytes().await.map(Vec::from)
    }

    /// Its pieces, as they come.
    pub fn into_stream(self) -> ByteStream {
        ResponseValue::stream(self.0).into_inner()
    }
}

impl fmt::Debug for BodyStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BodyStream(...)")
    }
}

/// What is wrong with an answer, and its body.
#[derive(Clone)]
enum Fault {
    /// There is no type for answers of that status.
    Untyped(Vec<u8>),
    /// The body is not as the response has it.
    Broken(String, Vec<u8>),
}

/// Compares an answer with the document, for which it is read to its end, where the document says what it holds.
///
/// # Errors
/// The answer could not be read to its end.
pub async fn receive(operation: &Operation, mut response: Response) -> reqwest::Result<Response> {
    let status = response.status();
    let declared = operation.response(status.as_u16());
    let content = declared.map(|(_, declared)| find(declared.content, response.headers()));
    if let Some(Ok(Some((
        _,
        Content {
            format: Format::Stream,
            ..
        },
    )))) = content
    {
        return Ok(response);
    }
    let url = response.url().clone();
    let headers = std::mem::take(response.headers_mut());
    let body = response.bytes().await?;
    let fault = match content {
        None => Some(Fault::Untyped(body.to_vec())),
        Some(content) => {
            let content = content.map(|content| content.map(|(_, content)| content));
            match content.and_then(|content| judge(content, &body)) {
                Err(message) => {
                    let message = format!("{} answered {status}: {message}", operation.id);
                    Some(Fault::Broken(message, body.to_vec()))
                }
                Ok(()) if operation.is_untyped(status) => Some(Fault::Untyped(body.to_vec())),
                Ok(()) => None,
            }
        }
    };
    let mut answer = rebuild(status, url, headers, body);
    if let Some(fault) = fault {
        answer.extensions_mut().insert(fault);
    }
    Ok(answer)
}

/// Refuses an answer that `receive` found a fault in.
///
/// # Errors
/// The fault, if there is one.
#[allow(clippy::result_large_err, reason = "the type is progenitor's")]
pub fn refuse<E>(result: &reqwest::Result<Response>) -> Result<(), Error<E>> {
    let Ok(response) = result else { return Ok(()) };
    match response.extensions().get::<Fault>() {
        None => Ok(()),
        Some(Fault::Untyped(body)) => {
            let url = response.url().clone();
            let headers = response.headers().clone();
            let answer = rebuild(response.status(), url, headers, body.clone());
            Err(Error::UnexpectedResponse(answer))
        }
        Some(Fault::Broken(message, body)) => {
            let error = serde_json::Error::custom(message);
            Err(Error::InvalidResponsePayload(body.clone().into(), error))
        }
    }
}

fn rebuild<B>(status: StatusCode, url: Url, headers: HeaderMap, body: B) -> Response
where
    B: Default + Into<reqwest::Body>,
{
    let answer = http::Response::builder().status(status).url(url).body(body);
    // A status that was received is one, so that there is always something to take.
    let mut answer = answer.unwrap_or_default();
    *answer.headers_mut() = headers;
    answer.into()
}

/// Which of the declared bodies one is, by its media type; `None` where none is declared.
pub fn find(
    contents: &'static [Content],
    headers: &HeaderMap,
) -> Result<Option<(usize, &'static Content)>, String> {
    if contents.is_empty() {
        return Ok(None);
    }
    let Some(content_type) = headers.get(CONTENT_TYPE) else {
        // RFC 9110, section 8.3: it may be anything, so it is what the document says if that is bytes of any kind.
        let any = contents.iter().position(|c| c.media_type == "*/*");
        return match any {
            Some(index) => Ok(Some((index, &contents[index]))),
            None => Err("there is no `Content-Type`".to_owned()),
        };
    };
    let content_type = String::from_utf8_lossy(content_type.as_bytes()).to_ascii_lowercase();
    let media_type = content_type.split(';').next().unwrap_or_default().trim();
    let mut found = None;
    for (index, content) in contents.iter().enumerate() {
        let closeness = covers(content.media_type, media_type);
        if closeness > found.map(|(closeness, _, _)| closeness) {
            found = closeness.map(|closeness| (closeness, index, content));
        }
    }
    match found {
        Some((_, index, content)) => Ok(Some((index, content))),
        None => {
            let declared: Vec<&str> = contents.iter().map(|c| c.media_type).collect();
            let declared = declared.join("` or `");
            Err(format!(
                "the body is of `{media_type}`, not of `{declared}`"
            ))
        }
    }
}

/// What is wrong with a body.
fn judge(content: Option<&Content>, body: &[u8]) -> Result<(), String> {
    let (schema, value): (&Schema, Value) = match content.map(|content| content.format) {
        None | Some(Format::Stream) => return Ok(()),
        Some(Format::Json(schema)) => {
            let value = parse_json(body);
            let value = value.map_err(|error| format!("the body is not JSON: {error}"))?;
            (schema, value)
        }
        Some(Format::Text(schema)) => {
            let text = std::str::from_utf8(body);
            let text = text.map_err(|_| "the body is not UTF-8".to_owned())?;
            (schema, Value::from(text))
        }
    };
    let violations = check(schema, &value, Direction::Response);
    if violations.is_empty() {
        return Ok(());
    }
    let violations: Vec<String> = violations
        .into_iter()
        .map(|violation| {
            let at = if violation.pointer.is_empty() {
                ""
            } else {
                " at "
            };
            format!("the body{at}{}: {}", violation.pointer, violation.message)
        })
        .collect();
    Err(violations.join("; "))
}

/// An answer that keeps the document, about to become one of the types that an operation is answered with.
pub struct Answer {
    operation: &'static Operation,
    response: Response,
}

impl Answer {
    /// The answer to an operation.
    pub fn new(operation: &'static Operation, response: Response) -> Answer {
        Answer {
            operation,
            response,
        }
    }

    /// What it is: whether it is a success, the place of its response in the document, and that of its media type.
    pub fn case(&self) -> (bool, usize, usize) {
        let status = self.response.status();
        let declared = self.operation.response(status.as_u16());
        let Some((place, declared)) = declared.filter(|_| !status.is_redirection()) else {
            return (false, usize::MAX, 0);
        };
        let content = find(declared.content, self.response.headers());
        let content = content.ok().flatten().map_or(0, |(place, _)| place);
        (status.is_success(), place, content)
    }

    /// An answer whose body is JSON.
    ///
    /// # Errors
    /// It broke off, or does not fit the type.
    pub async fn json<T: DeserializeOwned, U, E>(
        self,
        wrap: impl FnOnce(T) -> U,
    ) -> Result<ResponseValue<U>, Error<E>> {
        let (status, headers) = (self.response.status(), self.response.headers().clone());
        let body = self
            .response
            .bytes()
            .await
            .map_err(Error::ResponseBodyError)?;
        let value = serde_json::from_slice(&body).and_then(|value| decode(&value));
        let value = value.map_err(|error| Error::InvalidResponsePayload(body, error))?;
        Ok(ResponseValue::new(wrap(value), status, headers))
    }

    /// An answer whose body is a text.
    ///
    /// # Errors
    /// It broke off.
    pub async fn text<U, E>(
        self,
        wrap: impl FnOnce(String) -> U,
    ) -> Result<ResponseValue<U>, Error<E>> {
        let (status, headers) = (self.response.status(), self.response.headers().clone());
        let body = self
            .response
            .bytes()
            .await
            .map_err(Error::ResponseBodyError)?;
        let text = String::from_utf8_lossy(&body).into_owned();
        Ok(ResponseValue::new(wrap(text), status, headers))
    }

    /// An answer whose body is read as it comes.
    pub fn stream<U>(self, wrap: impl FnOnce(BodyStream) -> U) -> ResponseValue<U> {
        let (status, headers) = (self.response.status(), self.response.headers().clone());
        ResponseValue::new(wrap(BodyStream(self.response)), status, headers)
    }

    /// An answer without a body.
    pub fn empty<U>(self, value: U) -> ResponseValue<U> {
        let (status, headers) = (self.response.status(), self.response.headers().clone());
        ResponseValue::new(value, status, headers)
    }

    /// An answer that there is no type for.
    pub fn unexpected<E>(self) -> Error<E> {
        Error::UnexpectedResponse(self.response)
    }
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderValue;
    use schema_check::Types;

    use super::*;

    static THING: Schema = Schema {
        types: Types::OBJECT,
        required: &["name"],
        ..Schema::ANY
    };

    static CONTENTS: [Content; 4] = [
        Content {
            media_type: "application/vnd.api+json",
            format: Format::Json(&THING),
        },
        Content {
            media_type: "application/json",
            format: Format::Json(&Schema::ANY),
        },
        Content {
            media_type: "text/*",
            format: Format::Text(&Schema::ANY),
        },
        Content {
            media_type: "text/css",
            format: Format::Stream,
        },
    ];

    fn headers(content_type: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        if !content_type.is_empty() {
            headers.insert(CONTENT_TYPE, HeaderValue::from_str(content_type).unwrap());
        }
        headers
    }

    fn judged(content_type: &str, body: &[u8]) -> Result<(), String> {
        let content = find(&CONTENTS, &headers(content_type))?;
        judge(content.map(|(_, content)| content), body)
    }

    #[track_caller]
    fn check(content_type: &str, body: &str, expected: Result<(), &str>) {
        assert_eq!(
            judged(content_type, body.as_bytes()),
            expected.map_err(str::to_owned),
            "{content_type} {body}"
        );
    }

    #[test]
    fn a_body_is_of_a_declared_type_and_keeps_its_schema() {
        check("application/vnd.api+json", r#"{"name":1}"#, Ok(()));
        check("Application/JSON; charset=utf-8", "1", Ok(()));
        check(
            "application/vnd.api+json",
            "{}",
            Err("the body: the member `name` is missing"),
        );
        check(
            "image/png",
            "{}",
            Err(
                "the body is of `image/png`, not of `application/vnd.api+json` or `application/json` or `text/*` or `text/css`",
            ),
        );
        check("", "{}", Err("there is no `Content-Type`"));
    }

    #[test]
    fn a_body_is_one_whole_json_text() {
        for broken in ["", "{", r#"{"name":1,"name":2}"#, r#"{"name":1}}"#] {
            let message = judged("application/json", broken.as_bytes()).unwrap_err();
            assert!(message.starts_with("the body is not JSON: "), "{message}");
        }
    }

    #[test]
    fn a_text_is_text_and_bytes_are_anything() {
        check("text/html; charset=utf-8", "<p>", Ok(()));
        assert_eq!(
            judged("text/html", &[0xff]).unwrap_err(),
            "the body is not UTF-8"
        );
        assert_eq!(judged("text/css", &[0xff]), Ok(()));
    }

    #[test]
    fn the_closest_media_type_is_taken() {
        let found = |content_type| find(&CONTENTS, &headers(content_type)).unwrap();
        assert_eq!(found("TEXT/CSS").unwrap().0, 3);
        assert_eq!(found("text/csv").unwrap().0, 2);
        static ANY: [Content; 1] = [Content {
            media_type: "*/*",
            format: Format::Stream,
        }];
        let without = find(&ANY, &HeaderMap::new()).unwrap();
        assert_eq!(without.unwrap().0, 0);
    }

    #[test]
    fn where_no_body_is_declared_none_is_looked_at() {
        assert!(find(&[], &HeaderMap::new()).unwrap().is_none());
        assert_eq!(judge(None, b"{"), Ok(()));
    }
}
