//! Forms in parts (`multipart/form-data`, RFC 7578).

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher as _;

use schema_check::Schema;
use schema_check::serde::Deserialize;
use schema_check::serde::de::{Deserializer, Error as _};
use schema_check::serde::ser::Serialize;
use schema_check::serde_json::{self, Value};

use super::body::{Outgoing, stream, texts};
use super::request::violations;

/// A file in a form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct File {
    /// What it is called.
    pub name: Option<String>,
    /// Its media type; `application/octet-stream` where there is none.
    pub content_type: Option<String>,
    /// What it holds.
    pub bytes: Vec<u8>,
}

impl From<Vec<u8>> for File {
    fn from(bytes: Vec<u8>) -> File {
        File {
            bytes,
            ..File::default()
        }
    }
}

impl<'de> Deserialize<'de> for File {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<File, D::Error> {
        Octets::deserialize(deserializer).map(|octets| octets.0.into())
    }
}

/// Bytes in a call by name: a text, or the list of their numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Octets(pub Vec<u8>);

impl<'de> Deserialize<'de> for Octets {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Octets, D::Error> {
        match Value::deserialize(deserializer)? {
            Value::String(text) => Ok(Octets(text.into_bytes())),
            list => serde_json::from_value(list)
                .map(Octets)
                .map_err(|_| D::Error::custom("expected a text or a list of bytes")),
        }
    }
}

/// The parts of a form, as they are written.
#[derive(Debug)]
pub struct Parts {
    /// The media types of fields, where the document names them.
    content_types: &'static [(&'static str, &'static str)],
    boundary: String,
    written: Vec<u8>,
    faults: Vec<String>,
}

impl Parts {
    /// No parts, and the media types of fields where the document names them.
    pub fn new(content_types: &'static [(&'static str, &'static str)]) -> Parts {
        let random = || RandomState::new().hash_one(0);
        Parts {
            content_types,
            // Nobody can know it, so that no part can hold it but by a chance of one in 2^128.
            boundary: format!("{:016x}{:016x}", random(), random()),
            written: Vec::new(),
            faults: Vec::new(),
        }
    }

    /// Adds a value: a text, one for each item of a list, or one in JSON where a text alone could not say it.
    pub fn value(mut self, name: &str, schema: &Schema, value: &impl Serialize) -> Parts {
        match serde_json::to_value(value) {
            Ok(value) => self.texts(name, schema, &value),
            Err(error) => self.faults.push(format!("the body at /{name}: {error}")),
        }
        self
    }

    /// Adds a value where there is one.
    pub fn optional_value(
        self,
        name: &str,
        schema: &Schema,
        value: &Option<impl Serialize>,
    ) -> Parts {
        match value {
            Some(value) => self.value(name, schema, value),
            None => self,
        }
    }

    /// Adds files.
    pub fn files(mut self, name: &str, files: impl IntoIterator<Item = File>) -> Parts {
        for file in files {
            let content_type = file.content_type.as_deref();
            let content_type = content_type.or(self.content_type(name));
            let content_type = content_type.unwrap_or("application/octet-stream");
            if !content_type.bytes().all(|b| matches!(b, b' '..=b'~')) {
                let fault = "the media type of a file must be of visible ASCII";
                self.faults.push(format!("the body at /{name}: {fault}"));
            }
            self.part(name, file.name.as_deref(), Some(content_type), &file.bytes);
        }
        self
    }

    fn content_type(&self, name: &str) -> Option<&'static str> {
        let found = self.content_types.iter().find(|(field, _)| *field == name);
        found.map(|(_, content_type)| *content_type)
    }

    /// The body.
    pub fn send(mut self, media_type: &str) -> Result<Outgoing, String> {
        if !self.faults.is_empty() {
            return Err(self.faults.join("; "));
        }
        let end = format!("--{}--\r\n", self.boundary);
        self.written.extend_from_slice(end.as_bytes());
        let content_type = format!("{media_type}; boundary={}", self.boundary);
        stream(&content_type, self.written.into())
    }

    fn texts(&mut self, name: &str, schema: &Schema, value: &Value) {
        let place = format!("the body at /{name}");
        let faults = violations(&place, schema, value);
        if !faults.is_empty() {
            return self.faults.extend(faults);
        }
        let declared = self.content_type(name);
        let found = match declared {
            Some(content_type) if is_json(content_type) => {
                let items = value.as_array().map(Vec::as_slice);
                let items = items.unwrap_or(std::slice::from_ref(value));
                Ok((items.iter().map(Value::to_string).collect(), true))
            }
            _ => texts(value),
        };
        match found {
            Ok((texts, _)) if texts.is_empty() => {
                let fault = "what is empty cannot be written: leave it out";
                self.faults.push(format!("{place}: {fault}"));
            }
            Ok((texts, is_json)) => {
                let content_type = declared.or(is_json.then_some("application/json"));
                for text in &texts {
                    self.part(name, None, content_type, text.as_bytes());
                }
            }
            Err(fault) => self.faults.push(format!("{place}: {fault}")),
        }
    }

    fn part(&mut self, name: &str, file: Option<&str>, content_type: Option<&str>, bytes: &[u8]) {
        let mut head = format!(
            "--{}\r\nContent-Disposition: form-data; name=\"{}\"",
            self.boundary,
            quoted(name)
        );
        if let Some(file) = file {
            head.push_str(&format!("; filename=\"{}\"", quoted(file)));
        }
        if let Some(content_type) = content_type {
            head.push_str(&format!("\r\nContent-Type: {content_type}"));
        }
        head.push_str("\r\n\r\n");
        self.written.extend_from_slice(head.as_bytes());
        self.written.extend_from_slice(bytes);
        self.written.extend_from_slice(b"\r\n");
    }
}

/// Whether a media type is JSON (RFC 6839, section 3.1).
fn is_json(content_type: &str) -> bool {
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    let essence = essence.to_ascii_lowercase();
    essence == "application/json" || essence.ends_with("+json")
}

/// A name in quotes, as browsers write it (RFC 7578, section 4.2, leaves it to them).
fn quoted(name: &str) -> String {
    name.replace('"', "%22")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

#[cfg(test)]
mod tests {
    use reqwest::header::CONTENT_TYPE;
    use reqwest::{Method, Request, Url};
    use schema_check::Types;
    use schema_check::serde_json::json;

    use super::super::body::put;
    use super::*;

    static WORD: Schema = Schema {
        types: Types::STRING,
        max_length: Some(3),
        ..Schema::ANY
    };

    /// The body, with `B` for the boundary.
    fn written(parts: Parts) -> String {
        let mut request = Request::new(Method::POST, Url::parse("http://a/").unwrap());
        put(&mut request, parts.send("multipart/form-data"));
        let content_type = request.headers()[CONTENT_TYPE].to_str().unwrap();
        let boundary = content_type.strip_prefix("multipart/form-data; boundary=");
        let body = request.body().and_then(|b| b.as_bytes()).unwrap();
        let body = String::from_utf8(body.to_vec()).unwrap();
        body.replace(boundary.unwrap(), "B").replace("\r\n", "\n")
    }

    #[test]
    fn each_value_and_file_is_a_part() {
        let png = File {
            name: Some("a\".png".to_owned()),
            content_type: Some("image/png".to_owned()),
            bytes: b"PNG".to_vec(),
        };
        let parts = Parts::new(&[])
            .value("title", &WORD, &"abc")
            .value("ids", &Schema::ANY, &[1, 2])
            .optional_value("size", &Schema::ANY, &Some(json!({ "width": 1 })))
            .optional_value("absent", &Schema::ANY, &None::<i32>)
            .files("file", [png, b"x".to_vec().into()]);
        let head = "--B\nContent-Disposition: form-data; name=";
        let expected = format!(
            "{head}\"title\"\n\nabc\n{head}\"ids\"\n\n1\n{head}\"ids\"\n\n2\n{head}\"size\"\nContent-Type: application/json\n\n{{\"width\":1}}\n{head}\"file\"; filename=\"a%22.png\"\nContent-Type: image/png\n\nPNG\n{head}\"file\"\nContent-Type: application/octet-stream\n\nx\n--B--\n"
        );
        assert_eq!(written(parts), expected);
    }

    #[test]
    fn a_part_is_of_the_media_type_that_the_document_names() {
        let parts = Parts::new(&[
            ("a", "text/css"),
            ("b", "application/x+json"),
            ("c", "image/png"),
        ])
        .value("a", &Schema::ANY, &"x")
        .value("b", &Schema::ANY, &["y", "z"])
        .files("c", [b"PNG".to_vec().into()]);
        let part = |name: &str, content_type: &str, text: &str| {
            format!(
                "--B\nContent-Disposition: form-data; name=\"{name}\"\nContent-Type: {content_type}\n\n{text}\n"
            )
        };
        let expected = [
            part("a", "text/css", "x"),
            part("b", "application/x+json", "\"y\""),
            part("b", "application/x+json", "\"z\""),
            part("c", "image/png", "PNG"),
            "--B--\n".to_owned(),
        ];
        assert_eq!(written(parts), expected.concat());
    }

    #[test]
    fn what_cannot_be_a_part_is_told() {
        let odd = File {
            content_type: Some("a\nb".to_owned()),
            ..File::default()
        };
        let parts = Parts::new(&[])
            .value("title", &WORD, &"abcd")
            .value("ids", &Schema::ANY, &json!([]))
            .value("none", &Schema::ANY, &json!(null))
            .files("file", Some(odd));
        let faults = parts.send("multipart/form-data").unwrap_err();
        let faults: Vec<&str> = faults.split("; ").collect();
        assert_eq!(
            faults,
            [
                "the body at /title: is 4 characters long, at most 3 are allowed",
                "the body at /ids: what is empty cannot be written: leave it out",
                "the body at /none: `null` cannot be written: leave it out",
                "the body at /file: the media type of a file must be of visible ASCII",
            ]
        );
    }

    #[test]
    fn bytes_are_a_text_or_a_list_of_numbers() {
        let read = |value| serde_json::from_value::<Octets>(value).map(|octets| octets.0);
        assert_eq!(read(json!("ab")).unwrap(), b"ab");
        assert_eq!(read(json!([0, 255])).unwrap(), [0, 255]);
        assert!(read(json!([256])).is_err());
        assert_eq!(
            serde_json::from_value::<File>(json!("a")).unwrap().bytes,
            b"a"
        );
    }
}
