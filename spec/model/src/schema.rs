//! One value's schema, in one dialect.
//!
//! This module is purely the shape: `read::schema` makes it from a document, `json_schema` writes it out.
//! The vocabulary is that of JSON Schema 2020-12, so that every dialect a document may use is read into
//! one form, and types, checks and strategies have one form to read.
//!
//! Schemas live in one arena and refer to each other by [`SchemaId`]: schemas may be recursive, and
//! whatever is compiled from them wants an index.

use std::fmt;

use indexmap::IndexMap;
use serde_json::{Number, Value};

use crate::Pointer;

/// A schema's place in [`Schemas`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SchemaId(pub(crate) u32);

impl SchemaId {
    /// The number of the schema, from 0: an index for tables that run beside the arena.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// All schemas of a document, those that nothing refers to included.
#[derive(Clone, Debug, Default)]
pub struct Schemas(pub(crate) Vec<Schema>);

impl Schemas {
    /// The schema as it stands, which may be a reference.
    pub fn get(&self, id: SchemaId) -> &Schema {
        &self.0[id.index()]
    }

    /// Follows references until a schema that is none.
    ///
    /// A reference that leads back to itself ends at itself.
    pub fn resolve(&self, id: SchemaId) -> SchemaId {
        let mut at = id;
        for _ in 0..self.0.len() {
            match self.get(at).reference {
                Some(next) => at = next,
                None => return at,
            }
        }
        id
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Every schema with its id, in the order in which they were read.
    pub fn iter(&self) -> impl Iterator<Item = (SchemaId, &Schema)> {
        (0..).map(SchemaId).zip(&self.0)
    }
}

/// What the schema of one value says.
///
/// Every member is one keyword of JSON Schema 2020-12; absent means that the keyword is absent.
/// Boolean schemas are `types`: [`Types::ANY`] with nothing else is `true`, [`Types::NONE`] is `false`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Schema {
    /// The file that it is in, where the document has several; empty for the document itself.
    pub file: String,
    /// Where it stands in its file.
    pub pointer: Pointer,
    /// The line in that file, from 1.
    pub line: usize,
    /// `$ref`, resolved. Where it is set, the value must be valid for that schema as well as for the rest of this one.
    pub reference: Option<SchemaId>,
    /// `type`.
    pub types: Types,
    /// `enum`.
    pub enumeration: Option<Vec<Value>>,
    /// `const`.
    pub constant: Option<Value>,
    /// `minimum`, inclusive.
    pub minimum: Option<Number>,
    /// `maximum`, inclusive.
    pub maximum: Option<Number>,
    /// `exclusiveMinimum`, as a number also where the document's dialect has a boolean.
    pub exclusive_minimum: Option<Number>,
    /// `exclusiveMaximum`, as a number also where the document's dialect has a boolean.
    pub exclusive_maximum: Option<Number>,
    /// `multipleOf`, above 0.
    pub multiple_of: Option<Number>,
    /// `minLength`, in Unicode scalar values.
    pub min_length: Option<u64>,
    /// `maxLength`, in Unicode scalar values.
    pub max_length: Option<u64>,
    /// `pattern`: an ECMA 262 regular expression that is found somewhere in the text.
    pub pattern: Option<String>,
    /// `format`, as written. Where there is none in OpenAPI 3.1, what 3.0 called `byte` and `binary`: `contentEncoding:
    /// base64`, and a `contentMediaType` of bytes without an encoding.
    pub format: Option<String>,
    /// `items`: the items behind `prefix_items`.
    pub items: Option<SchemaId>,
    /// `prefixItems`.
    pub prefix_items: Vec<SchemaId>,
    /// `minItems`.
    pub min_items: Option<u64>,
    /// `maxItems`.
    pub max_items: Option<u64>,
    /// `uniqueItems`.
    pub unique_items: bool,
    /// `contains`.
    pub contains: Option<SchemaId>,
    /// `minContains`.
    pub min_contains: Option<u64>,
    /// `maxContains`.
    pub max_contains: Option<u64>,
    /// `properties`, in the document's order.
    pub properties: IndexMap<String, SchemaId>,
    /// `patternProperties`.
    pub pattern_properties: IndexMap<String, SchemaId>,
    /// `additionalProperties`.
    pub additional_properties: Option<SchemaId>,
    /// `propertyNames`.
    pub property_names: Option<SchemaId>,
    /// `required`.
    pub required: Vec<String>,
    /// `minProperties`.
    pub min_properties: Option<u64>,
    /// `maxProperties`.
    pub max_properties: Option<u64>,
    /// `dependentRequired`.
    pub dependent_required: IndexMap<String, Vec<String>>,
    /// `dependentSchemas`.
    pub dependent_schemas: IndexMap<String, SchemaId>,
    /// `unevaluatedItems`, which OpenAPI 3.0 does not have.
    pub unevaluated_items: Option<SchemaId>,
    /// `unevaluatedProperties`, which OpenAPI 3.0 does not have.
    pub unevaluated_properties: Option<SchemaId>,
    /// `allOf`.
    pub all_of: Vec<SchemaId>,
    /// `anyOf`; empty means absent.
    pub any_of: Vec<SchemaId>,
    /// `oneOf`; empty means absent.
    pub one_of: Vec<SchemaId>,
    /// `not`.
    pub not: Option<SchemaId>,
    /// `if`.
    pub if_: Option<SchemaId>,
    /// `then`.
    pub then: Option<SchemaId>,
    /// `else`.
    pub else_: Option<SchemaId>,
    /// `discriminator` (OpenAPI).
    pub discriminator: Option<Discriminator>,
    /// What describes the value and restricts nothing.
    pub annotations: Annotations,
}

/// What a schema says about its values without restricting them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Annotations {
    /// `title`.
    pub title: Option<String>,
    /// `description`, in CommonMark.
    pub description: Option<String>,
    /// `default`.
    pub default: Option<Value>,
    /// `example` or `examples`.
    pub examples: Vec<Value>,
    /// `deprecated`.
    pub deprecated: bool,
    /// `readOnly` of OpenAPI: the property belongs in responses only, and a `required` on it counts there only.
    ///
    /// So says OpenAPI 3.0. OpenAPI 3.1 leaves it to the server whether it takes, ignores or refuses such a property, and
    /// servers and clients go on as before. In JSON Schema the keyword describes and decides nothing, so it is not kept.
    pub read_only: bool,
    /// `writeOnly` of OpenAPI: the property belongs in requests only, and a `required` on it counts there only.
    pub write_only: bool,
    /// `contentMediaType`: what the text is a document of.
    pub content_media_type: Option<String>,
    /// `contentEncoding`: how the text stands for bytes. Where it restricts values, it is [`Schema::format`].
    pub content_encoding: Option<String>,
    /// `externalDocs`, as written.
    pub external_docs: Option<Value>,
    /// `xml`, as written.
    pub xml: Option<Value>,
    /// Every member whose name starts with `x-`, as written.
    pub extensions: IndexMap<String, Value>,
}

/// Which of several schemas an object belongs to, told by one of its properties.
#[derive(Clone, Debug, PartialEq)]
pub struct Discriminator {
    /// `propertyName`.
    pub property: String,
    /// `mapping`, resolved: the property's value, and the schema that it names.
    pub mapping: IndexMap<String, SchemaId>,
}

/// Which way a value travels, which decides about `readOnly` and `writeOnly`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Direction {
    /// From client to server.
    Request,
    /// From server to client.
    Response,
}

/// A set of JSON types. `integer` is a type of its own, and part of `number`.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Types(u8);

impl Types {
    /// No value at all.
    pub const NONE: Types = Types(0);
    /// `null`.
    pub const NULL: Types = Types(1);
    /// `boolean`.
    pub const BOOLEAN: Types = Types(2);
    /// Numbers without a fraction: `1`, and `1.0` and `1e3` too, as JSON Schema has it since draft 6.
    pub const INTEGER: Types = Types(4);
    /// Every number, integers included.
    pub const NUMBER: Types = Types(8 | 4);
    /// `string`.
    pub const STRING: Types = Types(16);
    /// `array`.
    pub const ARRAY: Types = Types(32);
    /// `object`.
    pub const OBJECT: Types = Types(64);
    /// Every value.
    pub const ANY: Types = Types(127);

    const NAMED: [(&'static str, Types); 7] = [
        ("null", Types::NULL),
        ("boolean", Types::BOOLEAN),
        ("integer", Types::INTEGER),
        ("number", Types::NUMBER),
        ("string", Types::STRING),
        ("array", Types::ARRAY),
        ("object", Types::OBJECT),
    ];

    /// The type of that name.
    pub fn named(name: &str) -> Option<Types> {
        Types::NAMED
            .into_iter()
            .find(|(n, _)| *n == name)
            .map(|(_, t)| t)
    }

    /// Whether every type of `other` is in this set.
    pub fn contains(self, other: Types) -> bool {
        self.0 & other.0 == other.0
    }

    /// Whether the sets have a type in common.
    pub fn intersects(self, other: Types) -> bool {
        self.0 & other.0 != 0
    }

    /// The types of both sets.
    #[must_use]
    pub const fn union(self, other: Types) -> Types {
        Types(self.0 | other.0)
    }

    /// The types that are in both sets.
    #[must_use]
    pub fn intersection(self, other: Types) -> Types {
        Types(self.0 & other.0)
    }

    /// The types of this set that are not in the other.
    ///
    /// `NUMBER.without(INTEGER)` is the numbers with a fraction, which have no name in JSON Schema.
    #[must_use]
    pub fn without(self, other: Types) -> Types {
        Types(self.0 & !other.0)
    }

    /// The names that JSON Schema has for the set, `integer` left out beside `number`.
    pub fn names(self) -> Vec<&'static str> {
        Types::NAMED
            .into_iter()
            .filter(|(_, t)| self.contains(*t))
            .filter(|(_, t)| *t != Types::INTEGER || !self.contains(Types::NUMBER))
            .map(|(n, _)| n)
            .collect()
    }
}

impl Default for Types {
    /// Every value, as where `type` is absent.
    fn default() -> Types {
        Types::ANY
    }
}

impl fmt::Debug for Types {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Types::ANY => f.write_str("any"),
            Types::NONE => f.write_str("none"),
            types => f.write_str(&types.names().join("|")),
        }
    }
}
