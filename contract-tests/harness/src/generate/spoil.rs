//! Bodies that stop being JSON.

/// How the bytes of a body stop being JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Spoil {
    CutOff,
    TrailingComma,
    TrailingBytes,
    BareWords,
    NotUtf8,
    Empty,
}

impl Spoil {
    /// Names that stand twice are not among them: RFC 8259, section 4, does not forbid them.
    pub(crate) const ALL: [Spoil; 6] = [
        Spoil::CutOff,
        Spoil::TrailingComma,
        Spoil::TrailingBytes,
        Spoil::BareWords,
        Spoil::NotUtf8,
        Spoil::Empty,
    ];

    pub(crate) fn what(self) -> &'static str {
        match self {
            Spoil::CutOff => "the body is JSON cut off before its end",
            Spoil::TrailingComma => "a comma stands behind the last part of the body's JSON",
            Spoil::TrailingBytes => "bytes follow the body's JSON",
            Spoil::BareWords => "the body has words without quotes where JSON has texts",
            Spoil::NotUtf8 => "the body's JSON ends in bytes that are not UTF-8",
            Spoil::Empty => "the body has a JSON media type and no bytes",
        }
    }

    pub(crate) fn apply(self, mut bytes: Vec<u8>) -> Vec<u8> {
        match self {
            Spoil::CutOff => {
                // A number cut off may be a number: an opened object never is.
                if !matches!(bytes.first(), Some(b'{' | b'[' | b'"')) {
                    bytes = b"[".to_vec();
                } else {
                    bytes.pop();
                }
            }
            Spoil::TrailingComma => match bytes.pop() {
                Some(end @ (b'}' | b']')) => bytes.extend_from_slice(&[b',', end]),
                last => {
                    bytes.extend(last);
                    bytes.push(b',');
                }
            },
            Spoil::TrailingBytes => bytes.extend_from_slice(b"}x"),
            Spoil::BareWords => bytes = b"{bare: words}".to_vec(),
            Spoil::NotUtf8 => bytes.extend_from_slice(b"\xff\xfe"),
            Spoil::Empty => bytes.clear(),
        }
        bytes
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    #[test]
    fn nothing_spoiled_is_json() {
        for text in [
            "{}",
            "[]",
            r#"{"a": [1]}"#,
            r#""text""#,
            "12",
            "true",
            "null",
        ] {
            for spoil in Spoil::ALL {
                let bytes = spoil.apply(text.as_bytes().to_vec());
                let read = serde_json::from_slice::<Value>(&bytes);
                assert!(read.is_err(), "{text} with {spoil:?}: {read:?}");
            }
        }
    }
}
