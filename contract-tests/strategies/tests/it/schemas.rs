//! Schemas as documents write them: each keyword by itself, and the ways in which they are combined.

/// A name to be found by, and the schema in the dialect of OpenAPI 3.0.
pub const OPENAPI: &[(&str, &str)] = &[
    ("anything", "{}"),
    ("boolean", "{ type: boolean }"),
    ("nullable boolean", "{ type: boolean, nullable: true }"),
    ("integer", "{ type: integer }"),
    (
        "integer in a range",
        "{ type: integer, minimum: 1, maximum: 1000 }",
    ),
    (
        "integer with exclusive bounds",
        "{ type: integer, minimum: 0, exclusiveMinimum: true, maximum: 3, exclusiveMaximum: true }",
    ),
    ("int32", "{ type: integer, format: int32 }"),
    (
        "int64 from 0",
        "{ type: integer, format: int64, minimum: 0 }",
    ),
    (
        "integer beyond 2^53",
        "{ type: integer, minimum: 9007199254740993, maximum: 9223372036854775807 }",
    ),
    (
        "multiple of 5",
        "{ type: integer, multipleOf: 5, minimum: 7, maximum: 101 }",
    ),
    ("multiple of 1.5", "{ type: integer, multipleOf: 1.5 }"),
    ("number", "{ type: number }"),
    (
        "number in a range",
        "{ type: number, minimum: -0.5, maximum: 1e3, exclusiveMaximum: true }",
    ),
    (
        "cents",
        "{ type: number, multipleOf: 0.01, minimum: 0, maximum: 100 }",
    ),
    ("float", "{ type: number, format: float }"),
    ("string", "{ type: string }"),
    (
        "string with lengths",
        "{ type: string, minLength: 2, maxLength: 5 }",
    ),
    (
        "name of at most 255 characters",
        "{ type: string, maxLength: 255 }",
    ),
    (
        "identifier",
        r#"{ type: string, pattern: "^[1-9][0-9]{0,17}$" }"#,
    ),
    (
        "pattern with lengths",
        r#"{ type: string, pattern: "^[a-z]+(-[a-z]+)*$", minLength: 3, maxLength: 8 }"#,
    ),
    (
        "pattern that is found within",
        "{ type: string, pattern: 'a.c|x' }",
    ),
    (
        "pattern with look-ahead",
        r#"{ type: string, pattern: "^(?=.*[0-9])[a-z0-9]{6,12}$" }"#,
    ),
    ("date-time", "{ type: string, format: date-time }"),
    ("date", "{ type: string, format: date }"),
    ("uuid", "{ type: string, format: uuid }"),
    ("email", "{ type: string, format: email, maxLength: 40 }"),
    ("uri", "{ type: string, format: uri }"),
    ("uri-reference", "{ type: string, format: uri-reference }"),
    ("hostname", "{ type: string, format: hostname }"),
    ("ipv4", "{ type: string, format: ipv4 }"),
    ("ipv6", "{ type: string, format: ipv6 }"),
    ("byte", "{ type: string, format: byte, maxLength: 12 }"),
    ("time", "{ type: string, format: time }"),
    ("duration", "{ type: string, format: duration }"),
    ("JSON pointer", "{ type: string, format: json-pointer }"),
    ("regular expression", "{ type: string, format: regex }"),
    ("IRI", "{ type: string, format: iri }"),
    ("URI template", "{ type: string, format: uri-template }"),
    (
        "relative JSON pointer",
        "{ type: string, format: relative-json-pointer }",
    ),
    ("uint8", "{ type: integer, format: uint8 }"),
    (
        "unknown format",
        "{ type: string, format: colour, maxLength: 4 }",
    ),
    ("enum", "{ type: string, enum: [cat, dog] }"),
    (
        "nullable enum",
        "{ type: string, nullable: true, enum: [cat, dog, null] }",
    ),
    (
        "enum of anything",
        "{ enum: [1, one, [1], {one: 1}, true] }",
    ),
    (
        "array",
        "{ type: array, items: { type: integer, minimum: 0 }, minItems: 1, maxItems: 3 }",
    ),
    (
        "set of enum",
        "{ type: array, items: { type: string, enum: [a, b, c] }, uniqueItems: true, minItems: 2 }",
    ),
    (
        "set of objects",
        "{ type: array, uniqueItems: true, maxItems: 4, items: { type: object, required: [a], properties: { a: { type: boolean } } } }",
    ),
    (
        "array of arrays",
        "{ type: array, items: { type: array, items: { type: string, maxLength: 2 }, maxItems: 2 }, maxItems: 2 }",
    ),
    (
        "open object",
        "{ type: object, required: [a], properties: { a: { type: string }, b: { type: integer } } }",
    ),
    (
        "closed object",
        "{ type: object, additionalProperties: false, required: [name], properties: { name: { type: string, minLength: 1, maxLength: 255 }, age: { type: integer, minimum: 0 }, tags: { type: array, items: { type: string } }, note: { type: string, nullable: true } } }",
    ),
    (
        "map",
        "{ type: object, additionalProperties: { type: integer, maximum: 9 }, minProperties: 1, maxProperties: 3 }",
    ),
    (
        "map beside properties",
        "{ type: object, properties: { a: { type: string } }, additionalProperties: { type: boolean } }",
    ),
    (
        "at least one of two",
        "{ type: object, properties: { data: { type: integer }, links: { type: string } }, anyOf: [{ required: [data] }, { required: [links] }] }",
    ),
    (
        "exactly one of two",
        "{ type: object, properties: { data: { type: integer }, links: { type: string } }, oneOf: [{ required: [data] }, { required: [links] }] }",
    ),
    (
        "required and no more",
        "{ type: object, required: [a], minProperties: 1, maxProperties: 1 }",
    ),
    (
        "enough properties",
        "{ type: object, additionalProperties: false, minProperties: 2, properties: { a: {type: integer}, b: {type: integer}, c: {type: integer} } }",
    ),
    (
        "all of two objects",
        "{ allOf: [{ type: object, required: [a], properties: { a: { type: string, minLength: 2 } } }, { type: object, properties: { a: { type: string, maxLength: 4 }, b: { type: integer } } }] }",
    ),
    (
        "bounds from all of",
        "{ type: integer, allOf: [{ minimum: 3 }, { minimum: 5, maximum: 100 }, { maximum: 20 }] }",
    ),
    (
        "any of two types",
        "{ anyOf: [{ type: string, maxLength: 3 }, { type: integer, minimum: 10 }] }",
    ),
    (
        "null or an identifier",
        r#"{ nullable: true, type: object, required: [type, id], additionalProperties: false, properties: { type: { type: string, enum: [account] }, id: { type: string, pattern: "^[1-9][0-9]*$" } } }"#,
    ),
    (
        "one of cat and dog",
        "{ oneOf: [{ type: object, required: [kind, lives], properties: { kind: { type: string, enum: [cat] }, lives: { type: integer, maximum: 9 } } }, { type: object, required: [kind], properties: { kind: { type: string, enum: [dog] }, barks: { type: boolean } } }], discriminator: { propertyName: kind } }",
    ),
    (
        "overlapping branches",
        "{ oneOf: [{ type: integer, minimum: 0 }, { type: integer, maximum: 10 }] }",
    ),
    (
        "multiples of one but not both",
        "{ type: integer, oneOf: [{ multipleOf: 3 }, { multipleOf: 5 }] }",
    ),
    ("not a type", "{ not: { type: string } }"),
    (
        "not a constant",
        "{ type: string, not: { enum: [admin] }, maxLength: 6 }",
    ),
    (
        "not an object of a kind",
        "{ type: object, properties: { kind: { type: string, enum: [a, b] } }, not: { required: [kind], properties: { kind: { enum: [b] } } } }",
    ),
    (
        "not both members",
        "{ type: object, properties: { a: { type: integer }, b: { type: integer } }, not: { required: [a, b] } }",
    ),
    (
        "tree",
        "{ type: object, required: [value], additionalProperties: false, properties: { value: { type: string, pattern: '^[a-f]{1,4}$' }, children: { type: array, items: { $ref: '#' } } } }",
    ),
    (
        "list that ends",
        "{ type: object, required: [next], properties: { next: { anyOf: [{ $ref: '#' }, { type: string, maxLength: 1 }] } } }",
    ),
    (
        "read-only and write-only",
        "{ type: object, additionalProperties: false, required: [id, secret, name], properties: { id: { type: integer, readOnly: true }, secret: { type: string, writeOnly: true }, name: { type: string } } }",
    ),
    (
        "document of a resource",
        r#"{ type: object, required: [data], properties: { data: { type: object, additionalProperties: false, required: [type, attributes], properties: {
            type: { type: string, enum: [event] },
            attributes: { type: object, additionalProperties: false, required: [name], properties: {
                name: { type: string, maxLength: 255 }, eventAt: { type: string, format: date-time }, body: { type: string }, externalUrl: { type: string, format: uri }, payload: { type: object } } },
            relationships: { type: object, additionalProperties: false, properties: {
                account: { type: object, minProperties: 1, properties: { data: { nullable: true, type: object, additionalProperties: false, required: [type, id], properties: { type: { type: string, enum: [account] }, id: { type: string, pattern: "^[1-9][0-9]{0,17}$" } } }, links: { type: object, anyOf: [{ required: [self] }, { required: [related] }], properties: { self: { type: string, format: uri-reference }, related: { type: string, format: uri-reference } } } }, anyOf: [{ required: [data] }, { required: [links] }] } } } } } } }"#,
    ),
];

/// A name to be found by, and the schema in the dialect of JSON Schema 2020-12: what OpenAPI 3.0 does not have.
pub const JSON_SCHEMA: &[(&str, &str)] = &[
    ("constant", "{ const: { a: [1, x] } }"),
    ("types", "{ type: [integer, 'null', array] }"),
    (
        "tuple",
        "{ prefixItems: [{ type: integer }, { type: string, maxLength: 2 }], items: { type: boolean } }",
    ),
    (
        "closed tuple",
        "{ type: array, prefixItems: [{ type: integer }, { type: string }], items: false, minItems: 1 }",
    ),
    (
        "tuple with a forbidden place",
        "{ prefixItems: [{ type: integer }, false] }",
    ),
    (
        "contains",
        "{ type: array, contains: { type: integer, minimum: 5 } }",
    ),
    (
        "contains in a tuple",
        "{ type: array, prefixItems: [{ type: [integer, string] }, true], items: false, contains: { type: integer } }",
    ),
    (
        "contains two",
        "{ type: array, contains: { const: a }, minContains: 2, items: { enum: [a, b] } }",
    ),
    (
        "contains some but not many",
        "{ type: array, contains: { type: integer }, minContains: 1, maxContains: 2, maxItems: 6 }",
    ),
    (
        "contains at most one",
        "{ type: array, items: { type: [integer, string] }, contains: { type: integer }, minContains: 0, maxContains: 1 }",
    ),
    (
        "two kinds are contained",
        "{ type: array, allOf: [{ contains: { multipleOf: 2 } }, { contains: { multipleOf: 3 } }], items: { type: integer, minimum: 1 } }",
    ),
    (
        "set that contains",
        "{ type: array, uniqueItems: true, items: { enum: [1, 2, 3, x] }, contains: { type: string }, minItems: 2 }",
    ),
    (
        "pattern properties",
        "{ type: object, patternProperties: { '^n_': { type: integer }, '_s$': { type: string } }, additionalProperties: false }",
    ),
    (
        "patterns that overlap",
        "{ type: object, patternProperties: { 'a*': { type: integer }, 'aaa*': { maximum: 20 } } }",
    ),
    (
        "a pattern beside properties",
        "{ type: object, properties: { f1: { minimum: 3 } }, patternProperties: { '^f': { type: integer } }, additionalProperties: { type: string } }",
    ),
    (
        "forbidden names",
        "{ type: object, patternProperties: { '^x-': false } }",
    ),
    (
        "property names",
        "{ type: object, propertyNames: { pattern: '^[a-z]{2,3}$' }, additionalProperties: { type: integer }, minProperties: 1 }",
    ),
    (
        "listed property names",
        "{ type: object, propertyNames: { enum: [a, b, c] }, minProperties: 2, properties: { a: { type: integer } } }",
    ),
    (
        "property names of known properties",
        "{ type: object, properties: { a: {}, long: {} }, propertyNames: { maxLength: 3 } }",
    ),
    (
        "dependent properties",
        "{ type: object, properties: { card: { type: integer }, address: { type: string } }, dependentRequired: { card: [address, name] } }",
    ),
    (
        "a schema for one property",
        "{ type: object, dependentSchemas: { card: { required: [address], properties: { address: { minLength: 2, type: string } } } } }",
    ),
    (
        "properties that exclude each other",
        "{ type: object, required: [kind], dependentSchemas: { a: { properties: { b: false } }, b: { properties: { a: false } } } }",
    ),
    (
        "if then else",
        "{ type: object, required: [country], properties: { country: { enum: [us, nl] } }, if: { properties: { country: { const: us } } }, then: { required: [zip], properties: { zip: { type: string, pattern: '^[0-9]{5}$' } } }, else: { properties: { zip: { type: integer } } } }",
    ),
    (
        "if on a number",
        "{ type: integer, if: { minimum: 10 }, then: { multipleOf: 5 }, else: { multipleOf: 3 } }",
    ),
    (
        "not this shape",
        "{ type: [object, array], not: { required: [a], contains: { type: integer } } }",
    ),
    (
        "not in a range",
        "{ type: integer, not: { minimum: 3, maximum: 9 } }",
    ),
    (
        "unevaluated properties",
        "{ type: object, properties: { a: { type: string } }, allOf: [{ properties: { b: { type: integer } } }], unevaluatedProperties: false }",
    ),
    (
        "unevaluated properties of a branch",
        "{ type: object, required: [kind], properties: { kind: true }, oneOf: [{ properties: { kind: { const: a }, x: { type: integer } } }, { properties: { kind: { const: b }, y: { type: string } } }], unevaluatedProperties: { type: boolean } }",
    ),
    (
        "unevaluated items",
        "{ type: array, prefixItems: [{ type: string }], unevaluatedItems: { type: integer } }",
    ),
    (
        "unevaluated items that are contained",
        "{ type: array, contains: { type: string }, unevaluatedItems: false, minItems: 1 }",
    ),
    (
        "a tree that is extended",
        "{ $ref: '#/$defs/tree', unevaluatedProperties: false, $defs: { tree: { type: object, required: [data], properties: { data: { type: integer }, children: { type: array, items: { $ref: '#/$defs/tree' } } } } } }",
    ),
    (
        "a reference with bounds beside it",
        "{ $ref: '#/$defs/count', maximum: 9, $defs: { count: { type: integer, minimum: 0 } } }",
    ),
    (
        "never this member",
        "{ type: object, properties: { a: false, b: { type: integer } } }",
    ),
];
