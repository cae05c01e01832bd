//! Media types: how a body of each is read or written, and which of them are one to a handler.

use indexmap::IndexMap;
use openapi_model::{MediaType, SchemaId, Types};
use serde_json::Value;

use super::Lowering;

/// How a body is read or written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Json,
    /// Text of any kind, XML too: the handler gets it as a `String`.
    Text,
    /// `application/x-www-form-urlencoded`.
    Form,
    /// `multipart/form-data`.
    Multipart,
    /// Whatever else: the handler gets it as it comes.
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

/// Media types that are one to a handler: of one format and one schema.
pub(super) struct Group {
    pub format: Format,
    pub media_types: Vec<String>,
    pub schema: Option<SchemaId>,
    /// `encoding` of a form.
    pub encoding: Option<Value>,
}

impl Group {
    /// Whether somebody must say which of them it is: one media type says it by itself, and JSON is the same in all.
    pub fn is_named(&self) -> bool {
        let several =
            self.media_types.len() > 1 || self.media_types.iter().any(|m| m.contains('*'));
        several && self.format != Format::Json
    }
}

impl<'a> Lowering<'a> {
    /// The media types of a body, grouped; those that cannot be served are left out.
    pub(super) fn groups(
        &mut self,
        content: &'a IndexMap<String, MediaType>,
        is_request: bool,
    ) -> Vec<Group> {
        let mut groups: Vec<Group> = Vec::new();
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
            let fault = match (format, schema) {
                (Format::Form, Some(id)) => self.form_members(id, encoding).err(),
                (Format::Multipart, Some(id)) => self.parts_fault(id),
                _ => None,
            };
            if let Some(why) = fault {
                let message = format!("a form that {why} cannot be read");
                self.leave_out(
                    &media_type.pointer,
                    media_type.line,
                    message,
                    "the media type",
                );
                continue;
            }
            if let (Format::Multipart, Some(_)) = (format, encoding) {
                let message = "the media types and headers of the parts (`encoding`) are not checked, and told to the handler for files only";
                self.note(&media_type.pointer, media_type.line, message.to_owned());
            }
            let is_unchecked = matches!(format, Format::Text | Format::Stream)
                && schema.is_some_and(|id| !self.types(id).contains(Types::STRING));
            if is_request && is_unchecked {
                let message =
                    format!("a body of `{name}` is handed on as it is: its schema is not checked");
                self.note(&media_type.pointer, media_type.line, message);
            }
            let resolved = |id: Option<SchemaId>| id.map(|id| self.api.schemas.resolve(id));
            let is_same = |group: &&mut Group| {
                group.format == format
                    && (format == Format::Stream || resolved(group.schema) == resolved(schema))
                    && format != Format::Form
            };
            match groups.iter_mut().find(is_same) {
                Some(group) => group.media_types.push(name.clone()),
                None => groups.push(Group {
                    format,
                    media_types: vec![name.clone()],
                    schema,
                    encoding: encoding.filter(|_| format == Format::Form).cloned(),
                }),
            }
        }
        groups
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
