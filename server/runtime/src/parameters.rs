//! Parameters: text in a request to checked values.

use http::HeaderMap;
use percent_encoding::percent_decode_str;
use schema_check::{Direction, check};
use serde_json::{Number, Value};

use crate::rejection::{Place, Violation};
use crate::security::cookies;
use crate::spec::{
    CredentialPlace, OperationSpec, ParameterLocation, ParameterSpec, Scalar, Shape,
};

/// The values of an operation's parameters, in the order of its table; `None` where one was not given.
pub(crate) type Values = Vec<Option<Value>>;

/// The names and values of a query string, decoded.
pub(crate) struct Query(Vec<(String, Option<String>)>);

impl Query {
    /// Reads a query string as forms write it: pairs between `&`, `+` for a blank, and percent-encoding.
    pub fn parse(text: &str) -> Query {
        Query(
            text.split('&')
                .filter(|pair| !pair.is_empty())
                .map(|pair| {
                    let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
                    // A name that is no UTF-8 is none that we know, and is told as it was written.
                    let name = decode(&name.replace('+', " ")).unwrap_or_else(|| name.to_owned());
                    (name, decode(&value.replace('+', " ")))
                })
                .collect(),
        )
    }

    /// Every value of that name that is UTF-8.
    pub fn values(&self, name: &str) -> impl Iterator<Item = &str> {
        self.0
            .iter()
            .filter(move |(n, _)| n == name)
            .filter_map(|(_, value)| value.as_deref())
    }
}

/// Undoes percent-encoding; `None` where what comes out is no UTF-8, or a `%` is not followed by two digits.
fn decode(text: &str) -> Option<String> {
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

/// The texts of a path's parameters, in the order of its template; `None` where the path is not one of the template's.
///
/// Stricter than the router that brought us here, which passes over empty segments and a slash at the end.
pub(crate) fn match_path<'p>(
    template: &'static str,
    path: &'p str,
) -> Option<Vec<(&'static str, &'p str)>> {
    let mut found = Vec::new();
    let (mut expected, mut given) = (template.split('/'), path.split('/'));
    loop {
        match (expected.next(), given.next()) {
            (None, None) => return Some(found),
            (Some(expected), Some(given)) => {
                if let Some(name) = expected.strip_prefix('{').and_then(|e| e.strip_suffix('}')) {
                    if given.is_empty() {
                        return None;
                    }
                    found.push((name, given));
                } else if decode(given)? != expected {
                    return None;
                }
            }
            _ => return None,
        }
    }
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
        match given.texts(parameter) {
            Err(message) => violations.push(violation(parameter, "encoding", message)),
            Ok(texts) if texts.is_empty() => {
                if parameter.required {
                    violations.push(violation(parameter, "required", "is missing".to_owned()));
                }
            }
            Ok(texts) => match decode_value(parameter.shape, &texts) {
                Err((keyword, message)) => violations.push(violation(parameter, keyword, message)),
                Ok(decoded) => {
                    violations.extend(
                        check(parameter.schema, &decoded, Direction::Request)
                            .into_iter()
                            .map(|v| violation(parameter, v.keyword, v.message)),
                    );
                    *value = Some(decoded);
                }
            },
        }
    }
    if location == ParameterLocation::Query {
        violations.extend(unknown_names(operation, &given.query));
    }
    violations
}

fn violation(parameter: &ParameterSpec, keyword: &'static str, message: String) -> Violation {
    Violation {
        place: Place::Parameter(parameter.location, parameter.name.to_owned()),
        keyword,
        message,
    }
}

/// The names in a query that the operation has no parameter for.
fn unknown_names(operation: &OperationSpec, query: &Query) -> Vec<Violation> {
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
    let mut violations: Vec<Violation> = Vec::new();
    for (name, _) in query
        .0
        .iter()
        .filter(|(name, _)| !is_parameter(name) && !is_credential(name))
    {
        let place = Place::Parameter(ParameterLocation::Query, name.clone());
        if !violations.iter().any(|v| v.place == place) {
            let message = "is no parameter of this operation".to_owned();
            violations.push(Violation {
                place,
                keyword: "unknown",
                message,
            });
        }
    }
    violations
}

/// The places of a request that hold parameters.
pub(crate) struct Given<'r> {
    pub path: Vec<(&'static str, &'r str)>,
    pub query: Query,
    pub headers: &'r HeaderMap,
}

impl Given<'_> {
    /// The texts that a request has for a parameter, decoded but not yet split; why they are none.
    fn texts(&self, parameter: &ParameterSpec) -> Result<Vec<String>, String> {
        let not_text = || "is not UTF-8 in percent-encoding".to_owned();
        match parameter.location {
            ParameterLocation::Path => {
                let text = self
                    .path
                    .iter()
                    .find(|(name, _)| *name == parameter.name)
                    .map(|(_, text)| *text);
                text.map(|text| decode(text).ok_or_else(not_text))
                    .into_iter()
                    .collect()
            }
            ParameterLocation::Query => self
                .query
                .0
                .iter()
                .filter(|(name, _)| name == parameter.name)
                .map(|(_, value)| value.clone().ok_or_else(not_text))
                .collect(),
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
                Ok(if lines.is_empty() {
                    Vec::new()
                } else {
                    vec![lines.join(", ").trim().to_owned()]
                })
            }
            ParameterLocation::Cookie => cookies(self.headers)
                .filter(|(name, _)| *name == parameter.name)
                .map(|(_, value)| decode(value).ok_or_else(not_text))
                .collect(),
        }
    }
}

/// The value that texts stand for, before it is checked; or the keyword and the message of what is wrong.
fn decode_value(shape: Shape, texts: &[String]) -> Result<Value, (&'static str, String)> {
    if let Shape::Repeated(scalar) = shape {
        return texts
            .iter()
            .map(|text| decode_scalar(scalar, text))
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
    match shape {
        Shape::One(scalar) | Shape::Repeated(scalar) => decode_scalar(scalar, text),
        Shape::Delimited(_, _) if text.is_empty() => Ok(Value::Array(Vec::new())),
        Shape::Delimited(scalar, delimiter) => text
            .split(delimiter)
            .map(|item| decode_scalar(scalar, item.trim()))
            .collect(),
        Shape::Json => {
            schema_check::parse_json(text.as_bytes()).map_err(|e| ("content", e.to_string()))
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
    fn a_path_is_of_a_template_or_it_is_not() {
        let check = |template, path, expected: Option<&[(&str, &str)]>| {
            assert_eq!(
                match_path(template, path).as_deref(),
                expected,
                "{path} for {template}"
            );
        };
        check("/things/{id}", "/things/5", Some(&[("id", "5")]));
        check("/things/{id}", "/thin%67s/%35", Some(&[("id", "%35")]));
        check(
            "/things/{id}/parts/{part}",
            "/things/5/parts/a",
            Some(&[("id", "5"), ("part", "a")]),
        );
        check("/things/{id}", "/things/5/", None);
        check("/things/{id}", "/things/", None);
        check("/things/{id}", "//things/5", None);
        check("/things/{id}", "/things//5", None);
        check("/things/{id}", "/Things/5", None);
        check("/things", "/things/", None);
    }

    #[test]
    fn text_becomes_the_value_it_stands_for() {
        let check = |shape, texts: &[&str], expected: Result<Value, &str>| {
            let texts: Vec<String> = texts.iter().map(|t| (*t).to_owned()).collect();
            assert_eq!(
                decode_value(shape, &texts).map_err(|(keyword, _)| keyword),
                expected,
                "{texts:?}"
            );
        };
        let one = Shape::One;
        check(one(Scalar::Text), &["5"], Ok(json!("5")));
        check(one(Scalar::Text), &["a", "b"], Err("repeated"));
        check(one(Scalar::Integer), &["-5"], Ok(json!(-5)));
        check(one(Scalar::Integer), &["0"], Ok(json!(0)));
        check(one(Scalar::Number), &["1.5e3"], Ok(json!(1500.0)));
        check(one(Scalar::Boolean), &["true"], Ok(json!(true)));
        for bad in [
            "+5", "005", "5.0", "5e0", " 5", "5 ", "0x5", "", "-", "five", "NaN",
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
        assert_eq!(query.values("filter[a]").collect::<Vec<_>>(), ["1", "2"]);
        assert_eq!(query.values("b").collect::<Vec<_>>(), ["x y+"]);
        assert_eq!(query.values("c").collect::<Vec<_>>(), [""]);
        assert_eq!(query.values("d").count(), 0);
    }
}
