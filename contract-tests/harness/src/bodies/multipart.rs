//! `multipart/form-data` (RFC 7578): each member is a part, each item of an array one of its own.
//!
//! A part is text, bytes or JSON, as its member's schema has it, or as `encoding` says. Its declared headers have the
//! simplest value that they can have: what they are for, the document does not say.

use openapi_model::{Direction, SchemaId, Schemas, Types, parse_schema};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use super::{byte_readings, combine, from_bytes, is_binary, members, of_types, to_bytes};
use crate::media_type;
use crate::parameters::{scalar_readings, scalar_text, types};

/// A multipart body, its members by name.
#[derive(Clone, Debug)]
pub(crate) struct Multipart {
    members: Vec<Member>,
    required: Vec<String>,
}

#[derive(Clone, Debug)]
struct Member {
    name: String,
    kind: Option<Kind>,
    is_list: bool,
    types: Types,
    /// What is sent as its `Content-Type`; nothing where the default says it.
    content_type: Option<String>,
    headers: Vec<(String, String)>,
}

/// What a part holds.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Text,
    Bytes,
    Json,
}

/// The boundary, bytes, what they say, and the members that could not be written.
type Written = (String, Vec<u8>, Map<String, Value>, Vec<String>);

impl Multipart {
    pub(super) fn new(
        schemas: &Schemas,
        schema: SchemaId,
        encoding: Option<&Value>,
    ) -> Result<(Multipart, Vec<String>), String> {
        let (named, required) = members(schemas, schema);
        let (mut members, mut left_out) = (Vec::new(), Vec::new());
        for (name, id) in named {
            let own = encoding.and_then(|encoding| encoding.get(&name));
            match Member::new(schemas, &name, id, own) {
                Ok(member) => members.push(member),
                Err(reason) if required.contains(&name) => {
                    return Err(format!(
                        "its required member `{name}` cannot be sent: {reason}"
                    ));
                }
                Err(reason) => {
                    left_out.push(format!("its member `{name}` is left out: {reason}"));
                    members.push(Member {
                        kind: None,
                        ..Member::undeclared(&name)
                    });
                }
            }
        }
        Ok((Multipart { members, required }, left_out))
    }

    fn member(&self, name: &str) -> Member {
        let known = self.members.iter().find(|member| member.name == name);
        known.cloned().unwrap_or_else(|| Member::undeclared(name))
    }

    /// Writes an object; `None` where a required member cannot be written.
    pub(super) fn write(&self, object: &Map<String, Value>, breaking: bool) -> Option<Written> {
        let (mut parts, mut said, mut left_out) = (Vec::new(), Map::new(), Vec::new());
        for (name, value) in object {
            match self.member(name).write(value, breaking) {
                Some((mut written, value)) => {
                    parts.append(&mut written);
                    said.insert(name.clone(), value);
                }
                None if self.required.contains(name) => return None,
                None => left_out.push(name.clone()),
            }
        }
        // No part holds it: a text would have to hold its own hash.
        let mut hash = Sha256::new();
        parts.iter().for_each(|part| hash.update(part));
        let digest = hash.finalize();
        let boundary: String = digest
            .iter()
            .take(12)
            .map(|byte| format!("{byte:02x}"))
            .collect();
        let mut bytes = Vec::new();
        for part in parts {
            bytes.extend_from_slice(format!("--{boundary}\r\n").as_bytes());
            bytes.extend_from_slice(&part);
            bytes.extend_from_slice(b"\r\n");
        }
        bytes.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
        (!said.is_empty()).then_some((boundary, bytes, said, left_out))
    }

    pub(super) fn readings(
        &self,
        media_type: &str,
        bytes: &[u8],
        lax: bool,
    ) -> Result<Vec<Value>, String> {
        let boundary = media_type::parameter(media_type, "boundary")
            .ok_or("its `Content-Type` names no boundary")?;
        let parts = parts(bytes, &boundary).ok_or("its parts do not end as its boundary says")?;
        let mut found: Vec<(String, Vec<Value>)> = Vec::new();
        let mut names: Vec<&str> = parts.iter().map(|part| part.name.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        for name in names {
            let member = self.member(name);
            let mut read = Vec::new();
            for part in parts.iter().filter(|part| part.name == name) {
                read.push(member.readings(part, lax)?);
            }
            let readings = if member.is_list {
                let lists = combine_items(read);
                lists.into_iter().map(Value::Array).collect()
            } else if let [one] = &mut read[..] {
                of_types(std::mem::take(one), member.types)
            } else {
                return Err(format!("its part `{name}` is there {} times", read.len()));
            };
            found.push((name.to_owned(), readings));
        }
        Ok(combine(found))
    }
}

impl Member {
    /// A member that no schema names.
    fn undeclared(name: &str) -> Member {
        Member {
            name: name.to_owned(),
            kind: Some(Kind::Text),
            is_list: false,
            types: Types::ANY,
            content_type: None,
            headers: Vec::new(),
        }
    }

    fn new(
        schemas: &Schemas,
        name: &str,
        id: SchemaId,
        encoding: Option<&Value>,
    ) -> Result<Member, String> {
        if !is_name(name) {
            return Err("its name cannot stand in a header".to_owned());
        }
        let says = |keyword: &str| encoding.and_then(|encoding| encoding.get(keyword));
        let is_list = types(schemas, id) == Types::ARRAY;
        let items = schemas.get(schemas.resolve(id)).items;
        let value = if is_list {
            items.ok_or("its items have no schema")?
        } else {
            id
        };
        let item_types = types(schemas, value);
        let default = if is_binary(schemas, value) {
            Kind::Bytes
        } else if !item_types.intersects(Types::ARRAY.union(Types::OBJECT)) {
            Kind::Text
        } else if item_types == Types::OBJECT {
            Kind::Json
        } else {
            return Err("whether it is text or JSON is not defined".to_owned());
        };
        let (kind, content_type) = match says("contentType").and_then(Value::as_str) {
            None => (default, None),
            Some(declared) => declared
                .split(',')
                .map(str::trim)
                .find_map(|one| Some((kind_of(one, default)?, Some(one.to_owned()))))
                .ok_or_else(|| format!("no content of `{declared}` is generated"))?,
        };
        let content_type = content_type.or(match kind {
            Kind::Text => None,
            Kind::Bytes => Some(media_type::BYTES.to_owned()),
            Kind::Json => Some("application/json".to_owned()),
        });
        let mut headers = Vec::new();
        for (name, header) in says("headers")
            .and_then(Value::as_object)
            .into_iter()
            .flatten()
        {
            // OpenAPI 3.0.3, "Encoding Object": `Content-Type` is described separately.
            if name.eq_ignore_ascii_case("content-type") {
                continue;
            }
            let is_required = header.get("required") == Some(&Value::Bool(true));
            match simplest(header) {
                Some(text) => headers.push((name.clone(), text)),
                None if is_required => {
                    return Err(format!("no value of its header `{name}` can be made"));
                }
                None => {}
            }
        }
        Ok(Member {
            name: name.to_owned(),
            kind: Some(kind),
            is_list,
            types: item_types,
            content_type,
            headers,
        })
    }

    /// The parts of a value, and what they say.
    fn write(&self, value: &Value, breaking: bool) -> Option<(Vec<Vec<u8>>, Value)> {
        if !self.is_list {
            let (part, said) = self.part(value, breaking)?;
            return Some((vec![part], said));
        }
        let items = value.as_array().filter(|items| !items.is_empty())?;
        let written: Option<Vec<(Vec<u8>, Value)>> =
            items.iter().map(|item| self.part(item, breaking)).collect();
        let (parts, said): (_, Vec<Value>) = written?.into_iter().unzip();
        Some((parts, Value::Array(said)))
    }

    fn part(&self, value: &Value, breaking: bool) -> Option<(Vec<u8>, Value)> {
        let (content, said) = match self.kind? {
            Kind::Text => (scalar_text(value)?.into_bytes(), value.clone()),
            Kind::Json => (serde_json::to_vec(value).ok()?, value.clone()),
            Kind::Bytes => {
                let bytes = to_bytes(value.as_str()?);
                let said = Value::String(from_bytes(&bytes));
                (bytes, said)
            }
        };
        // An empty part may be taken for an absent one.
        if !is_name(&self.name) || (content.is_empty() && !breaking) {
            return None;
        }
        let mut head = format!("Content-Disposition: form-data; name=\"{}\"", self.name);
        if self.kind == Some(Kind::Bytes) {
            head.push_str("; filename=\"file\"");
        }
        head.push_str("\r\n");
        let content_type = self.content_type.iter().map(|text| ("Content-Type", text));
        let declared = self
            .headers
            .iter()
            .map(|(name, text)| (name.as_str(), text));
        for (name, text) in content_type.chain(declared) {
            head.push_str(&format!("{name}: {text}\r\n"));
        }
        head.push_str("\r\n");
        Some(([head.into_bytes(), content].concat(), said))
    }

    fn readings(&self, part: &Part<'_>, lax: bool) -> Result<Vec<Value>, String> {
        let name = &self.name;
        let is_json = part
            .content_type
            .as_deref()
            .is_some_and(media_type::is_json);
        match self.kind {
            Some(Kind::Bytes) => Ok(byte_readings(part.content)),
            Some(Kind::Text) if !is_json => {
                let text = std::str::from_utf8(part.content)
                    .map_err(|_| format!("its part `{name}` is not text in UTF-8"))?;
                Ok(of_types(scalar_readings(text, lax), self.types))
            }
            _ => serde_json::from_slice(part.content)
                .map(|value| vec![value])
                .map_err(|error| format!("its part `{name}` is not JSON: {error}")),
        }
    }
}

/// What a part of that media type holds, where it can be generated.
fn kind_of(content_type: &str, default: Kind) -> Option<Kind> {
    let essence = media_type::essence(content_type);
    if media_type::is_json(content_type) {
        Some(Kind::Json)
    } else if media_type::is_free_text(content_type) {
        Some(Kind::Text)
    } else if essence == media_type::BYTES {
        Some(default).filter(|kind| *kind != Kind::Json)
    } else {
        None
    }
}

/// Whether a text can stand between quotes in a header.
fn is_name(text: &str) -> bool {
    let is_plain = |c: char| (' '..='~').contains(&c) && !matches!(c, '"' | '\\' | '%');
    !text.is_empty() && text.chars().all(is_plain)
}

/// The simplest value of a header of a part.
fn simplest(header: &Value) -> Option<String> {
    let carried = |value: &Value| {
        scalar_text(value).filter(|text| {
            !text.is_empty()
                && text.trim() == text
                && text.chars().all(|c| (' '..='~').contains(&c))
        })
    };
    if let Some(example) = header.get("example") {
        return carried(example);
    }
    let (schemas, id) = parse_schema(&header.get("schema")?.to_string()).ok()?;
    let values = proptest_schema::valid(&schemas, id, Direction::Request).ok()?;
    values.boundaries().iter().find_map(carried)
}

/// Every list whose items have one of their readings each: all the first ones, and all the last ones.
fn combine_items(items: Vec<Vec<Value>>) -> Vec<Vec<Value>> {
    let first: Vec<Value> = items
        .iter()
        .filter_map(|one| one.first().cloned())
        .collect();
    let last: Vec<Value> = items.iter().filter_map(|one| one.last().cloned()).collect();
    if first == last {
        vec![first]
    } else {
        vec![first, last]
    }
}

/// A part as it was received.
#[derive(Debug)]
struct Part<'b> {
    name: String,
    content_type: Option<String>,
    content: &'b [u8],
}

/// The parts of a body (RFC 2046, section 5.1.1); `None` where they are not as the boundary says.
fn parts<'b>(bytes: &'b [u8], boundary: &str) -> Option<Vec<Part<'b>>> {
    let delimiter = format!("--{boundary}");
    let delimiter = delimiter.as_bytes();
    let mut rest = bytes;
    let mut parts = Vec::new();
    // What stands before the first boundary means nothing.
    rest = &rest[find(rest, delimiter)? + delimiter.len()..];
    loop {
        if rest.starts_with(b"--") {
            return Some(parts);
        }
        rest = &rest[find(rest, b"\r\n")? + 2..];
        let next = [b"\r\n", delimiter].concat();
        let end = find(rest, &next)?;
        parts.push(part(&rest[..end])?);
        rest = &rest[end + next.len()..];
    }
}

fn part(bytes: &[u8]) -> Option<Part<'_>> {
    let (head, content) = match find(bytes, b"\r\n\r\n") {
        Some(end) => (&bytes[..end], &bytes[end + 4..]),
        None => return None,
    };
    let lines = std::str::from_utf8(head).ok()?.split("\r\n");
    let (mut name, mut content_type) = (None, None);
    for (field, text) in lines.filter_map(|line| line.split_once(':')) {
        match field.trim().to_ascii_lowercase().as_str() {
            "content-disposition" => name = media_type::parameter(text, "name"),
            "content-type" => content_type = Some(text.trim().to_owned()),
            _ => {}
        }
    }
    Some(Part {
        name: name?,
        content_type,
        content,
    })
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes
        .windows(wanted.len())
        .position(|window| window == wanted)
}
