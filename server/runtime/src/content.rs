//! Bodies: from what was sent to what generated code makes a typed request of.

use std::time::Duration;

use bytes::Bytes;
use dropshot::Body;
use http::HeaderMap;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE};
use http_body::Body as _;
use schema_check::{Direction, Schema, check, decode, parse_json};
use serde::de::{DeserializeOwned, Error as _};
use serde_json::Value;

use crate::rejection::{Cause, Place, Violation};
use crate::security::the_only;
use crate::shape::{form_pair, read_pairs};
use crate::spec::{BodyForm, BodyFormat, BodySpec, ParameterLocation, ParameterSpec, Shape};
use crate::stream::BodyStream;
use crate::text::Query;
use crate::{body, media, multipart, text};

/// Of a place in a body and of what is wrong there, this many characters are told: both can hold names that the body made up,
/// and an answer must not grow with the request.
const LONGEST: (usize, usize) = (300, 1000);

/// Why a request was refused, and what is wrong with it.
pub(crate) type Refused = (Cause, Vec<Violation>);

/// A body that keeps the document.
pub(crate) struct Accepted {
    /// As it was sent.
    pub bytes: Bytes,
    /// Which of its forms it has.
    form: usize,
    content: Content,
}

enum Content {
    None,
    Value(Value),
    Text(String),
    Parts(std::vec::IntoIter<PartValue>),
    Stream(BodyStream),
}

/// A field of a form in parts.
pub(crate) enum PartValue {
    Value(Option<Value>),
    Files(Vec<File>),
}

/// A file in a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// What the caller calls it. It is no path to write to.
    pub name: Option<String>,
    /// Its media type, as the caller has it.
    pub content_type: Option<String>,
    /// What it holds.
    pub bytes: Bytes,
}

impl Accepted {
    pub fn none() -> Accepted {
        Accepted {
            bytes: Bytes::new(),
            form: 0,
            content: Content::None,
        }
    }
}

/// Reads and checks a body: its media type and encoding, its size, its syntax and its schema, in this order.
pub(crate) async fn accept(
    parameters: &[ParameterSpec],
    spec: &'static BodySpec,
    headers: &HeaderMap,
    body: Body,
    (limit, stream_limit): (usize, u64),
    time: Duration,
) -> Result<Accepted, Refused> {
    if body.is_end_stream() && !spec.required {
        return Ok(Accepted::none());
    }
    let content_type = match the_only(headers.get_all(CONTENT_TYPE).iter()) {
        // Of two, nobody can say which is meant.
        None if headers.contains_key(CONTENT_TYPE) => None,
        None if body.is_end_stream() => return Err(syntax("is missing".to_owned())),
        // RFC 9110, section 8.3.
        None => Some("application/octet-stream"),
        Some(value) => value.to_str().ok(),
    };
    let (form, found) = content_type
        .and_then(|content_type| form_of(spec, content_type))
        .ok_or((Cause::ContentType(spec.media_types), Vec::new()))?;
    if is_encoded(headers) && !declares_encoding(parameters) {
        return Err((Cause::ContentEncoding, Vec::new()));
    }
    if let BodyFormat::Stream = found.format {
        let announced = headers
            .get(CONTENT_LENGTH)
            .and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
        if announced.is_some_and(|length| length > stream_limit) {
            let most = usize::try_from(stream_limit).unwrap_or(usize::MAX);
            return Err((Cause::Size(most), Vec::new()));
        }
        return Ok(Accepted {
            bytes: Bytes::new(),
            form,
            content: Content::Stream(BodyStream::limited(body, stream_limit, time)),
        });
    }
    let bytes = body::read(headers, body, limit, time)
        .await
        .map_err(|cause| (cause, Vec::new()))?;
    let text = || {
        let text = std::str::from_utf8(&bytes).map_err(|_| syntax("is not UTF-8".to_owned()))?;
        Ok::<_, Refused>(text.to_owned())
    };
    let content = match &found.format {
        BodyFormat::Json(schema) => {
            let value =
                parse_json(&bytes).map_err(|error| syntax(format!("is not JSON: {error}")))?;
            Content::Value(checked(schema, value)?)
        }
        BodyFormat::Text(schema) => match checked(schema, Value::String(text()?))? {
            Value::String(text) => Content::Text(text),
            _ => Content::None,
        },
        BodyFormat::Form(members, schema) => {
            let text = text()?;
            let query = Query::parse(&text);
            let pairs: Vec<_> = query
                .0
                .iter()
                .map(|(name, text)| form_pair(members, name, text))
                .collect();
            if !pairs.iter().all(|(_, text)| text.can_be_decoded()) {
                return Err(syntax("is not UTF-8 in percent-encoding".to_owned()));
            }
            let value = read_pairs(Shape::Spread(members), &pairs)
                .map_err(|(keyword, message)| (Cause::Body, vec![at("", keyword, message)]))?;
            Content::Value(checked(schema, value)?)
        }
        BodyFormat::Multipart(parts) => {
            let boundary = content_type.and_then(|given| media::parameter(given, "boundary"));
            let boundary = boundary.ok_or_else(|| syntax("has no `boundary`".to_owned()))?;
            let values = multipart::read(parts, boundary, bytes.clone()).await?;
            Content::Parts(values.into_iter())
        }
        BodyFormat::Stream => Content::None,
    };
    Ok(Accepted {
        bytes,
        form,
        content,
    })
}

/// Whether the body is something else until it is decoded (RFC 9110, section 8.4).
fn is_encoded(headers: &HeaderMap) -> bool {
    headers.get_all(CONTENT_ENCODING).iter().any(|value| {
        let mut codings = value.as_bytes().split(|byte| *byte == b',');
        codings.any(|coding| {
            let coding = coding.trim_ascii();
            !coding.is_empty() && !coding.eq_ignore_ascii_case(b"identity")
        })
    })
}

/// Whether the document itself says what becomes of the header.
fn declares_encoding(parameters: &[ParameterSpec]) -> bool {
    parameters.iter().any(|parameter| {
        parameter.location == ParameterLocation::Header
            && parameter
                .name
                .eq_ignore_ascii_case(CONTENT_ENCODING.as_str())
    })
}

/// The form whose media type a `Content-Type` names most closely.
fn form_of(spec: &'static BodySpec, content_type: &str) -> Option<(usize, &'static BodyForm)> {
    let close = |(_, form): &(usize, &'static BodyForm)| {
        let is_text = !matches!(form.format, BodyFormat::Stream | BodyFormat::Multipart(_));
        let all = form.media_types.iter();
        all.filter_map(|accepted| media::accepted(content_type, accepted, is_text))
            .max()
    };
    let best = spec.forms.iter().enumerate().max_by_key(close)?;
    close(&best).map(|_| best)
}

fn checked(schema: &Schema, value: Value) -> Result<Value, Refused> {
    let found = check(schema, &value, Direction::Request);
    if found.is_empty() {
        return Ok(value);
    }
    let violations = found
        .into_iter()
        .map(|v| at(&v.pointer, v.keyword, v.message));
    Err((Cause::Body, violations.collect()))
}

/// Something that is wrong at a place in the body.
pub(crate) fn at(pointer: &str, keyword: &'static str, message: String) -> Violation {
    Violation {
        place: Place::Body(text::shortened(pointer, LONGEST.0)),
        keyword,
        message: text::shortened(&message, LONGEST.1),
    }
}

/// The body cannot be read.
pub(crate) fn syntax(message: String) -> Refused {
    (Cause::Syntax, vec![at("", "syntax", message)])
}

/// Hands out the checked values of a request, in the order in which the document has them.
pub struct Decoder {
    parameters: std::vec::IntoIter<Option<Value>>,
    form: usize,
    content: Content,
}

impl Decoder {
    pub(crate) fn new(parameters: Vec<Option<Value>>, body: Accepted) -> Decoder {
        Decoder {
            parameters: parameters.into_iter(),
            form: body.form,
            content: body.content,
        }
    }

    /// The next parameter.
    ///
    /// # Errors
    /// It does not fit the type.
    pub fn parameter<T: DeserializeOwned>(&mut self) -> Result<T, serde_json::Error> {
        decode(&self.parameters.next().flatten().unwrap_or(Value::Null))
    }

    /// Whether the request has a body.
    pub fn has_body(&self) -> bool {
        !matches!(self.content, Content::None)
    }

    /// Which of the forms the body has, from 0.
    pub fn form(&self) -> usize {
        self.form
    }

    /// The body, where it is JSON or a form.
    ///
    /// # Errors
    /// It does not fit the type.
    pub fn body<T: DeserializeOwned>(&mut self) -> Result<T, serde_json::Error> {
        match std::mem::replace(&mut self.content, Content::None) {
            Content::Value(value) => decode(&value),
            _ => decode(&Value::Null),
        }
    }

    /// The body, where it is a text.
    ///
    /// # Errors
    /// It is none.
    pub fn text(&mut self) -> Result<String, serde_json::Error> {
        match std::mem::replace(&mut self.content, Content::None) {
            Content::Text(text) => Ok(text),
            _ => Err(serde_json::Error::custom("the body is no text")),
        }
    }

    /// The body, where it is handed on as it comes.
    ///
    /// # Errors
    /// It is not.
    pub fn stream(&mut self) -> Result<BodyStream, serde_json::Error> {
        match std::mem::replace(&mut self.content, Content::None) {
            Content::Stream(stream) => Ok(stream),
            _ => Err(serde_json::Error::custom("the body is no stream")),
        }
    }

    /// The next field of a form in parts.
    ///
    /// # Errors
    /// It does not fit the type.
    pub fn part<T: DeserializeOwned>(&mut self) -> Result<T, serde_json::Error> {
        match self.next_part() {
            Some(PartValue::Value(Some(value))) => decode(&value),
            _ => decode(&Value::Null),
        }
    }

    /// The next field of a form in parts, which is a file.
    ///
    /// # Errors
    /// There is none.
    pub fn file(&mut self) -> Result<File, serde_json::Error> {
        self.optional_file()
            .ok_or_else(|| serde_json::Error::custom("the file is missing"))
    }

    /// The next field of a form in parts, which may be a file.
    pub fn optional_file(&mut self) -> Option<File> {
        self.files().pop()
    }

    /// The next field of a form in parts, which is any number of files.
    pub fn files(&mut self) -> Vec<File> {
        match self.next_part() {
            Some(PartValue::Files(files)) => files,
            _ => Vec::new(),
        }
    }

    fn next_part(&mut self) -> Option<PartValue> {
        match &mut self.content {
            Content::Parts(parts) => parts.next(),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_may_say_by_itself_what_an_encoding_is() {
        let check = |name: &'static str, location: ParameterLocation, expected: bool| {
            let parameter = ParameterSpec {
                name,
                location,
                ..ParameterSpec::ANY
            };
            assert_eq!(
                declares_encoding(&[ParameterSpec::ANY, parameter]),
                expected
            );
        };
        check("Content-Encoding", ParameterLocation::Header, true);
        check("content-encoding", ParameterLocation::Header, true);
        check("Content-Encoding", ParameterLocation::Query, false);
        check("Accept-Encoding", ParameterLocation::Header, false);
    }
}
