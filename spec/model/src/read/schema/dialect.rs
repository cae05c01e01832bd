//! The dialects in which schemas are written, and which keywords each of them has.

use std::fmt;

/// A dialect of JSON Schema.
///
/// All are read into the vocabulary of 2020-12, see [`crate::Schema`]. One difference is lost: draft 4 leaves it to
/// implementations whether `1.0` is an `integer`, and some say that it is not; here it is one, as later drafts have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Dialect {
    /// The [Schema Object](https://spec.openapis.org/oas/v3.0.3#schema-object) of OpenAPI 3.0.
    OpenApi30,
    /// [Draft 4](https://json-schema.org/draft-04).
    Draft4,
    /// [Draft 7](https://json-schema.org/draft-07). Draft 6, whose keywords are all among those of draft 7, is read as
    /// this too.
    Draft7,
    /// [2020-12](https://json-schema.org/draft/2020-12), with all its vocabularies.
    Draft2020_12,
    /// The [Schema Object](https://spec.openapis.org/oas/v3.1.1#schema-object) of OpenAPI 3.1: 2020-12, and OpenAPI's own
    /// vocabulary.
    ///
    /// `contentEncoding: base64` is read as what OpenAPI 3.0 calls `format: byte`, and so restricts values; in JSON Schema
    /// it describes them.
    OpenApi31,
}

/// The values of `$schema` that are understood, for messages.
pub(super) const NAMES: &str = "http://json-schema.org/draft-04/schema#, http://json-schema.org/draft-06/schema#, http://json-schema.org/draft-07/schema#, https://json-schema.org/draft/2020-12/schema and https://spec.openapis.org/oas/3.1/dialect/base";

/// Where the value of a keyword holds schemas.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    /// Nowhere: what looks like a schema, a reference or an identifier in it is none.
    Nothing,
    /// It is one, or a list of them.
    Schemas,
    /// Its members are, as far as they are no lists of names.
    Named,
}

impl Dialect {
    /// The dialect that a `$schema` names.
    pub(super) fn named(schema: &str) -> Option<Dialect> {
        let schema = schema.strip_suffix('#').unwrap_or(schema);
        let name = schema
            .strip_prefix("https://")
            .or_else(|| schema.strip_prefix("http://"))?;
        match name {
            "json-schema.org/draft-04/schema" => Some(Dialect::Draft4),
            "json-schema.org/draft-06/schema" | "json-schema.org/draft-07/schema" => {
                Some(Dialect::Draft7)
            }
            "json-schema.org/draft/2020-12/schema" => Some(Dialect::Draft2020_12),
            // `base`, or since 3.1.1 the date of a text that says the same.
            _ => name
                .strip_prefix("spec.openapis.org/oas/3.1/dialect/")
                .map(|_| Dialect::OpenApi31),
        }
    }

    /// Whether it is one of OpenAPI's.
    pub(super) fn is_open_api(self) -> bool {
        matches!(self, Dialect::OpenApi30 | Dialect::OpenApi31)
    }

    /// Whether it has what 2020-12 has.
    pub(super) fn is_2020_12(self) -> bool {
        matches!(self, Dialect::Draft2020_12 | Dialect::OpenApi31)
    }

    /// The keyword by which a schema gives itself a URI.
    pub(super) fn id(self) -> Option<&'static str> {
        match self {
            Dialect::OpenApi30 => None,
            Dialect::Draft4 => Some("id"),
            Dialect::Draft7 | Dialect::Draft2020_12 | Dialect::OpenApi31 => Some("$id"),
        }
    }

    /// Whether what stands beside `$ref` is ignored.
    pub(super) fn references_stand_alone(self) -> bool {
        !self.is_2020_12()
    }

    /// Whether `true` and `false` are schemas wherever a schema may stand.
    pub(super) fn has_boolean_schemas(self) -> bool {
        self == Dialect::Draft7 || self.is_2020_12()
    }

    /// Whether `exclusiveMinimum` and `exclusiveMaximum` say what `minimum` and `maximum` mean.
    pub(super) fn has_boolean_bounds(self) -> bool {
        matches!(self, Dialect::OpenApi30 | Dialect::Draft4)
    }

    /// Whether `items` may be a list, and `additionalItems` is what follows it.
    pub(super) fn has_tuples_in_items(self) -> bool {
        matches!(self, Dialect::Draft4 | Dialect::Draft7)
    }

    /// Whether `enum` may list nothing, so that no value is valid.
    pub(super) fn has_empty_enums(self) -> bool {
        self == Dialect::Draft7 || self.is_2020_12()
    }

    /// Where a keyword's value holds schemas; none where the dialect has no such keyword.
    pub(super) fn keyword(self, name: &str) -> Option<Holds> {
        use Dialect::{Draft4, Draft7, Draft2020_12, OpenApi30, OpenApi31};
        use Holds::{Named, Nothing, Schemas};

        const ALL: &[Dialect] = &[OpenApi30, Draft4, Draft7, Draft2020_12, OpenApi31];
        const JSON_SCHEMA: &[Dialect] = &[Draft4, Draft7, Draft2020_12, OpenApi31];
        const SINCE_7: &[Dialect] = &[Draft7, Draft2020_12, OpenApi31];
        const UNTIL_7: &[Dialect] = &[Draft4, Draft7];
        const OPEN_API: &[Dialect] = &[OpenApi30, OpenApi31];
        const LATEST: &[Dialect] = &[Draft2020_12, OpenApi31];

        let (dialects, holds) = match name {
            "$ref" | "type" | "enum" | "minimum" | "maximum" | "exclusiveMinimum"
            | "exclusiveMaximum" | "multipleOf" | "minLength" | "maxLength" | "pattern"
            | "format" | "minItems" | "maxItems" | "uniqueItems" | "required" | "minProperties"
            | "maxProperties" | "title" | "description" | "default" => (ALL, Nothing),
            "items" | "additionalProperties" | "allOf" | "anyOf" | "oneOf" | "not" => {
                (ALL, Schemas)
            }
            "properties" => (ALL, Named),

            "nullable" => (&[OpenApi30][..], Nothing),
            "discriminator" | "example" | "externalDocs" | "xml" => (OPEN_API, Nothing),
            "readOnly" | "writeOnly" => {
                (&[OpenApi30, Draft7, Draft2020_12, OpenApi31][..], Nothing)
            }
            "deprecated" => (&[OpenApi30, Draft2020_12, OpenApi31][..], Nothing),

            "$schema" => (JSON_SCHEMA, Nothing),
            "patternProperties" => (JSON_SCHEMA, Named),
            // 2020-12 calls it `$defs`, and its metaschema still says what `definitions` holds.
            "definitions" => (JSON_SCHEMA, Named),

            "id" => (&[Draft4][..], Nothing),
            "additionalItems" => (UNTIL_7, Schemas),
            "dependencies" => (UNTIL_7, Named),

            "$id" | "$comment" | "const" | "examples" | "contentEncoding" | "contentMediaType" => {
                (SINCE_7, Nothing)
            }
            "contains" | "propertyNames" | "if" | "then" | "else" => (SINCE_7, Schemas),

            "$anchor" | "$dynamicAnchor" | "$dynamicRef" | "$vocabulary" | "minContains"
            | "maxContains" | "dependentRequired" => (LATEST, Nothing),
            "prefixItems" | "unevaluatedItems" | "unevaluatedProperties" | "contentSchema" => {
                (LATEST, Schemas)
            }
            "$defs" | "dependentSchemas" => (LATEST, Named),
            _ => return None,
        };
        dialects.contains(&self).then_some(holds)
    }
}

impl fmt::Display for Dialect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Dialect::OpenApi30 => "OpenAPI 3.0",
            Dialect::Draft4 => "JSON Schema draft 4",
            Dialect::Draft7 => "JSON Schema draft 7",
            Dialect::Draft2020_12 => "JSON Schema 2020-12",
            Dialect::OpenApi31 => "OpenAPI 3.1",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Dialect;

    #[test]
    fn a_dialect_is_named_by_its_metaschema_with_and_without_an_empty_fragment() {
        for (schema, expected) in [
            (
                "http://json-schema.org/draft-04/schema#",
                Some(Dialect::Draft4),
            ),
            (
                "http://json-schema.org/draft-06/schema#",
                Some(Dialect::Draft7),
            ),
            (
                "https://json-schema.org/draft-07/schema",
                Some(Dialect::Draft7),
            ),
            (
                "https://json-schema.org/draft/2020-12/schema#",
                Some(Dialect::Draft2020_12),
            ),
            (
                "https://spec.openapis.org/oas/3.1/dialect/base",
                Some(Dialect::OpenApi31),
            ),
            (
                "https://spec.openapis.org/oas/3.1/dialect/2024-11-10",
                Some(Dialect::OpenApi31),
            ),
            ("https://spec.openapis.org/oas/3.1/schema/2022-10-07", None),
            ("http://json-schema.org/draft-03/schema#", None),
            ("https://json-schema.org/draft/2019-09/schema", None),
            ("http://json-schema.org/draft-07/hyper-schema#", None),
            ("json-schema.org/draft-07/schema", None),
        ] {
            assert_eq!(Dialect::named(schema), expected, "{schema}");
        }
    }
}
