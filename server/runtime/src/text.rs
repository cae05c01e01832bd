//! Texts as they stand in a request, and how each place writes them.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

/// The pairs of a query string: names decoded, values as they stand there.
pub(crate) struct Query<'r>(pub Vec<(String, &'r str)>);

impl<'r> Query<'r> {
    /// Reads a query string as forms write it: pairs between `&`, `+` for a blank, and percent-encoding.
    pub fn parse(text: &'r str) -> Query<'r> {
        Query(
            text.split('&')
                .filter(|pair| !pair.is_empty())
                .map(|pair| {
                    let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
                    // A name that is no UTF-8 is none that we know, and is told as it was written.
                    (
                        Encoding::Form
                            .decode(name)
                            .unwrap_or_else(|| name.to_owned()),
                        value,
                    )
                })
                .collect(),
        )
    }

    /// Every value of that name, as it stands there.
    pub fn written(&self, name: &str) -> impl Iterator<Item = &'r str> {
        self.0
            .iter()
            .filter(move |(n, _)| n == name)
            .map(|(_, value)| *value)
    }

    /// A value decoded; `None` where that is no UTF-8.
    pub fn decode(value: &str) -> Option<String> {
        Encoding::Form.decode(value)
    }
}

/// How text is written in its place of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encoding {
    /// As it is.
    None,
    /// As it is; blanks around the items of a list mean nothing (RFC 9110, section 5.6.1).
    Header,
    /// With percent-encoding.
    Percent,
    /// With percent-encoding, and `+` for a blank.
    Form,
}

impl Encoding {
    /// An item of a list, without what does not belong to it.
    pub(crate) fn item(self, item: &str) -> &str {
        if self == Encoding::Header {
            item.trim()
        } else {
            item
        }
    }

    /// Undoes it; `None` where what comes out is no UTF-8, or a `%` is not followed by two digits.
    pub(crate) fn decode(self, text: &str) -> Option<String> {
        match self {
            Encoding::None | Encoding::Header => Some(text.to_owned()),
            Encoding::Percent => decode(text),
            Encoding::Form => decode(&text.replace('+', " ")),
        }
    }
}

/// Undoes percent-encoding; `None` where what comes out is no UTF-8, or a `%` is not followed by two digits.
pub(crate) fn decode(text: &str) -> Option<String> {
    if !text.contains('%') {
        return Some(text.to_owned());
    }
    let is_encoded = |at: usize| {
        text.as_bytes()
            .get(at + 1..at + 3)
            .is_some_and(|d| d.iter().all(u8::is_ascii_hexdigit))
    };
    if !text.match_indices('%').all(|(at, _)| is_encoded(at)) {
        return None;
    }
    percent_decode_str(text)
        .decode_utf8()
        .ok()
        .map(|text| text.into_owned())
}

/// The beginning of a text, up to that many characters.
pub(crate) fn shortened(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}...", &text[..end]),
        None => text.to_owned(),
    }
}

/// A text as it stands in a request.
#[derive(Clone, Debug)]
pub(crate) struct Text<'r> {
    pub written: Cow<'r, str>,
    pub encoding: Encoding,
}

impl<'r> Text<'r> {
    pub fn new(written: impl Into<Cow<'r, str>>, encoding: Encoding) -> Text<'r> {
        Text {
            written: written.into(),
            encoding,
        }
    }

    /// The text that is meant. Each was decoded once to see that it can be.
    pub fn decoded(&self) -> String {
        self.encoding.decode(&self.written).unwrap_or_default()
    }

    pub fn can_be_decoded(&self) -> bool {
        self.encoding.decode(&self.written).is_some()
    }

    /// The parts between a delimiter. A comma or another sign that is encoded is part of an item (RFC 6570, section
    /// 3.2.8), but for a blank and `|`, which cannot stand in a URL otherwise.
    pub fn split(&self, delimiter: &'static str) -> Vec<Text<'static>> {
        if matches!(delimiter, " " | "|") {
            let whole = self.decoded();
            let parts = whole.split(delimiter).map(str::to_owned);
            return parts.map(|part| Text::new(part, Encoding::None)).collect();
        }
        self.written
            .split(delimiter)
            .map(|part| Text::new(self.encoding.item(part).to_owned(), self.encoding))
            .collect()
    }

    /// The text with its encoding undone.
    pub fn plain(&self) -> Text<'static> {
        Text::new(self.decoded(), Encoding::None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_read_as_forms_write_it() {
        let query = Query::parse("filter[a]=1&filter%5Ba%5D=2&b=x+y%2B&c&d=%ff&d=%4");
        let values = |name: &str| {
            query
                .written(name)
                .filter_map(Query::decode)
                .collect::<Vec<_>>()
        };
        assert_eq!(values("filter[a]"), ["1", "2"]);
        assert_eq!(values("b"), ["x y+"]);
        assert_eq!(values("c"), [""]);
        assert_eq!(values("d").len(), 0);
    }

    #[test]
    fn of_a_long_text_the_beginning_is_told() {
        let check = |text: &str, expected: &str| assert_eq!(shortened(text, 3), expected);
        check("", "");
        check("abc", "abc");
        check("abcd", "abc...");
        check("é😀é", "é😀é");
        check("é😀é😀", "é😀é...");
    }
}
