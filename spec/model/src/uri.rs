//! URI references ([RFC 3986, section 5.2](https://www.rfc-editor.org/rfc/rfc3986#section-5.2)), and paths where there
//! is no base: a document that was given as a text has no URI, and what it refers to is relative to it.

use std::borrow::Cow;

use fluent_uri::{Iri, IriRef};
use percent_encoding::percent_decode_str;

/// The part before `#`, and what follows it.
pub(crate) fn split(reference: &str) -> (&str, &str) {
    reference.split_once('#').unwrap_or((reference, ""))
}

/// What follows `#`, its percent-encoding undone; none where that is not UTF-8.
pub(crate) fn fragment(reference: &str) -> Option<Cow<'_, str>> {
    percent_decode_str(split(reference).1).decode_utf8().ok()
}

/// A reference without a fragment, resolved against the URI or the path of what holds it.
pub(crate) fn join(base: &str, reference: &str) -> String {
    if reference.is_empty() {
        return base.to_owned();
    }
    if has_scheme(reference) {
        return reference.to_owned();
    }
    let resolved = Iri::parse(base)
        .ok()
        .zip(IriRef::parse(reference).ok())
        .and_then(|(base, reference)| reference.resolve_against(&base).ok());
    match resolved {
        Some(resolved) => resolved.into_string(),
        None => join_paths(base, reference),
    }
}

/// Whether a reference is absolute: `https://example.org/a`, `urn:example:a`.
fn has_scheme(reference: &str) -> bool {
    reference.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
    })
}

fn join_paths(base: &str, reference: &str) -> String {
    if reference.starts_with('/') {
        return reference.to_owned();
    }
    let folder = base.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut segments: Vec<&str> = folder.split('/').filter(|_| !folder.is_empty()).collect();
    for segment in reference.split('/') {
        match segment {
            "." => {}
            ".." if segments.last().is_some_and(|s| !s.is_empty() && *s != "..") => {
                segments.pop();
            }
            _ => segments.push(segment),
        }
    }
    segments.join("/")
}

#[cfg(test)]
mod tests {
    use super::join;

    #[test]
    fn references_are_resolved_against_what_holds_them() {
        for (base, reference, expected) in [
            ("", "things.yaml", "things.yaml"),
            ("", "./schemas/thing.yaml", "schemas/thing.yaml"),
            ("schemas/thing.yaml", "part.yaml", "schemas/part.yaml"),
            ("schemas/thing.yaml", "../common.yaml", "common.yaml"),
            ("schemas/thing.yaml", "/common.yaml", "/common.yaml"),
            ("", "../outside.yaml", "../outside.yaml"),
            ("a/b.yaml", "", "a/b.yaml"),
            (
                "https://example.org/a/b.yaml",
                "c.yaml",
                "https://example.org/a/c.yaml",
            ),
            (
                "https://example.org/a/b.yaml",
                "../c.yaml",
                "https://example.org/c.yaml",
            ),
            (
                "https://example.org/a/b.yaml",
                "/c.yaml",
                "https://example.org/c.yaml",
            ),
            (
                "https://example.org/a/b.yaml",
                "not a URI.yaml",
                "https://example.org/a/not a URI.yaml",
            ),
            (
                "a/b.yaml",
                "https://example.org/c.yaml",
                "https://example.org/c.yaml",
            ),
            ("a/b.yaml", "urn:example:c", "urn:example:c"),
            ("urn:example:a", "", "urn:example:a"),
        ] {
            assert_eq!(join(base, reference), expected, "{reference} in {base}");
        }
    }
}
