//! Which media types a generated client can send and read.

/// The media type without its parameters, if it is JSON: `application/json`, or one whose name ends in `+json`
/// (RFC 6839, section 3.1).
pub(crate) fn json(media_type: &str) -> Option<String> {
    // It is written into a header, which holds only visible ASCII.
    let is_plain = media_type.bytes().all(|b| matches!(b, b' '..=b'~'));
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    let (kind, name) = essence.split_once('/')?;
    let essence = essence.to_ascii_lowercase();
    let is_json = essence == "application/json" || essence.ends_with("+json");
    (is_plain && is_json && is_token(kind) && is_token(name)).then_some(essence)
}

/// Whether a text is a token (RFC 9110, section 5.6.2), as the names of headers and cookies are.
pub(crate) fn is_token(text: &str) -> bool {
    let is_allowed = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b);
    !text.is_empty() && text.bytes().all(is_allowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_has_many_names() {
        for (media_type, expected) in [
            ("application/json", Some("application/json")),
            ("Application/JSON; charset=utf-8", Some("application/json")),
            ("application/vnd.api+json", Some("application/vnd.api+json")),
            (
                "application/problem+json;v=1",
                Some("application/problem+json"),
            ),
            ("application/json\n", None),
            ("text/plain", None),
            ("application/*", None),
            ("*/*", None),
            ("a b+json", None),
            ("json", None),
            ("", None),
        ] {
            assert_eq!(json(media_type).as_deref(), expected, "{media_type}");
        }
    }
}
