//! One thing that is wrong with a value.

use std::fmt;

/// One thing that is wrong with a value: where, by which keyword, and in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// The JSON pointer of the place, which always exists in the value: what is missing is missing from there.
    pub pointer: String,
    /// The keyword of the schema that the value breaks, as JSON Schema writes it.
    pub keyword: &'static str,
    /// What is wrong, in lower case, as the end of a sentence that begins with the place.
    pub message: String,
}

impl fmt::Display for Violation {
    /// `/name: is 256 characters long, at most 255 are allowed`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.pointer.is_empty() {
            write!(f, "{}: ", self.pointer)?;
        }
        f.write_str(&self.message)
    }
}
