//! Words of a line, some of them code, some of them links within the page.

use std::borrow::Cow;

use askama::Template;
use serde_json::Value;

/// A part of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    Text(Cow<'static, str>),
    Code(String),
    Link { text: String, anchor: String },
}

/// A line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Template)]
#[template(path = "words.html")]
pub(crate) struct Words {
    pieces: Vec<Piece>,
}

impl askama::filters::HtmlSafe for Words {}

impl Words {
    pub(crate) fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    pub(crate) fn text(self, text: impl Into<Cow<'static, str>>) -> Words {
        self.with(Piece::Text(text.into()))
    }

    pub(crate) fn code(self, code: impl Into<String>) -> Words {
        self.with(Piece::Code(code.into()))
    }

    pub(crate) fn link(self, text: &str, anchor: &str) -> Words {
        self.with(Piece::Link {
            text: text.to_owned(),
            anchor: anchor.to_owned(),
        })
    }

    pub(crate) fn words(mut self, words: Words) -> Words {
        self.pieces.extend(words.pieces);
        self
    }

    fn with(mut self, piece: Piece) -> Words {
        self.pieces.push(piece);
        self
    }

    /// The lines one after the other, with something between them.
    pub(crate) fn join(list: impl IntoIterator<Item = Words>, between: &'static str) -> Words {
        let mut joined = Words::default();
        for (index, words) in list.into_iter().enumerate() {
            if index > 0 {
                joined = joined.text(between);
            }
            joined = joined.words(words);
        }
        joined
    }

    /// As plain text, code without marks.
    #[cfg(test)]
    pub(crate) fn plain(&self) -> String {
        let pieces = self.pieces.iter();
        pieces
            .map(|piece| match piece {
                Piece::Text(text) => text.as_ref(),
                Piece::Code(text) | Piece::Link { text, .. } => text,
            })
            .collect()
    }
}

/// A value in a line: JSON, a text without its quotes where nothing is lost by that.
pub(crate) fn value(value: &Value) -> String {
    match value {
        Value::String(text)
            if !text.is_empty()
                && text.trim() == text
                && !text.contains(['"', ','])
                && serde_json::from_str::<Value>(text).is_err() =>
        {
            text.clone()
        }
        other => other.to_string(),
    }
}

/// A value in a block of its own: JSON on several lines; a text of another media type as it is.
pub(crate) fn block(value: &Value, media_type: &str) -> String {
    match value {
        Value::String(text) if !is_json(media_type) => text.clone(),
        other => serde_json::to_string_pretty(other).unwrap_or_else(|_| other.to_string()),
    }
}

fn is_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    essence.eq_ignore_ascii_case("application/json")
        || essence.to_ascii_lowercase().ends_with("+json")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn texts_have_quotes_where_they_could_be_taken_for_something_else() {
        let check = |input: Value, expected: &str| assert_eq!(value(&input), expected);
        check(json!("red"), "red");
        check(json!("1"), "\"1\"");
        check(json!("null"), "\"null\"");
        check(json!(""), "\"\"");
        check(json!(" a"), "\" a\"");
        check(json!(1.5), "1.5");
        check(json!({"a": [1]}), "{\"a\":[1]}");
    }

    #[test]
    fn examples_of_other_media_types_are_as_they_stand() {
        assert_eq!(block(&json!("a\nb"), "text/plain"), "a\nb");
        assert_eq!(
            block(&json!("a"), "application/vnd.api+json; ext=x"),
            "\"a\""
        );
        assert_eq!(block(&json!({"a": 1}), "text/plain"), "{\n  \"a\": 1\n}");
    }
}
