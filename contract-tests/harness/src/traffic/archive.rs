//! Recorded traffic: HTTP archives (HAR 1.2), as browsers and proxies write them.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri};
use serde::Deserialize;

use crate::exchange::{Answer, NoAnswer};

/// One exchange of an archive.
#[derive(Debug)]
pub struct Recorded {
    /// The request; its URI is the whole URL.
    pub request: http::Request<Bytes>,
    /// The answer, or why there is none.
    pub answer: Result<Answer, NoAnswer>,
}

/// What cannot be read of an archive.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ArchiveError {
    /// It is no archive at all.
    #[error("it is no HTTP archive (HAR 1.2): {0}")]
    NoArchive(String),
    /// An entry cannot be read.
    #[error("/log/entries/{index}: {reason}")]
    Entry {
        /// Which one, counted from 0.
        index: usize,
        /// What is wrong with it.
        reason: String,
    },
}

#[derive(Deserialize)]
struct Archive {
    log: Log,
}

#[derive(Deserialize)]
struct Log {
    entries: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    request: RecordedRequest,
    response: RecordedResponse,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RecordedRequest {
    method: String,
    url: String,
    #[serde(default)]
    headers: Vec<Pair>,
    post_data: Option<PostData>,
}

#[derive(Deserialize)]
struct Pair {
    name: String,
    value: String,
}

#[derive(Deserialize)]
struct PostData {
    #[serde(default)]
    text: String,
    /// Not of HAR 1.2, but written by some that record bytes.
    encoding: Option<String>,
}

#[derive(Deserialize)]
struct RecordedResponse {
    /// A number below 100 says that there was no answer.
    status: i64,
    #[serde(default)]
    headers: Vec<Pair>,
    #[serde(default)]
    content: Content,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Content {
    #[serde(default)]
    size: Option<i64>,
    text: Option<String>,
    encoding: Option<String>,
}

/// Reads an archive: its exchanges in their order, each by itself.
///
/// # Errors
/// It is no archive at all. An entry that cannot be read is an error of its own, and the others are read.
pub fn read(text: &str) -> Result<Vec<Result<Recorded, ArchiveError>>, ArchiveError> {
    let archive: Archive =
        // Some tools begin their files with a byte order mark.
        serde_json::from_str(text.trim_start_matches('\u{feff}'))
            .map_err(|error| ArchiveError::NoArchive(error.to_string()))?;
    let entries = archive.log.entries.into_iter().enumerate();
    Ok(entries
        .map(|(index, entry)| {
            recorded(entry).map_err(|reason| ArchiveError::Entry { index, reason })
        })
        .collect())
}

fn recorded(entry: Entry) -> Result<Recorded, String> {
    let Entry { request, response } = entry;
    let method: Method = request
        .method
        .parse()
        .map_err(|_| format!("`{}` is no method", request.method))?;
    let url = request.url.split('#').next().unwrap_or_default();
    let uri: Uri = url
        .parse()
        .map_err(|error| format!("`{url}` is no URL: {error}"))?;
    let body = match request.post_data {
        Some(PostData { text, encoding }) => decoded(text, encoding.as_deref())?,
        None => Bytes::new(),
    };
    let mut built = http::Request::new(body);
    *built.method_mut() = method;
    *built.uri_mut() = uri;
    *built.headers_mut() = headers(request.headers)?;
    Ok(Recorded {
        request: built,
        answer: answer(response)?,
    })
}

fn answer(response: RecordedResponse) -> Result<Result<Answer, NoAnswer>, String> {
    let status = u16::try_from(response.status).ok();
    let Some(status) = status.and_then(|code| StatusCode::from_u16(code).ok()) else {
        return Ok(Err(NoAnswer::Broken("none is recorded".to_owned())));
    };
    let mut headers = headers(response.headers)?;
    let Content {
        size,
        text,
        encoding,
    } = response.content;
    let is_left_out = text.is_none() && size.is_some_and(|size| size > 0);
    let body = decoded(text.unwrap_or_default(), encoding.as_deref())?;
    // An archive has the body as it was meant, not as it travelled.
    headers.remove(http::header::CONTENT_ENCODING);
    if is_left_out {
        return Err("the answer has a body, and its text is not recorded".to_owned());
    }
    Ok(Ok(Answer::new(status, headers, body)))
}

fn decoded(text: String, encoding: Option<&str>) -> Result<Bytes, String> {
    match encoding {
        Some("base64") => STANDARD
            .decode(text.trim())
            .map(Bytes::from)
            .map_err(|error| format!("a body is not in base64, as it says: {error}")),
        Some(other) if !other.is_empty() => Err(format!("a body is in the unknown form `{other}`")),
        _ => Ok(Bytes::from(text)),
    }
}

fn headers(pairs: Vec<Pair>) -> Result<HeaderMap, String> {
    let mut headers = HeaderMap::new();
    for Pair { name, value } in pairs {
        // The pseudo-headers of HTTP/2, which browsers record beside the others.
        if name.starts_with(':') {
            continue;
        }
        let known = HeaderName::from_bytes(name.as_bytes())
            .map_err(|_| format!("`{name}` is no name of a header"))?;
        let value = HeaderValue::from_bytes(value.as_bytes())
            .map_err(|_| format!("the header `{name}` has a value that HTTP cannot carry"))?;
        headers.append(known, value);
    }
    Ok(headers)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    fn entry(request: &str, response: &str) -> String {
        format!(r#"{{"log":{{"entries":[{{"request":{request},"response":{response}}}]}}}}"#)
    }

    #[test]
    fn requests_and_answers_come_as_they_were() {
        let text = entry(
            r#"{"method":"POST","url":"http://h/v1/a?b=1#c","headers":[{"name":":path","value":"/"},{"name":"X","value":"y"}],"postData":{"mimeType":"a/b","text":"body"}}"#,
            r#"{"status":201,"headers":[{"name":"Content-Type","value":"application/json"},{"name":"content-encoding","value":"gzip"}],"content":{"size":2,"text":"e30=","encoding":"base64"}}"#,
        );
        let recorded = read(&text).unwrap().remove(0).unwrap();
        let (request, answer) = (recorded.request, recorded.answer.unwrap());
        assert_eq!(request.uri(), "http://h/v1/a?b=1");
        assert_eq!(
            (request.headers().len(), &request.body()[..]),
            (1, &b"body"[..])
        );
        assert_eq!(
            (answer.status.as_u16(), &answer.body[..]),
            (201, &b"{}"[..])
        );
        assert!(answer.value().is_some());
    }

    #[test]
    fn what_cannot_be_read_is_told_with_its_place() {
        let (get, fine) = (r#"{"method":"GET","url":"/a"}"#, r#"{"status":204}"#);
        for (request, response, expected) in [
            (get, fine, ""),
            (get, r#"{"status":0}"#, ""),
            (r#"{"method":"G T","url":"/a"}"#, fine, "`G T` is no method"),
            (r#"{"method":"GET","url":"a b"}"#, fine, "`a b` is no URL"),
            (
                get,
                r#"{"status":200,"content":{"size":5}}"#,
                "its text is not recorded",
            ),
            (
                get,
                r#"{"status":200,"content":{"text":"?","encoding":"base64"}}"#,
                "not in base64",
            ),
        ] {
            let told = match read(&entry(request, response)).unwrap().remove(0) {
                Ok(_) => String::new(),
                Err(error) => error.to_string(),
            };
            assert!(told.contains(expected), "{told}");
            assert_eq!(told.is_empty(), expected.is_empty(), "{told}");
        }
        assert!(read("{}").is_err());
    }
}
