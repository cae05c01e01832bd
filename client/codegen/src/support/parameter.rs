//! Parameters: values to text.

use schema_check::serde::ser::{Error as _, Serialize, Serializer};
use schema_check::serde_json::{self, Value};

use super::operation::{Location, Parameter, Style};

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

/// A name and a text, both encoded.
pub type Pair = (String, String);

/// The text that stands for a value in a path or a header, encoded for its place.
pub fn text(parameter: &Parameter, value: &Value) -> Result<String, String> {
    let encode: Encode = match parameter.location {
        Location::Header => header,
        _ => path,
    };
    let (name, explode) = (percent_encode(parameter.name), parameter.explode);
    match parameter.style {
        Style::Json => encode(&value.to_string()),
        Style::Matrix => match value {
            Value::Array(_) if explode => {
                let items = row(value, ";", explode, encode)?;
                Ok(items.iter().map(|item| format!(";{name}={item}")).collect())
            }
            Value::Object(_) if explode => {
                Ok(format!(";{}", row(value, ";", explode, encode)?.join(";")))
            }
            _ => Ok(format!(";{name}={}", joined(value, ",", explode, encode)?)),
        },
        Style::Label if explode => Ok(format!(".{}", joined(value, ".", explode, encode)?)),
        Style::Label => Ok(format!(".{}", joined(value, ",", explode, encode)?)),
        _ => joined(value, ",", explode, encode),
    }
}

/// The pairs that stand for a value in a query, a form or the cookies.
pub fn pairs(
    name: &str,
    style: Style,
    explode: bool,
    encode: Encode,
    value: &Value,
) -> Result<Vec<Pair>, String> {
    let one = |text: String| vec![(percent_encode(name), text)];
    let delimiter = match style {
        Style::Json => return Ok(one(encode(&value.to_string())?)),
        Style::DeepObject => {
            let mut found = Vec::new();
            deep(name, encode, value, &mut found)?;
            return Ok(found);
        }
        Style::SpaceDelimited => " ",
        Style::PipeDelimited => "|",
        _ => ",",
    };
    match value {
        Value::Array(_) if explode => repeated(name, encode, value),
        Value::Object(members) if explode => {
            let mut found = Vec::new();
            for (name, value) in members {
                let member = |fault| format!("the member `{name}`: {fault}");
                found.extend(repeated(name, encode, value).map_err(member)?);
            }
            not_empty(found)
        }
        // The name and no value, as OpenAPI's table of styles has it.
        Value::Array(items) if items.is_empty() => Ok(one(String::new())),
        Value::Object(members) if members.is_empty() => Ok(one(String::new())),
        _ => Ok(one(joined(value, delimiter, false, encode)?)),
    }
}

/// One pair for a single value, and one for each item of a list.
pub fn repeated(name: &str, encode: Encode, value: &Value) -> Result<Vec<Pair>, String> {
    let items = match value {
        Value::Array(items) => items.as_slice(),
        one => std::slice::from_ref(one),
    };
    let pair = |item| Ok((percent_encode(name), encode(&scalar(item)?)?));
    not_empty(items.iter().map(pair).collect::<Result<_, String>>()?)
}

fn deep(name: &str, encode: Encode, value: &Value, found: &mut Vec<Pair>) -> Result<(), String> {
    match value {
        Value::Object(members) if !members.is_empty() => {
            for (member, value) in members {
                deep(&format!("{name}[{member}]"), encode, value, found)?;
            }
            Ok(())
        }
        Value::Object(_) => not_empty(Vec::new()).map(drop),
        _ => {
            found.extend(repeated(name, encode, value)?);
            Ok(())
        }
    }
}

fn not_empty(pairs: Vec<Pair>) -> Result<Vec<Pair>, String> {
    if pairs.is_empty() {
        return Err("what is empty cannot be written: leave it out".to_owned());
    }
    Ok(pairs)
}

/// The texts of a value with something between them.
fn joined(value: &Value, delimiter: &str, explode: bool, encode: Encode) -> Result<String, String> {
    let between = match delimiter {
        " " | "|" => percent_encode(delimiter),
        other => other.to_owned(),
    };
    let texts = row(value, delimiter, explode, encode)?;
    let text = texts.join(&between);
    if texts.is_empty() {
        return Err("what is empty cannot be written: leave it out".to_owned());
    }
    if text.is_empty() && value.is_array() {
        return Err("a list of one empty text cannot be told from an empty list".to_owned());
    }
    Ok(text)
}

/// The texts of a value: one, one for each item, or those of names and values.
fn row(
    value: &Value,
    delimiter: &str,
    explode: bool,
    encode: Encode,
) -> Result<Vec<String>, String> {
    let part = |text: &str, separators: &[&str]| {
        let encoded = encode(text)?;
        // A separator that stays as it is, or is encoded like the one between the parts, ends the part too early.
        let is_mistaken =
            |s: &&&str| text.contains(**s) && (encoded.contains(**s) || [" ", "|"].contains(*s));
        match separators.iter().find(is_mistaken) {
            Some(s) => Err(format!(
                "no part of it can hold `{s}`, which stands between the parts"
            )),
            None => Ok(encoded),
        }
    };
    match value {
        Value::Array(items) => {
            let items = items.iter().map(|item| part(&scalar(item)?, &[delimiter]));
            items.collect()
        }
        Value::Object(members) => {
            let mut texts = Vec::new();
            for (name, value) in members {
                let value =
                    scalar(value).map_err(|fault| format!("the member `{name}`: {fault}"))?;
                if explode {
                    let name = part(name, &[delimiter, "="])?;
                    texts.push(format!("{name}={}", part(&value, &[delimiter])?));
                } else {
                    texts.push(part(name, &[delimiter])?);
                    texts.push(part(&value, &[delimiter])?);
                }
            }
            Ok(texts)
        }
        one => Ok(vec![encode(&scalar(one)?)?]),
    }
}

/// A single value as text.
pub fn scalar(value: &Value) -> Result<String, String> {
    match value {
        Value::String(text) => Ok(text.clone()),
        Value::Number(number) => Ok(number.to_string()),
        Value::Bool(truth) => Ok(truth.to_string()),
        Value::Null => Err("`null` cannot be written: leave it out".to_owned()),
        Value::Array(_) | Value::Object(_) => {
            Err("a value inside of another cannot be written".to_owned())
        }
    }
}

/// How a text is written in its place.
pub type Encode = fn(&str) -> Result<String, String>;

fn path(text: &str) -> Result<String, String> {
    if text.is_empty() {
        return Err("an empty text cannot stand in a path".to_owned());
    }
    Ok(percent_encode(text))
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

/// A text where everything that could mean something is encoded.
pub fn plain(text: &str) -> Result<String, String> {
    Ok(percent_encode(text))
}

/// A text of a query whose reserved characters stay as they are (`allowReserved`), but for those that mean something
/// in a query, or cannot stand there.
pub fn reserved(text: &str) -> Result<String, String> {
    let pieces = text.split_inclusive(|c| ":/?@!$'()*,;".contains(c));
    let encode = |piece: &str| match piece.char_indices().next_back() {
        Some((at, last)) if ":/?@!$'()*,;".contains(last) => {
            percent_encode(&piece[..at]) + &piece[at..]
        }
        _ => percent_encode(piece),
    };
    Ok(pieces.map(encode).collect())
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

    fn parameter(location: Location, style: Style, explode: bool) -> Parameter {
        Parameter {
            method: "a",
            name: "a",
            location,
            is_text: false,
            style,
            explode,
            allow_reserved: false,
            schema: &Schema::ANY,
        }
    }

    #[track_caller]
    fn check_path(style: Style, explode: bool, value: Value, expected: Result<&str, &str>) {
        let found = text(&parameter(Location::Path, style, explode), &value);
        let found = found.as_deref().map_err(String::as_str);
        assert_eq!(found, expected, "{style:?} {explode} {value}");
    }

    #[track_caller]
    fn check_header(explode: bool, value: Value, expected: Result<&str, &str>) {
        let found = text(&parameter(Location::Header, Style::Simple, explode), &value);
        let found = found.as_deref().map_err(String::as_str);
        assert_eq!(found, expected, "{explode} {value}");
    }

    #[track_caller]
    fn check_query(style: Style, explode: bool, value: Value, expected: Result<&str, &str>) {
        let pairs = pairs("a", style, explode, plain, &value);
        let found = pairs.map(|pairs| {
            let pairs = pairs.iter().map(|(name, text)| format!("{name}={text}"));
            pairs.collect::<Vec<_>>().join("&")
        });
        let found = found.as_deref().map_err(String::as_str);
        assert_eq!(found, expected, "{style:?} {explode} {value}");
    }

    const NULL: &str = "`null` cannot be written: leave it out";
    const EMPTY: &str = "what is empty cannot be written: leave it out";
    const NESTED: &str = "a value inside of another cannot be written";

    #[test]
    fn one_value_is_one_text() {
        for (value, expected) in [
            (json!(-5), Ok("a=-5")),
            (json!(1.5e300), Ok("a=1.5e%2B300")),
            (json!(true), Ok("a=true")),
            (json!(""), Ok("a=")),
            (json!("a;b"), Ok("a=a%3Bb")),
            (json!(null), Err(NULL)),
        ] {
            check_query(Style::Form, true, value, expected);
        }
    }

    #[test]
    fn what_means_something_in_a_url_is_encoded() {
        let simple = |value, expected| check_path(Style::Simple, false, value, expected);
        simple(json!("a/b?c#d%2F e"), Ok("a%2Fb%3Fc%23d%252F%20e"));
        simple(json!("a\\b+é"), Ok("a%5Cb%2B%C3%A9"));
        simple(json!(""), Err("an empty text cannot stand in a path"));
        simple(json!(["a", "b,c"]), Ok("a,b%2Cc"));
    }

    #[test]
    fn a_path_has_three_styles() {
        let colour = json!({ "G": "a.b", "R": 100 });
        let list = json!([1, 2]);
        for (style, explode, one, many, object) in [
            (Style::Simple, false, "5", "1,2", Ok("G,a.b,R,100")),
            (Style::Simple, true, "5", "1,2", Ok("G=a.b,R=100")),
            (Style::Label, false, ".5", ".1,2", Ok(".G,a.b,R,100")),
            (
                Style::Label,
                true,
                ".5",
                ".1.2",
                Err("no part of it can hold `.`, which stands between the parts"),
            ),
            (Style::Matrix, false, ";a=5", ";a=1,2", Ok(";a=G,a.b,R,100")),
            (Style::Matrix, true, ";a=5", ";a=1;a=2", Ok(";G=a.b;R=100")),
        ] {
            check_path(style, explode, json!(5), Ok(one));
            check_path(style, explode, list.clone(), Ok(many));
            check_path(style, explode, colour.clone(), object);
        }
        check_path(Style::Label, false, json!([]), Err(EMPTY));
        check_path(Style::Matrix, false, json!({}), Err(EMPTY));
    }

    #[test]
    fn a_header_holds_what_it_can_hold() {
        check_header(false, json!("W/\"a b\", *"), Ok("W/\"a b\", *"));
        let check_text = |value: &str, expected| check_header(false, json!(value), Err(expected));
        check_text("a\r\nb", "a header cannot hold '\\r', only visible ASCII");
        check_text("é", "a header cannot hold 'é', only visible ASCII");
        check_text(" a", "a header's value cannot begin or end with a blank");
        check_header(false, json!([1, 2]), Ok("1,2"));
        check_header(true, json!({ "a": 1, "b": "=" }), Ok("a=1,b=="));
        let comma = "no part of it can hold `,`, which stands between the parts";
        check_header(false, json!(["b,c"]), Err(comma));
        check_header(false, json!([]), Err(EMPTY));
        let equals = "no part of it can hold `=`, which stands between the parts";
        check_header(true, json!({ "a=b": 1 }), Err(equals));
    }

    #[test]
    fn the_items_of_a_list_are_told_apart() {
        for (style, explode, value, expected) in [
            (Style::Form, false, json!(["a", "b,c"]), Ok("a=a,b%2Cc")),
            (Style::Form, false, json!([]), Ok("a=")),
            (Style::Form, false, json!([[1]]), Err(NESTED)),
            (
                Style::Form,
                false,
                json!([""]),
                Err("a list of one empty text cannot be told from an empty list"),
            ),
            (Style::Form, true, json!(["a", "b&c"]), Ok("a=a&a=b%26c")),
            (Style::Form, true, json!([]), Err(EMPTY)),
            (
                Style::PipeDelimited,
                false,
                json!(["a", "b"]),
                Ok("a=a%7Cb"),
            ),
            (
                Style::PipeDelimited,
                false,
                json!(["a|", "b"]),
                Err("no part of it can hold `|`, which stands between the parts"),
            ),
            (Style::SpaceDelimited, false, json!([1, 2]), Ok("a=1%202")),
            (Style::SpaceDelimited, true, json!([1, 2]), Ok("a=1&a=2")),
        ] {
            check_query(style, explode, value, expected);
        }
    }

    #[test]
    fn an_object_has_a_text_for_each_member() {
        let value = json!({ "R": 100, "b[": ["x", "y"] });
        check_query(Style::Form, true, value.clone(), Ok("R=100&b%5B=x&b%5B=y"));
        let nested = format!("the member `b[`: {NESTED}");
        check_query(Style::Form, false, value, Err(&nested));
        let flat = json!({ "G": ",", "R": 100 });
        check_query(Style::Form, false, flat.clone(), Ok("a=G,%2C,R,100"));
        check_query(Style::PipeDelimited, false, flat, Ok("a=G%7C%2C%7CR%7C100"));
        check_query(Style::Form, false, json!({}), Ok("a="));
        check_query(Style::Form, true, json!({}), Err(EMPTY));
        let deep = json!({ "b": { "c": 1 }, "d": [2, 3] });
        let expected = "a%5Bb%5D%5Bc%5D=1&a%5Bd%5D=2&a%5Bd%5D=3";
        check_query(Style::DeepObject, true, deep, Ok(expected));
        check_query(Style::DeepObject, true, json!({ "b": {} }), Err(EMPTY));
        check_query(Style::DeepObject, true, json!({ "b": null }), Err(NULL));
    }

    #[test]
    fn content_is_written_as_json() {
        let value = json!({ "a": [1] });
        check_query(Style::Json, true, value, Ok("a=%7B%22a%22%3A%5B1%5D%7D"));
    }

    #[test]
    fn reserved_characters_stay_where_they_mean_nothing() {
        let check = |text, expected: &str| assert_eq!(reserved(text).unwrap(), expected);
        check("a/b?c:d@e", "a/b?c:d@e");
        check("/ /é;", "/%20/%C3%A9;");
        check("a&b=c#d+e%", "a%26b%3Dc%23d%2Be%25");
        check("", "");
    }
}
