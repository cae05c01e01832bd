//! What may stand in a header.

/// Whether a text is a token (RFC 9110, section 5.6.2), as the names of headers and cookies are.
pub(crate) fn is_token(text: &str) -> bool {
    let is_allowed = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b);
    !text.is_empty() && text.bytes().all(is_allowed)
}

/// Why a header cannot have that name.
pub(crate) fn header_fault(name: &str) -> Option<String> {
    (!is_token(name))
        .then(|| format!("`{name}` is no name for a header: it must be one word of visible ASCII"))
}
