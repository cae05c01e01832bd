//! Which parameters hold values that only the server can make.
//!
//! A cursor is text to its schema, but a server may refuse every text that it never issued. The document has no word for
//! this, so that names decide. A parameter is opaque where
//!
//! - it is a query parameter, a header or a cookie: an id in a path that the server never issued is fairly answered with
//!   404, and is sent;
//! - its schema is that of any text: no `enum`, no `pattern`, and no `format` but one that is such a name itself;
//! - a word of its name is one of those below, as `cursor` is of `page[cursor]`.
//!
//! Such a value is never invented for a valid call. It comes from a link of the document, from the settings, or from an
//! example; without any of these an optional one is left out, and a call that requires one is not made.

use openapi_model::{Location, Parameter, Schemas, Types};

use crate::words::words;

const NAMES: [&str; 14] = [
    "after",
    "before",
    "bookmark",
    "checkpoint",
    "continuation",
    "csrf",
    "cursor",
    "etag",
    "marker",
    "next",
    "nonce",
    "opaque",
    "signature",
    "token",
];

/// Whether a parameter's values are the server's own.
pub(crate) fn is_opaque(schemas: &Schemas, parameter: &Parameter) -> bool {
    let Some(id) = parameter.schema else {
        return false;
    };
    let schema = schemas.get(schemas.resolve(id));
    let says_nothing = schema.types.without(Types::NULL) == Types::STRING
        && schema.enumeration.is_none()
        && schema.constant.is_none()
        && schema.pattern.is_none()
        && schema.format.as_deref().is_none_or(names_opaque)
        && schema.all_of.is_empty()
        && schema.any_of.is_empty()
        && schema.one_of.is_empty();
    says_nothing && parameter.location != Location::Path && names_opaque(&parameter.name)
}

fn names_opaque(name: &str) -> bool {
    words(name)
        .iter()
        .any(|word| NAMES.contains(&word.as_str()))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;

    #[test]
    fn names_and_schemas_tell_what_is_opaque() {
        for (name, location, schema, expected) in [
            ("page_token", "query", "{ type: string }", true),
            (
                "page[cursor]",
                "query",
                "{ type: string, maxLength: 99 }",
                true,
            ),
            ("X-CSRF-Token", "header", "{ type: string }", true),
            ("cursor", "query", "{ type: string, format: cursor }", true),
            ("cursor", "query", "{ type: string, nullable: true }", true),
            ("token", "path", "{ type: string }", false),
            (
                "after",
                "query",
                "{ type: string, format: date-time }",
                false,
            ),
            (
                "token",
                "query",
                "{ type: string, pattern: '^[a-f]+$' }",
                false,
            ),
            ("next", "query", "{ type: string, enum: [page] }", false),
            ("cursor", "query", "{ type: integer }", false),
            ("If-None-Match", "header", "{ type: string }", false),
            ("tokenizer", "query", "{ type: string }", false),
        ] {
            let path = if location == "path" {
                "/x/{token}"
            } else {
                "/x"
            };
            let text = format!(
                "openapi: 3.0.3\ninfo: {{ title: T, version: '1' }}\npaths:\n  {path}:\n    get:\n      \
                 parameters: [{{ name: '{name}', in: {location}, required: true, schema: {schema} }}]\n      \
                 responses: {{ '200': {{ description: ok }} }}\n"
            );
            let api = openapi_model::parse(&text).unwrap();
            let found = is_opaque(&api.schemas, &api.operations[0].parameters[0]);
            assert_eq!(found, expected, "{name} in the {location}: {schema}");
        }
    }
}
