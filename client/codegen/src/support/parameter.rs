//! Parameters: values to text.

use schema_check::serde::ser::{Error as _, Serialize, Serializer};
use schema_check::serde_json::{self, Value};

use super::operation::{Form, Location, Parameter};

/// A parameter whose value is more than one text or number: a list, an object, or something that can be `null`.
///
/// It is made from the value itself: `builder.tags(vec![tag])`.
#[derive(Clone, Debug, PartialEq)]
pub struct Json<T>(pub T);

impl<T> From<T> for Json<T> {
    fn from(value: T) -> Json<T> {
        Json(value)
    }
}

impl<T: Serialize> Serialize for Json<T> {
    /// As one text in JSON, which `read` undoes.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = serde_json::to_string(&self.0).map_err(S::Error::custom)?;
        serializer.serialize_str(&text)
    }
}

/// The value that the builder was given, from the text that carried it here.
pub fn read(parameter: &Parameter, text: String) -> Result<Value, String> {
    if parameter.is_text {
        return Ok(Value::String(text));
    }
    serde_json::from_str(&text).map_err(|_| format!("`{text}` has no form in JSON"))
}

/// The texts that stand for a value, encoded for their place: one, or one for each item.
pub fn write(parameter: &Parameter, value: &Value) -> Result<Vec<String>, String> {
    let location = parameter.location;
    let encoded = |value: &Value| encode(location, &scalar(value)?);
    match parameter.form {
        Form::One => Ok(vec![encoded(value)?]),
        Form::Json => Ok(vec![encode(location, &value.to_string())?]),
        Form::Repeated => items(value)?.iter().map(encoded).collect(),
        // Its name and no value, as OpenAPI's table of styles has an empty list in a query.
        Form::Delimited(_) if location == Location::Query && is_empty_list(value) => {
            Ok(vec![String::new()])
        }
        Form::Delimited(delimiter) => {
            // What encodes the delimiter in an item tells it from one between items: a comma, as RFC 6570 has it.
            let is_told_apart = delimiter == "," && location != Location::Header;
            let mut texts = Vec::new();
            for item in items(value)? {
                if !is_told_apart && scalar(item)?.contains(delimiter) {
                    return Err(format!(
                        "no item can hold `{delimiter}`, which stands between the items"
                    ));
                }
                texts.push(encoded(item)?);
            }
            let between = match location {
                Location::Header => delimiter.to_owned(),
                _ if delimiter == "," => delimiter.to_owned(),
                _ => percent_encode(delimiter),
            };
            let text = texts.join(&between);
            if text.is_empty() {
                return Err("a list of one empty text cannot be told from an empty list".to_owned());
            }
            Ok(vec![text])
        }
    }
}

fn is_empty_list(value: &Value) -> bool {
    value.as_array().is_some_and(Vec::is_empty)
}

fn items(value: &Value) -> Result<&[Value], String> {
    match value {
        Value::Array(items) if items.is_empty() => {
            Err("an empty list cannot be written: leave the parameter out".to_owned())
        }
        Value::Array(items) => Ok(items),
        one => Ok(std::slice::from_ref(one)),
    }
}

fn scalar(value: &Value) -> Result<String, String> {
    match value {
        Value::String(text) => Ok(text.clone()),
        Value::Number(number) => Ok(number.to_string()),
        Value::Bool(truth) => Ok(truth.to_string()),
        Value::Null => Err("`null` cannot be written: leave the parameter out".to_owned()),
        Value::Array(_) | Value::Object(_) => {
            Err("a value inside of another cannot be written".to_owned())
        }
    }
}

fn encode(location: Location, text: &str) -> Result<String, String> {
    match location {
        Location::Path if text.is_empty() => Err("an empty text cannot stand in a path".to_owned()),
        Location::Path | Location::Query | Location::Cookie => Ok(percent_encode(text)),
        Location::Header => header(text),
    }
}

/// A header's value has no encoding: what it cannot hold as it is, it cannot hold (RFC 9110, section 5.5).
fn header(text: &str) -> Result<String, String> {
    if let Some(odd) = text.chars().find(|c| !matches!(c, ' '..='~' | '\t')) {
        return Err(format!("a header cannot hold {odd:?}, only visible ASCII"));
    }
    if text.trim() != text {
        return Err("a header's value cannot begin or end with a blank".to_owned());
    }
    Ok(text.to_owned())
}

/// Encodes all but the unreserved characters of RFC 3986, section 2.3.
pub fn percent_encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                encoded.push(char::from(byte))
            }
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use schema_check::Schema;
    use schema_check::serde_json::json;

    use super::*;

    #[track_caller]
    fn check(location: Location, form: Form, value: Value, expected: Result<&[&str], &str>) {
        let parameter = Parameter {
            method: "a",
            name: "a",
            location,
            is_text: false,
            form,
            schema: &Schema::ANY,
        };
        let written = write(&parameter, &value);
        let expected = expected.map(|texts| texts.iter().map(|t| (*t).to_owned()).collect());
        assert_eq!(written, expected.map_err(str::to_owned), "{value}");
    }

    #[test]
    fn one_value_is_one_text() {
        check(Location::Query, Form::One, json!(-5), Ok(&["-5"]));
        check(
            Location::Query,
            Form::One,
            json!(1.5e300),
            Ok(&["1.5e%2B300"]),
        );
        check(Location::Query, Form::One, json!(true), Ok(&["true"]));
        check(Location::Query, Form::One, json!(""), Ok(&[""]));
        check(Location::Cookie, Form::One, json!("a;b"), Ok(&["a%3Bb"]));
        check(
            Location::Query,
            Form::One,
            json!(null),
            Err("`null` cannot be written: leave the parameter out"),
        );
    }

    #[test]
    fn what_means_something_in_a_url_is_encoded() {
        check(
            Location::Path,
            Form::One,
            json!("a/b?c#d%2F e"),
            Ok(&["a%2Fb%3Fc%23d%252F%20e"]),
        );
        check(
            Location::Path,
            Form::One,
            json!("a\\b+é"),
            Ok(&["a%5Cb%2B%C3%A9"]),
        );
        check(
            Location::Path,
            Form::One,
            json!(""),
            Err("an empty text cannot stand in a path"),
        );
    }

    #[test]
    fn a_header_holds_what_it_can_hold() {
        check(
            Location::Header,
            Form::One,
            json!("W/\"a b\", *"),
            Ok(&["W/\"a b\", *"]),
        );
        check(
            Location::Header,
            Form::One,
            json!("a\r\nb"),
            Err("a header cannot hold '\\r', only visible ASCII"),
        );
        check(
            Location::Header,
            Form::One,
            json!("é"),
            Err("a header cannot hold 'é', only visible ASCII"),
        );
        check(
            Location::Header,
            Form::One,
            json!(" a"),
            Err("a header's value cannot begin or end with a blank"),
        );
    }

    #[test]
    fn the_items_of_a_list_are_told_apart() {
        let comma = Form::Delimited(",");
        check(
            Location::Query,
            comma,
            json!(["a", "b,c"]),
            Ok(&["a,b%2Cc"]),
        );
        check(Location::Header, comma, json!([1, 2]), Ok(&["1,2"]));
        check(
            Location::Header,
            comma,
            json!(["b,c"]),
            Err("no item can hold `,`, which stands between the items"),
        );
        check(
            Location::Query,
            Form::Delimited("|"),
            json!(["a", "b"]),
            Ok(&["a%7Cb"]),
        );
        check(
            Location::Query,
            Form::Repeated,
            json!(["a", "b&c"]),
            Ok(&["a", "b%26c"]),
        );
        check(
            Location::Query,
            Form::Repeated,
            json!([]),
            Err("an empty list cannot be written: leave the parameter out"),
        );
        check(Location::Query, comma, json!([]), Ok(&[""]));
        check(
            Location::Header,
            comma,
            json!([]),
            Err("an empty list cannot be written: leave the parameter out"),
        );
        check(
            Location::Query,
            comma,
            json!([""]),
            Err("a list of one empty text cannot be told from an empty list"),
        );
        check(
            Location::Query,
            comma,
            json!([[1]]),
            Err("a value inside of another cannot be written"),
        );
    }

    #[test]
    fn content_is_written_as_json() {
        check(
            Location::Query,
            Form::Json,
            json!({ "a": [1] }),
            Ok(&["%7B%22a%22%3A%5B1%5D%7D"]),
        );
    }
}
