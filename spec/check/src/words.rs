//! Pieces of messages.
//!
//! Messages quote what the document says in full, and what the other side sent only in part: an answer must not grow
//! with the request that it refuses.

use std::fmt::Write;

use serde_json::Value;

use crate::Literal;

/// "1 character", "2 characters".
pub(crate) fn count(number: u64, noun: &str) -> String {
    if number == 1 {
        format!("1 {noun}")
    } else {
        format!("{number} {noun}s")
    }
}

/// "is allowed" for 1, "are allowed" for every other number.
pub(crate) fn are(number: u64, participle: &str) -> String {
    if number == 1 {
        format!("is {participle}")
    } else {
        format!("are {participle}")
    }
}

/// "a, b or c".
pub(crate) fn either<T: AsRef<str>>(words: &[T]) -> String {
    list(words, "or")
}

/// "a, b and c".
pub(crate) fn all<T: AsRef<str>>(words: &[T]) -> String {
    list(words, "and")
}

fn list<T: AsRef<str>>(words: &[T], last: &str) -> String {
    let mut text = String::new();
    for (index, word) in words.iter().enumerate() {
        if index > 0 {
            text.push_str(if index + 1 == words.len() { " " } else { ", " });
            if index + 1 == words.len() {
                text.push_str(last);
                text.push(' ');
            }
        }
        text.push_str(word.as_ref());
    }
    text
}

/// Names as code: `` `a` ``, `` `b` ``.
pub(crate) fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| format!("`{name}`")).collect()
}

/// The values of an `enum`, at most a dozen of them.
pub(crate) fn literals(literals: &[Literal]) -> String {
    const MOST: usize = 12;
    let mut shown: Vec<String> = literals
        .iter()
        .take(MOST)
        .map(ToString::to_string)
        .collect();
    if literals.len() > MOST {
        shown.push(format!("{} more", literals.len() - MOST));
    }
    either(&shown)
}

/// A short value as JSON, and a long one cut off. Only scalars are shown.
pub(crate) fn shown(value: &Value) -> String {
    const MOST: usize = 40;
    match value {
        Value::Array(_) => "the array".to_owned(),
        Value::Object(_) => "the object".to_owned(),
        Value::String(text) if text.chars().count() > MOST => {
            let start: String = text.chars().take(MOST).collect();
            let mut shown = Value::String(start).to_string();
            shown.pop();
            let _ = write!(shown, "…\"");
            shown
        }
        scalar => scalar.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn lists_end_in_a_word() {
        assert_eq!(either(&["a"]), "a");
        assert_eq!(either(&["a", "b"]), "a or b");
        assert_eq!(all(&["a", "b", "c"]), "a, b and c");
    }

    #[test]
    fn long_values_are_cut() {
        assert_eq!(shown(&json!("short \"one\"")), r#""short \"one\"""#);
        assert_eq!(
            shown(&json!("é".repeat(100_000))),
            format!("\"{}…\"", "é".repeat(40))
        );
        assert_eq!(shown(&json!([1, 2, 3])), "the array");
    }

    #[test]
    fn long_enums_are_cut() {
        let many: Vec<Literal> = (0..20)
            .map(|n| Literal::Number(crate::Number::Integer(n)))
            .collect();
        assert_eq!(
            literals(&many),
            "0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 or 8 more"
        );
    }
}
