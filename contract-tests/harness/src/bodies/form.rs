//! `application/x-www-form-urlencoded`: each member is written like a parameter of the query.
//!
//! How a member that is an object is written without an `encoding` the standard says twice, and not the same
//! (OpenAPI 3.0.3, "Support for x-www-form-urlencoded Request Bodies" and `style` of the "Encoding Object"). Such members
//! are left out.

use openapi_model::{ParameterFormat, SchemaId, Schemas, Style, Types};
use serde_json::{Map, Value};

use super::{combine, members, of_types};
use crate::media_type;
use crate::parameters::{Codec, percent_encode, query_decode, scalar_readings, scalar_text, types};

/// A form, its members by name.
#[derive(Clone, Debug)]
pub(crate) struct Form {
    members: Vec<Member>,
    required: Vec<String>,
}

#[derive(Clone, Debug)]
struct Member {
    name: String,
    codec: Option<Codec>,
    types: Types,
}

/// Bytes, what they say, and the members that could not be written.
type Written = (Vec<u8>, Map<String, Value>, Vec<String>);

impl Form {
    pub(super) fn new(
        schemas: &Schemas,
        schema: SchemaId,
        encoding: Option<&Value>,
    ) -> Result<(Form, Vec<String>), String> {
        let (named, required) = members(schemas, schema);
        let (mut members, mut left_out) = (Vec::new(), Vec::new());
        for (name, id) in named {
            let own = encoding.and_then(|encoding| encoding.get(&name));
            let codec = codec(schemas, &name, id, own);
            let reason = codec.as_ref().err();
            if let Some(reason) = reason {
                if required.contains(&name) {
                    return Err(format!(
                        "its required member `{name}` cannot be sent: {reason}"
                    ));
                }
                left_out.push(format!("its member `{name}` is left out: {reason}"));
            }
            members.push(Member {
                codec: codec.ok(),
                types: types(schemas, id),
                name,
            });
        }
        Ok((Form { members, required }, left_out))
    }

    /// Writes an object; `None` where a required member cannot be written.
    pub(super) fn write(&self, object: &Map<String, Value>, breaking: bool) -> Option<Written> {
        let (mut pairs, mut said, mut left_out) = (Vec::new(), Map::new(), Vec::new());
        for (name, value) in object {
            let known = self.members.iter().find(|member| member.name == *name);
            let written = match known {
                Some(Member { codec, .. }) => codec
                    .as_ref()
                    .and_then(|codec| codec.write(value, breaking)),
                // What no schema names is written as any plain member is.
                None => scalar_text(value)
                    .filter(|text| !text.is_empty() && !self.owns(name))
                    .map(|text| vec![(percent_encode(name), percent_encode(&text))]),
            };
            match written {
                Some(mut written) => {
                    pairs.append(&mut written);
                    said.insert(name.clone(), value.clone());
                }
                None if self.required.contains(name) => return None,
                None => left_out.push(name.clone()),
            }
        }
        let texts: Vec<String> = pairs
            .iter()
            .map(|(name, text)| format!("{name}={text}"))
            .collect();
        Some((texts.join("&").into_bytes(), said, left_out))
    }

    fn owns(&self, name: &str) -> bool {
        let mut codecs = self
            .members
            .iter()
            .filter_map(|member| member.codec.as_ref());
        codecs.any(|codec| codec.owns(name))
    }

    pub(super) fn readings(&self, bytes: &[u8], lax: bool) -> Result<Vec<Value>, String> {
        let text = std::str::from_utf8(bytes).map_err(|_| "it is not ASCII text".to_owned())?;
        let pairs = text.split('&').filter(|pair| !pair.is_empty());
        let mut pairs: Vec<(String, String)> = pairs
            .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
            .map(|(name, text)| (name.to_owned(), text.to_owned()))
            .collect();
        let mut found = Vec::new();
        for Member { name, codec, types } in &self.members {
            let Some(codec) = codec else { continue };
            let owns = |(name, _): &mut (String, String)| {
                query_decode(name).is_some_and(|name| codec.owns(&name))
            };
            let own: Vec<(String, String)> = pairs.extract_if(.., owns).collect();
            if own.is_empty() {
                continue;
            }
            let readings = codec.readings(&own, lax);
            if readings.is_empty() {
                return Err(format!("its member `{name}` cannot be read"));
            }
            found.push((name.clone(), of_types(readings, *types)));
        }
        for (name, text) in pairs {
            let (Some(name), Some(text)) = (query_decode(&name), query_decode(&text)) else {
                return Err("its percent-encoded bytes are not UTF-8".to_owned());
            };
            found.push((name, scalar_readings(&text, lax)));
        }
        Ok(combine(found))
    }
}

/// How a member is written (OpenAPI 3.0.3, "Encoding Object").
fn codec(
    schemas: &Schemas,
    name: &str,
    id: SchemaId,
    encoding: Option<&Value>,
) -> Result<Codec, String> {
    let says = |keyword: &str| encoding.and_then(|encoding| encoding.get(keyword));
    let format = match (says("contentType").and_then(Value::as_str), says("style")) {
        (Some(content_type), None) if media_type::is_json(content_type) => {
            ParameterFormat::Content(content_type.to_owned())
        }
        (_, style) => {
            let style = match style.and_then(Value::as_str) {
                Some("spaceDelimited") => Style::SpaceDelimited,
                Some("pipeDelimited") => Style::PipeDelimited,
                Some("deepObject") => Style::DeepObject,
                _ => Style::Form,
            };
            let explode = says("explode").and_then(Value::as_bool);
            if types(schemas, id) == Types::OBJECT && says("style").is_none() {
                return Err(
                    "how an object is written without an `encoding` is said twice, \
                            and not the same"
                        .to_owned(),
                );
            }
            ParameterFormat::Style(style, explode.unwrap_or(style == Style::Form))
        }
    };
    let allow_reserved = says("allowReserved").and_then(Value::as_bool);
    Codec::of_member(schemas, name, &format, id, allow_reserved.unwrap_or(false))
}
