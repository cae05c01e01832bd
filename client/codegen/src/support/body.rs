//! Request bodies: how each is written by its media type.
//!
//! A body leaves the builder as it will be sent, and goes to `request::prepare` inside of progenitor's request: as its
//! body and `Content-Type`, or as everything that is wrong with it.

use reqwest::Request;
use reqwest::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use schema_check::Schema;
use schema_check::serde::ser::Serialize;
use schema_check::serde_json::{self, Value};

use super::operation::Style;
use super::parameter::{Pair, pairs, plain, repeated, scalar};
use super::request::violations;

/// A request body that need not be there; without a call of the builder's `body`, none is sent.
///
/// It is made from the value itself: `builder.body(thing)`.
#[derive(Clone, Debug, PartialEq)]
pub struct OptionalBody<T>(pub Option<T>);

impl<T> Default for OptionalBody<T> {
    fn default() -> OptionalBody<T> {
        OptionalBody(None)
    }
}

impl<T> From<T> for OptionalBody<T> {
    fn from(value: T) -> OptionalBody<T> {
        OptionalBody(Some(value))
    }
}

/// A body of which the document leaves open which of several media types it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Named<T> {
    /// The media type, which must be one of the document's.
    pub content_type: String,
    /// The body.
    pub body: T,
}

/// A body as it is sent.
#[derive(Debug)]
pub struct Outgoing {
    content_type: HeaderValue,
    body: reqwest::Body,
}

impl Outgoing {
    fn new(content_type: &str, body: reqwest::Body) -> Result<Outgoing, String> {
        let content_type = HeaderValue::from_str(content_type)
            .map_err(|_| format!("the body: `{content_type}` cannot stand in a header"))?;
        Ok(Outgoing { content_type, body })
    }
}

/// The header that marks a body as what is wrong with it.
const FAULTS: HeaderName = HeaderName::from_static("faults");

/// Puts a body, or what is wrong with it, into progenitor's request.
pub fn put(request: &mut Request, body: Result<Outgoing, String>) {
    match body {
        Ok(Outgoing { content_type, body }) => {
            request.headers_mut().insert(CONTENT_TYPE, content_type);
            *request.body_mut() = Some(body);
        }
        Err(faults) => {
            let mark = HeaderValue::from_static("1");
            request.headers_mut().insert(FAULTS, mark);
            *request.body_mut() = Some(faults.into());
        }
    }
}

/// The media type of the body that is in progenitor's request, or what is wrong with it.
pub fn take(request: &mut Request) -> Option<Result<HeaderValue, String>> {
    if request.headers_mut().remove(FAULTS).is_some() {
        let faults = request.body_mut().take();
        let faults = faults
            .as_ref()
            .and_then(|b| b.as_bytes())
            .unwrap_or_default();
        return Some(Err(String::from_utf8_lossy(faults).into_owned()));
    }
    request.headers_mut().remove(CONTENT_TYPE).map(Ok)
}

/// A body in JSON.
pub fn json(media_type: &str, schema: &Schema, body: &impl Serialize) -> Result<Outgoing, String> {
    let written = serde_json::to_vec(body).map_err(|error| format!("the body: {error}"))?;
    // What is checked is what is sent.
    let value = serde_json::from_slice(&written).map_err(|error| format!("the body: {error}"))?;
    checked(schema, &value)?;
    Outgoing::new(media_type, written.into())
}

/// A body of text.
pub fn text(media_type: &str, schema: &Schema, body: String) -> Result<Outgoing, String> {
    let value = Value::String(body);
    checked(schema, &value)?;
    let Value::String(body) = value else {
        return Err("the body: is no text".to_owned());
    };
    // Without it, a text is taken to be of ASCII or of whatever the server likes.
    let says_nothing = media_type.starts_with("text/") && !media_type.contains(';');
    if says_nothing && !body.is_ascii() {
        return Outgoing::new(&format!("{media_type}; charset=utf-8"), body.into());
    }
    Outgoing::new(media_type, body.into())
}

/// A body that is sent as it comes.
pub fn stream(media_type: &str, body: reqwest::Body) -> Result<Outgoing, String> {
    Outgoing::new(media_type, body)
}

/// The media type that a caller named, if it is one of those.
pub fn declared(given: &str, declared: &[&str]) -> Result<(), String> {
    let essence = given.split(';').next().unwrap_or_default().trim();
    let essence = essence.to_ascii_lowercase();
    let is_covered = |range: &&str| covers(range, &essence).is_some();
    if !essence.contains('*') && essence.contains('/') && declared.iter().any(is_covered) {
        return Ok(());
    }
    let declared = declared.join("` or `");
    Err(format!("the body: `{given}` is not of `{declared}`"))
}

/// How closely a media type or range covers a media type, both in lower case: 2 as itself, 1 by its kind, 0 as any
/// other.
pub fn covers(range: &str, media_type: &str) -> Option<u8> {
    let range = range.split(';').next().unwrap_or_default().trim();
    match range.strip_suffix("/*") {
        _ if range.eq_ignore_ascii_case(media_type) => Some(2),
        Some("*") => Some(0),
        Some(kind) => {
            let (given, _) = media_type.split_once('/')?;
            given.eq_ignore_ascii_case(kind).then_some(1)
        }
        None => None,
    }
}

/// A field of a form that is not written as fields are without `encoding`.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// How its value is written.
    pub style: Style,
    /// Whether each item or member is written by itself.
    pub explode: bool,
}

/// A form (`application/x-www-form-urlencoded`).
pub fn form(
    media_type: &str,
    schema: &Schema,
    fields: &[Field],
    body: &impl Serialize,
) -> Result<Outgoing, String> {
    let value = serde_json::to_value(body).map_err(|error| format!("the body: {error}"))?;
    checked(schema, &value)?;
    let Value::Object(members) = value else {
        return Err("the body: only an object can be a form".to_owned());
    };
    let (mut written, mut faults) = (Vec::new(), Vec::new());
    for (name, value) in &members {
        let field = fields.iter().find(|field| field.name == name);
        let found = match field {
            Some(Field { style, explode, .. }) => pairs(name, *style, *explode, plain, value),
            None => texts(value).and_then(|(texts, _)| {
                let texts = Value::Array(texts.into_iter().map(Value::String).collect());
                repeated(name, plain, &texts)
            }),
        };
        match found {
            Ok(pairs) => written.extend(pairs),
            Err(fault) => faults.push(format!("the body at /{name}: {fault}")),
        }
    }
    if !faults.is_empty() {
        return Err(faults.join("; "));
    }
    let pair = |(name, text): &Pair| format!("{name}={text}");
    let text = written.iter().map(pair).collect::<Vec<_>>().join("&");
    Outgoing::new(media_type, text.into())
}

/// The texts of a field: one, one for each item, or one in JSON where a text alone could not say it; and whether it is.
pub fn texts(value: &Value) -> Result<(Vec<String>, bool), String> {
    let is_single = |value: &Value| !value.is_array() && !value.is_object();
    match value {
        Value::Array(items) if items.iter().all(is_single) => {
            let texts = items.iter().map(scalar).collect::<Result<_, _>>();
            texts.map(|texts| (texts, false))
        }
        Value::Array(_) | Value::Object(_) => Ok((vec![value.to_string()], true)),
        one => Ok((vec![scalar(one)?], false)),
    }
}

fn checked(schema: &Schema, value: &Value) -> Result<(), String> {
    let faults = violations("the body", schema, value);
    if faults.is_empty() {
        Ok(())
    } else {
        Err(faults.join("; "))
    }
}

#[cfg(test)]
mod tests {
    use reqwest::Url;
    use schema_check::Types;
    use schema_check::serde_json::json;

    use super::*;

    static ANY: Schema = Schema::ANY;
    static WORD: Schema = Schema {
        types: Types::STRING,
        max_length: Some(3),
        ..Schema::ANY
    };

    #[track_caller]
    fn check(body: Result<Outgoing, String>, expected: Result<(&str, &str), &str>) {
        let url = Url::parse("http://a/").unwrap();
        let mut request = Request::new(reqwest::Method::POST, url);
        put(&mut request, body);
        let taken = take(&mut request).unwrap();
        let body = request
            .body()
            .and_then(|b| b.as_bytes())
            .unwrap_or_default();
        let body = String::from_utf8(body.to_vec()).unwrap();
        let taken = taken.as_ref().map(|h| (h.to_str().unwrap(), body.as_str()));
        assert_eq!(taken.map_err(String::as_str), expected);
        assert!(request.headers().is_empty());
    }

    #[test]
    fn a_body_is_sent_with_its_media_type_or_not_at_all() {
        check(
            json("application/a+json", &ANY, &json!({ "a": [1] })),
            Ok(("application/a+json", r#"{"a":[1]}"#)),
        );
        check(
            json("application/json", &WORD, &json!("abcd")),
            Err("the body: is 4 characters long, at most 3 are allowed"),
        );
        check(stream("a/b", "abc".into()), Ok(("a/b", "abc")));
        check(
            stream("a/b\n", "abc".into()),
            Err("the body: `a/b\n` cannot stand in a header"),
        );
    }

    #[test]
    fn a_text_says_how_it_is_encoded_where_that_matters() {
        let text = |media_type, body: &str| text(media_type, &WORD, body.to_owned());
        check(text("text/plain", "abc"), Ok(("text/plain", "abc")));
        check(text("text/csv", "é"), Ok(("text/csv; charset=utf-8", "é")));
        check(text("application/xml", "é"), Ok(("application/xml", "é")));
        check(
            text("text/plain", "abcd"),
            Err("the body: is 4 characters long, at most 3 are allowed"),
        );
    }

    #[test]
    fn a_form_has_pairs() {
        let fields = [Field {
            name: "deep",
            style: Style::DeepObject,
            explode: true,
        }];
        let form = |body: Value| form("a/form", &ANY, &fields, &body);
        check(
            form(
                json!({ "a": "b c&", "deep": { "a": 1 }, "list": [1, "x"], "rest": [{ "a": 1 }] }),
            ),
            Ok((
                "a/form",
                "a=b%20c%26&deep%5Ba%5D=1&list=1&list=x&rest=%5B%7B%22a%22%3A1%7D%5D",
            )),
        );
        check(
            form(json!({ "a": null, "b": [] })),
            Err(
                "the body at /a: `null` cannot be written: leave it out; the body at /b: what is empty cannot be written: leave it out",
            ),
        );
        check(
            form(json!(1)),
            Err("the body: only an object can be a form"),
        );
    }

    #[test]
    fn a_media_type_that_is_named_is_one_of_the_documents() {
        let all = ["image/*", "text/html; charset=utf-8"];
        for good in ["image/png", "Image/PNG; a=b", "text/html"] {
            assert_eq!(declared(good, &all), Ok(()), "{good}");
        }
        for bad in ["text/plain", "image/*", "image", ""] {
            assert!(declared(bad, &all).is_err(), "{bad}");
        }
        assert_eq!(covers("*/*", "a/b"), Some(0));
        assert_eq!(covers("a/*", "a/b"), Some(1));
        assert_eq!(covers("A/b", "a/b"), Some(2));
        assert_eq!(covers("a/*", "ab/b"), None);
    }
}
