//! Texts to values.

use openapi_model::{Location, Types};
use serde_json::{Number, Value};

use super::{Codec, Written, percent_decode, query_decode};

impl Codec {
    /// Every value that the texts of the wire can stand for; none where they are not text at all.
    ///
    /// `lax` adds what careful readers refuse and others accept, such as `+5` for a number.
    pub(crate) fn readings(&self, pairs: &[(String, String)], lax: bool) -> Vec<Value> {
        let decode = |text: &str| match self.location {
            Location::Path => percent_decode(text),
            Location::Query => query_decode(text),
            Location::Header => Some(text.trim().to_owned()),
            Location::Cookie => Some(text.to_owned()),
        };
        let whole: Option<Vec<String>> = pairs.iter().map(|(_, text)| decode(text)).collect();
        let Some(whole) = whole else {
            return Vec::new();
        };
        if self.written == Written::Json {
            let first = whole.first();
            return first
                .and_then(|text| serde_json::from_str(text).ok())
                .into_iter()
                .collect();
        }
        let mut readings = Vec::new();
        if let [text] = whole.as_slice()
            && !self.spreads()
        {
            readings.extend(scalar_readings(text, lax));
        }
        if self.types.contains(Types::ARRAY) {
            for texts in self.lists(pairs, &whole, decode) {
                readings.push(
                    texts
                        .iter()
                        .map(|text| Value::from(text.as_str()))
                        .collect(),
                );
                readings.push(texts.iter().map(|text| typed(text, self.items)).collect());
            }
        }
        if self.types.contains(Types::OBJECT)
            && let Some(members) = self.members(pairs, &whole, decode)
        {
            let types = |name: &str| {
                let declared = self.properties.iter().find(|(known, _)| known == name);
                declared.map_or(Types::ANY, |(_, types)| *types)
            };
            let read = |read: &dyn Fn(&str, &str) -> Value| -> Value {
                members
                    .iter()
                    .map(|(name, text)| (name.clone(), read(name, text)))
                    .collect()
            };
            readings.push(read(&|_, text| Value::from(text)));
            readings.push(read(&|name, text| typed(text, types(name))));
        }
        readings
    }

    /// The ways to take texts for the items of an array.
    fn lists(
        &self,
        pairs: &[(String, String)],
        whole: &[String],
        decode: impl Fn(&str) -> Option<String>,
    ) -> Vec<Vec<String>> {
        let split = |text: &str| -> Vec<String> {
            let items = text.split(',');
            match self.location {
                _ if text.is_empty() => Vec::new(),
                // RFC 9110, section 5.6.1: blanks around the items of a list mean nothing.
                Location::Header => items.map(|item| item.trim().to_owned()).collect(),
                _ => items.map(str::to_owned).collect(),
            }
        };
        // A comma that separates stands as it is; clients that encode whole values encode it too.
        let raw: Option<Vec<String>> = pairs
            .iter()
            .flat_map(|(_, text)| split(text))
            .map(|text| decode(&text))
            .collect();
        let encoded = whole.iter().flat_map(|text| split(text)).collect();
        let mut lists = vec![encoded];
        lists.extend(raw);
        if self.written == Written::Style(true) && self.location == Location::Query {
            lists.push(whole.to_vec());
        }
        lists.dedup();
        lists
    }

    /// The texts of an object's members.
    fn members(
        &self,
        pairs: &[(String, String)],
        whole: &[String],
        decode: impl Fn(&str) -> Option<String>,
    ) -> Option<Vec<(String, String)>> {
        if self.spreads() {
            let names = pairs.iter().map(|(name, _)| decode(name));
            return names
                .zip(whole)
                .map(|(name, text)| Some((name?, text.clone())))
                .collect();
        }
        let parts: Vec<&str> = whole.first()?.split(',').collect();
        if self.written == Written::Style(true) {
            return parts
                .into_iter()
                .map(|part| part.split_once('='))
                .map(|pair| pair.map(|(name, text)| (name.to_owned(), text.to_owned())))
                .collect();
        }
        if !parts.len().is_multiple_of(2) {
            return None;
        }
        Some(
            parts
                .chunks(2)
                .map(|pair| (pair[0].to_owned(), pair[1].to_owned()))
                .collect(),
        )
    }
}

fn number(text: &str) -> Option<Number> {
    match serde_json::from_str(text) {
        Ok(Value::Number(number)) if !text.contains(char::is_whitespace) => Some(number),
        _ => None,
    }
}

/// The text as what it looks like, among the types that it may have.
fn typed(text: &str, types: Types) -> Value {
    match text {
        "true" if types.contains(Types::BOOLEAN) => Value::Bool(true),
        "false" if types.contains(Types::BOOLEAN) => Value::Bool(false),
        _ => number(text)
            .filter(|_| types.intersects(Types::NUMBER))
            .map_or_else(|| Value::from(text), Value::Number),
    }
}

fn scalar_readings(text: &str, lax: bool) -> Vec<Value> {
    let mut readings = vec![Value::String(text.to_owned())];
    match typed(text, Types::ANY) {
        Value::String(_) => {}
        other => readings.push(other),
    }
    if matches!(text, "" | "null") {
        readings.push(Value::Null);
    }
    if lax {
        let trimmed = text.trim();
        readings.extend(trimmed.parse::<i64>().ok().map(Value::from));
        readings.extend(
            trimmed
                .parse::<f64>()
                .ok()
                .and_then(Number::from_f64)
                .map(Value::Number),
        );
        match trimmed.to_ascii_lowercase().as_str() {
            "true" | "t" | "yes" | "y" | "on" | "1" => readings.push(Value::Bool(true)),
            "false" | "f" | "no" | "n" | "off" | "0" => readings.push(Value::Bool(false)),
            _ => {}
        }
    }
    readings
}
