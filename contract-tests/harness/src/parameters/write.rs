//! Values to texts.

use openapi_model::{Location, Style, Types};
use percent_encoding::utf8_percent_encode;
use serde_json::{Map, Value};

use super::{Codec, PARTING, Written, percent_encode};

type Pairs = Vec<(String, String)>;

impl Codec {
    /// Writes a value as names and texts of the wire; `None` where it cannot be carried.
    ///
    /// `breaking` says that the value breaks the parameter's schema: then a text that might also be read as nothing at
    /// all is written only where nothing at all is wrong too.
    pub(crate) fn write(&self, value: &Value, breaking: bool) -> Option<Pairs> {
        let one = |text: String| vec![(self.written_name(), text)];
        let (style, exploded) = match self.written {
            Written::Json => return Some(one(self.carried(&value.to_string())?)),
            Written::Text => return self.scalar(&scalar_text(value)?, "", breaking).map(one),
            Written::Style(style, exploded) => (style, exploded),
        };
        match value {
            Value::Array(items) => {
                if breaking && !self.types.contains(Types::ARRAY) {
                    return None;
                }
                if items.is_empty() {
                    let says_so = self.allow_empty && style == Style::Form && !exploded;
                    return says_so.then(|| one(String::new()));
                }
                self.array(items, style, exploded)
            }
            Value::Object(members) => {
                if members.is_empty() || (breaking && !self.types.contains(Types::OBJECT)) {
                    return None;
                }
                self.object(members, style, exploded)
            }
            scalar => {
                let prefix = match style {
                    Style::DeepObject => return None,
                    Style::Label => ".".to_owned(),
                    Style::Matrix => format!(";{}=", self.encoded_name()),
                    _ => String::new(),
                };
                self.scalar(&scalar_text(scalar)?, &prefix, breaking)
                    .map(one)
            }
        }
    }

    fn scalar(&self, text: &str, prefix: &str, breaking: bool) -> Option<String> {
        if text.is_empty() && !self.carries_empty(breaking) {
            return None;
        }
        self.whole(format!("{prefix}{}", self.carried(text)?))
    }

    fn array(&self, items: &[Value], style: Style, exploded: bool) -> Option<Pairs> {
        let name = self.written_name();
        let texts: Vec<String> = items
            .iter()
            .map(|item| self.item(item))
            .collect::<Option<_>>()?;
        let text = match (style, exploded) {
            (Style::DeepObject, _) => return None,
            (Style::Form | Style::SpaceDelimited | Style::PipeDelimited, true) => {
                // A cookie of one name twice is for each server to read as it likes.
                let one_each = self.location == Location::Query || texts.len() == 1;
                return one_each
                    .then(|| texts.into_iter().map(|text| (name.clone(), text)).collect());
            }
            (Style::Simple | Style::Form, _) => texts.join(","),
            (Style::SpaceDelimited, false) => texts.join("%20"),
            (Style::PipeDelimited, false) => texts.join("%7C"),
            (Style::Label, _) => format!(".{}", texts.join(".")),
            (Style::Matrix, false) => format!(";{}={}", self.encoded_name(), texts.join(",")),
            (Style::Matrix, true) => {
                let name = self.encoded_name();
                texts.iter().map(|text| format!(";{name}={text}")).collect()
            }
        };
        Some(vec![(name, self.whole(text)?)])
    }

    fn object(&self, members: &Map<String, Value>, style: Style, exploded: bool) -> Option<Pairs> {
        let pairs: Pairs = members
            .iter()
            .map(|(name, value)| {
                Some((self.item(&Value::String(name.clone()))?, self.item(value)?))
            })
            .collect::<Option<_>>()?;
        let flat = |between: &str| {
            let texts: Vec<String> = pairs
                .iter()
                .map(|(name, text)| format!("{name}{between}{text}"))
                .collect();
            texts.join(between)
        };
        let assigned = |between: &str| {
            let texts: Vec<String> = pairs
                .iter()
                .map(|(name, text)| format!("{name}={text}"))
                .collect();
            texts.join(between)
        };
        let text = match (style, exploded) {
            (Style::Form, true) => {
                // A name that no property has is one more parameter that nobody declared.
                let is_known = self.spreads() && members.keys().all(|name| self.has_property(name));
                return is_known.then_some(pairs);
            }
            (Style::DeepObject, _) => {
                let is_plain = members.keys().all(|name| !name.contains(['[', ']']));
                let name = self.encoded_name();
                let named = |(member, text)| (format!("{name}%5B{member}%5D"), text);
                return is_plain.then(|| pairs.into_iter().map(named).collect());
            }
            (Style::SpaceDelimited | Style::PipeDelimited, true) => return None,
            (Style::Simple | Style::Form, false) => flat(","),
            (Style::Simple, true) => assigned(","),
            (Style::SpaceDelimited, false) => flat("%20"),
            (Style::PipeDelimited, false) => flat("%7C"),
            (Style::Label, false) => format!(".{}", flat(".")),
            (Style::Label, true) => format!(".{}", assigned(".")),
            (Style::Matrix, false) => format!(";{}={}", self.encoded_name(), flat(",")),
            (Style::Matrix, true) => format!(";{}", assigned(";")),
        };
        Some(vec![(self.written_name(), self.whole(text)?)])
    }

    /// The name as it stands beside the text. That of a path parameter is only the template's.
    fn written_name(&self) -> String {
        match self.location {
            Location::Query => self.encoded_name(),
            _ => self.name.clone(),
        }
    }

    fn encoded_name(&self) -> String {
        percent_encode(&self.name)
    }

    /// Whether an empty text says what is meant. A server may take it for an absent parameter.
    fn carries_empty(&self, breaking: bool) -> bool {
        match self.location {
            Location::Path => false,
            // Broken or not, such a text is allowed then.
            Location::Query if self.allow_empty => !breaking,
            Location::Query | Location::Header | Location::Cookie => breaking && self.required,
        }
    }

    /// The text of an item or member; none that is empty, holds a separator, or is no scalar.
    fn item(&self, value: &Value) -> Option<String> {
        let text = scalar_text(value)
            .filter(|text| !text.is_empty() && !text.contains(self.separators()))?;
        self.carried(&text)
    }

    /// The text as it stands on the wire, where it can.
    fn carried(&self, text: &str) -> Option<String> {
        match self.location {
            // A slash can be written, but what stands between client and server often turns it back into a separator.
            Location::Path => (!text.contains('/')).then(|| percent_encode(text)),
            Location::Query if self.allow_reserved => {
                Some(utf8_percent_encode(text, PARTING).to_string())
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

    /// The whole text of a path parameter; none that a URL resolves away.
    fn whole(&self, text: String) -> Option<String> {
        let vanishes = self.location == Location::Path && matches!(text.as_str(), "." | "..");
        (!vanishes).then_some(text)
    }
}

/// A scalar as text; `None` for what has no text of its own.
pub(crate) fn scalar_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(truth.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}
