//! Media types: what a request may be sent as, and what its answer may be (RFC 9110, sections 8.3 and 12.5.1).

/// Whether a `Content-Type` names one of the accepted media types.
///
/// Parameters: `charset=utf-8` says what JSON is anyway and is passed over; but JSON:API allows only `profile`
/// on its type, and `ext` only for extensions that the server knows, so there any other parameter is another type.
pub(crate) fn is_accepted(content_type: &str, accepted: &[&str]) -> bool {
    let Some(given) = MediaType::parse(content_type) else {
        return false;
    };
    accepted
        .iter()
        .any(|accepted| given.essence.eq_ignore_ascii_case(essence(accepted)) && given.is_plain())
}

/// Whether the `Accept` headers leave room for one of the media types that an answer may have.
///
/// Every type is acceptable without the header. A range with `q=0` excludes what it names, and the most specific range
/// decides. A range with parameters that ours do not have names another type.
pub(crate) fn is_acceptable<'h>(accept: impl Iterator<Item = &'h str>, offered: &[&str]) -> bool {
    let mut ranges = Vec::new();
    let mut given = false;
    for header in accept {
        given = true;
        ranges.extend(split(header, ',').filter_map(MediaType::parse));
    }
    if !given || offered.is_empty() {
        return true;
    }
    offered.iter().any(|offer| {
        let offer = essence(offer);
        let (kind, _) = offer.split_once('/').unwrap_or((offer, ""));
        ranges
            .iter()
            .filter_map(|range| {
                let specific = if range.essence.eq_ignore_ascii_case(offer) {
                    range.is_plain().then_some(2)
                } else if range.essence == "*/*" {
                    Some(0)
                } else {
                    range
                        .essence
                        .strip_suffix("/*")
                        .filter(|r| r.eq_ignore_ascii_case(kind))
                        .map(|_| 1)
                };
                specific.map(|specific| (specific, range.is_wanted))
            })
            .max()
            .is_some_and(|(_, is_wanted)| is_wanted)
    })
}

/// A media type without its parameters, such as the `charset=utf-8` that some documents write.
fn essence(media_type: &str) -> &str {
    media_type.split(';').next().unwrap_or_default().trim()
}

/// A media type or range with what its parameters mean to us.
struct MediaType<'t> {
    essence: &'t str,
    /// `q` is not 0.
    is_wanted: bool,
    parameters: Vec<(&'t str, &'t str)>,
}

impl<'t> MediaType<'t> {
    fn parse(text: &'t str) -> Option<MediaType<'t>> {
        let mut parts = split(text, ';').map(str::trim);
        let essence = parts.next().filter(|essence| essence.contains('/'))?;
        let mut media_type = MediaType {
            essence,
            is_wanted: true,
            parameters: Vec::new(),
        };
        for part in parts.filter(|part| !part.is_empty()) {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            let value = value.trim().trim_matches('"');
            if name.trim().eq_ignore_ascii_case("q") {
                media_type.is_wanted = value.parse::<f32>().is_ok_and(|q| q > 0.0);
            } else {
                media_type.parameters.push((name.trim(), value));
            }
        }
        Some(media_type)
    }

    /// Whether the parameters leave the type what it is.
    fn is_plain(&self) -> bool {
        let is_json_api = self
            .essence
            .eq_ignore_ascii_case("application/vnd.api+json");
        self.parameters.iter().all(|(name, value)| {
            name.eq_ignore_ascii_case("profile")
                || (!is_json_api
                    && name.eq_ignore_ascii_case("charset")
                    && value.eq_ignore_ascii_case("utf-8"))
        })
    }
}

/// Splits at a character that does not stand in a quoted string.
fn split(text: &str, at: char) -> impl Iterator<Item = &str> {
    let (mut quoted, mut escaped) = (false, false);
    text.split(move |c: char| {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            _ => return c == at && !quoted,
        }
        false
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const JSON_API: &str = "application/vnd.api+json";

    #[test]
    fn a_content_type_is_one_of_the_accepted_ones_or_it_is_not() {
        for (given, accepted, expected) in [
            ("application/json", "application/json", true),
            ("application/json", "application/json; charset=utf-8", true),
            ("Application/JSON ; charset=UTF-8", "application/json", true),
            (
                "application/json; charset=latin1",
                "application/json",
                false,
            ),
            ("application/json; version=2", "application/json", false),
            ("text/plain", "application/json", false),
            ("json", "application/json", false),
            ("", "application/json", false),
            (JSON_API, JSON_API, true),
            (
                "application/vnd.api+json; profile=\"http://example.org/a;b\"",
                JSON_API,
                true,
            ),
            ("application/vnd.api+json; charset=utf-8", JSON_API, false),
            (
                "application/vnd.api+json; ext=\"http://example.org/a\"",
                JSON_API,
                false,
            ),
        ] {
            assert_eq!(is_accepted(given, &[accepted]), expected, "{given}");
        }
    }

    #[test]
    fn accept_leaves_room_for_the_answer_or_it_does_not() {
        let check = |headers: &[&str], expected: bool| {
            assert_eq!(
                is_acceptable(headers.iter().copied(), &[JSON_API]),
                expected,
                "{headers:?}"
            );
        };
        check(&[], true);
        check(&["*/*"], true);
        check(&["application/*"], true);
        check(&["text/html, application/vnd.api+json"], true);
        check(&["text/html", "APPLICATION/vnd.api+json;q=0.1"], true);
        check(&["application/vnd.api+json; profile=\"a,b\""], true);
        check(
            &["application/vnd.api+json; a=b, application/vnd.api+json"],
            true,
        );
        check(&["application/vnd.api+json; a=b"], false);
        check(&["application/vnd.api+json; ext=\"x\""], false);
        check(&["text/*"], false);
        check(&["application/json"], false);
        check(&["application/vnd.api+json;q=0"], false);
        check(&["application/vnd.api+json;q=0, */*"], false);
        check(&["*/*;q=0"], false);
        check(&[""], false);
    }
}
