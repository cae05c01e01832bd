//! Parameters: text in a request to checked values.

use std::borrow::Cow;
use std::collections::HashSet;

use http::HeaderMap;
use percent_encoding::percent_decode_str;
use schema_check::{Direction, MOST_VIOLATIONS, check};
use serde_json::{Number, Value};

use crate::rejection::{Place, Violation};
use crate::security::cookies;
use crate::spec::{
    CredentialPlace, OperationSpec, ParameterLocation, ParameterSpec, Scalar, Shape,
};

/// The values of an operation's parameters, in the order of its table; `None` where one was not given.
pub(crate) type Values = Vec<Option<Value>>;

/// The pairs of a query string: names decoded, values as they stand there.
pub(crate) struct Query<'r>(Vec<(String, &'r str)>);

impl<'r> Query<'r> {
    /// Reads a query string as forms write it: pairs between `&`, `+` for a blank, and percent-encoding.
    pub fn parse(text: &'r str) -> Query<'r> {
        Query(
            text.split('&')
                .filter(|pair| !pair.is_empty())
                .map(|pair| {
                    let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
                    // A name that is no UTF-8 is none that we know, and is told as it was written.
                    (
                        Encoding::Form
                            .decode(name)
                            .unwrap_or_else(|| name.to_owned()),
                        value,
                    )
                })
                .collect(),
        )
    }

    /// Every value of that name, as it stands there.
    pub fn written(&self, name: &str) -> impl Iterator<Item = &'r str> {
        self.0
            .iter()
            .filter(move |(n, _)| n == name)
            .map(|(_, value)| *value)
    }

    /// A value decoded; `None` where that is no UTF-8.
    pub fn decode(value: &str) -> Option<String> {
        Encoding::Form.decode(value)
    }
}

/// How text is written in its place of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Encoding {
    /// As it is.
    None,
    /// As it is; blanks around the items of a list mean nothing (RFC 9110, section 5.6.1).
    Header,
    /// With percent-encoding.
    Percent,
    /// With percent-encoding, and `+` for a blank.
    Form,
}

impl Encoding {
    /// An item of a list, without what does not belong to it.
    fn item(self, item: &str) -> &str {
        if self == Encoding::Header {
            item.trim()
        } else {
            item
        }
    }

    /// Undoes it; `None` where what comes out is no UTF-8, or a `%` is not followed by two digits.
    fn decode(self, text: &str) -> Option<String> {
        match self {
            Encoding::None | Encoding::Header => Some(text.to_owned()),
            Encoding::Percent => decode(text),
            Encoding::Form => decode(&text.replace('+', " ")),
        }
    }
}

/// Undoes percent-encoding; `None` where what comes out is no UTF-8, or a `%` is not followed by two digits.
pub(crate) fn decode(text: &str) -> Option<String> {
    let is_encoded = |at: usize| {
        text.as_bytes()
            .get(at + 1..at + 3)
            .is_some_and(|d| d.iter().all(u8::is_ascii_hexdigit))
    };
    if !text.match_indices('%').all(|(at, _)| is_encoded(at)) {
        return None;
    }
    percent_decode_str(text)
        .decode_utf8()
        .ok()
        .map(|text| text.into_owned())
}

/// Reads and checks the parameters of one kind; everything that is wrong with them is returned.
pub(crate) fn read(
    operation: &OperationSpec,
    location: ParameterLocation,
    given: &Given,
    values: &mut Values,
) -> Vec<Violation> {
    let mut violations = Vec::new();
    for (parameter, value) in operation.parameters.iter().zip(values.iter_mut()) {
        if parameter.location != location {
            continue;
        }
        let texts = match given.texts(parameter) {
            Ok(texts) => texts,
            Err(message) => {
                violations.push(violation(parameter, "encoding", message));
                continue;
            }
        };
        if texts.is_empty() {
            if parameter.required {
                violations.push(violation(parameter, "required", "is missing".to_owned()));
            }
            continue;
        }
        match read_value(parameter, &texts) {
            Ok(read) => *value = Some(read),
            Err(found) => violations.extend(found),
        }
    }
    if location == ParameterLocation::Query {
        violations.extend(unknown_names(operation, &given.query));
    }
    violations
}

/// The checked value that texts stand for, or everything that is wrong with it.
fn read_value(parameter: &ParameterSpec, texts: &[Text]) -> Result<Value, Vec<Violation>> {
    let read = |texts: &[Text]| {
        let decoded = decode_value(parameter.shape, texts)
            .map_err(|(keyword, message)| vec![violation(parameter, keyword, message)])?;
        let found = check(parameter.schema, &decoded, Direction::Request);
        let found: Vec<Violation> = found
            .into_iter()
            .map(|v| violation(parameter, v.keyword, v.message))
            .collect();
        if found.is_empty() {
            Ok(decoded)
        } else {
            Err(found)
        }
    };
    read(texts).or_else(|found| {
        // An encoded comma is part of an item (RFC 6570, section 3.2.8), but what many clients write for one between
        // items. Where the first reading is not valid, the second may be.
        let plain: Option<Vec<Text>> = texts
            .iter()
            .map(|text| {
                let written = Cow::Owned(text.encoding.decode(&text.written)?);
                Some(Text {
                    written,
                    encoding: Encoding::None,
                })
            })
            .collect();
        match (parameter.shape, plain) {
            (Shape::Delimited(_, ","), Some(plain)) => read(&plain).map_err(|_| found),
            _ => Err(found),
        }
    })
}

fn violation(parameter: &ParameterSpec, keyword: &'static str, message: String) -> Violation {
    Violation {
        place: Place::Parameter(parameter.location, parameter.name.to_owned()),
        keyword,
        message,
    }
}

/// The names in a query that the operation has no parameter for.
fn unknown_names(operation: &OperationSpec, query: &Query<'_>) -> Vec<Violation> {
    let is_parameter = |name: &str| {
        operation
            .parameters
            .iter()
            .any(|p| p.location == ParameterLocation::Query && p.name == name)
    };
    let is_credential = |name: &str| {
        let mut schemes = operation.security.iter().copied().flatten();
        schemes.any(|scheme| matches!(scheme.place, CredentialPlace::Query(n) if n == name))
    };
    let mut seen = HashSet::new();
    let unknown = query
        .0
        .iter()
        .map(|(name, _)| name)
        .filter(|name| !is_parameter(name) && !is_credential(name));
    unknown
        .filter(|name| seen.insert(*name))
        // An answer must not grow with the request.
        .take(MOST_VIOLATIONS)
        .map(|name| Violation {
            place: Place::Parameter(ParameterLocation::Query, name.clone()),
            keyword: "unknown",
            message: "is no parameter of this operation".to_owned(),
        })
        .collect()
}

/// The places of a request that hold parameters.
pub(crate) struct Given<'r> {
    pub path: Vec<(&'static str, &'r str)>,
    pub query: Query<'r>,
    pub headers: &'r HeaderMap,
}

/// A text as it stands in a request.
struct Text<'r> {
    written: Cow<'r, str>,
    encoding: Encoding,
}

impl Given<'_> {
    /// The texts that a request has for a parameter; why they are none.
    fn texts(&self, parameter: &ParameterSpec) -> Result<Vec<Text<'_>>, String> {
        let encoded = |encoding| {
            move |written| Text {
                written: Cow::Borrowed(written),
                encoding,
            }
        };
        let texts: Vec<Text> = match parameter.location {
            ParameterLocation::Path => {
                let text = self.path.iter().find(|(name, _)| *name == parameter.name);
                text.map(|(_, text)| *text)
                    .map(encoded(Encoding::Percent))
                    .into_iter()
                    .collect()
            }
            ParameterLocation::Query => {
                let texts = self
                    .query
                    .0
                    .iter()
                    .filter(|(name, _)| name == parameter.name);
                texts
                    .map(|(_, text)| *text)
                    .map(encoded(Encoding::Form))
                    .collect()
            }
            // Several lines of one header are one list (RFC 9110, section 5.3).
            ParameterLocation::Header => {
                let lines = self.headers.get_all(parameter.name).iter();
                let lines: Result<Vec<&str>, String> = lines
                    .map(|line| {
                        line.to_str()
                            .map_err(|_| "holds something else than visible ASCII".to_owned())
                    })
                    .collect();
                let lines = lines?;
                let written = Cow::Owned(lines.join(", ").trim().to_owned());
                if lines.is_empty() {
                    Vec::new()
                } else {
                    vec![Text {
                        written,
                        encoding: Encoding::Header,
                    }]
                }
            }
            ParameterLocation::Cookie => {
                let texts = cookies(self.headers).filter(|(name, _)| *name == parameter.name);
                texts
                    .map(|(_, text)| text)
                    .map(encoded(Encoding::Percent))
                    .collect()
            }
        };
        if texts
            .iter()
            .all(|text| text.encoding.decode(&text.written).is_some())
        {
            Ok(texts)
        } else {
            Err("is not UTF-8 in percent-encoding".to_owned())
        }
    }
}

/// The value that texts stand for, before it is checked; or the keyword and the message of what is wrong.
fn decode_value(shape: Shape, texts: &[Text]) -> Result<Value, (&'static str, String)> {
    // Each text was decoded once to see that it can be.
    let decoded = |text: &Text, part: &str| text.encoding.decode(part).unwrap_or_default();
    if let Shape::Repeated(scalar) = shape {
        return texts
            .iter()
            .map(|text| decode_scalar(scalar, &decoded(text, &text.written)))
            .collect();
    }
    let [text] = texts else {
        return Err((
            "repeated",
            format!(
                "stands {} times in the request, and may stand there once",
                texts.len()
            ),
        ));
    };
    let whole = decoded(text, &text.written);
    match shape {
        Shape::One(scalar) | Shape::Repeated(scalar) => decode_scalar(scalar, &whole),
        Shape::Delimited(..) if whole.is_empty() => Ok(Value::Array(Vec::new())),
        // A comma that is encoded is part of an item.
        Shape::Delimited(scalar, ",") => text
            .written
            .split(',')
            .map(|item| decode_scalar(scalar, &decoded(text, text.encoding.item(item))))
            .collect(),
        // The other delimiters cannot stand in a URL but encoded.
        Shape::Delimited(scalar, delimiter) => whole
            .split(delimiter)
            .map(|item| decode_scalar(scalar, item))
            .collect(),
        Shape::Json => {
            schema_check::parse_json(whole.as_bytes()).map_err(|e| ("content", e.to_string()))
        }
    }
}

fn decode_scalar(scalar: Scalar, text: &str) -> Result<Value, (&'static str, String)> {
    let number = |what: &str| match text.parse::<Number>() {
        Ok(number) if is_json_number(text) => Ok(Value::Number(number)),
        _ => Err(("type", format!("is not {what}"))),
    };
    match scalar {
        Scalar::Text => Ok(Value::String(text.to_owned())),
        Scalar::Integer if text.contains(['.', 'e', 'E']) => {
            Err(("type", "is not an integer".to_owned()))
        }
        Scalar::Integer => number("an integer"),
        Scalar::Number => number("a number"),
        Scalar::Boolean => match text {
            "true" => Ok(Value::Bool(true)),
            "false" => Ok(Value::Bool(false)),
            _ => Err(("type", "is neither `true` nor `false`".to_owned())),
        },
    }
}

/// Whether a text is a number as JSON writes it: no `+`, no leading zeros, no blanks around.
fn is_json_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    digits.starts_with(|c: char| c.is_ascii_digit()) && text.ends_with(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn text_becomes_the_value_it_stands_for() {
        let check = |shape, texts: &[&str], expected: Result<Value, &str>| {
            let texts: Vec<Text> = texts
                .iter()
                .map(|t| Text {
                    written: Cow::Borrowed(t),
                    encoding: Encoding::Form,
                })
                .collect();
            let decoded = decode_value(shape, &texts).map_err(|(keyword, _)| keyword);
            let written: Vec<_> = texts.iter().map(|text| &text.written).collect();
            assert_eq!(decoded, expected, "{written:?}");
        };
        let one = Shape::One;
        check(one(Scalar::Text), &["5"], Ok(json!("5")));
        check(one(Scalar::Text), &["a", "b"], Err("repeated"));
        check(one(Scalar::Integer), &["-5"], Ok(json!(-5)));
        check(one(Scalar::Integer), &["0"], Ok(json!(0)));
        check(one(Scalar::Number), &["1.5e3"], Ok(json!(1500.0)));
        check(one(Scalar::Boolean), &["true"], Ok(json!(true)));
        for bad in [
            "%2B5", "005", "5.0", "5e0", " 5", "5 ", "0x5", "", "-", "five", "NaN",
        ] {
            check(one(Scalar::Integer), &[bad], Err("type"));
        }
        for bad in ["NaN", "1e400", ".5", "5.", "+1.5", "inf"] {
            check(one(Scalar::Number), &[bad], Err("type"));
        }
        check(one(Scalar::Boolean), &["True"], Err("type"));
        check(
            Shape::Delimited(Scalar::Integer, ","),
            &["1,2"],
            Ok(json!([1, 2])),
        );
        check(
            Shape::Delimited(Scalar::Text, ","),
            &["a,+b%2Cc"],
            Ok(json!(["a", " b,c"])),
        );
        check(
            Shape::Delimited(Scalar::Text, "|"),
            &["a%7Cb"],
            Ok(json!(["a", "b"])),
        );
        check(Shape::Delimited(Scalar::Text, "|"), &[""], Ok(json!([])));
        check(
            Shape::Repeated(Scalar::Text),
            &["a", "b"],
            Ok(json!(["a", "b"])),
        );
        check(Shape::Json, &["{\"a\": 1}"], Ok(json!({ "a": 1 })));
        check(Shape::Json, &["{\"a\": }"], Err("content"));
    }

    #[test]
    fn a_query_is_read_as_forms_write_it() {
        let query = Query::parse("filter[a]=1&filter%5Ba%5D=2&b=x+y%2B&c&d=%ff&d=%4");
        let values = |name: &str| {
            query
                .written(name)
                .filter_map(Query::decode)
                .collect::<Vec<_>>()
        };
        assert_eq!(values("filter[a]"), ["1", "2"]);
        assert_eq!(values("b"), ["x y+"]);
        assert_eq!(values("c"), [""]);
        assert_eq!(values("d").len(), 0);
    }
}
