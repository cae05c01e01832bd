//! Media types and the ranges that stand for several (RFC 9110, sections 8.3.1 and 12.5.1).

/// The media type of bytes that mean anything.
pub(crate) const BYTES: &str = "application/octet-stream";

/// A media type without its parameters, in lower case.
pub(crate) fn essence(text: &str) -> String {
    text.split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase()
}

/// The parameters, names in lower case, `charset` left out: it says how text is written, not what it means.
fn parameters(text: &str) -> Vec<(String, String)> {
    text.split(';')
        .skip(1)
        .filter_map(|parameter| parameter.split_once('='))
        .map(|(name, value)| {
            (
                name.trim().to_ascii_lowercase(),
                value.trim().trim_matches('"').to_owned(),
            )
        })
        .filter(|(name, _)| name != "charset")
        .collect()
}

/// Whether a media type is the declared one, or in the declared range.
///
/// The parameters that the document asks for must be there; others may be.
pub(crate) fn matches(declared: &str, actual: &str) -> bool {
    let (declared_type, actual_type) = (essence(declared), essence(actual));
    let type_matches = declared_type == "*/*"
        || declared_type == actual_type
        || declared_type
            .strip_suffix("/*")
            .is_some_and(|kind| actual_type.split('/').next() == Some(kind));
    let given = parameters(actual);
    type_matches
        && parameters(declared)
            .iter()
            .all(|parameter| given.contains(parameter))
}

/// The declared media type that describes an actual one: the most specific that matches.
pub(crate) fn find<'d>(
    declared: impl Iterator<Item = &'d String>,
    actual: &str,
) -> Option<&'d String> {
    declared
        .filter(|declared| matches(declared, actual))
        .min_by_key(|declared| {
            let wildcards = declared.matches('*').count();
            (wildcards, usize::MAX - declared.len())
        })
}

/// Whether a body of that media type is one JSON text.
pub(crate) fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence == "application/json" || essence == "text/json" || essence.ends_with("+json")
}

/// Whether a body of that media type is plain text.
pub(crate) fn is_plain_text(media_type: &str) -> bool {
    essence(media_type) == "text/plain"
}

/// Whether a body of that media type is text.
pub(crate) fn is_text(media_type: &str) -> bool {
    essence(media_type).starts_with("text/")
}

/// Whether any text is a body of that media type, so that none is malformed.
pub(crate) fn is_free_text(media_type: &str) -> bool {
    matches!(
        essence(media_type).as_str(),
        "text/plain" | "text/html" | "text/markdown"
    )
}

/// The value of a parameter of a media type, or of another header of that form.
pub(crate) fn parameter(text: &str, name: &str) -> Option<String> {
    text.split(';')
        .skip(1)
        .filter_map(|parameter| parameter.split_once('='))
        .find(|(found, _)| found.trim().eq_ignore_ascii_case(name))
        .map(|(_, value)| value.trim().trim_matches('"').to_owned())
}

/// The `charset` of a media type, in lower case.
pub(crate) fn charset(media_type: &str) -> Option<String> {
    parameter(media_type, "charset").map(|charset| charset.to_ascii_lowercase())
}

/// A media type to send where the document declares that one or that range, if JSON fits it.
pub(crate) fn json_within(declared: &str) -> Option<String> {
    match essence(declared).as_str() {
        "*/*" | "application/*" => Some("application/json".to_owned()),
        _ if is_json(declared) => Some(declared.to_owned()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_declared_type_or_range_matches() {
        for (declared, actual, expected) in [
            ("application/json", "application/json", true),
            ("application/json", "Application/JSON; charset=utf-8", true),
            ("application/*", "application/json", true),
            ("*/*", "text/plain", true),
            ("application/json", "application/problem+json", false),
            ("text/*", "application/json", false),
            ("application/json; version=2", "application/json", false),
            (
                "application/json; version=2",
                "application/json;version=\"2\"",
                true,
            ),
        ] {
            assert_eq!(
                matches(declared, actual),
                expected,
                "{declared} against {actual}"
            );
        }
    }

    #[test]
    fn the_most_specific_declaration_is_found() {
        let declared = [
            "*/*".to_owned(),
            "application/*".to_owned(),
            "application/json".to_owned(),
        ];
        assert_eq!(
            find(declared.iter(), "application/json"),
            Some(&declared[2])
        );
        assert_eq!(find(declared.iter(), "application/xml"), Some(&declared[1]));
        assert_eq!(find(declared.iter(), "image/png"), Some(&declared[0]));
    }
}
