//! A JSON text that is one line to everybody.
//!
//! JSON lets U+0085, U+2028 and U+2029 stand in a string as they are, and there is software that ends a line at them:
//! Python's `splitlines`, for one. They are escaped.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

/// Writes a value and the end of its line.
///
/// # Errors
/// What writing meets.
pub fn write(out: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(&mut *out, OneLine))?;
    out.write_all(b"\n")
}

struct OneLine;

impl Formatter for OneLine {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let mut rest = fragment;
        while let Some(at) = rest.find(['\u{85}', '\u{2028}', '\u{2029}']) {
            let (before, after) = rest.split_at(at);
            writer.write_all(before.as_bytes())?;
            let mut after = after.chars();
            if let Some(end) = after.next() {
                write!(writer, "\\u{:04x}", u32::from(end))?;
            }
            rest = after.as_str();
        }
        writer.write_all(rest.as_bytes())
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    #[test]
    fn what_may_end_a_line_is_escaped() {
        for value in [
            json!("plain \"é😀\n\u{1e}"),
            json!({ "a\u{2028}b": "\u{85}\u{2029}", "": [1, -0.0, null] }),
        ] {
            let mut out = Vec::new();
            write(&mut out, &value).unwrap();
            let text = String::from_utf8(out).unwrap();
            let line = text.strip_suffix('\n').unwrap();
            assert!(
                !line.contains(['\n', '\u{1e}', '\u{85}', '\u{2028}', '\u{2029}']),
                "{line}"
            );
            assert_eq!(serde_json::from_str::<Value>(line).unwrap(), value);
        }
    }
}
