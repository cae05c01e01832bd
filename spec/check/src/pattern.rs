//! Regular expressions of the dialect that JSON Schema names, ECMA 262.

use std::fmt;
use std::sync::OnceLock;

/// A regular expression, compiled when it is first used.
///
/// It is read in the dialect's Unicode mode, where `.` is one character and not half of one, and where that mode
/// refuses it, in the older one: many documents escape what needs no escape (`\-`), which only the older mode takes.
pub struct Pattern {
    text: &'static str,
    compiled: OnceLock<Option<regress::Regex>>,
}

impl Pattern {
    /// A pattern with that text.
    pub const fn new(text: &'static str) -> Pattern {
        Pattern {
            text,
            compiled: OnceLock::new(),
        }
    }

    /// The text of the pattern.
    pub const fn as_str(&self) -> &'static str {
        self.text
    }

    /// Whether the pattern is found anywhere in a text.
    ///
    /// A pattern that is no regular expression is found everywhere: [`Pattern::fault`] is for whoever writes tables.
    pub fn is_found_in(&self, text: &str) -> bool {
        match self.compiled.get_or_init(|| compile(self.text).ok()) {
            Some(regex) => regex.find(text).is_some(),
            None => true,
        }
    }

    /// What is wrong with a pattern's text, if anything.
    pub fn fault(text: &str) -> Option<String> {
        compile(text).err().map(|error| error.text)
    }
}

impl fmt::Debug for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pattern({:?})", self.text)
    }
}

fn compile(text: &str) -> Result<regress::Regex, regress::Error> {
    regress::Regex::with_flags(text, "u")
        .or_else(|error| regress::Regex::new(text).map_err(|_| error))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pattern: &'static str, text: &str, expected: bool) {
        assert_eq!(
            Pattern::new(pattern).is_found_in(text),
            expected,
            "{pattern} in {text:?}"
        );
    }

    #[test]
    fn patterns_are_found_anywhere() {
        check("b+", "abbc", true);
        check("^b+$", "abbc", false);
        check("^[1-9][0-9]{0,17}$", "42", true);
        check("^[1-9][0-9]{0,17}$", "42\n", false);
    }

    #[test]
    fn the_dialect_is_ecma_262_in_unicode_mode() {
        check("^.$", "😀", true);
        check(r"^\p{Lu}$", "É", true);
        check(r"^\d$", "४", false);
        check(r"^\u{1F600}$", "😀", true);
        check(r"^(?=.*a)b", "ba", true);
    }

    #[test]
    fn escapes_that_only_the_older_mode_takes_are_taken() {
        check(r"^[\w\-]+\-x$", "a-b-x", true);
    }

    #[test]
    fn a_faulty_pattern_refuses_nothing_and_says_what_is_wrong() {
        check("(", "anything", true);
        assert!(Pattern::fault("(").is_some());
        assert_eq!(Pattern::fault("^a$"), None);
    }
}
