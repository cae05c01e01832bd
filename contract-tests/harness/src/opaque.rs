//! Which parameters hold values that only the server can make.
//!
//! A cursor is text to its schema, but a server may refuse every text that it never issued. The document has no word
//! for this, so names decide, and only where the schema says nothing about the text: no `enum`, no `pattern`, no
//! `format`. Such a value is never invented for a valid call.

use openapi_model::{Parameter, Schemas, Types};

const NAMES: [&str; 6] = [
    "token",
    "cursor",
    "continuation",
    "marker",
    "checkpoint",
    "etag",
];

/// Whether a parameter's values are the server's own.
pub(crate) fn is_opaque(schemas: &Schemas, parameter: &Parameter) -> bool {
    let Some(id) = parameter.schema else {
        return false;
    };
    let schema = schemas.get(schemas.resolve(id));
    let says_nothing = schema.types == Types::STRING
        && schema.enumeration.is_none()
        && schema.constant.is_none()
        && schema.pattern.is_none()
        && schema.format.is_none()
        && schema.all_of.is_empty()
        && schema.any_of.is_empty()
        && schema.one_of.is_empty();
    says_nothing
        && words(&parameter.name)
            .iter()
            .any(|word| NAMES.contains(&word.as_str()))
}

/// The words of a name, however it joins them.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    for c in name.chars() {
        if !c.is_alphanumeric() || c.is_uppercase() {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut()
            && c.is_alphanumeric()
        {
            word.extend(c.to_lowercase());
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_split_into_words() {
        for (name, expected) in [
            ("page_token", true),
            ("pageToken", true),
            ("page[cursor]", true),
            ("If-None-Match", false),
            ("tokenizer", false),
        ] {
            let found = words(name)
                .iter()
                .any(|word| NAMES.contains(&word.as_str()));
            assert_eq!(found, expected, "{name}");
        }
    }
}
