//! How a parameter's value is written as text, and what a text can mean.
//!
//! On the wire a parameter is text, so that its type is a matter of reading: `5` is a number where the schema wants one
//! and text where it wants text. [`Codec::readings`] therefore gives every value that a text can stand for, and a text
//! breaks a rule only if no reading keeps it.
//!
//! Values that cannot be carried, or that servers may rightly read otherwise, are not written at all: control
//! characters in headers, `.` and `..` in a path (which URLs resolve away), separators inside of items.

mod read;
mod write;

use openapi_model::{
    Header, Location, Parameter, ParameterFormat, SchemaId, Schemas, Style, Types,
};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use crate::media_type;

/// Everything but RFC 3986's unreserved characters.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Writes text so that it can stand in a path segment, or in a name or value of a query.
pub(crate) fn percent_encode(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

/// Reads a percent-encoded text; `None` where it is not UTF-8.
pub(crate) fn percent_decode(text: &str) -> Option<String> {
    percent_decode_str(text)
        .decode_utf8()
        .ok()
        .map(|text| text.into_owned())
}

/// Reads a name or value of a query, where a plus sign is a space.
pub(crate) fn query_decode(text: &str) -> Option<String> {
    percent_decode(&text.replace('+', "%20"))
}

/// How one parameter, or one header of an answer, is written.
#[derive(Clone, Debug)]
pub(crate) struct Codec {
    name: String,
    location: Location,
    written: Written,
    types: Types,
    /// The types of an array's items.
    items: Types,
    /// An object's properties and their types.
    properties: Vec<(String, Types)>,
    required: bool,
    allow_empty: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Written {
    /// `simple` or `form`, which differ in where they stand only; exploded or not.
    Style(bool),
    /// As a JSON text.
    Json,
}

impl Codec {
    /// The codec of a parameter, or why there is none.
    pub(crate) fn of_parameter(schemas: &Schemas, parameter: &Parameter) -> Result<Codec, String> {
        let Parameter {
            name,
            location,
            required,
            allow_empty_value,
            format,
            schema,
            ..
        } = parameter;
        let mut codec = Codec::new(schemas, name, *location, format, *schema)?;
        codec.required = *required;
        codec.allow_empty = *allow_empty_value && *location == Location::Query;
        Ok(codec)
    }

    /// The codec of a header in an answer, or why there is none.
    pub(crate) fn of_header(
        schemas: &Schemas,
        name: &str,
        header: &Header,
    ) -> Result<Codec, String> {
        Codec::new(
            schemas,
            name,
            Location::Header,
            &header.format,
            header.schema,
        )
    }

    fn new(
        schemas: &Schemas,
        name: &str,
        location: Location,
        format: &ParameterFormat,
        schema: Option<SchemaId>,
    ) -> Result<Codec, String> {
        let schema = schema.ok_or("it has no schema")?;
        let written = match (location, format) {
            (Location::Path | Location::Header, ParameterFormat::Style(Style::Simple, explode))
            | (Location::Query | Location::Cookie, ParameterFormat::Style(Style::Form, explode)) => {
                Written::Style(*explode)
            }
            (_, ParameterFormat::Style(style, _)) => {
                return Err(format!("the style {style:?} is not supported yet"));
            }
            (_, ParameterFormat::Content(media_type)) if media_type::is_json(media_type) => {
                Written::Json
            }
            (_, ParameterFormat::Content(media_type)) => {
                return Err(format!(
                    "content of the media type `{media_type}` is not supported"
                ));
            }
        };
        let resolved = schemas.get(schemas.resolve(schema));
        Ok(Codec {
            name: name.to_owned(),
            location,
            written,
            types: types(schemas, schema, 0),
            items: resolved
                .items
                .map_or(Types::ANY, |id| types(schemas, id, 0)),
            properties: resolved
                .properties
                .iter()
                .map(|(name, id)| (name.clone(), types(schemas, *id, 0)))
                .collect(),
            required: false,
            allow_empty: false,
        })
    }

    /// Whether the pairs of that name are this parameter's.
    pub(crate) fn owns(&self, name: &str) -> bool {
        match self.location {
            Location::Header => self.name.eq_ignore_ascii_case(name),
            Location::Query if self.spreads() => self.has_property(name),
            _ => self.name == name,
        }
    }

    /// Whether its values can be arrays or objects.
    pub(crate) fn is_composite(&self) -> bool {
        self.types.intersects(Types::ARRAY.union(Types::OBJECT))
    }

    fn has_property(&self, name: &str) -> bool {
        self.properties.iter().any(|(known, _)| known == name)
    }

    /// Whether it is an object whose properties stand as parameters of their own.
    fn spreads(&self) -> bool {
        self.location == Location::Query
            && self.written == Written::Style(true)
            && self.types == Types::OBJECT
    }
}

/// The types that a schema allows, its references and `allOf` followed.
fn types(schemas: &Schemas, id: SchemaId, depth: usize) -> Types {
    // Deeper than any document that is meant; a cycle ends here.
    const DEEPEST: usize = 32;
    let schema = schemas.get(id);
    if depth > DEEPEST {
        return schema.types;
    }
    let of = |id: &SchemaId| types(schemas, *id, depth + 1);
    let both = schema.reference.iter().chain(&schema.all_of).map(of);
    both.fold(schema.types, |all, one| all.intersection(one))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
    use openapi_model::parse_schema;
    use serde_json::json;

    use super::*;

    fn codec(location: Location, schema: &str, explode: bool) -> Codec {
        let (schemas, id) = parse_schema(schema).unwrap();
        let style = match location {
            Location::Path | Location::Header => Style::Simple,
            Location::Query | Location::Cookie => Style::Form,
        };
        let format = ParameterFormat::Style(style, explode);
        Codec::new(&schemas, "p", location, &format, Some(id)).unwrap()
    }

    #[test]
    fn values_are_written_as_their_place_asks() {
        use Location::{Cookie, Header, Path, Query};
        let written = |pairs: &[(&str, &str)]| {
            Some(
                pairs
                    .iter()
                    .map(|(n, v)| ((*n).to_owned(), (*v).to_owned()))
                    .collect::<Vec<_>>(),
            )
        };
        for (location, schema, explode, value, expected) in [
            (
                Path,
                "{type: string}",
                false,
                json!("a b%é"),
                written(&[("p", "a%20b%25%C3%A9")]),
            ),
            (Path, "{type: string}", false, json!(".."), None),
            (Path, "{type: string}", false, json!(""), None),
            (
                Path,
                "{type: integer}",
                false,
                json!(-5),
                written(&[("p", "-5")]),
            ),
            (
                Path,
                "{type: array}",
                false,
                json!([1, "x y"]),
                written(&[("p", "1,x%20y")]),
            ),
            (
                Query,
                "{type: string}",
                true,
                json!("a+b&c"),
                written(&[("p", "a%2Bb%26c")]),
            ),
            (Query, "{type: string}", true, json!(""), None),
            (
                Query,
                "{type: array}",
                true,
                json!([1, 2]),
                written(&[("p", "1"), ("p", "2")]),
            ),
            (
                Query,
                "{type: array}",
                false,
                json!([1, 2]),
                written(&[("p", "1,2")]),
            ),
            (Query, "{type: array}", false, json!(["a,b"]), None),
            (
                Query,
                "{type: object, properties: {a: {}}}",
                true,
                json!({"a": 1}),
                written(&[("a", "1")]),
            ),
            (
                Query,
                "{type: object}",
                false,
                json!({"a": 1}),
                written(&[("p", "a,1")]),
            ),
            (
                Header,
                "{type: string}",
                false,
                json!("a b"),
                written(&[("p", "a b")]),
            ),
            (Header, "{type: string}", false, json!(" a"), None),
            (Header, "{type: string}", false, json!("é"), None),
            (
                Header,
                "{type: object}",
                true,
                json!({"a": 1}),
                written(&[("p", "a=1")]),
            ),
            (Query, "{type: object}", true, json!({"a": 1}), None),
            (Cookie, "{type: string}", true, json!("a;b"), None),
            (
                Cookie,
                "{type: boolean}",
                true,
                json!(true),
                written(&[("p", "true")]),
            ),
        ] {
            assert_eq!(
                codec(location, schema, explode).write(&value, false),
                expected,
                "{value} in the {location}"
            );
        }
    }

    #[test]
    fn what_is_written_reads_back() {
        use Location::{Cookie, Header, Path, Query};
        for location in [Path, Query, Header, Cookie] {
            for explode in [false, true] {
                for (schema, value) in [
                    ("{type: integer}", json!(7)),
                    ("{type: string}", json!("7")),
                    ("{type: boolean}", json!(false)),
                    ("{type: array, items: {type: integer}}", json!([1, 2, 3])),
                    ("{type: array, items: {type: string}}", json!(["a", "2"])),
                    (
                        "{type: object, properties: {a: {type: string}, b: {type: integer}}}",
                        json!({"a": "5", "b": 5}),
                    ),
                ] {
                    let codec = codec(location, schema, explode);
                    // A cookie holds no comma.
                    let Some(pairs) = codec.write(&value, false) else {
                        assert_eq!(location, Cookie, "{value}");
                        continue;
                    };
                    assert!(
                        codec.readings(&pairs, false).contains(&value),
                        "{value} as {pairs:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn a_text_has_every_meaning_that_it_can_have() {
        let pairs = vec![("p".to_owned(), "+5".to_owned())];
        let codec = codec(Location::Header, "{type: integer}", false);
        assert_eq!(codec.readings(&pairs, false), [json!("+5")]);
        assert_eq!(
            codec.readings(&pairs, true),
            [json!("+5"), json!(5), json!(5.0)]
        );
    }
}
