//! Media types: how a body of each is written or read, and which of them are one to a caller.

use indexmap::IndexMap;
use openapi_model::{Direction, MediaType, SchemaId, Types, json_schema};
use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

use super::Lowering;

/// How a body is written or read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Json,
    /// Text of any kind, XML too: a `String` to the caller.
    Text,
    /// `application/x-www-form-urlencoded`.
    Form,
    /// `multipart/form-data`.
    Multipart,
    /// Whatever else: it goes and comes as it is.
    Stream,
}

impl Format {
    /// A name for the variant that has it.
    pub fn name(self) -> &'static str {
        match self {
            Format::Json => "json",
            Format::Text => "text",
            Format::Form => "form",
            Format::Multipart => "multipart",
            Format::Stream => "stream",
        }
    }
}

/// Media types that are one to a caller: of one format and one schema.
pub(super) struct Group {
    pub format: Format,
    pub media_types: Vec<String>,
    /// The places of these among all that are kept.
    pub places: Vec<usize>,
    pub schema: Option<SchemaId>,
    /// `encoding`, for forms.
    pub encoding: Option<Value>,
}

impl Group {
    /// Whether the caller must say which of them it is: one media type says it by itself, and JSON is the same in all.
    /// Parts that the document does not describe have a boundary that only the caller knows.
    pub fn is_named(&self) -> bool {
        let is_open = |name: &String| {
            let has_boundary = self.format == Format::Stream && name.starts_with("multipart/");
            name.contains('*') || has_boundary
        };
        let is_open = self.media_types.len() > 1 || self.media_types.iter().any(is_open);
        is_open && self.format != Format::Json
    }
}

impl<'a> Lowering<'a> {
    /// The media types of a body, grouped; those that cannot be sent or read are left out.
    pub(super) fn groups(
        &mut self,
        content: &'a IndexMap<String, MediaType>,
        is_request: bool,
    ) -> Vec<Group> {
        let mut groups: Vec<Group> = Vec::new();
        let mut place = 0;
        for (name, media_type) in content {
            if let Some(why) = media_type_fault(name) {
                let message = format!("`{name}` {why}");
                self.leave_out(
                    &media_type.pointer,
                    media_type.line,
                    message,
                    "the media type",
                );
                continue;
            }
            let schema = media_type.schema;
            let format = self.format(name, schema, is_request);
            let encoding = media_type.encoding.as_ref();
            let fault = match format {
                Format::Form => fields(encoding).err(),
                _ => None,
            };
            if let Some(why) = fault {
                let message = format!("a form that {why} cannot be written");
                self.leave_out(
                    &media_type.pointer,
                    media_type.line,
                    message,
                    "the media type",
                );
                continue;
            }
            if format == Format::Multipart {
                let schema = schema.map(|id| self.api.schemas.get(self.api.schemas.resolve(id)));
                let others = schema.and_then(|schema| schema.additional_properties);
                if others.is_some_and(|id| self.types(id) != Types::NONE) {
                    let message = "fields that the schema does not name (`additionalProperties`) cannot be given";
                    self.note(&media_type.pointer, media_type.line, message.to_owned());
                }
                for name in unsent(encoding) {
                    let message = format!(
                        "the field `{name}` goes without what `encoding` says of it beside one media type"
                    );
                    self.note(&media_type.pointer, media_type.line, message);
                }
            }
            let is_unchecked = matches!(format, Format::Text | Format::Stream)
                && schema.is_some_and(|id| !self.types(id).contains(Types::STRING));
            if is_unchecked {
                let message =
                    format!("a body of `{name}` is handed on as it is: its schema is not checked");
                self.note(&media_type.pointer, media_type.line, message);
            }
            let is_same = |group: &&mut Group| {
                group.format == format
                    && (format == Format::Stream || self.says_the_same(group.schema, schema))
                    && !matches!(format, Format::Form | Format::Multipart)
            };
            match groups.iter_mut().find(is_same) {
                Some(group) => {
                    group.media_types.push(name.trim().to_owned());
                    group.places.push(place);
                }
                None => groups.push(Group {
                    format,
                    media_types: vec![name.trim().to_owned()],
                    places: vec![place],
                    schema,
                    encoding: encoding.cloned(),
                }),
            }
            place += 1;
        }
        groups
    }

    /// Whether two schemas are the same one, or say the same in different places.
    pub(super) fn says_the_same(&self, one: Option<SchemaId>, other: Option<SchemaId>) -> bool {
        let (Some(one), Some(other)) = (one, other) else {
            return one == other;
        };
        let written = |id| json_schema(&self.api.schemas, id, Direction::Response);
        let resolved = |id| self.api.schemas.resolve(id);
        resolved(one) == resolved(other) || written(one) == written(other)
    }

    fn format(&self, name: &str, schema: Option<SchemaId>, is_request: bool) -> Format {
        let essence = essence(name);
        let types = schema.map(|id| self.types(id).without(Types::NULL));
        let is_object = types == Some(Types::OBJECT);
        // Of a schema that says nothing, or of one of text, nothing is known but that it is bytes.
        let is_typed = types.is_some_and(|types| !types.contains(Types::STRING));
        match essence.as_str() {
            _ if is_json(name) => Format::Json,
            "*/*" | "application/*" if is_typed => Format::Json,
            "application/x-www-form-urlencoded" if is_request && is_object => Format::Form,
            "multipart/form-data" if is_request && is_object => Format::Multipart,
            "application/xml" | "application/x-www-form-urlencoded" => Format::Text,
            other if other.starts_with("text/") || other.ends_with("+xml") => Format::Text,
            _ => Format::Stream,
        }
    }
}

/// Whether a media type is JSON: `application/json` itself or one whose name ends in `+json` (RFC 6839, section 3.1).
pub(super) fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence == "application/json" || essence.ends_with("+json")
}

/// The fields of a form that are not written as fields are without `encoding`: values of `support::body::Field`; why
/// they cannot be written.
pub(super) fn fields(encoding: Option<&Value>) -> Result<Vec<TokenStream>, String> {
    let mut fields = Vec::new();
    for (name, encoding) in encoding.and_then(Value::as_object).into_iter().flatten() {
        let style = encoding.get("style").and_then(Value::as_str);
        let explode = encoding.get("explode").and_then(Value::as_bool);
        if style.is_none() && explode.is_none() {
            continue;
        }
        let style = style.unwrap_or("form");
        let explode = explode.unwrap_or(style == "form");
        let variant = match style {
            "form" => quote!(Form),
            "spaceDelimited" => quote!(SpaceDelimited),
            "pipeDelimited" => quote!(PipeDelimited),
            "deepObject" => quote!(DeepObject),
            _ => {
                return Err(format!(
                    "has a member `{name}` that is in the style `{style}`, which is none for forms: choose form, spaceDelimited, pipeDelimited or deepObject"
                ));
            }
        };
        fields.push(quote!(Field { name: #name, style: Style::#variant, explode: #explode }));
    }
    Ok(fields)
}

/// The media types that `encoding` gives to the parts of a form, where it is one that can be sent.
pub(super) fn content_types(encoding: Option<&Value>) -> Vec<(String, String)> {
    let fields = encoding.and_then(Value::as_object).into_iter().flatten();
    let concrete = |encoding: &Value| {
        let content_type = encoding.get("contentType")?.as_str()?.trim();
        let is_one = !content_type.contains([',', '*']) && media_type_fault(content_type).is_none();
        is_one.then(|| content_type.to_owned())
    };
    fields
        .filter_map(|(name, encoding)| Some((name.clone(), concrete(encoding)?)))
        .collect()
}

/// The fields of which `encoding` says what is not sent.
fn unsent(encoding: Option<&Value>) -> Vec<String> {
    let sent = content_types(encoding);
    let fields = encoding.and_then(Value::as_object).into_iter().flatten();
    let is_unsent = |(name, encoding): &(&String, &Value)| {
        let members = encoding.as_object().map_or(0, serde_json::Map::len);
        members > usize::from(sent.iter().any(|(sent, _)| sent == *name))
    };
    let unsent = fields.filter(is_unsent);
    unsent.map(|(name, _)| name.clone()).collect()
}

pub(super) fn essence(media_type: &str) -> String {
    let essence = media_type.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

/// What is wrong with the name of a media type; the rest of the sentence that begins with it.
fn media_type_fault(name: &str) -> Option<&'static str> {
    let is_token = |text: &str| {
        !text.is_empty()
            && text
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b))
    };
    let is_visible = name.bytes().all(|b| matches!(b, b'\t' | b' '..=b'~'));
    let is_range = |text: &str| text.contains('*') && text != "*";
    match essence(name).split_once('/') {
        Some((kind, rest)) if is_visible && is_token(kind) && is_token(rest) => {
            let bad = is_range(kind) || is_range(rest) || (kind == "*" && rest != "*");
            bad.then_some("is no range of media types: it must be such as `image/*` or `*/*`")
        }
        _ => Some("is no media type: it must be such as `application/json`"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn media_types_have_two_words() {
        for name in [
            "a/b",
            "text/*",
            "*/*",
            "application/json; charset=utf-8",
            "image/svg+xml",
        ] {
            assert_eq!(media_type_fault(name), None, "{name}");
        }
        for name in [
            "", "a", "a/", "/b", "a/b/c", "*/b", "a/b*", "a b/c", "ä/b", "a/b\n",
        ] {
            assert!(media_type_fault(name).is_some(), "{name}");
        }
    }

    #[test]
    fn json_has_many_names() {
        for (name, expected) in [
            ("application/json", true),
            ("application/vnd.api+json", true),
            ("Application/JSON; charset=utf-8", true),
            ("text/json", false),
            ("application/jsonl", false),
        ] {
            assert_eq!(is_json(name), expected, "{name}");
        }
    }
}
