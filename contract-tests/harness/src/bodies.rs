//! How a body's value is written as bytes, and what bytes can mean.
//!
//! What a media type has in common with a parameter is that types are a matter of reading, so the same rule holds: bytes
//! break a rule only if no reading keeps it.
//!
//! Bytes are drawn only for media types that say nothing about them, or only what their schema says. Random bytes are no
//! picture and no XML document, whatever their schema: a server may refuse them, so that for such media types the
//! document's examples are all that is sent.

mod form;
mod multipart;

use openapi_model::{MediaType, SchemaId, Schemas, Types};
use serde_json::{Map, Value};

use crate::media_type;
use crate::parameters::{scalar_readings, scalar_text, types};
use crate::views::views;
use form::Form;
use multipart::Multipart;

/// How bodies of one media type are written.
#[derive(Clone, Debug)]
pub(crate) enum BodyCodec {
    /// A JSON text.
    Json,
    /// The text of a scalar.
    Text,
    /// Bytes: each character of the value up to U+00FF is one.
    Binary,
    /// `application/x-www-form-urlencoded`.
    Form(Form),
    /// `multipart/form-data`.
    Multipart(Multipart),
    /// Bytes of a form that the document says nothing about: a text as it stands.
    AsGiven,
}

/// A body as it is sent.
#[derive(Debug)]
pub(crate) struct WrittenBody {
    /// What is sent as `Content-Type`.
    pub(crate) media_type: String,
    pub(crate) bytes: Vec<u8>,
    /// What the bytes say: the value, without the members that could not be written.
    pub(crate) value: Value,
    /// The members that could not be written.
    pub(crate) left_out: Vec<String>,
}

impl BodyCodec {
    /// The codec of what is declared as a media type, and a media type to send; with reasons why a part of its values
    /// is never written.
    pub(crate) fn new(
        schemas: &Schemas,
        declared: &str,
        content: &MediaType,
    ) -> Result<(BodyCodec, String, Vec<String>), String> {
        let is_binary = content.schema.is_some_and(|id| is_binary(schemas, id));
        if is_binary && media_type::matches(declared, media_type::BYTES) {
            return Ok((BodyCodec::Binary, media_type::BYTES.to_owned(), Vec::new()));
        }
        if let Some(json) = media_type::json_within(declared) {
            return Ok((BodyCodec::Json, json, Vec::new()));
        }
        let sent = declared.to_owned();
        let essence = media_type::essence(declared);
        Ok(match essence.as_str() {
            "text/*" => (BodyCodec::Text, "text/plain".to_owned(), Vec::new()),
            _ if media_type::is_free_text(declared) => (BodyCodec::Text, sent, Vec::new()),
            media_type::BYTES => (BodyCodec::Binary, sent, Vec::new()),
            "application/x-www-form-urlencoded" => {
                let schema = content.schema.ok_or("its media type has no schema")?;
                let (form, left_out) = Form::new(schemas, schema, content.encoding.as_ref())?;
                (BodyCodec::Form(form), sent, left_out)
            }
            "multipart/form-data" => {
                let schema = content.schema.ok_or("its media type has no schema")?;
                let (parts, left_out) = Multipart::new(schemas, schema, content.encoding.as_ref())?;
                (BodyCodec::Multipart(parts), sent, left_out)
            }
            _ if essence.contains('*') => {
                return Err("no media type of this range is generated".to_owned());
            }
            _ => (BodyCodec::AsGiven, sent, Vec::new()),
        })
    }

    /// Writes a value; `None` where it cannot be carried.
    ///
    /// `breaking` says that the value breaks the schema: then bytes that may be read as no body at all are written.
    pub(crate) fn write(
        &self,
        media_type: &str,
        value: &Value,
        breaking: bool,
    ) -> Option<WrittenBody> {
        let written = |bytes: Vec<u8>, value: Value| WrittenBody {
            media_type: media_type.to_owned(),
            bytes,
            value,
            left_out: Vec::new(),
        };
        let body = match self {
            BodyCodec::Json => {
                return Some(written(serde_json::to_vec(value).ok()?, value.clone()));
            }
            BodyCodec::Text => {
                let text = scalar_text(value)?;
                let mut body = written(text.into_bytes(), value.clone());
                if !body.bytes.is_ascii() && !media_type.contains("charset") {
                    body.media_type.push_str("; charset=utf-8");
                }
                body
            }
            BodyCodec::Binary => {
                let bytes = to_bytes(value.as_str()?);
                let value = Value::String(from_bytes(&bytes));
                written(bytes, value)
            }
            BodyCodec::AsGiven => {
                let text = value.as_str()?;
                written(text.as_bytes().to_vec(), value.clone())
            }
            BodyCodec::Form(form) => {
                let (bytes, value, left_out) = form.write(value.as_object()?, breaking)?;
                WrittenBody {
                    left_out,
                    ..written(bytes, Value::Object(value))
                }
            }
            BodyCodec::Multipart(parts) => {
                let (boundary, bytes, value, left_out) =
                    parts.write(value.as_object()?, breaking)?;
                WrittenBody {
                    media_type: format!("{media_type}; boundary={boundary}"),
                    bytes,
                    value: Value::Object(value),
                    left_out,
                }
            }
        };
        // No bytes may be no body.
        (breaking || !body.bytes.is_empty()).then_some(body)
    }

    /// Every value that the bytes can stand for; the error says why they stand for none. `None` where nothing is known
    /// about what they mean.
    pub(crate) fn readings(
        &self,
        media_type: &str,
        bytes: &[u8],
        lax: bool,
    ) -> Option<Result<Vec<Value>, String>> {
        match self {
            BodyCodec::Json => Some(
                serde_json::from_slice(bytes)
                    .map(|value| vec![value])
                    .map_err(|error| format!("it is not JSON: {error}")),
            ),
            BodyCodec::Text => text_readings(media_type, bytes, lax).map(Ok),
            BodyCodec::Binary => Some(Ok(byte_readings(bytes))),
            BodyCodec::Form(form) => Some(form.readings(bytes, lax)),
            BodyCodec::Multipart(parts) => Some(parts.readings(media_type, bytes, lax)),
            BodyCodec::AsGiven => None,
        }
    }
}

/// Every value that a text can stand for; `None` where its characters are not known.
pub(crate) fn text_readings(media_type: &str, bytes: &[u8], lax: bool) -> Option<Vec<Value>> {
    let charset = media_type::charset(media_type);
    let is_known = charset.is_none_or(|charset| matches!(&*charset, "utf-8" | "utf8" | "us-ascii"));
    let text = std::str::from_utf8(bytes).ok().filter(|_| is_known)?;
    Some(scalar_readings(text, lax))
}

/// Whether a text is all that the schema's values need to be written.
pub(crate) fn is_scalar(schemas: &Schemas, id: SchemaId) -> bool {
    !types(schemas, id).intersects(Types::ARRAY.union(Types::OBJECT))
}

fn byte_readings(bytes: &[u8]) -> Vec<Value> {
    let text = std::str::from_utf8(bytes).ok();
    let mut readings = vec![Value::String(from_bytes(bytes))];
    readings.extend(text.filter(|text| !text.is_ascii()).map(Value::from));
    readings
}

/// The bytes of a text whose characters stand for one each; what is beyond loses its upper bits.
fn to_bytes(text: &str) -> Vec<u8> {
    text.chars().map(|c| (u32::from(c) & 0xff) as u8).collect()
}

fn from_bytes(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| char::from(*byte)).collect()
}

/// Whether values of a schema are bytes (OpenAPI 3.0.3, "Data Types").
fn is_binary(schemas: &Schemas, id: SchemaId) -> bool {
    schemas.get(schemas.resolve(id)).format.as_deref() == Some("binary")
}

/// The members of an object, and which of them some schema calls required.
fn members(schemas: &Schemas, id: SchemaId) -> (Vec<(String, SchemaId)>, Vec<String>) {
    let mut here = Vec::new();
    views(schemas, id, &mut here);
    let (mut members, mut required) = (Vec::<(String, SchemaId)>::new(), Vec::new());
    for schema in here.iter().map(|id| schemas.get(*id)) {
        for (name, id) in &schema.properties {
            if !members.iter().any(|(known, _)| known == name) {
                members.push((name.clone(), *id));
            }
        }
        required.extend(schema.required.iter().cloned());
    }
    (members, required)
}

/// Every object whose members have one of their readings each, up to a number that no honest document needs.
fn combine(members: Vec<(String, Vec<Value>)>) -> Vec<Value> {
    const MOST: usize = 64;
    let mut objects = vec![Map::new()];
    for (name, mut readings) in members {
        if objects.len() * readings.len() > MOST {
            readings.drain(..readings.len().saturating_sub(1));
        }
        let mut next = Vec::new();
        for object in &objects {
            for reading in &readings {
                let mut object = object.clone();
                object.insert(name.clone(), reading.clone());
                next.push(object);
            }
        }
        objects = next;
    }
    objects.into_iter().map(Value::Object).collect()
}

/// The readings that are of a type that is asked for, or all where none is.
fn of_types(readings: Vec<Value>, types: Types) -> Vec<Value> {
    let fits = |value: &&Value| {
        types.intersects(match value {
            Value::Null => Types::NULL,
            Value::Bool(_) => Types::BOOLEAN,
            Value::Number(_) => Types::NUMBER,
            Value::String(_) => Types::STRING,
            Value::Array(_) => Types::ARRAY,
            Value::Object(_) => Types::OBJECT,
        })
    };
    let fitting: Vec<Value> = readings.iter().filter(fits).cloned().collect();
    if fitting.is_empty() {
        readings
    } else {
        fitting
    }
}

#[cfg(test)]
mod tests;
