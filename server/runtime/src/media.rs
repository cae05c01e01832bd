//! Media types: what a request may be sent as, and what its answer may be (RFC 9110, sections 8.3 and 12.5.1).

/// Which of the accepted media types and ranges a `Content-Type` names; the most specific one.
///
/// Parameters: where `text` is read, `charset=utf-8` is passed over and any other is another type; JSON:API allows only
/// `profile` on its type, and `ext` only for extensions that the server knows, so there any other parameter is another
/// type too. Where bytes are passed on, parameters are passed on with them.
pub(crate) fn accepted(content_type: &str, accepted: &str, is_text: bool) -> Option<u8> {
    let given = MediaType::parse(content_type)?;
    if is_text && !given.is_plain() {
        return None;
    }
    covers(essence(accepted), given.essence)
}

/// Whether an answer may be sent as a media type, where the document has that type or range.
pub(crate) fn is_declared(content_type: &str, declared: &str) -> bool {
    closeness(content_type, declared).is_some()
}

/// How closely a media type or range of the document names what an answer is sent as.
pub(crate) fn closeness(content_type: &str, declared: &str) -> Option<u8> {
    covers(essence(declared), MediaType::parse(content_type)?.essence)
}

/// How closely a media type or range names a media type: 2 as itself, 1 by its kind, 0 as any other.
fn covers(range: &str, media_type: &str) -> Option<u8> {
    if range.eq_ignore_ascii_case(media_type) {
        return Some(2);
    }
    if range == "*/*" {
        return Some(0);
    }
    let kind = range.strip_suffix("/*")?;
    let (given, _) = media_type.split_once('/')?;
    given.eq_ignore_ascii_case(kind).then_some(1)
}

/// What a caller takes as an answer (`Accept`).
///
/// Every media type is acceptable without the header. A range with `q=0` excludes what it names, and the most specific
/// range decides. A range with parameters that ours do not have names another type.
///
/// ```
/// use dropshot_runtime::Accept;
///
/// let accept = Accept::parse(["text/*;q=0.5, application/json"]);
/// assert_eq!(accept.best(&["text/html", "application/json"]), Some("application/json"));
/// assert_eq!(accept.best(&["text/html", "image/png"]), Some("text/html"));
/// assert_eq!(accept.best(&["image/png"]), None);
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Accept {
    /// `None` where there is no such header.
    ranges: Option<Vec<Range>>,
}

#[derive(Clone, Debug, PartialEq)]
struct Range {
    essence: String,
    quality: f32,
    is_plain: bool,
}

impl Accept {
    /// Reads the values of the header.
    pub fn parse<'h>(headers: impl IntoIterator<Item = &'h str>) -> Accept {
        let mut ranges = None;
        for header in headers {
            let more = split(header, b',').filter_map(MediaType::parse);
            ranges
                .get_or_insert_with(Vec::new)
                .extend(more.map(|given| Range {
                    essence: given.essence.to_owned(),
                    quality: given.quality,
                    is_plain: given.is_plain(),
                }));
        }
        Accept { ranges }
    }

    /// How much a media type is wanted, from 0 (not at all) to 1. Of a range, which the server will narrow down, it is
    /// how much anything in it is wanted.
    pub fn quality(&self, media_type: &str) -> f32 {
        let Some(ranges) = &self.ranges else {
            return 1.0;
        };
        let offer = essence(media_type);
        let specific = ranges.iter().filter_map(|range| {
            let closeness = covers(&range.essence, offer)?;
            (closeness < 2 || range.is_plain).then_some((closeness, range.quality))
        });
        // Of equals the most wanted counts.
        let decides =
            specific.max_by(|one, other| one.0.cmp(&other.0).then(one.1.total_cmp(&other.1)));
        let within = ranges
            .iter()
            .filter(|range| offer.ends_with("/*") && covers(offer, &range.essence).is_some())
            .map(|range| range.quality);
        within.fold(decides.map_or(0.0, |(_, quality)| quality), f32::max)
    }

    /// The media type that is wanted most, of those the first one; `None` where none is acceptable.
    pub fn best<'o>(&self, offered: &[&'o str]) -> Option<&'o str> {
        let mut best = (0.0, None);
        for offer in offered {
            let quality = self.quality(offer);
            if quality > best.0 {
                best = (quality, Some(*offer));
            }
        }
        best.1
    }

    /// As [`best`](Accept::best); and where none is acceptable, the first all the same.
    pub fn choose<'o>(&self, offered: &[&'o str]) -> &'o str {
        let first = offered.first().copied().unwrap_or_default();
        self.best(offered).unwrap_or(first)
    }

    pub(crate) fn leaves_room_for(&self, offered: &[&str]) -> bool {
        offered.is_empty() || self.best(offered).is_some()
    }
}

/// The value of a parameter of a media type, such as `boundary`.
pub(crate) fn parameter<'t>(content_type: &'t str, name: &str) -> Option<&'t str> {
    let parameters = MediaType::parse(content_type)?.parameters;
    let found = parameters
        .into_iter()
        .find(|(n, _)| n.eq_ignore_ascii_case(name));
    found.map(|(_, value)| value)
}

/// A media type without its parameters, such as the `charset=utf-8` that some documents write.
fn essence(media_type: &str) -> &str {
    media_type.split(';').next().unwrap_or_default().trim()
}

/// A media type or range with what its parameters mean to us.
struct MediaType<'t> {
    essence: &'t str,
    /// `q`.
    quality: f32,
    parameters: Vec<(&'t str, &'t str)>,
}

impl<'t> MediaType<'t> {
    fn parse(text: &'t str) -> Option<MediaType<'t>> {
        let mut parts = split(text, b';').map(str::trim);
        let essence = parts.next().filter(|essence| essence.contains('/'))?;
        let mut media_type = MediaType {
            essence,
            quality: 1.0,
            parameters: Vec::new(),
        };
        for part in parts.filter(|part| !part.is_empty()) {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            let value = value.trim().trim_matches('"');
            if name.trim().eq_ignore_ascii_case("q") {
                let quality: f32 = value.parse().unwrap_or(0.0);
                media_type.quality = if quality.is_finite() {
                    quality.clamp(0.0, 1.0)
                } else {
                    0.0
                };
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

/// Splits at a character of ASCII that does not stand in a quoted string.
fn split(text: &str, at: u8) -> impl Iterator<Item = &str> {
    let (mut quoted, mut escaped) = (false, false);
    let parts = text.as_bytes().split(move |byte| {
        match byte {
            _ if escaped => escaped = false,
            // Outside of a quoted string it stands in no media type.
            b'\\' => escaped = true,
            b'"' => quoted = !quoted,
            _ => return *byte == at && !quoted,
        }
        false
    });
    // No other character has a byte of ASCII in it, so every part is text.
    parts.map(|part| std::str::from_utf8(part).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    const JSON_API: &str = "application/vnd.api+json";

    #[test]
    fn a_content_type_is_one_of_the_accepted_ones_or_it_is_not() {
        for (given, offer, expected) in [
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
            ("text/plain", "text/*", true),
            ("text/plain", "*/*", true),
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
            assert_eq!(accepted(given, offer, true).is_some(), expected, "{given}");
        }
        assert_eq!(accepted("image/png; a=b", "image/png", false), Some(2));
        assert_eq!(accepted("image/png", "image/*", false), Some(1));
        assert_eq!(accepted("image/png", "*/*", false), Some(0));
        let multipart = "multipart/form-data; boundary=\"a;b\"";
        assert_eq!(parameter(multipart, "Boundary"), Some("a;b"));
    }

    #[test]
    fn accept_leaves_room_for_the_answer_or_it_does_not() {
        let check = |headers: &[&str], expected: bool| {
            let accept = Accept::parse(headers.iter().copied());
            assert_eq!(accept.leaves_room_for(&[JSON_API]), expected, "{headers:?}");
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
        check(&["application/vnd.api+json;q=NaN"], false);
        check(&["*/*;q=0"], false);
        check(&[""], false);
    }

    #[test]
    fn the_answer_is_what_is_wanted_most() {
        let check = |header: &str, offered: &[&'static str], expected: &str| {
            let accept = Accept::parse([header]);
            assert_eq!(accept.choose(offered), expected, "{header}");
        };
        let both = ["application/json", "text/xml"];
        check("text/xml", &both, "text/xml");
        check("*/*", &both, "application/json");
        check("application/json;q=0.5, text/xml;q=0.6", &both, "text/xml");
        check("*/*, application/json;q=0.1", &both, "text/xml");
        check("image/png", &both, "application/json");
        check("image/png", &["text/plain", "image/*"], "image/*");
        check("image/png;q=0", &["image/*"], "image/*");
        assert_eq!(Accept::parse(["image/png;q=0"]).best(&["image/*"]), None);
    }
}
