//! Whether an answer is one that the document describes.
//!
//! progenitor looks at the status of an answer alone. So the body is read here, before progenitor sees it, and an
//! answer that breaks the document is marked, to become an error where errors can be returned.

use progenitor_client::Error;
use reqwest::header::{CONTENT_TYPE, HeaderMap};
use reqwest::{Response, ResponseBuilderExt as _, StatusCode, Url};
use schema_check::serde::de::Error as _;
use schema_check::{Direction, check, parse_json, serde_json};

use super::operation::{Content, Operation};

/// What is wrong with an answer, and its body.
#[derive(Clone)]
enum Fault {
    /// The document has no response of that status.
    Undeclared(Vec<u8>),
    /// The body is not as the response has it.
    Broken(String, Vec<u8>),
}

/// Reads an answer to its end and compares it with the document.
///
/// # Errors
/// The answer could not be read to its end.
pub async fn receive(operation: &Operation, mut response: Response) -> reqwest::Result<Response> {
    let status = response.status();
    let url = response.url().clone();
    let headers = std::mem::take(response.headers_mut());
    let body = response.bytes().await?;
    let fault = match operation.response(status.as_u16()) {
        None => Some(Fault::Undeclared(body.to_vec())),
        Some(declared) => judge(declared.content, &headers, &body)
            .err()
            .map(|message| {
                let message = format!("{} answered {status}: {message}", operation.id);
                Fault::Broken(message, body.to_vec())
            }),
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
        Some(Fault::Undeclared(body)) => {
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

/// What is wrong with a body, if it is not one of those that may be there.
fn judge(contents: &[Content], headers: &HeaderMap, body: &[u8]) -> Result<(), String> {
    if contents.is_empty() {
        return Ok(());
    }
    let Some(content_type) = headers.get(CONTENT_TYPE) else {
        return Err("there is no `Content-Type`".to_owned());
    };
    let content_type = String::from_utf8_lossy(content_type.as_bytes());
    let media_type = content_type.split(';').next().unwrap_or_default().trim();
    let content = contents
        .iter()
        .find(|content| content.media_type.eq_ignore_ascii_case(media_type));
    let Some(content) = content else {
        let declared: Vec<&str> = contents.iter().map(|content| content.media_type).collect();
        let declared = declared.join("` or `");
        return Err(format!(
            "the body is of `{media_type}`, not of `{declared}`"
        ));
    };
    let value = parse_json(body).map_err(|error| format!("the body is not JSON: {error}"))?;
    let violations = check(content.schema, &value, Direction::Response);
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

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderValue;
    use schema_check::{Schema, Types};

    use super::*;

    static THING: Schema = Schema {
        types: Types::OBJECT,
        required: &["name"],
        ..Schema::ANY
    };

    fn check(content_type: &str, body: &str, expected: Result<(), &str>) {
        let contents = [
            Content {
                media_type: "application/vnd.api+json",
                schema: &THING,
            },
            Content {
                media_type: "application/json",
                schema: &Schema::ANY,
            },
        ];
        let mut headers = HeaderMap::new();
        if !content_type.is_empty() {
            headers.insert(CONTENT_TYPE, HeaderValue::from_str(content_type).unwrap());
        }
        let found = judge(&contents, &headers, body.as_bytes());
        assert_eq!(
            found,
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
            "text/html",
            "{}",
            Err(
                "the body is of `text/html`, not of `application/vnd.api+json` or `application/json`",
            ),
        );
        check("", "{}", Err("there is no `Content-Type`"));
    }

    #[test]
    fn a_body_is_one_whole_json_text() {
        for broken in ["", "{", r#"{"name":1,"name":2}"#, r#"{"name":1}}"#] {
            let mut headers = HeaderMap::new();
            headers.insert(CONTENT_TYPE, HeaderValue::from_static("a/b"));
            let content = Content {
                media_type: "a/b",
                schema: &THING,
            };
            let found = judge(&[content], &headers, broken.as_bytes());
            let message = found.unwrap_err();
            assert!(message.starts_with("the body is not JSON: "), "{message}");
        }
    }

    #[test]
    fn where_no_body_is_declared_none_is_looked_at() {
        assert_eq!(judge(&[], &HeaderMap::new(), b"{"), Ok(()));
    }
}
