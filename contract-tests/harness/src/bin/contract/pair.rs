//! A name and a text, as `NAME=TEXT` on the command line and as a member of a table in a file.

use std::collections::BTreeMap;
use std::str::FromStr;

use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// A name and a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// What stands before the sign.
    pub name: String,
    /// What stands behind it.
    pub text: String,
}

impl FromStr for Pair {
    type Err = String;

    /// Reads `NAME=TEXT`.
    fn from_str(text: &str) -> Result<Pair, String> {
        Pair::split(text, '=').ok_or_else(|| "a name, `=` and a value are wanted".to_owned())
    }
}

impl Pair {
    /// Reads `NAME: TEXT`.
    ///
    /// # Errors
    /// There is no name, or no sign.
    pub fn header(text: &str) -> Result<Pair, String> {
        Pair::split(text, ':').ok_or_else(|| "a name, `:` and a value are wanted".to_owned())
    }

    fn split(text: &str, sign: char) -> Option<Pair> {
        let (name, text) = text.split_once(sign)?;
        let pair = Pair {
            name: name.trim().to_owned(),
            text: text.trim().to_owned(),
        };
        (!pair.name.is_empty()).then_some(pair)
    }
}

/// Reads a table, its members in the order of their names. A member that is a list is several pairs of one name; what is neither text nor list is its text.
///
/// # Errors
/// It is no table.
pub fn pairs<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Pair>, D::Error> {
    let table = BTreeMap::<String, Value>::deserialize(deserializer)?;
    let mut pairs = Vec::new();
    for (name, value) in table {
        let values = match value {
            Value::Array(values) => values,
            value => vec![value],
        };
        pairs.extend(values.into_iter().map(|value| Pair {
            name: name.clone(),
            text: match value {
                Value::String(text) => text,
                other => other.to_string(),
            },
        }));
    }
    Ok(pairs)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn pair(name: &str, text: &str) -> Pair {
        Pair {
            name: name.to_owned(),
            text: text.to_owned(),
        }
    }

    #[test]
    fn the_first_sign_parts_name_and_text() {
        for (text, expected) in [
            ("a=b", Some(pair("a", "b"))),
            ("a=", Some(pair("a", ""))),
            ("key=aGk=", Some(pair("key", "aGk="))),
            ("GET /a.id=4", Some(pair("GET /a.id", "4"))),
            ("=b", None),
            ("a", None),
        ] {
            assert_eq!(text.parse().ok(), expected, "{text}");
        }
        let header = Pair::header("X-Trace: a:b ").unwrap();
        assert_eq!(header, pair("X-Trace", "a:b"));
    }

    #[test]
    fn a_table_has_a_pair_for_each_value() {
        let text = "'getThing.id' = [4, '5']\nname = 'a'\nflag = true";
        let found = pairs(toml::Deserializer::parse(text).unwrap()).unwrap();
        let expected = [
            pair("flag", "true"),
            pair("getThing.id", "4"),
            pair("getThing.id", "5"),
            pair("name", "a"),
        ];
        assert_eq!(found, expected);
    }
}
