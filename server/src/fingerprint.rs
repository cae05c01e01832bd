//! A short, fixed-size stand-in for a JSON value: equal values have equal fingerprints.
//!
//! It decides whether a request that is sent again is the same request. Equal is meant as JSON values are equal: the
//! order of an object's members, blanks and the way a number is written (`1`, `1.0`, `1e0`) do not count. The trade is
//! SHA-256 over a canonical form instead of keeping the body: 32 bytes for each key, and no second copy of what a
//! caller has sent.

use serde_json::{Number, Value};
use sha2::{Digest, Sha256};

/// The fingerprint of a JSON value: SHA-256 of its canonical form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Fingerprint([u8; 32]);

impl Fingerprint {
    /// The fingerprint of a value.
    pub fn of(value: &Value) -> Fingerprint {
        let mut hash = Sha256::new();
        write(&mut hash, value);
        Fingerprint(hash.finalize().into())
    }

    /// The bytes, to keep.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

/// Writes the canonical form. Every part begins with a letter that tells its kind, and says its length before its
/// content, so that no two values have the same form.
fn write(hash: &mut Sha256, value: &Value) {
    match value {
        Value::Null => hash.update(b"n"),
        Value::Bool(false) => hash.update(b"f"),
        Value::Bool(true) => hash.update(b"t"),
        Value::Number(number) => write_text(hash, b"d", &canonical_number(number)),
        Value::String(text) => write_text(hash, b"s", text),
        Value::Array(items) => {
            write_length(hash, b"a", items.len());
            for item in items {
                write(hash, item);
            }
        }
        Value::Object(members) => {
            write_length(hash, b"o", members.len());
            let mut members: Vec<_> = members.iter().collect();
            members.sort_unstable_by_key(|(name, _)| *name);
            for (name, value) in members {
                write_text(hash, b"s", name);
                write(hash, value);
            }
        }
    }
}

fn write_text(hash: &mut Sha256, kind: &[u8], text: &str) {
    write_length(hash, kind, text.len());
    hash.update(text);
}

fn write_length(hash: &mut Sha256, kind: &[u8], length: usize) {
    hash.update(kind);
    hash.update((length as u64).to_le_bytes());
}

/// Numbers in digits without an exponent, as few as tell them apart, whichever way they were written.
fn canonical_number(number: &Number) -> String {
    match number.as_f64() {
        // Zero has no sign here.
        Some(float) if number.is_f64() => (float + 0.0).to_string(),
        _ => number.to_string(),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    fn of(text: &str) -> Fingerprint {
        Fingerprint::of(&serde_json::from_str(text).unwrap())
    }

    #[test]
    fn equal_values_have_equal_fingerprints() {
        let check = |one: &str, other: &str| assert_eq!(of(one), of(other), "{one} {other}");
        check(
            r#"{"a":1,"b":[true,null]}"#,
            r#" { "b" : [ true , null ], "a" : 1 } "#,
        );
        check("1", "1.0");
        check("1", "1e0");
        check("-0.0", "0");
        check("100", "1e2");
        check("0.1", "1e-1");
        check("9007199254740993.0", "9007199254740992");
        check(r#""\u0041\/""#, r#""A/""#);
    }

    #[test]
    fn different_values_have_different_fingerprints() {
        let texts = [
            "null",
            "true",
            "false",
            "0",
            "1",
            "-1",
            "0.5",
            "1e300",
            "-1e300",
            "18446744073709551615",
            "18446744073709551616.0",
            "9223372036854775807",
            "9223372036854775808",
            r#""""#,
            r#""1""#,
            r#""null""#,
            "[]",
            "[[]]",
            "[[],[]]",
            "[null]",
            "[1,2]",
            "[2,1]",
            "[12]",
            r#"["a","b"]"#,
            r#"["ab"]"#,
            r#"["ab",""]"#,
            "{}",
            r#"{"a":null}"#,
            r#"{"a":{}}"#,
            r#"{"a":{"b":1}}"#,
            r#"{"a":{},"b":1}"#,
            r#"{"":1}"#,
            r#"["\u0000"]"#,
            r#"["\u0000\u0000"]"#,
        ];
        let all: std::collections::HashSet<_> = texts.iter().map(|text| of(text)).collect();
        assert_eq!(all.len(), texts.len());
    }
}
