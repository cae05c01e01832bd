//! Names of Rust for names of documents.
//!
//! A document may name things by any text: `page[size]`, `type`, `2fa`, `+1`, `Self`, nothing at all. Each gets a name
//! that Rust accepts and that reads like the text, always the same for the same document. Where two texts come to one
//! name, the later gets a number: see [`Names`].

use std::collections::{HashMap, HashSet};

use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};
use proc_macro2::{Ident, Span};

/// Words that are no names, in every edition up to 2024.
const KEYWORDS: [&str; 54] = [
    "Self", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue",
    "crate", "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if",
    "impl", "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub",
    "ref", "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
    "union", "unsafe", "unsized", "use", "virtual", "where", "while", "yield", "_",
];

/// A name for a type, a trait or a variant: `PageSize`.
pub fn type_name(text: &str) -> String {
    // A number that begins a name gets a letter before it.
    finish(speak(text).to_upper_camel_case(), "N", "Empty")
}

/// A name for a field, a function, a parameter or a module: `page_size`.
pub fn value_name(text: &str) -> String {
    finish(speak(text).to_snake_case(), "n", "empty")
}

/// A name for a constant or a static: `PAGE_SIZE`.
pub fn constant_name(text: &str) -> String {
    finish(speak(text).to_shouty_snake_case(), "N", "EMPTY")
}

/// A name that one of the functions above has made, or [`Names::claim`], as a token.
///
/// Text that Rust takes for no name becomes one, so that this never panics.
pub fn ident(name: &str) -> Ident {
    let name = finish(name.to_owned(), "n", "empty");
    Ident::new(&name, Span::call_site())
}

/// Names that are taken, in one scope.
#[derive(Clone, Debug, Default)]
pub struct Names {
    taken: HashSet<String>,
    /// The last number that was given out behind a name.
    numbers: HashMap<String, usize>,
}

impl Names {
    /// A scope in which some names are taken from the start.
    pub fn reserving<'a>(names: impl IntoIterator<Item = &'a str>) -> Names {
        Names {
            taken: names.into_iter().map(str::to_owned).collect(),
            numbers: HashMap::new(),
        }
    }

    /// Takes a name, with a number behind it where it is taken already: `Event`, `Event2`, `Event3`.
    pub fn claim(&mut self, name: &str) -> String {
        let mut claimed = name.to_owned();
        while self.taken.contains(&claimed) {
            let number = self.numbers.entry(name.to_owned()).or_insert(1);
            *number += 1;
            // `V1` and 2 would read as `V12`, and `MAX_SIZE2` is no constant's name.
            let is_constant = name.chars().all(|c| !c.is_lowercase()) && name.len() > 1;
            let underscore = if is_constant || name.ends_with(|c: char| c.is_ascii_digit()) {
                "_"
            } else {
                ""
            };
            // With a number, a keyword is one no more.
            claimed = format!("{}{underscore}{number}", name.trim_end_matches('_'));
        }
        self.taken.insert(claimed.clone());
        claimed
    }
}

/// Gives signs a word where the words of the text alone would not tell it from another: `-name`, `+1`, `<=`.
fn speak(text: &str) -> String {
    let sign = |c: char| match c {
        '+' => "plus",
        '-' => "minus",
        '<' => "less",
        '>' => "greater",
        '=' => "equal",
        '!' => "not",
        '*' => "star",
        '/' => "slash",
        '\\' => "backslash",
        '%' => "percent",
        '&' => "and",
        '|' => "or",
        '^' => "caret",
        '~' => "tilde",
        '@' => "at",
        '#' => "hash",
        '$' => "dollar",
        '.' => "dot",
        ',' => "comma",
        ':' => "colon",
        ';' => "semicolon",
        '?' => "question",
        '_' => "underscore",
        ' ' => "space",
        _ => "sign",
    };
    let trimmed = text.trim();
    if !text.is_empty() && !text.contains(char::is_alphanumeric) {
        return text.chars().map(sign).collect::<Vec<_>>().join(" ");
    }
    match trimmed.chars().next() {
        Some(first @ ('+' | '-')) => format!("{} {}", sign(first), &trimmed[1..]),
        _ => trimmed.to_owned(),
    }
}

/// Makes a name of what may be none: drops what cannot stand in one, and steps aside for keywords.
fn finish(name: String, before_digit: &str, if_empty: &str) -> String {
    let mut name: String = name
        .chars()
        .filter(|c| unicode_ident::is_xid_continue(*c))
        .collect();
    if name.is_empty() {
        return if_empty.to_owned();
    }
    let starts_well = |c: char| unicode_ident::is_xid_start(c) || c == '_';
    if !name.starts_with(starts_well) {
        name.insert_str(0, before_digit);
    }
    if KEYWORDS.contains(&name.as_str()) {
        name.push('_');
    }
    name
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(text: &str, type_: &str, value: &str, constant: &str) {
        assert_eq!(
            (
                type_name(text).as_str(),
                value_name(text).as_str(),
                constant_name(text).as_str()
            ),
            (type_, value, constant)
        );
    }

    #[test]
    fn names_are_in_the_case_of_their_kind() {
        check("externalUrl", "ExternalUrl", "external_url", "EXTERNAL_URL");
        check("page[size]", "PageSize", "page_size", "PAGE_SIZE");
        check(
            "Idempotency-Key",
            "IdempotencyKey",
            "idempotency_key",
            "IDEMPOTENCY_KEY",
        );
        check("HTTPStatus", "HttpStatus", "http_status", "HTTP_STATUS");
        check("über straße", "ÜberStraße", "über_straße", "ÜBER_STRASSE");
        check("事件", "事件", "事件", "事件");
    }

    #[test]
    fn keywords_and_digits_get_out_of_the_way() {
        check("type", "Type", "type_", "TYPE");
        check("self", "Self_", "self_", "SELF");
        check("gen", "Gen", "gen_", "GEN");
        check("2fa", "N2fa", "n2fa", "N2FA");
        check("1", "N1", "n1", "N1");
    }

    #[test]
    fn signs_are_spoken_where_they_are_all_that_differs() {
        check(
            "-eventAt",
            "MinusEventAt",
            "minus_event_at",
            "MINUS_EVENT_AT",
        );
        check("+1", "Plus1", "plus_1", "PLUS_1");
        check("<=", "LessEqual", "less_equal", "LESS_EQUAL");
        check("", "Empty", "empty", "EMPTY");
        check("_", "Underscore", "underscore", "UNDERSCORE");
        check("😀", "Sign", "sign", "SIGN");
    }

    #[test]
    fn names_that_collide_get_a_number() {
        let mut names = Names::reserving(["Option"]);
        let claimed: Vec<String> = [
            "Option", "Event", "Event", "Event2", "Event", "V1", "V1", "Self_", "Self_",
        ]
        .map(|name| names.claim(name))
        .into();
        assert_eq!(
            claimed,
            [
                "Option2", "Event", "Event2", "Event2_2", "Event3", "V1", "V1_2", "Self_", "Self2"
            ]
        );
        assert_eq!(names.claim("MAX"), "MAX");
        assert_eq!(names.claim("MAX"), "MAX_2");
    }

    proptest! {
        #[test]
        fn any_text_has_names(text in any::<String>()) {
            for name in [type_name(&text), value_name(&text), constant_name(&text), ident(&text).to_string()] {
                prop_assert!(syn::parse_str::<syn::Ident>(&name).is_ok(), "{name}");
            }
        }

        #[test]
        fn names_of_one_scope_are_all_different(texts in proptest::collection::vec("[aA12_]{0,3}", 0..30)) {
            let mut names = Names::default();
            let claimed: HashSet<String> = texts.iter().map(|text| names.claim(&type_name(text))).collect();
            prop_assert_eq!(claimed.len(), texts.len());
            for name in claimed {
                prop_assert!(syn::parse_str::<syn::Ident>(&name).is_ok(), "{}", name);
            }
        }
    }

    #[test]
    fn every_keyword_is_one() {
        for keyword in KEYWORDS.iter().filter(|k| !["gen", "union"].contains(k)) {
            assert!(syn::parse_str::<syn::Ident>(keyword).is_err(), "{keyword}");
        }
        syn::parse_str::<syn::Ident>(&value_name("union")).unwrap();
    }
}
