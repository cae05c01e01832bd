//! How a list comes in pages, and where the next one is.
//!
//! The server's own links come first: a walk that makes up its own positions proves nothing about those that clients
//! follow.

use http::HeaderMap;
use openapi_model::{Api, Operation, Parameter, Pointer, Types};
use serde_json::Value;

use super::annotation::{OperationNote, ParameterNote, Part};
use super::shape::{self, Answered};
use crate::words::words;

/// How the pages of a list follow each other.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Paging {
    /// The answer has a link to the next page there; none, or `null`, at the end.
    Link(Pointer),
    /// The answer's `Link` header has one with `rel="next"` (RFC 8288).
    LinkHeader,
    /// The answer has the value of a parameter there; none, or `null`, or no text at the end.
    Cursor { parameter: usize, from: Pointer },
    /// The parameter says how many items to pass over.
    Offset { parameter: usize },
    /// The parameter counts pages from that number.
    Number { parameter: usize, first: i64 },
}

impl Paging {
    /// How a list is paged, or why that is not known.
    pub(crate) fn of(
        api: &Api,
        operation: &Operation,
        answered: &Answered,
        note: &OperationNote,
        parameters: &[ParameterNote],
    ) -> Result<Paging, String> {
        let schemas = &api.schemas;
        let part = |part: Part, names: &[&str], kinds: Types| {
            let said = parameters.iter().position(|note| note.pages == Some(part));
            said.or_else(|| by_name(api, operation, names, kinds))
        };
        let cursor = part(Part::Cursor, &CURSORS, Types::STRING.union(Types::INTEGER));
        if let Some(from) = &note.next {
            return Ok(match cursor {
                Some(parameter) => Paging::Cursor {
                    parameter,
                    from: from.clone(),
                },
                None => Paging::Link(from.clone()),
            });
        }
        if answered.is_json_api() {
            return Ok(Paging::Link(Pointer::root().join("links").join("next")));
        }
        if shape::is_hal(&answered.media_type) {
            return Ok(Paging::Link(Pointer::root().join("_links").join("next")));
        }
        let has_header = |response: &openapi_model::Response| {
            response
                .headers
                .keys()
                .any(|name| name.eq_ignore_ascii_case("link"))
        };
        if operation.responses.iter().any(has_header) {
            return Ok(Paging::LinkHeader);
        }
        if let Some(parameter) = cursor {
            let from = shape::names(schemas, &answered.body)
                .into_iter()
                .find(|name| is_next(&words(name), &operation.parameters[parameter]));
            if let Some(name) = from {
                return Ok(Paging::Cursor {
                    parameter,
                    from: Pointer::root().join(name),
                });
            }
            return Err(format!(
                "its answers have no member that is known to hold the next `{}`: say which with `x-contract: {{ next: ... }}`",
                operation.parameters[parameter].name
            ));
        }
        if let Some(parameter) = part(Part::Offset, &OFFSETS, Types::INTEGER) {
            return Ok(Paging::Offset { parameter });
        }
        if let Some(parameter) = part(Part::Number, &NUMBERS, Types::INTEGER) {
            let Some(schema) = operation.parameters[parameter].schema else {
                return Err("its page number has no schema".to_owned());
            };
            let schema = schemas.get(schemas.resolve(schema));
            let starts = schema.annotations.default.as_ref().and_then(Value::as_i64);
            let starts = starts.or_else(|| schema.minimum.as_ref()?.as_i64());
            return starts
                .filter(|first| matches!(first, 0 | 1))
                .map(|first| Paging::Number { parameter, first })
                .ok_or_else(|| {
                    let name = &operation.parameters[parameter].name;
                    format!("whether `{name}` counts from 0 or from 1 is not said: give it a `default` or a `minimum`")
                });
        }
        Err(
            "how it is paged is not known: no link, no `x-contract`, no parameter such as `offset`"
                .to_owned(),
        )
    }
}

/// The parameter that says how large a page is at most.
pub(crate) fn size(
    api: &Api,
    operation: &Operation,
    parameters: &[ParameterNote],
) -> Option<usize> {
    let said = parameters
        .iter()
        .position(|note| note.pages == Some(Part::Size));
    said.or_else(|| by_name(api, operation, &SIZES, Types::INTEGER))
}

/// Whether a parameter takes a position that the server gives out.
pub(crate) fn is_cursor(parameter: &Parameter) -> bool {
    let name = words(&parameter.name).join(" ");
    CURSORS.contains(&name.as_str()) || BACKWARDS.contains(&name.as_str())
}

/// Whether a parameter is about pages, in whatever way.
pub(crate) fn is_about_pages(parameter: &Parameter) -> bool {
    let name = words(&parameter.name).join(" ");
    let words = name.as_str();
    CURSORS.contains(&words)
        || BACKWARDS.contains(&words)
        || OFFSETS.contains(&words)
        || NUMBERS.contains(&words)
        || SIZES.contains(&words)
}

/// Of positions that what comes next is told by.
const CURSORS: [&str; 12] = [
    "cursor",
    "page cursor",
    "page token",
    "next token",
    "next page token",
    "next cursor",
    "continuation token",
    "continuation",
    "marker",
    "starting after",
    "start cursor",
    "page after",
];
const BACKWARDS: [&str; 4] = [
    "page before",
    "ending before",
    "end cursor",
    "previous cursor",
];
const OFFSETS: [&str; 4] = ["offset", "skip", "start index", "page offset"];
const NUMBERS: [&str; 4] = ["page", "page number", "page no", "page index"];
const SIZES: [&str; 10] = [
    "limit",
    "page size",
    "per page",
    "page limit",
    "size",
    "max results",
    "max items",
    "top",
    "take",
    "items per page",
];

fn by_name(api: &Api, operation: &Operation, names: &[&str], kinds: Types) -> Option<usize> {
    operation.parameters.iter().position(|parameter| {
        let name = words(&parameter.name).join(" ");
        let fits = parameter.schema.is_some_and(|schema| {
            let mut of = Vec::new();
            crate::views::views(&api.schemas, schema, &mut of);
            let types = shape::types(&api.schemas, &of);
            kinds.union(Types::NULL).contains(types)
        });
        parameter.location == openapi_model::Location::Query
            && fits
            && names.contains(&name.as_str())
    })
}

/// Whether a member holds the next value of the parameter: `next_cursor` or `nextPageToken`, or the parameter's name
/// with `next` before it.
fn is_next(name: &[String], parameter: &Parameter) -> bool {
    let own = words(&parameter.name);
    let Some(("next", rest)) = name
        .split_first()
        .map(|(first, rest)| (first.as_str(), rest))
    else {
        return false;
    };
    let known = ["cursor", "token", "page token", "marker", "page cursor"];
    rest == own || own == name || known.contains(&rest.join(" ").as_str())
}

/// A link's address: text, or an object with `href`.
pub(crate) fn address(value: &Value) -> Option<&str> {
    match value {
        Value::String(text) => Some(text),
        Value::Object(members) => members.get("href")?.as_str(),
        _ => None,
    }
}

/// The address of the link with that relation in `Link` headers (RFC 8288).
pub(crate) fn link_header(headers: &HeaderMap, relation: &str) -> Option<String> {
    let texts = headers.get_all(http::header::LINK).iter();
    texts
        .filter_map(|value| value.to_str().ok())
        .find_map(|text| {
            let mut rest = text;
            while let Some((_, from)) = rest.split_once('<') {
                let (address, after) = from.split_once('>')?;
                let parameters = after.split('<').next().unwrap_or_default();
                let is_it = parameters.split([';', ',']).any(|parameter| {
                    parameter.split_once('=').is_some_and(|(name, value)| {
                        name.trim().eq_ignore_ascii_case("rel")
                            && value
                                .trim()
                                .trim_matches('"')
                                .split(' ')
                                .any(|each| each.eq_ignore_ascii_case(relation))
                    })
                });
                if is_it {
                    return Some(address.to_owned());
                }
                rest = after;
            }
            None
        })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;

    #[test]
    fn link_headers_are_read() {
        for (text, expected) in [
            ("</a?p=2>; rel=\"next\"", Some("/a?p=2")),
            (
                "</a>; rel=prev, </a?p=3>; title=\"x\"; rel=next",
                Some("/a?p=3"),
            ),
            ("</a>; rel=\"last next\"", Some("/a")),
            ("</a>; rel=prev", None),
            ("nonsense", None),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert("link", text.parse().unwrap());
            assert_eq!(link_header(&headers, "next").as_deref(), expected, "{text}");
        }
    }
}
