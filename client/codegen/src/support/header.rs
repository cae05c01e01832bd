//! Headers of answers: texts to values.

use std::fmt;

use reqwest::header::HeaderMap;
use schema_check::serde::Serialize;
use schema_check::serde::de::DeserializeOwned;
use schema_check::serde_json::{self, Map, Number, Value};
use schema_check::{Direction, check, decode};

use super::operation::{Header, Scalar, Shape};

/// What is wrong with the headers of an answer: every fault, each with its header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeaderError(pub Vec<String>);

impl fmt::Display for HeaderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join("; "))
    }
}

impl std::error::Error for HeaderError {}

/// The headers that a response declares, as the type that is made for them.
///
/// # Errors
/// One is missing, or is not as the document has it.
pub fn read<T: DeserializeOwned>(
    declared: &[Header],
    headers: &HeaderMap,
) -> Result<T, HeaderError> {
    let (mut values, mut faults) = (Map::new(), Vec::new());
    for header in declared {
        let name = header.name;
        // Several are one with commas between them (RFC 9110, section 5.3).
        let texts = headers.get_all(name).iter();
        let texts: Vec<_> = texts
            .map(|t| String::from_utf8_lossy(t.as_bytes()))
            .collect();
        if texts.is_empty() {
            if header.required {
                faults.push(format!("the header `{name}`: is missing"));
            }
            continue;
        }
        match value(header, &texts.join(", ")) {
            Ok(value) => {
                let violations = check(header.schema, &value, Direction::Response);
                let fault =
                    |v: schema_check::Violation| format!("the header `{name}`: {}", v.message);
                faults.extend(violations.into_iter().map(fault));
                values.insert(name.to_owned(), value);
            }
            Err(fault) => faults.push(format!("the header `{name}`: {fault}")),
        }
    }
    if !faults.is_empty() {
        return Err(HeaderError(faults));
    }
    decode(&Value::Object(values)).map_err(|error| HeaderError(vec![error.to_string()]))
}

/// What the type of a response's headers is written as.
///
/// # Errors
/// They could not be read.
pub fn written<T: Serialize>(
    read: Result<T, HeaderError>,
) -> Result<Map<String, Value>, HeaderError> {
    match serde_json::to_value(read?) {
        Ok(Value::Object(values)) => Ok(values),
        Ok(_) => Ok(Map::new()),
        Err(error) => Err(HeaderError(vec![error.to_string()])),
    }
}

fn value(header: &Header, text: &str) -> Result<Value, String> {
    let parts = || {
        text.split(',')
            .map(str::trim)
            .filter(|part| !part.is_empty())
    };
    match header.shape {
        Shape::Json => serde_json::from_str(text).map_err(|error| format!("is not JSON: {error}")),
        Shape::One(scalars) => scalar(scalars, text),
        Shape::List(scalars) => parts().map(|part| scalar(scalars, part)).collect(),
        Shape::Object(members) => {
            let parts: Vec<&str> = parts().collect();
            let pairs: Option<Vec<(&str, &str)>> = if header.explode {
                parts.iter().map(|part| part.split_once('=')).collect()
            } else {
                let pairs = parts.chunks(2).map(|pair| match pair {
                    [name, value] => Some((*name, *value)),
                    _ => None,
                });
                pairs.collect()
            };
            let mut object = Map::new();
            for (name, text) in pairs.ok_or("is no row of names and values")? {
                let member = members.iter().find(|(member, _)| *member == name);
                let scalars = member.map_or(&[Scalar::Text][..], |(_, scalars)| scalars);
                object.insert(name.to_owned(), scalar(scalars, text)?);
            }
            Ok(Value::Object(object))
        }
    }
}

/// The first of the types that a text can be of.
fn scalar(scalars: &[Scalar], text: &str) -> Result<Value, String> {
    let read = |scalar: &Scalar| match scalar {
        Scalar::Integer if text.contains(['.', 'e', 'E']) => None,
        Scalar::Integer | Scalar::Number => text.parse::<Number>().ok().map(Value::Number),
        Scalar::Boolean => text.parse::<bool>().ok().map(Value::Bool),
        Scalar::Text => Some(Value::from(text)),
    };
    let value = scalars.iter().find_map(read);
    value.ok_or_else(|| format!("`{text}` is of none of the types that it may have"))
}

#[cfg(test)]
mod tests {
    use reqwest::header::{HeaderName, HeaderValue};
    use schema_check::serde_json::json;
    use schema_check::{Schema, Types};

    use super::*;

    static SHORT: Schema = Schema {
        types: Types::ARRAY,
        max_items: Some(2),
        ..Schema::ANY
    };
    const NUMBER: &[Scalar] = &[Scalar::Integer, Scalar::Boolean];
    static DECLARED: [Header; 5] = [
        header("Count", true, Shape::One(NUMBER), false, &Schema::ANY),
        header("Tags", false, Shape::List(&[Scalar::Text]), false, &SHORT),
        header(
            "Row",
            false,
            Shape::Object(&[("a", NUMBER)]),
            false,
            &Schema::ANY,
        ),
        header(
            "Pairs",
            false,
            Shape::Object(&[("a", NUMBER)]),
            true,
            &Schema::ANY,
        ),
        header("Json", false, Shape::Json, false, &Schema::ANY),
    ];

    const fn header(
        name: &'static str,
        required: bool,
        shape: Shape,
        explode: bool,
        schema: &'static Schema,
    ) -> Header {
        Header {
            name,
            required,
            shape,
            explode,
            schema,
        }
    }

    #[track_caller]
    fn check(given: &[(&'static str, &'static str)], expected: Result<Value, &str>) {
        let mut headers = HeaderMap::new();
        for (name, text) in given {
            headers.append(
                HeaderName::from_static(name),
                HeaderValue::from_static(text),
            );
        }
        let found = read::<Value>(&DECLARED, &headers).map_err(|error| error.to_string());
        assert_eq!(found, expected.map_err(str::to_owned));
    }

    #[test]
    fn headers_are_read_in_their_shapes() {
        check(
            &[
                ("count", "5"),
                ("tags", "a,b c"),
                ("row", "a,1,b,x"),
                ("pairs", "a=true, b=x=y"),
                ("json", "[1]"),
                ("other", "1"),
            ],
            Ok(json!({
                "Count": 5,
                "Tags": ["a", "b c"],
                "Row": { "a": 1, "b": "x" },
                "Pairs": { "a": true, "b": "x=y" },
                "Json": [1],
            })),
        );
        check(
            &[("count", "true"), ("tags", "a"), ("tags", "b")],
            Ok(json!({ "Count": true, "Tags": ["a", "b"] })),
        );
    }

    #[test]
    fn every_fault_is_told() {
        check(&[], Err("the header `Count`: is missing"));
        check(
            &[
                ("count", "1.5"),
                ("tags", "a,b,c"),
                ("row", "a"),
                ("json", "{"),
            ],
            Err(
                "the header `Count`: `1.5` is of none of the types that it may have; the header `Tags`: has 3 items, at most 2 are allowed; the header `Row`: is no row of names and values; the header `Json`: is not JSON: EOF while parsing an object at line 1 column 1",
            ),
        );
    }
}
