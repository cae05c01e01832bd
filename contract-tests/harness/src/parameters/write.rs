//! Values to texts.

use openapi_model::{Location, Types};
use serde_json::Value;

use super::{Codec, Written, percent_encode};

impl Codec {
    /// Writes a value as names and texts of the wire; `None` where it cannot be carried.
    ///
    /// `breaking` says that the value breaks the parameter's schema: then a text that might also be read as nothing at
    /// all is written only where nothing at all is wrong too.
    pub(crate) fn write(&self, value: &Value, breaking: bool) -> Option<Vec<(String, String)>> {
        let name = match self.location {
            Location::Query => percent_encode(&self.name),
            _ => self.name.clone(),
        };
        if self.written == Written::Json {
            return Some(vec![(name, self.carried(&value.to_string())?)]);
        }
        let exploded = self.written == Written::Style(true);
        match value {
            Value::Array(items) => {
                if breaking && !self.types.contains(Types::ARRAY) {
                    return None;
                }
                if items.is_empty() {
                    return (self.allow_empty && !exploded).then(|| vec![(name, String::new())]);
                }
                let texts: Vec<String> = items
                    .iter()
                    .map(|item| self.item(item))
                    .collect::<Option<_>>()?;
                Some(if exploded && matches!(self.location, Location::Query) {
                    texts.into_iter().map(|text| (name.clone(), text)).collect()
                } else {
                    vec![(name, texts.join(","))]
                })
            }
            Value::Object(members) => {
                if members.is_empty() || (breaking && !self.types.contains(Types::OBJECT)) {
                    return None;
                }
                let pairs: Vec<(String, String)> = members
                    .iter()
                    .map(|(name, value)| {
                        Some((self.item(&Value::String(name.clone()))?, self.item(value)?))
                    })
                    .collect::<Option<_>>()?;
                if self.spreads() {
                    // A name that no property has is one more parameter that nobody declared.
                    return pairs
                        .iter()
                        .all(|(name, _)| self.has_property(name))
                        .then_some(pairs);
                }
                let between = if exploded { '=' } else { ',' };
                let texts: Vec<String> = pairs
                    .iter()
                    .map(|(name, text)| format!("{name}{between}{text}"))
                    .collect();
                Some(vec![(name, texts.join(","))])
            }
            scalar => {
                let text = scalar_text(scalar)?;
                if text.is_empty() && !self.carries_empty(breaking) {
                    return None;
                }
                Some(vec![(name, self.carried(&text)?)])
            }
        }
    }

    /// Whether an empty text says what is meant. A server may take it for an absent parameter.
    fn carries_empty(&self, breaking: bool) -> bool {
        match self.location {
            Location::Path => false,
            Location::Query => self.allow_empty || (breaking && self.required),
            Location::Header | Location::Cookie => breaking && self.required,
        }
    }

    /// The text of an item or member; none that holds a separator.
    fn item(&self, value: &Value) -> Option<String> {
        let text =
            scalar_text(value).filter(|text| !text.is_empty() && !text.contains([',', '=']))?;
        self.carried(&text)
    }

    /// The text as it stands on the wire, where it can.
    fn carried(&self, text: &str) -> Option<String> {
        match self.location {
            // A slash can be written, but what stands between client and server often turns it back into a separator.
            Location::Path => {
                (!matches!(text, "." | "..") && !text.contains('/')).then(|| percent_encode(text))
            }
            Location::Query => Some(percent_encode(text)),
            Location::Header => {
                let visible = text.bytes().all(|b| (b' '..=b'~').contains(&b));
                (visible && text.trim() == text).then(|| text.to_owned())
            }
            // RFC 6265, section 4.1.1; and no percent sign, which some decode and others do not.
            Location::Cookie => text
                .bytes()
                .all(|b| b.is_ascii_graphic() && !b"\",;\\%".contains(&b))
                .then(|| text.to_owned()),
        }
    }
}

fn scalar_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(truth.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}
