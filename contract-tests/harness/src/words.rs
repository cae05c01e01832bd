//! The words that a name is made of.

/// The words of a name, however it joins them, in lower case.
pub(crate) fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before = ' ';
    for c in name.chars() {
        // `thingID` is two words, as `thingId` is.
        if !c.is_alphanumeric() || (c.is_uppercase() && !before.is_uppercase()) {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut()
            && c.is_alphanumeric()
        {
            word.extend(c.to_lowercase());
        }
        before = c;
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_split_however_they_join_their_words() {
        for (name, expected) in [
            ("page_token", &["page", "token"][..]),
            ("pageToken", &["page", "token"]),
            ("page[cursor]", &["page", "cursor"]),
            ("If-None-Match", &["if", "none", "match"]),
            ("thingID", &["thing", "id"]),
            ("tokenizer", &["tokenizer"]),
            ("", &[]),
        ] {
            assert_eq!(words(name), expected, "{name}");
        }
    }
}
