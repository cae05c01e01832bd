//! Texts to values.

use openapi_model::{Location, Style, Types};
use serde_json::{Number, Value};

use super::{Codec, Written, percent_decode, query_decode};

/// What one text, or several, can stand for by the rules of a style alone.
#[derive(Debug, Default)]
struct Parsed {
    scalar: Option<String>,
    lists: Vec<Vec<String>>,
    members: Vec<Vec<(String, String)>>,
}

impl Codec {
    /// Every value that the texts of the wire can stand for; none where they are not text at all, or not of the style.
    ///
    /// The names of a query are read as they stand on the wire, too.
    ///
    /// `lax` adds what careful readers refuse and others accept, such as `+5` for a number.
    pub(crate) fn readings(&self, pairs: &[(String, String)], lax: bool) -> Vec<Value> {
        let decode = |text: &str| match self.location {
            Location::Path => percent_decode(text),
            Location::Query => query_decode(text),
            Location::Header => Some(text.trim().to_owned()),
            Location::Cookie => Some(text.to_owned()),
        };
        let named = |(name, text): &(String, String)| match self.location {
            Location::Query => Some((query_decode(name)?, text.clone())),
            _ => Some((name.clone(), text.clone())),
        };
        let pairs: Option<Vec<(String, String)>> = pairs.iter().map(named).collect();
        let pairs = pairs.unwrap_or_default();
        let decoded: Option<Vec<(String, String)>> = pairs
            .iter()
            .map(|(name, text)| Some((name.clone(), decode(text)?)))
            .collect();
        let Some(decoded) = decoded else {
            return Vec::new();
        };
        let first = decoded.first().map(|(_, text)| text);
        match self.written {
            Written::Json => {
                return first
                    .and_then(|text| serde_json::from_str(text).ok())
                    .into_iter()
                    .collect();
            }
            Written::Text => return first.map_or(Vec::new(), |text| scalar_readings(text, lax)),
            Written::Style(..) => {}
        }
        // A separator stands as it is; clients that encode whole values encode it too.
        let whole = self.parse(&decoded, &|text| Some(text.to_owned()));
        let raw = self.parse(&pairs, &decode);
        let mut readings = Vec::new();
        let scalar = raw.scalar.as_ref().or(whole.scalar.as_ref());
        readings.extend(scalar.iter().flat_map(|text| scalar_readings(text, lax)));
        if self.types.contains(Types::ARRAY) {
            let mut lists: Vec<_> = whole.lists.into_iter().chain(raw.lists).collect();
            lists.dedup();
            for texts in lists {
                readings.push(texts.iter().map(|text| Value::from(&**text)).collect());
                readings.push(texts.iter().map(|text| typed(text, self.items)).collect());
            }
        }
        if self.types.contains(Types::OBJECT) {
            let mut members: Vec<_> = whole.members.into_iter().chain(raw.members).collect();
            members.dedup();
            let types = |name: &str| {
                let declared = self.properties.iter().find(|(known, _)| known == name);
                declared.map_or(Types::ANY, |(_, types)| *types)
            };
            for members in members {
                let read = |read: &dyn Fn(&str, &str) -> Value| -> Value {
                    members
                        .iter()
                        .map(|(name, text)| (name.clone(), read(name, text)))
                        .collect()
                };
                readings.push(read(&|_, text| Value::from(text)));
                readings.push(read(&|name, text| typed(text, types(name))));
            }
        }
        readings
    }

    fn parse(&self, pairs: &[(String, String)], decode: &dyn Fn(&str) -> Option<String>) -> Parsed {
        let Written::Style(style, exploded) = self.written else {
            return Parsed::default();
        };
        let all = |texts: &mut dyn Iterator<Item = &str>| -> Vec<Vec<String>> {
            let texts: Option<Vec<String>> = texts.map(decode).collect();
            texts.into_iter().collect()
        };
        if self.is_deep() {
            let members = pairs.iter().map(|(name, text)| {
                let member = self.deep_member(name)?;
                Some((member.to_owned(), decode(text)?))
            });
            return Parsed {
                members: members.collect::<Option<_>>().into_iter().collect(),
                ..Parsed::default()
            };
        }
        if self.spreads() {
            let members = pairs
                .iter()
                .map(|(name, text)| Some((name.clone(), decode(text)?)));
            return Parsed {
                members: members.collect::<Option<_>>().into_iter().collect(),
                ..Parsed::default()
            };
        }
        if self.location == Location::Query && exploded {
            let separator = separator(style);
            let mut parts = pairs.iter().flat_map(|(_, text)| split(text, separator));
            let mut lists = all(&mut parts);
            lists.extend(all(&mut pairs.iter().map(|(_, text)| text.as_str())));
            return Parsed {
                scalar: match pairs {
                    [(_, text)] => decode(text),
                    _ => None,
                },
                lists,
                ..Parsed::default()
            };
        }
        let Some((_, text)) = pairs.first() else {
            return Parsed::default();
        };
        match style {
            Style::Matrix => self.matrix(text, exploded, decode),
            Style::Label => match text.strip_prefix('.') {
                // RFC 6570 parts an exploded list only by dots, and others by commas.
                Some(rest) if !exploded => {
                    let mut parsed = flat(rest, '.', exploded, decode);
                    let by_comma = flat(rest, ',', exploded, decode);
                    parsed.lists.extend(by_comma.lists);
                    parsed.members.extend(by_comma.members);
                    parsed
                }
                Some(rest) => flat(rest, '.', exploded, decode),
                None => Parsed::default(),
            },
            _ => {
                let mut parsed = flat(text, separator(style), exploded, decode);
                // Several pairs where one is asked for: whoever reads lists may join them.
                if pairs.len() > 1 {
                    let mut parts = pairs
                        .iter()
                        .flat_map(|(_, text)| split(text, separator(style)));
                    parsed = Parsed {
                        lists: all(&mut parts),
                        ..Parsed::default()
                    };
                }
                if self.location == Location::Header {
                    trim(&mut parsed);
                }
                parsed
            }
        }
    }

    /// `;name=value`, once or for each item or member.
    fn matrix(
        &self,
        text: &str,
        exploded: bool,
        decode: &dyn Fn(&str) -> Option<String>,
    ) -> Parsed {
        let pieces = text.strip_prefix(';').map(|rest| rest.split(';'));
        let pieces: Option<Vec<(String, &str)>> = pieces.and_then(|pieces| {
            let mut pairs = pieces.map(|piece| piece.split_once('=').unwrap_or((piece, "")));
            pairs.try_fold(Vec::new(), |mut all, (name, text)| {
                all.push((decode(name)?, text));
                Some(all)
            })
        });
        let Some(pieces) = pieces else {
            return Parsed::default();
        };
        let mut parsed = match pieces.as_slice() {
            [(name, text)] if *name == self.name => flat(text, ',', false, decode),
            _ => Parsed::default(),
        };
        if exploded {
            let decoded: Option<Vec<(String, String)>> = pieces
                .iter()
                .map(|(name, text)| Some((name.clone(), decode(text)?)))
                .collect();
            let decoded = decoded.unwrap_or_default();
            parsed.lists.clear();
            if decoded.iter().all(|(name, _)| *name == self.name) {
                parsed
                    .lists
                    .push(decoded.iter().map(|(_, text)| text.clone()).collect());
            }
            parsed.members = vec![decoded];
        }
        parsed
    }
}

fn separator(style: Style) -> char {
    match style {
        Style::SpaceDelimited => ' ',
        Style::PipeDelimited => '|',
        _ => ',',
    }
}

fn split(text: &str, separator: char) -> impl Iterator<Item = &str> {
    text.split(separator).filter(|_| !text.is_empty())
}

/// One text whose items and members stand one behind the other.
fn flat(
    text: &str,
    separator: char,
    exploded: bool,
    decode: &dyn Fn(&str) -> Option<String>,
) -> Parsed {
    let parts: Vec<&str> = split(text, separator).collect();
    let decoded: Option<Vec<String>> = parts.iter().map(|part| decode(part)).collect();
    let members = if exploded {
        let pairs = parts.iter().map(|part| part.split_once('='));
        pairs
            .map(|pair| pair.and_then(|(name, text)| Some((decode(name)?, decode(text)?))))
            .collect()
    } else {
        let is_paired = parts.len().is_multiple_of(2);
        let decoded = decoded.as_ref().filter(|_| is_paired);
        decoded.map(|parts| {
            let pairs = parts.chunks_exact(2);
            pairs
                .map(|pair| (pair[0].clone(), pair[1].clone()))
                .collect()
        })
    };
    Parsed {
        scalar: decode(text),
        lists: decoded.into_iter().collect(),
        members: members.into_iter().collect(),
    }
}

/// RFC 9110, section 5.6.1: blanks around the items of a list mean nothing.
fn trim(parsed: &mut Parsed) {
    let trim = |text: &mut String| *text = text.trim().to_owned();
    parsed.lists.iter_mut().flatten().for_each(trim);
    for (name, text) in parsed.members.iter_mut().flatten() {
        trim(name);
        trim(text);
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

/// Every scalar that a text can stand for. `lax` adds what careful readers refuse and others accept.
pub(crate) fn scalar_readings(text: &str, lax: bool) -> Vec<Value> {
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
